import Grammar
import Measures
import Patients
import Vocabulary

/// Searches for the smallest changes that turn a rule.
///
/// Where a patient misses the goal, something that the miss rests on must change: a failing condition's findings, what they
/// are derived from, or one side of a contradiction. So each set is extended only by changes of one such support, the
/// smallest. Every smallest set is reached this way: it must change something of each support on its way.
struct FlipSearch {
  struct Move: Hashable {
    let finding: Int
    let cell: Int
  }

  private let guideline: Guideline
  private let rule: Int
  private let stated: [Int: Possible]
  private let given: Set<String>
  private let before: Status
  private let goals: [FlipGoal]
  private var cells: FlipCells
  private var left = FlipSearch.mostPatients
  /// Findings whose derivation is being looked into: two may follow from each other.
  private var opened: Set<Int> = []

  /// Patients evaluated for sets of up to three, and for the question whether there are larger ones.
  private static let mostPatients = 6_000
  private static let mostForLarger = 120
  private static let largest = 8

  init(_ guideline: Guideline, _ rule: Int, _ stated: [Int: Possible], _ given: Set<String>) {
    self.guideline = guideline
    self.rule = rule
    self.stated = stated
    self.given = given
    let known = guideline.inference.known(stated)
    before = guideline.status(of: rule, known, given: given)
    goals = guideline.flipGoals(rule, applies: before != .applies, given: given)
    let carriedOut = ([rule] + guideline.targets[rule]).compactMap { guideline.rules[$0].until }
    cells = FlipCells(guideline, known, guideline.conditions(bearingOn: rule) + carriedOut)
  }

  mutating func run() -> Flip {
    var found: Set<Set<Move>> = []
    var isOpen = false
    for goal in goals {
      var frontier: [[Move]] = [[]]
      var seen: Set<Set<Move>> = [[]]
      for size in 1...Flip.mostChanges {
        var next: [[Move]] = []
        for moves in frontier {
          let state = patient(moves)
          let needs = requirements(goal, state.known, state.stated, Set(moves.map(\.finding)))
          guard let smallest = needs.min(by: { $0.count < $1.count }), !smallest.isEmpty else { continue }
          if Self.apart(needs) > Flip.mostChanges - moves.count {
            isOpen = true
            continue
          }
          for move in smallest {
            let set = Set(moves + [move])
            guard seen.insert(set).inserted, !found.contains(where: { $0.isSubset(of: set) }) else { continue }
            left -= 1
            guard left > 0 else { return flip(found, .untried, isComplete: false) }
            if reaches(patient(moves + [move])) { found.insert(set) } else { next.append(moves + [move]) }
          }
        }
        frontier = next
        if size == Flip.mostChanges, !next.isEmpty { isOpen = true }
      }
    }
    // Sets of different goals may contain each other.
    let least = found.filter { set in !found.contains { $0 != set && $0.isSubset(of: set) } }
    return flip(least, isOpen ? larger(than: least) : .none, isComplete: true)
  }

  // MARK: Patients

  private struct Candidate {
    let stated: [Int: Possible]
    let known: Known
  }

  private mutating func patient(_ moves: [Move]) -> Candidate {
    var changed = stated
    for move in moves { changed[move.finding] = cells.cells(of: move.finding)[move.cell].sample }
    return Candidate(stated: changed, known: guideline.inference.known(changed))
  }

  private func reaches(_ candidate: Candidate) -> Bool {
    goals.contains { $0.isMet(candidate.known) } && guideline.inference.clash(in: candidate.known) == nil
  }

  // MARK: What must change

  /// The changes of which each list needs at least one; a list without any can't be helped.
  private mutating func requirements(_ goal: FlipGoal, _ known: Known, _ stated: [Int: Possible], _ changed: Set<Int>) -> [[Move]] {
    let scene = Scene(known: known, stated: stated, changed: changed)
    var needs = requirements(goal, scene)
    if let clash = guideline.inference.clash(in: known) {
      needs.append(merged([support(clash.first, .notYes, scene), support(clash.second, .notYes, scene)]))
    }
    return needs
  }

  private struct Scene {
    let known: Known
    let stated: [Int: Possible]
    let changed: Set<Int>
  }

  private mutating func requirements(_ goal: FlipGoal, _ scene: Scene) -> [[Move]] {
    if goal.isMet(scene.known) { return [] }
    switch goal {
    case .condition(.all(let parts), let want) where want.isForAll:
      var needs: [[Move]] = []
      for part in parts { needs += requirements(.condition(part, want), scene) }
      return needs
    case .condition(let condition, let want): return [support(condition, want, scene)]
    case .all(let parts):
      var needs: [[Move]] = []
      for part in parts { needs += requirements(part, scene) }
      return needs
    case .any(let parts):
      var ways: [[Move]] = []
      for part in parts {
        let needs = requirements(part, scene)
        if let smallest = needs.min(by: { $0.count < $1.count }) { ways.append(smallest) }
      }
      return [merged(ways)]
    }
  }

