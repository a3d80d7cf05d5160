import Grammar
import Measures
import Patients
import Vocabulary

/// Whether a rule's advice holds for a patient.
public enum Status: String, Sendable {
  case applies, depends, absent
}

/// A rule judged for one patient. It is a class because it never changes and is handed about a lot.
public final class RuleEvaluation: Sendable {
  public let rule: Int
  /// The truth of the rule's own condition.
  public let when: Truth
  public let status: Status
  /// The findings that decide, in the order of the conditions; empty unless the status is depends.
  public let dependsOn: [Int]
  /// Rules above it whose condition holds, or may hold.
  public let overriding: [Int]
  /// Whether what it advises has been carried out.
  public let isDone: Bool
  /// The advice that a companion accompanies, live or waiting.
  public let accompanies: [Int]
  /// The therapies on whose choice a companion hangs: the advice that stands is on a wider group alone.
  public let ifChosen: [String]

  public init(
    rule: Int, when: Truth, status: Status, overriding: [Int], isDone: Bool, dependsOn: [Int] = [], accompanies: [Int] = [], ifChosen: [String] = []
  ) {
    self.rule = rule
    self.when = when
    self.status = status
    self.overriding = overriding
    self.isDone = isDone
    self.dependsOn = dependsOn
    self.accompanies = accompanies
    self.ifChosen = ifChosen
  }
}

/// All rules judged for one patient, by Kleene logic alone.
public struct Evaluation: Sendable {
  public let known: Known
  public let ruleEvaluations: [RuleEvaluation]

  @inlinable
  public subscript(rule: Int) -> RuleEvaluation { ruleEvaluations[rule] }

  /// What applies or depends, in the order of the text.
  public var live: [RuleEvaluation] { ruleEvaluations.filter { $0.status != .absent } }
}

extension Guideline {
  /// Judges every rule for what is known of a patient and the therapies given.
  public func evaluate(_ known: Known, given: Set<String> = []) -> Evaluation {
    var whens = [Truth](repeating: .no, count: rules.count)
    for rule in rules { whens[rule.index] = known.truth(rule.when) }
    var statuses = [Status](repeating: .absent, count: rules.count)
    var done = [Bool](repeating: false, count: rules.count)
    for rule in rules {
      if let until = rule.until, known.truth(until) == .yes {
        done[rule.index] = true
      } else {
        statuses[rule.index] = status(of: own(rule.index, known) { whens[$0] })
      }
    }
    let advice = statuses
    for rule in rules where rule.isCompanion && statuses[rule.index] != .absent {
      statuses[rule.index] = status(of: truth(statuses[rule.index]) && company(rule, given) { advice[$0] })
    }
    var ruleEvaluations: [RuleEvaluation] = []
    ruleEvaluations.reserveCapacity(rules.count)
    let bearings = bearings
    for rule in rules {
      let overriding = above[rule.index].isEmpty ? [] : above[rule.index].filter { whens[$0] != .no }
      let status = statuses[rule.index]
      let accompanies = rule.isCompanion ? targets[rule.index].filter { advice[$0] != .absent } : []
      ruleEvaluations.append(
        RuleEvaluation(
          rule: rule.index, when: whens[rule.index], status: status, overriding: overriding, isDone: done[rule.index],
          dependsOn: status == .depends ? deciding(rule.index, known, given, advice, bearings) : [], accompanies: accompanies,
          ifChosen: rule.isCompanion ? choices(of: rule, status, accompanies, given) { advice[$0] } : []))
    }
    return Evaluation(known: known, ruleEvaluations: ruleEvaluations)
  }

  private func status(of truth: Truth) -> Status {
    switch truth {
    case .yes: .applies
    case .unknown: .depends
    case .no: .absent
    }
  }

  private func truth(_ status: Status) -> Truth {
    switch status {
    case .applies: .yes
    case .depends: .unknown
    case .absent: .no
    }
  }

