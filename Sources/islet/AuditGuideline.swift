import ArgumentParser
import Commands
import Guideline
import Sessions
import Wording

/// `islet audit` and `islet audit coverage`.
struct AuditGuideline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Say where the guideline is silent or contradicts itself, each with a patient.",
    discussion: """
      The exit status is 1 when two rules contradict each other undeclared, or a rule applies to no patient. With --guideline \
      the chapters of the folder are also compared with the built-in ones, or with those of --against: each rule that is new, \
      lost or means something else, with a patient; a lost or changed rule ends with 1 too.
      """,
    subcommands: [Coverage.self])

  @OptionGroup var options: SharedOptions
  @Option(name: .long, help: ArgumentHelp("List every gap of one topic of the text.", valueName: "topic")) var topic: String?

  @Option(name: .long, help: ArgumentHelp("Compare with the chapters of this folder.", valueName: "folder")) var against: String?

  func run() throws {
    let console = Console(options)
    try console.finish(console.audit(topic: topic, against: against))
  }

  struct Coverage: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count which clauses of the rules are seen to decide alone, and propose the next patient.",
      discussion:
        "Each command of a script is run, and each patient in use after it is looked at. Lines that aren't commands of the shell are counted. Of .ndjson files each line is a patient."
    )

    @OptionGroup var options: SharedOptions
    @Argument(help: ArgumentHelp("Scripts, scenarios, patients (.ndjson).", valueName: "files")) var files: [String]

    func run() throws {
      let console = Console(options)
      try console.finish(console.auditCoverage(files))
    }
  }
}

extension Console {
  /// Status 1 when the chapters are at fault, or have lost or changed a rule of those that they are compared with.
  func audit(topic: String?, against folder: String?) throws(Diagnostic) -> Int32 {
    let other: Guideline?
    if let folder {
      other = try loadGuideline(folder)
    } else {
      other = options.guideline == nil ? nil : try .embedded()
    }
    let report = try AuditReport(try loadGuideline(), language, topic: topic, against: other)
    print(report.report, command: "audit", language: language)
    return report.hasFault ? 1 : 0
  }

  func auditCoverage(_ files: [String]) throws(Diagnostic) -> Int32 {
    var study = CoverageStudy(try startSession())
    for file in files {
      let bytes = try read(file, limit: ScriptBounds.bytes)
      if file.hasSuffix(".ndjson") {
        study.see(patients: bytes, name: file)
      } else {
        study.run(try Script(bytes, file: file), name: file)
      }
    }
    print(study.report(language), command: "audit coverage", language: language)
    return 0
  }
}
