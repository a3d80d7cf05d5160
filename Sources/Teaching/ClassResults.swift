import Guideline
import Reports
import Wording

/// A learner's log under the learner's name.
public struct LearnerLog: Sendable {
  public let name: String
  public let log: CaseLog

  public init(_ name: String, _ log: CaseLog) {
    self.name = name
    self.log = log
  }
}

/// What the logs of several learners say together, for an educator. Numbers on items, options, confidence and errors are those of each
/// learner's first attempt at a case: in later ones the answers are known.
public struct ClassResults: Sendable {
  /// A learner in one case.
  struct Sitting: Sendable {
    let learner: Int
    /// The learner's attempts in their order, those with broken seals left out.
    let attempts: [[CaseEvent]]

    var first: [CaseEvent] { attempts.first ?? [] }
    /// The scores of the attempts that came to their end.
    var scores: [Int?] { attempts.map { events in events.last { $0.kind == .end }?.mark.flatMap { Int($0) } } }
  }

  public struct Learner: Sendable {
    public let name: String
    public fileprivate(set) var cases = 0
    public fileprivate(set) var attempts = 0
    /// Scores of first attempts that came to their end.
    public fileprivate(set) var firsts: [Int] = []
    /// The best of each case.
    public fileprivate(set) var bests: [Int] = []
    /// Shares of the parts in first attempts, in hundredths, by the names of `ScoreParts`.
    public fileprivate(set) var parts: [[Int]] = []
    public fileprivate(set) var hints = 0
    public fileprivate(set) var consults = 0
    public fileprivate(set) var grave = 0
    public fileprivate(set) var forecasts: [Forecast] = []
    public fileprivate(set) var exams: [(exam: SealedAttempt, score: Int?)] = []

    /// The mean of the scores of first attempts, rounded; nil where none came to its end.
    public var mean: Int? { Self.mean(firsts) }
    public var best: Int? { Self.mean(bests) }

    static func mean(_ values: [Int]) -> Int? { values.isEmpty ? nil : (values.reduce(0, +) * 2 + values.count) / (values.count * 2) }
  }

  /// The decisions of one kind on one thing, by their marks, in first attempts.
  public struct Tally: Sendable, Hashable {
    /// `perform enucleation`.
    public let what: String
    public fileprivate(set) var marks: [String: Int] = [:]

    public var count: Int { marks.values.reduce(0, +) }
  }

  public struct CaseResult: Sendable {
    public let id: String
    public let title: Words?
    public fileprivate(set) var learners = 0
    public fileprivate(set) var attempts = 0
    /// Scores of first attempts that came to their end, ascending.
    public fileprivate(set) var firsts: [Int] = []
    /// First and last score of those who came to the end more than once.
    public fileprivate(set) var again: [(first: Int, last: Int)] = []
    /// First attempts at another version of the file than the one at hand.
    public fileprivate(set) var others = 0
    public fileprivate(set) var items: [ItemResult] = []
    public fileprivate(set) var tallies: [Tally] = []
    /// Cronbach's alpha, and how many items and learners it rests on: items that everybody met.
    public fileprivate(set) var alpha: (value: Double, items: Int, learners: Int)?

    /// A score that so many hundredths lie at or below; the lower of two.
    public func quantile(_ hundredths: Int) -> Int? { firsts.isEmpty ? nil : firsts[(firsts.count - 1) * hundredths / 100] }
  }

  /// What several got wrong by one rule, or by none.
  public struct CommonError: Sendable {
    public let rule: String?
    /// `blind`, `refused`, …; empty where a mark of the rule alone tells it.
    public let kind: String
    public fileprivate(set) var learners: Set<Int> = []
    public fileprivate(set) var deeds: [String: Int] = [:]

