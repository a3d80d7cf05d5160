import Commands
import Guideline
import Sessions
import Testing
import Wording

@Suite("A refused line says why, and changes nothing")
struct RefusalTests {
  /// Lines that stand before, the line, and its code: what the line is wrong in, by the help of its command.
  static let lines: [(before: [String], english: String, greek: String, code: String)] = [
    (["patient 54F", "recommend"], "why 99", "γιατί 99", "advice.number"),
    ([], "cite mibg.no-uptake", "cite mibg.no-uptake", "cite.background"),
    ([], "cohort 0", "πληθυσμός 0", "cohort.number"),
    ([], "cohort ten", "πληθυσμός δέκα", "cohort.number"),
    ([], "ρεψομμενδ", "ρεψομμενδ", "command.layout"),
    (["branch b", "switch main"], "compare branch b", "compare branch b", "compare.no-patient"),
    ([], "cohort n 100 by stage, sex", "πληθυσμός n 100 ανά στάδιο, φύλο", "cohort.findings"),
    ([], "cohort n 100 cross stage", "πληθυσμός n 100 διασταύρωση στάδιο", "cohort.findings"),
    (["patient 54F"], "unset \"never said\"", "unset \"ποτέ\"", "note.not-noted"),
    (["patient 54F", "note \"tired\""], "unset \"tired\" men1", "unset \"tired\" MEN1", "note.not-noted"),
    ([], "patient Insulinma 54F", "ασθενής Ινσουλίνομα 54 Γ", "patient.name-or-finding"),
    ([], "errata E99", "errata E99", "erratum.unknown"),
    (["patient 54F"], "set ,", "set ,", "finding.missing"),
    ([], "language fr", "language fr", "language.unknown"),
    ([], "save a", "save a", "save.nothing"),
    ([], "read nonsense", "read nonsense", "section.unknown"),
    (["patient 54F"], "give no octreotide", "δώσε όχι οκτρεοτίδη", "treatment.no-order"),
    (["patient 54F"], "what if the weather is fine", "what if the weather is fine", "what-if.nothing"),
  ]

  @Test("A lone mark is near to no word: nothing is proposed for it", arguments: ["unset size?", "unset size %", "unset !"], Language.allCases)
  func marks(line: String, language: Language) throws {
    var session = Session(world: World(guideline: try Guideline.embedded(), commands: .standard, version: "test"), language: language)
    #expect(session.run("patient 54F, insulinoma 14 mm").report.errors == [])
    let errors = session.run(line).report.errors
    #expect(errors.map(\.code) == ["finding.unknown"])
    #expect(errors.allSatisfy { $0.help.allSatisfy { !$0.english.contains("Did you mean") } })
    // A word that is nearly one is still proposed.
    #expect(session.run("unset sise").report.errors.first?.help.first?.english.contains("size") == true)
  }

  @Test("with its code and a message in both languages", arguments: lines.indices, Language.allCases)
  func refused(place: Int, language: Language) throws {
    let (before, english, greek, code) = Self.lines[place]
    var session = Session(world: World(guideline: try Guideline.embedded(), commands: .standard, version: "test"), language: language)
    for line in before { #expect(session.run(line).report.errors == [], "\(line)") }
    let state = session.state
    let answer = session.run(language == .english ? english : greek)
    #expect(answer.report.errors.map(\.code) == [code])
    #expect(answer.report.errors.allSatisfy { !$0.message.english.isEmpty && !$0.message.greek.isEmpty && $0.message.english != $0.message.greek })
    #expect(session.state.roster == state.roster && session.state.branches == state.branches)
    #expect(answer.canonical == nil && answer.journal == [])
  }

  @Test("a command that there isn't is said, and what to try")
  func missing() throws {
    var session = Session(world: World(guideline: try Guideline.embedded(), commands: .standard, version: "test"), language: .english)
    var told: Answer?
    session.run(CommandCall("nonsense", "54F"), NoOutside()) { told = $0 }
    let error = try #require(told?.report.errors.first)
    #expect(error.code == "command.missing" && !error.help.isEmpty)
    #expect(error.message == Words("There is no command.", "Δεν υπάρχει εντολή."))
    #expect(session.state.patient == nil)
  }
}
