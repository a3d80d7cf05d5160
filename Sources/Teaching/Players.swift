import Counsel
import Grammar
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// Plays a case as those do who would game its score: with right answers and no deeds, with every drug and operation, with every
/// test, blind, at random. What each may get at most is what keeps a score honest.
public struct Players {
  public struct Result: Sendable {
    public let player: Words
    /// The score, the economy of it, or the mean of many.
    public let score: Int
    /// What it should be, in words.
    public let bound: Words
    public let holds: Bool
  }

  let scenario: Scenario
  let world: World
  /// Seeds played at random.
  let seeds: Int
  /// Whether every way is walked too.
  let explores: Bool

  public init(_ scenario: Scenario, _ world: World, seeds: Int = 200, explores: Bool = true) {
    self.scenario = scenario
    self.world = world
    self.seeds = seeds
    self.explores = explores
  }

  public func results() -> [Result] {
    var found: [Result] = []
    func add(_ english: String, _ greek: String, _ score: Int, _ bound: Words, _ holds: Bool) {
      found.append(Result(player: Words(english, greek), score: score, bound: bound, holds: holds))
    }
    func most(_ score: Int) -> Words { Words("at most \(score)", "έως \(score)") }
    let good = scenario.paths.first { $0.name == "good" }.map(deeds) ?? []
    for path in scenario.paths where path.name == "good" || path.name == "wrong" {
      guard let play = walked(path.lines.map(\.text)) else { continue }
      let score = play.grading.score.total
      if path.name == "good" {
        add("path good", "διαδρομή good", score, Words(same: "100"), score == 100)
      } else {
        let bound = Words("at most 65, each answer wrong, the good way's actions", "έως 65, κάθε απάντηση λάθος, οι πράξεις της καλής")
        let isMeant = play.conduct.answers.allSatisfy { $0.verdict != .right } && good.isSubset(of: deeds(path))
        add("path wrong", "διαδρομή wrong", score, bound, score <= 65 && isMeant)
      }
    }
    for (name, greek) in [("good", "καλή"), ("wrong", "λάθος")] where !scenario.paths.contains(where: { $0.name == name }) {
      add("path \(name)", "\(greek) διαδρομή", 0, Words("is missing", "λείπει"), false)
    }
    let answered = played { _, _ in }?.grading.score.total ?? 0
    add("right answers, no actions", "σωστές απαντήσεις, καμία πράξη", answered, most(40), answered <= 40)
    let given = played { play, act in if act == 0 { for line in everything(play) { play.insist(line) } } }?.grading.score.total ?? 0
    add("everything given", "όλα χορηγημένα", given, most(25), given <= 25)
    if let good = scenario.paths.first(where: { $0.name == "good" }), let ordered = walked(everyTest(good)) {
      let economy = ordered.grading.score.economy
      add("everything ordered: economy", "όλες οι εξετάσεις: οικονομία", economy, Words("below 5", "κάτω από 5"), economy < 5)
    }
    let blind = blindest
    add("blind operator", "τυφλός χειρουργός", blind, most(45), blind <= 45)
    if let bad = scenario.paths.first(where: { $0.name == "bad" }), let once = walked(bad.lines.map(\.text)), let often = walked(padded(bad)) {
      let (score, padded) = (once.grading.score.total, often.grading.score.total)
      add("path bad, padded twelve times", "διαδρομή bad, δώδεκα φορές", padded, most(score), padded <= score)
    }
    let mean = (0..<seeds).reduce(0) { $0 + random(seed: UInt64($1)) } / max(1, seeds)
    add("at random, mean of \(seeds)", "τυχαία, μέσος όρος \(seeds)", mean, Words("below 35", "κάτω από 35"), mean < 35)
    guard explores else { return found }
    var explore = Explore(scenario, world)
    explore.all()
    let high = explore.endings.filter { $0.score >= 90 }
    let earned = Words(
      "all goals, no fault, three quarters of the reasoning", "όλοι οι στόχοι, κανένα σφάλμα, τρία τέταρτα του συλλογισμού")
    let bound =
      explore.isCut
      ? Words("cut at the bound of \(Explore.bound) stops", "ως το όριο των \(Explore.bound) στάσεων")
      : Words("all ways, bound \(Explore.bound) stops", "όλες οι διαδρομές, όριο \(Explore.bound) στάσεις")
    add(
      "endings of 90 or more, of \(explore.endings.count) that explore finds", "τέλη με 90 ή περισσότερα, από \(explore.endings.count) του explore",
      high.count, Words("\(earned.english) · \(bound.english)", "\(earned.greek) · \(bound.greek)"), high.allSatisfy(\.isEarned) && !high.isEmpty)
    return found
  }

