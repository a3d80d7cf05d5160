import Cohorts
import Grammar
import Guideline
import Patients
import Vocabulary
import Wording

/// Findings to ask for, the most helpful first, and by how much.
///
/// Only what comes to apply must be settled; what ends absent may stay open. So a finding helps by how likely it is that a
/// statement which needs it comes to lead, given what is stated, and that one which leads is lost by it.
struct AskOrder {
  /// What a statement counts of which no test is met yet, one, or more: what is nearer to this patient comes first.
  private static let nearness = [0.2, 0.7, 1.6]
  /// What speaks against a therapy for which nothing else speaks stands after all options.
  private static let against = 0.4
  /// What a finding counts by which a statement ends that itself still depends.
  private static let ending = 0.3
  /// What all statements that need a finding count beside the likeliest of them: they often hold together.
  private static let others = 0.1

  private let counsel: Counsel
  private var estimate: LikelihoodEstimate
  /// For each finding the chance of the likeliest statement that needs it, and the sum of all their chances.
  private var largest: [Double]
  private var sums: [Double]
  /// Therapies for which something that applies speaks.
  private let favoured: Set<String>
  /// Whether a statement asks about it itself.
  private var isAsked: [Bool]
  /// How many derivations away from a statement's own test is being looked.
  private var isFollowing = 0

  init(_ counsel: Counsel, _ likelihood: Likelihood) {
    self.counsel = counsel
    estimate = likelihood.estimate(counsel.known)
    favoured = Set(
      counsel.guideline.rules.lazy.filter { $0.stance?.isPositive == true && !$0.isCompanion && counsel.status($0.index) == .applies }
        .flatMap(\.subjects))
    sums = [Double](repeating: 0, count: counsel.vocabulary.findings.count)
    largest = sums
    isAsked = sums.map { _ in false }
  }

  mutating func weigh(_ rules: [Int]) {
    for index in rules where counsel.canLead(index) { weigh(index) }
  }

  private mutating func weigh(_ index: Int) {
    let rule = counsel.rule(index)
    let above = counsel.guideline.above[index].map { counsel.rule($0).when }
    var chance = 1.0
    switch counsel.status(index) {
    case .absent: return
    case .applies: break
    case .depends:
      chance = estimate.chance(rule.when).yes
      for other in above { chance *= 1 - estimate.chance(other).yes }
    }
    let ends = [rule.until, rule.unless, rule.notSaid].compactMap { $0 }.filter { counsel.known.truth($0) != .yes }
    for end in ends {
      let lost = chance * estimate.chance(end).yes
      need(end, true, lost * (counsel.status(index) == .applies ? 1 : Self.ending))
    }
    guard counsel.status(index) == .depends else { return }
    for end in ends { chance *= 1 - estimate.chance(end).yes }
    if counsel.evaluation[index].when != .yes {
      chance *= Self.nearness[min(2, counsel.met(index).tests)]
      if counsel.isAgainst(index), !rule.subjects.contains(where: isFavoured) { chance *= Self.against }
    }
    need(rule.when, true, chance, beforeOperation: !counsel.waitsForOperation(index))
    for other in above { need(other, false, chance) }
  }

  private mutating func need(_ condition: Condition, _ holds: Bool, _ chance: Double, beforeOperation: Bool = true) {
    guard chance > 0, counsel.known.truth(condition) == .unknown else { return }
    switch condition {
    case .always: break
    case .test(let test):
      if beforeOperation, counsel.isFoundAtOperation(test.finding) { return }
      largest[test.finding] = max(largest[test.finding], chance)
      sums[test.finding] += chance
      if isFollowing == 0 { isAsked[test.finding] = true }
      needSources(test, holds, chance, beforeOperation: beforeOperation)
    case .defined(_, let inner): need(inner, holds, chance, beforeOperation: beforeOperation)
    case .not(let inner): need(inner, !holds, chance, beforeOperation: beforeOperation)
    case .atLeast(_, let parts): for part in parts { need(part, holds, chance, beforeOperation: beforeOperation) }
    case .all(let parts), .any(let parts):
      var isForAll = holds
      if case .any = condition { isForAll = !holds }
      if isForAll {
        for part in parts { need(part, holds, chance, beforeOperation: beforeOperation) }
      } else {
        // One part is enough: each is needed as likely as it is the one.
        let chances = parts.map { part in
          let part = estimate.chance(part)
          return holds ? part.yes : part.no
        }
        let any = 1 - chances.reduce(1) { $0 * (1 - $1) }
        guard any > 0 else { return }
        for (part, own) in zip(parts, chances) { need(part, holds, chance * own / any, beforeOperation: beforeOperation) }
      }
    }
  }

