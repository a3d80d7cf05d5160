import Testing

@Suite("The lint of headings, companions and numbers")
struct CheckTextTests {
  private let trial = TrialChapter()

  @Test("a chapter in order has no fault")
  func clean() throws { #expect(try trial.faults() == []) }

  @Test("a chapter without its Greek companion is found")
  func missingCompanion() throws {
    var alone = trial
    alone.greekFile = nil
    let faults = try alone.faults()
    #expect(faults.map(\.code) == ["check.companion"])
    #expect(faults.first?.message.english == "The chapter 01-trial has no Greek companion 01-trial.el.md.")
    #expect(faults.first?.message.greek == "Το κεφάλαιο 01-trial δεν έχει ελληνικό αντίστοιχο 01-trial.el.md.")
  }

  @Test("a heading without a Greek one is found")
  func missingHeading() throws {
    let broken = trial.greek("<a id=\"trial.dose\"></a>", "<a id=\"trial.doses\"></a>")
    let faults = try broken.faults()
    #expect(faults.map(\.code) == ["check.companion", "check.companion"])
    #expect(faults.map(\.file) == ["chapters/01-trial.el.md", "chapters/01-trial.md"])
  }

  @Test("an anchor line that differs between the languages is found")
  func differingAnchor() throws { try trial.greek("F002 F003 · P002", "F002 · P002").expect("anchor", at: "F002 · P002", inGreek: true) }

  @Test("a heading without an anchor line is found in the companion, and refuses the chapter where a block stands under it")
  func withoutAnchor() throws {
    let faults = try trial.greek("<a id=\"trial.survival\"></a> F002 F003 · P002\n", "").faults().filter { $0.code == "check.anchor" }
    #expect(faults.contains { $0.message.english.hasSuffix("has no anchor line.") && $0.message.greek.hasSuffix("δεν έχει γραμμή αγκύρωσης.") })
    #expect(try trial.english("<a id=\"trial.large\"></a> F001 · P001\n", "").refusal()?.code == "chapter.format")
  }

  @Test("headings in another order are found")
  func order() throws {
    let text = trial.greekFile ?? ""
    let first = try #require(text.range(of: "## Επιβίωση"))
    let second = try #require(text.range(of: "## Δόσεις"))
    var broken = trial
    broken.greekFile = String(text[..<first.lowerBound] + text[second.lowerBound...] + text[first.lowerBound..<second.lowerBound])
    try broken.expect("order", at: "Δόσεις", inGreek: true)
  }

  @Test("a heading without a title, or without a Greek one, is found")
  func titles() throws {
    try trial.greek("## Επιβίωση", "## Survival").expect("title", at: "## Survival", inGreek: true)
    try trial.english("el Ανταπόκριση", "el Response").expect("title", at: "el Response")
  }

  @Test("a chapter without a topic is found")
  func topic() throws {
    let faults = try trial.both("P003 · surgery", "P003 · cooking").faults()
    #expect(faults.map(\.code) == ["check.topic", "check.topic"])
  }

  @Test("a heading without prose is found")
  func prose() throws {
    try trial.greek("Όγκος άνω των 2 cm εκτέμνεται.\n", "").expect(
      "prose", at: "Μεγάλοι όγκοι", inGreek: true, beside: ["numbers-differ", "number-not-in-prose"])
  }

  @Test("a fact under two headings is found, and the first heading named")
  func factTwice() throws {
    let broken = trial.both("F004 F005 · P003", "F004 F005 F001 · P003")
    try broken.expect("fact-twice", at: "F004 F005 F001")
    #expect(try broken.faults().first?.message.english == "F001 appears under trial.dose and under trial.large.")
  }

  @Test("an id that is taken already is found")
  func idTwice() throws { try trial.english("```evidence trial.response", "```evidence trial.pfs").expect("id-twice", at: "```evidence") }

  @Test("a number that only one language has is found")
  func languages() throws {
    let broken = trial.greek("410 ασθενείς", "401 ασθενείς")
    let faults = try broken.faults()
    #expect(Set(faults.map(\.code)) == ["check.numbers-differ", "check.number-not-in-prose"])
    #expect(
      faults.first?.message.english == "The numbers under trial.survival differ: English only 410, Greek only 401.")
  }

  @Test("a decimal comma is found in either language")
  func comma() throws {
    let faults = try trial.greek("11.0 μήνες", "11,0 μήνες").faults()
    #expect(faults.contains { $0.code == "check.decimal-comma" && $0.file == "chapters/01-trial.el.md" })
    let thousands = try trial.english("handling-en only", "handling-en at 1,000 only").faults()
    #expect(thousands.contains { $0.code == "check.decimal-comma" && $0.file == "chapters/01-trial.md" })
  }

  @Test("a number of a block that the prose doesn't have is found in each language")
  func blockNumbers() throws {
    let broken = trial.english("value 20 %", "value 21 %")
    try broken.expect("number-not-in-prose", at: "value 21 %")
    #expect(try broken.faults().count == 2)
    try trial.english("when size > 2 cm", "when size > 3 cm").expect("number-not-in-prose", at: "when size > 3 cm")
  }

  @Test("titles whose numbers differ between the languages are found")
  func titleNumbers() throws {
    try trial.english("el Εκτομή πάνω από 2 cm", "el Εκτομή").expect("numbers-differ", at: "el Εκτομή")
  }

  @Test("a block in the Greek companion is found")
  func greekBlock() throws {
    let broken = trial.greek("## Δόσεις", "```evidence trial.other\nen Other\n```\n\n## Δόσεις")
    try broken.expect("companion", at: "```evidence trial.other", inGreek: true)
  }
}