  /// Whether a rule's condition holds, none above it does, and the patient isn't one of those it isn't about.
  private func own(_ rule: Int, _ known: Known, _ when: (Int) -> Truth) -> Truth {
    var result = when(rule)
    for other in above[rule] where result != .no { result = result && !when(other) }
    if result != .no, let unless = rules[rule].unless { result = result && !known.truth(unless) }
    return result
  }

  /// Whether a therapy that a companion goes with was given or performed.
  func isGiven(whatAccompanies rule: Rule, _ given: Set<String>) -> Bool {
    !given.isEmpty && rule.with.contains { name in given.contains { $0 == name || vocabulary.groups(above: $0).contains(name) } }
  }

  /// What must be chosen for a companion to matter: its therapies, where what it accompanies is on a wider group alone.
  private func choices(of rule: Rule, _ own: Status, _ accompanies: [Int], _ given: Set<String>, _ status: (Int) -> Status) -> [String] {
    guard own != .absent, !widerTargets[rule.index].isEmpty, !isGiven(whatAccompanies: rule, given) else { return [] }
    let hosts = accompanies.filter { own == .depends || status($0) == .applies }
    guard !hosts.isEmpty, hosts.allSatisfy(widerTargets[rule.index].contains) else { return [] }
    return rule.with.filter { vocabulary.therapy(id: $0) != nil }
  }

  private func company(_ rule: Rule, _ given: Set<String>, _ status: (Int) -> Status) -> Truth {
    if isGiven(whatAccompanies: rule, given) { return .yes }
    var result = Truth.no
    for target in targets[rule.index] {
      result = result || truth(status(target))
      if result == .yes { break }
    }
    return result
  }

  /// The status of one rule, worked out from scratch.
  public func status(of rule: Int, _ known: Known, given: Set<String> = []) -> Status {
    let result = advice(rule, known)
    guard rules[rule].isCompanion, result != .absent else { return result }
    return status(of: truth(result) && company(rules[rule], given) { advice($0, known) })
  }

  /// The status of a rule before it is asked whether what it goes with stands.
  private func advice(_ rule: Int, _ known: Known) -> Status {
    if let until = rules[rule].until, known.truth(until) == .yes { return .absent }
    return status(of: own(rule, known) { known.truth(rules[$0].when) })
  }

  /// Whether one of a rule's own conditions asks about a finding.
  private func asks(_ rule: Int, about finding: Int) -> Bool {
    asked[rule * Self.words(vocabulary) + finding / 64] >> UInt64(finding % 64) & 1 == 1
  }

  /// The conditions that bear on a rule's status, in their order.
  func conditions(bearingOn rule: Int) -> [Condition] {
    ([rule] + targets[rule]).flatMap { [rules[$0].when] + exceptions[$0] }
  }

  /// For each rule the findings that its conditions ask about, each once; one that can be stated is named itself.
  var bearings: [[Int]] {
    keptBearings.value {
      rules.map { rule in
        var named: [Int] = []
        for condition in conditions(bearingOn: rule.index) {
          for finding in condition.findings(statable: isStatable) where !named.contains(finding) { named.append(finding) }
        }
        return named
      }
    }
  }

  /// Every finding on which a rule's status rests, `until` included, derived ones opened.
  public func findings(bearingOn rule: Int) -> [Int] {
    let carriedOut = ([rule] + targets[rule]).compactMap { rules[$0].until }
    var found: [Int] = []
    for test in (conditions(bearingOn: rule) + carriedOut).flatMap(\.tests) where !found.contains(test.finding) { found.append(test.finding) }
    return found
  }

  /// Whether a finding can be stated as such: all but the defined ones that rest on several findings.
  public func isStatable(_ finding: Int) -> Bool {
    !vocabulary.findings[finding].isDerived || statedThrough[finding] != nil
  }

