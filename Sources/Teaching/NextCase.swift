import Guideline
import Wording

/// What a text cites.
enum Citation {
  /// `P004`, `F012`, `E01`: a letter and its digits, alone.
  static func ids(in text: String) -> [String] {
    text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init).filter { word in
      guard let letter = word.first, ["P", "F", "E"].contains(letter) else { return false }
      return word.count == (letter == "E" ? 3 : 4) && word.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }
  }
}

/// The case to play next: the one that has most to say of what the learner missed, and of those not played yet where there are some.
struct NextCase {
  let scenario: Scenario
  /// The chapters of what was missed that it speaks of, by id, the most missed first; empty where nothing was missed.
  let chapters: [String]

  /// Scores from here need no second play.
  static let enough = 90

  /// Nil where every case was played well.
  init?(_ cases: [Scenario], _ events: [CaseEvent], _ guideline: Guideline) {
    let attempts = Attempts(events)
    let chapter = { (paragraph: String) in guideline.chapters.first { $0.paragraphs.contains(paragraph) }?.id }
    var missed: [String: Int] = [:]
    for card in ReviewDeck(events).cards {
      let paragraphs: [String]
      if let (name, question) = card.question {
        let asked = cases.first { $0.id == name }?.question(question)
        paragraphs = asked?.texts.flatMap { Citation.ids(in: $0.english) } ?? []
      } else {
        paragraphs = guideline.rule(id: card.id)?.paragraphs ?? []
      }
      for id in Set(paragraphs.compactMap(chapter)) { missed[id, default: 0] += 1 }
    }
    /// What share of a case's citations is on what was missed, weighed by how often it was.
    func worth(_ scenario: Scenario) -> Double {
      let cited = scenario.texts.flatMap { Citation.ids(in: $0.english) }.compactMap(chapter)
      return cited.isEmpty ? 0 : Double(cited.reduce(0) { $0 + (missed[$1] ?? 0) }) / Double(cited.count)
    }
    let open = cases.filter { attempts.best($0.id).map { $0 < Self.enough } ?? true }
    let unplayed = open.filter { attempts.best($0.id) == nil }
    let ranked = (unplayed.isEmpty ? open : unplayed).map { ($0, worth($0)) }
    guard let best = ranked.map(\.1).max(), let found = ranked.first(where: { $0.1 == best })?.0 else { return nil }
    scenario = found
    let spoken = Set(found.texts.flatMap { Citation.ids(in: $0.english) }.compactMap(chapter))
    chapters = missed.filter { spoken.contains($0.key) }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }
}

extension Scenario {
  /// What it tells and asks, feedback included.
  var texts: [Words] {
    steps.flatMap { step -> [Words] in
      switch step.kind {
      case .say(let text): [text]
      case .ask(let question): question.texts
      case .show, .act, .label, .go, .pause: []
      }
    }
  }
}

extension Question {
  /// What it asks, and what is said to its answers.
  var texts: [Words] {
    [text] + choices.compactMap(\.feedback) + accepted.compactMap(\.feedback) + sought.compactMap(\.feedback) + slips.compactMap(\.feedback)
      + [feedback, otherwise, moved].compactMap { $0 }
  }
}
