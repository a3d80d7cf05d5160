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
    var times: (treated: [Double], control: [Double]) = ([], [])
    times.treated.reserveCapacity(self.count / 2 + 1)
    times.control.reserveCapacity(self.count / 2)
    for place in 0..<self.count {
      let fraction = generator.fraction()
      if place % 2 == 0 {
        times.treated.append(trial.model.time(.treated, survival: fraction))
      } else {
        times.control.append(trial.model.time(.control, survival: fraction))
      }
    }
    func sample(_ times: [Double]) -> SurvivalSample {
      guard let followUp else { return SurvivalSample(events: times) }
      let events = times.filter { $0 <= followUp }
      return SurvivalSample(events: events, censored: Array(repeating: followUp, count: times.count - events.count))
    }
    treated = sample(times.treated)
    control = sample(times.control)
  }

  public func sample(_ arm: SurvivalModel.Arm) -> SurvivalSample { arm == .treated ? treated : control }

  /// The treated arm against the control arm.
  public var comparison: SurvivalComparison { SurvivalComparison(treated, control) }
}

extension Xoshiro256 {
  /// A number above 0 and below 1, from the upper 53 bits.
  mutating func fraction() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
}
