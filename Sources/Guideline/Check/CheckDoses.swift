import Measures
import Vocabulary
import Wording

/// Doses: amounts that can be checked against, in safe-dose notation.
extension ChapterCheck {
  private static let doseFields = ["amount", "per", "times", "every", "start", "until", "en", "el"]
  private static let units: Set<String> = ["micrograms", "mg", "g", "million units", "GBq", "MBq", "mL", "L"]

  func doses() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (block, source) in written where block.kind == "dose" { faults += dose(block, source).orElse { read(block, source) } }
    for source in sources {
      for (place, line) in source.lines.enumerated() {
        for wrong in DoseNotation.unmistakable(in: line) { faults.append(notation(wrong, source, place + 1)) }
      }
    }
    var seen = Set<Diagnostic>()
    return faults.filter { seen.insert($0).inserted }
  }

  private func dose(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for name in Self.doseFields {
      guard let field = block.field(name) else { continue }
      for wrong in DoseNotation.faults(in: field.value) { faults.append(notation(wrong, source, field.line)) }
    }
    for (name, known) in [
      ("route", DoseRoute.allCases.map(\.rawValue)), ("per", ["day", "hour"]),
      ("purpose", ["maintenance", "rescue", "cover", "stabilisation", "other"]),
    ] {
      guard let field = block.field(name), !known.contains(field.value) else { continue }
      faults.append(
        fault(
          "dose", source, field.line, "\(block.id): “\(field.value)” is no \(name).",
          "\(block.id): το «\(field.value)» δεν είναι αποδεκτό ως \(name).", help: [Words(same: known.joined(separator: ", "))]))
    }
    if let field = block.field("amount"), !Self.isAmount(field.value) {
      faults.append(
        fault(
          "dose", source, field.line, "\(block.id): the amount is a dose, a list, a range or a bound, in order, with a unit.",
          "\(block.id): η ποσότητα είναι δόση, κατάλογος, εύρος ή όριο, σε σειρά, με μονάδα.",
          help: [Words(same: "10, 20, 30 mg · 200 to 600 mg · at most 1 mg")]))
    }
    return faults + references(block, source)
  }

  /// The rule to start low by, the group that a dose stands beside, the procedures that it is for, the erratum of a misprint.
  private func references(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    if let field = block.field("start-low"), guideline.rule(id: field.value) == nil {
      faults.append(unknown(field, block, source))
    }
    for name in ["beside", "continuous"] {
      if let field = block.field(name), vocabulary.therapy(id: field.value) == nil { faults.append(unknown(field, block, source)) }
    }
    if let field = block.field("only-for"), block.list("only-for").contains(where: { vocabulary.therapy(id: $0) == nil }) {
      faults.append(unknown(field, block, source))
    }
    if let field = block.field("misprint"), field.value.range(of: "(\(block["erratum"] ?? "–"); read: ") == nil {
      faults.append(
        fault(
          "printed-value", source, field.line, "The misprint of \(block.id) doesn't give its erratum's id and the reading.",
          "Το τυπογραφικό λάθος του \(block.id) δεν δίνει τον κωδικό του παροράματος και την ανάγνωση."))
    }
    return faults
  }

  private func unknown(_ field: SourceField, _ block: SourceBlock, _ source: ChapterSource) -> Diagnostic {
    fault(
      "unknown", source, field.line, "\(block.id) names \(field.value) (\(field.name)), which doesn't exist.",
      "Το \(block.id) αναφέρει το \(field.value) (\(field.name)), που δεν υπάρχει.")
  }

  private func notation(_ wrong: Words, _ source: ChapterSource, _ line: Int) -> Diagnostic {
    fault("dose-notation", source, line, "The dose text has \(wrong.english).", "Το κείμενο της δόσης έχει \(wrong.greek).")
  }

  private static func isAmount(_ text: String) -> Bool {
    var words = text.split(separator: " ").map(String.init)
    if words.starts(with: ["at", "most"]) { words.removeFirst(2) }
    var numbers: [Exact] = []
    while let word = words.first, let number = Exact(word.last == "," ? String(word.dropLast()) : word) {
      numbers.append(number)
      words.removeFirst()
      if words.first == "to", numbers.count == 1 { words.removeFirst() }
    }
    guard !numbers.isEmpty, numbers[0] > .zero, units.contains(words.joined(separator: " ")) else { return false }
    return zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }
}