  /// The changes of which at least one is needed for a condition to become what is wanted.
  private mutating func support(_ condition: Condition, _ want: FlipGoal.Want, _ scene: Scene) -> [Move] {
    if want.isMet(by: scene.known.truth(condition)) { return [] }
    switch condition {
    case .always: return []
    case .defined(_, let inner): return support(inner, want, scene)
    case .not(let inner): return support(inner, want.negated, scene)
    case .test(let test): return moves(test, want, scene)
    case .all(let parts): return want.isForAll ? smallest(parts, want, scene) : union(parts, want, scene)
    case .any(let parts): return want.isForAll ? union(parts, want, scene) : smallest(parts, want, scene)
    case .atLeast(_, let parts): return union(parts, want, scene)
    }
  }

  private mutating func smallest(_ parts: [Condition], _ want: FlipGoal.Want, _ scene: Scene) -> [Move] {
    var best: [Move]?
    for part in parts where !want.isMet(by: scene.known.truth(part)) {
      let support = support(part, want, scene)
      if support.count < best?.count ?? .max { best = support }
    }
    return best ?? []
  }

  private mutating func union(_ parts: [Condition], _ want: FlipGoal.Want, _ scene: Scene) -> [Move] {
    var lists: [[Move]] = []
    for part in parts { lists.append(support(part, want, scene)) }
    return merged(lists)
  }

  private func merged(_ lists: [[Move]]) -> [Move] {
    var seen: Set<Move> = []
    return lists.flatMap { $0 }.filter { seen.insert($0).inserted }
  }

  /// The finding stated as the test wants it, or what it is derived from changed.
  private mutating func moves(_ test: Test, _ want: FlipGoal.Want, _ scene: Scene) -> [Move] {
    let finding = test.finding
    var found: [Move] = []
    if !scene.changed.contains(finding) {
      for (place, cell) in cells.cells(of: finding).enumerated() where want.isMet(by: cell.sample.satisfies(test.allowed)) {
        found.append(Move(finding: finding, cell: place))
      }
    }
    // What is stated and settled is never derived.
    if let stated = scene.stated[finding], stated.isSettled,
      !guideline.inference.derivations.contains(where: { $0.rule.finding == finding && $0.rule.isReadOver(stated) })
    {
      return found
    }
    if !opened.insert(finding).inserted { return found }
    defer { opened.remove(finding) }
    var lists = [found]
    let isDerived = scene.stated[finding] == nil && scene.known.origin[finding] != .unstated
    for scale in guideline.vocabulary.scales where scale.finding == finding { lists.append(anything(of: scale.from, scene)) }
    for consequence in guideline.inference.derivations where consequence.rule.finding == finding {
      let (derivation, when, from) = (consequence.rule, consequence.when, consequence.from)
      if derivation.stated { for source in from where scene.stated[source] == nil { lists.append(anything(of: source, scene)) } }
      if let unless = derivation.unless { lists.append(anything(of: unless, scene)) }
      lists.append(support(when, .yes, scene))
      if isDerived { lists.append(support(when, .notYes, scene)) }
    }
    return merged(lists)
  }

  private mutating func anything(of finding: Int, _ scene: Scene) -> [Move] {
    scene.changed.contains(finding) ? [] : cells.cells(of: finding).indices.map { Move(finding: finding, cell: $0) }
  }

  /// How many of the lists share no finding with each other, at least: so many changes are needed.
  private static func apart(_ needs: [[Move]]) -> Int {
    var used: Set<Int> = []
    var count = 0
    for need in needs.sorted(by: { $0.count < $1.count }) {
      let findings = Set(need.map(\.finding))
      if used.isDisjoint(with: findings) {
        used.formUnion(findings)
        count += 1
      }
    }
    return count
  }

  // MARK: Larger sets

  /// Whether more changes than are listed can turn the rule, without any listed set among them.
  private mutating func larger(than found: Set<Set<Move>>) -> Flip.Larger {
    left = Self.mostForLarger
    var seen: Set<Set<Move>> = []
    for goal in goals {
      if extends([], goal, found, &seen) { return .exist }
      if left <= 0 { return .untried }
    }
    return .none
  }

  private mutating func extends(_ moves: [Move], _ goal: FlipGoal, _ found: Set<Set<Move>>, _ seen: inout Set<Set<Move>>) -> Bool {
    guard moves.count < Self.largest else {
      left = 0
      return false
    }
    let state = patient(moves)
    let needs = requirements(goal, state.known, state.stated, Set(moves.map(\.finding)))
    guard let smallest = needs.min(by: { $0.count < $1.count }) else { return false }
    for move in smallest {
      let set = Set(moves + [move])
      guard left > 0 else { return false }
      guard seen.insert(set).inserted, !found.contains(where: { $0.isSubset(of: set) }) else { continue }
      left -= 1
      if reaches(patient(moves + [move])) || extends(moves + [move], goal, found, &seen) { return true }
    }
    return false
  }

