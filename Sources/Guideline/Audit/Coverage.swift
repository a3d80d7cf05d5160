import Grammar
import Measures
import Patients
import Vocabulary

/// Which clauses of the rules' conditions a set of patients has shown to decide alone: when they hold, when they fail, and when it isn't
/// known (modified condition/decision coverage in three values).
public struct Coverage: Sendable {
  /// A clause of a condition: a test, or a word such as functioning.
  public struct Clause: Sendable {
    public let rule: Int
    /// The condition that it is part of: the rule's `when` or its `unless`.
    let whole: Condition
    /// Its place among the clauses of the condition.
    let place: Int
    public let condition: Condition
    /// What the rest of the condition must be, so that this clause decides alone.
    let beside: [WitnessSearch.Want]
    /// How many patients showed each truth of it, deciding alone.
    public internal(set) var counts: [Truth: Int] = [:]

    public var unseen: [Truth] { Truth.all.filter { counts[$0] == nil } }

    /// Its truth for a patient where it decides alone: the condition holds, fails or is unknown as the clause does, or the other way round.
    func deciding(_ known: Known) -> Truth? {
      let outcomes = Set(Truth.all.map { whole.truth(clause: place, as: $0, known) })
      return outcomes.count == Truth.all.count ? known.truth(condition) : nil
    }
  }

  public let guideline: Guideline
  public private(set) var clauses: [Clause]
  /// Different patients seen.
  public private(set) var patients = 0
  private var seen: Set<[Int: Possible]> = []

  public init(_ guideline: Guideline) {
    self.guideline = guideline
    clauses = guideline.rules.filter { !$0.isRemark }.flatMap { rule in
      [rule.when, rule.unless].compactMap { $0 }.flatMap { whole in
        whole.clauses.enumerated().map { Clause(rule: rule.index, whole: whole, place: $0.offset, condition: $0.element.clause, beside: $0.element.beside) }
      }
    }
  }

  /// Looks at a patient as it is known now; one that was seen before counts once.
  public mutating func see(_ stated: [Int: Possible]) {
    guard seen.insert(stated).inserted else { return }
    patients += 1
    let known = guideline.inference.known(stated)
    for place in clauses.indices {
      if let truth = clauses[place].deciding(known) { clauses[place].counts[truth, default: 0] += 1 }
    }
  }

  /// The clauses and truths that no patient has shown.
  public var unseen: Int { clauses.reduce(0) { $0 + $1.unseen.count } }

  /// How many clauses and truths a patient would show for the first time.
  public func gain(_ stated: [Int: Possible]) -> Int {
    let known = guideline.inference.known(stated)
    return clauses.count { clause in clause.deciding(known).map { clause.counts[$0] == nil } ?? false }
  }

  private var search: WitnessSearch { WitnessSearch(vocabulary: guideline.vocabulary, inference: guideline.inference) }

  /// Whether a clause can be seen to decide alone with a truth: a patient who shows it; nil where there is none.
  public func witness(_ clause: Clause, _ truth: Truth) -> [Int: Possible]? {
    func shows(_ stated: [Int: Possible]) -> Bool {
      let known = guideline.inference.known(stated)
      return clause.deciding(known) == truth && guideline.inference.contradiction(in: known) == nil
    }
    var found: [[Int: Possible]] = []
    for holds in [true, false] where truth == .unknown || Truth(holds) == truth {
      let wants = clause.beside + [.init(condition: clause.condition, holds: holds)]
      if case .found(let stated) = search.patient(wants, where: { clause.deciding($0) == Truth(holds) }) { found.append(stated) }
    }
    if truth != .unknown { return found.first }
    // One finding of the clause less, or open between what makes it hold and what makes it fail.
    let findings = clause.condition.tests.map(\.finding)
    for stated in found {
      for finding in findings {
        var open = stated
        open[finding] = nil
        if shows(open) { return open }
        guard case .values(let own)? = found.first?[finding], case .values(let other)? = found.last?[finding] else { continue }
        open[finding] = .values(own | other)
        if shows(open) { return open }
      }
    }
    return nil
  }

  /// The patient to write next: one of at most so many findings, built up clause by clause so that each adds most of what
  /// is not yet seen. Nil when no patient is found who shows more.
  public func next(findings limit: Int = 8) -> [Int: Possible]? {
    var patient: [Int: Possible] = [:]
    var best = gain(patient)
    let wanted = clauses.flatMap { clause in
      clause.unseen.filter { $0 != .unknown }.map { clause.beside + [.init(condition: clause.condition, holds: $0 == .yes)] }
    }
    while true {
      var candidate: [Int: Possible]?
      let kept = patient.map { WitnessSearch.Want(condition: .test(Test(finding: $0.key, allowed: $0.value)), holds: true) }
      for wants in wanted {
        guard case .found(let stated) = search.patient(kept + wants, where: { _ in true }), stated.count <= limit else { continue }
        let gain = gain(stated)
        if gain > best {
          best = gain
          candidate = stated
        }
      }
      guard let candidate else { break }
      patient = candidate
    }
    if best > 0 { return patient }
    for clause in clauses where clause.counts[.unknown] == nil {
      if let stated = witness(clause, .unknown) { return stated }
    }
    return nil
  }
}

extension Truth {
  fileprivate static let all: [Truth] = [.yes, .no, .unknown]
}

extension Condition {
  /// The parts that must all hold.
  public var conjuncts: [Condition] {
    switch self {
    case .always: []
    case .all(let parts): parts.flatMap(\.conjuncts)
    default: [self]
    }
  }

  /// The tests and words of which it is made, in their order, each with what must be so of the others for it to decide alone.
  var clauses: [(clause: Condition, beside: [WitnessSearch.Want])] {
    func each(_ parts: [Condition], _ beside: (Int) -> [WitnessSearch.Want]) -> [(Condition, [WitnessSearch.Want])] {
      parts.enumerated().flatMap { place, part in part.clauses.map { ($0.clause, $0.beside + beside(place)) } }
    }
    func others(_ parts: [Condition], _ place: Int, _ holds: Bool) -> [WitnessSearch.Want] {
      parts.indices.filter { $0 != place }.map { .init(condition: parts[$0], holds: holds) }
    }
    switch self {
    case .always: return []
    case .test, .defined: return [(self, [])]
    case .not(let inner): return inner.clauses
    case .all(let parts): return each(parts) { others(parts, $0, true) }
    case .any(let parts): return each(parts) { others(parts, $0, false) }
    case .atLeast(let count, let parts):
      // So many of the others hold that this one makes it enough.
      return each(parts) { place in
        let rest = parts.indices.filter { $0 != place }
        return rest.enumerated().map { .init(condition: parts[$0.element], holds: $0.offset < count - 1) }
      }
    }
  }

  /// Its truth with one of its clauses as if it had another.
  func truth(clause place: Int, as truth: Truth, _ known: Known) -> Truth {
    var next = 0
    func value(_ condition: Condition) -> Truth {
      switch condition {
      case .always: return .yes
      case .test, .defined:
        next += 1
        return next - 1 == place ? truth : known.truth(condition)
      case .not(let inner): return !value(inner)
      case .all(let parts): return parts.map(value).reduce(.yes) { $0 && $1 }
      case .any(let parts): return parts.map(value).reduce(.no) { $0 || $1 }
      case .atLeast(let count, let parts):
        let values = parts.map(value)
        if values.count(where: { $0 == .yes }) >= count { return .yes }
        return values.count(where: { $0 != .no }) >= count ? .unknown : .no
      }
    }
    return value(self)
  }
}
