import Commands
import Guideline
import Reports
import Sessions
import Testing
import Wording

/// Laws that hold for every command of the registry, over its examples, in both languages.
@Suite("Every command of the registry")
struct RegistryTests {
  static let journal = "islet 1 journal\nlanguage: en\n\npatient \"Maria\" syndrome is insulinoma\n"

  /// A session in which an example's set-up has run.
  private func prepared(_ example: Example, _ language: Language, _ files: MemoryFiles) throws -> Session {
    var shell = try session(language)
    files.cutShort = Self.journal
    #expect(shell.codes(example.setUp, files) == [], "set-up: \(example.setUp)")
    return shell
  }

  @Test("runs its help examples without an error", arguments: Registry.standard.commands.map(\.id), Language.allCases)
  func examples(id: String, language: Language) throws {
    let command = try #require(Registry.standard.command(id: id))
    #expect(!command.examples.isEmpty)
    for example in command.examples {
      let files = MemoryFiles()
      var shell = try prepared(example, language, files)
      var last: Answer?
      shell.run(example.line[language], files) { last = $0 }
      #expect(last?.report.errors == [], "\(example.line[language])")
      #expect(last?.command == id, "\(example.line[language])")
      let said = (last?.report.text(.plain) ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if let gives = example.gives?[language] {
        #expect(!gives.isEmpty && said.contains(gives), "\(example.line[language]): \(gives)\n\(said)")
      } else {
        #expect(said.isEmpty, "\(said)")
      }
    }
  }

  @Test(
    "marks each paragraph, fact and erratum that its answer names as a citation", arguments: Registry.standard.commands.map(\.id), Language.allCases)
  func citations(id: String, language: Language) throws {
    // What a command shows of itself, of the numbering, and what was typed, cites nothing.
    if ["about", "help", "tour", "history", "export", "save", "record", "restore", "replay"].contains(id) { return }
    let command = try #require(Registry.standard.command(id: id))
    for example in command.examples {
      var shell = try prepared(example, language, MemoryFiles())
      let report = shell.run(example.line[language]).report
      for text in report.blocks.flatMap(\.texts) + report.errors.flatMap({ [$0.message.text(language)] + $0.help.map { $0.text(language) } }) {
        for span in text.spans where !span.kinds.contains(where: { if case .citation = $0 { true } else if case .command = $0 { true } else { false } }) {
          let named = Text(citing: span.string).spans.filter { !$0.kinds.isEmpty }.map(\.string)
          #expect(named == [], "\(example.line[language]): \(text.string)")
        }
      }
    }
  }

  @Test("names no rule, section, entry, finding or therapy by its identifier", arguments: Registry.standard.commands.map(\.id), Language.allCases)
  func identifiers(id: String, language: Language) throws {
    // These show lines as they are typed or kept.
    if ["help", "history", "tour", "audit", "audit coverage", "undo", "redo", "replay", "restore", "load", "record", "save", "export"].contains(id) { return }
    let guideline = try Guideline.embedded()
    let vocabulary = guideline.vocabulary
    var all: [String] = guideline.rules.map(\.id)
    all += guideline.entries.filter { $0.kind != .erratum }.map(\.id)
    all += guideline.chapters.flatMap(\.sections).map(\.id)
    all += guideline.entries.flatMap { $0.list("cohort") }
    all += vocabulary.therapies.map(\.id)
    all += vocabulary.findings.map(\.id)
    let ids = Set(all).filter { $0.contains { "-.".contains($0) } }
    // Names that are written as their ids are.
    let names = (vocabulary.therapies.map(\.name) + vocabulary.findings.map(\.name)).map { $0[language] }.joined(separator: " ")
    let command = try #require(Registry.standard.command(id: id))
    for example in command.examples {
      var shell = try prepared(example, language, MemoryFiles())
      let report = shell.run(example.line[language]).report
      let words = report.text(.plain).split { !($0.isLetter || $0.isNumber || "-._".contains($0)) }.map { $0.last == "." ? $0.dropLast() : $0 }
      #expect(
        words.map(String.init).filter { ids.contains($0) && !names.contains($0) && !example.line[language].contains($0) } == [], "\(example.line[language])")
    }
  }

  @Test(
    "has one canonical form: reading it gives it back", arguments: Registry.standard.commands.map(\.id), Language.allCases)
  func canonical(id: String, language: Language) throws {
    let command = try #require(Registry.standard.command(id: id))
    for example in command.examples {
      let files = MemoryFiles()
      let before = try prepared(example, language, files)
      var typed = before
      let first = typed.run(example.line[language])
      let canonical = try #require(first.canonical, "\(example.line[language])")
      var again = before
      let second = again.run(canonical)
      #expect(second.report.errors == [], "\(canonical)")
      #expect(second.canonical == canonical)
      #expect(again.state == typed.state, "\(canonical)")
      // A note that begins a patient is kept as the patient that it begins, by name.
      if id == "note", before.state.patient == nil {
        #expect(second.command == "patient")
      } else {
        #expect(meaning(second) == meaning(first))
      }
    }
  }

