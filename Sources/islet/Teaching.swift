import ArgumentParser
import Notebooks
import Reports
import Sessions
import Teaching
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct PlayCase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play", abstract: "List the teaching cases, or play one.",
    discussion: "Without a terminal the lines of standard input are played.")

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("The case; all are listed when it is left out.", valueName: "case")) var name: String?
  @Flag(name: .long, help: "Start over a case that was begun.") var anew = false

  func run() throws {
    let console = Console(options)
    guard let name else {
      try console.finish(console.runScript(Array("play".utf8), name: nil))
      return
    }
    let line = "play \"\(name.filter { $0 != "\"" && $0 != "\n" })\"" + (anew ? " anew" : "")
    if Console.isInteractive {
      try console.finish(console.runShell(first: line))
    } else {
      try console.finish(console.runPipe(first: line))
    }
  }
}

struct CheckFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check teaching cases, scripts and notebooks: files, or folders with them.",
    discussion: """
      A case is read whole, its expectations are looked at and its paths are replayed; a script or \
      notebook runs. A line is printed for each, and the exit status is 1 when one failed.
      """)

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("Files or folders.", valueName: "path")) var paths: [String]
  @Flag(name: .long, help: "Accept what the files mean now, and write it beside them.") var bless = false
  @Option(name: .long, help: ArgumentHelp("Why the new meaning is right; goes with --bless.", valueName: "reason")) var because: String?

  @Flag(name: .long, help: "Fail on each note but one of what is outside the text.") var strict = false

  func validate() throws {
    if bless, because?.isEmpty ?? true { throw ValidationError("--bless asks for a reason: --because \"…\"") }
    if !bless, because != nil { throw ValidationError("--because goes with --bless.") }
  }

  func run() throws {
    let console = Console(options)
    try console.finish(console.check(paths, blessing: bless ? because : nil, isStrict: strict))
  }
}

struct ExploreCase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore", abstract: "Walk every choice of a teaching case: endings, dead ends, what is never reached.",
    discussion: "The exit status is 1 when a way leads nowhere or a line is never reached.")

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("The case's file, or the name of an embedded case.", valueName: "case")) var file: String
  @Option(name: .long, help: ArgumentHelp("Play once at random, the same way for the same seed.", valueName: "seed")) var random: UInt64?
  @Flag(name: .long, help: "Play as those would who game the score; the exit status is 1 when one gets more than it should.") var players = false

  func run() throws {
    let console = Console(options)
    try console.finish(players ? console.players(file) : console.explore(file, seed: random))
  }
}

struct NewFile: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "new", abstract: "Write a starting point.", subcommands: [NewCase.self])

  struct NewCase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "scenario", abstract: "Write a commented starting point of a teaching case: NAME.islet.",
      discussion: "With --from a recording gives the patient, what is hidden and the good path.")

    @OptionGroup var options: SharedOptions
    @Argument(help: ArgumentHelp("The case's name.", valueName: "name")) var name: String
    @Option(name: .long, help: ArgumentHelp("A recording to begin with.", valueName: "file")) var from: String?

    func run() throws {
      let console = Console(options)
      try console.finish(console.newScenario(name, from: from))
    }
  }
}

extension Console {
  /// The files of a folder whose names have an ending, by name.
  func files(in folder: String, ending: String) throws(Diagnostic) -> [String] {
    try Folder.names(in: folder).filter { $0.hasSuffix(ending) && $0.first != "." }.map { folder + (folder.hasSuffix("/") ? "" : "/") + $0 }.sorted()
  }

  func check(_ paths: [String], blessing because: String?, isStrict: Bool = false) throws(Diagnostic) -> Int32 {
    // A file named by itself is the user's own choice; one of a folder may be a stranger's.
    var files: [(path: String, folder: String?)] = []
    for path in paths {
      guard Folder.exists(at: path) else {
        files.append((path, nil))
        continue
      }
      files += try self.files(in: path, ending: ".islet").map { ($0, path) }
      for file in try self.files(in: path, ending: ".md") {
        // Prose without cells is passed over; what can't be read fails below.
        let bytes = try? PlainFile.read(file, within: path, limit: ScriptBounds.bytes)
        let notebook = bytes.flatMap { try? Notebook($0, file: file) }
        if notebook.map({ !$0.cells.isEmpty }) ?? true { files.append((file, path)) }
      }
    }
    let world = try world()
    let clock = SystemFiles(console: self)
    var failed = 0
    for (place, (file, folder)) in files.enumerated() {
      progress(place, of: files.count, file)
      var outcome = CheckOutcome()
      do throws(Diagnostic) {
        let bytes = try PlainFile.read(file, within: folder, limit: ScriptBounds.bytes)
        outcome = try self.outcome(bytes, file, within: folder, because, world, clock, isStrict)
      } catch {
        outcome = CheckOutcome(error)
      }
      progress(nil, of: 0, "")
      let isFine = outcome.faults.isEmpty
      if !isFine { failed += 1 }
      let word = isFine ? Words("passed", "πέρασε") : Words("failed", "απέτυχε")
      let summary = outcome.summary[language]
      Self.write("\(word[language])  \(file)" + (summary.isEmpty ? "" : "  \(summary)") + "\n")
      for notice in outcome.notices { Self.write("  " + notice[language] + "\n") }
      for fault in outcome.faults { fail(fault) }
    }
    let passed = files.count - failed
    Self.write(Words("\(passed) passed, \(failed) failed", "\(passed) πέρασαν, \(failed) απέτυχαν")[language] + "\n")
    return failed == 0 ? 0 : 1
  }

