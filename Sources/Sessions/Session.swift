import Grammar
import Guideline
import Patients
import Reports
import Vocabulary
import Wording

/// What came of a line: a report, and what is to be done about it.
public struct Answer: Sendable {
  public let command: String
  public var report: Report
  /// The command in canonical form; nil when it was refused.
  public let canonical: String?
  public let kind: CommandKind?
  /// What is to be done outside the session; nil once it is done.
  public internal(set) var request: Request?
  public internal(set) var isQuit = false
  /// The changes and settings that it made, in canonical form: what a journal holds.
  public internal(set) var journal: [String] = []
  /// The language of the session after it.
  public internal(set) var language = Language.english
  /// The name of the patient in use after it.
  public internal(set) var patient: String?
  /// The line of a replay that it answers.
  public internal(set) var echo: String?
  /// Whether it left lines of a journal unread, so that the journal is to be kept.
  public internal(set) var keepsJournal = false
  /// What a learner's attempt at a case left, a line of JSON each: it is added to the attempts of the user.
  public var attempts: [String] = []
  /// Whether these lines end an attempt that is sealed.
  public var endsSealed = false

  public init(
    command: String, report: Report, canonical: String? = nil, kind: CommandKind? = nil, language: Language = .english,
    patient: String? = nil
  ) {
    self.command = command
    self.report = report
    self.canonical = canonical
    self.kind = kind
    self.language = language
    self.patient = patient
  }

  public var isError: Bool { !report.errors.isEmpty }
}

/// A session: its state, the states before it, and what was accepted. It is a value: a copy goes its own way.
public struct Session: Sendable {
  public let world: World
  public internal(set) var state: State { didSet { standing = nil } }
  /// What was accepted, in order.
  public private(set) var moments = SharedArray<HistoryEntry>()
  /// What is being recorded, if anything is.
  public internal(set) var recording: Recording?
  /// The replay that waits for `next`, if one does.
  public internal(set) var replay: Replay?
  /// The teaching case that takes the lines, if one is played.
  public internal(set) var responder: (any LineResponder)?
  /// The seal that the next line of an attempt is chained to; nil where attempts aren't sealed.
  var seal: String?
  /// Whether files that are run may act outside the session (`--allow-files`).
  public var allowsFiles = false
  /// Whether a line that is no command is read as a question.
  public var readsQuestions = true
  /// Whether a line that has more than one reading offers them by number, as a terminal does.
  public var offersReadings = false
  /// The lines that were offered last, by their numbers from 1.
  public private(set) var offered: [String] = []
  /// How many files deep the lines come from; 0 is the user. Lines of files are strangers': they may not act outside.
  public var depth = 0
  /// Commands run from files so far.
  var steps = 0
  /// Below these, undo and redo of a file don't reach: what the user did stays the user's.
  var floor = (past: 0, future: 0)
  private var past = SharedArray<UndoableChange>()
  private var future = SharedArray<UndoableChange>()
  /// The state as history and undo share it; nil where it changed since.
  private var standing: Snapshot?
  /// The words that Tab may offer, collected when they are first asked for.
  var completer: Completer?

  public init(world: World, language: Language) {
    self.world = world
    state = State(language: language)
  }

  /// The changes that stand, in canonical form: run in order they give this state.
  public var changes: [String] { past.map(\.canonical) }

  /// Everything that a file of this session would hold: changes and settings before a moment, everything after it.
  public func kept(from start: Int) -> [String] { moments.kept(from: start).map(\.canonical) }

  /// The same as a reader is shown it.
  public var keptLines: [KeptLine] { moments.kept(from: 0) }

  /// Runs one command line (no `;`) as far as it concerns the session alone: a request to the outside is returned in the
  /// answer, not carried out. A refused line changes nothing.
  public mutating func run(_ typed: String) -> Answer {
    let line = withMark(typed)
    if let real = Diagnostic.personalData(in: line, .text) {
      offered = []
      return placed(refused(real.on(line), ""))
    }
    if var responder {
      self.responder = nil
      let answer = responder.answer(to: line)
      state.language = responder.state.language
      if !responder.isOver { self.responder = responder }
      return answer
    }
    let chosen = chosen(line)
    offered = []
    var answer = answer(to: chosen ?? line)
    if offersReadings, depth == 0 { offer(&answer) }
    return placed(answer)
  }

