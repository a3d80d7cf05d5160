import Measures
import Vocabulary
import Wording

/// Evidence and adverse effects: known words, figures that are possible, ratios inside their intervals.
extension ChapterCheck {
  func evidence() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (block, source) in written {
      switch block.kind {
      case "evidence": faults += (words(block, source) + figures(block, source)).orElse { read(block, source) }
      case "adverse-effect": faults += adverse(block, source).orElse { read(block, source) }
      default: continue
      }
    }
    return faults
  }

  /// What islet itself says when it reads a block that has all its fields.
  func read(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    guard let entry = guideline.entries.first(where: { $0.chapter == source.name && $0.line == block.line }),
      Self.needed[block.kind]?.contains(where: { (block[$0] ?? "").isEmpty }) == false
    else { return [] }
    do throws(Diagnostic) {
      switch entry.kind {
      case .evidence: _ = try Evidence(entry)
      case .adverseEffect: _ = try AdverseEffect(entry, vocabulary)
      case .dose: _ = try DoseRuleReader(vocabulary: vocabulary, words: try vocabulary.doseWords).read(entry)
      case .erratum: break
      }
      return []
    } catch {
      return [error.at(file: source.file, line: block.line)]
    }
  }

  private func words(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    let syndromes = vocabulary.finding(id: "syndrome")?.values.map(\.id) ?? []
    let lists: [(String, Set<String>)] = [
      ("endpoint", Set(Endpoint.allCases.map(\.rawValue))), ("design", Set(StudyDesign.allCases.map(\.rawValue))), ("directness", ["direct", "indirect"]),
      ("syndrome", Set(syndromes)),
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
    if let field = block.field("value"), ReportedValue(field.value)?.isPossible != true {
      wrong(field, "is a number, range or bound with its unit", "είναι αριθμός, εύρος ή όριο με μονάδα")
    }
    if let field = block.field("comparator") {
      let words = field.value.split(separator: " ", maxSplits: 1).map(String.init)
      let compared = words.count == 2 ? ReportedValue(words[1]) : nil
      if compared?.isPossible != true {
        wrong(field, "is a name and a number with its unit", "είναι όνομα και αριθμός με μονάδα")
      } else if let value = block["value"].flatMap(ReportedValue.init), value.unit != compared?.unit {
        wrong(field, "has another unit than the value", "έχει άλλη μονάδα από την τιμή")
      }
    }
    if let field = block.field("time"), !Self.isSpan(field.value) { wrong(field, "is a length of time", "είναι χρονικό διάστημα") }
    if let field = block.field("n"), Int(field.value).map({ $0 < 1 }) != false {
      wrong(field, "is a whole number of patients, from 1", "είναι ακέραιος αριθμός ασθενών, από 1")
    }
    if let field = block.field("published"), Evidence.year(field.value).map({ (1950...2012).contains($0) }) != true {
      wrong(field, "is a year up to that of the text (2012), and (background)", "είναι έτος έως το έτος του κειμένου (2012), και (background)")
    }
    if let field = block.field("p") {
      let parts = field.value.split(separator: " ")
      let value = parts.count == 2 ? Exact(parts[1]) : nil
      if value.map({ $0 <= .zero || $0.millionths > 1_000_000 }) != false || (parts.first != "<" && parts.first != "=") {
        wrong(field, "is “< 0.001” or “= 0.132”, above 0 and at most 1", "είναι «< 0.001» ή «= 0.132», πάνω από 0 και έως 1")
      }
    }
    if let field = block.field("hazard-ratio") {
      if let ratio = HazardRatio(field.value) {
        if ratio.low <= .zero || ratio.low >= ratio.high {
          wrong(field, "has an interval that isn't in order", "έχει διάστημα που δεν είναι σε σειρά")
        } else if !ratio.isConsistent {
          wrong(field, "lies outside its interval", "βρίσκεται έξω από το διάστημά του")
        }
      } else {
        wrong(field, "is written 0.35 (0.27 to 0.45)", "γράφεται 0.35 (0.27 to 0.45)")
      }
    }
    return faults
  }

  private func adverse(_ block: SourceBlock, _ source: ChapterSource) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    let rules: [(name: String, holds: (String) -> Bool, english: String, greek: String)] = [
      (
        "frequency", { text in ["common", "rare"].contains(text) || ReportedValue(text).map { $0.unit == .percent && $0.isPossible } == true },
        "a percentage, common or rare", "ποσοστό, common ή rare"
      ),
      (
        "severity",
        { text in
          let grades = text.split(separator: "-").map { Int($0) ?? 0 }
          return !grades.isEmpty && grades.allSatisfy { 1...5 ~= $0 } && grades == grades.sorted()
        }, "grades from 1 to 5", "βαθμοί από 1 έως 5"
      ),
      ("onset", Self.isSpan, "a length of time", "χρονικό διάστημα"),
      ("lasts", Self.isSpan, "a length of time", "χρονικό διάστημα"),
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

  private static func isSpan(_ text: String) -> Bool { ReportedValue(text).map { $0.unit != .percent } == true }
}

extension ReportedValue {
  /// Whether it can be: no percentage above 100, nothing below 0.
  var isPossible: Bool { !low.isNegative && (unit != .percent || high.millionths <= 100_000_000) }
}

extension [Diagnostic] {
  /// These, or the others where there are none.
  func orElse(_ others: () -> [Diagnostic]) -> [Diagnostic] { isEmpty ? others() : self }
}
