import Cohorts
import Commands
import Guideline
import Reports
import Sessions
import Testing
import Wording

@Suite("simulate")
struct SimulateTests {
  static let drugs = ["octreotide-lar", "sunitinib", "everolimus"]

  private func survival(_ reply: Reply) throws -> (figure: Figure, curves: SurvivalCurves) {
    for case .figure(let figure) in reply.report.blocks {
      if case .survival(let curves) = figure.content { return (figure, curves) }
    }
    throw Missing.figure
  }

  private enum Missing: Error { case figure }

  /// The errors as the shell prints them.
  private func message(_ reply: Reply) -> String { reply.report.errorText(.plain, .english) }

  @Test("every answer says trial, population, endpoint and year, and what it is not", arguments: drugs, Language.allCases)
  func sentences(drug: String, language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("simulate \(drug) n 200 seed 7")
    #expect(reply.codes == [])
    let isGreek = language == .greek
    let trial = try #require(try Guideline.embedded().publishedTrials().first { $0.evidence.therapies == [drug] }).evidence
    let (figure, _) = try survival(reply)
    for text in [reply.text, figure.notes.map(\.string).joined(separator: "\n"), reply.report.markdown] {
      #expect(text.contains(trial.population[language]))
      #expect(text.contains(trial.endpoint.name[language]))
      #expect(text.contains(try #require(trial.published.map { isGreek ? "δημοσίευση \($0) (εκτός κειμένου)" : "published \($0) (background)" })))
      #expect(text.contains(isGreek ? "δεν είναι συνολική επιβίωση ούτε πρόγνωση" : "not survival, not a prognosis"))
      #expect(text.contains(isGreek ? "σύμφωνη με τη δημοσιευμένη σύνοψη" : "consistent with the published summary"))
    }
    let names = [
      "octreotide-lar": ("PROMID", "PROMID"), "sunitinib": ("Sunitinib: the phase III trial", "φάσης III"),
      "everolimus": ("Everolimus: the phase III trial", "φάσης III"),
    ]
    #expect(reply.text.contains(try #require(isGreek ? names[drug]?.1 : names[drug]?.0)))
    #expect(reply.data["is_not"] == .strings(["survival", "prognosis"]))
    #expect(reply.data["evidence"]?["published"] != nil)
  }

  @Test("octreotide LAR stands with time to progression in midgut NET (E14), sunitinib with the median (E15)", arguments: Language.allCases)
  func errata(language: Language) throws {
    var shell = try Shell(language)
    let octreotide = shell.ask("simulate octreotide-lar n 200 seed 7")
    #expect(octreotide.data["evidence"]?["endpoint"] == .string("time-to-progression"))
    #expect(octreotide.text.contains("E14"))
    #expect(octreotide.text.contains(language == .greek ? "έμμεσα για παγκρεατικό όγκο" : "indirect for a pancreatic tumour"))
    #expect(shell.ask("simulate sunitinib n 200 seed 7").text.contains("E15"))
  }

  @Test("everolimus has a shape derived from two summaries and the published interval as a band (F321)", arguments: Language.allCases)
  func everolimus(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("simulate everolimus n 2000 seed 7")
    #expect(reply.data["model"]?["distribution"] == .string("weibull"))
    #expect(reply.data["model"]?["basis"] == .string("derived-from-summaries"))
    // ln 0.35 / ln (4.6 / 11.0) = 1.204
    #expect(reply.data["model"]?["shape"] == .number("1.2"))
    #expect(reply.data["model"]?["hazard_ratio"] == .number("0.35"))
    #expect(reply.text.contains(language == .greek ? "προκύπτει από δύο συνόψεις, δεν εκτιμήθηκε" : "derived from two summaries, not estimated"))
    let (_, curves) = try survival(reply)
    #expect(curves.arms.map(\.id) == ["everolimus", "placebo"])
    #expect(!curves.arms[0].band.isEmpty && curves.arms[1].band.isEmpty)
    #expect(reply.data["hazard_ratio"]?["low"] != nil)
  }