  @Test(
    "is taken back whole by undo, and made again by redo",
    arguments: Registry.standard.commands.filter { $0.kind == .change }.map(\.id), Language.allCases)
  func undo(id: String, language: Language) throws {
    let command = try #require(Registry.standard.command(id: id))
    for example in command.examples {
      let files = MemoryFiles()
      var shell = try prepared(example, language, files)
      var again = shell
      let before = shell.state
      let answer = shell.run(example.line[language])
      let after = shell.state
      #expect(after != before, "\(example.line[language]) changes something")
      let undone = shell.run("undo")
      #expect(shell.state == before)
      #expect(undone.report.data.first { $0.0 == "undone" }?.1 == answer.canonical.map { .string($0) })
      // It is named in the session's language, by a line that makes the same change.
      let said = undone.report.text(.plain).split(separator: "\n").first.map(String.init) ?? ""
      let line = String(said.drop { $0 != ":" }.dropFirst(2))
      if language == .english {
        #expect(line == answer.canonical)
      } else {
        // A note that begins a patient is kept as that patient.
        let named = id == "note" && again.state.patient == nil ? try #require(Registry.standard.command(id: "patient")) : command
        #expect(line.hasPrefix(named.name.greek), "\(line)")
        #expect(again.run(line).canonical == answer.canonical, "\(line)")
        #expect(again.state == after, "\(line)")
      }
      #expect(shell.run("redo").report.errors == [])
      #expect(shell.state == after)
    }
  }

  @Test(
    "is saved and loaded to an equal state", arguments: Registry.standard.commands.filter { $0.kind == .change }.map(\.id),
    Language.allCases)
  func saved(id: String, language: Language) throws {
    let command = try #require(Registry.standard.command(id: id))
    for example in command.examples {
      let files = MemoryFiles()
      var shell = try prepared(example, language, files)
      #expect(shell.codes(example.line[language] + ";recommend;undo;redo;save a.islet", files) == codesOfRecommend(shell))
      var other = try session(language)
      #expect(other.codes("load a.islet", files) == [])
      #expect(other.lasting == shell.lasting, "\(example.line[language])")
    }
  }

  @Test("takes no more than it declares, and no less: its form says what is missing", arguments: Registry.standard.commands.map(\.id), Language.allCases)
  func declared(id: String, language: Language) throws {
    let command = try #require(Registry.standard.command(id: id))
    let form = command.form[language]
    #expect(form.hasPrefix(command.name[language]))
    for parameter in command.takes where parameter.style != .value {
      #expect(form.contains("[" + parameter.words[language]), "\(form)")
      #expect(!parameter.takesValue || form.contains(parameter.placeholder[language]), "\(form)")
    }
    var shell = try session(language)
    let alone = shell.run(command.name[language]).report.errors.first
    #expect((alone?.code == "command.incomplete") == (command.value.map { $0.isRequired && !$0.isAsked } ?? false), "\(id): \(alone?.code ?? "")")
    if command.takes.isEmpty { #expect(shell.run(command.name[language] + " xyzzy").report.errors.first?.code == "command.extra") }
  }

  @Test("is offered its options by Tab, in the language that is typed", arguments: Registry.standard.commands.map(\.id), Language.allCases)
  func offered(id: String, language: Language) throws {
    let command = try #require(Registry.standard.command(id: id))
    var shell = try session(language)
    for option in command.options {
      // Behind a value where one is needed, and behind the name where not.
      let line = command.name[language] + (command.value?.isRequired ?? false ? " x " : " ")
      let texts = shell.completions(line: line, at: line.utf8.count).candidates.map(\.text)
      #expect(texts.contains(option.words[language]), "\(line): \(texts)")
      let begun = line + String(option.words[language].prefix(3))
      #expect(shell.completions(line: begun, at: begun.utf8.count).candidates.map(\.text).contains(option.words[language]), "\(begun)")
    }
  }

  /// `recommend` is refused where the example leaves no patient.
  private func codesOfRecommend(_ shell: Session) -> [String] { shell.state.patient == nil ? ["patient.none"] : [] }

  private func meaning(_ answer: Answer) -> String {
    answer.report.json(command: answer.command, patient: answer.patient, language: answer.language).meaning.text
  }
}
