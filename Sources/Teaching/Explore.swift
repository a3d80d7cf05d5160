import Measures
import Reports
import Sessions
import Wording

/// Walks every choice of a case, or chooses at random: its endings, where it can't go on, what is never reached.
///
/// A case goes forward only, so the ways are walked together, from one place where it waits to the next. Ways that differ in
/// nothing that the rest of the case or the score rests on are one from where they meet.
public struct Explore {
  /// Stops walked on from; beyond them only one way is.
  public static let bound = 5_000

  /// An end that ways lead to: what the first of them chose, the score, and how many ways there are to it.
  public struct Ending: Sendable {
    public let choices: [String]
    public let score: Int
    /// Whether every goal was reached, without a fault, with three quarters of the reasoning.
    public let isEarned: Bool
    public let ways: Int

    fileprivate init(_ branch: Branch, _ grading: Grading) {
      choices = branch.choices
      score = grading.score.total
      let earned = Credit.sum(grading.answers)
      isEarned = grading.goals.allSatisfy(\.isReached) && grading.faults.isEmpty && earned * 4 >= grading.answers.count * 3_000_000
      ways = branch.ways
    }
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

  /// How many ways lead to the endings; `Int.max` where there are more than that.
  public var ways: Int { endings.reduce(0) { $0.addingReportingOverflow($1.ways).overflow ? .max : $0 + $1.ways } }

  private var start: Play {
    var play = Play(scenario, world: world, language: scenario.languages.first ?? .english, attempt: 1)
    _ = play.open()
    play.passPauses()
    return play
  }

  /// Ways that have come to the same place.
  fileprivate struct Branch {
    var play: Play
    var choices: [String]
    var ways: Int
  }

  /// What the rest of a case and its score rest on, at one place.
  private struct Standing: Hashable {
    let lines: [String]
    let decisions: [String]
    let earned: Int
    let asked: [String]

    init(_ play: Play, _ isAsked: (String) -> Bool) {
      lines = play.log.filter { $0.kind != .answer && !($0.kind == .step && $0.what == "pause") }.map {
        "\($0.kind.rawValue) \($0.line ?? $0.what)"
      }
      decisions = play.conduct.decisions.map { "\($0.line) \($0.refusal ?? "") \($0.isWarned) \($0.tests)" }
      earned = Credit.sum(play.conduct.answers.map(\.credit))
      asked = play.conduct.answers.map { isAsked($0.question) ? "\($0.question) \($0.given)" : "" }
    }
  }

  /// Walks all ways: of each question a choice of every verdict and every choice that a jump asks about (of several: all right
  /// ones, and single ones), the right and a wrong number, the accepted commands and another; in a free phase doing nothing, or
  /// what a path does in one; and everywhere what a path says there.
  public mutating func all() {
    let said = lines
    let isAsked: (String) -> Bool = { [scenario] name in scenario.isAsked(name) }
    mark(start)
    var open: [Int: [Branch]] = [start.stop: [Branch(play: start, choices: [], ways: 1)]]
    var seen: [Int: [Standing: Int]] = [:]
    var walked = 0
    while let stop = open.keys.min(), let branches = open.removeValue(forKey: stop) {
      seen[stop] = nil
      for (place, branch) in branches.enumerated() {
        if branch.play.isFinished {
          endings.append(Ending(branch, branch.play.grading))
          continue
        }
        // Beyond the bound one way is still walked to its end.
        guard walked < Self.bound || place == 0 else {
          isCut = true
          continue
        }
        walked += 1
        var wentOn = false
        for way in ways(branch.play, said) {
          var next = branch.play
          next.needed = needed
          guard way.allSatisfy({ line in next.answer(to: line).report.errors.allSatisfy { $0.code.hasPrefix("dose.") } }) else { continue }
          next.passPauses()
          needed = next.needed
          guard next.stop > stop else { continue }
          wentOn = true
          mark(next)
          let standing = Standing(next, isAsked)
          if let place = seen[next.stop]?[standing] {
            let met = open[next.stop]?[place].ways ?? 0
            open[next.stop]?[place].ways = met.addingReportingOverflow(branch.ways).overflow ? .max : met + branch.ways
          } else {
            seen[next.stop, default: [:]][standing] = open[next.stop]?.count ?? 0
            open[next.stop, default: []].append(
              Branch(play: next, choices: branch.choices + [way.joined(separator: "; ")], ways: branch.ways))
          }
        }
        if !wentOn { deadEnds.append((scenario.steps[max(0, branch.play.place - 1)].line, branch.choices)) }
      }
    }
    endings.sort { $0.score > $1.score }
  }

