import Commands
import Reports
import Sessions
import Testing
import Wording

@Suite("help")
struct HelpTests {
  private func shown(_ line: String, _ language: Language, columns: Int = 80) throws -> [String] {
    var shell = try session(language)
    let answer = shell.run(line)
    #expect(answer.report.errors == [], "\(line)")
    return answer.report.text(TextStyle(columns: columns, isColoured: false)).split(separator: "\n").map(String.init)
  }

  @Test("is one screen of 80 columns and 24 rows, with ten commands to begin with and every group", arguments: Language.allCases)
  func screen(language: Language) throws {
    let lines = try shown("help", language)
    #expect(lines.count <= 23 && lines.allSatisfy { Display.width($0) <= 80 }, "\(lines.count)")
    // This session has no cases: play, the tenth, is left out.
    let first = lines[1...9].map { $0.dropFirst(2) }
    let names = Registry.standard.commands.map(\.name[language])
    #expect(lines[10].first != " " && first.allSatisfy { line in names.contains { line.hasPrefix($0) } }, "\(first)")
    #expect(lines.joined().contains(Words("tour", "ξενάγηση")[language]))
    #expect(lines.suffix(3).joined(separator: " ").contains(Words("hypothetical", "υποθετικά")[language]))
  }

  @Test("a group's word lists all of its commands, and nothing else", arguments: CommandGroup.allCases, Language.allCases)
  func group(group: CommandGroup, language: Language) throws {
    let members = Registry.standard.commands.filter { $0.group == group }
    guard !members.isEmpty else { return }
    let lines = try shown("help " + group.word[language], language, columns: 200)
    for command in Registry.standard.commands {
      let isListed = lines.contains { $0.hasPrefix("  " + command.shortForm[language] + "  ") }
      #expect(isListed == (command.group == group), "\(command.id)")
    }
  }

  @Test(
    "words are found in names, aliases and descriptions of both languages, those in names first",
    arguments: [
      ("help enucleation study", "help.unknown", ""), ("help studies", "evidence", ""), ("help παρενέργειες", "adverse", ""),
      ("help side eff", "adverse", ""),
      ("βοήθεια μελέτες", "evidence", ""), ("help seed", "cohort", "simulate"), ("help smallest change", "flip", ""), ("help xyzzy", "help.unknown", ""),
      ("help recommand", "help.unknown", ""),
    ])
  func search(line: String, first: String, other: String) throws {
    for language in Language.allCases {
      var shell = try session(language)
      let answer = shell.run(line)
      if first == "help.unknown" {
        #expect(answer.report.errors.map(\.code) == [first])
        continue
      }
      let data = answer.report.data
      let ids: [JSON]
      if case .array(let found)?? = data.first(where: { $0.0 == "commands" })?.1 { ids = found } else { ids = [] }
      let isCommand = data.contains { $0.0 == "command_help" && $0.1 == .string(first) }
      #expect(isCommand || ids.contains(.string(first)), "\(line): \(ids)")
      if !other.isEmpty { #expect(ids.contains(.string(other)), "\(line): \(ids)") }
    }
  }

  @Test("a word that is nearly a command's name is told so")
  func near() throws {
    var shell = try session()
    #expect(shell.run("help recommand").report.errorText(.plain, .english).contains("Did you mean: recommend?"))
  }

  static let nearLines = [
    ("perfrm chemoembolisaton", "perform chemoembolisation"), ("giv sunitinb 37.5 mg daily", "give sunitinib 37.5 mg a day"),
    ("sett size 3 cm", "set size 3 cm"), ("patinet B 54F", "patient B 54F"),
  ]

  @Test("a line whose command is misspelt is offered whole, spelt as that command reads it, and changes nothing", arguments: nearLines)
  func nearLine(_ typed: String, _ meant: String) throws {
    var shell = try session()
    _ = shell.run("patient 61M, gastrinoma, 25 mm, liver metastases")
    let before = shell.changes
    let error = try #require(shell.run(typed).report.errors.first)
    #expect(error.readings.contains(meant) && error.help.contains { $0.english == "Did you mean: \(meant)?" }, "\(error)")
    #expect(shell.changes == before)
    #expect(shell.run("perfrm xyzzy").report.errors.first?.help.first?.english.hasPrefix("Did you mean: perform?") == true)
  }

  @Test("the settings are explained by name, form and place", arguments: Language.allCases)
  func config(language: Language) throws {
    let text = try shown("help config", language, columns: 200).joined(separator: "\n")
    for entry in Settings.entries { #expect(text.contains("\(entry.name): \(entry.form[language])") && text.contains(entry.summary[language])) }
    #expect(text.contains("~/.config/islet/config") && text.contains("XDG_CONFIG_HOME"))
  }

  @Test("every name of a command is in its help, the same in both languages", arguments: Registry.standard.commands.map(\.id))
  func names(id: String) throws {
    let command = try #require(Registry.standard.command(id: id))
    let all = ([command.id, command.name.greek] + command.aliases).joined(separator: ", ")
    for language in Language.allCases { #expect(try shown("help \(id)", language, columns: 1_000).joined().contains(all)) }
  }
}
