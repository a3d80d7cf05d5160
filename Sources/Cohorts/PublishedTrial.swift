import Guideline
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A randomised trial of the text whose times a cohort can be drawn from: an endpoint in time and a figure for each arm.
/// The text's times are read as medians.
public struct PublishedTrial: Sendable {
  public let evidence: Evidence
  public let comparator: Evidence.Comparator
  /// The unit of every time.
  public let unit: ReportedValue.Unit
  /// The medians of the treated and of the control arm.
  public let medians: (treated: Double, control: Double)
  public let model: SurvivalModel

  /// Nil for evidence of another kind.
  public init?(_ evidence: Evidence) {
    guard [.randomised, .randomisedPlaceboControlled].contains(evidence.design),
      [.progressionFreeSurvival, .timeToProgression, .diseaseFreeSurvival, .overallSurvival].contains(evidence.endpoint),
      let comparator = evidence.comparator, let treated = evidence.value.flatMap(Self.single), let control = Self.single(comparator.value),
      let unit = evidence.value?.unit, unit != .percent, comparator.value.unit == unit
    else { return nil }
    let medians = (treated: treated, control: control)
    let ratio = evidence.hazardRatio
    guard let model = ratio.map({ SurvivalModel(medians: medians, hazardRatio: $0.value.double) }) ?? SurvivalModel(medians: medians) else {
      return nil
    }
    self.evidence = evidence
    self.comparator = comparator
    self.unit = unit
    self.medians = medians
    self.model = model
  }

  private static func single(_ value: ReportedValue) -> Double? {
    value.isRange || value.bound != .exactly || value.high <= .zero ? nil : value.high.double
  }

  /// The curves of the treated arm that the ends of the published interval give, beside the model's control arm; nil where
  /// the text gives no interval.
  public func band(at time: Double) -> (low: Double, high: Double)? {
    guard let ratio = evidence.hazardRatio else { return nil }
    let control = model.survival(.control, at: time)
    return (pow(control, ratio.high.double), pow(control, ratio.low.double))
  }
}

extension Guideline {
  /// The trials that a cohort can be drawn from, in the order of the text.
  public func publishedTrials() throws(Diagnostic) -> [PublishedTrial] { try evidence.compactMap(PublishedTrial.init) }
}

/// Two arms whose times follow Weibull distributions of one shape k, so that hazards are proportional.
public struct SurvivalModel: Sendable, Hashable {
  public enum Arm: Sendable, CaseIterable { case treated, control }

  /// Where the shape comes from.
  public enum Basis: String, Sendable {
    /// k = ln HR / ln(control median / treated median): the one shape that gives back both medians and the hazard ratio.
    /// It follows from summaries, it is not estimated.
    case derived = "derived-from-summaries"
    /// k = 1, exponential times: assumed, since there is no hazard ratio.
    case assumed
  }

  public let basis: Basis
  public let shape: Double
  private let medians: [Double]

  /// The shared-shape Weibull of two medians and a hazard ratio; nil where none has a shape above 0: the ratio and the
  /// medians favour different arms, or are equal.
  public init?(medians: (treated: Double, control: Double), hazardRatio: Double) {
    let shape = log(hazardRatio) / log(medians.control / medians.treated)
    guard shape.isFinite, shape > 0 else { return nil }
    basis = .derived
    self.shape = shape
    self.medians = [medians.treated, medians.control]
  }

  /// Exponential times with two medians, each above 0.
  public init?(medians: (treated: Double, control: Double)) {
    guard medians.treated > 0, medians.control > 0 else { return nil }
    basis = .assumed
    shape = 1
    self.medians = [medians.treated, medians.control]
  }

  public func median(_ arm: Arm) -> Double { medians[arm == .treated ? 0 : 1] }

  /// The hazard ratio that the model has: the published one, or what exponential times imply.
  public var hazardRatio: Double { pow(median(.control) / median(.treated), shape) }

  /// The fraction without an event at a time.
  public func survival(_ arm: Arm, at time: Double) -> Double { exp2(-pow(max(0, time) / median(arm), shape)) }

  /// The time at which a fraction, above 0 and at most 1, is left without an event.
  public func time(_ arm: Arm, survival: Double) -> Double { median(arm) * pow(max(0, -log2(survival)), 1 / shape) }
}
