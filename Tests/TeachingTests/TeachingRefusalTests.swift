import Sessions
import Teaching
import Testing
import Wording

/// Whether an error says in both languages what was read, and what to try.
private func teaches(_ error: Diagnostic, _ read: String) -> Bool {
  !error.help.isEmpty && error.help.allSatisfy { !$0.english.isEmpty && !$0.greek.isEmpty } && error.message.english != error.message.greek
    && (read.isEmpty || error.message.english.contains(read) && error.message.greek.contains(read))
}

@Suite("What teaching refuses says why, and changes nothing")
struct TeachingRefusalTests {
  @Test(
    "a condition that isn't one, a word that is none, a case that isn't there", arguments: Language.allCases,
    [
      ("expect 14", "number.bare", "14"), ("expect men1 and -3", "number.bare", "-3"), ("expect men1 or", "condition.incomplete", ""),
      ("expect not", "condition.incomplete", ""), ("expect (men1", "condition.incomplete", ""), ("expect men1 )", "condition.syntax", ")"),
      ("expect men1 size > 2 cm", "condition.syntax", "size"), ("scenario nonsense", "scenario.word", "nonsense"),
      ("play nonsense", "case.unknown", "nonsense"), ("play fasting-hypoglycemia", "case.unknown", "fasting-hypoglycemia"),
    ])
  func lines(language: Language, given: (line: String, code: String, read: String)) throws {
    var shell = Session(world: try world(), language: language)
    _ = shell.run("patient 54F")
    let before = shell.state
    var told: Answer?
    shell.run(given.line, NoOutside()) { told = $0 }
    let error = try #require(told?.report.errors.first)
    #expect(told?.report.errors.map(\.code) == [given.code], "\(given.line)")
    #expect(teaches(error, given.read), "\(given.line): \(error)")
    #expect(shell.state.roster == before.roster && shell.responder == nil)
    // What is nearly a case is offered.
    if given.line.contains("hypoglycemia") { #expect(error.help.contains { $0[language].contains("fasting-hypoglycaemia") }) }
  }

  @Test(
    "a name for a case has lower-case letters, digits and hyphens", arguments: ["", "My-Case", "-x", "ένα", "a b", "a/b", String(repeating: "a", count: 61)])
  func names(name: String) throws {
    let error = try #require(throws: Diagnostic.self) { try NewScenario.check(name: name) }
    #expect(error.code == "case.name" && teaches(error, name))
    try NewScenario.check(name: "my-case-2")
  }

  @Test("a name in a case's file, and a rule that a path's line teaches, are said with their line")
  func files() throws {
    let text = try fixture("small-insulinoma")
    let label = try #require(try faults(text.replacing("label corrected", "label Corrected")).first { $0.code == "case.name" })
    #expect(label.line == 27 && !label.help.isEmpty)
    let rule = try #require(try faults(text.replacing("  order fasting glucose\n", "  order fasting glucose teaches no.such-rule\n")).first)
    #expect(rule.code == "case.rule" && rule.line == 39 && teaches(rule, "no.such-rule"))
    #expect(try faults(text.replacing("  perform enucleation\n", "  perform enucleation teaches surgery.enucleation\n")) == [])
  }

  @Test("a case for other chapters says which, and what to do", arguments: [("guideline 0", "older"), ("guideline 2", "newer")])
  func chapters(line: String, what: String) throws {
    let text = try fixture("small-insulinoma").replacing("guideline 1", line)
    let outcome = FileCheck(try world(), seconds: { 0 }).check(Array(text.utf8), file: "a.islet")
    if line == "guideline 0" {
      // Versions begin at 1.
      #expect(outcome.faults.map(\.code) == ["case.number"])
    } else {
      let error = try #require(outcome.faults.first { $0.code == "case.guideline" })
      #expect(teaches(error, "2") && error.help.contains { $0.english.contains(what) })
    }
  }

  private let script = "patient \"Maria\" age 54 years, sex is female, syndrome is insulinoma, size 21 mm\nrecommend surgery\nshow\n"

  private func compared(_ now: String, _ blessed: String) throws -> [Diagnostic] {
    let check = FileCheck(try world(), seconds: { 0 })
    let text = Blessing.text(check.check(Array(blessed.utf8), file: "a.islet").told, before: nil, because: "read by hand")
    var outcome = check.check(Array(now.utf8), file: "a.islet")
    outcome.compare(with: Array(text.utf8), file: "a.islet")
    return outcome.faults
  }

  @Test("a command that was blessed and is gone, and one that is new, are named")
  func blessings() throws {
    let shorter = script.replacing("show\n", "")
    let gone = try compared(shorter, script)
    #expect(gone.map(\.code) == ["bless.gone"] && gone.allSatisfy { teaches($0, "show") })
    let new = try compared(script, shorter)
    #expect(new.map(\.code) == ["bless.new"] && new.allSatisfy { teaches($0, "show") && $0.line == 3 })
  }

  @Test(
    "a line that is no blessed answer is refused with its line", arguments: ["nonsense", "{}", "{\"command\":\"show\",\"code\":\"\",\"meaning\":{}}", "[1]"])
  func blessed(line: String) throws {
    let fine = "{\"command\":\"show\",\"code\":\"\",\"meaning\":{},\"because\":\"read\"}"
    let error = try #require(throws: Diagnostic.self) { try Blessing(Array("\(fine)\n\(line)\n".utf8), file: "a.blessed.jsonl") }
    #expect(error.code == "bless.line" && error.file == "a.blessed.jsonl" && error.line == 2 && teaches(error, ""))
    #expect(try Blessing(Array((fine + "\n").utf8), file: "a").lines.map(\.because) == ["read"])
  }
}
