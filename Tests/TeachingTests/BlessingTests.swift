import Foundation
import Guideline
import Reports
import Sessions
import Teaching
import Testing
import Vocabulary
import Wording

@Suite("Blessing by meaning")
struct BlessingTests {
  /// The guideline with the text of its chapters changed.
  private func world(_ change: (String) -> String) throws -> World {
    let files = TextFile.embedded(prefix: "chapters/").map { file in
      TextFile(name: file.name, bytes: file.withBytes { Array(change(String(decoding: $0, as: UTF8.self)).utf8) })
    }
    let guideline = try Guideline(files: files, vocabulary: try .embedded())
    return World(guideline: guideline, commands: try TeachingTests.world().commands, version: "test")
  }

  private let script = "patient \"Maria\" age 54 years, sex is female, syndrome is insulinoma, size 21 mm\nrecommend surgery\n"

  private func outcome(_ world: World) throws -> CheckOutcome { FileCheck(world, seconds: { 0 }).check(Array(script.utf8), file: "a.islet") }

  private func compared(_ change: @escaping (String) -> String) throws -> CheckOutcome {
    let blessed = Blessing.text(try outcome(TeachingTests.world()).told, before: nil, because: "read by hand")
    var now = try outcome(world(change))
    now.compare(with: Array(blessed.utf8), file: "a.islet")
    return now
  }

  @Test("what a command noted unread is told with its line, what the text has no finding for isn't; strictly both doubts are faults")
  func noted() throws {
    let text = "patient 54F, insulinoma, hanrectomi\nset CgA 300\nset possible MEN1\n"
    for (isStrict, faults, notices) in [(false, 0, ["line 1: noted “hanrectomi”"]), (true, 2, [])] {
      let outcome = FileCheck(try TeachingTests.world(), isStrict: isStrict, seconds: { 0 }).check(Array(text.utf8), file: "a.islet")
      #expect(outcome.faults.map(\.code) == [String](repeating: "check.noted", count: faults))
      #expect(outcome.notices.count == notices.count)
      for (told, notice) in zip(outcome.notices, notices) {
        #expect(told.english.hasPrefix(notice) && told.greek.contains("γραμμή 1") && told.greek.contains("hanrectomi"), "\(told.english)")
      }
    }
  }

  @Test("what didn't change passes without a word")
  func same() throws {
    let now = try compared { $0 }
    #expect(now.faults == [] && now.notices == [])
  }

  @Test("one word of a title changed: text changed, meaning same")
  func reworded() throws {
    let title = try #require(try TeachingTests.world().guideline.rule(id: "surgery.larger-than-2-cm")?.title)
    let now = try compared { $0.replacingOccurrences(of: "en " + title.english, with: "en Other words here") }
    #expect(now.faults == [])
    #expect(now.notices.first?.english.hasPrefix("text changed, meaning same") == true)
  }

  @Test("one threshold changed: it fails and names the rule")
  func threshold() throws {
    let now = try compared { $0.replacingOccurrences(of: "size > 2 cm", with: "size > 3 cm") }
    let fault = try #require(now.faults.first)
    #expect(fault.code == "bless.changed")
    #expect(fault.help.contains { $0.english.contains("surgery.larger-than-2-cm") })
  }

  @Test("a new blessing keeps the reason of what means the same, and gives its own to what changed")
  func reasons() throws {
    let first = Blessing.text(try outcome(TeachingTests.world()).told, before: nil, because: "first")
    let other = try outcome(world { $0.replacingOccurrences(of: "size > 2 cm", with: "size > 3 cm") })
    let second = try Blessing(Array(Blessing.text(other.told, before: try Blessing(Array(first.utf8), file: "b"), because: "second").utf8), file: "b")
    #expect(second.lines.map(\.because) == ["first", "second"])
  }

  @Test("a line that is no blessed answer is an error with its line")
  func broken() throws {
    #expect(throws: Diagnostic.self) { try Blessing(Array("{\"command\":1}\n".utf8), file: "a.blessed.jsonl") }
  }
}
