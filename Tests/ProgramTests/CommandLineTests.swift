import Foundation
import Testing

/// The program's command line: what it says of itself, and of what it can't read.
@Suite("The command line")
struct CommandLineTests {
  private static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> (status: Int32, output: String, errors: String) {
    let program = try Program()
    defer { program.remove() }
    return try program.run(arguments, environment: environment)
  }

  @Test("--version says version, guideline and commit, in both languages and as JSON")
  func version() throws {
    let english = try Self.run("--version")
    #expect(english.status == 0)
    let lines = english.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].wholeMatch(of: /islet \d+\.\d+\.\d+/) != nil)
    #expect(lines[1].contains("2012") && lines[1].firstMatch(of: /[0-9a-f]{16}/) != nil)
    #expect(lines[2].wholeMatch(of: /commit +([0-9a-f]{40}(-dirty)?|not known: built without git)/) != nil)
    #expect(try Self.run("--version", "--language", "el").output.contains("οδηγία"))
    // Plain arguments and the parser say the same.
    #expect(try Self.run("eval", "--version").output == english.output)
    let json = try JSONSerialization.jsonObject(with: Data(try Self.run("--version", "--format", "json").output.utf8)) as? [String: Any]
    #expect(json?["version"] as? String == lines[0].split(separator: " ").last.map(String.init))
    #expect(json?["guideline"] is [String: Any])
  }

  @Test(
    "a slip in a subcommand suggests the one that was meant, in both languages",
    arguments: [
      (["evla"], "eval"), (["guideline", "chekc"], "check"), (["rendr", "insulinoma"], "render"), (["ntoe", "-"], "note"), (["help", "cohrt"], "cohort"),
      (["audi"], "audit"), (["data", "delte"], "delete"), (["--format", "json", "Eval"], "eval"),
    ])
  func slips(_ arguments: [String], _ meant: String) throws {
    let program = try Program()
    defer { program.remove() }
    let english = try program.run(arguments)
    #expect(english.status == 2)
    #expect(english.errors.contains("error[usage.subcommand]") && english.errors.contains("Did you mean \(meant)?"))
    let greek = try program.run(arguments + ["--language", "el"])
    #expect(greek.status == 2)
    #expect(greek.errors.contains("Μήπως εννοείτε \(meant);"))
  }

  @Test("what is near to nothing lists the subcommands, and a command of the shell says how it is run")
  func noSlip() throws {
    #expect(try Self.run("xyzzy").errors.contains("Subcommands: run, note"))
    #expect(try Self.run("recommend").errors.contains("islet -c 'patient"))
    #expect(try Self.run("σύσταση", "--language", "el").errors.contains("islet -c 'ασθενής"))
  }

  /// One call for each sentence that the parser has for what it can't read.
  static let faults: [([String], String)] = [
    (["--langage", "el"], "usage.option"), (["eval", "--zzzzzzzz"], "usage.option"), (["-z"], "usage.option"), (["eval", "-xc"], "usage.option"),
    (["eval", "--to"], "usage.value-missing"), (["eval", "--counts=3"], "usage.value"), (["eval", "a", "b"], "usage.argument"),
    (["eval", "a", "b", "c"], "usage.argument"), (["explore"], "usage.argument-missing"), (["compile", "sql"], "usage.argument-missing"),
    (["--format", "jsn"], "usage.value"), (["cohort", "--draw", "x"], "usage.value"), (["data", "delete", "foo"], "usage.value"),
    (["--generate-completion-script", "ksh"], "usage.shell"), (["check", "a", "--because", "x"], "usage"), (["--language", "fr", "data"], "usage"),
    (["compile", "sql", "--dialect", "sqlite", "--wide", "--long"], "usage"), (["eval", "--to", "xls"], "usage"), (["schema", "evla"], "usage"),
  ]

  @Test("each usage error has a code and status 2, and is Greek in Greek", arguments: faults)
  func usage(_ arguments: [String], _ code: String) throws {
    let program = try Program()
    defer { program.remove() }
    let english = try program.run(arguments)
    #expect(english.status == 2)
    #expect(english.output.isEmpty)
    #expect(english.errors.hasPrefix("error[\(code)]"), "\(english.errors)")
    let greek = try program.run(arguments, environment: ["ISLET_LANGUAGE": "el"])
    #expect(greek.status == 2)
    #expect(greek.errors.hasPrefix("error[\(code)]"))
    let words = [
      "There is", "Did you", "Values:", "Usage:", "More:", "needs a", "missing", "Unknown", "Error", "invalid", "takes", "Nothing", "subcommand", "options",
    ]
    for word in words where !arguments.contains(where: { $0.contains(word) }) {
      #expect(!greek.errors.dropFirst(code.count + 7).contains(word), "\(word) in \(greek.errors)")
    }
    let json = try program.run(["--format", "json"] + arguments.filter { $0 != "--format" && $0 != "jsn" })
    if arguments != ["--format", "jsn"] { #expect(json.output.contains("\"code\":\"\(code)\"")) }
  }

  /// Every subcommand that shows itself, by the help.
  static func subcommands() throws -> [[String]] {
    let program = try Program()
    defer { program.remove() }
    let dump = try JSONSerialization.jsonObject(with: Data(try program.run(["--format", "json", "--help"]).output.utf8)) as? [String: Any]
    func below(_ command: [String: Any], _ path: [String]) -> [[String]] {
      (command["subcommands"] as? [[String: Any]] ?? []).flatMap { command -> [[String]] in
        guard let name = command["commandName"] as? String, name != "help", command["shouldDisplay"] as? Bool != false else { return [] }
        return [path + [name]] + below(command, path + [name])
      }
    }
    return below(dump?["command"] as? [String: Any] ?? [:], [])
  }

  @Test("every subcommand's help is in Greek where Greek is asked for, in each way of asking")
  func help() throws {
    let program = try Program()
    defer { program.remove() }
    let all = try Self.subcommands()
    #expect(all.count > 25)
    for path in all {
      let greek = try program.run(path + ["--help", "--language", "el"]).output
      #expect(greek.hasPrefix("ΠΕΡΙΓΡΑΦΗ: ") && greek.contains("ΧΡΗΣΗ: islet \(path.joined(separator: " "))"))
      for word in ["OVERVIEW", "USAGE", "OPTIONS", "ARGUMENTS", "Show help", "the ", "default:"] { #expect(!greek.contains(word), "\(path): \(word)") }
      #expect(try program.run(path + ["--help"], environment: ["ISLET_LANGUAGE": "el"]).output == greek)
      #expect(try program.run(path + ["--help"]).output.hasPrefix("OVERVIEW: "))
    }
  }

  @Test("the manual has its sections, and every subcommand and option, in both languages")
  func manual() throws {
    let program = try Program()
    defer { program.remove() }
    for (language, sections) in [
      ("en", ["NAME", "SYNOPSIS", "EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"]),
      ("el", ["ΟΝΟΜΑ", "ΣΥΝΟΨΗ", "ΚΑΤΑΣΤΑΣΗ ΕΞΟΔΟΥ", "ΠΕΡΙΒΑΛΛΟΝ", "ΑΡΧΕΙΑ", "ΠΑΡΑΔΕΙΓΜΑΤΑ"]),
    ] {
      let page = try program.run(["manual", "--language", language]).output
      let lines = page.split(separator: "\n")
      for section in sections { #expect(lines.contains { $0 == ".SH \(section)" || $0 == ".SH \"\(section)\"" }, "\(section)") }
      for path in try Self.subcommands() {
        let help = try program.run(path + ["--help", "--language", language]).output
        let options = Set(help.matches(of: /(?m)^ +(?:-\w, )?(--[a-z-]+)/).map { String($0.1) }).subtracting(["--version", "--help"])
        for option in options { #expect(page.contains(option.replacingOccurrences(of: "-", with: "\\-")), "\(path) \(option)") }
        #expect(page.contains("islet " + path.joined(separator: " ").replacingOccurrences(of: "-", with: "\\-")))
      }
    }
  }

  @Test("--format json is JSON or is refused with a reason, in every subcommand")
  func json() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("patient 54F, insulinoma 14 mm\nrecommend\n", to: "a.islet")
    try program.write("<!-- islet notebook 1 en -->\n\n```islet\npatient 54F\n```\n", to: "a.md")
    try program.write("{\"id\":1,\"findings\":{\"syndrome\":\"insulinoma\"}}\n", to: "p.ndjson")
    let calls: [([String], isJSON: Bool)] = [
      (["-c", "patient 54F; recommend"], true), (["run", "a.islet"], true), (["run", "a.md", "--write"], true), (["note", "a.islet"], true),
      (["replay", "a.islet"], true), (["play"], true), (["check", "a.islet"], true), (["check", "none.islet"], true),
      (["explore", "fasting-hypoglycaemia"], true),
      (["new", "scenario", "mine"], true), (["attempts", "xapi"], true), (["attempts", "csv"], false), (["results", "."], true), (["questions"], false),
      (["render", "insulinoma"], false), (["render", "insulinoma", "-o", "a.html"], true), (["eval", "p.ndjson"], true),
      (["eval", "p.ndjson", "--to", "csv"], false),
      (["eval", "p.ndjson", "--to", "ndjson"], true), (["schema"], true), (["schema", "findings"], true), (["schema", "map"], false),
      (["compile", "sql", "--dialect", "sqlite"], false), (["cohort", "p.ndjson"], true), (["audit", "--topic", "surgery"], true),
      (["audit", "coverage", "a.islet"], true),
      (["guideline", "facts"], true), (["guideline", "check"], true), (["guideline", "tour"], false), (["guideline", "table"], false), (["manual"], false),
      (["data"], true),
      (["data", "delete"], true),
      (["jupyter", "install", "--kernel", "/bin/true"], true), (["--help"], true), (["--generate-completion-script", "bash"], false),
    ]
    let tried = Set(calls.map { $0.0.first ?? "" })
    #expect(Set(try Self.subcommands().compactMap(\.first)).isSubset(of: tried))
    for (arguments, isJSON) in calls {
      let (status, output, errors) = try program.run(arguments + ["--format", "json"])
      for line in output.split(separator: "\n") {
        #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(arguments): \(line.prefix(80))")
      }
      if isJSON {
        #expect(!output.isEmpty || arguments.last == "delete", "\(arguments)")
      } else {
        #expect(status != 0 && errors.contains("error[format.json]"), "\(arguments)")
      }
    }
  }
}
