import Measures
import Reports
import Sessions
import Wording

/// One line of the log of attempts: what a learner did in a case.
public struct CaseEvent: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// The attempt begins, or is taken up again.
    case start, resume
    case order, give, perform, arrange, decide, answer, hint, consult, undo, quit
    /// A finding got worse, untreated.
    case worsened
    /// Another command that changes the learner's patient, or goes on from a pause.
    case step
    /// The case is at its end; the mark is the score.
    case end
  }

  /// The version of the log's format.
  public static let version = 1

  public let `case`: String
  /// The number of the attempt at the case, from 1.
  public let attempt: Int
  /// The patient's day.
  public let at: Int
  /// The place in the attempt, from 1.
  public let step: Int
  public let kind: Kind
  public let what: String
  /// The rule that a mark rests on.
  public var rule: String?
  public var mark: String?
  public var cost: Int?
  /// What was typed, in canonical form: run again it leads to the same place.
  public var line: String?
  /// Seconds since 1970; nil until it is kept.
  public var time: Int?
  /// What an answer earned of what it could; nil in logs of earlier versions.
  public var credit: Credit?
  /// Whether it starts an exam.
  public var isExam = false
  /// The last seal in the log when an exam started.
  public var after: String?
  /// At the end: the parts of the score, and what went wrong.
  public var parts: ScoreParts?
  public var faults: [LoggedFault] = []
  /// At the end of an exam: the marks of its answers and decisions in their order, which its other lines don't hold.
  public var marks: [StepMark] = []
  /// The seal of its line in an exam.
  public var seal: String?

  public var json: JSON {
    .fields([
      ("v", .integer(Self.version)), ("at", .integer(at)), ("step", .integer(step)), ("kind", .string(kind.rawValue)),
      ("what", .string(what)), ("rule", rule.map { .string($0) }), ("mark", mark.map { .string($0) }),
      ("cost", cost.map { .integer($0) }), ("case", .string(self.case)), ("attempt", .integer(attempt)),
      ("line", line.map { .string($0) }), ("credit", credit.map { .number($0.text) }), ("exam", isExam ? .bool(true) : nil),
      ("after", after.map { .string($0) }), ("parts", parts?.json),
      ("faults", faults.isEmpty ? nil : .array(faults.map(\.json))), ("marks", marks.isEmpty ? nil : .array(marks.map(\.json))),
      ("time", time.map { .integer($0) }),
    ])
  }

  /// The event without what tells how well it went, as an exam keeps it until its end.
  var unmarked: CaseEvent {
    var event = self
    (event.rule, event.mark, event.credit) = (nil, nil, nil)
    return event
  }

  /// Reads a line; nil when it is none, or of a newer version.
  public init?(_ json: JSON) {
    guard json["v"]?.int == Self.version, let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)), let name = json["case"]?.string,
      let attempt = json["attempt"]?.int, let at = json["at"]?.int, let step = json["step"]?.int, let what = json["what"]?.string
    else { return nil }
    self.init(
      case: name, attempt: attempt, at: at, step: step, kind: kind, what: what, rule: json["rule"]?.string, mark: json["mark"]?.string,
      cost: json["cost"]?.int, line: json["line"]?.string, time: json["time"]?.int)
    credit = json["credit"].flatMap(Credit.init(json:))
    isExam = json["exam"] == .bool(true)
    after = json["after"]?.string
    parts = json["parts"].flatMap(ScoreParts.init)
    faults = json["faults"]?.values?.compactMap(LoggedFault.init) ?? []
    marks = json["marks"]?.values?.compactMap(StepMark.init) ?? []
    seal = json["seal"]?.string
  }

  init(
    case name: String, attempt: Int, at: Int, step: Int, kind: Kind, what: String, rule: String? = nil, mark: String? = nil,
    cost: Int? = nil, line: String? = nil, time: Int? = nil
  ) {
    self.case = name
    self.attempt = attempt
    self.at = at
    self.step = step
    self.kind = kind
    self.what = what
    self.rule = rule
    self.mark = mark
    self.cost = cost
    self.line = line
    self.time = time
  }

  init(starting scenario: Scenario, attempt: Int, isExam: Bool, after: String?) {
    self.init(case: scenario.id, attempt: attempt, at: 0, step: 1, kind: .start, what: scenario.mark)
    self.isExam = isExam
    self.after = after
  }
}

/// The parts of a score, each with the points that it could have had.
public struct ScoreParts: Sendable, Hashable {
  public static let names = ["goal", "reasoning", "safety", "economy"]

  /// In the order of the names: points, and the most.
  public let points: [Int]
  public let most: [Int]

  init(_ score: Score, _ weights: Score.Weights) {
    points = [score.goal, score.reasoning, score.safety, score.economy]
    most = [weights.goal, weights.reasoning, weights.safety, weights.economy]
  }

  init?(_ json: JSON) {
    let pairs = Self.names.compactMap { json[$0]?.values?.compactMap(\.int) }
    guard pairs.count == Self.names.count, pairs.allSatisfy({ $0.count == 2 && $0[0] >= 0 && $0[0] <= $0[1] && $0[1] <= 100 }) else { return nil }
    points = pairs.map { $0[0] }
    most = pairs.map { $0[1] }
  }

  var json: JSON {
    .fields(Self.names.indices.map { (Self.names[$0], .array([.integer(points[$0]), .integer(most[$0])])) })
  }

  static func name(_ part: String) -> Words {
    switch part {
    case "goal": Words("goal", "στόχος")
    case "reasoning": Words("reasoning", "συλλογισμός")
    case "safety": Words("safety", "ασφάλεια")
    default: Words("economy", "οικονομία")
    }
  }
}

