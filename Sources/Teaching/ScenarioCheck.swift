import Grammar
import Reports
import Sessions
import Wording

/// What came of checking a file.
public struct CheckOutcome: Sendable {
  public var faults: [Diagnostic] = []
  /// What held, in a few words: `good 100, bad 20`.
  public var summary = Words(same: "")
  /// What every command answered, for blessing.
  public var told: [ToldLine] = []
  /// What the reader should know although the file passed.
  public var notices: [Words] = []

  public init() {}
}

/// A command of a checked file and what it answered.
public struct ToldLine: Sendable, Hashable {
  /// The path or file part it belongs to, and the command as written.
  public let command: String
  /// The codes of its errors; empty when it was accepted.
  public let code: String
  public let meaning: JSON
  /// A mark of its words, to tell when only these changed.
  public let words: String
  /// Where the command stands in its file; nil in a path of a case.
  let line: Int?
  let cell: Int?

  public init(_ command: String, _ answer: Answer, line: Int? = nil, cell: Int? = nil) {
    self.command = command
    self.line = line
    self.cell = cell
    code = answer.report.errors.map(\.code).joined(separator: " ")
    meaning = JSON.fields(answer.report.data).meaning
    words = Fingerprint.of(answer.report.text(.plain).utf8)
  }
}

/// Checks cases: their expectations, and every path with its score.
public struct ScenarioCheck {
  let world: World
  /// The clock, for the bound on time; seconds that only run forward.
  let seconds: () -> Double

  public init(_ world: World, seconds: @escaping () -> Double) {
    self.world = world
    self.seconds = seconds
  }

  public func check(_ bytes: [UInt8], file: String) -> CheckOutcome {
    var outcome = CheckOutcome()
    let (scenario, faults) = ScenarioReader.read(bytes, file: file, world)
    guard let scenario else {
      outcome.faults = faults
      return outcome
    }
    let audit = CaseAudit(scenario: scenario, world: world)
    outcome.faults += audit.faults(bytes)
    var gradings: [Grading] = []
    if scenario.guideline != Scenario.guideline { outcome.faults.append(.guidelineVersion(scenario.guideline, file)) }
    let language = scenario.languages.first ?? .english
    let truth = Session(world: world, language: language, patient: scenario.truth)
    for (command, label) in [("show", "truth: show"), ("recommend", "truth: recommend")] {
      var session = truth
      outcome.told.append(ToldLine(label, session.run(command)))
    }
    for expectation in scenario.expectations {
      guard case .command(let command) = expectation.kind else { continue }
      var session = truth
      session.depth = 1
      let answer = session.run("expect " + command)
      if let error = answer.report.errors.first { outcome.faults.append(error.at(file: file, line: expectation.line)) }
    }
    outcome.faults += answers(scenario)
    var scores: [String] = []
    for path in scenario.paths {
      guard let grading = walk(path, scenario, language, &outcome) else { continue }
      gradings.append(grading)
      let score = grading.score.total
      scores.append("\(path.name) \(score)")
      if score != path.score { outcome.faults.append(.score(path, grading).at(file: file, line: path.line)) }
      for expectation in scenario.expectations {
        guard case .score(path.name, let expected) = expectation.kind, expected != score else { continue }
        outcome.faults.append(
          .score(Path(name: path.name, score: expected, line: expectation.line), grading).at(file: file, line: expectation.line))
      }
    }
    if gradings.count == scenario.paths.count { outcome.faults += audit.unreachable(gradings) }
    outcome.summary = Words(same: scores.joined(separator: " · "))
    return outcome
  }

  /// Answers in words that don't earn what the author means: a model that isn't whole, a wrong one that is half right.
  private func answers(_ scenario: Scenario) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    for step in scenario.steps {
      guard case .ask(let question) = step.kind, let model = question.model else { continue }
      for language in scenario.languages {
        let grader = ItemGrader(question: question, guideline: world.guideline, language: language)
        let told = grader.graded(Reply(words: model[language]), patient: scenario.view)
        if told.credit != .full {
          let lacking = told.rows.filter { $0.mark != "✓" }.map(\.text).joined(separator: ", ")
          faults.append(
            Diagnostic(
              "case.model",
              Words("The model “\(model[language])” earns \(told.credit.percent)%.", "Το model «\(model[language])» παίρνει \(told.credit.percent)%."),
              help: [
                Words(
                  text: "It lacks, or contradicts: \(lacking). What is read of a text, note shows.",
                  "Λείπουν, ή δεν ταιριάζουν: \(lacking). Τι διαβάζεται σε ένα κείμενο το δείχνει το σημείωμα.")
              ], file: scenario.file, line: step.line))
        }
        for slip in question.slips {
          let credit = grader.graded(Reply(words: slip.text[language]), patient: scenario.view).credit
          guard credit.millionths * 2 >= 1_000_000 else { continue }
          faults.append(
            Diagnostic(
              "case.wrong-answer",
              Words(
                "The wrong answer “\(slip.text[language])” earns \(credit.percent)%.", "Η λάθος απάντηση «\(slip.text[language])» παίρνει \(credit.percent)%."),
              help: [Words("Name less of what is wanted in it.", "Αναφέρετε σε αυτήν λιγότερα από όσα ζητούνται.")], file: scenario.file, line: slip.line))
        }
      }
    }
    return faults
  }

  /// Replays a path; how it is graded, or nil when it could not be walked to the end.
  private func walk(_ path: Path, _ scenario: Scenario, _ language: Language, _ outcome: inout CheckOutcome) -> Grading? {
    var play = Play(scenario, world: world, language: language, attempt: 1)
    outcome.told.append(ToldLine("\(path.name): play", play.open()))
    for line in path.lines {
      let (text, number) = (line.text, line.number)
      play.passPauses()
      let start = seconds()
      let answer = play.answer(to: text)
      outcome.told.append(ToldLine("\(path.name): \(text)", answer))
      // A refused dose is part of a bad path; any other error is a slip of the author's.
      let slips = answer.report.errors.filter { !$0.code.hasPrefix("dose.") }
      if let error = slips.first {
        outcome.faults.append(error.at(file: scenario.file, line: number))
        return nil
      }
      if let rule = line.teaches {
        let named = play.log.last { [.give, .perform, .arrange, .decide].contains($0.kind) }?.rule
        if named != rule { outcome.faults.append(Diagnostic.teaches(rule, named).at(file: scenario.file, line: number)) }
      }
      if seconds() - start > ScriptBounds.seconds {
        outcome.faults.append(Diagnostic.slowLine.at(file: scenario.file, line: number))
        return nil
      }
    }
    play.passPauses()
    guard play.isFinished else {
      outcome.faults.append(Diagnostic.unfinished(path, play.waits.text).at(file: scenario.file, line: path.line))
      return nil
    }
    outcome.told.append(ToldLine("\(path.name): debrief", play.answer(to: "debrief")))
    return play.grading
  }
}

