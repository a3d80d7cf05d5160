import Grammar
import Guideline
import Patients
import Testing
import Vocabulary

@Suite("The smallest set that settles everything, checked by the plain evaluator")
struct DecidingFindingsTests {
  let both: BothForms

  init() throws { both = try BothForms() }

  /// The ids of the findings that settle everything for a patient.
  private func decidingFindings(_ patient: [String: PlainValue]) throws -> [String] {
    let evaluation = both.guideline.evaluate(both.guideline.inference.known(try both.stated(patient)))
    return both.guideline.decidingFindings(evaluation).map { both.guideline.vocabulary.findings[$0].id }
  }

  /// The patient with findings stated one after the other at random, each so that nothing contradicts.
  private func filled(_ patient: [String: PlainValue], _ findings: [String], _ random: inout RandomPatients) -> [String: PlainValue]? {
    var whole = patient
    for name in findings {
      var left = 200
      repeat {
        whole[name] = random.value(of: name, within: patient[name])
        left -= 1
      } while both.plain.known(whole, assumesAbsent: false) == nil && left > 0
      if left == 0 { return nil }
    }
    return whole
  }

  @Test("whatever its findings turn out to be, nothing is left that depends", arguments: [0, 5, 20, 50, 80])
  func settles(share: Int) throws {
    var random = RandomPatients(seed: UInt64(share) &+ 77, both.plain)
    var tried = 0
    for _ in 0..<25 {
      let patient = random.next(stated: share, partly: 5)
      guard both.plain.statuses(patient) != nil else { continue }
      let set = try decidingFindings(patient)
      for _ in 0..<4 {
        guard let whole = filled(patient, set, &random), let statuses = both.plain.statuses(whole) else { continue }
        tried += 1
        #expect(!statuses.values.contains("depends"), "\(statuses.filter { $0.value == "depends" }) of \(whole)")
      }
    }
    #expect(tried > 10)
  }

  @Test("none of it can be left out: without it something depends for some values of the others")
  func smallest() throws {
    var random = RandomPatients(seed: 4, both.plain)
    var needed: [String: Bool] = [:]
    for _ in 0..<12 {
      let patient = random.next(stated: 60, partly: 0)
      guard both.plain.statuses(patient) != nil else { continue }
      let set = try decidingFindings(patient)
      for name in set where needed[name] != true {
        needed[name] = false
        for _ in 0..<60 {
          guard let whole = filled(patient, set.filter { $0 != name }, &random), let statuses = both.plain.statuses(whole) else { continue }
          if statuses.values.contains("depends") {
            needed[name] = true
            break
          }
        }
      }
    }
    #expect(needed.count > 20)
    #expect(needed.filter { !$0.value }.isEmpty)
  }

  @Test("a patient for whom all is stated needs nothing more")
  func whole() throws {
    var random = RandomPatients(seed: 9, both.plain)
    var patient = random.next(stated: 60, partly: 0)
    while both.plain.statuses(patient) == nil { patient = random.next(stated: 60, partly: 0) }
    let whole = try #require(filled(patient, try decidingFindings(patient), &random))
    #expect(try decidingFindings(whole).isEmpty)
  }
}
