import ArgumentParser
import Cohorts
import Commands
import Grammar
import Guideline
import Notebooks
import Reports
import Sessions
import Teaching
import Terminal
import Vocabulary
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard streams, files and the ways of running commands.
struct Console {
  let options: RunOptions
  let language: Language
  var style: TextStyle
  /// What the environment and the user's settings say.
  let surroundings: Surroundings
  /// How answers longer than the screen are shown; only in the interactive shell.
  var pager: Pager?
  let output = StandardOutput()
  private let linkedPage = LinkedPage()

  init(_ options: SharedOptions) { self.init(options.values) }

  init(_ options: RunOptions) {
    self.options = options
    surroundings = Surroundings(Self.environment)
    language = Self.startLanguage(options, surroundings.settings)
    let isTerminal = isatty(1) == 1
    let isText = options.format == .text
    style = TextStyle(
      columns: isTerminal && isText ? Self.columns : nil,
      isColoured: isText && surroundings.isColoured(onTerminal: isTerminal),
      isAccessible: isText && surroundings.isAccessible)
    if isatty(2) == 1 { surroundings.faults.forEach(fail) }
  }

  static var isInteractive: Bool { isatty(0) == 1 && isatty(1) == 1 }

  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  static var columns: Int {
    var size = winsize()
    return ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// --language, else ISLET_LANGUAGE, else the user's settings, else the language chosen last at the prompt, else the locale, else English.
  static func startLanguage(_ options: RunOptions, _ settings: Settings) -> Language {
    if let named = options.language, let language = Language(reading: named) { return language }
    if let named = environment("ISLET_LANGUAGE"), let language = Language(reading: named) { return language }
    if let language = settings.language { return language }
    if let bytes = try? privateFiles.read(.language, limit: 64),
      let language = Language(rawValue: String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self))
    {
      return language
    }
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      guard let locale = environment(name), !locale.isEmpty else { continue }
      return locale.hasPrefix("el") ? .greek : .english
    }
    return .english
  }

  // MARK: The world

  /// The chapters of --guideline, else the built-in ones.
  func loadGuideline() throws(Diagnostic) -> Guideline {
    guard let folder = options.guideline else { return try Islet.preload.guideline() }
    return try loadGuideline(folder)
  }

  /// The chapters of a folder.
  func loadGuideline(_ folder: String) throws(Diagnostic) -> Guideline {
    var files: [TextFile] = []
    for name in try Folder.names(in: folder).sorted() where name.hasSuffix(".md") {
      let bytes = try PlainFile.read(folder + "/" + name, within: folder, limit: 1_000_000)
      for (place, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      where String(validating: line, as: UTF8.self) == nil {
        throw Diagnostic.invalidUTF8().at(file: folder + "/" + name, line: place + 1)
      }
      files.append(TextFile(name: "chapters/" + name, bytes: bytes))
    }
    guard !files.isEmpty else {
      throw Diagnostic(
        "guideline.empty", Words("The folder “\(folder)” holds no chapter.", "Ο φάκελος «\(folder)» δεν έχει κανένα κεφάλαιο."),
        help: [
          Words(
            "Chapters are Markdown: 01-surgery.md and its Greek companion 01-surgery.el.md.",
            "Τα κεφάλαια είναι Markdown: 01-surgery.md και το ελληνικό του, 01-surgery.el.md.")
        ])
    }
    return try Guideline(files: files, vocabulary: try .embedded())
  }

  /// A file's bytes, up to a limit.
  func read(_ path: String, limit: Int) throws(Diagnostic) -> [UInt8] { try PlainFile.read(path, limit: limit) }

  // MARK: Output

  func fail(_ error: Diagnostic) {
    output.flush()
    Self.write(error.text(errorStyle, language), to: 2, keeping: errorStyle.kept)
  }

  /// How errors are printed: standard error may be another terminal, or none.
  private var errorStyle: TextStyle {
    var style = style
    style.isColoured = options.format == .text && surroundings.isColoured(onTerminal: isatty(2) == 1)
    return style
  }

  /// Does the work and ends the program with the exit status that it gives; an error is printed and ends with 1.
  func finish(_ work: @autoclosure () throws(Diagnostic) -> Int32) throws {
    let status: Int32
    do throws(Diagnostic) {
      status = try work()
    } catch {
      if options.format == .json { print(Report(error: error), command: "", language: language) }
      fail(error)
      throw ExitCode(1)
    }
    if status != 0 { throw ExitCode(status) }
  }

  /// Prints a report in the format asked for.
  func print(_ report: Report, command: String, patient: String? = nil, language: Language, echo: String? = nil) {
    switch options.format {
    case .json:
      var line: [UInt8] = []
      report.json(command: command, patient: patient, language: language).write(to: &line)
      line.append(0x0A)
      output.write(clean: line)
    case .markdown: output.write(report.markdown)
    case .text, .plain:
      if let echo { output.write("islet> \(Display.safe(echo))\n") }
      var style = style
      if isatty(1) == 1, options.format == .text, surroundings.showsLinks { style.page = linkedPage.address(language, self) }
      let text = style.isAccessible ? report.accessibleText(language) : report.text(style)
      if let pager, Pager.isNeeded(text), pager.show(text) { return }
      output.write(text, keeping: style.kept)
      if echo != nil { output.write("\n") }
    }
  }

  /// Prints an answer in the format asked for.
  func print(_ answer: Answer) {
    let language = answer.language
    print(answer.report, command: answer.command, patient: answer.patient, language: language, echo: answer.echo)
    if answer.isError {
      output.flush()
      Self.write(answer.report.errorText(errorStyle, language), to: 2, keeping: errorStyle.kept)
    }
  }

  // MARK: One command

  /// Runs one command: does what it asks of the outside, journals what it changed, then shows each answer.
  func run(
    _ line: String, _ session: inout Session, _ journal: inout Journal?, show: ((Answer) -> Void)? = nil
  ) -> Ending {
    run(&session, &journal, show) { $0.run(line, SystemFiles(console: self), $1) }
  }

  /// Runs a command of which the program has the parts.
  func run(_ call: CommandCall, _ session: inout Session, _ journal: inout Journal?) -> Ending {
    run(&session, &journal, nil) { $0.run(call, SystemFiles(console: self), $1) }
  }

  private func run(
    _ session: inout Session, _ journal: inout Journal?, _ show: ((Answer) -> Void)?,
    by running: (inout Session, (Answer) -> Void) -> Void
  ) -> Ending {
    var ending = Ending.fine
    let world = session.world
    running(&session) { answer in
      do throws(Diagnostic) {
        try journal?.add(answer.journal, world, answer.language)
        // What was restored stands in this shell's journal now.
        if answer.command == "restore", !answer.isError, journal != nil, let left = Journal.cutShort(Self.privateFiles) {
          if answer.keepsJournal { try Self.privateFiles.keep(left.found) } else { try Self.privateFiles.delete(left.found) }
        }
      } catch {
        fail(error)
      }
      if let show { show(answer) } else { print(answer) }
      if answer.isQuit { ending = .quit } else if answer.isError, ending == .fine { ending = .failed }
    }
    return ending
  }

  /// Ends a session: a recording that still runs is written out, and the journal dropped.
  func end(_ session: inout Session, _ journal: inout Journal?) {
    session.finish(SystemFiles(console: self)) { print($0) }
    journal?.end()
  }

  // MARK: Scripts

  /// Runs the commands of a text. Status 1 when one failed; the first failure ends it unless told to keep going. A file's
  /// lines, unlike those of `-c`, may not act outside the session.
  func runScript(_ bytes: [UInt8], name: String?) throws(Diagnostic) -> Int32 {
    var session = try startSession()
    session.depth = name == nil ? 0 : 1
    let script = try Script(bytes, file: name ?? "-c")
    output.hold()
    defer { output.release() }
    var runner = ScriptRunner(console: self, name: name)
    for (number, line) in script.lines where runner.run(line, number: number, &session) { break }
    runner.end(&session)
    return runner.status
  }

  /// Reads a case note from a file; `islet note`.
  func readNote(_ file: String) throws(Diagnostic) -> Int32 {
    var bytes: [UInt8] = []
    if file == "-" {
      let stream = InputStream()
      while bytes.count <= InputBounds.line * 4, let chunk = try stream.chunk() { bytes += chunk }
    } else {
      bytes = try read(file, limit: 1_000_000)
    }
    let text = try Input.line(bytes)
    var session = try startSession()
    var journal: Journal?
    return run(CommandCall("note", text.trimmingSpaces()), &session, &journal) == .failed ? 1 : 0
  }

  /// Runs a recording; `islet replay`. Its answers are shown with the commands before them.
  func runReplay(_ file: String, until: Int?) throws(Diagnostic) -> Int32 {
    let files = SystemFiles(console: self)
    let named = try Script(try files.read(file), file: file)["language"].flatMap { Language(rawValue: $0) }
    var session = try startSession(options.language == nil ? named : nil)
    var journal: Journal?
    let options = until.map { ["until": "\($0)"] } ?? [:]
    return run(CommandCall("replay", file, options: options), &session, &journal) == .failed ? 1 : 0
  }

  /// Runs a recording one command at a time, each when a line comes in; `q` or the input's end leaves.
  func stepReplay(_ file: String) throws(Diagnostic) -> Int32 {
    let files = SystemFiles(console: self)
    let named = try Script(try files.read(file), file: file)["language"].flatMap { Language(rawValue: $0) }
    var session = try startSession(options.language == nil ? named : nil)
    var journal: Journal?
    var ending = run(CommandCall("replay", file, options: ["step": ""]), &session, &journal)
    let stream = InputStream()
    while ending == .fine, session.replay != nil, let line = try stream.line(), line != [0x71] {
      ending = run("next", &session, &journal)
    }
    return ending == .failed ? 1 : 0
  }

  /// Runs the commands that arrive on standard input, each as its line ends. What a user pipes in is the user's own;
  /// `run -` takes a file's place.
  func runPipe(isFile: Bool = false, first: String? = nil) throws(Diagnostic) -> Int32 {
    var session = try startSession()
    session.depth = isFile ? 1 : 0
    var runner = ScriptRunner(console: self, name: nil)
    if let first, runner.run(Array(first.utf8)[...], number: 0, &session) {
      runner.end(&session)
      return runner.status
    }
    if options.journal { runner.journal = Journal(Self.privateFiles) }
    output.hold()
    defer { output.release() }
    let stream = InputStream()
    var pending: [UInt8] = []
    var number = 0
    var overlong = false
    while true {
      output.flush()
      let chunk: [UInt8]
      do throws(Diagnostic) {
        guard let next = try stream.chunk() else { break }
        chunk = next
      } catch {
        runner.end(&session)
        throw error
      }
      for byte in chunk {
        if byte == 0x0A {
          number += 1
          if runner.run(overlong ? [UInt8](repeating: 0x20, count: 40_001)[...] : pending[...], number: number, &session) {
            runner.end(&session)
            return runner.status
          }
          pending.removeAll(keepingCapacity: true)
          overlong = false
        } else if pending.count > 40_000 {
          overlong = true
        } else {
          pending.append(byte)
        }
      }
    }
    if !pending.isEmpty { _ = runner.run(pending[...], number: number + 1, &session) }
    runner.end(&session)
    return runner.status
  }

  /// Every command of the shell.
  static let commands = Registry.standard(adding: Command.teaching + Command.notebooks)

  func world() throws(Diagnostic) -> World {
    World(guideline: try loadGuideline(), commands: Self.commands, version: Islet.version)
  }

  func startSession(_ language: Language? = nil) throws(Diagnostic) -> Session {
    var session = Session(
      world: try world(),
      language: language ?? self.language)
    session.allowsFiles = options.allowFiles
    return session
  }

  // MARK: The guideline

  func guidelineFacts() throws(Diagnostic) -> Int32 {
    var output: [UInt8] = []
    for fact in try loadGuideline().carriedFacts() {
      fact.json.write(to: &output)
      output.append(0x0A)
    }
    Self.write(clean: output)
    return 0
  }

  func guidelineTable() throws(Diagnostic) -> Int32 {
    try refuseJSON(Words("The table", "Ο πίνακας"), Words("of bytes", "σε δυαδική μορφή"))
    Self.write(clean: try FlatTable.made(of: TextFile.embedded()))
    return 0
  }

  func guidelineTour() throws(Diagnostic) -> Int32 {
    try refuseJSON(Words("The tour", "Η σελίδα της οδηγίας"), Words(same: "Markdown"))
    Self.write(try GuidelineTour(try loadGuideline()).markdown)
    return 0
  }

  func guidelineCheck() throws(Diagnostic) -> Int32 {
    let guideline = try loadGuideline()
    let faults = guideline.check()
    if options.format == .json {
      var report = Report(data: [
        ("rules", .integer(guideline.rules.count)), ("facts", .integer(try guideline.carriedFacts().count)), ("entries", .integer(guideline.entries.count)),
      ])
      report.errors = faults
      print(report, command: "guideline check", language: language)
      return faults.isEmpty ? 0 : 1
    }
    for fault in faults { fail(fault) }
    let carried = try guideline.carriedFacts().count
    let rules = guideline.rules.count
    let summary = Words(
      "\(rules) rules, \(carried) facts, \(guideline.entries.count) other entries: \(faults.count) \(faults.count == 1 ? "finding" : "findings")",
      "\(rules) κανόνες, \(carried) στοιχεία, \(guideline.entries.count) άλλες εγγραφές: \(faults.count) \(faults.count == 1 ? "εύρημα" : "ευρήματα") ελέγχου")
    Self.write(summary[language] + "\n")
    return faults.isEmpty ? 0 : 1
  }
}

