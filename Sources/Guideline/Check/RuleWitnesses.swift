import Grammar
import Patients
import Vocabulary

/// Searches for patients for whom rules apply, alone or together.
struct RuleWitnesses {
  let guideline: Guideline
  let search: WitnessSearch

  init(_ guideline: Guideline) {
    self.guideline = guideline
    search = WitnessSearch(vocabulary: guideline.vocabulary, inference: guideline.inference)
  }

  /// The rule's own condition, and that of none above it.
  func own(_ rule: Rule) -> [WitnessSearch.Want] {
    [.init(condition: rule.when, holds: true)]
      + guideline.exceptions[rule.index].map { .init(condition: $0, holds: false) }
  }

  /// The ways in which a rule is live: alone, beside each advice that it accompanies, or beside a therapy given.
  func ways(_ rule: Rule) -> [(wants: [WitnessSearch.Want], given: Set<String>)] {
    guard rule.isCompanion else { return [(own(rule), [])] }
    let given = Set(rule.with.filter { guideline.vocabulary.therapy(id: $0) != nil })
    return guideline.targets[rule.index].map { (own(rule) + own(guideline.rules[$0]), []) }
      + (given.isEmpty ? [] : [(own(rule), given)])
  }

  /// A patient for whom a rule applies.
  func applying(_ rule: Rule) -> WitnessSearch.Answer {
    first(ways(rule)) { known, given in guideline.status(of: rule.index, known, given: given) == .applies }
  }

  /// The first way that some patient shows.
  func first(
    _ ways: [(wants: [WitnessSearch.Want], given: Set<String>)], where accepts: (Known, Set<String>) -> Bool
  ) -> WitnessSearch.Answer {
    var undecided = false
    for way in ways {
      switch search.patient(way.wants, where: { accepts($0, way.given) }) {
      case .found(let stated): return .found(stated)
      case .undecided: undecided = true
      case .none: continue
      }
    }
    return undecided ? .undecided : .none
  }

  /// A patient for whom both rules apply.
  func together(_ a: Rule, _ b: Rule) -> WitnessSearch.Answer {
    let pairs = ways(a).flatMap { one in ways(b).map { (wants: one.wants + $0.wants, given: one.given.union($0.given)) } }
    return first(pairs) { known, given in
      guideline.status(of: a.index, known, given: given) == .applies && guideline.status(of: b.index, known, given: given) == .applies
    }
  }

  /// Pairs of rules whose stances on one therapy, or on group and member, contradict each other, in the order of the text;
  /// whether one of them says so by a conflict.
  var contradicting: [(first: Rule, second: Rule, isDeclared: Bool)] {
    var pairs: [(first: Rule, second: Rule, isDeclared: Bool)] = []
    for second in guideline.rules {
      guard let stance = second.stance else { continue }
      for first in guideline.rules[..<second.index] where first.stance?.contradicts(stance) == true && guideline.related(first, second) {
        pairs.append((first, second, first.conflicts.contains(second.id) || second.conflicts.contains(first.id)))
      }
    }
    return pairs
  }

  /// The therapies that must be given for both rules to apply to a patient: none, where advice goes before.
  func given(_ a: Rule, _ b: Rule, _ stated: [Int: Possible]) -> Set<String> {
    let known = guideline.inference.known(stated)
    if [a, b].allSatisfy({ guideline.status(of: $0.index, known) == .applies }) { return [] }
    return Set((a.with + b.with).filter { guideline.vocabulary.therapy(id: $0) != nil })
  }
}
