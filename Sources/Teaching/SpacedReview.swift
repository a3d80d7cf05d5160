/// The rules and questions that a learner got wrong, and when each is due.
public struct ReviewDeck: Sendable {
  public struct Card: Sendable, Hashable {
    /// A rule's id, or case and question: `vipoma-crisis/cause`.
    public let id: String
    public fileprivate(set) var schedule = ReviewSchedule()
    /// The day it is due, in days from 1970.
    public fileprivate(set) var due: Int

    /// Case and question; nil of a rule.
    var question: (case: String, name: String)? {
      let parts = id.split(separator: "/").map(String.init)
      return parts.count == 2 ? (parts[0], parts[1]) : nil
    }
  }

  /// The name under which answers in review stand in the log.
  public static let name = "review"

  /// In the order of their due days.
  public let cards: [Card]

  /// Reads a learner's log: a rule enters when a decision goes against it or comes too early, a question when it isn't answered
  /// rightly, at once due; each answer in review moves it; a new error brings it back at once.
  public init(_ events: [CaseEvent]) {
    var cards: [String: Card] = [:]
    var order: [String] = []
    for event in events {
      let day = (event.time ?? 0) / 86_400
      if event.case == Self.name {
        guard let rating = event.mark.flatMap(ReviewSchedule.Rating.init(word:)), var card = cards[event.what] else { continue }
        card.schedule.answered(rating, on: day)
        card.due = day + card.schedule.interval
        cards[event.what] = card
      } else if let id = Self.error(event) {
        if cards[id] == nil { order.append(id) }
        cards[id, default: Card(id: id, due: day)].due = day
      }
    }
    self.cards = order.compactMap { cards[$0] }.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element)
  }

  /// What an event got wrong.
  private static func error(_ event: CaseEvent) -> String? {
    if event.kind == .answer {
      let isWrong = [Verdict.wrong.rawValue, Verdict.partly.rawValue].contains(event.mark)
      return isWrong ? event.case + "/" + event.what : nil
    }
    return [Mark.against.rawValue, Mark.premature.rawValue].contains(event.mark) ? event.rule : nil
  }

  public func due(on day: Int) -> [Card] { cards.filter { $0.due <= day } }
}
