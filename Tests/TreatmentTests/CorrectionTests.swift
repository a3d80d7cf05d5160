import Measures
import Patients
import Reports
import Testing
import Wording

/// The clinical corrections that a course shows, each with a counter-case.
@Suite("Clinical corrections: time and treatment")
struct CorrectionTests {
  private func date(_ shell: Shell) throws -> String { "\(try shell.patient.today)" }

  @Test("8: time doesn't pass backwards, however the line writes it, in both languages")
  func backwards() throws {
    for (language, line) in [
      (Language.english, "advance -1 day"), (.english, "advance −2 weeks"), (.english, "advance - 3 days"), (.english, "advance 1 month -1 day"),
      (.greek, "προχώρα -1 ημέρα"),
    ] {
      var shell = try Shell(language, "patient 54F, insulinoma")
      #expect(try shell.refusal(line).hasPrefix("error[time.bounds]"), "\(line)")
    }
    // A hyphen between words is none before a number.
    var shell = try Shell(.english, "patient 54F, insulinoma")
    #expect(try shell.run("advance 2-weeks")["day"] == .integer(14))
  }

  @Test("8: in a run of monthly steps each month is counted from the day on which the run began")
  func months() throws {
    var shell = try Shell(.english, "patient 54F, insulinoma", "advance 30 days")
    #expect(try date(shell) == "2012-01-31")
    // Findings learnt on the way don't end the run.
    for (line, expected) in [
      ("advance 1 month", "2012-02-29"), ("set diarrhoea mild", "2012-02-29"), ("advance 1 month", "2012-03-31"), ("advance 1 month", "2012-04-30"),
      ("advance 2 months", "2012-06-30"), ("advance 1 month", "2012-07-31"), ("advance 1 year 7 months", "2014-02-28"), ("advance 1 month", "2014-03-31"),
    ] {
      try shell.run(line)
      #expect(try date(shell) == expected, "\(line)")
    }
    // Counter-case: any other step ends the run, and the next begins where it stands.
    shell = try Shell(.english, "patient 54F, insulinoma", "advance 30 days", "advance 29 days")
    #expect(try date(shell) == "2012-02-29")
    try shell.run("advance 1 month")
    #expect(try date(shell) == "2012-03-29")
    shell = try Shell(.english, "patient 54F, insulinoma", "advance 30 days", "advance 1 month", "advance 1 day", "advance 1 month")
    #expect(try date(shell) == "2012-04-01")
    // As planned, and taken back, the same.
    shell = try Shell(.english, "patient 54F, gastrinoma", "give octreotide LAR 20 mg every 4 weeks", "advance 30 days as planned")
    for _ in 0..<2 { try shell.run("advance 1 month as planned") }
    #expect(try date(shell) == "2012-03-31")
    shell = try Shell(.english, "patient 54F, insulinoma", "advance 30 days", "advance 1 month", "advance 1 month", "undo", "advance 1 month")
    #expect(try date(shell) == "2012-03-31")
  }

  /// The findings marked "from before" in `show`, with the therapy they are from before.
  private func before(_ shell: inout Shell) throws -> [String: String] {
    guard case .object(let fields)? = try shell.run("show")["patient_state"]?["from_before"] else { return [:] }
    var found: [String: String] = [:]
    for field in fields { if case .string(let therapy)? = field.value["therapy"] { found[field.name] = therapy } }
    return found
  }

