import Measures
import Wording

/// Kaplan-Meier curves: a step curve an arm, with censor marks, numbers at risk and, where there is one, a band.
///
/// What is no number is drawn at 0, a fraction outside 0 to 1 at the nearer end. The arms of one plot belong to one cohort (a trial, or one simulation). Times are in `timeUnit`, from 0 to `end`;
/// survival is a fraction from 0 to 1.
public struct SurvivalCurves: Sendable, Hashable {
  public var timeUnit: String
  /// The unit's id for the meaning: `month`.
  public var timeUnitID: String
  /// The last time drawn; above 0.
  public var end: Double
  /// The times at which numbers at risk are counted, and the axis is marked, ascending.
  public var ticks: [Double]
  /// What the upright axis shows: `progression-free`. Empty: no label.
  public var endpoint: String
  public var arms: [Arm]

  /// One arm.
  public struct Arm: Sendable, Hashable {
    public var id: String
    public var label: String
    /// How many started.
    public var count: Int
    /// The curve: from each time on, the fraction without an event. It starts at 1; times ascend, fractions don't rise.
    public var steps: [Step]
    /// When patients were censored.
    public var censored: [Double]
    /// Numbers at risk, one for each tick of the plot.
    public var atRisk: [Int]
    public var median: Median
    /// An interval around the curve, from each time on; empty: none.
    public var band: [Bounds]

    public init(
      _ id: String, _ label: String, count: Int, steps: [Step], censored: [Double] = [], atRisk: [Int] = [], median: Median,
      band: [Bounds] = []
    ) {
      self.id = id
      self.label = label
      self.count = count
      self.steps = steps
      self.censored = censored.filter(\.isFinite)
      self.atRisk = atRisk
      self.median = median
      self.band = band
    }

    /// The fraction without an event at a time.
    public func survival(at time: Double) -> Double {
      var low = 0
      var high = steps.count
      while low < high {
        let middle = (low + high) / 2
        if steps[middle].time <= time { low = middle + 1 } else { high = middle }
      }
      return low == 0 ? 1 : steps[low - 1].survival
    }
  }

  public struct Step: Sendable, Hashable {
    public var time: Double
    public var survival: Double

    public init(_ time: Double, _ survival: Double) {
      self.time = time.isFinite ? time : 0
      self.survival = survival.isFinite ? min(1, max(0, survival)) : 0
    }
  }

  public struct Bounds: Sendable, Hashable {
    public var time: Double
    public var low: Double
    public var high: Double

    public init(_ time: Double, low: Double, high: Double) {
      self.time = time.isFinite ? time : 0
      self.low = low.isFinite ? min(1, max(0, low)) : 0
      self.high = high.isFinite ? min(1, max(self.low, high)) : 1
    }
  }

  public enum Median: Sendable, Hashable {
    case reached(Double)
    /// The curve stays above one half.
    case notReached
    /// Not to be shown.
    case unstated
  }

  public init(timeUnit: String, timeUnitID: String, end: Double, ticks: [Double], endpoint: String = "", arms: [Arm]) {
    self.timeUnit = timeUnit
    self.timeUnitID = timeUnitID
    self.end = end.isFinite ? max(0, end) : 0
    self.ticks = ticks.map { $0.isFinite ? $0 : 0 }
    self.endpoint = endpoint
    self.arms = arms
  }

  var fields: [(String, JSON?)] {
    [
      ("unit", .string(timeUnitID)), ("ticks", .array(ticks.map { .rounded($0) })),
      (
        "arms",
        .array(
          arms.map { arm in
            let median: JSON? =
              switch arm.median {
              case .reached(let time): .rounded(time)
              case .notReached: .string("not-reached")
              case .unstated: nil
              }
            return .fields([
              ("id", .string(arm.id)), ("text", .string(arm.label)), ("n", .integer(arm.count)), ("median", median),
              ("survival", .array(ticks.map { .rounded(arm.survival(at: $0)) })),
              ("at_risk", arm.atRisk.isEmpty ? nil : .array(arm.atRisk.map { .integer($0) })),
            ])
          })
      ),
    ]
  }

  func table(_ language: Language) -> (head: [Text], rows: [[Text]]) {
    let head =
      ["", FigureWords.median[language] + " (\(timeUnit))"]
      + ticks.map { Numeral.short($0) + " " + timeUnit + ": %" + (arms.contains { !$0.atRisk.isEmpty } ? " (" + FigureWords.atRisk[language] + ")" : "") }
    let rows = arms.map { arm in
      [arm.label, Self.text(arm.median, language)]
        + ticks.enumerated().map { place, time in
          Numeral.short(arm.survival(at: time) * 100) + (place < arm.atRisk.count ? " (\(arm.atRisk[place]))" : "")
        }
    }
    return (head.map { Text($0) }, rows.map { $0.map { Text($0) } })
  }

  static func text(_ median: Median, _ language: Language) -> String {
    switch median {
    case .reached(let time): Numeral.short(time)
    case .notReached: FigureWords.notReached[language]
    case .unstated: ""
    }
  }

  func description(_ language: Language) -> String {
    let each = arms.map { arm in
      let median = arm.median == .unstated ? "" : ", " + FigureWords.median[language] + " " + Self.text(arm.median, language)
      var unit = ""
      if case .reached = arm.median { unit = " " + timeUnit }
      return "\(arm.label) (n \(arm.count))\(median)\(unit)"
    }
    return FigureWords.survival[language] + ": " + each.joined(separator: "; ") + "."
  }
}
