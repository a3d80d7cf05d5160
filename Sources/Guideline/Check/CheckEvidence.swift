import Measures
import Vocabulary
import Wording

/// Evidence: known fields, figures that are possible, ratios inside their intervals, one cohort a row and a sentence.
extension ChapterCheck {
  static let endpoints: Set<String> = [
    "response-rate", "objective-response", "complete-response", "partial-response", "stable-disease", "disease-control",
    "biochemical-response", "symptom-response", "overall-survival", "survival-rate", "progression-free-survival",
    "time-to-progression", "disease-free-survival", "duration-of-response", "local-recurrence", "recurrence", "mortality",
    "quality-of-life", "tumour-response", "other",
  ]
  static let designs: Set<String> = [
    "randomised-placebo-controlled", "randomised", "single-arm", "series", "retrospective", "not-stated",
  ]
  static let spans: Set<String> = ["hours", "days", "weeks", "months", "years", "year", "month", "week", "day", "hour"]

  func evidence() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    var cohorts: [String: SourceBlock] = [:]
    for (block, source) in written {
      switch block.kind {
      case "evidence":
        faults += words(block, source) + figures(block, source)
        guard let cohort = block["cohort"] else { continue }
        if let first = cohorts[cohort] {
          for name in ["n", "design"] {
            guard let field = block.field(name), let other = first[name], other != field.value else { continue }
            faults.append(
              fault(
                "cohort", source, field.line, "\(cohort) has \(name) \(field.value) here and \(other) in \(first.id).",
                "Η σειρά \(cohort) έχει \(name) \(field.value) εδώ και \(other) στο \(first.id)."))
          }
        } else {
          cohorts[cohort] = block
        }
      case "adverse-effect": faults += adverse(block, source)
      default: continue
      }
    }
    return faults + apart() + sentences()
  }

  private func words(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    let syndromes = vocabulary.finding(id: "syndrome")?.values.map(\.id) ?? []
    let lists: [(String, Set<String>)] = [
      ("endpoint", Self.endpoints), ("design", Self.designs), ("directness", ["direct", "indirect"]), ("syndrome", Set(syndromes)),
    ]
    return lists.compactMap { name, known in
      guard let field = block.field(name), !known.contains(field.value) else { return nil }
      return fault(
        "evidence", source, field.line, "\(block.id): “\(field.value)” is no \(name).",
        "\(block.id): το «\(field.value)» δεν είναι αποδεκτό ως \(name).", help: [Words(same: known.sorted().joined(separator: ", "))])
    }
  }

  private func figures(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    func wrong(_ field: SourceField, _ english: String, _ greek: String) {
      faults.append(
        fault("figure", source, field.line, "\(block.id): \(field.name) \(english).", "\(block.id): το πεδίο \(field.name) \(greek)."))
    }
    if let field = block.field("value"), Figure(field.value) == nil {
      wrong(field, "is a number, range or bound with its unit", "είναι αριθμός, εύρος ή όριο με μονάδα")
    }
    if let field = block.field("comparator") {
      let figure = field.value.split(separator: " ").drop { Exact($0) == nil && $0 != "<" && $0 != ">" }.joined(separator: " ")
      if Figure(figure) == nil || figure == field.value {
        wrong(field, "is a name and a number with its unit", "είναι όνομα και αριθμός με μονάδα")
      } else if let value = block["value"].flatMap(Figure.init), Figure(figure)?.unit != value.unit {
        wrong(field, "has another unit than the value", "έχει άλλη μονάδα από την τιμή")
      }
    }
    if let field = block.field("time"), Figure(field.value).map({ Self.spans.contains($0.unit) }) != true {
      wrong(field, "is a length of time", "είναι χρονικό διάστημα")
    }
    if let field = block.field("n"), Int(field.value).map({ $0 < 1 }) != false {
      wrong(field, "is a whole number of patients, from 1", "είναι ακέραιος αριθμός ασθενών, από 1")
    }
    if let field = block.field("p") {
      let parts = field.value.split(separator: " ")
      let value = parts.count == 2 ? Exact(parts[1]) : nil
      if value.map({ $0 <= .zero || $0.millionths > 1_000_000 }) != false || (parts.first != "<" && parts.first != "=") {
        wrong(field, "is “< 0.001” or “= 0.132”, above 0 and at most 1", "είναι «< 0.001» ή «= 0.132», πάνω από 0 και έως 1")
      }
    }
    if let field = block.field("hazard-ratio") {
      let parts = field.value.split { " ()".contains($0) }
      let numbers = parts.compactMap { Exact($0) }
      if parts.count != 4 || parts[2] != "to" || numbers.count != 3 {
        wrong(field, "is written 0.35 (0.27 to 0.45)", "γράφεται 0.35 (0.27 to 0.45)")
      } else if numbers[1] <= .zero || numbers[1] >= numbers[2] {
        wrong(field, "has an interval that isn't in order", "έχει διάστημα που δεν είναι σε σειρά")
      } else if numbers[0] < numbers[1] || numbers[0] > numbers[2] {
        wrong(field, "lies outside its interval", "βρίσκεται έξω από το διάστημά του")
      }
    }
    return faults
  }

  private func adverse(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    let rules: [(name: String, holds: (String) -> Bool, english: String, greek: String)] = [
      ("frequency", { $0 == "common" || $0 == "rare" || Figure($0)?.unit == "%" }, "a percentage, common or rare", "ποσοστό, common ή rare"),
      (
        "severity",
        { text in
          let grades = text.split(separator: "-").map { Int($0) ?? 0 }
          return !grades.isEmpty && grades.allSatisfy { 1...5 ~= $0 } && grades == grades.sorted()
        }, "grades from 1 to 5", "βαθμοί από 1 έως 5"
      ),
      ("onset", { Figure($0).map { Self.spans.contains($0.unit) } == true }, "a length of time", "χρονικό διάστημα"),
      ("lasts", { Figure($0).map { Self.spans.contains($0.unit) } == true }, "a length of time", "χρονικό διάστημα"),
    ]
    for rule in rules {
      guard let field = block.field(rule.name), !rule.holds(field.value) else { continue }
      faults.append(
        fault(
          "figure", source, field.line, "\(block.id): \(field.name) is \(rule.english).",
          "\(block.id): το πεδίο \(field.name) είναι \(rule.greek)."))
    }
    return faults
  }

  /// What an erratum holds apart stands in different cohorts: `apart F219; F220`.
  private func apart() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (erratum, source) in written where erratum.kind == "erratum" {
      guard let field = erratum.field("apart") else { continue }
      let parts = field.value.split(separator: ";").map { $0.split(separator: " ").map(String.init) }
      var owners: [String: Int] = [:]
      for (place, facts) in parts.enumerated() {
        for (block, _) in written where block.kind == "evidence" && block.list("facts").contains(where: facts.contains) {
          guard let cohort = block["cohort"] else { continue }
          if let owner = owners[cohort], owner != place {
            faults.append(
              fault(
                "cohorts-mixed", source, field.line, "\(erratum.id) holds the figures of \(cohort) apart, and one cohort has them.",
                "Το \(erratum.id) χωρίζει τα μεγέθη της σειράς \(cohort), που εμφανίζονται σε μία σειρά ασθενών."))
          } else {
            owners[cohort] = place
          }
        }
      }
      for fact in parts.joined()
      where !written.contains(where: { $0.block.kind == "evidence" && $0.block.list("facts").contains(fact) }) {
        faults.append(
          fault(
            "fact", source, field.line, "\(erratum.id) holds \(fact) apart, which no evidence states.",
            "Το \(erratum.id) χωρίζει το \(fact), που δεν υπάρχει σε τεκμήριο."))
      }
    }
    return faults
  }

  /// No sentence of the prose gives figures of two cohorts.
  private func sentences() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for case (let english, let greek?) in pairs {
      for (place, heading) in english.headings.enumerated() {
        let blocks = english.blocks.filter { $0.kind == "evidence" && $0.heading == place }
        let figures = blocks.compactMap { block -> (cohort: String, figure: Figure)? in
          guard let cohort = block["cohort"], let figure = block["value"].flatMap(Figure.init) else { return nil }
          return (cohort, figure)
        }
        guard Set(figures.map(\.cohort)).count > 1 else { continue }
        let companion = greek.headings.first { $0.id == heading.id }
        for (prose, source) in [(heading.prose, english), (companion?.prose ?? [], greek)] {
          for (line, text) in prose {
            for sentence in Self.sentences(of: text) {
              let present = figures.filter { $0.figure.stands(in: sentence) }
              let own = present.filter { one in !present.contains { $0.cohort != one.cohort && $0.figure == one.figure } }
              let cohorts = Set(own.map(\.cohort)).sorted()
              guard cohorts.count > 1 else { continue }
              faults.append(
                fault(
                  "cohorts-mixed", source, line, "One sentence gives figures of different cohorts: \(cohorts.joined(separator: ", ")).",
                  "Μία περίοδος δίνει μεγέθη διαφορετικών σειρών: \(cohorts.joined(separator: ", "))."))
            }
          }
        }
      }
    }
    return faults
  }

  /// The sentences of a paragraph: up to a full stop before a space.
  private static func sentences(of text: String) -> [String] {
    var found: [String] = []
    var current = ""
    for word in text.split(separator: " ") {
      current += current.isEmpty ? String(word) : " " + word
      if word.hasSuffix(".") || word.hasSuffix(".)") {
        found.append(current)
        current = ""
      }
    }
    return current.isEmpty ? found : found + [current]
  }
}

