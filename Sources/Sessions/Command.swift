import Grammar
import Guideline
import Reports
import Vocabulary
import Wording

/// What a command may change.
public enum CommandKind: Sendable {
  /// Patients and branches; undo takes it back.
  case change
  /// Nothing: it asks about the state as it is.
  case question
  /// Language and format.
  case setting
  /// What lies outside the session: files, the program itself.
  case outside
}

/// What a command is in a teaching case, where a learner meets a patient whose findings are hidden.
public enum CaseRole: Sendable {
  /// It asks the guideline about the patient: the case's header says whether it costs, or is closed.
  case consults
  /// It acts on the patient, and is marked.
  case deed
  /// It goes back, or to another branch: what was spent and learnt stays.
  case moves
  /// It tells nothing of this patient that the learner doesn't know.
  case free
  /// It would say what only tests may say, put another patient in the case, or act outside.
  case closed
}

/// The groups under which `help` lists commands.
public enum CommandGroup: Int, Sendable, CaseIterable {
  case patients, asking, reading, treating, teaching, session

  public var name: Words {
    switch self {
    case .patients: Words("Patients", "Ασθενείς")
    case .asking: Words("Ask the guideline", "Ερωτήσεις στην οδηγία")
    case .reading: Words("Read the guideline", "Ανάγνωση της οδηγίας")
    case .treating: Words("Treat", "Θεραπεία")
    case .teaching: Words("Teach", "Διδασκαλία")
    case .session: Words("Session", "Συνεδρία")
    }
  }
}

/// A command line that shows a command at work; every example is run by a test, after its set-up.
public struct Example: Sendable {
  /// Commands to run before it.
  public let setUp: String
  public let line: Words
  /// What it shows.
  public let shows: Words
  /// What its answer must say; nil where it must say nothing.
  public let gives: Words?

  public init(_ line: Words, _ shows: Words, gives: Words?, after setUp: String = "") {
    self.line = line
    self.shows = shows
    self.gives = gives
    self.setUp = setUp
  }
}

/// A command of the shell. Adding one is one file and one line in the registry. It is a class because it never changes and is
/// handed about a lot.
public final class Command: Sendable {
  /// The canonical name, in English: `why not`. Recordings hold it.
  public let id: String
  public let name: Words
  /// Other words for it, in either language.
  public let aliases: [String]
  public let kind: CommandKind
  public let role: CaseRole
  public let group: CommandGroup
  /// What it takes behind its name.
  public let takes: [Parameter]
  /// Other forms of what it takes, which its value's own reader tells apart.
  private let alternatives: [[Parameter]]
  /// What it does, in one line.
  public let summary: Words
  /// More on it, a paragraph each: made when it is asked for.
  public var details: [Words] { makeDetails() }
  private let makeDetails: @Sendable () -> [Words]
  public let examples: [Example]
  /// Whether it speaks of groups alone: no patient's name stands beside its answer.
  public let isOfGroups: Bool
  public let run: @Sendable (Invocation) throws(Diagnostic) -> Outcome

  public init(
    _ id: String, greek: String, aliases: [String] = [], kind: CommandKind, role: CaseRole, group: CommandGroup,
    takes: [Parameter] = [], or alternatives: [[Parameter]] = [], summary: Words, details: @autoclosure @escaping @Sendable () -> [Words] = [],
    examples: [Example], isOfGroups: Bool = false,
    run: @escaping @Sendable (Invocation) throws(Diagnostic) -> Outcome
  ) {
    self.id = id
    name = Words(id, greek)
    self.aliases = aliases
    self.kind = kind
    self.role = role
    self.group = group
    self.takes = takes
    self.alternatives = alternatives
    self.summary = summary
    makeDetails = details
    self.examples = examples
    self.isOfGroups = isOfGroups
    self.run = run
  }
}

extension Command {
  /// Whether a folded word is one of its names but for one letter, or two that changed places.
  func isOneSlip(from word: String) -> Bool {
    ([id, name.greek] + aliases).contains { Folding.distance(word, Folding.key($0), limit: 1) <= 1 }
  }

  /// How it is typed.
  public var form: Words {
    let others = alternatives.map { Words.joined([name] + $0.map(\.form), by: " ") }
    return Words.joined([shortForm] + others, by: " · ")
  }

  /// The first of its forms.
  public var shortForm: Words { Words.joined([name] + takes.map(\.form), by: " ") }