/// Safe-dose notation, as the design asks for it in dose text.
enum DoseNotation {
  /// What is wrong in the text of a dose.
  static func faults(in text: String) -> [Words] {
    var found = unmistakable(in: text)
    if text.contains("<") || text.contains(">") { found.append(Words("< or >; write it in words", "< ή >· γράψτε το με λέξεις")) }
    for word in words(text) {
      let lower = word.lowercased()
      if abbreviations.contains(lower) || word == "U" {
        found.append(Words("the abbreviation “\(word)”; write it in words", "τη συντομογραφία «\(word)»· γράψτε την ολόκληρη"))
      }
      if word.contains("/"), !isRate(word) { found.append(Words("a slash in “\(word)”", "κάθετο στο «\(word)»")) }
      if word.first == "." { found.append(Words("“\(word)” without a leading zero", "το «\(word)» χωρίς αρχικό μηδέν")) }
      let digits = word.prefix { $0.isNumber || $0 == "." || $0 == "," }
      if digits.first != ".", digits.contains("."), digits.last == "0" {
        found.append(Words("a trailing zero in “\(word)”", "περιττό μηδέν στο «\(word)»"))
      }
      if digits.contains(where: { $0.isNumber }), doseUnits.contains(String(word.dropFirst(digits.count))) {
        found.append(Words("no space before the unit in “\(word)”", "το «\(word)» χωρίς κενό πριν από τη μονάδα"))
      }
    }
    return found
  }

  /// What is wrong wherever it stands: the micro sign, units as U or IU, intervals as q4w, rates with a slash.
  static func unmistakable(in text: String) -> [Words] {
    var found: [Words] = []
    if text.unicodeScalars.contains("\u{B5}") || text.range(of: "\u{3BC}g") != nil {
      found.append(Words("the micro sign; write micrograms", "το σύμβολο του μικρο-· γράψτε μικρογραμμάρια"))
    }
    for word in words(text) {
      let bare = word.drop { $0.isNumber || $0 == "." }
      if ["IU", "MU", "U"].contains(bare), bare.count < word.count || word != "U" {
        found.append(Words("“\(word)”; write units", "«\(word)»· γράψτε μονάδες"))
      }
      if word.first == "q", word.dropFirst().first?.isNumber == true, word.count < 5, word.last?.isLetter == true {
        found.append(Words("“\(word)”; write the interval in words", "«\(word)»· γράψτε το διάστημα με λέξεις"))
      }
      if isRate(word) { found.append(Words("the rate “\(word)”; write per hour or a day", "τον ρυθμό «\(word)»· γράψτε ανά ώρα ή την ημέρα")) }
    }
    return found
  }

  private static let abbreviations: Set<String> = ["bd", "bid", "tds", "tid", "qd", "qds", "qid", "od", "sc", "iv", "po", "mcg", "prn"]
  private static let doseUnits: Set<String> = ["mg", "g", "mcg", "micrograms", "mL", "ml", "GBq", "MBq", "units"]
  private static let times: Set<String> = ["h", "hr", "hour", "d", "day", "week", "ώρα", "ημέρα"]

  /// `50mg/h`, `mg/day`, and a bare `/h` behind a space.
  private static func isRate(_ word: String) -> Bool {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, times.contains(parts[1]) else { return false }
    let unit = String(parts[0].drop { $0.isNumber || $0 == "." })
    return unit.isEmpty || doseUnits.contains(unit)
  }

  private static func words(_ text: String) -> [String] {
    text.split { " (),;:·".contains($0) }.map { word in
      word.last == "." ? String(word.dropLast()) : String(word)
    }
  }
}
