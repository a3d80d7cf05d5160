import Cohorts
import Counsel
import Foundation
import Grammar
import Guideline
import Measures
import Patients
import Testing
import Vocabulary
import Wording

/// What to ask for, worked out a second time as AskOrder's documentation says: every statement that may come to lead hands the chance that it
/// does to the findings that it needs.
private struct ReferenceAsking {
  private let counsel: Counsel
  private var estimate: LikelihoodEstimate
  /// What each finding was handed, and by how many derivations away from a statement's own test.
  private var handed: [Int: [(chance: Double, away: Int)]] = [:]

  init(_ counsel: Counsel, _ likelihood: Likelihood) {
    self.counsel = counsel
    estimate = likelihood.estimate(counsel.known)
    let rules = counsel.guideline.rules
    let favoured = Set(
      rules.filter { [.do, .consider, .disputed, .investigational].contains($0.stance) && $0.with.isEmpty && counsel.status($0.index) == .applies }.flatMap(
        \.subjects))
    for rule in rules where canLead(rule) && counsel.status(rule.index) != .absent {
      let depends = counsel.status(rule.index) == .depends
      let overriding = counsel.guideline.above[rule.index].map { rules[$0].when }
      var chance = 1.0
      if depends { chance = overriding.reduce(estimate.chance(rule.when).yes) { $0 * (1 - estimate.chance($1).yes) } }
      let before = chance
      for end in [rule.until, rule.unless, rule.notSaid] {
        guard let end, counsel.known.truth(end) != .yes else { continue }
        let lost = estimate.chance(end).yes
        hand(end, true, before * lost * (depends ? 0.3 : 1), true, 0)
        chance *= 1 - lost
      }
      guard depends else { continue }
      if counsel.evaluation[rule.index].when != .yes {
        let met = ReferenceStanding.met(rule.when, counsel.known)
        chance *= met == 0 ? 0.2 : met == 1 ? 0.7 : 1.6
        let isAgainst = rule.stance == .avoid || rule.stance == .caution
        if isAgainst, favoured.isDisjoint(with: rule.subjects.flatMap { [$0] + counsel.vocabulary.groups(above: $0) }) { chance *= 0.4 }
      }
      hand(rule.when, true, chance, !counsel.waitsForOperation(rule.index), 0)
      for other in overriding { hand(other, false, chance, true, 0) }
    }
  }

  private func canLead(_ rule: Rule) -> Bool {
    guard rule.with.isEmpty, !rule.isRemark, rule.notSaid.map({ counsel.known.truth($0) }) != .yes else { return false }
    return rule.when.tests.contains { test in
      let finding = counsel.vocabulary.findings[test.finding]
      return ["tumour", "spread", "liver", "course", "receptors", "symptoms", "treatment"].contains(finding.group) || finding.id == "men1"
    }
  }

  private mutating func hand(_ condition: Condition, _ holds: Bool, _ chance: Double, _ isBefore: Bool, _ away: Int) {
    guard chance > 0, counsel.known.truth(condition) == .unknown else { return }
    var chances: [(Condition, Double)] = []
    switch condition {
    case .always: return
    case .test(let test): return hand(test, holds, chance, isBefore, away)
    case .not(let inner): return hand(inner, !holds, chance, isBefore, away)
    case .defined(_, let inner): chances = [(inner, chance)]
    case .atLeast(_, let parts): chances = parts.map { ($0, chance) }
    case .all(let parts): chances = holds ? parts.map { ($0, chance) } : shared(parts, holds, chance)
    case .any(let parts): chances = holds ? shared(parts, holds, chance) : parts.map { ($0, chance) }
    }
    for (part, own) in chances { hand(part, holds, own, isBefore, away) }
  }

  /// One part is enough: each is needed as likely as it is the one.
  private mutating func shared(_ parts: [Condition], _ holds: Bool, _ chance: Double) -> [(Condition, Double)] {
    var own: [Double] = []
    for part in parts { own.append(holds ? estimate.chance(part).yes : estimate.chance(part).no) }
    let one = 1 - own.map { 1 - $0 }.reduce(1, *)
    return one > 0 ? zip(parts, own).map { ($0, chance * $1 / one) } : []
  }

