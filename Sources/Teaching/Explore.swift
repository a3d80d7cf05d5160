import Reports
import Sessions
import Wording

/// Walks every choice of a case, or chooses at random: its endings, where it can't go on, what is never reached.
public struct Explore {
  /// Ways walked, at most.
  public static let bound = 500

  /// A way to the end: what was chosen, and the score.
  public struct Ending: Sendable {
    public let choices: [String]
    public let score: Int
    /// Whether every goal was reached, without a fault, with three quarters of the reasoning.
    public let isEarned: Bool
  }

  let scenario: Scenario
  let world: World
  public private(set) var endings: [Ending] = []
  /// Places where no answer leads on, with the choices that led there.
  public private(set) var deadEnds: [(line: Int, choices: [String])] = []
  private var needed: [String: [String]] = [:]
  /// The lines of statements that were run.
  private var reached: Set<Int> = []
  /// Whether ways were left out, because there are too many.
  public private(set) var isCut = false

  public init(_ scenario: Scenario, _ world: World) {
    self.scenario = scenario
    self.world = world
  }

  /// Lines of the body that no way reaches: texts, questions and jumps, not labels.
  public var unreachable: [Int] {
    scenario.steps.filter { step in
      if case .label = step.kind { return false }
      return !reached.contains(step.line)
    }.map(\.line)
  }

  private var start: Play {
    var play = Play(scenario, world: world, language: scenario.languages.first ?? .english, attempt: 1)
    _ = play.open()
    play.passPauses()
    return play
  }

  /// Walks all ways: of each question a choice of every verdict and every choice that a jump asks about (of several: all right
  /// ones, and single ones), the right and a wrong number, the accepted commands and another; in a free phase
  /// doing nothing, or what a path does there.
  public mutating func all() {
    walk(start, [])
  }

  private mutating func walk(_ play: Play, _ choices: [String]) {
    guard endings.count + deadEnds.count < Self.bound else {
      isCut = true
      return
    }
    mark(play)
    if play.isFinished {
      endings.append(Ending(choices, play.grading))
      return
    }
    var wentOn = false
    for way in play.ways(scenario) {
      var next = play
      next.needed = needed
      guard
        way.allSatisfy({ line in
          let answer = next.answer(to: line)
          return answer.report.errors.allSatisfy { $0.code.hasPrefix("dose.") }
        })
      else { continue }
      next.passPauses()
      needed = next.needed
      guard next.place > play.place || next.isFinished else { continue }
      wentOn = true
      walk(next, choices + [way.joined(separator: "; ")])
    }
    if !wentOn { deadEnds.append((scenario.steps[max(0, play.place - 1)].line, choices)) }
  }

  /// Plays once at random, with a fixed generator: the same seed goes the same way.
  public mutating func random(seed: UInt64) {
    var generator = SplitMix(seed)
    var play = start
    var choices: [String] = []
    for _ in 0..<scenario.steps.count + 1 {
      mark(play)
      if play.isFinished { break }
      var ways = play.ways(scenario)
      var wentOn = false
      while !ways.isEmpty, !wentOn {
        let way = ways.remove(at: Int(generator.next() % UInt64(ways.count)))
        var next = play
        for line in way { _ = next.answer(to: line) }
        next.passPauses()
        if next.place > play.place || next.isFinished {
          wentOn = true
          play = next
          choices.append(way.joined(separator: "; "))
        }
      }
      if !wentOn {
        deadEnds.append((scenario.steps[max(0, play.place - 1)].line, choices))
        return
      }
    }
    if play.isFinished { endings.append(Ending(choices, play.grading)) }
  }

  private mutating func mark(_ play: Play) { reached.formUnion(play.reached) }

  // MARK: Report