  /// A line of it as it may be typed, in both languages.
  public func proposed(_ english: String, _ greek: String) -> Words { Words(text: Text.command(english, id), Text.command(greek, id)) }

  /// Whether a name of it with this key has so many words: `patient s` is not `patients`.
  func isWritten(_ key: FoldedKey, asWords count: Int) -> Bool {
    ([id, name.greek] + aliases).contains {
      FoldedKey($0) == key && $0.split(whereSeparator: { $0 == " " || $0 == "-" }).count == count
    }
  }
}

extension Command {
  /// An error for words that it doesn't take.
  public func tooMuch(_ line: String, _ span: Range<Int>?) -> Diagnostic {
    Diagnostic(
      "command.extra",
      options.isEmpty
        ? Words("\(name.english) takes nothing after it.", "Η εντολή «\(name.greek)» δεν δέχεται τίποτε άλλο.")
        : Words("\(name.english) takes something else after it.", "Η εντολή «\(name.greek)» δέχεται κάτι άλλο."),
      help: [Words("Usage: \(form.english)", "Η μορφή της: \(form.greek)")], source: line, span: span)
  }
}

/// What a value is, and with it what Tab offers for it.
public enum CompletionKind: Sendable {
  case nothing, findings
  /// Names of findings, without values.
  case findingNames
  /// Names of findings that the patient in use has stated.
  case statedFindings
  /// Therapies, and the numbers of the last list.
  case advice
  case therapies, tests, settings, patients, sections, terms, commands, languages, errata
  case branches, files, targets
  /// Words of the command's own, in the session's language: topics, cases, branches.
  case choices(@Sendable (State, World) -> [CompletionCandidate])
}

/// One call of a command: its argument and everything it may look at.
public struct Invocation: Sendable {
  public let command: Command
  /// The whole line.
  public let line: String
  /// The command's name and its value; its options stand in `options`.
  public let tokens: [Token]
  /// The place of the first token after the command's name.
  public let first: Int
  /// The options given, by their ids.
  public let options: [String: GivenOption]
  /// The session before the command: a value, to look at or to run ahead.
  public let session: Session

  public var state: State { session.state }
  public var world: World { session.world }

  /// What was accepted before, in canonical form.
  public var history: [String] { session.moments.map(\.canonical) }
  public var language: Language { state.language }
  public var vocabulary: Vocabulary { world.guideline.vocabulary }
  public var guideline: Guideline { world.guideline }
  public var hasArgument: Bool { first < tokens.count }

  /// The file that the argument names.
  public var file: String { hasArgument ? tokens[first].text : "" }

  /// The argument as typed.
  public var argument: String {
    guard let span = argumentSpan else { return "" }
    return String(decoding: Array(line.utf8)[span], as: UTF8.self)
  }

  /// Where the argument stands in the line; nil when there is none.
  public var argumentSpan: Range<Int>? { hasArgument ? tokens[first].span.lowerBound..<tokens[tokens.count - 1].span.upperBound : nil }

  /// The argument, when it is one number and nothing else.
  public var argumentNumber: Int? { tokens.count == first + 1 && tokens[first].kind == .number ? Int(tokens[first].text) : nil }

  /// The argument's words, folded and joined.
  public var argumentKey: FoldedKey { tokens[first...].reduce(FoldedKey()) { $0 + $1.key } }

  /// The argument's words as a folded text.
  public var foldedArgument: String { tokens[first...].map(\.folded).joined() }

  /// A reader of findings that starts at the argument.
  public var phrases: PhraseReader { PhraseReader(vocabulary, line, tokens: tokens, from: first) }

  /// An error that shows the command's form.
  public var incomplete: Diagnostic {
    Diagnostic(
      "command.incomplete",
      Words("\(command.name.english) needs more.", "Η εντολή «\(command.name.greek)» χρειάζεται συμπλήρωση."),
      help: [Words("Usage: \(command.form.english)", "Η μορφή της: \(command.form.greek)")] + firstExample, source: line,
      span: tokens.isEmpty ? nil : tokens[0].span.lowerBound..<tokens[tokens.count - 1].span.upperBound)
  }

  private var firstExample: [Words] {
    command.examples.first.map { [Words("For example: \($0.line.english)", "Για παράδειγμα: \($0.line.greek)")] } ?? []
  }

  /// The command in canonical form, with its value and options as written.
  public func written(_ value: String = "", _ given: [String: String] = [:]) -> String { command.written(value, given) }
}

