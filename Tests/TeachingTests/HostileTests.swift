import Foundation
import Reports
import Sessions
import Teaching
import Testing
import Wording

/// A stranger's case can do nothing outside itself, and ends.
@Suite("A stranger's case")
struct HostileTests {
  private func check(_ change: (String) -> String) throws -> CheckOutcome {
    FileCheck(try world(), seconds: { 0 }).check(Array(change(try fixture("small-insulinoma")).utf8), file: "a.islet")
  }

  @Test(
    "touches no file and starts nothing, from a case or from a script",
    arguments: ["save stolen", "load /etc/passwd", "record stolen", "replay a.islet", "export stolen.html", "restore", "play other", "review"])
  func files(line: String) throws {
    let folder = FileManager.default.currentDirectoryPath
    let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(try check { $0.replacingOccurrences(of: "  order ct\n", with: "  \(line)\n") }.faults.first?.code == "case.closed")
    let script = FileCheck(try world(), seconds: { 0 }).check(Array("patient 54F, insulinoma\n\(line)\n".utf8), file: "a.islet")
    #expect(script.faults.map { "\($0.code) \($0.line ?? 0)" } == ["script.outside 2"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
  }

  @Test("has no control sequence: C0, C1 and NUL are errors with their line", arguments: ["\u{1B}[2J", "\u{0}", "\u{9B}2J", "\u{7}", "\u{7F}"])
  func controls(text: String) throws {
    let found = try faults(try fixture("small-insulinoma").replacingOccurrences(of: "Eleni faints", with: "Eleni \(text) faints"))
    #expect(found.first?.code.hasPrefix("input.") == true)
    #expect((found.first?.line ?? 0) > 1)
    #expect(found.first.map { !$0.message.english.unicodeScalars.contains { $0.value < 0x20 } } == true)
  }

  @Test("can't turn the direction of what is read")
  func direction() throws {
    let scenario = try scenario("small-insulinoma") { $0.replacingOccurrences(of: "A small insulinoma", with: "A \u{202E}small\u{2066} insulinoma") }
    #expect(scenario.title.english == "A small insulinoma")
  }

  @Test("is bounded in bytes, lines, characters in a line and nesting")
  func bounds() throws {
    let text = try fixture("small-insulinoma")
    let left = ScriptBounds.lines - text.split(separator: "\n", omittingEmptySubsequences: false).count + 1
    #expect(try faults(text + String(repeating: "# filler\n", count: left)).isEmpty)
    #expect(try faults(text + String(repeating: "# filler\n", count: left + 1)).map(\.code) == ["file.too-many-lines"])
    #expect(try faults(text + String(repeating: "#", count: 1_000_001)).map(\.code) == ["file.too-long"])
    #expect(try faults(text.replacingOccurrences(of: "Eleni faints", with: String(repeating: "a", count: 10_001))).first?.code.hasPrefix("input.") == true)
    let deep = String(repeating: "(", count: 65) + "symptomatic" + String(repeating: ")", count: 65)
    #expect(try faults(text.replacingOccurrences(of: "when answer cause is vipoma", with: "when \(deep)")).isEmpty == false)
    #expect(try check { $0.replacingOccurrences(of: "expect recommend", with: "expect error a : expect error b : recommend") }.faults.isEmpty == false)
  }

  @Test("can't loop: a jump goes forward, and a line that takes too long ends the check")
  func loops() throws {
    #expect(
      try faults(try fixture("small-insulinoma").replacingOccurrences(of: "goto treat\nlabel corrected", with: "label corrected\ngoto corrected")).map(\.code)
        .contains("case.backward"))
    var now = 0.0
    let slow = FileCheck(
      try world(),
      seconds: {
        now += 3
        return now
      })
    #expect(slow.check(Array(try fixture("small-insulinoma").utf8), file: "a.islet").faults.first?.code == "script.time")
  }

  @Test("fills no memory: a patient's log is full at its bound")
  func memory() throws {
    let lines = String(repeating: "  order ct\n", count: 1_200)
    let outcome = try check { $0.replacingOccurrences(of: "  order ct\n", with: lines) }
    #expect(outcome.faults.first?.code == "log.full")
  }
}
