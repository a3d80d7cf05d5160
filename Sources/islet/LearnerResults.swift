import ArgumentParser
import Reports
import Sessions
import Teaching
import Terminal
import Wording

struct ExportAttempts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attempts", abstract: "Print your attempts at cases: as CSV, or as xAPI 1.0.3 statements.")

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case csv, xapi
  }

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("csv or xapi.", valueName: "form")) var form: Form = .csv
  @Option(name: .long, help: ArgumentHelp("The account's name in xAPI statements.", valueName: "name")) var learner = "learner"
  @Option(name: .long, help: ArgumentHelp("A log to read in place of your own.", valueName: "file")) var log: String?

  func run() throws {
    let console = Console(options)
    try console.finish(console.exportAttempts(form, learner: learner, log: log))
  }
}

struct SummariseResults: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results", abstract: "Summarise learners' logs for an educator: cases, decisions, common errors.",
    discussion: "The folder holds a log a learner, as islet keeps it under the name attempts.")

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("The folder with the logs.", valueName: "folder")) var folder: String

  func run() throws {
    let console = Console(options)
    try console.finish(console.summariseResults(folder))
  }
}

struct ExportQuestions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions", abstract: "Print the questions of cases in Moodle's GIFT format.")

  @OptionGroup var options: SharedOptions
  @Argument(help: ArgumentHelp("Cases: files, folders or names of embedded cases; all embedded ones when left out.", valueName: "case"))
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
    case .csv: Self.write(AttemptExport.csv(kept.events), keeping: .carriageReturns)
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
