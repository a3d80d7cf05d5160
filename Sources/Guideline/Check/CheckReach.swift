import Grammar
import Patients
import Wording

/// Every rule can apply, can fail and can be unknown, each shown by a patient made for it.
extension ChapterCheck {
  var patients: RuleWitnesses { RuleWitnesses(guideline) }

  func reach() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for rule in guideline.rules {
      if isShownNever(patients.applying(rule)) {
        faults.append(
          fault(
            "never-applies", rule, field: "when", "\(rule.id) can't apply to any patient.",
            "Ο κανόνας \(rule.id) δεν μπορεί να ισχύσει για κανέναν ασθενή."))
        continue
      }
      if rule.when == .always, guideline.exceptions[rule.index].isEmpty { continue }
      if isShownNever(failing(rule)) {
        faults.append(
          fault(
            "never-fails", rule, field: "when", "The condition of \(rule.id) holds for every patient.",
            "Η συνθήκη του κανόνα \(rule.id) ισχύει για κάθε ασθενή."))
      } else if !canBeUnknown(rule) {
        faults.append(
          fault(
            "never-unknown", rule, field: "when", "No patient leaves \(rule.id) undecided.",
            "Κανένας ασθενής δεν αφήνει τον κανόνα \(rule.id) ανοικτό."))
      }
    }
    return faults + entries()
  }

  /// The conditions of doses and adverse effects can hold.
  private func entries() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (block, source) in written where ["dose", "adverse-effect"].contains(block.kind) {
      guard let field = block.field("when"), let condition = try? ConditionReader.condition(field.value, vocabulary),
        isShownNever(patients.search.patient([.init(condition: condition, holds: true)], where: { _ in true }))
      else { continue }
      faults.append(
        fault(
          "never-applies", source, field.line, "\(block.id) can't apply to any patient.",
          "Το \(block.id) δεν μπορεί να ισχύσει για κανέναν ασθενή."))
    }
    return faults
  }

  private func isShownNever(_ answer: WitnessSearch.Answer) -> Bool {
    if case .none = answer { true } else { false }
  }

  private func failing(_ rule: Rule) -> WitnessSearch.Answer {
    let given = Set(rule.with)
    let ways =
      [([WitnessSearch.Want(condition: rule.when, holds: false)], given)]
      + guideline.exceptions[rule.index].map { ([WitnessSearch.Want(condition: $0, holds: true)], given) }
    return patients.first(ways) { known, given in guideline.status(of: rule.index, known, given: given) == .absent }
  }

  /// Of nobody is less known than of a patient of whom nothing is stated.
  private func canBeUnknown(_ rule: Rule) -> Bool {
    let known = guideline.inference.known([Int: Possible]())
    let given = Set(rule.with.filter { vocabulary.therapy(id: $0) != nil })
    return guideline.status(of: rule.index, known, given: given) == .depends
      || guideline.status(of: rule.index, known) == .depends
  }
}
