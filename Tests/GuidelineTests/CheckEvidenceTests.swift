import Testing

@Suite("The lint of evidence, doses and errata")
struct CheckEvidenceTests {
  private let trial = TrialChapter()

  @Test("a hazard ratio outside its interval is found, on either side")
  func ratio() throws {
    let above = trial.english("0.35 (0.27 to 0.45)", "0.46 (0.27 to 0.45)").both("0.35", "0.46")
    try above.expect("figure", at: "hazard-ratio 0.46")
    #expect(try above.faults().first?.message.english == "trial.pfs: hazard-ratio lies outside its interval.")
    try trial.english("hazard-ratio 0.35", "hazard-ratio 0.26").both("0.35", "0.26").expect("figure", at: "hazard-ratio 0.26")
  }

  @Test("an interval that isn't in order is found")
  func interval() throws { try trial.english("(0.27 to 0.45)", "(0.45 to 0.27)").expect("figure", at: "hazard-ratio") }

  @Test("a p that is no probability and an n that counts nobody are found")
  func counts() throws {
    try trial.english("p < 0.001", "p < 1.5").both("0.001", "1.5").expect("figure", at: "p < 1.5")
    try trial.english("p < 0.001", "p 0.001").expect("figure", at: "p 0.001")
    try trial.both("410", "0").expect("figure", at: "n 0")
  }

  @Test("a year of publication after the text, or none at all, is found")
  func published() throws {
    try trial.english("p < 0.001", "p < 0.001\npublished 2013 (background)").expect("figure", at: "published 2013")
    try trial.english("p < 0.001", "p < 0.001\npublished 2011").expect("figure", at: "published 2011")
    try trial.english("p < 0.001", "p < 0.001\npublished lately").expect("figure", at: "published lately")
  }

  @Test("a percentage above 100 and a range in the wrong order are found")
  func values() throws {
    try trial.both("20%", "120%").english("value 20 %", "value 120 %").expect("figure", at: "value 120 %")
    try trial.both("20%", "20 30%").english("value 20 %", "value 30 to 20 %").expect("figure", at: "value 30 to 20 %")
    try trial.english("comparator placebo 4.6 months", "comparator placebo 4.6 years").expect("figure", at: "comparator")
  }

  @Test("an unknown endpoint, design, directness or syndrome is found")
  func words() throws {
    try trial.english("endpoint response-rate", "endpoint wellbeing").expect("evidence", at: "endpoint wellbeing")
    try trial.english("design series", "design anecdote").expect("evidence", at: "design anecdote")
    try trial.english("directness direct", "directness sure").expect("evidence", at: "directness sure")
    try trial.english("design series", "design series\nsyndrome measles").expect("evidence", at: "syndrome measles")
  }

  @Test("a cohort of two sizes is found")
  func cohort() throws {
    try trial.english("cohort second", "cohort first\nn 20").english("design series", "design randomised").english("apart F002; F003\n", "").expect(
      "cohort", at: "n 20", beside: ["cohort"])
  }

  @Test("a sentence with figures of two cohorts is found in its language")
  func sentence() throws {
    let broken = trial.greek("p κάτω από 0.001). Δεύτερη", "p κάτω από 0.001), ενώ δεύτερη")
    try broken.expect("cohorts-mixed", at: "Η επιβίωση", inGreek: true)
    #expect(try broken.faults().first?.message.english == "One sentence gives figures of different cohorts: first, second.")
  }

  @Test("figures that an erratum holds apart are found in one cohort")
  func apart() throws {
    try trial.english("cohort second", "cohort first").english("design series", "design randomised")
      .expect("cohorts-mixed", at: "apart F002; F003")
  }

  @Test("a frequency, a severity and a length of time that are none are found")
  func adverse() throws {
    try trial.english("frequency 10 %", "frequency often").expect("figure", at: "frequency often")
    try trial.english("severity 3-4", "severity 4-3").expect("figure", at: "severity 4-3")
    try trial.english("severity 3-4", "severity 3-4\nonset 3 sizes").expect("figure", at: "onset 3 sizes")
  }

  /// A dose, and what is said of it: each fault once, and nothing of what is fine.
  static let doses: [(dose: String, said: [String])] = [
    ("50 micrograms per hour", []), ("50 to 100 micrograms a day", []), ("0.5 mg a day", []), ("1.05 mg a day", []), ("3.5 million units", []),
    ("50 µg per hour", ["the micro sign; write micrograms"]), ("50 mcg per hour", ["the abbreviation “mcg”; write it in words"]),
    ("50 micrograms/h", ["the rate “micrograms/h”; write per hour or a day"]), ("50 mg/kg", ["a slash in “mg/kg”"]),
    ("50 IU per hour", ["“IU”; write units"]), ("50IU per hour", ["“50IU”; write units"]), ("50 U per hour", ["the abbreviation “U”; write it in words"]),
    ("< 50 micrograms", ["< or >; write it in words"]), ("50mg per hour", ["no space before the unit in “50mg”"]),
    ("50 micrograms q4w", ["“q4w”; write the interval in words"]), ("50 micrograms tds", ["the abbreviation “tds”; write it in words"]),
    ("50.0 micrograms", ["a trailing zero in “50.0”"]), (".5 micrograms", ["“.5” without a leading zero"]),
    (
      "50 mcg/h, 1.0mg",
      [
        "the rate “mcg/h”; write per hour or a day", "a trailing zero in “1.0mg”", "no space before the unit in “1.0mg”",
      ]
    ),
  ]

