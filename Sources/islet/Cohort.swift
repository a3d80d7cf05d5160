import ArgumentParser
import Cohorts
import Commands
import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `islet cohort`: counts patients that are read or drawn.
struct CohortPatients: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohort",
    abstract: Words("Count advice over many patients, read or drawn.", "Μέτρηση των συστάσεων σε πολλούς ασθενείς, από αρχείο ή τυχαίους.").said,
    discussion: Words(
      """
      Counts how often each rule applies; by the values of a finding, by two findings, or before and after a change in \
      every patient. Drawn patients are hypothetical, from shares invented for teaching, not epidemiology.
      """,
      """
      Μετρά πόσες φορές ισχύει κάθε κανόνας: κατά τις τιμές ενός ευρήματος, κατά δύο ευρήματα, ή πριν και μετά από μια αλλαγή \
      σε κάθε ασθενή. Οι τυχαίοι ασθενείς είναι υποθετικοί, με ποσοστά επινοημένα για διδασκαλία, όχι επιδημιολογία.
      """
    ).said)

  @OptionGroup var options: SharedOptions
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Draw this many patients instead of reading them.", "Τόσοι τυχαίοι ασθενείς, αντί για ανάγνωση.").said, valueName: Words("number", "αριθμός").said))
  var draw: Int?
  @Option(
    name: .customLong(Parameter.seed.longName),
    help: ArgumentHelp(Words("Draw from this seed.", "Ο σπόρος των τυχαίων ασθενών.").said, valueName: Words("number", "αριθμός").said)) var seed: Int = 1
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Draw from the shares of this file.", "Τυχαίοι ασθενείς με τα ποσοστά αυτού του αρχείου.").said, valueName: Words("file", "αρχείο").said),
    completion: .file()) var shares: String?
  @Option(
    name: .customLong(CohortRequest.by.longName),
    help: ArgumentHelp(Words("Count separately by this finding.", "Χωριστή μέτρηση κατά αυτό το εύρημα.").said, valueName: Words("finding", "εύρημα").said),
    completion: Completions.findings) var by: String?
  @Option(
    name: .customLong(CohortRequest.cross.longName),
    help: ArgumentHelp(Words("Cross two findings.", "Διασταύρωση δύο ευρημάτων.").said, valueName: Words("finding,finding", "εύρημα,εύρημα").said),
    completion: Completions.findings) var cross: String?
  @Option(
    name: .customLong(CohortRequest.whatIf.longName),
    help: ArgumentHelp(
      Words("Change these findings in every patient.", "Αλλαγή αυτών των ευρημάτων σε κάθε ασθενή.").said, valueName: Words("findings", "ευρήματα").said))
  var whatIf: String?
  @Flag(name: .long, help: ArgumentHelp(Words("Print the drawn patients as NDJSON.", "Οι τυχαίοι ασθενείς, ως NDJSON.").said)) var patients = false
  @Argument(
    help: ArgumentHelp(
      Words("The patients; standard input when left out.", "Οι ασθενείς· αν λείπει, η τυπική είσοδος.").said, valueName: Words("file", "αρχείο").said),
    completion: .file(extensions: Completions.tables)) var file: String?

  func validate() throws {
    if draw == nil, patients || shares != nil {
      throw ValidationError(Words("--patients and --shares go with --draw.", "Τα --patients και --shares πηγαίνουν με το --draw.").said)
    }
    if draw != nil, file != nil { throw ValidationError(Words("Give a file or --draw, not both.", "Δώστε αρχείο ή --draw, όχι και τα δύο.").said) }
  }

  func run() throws {
    let console = Console(options)
    try console.finish(console.cohort(self))
  }
}

extension Console {
  /// Counts a cohort and prints the report. Status 1 when a line was refused.
  func cohort(_ command: CohortPatients) throws(Diagnostic) -> Int32 {
    let guideline = try loadGuideline()
    var options: [String: GivenOption] = [:]
    let texts = [
      (Parameter.size, command.draw.map(String.init)), (.seed, "\(command.seed)"), (CohortRequest.by, command.by),
      (CohortRequest.cross, command.cross), (CohortRequest.whatIf, command.whatIf),
    ]
    for (parameter, text) in texts { if let text { options[parameter.id] = try GivenOption(text) } }
    let request = try CohortRequest(options, guideline.vocabulary)
    var origin: [Words] = []
    var data: [(String, JSON?)] = []
    let study = CohortStudy(guideline, request.question)
    let counts: CohortCounts
    if command.draw != nil {
      var distributions = try Distributions.embedded(guideline)
      if let name = command.shares {
        distributions = try Distributions(file: TextFile(name: name, bytes: try read(name, limit: 1_000_000)), guideline)
      }
      let drawn = DrawnCohort(guideline, distributions, count: request.count, seed: request.seed)
      if command.patients {
        drawn.write { Self.write(clean: $0) }
        return 0
      }
      counts = study.count(drawn)
      origin = [CohortReport.invented]
      data = [("n", .integer(request.count)), ("seed", .number(String(request.seed))), ("invented", .bool(true))]
    } else {
      let stream = try stream(command.file)
      let input = try PatientInput(guideline, name: command.file, read: stream.fill)
      counts = study.count(input)
      try stream.finish()
      try input.finish()
    }
    origin.insert(CohortReport.hypothetical(counts.patients), at: 0)
    print(CohortReport(guideline, request.question, study, counts, language).report(origin: origin, data: data), command: "cohort")
    return counts.refused > 0 ? 1 : 0
  }

  /// Prints a report that no session made.
  private func print(_ report: Report, command: String) {
    switch options.format {
    case .json: Self.write(clean: Array((report.json(command: command, patient: nil, language: language).text + "\n").utf8))
    case .markdown: Self.write(report.markdown)
    case .text, .plain: Self.write(report.text(style), keeping: style.kept)
    }
  }
}