  // MARK: The answer

  private mutating func flip(_ found: Set<Set<Move>>, _ larger: Flip.Larger, isComplete: Bool) -> Flip {
    var boxes: [[Int]: [[Set<Int>]]] = [:]
    for set in found {
      let moves = set.sorted { $0.finding < $1.finding }
      boxes[moves.map(\.finding), default: []].append(moves.map { [$0.cell] })
    }
    var sets: [FlipSet] = []
    for (findings, list) in boxes {
      for box in joined(list, findings) {
        if let set = verified(box, findings) { sets.append(set) }
      }
    }
    sets.sort { Self.precedes($0, $1) }
    return Flip(rule: rule, before: before, sets: sets, larger: larger, isComplete: isComplete)
  }

  /// Joins sets that differ in one finding only, while any value of the joined one still does it.
  private mutating func joined(_ list: [[Set<Int>]], _ findings: [Int]) -> [[Set<Int>]] {
    var boxes = list.sorted { a, b in a.map { $0.min() ?? 0 }.lexicographicallyPrecedes(b.map { $0.min() ?? 0 }) }
    var place = 0
    while place < boxes.count {
      var other = place + 1
      var grew = false
      while other < boxes.count {
        let differing = findings.indices.filter { boxes[place][$0] != boxes[other][$0] }
        if differing.count == 1 {
          var union = boxes[place]
          union[differing[0]].formUnion(boxes[other][differing[0]])
          if verified(union, findings) != nil {
            boxes[place] = union
            boxes.remove(at: other)
            grew = true
            continue
          }
        }
        other += 1
      }
      if grew { place = 0 } else { place += 1 }
    }
    return boxes
  }

  /// A box as changes, when stating it as it is printed turns the rule; nil when its values don't go together.
  private mutating func verified(_ box: [Set<Int>], _ findings: [Int]) -> FlipSet? {
    var changes: [FlipChange] = []
    var changed = stated
    for (place, finding) in findings.enumerated() {
      let all = cells.cells(of: finding)
      let parts = box[place].sorted().map { all[$0] }
      guard let first = parts.first, parts.allSatisfy({ $0.isLearnt == first.isLearnt }), let joined = Self.join(parts.map(\.possible)) else {
        return nil
      }
      changes.append(FlipChange(finding: finding, to: joined, isLearnt: first.isLearnt))
      changed[finding] = joined
    }
    let known = guideline.inference.known(changed)
    let status = guideline.status(of: rule, known, given: given)
    guard (status == .applies) != (before == .applies), guideline.inference.clash(in: known) == nil else {
      // A single cell is evaluated with one of its values; its values are told apart by no condition.
      guard box.allSatisfy({ $0.count == 1 }) else { return nil }
      let moves = zip(findings, box).map { Move(finding: $0, cell: $1.first ?? 0) }
      let candidate = patient(moves)
      guard reaches(candidate) else { return nil }
      let sampled = moves.map { move in
        let cell = cells.cells(of: move.finding)[move.cell]
        return FlipChange(finding: move.finding, to: cell.sample, isLearnt: cell.isLearnt)
      }
      return FlipSet(changes: sampled, status: guideline.status(of: rule, candidate.known, given: given))
    }
    return FlipSet(changes: changes, status: status)
  }

  /// The values of all, when they are one set of values or one range.
  private static func join(_ parts: [Possible]) -> Possible? {
    guard var whole = parts.first else { return nil }
    for part in parts.dropFirst() {
      switch (whole, part) {
      case (.values(let a), .values(let b)): whole = .values(a | b)
      case (.numbers(let a), .numbers(let b)):
        guard a.upper == b.lower, a.upperClosed != b.lowerClosed else { return nil }
        whole = .numbers(Interval(lower: a.lower, lowerClosed: a.lowerClosed, upper: b.upper, upperClosed: b.upperClosed))
      default: return nil
      }
    }
    return whole
  }

  private static func precedes(_ a: FlipSet, _ b: FlipSet) -> Bool {
    if a.changes.count != b.changes.count { return a.changes.count < b.changes.count }
    let changed = (a.changes.count { !$0.isLearnt }, b.changes.count { !$0.isLearnt })
    if changed.0 != changed.1 { return changed.0 < changed.1 }
    return a.changes.map { [$0.finding] + $0.to.order }.lexicographicallyPrecedes(b.changes.map { [$0.finding] + $0.to.order }) {
      $0.lexicographicallyPrecedes($1)
    }
  }
}

extension Possible {
  /// Numbers that put values of one finding in an order.
  fileprivate var order: [Int] {
    switch self {
    case .values(let mask): [mask.trailingZeroBitCount, Int(mask)]
    case .numbers(let interval): [Int(interval.lower?.millionths ?? .min), interval.lowerClosed ? 0 : 1]
    }
  }
}
