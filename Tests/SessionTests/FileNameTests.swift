import Grammar
import Sessions
import Testing
import Wording

/// A file is named as it is typed: marks that are folded elsewhere are the name's own.
@Suite("Names of files")
struct FileNameTests {
  static let names = [
    "maria.islet", "it’s.islet", "a\"b.islet", "5–10 mm.islet", "l'été.islet", "«α».islet", "a“b”c.islet", "x\u{A0}y.islet", "--step.islet",
    "a  b.islet", "a;b.islet", "a # b.islet", "\"", "\"a\"", "“a”", " lead.islet", "tail ", "a --step", "it‘s – «so» “quoted” ≤ 2×.islet",
    "Ασθενής Μαρία·α.islet",
  ]

  /// What a user would type for a name: bare where that can be read, else between straight quotes.
  private static func typed(_ name: String) -> [String] {
    let isBare = !name.contains { ";#".contains($0) } && !name.contains("--") && !"\"“« ".contains(name.first ?? " ") && name.last != " "
    return (isBare ? [name] : []) + [Command.quoted(name)]
  }

  @Test("every command that names a file takes the name as typed", arguments: names, Language.allCases)
  func everywhere(name: String, language: Language) throws {
    for typed in Self.typed(name) {
      let files = MemoryFiles()
      var shell = try session(language)
      #expect(shell.codes("patient Maria 54F, insulinoma;save \(typed)", files) == [], "\(typed)")
      #expect(files.files[name]?.contains("Maria") == true, "save \(typed): \(files.files.keys)")
      #expect(shell.codes("forget all;load \(typed)", files) == [], "\(typed)")
      #expect(shell.state.patients.map(\.name) == ["Maria"])
      #expect(shell.codes("forget all;replay \(typed) --until 1", files) == [], "\(typed)")
      #expect(shell.state.patients.map(\.name) == ["Maria"])
      files.files[name] = nil
      // A newline ends a line whatever quotes are open in it.
      #expect(shell.codes("record \(typed)\nshow;stop recording", files) == [], "\(typed)")
      #expect(files.files[name]?.contains("recording") == true)
      let page = name + ".md"
      #expect(shell.codes("export \(Command.quoted(page)) --notebook", files) == [], "\(typed)")
      #expect(files.files[page]?.contains("Maria") == true)
    }
  }

  @Test("the canonical form of a line names the same file", arguments: names)
  func canonical(name: String) throws {
    let files = MemoryFiles()
    var shell = try session()
    _ = shell.answers("patient Maria 54F, insulinoma", files)
    for typed in Self.typed(name) {
      let canonical = try #require(shell.run("save \(typed)").canonical)
      #expect(canonical == "save \"\(name)\"")
      #expect(shell.run(canonical).canonical == canonical)
    }
  }

  @Test("marks that a text editor makes of quotes stand around a name too", arguments: ["“a b.islet”", "„a b.islet“", "«a b.islet»", "\"a b.islet\""])
  func curly(typed: String) throws {
    let files = MemoryFiles()
    var shell = try session()
    #expect(shell.codes("patient Maria 54F, insulinoma;save \(typed)", files) == [])
    #expect(files.files.keys.sorted() == ["a b.islet"])
  }

  @Test(
    "what can't be a name is refused, and nothing is written",
    arguments: [
      ("save", "command.incomplete"), ("save \"", "input.quote"), ("save \"a b", "input.quote"), ("save \"a\" b", "command.extra"),
      ("save \"\"", "command.incomplete"),
      ("save a\u{7}b", "input.control-character"), ("replay a --fast", "replay.unread"), ("replay a --until", "replay.unread"),
      ("replay a --step --step", "replay.unread"),
      ("replay a --step --until 1", "replay.unread"), ("replay --step", "command.incomplete"), ("save " + String(repeating: "x", count: 1_001), "file.name"),
    ])
  func refused(line: String, code: String) throws {
    let files = MemoryFiles()
    var shell = try session()
    _ = shell.run("patient Maria 54F, insulinoma")
    var codes: [String] = []
    shell.run(line, files) { codes += $0.report.errors.map(\.code) }
    #expect(codes == [code])
    #expect(files.files.isEmpty)
  }

  @Test("a script's lines name files as typed, too")
  func script() throws {
    let script = try Script(Array("patient 54F; save it’s.islet # kept\r\nsave a\"b.islet; show\n\tsave “c d”\n".utf8), file: "x")
    #expect(
      try script.commands(file: "x").map(\.text) == ["patient 54F", "save it’s.islet", "save a\"b.islet", "show", "save “c d”"])
  }
}