  public func report(_ language: Language, isWhole: Bool = true) -> Report {
    let unreachable = isWhole ? self.unreachable : []
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    let scores = endings.map(\.score)
    var blocks: [Block] = [
      .paragraph(
        say(
          "\(scenario.id): \(endings.count) endings, \(deadEnds.count) dead ends, \(unreachable.count) unreachable lines",
          "\(scenario.id): \(endings.count) τέλη, \(deadEnds.count) αδιέξοδα, \(unreachable.count) απρόσιτες γραμμές"))
    ]
    if let low = scores.min(), let high = scores.max() {
      blocks.append(.paragraph(say("scores from \(low) to \(high)", "βαθμοί από \(low) έως \(high)")))
    }
    blocks.append(.rows(endings.prefix(20).map { Row("\($0.score)", detail: $0.choices.joined(separator: " → ")) }))
    if endings.count > 20 { blocks.append(.notice(say("… and \(endings.count - 20) more endings", "… και άλλα \(endings.count - 20) τέλη"))) }
    for (line, choices) in deadEnds {
      blocks.append(.notice(say("dead end at line \(line): ", "αδιέξοδο στη γραμμή \(line): ") + choices.joined(separator: " → ")))
    }
    if !unreachable.isEmpty {
      let lines = unreachable.map(String.init).joined(separator: ", ")
      blocks.append(.notice(say("never reached: lines \(lines)", "δεν προσεγγίζονται ποτέ: γραμμές \(lines)")))
    }
    if isCut {
      blocks.append(
        .notice(
          say("There are more ways than \(Self.bound); the rest was not walked.", "Οι διαδρομές ξεπερνούν τις \(Self.bound)· οι υπόλοιπες δεν εξετάστηκαν.")))
    }
    return Report(
      data: [
        ("case", .string(scenario.id)),
        ("endings", .array(endings.map { .fields([("choices", .strings($0.choices)), ("score", .integer($0.score))]) })),
        ("dead_ends", .array(deadEnds.map { .fields([("line", .integer($0.line)), ("choices", .strings($0.choices))]) })),
        ("unreachable", .array(unreachable.map { .integer($0) })), ("cut", .bool(isCut)),
      ], blocks: blocks)
  }
}

extension Explore.Ending {
  fileprivate init(_ choices: [String], _ grading: Grading) {
    let earned = Credit.sum(grading.answers)
    self.init(
      choices: choices, score: grading.score.total,
      isEarned: grading.goals.allSatisfy(\.isReached) && grading.faults.isEmpty && earned * 4 >= grading.answers.count * 3_000_000)
  }
}

extension Play {
  /// The lines that a learner might type here, each way one or several.
  func ways(_ scenario: Scenario) -> [[String]] {
    switch waiting {
    case .pause: return [[""]]
    case .over: return []
    case .question(let question):
      switch question.kind {
      case .single: return scenario.distinct(question.choices, of: question).map { [$0.id] }
      case .several:
        let right = question.choices.filter { $0.verdict == .right }.map(\.id).joined(separator: ", ")
        return [[right]] + scenario.distinct(question.choices, of: question).map { [$0.id] }.filter { $0 != [right] }
      case .number, .ranked, .features, .concordance, .ordering, .text, .problem:
        return [question.rightAnswer(language), question.wrongAnswer(language)].compactMap { $0 }.map { [$0] }
      case .command:
        let accepted = question.accepted.map { [$0.deed?.text ?? $0.command] }
        // One command that is not accepted is enough: it is judged as any other.
        let other = scenario.paths.flatMap(\.lines).map(\.text).first { line in
          guard let command = view.world.commands.command(in: line), command.role == .deed else { return false }
          return !question.accepted.contains { $0.command == command.id }
        }
        return accepted + (other.map { [[$0]] } ?? [])
      }
    case .act:
      // Doing nothing, and what each path does in a free phase.
      var found = [["done"]]
      for path in scenario.paths {
        let phases = path.phases { view.world.commands.command(in: $0)?.id }
        for phase in phases where !found.contains(phase) { found.append(phase) }
      }
      return found
    }
  }
}

extension Scenario {
  /// One choice of each verdict, and every choice that a jump asks about: the others lead the same way to the same score.
  fileprivate func distinct(_ choices: [Question.Choice], of question: Question) -> [Question.Choice] {
    var verdicts: Set<Verdict> = []
    return choices.filter { verdicts.insert($0.verdict).inserted || isAsked($0.id, of: question.name) }
  }

  private func isAsked(_ choice: String, of question: String) -> Bool {
    func asks(_ clause: Clause) -> Bool {
      switch clause {
      case .answered(question, choice): true
      case .not(let inner): asks(inner)
      default: false
      }
    }
    return steps.contains { step in
      if case .go(_, let clause?) = step.kind { asks(clause) } else { false }
    }
  }
}

extension Path {
  /// The stretches of commands that end with `done`; lines that answer questions are left out.
  fileprivate func phases(_ command: (String) -> String?) -> [[String]] {
    var found: [[String]] = []
    var phase: [String] = []
    for line in lines {
      let text = line.text
      guard let id = command(text) else { continue }
      phase.append(text)
      if id == "done" {
        found.append(phase)
        phase = []
      }
    }
    return found
  }
}

/// splitmix64.
struct SplitMix {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
