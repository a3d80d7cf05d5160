import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// A case that is being played: the learner's view as a session of its own, the truth as another, and the log.
///
/// Nothing that the learner asks reads the truth: it is looked into only when a test is ordered, when the author's clauses
/// branch on it, and at the end.
public struct Play: LineResponder {
  /// What the case waits for.
  enum Waiting: Sendable {
    case pause
    case question(Question)
    case act(hints: [Hint])
    case over
  }

  public let scenario: Scenario
  public let attempt: Int
  /// Whether it is an exam: nothing is asked of the guideline, no hint is given, and nothing is said of how well it goes.
  public let isExam: Bool
  /// The last seal in the log when an exam starts.
  var after: String?
  /// Whether pauses are passed at once: where nobody sits before the screen.
  public var passesPauses = false
  /// The learner's.
  var view: Session
  /// The patient as it is, with all that was done to it.
  var truth: Session
  public internal(set) var log: [CaseEvent] = []
  /// The events since the last answer, to be kept.
  var fresh: [CaseEvent] = []
  /// The next statement.
  var place = 0
  var waiting = Waiting.pause
  var conduct = Conduct()
  /// What tests have told: it is never unlearnt.
  var learnt: [Int: Possible] = [:]
  var hintsGiven = 0
  /// An answer in words in which nothing was read, until the next line.
  var unread: String?
  /// What got worse, by its place among the worsenings.
  var worsened: Set<Int> = []
  /// What therapies need, as far as it was worked out.
  var needed: [String: [String]] = [:]
  /// The lines of the statements that were run.
  var reached: Set<Int> = []
  public internal(set) var isOver = false

  var guideline: Guideline { view.world.guideline }
  var grader: Grader { Grader(scenario: scenario, guideline: guideline) }
  var bench: TestBench { TestBench(scenario: scenario, vocabulary: view.world.guideline.vocabulary) }
  public var state: State { view.state }
  var language: Language { view.state.language }
  /// Whether the case is at its end.
  public var isFinished: Bool { if case .over = waiting { true } else { false } }

  func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  /// A case at its start, before its first statement; a case of one language is played in that.
  public init(_ scenario: Scenario, world: World, language: Language, attempt: Int, isExam: Bool = false) {
    var played = scenario
    if isExam { (played.consulting, played.feedback) = (.closed, .end) }
    self.scenario = played
    self.isExam = isExam
    self.attempt = attempt
    let spoken = scenario.languages.contains(language) ? language : scenario.languages.first ?? language
    let name = scenario.name?[spoken] ?? scenario.view.name
    view = Session(world: world, language: spoken, patient: scenario.view.named(name))
    // What is asked in words has the role of the command that it comes to.
    view.readsQuestions = false
    truth = Session(world: world, language: spoken, patient: scenario.truth.named(name))
  }

  // MARK: Going on

  /// Begins: the title, what is to be learnt, and the case up to where it first waits.
  public mutating func open() -> Answer {
    record(CaseEvent(starting: scenario, attempt: attempt, isExam: isExam, after: after))
    var blocks: [Block] = [.heading(scenario.title[language])]
    // An objective may be the answer.
    if !isExam { blocks.append(.rows(scenario.objectives.map { Row($0.cited(language), mark: "·") })) }
    blocks.append(.notice(rules))
    blocks += patientLine
    blocks += goOn()
    return answer("play", [("case", .string(scenario.id)), ("attempt", .integer(attempt)), ("waits", waits)], blocks)
  }

