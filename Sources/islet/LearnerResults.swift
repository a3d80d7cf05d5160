import ArgumentParser
import Notebooks
import Reports
import Sessions
import Teaching
import Terminal
import Wording

struct ExportAttempts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attempts",
    abstract: Words(
      "Print your attempts at cases: as CSV, or as xAPI 1.0.3 statements.", "Οι προσπάθειές σας στα περιστατικά: ως CSV ή ως δηλώσεις xAPI 1.0.3."
    ).said)

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case csv, xapi
  }

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp(Words("csv or xapi.", "csv ή xapi.").said, valueName: Words("form", "μορφή").said)) var form: Form = .csv
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("The account's name in xAPI statements.", "Το όνομα του λογαριασμού στις δηλώσεις xAPI.").said, valueName: Words("name", "όνομα").said))
  var learner = "learner"
  @Option(
    name: .long,
    help: ArgumentHelp(Words("A log to read in place of your own.", "Αρχείο προσπαθειών αντί για το δικό σας.").said, valueName: Words("file", "αρχείο").said),
    completion: .file()) var log: String?

  func run() throws {
    let console = Console(options)
    try console.finish(console.exportAttempts(form, learner: learner, log: log))
  }
}

struct SummariseResults: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: Words(
      "Summarise learners' logs for an educator: learners, cases, questions, decisions, common errors.",
      "Σύνοψη των προσπαθειών των εκπαιδευομένων για τον εκπαιδευτή: εκπαιδευόμενοι, περιστατικά, ερωτήσεις, αποφάσεις, συχνά λάθη."
    ).said,
    discussion: Words(
      """
      The folder holds one log per learner, as islet keeps it under the name attempts, or one folder per learner with such a file in it. \
      Numbers are those of first attempts. Of each question they give its difficulty index p (the mean credit) with Wilson's interval, \
      its discrimination r (corrected item-total correlation, Henrysson 1963), and how often each choice was made; of each case \
      Cronbach's alpha; of answers given with a percentage the Brier score. What rests on too few learners is left out: shares from 10 on, \
      correlations from 30 on. The seals of exams are checked: a line that was changed, added, moved or taken out is reported, and such an \
      exam isn't counted. Only the learner's receipt shows that a whole log was made again. Exit status 1 when something couldn't be read or a \
      seal doesn't hold.
      """,
      """
      Ο φάκελος έχει ένα αρχείο ανά εκπαιδευόμενο, όπως το φυλάσσει το islet με το όνομα attempts, ή έναν φάκελο ανά εκπαιδευόμενο με \
      τέτοιο αρχείο. Οι αριθμοί είναι των πρώτων προσπαθειών. Για κάθε ερώτηση: δείκτης δυσκολίας p (μέση βαθμολογία) με διάστημα Wilson, \
      διακριτική ικανότητα r (διορθωμένη συσχέτιση στοιχείου–συνόλου, Henrysson 1963), και πόσο συχνά διαλέχτηκε κάθε επιλογή· για κάθε περιστατικό \
      το α του Cronbach· για όσα δηλώθηκαν με ποσοστό ο δείκτης Brier. Ό,τι στηρίζεται σε πολύ λίγους παραλείπεται: ποσοστά από 10 και \
      πάνω, συσχετίσεις από 30. Ελέγχονται οι σφραγίδες των διαγωνισμάτων: γραμμή που άλλαξε, προστέθηκε, μετακινήθηκε ή αφαιρέθηκε \
      αναφέρεται, και τέτοιο διαγώνισμα δεν μετρά. Αρχείο που έγινε όλο από την αρχή το δείχνει μόνο η απόδειξη του εκπαιδευομένου. \
      Κατάσταση εξόδου 1 όταν κάτι δεν διαβάστηκε ή μια σφραγίδα δεν ισχύει.
      """
    ).said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(Words("The folder with the logs.", "Ο φάκελος με τα αρχεία.").said, valueName: Words("folder", "φάκελος").said), completion: .directory)
  var folder: String
  @Flag(name: .long, help: ArgumentHelp(Words("Count only exams.", "Μόνο διαγωνίσματα.").said)) var exam = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("csv: a table in place of the text; html: a page with pictures.", "csv: πίνακας αντί για κείμενο· html: σελίδα με εικόνες.").said,
      valueName: Words("form", "μορφή").said)) var to: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words(
        "With csv: learners, cases, items, options, calibration, errors, exams or responses; items by itself.",
        "Με csv: learners, cases, items, options, calibration, errors, exams ή responses· αλλιώς items."
      ).said, valueName: Words("name", "όνομα").said)) var table: String?
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      Words("Write to a file; its ending, .csv or .html, says which form.", "Σε αρχείο· η κατάληξη .csv ή .html λέει τη μορφή.").said,
      valueName: Words("file", "αρχείο").said), completion: .file()) var output: String?

  func validate() throws {
    if let to, Form(rawValue: to) == nil { throw ValidationError(Words("--to takes csv or html.", "Το --to παίρνει csv ή html.").said) }
    if let output, form == nil {
      throw ValidationError(
        Words("End “\(output)” with .csv or .html, or give --to.", "Το «\(output)» να τελειώνει σε .csv ή .html, ή γράψτε --to.").said)
    }
    let tables = ClassTables.Table.allCases.map(\.rawValue).joined(separator: ", ")
    if let table, ClassTables.Table(rawValue: table) == nil {
      throw ValidationError(Words("--table takes \(tables).", "Το --table παίρνει \(tables).").said)
    }
    if table != nil, form != .csv { throw ValidationError(Words("--table goes with --to csv.", "Το --table πάει με το --to csv.").said) }
  }

  enum Form: String { case csv, html }

  private var form: Form? {
    if let to { return Form(rawValue: to) }
    return output.flatMap { file in file.hasSuffix(".csv") ? .csv : file.hasSuffix(".html") || file.hasSuffix(".htm") ? .html : nil }
  }

  func run() throws {
    let console = Console(options)
    try console.finish(console.summariseResults(folder, exams: exam, form, table.flatMap(ClassTables.Table.init) ?? .items, output))
  }
}

