import Grammar
import Measures
import Patients

/// What must become so of the conditions that bear on a rule.
indirect enum FlipGoal {
  enum Want {
    case yes, no, notYes, notNo

    func isMet(by truth: Truth) -> Bool {
      switch self {
      case .yes: truth == .yes
      case .no: truth == .no
      case .notYes: truth != .yes
      case .notNo: truth != .no
      }
    }

    /// What the inside of a negation must be.
    var negated: Want {
      switch self {
      case .yes: .no
      case .no: .yes
      case .notYes: .notNo
      case .notNo: .notYes
      }
    }

    /// Whether a conjunction must have it of every part, rather than of some part.
    var isForAll: Bool { self == .yes || self == .notNo }
  }

  case condition(Condition, Want)
  case all([FlipGoal])
  case any([FlipGoal])

  func isMet(_ known: Known) -> Bool {
    switch self {
    case .condition(let condition, let want): want.isMet(by: known.truth(condition))
    case .all(let parts): parts.allSatisfy { $0.isMet(known) }
    case .any(let parts): parts.contains { $0.isMet(known) }
    }
  }
}

extension Guideline {
  /// The ways in which a rule can come to apply: one, or one for each advice that a companion may accompany. Or the one way
  /// in which it stops.
  func flipGoals(_ rule: Int, applies: Bool, given: Set<String>) -> [FlipGoal] {
    func own(_ index: Int) -> [FlipGoal] {
      var parts: [FlipGoal] = [.condition(rules[index].when, applies ? .yes : .notYes)]
      parts += exceptions[index].map { .condition($0, applies ? .no : .notNo) }
      if let until = rules[index].until { parts.append(.condition(until, applies ? .notYes : .yes)) }
      return parts
    }
    let parts = own(rule)
    guard rules[rule].isCompanion, !isGiven(whatAccompanies: rules[rule], given) else { return [applies ? .all(parts) : .any(parts)] }
    if applies { return targets[rule].map { .all(parts + own($0)) } }
    return [.any(parts + [.all(targets[rule].map { .any(own($0)) })])]
  }
}
