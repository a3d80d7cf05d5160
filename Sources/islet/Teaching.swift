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
    commandName: "play", abstract: Words("List the teaching cases, or play one.", "Κατάλογος των περιστατικών, ή ένα για να το παίξετε.").said,
    discussion: Words("Without a terminal the lines of standard input are played.", "Χωρίς τερματικό παίζονται οι γραμμές της τυπικής εισόδου.").said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(
      Words("The case; all are listed when it is left out.", "Το περιστατικό· αν λείπει, όλα σε κατάλογο.").said, valueName: Words("case", "περιστατικό").said),
    completion: Completions.casesAlone) var name: String?
  @Flag(name: .long, help: ArgumentHelp(Words("Start over a case that was begun.", "Από την αρχή ένα περιστατικό που είχε αρχίσει.").said)) var again = false
  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words(
        "As an exam: no hints, no asking, no marks; what is kept is sealed, and islet results checks the seal.",
        "Ως διαγώνισμα: χωρίς υποδείξεις, ερωτήσεις και βαθμούς· ό,τι φυλάσσεται σφραγίζεται, και το ελέγχει το islet results."
      ).said)) var exam = false

  func validate() throws {
    guard exam, name == nil else { return }
    throw ValidationError(
      Words("--exam goes with a case: islet play CASE --exam", "Το --exam θέλει περιστατικό: islet play ΠΕΡΙΣΤΑΤΙΚΟ --exam").said)
  }

  func run() throws {
    let console = Console(options)
    guard let name else {
      try console.finish(console.runScript(Array("play".utf8), name: nil))
      return
    }
    let line = "play \"\(name.filter { $0 != "\"" && $0 != "\n" })\"" + (again ? " again" : "") + (exam ? " exam" : "")
    if Console.isInteractive {
      try console.finish(console.runShell(first: line))
    } else {
      try console.finish(console.runPipe(first: line))
    }
  }
}

struct CheckFiles: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: Words(
      "Check teaching cases, scripts and notebooks: files, or folders with them.", "Έλεγχος περιστατικών, αρχείων εντολών και τετραδίων: αρχεία ή φάκελοι."
    ).said,
    discussion: Words(
      """
      A case is read whole, its expectations are checked and its paths replayed; a script or \
      notebook runs. A line is printed for each, and the exit status is 1 when one failed.
      """,
      """
      Ένα περιστατικό διαβάζεται ολόκληρο, εξετάζονται οι προσδοκίες του και ξαναπαίζονται οι διαδρομές του· ένα αρχείο εντολών \
      ή τετράδιο εκτελείται. Τυπώνεται μία γραμμή για το καθένα, και η κατάσταση εξόδου είναι 1 όταν κάποιο απέτυχε.
      """
    ).said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(Words("Files or folders.", "Αρχεία ή φάκελοι.").said, valueName: Words("path", "διαδρομή").said),
    completion: .file(extensions: ["islet", "md"])) var paths: [String]
  @Flag(
    name: .long,
    help: ArgumentHelp(Words("Accept what the files mean now, and write it beside them.", "Αποδοχή όσων σημαίνουν τώρα τα αρχεία· γράφεται δίπλα τους.").said))
  var bless = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Why the new meaning is right; goes with --bless.", "Γιατί η νέα σημασία είναι σωστή· πηγαίνει με το --bless.").said,
      valueName: Words("reason", "αιτία").said)) var because: String?

  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words("Fail on every note, except of what is outside the text.", "Αποτυχία σε κάθε σημείωση, εκτός από όσες αφορούν ό,τι είναι έξω από το κείμενο.").said)
  )
  var strict = false

  func validate() throws {
    if bless, because?.isEmpty ?? true {
      throw ValidationError(Words("--bless asks for a reason: --because \"…\"", "Το --bless ζητά αιτία: --because \"…\"").said)
    }
    if !bless, because != nil { throw ValidationError(Words("--because goes with --bless.", "Το --because πηγαίνει με το --bless.").said) }
  }

  func run() throws {
    let console = Console(options)
    try console.finish(console.check(paths, blessing: bless ? because : nil, isStrict: strict))
  }
}