  @Test("the others imply a ratio by assumption alone, and get no band", arguments: ["octreotide-lar", "sunitinib"], Language.allCases)
  func assumed(drug: String, language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("simulate \(drug) n 2000 seed 7")
    #expect(reply.data["model"]?["distribution"] == .string("exponential"))
    #expect(reply.data["model"]?["hazard_ratio_in_text"] == .bool(false))
    // 6 / 14.3 and 5.5 / 11.4
    #expect(reply.data["model"]?["hazard_ratio"] == .number(drug == "sunitinib" ? "0.482" : "0.42"))
    let label = language == .greek ? "προκύπτει από την παραδοχή, δεν υπάρχει στο κείμενο" : "implied by the assumption, not in the text"
    for line in reply.text.split(separator: "\n") where line.contains("0.482") || line.contains("0.42:") { #expect(line.contains(label)) }
    #expect(reply.text.ranges(of: label).count >= 2)
    #expect(try survival(reply).curves.arms.allSatisfy(\.band.isEmpty))
    #expect(reply.data["hazard_ratio"]?["low"] == nil)
  }

  @Test("numbers at risk start with everyone, and the curves, the table and the data agree")
  func data() throws {
    var shell = try Shell()
    let reply = shell.ask("simulate everolimus n 1001 seed 7")
    let (_, curves) = try survival(reply)
    #expect(curves.arms.map { $0.atRisk.first } == [501, 500])
    for (arm, data) in zip(curves.arms, reply.list("arms")) {
      #expect(data["n"]?.plain == String(arm.count))
      #expect(data["at_risk"]?["count"]?.plains == arm.atRisk.map(String.init))
      let times = (data["kaplan_meier"]?["time"]?.plains ?? []).compactMap(Double.init)
      #expect(times.count > 20 && times == times.sorted())
      #expect(data["median"]?.plain.map { reply.text.contains($0) } == true)
    }
    #expect(reply.data["log_rank"]?["p"] == .string("< 0.001"))
    // Three figures.
    let digits = reply.data["log_rank"]?["chi_squared"]?.plain?.filter(\.isNumber) ?? ""
    #expect(digits.count <= 3 || digits.dropFirst(3).allSatisfy { $0 == "0" })
  }

  @Test("a median that is not reached prints so", arguments: Language.allCases)
  func notReached(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask(language == .greek ? "προσομοίωση everolimus n 500 σπόρος 7 έως 6 μήνες" : "simulate everolimus n 500 seed 7 until 6 months")
    #expect(reply.codes == [])
    #expect(reply.list("arms").first?["median"] == .string("not-reached"))
    #expect(reply.text.contains(language == .greek ? "δεν επιτεύχθηκε" : "not reached"))
    #expect(reply.data["follow_up"] == .number("6"))
    #expect(try survival(reply).curves.end == 6)
  }

  @Test("the same line gives the same answer in either language, another seed another")
  func seeds() throws {
    var english = try Shell(.english)
    var greek = try Shell(.greek)
    let first = english.ask("simulate octreotide LAR n 300 seed 18446744073709551615 until 1 year")
    let second = greek.ask("προσομοίωσε οκτρεοτίδη LAR n 300 σπόρος 18446744073709551615 έως 12 μήνες")
    #expect(first.codes == [] && second.codes == [])
    #expect(first.data.meaning == second.data.meaning)
    #expect(english.answers.last?.canonical == "simulate octreotide-lar n 300 seed 18446744073709551615 until 1 year")
    #expect(greek.answers.last?.canonical == english.answers.last?.canonical)
    #expect(english.ask("simulate octreotide LAR n 300 seed 2 until 1 year").data.meaning != first.data.meaning)
  }

  @Test("a study's name and a number of the last list mean its drug; what isn't said is 1000 patients and the session's seed")
  func naming() throws {
    var shell = try Shell()
    _ = shell.ask("simulate PROMID")
    #expect(shell.answers.last?.canonical == "simulate octreotide-lar n 1000 seed 1")
    let evidence = shell.ask("evidence sunitinib")
    #expect(evidence.codes == [])
    _ = shell.ask("simulate 1 n 50")
    #expect(shell.answers.last?.canonical == "simulate sunitinib n 50 seed 1")
  }

  @Test("the largest group is answered, one more is refused")
  func bounds() throws {
    var shell = try Shell()
    #expect(shell.ask("simulate everolimus n 1000000 seed 1").codes == [])
    #expect(
      message(shell.ask("simulate everolimus n 1000001 seed 1")) == """
        error[simulate.number]  A simulated group has 2 to 1000000.
            simulate everolimus n 1000001 seed 1
                                  ^^^^^^^
          For example: simulate everolimus n 1000 seed 7

        """)
    for line in ["n 1", "n 0", "n 2.5", "n 1,000", "seed 18446744073709551616", "until 101 years"] {
      #expect(shell.ask("simulate everolimus \(line)").codes == ["simulate.number"], "\(line)")
    }
  }