  // MARK: Ways of playing

  private var start: Play {
    var play = Play(scenario, world: world, language: scenario.languages.first ?? .english, attempt: 1)
    _ = play.open()
    play.passPauses()
    return play
  }

  /// Types lines; errors are passed over. Nil where the case doesn't end.
  private func walked(_ lines: [String]) -> Play? {
    var play = start
    for line in lines {
      play.passPauses()
      _ = play.answer(to: line)
    }
    play.passPauses()
    return play.isFinished ? play : nil
  }

  /// Answers every question rightly, and does in each free phase, told by its number, what `act` does.
  private func played(_ act: (inout Play, Int) -> Void) -> Play? {
    var play = start
    var acts = 0
    for _ in 0..<scenario.steps.count + 1 where !play.isFinished {
      if play.isFreePhase {
        act(&play, acts)
        acts += 1
        _ = play.answer(to: "done")
      } else {
        for line in play.answers(.right) where !play.answer(to: line).isError { break }
      }
      play.passPauses()
    }
    return play.isFinished ? play : nil
  }

  /// What a path does to the patient in its free phases, tests aside.
  private func deeds(_ path: Path) -> Set<String> {
    var play = start
    var found: Set<String> = []
    for line in path.lines.map(\.text) {
      play.passPauses()
      if play.isFreePhase, let act = act(line), act != .order, act != .stop { found.insert(line) }
      _ = play.answer(to: line)
    }
    return found
  }

  /// Every drug given and every procedure performed.
  private func everything(_ play: Play) -> [String] {
    world.guideline.vocabulary.therapies.compactMap { therapy in
      switch therapy.kind {
      case .drug, .radionuclide: "give \(therapy.id)"
      case .procedure: "perform \(therapy.id)"
      case .group, .setting, .test: nil
      }
    }
  }

  /// A path, with every test ordered in its first free phase.
  private func everyTest(_ path: Path) -> [String] {
    let orders = scenario.tests.map { "order \($0.id)" }.filter { order in !path.lines.contains { $0.text == order } }
    guard let place = path.lines.firstIndex(where: { world.commands.command(in: $0.text)?.id == "done" }) else { return path.lines.map(\.text) }
    return path.lines[..<place].map(\.text) + orders + path.lines[place...].map(\.text)
  }

  /// The best that can be had by operating without a test: any operation at once, or the good path without its tests.
  private var blindest: Int {
    var scores: [Int] = []
    let operations = try? Counsel(world.guideline, scenario.view).operations()
    for therapy in world.guideline.vocabulary.therapies where operations?.isOperation(therapy.id) ?? false {
      scores.append(played { play, act in if act == 0 { _ = play.answer(to: "perform \(therapy.id)") } }?.grading.score.total ?? 0)
    }
    for path in scenario.paths where path.name == "good" && path.lines.contains(where: { act($0.text) == .perform }) {
      var play = start
      for line in path.lines.map(\.text) {
        play.passPauses()
        if act(line) == .order, play.isFreePhase { continue }
        _ = play.answer(to: line)
      }
      play.passPauses()
      if play.isFinished { scores.append(play.grading.score.total) }
    }
    return scores.max() ?? 0
  }

  /// A path whose deeds are each typed twelve times.
  private func padded(_ path: Path) -> [String] {
    path.lines.flatMap { line in
      [String](repeating: line.text, count: act(line.text) == nil ? 1 : 12)
    }
  }

