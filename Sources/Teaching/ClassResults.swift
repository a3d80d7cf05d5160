import Reports
import Wording

/// What the logs of several learners say together, for an educator: each case, each decision and question, and the common
/// errors. Learners are counted, not named.
public struct ClassResults: Sendable {
  /// The decisions of one kind on one thing, or the answers to one question, by their marks.
  public struct Tally: Sendable, Hashable {
    /// `perform enucleation`, or the name of a question.
    public let what: String
    public let isQuestion: Bool
    public fileprivate(set) var marks: [String: Int] = [:]
    /// Rules that marks against it rest on.
    public fileprivate(set) var rules: [String] = []

    public var count: Int { marks.values.reduce(0, +) }
    public var errors: Int { ["against", "premature", "refused", "wrong"].reduce(0) { $0 + (marks[$1] ?? 0) } }
  }

  public struct CaseResult: Sendable {
    public let id: String
    public fileprivate(set) var learners = 0
    public fileprivate(set) var attempts = 0
    /// The scores of attempts that came to their end, ascending.
    public fileprivate(set) var scores: [Int] = []
    public fileprivate(set) var tallies: [Tally] = []

    /// The middle score, the lower of two; nil when none came to its end.
    public var median: Int? { scores.isEmpty ? nil : scores[(scores.count - 1) / 2] }

    /// The decisions and questions with most errors.
    public var commonErrors: [Tally] {
      Array(
        tallies.enumerated().filter { $0.element.errors > 0 }.sorted { (-$0.element.errors, $0.offset) < (-$1.element.errors, $1.offset) }.prefix(5).map(
          \.element))
    }
  }

  public private(set) var cases: [CaseResult] = []
  public let learners: Int

  /// From one log a learner.
  public init(_ logs: [[CaseEvent]]) {
    learners = logs.count
    let names = Set(logs.flatMap { $0.map(\.case) }).subtracting([ReviewDeck.name]).sorted()
    cases = names.map { name in
      var result = CaseResult(id: name)
      for log in logs {
        let events = log.filter { $0.case == name }
        guard !events.isEmpty else { continue }
        result.learners += 1
        result.attempts += Set(events.map(\.attempt)).count
        for event in events { result.add(event) }
      }
      result.scores.sort()
      return result
    }
  }

  public func report(_ language: Language) -> Report {
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    var blocks: [Block] = [
      .paragraph(say("\(learners) logs, \(cases.count) cases", "\(learners) αρχεία, \(cases.count) περιστατικά")),
      .table(
        [
          say("case", "περιστατικό"), say("learners", "εκπαιδευόμενοι"), say("attempts", "προσπάθειες"), say("finished", "ολοκληρωμένες"),
          say("median", "διάμεσος"), say("range", "εύρος"),
        ],
        cases.map { result in
          [
            result.id, "\(result.learners)", "\(result.attempts)", "\(result.scores.count)", result.median.map { "\($0)" } ?? "–",
            result.scores.first.flatMap { low in result.scores.last.map { "\(low)–\($0)" } } ?? "–",
          ]
        }),
    ]
    for result in cases {
      blocks += [
        .heading(result.id),
        .rows(
          result.tallies.map { tally in
            let marks = tally.marks.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\(Self.name($0.key)[language]) \($0.value)" }
            return Row(tally.what, mark: tally.isQuestion ? "?" : "·", detail: marks.joined(separator: " · "))
          }),
      ]
      if !result.commonErrors.isEmpty {
        blocks += [
          .paragraph(say("Common errors", "Συχνά σφάλματα")),
          .rows(
            result.commonErrors.map {
              Row($0.what, mark: "✗", detail: ([say("\($0.errors) of \($0.count)", "\($0.errors) από \($0.count)")] + $0.rules).joined(separator: " · "))
            }),
        ]
      }
    }
    return Report(
      data: [
        ("learners", .integer(learners)),
        (
          "cases",
          .array(
            cases.map { result in
              .fields([
                ("case", .string(result.id)), ("learners", .integer(result.learners)), ("attempts", .integer(result.attempts)),
                ("scores", .array(result.scores.map { .integer($0) })), ("median", result.median.map { .integer($0) } ?? .null),
                ("tallies", .array(result.tallies.map(Self.json))), ("common_errors", .strings(result.commonErrors.map(\.what))),
              ])
            })
        ),
      ], blocks: blocks)
  }

  private static func json(_ tally: Tally) -> JSON {
    .fields([
      ("what", .string(tally.what)), ("question", .bool(tally.isQuestion)),
      ("marks", .fields(tally.marks.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })), ("rules", .strings(tally.rules)),
    ])
  }

  private static func name(_ mark: String) -> Words {
    Mark(rawValue: mark)?.name ?? Verdict(rawValue: mark)?.name ?? Words(same: mark)
  }
}

extension ClassResults.CaseResult {
  fileprivate init(id: String) { self.id = id }

  fileprivate mutating func add(_ event: CaseEvent) {
    switch event.kind {
    case .end: if let score = event.mark.flatMap({ Int($0) }) { scores.append(score) }
    case .give, .perform, .arrange, .decide, .answer:
      guard let mark = event.mark else { return }
      let isQuestion = event.kind == .answer
      let act = event.kind == .decide ? Deed.Act.against.rawValue : event.kind.rawValue
      let what = isQuestion ? event.what : "\(act) \(event.what)"
      let place = tallies.firstIndex { $0.what == what && $0.isQuestion == isQuestion }
      if place == nil { tallies.append(ClassResults.Tally(what: what, isQuestion: isQuestion)) }
      let tally = place ?? tallies.count - 1
      tallies[tally].marks[mark, default: 0] += 1
      if let rule = event.rule, [Mark.against.rawValue, Mark.premature.rawValue].contains(mark), !tallies[tally].rules.contains(rule) {
        tallies[tally].rules.append(rule)
      }
    default: break
    }
  }
}
