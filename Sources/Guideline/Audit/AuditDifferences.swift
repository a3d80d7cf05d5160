import Patients

extension Audit {
  /// A rule whose meaning differs between two guidelines.
  public struct Difference: Sendable {
    public enum Kind: String, Sendable {
      /// Only the other guideline has it.
      case lost
      /// Only this one has it.
      case added
      /// It applies to other patients.
      case condition
      /// It says something else: stance, subjects, what it goes with, what it declares.
      case statement
    }

    /// The rule's id.
    public let rule: String
    public let kind: Kind
    /// A patient for whom the two differ; nil where what is said differs, not of whom.
    public let witness: Witness?
    /// Where the rule stands for the witness, here and in the other guideline.
    public let here: Status
    public let there: Status
  }
}

extension Guideline {
  /// What the rules of this guideline mean that those of another don't, each with a patient: lost and added rules, rules that
  /// apply to others, rules that say something else. A condition written in another way is no difference. Both share their
  /// vocabulary.
  public func differences(from other: Guideline) -> [Audit.Difference] {
    var found: [Audit.Difference] = []
    for rule in other.rules where self.rule(id: rule.id) == nil {
      found.append(.init(rule: rule.id, kind: .lost, witness: RuleWitnesses(other).witness(rule), here: .absent, there: .applies))
    }
    for rule in rules {
      guard let twin = other.rule(id: rule.id) else {
        found.append(.init(rule: rule.id, kind: .added, witness: RuleWitnesses(self).witness(rule), here: .applies, there: .absent))
        continue
      }
      if rule.statement != twin.statement {
        found.append(.init(rule: rule.id, kind: .statement, witness: nil, here: .absent, there: .absent))
      } else if let difference = condition(rule, twin, other) ?? other.condition(twin, rule, self)?.mirrored {
        found.append(difference)
      }
    }
    return found
  }

  /// A patient for whom a rule applies here and doesn't in the other guideline.
  private func condition(_ rule: Rule, _ twin: Rule, _ other: Guideline) -> Audit.Difference? {
    let witnesses = RuleWitnesses(self)
    let own = witnesses.ways(rule)
    // Absent there: its condition fails, one above it holds, or what it goes with isn't live.
    var others: [[WitnessSearch.Want]] = [[.init(condition: twin.when, holds: false)]]
    others += other.exceptions[twin.index].map { [.init(condition: $0, holds: true)] }
    if let until = twin.until { others.append([.init(condition: until, holds: true)]) }
    for target in twin.isCompanion ? other.targets[twin.index] : [] { others.append([.init(condition: other.rules[target].when, holds: false)]) }
    if rule.when == twin.when, rule.until == twin.until, rule.unless == twin.unless,
      above[rule.index].map({ rules[$0].id }) == other.above[twin.index].map({ other.rules[$0].id })
    {
      // The same words: only a rule above it may differ, and that is found at its own place.
      return nil
    }
    let ways = own.flatMap { way in others.map { (wants: way.wants + $0, given: way.given) } }
    for way in ways {
      let answer = witnesses.search.patient(way.wants) { known in
        status(of: rule.index, known, given: way.given) == .applies && other.status(of: twin.index, known, given: way.given) != .applies
      }
      guard case .found(let stated) = answer else { continue }
      let there = other.status(of: twin.index, inference.known(stated), given: way.given)
      return .init(rule: rule.id, kind: .condition, witness: .init(stated: stated, given: way.given), here: .applies, there: there)
    }
    return nil
  }
}

extension Audit.Difference {
  fileprivate var mirrored: Audit.Difference { .init(rule: rule, kind: kind, witness: witness, here: there, there: here) }
}

extension RuleWitnesses {
  /// A patient for whom a rule applies, where there is one.
  fileprivate func witness(_ rule: Rule) -> Audit.Witness? {
    for way in ways(rule) {
      let answer = search.patient(way.wants) { guideline.status(of: rule.index, $0, given: way.given) == .applies }
      if case .found(let stated) = answer { return .init(stated: stated, given: way.given) }
    }
    return nil
  }
}

extension Rule {
  /// What it says, apart from whom it concerns.
  fileprivate var statement: [[String]] {
    [
      subjects, [stance?.rawValue ?? "remark", role?.rawValue ?? "", strength?.rawValue ?? ""], with, conflicts, facts, paragraphs,
      [level ?? "", grade ?? "", reading ?? "", isBackground ? "background" : ""],
    ]
  }
}
