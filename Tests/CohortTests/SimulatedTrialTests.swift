import Cohorts
import Guideline
import Measures
import Testing
import Vocabulary

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A trial as the shared facts give it.
struct TrialFact: Sendable, CustomTestStringConvertible {
  let therapy: String
  let fact: String
  let treated: Double
  let control: Double
  let hazardRatio: Double?
  var testDescription: String { therapy }

  static let all = [
    TrialFact(therapy: "octreotide-lar", fact: "F120", treated: 14.3, control: 6, hazardRatio: nil),
    TrialFact(therapy: "sunitinib", fact: "F309", treated: 11.4, control: 5.5, hazardRatio: nil),
    TrialFact(therapy: "everolimus", fact: "F321", treated: 11.0, control: 4.6, hazardRatio: 0.35),
  ]
}

@Suite("A simulated trial")
struct SimulatedTrialTests {
  private func trials() throws -> [PublishedTrial] { try Guideline.embedded().publishedTrials() }

  private func trial(_ fact: TrialFact) throws -> PublishedTrial {
    try #require(try trials().first { $0.evidence.therapies == [fact.therapy] && $0.evidence.facts.contains(fact.fact) })
  }

  @Test("the text has three: octreotide LAR, sunitinib, everolimus")
  func three() throws { #expect(try trials().flatMap(\.evidence.therapies) == TrialFact.all.map(\.therapy)) }

  @Test(
    "a median that is a range, a bound or about so much makes no trial, in either arm",
    arguments: [("12 months", true), ("10 to 12 months", false), ("up to 12 months", false), ("< 12 months", false), ("about 12 months", false)])
  func median(value: String, isOne: Bool) throws {
    for (treated, control) in [(value, "6 months"), ("24 months", value)] {
      let chapter = """
        <!-- islet chapter 1 -->
        # Trial
        <a id="trial"></a> P001 · drugs

        ## Trials
        <a id="trial.trials"></a> F309 · P001

        ```evidence trial.progression
        therapy sunitinib
        cohort trial
        endpoint progression-free-survival
        value \(treated)
        comparator placebo \(control)
        design randomised-placebo-controlled
        directness direct
        facts F309
        paragraphs P001
        population-en NET
        population-el NET
        en Progression-free survival
        el Επιβίωση χωρίς εξέλιξη
        ```

        """
      let guideline = try Guideline(files: [TextFile(name: "chapters/01-trial.md", bytes: Array(chapter.utf8))], vocabulary: try .embedded())
      #expect(try guideline.publishedTrials().count == (isOne ? 1 : 0), "\(treated), \(control)")
    }
  }

  @Test("the model gives back the medians of the text, and the hazard ratio where the text has one", arguments: TrialFact.all)
  func model(fact: TrialFact) throws {
    let trial = try trial(fact)
    #expect((trial.model.survival(.treated, at: fact.treated) - 0.5).magnitude < 1e-12)
    #expect((trial.model.survival(.control, at: fact.control) - 0.5).magnitude < 1e-12)
    for share in [0.9, 0.5, 0.1] {
      #expect((trial.model.survival(.treated, at: trial.model.time(.treated, survival: share)) - share).magnitude < 1e-12)
    }
    // Hazards are proportional: at every time the treated curve is the control curve to the power of the ratio.
    for time in [0.5, 3, 12, 40] {
      let power = pow(trial.model.survival(.control, at: time), trial.model.hazardRatio)
      #expect((trial.model.survival(.treated, at: time) - power).magnitude < 1e-12)
    }
    if let ratio = fact.hazardRatio {
      #expect(trial.model.basis == .derived)
      #expect((trial.model.shape - log(ratio) / log(fact.control / fact.treated)).magnitude < 1e-12)
      #expect((trial.model.hazardRatio - ratio).magnitude < 1e-12)
    } else {
      #expect(trial.model.basis == .assumed)
      #expect(trial.model.shape == 1)
      #expect((trial.model.hazardRatio - fact.control / fact.treated).magnitude < 1e-12)
    }
  }

  @Test("medians and hazard ratio of 100,000 lie within Monte Carlo error of the text's", arguments: TrialFact.all, [1, 7] as [UInt64])
  func monteCarlo(fact: TrialFact, seed: UInt64) throws {
    let trial = try trial(fact)
    let cohort = SimulatedTrial(trial, count: 100_000, seed: seed)
    for (arm, median) in [(SurvivalModel.Arm.treated, fact.treated), (.control, fact.control)] {
      let sample = cohort.sample(arm)
      #expect(sample.count == 50_000)
      let found = try #require(sample.kaplanMeier.median)
      // The standard error of a median is 1 / (2 f √n), and a Weibull's density at its median is k ln 2 / (2 median).
      let error = median / (trial.model.shape * log(2) * Double(sample.count).squareRoot())
      #expect((found - median).magnitude < 4 * error, "\(found)")
    }
    let ratio = try #require(cohort.comparison.hazardRatio)
    let published = fact.hazardRatio ?? fact.control / fact.treated
    #expect(ratio.standardError < 0.01)
    #expect((ratio.logarithm - log(published)).magnitude < 4 * ratio.standardError, "\(ratio.value)")
  }

  @Test("exponential curves could not: with the medians of everolimus they miss its hazard ratio by far")
  func negativeControl() throws {
    let model = try #require(SurvivalModel(medians: (11.0, 4.6)))
    #expect((log(model.hazardRatio) - log(0.35)).magnitude > 0.1)
  }

  @Test("the published interval is a band around the treated arm, and only where the text has one")
  func band() throws {
    for trial in try trials() {
      let band = trial.band(at: 11)
      guard let ratio = trial.evidence.hazardRatio else {
        #expect(band == nil)
        continue
      }
      let (low, high) = try #require(band)
      let control = trial.model.survival(.control, at: 11)
      #expect(low < 0.5 && 0.5 < high)
      #expect((log(low) / log(control) - ratio.high.double).magnitude < 1e-12)
      #expect((log(high) / log(control) - ratio.low.double).magnitude < 1e-12)
    }
  }

  @Test("a hazard ratio and medians that favour different arms have no shared shape")
  func noShape() {
    #expect(SurvivalModel(medians: (11, 4.6), hazardRatio: 1.2) == nil)
    #expect(SurvivalModel(medians: (5, 5), hazardRatio: 0.5) == nil)
    #expect(SurvivalModel(medians: (11, 4.6), hazardRatio: 1) == nil)
    #expect(SurvivalModel(medians: (4.6, 11), hazardRatio: 1.2) != nil)
  }

  @Test("the same seed draws the same cohort, another seed another")
  func seeds() throws {
    let trial = try trial(TrialFact.all[2])
    #expect(SimulatedTrial(trial, count: 501, seed: 7).treated == SimulatedTrial(trial, count: 501, seed: 7).treated)
    #expect(SimulatedTrial(trial, count: 501, seed: 7).treated != SimulatedTrial(trial, count: 501, seed: 8).treated)
    #expect(SimulatedTrial(trial, count: 501, seed: 7).treated.count == 251)
  }

  @Test("a follow-up censors whoever has no event by then")
  func followUp() throws {
    let trial = try trial(TrialFact.all[2])
    let whole = SimulatedTrial(trial, count: 2_000, seed: 3)
    let cut = SimulatedTrial(trial, count: 2_000, seed: 3, followUp: 6)
    #expect(whole.treated.events == 1_000)
    #expect(cut.treated.count == 1_000)
    #expect(cut.treated.events == whole.treated.instants.filter { $0.time <= 6 }.count)
    #expect(cut.treated.instants.last?.time == 6)
    #expect(cut.treated.kaplanMeier.median == nil)
    #expect(cut.treated.kaplanMeier.survival(at: 5) == whole.treated.kaplanMeier.survival(at: 5))
  }

  @Test("the generator is xoshiro256** seeded by splitmix64: from seed 0 it starts as rand_xoshiro does")
  func generator() {
    var generator = Xoshiro256(seed: 0)
    #expect([generator.next(), generator.next(), generator.next()] == [11_091_344_671_253_066_420, 13_793_997_310_169_335_082, 1_900_383_378_846_508_768])
  }
}