struct ExportQuestions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions",
    abstract: Words("Print the questions of cases in Moodle's GIFT format.", "Οι ερωτήσεις των περιστατικών στη μορφή GIFT του Moodle.").said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(
      Words(
        "Cases: files, folders or names of embedded cases; all embedded ones when left out.",
        "Περιστατικά: αρχεία, φάκελοι ή ονόματα ενσωματωμένων· αν λείπει, όλα τα ενσωματωμένα."
      ).said, valueName: Words("case", "περιστατικό").said), completion: Completions.cases)
  var cases: [String] = []

  func run() throws {
    let console = Console(options)
    try console.finish(console.exportQuestions(cases))
  }
}

extension Console {
  func exportAttempts(_ form: ExportAttempts.Form, learner: String, log: String?) throws(Diagnostic) -> Int32 {
    let file = log ?? Self.privateFiles.path(of: .attempts) ?? ""
    let bytes: [UInt8]
    if let log { bytes = try read(log, limit: 64_000_000) } else { bytes = try SystemFiles(console: self).attempts() }
    let kept = CaseLog(bytes)
    switch form {
    case .csv:
      try refuseJSON(
        Words("The table of attempts (islet attempts xapi is JSON)", "Ο πίνακας των προσπαθειών (JSON είναι το islet attempts xapi)"), Words(same: "CSV"))
      Self.write(AttemptExport.csv(kept.events), keeping: .carriageReturns)
    case .xapi: Self.write(clean: Array((AttemptExport.xapi(kept.events, learner: learner, scenario: try scenarios()).text + "\n").utf8))
    }
    guard let fault = kept.fault(in: file) else { return 0 }
    fail(fault)
    return 1
  }

  /// The cases at hand by their ids.
  private func scenarios() throws(Diagnostic) -> (String) -> Scenario? {
    let world = try world()
    let library = CaseLibrary(more: try SystemFiles(console: self).cases())
    let known = Set(library.ids)
    return { known.contains($0) ? try? library.scenario($0, world) : nil }
  }

  func summariseResults(_ folder: String, exams: Bool, _ form: SummariseResults.Form?, _ table: ClassTables.Table, _ output: String?) throws(Diagnostic)
    -> Int32
  {
    if form == .csv {
      try refuseJSON(
        Words("A table of results (islet results without --to is JSON)", "Ένας πίνακας αποτελεσμάτων (JSON είναι το islet results χωρίς --to)"),
        Words(same: "CSV"))
    }
    var faults: [Diagnostic] = []
    var logs: [LearnerLog] = []
    for learner in try learners(in: folder, &faults) {
      let log = CaseLog(learner.bytes)
      let seals = log.sealFaults(in: learner.file)
      if let fault = log.fault(in: learner.file) { faults.append(fault) }
      faults += seals
      if !log.events.isEmpty || log.unread.isEmpty { logs.append(LearnerLog(learner.name, log)) }
    }
    let files = SystemFiles(console: self)
    let world = try world()
    let results = ClassResults(logs, world.guideline, exams: exams, scenario: try scenarios())
    let text: String?
    switch form {
    case .csv: text = ClassTables(results: results).csv(table)
    case .html:
      let pages = Pages(world, language: language, seconds: files.seconds)
      text = try pages.report(ClassReport(results, language).report(pictures: true), title: Words("Results of a class", "Αποτελέσματα τάξης")[language])
    case nil: text = nil
    }
    if let text, let output {
      try files.write(text, to: output, .whole)
      Self.write(Words("Wrote \(output)", "Γράφτηκε το \(output)")[language] + "\n")
    } else if let text {
      Self.write(text, keeping: form == .csv ? .carriageReturns : .nothing)
    } else {
      print(Answer(command: "results", report: ClassReport(results, language).report(pictures: false), language: language))
    }
    for fault in faults { fail(fault) }
    return faults.isEmpty ? 0 : 1
  }

