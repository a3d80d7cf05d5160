import ArgumentParser
import Commands
import Guideline
import Sessions
import Wording

/// `islet audit` and `islet audit coverage`.
struct AuditGuideline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: Words(
      "Say where the guideline is silent or contradicts itself, each with a patient.", "Πού η οδηγία σιωπά ή αντιφάσκει, κάθε φορά με έναν ασθενή."
    ).said,
    discussion: Words(
      """
      The exit status is 1 when two rules contradict each other undeclared, or a rule applies to no patient. With --guideline \
      the chapters of the folder are also compared with the built-in ones, or with those of --against: each rule that is new, \
      lost or means something else, with a patient; a lost or changed rule ends with 1 too.
      """,
      """
      Η κατάσταση εξόδου είναι 1 όταν δύο κανόνες αντιφάσκουν χωρίς να δηλώνεται, ή ένας κανόνας δεν ισχύει για κανέναν \
      ασθενή. Με --guideline τα κεφάλαια του φακέλου συγκρίνονται και με τα ενσωματωμένα, ή με εκείνα του --against: κάθε \
      κανόνας που είναι νέος, χάθηκε ή σημαίνει κάτι άλλο, με έναν ασθενή· αν χάθηκε ή άλλαξε κανόνας, η κατάσταση είναι επίσης 1.
      """
    ).said,
    subcommands: [Coverage.self])

  @OptionGroup var options: SharedOptions
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("List every gap of one topic of the text.", "Όλα τα κενά ενός θέματος του κειμένου.").said, valueName: Words("topic", "θέμα").said),
    completion: Completions.topics) var topic: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Compare with the chapters of this folder.", "Σύγκριση με τα κεφάλαια αυτού του φακέλου.").said, valueName: Words("folder", "φάκελος").said),
    completion: .directory) var against: String?

  func run() throws {
    let console = Console(options)
    try console.finish(console.audit(topic: topic, against: against))
  }

  struct Coverage: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words(
        "Count which clauses of the rules are seen to decide alone, and propose the next patient.",
        "Ποια σκέλη των κανόνων φάνηκαν να κρίνουν μόνα τους, με πρόταση για τον επόμενο ασθενή."
      ).said,
      discussion:
        Words(
          "Each command of a script is run, and each patient in use after it is examined. Lines that aren't commands of the shell are counted. Of .ndjson files each line is a patient.",
          "Εκτελείται κάθε εντολή του αρχείου και μετά από καθεμία εξετάζεται ο τρέχων ασθενής. Οι γραμμές που δεν είναι εντολές του κελύφους μετριούνται. Στα αρχεία .ndjson κάθε γραμμή είναι ένας ασθενής."
        ).said
    )

    @OptionGroup var options: SharedOptions
    @Argument(
      help: ArgumentHelp(
        Words("Scripts, scenarios, patients (.ndjson).", "Αρχεία εντολών, σενάρια, ασθενείς (.ndjson).").said, valueName: Words("files", "αρχεία").said),
      completion: .file(extensions: ["islet", "ndjson"])) var files: [String]

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
        study.run(try Script(bytes, file: file, takesCases: true), name: file)
      }
    }
    print(study.report(language), command: "audit coverage", language: language)
    return 0
  }
}
