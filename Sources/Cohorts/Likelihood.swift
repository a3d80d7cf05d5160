import Grammar
import Guideline
import Measures
import Patients
import Synchronization
import Vocabulary
import Wording

/// How likely the values of findings are before they are known, by a distribution. A finding's `weigh` lines stand in place of
/// its `draw` lines; what they leave open is left aside. Of a finding's lines the first whose condition holds counts; where
/// none holds the finding isn't there to be asked about.
public struct Likelihood: Sendable {
  struct Shares: Sendable {
    let when: Condition
    /// Values with their weights.
    let shares: [(possible: Possible, weight: Double)]
  }

  /// For each finding its lines, where they are read already.
  private final class Kept: Sendable {
    let lines: Mutex<[[Shares]?]>
    let parts: [FlatTableReader]

    init(_ lines: [[Shares]?], _ parts: [FlatTableReader]) {
      self.lines = Mutex(lines)
      self.parts = parts
    }
  }

  private let kept: Kept
  let findings: Int

  public init(_ distributions: Distributions, _ guideline: Guideline) {
    let lines = Self.lines(of: distributions, guideline)
    findings = lines.count
    kept = Kept(lines, [])
  }

  /// Read of a table, a finding's lines when they are first asked for; nil where the table is cut short.
  private init?(_ table: FlatTable, findings: Int) {
    var reader = table.reader(.cohort)
    let parts = reader.list { $0.part() }
    if reader.isBroken || parts.count != findings { return nil }
    self.findings = findings
    kept = Kept(Array(repeating: nil, count: findings), parts)
  }

  /// By the shares embedded in the program.
  public static func embedded(_ guideline: Guideline) throws(Diagnostic) -> Likelihood {
    if let table = guideline.vocabulary.table, let read = Likelihood(table, findings: guideline.vocabulary.findings.count) { return read }
    return Likelihood(try .embedded(guideline), guideline)
  }

  /// A finding's lines; empty where the distribution says nothing of it.
  func lines(of finding: Int) -> [Shares] {
    kept.lines.withLock { lines in
      if let known = lines[finding] { return known }
      var reader = kept.parts[finding]
      let read = reader.list { $0.shares() }
      lines[finding] = read
      return read
    }
  }

  /// For each finding the lines that a distribution comes to.
  static func lines(of distributions: Distributions, _ guideline: Guideline) -> [[Shares]] {
    var lines = guideline.vocabulary.findings.map { _ in [Shares]() }
    func add(_ draw: Distributions.Draw) {
      var shares: [(possible: Possible, weight: Double)] = []
      var before: UInt64 = 0
      for share in draw.shares {
        let weight = Double(share.upTo - before)
        before = share.upTo
        if let numbers = share.numbers {
          let low = Exact(millionths: numbers.low * 1_000_000)
          let high = Exact(millionths: (numbers.low + Int64(numbers.count) - 1) * 1_000_000)
          shares.append((.numbers(Interval(lower: low, upper: high)), weight))
        } else if let possible = share.possible {
          shares.append((possible, weight))
        }
      }
      if !shares.isEmpty { lines[draw.finding].append(Shares(when: draw.when, shares: shares)) }
    }
    distributions.weighed.forEach(add)
    let weighed = Set(distributions.weighed.map(\.finding))
    for draw in distributions.draws where !weighed.contains(draw.finding) { add(draw) }
    return lines
  }

  /// What it comes to for one patient.
  public func estimate(_ known: Known) -> LikelihoodEstimate { LikelihoodEstimate(self, known) }
}

/// How likely values and conditions are for one patient. Findings count as independent given those that their lines ask about.
public struct LikelihoodEstimate {
  /// How likely a condition is to hold and to fail; the rest is where a finding that it asks about isn't there.
  public typealias Chance = (yes: Double, no: Double)

  private let likelihood: Likelihood
  public let known: Known
  private var kept: [[(possible: Possible, chance: Double)]?]
  /// The findings being worked out, each of which a line of the one before it asks about.
  private var open: [Int] = []
  /// The outermost of them that a line further in asks about again: two findings may say something of each other.
  private var circle = Int.max

  fileprivate init(_ likelihood: Likelihood, _ known: Known) {
    self.likelihood = likelihood
    self.known = known
    kept = [[(possible: Possible, chance: Double)]?](repeating: nil, count: likelihood.findings)
  }

  /// Whether an open finding is there to be asked about, as far as is known: unknown while what it hangs on is.
  public func isThere(_ finding: Int) -> Truth {
    let lines = likelihood.lines(of: finding)
    if lines.isEmpty || known.origin[finding] != .unstated { return .yes }
    var result = Truth.no
    for line in lines {
      result = result || known.truth(line.when)
      if result == .yes { break }
    }
    return result
  }

