import Cohorts
import Measures
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Data and independent results of `Fixtures/survival.tsv`; `survival.py` beside it says where both come from.
private struct SurvivalFixture {
  var arms: [[(time: Double, isEvent: Bool)]] = []
  /// For each arm the times, with numbers at risk and survival.
  var curves: [[(time: Double, atRisk: Int, survival: Double)]] = [[], []]
  var logRank: [Double] = []
  var cox: [Double] = []

  init(_ name: String) throws {
    let path = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let file = try #require(fopen("/\(path)/Fixtures/survival.tsv", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var byte = getc(file)
    while byte != EOF {
      bytes.append(UInt8(truncatingIfNeeded: byte))
      byte = getc(file)
    }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t").map(String.init)
      guard fields.count > 2, fields[1] == name else { continue }
      switch fields[0] {
      case "data":
        arms.append(
          try fields[3].split(separator: " ").map { word in
            (try #require(Double(word.last == "+" ? word.dropLast() : word)), word.last != "+")
          })
      case "survival":
        curves[try #require(Int(fields[2]))].append(
          (try #require(Double(fields[3])), try #require(Int(fields[4])), try #require(Double(fields[5]))))
      case "logrank": logRank = fields[2...].compactMap(Double.init)
      case "cox": cox = fields[2...].compactMap(Double.init)
      default: Issue.record("an unknown line: \(line)")
      }
    }
    #expect(arms.count == 2 && logRank.count == 2 && cox.count == 2)
  }

  func sample(_ arm: Int) -> SurvivalSample {
    SurvivalSample(events: arms[arm].filter(\.isEvent).map(\.time), censored: arms[arm].filter { !$0.isEvent }.map(\.time))
  }

  var comparison: SurvivalComparison { SurvivalComparison(sample(0), sample(1)) }
}

@Suite("Survival")
struct SurvivalTests {
  private func near(_ value: Double?, _ expected: Double, within: Double = 1e-9) -> Bool {
    guard let value else { return false }
    return (value - expected).magnitude <= within * max(1, expected.magnitude)
  }

  @Test("the product-limit curve and the numbers at risk are scipy's, with ties and censoring", arguments: ["freireich", "tied"])
  func kaplanMeier(name: String) throws {
    let fixture = try SurvivalFixture(name)
    for arm in 0...1 {
      let sample = fixture.sample(arm)
      #expect(sample.count == fixture.arms[arm].count)
      #expect(!fixture.curves[arm].isEmpty)
      for (time, atRisk, survival) in fixture.curves[arm] {
        #expect(near(sample.kaplanMeier.survival(at: time), survival), "\(time)")
        #expect(sample.atRisk(at: time) == atRisk, "\(time)")
      }
      #expect(sample.kaplanMeier.survival(at: 0.5) == 1)
    }
  }

  @Test("the log-rank test is scipy's", arguments: ["freireich", "tied"])
  func logRank(name: String) throws {
    let fixture = try SurvivalFixture(name)
    let test = try #require(fixture.comparison.logRank)
    #expect(near(test.chiSquared, fixture.logRank[0]))
    #expect((test.p / fixture.logRank[1] - 1).magnitude < 1e-9)
    // The groups the other way round give the same.
    let turned = try #require(SurvivalComparison(fixture.sample(1), fixture.sample(0)).logRank)
    #expect(near(turned.chiSquared, test.chiSquared))
  }

  @Test("Cox's hazard ratio with Efron's ties is the maximum of the partial likelihood", arguments: ["freireich", "tied"])
  func cox(name: String) throws {
    let fixture = try SurvivalFixture(name)
    let ratio = try #require(fixture.comparison.hazardRatio)
    // The reference is found numerically.
    #expect(near(ratio.logarithm, fixture.cox[0], within: 1e-6))
    #expect(near(ratio.standardError, fixture.cox[1], within: 1e-5))
    #expect(ratio.interval.low < ratio.value && ratio.value < ratio.interval.high)
  }

  @Test("the leukaemia trial has its published medians: 23 weeks on the drug, 8 on placebo")
  func medians() throws {
    let fixture = try SurvivalFixture("freireich")
    #expect(fixture.sample(0).kaplanMeier.median == 23)
    #expect(fixture.sample(1).kaplanMeier.median == 8)
  }

  @Test("a curve that stays above one half has no median, one that touches it has")
  func notReached() {
    #expect(SurvivalSample(events: [1], censored: [2, 2]).kaplanMeier.median == nil)
    #expect(SurvivalSample(events: [1, 2], censored: [3, 3]).kaplanMeier.median == 2)
    #expect(SurvivalSample(events: []).kaplanMeier.median == nil)
    // Ten in a hundred at a time: rounding doesn't hide one half.
    let tens = (1...10).flatMap { Array(repeating: Double($0), count: 10) }
    #expect(SurvivalSample(events: tens).kaplanMeier.median == 5)
  }

  @Test("who is censored at the time of an event was at risk of it")
  func censoredWithEvent() {
    let sample = SurvivalSample(events: [3], censored: [3])
    #expect(sample.atRisk(at: 3) == 2)
    #expect(sample.kaplanMeier.survival(at: 3) == 0.5)
  }

  @Test("groups without an event in common time can't be compared")
  func incomparable() {
    let censored = SurvivalSample(events: [], censored: [1, 2])
    #expect(SurvivalComparison(censored, censored).logRank == nil)
    #expect(SurvivalComparison(censored, censored).hazardRatio == nil)
    #expect(SurvivalComparison(SurvivalSample(events: [1, 2]), SurvivalSample(events: [3, 4])).hazardRatio == nil)
    #expect(SurvivalComparison(SurvivalSample(events: [.nan]), SurvivalSample(events: [])).logRank == nil)
  }

  @Test("many times come in their order, whatever their sign and size, equal ones as one", arguments: [100, 4_095, 4_096, 20_000])
  func manyTimes(count: Int) {
    var generator = Xoshiro256(seed: 3)
    var times: [Double] = [.infinity, -.infinity, 0, -1, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    for place in times.count..<count {
      let wide = Double(bitPattern: generator.next())
      times.append(place % 3 == 0 ? Double(generator.below(50)) : place % 3 == 1 ? -Double(generator.below(1 << 40)) : wide)
    }
    let kept = times.filter { !$0.isNaN }
    let sample = SurvivalSample(events: times + [.nan])
    #expect(sample.instants.map(\.time) == Set(kept).sorted())
    #expect(sample.events == kept.count)
    let counts = Dictionary(kept.map { ($0, 1) }, uniquingKeysWith: +)
    #expect(sample.instants.allSatisfy { $0.events == counts[$0.time] })
  }

  @Test("a thinned curve keeps steps of the curve, in order, and its end")
  func thinned() {
    let sample = SurvivalSample(events: (1...1000).map { Double($0) })
    let steps = sample.kaplanMeier.thinned(to: 50, end: 1000)
    #expect(steps.count <= 50 && steps.count > 40)
    #expect(steps.allSatisfy { sample.kaplanMeier.survival(at: $0.time) == $0.survival })
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.time < $1.time && $0.survival > $1.survival })
    #expect(steps.last?.survival == 0)
    #expect(sample.kaplanMeier.thinned(to: 50, end: 20).count == 20)
  }
}
