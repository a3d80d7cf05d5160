import Reports
import Testing
import Wording

@Suite("Doses that the text doesn't give are refused, and nothing changes")
struct DoseRefusalTests {
  @Test("the misprinted infusion rate: the erratum, the reading and what to try; the typed line is not quoted")
  func implausible() throws {
    var shell = try Shell(.english, "patient 54F, insulinoma")
    #expect(
      try shell.refusal("give octreotide infusion 50 mg/h") == """
        error[dose.implausible]  octreotide infusion, the dose as typed
          P100 prints 50 mg per hour; erratum E01 reads 50 micrograms per hour (else 1200 times the ceiling in P018).
          Nothing was given. Try: give octreotide infusion 50 micrograms per hour

        """)
    #expect(try shell.refusal("give octreotide infusion 50 mg per hour anyway").hasPrefix("error[dose.implausible]"))
    #expect(try shell.refusal("give octreotide infusion 0.05 g/h").hasPrefix("error[dose.implausible]"))
    try shell.run("give octreotide infusion 50 micrograms per hour")
  }

  @Test("on a narrow screen the printed rate, its erratum and the reading stay on one line")
  func narrow() throws {
    var shell = try Shell(.english, "patient 54F, insulinoma")
    let error = try #require(shell.session.run("give octreotide infusion 50 mg/h").report.errors.first)
    for columns in [30, 40, 60, 80] {
      let lines = error.text(TextStyle(columns: columns, isColoured: false), .english).split(separator: "\n")
      for line in lines where line.contains("50 mg") {
        #expect(line.contains("E01") && line.contains("50 micrograms"), "\(columns): \(line)")
      }
    }
  }

  @Test("the same in Greek")
  func implausibleInGreek() throws {
    var shell = try Shell(.greek, "ασθενής 54 γυναίκα, ινσουλίνωμα")
    #expect(
      try shell.refusal("δώσε έγχυση οκτρεοτίδης 50 mg/ώρα") == """
        error[dose.implausible]  συνεχής έγχυση οκτρεοτίδης, η δόση όπως γράφτηκε
          Η P100 γράφει 50 mg ανά ώρα· το παρόραμα E01 διαβάζεται 50 μικρογραμμάρια ανά ώρα (αλλιώς 1200 φορές το όριο της P018).
          Δεν χορηγήθηκε τίποτα. Δοκιμάστε: δώσε συνεχής έγχυση οκτρεοτίδης 50 μικρογραμμάρια ανά ώρα

        """)
    try shell.run("δώσε συνεχής έγχυση οκτρεοτίδης 50 μικρογραμμάρια ανά ώρα")
  }

  @Test("an amount that is not in the list: what the text gives, and the nearest")
  func list() throws {
    var shell = try Shell(.english, "patient 54F, glucagonoma, end-of-interval-symptoms no")
    #expect(
      try shell.refusal("give octreotide LAR 40 mg every 4 weeks") == """
        error[dose.amount]  The text doesn't give octreotide LAR 40 mg every 4 weeks.
            give octreotide LAR 40 mg every 4 weeks
                                ^^^^^^^^^^^^^^^^^^^
          P018 gives: 10, 20 or 30 mg every 4 weeks
          Nothing was given. Nearest: give octreotide LAR 30 mg every 4 weeks; or add anyway to record a deviation.

        """)
  }

  @Test("a daily total below and above the range")
  func totals() throws {
    var shell = try Shell(.english, "patient 54F, insulinoma")
    #expect(
      try shell.refusal("give diazoxide 300 mg three times a day") == """
        error[dose.total]  diazoxide 300 mg three times a day is 900 mg a day, outside what the text gives.
            give diazoxide 300 mg three times a day
                           ^^^^^^^^^^^^^^^^^^^^^^^^
          P038 gives: 200 to 600 mg a day by mouth
          Nothing was given. Nearest: give diazoxide 600 mg a day; or add anyway to record a deviation.

        """)
    #expect(try shell.refusal("give diazoxide 50 mg tds").hasPrefix("error[dose.total]  diazoxide 50 mg three times a day is 150 mg a day, below"))
    #expect(try shell.refusal("give diazoxide 100 mg").contains("Add how often it is given"))
    #expect(try shell.run("give diazoxide 100 mg tds").strings("notices") == ["dose.total"])
    // One dose a day is its own total, a rate has none.
    #expect(try shell.run("give diazoxide 300 mg once a day").strings("notices") == [])
    try shell.run("give diazoxide 200 mg tds")
    try shell.run("give diazoxide 200 mg daily")
  }

  @Test(
    "each kind of refusal has its code",
    arguments: [
      ("give octreotide LAR 20 mg monthly", "dose.interval"), ("give octreotide LAR 20 mg every 2 weeks", "dose.interval"),
      ("give octreotide LAR 20 mg daily", "dose.interval"), ("give octreotide LAR", "dose.missing"),
      ("give octreotide LAR q4w", "dose.amount"), ("give octreotide LAR 20 GBq q4w", "dose.unit"),
      ("give everolimus 5 mg twice a day", "dose.frequency"), ("give everolimus 5 mg daily", "dose.amount"),
      ("give sunitinib 50 mg daily", "dose.amount"), ("give sunitinib 37.5 mg daily iv", "dose.route"),
      ("give interferon 5 MU daily", "dose.frequency"), ("give interferon 6 MU three times a week", "dose.amount"),
      ("give interferon 2 MU tiw", "dose.amount"), ("give mibg 5 GBq", "dose.amount"), ("give mibg 12 GBq", "dose.amount"),
      ("give mibg 7.4 GBq every 2 months", "dose.interval"), ("give octreotide infusion 100 micrograms per hour", "dose.amount"),
      ("give octreotide infusion 50 micrograms tds", "dose.frequency"), ("give octreotide 100 micrograms once a day", "dose.frequency"),
      ("give rescue octreotide 600 micrograms twice a day", "dose.total"), ("give diazoxide 300", "dose.unit-missing"),
      ("give somatostatin analogue 20 mg", "therapy.group"), ("give enucleation", "therapy.act"), ("perform octreotide LAR", "therapy.act"),
      ("give MDT", "therapy.act"), ("perform enucleation 20 mg", "dose.unexpected"), ("stop everolimus", "therapy.not-on"), ("stop", "stop.what"),
      ("order enucleation", "test.unknown"), ("arrange CT", "setting.unknown"),
    ])
  func codes(_ line: String, _ code: String) throws {
    var shell = try Shell(.english, "patient 54F, insulinoma")
    #expect(try shell.refusal(line).hasPrefix("error[\(code)]"), "\(line)")
  }

  @Test(
    "what the text gives, or gives no dose of, passes with its notices",
    arguments: [
      ("give octreotide LAR 10 mg q4w", [String]()), ("give octreotide LAR 30 mg q4w", ["dose.start-low"]),
      ("give lanreotide Autogel 90 mg every 28 days", ["dose.start-low"]), ("give octreotide LAR 10 mg", ["dose.interval-not-said"]),
      ("give everolimus 10 mg once daily", []), ("give sunitinib 37.5 mg daily", []), ("give interferon 3 MU tiw sc", []),
      ("give mibg 7.4 GBq", ["dose.interval-not-said"]), ("give mibg 11.2 GBq every 6 months", []), ("give ppi", ["dose.not-in-text"]),
      ("give ppi 40 mg bd", ["dose.not-in-text", "dose.total"]), ("give lanreotide LA 30 mg every 2 weeks", ["dose.not-in-text"]),
      ("give octreotide infusion 50 micrograms/h", ["dose.rate-not-in-text"]), ("give octreotide infusion", ["dose.rate-not-in-text"]),
      ("give rescue octreotide 500 micrograms twice a day", ["dose.total"]),
      ("give octreotide LAR 40 mg q4w anyway", ["dose.deviation"]),
      ("give octreotide LAR 10 mg q4w anyway", ["dose.no-deviation"]),
    ])
  func passes(_ line: String, _ notices: [String]) throws {
    var shell = try Shell(.english, "patient 54F, insulinoma")
    #expect(try shell.run(line).strings("notices") == notices, "\(line)")
  }

  @Test(
    "what islet itself queries, though the text says nothing against it, is kept with the anyway that let it through",
    arguments: ["give ondansetron 37.5 mg daily", "give everolimus 10 mg subcutaneously once daily"])
  func queried(line: String) throws {
    var shell = try Shell(.english, "patient 54F, insulinoma")
    _ = try shell.refusal(line)
    let answer = shell.session.run(line + " anyway")
    #expect(answer.report.errors.isEmpty && !answer.report.strings("notices").contains("dose.no-deviation"), "\(answer.report)")
    var other = try Shell(.english, "patient 54F, insulinoma")
    try other.run(#require(answer.canonical))
    #expect(try other.patient == shell.patient)
  }

  @Test("octreotide beside a long-acting analogue is rescue: about 1 mg a day is its ceiling, not the infusion's")
  func rescue() throws {
    var shell = try Shell(.english, "patient 54F, glucagonoma", "give octreotide LAR 10 mg q4w")
    #expect(try shell.refusal("give octreotide 500 micrograms three times a day").hasPrefix("error[dose.total]"))
    #expect(try shell.run("give octreotide 300 micrograms three times a day").strings("notices") == ["dose.purpose", "dose.total"])
    try shell.run("give octreotide infusion 50 micrograms per hour")
  }

  @Test("a second dose before the text's interval has passed is refused; anyway records a deviation")
  func early() throws {
    var shell = try Shell(.english, "patient 54F, gastrinoma", "give mibg 7.4 GBq", "advance 2 months")
    #expect(
      try shell.refusal("give mibg 7.4 GBq") == """
        error[dose.early]  It is too early for 131I-MIBG: the last was on 2012-01-01.
          P070 gives: 7.4 to 11.2 GBq every 3 to 6 months
          Nothing was given. The text gives it from 2012-04-01 on; add anyway to record a deviation.

        """)
    #expect(try shell.run("give mibg 7.4 GBq anyway").strings("notices").contains("dose.deviation"))
  }

  @Test("stop without a drug lists what the patient is on")
  func stop() throws {
    var shell = try Shell(.english, "patient 54F, insulinoma", "give diazoxide 100 mg tds")
    #expect(try shell.refusal("stop") == "error[stop.what]  Stop what?\n  The patient is on: diazoxide 100 mg three times a day\n")
  }

  @Test("a deviation is recorded by its canonical form, and comes back from it")
  func deviation() throws {
    var shell = try Shell(.english, "patient 54F, glucagonoma")
    #expect(shell.session.run("give octreotide LAR 40 mg q4w anyway").canonical == "give octreotide-lar 40 mg every 4 weeks anyway")
    var again = try Shell(.english, "patient 54F, glucagonoma", "give octreotide-lar 40 mg every 4 weeks anyway")
    #expect(try again.patient.events == (try shell.patient).events)
    #expect(try again.run("timeline").text(.plain).contains("(deviation)"))
  }
}
