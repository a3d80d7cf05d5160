import Patients
import Wording

/// Rules that contradict each other for some patient say so; what says so can happen.
extension ChapterCheck {
  func contradictions() -> [Diagnostic] { undeclared() + idle() }

  private func undeclared() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for (first, second, isDeclared) in patients.contradicting where !isDeclared {
      guard case .found(let stated) = patients.together(first, second) else { continue }
      let patient = patients.search.describe(stated)
      faults.append(
        fault(
          "contradiction", second, field: "advise", "\(first.id) and \(second.id) contradict each other; neither says so.",
          "Οι κανόνες \(first.id) και \(second.id) αντιφάσκουν και κανένας δεν το δηλώνει.",
          help: [
            Words("Both hold for: \(patient)", "Ισχύουν και οι δύο για: \(patient)"),
            Words("Add “overrides” or “conflicts” to one of them.", "Προσθέστε «overrides» ή «conflicts» σε έναν από τους δύο."),
          ]))
    }
    return faults
  }

  /// What a rule overrides or conflicts with without any patient for whom both conditions hold.
  private func idle() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for rule in guideline.rules {
      for other in rule.overrides.compactMap({ guideline.rule(id: $0) }) where other.index != rule.index {
        let wants = [rule, other].map { WitnessSearch.Want(condition: $0.when, holds: true) }
        guard case .none = patients.search.patient(wants, where: { _ in true }) else { continue }
        faults.append(
          fault(
            "idle-override", rule, field: "overrides", "\(rule.id) overrides \(other.id), but the two never hold together.",
            "Ο κανόνας \(rule.id) υπερισχύει του \(other.id), αλλά δεν ισχύουν ποτέ μαζί."))
      }
      for other in rule.conflicts.compactMap({ guideline.rule(id: $0) }) where other.index != rule.index {
        guard case .none = patients.together(rule, other) else { continue }
        faults.append(
          fault(
            "idle-conflict", rule, field: "conflicts", "\(rule.id) conflicts with \(other.id), but the two never apply together.",
            "Ο κανόνας \(rule.id) συγκρούεται με τον \(other.id), αλλά δεν ισχύουν ποτέ μαζί."))
      }
    }
    return faults
  }
}
