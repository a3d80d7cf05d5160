import Testing

@Suite("The lint of what blocks refer to")
struct CheckReferenceTests {
  private let trial = TrialChapter()

  /// A rule to be added, about the large tumours.
  private func rule(_ id: String, _ lines: String) -> String {
    "## Other\n<a id=\"trial.other\"></a> F010 · P003\n\nSaid.\n\n```rule \(id)\n\(lines)\nfacts F010\nparagraphs P003\nen Title\nel Τίτλος\n```"
  }

  private func adding(_ lines: String) -> TrialChapter {
    var chapter = trial.adding(rule("trial.other", lines))
    chapter.greekFile = (chapter.greekFile ?? "") + "## Άλλα\n<a id=\"trial.other\"></a> F010 · P003\n\nΛέγεται.\n"
    return chapter
  }

  @Test("a rule that may be added has no fault")
  func clean() throws {
    #expect(try adding("advise everolimus consider\nwhen syndrome is insulinoma").faults() == [])
  }

  @Test("a paragraph that the text doesn't have is found")
  func paragraph() throws {
    try trial.both("P001 P002 P003 · surgery", "P001 P002 P003 P200 · surgery").expect("paragraph", at: "P200")
    try trial.english("F002\nparagraphs P002", "F002\nparagraphs P001").expect("paragraph", at: "paragraphs P001")
    try trial.both("F001 · P001", "F001 · P009").expect("paragraph", at: "P00")
  }

  @Test("a fact that the heading doesn't carry is found")
  func fact() throws { try trial.english("facts F003", "facts F099").english("apart F002; F003", "").expect("fact", at: "facts F099") }

  @Test("a block without a fact that isn't marked background is found")
  func noFact() throws {
    try trial.english("facts F005\n", "").expect("fact", at: "```adverse-effect", beside: ["field-missing"])
  }

  @Test("an unknown therapy, group or setting is found wherever a block names it")
  func therapies() throws {
    try trial.english("advise hpb-unit alongside", "advise spa-unit alongside").expect("unknown", at: "advise spa-unit")
    try trial.english("with resection", "with bisection").expect("unknown", at: "with bisection", beside: ["never-applies"])
    try trial.english("therapy diazoxide", "therapy water").expect("unknown", at: "therapy water")
  }

  @Test("an unknown rule in overrides or conflicts is found")
  func rules() throws {
    try trial.english("when size > 2 cm", "when size > 2 cm\noverrides trial.none").expect("unknown", at: "overrides trial.none")
    try trial.english("when size > 2 cm", "when size > 2 cm\nconflicts trial.none").expect("unknown", at: "conflicts trial.none")
  }

  @Test("an unknown erratum is found")
  func errata() throws { try trial.english("errata E01", "errata E77").expect("erratum", at: "errata E77") }

  @Test("rules that override each other in a circle are found, with the way round")
  func cycle() throws {
    let circle = adding("advise resection caution\nwhen syndrome is insulinoma\noverrides trial.large")
      .english("when size > 2 cm", "when size > 2 cm\noverrides trial.other")
    let faults = try circle.faults().filter { $0.code == "check.override-cycle" }
    #expect(
      faults.map(\.message.english) == [
        "trial.large overrides itself: trial.large → trial.other → trial.large.",
        "trial.other overrides itself: trial.other → trial.large → trial.other.",
      ])
  }

  @Test("an override of a rule on something else is found")
  func unrelated() throws {
    try adding("advise everolimus consider\nwhen syndrome is insulinoma\noverrides trial.large")
      .expect("unrelated", at: "overrides trial.large")
  }

  @Test("a companion of a companion is found")
  func companions() throws {
    try adding("advise mdt alongside\nwith trial.unit\nrole setting\nstrength must").expect("companion-of-companion", at: "with trial.unit")
  }

  @Test("a companion without role or strength is found")
  func roles() throws {
    try trial.english("role setting\n", "").expect("role", at: "with resection")
    try trial.english("strength must\n", "").expect("role", at: "with resection")
    try trial.english("with resection\nrole setting\nstrength must", "when men1").expect("role", at: "advise hpb-unit")
  }

  @Test("a grade without a level, an unknown grade and two gradings of one fact are found")
  func gradings() throws {
    try trial.english("level 3\n", "").expect("grading", at: "grade B")
    try trial.english("grade B", "grade E").expect("grading", at: "level 3")
    try trial.english("level 3\ngrade B\nen In a", "level 2\ngrade B\nen In a").expect("grading", at: "level 2")
  }

  @Test("an unknown field, a field given twice and a missing field are found")
  func fields() throws {
    try trial.english("\nn 410", "\nm 410").expect("field-unknown", at: "m 410")
    try trial.english("\nn 410", "\nn 410\nn 410").expect("field-twice", at: "n 410")
    try trial.english("cohort first\n", "").expect("field-missing", at: "```evidence trial.pfs")
  }

  @Test("a condition in the shell's phrases is found, and its canonical form given")
  func canonical() throws {
    let broken = trial.english("when size > 2 cm", "when MEN1 and size above 2 cm")
    try broken.expect("condition-form", at: "when MEN1")
    #expect(try broken.faults().first?.help.map(\.english) == ["men1 and size > 20 mm"])
  }
}