extension Play {
  /// Goes on from every pause.
  public mutating func passPauses() {
    while case .pause = waiting { _ = answer(to: "") }
  }
}

extension Diagnostic {
  /// Another score than the author wrote, with its parts and what took points from them.
  static func score(_ path: Path, _ grading: Grading) -> Diagnostic {
    let score = grading.score
    var help = [
      Words(
        "goal \(score.goal), reasoning \(score.reasoning), safety \(score.safety), economy \(score.economy)",
        "στόχος \(score.goal), συλλογισμός \(score.reasoning), ασφάλεια \(score.safety), οικονομία \(score.economy)")
    ]
    if let cap = score.cap { help.append(cap.reason) }
    help += grading.faults.map { fault in
      let rule = fault.rule.map { " (\($0))" } ?? ""
      return Words("\(fault.therapy): \(fault.kind.name.english)\(rule)", "\(fault.therapy): \(fault.kind.name.greek)\(rule)")
    }
    help += grading.goals.filter { !$0.isReached }.map { goal in
      let text = goal.goal?.text ?? goal.rule?.id ?? ""
      return Words("not reached: \(text)", "δεν επιτεύχθηκε: \(text)")
    }
    let missing = grading.needed.filter { !$0.isOrdered }.map(\.id).joined(separator: ", ")
    if !missing.isEmpty { help.append(Words("needed and not ordered: \(missing)", "χρειάζονταν και δεν ζητήθηκαν: \(missing)")) }
    let unneeded = grading.tests.filter { !$0.isNeeded }.map(\.id).joined(separator: ", ")
    if !unneeded.isEmpty { help.append(Words("ordered and not needed: \(unneeded)", "ζητήθηκαν και δεν χρειάζονταν: \(unneeded)")) }
    return Diagnostic(
      "case.score",
      Words(
        "The path “\(path.name)” scores \(score.total), not \(path.score).", "Η διαδρομή «\(path.name)» παίρνει \(score.total), όχι \(path.score)."),
      help: help)
  }

  static func teaches(_ rule: String, _ named: String?) -> Diagnostic {
    let named = named.map { Words(same: $0) } ?? Words("no rule", "κανέναν κανόνα")
    return Diagnostic(
      "case.teaches",
      Words("The path teaches \(rule), and the mark names \(named.english).", "Η διαδρομή διδάσκει \(rule), και η κρίση αναφέρει \(named.greek)."),
      help: [
        Words("Mend the case or the chapter; a mark can't be overridden.", "Διορθώστε το περιστατικό ή το κεφάλαιο· μια κρίση δεν παρακάμπτεται.")
      ])
  }

  static func unfinished(_ path: Path, _ waits: String) -> Diagnostic {
    Diagnostic(
      "case.unfinished",
      Words(
        "The path “\(path.name)” stops before the end: the case waits for \(waits).",
        "Η διαδρομή «\(path.name)» σταματά πριν από το τέλος: το περιστατικό περιμένει \(waits)."),
      help: [Words("Add the lines that are missing, done among them.", "Προσθέστε τις γραμμές που λείπουν, και το done.")])
  }

  static var slowLine: Diagnostic {
    Diagnostic(
      "script.time",
      Words(
        "The line took more than \(Int(ScriptBounds.seconds)) seconds of the processor.",
        "Η γραμμή χρειάστηκε περισσότερα από \(Int(ScriptBounds.seconds)) δευτερόλεπτα επεξεργαστή."),
      help: [Words("Shorten it.", "Συντομεύστε την.")])
  }

  static func guidelineVersion(_ version: Int, _ file: String) -> Diagnostic {
    let isNewer = version > Scenario.guideline
    return Diagnostic(
      "case.guideline",
      isNewer
        ? Words(
          "The case was written for chapters of version \(version); here they have version \(Scenario.guideline).",
          "Το περιστατικό γράφτηκε για κεφάλαια έκδοσης \(version)· εδώ έχουν την έκδοση \(Scenario.guideline).")
        : Words(
          "The case was written for older chapters, version \(version); here they have version \(Scenario.guideline).",
          "Το περιστατικό γράφτηκε για παλαιότερα κεφάλαια, έκδοσης \(version)· εδώ έχουν την έκδοση \(Scenario.guideline)."),
      help: [
        isNewer
          ? Words("Use a newer islet for it.", "Χρησιμοποιήστε νεότερο islet γι' αυτό.")
          : Words("Play it through, then set: guideline \(Scenario.guideline)", "Παίξτε το όλο και έπειτα γράψτε: guideline \(Scenario.guideline)")
      ], file: file, line: 1)
  }
}