struct ExploreCase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: Words(
      "Walk every choice of a teaching case: endings, dead ends, what is never reached.",
      "Όλες οι επιλογές ενός περιστατικού: τέλη, αδιέξοδα, γραμμές όπου δεν φτάνει ποτέ κανείς."
    ).said,
    discussion: Words(
      "The exit status is 1 when a way leads nowhere or a line is never reached.",
      "Η κατάσταση εξόδου είναι 1 όταν μια διαδρομή δεν οδηγεί πουθενά ή όταν σε μια γραμμή δεν φτάνει ποτέ κανείς."
    ).said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(
      Words("The case's file, or the name of an embedded case.", "Το αρχείο του περιστατικού ή το όνομα ενός ενσωματωμένου.").said,
      valueName: Words("case", "περιστατικό").said), completion: Completions.cases) var file: String
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Play once at random, the same way for the same seed.", "Ένα τυχαίο παιχνίδι, το ίδιο για τον ίδιο σπόρο.").said,
      valueName: Words("seed", "σπόρος").said)) var random: UInt64?
  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words(
        "Play as learners who game the score would; the exit status is 1 when one gets more than they should.",
        "Παιχνίδι όπως όσοι κυνηγούν μόνο τη βαθμολογία· η κατάσταση εξόδου είναι 1 όταν κάποιος παίρνει περισσότερα από όσα πρέπει."
      ).said)) var players = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words(
        "Write the logs of this many made-up learners of mixed abilities into the folder of -o, to try out islet results.",
        "Αρχεία τόσων επινοημένων εκπαιδευομένων με διαφορετικές ικανότητες στον φάκελο του -o, για δοκιμή του islet results."
      ).said, valueName: Words("count", "πλήθος").said)) var learners: Int?
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("The seed of the made-up learners.", "Ο σπόρος των επινοημένων εκπαιδευομένων.").said, valueName: Words("seed", "σπόρος").said))
  var seed: UInt64 = 1
  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words("The made-up learners sit the case as an exam.", "Οι επινοημένοι εκπαιδευόμενοι δίνουν το περιστατικό ως διαγώνισμα.").said))
  var exam = false
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(Words("The folder for their logs.", "Ο φάκελος για τα αρχεία τους.").said, valueName: Words("folder", "φάκελος").said),
    completion: .directory) var output: String?

  func validate() throws {
    if let learners, !(1...10_000).contains(learners) {
      throw ValidationError(Words("--learners takes 1 to 10000.", "Το --learners παίρνει από 1 έως 10000.").said)
    }
    if (learners == nil) != (output == nil) { throw ValidationError(Words("--learners and -o go together.", "Τα --learners και -o πάνε μαζί.").said) }
  }

  func run() throws {
    let console = Console(options)
    if let learners, let output { return try console.finish(console.learners(learners, of: file, seed: seed, exam: exam, to: output)) }
    try console.finish(players ? console.players(file) : console.explore(file, seed: random))
  }
}

