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
}