    /// The deeds, the most frequent first.
    public var what: [String] { deeds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key) }
  }

  public private(set) var learners: [Learner] = []
  public private(set) var cases: [CaseResult] = []
  public private(set) var errors: [CommonError] = []
  public private(set) var forecasts: [Forecast] = []
  /// Learners whose sealed exam, or whole log, is also another's.
  public private(set) var copies: [[String]] = []
  let guideline: Guideline
  let examsAlone: Bool
  private(set) var responses: [(learner: Int, case: String, attempt: Int, answers: [CaseEvent])] = []

  /// - Parameters:
  ///   - exams: whether only exams count.
  ///   - scenario: a case by its id; nil of one that isn't at hand.
  public init(_ logs: [LearnerLog], _ guideline: Guideline, exams: Bool = false, scenario: (String) -> Scenario?) {
    self.guideline = guideline
    examsAlone = exams
    learners = logs.map { Learner(name: $0.name) }
    var sittings: [String: [Sitting]] = [:]
    for (place, log) in logs.enumerated() {
      for sitting in Self.sittings(log.log, place, exams) { sittings[sitting.first.first?.case ?? "", default: []].append(sitting) }
      for exam in log.log.exams {
        let end = log.log.events.first { $0.case == exam.case && $0.attempt == exam.attempt && $0.kind == .end }
        learners[place].exams.append((exam, end?.mark.flatMap { Int($0) }))
      }
    }
    copies = Self.copies(logs)
    var wrong: [String: CommonError] = [:]
    for name in sittings.keys.sorted() {
      let found = sittings[name] ?? []
      read(name, found, scenario(name))
      for sitting in found { Self.add(sitting, to: &wrong) }
    }
    errors = wrong.sorted { ($1.value.learners.count, $0.key) < ($0.value.learners.count, $1.key) }.map(\.value)
  }

  private static func sittings(_ log: CaseLog, _ learner: Int, _ exams: Bool) -> [Sitting] {
    let sealed = Dictionary(log.exams.map { ("\($0.case)\n\($0.attempt)", $0.holds) }) { $0 && $1 }
    var order: [String] = []
    var found: [String: [Int: [CaseEvent]]] = [:]
    for event in log.events where event.case != ReviewDeck.name {
      let seal = sealed["\(event.case)\n\(event.attempt)"]
      guard seal ?? !exams else { continue }
      if found[event.case] == nil { order.append(event.case) }
      found[event.case, default: [:]][event.attempt, default: []].append(event)
    }
    return order.map { name in Sitting(learner: learner, attempts: (found[name] ?? [:]).sorted { $0.key < $1.key }.map(\.value)) }
  }

  /// Logs whose attempts are the same to the second, and exams with the same seal.
  private static func copies(_ logs: [LearnerLog]) -> [[String]] {
    var same: [String: [String]] = [:]
    for log in logs {
      for exam in log.log.exams where exam.isClosed { same[exam.seal, default: []].append(log.name) }
      guard log.log.exams.isEmpty, log.log.events.contains(where: { $0.time != nil }) else { continue }
      same[Fingerprint.of(log.log.events.flatMap { Array($0.json.text.utf8) }), default: []].append(log.name)
    }
    return same.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  // MARK: One case

  private mutating func read(_ name: String, _ sittings: [Sitting], _ scenario: Scenario?) {
    var result = CaseResult(id: name, title: scenario?.title)
    var answers: [String: [(learner: Int, event: CaseEvent, line: String)]] = [:]
    var order: [String] = (scenario?.steps ?? []).compactMap { step -> String? in
      if case .ask(let question) = step.kind { question.name } else { nil }
    }
    var read: [String: [String: ReadAnswer?]] = [:]
    var met: [Int: [String: Double]] = [:]
    for sitting in sittings {
      let learner = sitting.learner
      let first = sitting.first
      result.learners += 1
      result.attempts += sitting.attempts.count
      learners[learner].cases += 1
      learners[learner].attempts += sitting.attempts.count
      let scores = sitting.scores
      let ended = scores.compactMap { $0 }
      if let score = scores.first, let score {
        result.firsts.append(score)
        learners[learner].firsts.append(score)
      }
      if let best = ended.max() { learners[learner].bests.append(best) }
      if ended.count > 1 { result.again.append((ended[0], ended[ended.count - 1])) }
      if let mark = scenario?.mark, let start = first.first(where: { $0.kind == .start }), start.what != mark { result.others += 1 }
      var last = ""
      for event in first {
        // A command that answers a question stands in the line before.
        let line = event.line.flatMap { $0.isEmpty ? nil : $0 } ?? last
        last = line
        switch event.kind {
        case .hint: learners[learner].hints += 1
        case .consult: learners[learner].consults += 1
        case .end:
          learners[learner].grave += event.faults.count { $0.kind.weight == .grave }
          if let parts = event.parts { learners[learner].parts.append(zip(parts.points, parts.most).map { $1 == 0 ? 100 : $0 * 100 / $1 }) }
        case .answer:
          guard event.mark != nil else { continue }
          if !order.contains(event.what) { order.append(event.what) }
          answers[event.what, default: []].append((learner, event, line))
          met[learner, default: [:]][event.what] = event.earned
        case .give, .perform, .arrange, .decide: result.add(event)
        case .start, .resume, .order, .undo, .quit, .worsened, .step: continue
        }
      }
      responses.append((learner, name, first.first?.attempt ?? 1, first.filter { $0.kind == .answer }))
    }
    result.firsts.sort()
    for item in order {
      guard let given = answers[item] else { continue }
      let question = scenario?.question(item)
      func reading(_ line: String) -> ReadAnswer? {
        if let known = read[item]?[line] { return known }
        let found = question.flatMap { self.answer(line, to: $0) }
        read[item, default: [:]][line] = .some(found)
        return found
      }
      for (learner, _, line) in given {
        let told = reading(line)?.forecasts ?? []
        learners[learner].forecasts += told
        forecasts += told
      }
      let responses = given.map { learner, event, line -> ItemResult.Response in
        let others = (met[learner] ?? [:]).filter { $0.key != item }.values
        return ItemResult.Response(
          learner: learner, credit: event.earned, rest: others.count < 2 ? nil : others.reduce(0, +) / Double(others.count), line: line)
      }
      result.items.append(ItemResult(case: name, question: item, question, responses, reading))
    }
    let common = result.items.map(\.name).filter { item in !met.isEmpty && met.values.allSatisfy { $0[item] != nil } }
    let rows = met.sorted { $0.key < $1.key }.map { scores in common.compactMap { scores.value[$0] } }
    if let value = ItemStatistics.alpha(rows) { result.alpha = (value, common.count, rows.count) }
    cases.append(result)
  }

  private func answer(_ line: String, to question: Question) -> ReadAnswer? {
    guard question.kind.takesChoices, case .success(let reply)? = ReplyReader(question: question, vocabulary: guideline.vocabulary).reply(line, command: nil)
    else { return nil }
    let graded = ItemGrader(question: question, guideline: guideline, language: .english).graded(reply, patient: nil)
    return ReadAnswer(choices: reply.choices, forecasts: graded.forecasts)
  }

  // MARK: Errors

  /// What went wrong in a first attempt: marks against a rule, refused doses, and the faults that its end tells.
  private static func add(_ sitting: Sitting, to wrong: inout [String: CommonError]) {
    func add(_ rule: String?, _ kind: String, _ deed: String) {
      let key = rule ?? "\u{7F}\(kind) \(deed)"
      var error = wrong[key] ?? CommonError(rule: rule, kind: rule == nil ? kind : "")
      if error.learners.insert(sitting.learner).inserted || error.deeds[deed] == nil { error.deeds[deed, default: 0] += 1 }
      wrong[key] = error
    }
    for event in sitting.first {
      switch event.kind {
      case .give, .perform, .arrange, .decide:
        let what = event.kind == .decide ? Deed(.against, event.what).text : event.what
        switch event.mark {
        case Mark.against.rawValue, Mark.premature.rawValue: add(event.rule, event.mark ?? "", what)
        case Mark.refused.rawValue: add(nil, Mark.refused.rawValue, what)
        default: continue
        }
      case .end: for fault in event.faults { add(fault.rule, fault.kind.rawValue, fault.therapy) }
      default: continue
      }
    }
  }
}

extension CaseEvent {
  /// What an answer earned, from 0 to 1; by its mark in logs of earlier versions.
  var earned: Double {
    let credit = credit ?? mark.flatMap(Verdict.init(rawValue:))?.credit ?? .none
    return Double(credit.millionths) / 1_000_000
  }
}

extension ClassResults.CaseResult {
  fileprivate init(id: String, title: Words?) {
    self.id = id
    self.title = title
  }

  fileprivate mutating func add(_ event: CaseEvent) {
    guard let mark = event.mark else { return }
    let what = (event.kind == .decide ? Deed.Act.against.rawValue : event.kind.rawValue) + " " + event.what
    let place = tallies.firstIndex { $0.what == what }
    if place == nil { tallies.append(ClassResults.Tally(what: what)) }
    tallies[place ?? tallies.count - 1].marks[mark, default: 0] += 1
  }
}