  /// What is needed of a finding may follow from others: symptoms from a hormone's excess, a grade from Ki-67.
  private mutating func needSources(_ test: Test, _ holds: Bool, _ chance: Double, beforeOperation: Bool) {
    guard counsel.known.origin[test.finding] == .unstated, isFollowing < 2 else { return }
    for consequence in counsel.guideline.inference.derivations where consequence.rule.finding == test.finding && !consequence.rule.stated {
      let value = Possible.values(1 << UInt32(consequence.rule.value))
      guard value.satisfies(test.allowed) == (holds ? .yes : .no) else { continue }
      let known = estimate.chance(Test(finding: test.finding, allowed: value)).yes
      guard known > 0 else { continue }
      let follows = chance * min(1, estimate.chance(consequence.when).yes / known)
      isFollowing += 1
      need(consequence.when, true, follows, beforeOperation: beforeOperation)
      isFollowing -= 1
    }
  }

  /// Whether something that applies speaks for a therapy.
  private func isFavoured(_ therapy: String) -> Bool { !favoured.isDisjoint(with: counsel.near(therapy)) }

  private func score(_ finding: Int) -> Double { largest[finding] + Self.others * sums[finding] }

  /// The findings, each after what it hangs on.
  var findings: [HelpfulFinding] {
    mutating get {
      let asked = sums.indices.filter { isAsked[$0] && counsel.known.isOpen($0) }
      let sorted = asked.map { ($0, score($0)) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      var found: [HelpfulFinding] = []
      var isListed = [Bool](repeating: false, count: sums.count)
      func add(_ finding: Int, _ help: Double) {
        guard !isListed[finding], counsel.known.isOpen(finding) else { return }
        isListed[finding] = true
        let gates = estimate.gates(of: finding)
        if estimate.isThere(finding) == .no { return }
        for gate in gates { add(gate, help) }
        found.append(HelpfulFinding(finding: finding, help: help, after: gates))
      }
      for (finding, help) in sorted { add(finding, help) }
      return found
    }
  }
}

/// A finding that would help, and by how much beside others.
public struct HelpfulFinding: Sendable {
  public let finding: Int
  public let help: Double
  /// Open findings that say whether it is there to be asked about.
  public let after: [Int]
}

extension Counsel {
  /// Whether a statement may come to stand in the tier lead.
  func canLead(_ index: Int) -> Bool {
    let rule = guideline.rules[index]
    guard !rule.isCompanion, !rule.isRemark, !isNotSaid(index) else { return false }
    return rule.when.hasTest { isOwn($0.finding) }
  }

  /// The findings that would help, the most helpful first, by a distribution for what is stated. Only some statements count; nil: all.
  public func helpful(among rules: [Int]? = nil, _ likelihood: Likelihood) -> [HelpfulFinding] {
    var order = AskOrder(self, likelihood)
    order.weigh(rules ?? Array(guideline.rules.indices))
    return order.findings
  }

  /// The findings that would help, by the cohort's distribution.
  public func helpful(among rules: [Int]? = nil) throws(Diagnostic) -> [HelpfulFinding] { helpful(among: rules, try likelihood()) }

  /// The places of tests, the one first that helps most for its cost: of those that settle the same, the cheapest.
  public func order(_ tests: some RandomAccessCollection<DiagnosticTest>, _ helpful: [HelpfulFinding]) -> [Int] {
    let help = tests.map { test in
      helpful.reduce(0) { $0 + (test.reveals.contains(vocabulary.findings[$1.finding].id) ? $1.help : 0) } / Double(1 + test.cost)
    }
    return help.indices.sorted { (-help[$0], $0) < (-help[$1], $1) }
  }

  /// The findings to ask for next, the most helpful first, with the numbers of the lines that they decide.
  public func askNext(_ recommendation: Recommendation, most: Int) throws(Diagnostic) -> [(finding: Int, lines: [Int])] {
    let rules = recommendation.lines.flatMap(\.all) + recommendation.general + recommendation.rest
    let asked = try helpful(among: rules).prefix(most).map(\.finding)
    return asked.map { finding in
      let lines = recommendation.lines.indices.filter { place in
        recommendation.lines[place].all.contains { rule in
          evaluation[rule].dependsOn.contains { $0 == finding || guideline.statedThrough[$0] == finding }
        }
      }
      return (finding, lines.map { $0 + 1 })
    }
  }

  /// How likely findings are by the cohort's distribution: read when it is first asked for, and kept.
  public func likelihood() throws(Diagnostic) -> Likelihood {
    try guideline.kept { () throws(Diagnostic) in try Likelihood.embedded(guideline) }
  }
}