struct NewFile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: Words("Write a starting point.", "Μια αφετηρία για συγγραφείς.").said, subcommands: [NewCase.self])

  struct NewCase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "scenario",
      abstract: Words("Write a commented starting point of a teaching case: NAME.islet.", "Σχολιασμένη αφετηρία ενός περιστατικού: ΟΝΟΜΑ.islet.").said,
      discussion: Words(
        "With --from a recording gives the patient, what is hidden and the good path.",
        "Με --from μια εγγραφή δίνει τον ασθενή, όσα είναι κρυμμένα και την καλή διαδρομή."
      ).said)

    @OptionGroup var options: SharedOptions
    @Argument(help: ArgumentHelp(Words("The case's name.", "Το όνομα του περιστατικού.").said, valueName: Words("name", "όνομα").said)) var name: String
    @Option(
      name: .long, help: ArgumentHelp(Words("A recording to begin with.", "Μια εγγραφή για αρχή.").said, valueName: Words("file", "αρχείο").said),
      completion: .file(extensions: ["islet"])) var from: String?

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
      let before = files.count
      files += try self.files(in: path, ending: ".islet").map { ($0, path) }
      for file in try self.files(in: path, ending: ".md") {
        // Prose without cells is passed over; what can't be read fails below.
        let bytes = try? PlainFile.read(file, within: path, limit: ScriptBounds.bytes)
        let notebook = bytes.flatMap { try? Notebook($0, file: file) }
        if notebook.map({ !$0.cells.isEmpty }) ?? true { files.append((file, path)) }
      }
      if files.count == before {
        throw .folderEmpty(path, of: Words("case, script or notebook (.islet, .md)", "περιστατικό, σενάριο εντολών ή σημειωματάριο (.islet, .md)"))
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
      if options.format == .json {
        var report = Report(data: [
          ("file", .string(file)), ("passed", .bool(isFine)), ("summary", .string(outcome.summary[language])),
          ("notices", .strings(outcome.notices.map { $0[language] })),
        ])
        report.errors = outcome.faults
        print(report, command: "check", language: language)
        continue
      }
      let word = isFine ? Words("passed", "πέρασε") : Words("failed", "απέτυχε")
      let summary = outcome.summary[language]
      Self.write("\(word[language])  \(file)" + (summary.isEmpty ? "" : "  \(summary)") + "\n")
      for notice in outcome.notices { Self.write("  " + notice[language] + "\n") }
      for fault in outcome.faults { fail(fault) }
    }
    let passed = files.count - failed
    say(
      Words(
        "\(passed) passed, \(failed) failed", "\(passed) \(passed == 1 ? "πέρασε" : "πέρασαν"), \(failed) \(failed == 1 ? "απέτυχε" : "απέτυχαν")"),
      command: "check",
      [("passed", .integer(passed)), ("failed", .integer(failed))])
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
    if !file.hasSuffix(".islet") {
      let library = CaseLibrary(more: try SystemFiles(console: self).cases())
      // What lies at a path is read, or is said to be no file.
      if access(file, F_OK) != 0 || library.ids.contains(file) { return try library.scenario(file, world) }
    }
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
      for file in try self.files(in: path, ending: ".islet") where Script.isScenario(try read(file, limit: ScriptBounds.bytes)) {
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

  /// Writes the logs of made-up learners who play a case, or every case of a folder.
  func learners(_ count: Int, of path: String, seed: UInt64, exam: Bool, to folder: String) throws(Diagnostic) -> Int32 {
    let world = try world()
    var scenarios: [Scenario] = []
    if Folder.exists(at: path) {
      for file in try files(in: path, ending: ".islet") where Script.isScenario(try read(file, limit: ScriptBounds.bytes)) {
        scenarios.append(try scenario(file, world))
      }
    } else {
      scenarios = [try scenario(path, world)]
    }
    let made = SimulatedClass(scenarios, world, seed: seed, isExam: exam)
    let files = SystemFiles(console: self)
    PrivateFiles.makeFolder(folder)
    let digits = String(count).count
    for number in 0..<count {
      let name = String(number + 1)
      let file = folder + "/learner-" + String(repeating: "0", count: digits - name.count) + name + ".jsonl"
      try files.write(made.log(number).map { $0 + "\n" }.joined(), to: file, .whole)
    }
    Self.write(
      Words("Wrote \(count) logs to \(folder). Try: islet results \(folder)", "Γράφτηκαν \(count) αρχεία στο \(folder). Δοκιμάστε: islet results \(folder)")[
        language] + "\n")
    return 0
  }

  func newScenario(_ name: String, from recording: String?) throws(Diagnostic) -> Int32 {
    try NewScenario.check(name: name)
    let files = SystemFiles(console: self)
    let world = try world()
    var recorded: [String] = []
    if let recording { recorded = try Script(try files.read(recording), file: recording).commands(file: recording).map(\.text) }
    let file = name + ".islet"
    try files.write(NewScenario.text(name: name, recorded: recorded, language: language, world), to: file, .new)
    say(
      Words("Wrote \(file). Try: islet check \(file)", "Γράφτηκε το \(file). Δοκιμάστε: islet check \(file)"), command: "new scenario",
      [("file", .string(file))])
    return 0
  }

  /// Which file is being checked, on a terminal's last line; it is wiped before anything is printed.
  private func progress(_ place: Int?, of count: Int, _ file: String) {
    guard isatty(2) == 1, style.isColoured || options.format == .text else { return }
    let text = place.map { "\($0 + 1)/\(count)  \(Display.safe(file).split(separator: "\n").joined())" } ?? ""
    Self.write(clean: Array("\r\(text)\u{1B}[K".utf8), to: 2)
  }
}