  /// How the case is played, on one line.
  var rules: String {
    let minutes = say("\(scenario.minutes) minutes", "\(scenario.minutes) λεπτά")
    let consulting: String
    switch scenario.consulting {
    case .free: consulting = say("asking the guideline is free", "οι ερωτήσεις στην οδηγία δεν κοστίζουν")
    case .closed: consulting = say("the guideline can't be asked about the patient", "δεν επιτρέπονται ερωτήσεις στην οδηγία για τον ασθενή")
    case .costs(let cost):
      consulting = say("asking the guideline about the patient costs \(cost)", "κάθε ερώτηση στην οδηγία για τον ασθενή κοστίζει \(cost)")
    }
    guard !isExam else {
      return [
        say("exam", "διαγώνισμα"), minutes, consulting,
        say("no hints, no marks until it is handed in", "χωρίς υποδείξεις, χωρίς βαθμούς πριν από την παράδοση"),
        say("every step is kept and sealed", "κάθε βήμα φυλάσσεται και σφραγίζεται"), say("hypothetical patient", "υποθετικός ασθενής"),
        say("status and quit at any time", "κατάσταση και έξοδος όποτε θέλετε"),
      ].joined(separator: " · ")
    }
    return [
      minutes, consulting, say("hypothetical patient", "υποθετικός ασθενής"),
      say("hint, status and quit at any time", "υπόδειξη, κατάσταση και έξοδος όποτε θέλετε"),
    ]
    .joined(separator: " · ")
  }

  /// The learner's patient on one line, as `show` begins.
  var patientLine: [Block] {
    var ahead = view
    return ahead.run("show").report.blocks.first.map { [$0] } ?? []
  }

  /// Runs statements up to the next that waits for the learner; at the end it tells how it went.
  mutating func goOn() -> [Block] {
    let blocks = walkOn()
    return isFinished ? blocks + finish() : blocks
  }

  /// Runs statements up to the next that waits for the learner, or to the end.
  mutating func walkOn() -> [Block] {
    var blocks: [Block] = []
    hintsGiven = 0
    while place < scenario.steps.count {
      let step = scenario.steps[place]
      place += 1
      reached.insert(step.line)
      switch step.kind {
      // What is told when nothing more is asked sums up what was right.
      case .say, .show:
        if isExam, !scenario.steps[place...].contains(where: \.waits) { continue }
        if case .say(let text) = step.kind {
          let told = isExam ? text.story : text
          if !told[language].isEmpty { blocks.append(.paragraph(told.cited(language))) }
        }
        if case .show(let exhibit) = step.kind { blocks += self.blocks(exhibit) }
      case .pause where passesPauses: continue
      case .pause:
        waiting = .pause
        return blocks + [.notice(say("Enter goes on.", "Με Enter συνεχίζετε."))]
      case .ask(let question):
        waiting = .question(question)
        return blocks + self.blocks(question)
      case .act(let text, let hints):
        waiting = .act(hints: hints)
        let yours = say(
          "Your move: order, arrange, give, perform, decide against; done ends it.", "Σειρά σας: ζήτησε, οργάνωσε, δώσε, εκτέλεσε, αποφάσισε κατά· και τέλος."
        )
        return blocks + [.paragraph(text.cited(language)), .notice(yours)] + warnings
      case .label: continue
      case .go(let label, let clause):
        if clause.map(holds) ?? true, let target = scenario.place(ofLabel: label) { place = target }
      }
    }
    waiting = .over
    return blocks
  }

  private func blocks(_ exhibit: Exhibit) -> [Block] {
    guard exhibit.kind == .timeline else { return exhibit.blocks(language) }
    var ahead = view
    let drawn = ahead.run("timeline").report.blocks
    let figures = drawn.filter { if case .figure = $0 { true } else { false } }
    return exhibit.blocks(language) + (figures.isEmpty ? drawn : figures)
  }

  func blocks(_ question: Question) -> [Block] { QuestionText(question: question, language: language).blocks }

  private func holds(_ clause: Clause) -> Bool {
    switch clause {
    case .answered(let question, let choice): conduct.answers.contains { $0.question == question && $0.given.contains(choice) }
    case .judged(let question, let verdict): conduct.answers.contains { $0.question == question && $0.verdict == verdict }
    case .did(let deed): did(deed)
    case .findings(let condition): truth.state.patient.map { guideline.inference.known($0).truth(condition) == .yes } ?? false
    case .not(let inner): !holds(inner)
    }
  }

