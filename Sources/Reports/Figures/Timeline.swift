import Measures
import Wording

/// A patient's course: lanes of dated items. Days are whole, from day 0.
public struct Timeline: Sendable, Hashable {
  /// The first and last day drawn.
  public var days: ClosedRange<Int>
  /// The patient's now; nil: not marked.
  public var today: Int?
  /// The marks of the axis; empty: days, at round distances.
  public var ticks: [Tick]
  public var lanes: [Lane]

  public struct Tick: Sendable, Hashable {
    public var day: Int
    public var label: String

    public init(_ day: Int, _ label: String) {
      self.day = Timeline.bounded(day)
      self.label = label
    }
  }

  /// A line of the drawing: a therapy, the tests, the findings.
  public struct Lane: Sendable, Hashable {
    public var id: String
    public var label: String
    public var items: [Item]

    public init(_ id: String, _ label: String, _ items: [Item]) {
      self.id = id
      self.label = label
      self.items = items
    }
  }

  /// What an item is; each has a sign of its own in every drawing.
  public enum Kind: String, Sendable, CaseIterable {
    /// A therapy that runs: a solid bar.
    case course
    /// A span to watch (marrow nadir, progression window): a light bar.
    case window
    /// A dose given.
    case dose
    /// A dose due.
    case due
    /// A dose missed.
    case missed
    case procedure
    case finding
    case test
    case note
  }

  /// Something on a day, or from a day to a day; `end` nil on a course: it still runs.
  public struct Item: Sendable, Hashable {
    public var id: String
    public var label: String
    public var kind: Kind
    public var start: Int
    public var end: Int?

    public init(_ id: String, _ label: String, _ kind: Kind, from start: Int, to end: Int? = nil) {
      self.id = id
      self.label = label
      self.kind = kind
      self.start = Timeline.bounded(start)
      self.end = end.map { max(self.start, Timeline.bounded($0)) }
    }
  }

  public init(days: ClosedRange<Int>, today: Int? = nil, ticks: [Tick] = [], lanes: [Lane]) {
    self.days = Self.bounded(days.lowerBound)...Self.bounded(days.upperBound)
    self.today = today.map(Self.bounded)
    self.ticks = ticks
    self.lanes = lanes
  }

  /// Days are drawn within some 2,700 years of day 0.
  static func bounded(_ day: Int) -> Int { min(1_000_000, max(-1_000_000, day)) }

  var fields: [(String, JSON?)] {
    [
      ("from", .integer(days.lowerBound)), ("to", .integer(days.upperBound)), ("today", today.map { .integer($0) }),
      (
        "lanes",
        .array(
          lanes.map { lane in
            .fields([
              ("id", .string(lane.id)), ("text", .string(lane.label)),
              (
                "items",
                .array(
                  lane.items.map { item in
                    .fields([
                      ("id", .string(item.id)), ("text", .string(item.label)), ("kind", .string(item.kind.rawValue)), ("day", .integer(item.start)),
                      ("until", item.end.map { .integer($0) }),
                    ])
                  })
              ),
            ])
          })
      ),
    ]
  }

  func table(_ language: Language) -> (head: [Text], rows: [[Text]]) {
    let items = lanes.flatMap { lane in lane.items.map { (lane, $0) } }.enumerated().sorted {
      ($0.element.1.start, $0.offset) < ($1.element.1.start, $1.offset)
    }
    return (
      [FigureWords.day[language], "", FigureWords.kind[language], ""].map { Text($0) },
      items.map { _, pair in
        let (lane, item) = pair
        var days = String(item.start)
        if let end = item.end, end != item.start {
          days += " \(FigureWords.to[language]) \(end)"
        } else if item.end == nil, item.kind == .course {
          days += " " + FigureWords.onwards[language]
        }
        return [days, lane.label, FigureWords.kindName(item.kind)[language], item.label].map { Text($0) }
      }
    )
  }

  func description(_ language: Language) -> String {
    let rows = table(language).rows.map { $0.map(\.string) }
    return rows.map { "\(FigureWords.day[language]) \($0[0]): \($0[1]), \($0[2])" + ($0[3].isEmpty ? "" : ", " + $0[3]) }.joined(separator: "; ") + "."
  }
}
