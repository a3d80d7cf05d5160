import Foundation
import Sessions
import Teaching
import Testing
import Wording

@Suite("Checking a case")
struct CheckTests {
  private func check(_ text: String) throws -> CheckOutcome {
    FileCheck(try world(), seconds: { 0 }).check(Array(text.utf8), file: "a.islet")
  }

  @Test("its good path and its bad path are replayed and score as it says", arguments: ["small-insulinoma"])
  func passes(name: String) throws {
    let outcome = try check(fixture(name))
    #expect(outcome.faults == [])
    #expect(outcome.summary.english == "good 100 · wrong 65 · bad 10")
  }

  @Test("words of the patient or of what is hidden that aren't understood are a fault, and turn no truth")
  func notUnderstood() throws {
    let text = try fixture("small-insulinoma")
    for (old, new) in [
      ("hidden syndrome is insulinoma", "hidden blorptic, syndrome is insulinoma"),
      ("hidden localised-preoperatively", "hidden men1 nope, localised-preoperatively"),
      ("patient Eleni age 54 years", "patient Eleni blorptic, age 54 years"),
    ] {
      #expect(text.contains(old))
      #expect(try check(text.replacing(old, new)).faults.map(\.code).contains("case.noted"), "\(new)")
    }
    #expect(
      try check(text.replacing("hidden syndrome is insulinoma", "hidden ECOG 1, syndrome is insulinoma")).faults.map(\.code).contains("case.noted") == false)
  }

  @Test("another score, a line that fails and a path that stops are faults with file and line")
  func fails() throws {
    let text = try fixture("small-insulinoma")
    #expect(try check(text.replacing("path good score 100", "path good score 99")).faults.map { "\($0.code) \($0.line ?? 0)" } == ["case.score 37"])
    #expect(try check(text.replacing("  order ct\n", "  order nonsense\n")).faults.first.map { "\($0.code) \($0.line ?? 0)" } == "test.unknown 40")
    #expect(try check(text.replacing("  perform enucleation\n  done\n", "")).faults.first?.code == "case.unfinished")
    #expect(
      try check(text.replacing("includes enucleation", "includes everolimus")).faults.first.map { "\($0.code) \($0.line ?? 0)" }
        == "expect.unmet 34")
  }

  @Test(
    "each bad line names its line, what is wrong and what to try",
    arguments: [
      ("minutes 10", "minutes ten", "case.number"), ("level student", "level genius", "case.level"), ("languages en el", "languages en fr", "case.languages"),
      ("\"A small insulinoma\" | \"Ένα μικρό ινσουλίνωμα\"", "\"A small insulinoma", "case.quote"), ("objective", "objectiv", "case.statement"),
      ("consult costs 2", "consult maybe", "case.consult"), ("goal perform enucleation", "goal perform magic", "case.subject"),
      ("goal perform enucleation", "goal read surgery", "case.deed"), ("sex is female", "sex is blue", "finding.value-unknown"),
      ("reveals ct size", "reveals xray size", "case.test"),
      ("reveals ct size,", "reveals ct colour,", "case.finding"), ("cost mri 4", "cost mri -4", "case.number"),
      ("choice vipoma wrong", "choice vipoma maybe", "case.verdict"),
      ("choice insulinoma right", "choice insulinoma wrong", "case.answers"), ("goto corrected", "goto nowhere", "case.label"),
      ("answer cause is vipoma", "answer cause is flu", "case.choice"),
      ("answer cause is vipoma", "answer reason is vipoma", "case.question"), ("label treat\n", "label treat\ngoto corrected\n", "case.backward"),
      ("is 100", "is 101", "case.number"), ("score of good", "score of best", "case.path"),
      ("| \"Η Ελένη λιποθυμά πριν από το πρωινό.\"", "", "case.text-language"),
      ("islet scenario 1", "islet scenario 2", "case.version"), ("islet scenario 1", "islet case 1", "case.format"), ("minutes 10\n", "", "case.missing"),
      ("hidden syndrome is insulinoma", "hidden sex is male, syndrome is insulinoma", "case.hidden-known"),
      ("pause", "title \"a\" | \"β\"", "case.header-late"),
    ])
  func faulty(part: String, other: String, code: String) throws {
    let text = try fixture("small-insulinoma")
    try #require(text.contains(part), "\(part)")
    let found = try faults(text.replacingOccurrences(of: part, with: other))
    #expect(found.map(\.code).contains(code), "\(part) → \(other): \(found.map(\.code))")
    for fault in found {
      #expect(fault.file == "a.islet" && (fault.line ?? 0) > 0)
      #expect(!fault.help.isEmpty, "\(fault.code) says what to try")
    }
  }

  @Test(
    "settings take tests and findings by every name that the shell takes, and mean the same as by ids",
    arguments: [
      ("reveals ct size, site, location", "reveals CT scan size, primary site, location"),
      ("reveals ct size, site, location", "reveals αξονική τομογραφία μέγεθος, πρωτοπαθής εστία, θέση στο πάγκρεας"),
      ("reveals ct size, site, location, localised-preoperatively, near-surface", "reveals ct size site location localised-preoperatively near-surface"),
      ("cost mri 4", "cost magnetic resonance imaging 4"), ("cost mri 4", "cost μαγνητική 4"),
      ("cost mri 4", "cost mri 4\nneeds endoscopic ultrasound for perform enucleation"), ("level student", "level Student"),
    ])
  func named(part: String, other: String) throws {
    let text = try fixture("small-insulinoma")
    try #require(text.contains(part), "\(part)")
    let known = try scenario("small-insulinoma")
    let named = try scenario("small-insulinoma") { $0.replacingOccurrences(of: part, with: other) }
    #expect(named.reveals == known.reveals && named.costs == known.costs && named.level == known.level)
    #expect(named.needs.map(\.test) == (other.contains("needs") ? ["endoscopic-ultrasound"] : []))
  }
}
