import Foundation
import Testing

@Suite("Settings and environment", .serialized)
struct SurroundingsTests {
  private static let line = ["-c", "patient 54F, insulinoma 14 mm; recommend"]

  private func withProgram(_ config: String? = nil, _ body: (Program) throws -> Void) throws {
    let program = try Program()
    defer { program.remove() }
    if let config { try program.write(config, to: ".config/islet/config") }
    try body(program)
  }

  @Test(
    "a pipe gets no escape, whatever the terminal; CLICOLOR_FORCE colours it, NO_COLOR goes before it",
    arguments: [
      ([:], false), (["TERM": "xterm-kitty", "TERM_PROGRAM": "WezTerm", "VTE_VERSION": "7600"], false), (["CLICOLOR_FORCE": "1"], true),
      (["CLICOLOR_FORCE": "0"], false), (["CLICOLOR_FORCE": ""], false), (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": ""], true), (["CLICOLOR_FORCE": "1", "ACCESSIBLE": "1"], false),
    ])
  func colour(environment: [String: String], isColoured: Bool) throws {
    try withProgram { program in
      let answer = try program.run(Self.line, environment: environment)
      #expect(answer.status == 0 && answer.output.contains("P014"))
      #expect(answer.output.contains("\u{1B}[") == isColoured)
      #expect(!answer.output.contains("\u{1B}]8;") || isColoured)
      let json = try program.run(["--format", "json"] + Self.line, environment: environment)
      #expect(!json.output.contains("\u{1B}"))
    }
  }

  @Test(
    "citations are links to the guideline's page where the terminal is known to show them, and nowhere else",
    arguments: [
      (["TERM": "xterm-kitty"], true), (["TERM": "xterm-256color", "VTE_VERSION": "6800"], true),
      (["TERM": "xterm-256color"], false), (["TERM": "xterm-kitty", "NO_COLOR": "1"], false),
      (["TERM": "xterm-kitty", "TMUX": "x"], false), (["TERM": "xterm-kitty", "ACCESSIBLE": "1"], false),
      (["TERM": "dumb", "VTE_VERSION": "6800"], false),
    ])
  func links(environment: [String: String], isLinked: Bool) throws {
    try withProgram { program in
      let shell = Terminal(program, environment: ["NO_COLOR": ""].merging(environment) { $1 })
      #expect(shell.waitForPrompt())
      shell.type("patient Maria 54F, insulinoma 14 mm\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      shell.type("recommend\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains("P014"))
      #expect(shell.shown.contains("#P014\u{1B}\\P014\u{1B}]8;;\u{1B}\\") == isLinked, "\(shell.shown)")
      let folder = program.home.appendingPathComponent(".cache/islet")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      #expect(names.count == (isLinked ? 1 : 0))
      if let name = names.first {
        #expect(shell.shown.contains("file://\(folder.path)/\(name)#P014"))
        let page = try program.read(".cache/islet/" + name)
        #expect(page.contains("id=\"P014\""))
      }
    }
  }

  @Test(
    "the file's colour and language hold where nothing else is said",
    arguments: [
      ("colour: always\nlanguage: el\n", [:], true, true), ("colour: always\n", ["NO_COLOR": "1"], false, false),
      ("colour: never\n", ["CLICOLOR_FORCE": "1"], true, false),
      ("language: el\n", ["ISLET_LANGUAGE": "en"], false, false), ("language: el", ["LANG": "en_GB.UTF-8"], false, true),
    ])
  func file(config: String, environment: [String: String], isColoured: Bool, isGreek: Bool) throws {
    try withProgram(config) { program in
      let answer = try program.run(Self.line, environment: environment)
      #expect(answer.output.contains("\u{1B}[") == isColoured)
      #expect(answer.output.contains("ινσουλίνωμα") == isGreek)
      #expect(answer.errors.isEmpty)
    }
  }

  @Test("XDG_CONFIG_HOME moves the file; a relative one is ignored")
  func moved() throws {
    try withProgram("language: el\n") { program in
      try program.write("language: en\n", to: "settings/islet/config")
      let moved = try program.run(Self.line, environment: ["XDG_CONFIG_HOME": program.home.path + "/settings"])
      #expect(!moved.output.contains("ινσουλίνωμα"))
      #expect(try program.run(Self.line, environment: ["XDG_CONFIG_HOME": "settings"]).output.contains("ινσουλίνωμα"))
    }
  }

  @Test("a wrong line is an error with file and line, and the shell starts")
  func wrong() throws {
    try withProgram("language: el\nwidth: 80\n") { program in
      let shell = Terminal(program)
      #expect(shell.waitForPrompt())
      #expect(shell.shown.contains("error[config.name]") && shell.shown.contains(".config/islet/config:2"))
      #expect(shell.shown.contains("Γράψτε βοήθεια"))
      shell.type("έξοδος\r")
      #expect(shell.end() == 0)
    }
  }

  @Test("a folder or an endless file in the place of the settings is an error, not an end")
  func unreadable() throws {
    try withProgram { program in
      try program.write("", to: ".config/islet/config/x")
      let shell = Terminal(program)
      #expect(shell.waitForPrompt())
      #expect(shell.shown.contains("error[data.unreadable]"))
    }
  }

  @Test("vi's keys are the prompt's where the settings say so")
  func keys() throws {
    try withProgram("keys: vi\n") { program in
      let shell = Terminal(program)
      #expect(shell.waitForPrompt())
      // Escape, 0, and x take the first letter away.
      shell.type("xpatients")
      #expect(shell.wait(for: "xpatients"))
      shell.type("\u{1B}")
      usleep(300_000)
      shell.type("0x\r")
      #expect(shell.waitForPrompt())
      #expect(!shell.shown.contains("command.unknown"), "\(shell.shown)")
    }
  }

  @Test("for screen readers nothing is drawn or redrawn, and lines say what they are", arguments: ["en", "el"])
  func accessible(language: String) throws {
    try withProgram { program in
      let shell = Terminal(program, ["--language", language], environment: ["ACCESSIBLE": "1", "NO_COLOR": "", "TERM": "xterm-256color"])
      #expect(shell.waitForPrompt())
      #expect(!shell.shown.contains("\u{1B}"))
      shell.type("patient Maria 54F, insulinoma 14 mm\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      shell.type("recommend\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains(language == "en" ? ". source: P014" : ". πηγή: P014"), "\(shell.shown)")
      shell.type("why enucleation\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      shell.type("timeline\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(!shell.shown.contains { "│─┌└├●▏█".contains($0) }, "\(shell.shown)")
      shell.type("set size 900 mm\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains(language == "en" ? "Place: " : "Σημείο: ") && !shell.shown.contains("^"))
      #expect(!shell.shown.contains("\u{1B}"))
      shell.type("quit\r")
      #expect(shell.end() == 0)
    }
  }

  @Test("the banner fits 80 columns and names the tour; only a first start offers it", arguments: ["en", "el"])
  func banner(language: String) throws {
    try withProgram { program in
      let first = Terminal(program, ["--language", language])
      #expect(first.waitForPrompt())
      #expect(first.shown.contains(language == "en" ? "New here? tour" : "Πρώτη φορά; Η ξενάγηση"))
      #expect(first.shown.split(whereSeparator: \.isNewline).allSatisfy { $0.count <= 80 })
      first.type("patient 54F\r")
      #expect(first.wait(for: "54"))
      first.type("quit\r")
      _ = first.end()
      let second = Terminal(program, ["--language", language])
      #expect(second.waitForPrompt())
      #expect(!second.shown.contains(language == "en" ? "New here?" : "Πρώτη φορά;"))
      #expect(second.shown.contains(language == "en" ? "tour" : "ξενάγηση"))
    }
  }
}
