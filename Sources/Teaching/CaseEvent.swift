import Reports
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

  public var json: JSON {
    .fields([
      ("v", .integer(Self.version)), ("at", .integer(at)), ("step", .integer(step)), ("kind", .string(kind.rawValue)),
      ("what", .string(what)), ("rule", rule.map { .string($0) }), ("mark", mark.map { .string($0) }),
      ("cost", cost.map { .integer($0) }), ("case", .string(self.case)), ("attempt", .integer(attempt)),
      ("line", line.map { .string($0) }), ("time", time.map { .integer($0) }),
    ])
  }

  /// Reads a line; nil when it is none, or of a newer version.
  public init?(_ json: JSON) {
    guard json["v"]?.int == Self.version, let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)), let name = json["case"]?.string,
      let attempt = json["attempt"]?.int, let at = json["at"]?.int, let step = json["step"]?.int, let what = json["what"]?.string
    else { return nil }
    self.init(
      case: name, attempt: attempt, at: at, step: step, kind: kind, what: what, rule: json["rule"]?.string, mark: json["mark"]?.string,
      cost: json["cost"]?.int, line: json["line"]?.string, time: json["time"]?.int)
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

}

/// A log of attempts, a line an event.
public struct CaseLog: Sendable {
  public private(set) var events: [CaseEvent] = []
  /// The numbers of the lines that are no events, or of a newer version, from 1.
  public private(set) var unread: [Int] = []

  public init(_ bytes: some Collection<UInt8>) {
    for (place, row) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() where !row.isEmpty {
      if let event = JSON(reading: Array(row)).flatMap(CaseEvent.init) { events.append(event) } else { unread.append(place + 1) }
    }
  }

  /// What is to be said of the lines that weren't read.
  public func fault(in file: String) -> Diagnostic? {
    guard let line = unread.first else { return nil }
    let lines = unread.prefix(10).map(String.init).joined(separator: ", ") + (unread.count > 10 ? " …" : "")
    return Diagnostic(
      "log.line",
      Words(
        "Lines that aren't attempts at cases, left out: \(lines) (\(unread.count)).",
        "Γραμμές που δεν είναι προσπάθειες σε περιστατικά και παραλείφθηκαν: \(lines) (\(unread.count))."),
      file: file, line: line)
  }
}
