import Commands
import Grammar
import Reports
import Sessions
import Terminal
import Wording

extension Console {
  /// The interactive shell. The guideline is read after the first prompt stands on the screen.
  /// A first line, when there is one, is run before the first prompt.
  func runShell(first: String? = nil) throws(Diagnostic) -> Int32 {
    for text in [IntendedUse.banner(Islet.version), greeting] {
      Self.write(Display.wrapped(text[language], to: style.columns ?? Int.max).joined(separator: "\n") + "\n")
    }
    if let notice = cutShortNotice { Self.write(notice[language] + "\n") }
    Self.write("\n")
    if surroundings.isAccessible { return try PlainShell(self).run(first: first) }
    let settings = PromptSettings(
      language: language, isColoured: style.isColoured, usesEscapes: surroundings.usesEscapes,
      usesVi: surroundings.settings.keys.map { $0 == .vi }, hints: surroundings.settings.hints, environment: Self.environment)
    guard let editor = LineEditor(program: "islet", settings: settings) else { return try runPipe(first: first) }
    defer { editor.close() }
    var console = self
    if !surroundings.isDumb, options.format == .text, !options.noPager {
      console.pager = Pager(environment: Self.environment, setting: surroundings.settings.pager)
    }
    let shell = Shell(console: console, editor: editor)
    return try shell.run(first: first)
  }
}

extension Console {
  /// What stands below the banner: where to begin, and at a first start the tour.
  private var greeting: Words {
    PrivateFiles.isFirstStart(Self.environment)
      ? Words(
        "New here? tour shows the way, part by part. Type help, or press Tab.",
        "Πρώτη φορά; Η ξενάγηση δείχνει τον δρόμο. Γράψτε βοήθεια, ή πατήστε Tab.")
      : Words("Type help, tour for a first session, or press Tab.", "Γράψτε βοήθεια, ξενάγηση για μια πρώτη συνεδρία, ή πατήστε Tab.")
  }
}

/// The loop of the interactive shell, and what it keeps from line to line.
private final class Shell {
  private var console: Console
  private let editor: LineEditor
  private let files = Console.privateFiles
  private var journal: Journal?
  /// Nil until the first line or Tab, or until the user has had the time to look at the prompt.
  private var session: Session?
  private var failure: Diagnostic?
  private var saidNotKept = false

  init(console: Console, editor: LineEditor) {
    self.console = console
    self.editor = editor
    journal = Journal(files)
  }

  func run(first: String?) throws(Diagnostic) -> Int32 {
    // An author's folder of chapters is read first: its faults should be seen before the prompt.
    if console.options.guideline != nil {
      session = try console.startSession()
      session?.offersReadings = true
    }
    editor.onFirstPrompt = { [unowned self] isHurried in
      keeping(atPrompt: true) { () throws(Diagnostic) in for line in try LineHistory.load(files) { editor.remember(line) } }
      if !isHurried {
        prepare()
        session?.prepareCompletions()
      }
    }
    editor.complete = { [unowned self] line, cursor in complete(line, cursor) }
    editor.goesOn = { Input.goesOn($0) }
    editor.colour = { [unowned self] line in styles(of: line) }
    editor.meaning = { [unowned self] line in meaning(of: line) }
    editor.shortcut = { [unowned self] typed in witness(typed) }
    defer { end() }
    if let first, try run(first) == nil { return 0 }
    var status: Int32 = 0
    while true {
      switch editor.readLine(prompt: prompt, status: status) {
      case .text(let line):
        guard let ended = try run(line) else { return 0 }
        status = ended
      case .interrupted: status = 130
      case .end: return 0
      case .ended(let signal):
        // The journal stays: the next shell offers to restore it.
        editor.end(by: signal)
      }
    }
  }

  /// `islet>`, or with the patient in use `islet Maria>`.
  private var prompt: String {
    guard let name = session?.shown.patient?.name else { return "islet>" }
    return "islet " + CompletionListing.cut(name, to: 24) + ">"
  }

  /// Reads the guideline, once.
  private func prepare() {
    guard session == nil, failure == nil else { return }
    do throws(Diagnostic) {
      session = try console.startSession()
    } catch {
      failure = error
    }
    session?.offersReadings = true
  }

