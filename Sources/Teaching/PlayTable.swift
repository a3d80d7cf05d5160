import Reports
import Wording

/// A case as a table that a page can play without a judgement of its own: where it can stand, what each deed leads to there, what
/// is said, and what each end is worth.
///
/// Situations are one where nothing differs that the rest of the case or its score rests on: the tests held, what they told, and
/// what was done with how it was judged. Answers change none of it; they add. Everything is worked out by `Play` and `Grader` when
/// the table is made. Who plays by it looks up and adds:
/// - a reply is found by its key in its item's replies and earns millionths; a number is looked up in ranges of its unit;
/// - a deed costs what the menu says, a hint what stands beside it, and costs add up;
/// - at an end goal and safety are given; economy is the first pair of `economies` whose first is at least what was spent, reasoning
///   the first place of `reasonings` (of so many answers) that is at most what was earned, counted down from the weight; the band of
///   reasoning chooses among an end's three caps, and the total is the sum, at most the cap.
///
/// A deed that leads to a situation beyond the bound is not in the table: whoever meets it is told to go to the shell.
public struct PlayTable: Sendable {
  /// Situations at most, those of a question for a command among them.
  public static let bound = 2_000
  /// Deeds tried at most, for each situation that there may be; beyond them what is left is in the shell alone.
  static let trials = 3

  /// A thing to do in a free phase, or as the answer to a question for a command.
  struct Choice: Hashable {
    /// Where it stands in the menu.
    enum Group: String { case test, treatment, against, time }
    /// As it is typed in the shell, in canonical form.
    let line: String
    let label: String
    let group: Group
    let cost: Int
    /// The test that it orders.
    var test: String?
  }

  /// What a deed leads to, and what is said of it.
  struct Move: Hashable {
    let state: Int
    let said: Int
  }

  /// What a command as an answer leads to.
  struct Command: Hashable {
    let choice: Int
    let said: Int
    let credit: Int
    let next: Int
  }

  /// A place between two that wait, with what is said on the way to it.
  enum Node: Hashable {
    case pause(said: Int, next: Int)
    /// `next` by the way that a reply goes.
    case question(said: Int, item: Int, next: [Int])
    case command(said: Int, item: Int, [Command])
    case act(said: Int, state: Int, act: Int)
    case over(said: Int, end: Int)
  }

  struct State {
    let patient: Int
    let day: Int
    /// Where each free phase goes on to when it is ended; -1 where it is not come to.
    var done: [Int]
    var moves: [Int: Move] = [:]
  }

  struct Reply: Hashable {
    let credit: Int
    let said: Int
    /// Which way the case goes on.
    let way: Int
    /// What the debrief says of it.
    let review: Int
  }

  /// Numbers in one unit, in millionths: each range leads to a reply; `other` is the reply to all others.
  struct Numbers: Hashable {
    struct Range: Hashable {
      let low: Int64
      let high: Int64
      let reply: String
    }
    let unit: String
    let name: String
    let ranges: [Range]
  }

  struct PricedHint: Hashable {
    let said: Int
    let cost: Int
  }

  struct Item: Hashable {
    let name: String
    let kind: String
    let text: String
    /// How it is answered.
    let manner: String
    let choices: [String]
    /// Choices at most; 0 where there is no bound.
    let most: Int
    var replies: [String: Reply] = [:]
    var numbers: [Numbers] = []
    let hints: [PricedHint]
    let takeHome: Int
    /// Of a question for a command: what the menu offers.
    var menu: [Int] = []
    /// What phrases of free text say, as the shell would read them.
    var phrases: [[String]] = []
  }

  struct End: Hashable {
    let goal: Int
    let safety: Int
    let economy: Int
    /// The cap by the band of reasoning, as a place among `caps`; -1 where none holds.
    let caps: [Int]
    /// The rows of goal, safety and economy; what to take home, -1 where an answer teaches it; the worst and best decision; and
    /// the stages of the debrief.
    let rows: [Int]
    let takeHome: Int
    let bestAndWorst: Int
    let stages: [Int]
    /// The needed tests, by their places in the menu.
    let needed: [Int]
    let reading: Int
  }

  public let scenario: Scenario
  public let language: Language
  /// What is said, each piece once.
  public internal(set) var pieces: [PagePiece] = []
  var lists: [[Int]] = [[]]
  var choices: [Choice] = []
  var nodes: [Node] = []
  var states: [State] = []
  var items: [Item] = []
  var ends: [End] = []
  var economies: [[[Int]]] = []
  /// Hints of the free phases.
  var acts: [[PricedHint]] = []
  var start = 0
  var introduction = 0
  /// The row of the reasoning, what was aimed at, and what was spent, as pieces with places for their numbers.
  var reasoningRow = 0
  var aim = 0
  var spentNotice = 0
  /// Choices by lines that say them.
  var lines: [String: Int] = [:]
  /// Whether deeds were left to the shell, because there are too many situations.
  public internal(set) var isCut = false