  private mutating func hand(_ test: Grammar.Test, _ holds: Bool, _ chance: Double, _ isBefore: Bool, _ away: Int) {
    let foundBy = counsel.vocabulary.findings[test.finding].foundBy
    if isBefore, foundBy == "operation" || foundBy == "histology after operation" { return }
    handed[test.finding, default: []].append((chance, away))
    guard away < 2, counsel.known.origin[test.finding] == .unstated else { return }
    for derivation in counsel.guideline.inference.derivations where derivation.rule.finding == test.finding && !derivation.rule.stated {
      let value = Possible.values(1 << UInt32(derivation.rule.value))
      let settled: Truth = holds ? .yes : .no
      let known = estimate.chance(Grammar.Test(finding: test.finding, allowed: value)).yes
      guard value.satisfies(test.allowed) == settled, known > 0 else { continue }
      hand(derivation.when, true, chance * min(1, estimate.chance(derivation.when).yes / known), isBefore, away + 1)
    }
  }

  /// The findings that a statement's own test asks about and that are there to be asked about, each after what it hangs on.
  var order: [(finding: Int, help: Double, after: [Int])] {
    let asked = handed.filter { finding, parts in parts.contains { $0.away == 0 } && counsel.known.isOpen(finding) }
    var scores: [(finding: Int, help: Double)] = []
    for (finding, parts) in asked {
      let chances: [Double] = parts.map(\.chance)
      let largest: Double = chances.max() ?? 0
      scores.append((finding, largest + 0.1 * chances.reduce(0, +)))
    }
    scores.sort { $0.help != $1.help ? $0.help > $1.help : $0.finding < $1.finding }
    var found: [(finding: Int, help: Double, after: [Int])] = []
    var begun: Set<Int> = []
    func add(_ finding: Int, _ help: Double) {
      guard counsel.known.isOpen(finding), begun.insert(finding).inserted, estimate.isThere(finding) != .no else { return }
      let gates = estimate.gates(of: finding)
      for gate in gates { add(gate, help) }
      found.append((finding, help, gates))
    }
    for (finding, help) in scores { add(finding, help) }
    return found
  }
}

@Suite("What is asked for, by how likely it decides")
struct AskingTests {
  @Test("the findings, their order, what they help and what each hangs on are those of a second reckoning, for drawn patients")
  func reckoned() throws {
    try hold(try Guideline.embedded(), patients: 60)
  }

  @Test("so they are of conditions that deny others and that ask for some of several")
  func otherWords() throws {
    let written = "when syndrome is gastrinoma and men1 no"
    let files = TextFile.embedded(prefix: "chapters/").map { file -> TextFile in
      let text = file.withBytes { String(decoding: $0, as: UTF8.self) }
      return TextFile(
        name: file.name,
        bytes: Array(
          text.replacingOccurrences(of: "when functioning", with: "when at least 2 of (functioning, symptomatic, men1, malignant)")
            .replacingOccurrences(of: written, with: "when not (not syndrome is gastrinoma or men1)").utf8))
    }
    let guideline = try Guideline(files: files, vocabulary: try .embedded())
    try hold(guideline, patients: 25)
  }

  private func hold(_ guideline: Guideline, patients: Int) throws {
    let likelihood = Likelihood(try .embedded(guideline), guideline)
    var drawn = DrawnPatients(seed: 5, guideline)
    var (asked, hanging) = (0, 0)
    for _ in 0..<patients {
      let counsel = Counsel(guideline, drawn.next())
      let helpful = counsel.helpful(likelihood)
      let reference = ReferenceAsking(counsel, likelihood).order
      #expect(helpful.map(\.finding) == reference.map(\.finding))
      #expect(helpful.map(\.after) == reference.map(\.after))
      #expect(zip(helpful, reference).allSatisfy { abs($0.help - $1.help) < 1e-9 })
      asked += helpful.count
      hanging += helpful.count { !$0.after.isEmpty }
    }
    #expect(asked > patients * 10 && hanging > patients / 2, "the patients leave enough to ask: \(asked), \(hanging)")
  }
}