  /// The offered line that a number, or Enter where there is but one, chooses.
  private func chosen(_ line: String) -> String? {
    guard !offered.isEmpty else { return nil }
    let typed = line.filter { $0 != " " }
    if typed.isEmpty { return offered.count == 1 ? offered[0] : nil }
    guard let number = Int(typed), (1...offered.count).contains(number) else { return nil }
    return offered[number - 1]
  }

  /// Keeps the readings of a refused line, each as the line that says it.
  private mutating func offer(_ answer: inout Answer) {
    guard answer.report.errors.count == 1, let error = answer.report.errors.first else { return }
    offered = error.lines
    guard !offered.isEmpty else { return }
    // The help says the readings in words, in their order, when there is one for each.
    let words = error.help.count == offered.count ? error.help.map { Self.withoutVerb($0) } : offered.map { Words(same: $0) }
    answer.report.errors[0].help =
      offered.count == 1
      ? [Words("Enter takes: \(words[0].english)", "Με Enter: \(words[0].greek)")]
      : words.enumerated().map { Words("\($0.offset + 1)  \($0.element.english)", "\($0.offset + 1)  \($0.element.greek)") }
  }

  private static func withoutVerb(_ words: Words) -> Words {
    func rest(_ text: String) -> String { text.split(separator: ":", maxSplits: 1).last.map { String($0).trimmingSpaces() } ?? text }
    return Words(rest(words.english), rest(words.greek))
  }

  /// The answer with where the session stands.
  func placed(_ answer: Answer) -> Answer {
    var answer = answer
    answer.language = state.language
    answer.patient = world.commands.command(id: answer.command)?.isOfGroups == true ? nil : state.patient?.name
    return answer
  }

  /// Answers a line: a command, or a question in words where no command takes it.
  private mutating func answer(to line: String) -> Answer {
    let answer = answer(toCommand: withoutMark(line))
    guard readsQuestions, state.pending == nil else { return answer }
    if !answer.isError {
      // A question that was noted rather than read: what if we stop the octreotide.
      guard answer.command == "what if", answer.report.data.contains(where: { $0.0 == "noted" && $0.1 != nil }) else { return answer }
      let before = (state, moments)
      if let asked = self.answer(inWords: line, isCertain: true), !asked.isError { return asked }
      (state, moments) = before
      return answer
    }
    guard let isCertain = asks(answer, Self.isQuestion(line)) else { return answer }
    let before = (state, moments)
    guard let asked = self.answer(inWords: line, isCertain: isCertain) else { return answer }
    // What a command asks about itself it asks better, and so does one that understood what the question leaves unread.
    guard answer.report.errors.contains(where: { !$0.readings.isEmpty }),
      asked.isError || !answer.command.isEmpty && asked.report.data.contains(where: { $0.0 == "noted" && $0.1 != nil })
    else { return asked }
    (state, moments) = before
    return answer
  }

  /// A line whose Greek question mark is read: behind what would treat or state something, and behind what is no command, it asks; else it
  /// says nothing.
  private func withMark(_ line: String) -> String {
    guard line.last == ";" else { return line }
    let rest = line.dropLast().trimmingSpaces()
    guard let command = world.commands.command(in: rest) else { return rest + "?" }
    return command.role == .deed || command.kind == .change && command.id != "patient" ? rest + "?" : rest
  }

