import Grammar
import Measures
import Patients
import Vocabulary

/// The distinctions that conditions make of findings: values that no condition tells apart are one cell.
struct FlipCells {
  struct Region {
    /// All of its values.
    let possible: Possible
    /// One of them, to evaluate with.
    let sample: Possible
    /// Whether the finding is open and may be found so.
    let isLearnt: Bool
  }

  private let guideline: Guideline
  private let known: Known
  private var tests: [Int: [Possible]] = [:]
  private var cache: [Int: [Region]] = [:]
  /// Findings of which something follows as soon as they are stated, whatever their value: the part of the pancreas.
  private var followed: Set<Int> = []

  init(_ guideline: Guideline, _ known: Known, _ conditions: [Condition]) {
    self.guideline = guideline
    self.known = known
    for condition in conditions { collect(condition) }
    for (first, second, _) in guideline.inference.contradictions {
      collect(first)
      collect(second)
    }
    for derivation in guideline.inference.derivations {
      collect(derivation.when)
      if derivation.rule.stated { followed.formUnion(derivation.from) }
    }
  }

  private mutating func collect(_ condition: Condition) {
    switch condition {
    case .always: return
    case .test(let test):
      if tests[test.finding]?.contains(test.allowed) != true { tests[test.finding, default: []].append(test.allowed) }
    case .defined(_, let inner), .not(let inner): collect(inner)
    case .all(let parts), .any(let parts), .atLeast(_, let parts): for part in parts { collect(part) }
    }
  }

  /// The cells to which a finding may move; none holds what is known already, and one that can't change has only those that
  /// may be learnt.
  mutating func cells(of finding: Int) -> [Region] {
    if let found = cache[finding] { return found }
    let definition = guideline.vocabulary.findings[finding]
    let found = definition.isDerived ? [] : definition.isNumber ? numbers(definition) : values(definition)
    cache[finding] = found
    return found
  }

  private func accepts(_ cell: Possible, _ isLearnt: Bool, _ finding: Finding) -> Bool {
    // Nothing new is said by a value that is known, or by one that may be any.
    if known[finding.index].satisfies(cell) == .yes { return followed.contains(finding.index) && known.origin[finding.index] == .unstated }
    return isLearnt || finding.changes
  }

  private func values(_ finding: Finding) -> [Region] {
    let tests = self.tests[finding.index] ?? []
    var groups: [(signature: [Bool], mask: UInt32)] = []
    for place in finding.values.indices {
      let bit: UInt32 = 1 << UInt32(place)
      let signature = (tests + [known[finding.index]]).map { Possible.values(bit).satisfies($0) == .yes }
      if let group = groups.firstIndex(where: { $0.signature == signature }) {
        groups[group].mask |= bit
      } else {
        groups.append((signature, bit))
      }
    }
    return groups.compactMap { signature, mask in
      let isLearnt = signature.last == true && known.isOpen(finding.index)
      guard accepts(.values(mask), isLearnt, finding) else { return nil }
      return Region(possible: .values(mask), sample: .values(1 << UInt32(mask.trailingZeroBitCount)), isLearnt: isLearnt)
    }
  }

  private func numbers(_ finding: Finding) -> [Region] {
    let scales = guideline.vocabulary.scales.filter { $0.from == finding.index }
    var allowed = (tests[finding.index] ?? []) + [known[finding.index]]
    for scale in scales { allowed += scale.steps.map { .numbers($0.interval) } }
    var intervals: [Interval] = []
    for possible in allowed { if case .numbers(let interval) = possible { intervals.append(interval) } }
    var groups: [(signature: [Bool], interval: Interval)] = []
    for cell in finding.range.cells(cutBy: intervals) {
      guard let sample = cell.sample(isWhole: finding.isCount) else { continue }
      let signature = intervals.map { $0.contains(sample) }
      if let last = groups.last, last.signature == signature {
        groups[groups.count - 1].interval.upper = cell.upper
        groups[groups.count - 1].interval.upperClosed = cell.upperClosed
      } else {
        groups.append((signature, cell))
      }
    }
    guard case .numbers(let now) = known[finding.index] else { return [] }
    return groups.compactMap { _, interval in
      guard let sample = interval.sample(isWhole: finding.isCount) else { return nil }
      let isLearnt = known.isOpen(finding.index) && now.contains(sample)
      guard accepts(.numbers(interval), isLearnt, finding) else { return nil }
      return Region(possible: .numbers(interval), sample: .numbers(Interval(sample)), isLearnt: isLearnt)
    }
  }
}

extension Interval {
  /// The interval in pieces: each bound that lies inside is a piece, and so is what lies between two of them.
  func cells(cutBy others: [Interval]) -> [Interval] {
    guard let lower, let upper else { return [] }
    var cuts = Set([lower, upper])
    for other in others { for cut in [other.lower, other.upper].compactMap({ $0 }) where contains(cut) { cuts.insert(cut) } }
    let sorted = cuts.sorted()
    var cells: [Interval] = []
    for (place, cut) in sorted.enumerated() {
      if place > 0 { cells.append(Interval(lower: sorted[place - 1], lowerClosed: false, upper: cut, upperClosed: false)) }
      cells.append(Interval(cut))
    }
    return cells
  }

  /// A number inside, near the lower end; nil when there is none, or no whole one where one is asked for.
  func sample(isWhole: Bool = false) -> Exact? {
    guard let lower else { return upper }
    if lowerClosed, contains(lower), !isWhole || lower.millionths % 1_000_000 == 0 { return lower }
    let floor = lower.millionths - lower.millionths % 1_000_000
    let whole = Exact(millionths: floor + 1_000_000)
    if contains(whole) { return whole }
    if isWhole { return nil }
    for step in [500_000, 100_000, 10_000, 1] as [Int64] where contains(Exact(millionths: lower.millionths + step)) {
      return Exact(millionths: lower.millionths + step)
    }
    return nil
  }
}
