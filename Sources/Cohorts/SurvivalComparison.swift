#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Two groups side by side: at each time of an event, the events and numbers at risk of both.
public struct SurvivalComparison: Sendable {
  private struct Row {
    private let counts: SIMD4<UInt32>

    init(events: (first: Int, second: Int), atRisk: (first: Int, second: Int)) {
      counts = SIMD4(UInt32(clamping: events.first), UInt32(clamping: events.second), UInt32(clamping: atRisk.first), UInt32(clamping: atRisk.second))
    }

    var events: (first: Double, second: Double) { (Double(counts[0]), Double(counts[1])) }
    var atRisk: (first: Double, second: Double) { (Double(counts[2]), Double(counts[3])) }
  }

  private let rows: [Row]

  public init(_ first: SurvivalSample, _ second: SurvivalSample) {
    var rows: [Row] = []
    rows.reserveCapacity(first.instants.count + second.instants.count)
    var (a, b) = (0, 0)
    while a < first.instants.count || b < second.instants.count {
      let one = a < first.instants.count ? first.instants[a] : nil
      let other = b < second.instants.count ? second.instants[b] : nil
      let time = min(one?.time ?? .infinity, other?.time ?? .infinity)
      let events = (first: one?.time == time ? one?.events ?? 0 : 0, second: other?.time == time ? other?.events ?? 0 : 0)
      if events.first + events.second > 0 {
        rows.append(Row(events: events, atRisk: (one?.atRisk ?? 0, other?.atRisk ?? 0)))
      }
      if one?.time == time { a += 1 }
      if other?.time == time { b += 1 }
    }
    self.rows = rows
  }

  /// The log-rank test of equal hazards (Mantel and Cox), with the hypergeometric variance.
  public struct LogRank: Sendable, Hashable {
    /// On one degree of freedom.
    public let chiSquared: Double
    public let p: Double
  }

  /// Nil where the groups can't be compared: no event while both are at risk.
  public var logRank: LogRank? {
    var difference = 0.0
    var variance = 0.0
    for row in rows {
      let events = row.events.first + row.events.second
      let atRisk = row.atRisk.first + row.atRisk.second
      let share = row.atRisk.first / atRisk
      difference += row.events.first - events * share
      if atRisk > 1 { variance += events * share * (1 - share) * (atRisk - events) / (atRisk - 1) }
    }
    guard variance > 0 else { return nil }
    let chiSquared = difference * difference / variance
    return LogRank(chiSquared: chiSquared, p: erfc((chiSquared / 2).squareRoot()))
  }

  /// An estimate of the hazard ratio of the first group to the second.
  public struct Ratio: Sendable, Hashable {
    /// Its natural logarithm.
    public let logarithm: Double
    /// The standard error of the logarithm.
    public let standardError: Double

    public var value: Double { exp(logarithm) }
    /// The interval of 95%, from the normal distribution of the logarithm.
    public var interval: (low: Double, high: Double) {
      (exp(logarithm - 1.959963984540054 * standardError), exp(logarithm + 1.959963984540054 * standardError))
    }
  }

  /// Cox's proportional hazards with the group as the one covariate, ties by Efron's method, by Newton's iteration. Nil
  /// where the likelihood has no maximum: while both groups are at risk, only one of them has events, or none has.
  public var hazardRatio: Ratio? {
    var logarithm = 0.0
    for _ in 0..<50 {
      let (score, information) = derivatives(logarithm)
      guard information > 0 else { return nil }
      let step = max(-1, min(1, score / information))
      logarithm += step
      guard logarithm.magnitude < 20 else { return nil }
      if step.magnitude < 1e-11 { return Ratio(logarithm: logarithm, standardError: (1 / derivatives(logarithm).information).squareRoot()) }
    }
    return nil
  }

  /// The first derivative of the log partial likelihood, and the second with its sign changed.
  private func derivatives(_ logarithm: Double) -> (score: Double, information: Double) {
    let ratio = exp(logarithm)
    var score = 0.0
    var information = 0.0
    for row in rows {
      let events = row.events.first + row.events.second
      score += row.events.first
      for place in 0..<Int(events) {
        let part = Double(place) / events
        let first = ratio * (row.atRisk.first - part * row.events.first)
        let share = first / (first + row.atRisk.second - part * row.events.second)
        score -= share
        information += share * (1 - share)
      }
    }
    return (score, information)
  }
}