  /// How many situations it holds.
  public var situations: Int {
    states.count + nodes.count { if case .command = $0 { true } else { false } }
  }

  func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
}

extension PlayTable {
  /// As data, for a page: numbers are places in the lists beside them; texts are places among the pieces.
  public var json: JSON {
    func numbers(_ values: [Int]) -> JSON { .array(values.map { .integer($0) }) }
    func hints(_ hints: [PricedHint]) -> JSON { .array(hints.map { numbers([$0.said, $0.cost]) }) }
    return .fields([
      ("case", .string(scenario.id)), ("start", .integer(start)), ("introduction", .integer(introduction)),
      ("lists", .array(lists.map(numbers))),
      (
        "choices",
        .array(
          choices.map { .array([.string($0.line), .string($0.label), .string($0.group.rawValue), .integer($0.cost)]) })
      ),
      ("nodes", .array(nodes.map(json))),
      (
        "states",
        .array(
          states.map { state in
            numbers(
              [state.patient, state.day] + state.done
                + state.moves.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value.state, $0.value.said] })
          })
      ), ("items", .array(items.map(json))),
      (
        "ends",
        .array(
          ends.map { end in
            .array([
              numbers([end.goal, end.safety, end.economy]), numbers(end.caps), numbers(end.rows),
              numbers([end.takeHome, end.bestAndWorst, end.reading]), numbers(end.stages), numbers(end.needed),
            ])
          })
      ), ("economies", .array(economies.map { .array($0.map(numbers)) })), ("acts", .array(acts.map(hints))),
      ("marks", marks),
    ])
  }

  private func json(_ node: Node) -> JSON {
    func numbers(_ values: [Int]) -> [JSON] { values.map { .integer($0) } }
    switch node {
    case .pause(let said, let next): return .array([.string("pause")] + numbers([said, next]))
    case .question(let said, let item, let next): return .array([.string("ask")] + numbers([said, item] + next))
    case .command(let said, let item, let commands):
      return .array([.string("command")] + numbers([said, item] + commands.flatMap { [$0.choice, $0.said, $0.credit, $0.next] }))
    case .act(let said, let state, let act): return .array([.string("act")] + numbers([said, state, act]))
    case .over(let said, let end): return .array([.string("over")] + numbers([said, end]))
    }
  }

  private func json(_ item: Item) -> JSON {
    func numbers(_ values: [Int]) -> JSON { .array(values.map { .integer($0) }) }
    return .fields([
      ("name", .string(item.name)), ("kind", .string(item.kind)), ("text", .string(item.text)), ("manner", .string(item.manner)),
      ("choices", .strings(item.choices)), ("most", .integer(item.most)),
      ("replies", .fields(item.replies.sorted { $0.key < $1.key }.map { ($0.key, numbers([$0.value.credit, $0.value.said, $0.value.way, $0.value.review])) })),
      (
        "numbers",
        .array(
          item.numbers.map { numbers in
            .array(
              [.string(numbers.name)]
                + numbers.ranges.map { .array([.number("\($0.low)"), .number("\($0.high)"), .string($0.reply)]) })
          })
      ), ("hints", .array(item.hints.map { numbers([$0.said, $0.cost]) })), ("home", .integer(item.takeHome)),
      ("menu", numbers(item.menu)),
    ])
  }

  /// The arithmetic of the score, worked out: by the number of answers the millionths that the points of reasoning ask, from the
  /// weight down to 1, and those of its bands; the caps with their reasons.
  private var marks: JSON {
    func numbers(_ values: [Int]) -> JSON { .array(values.map { .integer($0) }) }
    let weights = scenario.weights
    let most = scenario.steps.count { if case .ask = $0.kind { true } else { false } }
    let counts = Array(0...most)
    return .fields([
      ("weight", .integer(weights.reasoning)),
      (
        "reasonings",
        .array(
          counts.map { count in
            numbers(
              stride(from: weights.reasoning, through: 1, by: -1).map { points in
                Self.least(count) { Score.reasoning($0, of: count, weights) >= points }
              })
          })
      ),
      (
        "bands",
        .array(
          counts.map { count in
            numbers([Score.Band.half, .threeQuarters].map { band in Self.least(count) { Score.Band($0, of: count).rawValue >= band.rawValue } })
          })
      ), ("caps", .array(Self.caps.map { .array([.integer($0.most), .string($0.reason[language])]) })),
      ("total", .string(say("Score {total} of 100", "Βαθμός {total} στα 100"))), ("row", .integer(reasoningRow)), ("aim", .integer(aim)),
      ("unneeded", .string(Play.unneededTests[language])), ("spent", .integer(spentNotice)),
    ])
  }

  static let caps: [Score.Cap] = [.graveFaults, .graveFault, .reasoning, .best]

  /// The least that so many answers must earn together, in millionths, for what grows with it to hold.
  static func least(_ answers: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, answers * 1_000_000)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