  @Test(
    "3: what an act may have changed is from before it, and what it can't have changed isn't",
    arguments: [
      ("perform liver-resection", ["liver-metastases", "liver-lesions", "diarrhoea"], ["syndrome", "ki67", "bone-metastases"]),
      ("perform liver-transplant", ["liver-metastases", "diarrhoea"], ["syndrome"]), ("perform enucleation", ["diarrhoea"], ["liver-metastases", "ki67"]),
      ("perform rfa-laparoscopic", ["liver-lesions", "diarrhoea"], ["ki67"]), ("perform embolisation", ["liver-lesions", "diarrhoea"], ["syndrome"]),
      ("perform cholecystectomy", [], ["diarrhoea", "liver-lesions"]), ("give zinc", [], ["diarrhoea"]),
    ])
  func fromBefore(_ line: String, _ touched: [String], _ left: [String]) throws {
    var shell = try Shell(
      .english, "patient 54F, vipoma, liver mets bilobar, liver-lesions 4, diarrhoea severe, ki67 3%, bone-metastases")
    #expect(try before(&shell).isEmpty)
    let report = try shell.run(line)
    let marked = try before(&shell)
    for finding in touched { #expect(marked[finding] != nil, "\(finding)") }
    for finding in left { #expect(marked[finding] == nil, "\(finding)") }
    #expect((report["from_before"] == nil) == touched.isEmpty)
    // It stays stated; learnt again it is of now.
    #expect(try shell.stated().contains("diarrhoea is severe"))
    try shell.run("set diarrhoea is severe")
    #expect(try before(&shell)["diarrhoea"] == nil)
  }

  @Test("3: show and timeline say so in words, in both languages")
  func fromBeforeInWords() throws {
    for (language, line, said) in [
      (Language.english, "perform liver resection", "from before liver resection"), (.greek, "εκτέλεσε ηπατεκτομή", "πριν από: ηπατεκτομή"),
    ] {
      var shell = try Shell(language, "patient 54F, vipoma, liver mets bilobar")
      try shell.run(line)
      for question in ["show", "timeline"] { #expect(try shell.run(question).text(.plain).contains(said), "\(question)") }
    }
  }

  @Test("7: what was learnt before a drug was stopped, or the liver operated on, contradicts nothing learnt after it")
  func earlierIsNoContradiction() throws {
    var shell = try Shell(
      .english, "patient 61M, gastrinoma, liver mets bilobar, liver-lesions 4, Essen type 2", "give octreotide LAR 20 mg every 4 weeks",
      "set flare, ssa-response partial, end-of-interval-symptoms")
    #expect(try shell.refusal("set ssa none").hasPrefix("error[finding.contradiction]"))
    #expect(try shell.run("stop octreotide LAR").strings("sets").contains("ssa is none"))
    #expect(Set(try before(&shell).keys) == ["flare", "ssa-response", "end-of-interval-symptoms"])
    // Said again for now, it is one.
    #expect(try shell.refusal("set flare").hasPrefix("error[finding.contradiction]"))
    #expect(try shell.refusal("set liver mets none").hasPrefix("error[finding.contradiction]"))
    try shell.run("perform liver resection")
    try shell.run("set liver mets none")
    #expect(try shell.refusal("set liver-lesions 2").hasPrefix("error[finding.contradiction]"))
  }

  @Test("3: a drug stopped with progression is known as stopped for it; stopped without, or given again, it isn't")
  func stoppedForProgression() throws {
    func stopped(_ lines: String...) throws -> [String: Int] {
      var shell = try Shell(.english, "patient 61M, gastrinoma, liver mets bilobar")
      for line in lines { try shell.run(line) }
      return try shell.session.world.guideline.course.stoppedForProgression(try shell.patient)
    }
    let give = "give everolimus 10 mg once daily"
    #expect(try stopped(give, "advance 3 months", "set progression-12-months", "stop everolimus") == ["everolimus": 91])
    #expect(try stopped(give, "advance 3 months", "stop everolimus", "set rapid-progression") == ["everolimus": 91])
    #expect(try stopped(give, "advance 3 months", "stop everolimus").isEmpty)
    #expect(try stopped("set progression-12-months", give, "advance 3 months", "stop everolimus").isEmpty)
    #expect(try stopped(give, "advance 3 months", "stop everolimus", "advance 1 month", "set progression-12-months").isEmpty)
    #expect(try stopped(give, "set progression-12-months", "stop everolimus", give).isEmpty)
  }
}