  @Test("dose text that safe-dose notation forbids is found, each fault once", arguments: doses)
  func notation(_ dose: String, _ said: [String]) throws {
    let faults = try trial.english("en 50 micrograms per hour (E01)", "en \(dose) (E01)").faults().filter { $0.code == "check.dose-notation" }
    #expect(faults.map(\.message.english) == said.map { "The dose text has \($0)." }, "\(dose)")
  }

  @Test("what can be misread as a dose is found wherever it stands, in either language", arguments: ["µg", "μg", "IU", "mg/h", "/day"])
  func anywhere(_ sign: String) throws {
    try trial.english("in 10% of patients.", "in 10% of patients, not \(sign).").expect("dose-notation", at: "not \(sign).")
    try trial.greek("στο 10% των ασθενών.", "στο 10% των ασθενών, όχι \(sign).").expect("dose-notation", at: "όχι \(sign).", inGreek: true)
    try trial.english("in 10% of patients.", "in 10% of patients, not units per hour.").expectCodes([])
  }

  @Test("a trailing zero and a missing leading zero are found in an amount")
  func zeros() throws {
    let trailing = try trial.english("amount 50 micrograms", "amount 50.0 micrograms").faults().filter { $0.code == "check.dose-notation" }
    #expect(trailing.map(\.message.english) == ["The dose text has a trailing zero in “50.0”."])
    let leading = try trial.english("amount 50 micrograms", "amount .5 micrograms").faults().filter { $0.code == "check.dose-notation" }
    #expect(leading.map(\.message.english) == ["The dose text has “.5” without a leading zero."])
  }

  @Test("an amount without a unit, a list out of order and an unknown route are found")
  func amounts() throws {
    try trial.english("amount 50 micrograms", "amount 50 spoons").expect("dose", at: "amount 50 spoons")
    try trial.english("amount 50 micrograms", "amount 50, 50 micrograms").expect("dose", at: "amount 50, 50")
    try trial.english("route intravenous", "route sideways").expect("dose", at: "route sideways")
  }

  @Test("a dose that names an unknown rule or group, and a misprint without its erratum, are found")
  func doseReferences() throws {
    try trial.english("route intravenous", "route intravenous\nstart-low trial.none").expect("unknown", at: "start-low trial.none")
    try trial.english("route intravenous", "route intravenous\nbeside nothing").expect("unknown", at: "beside nothing")
    try trial.english("route intravenous", "route intravenous\nmisprint 50 grams").expect("printed-value", at: "misprint 50 grams")
  }

  @Test("what islet can't read of a block is found even where no check looks")
  func unreadable() throws {
    try trial.english("route intravenous", "route intravenous\ntimes often a day").expectCodes(["chapter.dose"])
  }

  @Test("a condition of a dose or an adverse effect that no patient meets is found")
  func neverApplies() throws {
    try trial.english("route intravenous", "route intravenous\nwhen men1 and men1 no").expect("never-applies", at: "when men1")
    try trial.english("frequency 10 %", "frequency 10 %\nwhen men1 and men1 no").expect("never-applies", at: "when men1")
  }

  @Test("a printed value on a line without its erratum is found in either language")
  func printed() throws {
    let english = trial.english("en 50 micrograms per hour (E01)", "en 50 grains per hour")
    try english.expect("printed-value", at: "en 50 grains per hour", beside: ["numbers-differ"])
    #expect(try english.faults().map(\.message.english).contains("What E01 corrects (“50 grains”) appears on a line without E01."))
    try trial.greek("με 50 μικρογραμμάρια", "με 50 κόκκους, δηλαδή 50 κόκκοι,").expect(
      "printed-value", at: "κόκκοι", inGreek: true, beside: ["numbers-differ"])
  }

  @Test("an erratum's severity is A, B or C", arguments: ["A", "B", "C", "D", "a", "AB"])
  func severity(_ severity: String) throws {
    let graded = trial.english("severity A", "severity \(severity)")
    if ["A", "B", "C"].contains(severity) { return #expect(try graded.faults() == []) }
    try graded.expect("erratum", at: "severity \(severity)")
  }

  @Test("a printed line without the erratum's id and reading is found")
  func reading() throws {
    try trial.english("printed-en 50 grains per hour (E01; read: 50 micrograms per hour)", "printed-en 50 grains per hour (E01)")
      .expect("printed-value", at: "printed-en", beside: ["numbers-differ"])
  }
}
