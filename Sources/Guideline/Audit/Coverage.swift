import Grammar
import Measures
import Patients
import Vocabulary

/// Which conditions of the rules a set of patients has shown to hold, to fail and to be unknown.
public struct Coverage: Sendable {
  /// One part of a rule's condition, and how many patients showed each truth of it.
  public struct Part: Sendable {
    public let rule: Int
    public let condition: Condition
    public internal(set) var counts: [Truth: Int] = [:]

    public var unseen: [Truth] { [Truth.yes, .no, .unknown].filter { counts[$0] == nil } }
  }

  public let guideline: Guideline
  public private(set) var parts: [Part]
  /// Different patients seen.
  public private(set) var patients = 0
  private var seen: Set<[Int: Possible]> = []

  public init(_ guideline: Guideline) {
    self.guideline = guideline
    parts = guideline.rules.filter { !$0.isRemark }.flatMap { rule in rule.when.conjuncts.map { Part(rule: rule.index, condition: $0) } }
  }

  /// Looks at a patient as it is known now; one that was seen before counts once.
  public mutating func see(_ stated: [Int: Possible]) {
    guard seen.insert(stated).inserted else { return }
    patients += 1
    let known = guideline.inference.known(stated)
    for place in parts.indices { parts[place].counts[known.truth(parts[place].condition), default: 0] += 1 }
  }

  /// The parts and truths that no patient has shown.
  public var unseen: Int { parts.reduce(0) { $0 + $1.unseen.count } }

  /// How many parts and truths a patient would show for the first time.
  public func gain(_ stated: [Int: Possible]) -> Int {
    let known = guideline.inference.known(stated)
    return parts.count { $0.counts[known.truth($0.condition)] == nil }
  }

  /// The patient to write next: one of at most so many findings, built up finding by finding so that each adds most of what
  /// is not yet seen to hold or fail. Nil when every condition was seen in each way.
  public func next(findings limit: Int = 8) -> [Int: Possible]? {
    let search = WitnessSearch(vocabulary: guideline.vocabulary, inference: guideline.inference)
    var patient: [Int: Possible] = [:]
    var best = gain(patient)
    var wanted: [(Condition, Bool)] = []
    for part in parts {
      for truth in part.unseen where truth != .unknown && !wanted.contains(where: { $0.0 == part.condition && $0.1 == (truth == .yes) }) {
        wanted.append((part.condition, truth == .yes))
      }
    }
    while true {
      var candidate: [Int: Possible]?
      for (condition, holds) in wanted {
        let kept = patient.map { WitnessSearch.Want(condition: .test(Test(finding: $0.key, allowed: $0.value)), holds: true) }
        guard case .found(let stated) = search.patient(kept + [.init(condition: condition, holds: holds)], where: { _ in true }),
          stated.count <= limit
        else { continue }
        let gain = gain(stated)
        if gain > best {
          best = gain
          candidate = stated
        }
      }
      guard let candidate else { break }
      patient = candidate
    }
    return best > 0 ? patient : nil
  }
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
}