  /// The findings some value of which changes a dependent rule's status while the rest stays as it is; where only
  /// several together would, all that are open.
  private func deciding(_ rule: Int, _ known: Known, _ given: Set<String>, _ standing: [Status], _ bearings: [[Int]]) -> [Int] {
    if let plain = plainlyDeciding(rule, known) { return plain }
    var open: [Int] = []
    var deciding: [Int] = []
    let isAlone = !rules[rule].isCompanion || isGiven(whatAccompanies: rules[rule], given)
    for name in bearings[rule] {
      let finding = statedThrough[name] ?? name
      guard known.isOpen(finding) else { continue }
      let values = representatives(of: finding, within: known[finding], conditions(bearingOn: rule))
      guard values.count > 1 else { continue }
      open.append(name)
      for start in stride(from: 0, to: values.count, by: Outcomes.most) {
        let trial = Trial(known, finding, values[start..<min(values.count, start + Outcomes.most)])
        var result = advice(rule, trial)
        if !isAlone, result.possible != 0 {
          var company = Outcomes.no
          // Of what it goes with, only what asks about the finding may stand otherwise.
          for target in targets[rule] where company.yes & trial.all != trial.all {
            company = company || (asks(target, about: finding) ? advice(target, trial) : Outcomes(truth(standing[target]), trial.all))
          }
          result = result && company
        }
        if (result.yes | ~result.possible) & trial.all == 0 { continue }
        deciding.append(name)
        break
      }
    }
    return deciding.isEmpty ? open : deciding
  }

  /// Where a rule stands, for each value of a trial, before it is asked whether what it goes with stands.
  private func advice(_ rule: Int, _ trial: Trial) -> Outcomes {
    var result = trial.outcomes(rules[rule].when)
    for exception in exceptions[rule] where result.possible != 0 { result = result && trial.not(trial.outcomes(exception)) }
    if let until = rules[rule].until { result = result.except(trial.outcomes(until).yes) }
    return result
  }

  /// The deciding findings of a rule that waits for nothing but open tests which all must hold: each of them may fail, and
  /// so decides. Nil for any other rule.
  private func plainlyDeciding(_ rule: Int, _ known: Known) -> [Int]? {
    guard !rules[rule].isCompanion, !exceptions[rule].contains(where: { known.truth($0) != .no }) else { return nil }
    var deciding: [Int] = []
    func visit(_ condition: Condition) -> Bool {
      switch condition {
      case .all(let parts): return parts.allSatisfy(visit)
      case .test(let test), .not(.test(let test)):
        if known[test.finding].satisfies(test.allowed) == .unknown, !deciding.contains(test.finding) {
          deciding.append(test.finding)
        }
        return true
      default: return known.truth(condition) == .yes
      }
    }
    return visit(rules[rule].when) && !deciding.isEmpty ? deciding : nil
  }

  /// One value of a finding for each distinction that conditions make, within what is possible.
  public func representatives(of finding: Int, within possible: Possible, _ conditions: @autoclosure () -> [Condition]) -> [Possible] {
    switch possible {
    case .values(let mask):
      var values: [Possible] = []
      values.reserveCapacity(mask.nonzeroBitCount)
      var left = mask
      while left != 0 {
        values.append(.values(left & (0 &- left)))
        left &= left - 1
      }
      return values
    case .numbers(let interval):
      var cuts = Set<Int64>()
      for condition in conditions() {
        for test in condition.tests where test.finding == finding {
          guard case .numbers(let allowed) = test.allowed else { continue }
          for bound in [allowed.lower, allowed.upper].compactMap({ $0 }) {
            cuts.formUnion([bound.millionths - 100_000, bound.millionths, bound.millionths + 100_000])
          }
        }
      }
      for bound in [interval.lower, interval.upper].compactMap({ $0 }) { cuts.insert(bound.millionths) }
      return cuts.sorted().map { Exact(millionths: $0) }.filter { interval.contains($0) }
        .map { .numbers(Interval($0)) }
    }
  }
}
