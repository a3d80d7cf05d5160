import Guideline
import Testing
import Wording

@Suite("The lint of rules against patients made for them")
struct CheckRuleTests {
  private let trial = TrialChapter()

  /// The trial chapter with a second rule on resection.
  private func adding(_ lines: String) -> TrialChapter {
    var chapter = trial.adding(
      "## Other\n<a id=\"trial.other\"></a> F010 · P003\n\nSaid.\n\n```rule trial.other\n\(lines)\nfacts F010\nparagraphs P003\nen Title\nel Τίτλος\n```")
    chapter.greekFile = (chapter.greekFile ?? "") + "## Άλλα\n<a id=\"trial.other\"></a> F010 · P003\n\nΛέγεται.\n"
    return chapter
  }

  @Test(
    "a rule that no patient meets is found",
    arguments: [
      "syndrome is insulinoma and syndrome is gastrinoma", "size > 2 cm and size < 2 cm", "men1 and men1 no",
      "stage is localised and bone-metastases", "symptomatic no and bone-pain", "sstr is negative and sstr2 is positive",
    ])
  func never(_ condition: String) throws {
    let faults = try adding("advise everolimus consider\nwhen \(condition)").faults().filter { $0.code != "check.number-not-in-prose" }
    #expect(faults.map(\.code) == ["check.never-applies"])
    #expect(faults.first?.message.english == "trial.other can't apply to any patient.")
  }

  @Test("a rule that a derivation or a contradiction doesn't rule out passes")
  func possible() throws {
    #expect(try adding("advise everolimus consider\nwhen stage is locally-advanced and resectable no").faults() == [])
    #expect(try adding("advise everolimus consider\nwhen at least 2 of (men1, functioning, bone-pain)").faults() == [])
  }

  @Test("a condition that holds for everyone is found")
  func always() throws {
    try adding("advise everolimus consider\nwhen men1 or men1 no").expect("never-fails", at: "when men1")
  }

  @Test("a rule that is overridden whenever it holds is found")
  func overridden() throws {
    try adding("advise resection caution\nwhen size > 2 cm and men1").english("when size > 2 cm\n", "when size > 2 cm\noverrides trial.other\n")
      .expect("never-applies", at: "when size > 2 cm and men1", beside: ["number-not-in-prose"])
  }

  @Test("a companion of advice that can't hold with its own condition is found")
  func companion() throws {
    try adding("advise mdt alongside\nwhen size < 1 cm\nwith trial.large\nrole setting\nstrength must")
      .expect("never-applies", at: "when size < 1 cm", beside: ["number-not-in-prose"])
  }

  @Test("two rules that contradict each other are found with a patient in canonical words")
  func contradiction() throws {
    let broken = adding("advise resection avoid\nwhen syndrome is gastrinoma and men1")
    try broken.expect("contradiction", at: "advise resection avoid")
    let fault = try #require(try broken.faults().first)
    #expect(fault.message.english == "trial.large and trial.other contradict each other; neither says so.")
    #expect(fault.message.greek == "Οι κανόνες trial.large και trial.other αντιφάσκουν και κανένας δεν το δηλώνει.")
    #expect(fault.help.first?.english == "Both hold for: men1, size 21 mm, syndrome is gastrinoma")
  }

  @Test("group and member contradict each other, and so do do and disputed; caution contradicts nothing")
  func stances() throws {
    try adding("advise enucleation avoid\nwhen men1").expect("contradiction", at: "advise enucleation avoid")
    try adding("advise whipple disputed\nwhen men1").expect("contradiction", at: "advise whipple disputed")
    #expect(try adding("advise resection caution\nwhen men1").faults() == [])
    #expect(try adding("advise resection consider\nwhen men1").faults() == [])
  }

  @Test("rules that never meet need no declaration")
  func apart() throws {
    let faults = try adding("advise resection avoid\nwhen size <= 2 cm").faults()
    #expect(faults.map(\.code).allSatisfy { $0 == "check.number-not-in-prose" })
  }

  @Test("a declared override or conflict settles it")
  func declared() throws {
    #expect(try adding("advise resection avoid\nwhen men1\nconflicts trial.large").faults() == [])
    #expect(try adding("advise resection avoid\nwhen men1\noverrides trial.large").faults() == [])
  }

  @Test("an override or a conflict that can never matter is found")
  func idle() throws {
    let beside: Set<String> = ["number-not-in-prose"]
    try adding("advise resection avoid\nwhen size < 2 cm\noverrides trial.large").expect("idle-override", at: "overrides", beside: beside)
    try adding("advise resection avoid\nwhen size < 2 cm\nconflicts trial.large").expect("idle-conflict", at: "conflicts", beside: beside)
  }

  @Test("the guideline of the program has no fault")
  func embedded() throws { #expect(try Guideline.embedded().check() == []) }

  @Test("a remark that stands alone without a condition is found, and so is advice that stands alone")
  func alone() throws {
    let remark = "```remark trial.silent\nabout resection\nalone\nparagraphs P003\nbackground\nen Silent\nel Σιωπή\n```"
    try trial.adding(remark).expect("alone", at: "alone")
    #expect(try trial.adding(remark.replacing("alone\n", with: "when men1\nalone\n")).faults() == [])
    let advice = adding("advise everolimus consider\nwhen men1\nalone")
    #expect(throws: Diagnostic.self) { try advice.faults() }
  }
}