/// What a command did: the new state, its report, and how a recording writes it.
public struct Outcome: Sendable {
  public enum Effect: Sendable {
    case state(State)
    case undo, redo
    /// The state as it was; something is to be done outside the session.
    case request(Request)

    public static var quit: Effect { .request(.quit) }
  }

  public var effect: Effect
  public var report: Report
  /// The command in canonical form.
  public var canonical: String

  public init(_ effect: Effect, _ report: Report, canonical: String) {
    self.effect = effect
    self.report = report
    self.canonical = canonical
  }
}

/// What doesn't change during a session: the guideline, the commands, the program's version. It is a class because it never
/// changes and is handed about a lot.
public final class World: Sendable {
  public let guideline: Guideline
  public let commands: Registry
  public let version: String
  /// The seed of what is drawn at random where a command names none.
  public let seed: UInt64
  /// The calendar date of a patient's day 0.
  public let clock: String

  public init(guideline: Guideline, commands: Registry, version: String, seed: UInt64 = 1, clock: String = "2012-01-01") {
    self.guideline = guideline
    self.commands = commands
    self.version = version
    self.seed = seed
    self.clock = clock
  }
}

/// The commands, found by their names in either language.
public struct Registry: Sendable {
  public let commands: [Command]
  /// What reads a line that no command takes.
  public let questions: (any QuestionUnderstanding)?
  private let places: FoldedTable

  public init(_ commands: [Command], questions: (any QuestionUnderstanding)? = nil) {
    self.commands = commands
    self.questions = questions
    var places = FoldedTable(capacity: commands.count * 4)
    for (place, command) in commands.enumerated() {
      places[FoldedKey(command.id)] = place
      places[FoldedKey(command.name.greek)] = place
      for name in command.aliases { places[FoldedKey(name)] = place }
    }
    self.places = places
  }

  /// The command with a name.
  public func command(named key: FoldedKey) -> Command? { places[key].map { commands[$0] } }

  /// The command with an id.
  public func command(id: String) -> Command? {
    if let found = command(named: FoldedKey(id)), found.id == id { return found }
    return commands.first { $0.id == id }
  }

  /// The command at the start of a line and the number of tokens of its name; the longest name wins.
  func match(_ tokens: [Token]) -> (command: Command, length: Int)? {
    var best: (Command, Int)?
    var key = FoldedKey()
    for (place, token) in tokens.prefix(4).enumerated() {
      guard token.kind == .word || token.isSymbol("-") else { break }
      key = key + token.key
      // A hyphen joins words; before a number it is the number's: advance -1 day.
      if !token.isSymbol("-") || place + 1 >= tokens.count || tokens[place + 1].kind != .number, let command = command(named: key),
        place == 0 || command.isWritten(key, asWords: tokens[...place].count { $0.kind == .word })
      {
        best = (command, place + 1)
      }
    }
    return best
  }

  /// Whether a word names a command that treats or orders: give, perform, δώσε. Greek verbs count in any of their forms.
  func isTreatment(_ token: Token) -> Bool {
    let key = token.folded
    guard key.count > 3 else { return false }
    return ["give", "perform", "stop", "order"].contains { id in
      guard let command = commands.first(where: { $0.id == id }) else { return false }
      return ([command.id, command.name.greek] + command.aliases).map { Folding.key($0) }.contains { name in
        name == key || key.utf8.first.map { $0 >= 0x80 } == true && key.hasPrefix(name.prefix(3)) && name.count > 3
      }
    }
  }

  /// Names near a folded text, nearest first: those it begins, then those within two letters.
  public func suggestions(for key: String) -> [Command] {
    var found: [(distance: Int, command: Command)] = []
    for command in commands {
      let own = [command.id, command.name.greek].map { Folding.key($0) }
      let names = own + command.aliases.map { Folding.key($0) }
      if key.utf8.count > 1, own.contains(where: { $0.hasPrefix(key) }) {
        found.append((-1, command))
      } else if key.utf8.count > 1, names.contains(where: { $0.hasPrefix(key) }) {
        found.append((0, command))
      } else if let distance = names.map({ Folding.distance(key, $0, limit: 2) }).min(), distance <= min(2, key.count / 2) {
        found.append((distance, command))
      }
    }
    // Where a command's own name was begun, other commands aren't meant.
    if found.contains(where: { $0.distance < 0 }) { found.removeAll { $0.distance >= 0 } }
    return found.sorted { ($0.distance, $0.command.id) < ($1.distance, $1.command.id) }.prefix(3).map(\.command)
  }
}
