import ArgumentParser
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
      "Summarise learners' logs for an educator: cases, decisions, common errors.",
      "Σύνοψη των προσπαθειών των εκπαιδευομένων για τον εκπαιδευτή: περιστατικά, αποφάσεις, συχνά λάθη."
    ).said,
    discussion: Words(
      "The folder holds a log a learner, as islet keeps it under the name attempts.",
      "Ο φάκελος έχει ένα αρχείο ανά εκπαιδευόμενο, όπως το φυλάσσει το islet με το όνομα attempts."
    ).said)

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(Words("The folder with the logs.", "Ο φάκελος με τα αρχεία.").said, valueName: Words("folder", "φάκελος").said), completion: .directory)
  var folder: String

  func run() throws {
    let console = Console(options)
    try console.finish(console.summariseResults(folder))
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
    case .xapi: Self.write(clean: Array((AttemptExport.xapi(kept.events, learner: learner).text + "\n").utf8))
    }
    guard let fault = kept.fault(in: file) else { return 0 }
    fail(fault)
    return 1
  }

  func summariseResults(_ folder: String) throws(Diagnostic) -> Int32 {
    var logs: [[CaseEvent]] = []
    var faults: [Diagnostic] = []
    for file in try files(in: folder, ending: "") where !Folder.exists(at: file) {
      do throws(Diagnostic) {
        let log = CaseLog(try PlainFile.read(file, within: folder, limit: 64_000_000))
        if !log.events.isEmpty { logs.append(log.events) }
        if let fault = log.fault(in: file) { faults.append(fault) }
      } catch {
        faults.append(error)
      }
    }
    print(Answer(command: "results", report: ClassResults(logs).report(language), language: language))
    for fault in faults { fail(fault) }
    return faults.isEmpty ? 0 : 1
  }

  func exportQuestions(_ names: [String]) throws(Diagnostic) -> Int32 {
    try refuseJSON(Words("What Moodle reads", "Ό,τι διαβάζει το Moodle"), Words(same: "GIFT"))
    let world = try world()
    var scenarios: [Scenario] = []
    if names.isEmpty { scenarios = CaseLibrary(more: try SystemFiles(console: self).cases()).scenarios(world).cases }
    for name in names {
      let files = Folder.exists(at: name) ? try self.files(in: name, ending: ".islet") : [name]
      for file in files { scenarios.append(try scenario(file, world)) }
    }
    Self.write(scenarios.map { GIFT.text($0, $0.languages.contains(language) ? language : $0.languages.first ?? language) }.joined(separator: "\n"))
    return 0
  }
}