  /// What the paths type where the case waits, by the place: an answer, or what is done in a free phase.
  private var lines: [Int: [[String]]] {
    var found: [Int: [[String]]] = [:]
    for path in scenario.paths {
      var play = start
      var typed: [String] = []
      for line in path.lines {
        play.passPauses()
        let stop = play.stop
        typed.append(line.text)
        _ = play.answer(to: line.text)
        guard play.stop > stop else { continue }
        if found[stop]?.contains(typed) != true { found[stop, default: []].append(typed) }
        typed = []
      }
    }
    return found
  }

  /// The lines that a learner might type where the case waits, each way one or several.
  private func ways(_ play: Play, _ said: [Int: [[String]]]) -> [[String]] {
    var found = play.ways(scenario)
    var more = said[play.stop] ?? []
    // What another path does in another free phase could be done here.
    if play.isFreePhase { more += said.sorted { $0.key < $1.key }.flatMap(\.value).filter { $0.last == "done" } }
    for way in more where !found.contains(way) { found.append(way) }
    return found
  }

  /// Plays once at random, with a fixed generator: the same seed goes the same way.
  public mutating func random(seed: UInt64) {
    var generator = SplitMix64(state: seed)
    let said = lines
    var play = start
    var choices: [String] = []
    for _ in 0..<scenario.steps.count + 1 {
      mark(play)
      if play.isFinished { break }
      var ways = self.ways(play, said)
      var wentOn = false
      while !ways.isEmpty, !wentOn {
        let way = ways.remove(at: Int(generator.next() % UInt64(ways.count)))
        var next = play
        for line in way { _ = next.answer(to: line) }
        next.passPauses()
        if next.stop > play.stop {
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
    if play.isFinished { endings.append(Ending(Branch(play: play, choices: choices, ways: 1), play.grading)) }
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
          "\(scenario.id): \(endings.count) endings (\(ways) ways), \(deadEnds.count) dead ends, \(unreachable.count) unreachable lines",
          "\(scenario.id): \(endings.count) τέλη (\(ways) διαδρομές), \(deadEnds.count) αδιέξοδα, \(unreachable.count) γραμμές όπου δεν φτάνει κανείς"))
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
      blocks.append(.notice(say("never reached: lines \(lines)", "δεν φτάνει ποτέ κανείς: γραμμές \(lines)")))
    }
    blocks.append(
      .notice(
        isCut
          ? say(
            "There are more stops than the bound of \(Self.bound); the rest was not walked.",
            "Οι στάσεις ξεπερνούν το όριο των \(Self.bound)· οι υπόλοιπες δεν εξετάστηκαν.")
          : say("All was walked, within the bound of \(Self.bound) stops.", "Εξετάστηκαν όλα, μέσα στο όριο των \(Self.bound) στάσεων.")))
    return Report(
      data: [
        ("case", .string(scenario.id)),
        ("endings", .array(endings.map { .fields([("choices", .strings($0.choices)), ("score", .integer($0.score)), ("ways", .integer($0.ways))]) })),
        ("dead_ends", .array(deadEnds.map { .fields([("line", .integer($0.line)), ("choices", .strings($0.choices))]) })),
        ("unreachable", .array(unreachable.map { .integer($0) })), ("bound", .integer(Self.bound)), ("cut", .bool(isCut)),
      ], blocks: blocks)
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
    case .act: return [["done"]]
    }
  }

  /// Where the case waits, as a number that grows as it goes on.
  var stop: Int { place * 2 + (isFinished ? 1 : 0) }
}

extension Scenario {
  /// One choice of each verdict, and every choice that a jump asks about: the others lead the same way to the same score.
  fileprivate func distinct(_ choices: [Question.Choice], of question: Question) -> [Question.Choice] {
    var verdicts: Set<Verdict> = []
    return choices.filter { verdicts.insert($0.verdict).inserted || isAsked($0.id, of: question.name) }
  }

  func isAsked(_ choice: String, of question: String) -> Bool { asks { if case .answered(question, choice) = $0 { true } else { false } } }

  /// Whether a jump asks how a question was answered.
  func isAsked(_ question: String) -> Bool {
    asks { clause in
      switch clause {
      case .answered(question, _), .judged(question, _): true
      default: false
      }
    }
  }

  private func asks(_ isMeant: (Clause) -> Bool) -> Bool {
    func asks(_ clause: Clause) -> Bool { if case .not(let inner) = clause { asks(inner) } else { isMeant(clause) } }
    return steps.contains { step in if case .go(_, let clause?) = step.kind { asks(clause) } else { false } }
  }
}
