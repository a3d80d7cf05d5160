import Measures
import Reports
import Sessions
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Learners who are made up, to try out what is told of a class: each has an ability, each question a difficulty, and who is abler is right
/// more often (a logistic curve, as in the Rasch model). The same seed makes the same class.
public struct SimulatedClass {
  let scenarios: [Scenario]
  let world: World
  let seed: UInt64
  /// Whether the cases are sat as exams.
  let isExam: Bool

  public init(_ scenarios: [Scenario], _ world: World, seed: UInt64, isExam: Bool = false) {
    self.scenarios = scenarios
    self.world = world
    self.seed = seed
    self.isExam = isExam
  }

  /// The lines of a learner's log, by the learner's number from 0. Times begin with the year 2026.
  public func log(_ number: Int) -> [String] {
    var dice = Dice(seed: seed &* 0x9E37_79B9 &+ UInt64(number) &* 0x1_0000_01B3 &+ 17)
    let ability = dice.normal()
    let boldness = 0.25 * dice.normal()
    var time = 1_767_225_600 + number * 86_400
    var lines: [String] = []
    var last: String?
    for scenario in scenarios {
      let again = !isExam && dice.chance(0.3)
      for attempt in 1...(again ? 2 : 1) {
        let skill = ability + (attempt == 1 ? 0 : 0.8)
        var player = SimulatedPlayer(scenario, world, ability: skill, boldness: boldness, attempt: attempt, isExam: isExam)
        player.play.after = last
        player.run(&dice)
        var told = player.kept.map { line -> String in
          time += 15 + Int(dice.unit() * 60)
          return line.dropLast() + ",\"time\":\(time)}"
        }
        if isExam {
          let chain = AttemptSeal.sealed(told, after: AttemptSeal.origin)
          (told, last) = (chain.lines, chain.seal)
        }
        lines += told
        time += 3_600
      }
    }
    return lines
  }
}

/// Chances that are the same for the same seed.
private struct Dice {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(state: seed) }

  /// From 0 to below 1.
  mutating func unit() -> Double { Double(generator.next() >> 11) / 9_007_199_254_740_992 }
  mutating func chance(_ share: Double) -> Bool { unit() < share }
  /// With mean 0 and variance 1: twelve uniform ones summed.
  mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }
  mutating func pick<Item>(_ items: [Item]) -> Item? { items.isEmpty ? nil : items[Int(unit() * Double(items.count))] }

  mutating func shuffled<Item>(_ items: [Item]) -> [Item] {
    var items = items
    for place in items.indices.dropLast() { items.swapAt(place, place + Int(unit() * Double(items.count - place))) }
    return items
  }
}

/// A made-up learner in one case.
private struct SimulatedPlayer {
  let scenario: Scenario
  let ability: Double
  let boldness: Double
  var play: Play
  private(set) var kept: [String] = []
  /// What the good path does at each place, and what the bad one does.
  private let good: [Int: [String]]
  private let bad: [Int: [String]]

  init(_ scenario: Scenario, _ world: World, ability: Double, boldness: Double, attempt: Int, isExam: Bool) {
    self.scenario = scenario
    self.ability = ability
    self.boldness = boldness
    play = Play(scenario, world: world, language: scenario.languages.first ?? .english, attempt: attempt, isExam: isExam)
    good = Self.deeds("good", scenario, world)
    bad = Self.deeds("bad", scenario, world)
  }

  /// The deeds of a path where the case lets one act.
  private static func deeds(_ name: String, _ scenario: Scenario, _ world: World) -> [Int: [String]] {
    guard let path = scenario.paths.first(where: { $0.name == name }) else { return [:] }
    var play = Play(scenario, world: world, language: scenario.languages.first ?? .english, attempt: 1)
    _ = play.open()
    var found: [Int: [String]] = [:]
    for line in path.lines.map(\.text) {
      play.passPauses()
      if play.isFreePhase, world.commands.command(in: line)?.id != "done" { found[play.stop, default: []].append(line) }
      _ = play.answer(to: line)
    }
    return found
  }

  private mutating func type(_ line: String) {
    kept += play.answer(to: line).attempts
  }

  /// How likely the learner is right where something has a name.
  private func likelihood(_ name: String) -> Double {
    let difficulty = Double(Int(Fingerprint.of("\(scenario.id) \(name)".utf8).suffix(4), radix: 16) ?? 0) / 65_535 * 2.6 - 1.8
    return 1 / (1 + exp(-1.3 * (ability - difficulty)))
  }

  mutating func run(_ dice: inout Dice) {
    kept += play.open().attempts
    for _ in 0..<scenario.steps.count * 2 where !play.isFinished {
      switch play.waiting {
      case .pause: type("next")
      case .over: return
      case .act:
        let stop = play.stop
        for line in good[stop] ?? [] where dice.chance(0.25 + 0.75 * likelihood(line)) { type(line) }
        for line in bad[stop] ?? [] where dice.chance(0.3 * (1 - likelihood(line))) { type(line) }
        type("done")
      case .question(let question):
        if !play.isExam, !question.hints.isEmpty, dice.chance(0.2 * (1 - likelihood(question.name))) { type("hint") }
        let before = play.stop
        type(answer(question, &dice))
        // What can't be answered so is answered as the file would.
        if play.stop == before { for line in play.answers(.right) where play.stop == before { type(line) } }
        if play.stop == before { return }
      }
    }
  }

  private func answer(_ question: Question, _ dice: inout Dice) -> String {
    let share = likelihood(question.name)
    let isRight = dice.chance(share)
    let language = play.language
    switch question.kind {
    case .single:
      let choice = dice.pick(question.choices.filter { ($0.verdict == .right) == isRight })?.id ?? ""
      let sure = Int(max(5, min(99, (share + boldness + 0.15) * 100)))
      return dice.chance(0.6) ? "\(choice) \(sure)%" : choice
    case .several, .features:
      guard !isRight else { break }
      var most = question.choices.count
      if case .features(let limit) = question.kind { most = limit }
      let chosen = dice.shuffled(question.choices).prefix(max(1, min(most, 1 + Int(dice.unit() * 2))))
      return chosen.map(\.id).joined(separator: ", ")
    case .concordance: if !isRight { return dice.pick(question.choices)?.id ?? "" }
    case .ordering: if !isRight { return dice.shuffled(question.choices).map(\.id).joined(separator: ", ") }
    case .ranked:
      let order = isRight ? question.choices.sorted { $0.weight > $1.weight } : dice.shuffled(question.choices)
      let first = Int(max(35, min(85, (0.6 + boldness) * 100)))
      var left = 100 - first
      return order.enumerated().map { place, choice in
        guard place > 0 else { return "\(choice.id) \(first)" }
        let part = place == order.count - 1 ? min(left, first) : min(left / 2, first)
        left -= part
        return "\(choice.id) \(part)"
      }.joined(separator: ", ")
    case .number, .command, .text, .problem: break
    }
    return (isRight ? question.rightAnswer(language) : question.wrongAnswer(language)) ?? question.rightAnswer(language) ?? ""
  }
}
