import Grammar
import Measures
import Patients
import Vocabulary

extension Guideline {
  /// The smallest set of findings that settles every rule, whatever the findings turn out to be, in the vocabulary's order;
  /// empty where nothing depends. Each is needed: without it some rule still depends for some values of the others.
  /// Remarks and what carrying out advice ends (`until`) are left aside.
  ///
  /// A rule's status is one condition of findings. What is known is taken out of it; a finding that is left is needed unless
  /// the others decide the condition without it, whatever they are.
  public func decidingFindings(_ evaluation: Evaluation, given: Set<String> = []) -> [Int] {
    var needed: Set<Int> = []
    let known = evaluation.known
    // Values that would contradict what is stated are never found.
    let possible = inference.narrowed(known)
    for evaluated in evaluation.ruleEvaluations where evaluated.status == .depends && !rules[evaluated.rule].isRemark {
      guard case .open(let rest) = standing(of: evaluated.rule, evaluation, given).reduced(by: known) else { continue }
      needed.formUnion(relevant(in: rest, known, possible))
    }
    for finding in needed.sorted().reversed() where follows(finding, from: needed.subtracting([finding]), known, possible) {
      needed.remove(finding)
    }
    return needed.sorted()
  }

  /// The condition under which a rule applies.
  private func standing(of rule: Int, _ evaluation: Evaluation, _ given: Set<String>) -> Condition {
    func own(_ rule: Int) -> Condition { .all([rules[rule].when] + exceptions[rule].map { .not($0) }) }
    guard rules[rule].isCompanion, !isGiven(whatAccompanies: rules[rule], given) else { return own(rule) }
    return .all([own(rule), .any(targets[rule].filter { !evaluation[$0].isDone }.map(own))])
  }

  /// The findings, to be stated as such, that an undecided condition rests on.
  private func relevant(in condition: Condition, _ known: Known, _ possible: Known) -> [Int] {
    let named = condition.findings(statable: isStatable)
    let findings = named.map { statedThrough[$0] ?? $0 }
    let tests = condition.tests.map(\.finding)
    // Where each finding is asked about once, each counts: the others may be such that it decides.
    if Set(tests).count == tests.count { return findings }
    var needed = findings
    for finding in findings {
      let others = needed.filter { $0 != finding }
      if isSettled(condition, by: others, known, possible) ?? false { needed = others }
    }
    return needed
  }

  /// Whether a condition is decided by some findings, whatever they turn out to be; nil where there are too many to try.
  private func isSettled(_ condition: Condition, by findings: [Int], _ known: Known, _ possible: Known) -> Bool? {
    let values = findings.map { representatives(of: $0, within: possible[$0], [condition]) }
    guard values.reduce(1, { min($0 * $1.count, Self.mostTried + 1) }) <= Self.mostTried else { return nil }
    var chosen: [Possible] = []
    func isSettled() -> Bool {
      let truth = condition.truth { finding in
        for place in chosen.indices where findings[place] == finding { return chosen[place] }
        return known[finding]
      }
      if truth != .unknown { return true }
      guard chosen.count < findings.count else { return false }
      for value in values[chosen.count] {
        chosen.append(value)
        defer { chosen.removeLast() }
        guard isSettled() else { return false }
      }
      return true
    }
    return isSettled()
  }

  private static var mostTried: Int { 4_000 }

  /// Whether a finding follows from one of the others, whatever that one is.
  private func follows(_ finding: Int, from others: Set<Int>, _ known: Known, _ possible: Known) -> Bool {
    let derivations = inference.derivations.filter { $0.rule.finding == finding }
    if derivations.isEmpty { return false }
    let sources = Set(derivations.flatMap(\.from))
    return sources.contains { source in
      others.contains(source)
        && representatives(of: source, within: possible[source], derivations.map(\.when)).allSatisfy { value in
          let patient = known.replacing(source, value)
          return derivations.contains { !$0.rule.stated && patient.truth($0.when) == .yes }
        }
    }
  }
}

/// A condition without what is known.
private enum Reduced {
  case settled(Truth)
  case open(Condition)
}

extension Condition {
  /// What is left to be asked when the tests that are decided are taken out.
  fileprivate func reduced(by known: Known) -> Reduced {
    switch self {
    case .always: return .settled(.yes)
    case .test(let test):
      let truth = known[test.finding].satisfies(test.allowed)
      return truth == .unknown ? .open(self) : .settled(truth)
    case .defined(let finding, let inner):
      switch inner.reduced(by: known) {
      case .settled(let truth): return .settled(truth)
      // A definition is asked about as a whole while nothing of it is known.
      case .open(let rest): return .open(rest == inner ? .defined(finding, inner) : rest)
      }
    case .not(let inner):
      switch inner.reduced(by: known) {
      case .settled(let truth): return .settled(!truth)
      case .open(let rest): return .open(.not(rest))
      }
    case .all(let parts): return Self.reduced(parts, by: known, until: .no) { .all($0) }
    case .any(let parts): return Self.reduced(parts, by: known, until: .yes) { .any($0) }
    case .atLeast(let needed, let parts):
      var rest: [Condition] = []
      var left = needed
      for part in parts {
        switch part.reduced(by: known) {
        case .settled(let truth): if truth == .yes { left -= 1 }
        case .open(let condition): rest.append(condition)
        }
      }
      if left <= 0 { return .settled(.yes) }
      return left > rest.count ? .settled(.no) : .open(.atLeast(left, rest))
    }
  }

  /// Parts of which one that comes out as `end` decides the whole.
  private static func reduced(_ parts: [Condition], by known: Known, until end: Truth, _ joined: ([Condition]) -> Condition) -> Reduced {
    var rest: [Condition] = []
    for part in parts {
      switch part.reduced(by: known) {
      case .settled(let truth): if truth == end { return .settled(end) }
      case .open(let condition): rest.append(condition)
      }
    }
    return rest.isEmpty ? .settled(!end) : .open(rest.count == 1 ? rest[0] : joined(rest))
  }
}