  func did(_ deed: Deed) -> Bool {
    if deed.act == .order { return conduct.tests.contains(deed.subject) }
    if deed.act == .against { return conduct.decisions.contains { grader.covers(deed, $0.deed) } }
    return truth.state.patient?.events.contains { event in
      guard let subject = event.subject else { return false }
      switch (event.kind, deed.act) {
      case (.given, .give), (.performed, .perform), (.arranged, .arrange), (.stopped, .stop): return grader.covers(deed, Deed(deed.act, subject))
      default: return false
      }
    } ?? false
  }

  /// What the case waits for, as data.
  var waits: JSON {
    switch waiting {
    case .pause: .string("pause")
    case .question(let question): .fields([("question", .string(question.name))])
    case .act: .string("act")
    case .over: .string("over")
    }
  }

  // MARK: The log

  mutating func record(
    _ kind: CaseEvent.Kind, what: String, rule: String? = nil, mark: String? = nil, cost: Int? = nil, line: String? = nil, credit: Credit? = nil
  ) {
    var event = CaseEvent(
      case: scenario.id, attempt: attempt, at: view.state.patient?.day ?? 0, step: log.count + 1, kind: kind, what: what, rule: rule,
      mark: mark, cost: cost, line: line)
    event.credit = credit
    record(event)
  }

  mutating func record(_ event: CaseEvent) {
    log.append(event)
    fresh.append(isExam && event.kind != .end ? event.unmarked : event)
    conduct.spent += event.cost ?? 0
  }

  /// Records the end, with the parts of the score and, of an exam, the marks that were kept back.
  mutating func recordEnd(_ grading: Grading) {
    var event = CaseEvent(
      case: scenario.id, attempt: attempt, at: view.state.patient?.day ?? 0, step: log.count + 1, kind: .end, what: scenario.id,
      mark: "\(grading.score.total)")
    event.parts = ScoreParts(grading.score, scenario.weights)
    event.faults = grading.faults.map(LoggedFault.init)
    if isExam { event.marks = log.compactMap(StepMark.init) }
    record(event)
  }

  /// An answer of the case itself, with the events since the last.
  mutating func answer(_ command: String, _ data: [(String, JSON?)], _ blocks: [Block]) -> Answer {
    finished(Answer(command: command, report: Report(data: data, blocks: blocks), kind: .outside))
  }

  /// The answer with where the learner stands and what is to be kept.
  mutating func finished(_ answer: Answer) -> Answer {
    var placed = Answer(command: answer.command, report: answer.report, kind: answer.kind, language: language, patient: view.state.patient?.name)
    placed.attempts = fresh.map(\.json.text)
    placed.endsSealed = isExam && fresh.last?.kind == .end
    fresh = []
    return placed
  }

  func refused(_ error: Diagnostic, _ command: String = "") -> Answer {
    Answer(command: command, report: Report(error: error), language: language, patient: view.state.patient?.name)
  }

  // MARK: Completion

  public mutating func completions(line: String, at offset: Int) -> CompletionList {
    if case .question(let question) = waiting, !question.choices.isEmpty {
      // The last of the choices that commas part.
      let before = String(decoding: Array(line.utf8).prefix(offset), as: UTF8.self)
      let typed = before.split(separator: ",", omittingEmptySubsequences: false).last?.drop { $0 == " " } ?? ""
      let fitting = question.choices.filter { $0.id.hasPrefix(typed) }
      if !fitting.isEmpty, !typed.isEmpty {
        let end = before.utf8.count
        return CompletionList(replaces: end - typed.utf8.count..<end, candidates: fitting.map { CompletionCandidate($0.id, $0.text[language]) })
      }
    }
    return view.completions(line: line, at: offset)
  }
}

extension Words {
  /// Its sentences that tell what happens. Those with a source judge or teach, which an exam doesn't.
  fileprivate var story: Words {
    func events(_ text: String) -> String { text.sentences.filter { !$0.saysItsSource }.joined(separator: " ") }
    return Words(events(english), events(greek))
  }
}