  /// The open findings that say whether a finding is there to be asked about; none where that is known.
  public func gates(of finding: Int) -> [Int] {
    guard isThere(finding) == .unknown else { return [] }
    var found: [Int] = []
    for line in likelihood.lines(of: finding) where known.truth(line.when) == .unknown {
      for test in line.when.tests where known[test.finding].satisfies(test.allowed) == .unknown && !found.contains(test.finding) {
        found.append(test.finding)
      }
    }
    return found
  }

  /// How likely a condition is.
  public mutating func chance(_ condition: Condition) -> Chance {
    switch condition {
    case .always: return (1, 0)
    case .test(let test): return chance(test)
    case .defined(_, let inner): return chance(inner)
    case .not(let inner):
      let inner = chance(inner)
      return (inner.no, inner.yes)
    case .all(let parts):
      var (yes, possible) = (1.0, 1.0)
      for part in parts {
        let part = chance(part)
        yes *= part.yes
        possible *= 1 - part.no
      }
      return (yes, 1 - possible)
    case .any(let parts):
      var (no, possible) = (1.0, 1.0)
      for part in parts {
        let part = chance(part)
        no *= part.no
        possible *= 1 - part.yes
      }
      return (1 - possible, no)
    case .atLeast(let needed, let parts):
      var (holding, open) = ([1.0], [1.0])
      for part in parts {
        let part = chance(part)
        holding = Self.counts(holding, part.yes)
        open = Self.counts(open, 1 - part.no)
      }
      return (holding.dropFirst(needed).reduce(0, +), 1 - open.dropFirst(needed).reduce(0, +))
    }
  }

  /// How likely each number of successes is with one more try.
  private static func counts(_ before: [Double], _ chance: Double) -> [Double] {
    var after = before.map { $0 * (1 - chance) } + [0]
    for place in before.indices { after[place + 1] += before[place] * chance }
    return after
  }

  public mutating func chance(_ test: Test) -> Chance {
    switch known[test.finding].satisfies(test.allowed) {
    case .yes: return (1, 0)
    case .no: return (0, 1)
    case .unknown: break
    }
    var (yes, no) = (0.0, 0.0)
    for entry in values(of: test.finding) {
      let part = Self.part(of: entry.possible, in: test.allowed)
      yes += entry.chance * part
      no += entry.chance * (1 - part)
    }
    return (yes, no)
  }

  /// The values that an open finding may turn out to have; the chances add up to that of its being there.
  private mutating func values(of finding: Int) -> [(possible: Possible, chance: Double)] {
    if let values = kept[finding] { return values }
    if let place = open.firstIndex(of: finding) {
      circle = min(circle, place)
      return []
    }
    open.append(finding)
    var values: [(possible: Possible, chance: Double)] = []
    var rest = 1.0
    for line in likelihood.lines(of: finding) where rest > 0.001 {
      let holds = chance(line.when).yes
      let shares = line.shares.map { ($0.possible, $0.weight * Self.part(of: $0.possible, in: known[finding])) }
      let total = shares.reduce(0) { $0 + $1.1 }
      if total > 0, holds > 0 {
        for (possible, weight) in shares where weight > 0 {
          values.append((possible.intersection(known[finding]), rest * holds * weight / total))
        }
      }
      rest *= 1 - holds
    }
    let total = values.reduce(0) { $0 + $1.chance }
    // What is known in part is there.
    if total > 0, known.origin[finding] != .unstated { for place in values.indices { values[place].chance /= total } }
    open.removeLast()
    // What was worked out without the finding that asked for it counts there only.
    if circle >= open.count {
      kept[finding] = values
      circle = .max
    }
    return values
  }

  /// What part of some values another set holds; whole numbers count alike.
  private static func part(of possible: Possible, in other: Possible) -> Double {
    switch (possible, other) {
    case (.values(let mask), .values(let allowed)):
      return Double((mask & allowed).nonzeroBitCount) / Double(max(1, mask.nonzeroBitCount))
    case (.numbers(let interval), .numbers(let allowed)):
      let whole = count(interval)
      return whole > 0 ? min(1, count(interval.intersection(allowed)) / whole) : 0
    default: return 0
    }
  }

  /// How many whole numbers an interval holds.
  private static func count(_ interval: Interval) -> Double {
    guard !interval.isEmpty, let low = interval.lower, let high = interval.upper else { return 0 }
    if low == high { return 1 }
    let unit: Int64 = 1_000_000
    let first = (low.millionths + unit - 1) / unit + (!interval.lowerClosed && low.millionths % unit == 0 ? 1 : 0)
    let last = high.millionths / unit - (!interval.upperClosed && high.millionths % unit == 0 ? 1 : 0)
    return Double(max(0, last - first + 1))
  }
}