/// How a command ended.
enum Ending {
  case fine, failed, quit
}

/// Runs the lines of a script and remembers whether one failed.
struct ScriptRunner {
  let console: Console
  let name: String?
  var status: Int32 = 0
  /// Where changes are journalled; only for a shell, or when asked.
  var journal: Journal?
  private var header = HeaderReader()
  private var first = true

  init(console: Console, name: String?) {
    self.console = console
    self.name = name
  }

  /// Runs one line, which may hold several commands. True when the script ends here.
  mutating func run(_ bytes: ArraySlice<UInt8>, number: Int, _ session: inout Session) -> Bool {
    let text: String
    do throws(Diagnostic) {
      if try header.takes(bytes) { return false }
      text = try Input.text(bytes)
      try Input.checkComment(text)
    } catch {
      status = 1
      var error = error
      if let name { error = error.at(file: name, line: number) }
      if console.options.format == .json {
        console.output.write(clean: Array((Report(error: error).json(command: "", patient: nil, language: session.state.language).text + "\n").utf8))
      }
      console.fail(error)
      return !console.options.keepGoing
    }
    for (_, line) in Input.commands(text) {
      var isFirst = first
      let console = console
      let name = name
      let ending = console.run(line, &session, &journal) { answer in
        let separates = console.options.format == .text || console.options.format == .plain
        if !isFirst, separates, !answer.report.blocks.isEmpty { console.output.write("\n") }
        isFirst = isFirst && answer.report.blocks.isEmpty
        if let name, answer.isError { console.print(answer.located(file: name, line: number)) } else { console.print(answer) }
      }
      first = isFirst
      if ending == .failed {
        status = 1
        if !console.options.keepGoing { return true }
      }
      if ending == .quit { return true }
    }
    return false
  }

  /// Ends the session: a recording that still runs is written out, and the journal dropped.
  mutating func end(_ session: inout Session) { console.end(&session, &journal) }
}
