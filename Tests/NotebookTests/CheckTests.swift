import Commands
import Notebooks
import Reports
import Sessions
import Teaching
import Testing
import Wording

@Suite("Checking a notebook")
struct CheckTests {
  static let text = "# T\n\n```islet\npatient A 54F, insulinoma\n```\n\n```islet\nrecommend drugs\n```\n\n```islet\nwhy diazoxide\n```\n"

  private func blessed(_ text: String) throws -> String { Blessing.text(try check(text).told, before: nil, because: "test") }

  @Test("an edited cell makes stale what is below it and nothing above")
  func stale() throws {
    let kept = try filled(Self.text)
    #expect(try check(kept).faults == [])
    let edited = kept.replacing("recommend drugs", with: "recommend surgery")
    let places = try notebook(edited).cells.filter(\.isStale).map(\.number)
    #expect(places == [2, 3])
    let faults = try check(edited).faults
    #expect(
      faults.map { $0.text(.plain, .english) } == [
        """
        error[notebook.stale]  The output is stale: this cell, or one above it, was edited since.
          a.md:11, cell 2
          Also stale: cell 3
          Refill it: islet run FILE --write

        """
      ])
    #expect(try check(kept.replacing("# T", with: "# Another title")).faults == [])
    #expect(try check(filled(edited)).faults == [])
  }

  @Test("an output that is missing or that was changed by hand is found")
  func tampered() throws {
    let kept = try filled(Self.text)
    #expect(try check(Self.text).faults == [], "a notebook may keep no outputs at all")
    let added = kept + "\n```islet\nshow\n```\n"
    #expect(try check(added).faults.map(\.code) == ["notebook.output-missing"])
    let changed = kept.replacing("200 to 600 mg", with: "200 to 900 mg")
    try #require(changed != kept)
    for meaning in [nil, try blessed(Self.text)] {
      #expect(try Set(check(changed, blessed: meaning).faults.map(\.code)) == ["notebook.output-differs"])
    }
  }

  @Test("a note that a cell leaves is told where islet doesn't know its words, and a fault where --strict asks for it")
  func noted() throws {
    func text(_ findings: String) -> String {
      "# T\n\n```islet\npatient A 54F, insulinoma, \(findings)\n```\n\n```islet\npatient B 61M\nuse A\n```\n"
    }
    let strange = try check(text("blorptic"))
    #expect(strange.faults == [] && strange.notices.map(\.english) == ["line 4: noted “blorptic”, not understood"])
    #expect(try check(text("blorptic"), isStrict: true).faults.map { "\($0.code) \($0.line ?? 0) \($0.cell ?? 0)" } == ["check.noted 4 1"])
    #expect(try check(text("possible MEN1"), isStrict: true).faults.map(\.code) == ["check.noted"])
    #expect(try check(text("ECOG 1"), isStrict: true).faults == [])
    #expect(try check(text("ECOG 1")).notices == [])
    // What says itself that it is noted was meant so.
    #expect(try check(text("noted not-understood \"blorptic\""), isStrict: true).faults == [])
  }

  @Test("words may change where the meaning is blessed")
  func reworded() throws {
    let kept = try filled(Self.text).replacing("Diazoxide for insulinoma", with: "Diazoxide in insulinoma")
    let line = try #require(try blessed(Self.text).firstMatch(of: /"words":"[0-9a-f]+"/)?.0)
    let older = try blessed(Self.text).replacing(line, with: "\"words\":\"0000000000000000\"")
    let outcome = try check(kept, blessed: older)
    #expect(outcome.faults == [])
    #expect(outcome.notices.count == 2)
  }

  @Test("a changed meaning fails and names the rule")
  func meaning() throws {
    let other = try blessed(Self.text).replacing("\"rule\":\"insulinoma.diazoxide\",", with: "\"rule\":\"insulinoma.diazoxide\",\"level\":9,")
    let faults = try check(filled(Self.text), blessed: other).faults
    #expect(!faults.isEmpty && faults.allSatisfy { $0.code == "bless.changed" })
    let lines = try filled(Self.text).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(faults.map(\.cell) == [2, 3])
    #expect(faults.compactMap { $0.line.map { lines[$0 - 1] } } == ["recommend drugs", "why diazoxide"])
    #expect(faults.contains { $0.help.contains { $0.english.contains("insulinoma.diazoxide") } })
  }

  @Test("a session is exported as a notebook that passes, in both languages", arguments: Language.allCases)
  func exported(language: Language) throws {
    var session = Session(world: try world(), language: language)
    for line in ["patient Maria 54F, insulinoma 14 mm", "recommend drugs", "evidence everolimus", "set 25 mm", "undo"] { _ = session.run(line) }
    let answer = session.run("export a.md --notebook")
    guard case .write(_, let text)? = answer.request else {
      Issue.record("nothing to write: \(answer.report.errors)")
      return
    }
    let outcome = try check(text)
    #expect(outcome.faults.map { $0.text(.plain, .english) } == [])
    #expect(try notebook(text).language == language)
    #expect(try notebook(text).cells.count == 3)
    #expect(try filled(text) == text)
    #expect(session.run("export a.html --notebook").report.errors.map(\.code) == ["export.kind"])
    #expect(session.run("export --notebook").report.errors == [])
  }
}