  /// The logs of a folder by learner, in the order of their names: a file each, or a folder each with a log in it. Hidden files are passed over.
  private func learners(in folder: String, _ faults: inout [Diagnostic]) throws(Diagnostic) -> [(name: String, file: String, bytes: [UInt8])] {
    var found: [(name: String, file: String, bytes: [UInt8])] = []
    for file in try files(in: folder, ending: "") {
      let own = Self.logs(at: file, &faults)
      let name = Self.learner(file)
      var bytes: [UInt8] = []
      var isRead = false
      for path in own {
        do throws(Diagnostic) {
          bytes += try PlainFile.read(path, within: folder, limit: 64_000_000)
          if bytes.last.map({ $0 != 0x0A }) ?? false { bytes.append(0x0A) }
          isRead = true
        } catch {
          faults.append(error)
        }
      }
      if isRead { found.append((name, own.count == 1 ? own[0] : file, bytes)) }
    }
    if found.isEmpty, faults.isEmpty { throw .folderEmpty(folder, of: Words("learner's log", "κανένα αρχείο προσπαθειών")) }
    return found
  }

  /// The log that a path is, or those of a learner's folder: its files named attempts where there are some, else all of it.
  private static func logs(at path: String, _ faults: inout [Diagnostic]) -> [String] {
    guard PlainFile.isFolder(path) else { return [path] }
    var plain: [String] = []
    var open = [(path, 0)]
    while let (folder, depth) = open.popLast(), plain.count < 1_000 {
      do throws(Diagnostic) {
        for name in try Folder.names(in: folder).sorted() where name.first != "." || (name == ".local" && depth == 0) {
          let inside = folder + "/" + name
          if PlainFile.isFolder(inside) { if depth < 4 { open.append((inside, depth + 1)) } } else { plain.append(inside) }
        }
      } catch {
        faults.append(error)
      }
    }
    let named = plain.filter { $0.hasSuffix("/attempts") }
    if plain.isEmpty {
      faults.append(
        Diagnostic(
          "log.none", Words("There is no log in “\(path)”.", "Δεν υπάρχει αρχείο προσπαθειών στο «\(path)»."),
          help: [
            Words(
              "Copy the learner's file attempts into it; islet data shows where it is.",
              "Αντιγράψτε εκεί το αρχείο attempts του εκπαιδευομένου· το islet data δείχνει πού βρίσκεται.")
          ]))
    }
    return (named.isEmpty ? plain : named).sorted()
  }

  /// `anna` of `class/anna.jsonl`.
  private static func learner(_ file: String) -> String {
    var name = file.split(separator: "/").last.map(String.init) ?? file
    for ending in [".jsonl", ".ndjson", ".json", ".log", ".txt"] where name.hasSuffix(ending) && name.count > ending.count {
      name.removeLast(ending.count)
      break
    }
    return name
  }

  func exportQuestions(_ names: [String]) throws(Diagnostic) -> Int32 {
    try refuseJSON(Words("What Moodle reads", "Ό,τι διαβάζει το Moodle"), Words(same: "GIFT"))
    let world = try world()
    var scenarios: [Scenario] = []
    if names.isEmpty { scenarios = CaseLibrary(more: try SystemFiles(console: self).cases()).scenarios(world).cases }
    for name in names {
      let files = Folder.exists(at: name) ? try self.files(in: name, ending: ".islet") : [name]
      if files.isEmpty { throw .folderEmpty(name, of: Words("case (.islet)", "κανένα περιστατικό (.islet)")) }
      for file in files { scenarios.append(try scenario(file, world)) }
    }
    Self.write(scenarios.map { GIFT.text($0, $0.languages.contains(language) ? language : $0.languages.first ?? language) }.joined(separator: "\n"))
    return 0
  }
}