  @Test("a therapy without such a trial is refused, with those that have one")
  func noTrial() throws {
    var shell = try Shell()
    #expect(
      message(shell.ask("simulate lanreotide autogel n 100")) == """
        error[simulate.no-trial]  The text gives no randomised trial of lanreotide Autogel with a time for each arm, so there is nothing to draw from.
            simulate lanreotide autogel n 100
                     ^^^^^^^^^^^^^^^^^^
          It gives them for: octreotide LAR, sunitinib, everolimus

        """)
    // Historical controls are no arm of a trial.
    for drug in ["y90-dotatoc", "interferon-alpha", "resection", "octreotide"] {
      #expect(shell.ask("simulate \(drug)").codes == ["simulate.no-trial"], "\(drug)")
    }
    let unknown = shell.ask("simulate everolimos")
    #expect(unknown.codes == ["reading.ambiguous"])
    #expect(message(unknown).contains("Type: simulate everolimus"))
    #expect(message(unknown).contains("It gives them for: octreotide LAR, sunitinib, everolimus"))
  }

  @Test("what can't be read is shown, and changes nothing")
  func unread() throws {
    var shell = try Shell()
    #expect(shell.ask("simulate").codes == ["command.incomplete"])
    #expect(message(shell.ask("simulate")).contains("It gives them for: octreotide LAR, sunitinib, everolimus"))
    for line in ["n", "n 10 20", "seed 1 seed 2", "seed", "until", "n until 3 months", "n - 5"] {
      let codes = shell.ask("simulate everolimus \(line)").codes
      #expect(["simulate.unread", "simulate.number"].contains(codes.first ?? ""), "\(line)")
    }
    #expect(shell.ask("simulate everolimus until lunch").codes == ["time.unreadable"])
  }

  @Test("no answer names a patient, in any form or language", arguments: drugs, Language.allCases)
  func nameless(drug: String, language: Language) throws {
    var shell = try Shell(language)
    #expect(shell.ask("patient Zenobia 54F, syndrome is insulinoma").codes == [])
    let reply = shell.ask("simulate \(drug) n 100 seed 7")
    #expect(reply.codes == [])
    let answer = try #require(shell.answers.last)
    let json = answer.report.json(command: answer.command, patient: answer.patient, language: language).text
    let forms = [reply.text, reply.text(columns: 40), reply.text(columns: 200), reply.report.markdown, json]
    let patients = ["Zenobia", "this patient", "the patient", "αυτός ο ασθενής", "αυτού του ασθενούς", "του ασθενούς"]
    for text in forms {
      for patient in patients { #expect(!text.lowercased().contains(patient.lowercased()), "\(patient)") }
    }
    #expect(json.contains(#""patient":null"#))
    // The next answer names the patient again.
    _ = shell.ask("show")
    #expect(shell.answers.last?.patient == "Zenobia")
  }
}
