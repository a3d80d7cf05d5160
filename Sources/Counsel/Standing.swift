import Grammar
import Guideline
import Measures
import Patients
import Vocabulary

/// Where a therapy stands for a patient.
public struct Standing: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The lead applies: its stance, companions' included.
    case stance(Stance)
    /// The lead, or what the therapy needs, depends on findings.
    case depends
    /// The lead applies, but the text doesn't say whether for what can't be resected.
    case notSaid
    /// It was done, and the text speaks of no sessions, steps or cycles.
    case carriedOut
    /// No statement on it or on a group above it applies or depends.
    case notCovered

    /// As in JSON: a stance, `depends`, `not-said`, `carried-out` or `not-covered`.
    public var id: String {
      switch self {
      case .stance(let stance): stance.rawValue
      case .depends: "depends"
      case .notSaid: "not-said"
      case .carriedOut: "carried-out"
      case .notCovered: "not-covered"
      }
    }
  }

  public let kind: Kind
  /// The statement that leads; nil where none applies or depends.
  public let lead: Int?
  /// The lead's status; absent without one.
  public let status: Status
  /// Every live statement on the therapy or a group above it, the lead first, companions last.
  public let statements: [Int]
  /// A disputed statement that the lead is more particular than: both sides are one line.
  public let disputed: Int?
  /// Cautions and advice against it that hang on one finding.
  public let unless: [Int]
  /// Where it depends, the findings that decide.
  public let dependsOn: [Int]
  /// Whether it was done once already, and the text speaks of doing it again.
  public let isDoneOnce: Bool

  /// The lead's stance; nil without one.
  public func stance(_ guideline: Guideline) -> Stance? { lead.flatMap { guideline.rules[$0].stance } }
}

extension Counsel {
  /// From the most negative on: which of several statements that apply is heard first.
  private static let applying: [Stance] = [.avoid, .caution, .disputed, .investigational, .do, .consider, .alongside]
  /// The same among statements that depend.
  static let depending: [Stance] = [.do, .avoid, .disputed, .caution, .investigational, .consider, .alongside]

  static func place(_ stance: Stance?, in order: [Stance]) -> Int { stance.flatMap { order.firstIndex(of: $0) } ?? order.count }

  /// The live statements on a therapy and on the groups above it, remarks left out, the lead first.
  public func statements(on therapy: String) -> [Int] { ordered(live(on: therapy), own: therapy) }

  /// Some rules as they are heard, those that are absent left out: companions last, remarks after them.
  public func heard(_ rules: [Int], of therapy: String?) -> [Int] {
    let live = rules.filter { status($0) != .absent }
    return ordered(live.filter { !guideline.rules[$0].isRemark }, own: therapy) + live.filter { guideline.rules[$0].isRemark }
  }

  private func live(on therapy: String) -> [Int] {
    let near = near(therapy)
    return guideline.rules.filter { rule in
      !rule.isRemark && evaluation[rule.index].status != .absent && rule.subjects.contains(where: near.contains)
    }.map(\.index)
  }

  /// Statements in the order in which they are heard: what applies, companions that apply, what depends, companions that depend.
  func ordered(_ rules: [Int], own therapy: String?) -> [Int] {
    let companions = rules.filter { guideline.rules[$0].isCompanion }
    let others = rules.filter { !guideline.rules[$0].isCompanion }
    func sorted(_ rules: [Int]) -> [Int] {
      applyingFirst(rules.filter { status($0) == .applies }, own: therapy)
        + dependentInOrder(rules.filter { status($0) == .depends }, own: therapy)
    }
    let (first, second) = (sorted(others), sorted(companions))
    guard let lead = first.first, status(lead) == .depends else { return first + second }
    // Where no statement of the therapy's own applies, a companion that applies leads.
    return second.filter { status($0) == .applies } + first + second.filter { status($0) == .depends }
  }

  /// What applies: by stance, save that a `do` more particular than a disputed statement leads it; then the more particular, more
  /// tests met, its own before a group's, the text's order.
  private func applyingFirst(_ rules: [Int], own therapy: String?) -> [Int] {
    guard rules.count > 1 else { return rules }
    func key(_ rule: Int) -> (Int, Int, Int, Int) {
      let own = therapy.map { guideline.rules[rule].subjects.contains($0) } ?? true
      return (
        Self.place(guideline.rules[rule].stance, in: Self.applying), -met(rule).tests, own ? 0 : 1, rule
      )
    }
    var left = rules.map { (rule: $0, key: key($0)) }.sorted { $0.key < $1.key }
    var found: [Int] = []
    while !left.isEmpty {
      // Of one stance the first that no other is more particular than.
      let stance = left[0].key.0
      let same = left.indices.prefix { left[$0].key.0 == stance }
      let place = same.first { at in !same.contains { $0 != at && isMoreParticular(left[$0].rule, than: left[at].rule) } } ?? 0
      found.append(left.remove(at: place).rule)
    }
    for rule in found where guideline.rules[rule].stance == .do {
      guard let from = found.firstIndex(of: rule),
        let to = found.firstIndex(where: { guideline.rules[$0].stance == .disputed && isMoreParticular(rule, than: $0) }), to < from
      else { continue }
      found.insert(found.remove(at: from), at: to)
    }
    return found
  }

