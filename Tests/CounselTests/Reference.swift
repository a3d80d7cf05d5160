import Counsel
import Grammar
import Guideline
import Measures
import Patients
import Vocabulary

/// Where a therapy stands, worked out a second time from semantics.md, section 10, as plainly as it can be written: the lead by
/// comparing every pair of statements. It takes nothing from Counsel.
struct ReferenceStanding {
  let lead: String?
  let status: Status

  init(_ guideline: Guideline, _ evaluation: Evaluation, _ therapy: String) {
    let near = [therapy] + guideline.vocabulary.groups(above: therapy)
    let all = guideline.rules.filter { rule in
      rule.stance != nil && evaluation[rule.index].status != .absent && !Set(rule.subjects).isDisjoint(with: near)
    }
    let known = evaluation.known
    func status(_ rule: Rule) -> Status { evaluation[rule.index].status }
    /// Statements of their own that apply, companions that apply, those that depend, companions that depend.
    func kind(_ rule: Rule) -> Int { (status(rule) == .applies ? 0 : 2) + (rule.with.isEmpty ? 0 : 1) }
    guard let best = all.map(kind).min() else {
      (lead, self.status) = (nil, .absent)
      return
    }
    let pool = all.filter { kind($0) == best }
    func isOwn(_ rule: Rule) -> Bool { rule.subjects.contains(therapy) }
    let isMore = { (a: Rule, b: Rule) in Self.implies(a.when, b.when) && !Self.implies(b.when, a.when) }
    let first: Rule?
    if best < 2 {
      let order: [Stance] = [.avoid, .caution, .disputed, .investigational, .do, .consider, .alongside]
      func leads(_ a: Rule, _ b: Rule) -> Bool {
        if a.stance == .do, b.stance == .disputed, isMore(a, b) { return true }
        if b.stance == .do, a.stance == .disputed, isMore(b, a) { return false }
        let places = [a, b].map { order.firstIndex(of: $0.stance ?? .alongside) ?? 9 }
        if places[0] != places[1] { return places[0] < places[1] }
        if isMore(a, b) { return true }
        if isMore(b, a) { return false }
        let met = [a, b].map { Self.met($0.when, known) }
        if met[0] != met[1] { return met[0] > met[1] }
        if isOwn(a) != isOwn(b) { return isOwn(a) }
        return a.index < b.index
      }
      // Between a do and a disputed statement the answer may turn on a third: the lead is the one that no other leads.
      first = pool.first { a in pool.allSatisfy { $0.index == a.index || leads(a, $0) } } ?? Self.byStance(pool, order, leads)
    } else {
      let order: [Stance] = [.do, .avoid, .disputed, .caution, .investigational, .consider, .alongside]
      func open(_ rule: Rule) -> Int {
        evaluation[rule.index].dependsOn.count { finding in
          !["operation", "histology after operation"].contains(guideline.vocabulary.findings[finding].foundBy)
        }
      }
      func leads(_ a: Rule, _ b: Rule) -> Bool {
        let met = [a, b].map { Self.met($0.when, known) > 0 }
        if met[0] != met[1] { return met[0] }
        if open(a) != open(b) { return open(a) < open(b) }
        let places = [a, b].map { order.firstIndex(of: $0.stance ?? .alongside) ?? 9 }
        if places[0] != places[1] { return places[0] < places[1] }
        if isOwn(a) != isOwn(b) { return isOwn(a) }
        return a.index < b.index
      }
      first = pool.first { a in pool.allSatisfy { $0.index == a.index || leads(a, $0) } }
    }
    lead = first?.id
    self.status = first.map(status) ?? .absent
  }

  private static func byStance(_ pool: [Rule], _ order: [Stance], _ leads: (Rule, Rule) -> Bool) -> Rule? {
    let best = pool.compactMap { order.firstIndex(of: $0.stance ?? .alongside) }.min()
    return pool.filter { order.firstIndex(of: $0.stance ?? .alongside) == best }.first
  }

  /// How many tests of a condition are met, a not turned about; only tests of findings that count.
  static func met(_ condition: Condition, _ known: Known, turned: Bool = false, counts: (Int) -> Bool = { _ in true }) -> Int {
    switch condition {
    case .always: 0
    case .test(let test): counts(test.finding) && known[test.finding].satisfies(test.allowed) == (turned ? .no : .yes) ? 1 : 0
    case .defined(_, let inner): met(inner, known, turned: turned, counts: counts)
    case .not(let inner): met(inner, known, turned: !turned, counts: counts)
    case .all(let parts), .any(let parts), .atLeast(_, let parts):
      parts.reduce(0) { $0 + met($1, known, turned: turned, counts: counts) }
    }
  }

  /// Whether one condition holds wherever another does, by its parts.
  static func implies(_ a: Condition, _ b: Condition) -> Bool {
    if a == b || b == .always { return true }
    if case .defined(_, let inner) = a { return implies(inner, b) }
    if case .defined(_, let inner) = b { return implies(a, inner) }
    if case .all(let parts) = b { return parts.allSatisfy { implies(a, $0) } }
    if case .any(let parts) = b, parts.contains(where: { implies(a, $0) }) { return true }
    if case .all(let parts) = a { return parts.contains { implies($0, b) } }
    if case .any(let parts) = a { return parts.allSatisfy { implies($0, b) } }
    if case .test(let one) = a, case .test(let other) = b, one.finding == other.finding {
      return one.allowed.satisfies(other.allowed) == .yes
    }
    return false
  }
}

/// Hypothetical patients drawn at random, the same from the same seed; contradictions are drawn again.
struct DrawnPatients {
  private var state: UInt64
  let guideline: Guideline

  init(seed: UInt64, _ guideline: Guideline) {
    state = seed
    self.guideline = guideline
  }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  mutating func next() -> Patient {
    let findings = guideline.vocabulary.findings.filter { !$0.isDerived }
    var patient = Patient(name: "Trial")
    for _ in 0..<(1 + below(28)) {
      let finding = findings[below(findings.count)]
      let changed = patient.setting(finding.index, to: value(of: finding))
      if guideline.inference.contradiction(in: guideline.inference.known(changed)) == nil { patient = changed }
    }
    return patient
  }

  private mutating func value(of finding: Finding) -> Possible {
    guard finding.isNumber else { return .values(1 << UInt32(below(finding.values.count))) }
    let cuts = guideline.rules.flatMap(\.when.tests).compactMap { test -> Exact? in
      guard test.finding == finding.index, case .numbers(let allowed) = test.allowed else { return nil }
      return allowed.lower ?? allowed.upper
    }
    let near = cuts.isEmpty ? Exact(millionths: 50_000_000) : cuts[below(cuts.count)]
    let moved = Exact(millionths: near.millionths + Int64(below(5) - 2) * 1_000_000)
    let inside = finding.range.contains(moved) ? moved : near
    return finding.range.contains(inside) ? .numbers(Interval(inside)) : .numbers(finding.range)
  }
}
