import Grammar
import Guideline
import Measures
import Patients
import Vocabulary

/// How near a statement is to this patient: where it stands in the whole answer.
public enum Tier: String, Sendable, CaseIterable {
  /// It applies, and a finding of this patient's disease is among its tests.
  case lead
  /// It applies otherwise, or the text doesn't say whether it does for what can't be resected.
  case option
  /// It depends, and one of its tests is met.
  case pending
  /// It asks about nothing: it holds for every patient.
  case general
}

/// A number that lies on a threshold where the text speaks of more and of less, but not of it.
public struct UncoveredThreshold: Sendable {
  public let finding: Int
  /// Rules that would hold, or may hold, just above and just below.
  public let above: [Int]
  public let below: [Int]
}

/// The whole answer for a patient, in the order in which it is read.
public struct Recommendation: Sendable {
  /// Statements that are read as one.
  public struct Line: Sendable {
    /// The statements, the one that heads the line first.
    public var rules: [Int]
    /// Where the line stands: a statement that waits only for the operation itself stands as if it applied.
    public var tier: Tier
    /// What a pending line waits for; empty for what applies.
    public var waitsFor: [Int] = []
    /// Whether its statements depend on a finding and agree whatever it is.
    public var isAgreement = false
    /// Cautions and advice against its therapy that depend.
    public var unless: [Int] = []
    /// Dependent statements that say the same of the same therapy again.
    public var strengthens: [Int] = []

    public init(rules: [Int], tier: Tier, waitsFor: [Int] = [], isAgreement: Bool = false) {
      self.rules = rules
      self.tier = tier
      self.waitsFor = waitsFor
      self.isAgreement = isAgreement
    }

    public var head: Int { rules[0] }
    public var all: [Int] { rules + unless + strengthens }
  }

  /// Numbered from 1: what leads, options, cautions that stand alone, what waits.
  public let lines: [Line]
  /// Statements that hold for every patient.
  public let general: [Int]
  /// Dependent statements of which no test is met yet.
  public let rest: [Int]
  public let thresholds: [UncoveredThreshold]
  /// Remarks that hold and show even when no advice on their subject does.
  public let remarks: [Int]
  private let ranks: [Int: Int]
  private let tiers: [Int: Tier]

  /// The place of a statement in the whole answer, 1 first; statements on one line share it. A companion has its host's.
  public func rank(of rule: Int) -> Int? { ranks[rule] }
  /// Nil for a dependent statement of which no test is met, and for a remark.
  public func tier(of rule: Int) -> Tier? { tiers[rule] }

  /// - Parameter topic: leaves out what doesn't belong to it; nil: the whole answer.
  public init(_ counsel: Counsel, topic: String? = nil) {
    let builder = RecommendationBuilder(counsel, topic)
    lines = builder.lines
    general = builder.general
    rest = builder.rest
    thresholds = counsel.uncoveredThresholds(topic)
    remarks = counsel.guideline.rules.filter { $0.standsAlone && counsel.status($0.index) == .applies && $0.isOn(topic) }.map(\.index)
    var ranks: [Int: Int] = [:]
    var tiers: [Int: Tier] = [:]
    for (place, line) in lines.enumerated() {
      for rule in line.all { ranks[rule] = place + 1 }
    }
    for rule in general { ranks[rule] = lines.count + 1 }
    for rule in rest { ranks[rule] = lines.count + 2 }
    for rule in lines.flatMap(\.all) + general + rest { tiers[rule] = counsel.tier(of: rule) }
    for evaluated in counsel.evaluation.live where counsel.guideline.rules[evaluated.rule].isCompanion {
      let hosts = evaluated.accompanies.filter { ranks[$0] != nil }
      let host = hosts.min { (ranks[$0] ?? .max) < (ranks[$1] ?? .max) }
      ranks[evaluated.rule] = host.flatMap { ranks[$0] } ?? lines.count + 2
      tiers[evaluated.rule] = host.flatMap { tiers[$0] }
    }
    self.ranks = ranks
    self.tiers = tiers
  }
}

extension Counsel {
  /// How near a live statement is to this patient; nil for a dependent one of which no test is met.
  public func tier(of rule: Int) -> Tier? {
    let when = guideline.rules[rule].when
    if when == .always { return .general }
    let met = met(rule)
    switch status(rule) {
    case .applies: return isNotSaid(rule) || !met.counted ? .option : .lead
    case .depends: return met.tests > 0 ? .pending : nil
    case .absent: return nil
    }
  }

  /// Where a statement that applies, or waits only for the operation itself, stands.
  func place(of rule: Int) -> Tier {
    guard waitsForOperation(rule) else { return tier(of: rule) ?? .option }
    return isNotSaid(rule) || !isOfThisDisease(rule) ? .option : .lead
  }

