import Grammar
import Patients
import Vocabulary

/// Sets that ask for the same: one, or several that differ only in how one thing could be learnt.
public struct FlipLine: Sendable, Hashable {
  /// The changes; where sets are folded the thing that any of them would show stands in place of what differs.
  public let changes: [FlipChange]
  public let status: Status
  /// The finding of which what is learnt follows, and the findings of which any will do; nil where nothing is folded.
  public let learnt: (finding: Int, from: [Int])?
  /// The sets that it stands for, in their order.
  public let sets: [FlipSet]

  public static func == (a: FlipLine, b: FlipLine) -> Bool { a.sets == b.sets }
  public func hash(into hasher: inout Hasher) { hasher.combine(sets) }
}

extension Guideline {
  /// The sets of a flip, the nearest first, alternatives folded that differ only in how the same thing could be learnt: of what the
  /// statement asks about, one finding follows from any of them.
  public func folded(_ flip: Flip, _ stated: [Int: Possible]) -> [FlipLine] {
    struct Alternative: Hashable {
      let rest: [FlipChange]
      let finding: Int
      let to: Possible
      let status: Status
    }
    let asked = Set(findings(bearingOn: flip.rule))
    let before = inference.known(stated)
    var follows: [FlipChange: [(finding: Int, to: Possible)]] = [:]
    /// What the statement asks about and follows from a change, or is it.
    func outcomes(_ change: FlipChange) -> [(finding: Int, to: Possible)] {
      if asked.contains(change.finding) { return [(change.finding, change.to)] }
      if let known = follows[change] { return known }
      var changed = stated
      changed[change.finding] = change.to
      let after = inference.known(changed)
      let found = asked.filter { before.isOpen($0) && !after.isOpen($0) && stated[$0] == nil }.sorted().map { (finding: $0, to: after[$0]) }
      follows[change] = found
      return found
    }
    var groups: [Alternative: [Int]] = [:]
    for (place, set) in flip.sets.enumerated() {
      for change in set.changes where change.isLearnt {
        let rest = set.changes.filter { $0 != change }
        for outcome in outcomes(change) {
          groups[Alternative(rest: rest, finding: outcome.finding, to: outcome.to, status: set.status), default: []].append(place)
        }
      }
    }
    var lines: [(first: Int, line: FlipLine)] = []
    var isFolded = [Bool](repeating: false, count: flip.sets.count)
    let largest = groups.filter { $0.value.count > 1 }.sorted { ($1.value.count, $0.value[0], $0.key.finding) < ($0.value.count, $1.value[0], $1.key.finding) }
    for (key, members) in largest {
      let sets = members.filter { !isFolded[$0] }
      guard sets.count > 1, let first = sets.first else { continue }
      for place in sets { isFolded[place] = true }
      let rest = Set(key.rest.map(\.finding))
      var from: [Int] = []
      for change in sets.flatMap({ flip.sets[$0].changes }) where !rest.contains(change.finding) && !from.contains(change.finding) {
        from.append(change.finding)
      }
      let changes = [FlipChange(finding: key.finding, to: key.to, isLearnt: true)] + key.rest
      lines.append((first, FlipLine(changes: changes, status: key.status, learnt: (key.finding, from), sets: sets.map { flip.sets[$0] })))
    }
    for (place, set) in flip.sets.enumerated() where !isFolded[place] {
      lines.append((place, FlipLine(changes: set.changes, status: set.status, learnt: nil, sets: [set])))
    }
    return lines.sorted { $0.first < $1.first }.map(\.line)
  }
}
