import Cohorts
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let auditCoverage = Command(
    "audit coverage", greek: "επιθεώρηση κάλυψης", aliases: ["coverage", "κάλυψη"], kind: .question, role: .free, group: .reading,
    summary: Words(
      "which clauses of the rules this session has shown to decide, and the patient to write next",
      "ποια σκέλη των κανόνων έκριναν μόνα τους σε αυτή τη συνεδρία, και ποιον ασθενή να γράψετε μετά"),
    details: [
      Words(
        "Every patient in use so far counts. A clause decides alone where the rest of its condition leaves the outcome to it. Over files: islet audit coverage FILES, on the command line.",
        "Μετρούν όλοι οι ασθενείς της συνεδρίας ως τώρα. Ένα σκέλος κρίνει μόνο του όταν η υπόλοιπη συνθήκη αφήνει το αποτέλεσμα σε αυτό. Για αρχεία: islet audit coverage ΑΡΧΕΙΑ, στη γραμμή εντολών."
      )
    ],
    examples: [
      Example(
        Words("audit coverage", "επιθεώρηση κάλυψης"), Words("what one patient shows", "τι δείχνει ένας ασθενής"), gives: Words(same: "P002"),
        after: "patient 61M, gastrinoma, MEN1, 25 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    var coverage = Coverage(invocation.guideline)
    for moment in invocation.session.moments { if let patient = moment.state.patient { coverage.see(patient.stated) } }
    let text = CoverageText(coverage, AdviceText(invocation))
    var state = invocation.state
    state.show(witnesses: text.witnesses)
    return Outcome(.state(state), text.report, canonical: "audit coverage")
  }
}

/// Runs scripts and scenarios, each in a session of its own, and looks at every patient in use after a command.
public struct CoverageStudy {
  private let start: Session
  private var coverage: Coverage
  private var files: [(name: String, commands: Int, refused: Int)] = []

  public init(_ session: Session) {
    start = session
    coverage = Coverage(session.world.guideline)
  }

  /// Runs a file. What isn't a command of the shell, or is refused, is counted and passed over; a scenario's hidden findings
  /// are taken as known, since its truth is what its rules are judged on.
  public mutating func run(_ script: Script, name: String) {
    var session = start
    session.depth = 1
    var isScenario = false
    var commands = 0
    var refused = 0
    for (_, bytes) in script.lines {
      guard commands < ScriptBounds.steps, let line = try? Input.text(bytes) else {
        refused += 1
        continue
      }
      for command in Input.commands(line) {
        var text = command.text
        if text.hasPrefix("islet scenario ") { isScenario = true }
        if isScenario, text.hasPrefix("hidden ") { text = "set " + text.dropFirst(7) }
        commands += 1
        if session.run(text).isError { refused += 1 }
        if let patient = session.state.patient { coverage.see(patient.stated) }
      }
    }
    files.append((name, commands, refused))
  }

  /// Looks at the patients of eval's lines; a line that is refused is counted and passed over.
  public mutating func see(patients bytes: [UInt8], name: String) {
    var lines = 0
    var refused = 0
    for line in bytes.split(separator: 0x0A) {
      lines += 1
      let patient = line.withUnsafeBufferPointer { PatientLine($0, coverage.guideline) }
      if patient.errors.isEmpty { coverage.see(patient.stated) } else { refused += 1 }
    }
    files.append((name, lines, refused))
  }

  public func report(_ language: Language) -> Report {
    CoverageText(coverage, AdviceText(coverage.guideline, language), files: files).report
  }
}

/// The report of what was covered.
struct CoverageText {
  private let coverage: Coverage
  private let text: AdviceText
  private let files: [(name: String, commands: Int, refused: Int)]
  private let next: [Int: Possible]?

  /// Rules listed with what they haven't shown.
  private static let mostRules = 12

  init(_ coverage: Coverage, _ text: AdviceText, files: [(name: String, commands: Int, refused: Int)] = []) {
    self.coverage = coverage
    self.text = text
    self.files = files
    next = coverage.next()
  }

  private var vocabulary: Vocabulary { text.vocabulary }
  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[text.language] }

  private func canonical(_ stated: [Int: Possible]) -> String { Audit.Witness(stated: stated).canonical(vocabulary) }

  var witnesses: [String] { next.map { [canonical($0)] } ?? [] }

  private func word(_ truth: Truth) -> String {
    switch truth {
    case .yes: say("holding", "όταν ισχύει")
    case .no: say("failing", "όταν δεν ισχύει")
    case .unknown: say("unknown", "όταν δεν είναι γνωστό")
    }
  }

  var report: Report { Report(data: data, blocks: blocks) }

  private var blocks: [Block] {
    let parts = coverage.clauses
    func seen(_ truth: Truth) -> Int { parts.count { $0.counts[truth] != nil } }
    var blocks: [Block] = []
    if !files.isEmpty {
      blocks.append(
        .rows(
          files.map { file in
            Row(
              file.name,
              detail: say("\(file.commands) lines", "\(file.commands) γραμμές")
                + (file.refused > 0 ? say(", \(file.refused) not commands of the shell", ", \(file.refused) δεν είναι εντολές του κελύφους") : ""))
          }))
    }
    blocks.append(
      .paragraph(
        say(
          "\(coverage.patients) different patients, \(parts.count) clauses of rules: \(seen(.yes)) seen to decide alone holding, \(seen(.no)) failing, \(seen(.unknown)) unknown.",
          "\(coverage.patients) διαφορετικοί ασθενείς, \(parts.count) σκέλη κανόνων: \(seen(.yes)) έκριναν μόνα τους όταν ισχύουν, \(seen(.no)) όταν δεν ισχύουν, \(seen(.unknown)) όταν δεν είναι γνωστό."
        )))
    let open = parts.filter { !$0.unseen.isEmpty }
    if !open.isEmpty {
      blocks.append(.heading(say("Not yet seen to decide", "Δεν φάνηκαν ακόμη να κρίνουν")))
      blocks.append(
        .rows(
          open.prefix(Self.mostRules).map { part in
            Row(
              text.condition(part.condition), mark: "○", detail: part.unseen.map(word).joined(separator: ", "),
              citation: text.citation([text.guideline.rules[part.rule]]))
          }))
      if open.count > Self.mostRules {
        blocks.append(.notice(Words.more(open.count - Self.mostRules, feminine: true)[text.language]))
      }
    }
    if let next {
      blocks.append(.heading(say("Write next", "Γράψτε μετά")))
      let gain = coverage.gain(next)
      blocks.append(
        .rows([
          Row(say("patient ", "ασθενής ") + canonical(next), number: 1, detail: say("shows \(gain) for the first time", "δείχνει \(gain) για πρώτη φορά"))
        ]))
    }
    return blocks
  }

  private var data: [(String, JSON?)] {
    [
      (
        "files",
        files.isEmpty
          ? nil
          : .array(files.map { .fields([("file", .string($0.name)), ("lines", .integer($0.commands)), ("refused", .integer($0.refused))]) })
      ),
      ("patients", .integer(coverage.patients)),
      (
        "conditions",
        .array(
          coverage.clauses.map { part in
            .fields([
              ("rule", .string(text.guideline.rules[part.rule].id)), ("condition", .string(Printer.condition(part.condition, vocabulary))),
              ("yes", .integer(part.counts[.yes] ?? 0)), ("no", .integer(part.counts[.no] ?? 0)), ("unknown", .integer(part.counts[.unknown] ?? 0)),
            ])
          })
      ),
      ("next", next.map { .string(canonical($0)) } ?? .null), ("gain", next.map { .integer(coverage.gain($0)) }),
    ]
  }
}