  private func isOfThisDisease(_ rule: Int) -> Bool { met(rule).counted }

  /// Whether a finding speaks of this patient's disease.
  func isOwn(_ finding: Int) -> Bool { kinds.isOwn[finding] }

  /// Whether it chooses a regimen for when chemotherapy is considered, which is no indication.
  public func choosesRegimen(_ rule: Int) -> Bool { guideline.rules[rule].topic == "chemotherapy" }

  /// The numbers that lie exactly where the text speaks of more and of less, but not of them.
  func uncoveredThresholds(_ topic: String?) -> [UncoveredThreshold] {
    vocabulary.findings.filter(\.isNumber).compactMap { finding in
      guard case .numbers(let interval) = known[finding.index], let value = interval.single else { return nil }
      let bearing = guideline.rules.filter { rule in
        !rule.isCompanion && !rule.isRemark && rule.isOn(topic)
          && rule.when.hasTest { test in
            guard test.finding == finding.index, case .numbers(let allowed) = test.allowed else { return false }
            return allowed.lower == value || allowed.upper == value
          }
      }
      guard !bearing.isEmpty, let more = value.plus(Exact(millionths: 100_000)), let less = value.plus(Exact(millionths: -100_000)) else { return nil }
      func gained(_ value: Exact) -> [Int] {
        let moved = known.replacing(finding.index, .numbers(Interval(value)))
        return bearing.map(\.index).filter {
          status($0) == .absent && !evaluation[$0].isDone && guideline.status(of: $0, moved) != .absent
        }
      }
      let (above, below) = (gained(more), gained(less))
      return above.isEmpty || below.isEmpty ? nil : UncoveredThreshold(finding: finding.index, above: above, below: below)
    }
  }
}

/// Sorts live statements into the lines of an answer.
private struct RecommendationBuilder {
  let counsel: Counsel
  private(set) var lines: [Recommendation.Line] = []
  private(set) var general: [Int] = []
  private(set) var rest: [Int] = []

  private var guideline: Guideline { counsel.guideline }

  /// In which order stances stand among what applies.
  private static let order: [Stance] = [.do, .avoid, .disputed, .consider, .investigational, .caution, .alongside]

  init(_ counsel: Counsel, _ topic: String?) {
    self.counsel = counsel
    let statements = counsel.evaluation.live.map(\.rule).filter {
      let rule = counsel.guideline.rules[$0]
      return !rule.isCompanion && !rule.isRemark && rule.isOn(topic)
    }
    general = statements.filter { counsel.tier(of: $0) == .general }
    let others = statements.filter { counsel.tier(of: $0) != .general }
    // What waits only for the operation itself stands where it would if it applied.
    lines = applyingLines(others.filter(counsel.stands))
    lines += pendingLines(attached(others.filter { !counsel.stands($0) }))
  }

  private func rule(_ index: Int) -> Rule { guideline.rules[index] }

  // MARK: What applies

  private typealias Key = (tier: Int, last: Int, stance: Int, met: Int, place: Int)

  private func key(_ index: Int) -> Key {
    let isDone = counsel.isCarriedOut(index)
    return (
      counsel.place(of: index) == .lead ? 0 : 1, (isDone ? 2 : 0) + (counsel.choosesRegimen(index) ? 1 : 0),
      Counsel.place(rule(index).stance, in: Self.order), -counsel.met(index).tests, index
    )
  }

  private func applyingLines(_ applying: [Int]) -> [Recommendation.Line] {
    let sorted = applying.map(key).sorted(by: <).map(\.place)
    var lines: [Recommendation.Line] = []
    for index in sorted where rule(index).stance != .caution {
      if let place = lines.firstIndex(where: { joins(index, $0) }) {
        lines[place].rules.append(index)
      } else {
        lines.append(.init(rules: [index], tier: counsel.place(of: index)))
      }
    }
    // A caution stands on its therapy's line, or after all options.
    for index in sorted where rule(index).stance == .caution {
      if let place = line(about: rule(index), lines) {
        lines[place].rules.append(index)
      } else {
        lines.append(.init(rules: [index], tier: counsel.place(of: index)))
      }
    }
    return lines
  }

  /// Whether a statement is read together with those of a line: on the same therapies, or a weaker one on a group of them.
  private func joins(_ index: Int, _ line: Recommendation.Line) -> Bool {
    let (own, head) = (rule(index), rule(line.head))
    guard own.isBackground == head.isBackground, own.reading == head.reading, counsel.status(index) == counsel.status(line.head) else {
      return false
    }
    if own.subjects == head.subjects { return true }
    guard own.stance == .consider, head.stance?.isPositive == true else { return false }
    return own.subjects.allSatisfy { subject in
      head.subjects.contains { $0 == subject || guideline.vocabulary.groups(above: $0).contains(subject) }
    }
  }