/// A figure as a field holds it: `28 %`, `30 to 70 %`, `< 10 %`, `up to 87 %`, `about 6 %`, `11.0 months`.
struct Figure: Hashable {
  let numbers: [String]
  let unit: String

  /// Nil when it isn't one, when a range isn't in order or a percentage is above 100.
  init?(_ text: String) {
    var words = text.split(separator: " ").map(String.init)
    for prefix in [["up", "to"], ["at", "most"], ["at", "least"], ["about"], ["<"], [">"]] where words.starts(with: prefix) {
      words.removeFirst(prefix.count)
      break
    }
    guard let first = words.first, let low = Exact(first), !low.isNegative else { return nil }
    var numbers = [first]
    words.removeFirst()
    if words.first == "to" {
      guard words.count > 1, let high = Exact(words[1]), high > low else { return nil }
      numbers.append(words[1])
      words.removeFirst(2)
    }
    guard words.count == 1, words[0] == "%" || ChapterCheck.spans.contains(words[0]) else { return nil }
    if words[0] == "%", numbers.contains(where: { Exact($0).map { $0.millionths > 100_000_000 } == true }) { return nil }
    self.numbers = numbers
    unit = words[0]
  }

  /// Whether a sentence gives it: its numbers, and for a percentage the sign right behind the last.
  func stands(in sentence: String) -> Bool {
    let all = Numerals.all(in: sentence)
    guard numbers.allSatisfy(all.contains), let last = numbers.last else { return false }
    let isPercentage = sentence.range(of: last + "%") != nil || sentence.range(of: last + " %") != nil
    return isPercentage == (unit == "%")
  }
}