  /// Runs the commands of a line; gives its status, nil at quit. An empty line goes on with a replay that waits.
  private func run(_ line: String) throws(Diagnostic) -> Int32? {
    var commands = Input.commands(Input.joined(line)).map(\.text)
    if commands.isEmpty, session?.offered.count == 1 { commands = [" "] }
    if commands.isEmpty, session?.replay != nil || session?.responder != nil { commands = ["next"] }
    guard !commands.isEmpty else { return 0 }
    prepare()
    // The terminal may have another size now.
    if console.style.columns != nil { console.style.columns = Console.columns }
    if let failure { throw failure }
    guard var session = self.session else { return 1 }
    do throws(Diagnostic) {
      try Input.checkComment(line)
    } catch {
      console.fail(error)
      return 1
    }
    // What is refused as a real person's data is kept nowhere.
    if !commands.contains(where: { Diagnostic.personalData(in: $0, .text) != nil }) { keep(line) }
    var status: Int32 = 0
    // The session lives in one place while it changes.
    self.session = nil
    defer { self.session = session }
    for (place, command) in commands.enumerated() {
      if place > 0, editor.wasInterrupted() {
        Console.write(Words("Interrupted.", "Διακόπηκε.")[session.state.language] + "\n", to: 2)
        return 130
      }
      let before = session.state.language
      let ending = console.run(command, &session, &journal)
      if session.state.language != before { chose(session.state.language) }
      if ending == .quit { return nil }
      if ending == .failed { status = 1 }
    }
    _ = editor.wasInterrupted()
    return status
  }

  /// Ends the session as it should end: a recording is written out, the journal dropped.
  private func end() {
    if var session {
      console.end(&session, &journal)
    } else {
      journal?.end()
    }
    session = nil
  }

  /// The guideline isn't read yet where keys came before the first prompt.
  private func styles(of line: String) -> [StyledSpan] {
    prepare()
    return session?.spans(of: line).map { StyledSpan($0.range, $0.kind.style) } ?? []
  }

  private func complete(_ line: String, _ cursor: Int) -> Completion? {
    prepare()
    return session?.completions(line: line, at: cursor, files: SystemFiles.paths(beginning:)).completion(of: line)
  }

  /// What the commands of a line would mean, without running them: each in canonical form, or why it would be refused.
  private func meaning(of line: String) -> [String] {
    prepare()
    guard let session else { return [] }
    return session.meanings(of: Input.commands(Input.joined(line)).map(\.text))
  }

  /// What Ctrl-O runs after an audit: the next of its patients, or the one whose number is typed.
  private func witness(_ typed: String) -> String? {
    guard let state = session?.state, !state.witnesses.isEmpty else { return nil }
    let number = typed.trimmingSpaces()
    guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let command = Words("use witness", "χρήση παραδείγματος")[state.language]
    return number.isEmpty ? command : command + " " + number
  }

  // MARK: What is kept

  private func keep(_ line: String) {
    guard LineHistory.keeps(line), editor.remember(line) else { return }
    keeping { () throws(Diagnostic) in try LineHistory.add(line, to: files) }
  }

  /// The language chosen at the prompt is the next shell's.
  private func chose(_ language: Language) {
    editor.settings.language = language
    keeping { () throws(Diagnostic) in try files.write(Array((language.rawValue + "\n").utf8), to: .language) }
  }

  /// Says once that a private file can't be written; the shell goes on without.
  private func keeping(atPrompt: Bool = false, _ work: () throws(Diagnostic) -> Void) {
    do throws(Diagnostic) {
      try work()
    } catch {
      guard !saidNotKept else { return }
      saidNotKept = true
      if atPrompt { editor.interject { console.fail(error) } } else { console.fail(error) }
    }
  }
}

extension CompletionList {
  /// What the terminal does with it: a single candidate, or what all share, is put on the line; several are listed.
  fileprivate func completion(of line: String) -> Completion? {
    let typed = String(decoding: Array(line.utf8)[replaces], as: UTF8.self)
    if candidates.isEmpty, hint == nil { return nil }
    let isWhole = candidates.count == 1 && candidates[0].text + (candidates[0].continues ? " " : "") == typed
    if isWhole { return nil }
    return Completion(
      removes: typed.unicodeScalars.count, shared: candidates.count > 1 ? shared(typed: typed) : nil,
      choices: candidates.map { Completion.Choice($0.text, $0.description, continues: $0.continues) }, hint: candidates.isEmpty ? hint : nil)
  }
}

extension LineSpan.Kind {
  /// How it looks while it is typed.
  fileprivate var style: CellStyle {
    switch self {
    case .command: CellStyle(isBold: true)
    case .finding: CellStyle(colour: 2)
    case .negated: CellStyle(colour: 2, isUnderlined: true)
    case .number: CellStyle(colour: 6)
    case .negatedNumber: CellStyle(colour: 6, isUnderlined: true)
    case .therapy: CellStyle(colour: 5)
    case .unknown: CellStyle(colour: 1)
    }
  }
}