  /// The line on a statement's therapy: on the same one first, else on a group above or a member.
  private func line(about rule: Rule, _ lines: [Recommendation.Line]) -> Int? {
    lines.firstIndex { line in line.rules.contains { self.rule($0).subjects.contains(where: rule.subjects.contains) } }
      ?? lines.firstIndex { line in line.rules.contains { guideline.related(self.rule($0), rule) } }
  }

  // MARK: What depends

  /// Puts cautions and advice against on the line of their therapy, and what only says the same again; the rest waits.
  private mutating func attached(_ dependent: [Int]) -> [Int] {
    var left: [Int] = []
    for index in dependent {
      let own = rule(index)
      if counsel.isAgainst(index), let place = line(about: own, lines) {
        lines[place].unless.append(index)
      } else if counsel.isMet(index), own.reading == nil, !own.isBackground,
        let place = lines.firstIndex(where: { line in
          line.rules.contains { rule($0).subjects == own.subjects && rule($0).stance == own.stance && !counsel.isNotSaid($0) }
        })
      {
        lines[place].strengthens.append(index)
      } else {
        left.append(index)
      }
    }
    return left
  }

  private mutating func pendingLines(_ dependent: [Int]) -> [Recommendation.Line] {
    let agreements = agreements(among: dependent)
    let agreed = Set(agreements.flatMap(\.rules))
    let waiting = counsel.dependentInOrder(dependent.filter { !agreed.contains($0) }, own: nil)
    let met = waiting.filter(counsel.isMet)
    var lines: [Recommendation.Line] = []
    func add(_ index: Int, _ findings: [Int]) {
      if let place = lines.firstIndex(where: { $0.waitsFor == findings }) {
        lines[place].rules.append(index)
      } else {
        lines.append(.init(rules: [index], tier: .pending, waitsFor: findings))
      }
    }
    for index in met where counsel.openFindings(index).count <= 1 { add(index, counsel.openFindings(index)) }
    // What several findings decide stands with the first of them that has a line of its own.
    let single = lines
    func line(of index: Int) -> [Int]? {
      let open = counsel.openFindings(index)
      return single.first { $0.waitsFor.count == 1 && open.contains($0.waitsFor[0]) }?.waitsFor
    }
    for index in met where counsel.openFindings(index).count > 1 { add(index, line(of: index) ?? counsel.openFindings(index)) }
    for index in waiting where !counsel.isMet(index) {
      if let findings = line(of: index) { add(index, findings) } else { rest.append(index) }
    }
    let places = Dictionary(uniqueKeysWithValues: waiting.enumerated().map { ($0.element, $0.offset) })
    // What would only speak against a therapy without a line of its own stands last.
    func key(_ line: Recommendation.Line) -> (Int, Int) {
      (line.rules.allSatisfy(counsel.isAgainst) ? 1 : 0, line.rules.compactMap { places[$0] }.min() ?? 0)
    }
    lines.sort { key($0) < key($1) }
    for place in lines.indices { lines[place].rules.sort { (places[$0] ?? 0) < (places[$1] ?? 0) } }
    return agreements + lines
  }

  /// Lines that stand for statements which depend on one finding and agree whatever it is.
  private func agreements(among dependent: [Int]) -> [Recommendation.Line] {
    var lines: [Recommendation.Line] = []
    let single = dependent.compactMap { index -> (index: Int, finding: Int)? in
      let findings = counsel.evaluation[index].dependsOn
      return findings.count == 1 ? (index, findings[0]) : nil
    }
    for (index, finding) in single {
      let findings = [finding]
      let partners = single.filter { $0.finding == finding }.map(\.index).filter {
        rule($0).stance == rule(index).stance && rule($0).subjects == rule(index).subjects
      }
      guard partners.count > 1, partners.first == index, agree(partners, findings[0]) else { continue }
      lines.append(.init(rules: partners, tier: .pending, waitsFor: findings, isAgreement: true))
    }
    return lines
  }

  /// Whether, for every value of a finding, at least one of the rules applies.
  private func agree(_ rules: [Int], _ name: Int) -> Bool {
    let values = guideline.representatives(of: name, within: counsel.known[name], rules.map { rule($0).when })
    guard values.count > 1 else { return false }
    return values.allSatisfy { value in
      let replaced = counsel.known.replacing(name, value)
      return rules.contains { guideline.status(of: $0, replaced) == .applies }
    }
  }
}