  /// A command that only asks, without the question marks behind it.
  private func withoutMark(_ line: String) -> String {
    func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == "?" || scalar == ";" || scalar == "\u{37E}" || scalar == " " }
    var rest = line.unicodeScalars[...]
    guard let last = rest.last, isMark(last), world.commands.command(in: line)?.kind == .question else { return line }
    while let last = rest.last, isMark(last) { rest.removeLast() }
    return String(rest)
  }

  /// Whether a line that a command refused may be a question, and whether it has to tell that itself: where the command would change
  /// something, only a word that it doesn't know lets the line be read otherwise.
  private func asks(_ answer: Answer, _ isMarked: Bool) -> Bool? {
    let causes = answer.report.errors.map(\.cause)
    // What can't be read at all, and faults of the guideline's files, are nobody's question.
    if answer.report.errors.contains(where: { $0.file != nil || $0.code.hasPrefix("input.") }) { return nil }
    if causes.contains(.misspeltOrder), !isMarked { return nil }
    guard let command = world.commands.command(id: answer.command) else { return false }
    // What concerns a case or the session is no question about a patient (quit isn't what done means outside a case); what compares names
    // what it doesn't know; a number of the last list is one.
    if command.value == nil, command.kind != .change, answer.report.errors.map(\.code) == ["command.extra"] { return true }
    if command.group == .teaching || command.group == .session || causes.contains(.listNumber) { return nil }
    if answer.report.errors.contains(where: { $0.code.hasSuffix(".ambiguous") && $0.readings.count != 1 }) { return nil }
    if command.id == "compare", !causes.contains(.unknownName) { return nil }
    // Do you think everolimus is worth it? No order, but for its first word.
    if isMarked, command.role == .deed, answer.report.errors.contains(where: { $0.code == "dose.unreadable" }) { return true }
    if command.kind == .question || command.kind == .outside { return causes == [.noPatient] ? nil : false }
    return causes.contains { $0 != nil } ? true : nil
  }

  mutating func answer(toCommand line: String) -> Answer {
    do throws(Diagnostic) {
      let reading = try world.commands.read(line)
      let (command, first) = try resolve(reading)
      do throws(Diagnostic) {
        let (tokens, options) = try command.options(in: reading.tokens, from: first, reading.line)
        return try answer(
          Invocation(command: command, line: reading.line, tokens: tokens, first: first, options: options, session: self),
          typed: state.pending == nil ? reading.line : nil)
      } catch {
        return refused(error.on(reading.line), command.id)
      }
    } catch {
      return refused(error.on(line), "")
    }
  }

  /// Runs a command with its value and options as they are.
  mutating func run(_ call: CommandCall) -> Answer {
    do throws(Diagnostic) {
      guard let command = world.commands.command(id: call.command) else {
        throw Self.noCommand
      }
      var options: [String: GivenOption] = [:]
      for (id, text) in call.options { options[id] = try GivenOption(text) }
      if let real = Diagnostic.personalData(in: call.value, .text) { throw real }
      let value = Token(kind: .quoted, text: call.value, key: FoldedKey(call.value), span: 0..<call.value.utf8.count)
      return placed(
        try answer(Invocation(command: command, line: call.value, tokens: [value], first: 0, options: options, session: self)))
    } catch {
      return placed(refused(error.on(call.value), call.command))
    }
  }

  /// Runs a command that is read, once it has all that it needs and nothing more.
  private mutating func answer(_ invocation: Invocation, typed: String? = nil) throws(Diagnostic) -> Answer {
    let command = invocation.command
    if command.value == nil, invocation.hasArgument { throw command.tooMuch(invocation.line, invocation.argumentSpan) }
    if let value = command.value, value.isRequired, !value.isAsked, !invocation.hasArgument,
      !command.options.contains(where: { $0.replacesValue && invocation.options[$0.id] != nil })
    {
      var error = invocation.incomplete
      error.help += value.choices(world)
      throw error
    }
    let outcome = try command.run(invocation)
    if case .request(let request) = outcome.effect, depth > 0, !allowsFiles, !request.isHarmless {
      throw Diagnostic.refusedInFile(command.name, invocation.line)
    }
    return accept(outcome, command, typed)
  }

  /// The command that a line calls, and the place of its argument. A question that waits takes lines that call none.
  private func resolve(_ reading: CommandLineReading) throws(Diagnostic) -> (Command, Int) {
    let match = reading.match
    if let pending = state.pending, let command = world.commands.command(id: pending.command),
      match.map({ pending.takesCommands && $0.command.kind != .outside }) ?? true
    {
      return (command, 0)
    }
    guard let match else { throw unknownCommand(reading.line, reading.tokens) }
    return match
  }

  private mutating func accept(_ outcome: Outcome, _ command: Command, _ typed: String?) -> Answer {
    var answer = Answer(command: command.id, report: outcome.report, canonical: outcome.canonical, kind: command.kind)
    switch outcome.effect {
    case .state(var next):
      if let bound = next.bound(since: state) { return refused(bound, command.id) }
      if command.kind == .change {
        if next.hasSameBranches(as: state) {
          next.roster.changes += 1
          next.roster.lastChange = outcome.canonical
        }
        past.append(UndoableChange(canonical: outcome.canonical, other: snapshot()))
        future = SharedArray()
        floor.future = 0
      }
      state = next
    case .undo:
      guard depth == 0 || past.count > floor.past, let last = past.popLast() else { return refused(nothing(to: Words("undo", "αναιρεθεί")), command.id) }
      future.append(UndoableChange(canonical: last.canonical, other: snapshot()))
      move(to: last.other.state)
      answer.report = moved(outcome.report, "undone", last.canonical)
    case .redo:
      guard depth == 0 || future.count > floor.future, let next = future.popLast() else {
        return refused(nothing(to: Words("redo", "επαναληφθεί")), command.id)
      }
      past.append(UndoableChange(canonical: next.canonical, other: snapshot()))
      move(to: next.other.state)
      answer.report = moved(outcome.report, "redone", next.canonical)
    case .request(let request):
      answer.request = request
      return answer
    }
    if command.kind == .change || command.kind == .setting { answer.journal = [outcome.canonical] }
    moments.append(
      HistoryEntry(
        number: moments.count + 1, command: command.id, canonical: outcome.canonical, typed: typed, kind: command.kind, after: snapshot()))
    return answer
  }

  private mutating func snapshot() -> Snapshot {
    let snapshot = standing ?? Snapshot(state)
    standing = snapshot
    return snapshot
  }

  /// What a file may undo and redo from here on: only what it does itself.
  var ground: (past: Int, future: Int) { (past.count, future.count) }

  /// Makes room in front of a change for undo.
  mutating func passed(_ canonical: String, _ command: String) {
    past.append(UndoableChange(canonical: canonical, other: snapshot()))
    future = SharedArray()
    state.roster.changes += 1
    state.roster.lastChange = canonical
  }

  mutating func addMoment(_ canonical: String, _ command: String) {
    moments.append(HistoryEntry(number: moments.count + 1, command: command, canonical: canonical, typed: nil, kind: .change, after: snapshot()))
  }

  /// Where a session stands, without a copy of what lies behind it.
  struct Mark {
    let state: State
    let moments: Int
    let past: Int
    let future: SharedArray<UndoableChange>
  }

  var mark: Mark { Mark(state: state, moments: moments.count, past: past.count, future: future) }

  /// Takes back the command since a mark, if it was a question, a setting or a change; not undo or redo.
  mutating func takeBack(to mark: Mark) -> Bool {
    guard past.count >= mark.past, future.count <= mark.future.count, past.count == mark.past || future.isEmpty,
      moments.last.map({ $0.command != "redo" }) ?? true
    else { return false }
    past.removeLast(past.count - mark.past)
    moments.removeLast(moments.count - mark.moments)
    future = mark.future
    state = mark.state
    return true
  }

  /// Takes up another state; the language stays.
  private mutating func move(to next: State) {
    let language = state.language
    state = next
    state.language = language
  }

  /// The report of undo and redo: what was taken back or brought back, and where the session stands now.
  private func moved(_ report: Report, _ field: String, _ canonical: String) -> Report {
    var report = report
    let name = state.patient?.name
    report.data += [
      (field, .string(canonical)), ("current", name.map { .string($0) } ?? .null), ("branch", .string(state.branchName)),
      ("undoable", .integer(past.count)), ("redoable", .integer(future.count)),
    ]
    let what = field == "undone" ? Words("Taken back: ", "Αναιρέθηκε: ") : Words("Redone: ", "Επαναλήφθηκε: ")
    let place =
      name.map { Words("Now at: \($0)", "Τώρα: \($0)") } ?? Words("No patient is left.", "Δεν μένει κανένας ασθενής.")
    var now = place[state.language]
    if state.branches.count > 1 { now += " · " + Words("branch \(state.branchName)", "κλάδος \(state.branchName)")[state.language] }
    report.blocks += [.paragraph(what[state.language] + world.shown(canonical)[state.language]), .paragraph(now)]
    if let last = past.last {
      report.blocks.append(.notice(Words("last change: ", "τελευταία αλλαγή: ")[state.language] + world.shown(last.canonical)[state.language]))
    }
    return report
  }

  private static let noCommand = Diagnostic(
    "command.missing", Words("There is no command.", "Δεν υπάρχει εντολή."),
    help: [Words("help lists the commands.", "Η εντολή βοήθεια παραθέτει τις εντολές.")])

  private func nothing(to verb: Words) -> Diagnostic {
    Diagnostic("session.nothing", Words("There is nothing to \(verb.english).", "Δεν υπάρχει κάτι να \(verb.greek)."))
  }

  func refused(_ error: Diagnostic, _ command: String) -> Answer {
    var report = Report(error: error)
    report.errors += error.others.map { $0.on(error.source ?? "") }
    return Answer(command: command, report: report, canonical: nil, kind: nil)
  }

  // MARK: Unknown commands

  private func namesTherapy(_ text: String) -> Bool {
    let vocabulary = world.guideline.vocabulary
    guard let words = try? vocabulary.doseWords, var reader = try? TreatmentReader(vocabulary, words, text) else { return false }
    return (try? reader.namesTherapy()) ?? false
  }

  private func unknownCommand(_ line: String, _ tokens: [Token]) -> Diagnostic {
    guard let first = tokens.first else {
      return Self.noCommand
    }
    if let layout = KeyboardLayout.reading(first.text, world.commands) {
      return Diagnostic(
        "command.layout",
        Words(
          "“\(first.text)” looks like “\(layout.id)” typed on the Greek keyboard layout.",
          "Το «\(first.text)» μοιάζει με το «\(layout.id)», γραμμένο με ελληνική διάταξη πληκτρολογίου."),
        help: [
          Words(
            "Nothing was run. Type: \(layout.id), or \(layout.name.greek)",
            "Δεν εκτελέστηκε τίποτα. Γράψτε: \(layout.name.greek) ή \(layout.id)")
        ], source: line, span: first.span)
    }
    if let words = try? world.guideline.vocabulary.doseWords,
      TreatmentReader(world.guideline.vocabulary, words, line, tokens: tokens).forbids({ world.commands.isTreatment($0) })
    {
      return TreatmentMessages.noOrder(first.span.lowerBound..<line.utf8.count).on(line)
    }
    var help: [Words] = []
    var readings: [String] = []
    let rest = String(line.utf8.dropFirst(first.span.upperBound).drop { $0 == 0x20 }) ?? ""
    let suggestions = first.text == "islet" ? [] : world.commands.suggestions(for: first.folded)
    if first.text == "islet", world.commands.call(in: rest) != nil {
      help.append(Words("This is islet already. Type: \(rest)", "Είστε ήδη στο islet. Γράψτε: \(rest)"))
    }
    // Where one near name alone reads the rest of the line, the line is offered as that command has it; an order also where it is to be mended.
    let wholes =
      rest.isEmpty
      ? []
      : suggestions.compactMap { command -> (command: Command, line: String)? in
        // What would treat is offered for one slip alone: κόψε is no δώσε.
        if command.role == .deed, !command.isOneSlip(from: first.folded) { return nil }
        var copy = self
        copy.responder = nil
        copy.depth = 1
        let spelt = "\(command.id) \(rest)"
        guard let error = copy.run(spelt).report.errors.first else { return (command, spelt) }
        if let reading = error.lines.first { return (command, reading) }
        let isOrder = command.role == .deed && namesTherapy(rest)
        return isOrder && (error.cause == nil || error.cause == .noPatient) ? (command, spelt) : nil
      }
    let isOrder = wholes.count == 1 && wholes[0].command.role == .deed
    let whole = wholes.count == 1 ? wholes[0].line : nil
    if let whole {
      help.append(Words(text: "Did you mean: \(Text.command(whole, whole))?", "Μήπως εννοείτε: \(Text.command(whole, whole));"))
      readings.append(whole)
    } else if !suggestions.isEmpty {
      let english = suggestions.map(\.id).joined(separator: ", ")
      let greek = suggestions.map(\.name.greek).joined(separator: ", ")
      help.append(
        Words(
          "Did you mean: \(english)? A command's name is typed in full.",
          "Μήπως εννοείτε: \(greek); Το όνομα της εντολής γράφεται ολόκληρο."))
    }
    let reading = PhraseReader(world.guideline.vocabulary, line, tokens: tokens).reading()
    let isAsking = Self.isQuestion(line)
    let sex = world.guideline.vocabulary.finding(id: "sex")?.index
    let isStated = !reading.statements.allSatisfy { $0 == reading.pronoun }
    let isAboutPatient =
      reading.statements.contains { $0.finding != sex } || reading.notes.contains { [.outside, .past].contains($0.note.reason) }
      || reading.questions.contains { $0.readings.contains { $0.contains { if case .statement = $0 { true } else { false } } } }
    if isAsking {
      // A question names findings, it doesn't state them.
    } else if isStated, reading.questions.isEmpty, reading.faults.isEmpty, reading.notes.allSatisfy({ $0.note.reason != .notUnderstood }) {
      help.append(
        state.patient == nil
          ? Words(
            text: "These are findings. Type: \(Text.command("patient \(line)", "patient"))",
            "Αυτά είναι ευρήματα. Γράψτε: \(Text.command("ασθενής \(line)", "patient"))")
          : Words(
            text: "These are findings. Type: \(Text.command("patient \(line)", "patient")), or \(Text.command("set \(line)", "set"))",
            "Αυτά είναι ευρήματα. Γράψτε: \(Text.command("ασθενής \(line)", "patient")), ή \(Text.command("όρισε \(line)", "set"))"))
      readings.append((state.patient == nil ? "patient " : "set ") + Printer.items(reading.items, world.guideline.vocabulary))
    } else if whole == nil, reading.faults.isEmpty, isAboutPatient, line.contains(where: \.isLetter) {
      let note = "note " + line
      help.append(
        Words(
          text: "This may be about a patient. Type: \(Text.command(note, "note"))",
          "Αυτό ίσως αφορά ασθενή. Γράψτε: \(Text.command("σημείωσε \(line)", "note"))"))
      readings.append(note)
    }
    help.append(Words("Type help for the commands.", "Γράψτε βοήθεια για τις εντολές."))
    var unknown = Diagnostic(
      "command.unknown", Words("“\(first.text)” isn't a command.", "Το «\(first.text)» δεν είναι εντολή."), help: help,
      source: line, span: first.span)
    unknown.readings = readings
    unknown.readingsStart = 0
    return isOrder ? unknown.because(.misspeltOrder) : unknown
  }
}

extension Diagnostic {
  /// Its readings, each as the whole line that says it; none where the line isn't known.
  fileprivate var lines: [String] {
    guard let source, let readingsStart else { return [] }
    let before = String(decoding: Array(source.utf8)[..<min(readingsStart, source.utf8.count)], as: UTF8.self)
    return readings.filter { !$0.isEmpty }.map { before + $0 }
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
    var answer = self
    answer.report = report
    return answer
  }
}
