import Patients
import Wording

/// Rules that contradict each other for some patient say so; what says so can happen.
extension ChapterCheck {
  func contradictions() -> [Diagnostic] { undeclared() + idle() }

  private func undeclared() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    let rules = guideline.rules
    for second in rules {
      guard let stance = second.stance else { continue }
      for first in rules[..<second.index] {
        guard first.stance?.contradicts(stance) == true, related(first, second),
          !first.conflicts.contains(second.id), !second.conflicts.contains(first.id),
          case .found(let stated) = together(first, second)
        else { continue }
        let patient = search.describe(stated)
        faults.append(
          fault(
            "contradiction", second, field: "advise", "\(first.id) and \(second.id) contradict each other; neither says so.",
            "Οι κανόνες \(first.id) και \(second.id) αντιφάσκουν και κανένας δεν το δηλώνει.",
            help: [
              Words("Both hold for: \(patient)", "Ισχύουν και οι δύο για: \(patient)"),
              Words("Add “overrides” or “conflicts” to one of them.", "Προσθέστε «overrides» ή «conflicts» σε έναν από τους δύο."),
            ]))
      }
    }
    return faults
  }

  /// What a rule overrides or conflicts with without any patient for whom both conditions hold.
  private func idle() -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for rule in guideline.rules {
      for other in rule.overrides.compactMap({ guideline.rule(id: $0) }) where other.index != rule.index {
        let wants = [rule, other].map { WitnessSearch.Want(condition: $0.when, holds: true) }
        guard case .none = search.patient(wants, where: { _ in true }) else { continue }
        faults.append(
          fault(
            "idle-override", rule, field: "overrides", "\(rule.id) overrides \(other.id), but the two never hold together.",
            "Ο κανόνας \(rule.id) υπερισχύει του \(other.id), αλλά δεν ισχύουν ποτέ μαζί."))
      }
      for other in rule.conflicts.compactMap({ guideline.rule(id: $0) }) where other.index != rule.index {
        guard case .none = together(rule, other) else { continue }
        faults.append(
          fault(
            "idle-conflict", rule, field: "conflicts", "\(rule.id) conflicts with \(other.id), but the two never apply together.",
            "Ο κανόνας \(rule.id) συγκρούεται με τον \(other.id), αλλά δεν ισχύουν ποτέ μαζί."))
      }
    }
    return faults
  }

  /// A patient for whom both rules apply.
  private func together(_ a: Rule, _ b: Rule) -> WitnessSearch.Answer {
    let pairs = ways(a).flatMap { one in ways(b).map { (wants: one.wants + $0.wants, given: one.given.union($0.given)) } }
    return first(pairs) { known, given in
      guideline.status(of: a.index, known, given: given) == .applies && guideline.status(of: b.index, known, given: given) == .applies
    }
  }
}
