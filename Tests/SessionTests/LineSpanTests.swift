import Commands
import Grammar
import Guideline
import Sessions
import Testing
import Wording

@Suite("A line while it is typed")
struct LineSpanTests {
  private func spans(_ line: String) throws -> [String] {
    let bytes = Array(line.utf8)
    return try session(.english).spans(of: line).map { "\($0.kind) \(String(decoding: bytes[$0.range], as: UTF8.self))" }
  }

  @Test("command, findings, numbers, a negation with its whole scope, and what isn't understood are told apart")
  func kinds() throws {
    let found = try spans("patient Maria 54F, no liver metastases, insulinoma 14 mm, blorb")
    #expect(found.first == "command patient")
    #expect(found.contains("negated no liver metastases"))
    #expect(found.contains { $0.hasPrefix("finding insulinoma") })
    #expect(found.contains("number 54") && found.contains("number 14"))
    #expect(found.contains("unknown blorb"))
    #expect(!found.contains { $0.contains("Maria") })
  }

  @Test("a therapy is one span in either language, and each command of a line has its own")
  func therapies() throws {
    #expect(
      try spans("give octreotide LAR 20 mg; stop everolimus") == [
        "command give", "therapy octreotide LAR", "number 20", "command stop", "therapy everolimus",
      ])
    #expect(try spans("δώσε οκτρεοτίδη LAR").contains("therapy οκτρεοτίδη LAR"))
  }

  @Test("places are those of the line as typed, also behind typographic marks and within quotes that are still open")
  func places() throws {
    #expect(try spans("note «54F. No liver metastases. Gastrinoma").contains("negated No liver metastases"))
    #expect(try spans("note “no liver metastases – gastrinoma”").contains { $0.hasSuffix("gastrinoma") })
    #expect(try spans("# patient 54F") == [])
    #expect(try spans("") == [])
  }

  @Test("what a line would mean is its canonical form, or why it is refused, and nothing is run")
  func meaning() throws {
    let shell = try session(.english)
    #expect(
      shell.meanings(of: ["patient Maria 54F, insulinoma", "set no liver mets"]) == [
        "patient \"Maria\" age 54 years, sex is female, syndrome is insulinoma", "set liver-metastases is none",
      ])
    #expect(shell.meanings(of: ["show", "quit"]).first == shell.meanings(of: ["show"]).first)
    #expect(shell.meanings(of: ["show"]).first?.isEmpty == false)
    #expect(shell.changes == [])
  }

  @Test("a line goes on behind a backslash or an open quotation mark, never behind an apostrophe or in a comment")
  func goesOn() {
    for line in ["give octreotide \\", "note \"54F", "σημείωμα «54F", "note “54F", "patient \"A\"; note \"b", "note \"54F\n14 mm", "a \\\nb \\"] {
      #expect(Input.goesOn(line), "\(line)")
    }
    for line in [
      "", "patient 54F", "patient O'Brien 54F", "load it's.islet", "note \"54F\"", "σημείωμα «54F»", "# \"open", "show # \\", "note \"54F\n14 mm\"", "a \\\nb",
      "a\nb",
    ] {
      #expect(!Input.goesOn(line), "\(line)")
    }
  }

  @Test("rows that go on are one line; a case note keeps its rows")
  func joined() {
    #expect(Input.joined("give octreotide LAR \\\n20 mg") == "give octreotide LAR  20 mg")
    #expect(Input.joined("patient \"Maria\nP\" 54F") == "patient \"Maria P\" 54F")
    #expect(Input.joined("note \"54F.\nGastrinoma.\"") == "note \"54F.\nGastrinoma.\"")
    #expect(Input.joined("patient 54F\nshow") == "patient 54F\nshow")
    #expect(Input.joined("show \\") == "show ")
  }
}
