import Wording

/// Numbers: both languages have the same under each heading, with a decimal point, and those of a block stand in the prose
/// above it.
extension ChapterCheck {
  /// Fields that hold no figure of the text: ids, and what stands for itself.
  private static let unnumbered: Set<String> = [
    "facts", "paragraphs", "paragraph", "therapy", "cohort", "errata", "erratum", "endpoint", "design", "directness", "advise",
    "about", "with", "overrides", "conflicts", "level", "grade", "reading", "effect", "route", "purpose", "syndrome", "topic",
    "role", "strength", "note-en", "note-el", "published",
  ]

  func numbers() -> [Diagnostic] { languages() + commas() + blockNumbers() + titleNumbers() }

  private func languages() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for case (let english, let greek?) in pairs {
      for heading in english.headings {
        guard let other = greek.headings.first(where: { $0.id == heading.id }) else { continue }
        let first = Numerals.all(in: heading.text)
        let second = Numerals.all(in: other.text)
        let missing = first.subtracting(second)
        let extra = second.subtracting(first)
        if missing.isEmpty, extra.isEmpty { continue }
        faults.append(
          fault(
            "numbers-differ", greek, other.line,
            "The numbers under \(heading.id) differ: English only \(Self.list(missing)), Greek only \(Self.list(extra)).",
            "Οι αριθμοί του \(heading.id) διαφέρουν: μόνο στα αγγλικά \(Self.list(missing)), μόνο στα ελληνικά \(Self.list(extra))."
          ))
      }
    }
    return faults
  }

  private func commas() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for source in sources {
      for (place, line) in source.lines.enumerated() where Numerals.hasComma(line) {
        faults.append(
          fault(
            "decimal-comma", source, place + 1, "A number has a comma; write a decimal point and no thousands separator.",
            "Ένας αριθμός έχει κόμμα· γράψτε υποδιαστολή με τελεία και όχι διαχωριστικό χιλιάδων."))
      }
    }
    return faults
  }

  private func blockNumbers() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for case (let english, let greek?) in pairs {
      for block in english.blocks where block.kind != "erratum" && block.field("background") == nil {
        guard let heading = english.heading(of: block) else { continue }
        let companion = greek.headings.first { $0.id == heading.id }
        for field in block.fields where !Self.unnumbered.contains(field.name) {
          for number in Self.numbers(of: field) {
            for (prose, source) in [(heading, english), (companion ?? heading, greek)] where !prose.has(number) {
              faults.append(
                fault(
                  "number-not-in-prose", english, field.line,
                  "\(number) of \(block.id) (\(field.name)) isn't in the prose of \(heading.id) in \(source.file).",
                  "Το \(number) του \(block.id) (\(field.name)) δεν υπάρχει στο κείμενο του \(heading.id) στο \(source.file)."))
            }
          }
        }
      }
    }
    return faults
  }

  /// The numbers that a field asserts; those of a condition are whole words, since ids hold numbers too, and no counts (at least 2 of).
  private static func numbers(of field: SourceField) -> [String] {
    guard ["when", "until", "unless", "not-said"].contains(field.name) else { return Numerals.plain(in: field.value) }
    let words = field.value.split { " (),".contains($0) }.map(String.init)
    return words.indices.filter { Numerals.plain(in: words[$0]) == [words[$0]] && ($0 == 0 || words[$0 - 1] != "least") }.map { words[$0] }
  }

  private func titleNumbers() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (block, source) in written {
      for english in block.fields where english.name == "en" || english.name.hasSuffix("-en") {
        let name = english.name.dropLast(2) + "el"
        guard let greek = block.field(String(name)) else { continue }
        let first = Numerals.all(in: english.value)
        let second = Numerals.all(in: greek.value)
        let missing = Set(first.subtracting(second)).subtracting(Numerals.words(in: greek.value))
        let extra = Set(second.subtracting(first)).subtracting(Numerals.words(in: english.value))
        if missing.isEmpty, extra.isEmpty { continue }
        faults.append(
          fault(
            "numbers-differ", source, greek.line, "The numbers of \(english.name) and \(greek.name) of \(block.id) differ.",
            "Οι αριθμοί στα \(english.name) και \(greek.name) του \(block.id) διαφέρουν."))
      }
    }
    return faults
  }

  private static func list(_ numbers: [String]) -> String { numbers.isEmpty ? "–" : numbers.joined(separator: ", ") }
}

extension ChapterSource.Heading {
  /// The prose as one text.
  var text: String { prose.map(\.text).joined(separator: " ") }

  /// Whether a number stands in the prose, in digits or as a word.
  func has(_ number: String) -> Bool {
    Numerals.all(in: text).contains(number) || Numerals.words(in: text).contains(number)
  }
}

extension [String] {
  /// What is left when each of the others has taken one equal away.
  func subtracting(_ others: [String]) -> [String] {
    var rest = others
    return filter { item in
      guard let place = rest.firstIndex(of: item) else { return true }
      rest.remove(at: place)
      return false
    }
  }
}
