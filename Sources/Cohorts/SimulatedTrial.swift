import Measures

/// A cohort consistent with the published summary of a trial: invented times, half in each arm, drawn from its model.
///
/// The same trial, size, seed and follow-up give the same cohort. Nobody is lost: times are censored by the end of the
/// follow-up alone.
public struct SimulatedTrial: Sendable {
  /// The largest cohort.
  public static let largest = 1_000_000

  public let trial: PublishedTrial
  /// How many there are in both arms; the treated arm has one more where it is odd.
  public let count: Int
  public let seed: UInt64
  /// When following ends, in the trial's unit; nil: everyone is followed to the event.
  public let followUp: Double?
  public let treated: SurvivalSample
  public let control: SurvivalSample

  public init(_ trial: PublishedTrial, count: Int, seed: UInt64, followUp: Double? = nil) {
    self.trial = trial
    self.count = min(max(2, count), Self.largest)
    self.seed = seed
    self.followUp = followUp
    var generator = Xoshiro256(seed: seed)
    var events: [[Double]] = [[], []]
    var censored = [0, 0]
    for place in 0..<self.count {
      let time = trial.model.time(place % 2 == 0 ? .treated : .control, survival: generator.fraction())
      if let followUp, time > followUp { censored[place % 2] += 1 } else { events[place % 2].append(time) }
    }
    func sample(_ arm: Int) -> SurvivalSample {
      SurvivalSample(events: events[arm], censored: Array(repeating: followUp ?? 0, count: censored[arm]))
    }
    treated = sample(0)
    control = sample(1)
  }

  public func sample(_ arm: SurvivalModel.Arm) -> SurvivalSample { arm == .treated ? treated : control }

  /// The treated arm against the control arm.
  public var comparison: SurvivalComparison { SurvivalComparison(treated, control) }
}

extension Xoshiro256 {
  /// A number above 0 and below 1, from the upper 53 bits.
  mutating func fraction() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
}