/// A fault as the log keeps it.
public struct LoggedFault: Sendable, Hashable {
  public let kind: Fault.Kind
  public let therapy: String
  public let rule: String?

  init(_ fault: Fault) {
    kind = fault.kind
    therapy = fault.therapy
    rule = fault.rule
  }

  init?(_ json: JSON) {
    guard let kind = json["fault"]?.string.flatMap(Fault.Kind.init(rawValue:)), let therapy = json["therapy"]?.string else { return nil }
    self.kind = kind
    self.therapy = therapy
    rule = json["rule"]?.string
  }

  var json: JSON { .fields([("fault", .string(kind.rawValue)), ("therapy", .string(therapy)), ("rule", rule.map { .string($0) })]) }
}

/// The mark of an answer or a decision in an exam.
public struct StepMark: Sendable, Hashable {
  public let what: String
  public let mark: String?
  public let rule: String?
  public let credit: Credit?

  /// Nil of a step that is neither an answer nor a decision.
  init?(_ event: CaseEvent) {
    guard event.kind.isMarked else { return nil }
    (what, mark, rule, credit) = (event.what, event.mark, event.rule, event.credit)
  }

  init?(_ json: JSON) {
    guard let what = json["what"]?.string else { return nil }
    (self.what, mark, rule) = (what, json["mark"]?.string, json["rule"]?.string)
    credit = json["credit"].flatMap(Credit.init(json:))
  }

  var json: JSON {
    .fields([
      ("what", .string(what)), ("mark", mark.map { .string($0) }), ("rule", rule.map { .string($0) }), ("credit", credit.map { .number($0.text) }),
    ])
  }
}

extension CaseEvent.Kind {
  /// Whether it is an answer or a decision, which may have a mark.
  var isMarked: Bool { [.answer, .give, .perform, .arrange, .decide].contains(self) }
}

extension Credit {
  /// `0.5`; nil outside 0 to 1.
  init?(json: JSON) {
    guard case .number(let digits) = json, let value = Exact(digits), (0...1_000_000).contains(value.millionths) else { return nil }
    self.init(Int(value.millionths), of: 1_000_000)
  }
}

/// A log of attempts, a line an event.
public struct CaseLog: Sendable {
  public private(set) var events: [CaseEvent] = []
  /// The numbers of the lines that are no events, or of a newer version, from 1.
  public private(set) var unread: [Int] = []
  /// What the seals of its exams say.
  public private(set) var exams: [SealedAttempt] = []

  public init(_ bytes: some Collection<UInt8>) {
    var chains: [String: SealedAttempt] = [:]
    var order: [String] = []
    var seals: Set<String> = []
    for (place, row) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let line = Array(row)
      // A blank line, as an editor may leave one, is no event and none that can't be read.
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
      guard let event = JSON(reading: line).flatMap(CaseEvent.init) else {
        unread.append(place + 1)
        continue
      }
      events.append(event)
      let key = Self.key(event)
      let parted = AttemptSeal.parted(line)
      guard parted != nil || event.isExam || chains[key] != nil else { continue }
      if chains[key] == nil { order.append(key) }
      chains[key, default: SealedAttempt(event)].read(event, parted, line: place + 1, seals)
      if let parted { seals.insert(parted.seal) }
    }
    exams = order.compactMap { chains[$0] }
    tellMarks()
  }

  /// The marks of exams stand at their end; every event gets its own.
  private mutating func tellMarks() {
    var told: [String: ArraySlice<StepMark>] = [:]
    for event in events where event.kind == .end && !event.marks.isEmpty { told[Self.key(event)] = event.marks[...] }
    guard !told.isEmpty else { return }
    for place in events.indices where events[place].kind.isMarked {
      let key = Self.key(events[place])
      guard let mark = told[key]?.first, mark.what == events[place].what else { continue }
      told[key]?.removeFirst()
      (events[place].mark, events[place].rule, events[place].credit) = (mark.mark, mark.rule, mark.credit)
    }
  }

  private static func key(_ event: CaseEvent) -> String { "\(event.case)\n\(event.attempt)" }

  /// The events of attempts that are no exams: what a learner may be told of.
  public var practice: [CaseEvent] {
    let sealed = Set(exams.map { "\($0.case)\n\($0.attempt)" })
    return sealed.isEmpty ? events : events.filter { !sealed.contains(Self.key($0)) }
  }

  /// What is to be said of the lines that weren't read.
  public func fault(in file: String) -> Diagnostic? {
    guard let line = unread.first else { return nil }
    let lines = unread.prefix(10).map(String.init).joined(separator: ", ") + (unread.count > 10 ? " …" : "")
    guard !events.isEmpty else {
      return Diagnostic(
        "log.foreign",
        Words("None of its lines is an attempt at a case; it was left out.", "Καμία γραμμή του δεν είναι προσπάθεια σε περιστατικό· παραλείφθηκε."),
        help: [
          Words(
            "The folder holds one log per learner, as islet keeps it under the name attempts.",
            "Ο φάκελος έχει ένα αρχείο για κάθε εκπαιδευόμενο, όπως το κρατά το islet με το όνομα attempts.")
        ], file: file)
    }
    return Diagnostic(
      "log.line",
      Words(
        "Lines that aren't attempts at cases, left out: \(lines) (\(unread.count)).",
        "Γραμμές που δεν είναι προσπάθειες σε περιστατικά και παραλείφθηκαν: \(lines) (\(unread.count))."),
      file: file, line: line)
  }

  /// What is to be said of exams whose seals don't hold.
  public func sealFaults(in file: String) -> [Diagnostic] {
    exams.flatMap { exam in exam.faults.map { $0.diagnostic(exam, file) } }
  }
}