  /// Whether a rule's condition implies another's and isn't implied by it.
  func isMoreParticular(_ rule: Int, than other: Int) -> Bool {
    let (when, wider) = (guideline.rules[rule].when, guideline.rules[other].when)
    return when.implies(wider) && !wider.implies(when)
  }

  /// What depends: those of whose tests one is met, then by what is still open before the operation, by stance, its own before a
  /// group's, the text's order.
  public func dependentInOrder(_ rules: [Int], own therapy: String?) -> [Int] {
    func key(_ rule: Int) -> Int {
      let own = therapy.map { guideline.rules[rule].subjects.contains($0) } ?? true
      let place = Self.place(guideline.rules[rule].stance, in: Self.depending)
      return (place * 2 + (own ? 0 : 1)) * guideline.rules.count + rule
    }
    // Laid out by what is met and open first, so that only those alike in it are sorted.
    var (met, others): ([[Int]], [[Int]]) = ([], [])
    for rule in rules {
      let open = openFindings(rule).count
      func lay(_ lots: inout [[Int]]) {
        while lots.count <= open { lots.append([]) }
        lots[open].append(key(rule))
      }
      if isMet(rule) { lay(&met) } else { lay(&others) }
    }
    return (met + others).flatMap { $0.sorted().map { $0 % guideline.rules.count } }
  }

  /// Where a therapy stands.
  public func standing(of therapy: String) -> Standing {
    let statements = statements(on: therapy)
    let done = carriedOut(therapy)
    guard let lead = statements.first else {
      return Standing(
        kind: done == .notDone ? .notCovered : .carriedOut, lead: nil, status: .absent, statements: [], disputed: nil, unless: [],
        dependsOn: [], isDoneOnce: false)
    }
    let status = status(lead)
    let needs = requirements(of: therapy)
    let kind: Standing.Kind
    if done == .carriedOut {
      kind = .carriedOut
    } else if status == .depends || !needs.isEmpty {
      kind = .depends
    } else if isNotSaid(lead) {
      kind = .notSaid
    } else if guideline.rules[lead].isCompanion {
      kind = .stance(.alongside)
    } else {
      kind = .stance(guideline.rules[lead].stance ?? .alongside)
    }
    var dependsOn = status == .depends ? evaluation[lead].dependsOn : []
    if kind == .depends { for finding in needs.flatMap({ evaluation[$0].dependsOn }) where !dependsOn.contains(finding) { dependsOn.append(finding) } }
    let unless = statements.dropFirst().filter {
      isAgainst($0) && self.status($0) == .depends && evaluation[$0].dependsOn.count == 1 && !guideline.rules[$0].isCompanion
    }
    return Standing(
      kind: kind, lead: lead, status: status, statements: statements, disputed: otherSide(of: lead, in: statements), unless: unless,
      dependsOn: dependsOn, isDoneOnce: done == .once)
  }

  /// A disputed statement that applies and that a recommendation is more particular than.
  private func otherSide(of lead: Int, in statements: [Int]) -> Int? {
    guard guideline.rules[lead].stance == .do, status(lead) == .applies else { return nil }
    return statements.first { guideline.rules[$0].stance == .disputed && status($0) == .applies && isMoreParticular(lead, than: $0) }
  }

  /// What the therapy needs, as background, and of which it isn't known whether it is there: receptors, uptake.
  private func requirements(of therapy: String) -> [Int] {
    let near = near(therapy)
    return guideline.rules.filter {
      $0.isRequirement && status($0.index) == .depends && $0.subjects.contains(where: near.contains)
    }.map(\.index)
  }

  // MARK: Done already

  public enum CarriedOut: Sendable {
    case notDone
    /// Done, and the text speaks of no sessions, steps or cycles.
    case carriedOut
    /// Done, and the text speaks of doing it again.
    case once
  }

  /// Whether a therapy was done: performed, given as a radionuclide or arranged, itself or a member of it; or what the text
  /// advises on it is known to have been carried out. A drug is given again and again.
  public func carriedOut(_ therapy: String) -> CarriedOut {
    guard isAnythingDone else { return .notDone }
    let had = given.union(arranged).filter { vocabulary.therapy(id: $0).map { $0.kind != .drug } ?? false }
    if had.contains(where: { $0 == therapy || vocabulary.groups(above: $0).contains(therapy) }) {
      return guideline.isRepeated(therapy) ? .once : .carriedOut
    }
    let near = near(therapy)
    let own = guideline.rules.filter { !$0.isRemark && $0.subjects.contains(where: near.contains) }
    guard own.allSatisfy({ status($0.index) == .absent }) else { return .notDone }
    return own.contains { evaluation[$0.index].isDone && evaluation[$0.index].when == .yes } ? .carriedOut : .notDone
  }

  /// Whether what a statement advises was carried out.
  public func isCarriedOut(_ rule: Int) -> Bool {
    isAnythingDone && (evaluation[rule].isDone || guideline.rules[rule].subjects.contains { carriedOut($0) != .notDone })
  }
}