  /// What a line does to the patient, in either language.
  private func act(_ line: String) -> Deed.Act? {
    guard let id = world.commands.command(in: line)?.id else { return nil }
    return id == "decide" ? .against : Deed.Act(rawValue: id)
  }

  /// One play at random: single tests, deeds and choices from what the case and the vocabulary know. The same seed goes the same way.
  private func random(seed: UInt64) -> Int {
    var generator = SplitMix64(state: seed)
    func pick<Item>(_ items: [Item]) -> Item? { items.isEmpty ? nil : items[Int(generator.next() % UInt64(items.count))] }
    let therapies = world.guideline.vocabulary.therapies
    func deed() -> String {
      switch generator.next() % 4 {
      case 0, 1: return "order " + (pick(scenario.tests.map(\.id)) ?? "")
      default:
        guard let therapy = pick(therapies) else { return "" }
        switch therapy.kind {
        case .drug, .radionuclide: return "give \(therapy.id)"
        case .procedure: return "perform \(therapy.id)"
        case .setting: return "arrange \(therapy.id)"
        case .group, .test: return "decide against \(therapy.id)"
        }
      }
    }
    var play = start
    for _ in 0..<scenario.steps.count * 4 where !play.isFinished {
      if play.isFreePhase {
        for _ in 0..<(generator.next() % 6) { play.insist(deed()) }
        _ = play.answer(to: "done")
      } else if let line = pick(play.answers(.right) + play.answers(.wrong)), play.answer(to: line).isError {
        _ = play.answer(to: deed())
      }
      play.passPauses()
    }
    return play.isFinished ? play.grading.score.total : 0
  }

  public func report(_ results: [Result], _ language: Language) -> Report {
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    return Report(
      data: [
        ("case", .string(scenario.id)),
        (
          "players",
          .array(results.map { .fields([("player", .string($0.player.english)), ("score", .integer($0.score)), ("holds", .bool($0.holds))]) })
        ),
      ],
      blocks: [
        .heading(scenario.id),
        .rows(results.map { Row($0.player[language], mark: $0.holds ? "✓" : "✗", detail: "\($0.score) · " + $0.bound[language]) }),
      ])
  }
}

extension Play {
  /// What was given, performed and arranged, each once.
  var reachedDeeds: [Deed] {
    let deeds = (truth.state.patient?.events ?? []).compactMap { Deed($0) }.filter { [.give, .perform, .arrange].contains($0.act) }
    return deeds.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  var isFreePhase: Bool { if case .act = waiting { true } else { false } }

  /// Lines that answer what is asked, right or wrong.
  func answers(_ verdict: Verdict) -> [String] {
    guard case .question(let question) = waiting else { return [] }
    switch question.kind {
    case .single: return question.choices.filter { ($0.verdict == .right) == (verdict == .right) }.map(\.id)
    case .several:
      let right = question.choices.filter { $0.verdict == .right }.map(\.id).joined(separator: ", ")
      return verdict == .right ? [right] : question.choices.filter { $0.verdict != .right }.map(\.id)
    case .number, .ranked, .features, .concordance, .ordering, .text, .problem:
      return [verdict == .right ? question.rightAnswer(language) : question.wrongAnswer(language)].compactMap { $0 }
    case .command:
      let accepted = question.accepted.map { $0.deed?.text ?? $0.command }
      let tests = accepted.filter { $0.hasPrefix("order ") }
      return verdict == .right ? tests + ["order history"] : ["order history", "order examination"]
    }
  }

  /// Types a line, and where a dose is missing the doses that completion offers behind it.
  mutating func insist(_ line: String) {
    var typed = line
    for _ in 0..<6 {
      let answer = answer(to: typed)
      guard answer.report.errors.contains(where: { $0.code.hasPrefix("dose.") }) else { return }
      let offered = completions(line: typed + " ", at: typed.utf8.count + 1)
      guard let next = offered.candidates.first?.text, !next.isEmpty else { return }
      typed += " " + next
    }
  }
}
