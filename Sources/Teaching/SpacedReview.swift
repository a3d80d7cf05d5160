/// When a rule comes back for review: SM-2 as published by P. A. Woźniak (1990).
///
/// An answer has a quality from 0 (no idea) to 5 (perfect). Below 3 the rule starts again from one day, its ease as it was;
/// from 3 on the ease, 2.5 at first, changes by
/// 0.1 − (5 − q) × (0.08 + (5 − q) × 0.02), never below 1.3, and the interval is 1 day, then 6, then the last times the ease, rounded up.
public struct ReviewSchedule: Sendable, Hashable {
  /// Hundredths.
  public private(set) var ease = 250
  /// Answers in a row of quality 3 or better.
  public private(set) var repetitions = 0
  /// Days to the next review; 0 until the first.
  public private(set) var interval = 0

  public init() {}

  public mutating func answered(_ quality: Int) {
    let quality = max(0, min(5, quality))
    guard quality >= 3 else {
      repetitions = 0
      interval = 1
      return
    }
    let miss = 5 - quality
    ease = max(130, ease + 10 - miss * (8 + miss * 2))
    switch repetitions {
    case 0: interval = 1
    case 1: interval = 6
    default: interval = min(36_525, (interval * ease + 99) / 100)
    }
    repetitions += 1
  }
}

/// The rules that a learner got wrong, and when each is due.
public struct ReviewDeck: Sendable {
  public struct Card: Sendable, Hashable {
    public let rule: String
    public fileprivate(set) var schedule: ReviewSchedule
    /// The day it is due, in days from 1970.
    public fileprivate(set) var due: Int
  }

  /// The name under which answers in review stand in the log.
  public static let name = "review"

  /// In the order of their due days.
  public let cards: [Card]

  /// Reads a learner's log: a rule enters when a decision goes against it or comes too early, at once due; each answer in
  /// review moves it; a new error brings it back at once.
  public init(_ events: [CaseEvent]) {
    var cards: [String: Card] = [:]
    var order: [String] = []
    for event in events {
      guard let rule = event.rule else { continue }
      let day = (event.time ?? 0) / 86_400
      if event.case == Self.name {
        guard let quality = event.mark.flatMap({ Int($0) }) else { continue }
        guard var card = cards[rule] else { continue }
        card.schedule.answered(quality)
        card.due = day + card.schedule.interval
        cards[rule] = card
      } else if [Mark.against.rawValue, Mark.premature.rawValue].contains(event.mark) {
        if cards[rule] == nil { order.append(rule) }
        cards[rule, default: Card(rule: rule, schedule: ReviewSchedule(), due: day)].due = day
      }
    }
    self.cards = order.compactMap { cards[$0] }.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element)
  }

  public func due(on day: Int) -> [Card] { cards.filter { $0.due <= day } }
}
