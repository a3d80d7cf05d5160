import Commands
import Counsel
import Guideline
import Patients
import Sessions
import Testing
import Wording

@testable import Teaching

@Suite("The mark of a decision, by where its therapy stood")
struct MarkTests {
  private func patient(_ lines: [String]) throws -> Patient {
    var session = Session(world: try world(), language: .english)
    for line in lines { #expect(session.run(line).report.errors == [], "\(line)") }
    return try #require(session.state.patient)
  }

  /// The patient, what was arranged before, the deed, what was given beside it, and the mark.
  static let decisions: [(patient: String, before: [String], deed: Deed, beside: [String], mark: Mark)] = [
    // F275: raised mortality, so it needs what must go with it: octreotide cover (F210).
    ("60M, liver mets bilobar, symptomatic, portal vein thrombosis", [], Deed(.perform, "embolisation"), [], .against),
    (
      "60M, liver mets bilobar, symptomatic, portal vein thrombosis", [], Deed(.perform, "embolisation"),
      ["give octreotide infusion 50 micrograms per hour"], .acceptable
    ),
    // F278 and F281 only may go with it: they aren't asked for.
    ("60M, liver mets bilobar, symptomatic, portal vein thrombosis", [], Deed(.perform, "embolisation"), ["give hydrocortisone"], .against),
    // An option isn't held to its companions here: forgetting them is a fault of its own.
    ("60M, liver mets bilobar, symptomatic, no portal vein thrombosis", [], Deed(.perform, "embolisation"), [], .acceptable),
    // F012 waits for the operation alone: only it can tell.
    ("54F, insulinoma, localised before surgery, near the surface", [], Deed(.perform, "enucleation"), [], .recommended),
    ("54F, insulinoma, near the surface", [], Deed(.perform, "enucleation"), [], .premature),
    // F017 is disputed, F125 investigational.
    ("61M, gastrinoma, MEN1, 15 mm", [], Deed(.perform, "enucleation"), [], .premature),
    ("61M, gastrinoma, MEN1, 15 mm", ["arrange mdt"], Deed(.perform, "enucleation"), [], .acceptable),
    ("60M, ssa-response is refractory", [], Deed(.give, "pasireotide"), [], .premature),
    ("60M, ssa-response is refractory", ["arrange clinical trial"], Deed(.give, "pasireotide"), [], .acceptable),
    // F109 against, F054 an option, F106 recommended; zinc is spoken of in a glucagonoma alone (F143).
    ("54F, insulinoma, sstr2 negative", [], Deed(.give, "octreotide-lar"), [], .against),
    ("54F, insulinoma", [], Deed(.give, "diazoxide"), [], .acceptable), ("61M, gastrinoma", [], Deed(.give, "ppi"), [], .recommended),
    ("54F, insulinoma", [], Deed(.give, "zinc"), [], .notCovered),
  ]

  @Test("is the text's word for what was known then", arguments: decisions.indices)
  func mark(place: Int) throws {
    let (words, before, deed, beside, mark) = Self.decisions[place]
    let view = try patient(["patient \(words)"] + before)
    let seen = try patient(["patient \(words)"] + before + beside)
    let grader = Grader(scenario: try scenario("small-insulinoma"), guideline: try world().guideline)
    let decision = Decision(step: 1, deed: deed, line: "", view: view, truth: view, refusal: nil, tests: [])
    #expect(grader.judged(decision, seen: seen).mark == mark)
  }
}
