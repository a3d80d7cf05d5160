import Cohorts
import Grammar
import Guideline
import Measures
import Patients
import Testing
import Vocabulary
import Wording

/// Chances worked out by hand from shares written here.
@Suite("How likely findings are before they are known")
struct LikelihoodTests {
  let guideline: Guideline
  let likelihood: Likelihood

  init() throws {
    guideline = try Guideline.embedded()
    let shares = """
      islet vocabulary 1
      draw men1: yes 1; no 2; unknown 1
      draw syndrome when men1: gastrinoma 3; insulinoma 1
      draw syndrome: insulinoma 4
      draw size: 10 to 19 50; 20 to 29 50
      draw sex: female 3; male 1
      draw liver-metastases: none 1; unilobar 1; bilobar 2
      draw liver-lesions when liver-metastases is not none: 1 to 4 1; unknown 3
      weigh sex: female 1; male 3

      """
    likelihood = Likelihood(try Distributions(file: TextFile(name: "shares.txt", bytes: Array(shares.utf8)), guideline), guideline)
  }

  private func estimate(_ stated: [String: String] = [:]) throws -> LikelihoodEstimate {
    var known: [Int: Possible] = [:]
    for (id, value) in stated {
      let finding = try #require(guideline.vocabulary.finding(id: id))
      known[finding.index] = .values(1 << UInt32(try #require(finding.place(of: value))))
    }
    return likelihood.estimate(guideline.inference.known(known))
  }

  private func isNear(_ chance: (yes: Double, no: Double), _ yes: Double, _ no: Double) -> Bool { abs(chance.yes - yes) < 1e-12 && abs(chance.no - no) < 1e-12 }

  @Test(
    "shares are weights, the first line whose condition holds counts, `weigh` stands in place of `draw`, parts are independent",
    arguments: [
      ("men1", 1.0 / 3), ("not men1", 2.0 / 3), ("sex is female", 0.25), ("syndrome is gastrinoma", 0.25), ("syndrome is insulinoma", 0.75),
      ("size < 15 mm", 0.25), ("size <= 15 mm", 0.3), ("size > 25 mm", 0.2), ("size >= 25 mm", 0.25), ("size <= 29 mm", 1), ("size < 10 mm", 0),
      ("size >= 14.5 mm", 0.75), ("men1 and sex is female", 1.0 / 12), ("men1 or sex is female", 0.5), ("not (men1 or sex is female)", 0.5),
      ("at least 2 of (men1, sex is female, size < 20 mm)", 7.0 / 24),
    ] as [(String, Double)])
  func shares(condition: String, yes: Double) throws {
    var estimate = try estimate()
    let chance = estimate.chance(try ConditionReader.condition(condition, guideline.vocabulary))
    #expect(isNear(chance, yes, 1 - yes), "\(condition): \(chance)")
  }

  @Test("what is known in part narrows the shares")
  func narrowed() throws {
    let size = try #require(guideline.vocabulary.finding(id: "size"))
    let part = Interval(lower: Exact(millionths: 15_000_000), upper: Exact(millionths: 22_000_000))
    var estimate = likelihood.estimate(guideline.inference.known([size.index: .numbers(part)]))
    // 15 to 19 is half of the first share, 20 to 22 three tenths of the second.
    let chance = estimate.chance(try ConditionReader.condition("size < 20 mm", guideline.vocabulary))
    #expect(isNear(chance, 25.0 / 40, 15.0 / 40), "\(chance)")
  }

  @Test("a finding none of whose lines holds isn't there to be asked about; what decides it is its gate")
  func gates() throws {
    let lesions = try #require(guideline.vocabulary.finding(id: "liver-lesions")).index
    let metastases = try #require(guideline.vocabulary.finding(id: "liver-metastases")).index
    let some = try ConditionReader.condition("liver-lesions > 2", guideline.vocabulary)
    var open = try estimate()
    #expect(open.isThere(lesions) == .unknown && open.gates(of: lesions) == [metastases])
    #expect(open.isThere(metastases) == .yes && open.gates(of: metastases) == [])
    #expect(isNear(open.chance(some), 0.75 * 0.5, 0.75 * 0.5))
    var none = try estimate(["liver-metastases": "none"])
    #expect(none.isThere(lesions) == .no && none.gates(of: lesions) == [])
    #expect(isNear(none.chance(some), 0, 0))
    var both = try estimate(["liver-metastases": "bilobar"])
    #expect(both.isThere(lesions) == .yes && both.gates(of: lesions) == [])
    #expect(isNear(both.chance(some), 0.5, 0.5))
  }
}
