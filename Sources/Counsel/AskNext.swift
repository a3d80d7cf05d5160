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
public struct AskOrder {
  /// How it weighs; frozen once tuned.
  public struct Weights: Sendable {
    public var met = 1.0
    public var loss = 0.3
    public var sum = 0.3
    public var open = 0.0
    public var regimen = 1.0
    public init() {}
  }
  private let counsel: Counsel
  private var estimate: LikelihoodEstimate
  private let weights: Weights
  /// For each finding how likely it isn't needed by any statement, and the sum of its statements' chances.
  private var unneeded: [Double]
  private var sums: [Double]

  init(_ counsel: Counsel, _ likelihood: Likelihood, _ weights: Weights) {
    self.counsel = counsel
    self.weights = weights
    estimate = likelihood.estimate(counsel.known)
    unneeded = [Double](repeating: 1, count: counsel.vocabulary.findings.count)
    sums = [Double](repeating: 0, count: counsel.vocabulary.findings.count)
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
    let ends = [rule.until, rule.notSaid].compactMap { $0 }.filter { counsel.known.truth($0) != .yes }
    for end in ends {
      let lost = chance * estimate.chance(end).yes
      need(end, true, lost * (counsel.status(index) == .applies ? 1 : weights.loss))
    }
    guard counsel.status(index) == .depends else { return }
    for end in ends { chance *= 1 - estimate.chance(end).yes }
    let met = rule.when.met(counsel.known).tests
    chance *= met == 0 ? weights.met : 1
    if counsel.choosesRegimen(index) { chance *= weights.regimen }
    if weights.open > 0 {
      let open = counsel.openFindings(index).count
      for _ in 1..<max(1, open) { chance *= 1 - weights.open }
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
      unneeded[test.finding] *= 1 - min(0.999, chance)
      sums[test.finding] += chance
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

  func score(_ finding: Int) -> Double { (1 - unneeded[finding]) + weights.sum * sums[finding] }

  /// The findings, each after what it hangs on.
  var findings: [(finding: Int, help: Double)] {
    mutating get {
      let asked = sums.indices.filter { sums[$0] > 0 && counsel.known.isOpen($0) }
      let sorted = asked.map { ($0, score($0)) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      var found: [(finding: Int, help: Double)] = []
      var isListed = [Bool](repeating: false, count: sums.count)
      func add(_ finding: Int, _ help: Double, _ depth: Int) {
        guard !isListed[finding], counsel.known.isOpen(finding) else { return }
        isListed[finding] = true
        switch estimate.isThere(finding) {
        case .yes: break
        case .no: return
        case .unknown:
          guard depth < 8 else { return }
          for gate in estimate.gates(of: finding) where counsel.known.truth(gate) == .unknown {
            for test in gate.tests where counsel.known[test.finding].satisfies(test.allowed) == .unknown { add(test.finding, help, depth + 1) }
          }
        }
        found.append((finding, help))
      }
      for (finding, help) in sorted { add(finding, help, 0) }
      return found
    }
  }
}

extension Counsel {
  /// Whether a statement may come to stand in the tier lead.
  func canLead(_ index: Int) -> Bool {
    let rule = guideline.rules[index]
    guard !rule.isCompanion, !rule.isRemark, !isNotSaid(index) else { return false }
    return rule.when.tests.contains { isOwn($0.finding) }
  }

  /// The findings that would help, the most helpful first, by the cohort's distribution for what is stated.
  public func helpful(_ rules: [Int]? = nil, _ likelihood: Likelihood, _ weights: AskOrder.Weights = .init()) -> [(finding: Int, help: Double)] {
    var order = AskOrder(self, likelihood, weights)
    order.weigh(rules ?? Array(guideline.rules.indices))
    return order.findings
  }

  /// The tests that would help, the cheapest that settles the most first, by their places in the vocabulary.
  public func helpfulTests(_ likelihood: Likelihood, _ weights: AskOrder.Weights = .init()) -> [(place: Int, finds: [Int])] {
    let asked = helpful(nil, likelihood, weights)
    guard let tests = try? vocabulary.tests else { return [] }
    let found = tests.enumerated().map { place, test -> (place: Int, finds: [Int], help: Double) in
      let finds = asked.filter { asked in test.reveals.contains(vocabulary.findings[asked.finding].id) }
      return (place, finds.map(\.finding), finds.reduce(0) { $0 + $1.help } / Double(1 + test.cost))
    }
    return found.filter { !$0.finds.isEmpty }.sorted { ($1.help, $0.place) < ($0.help, $1.place) }.map { ($0.place, $0.finds) }
  }

  /// The findings to ask for next, the most helpful first, with the numbers of the lines that they decide.
  public func askNext(_ recommendation: Recommendation, most: Int) throws(Diagnostic) -> [(finding: Int, lines: [Int])] {
    let rules = recommendation.lines.flatMap(\.all) + recommendation.general + recommendation.rest
    let asked = helpful(rules, try likelihood()).prefix(most).map(\.finding)
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
    try guideline.kept { () throws(Diagnostic) in Likelihood(try .embedded(guideline), guideline) }
  }
}
