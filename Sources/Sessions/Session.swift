import Grammar
import Guideline
import Patients
import Reports
import Vocabulary
import Wording

/// What came of a line: a report, and whether it ended the session.
public struct Answer: Sendable {
  public let command: String
  public let report: Report
  /// The command in canonical form; nil when it was refused.
  public let canonical: String?
  public let kind: CommandKind?
  public let isQuit: Bool

  public var isError: Bool { !report.errors.isEmpty }
}

/// A session: its state, the states before it, and what was typed.
public struct Session: Sendable {
  public let world: World
  public private(set) var state: State
  private var past: [State] = []
  private var future: [State] = []
  public private(set) var history: [String] = []

  public init(world: World, language: Language) {
    self.world = world
    state = State(language: language)
  }

  /// Runs one command line (no `;`). A refused line changes nothing.
  public mutating func run(_ line: String) -> Answer {
    do throws(Diagnostic) {
      let plain = try Input.plain(line)
      let tokens = try Lexer.tokens(plain)
      guard let (command, length) = world.commands.match(tokens) else {
        throw unknownCommand(plain, tokens)
      }
      let invocation = Invocation(
        command: command, line: plain, tokens: tokens, first: length, state: state, world: world, history: history)
      let outcome: Outcome
      do throws(Diagnostic) {
        outcome = try command.run(invocation)
      } catch {
        return refused(error.on(plain), command.id)
      }
      return accept(outcome, command)
    } catch {
      return refused(error.on(line), "")
    }
  }

  private mutating func accept(_ outcome: Outcome, _ command: Command) -> Answer {
    var report = outcome.report
    var isQuit = false
    switch outcome.effect {
    case .state(let next):
      if command.kind == .change {
        past.append(state)
        future = []
      }
      state = next
    case .undo:
      guard let last = past.popLast() else { return refused(nothing(to: Words("undo", "αναιρεθεί")), command.id) }
      future.append(state)
      let language = state.language
      state = last
      state.language = language
    case .redo:
      guard let next = future.popLast() else { return refused(nothing(to: Words("redo", "επαναληφθεί")), command.id) }
      past.append(state)
      let language = state.language
      state = next
      state.language = language
    case .quit: isQuit = true
    }
    if case .undo = outcome.effect { report = afterMove(report) }
    if case .redo = outcome.effect { report = afterMove(report) }
    history.append(outcome.canonical)
    return Answer(
      command: command.id, report: report, canonical: outcome.canonical, kind: command.kind, isQuit: isQuit)
  }

  /// The report of undo and redo says which patient is in use now.
  private func afterMove(_ report: Report) -> Report {
    var report = report
    let name = state.patient?.name
    report.data.append(("current", name.map { .string($0) } ?? .null))
    let words =
      name.map { Words("Now at: \($0)", "Τώρα: \($0)") } ?? Words("No patient is left.", "Δεν μένει κανένας ασθενής.")
    report.blocks.append(.paragraph(words[state.language]))
    return report
  }

  private func nothing(to verb: Words) -> Diagnostic {
    Diagnostic("session.nothing", Words("There is nothing to \(verb.english).", "Δεν υπάρχει κάτι να \(verb.greek)."))
  }

  private func refused(_ error: Diagnostic, _ command: String) -> Answer {
    Answer(command: command, report: Report(error: error), canonical: nil, kind: nil, isQuit: false)
  }

  // MARK: Unknown commands

  private func unknownCommand(_ line: String, _ tokens: [Token]) -> Diagnostic {
    guard let first = tokens.first else {
      return Diagnostic("command.missing", Words("There is no command.", "Δεν υπάρχει εντολή."))
    }
    if let layout = KeyboardLayout.reading(first.text, world.commands) {
      return Diagnostic(
        "command.layout",
        Words(
          "“\(first.text)” looks like “\(layout.id)” typed on the Greek keyboard layout.",
          "Το «\(first.text)» μοιάζει με το «\(layout.id)», γραμμένο με ελληνική διάταξη πληκτρολογίου."),
        help: [
          Words(
            "Nothing was run. Say: \(layout.id), or \(layout.name.greek)",
            "Δεν εκτελέστηκε τίποτα. Γράψτε: \(layout.name.greek) ή \(layout.id)")
        ], source: line, span: first.span)
    }
    var help: [Words] = []
    let suggestions = world.commands.suggestions(for: first.folded)
    if !suggestions.isEmpty {
      let english = suggestions.map(\.id).joined(separator: ", ")
      let greek = suggestions.map(\.name.greek).joined(separator: ", ")
      help.append(
        Words(
          "Did you mean: \(english)? A command's name is typed in full.",
          "Μήπως εννοείτε: \(greek); Το όνομα της εντολής γράφεται ολόκληρο."))
    }
    var reader = PhraseReader(world.guideline.vocabulary, line, tokens: tokens)
    if (try? reader.statements()) != nil {
      help.append(
        Words(
          "These are findings. Say: patient \(line), or set \(line)", "Αυτά είναι ευρήματα. Γράψτε: ασθενής \(line), ή όρισε \(line)"))
    }
    help.append(Words("Type help for the commands.", "Γράψτε βοήθεια για τις εντολές."))
    return Diagnostic(
      "command.unknown", Words("“\(first.text)” is no command.", "Το «\(first.text)» δεν είναι εντολή."), help: help,
      source: line, span: first.span)
  }
}

/// Recognises a command typed on the wrong keyboard layout or with look-alike letters.
enum KeyboardLayout {
  private static let greekKeys: [Character: Character] = [
    "ς": "w", "ε": "e", "ρ": "r", "τ": "t", "υ": "y", "θ": "u", "ι": "i", "ο": "o", "π": "p", "α": "a", "σ": "s",
    "δ": "d", "φ": "f", "γ": "g", "η": "h", "ξ": "j", "κ": "k", "λ": "l", "ζ": "z", "χ": "x", "ψ": "c", "ω": "v",
    "β": "b", "ν": "n", "μ": "m",
  ]
  private static let lookAlikes: [Character: Character] = [
    "α": "a", "ο": "o", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "η": "n",
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ѕ": "s", "к": "k", "м": "m",
  ]

  /// The command that a word would be on the other layout, or with look-alike letters replaced.
  static func reading(_ word: String, _ commands: Registry) -> Command? {
    let lower = word.lowercased()
    for table in [greekKeys, lookAlikes] {
      let mapped = String(lower.map { table[$0] ?? $0 })
      if mapped != lower, let command = commands.command(named: FoldedKey(mapped)) { return command }
    }
    // Greek words typed on the Latin layout.
    var back: [Character: Character] = ["w": "σ"]
    for (greek, latin) in greekKeys where greek != "ς" { back[latin] = greek }
    let mapped = String(lower.map { back[$0] ?? $0 })
    if mapped != lower, let command = commands.command(named: FoldedKey(mapped)) { return command }
    return nil
  }
}

extension Answer {
  /// The answer with its errors set on a line of a file.
  public func located(file: String, line: Int) -> Answer {
    var report = report
    report.errors = report.errors.map { $0.at(file: file, line: line) }
    return Answer(command: command, report: report, canonical: canonical, kind: kind, isQuit: isQuit)
  }
}
