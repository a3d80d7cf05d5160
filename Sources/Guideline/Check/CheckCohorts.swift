import Measures
import Vocabulary
import Wording

/// Cohorts: one study has one size and design; figures of different ones never share a sentence, nor a cohort where an
/// erratum holds them apart.
extension ChapterCheck {
  func cohorts() -> [Diagnostic] { consistent() + apart() + sentences() }

  private func consistent() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    var first: [String: SourceBlock] = [:]
    for (block, source) in written where block.kind == "evidence" {
      guard let cohort = block["cohort"] else { continue }
      guard let earlier = first[cohort] else {
        first[cohort] = block
        continue
      }
      for name in ["n", "design", "published"] {
        guard let field = block.field(name), let other = earlier[name], other != field.value else { continue }
        faults.append(
          fault(
            "cohort", source, field.line, "\(cohort) has \(name) \(field.value) here and \(other) in \(earlier.id).",
            "Η ομάδα \(cohort) έχει \(name) \(field.value) εδώ και \(other) στο \(earlier.id)."))
      }
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
                "cohorts-mixed", source, field.line, "\(erratum.id) separates the figures of \(cohort), and one cohort has them.",
                "Το \(erratum.id) χωρίζει τα μεγέθη της ομάδας \(cohort), που εμφανίζονται σε μία ομάδα ασθενών."))
          } else {
            owners[cohort] = place
          }
        }
      }
      for fact in parts.joined()
      where !written.contains(where: { $0.block.kind == "evidence" && $0.block.list("facts").contains(fact) }) {
        faults.append(
          fault(
            "fact", source, field.line, "\(erratum.id) separates \(fact), which no evidence states.",
            "Το \(erratum.id) χωρίζει το \(fact), που δεν υπάρχει σε κανένα πλαίσιο δεδομένων."))
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
        let figures = blocks.compactMap { block -> (cohort: String, figure: ReportedValue)? in
          guard let cohort = block["cohort"], let figure = block["value"].flatMap(ReportedValue.init) else { return nil }
          return (cohort, figure)
        }
        guard Set(figures.map(\.cohort)).count > 1 else { continue }
        let companion = greek.headings.first { $0.id == heading.id }
        for (prose, source) in [(heading.prose, english), (companion?.prose ?? [], greek)] {
          for (line, text) in prose {
            for sentence in text.sentences {
              let present = figures.filter { $0.figure.stands(in: sentence) }
              let own = present.filter { one in !present.contains { $0.cohort != one.cohort && $0.figure == one.figure } }
              let cohorts = Set(own.map(\.cohort)).sorted()
              guard cohorts.count > 1 else { continue }
              faults.append(
                fault(
                  "cohorts-mixed", source, line, "One sentence gives figures of different cohorts: \(cohorts.joined(separator: ", ")).",
                  "Μία πρόταση δίνει μεγέθη διαφορετικών ομάδων: \(cohorts.joined(separator: ", "))."))
            }
          }
        }
      }
    }
    return faults
  }
}

extension ReportedValue {
  /// Whether a sentence gives it: its numbers, as a percentage or not.
  fileprivate func stands(in sentence: String) -> Bool {
    let all = Numerals.all(in: sentence)
    guard all.contains(where: { Exact($0) == low }), let last = all.first(where: { Exact($0) == high }) else { return false }
    let isPercentage = sentence.range(of: last + "%") != nil || sentence.range(of: last + " %") != nil
    return isPercentage == (unit == .percent)
  }
}