  /// Checks a file, a notebook or a script by its name, and holds it against its blessed meaning, or writes a new one.
  private func outcome(
    _ bytes: [UInt8], _ file: String, within folder: String?, _ because: String?, _ world: World, _ files: SystemFiles, _ isStrict: Bool
  ) throws(Diagnostic) -> CheckOutcome {
    let blessed = Blessing.file(of: file)
    let before = access(blessed, F_OK) == 0 ? try PlainFile.read(blessed, within: folder, limit: 64_000_000) : nil
    var outcome: CheckOutcome
    if Self.isNotebook(file) {
      outcome = NotebookCheck(world, language: notebookLanguage, isStrict: isStrict, seconds: files.seconds)
        .check(bytes, file: file, blessed: because == nil ? before : nil)
    } else {
      outcome = FileCheck(world, isStrict: isStrict, seconds: files.seconds).check(bytes, file: file)
      if because == nil, let before { outcome.compare(with: before, file: file) }
    }
    guard let because, outcome.faults.isEmpty else { return outcome }
    let text = Blessing.text(
      outcome.told, before: try before.map { (bytes: [UInt8]) throws(Diagnostic) in try Blessing(bytes, file: blessed) }, because: because)
    try files.write(text, to: blessed, .whole)
    return outcome
  }

  /// A case by its file, or an embedded one by its name.
  func scenario(_ file: String, _ world: World) throws(Diagnostic) -> Scenario {
    guard file.hasSuffix(".islet") else { return try CaseLibrary(more: try SystemFiles(console: self).cases()).scenario(file, world) }
    let (scenario, faults) = ScenarioReader.read(try read(file, limit: ScriptBounds.bytes), file: file, world)
    for fault in faults.dropLast() { fail(fault) }
    if let fault = faults.last { throw fault }
    guard let scenario else { throw .noFiles(file) }
    return scenario
  }

  func explore(_ file: String, seed: UInt64?) throws(Diagnostic) -> Int32 {
    let world = try world()
    var explore = Explore(try scenario(file, world), world)
    if let seed { explore.random(seed: seed) } else { explore.all() }
    print(Answer(command: "explore", report: explore.report(language, isWhole: seed == nil), language: language))
    return explore.deadEnds.isEmpty && (seed != nil || explore.unreachable.isEmpty) ? 0 : 1
  }

  /// The players' table of a case, or of every case of a folder.
  func players(_ path: String) throws(Diagnostic) -> Int32 {
    let world = try world()
    var held = true
    var files = [path]
    if Folder.exists(at: path) {
      files = []
      for file in try self.files(in: path, ending: ".islet") where ScenarioReader.isScenario(try read(file, limit: ScriptBounds.bytes)) {
        files.append(file)
      }
    }
    for file in files {
      let players = Players(try scenario(file, world), world)
      let results = players.results()
      held = held && results.allSatisfy(\.holds)
      print(Answer(command: "explore", report: players.report(results, language), language: language))
    }
    return held ? 0 : 1
  }

  func newScenario(_ name: String, from recording: String?) throws(Diagnostic) -> Int32 {
    try NewScenario.check(name: name)
    let files = SystemFiles(console: self)
    let world = try world()
    var recorded: [String] = []
    if let recording { recorded = try Script(try files.read(recording), file: recording).commands(file: recording).map(\.text) }
    let file = name + ".islet"
    try files.write(NewScenario.text(name: name, recorded: recorded, language: language, world), to: file, .new)
    Self.write(Words("Wrote \(file). Try: islet check \(file)", "Γράφτηκε το \(file). Δοκιμάστε: islet check \(file)")[language] + "\n")
    return 0
  }

  /// Which file is being checked, on a terminal's last line; it is wiped before anything is printed.
  private func progress(_ place: Int?, of count: Int, _ file: String) {
    guard isatty(2) == 1, style.isColoured || options.format == .text else { return }
    let text = place.map { "\($0 + 1)/\(count)  \(Display.safe(file).split(separator: "\n").joined())" } ?? ""
    Self.write(clean: Array("\r\(text)\u{1B}[K".utf8), to: 2)
  }
}
