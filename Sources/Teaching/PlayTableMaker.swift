import Counsel
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension PlayTable {
  /// Works a case out. What the paths do is in the table; then what departs least from them, up to the bound.
  ///
  /// - Parameter bound: situations at most.
  public init(_ scenario: Scenario, _ world: World, _ language: Language, bound: Int = PlayTable.bound) {
    var maker = PlayTableMaker(scenario, world, language, bound: min(bound, Self.bound))
    maker.make()
    self = maker.table
  }
}

/// Makes the table of a case by playing it: the deeds of the menu, from every situation that they lead to.
struct PlayTableMaker {
  /// A play on its way, with what each of its decisions comes to and the answers that a jump asks about.
  private struct Attempt {
    var play: Play
    var prospects: [(Grader.Prospect, [Fault.Kind])] = []
    var outlooks: Set<Grader.Outlook> = []
    var facts: [[String]] = []
  }

  /// What the rest of a case and its score rest on.
  private struct Situation: Hashable {
    let place: Int
    let facts: [[String]]
    let view: Course
    let truth: Course
    let tests: Tests
    let outlooks: Set<Grader.Outlook>
    /// Tests that were the right answer to a question.
    let asked: Set<String>
    let worsened: Set<Int>
    /// The order of the deeds that a goal's order asks about.
    let order: [Deed]
  }

  /// Tests as far as they count: those asked for by name; those that decisions need, held or told by others; whether what an operation
  /// must come after was done; and what all of them told.
  private struct Tests: Hashable {
    let named: Set<String>
    let held: Set<String>
    let unseen: [Bool]
    let told: Set<Int>
  }

  /// A patient, as far as anything rests on the log.
  private struct Course: Hashable {
    let stated: [Int: Possible]
    let learnt: [Int: Int]
    let given: Set<String>
    let arranged: Set<String>
    let current: [String: Regimen]
    let day: Int
    /// What was done on a day, and whether more than once.
    let done: [Event.Kind: [Int: Int]]
  }

  /// Treatments and things to decide against on the menu, unless the case itself has more: each more makes many situations.
  private static let treatments = 9
  private static let against = 3

  private let scenario: Scenario
  private let world: World
  private let language: Language
  private let bound: Int
  private let grader: Grader
  private let bench: TestBench
  private(set) var table: PlayTable
  private var attempts: [Attempt] = []
  private var costs: [Int] = []
  private var situations: [Situation: Int] = [:]
  private var ends: [Situation: Int] = [:]
  private var nodes: [PlayTable.Node: Int] = [:]
  private var pieces: [PagePiece: Int] = [:]
  private var lists: [[Int]: Int] = [[]: 0]
  private var items: [PlayTable.Item: Int] = [:]
  private var known: [String: Int] = [:]
  private var needed: [String: [String]] = [:]
  private var economies: [[[Int]]: Int] = [:]
  private var patientLines: [[Int: Possible]: Int] = [:]
  private var results: [String: Int] = [:]
  /// Tests that something asks for by name, and those that decisions need.
  private var named: Set<String> = []
  private var wanted: Set<String> = []
  /// What each test tells beyond what the learner knows at the start.
  private var findings: [String: [Int]] = [:]
  /// The operations of the menu.
  private var operated: [String] = []
  private let operations: Operations?
  /// What was typed in the paths at each question.
  private var said: [String: [String]] = [:]
  /// Deeds that wait to be tried, by what they depart from the paths.
  private var open: [[(state: Int, choice: Int)]] = []
  private var tried: Set<[Int]> = []
  private var cost = 0
  /// Questions for commands among the nodes.
  private var commands = 0
  /// The choices that the paths take.
  private var usual: Set<Int> = []
  /// The places of the free phases among each other, by the place of the statement behind.
  private var actPlaces: [Int: Int] = [:]

  init(_ scenario: Scenario, _ world: World, _ language: Language, bound: Int) {
    self.scenario = scenario
    self.world = world
    self.language = scenario.languages.contains(language) ? language : scenario.languages.first ?? language
    self.bound = bound
    grader = Grader(scenario: scenario, guideline: world.guideline)
    bench = TestBench(scenario: scenario, vocabulary: world.guideline.vocabulary)
    operations = grader.operations
    table = PlayTable(scenario: scenario, language: self.language)
  }

  private var start: Play { Play(scenario, world: world, language: language, attempt: 1) }

  mutating func make() {
    for (place, step) in scenario.steps.enumerated() {
      if case .act(_, let hints) = step.kind {
        actPlaces[place + 1] = table.acts.count
        table.acts.append(priced(hints))
      }
    }
    makeMenu()
    weighTests()
    let objectives = [Block.rows(scenario.objectives.map { Row($0.cited(language), mark: "·") })]
    let minutes = Words("\(scenario.minutes) minutes · hypothetical patient", "\(scenario.minutes) λεπτά · υποθετικός ασθενής")
    table.introduction = list(objectives + [.notice(minutes[language])] + start.patientLine)
    table.reasoningRow = list([.rows([start.reasoningRow("{points}", right: "{right}", of: "{answers}")])])
    table.aim = list([.rows([start.aim])])
    table.spentNotice = list([start.spentNotice("{spent}")])
    table.start = node(Attempt(play: start))
    for path in scenario.paths { follow(path) }
    explore()
    for place in table.states.indices { fillTests(place) }
    table.isCut = open.contains { !$0.isEmpty }
  }

  // MARK: Menu

  /// The lines of the menu: what paths, goals, needs and jumps do, what the text advises or advises against for the patient as it
  /// is, each in the dose that completion offers, and every test.
  private mutating func makeMenu() {
    for test in scenario.tests { add("order \(test.id)", cost: bench.cost(of: test.id), test: test.id) }
    for path in scenario.paths { collect(path) }
    let vocabulary = world.guideline.vocabulary
    var deeds = scenario.goals.map(\.deed) + scenario.needs.map(\.deed) + scenario.worsenings.flatMap(\.deeds)
    for step in scenario.steps {
      if case .go(_, let clause?) = step.kind { deeds += Self.deeds(clause) }
      if case .ask(let question) = step.kind { deeds += question.accepted.compactMap(\.deed) + question.slips.compactMap(\.deed) }
    }
    // What the text speaks of for this patient, and what speaks against: the nearest distractors.
    let counsel = Counsel(world.guideline, scenario.truth)
    let rules = counsel.evaluation.live.filter { $0.status == .applies }.map { world.guideline.rules[$0.rule] }.filter { !$0.isRemark }
    let against = rules.filter { [.avoid, .caution, .disputed].contains($0.stance) }
    for rule in against + rules {
      for subject in rule.subjects where vocabulary.therapy(id: subject)?.kind != .group {
        if let deed = Deed(named: subject, scenario.tests, vocabulary), !deeds.contains(deed) { deeds.append(deed) }
      }
    }
    for deed in deeds where deed.act != .order && deed.act != .against {
      guard let therapy = vocabulary.therapy(id: deed.subject), therapy.kind != .group, therapy.kind != .test else { continue }
      guard deed.act == .stop || !table.choices.contains(where: { isOn(deed.subject, $0) && $0.group == .treatment }) else { continue }
      guard table.choices.count(where: { $0.group == .treatment }) < Self.treatments else { break }
      offer(deed)
    }
    let alone =
      scenario.goals.map(\.deed) + against.flatMap(\.subjects).map { Deed(.against, $0) }
      + table.choices.filter { $0.line.hasPrefix("perform ") }.map { Deed(.against, String($0.line.dropFirst(8))) }
    for deed in alone where deed.act == .against && table.choices.count(where: { $0.group == .against }) < Self.against {
      guard let therapy = vocabulary.therapy(id: deed.subject), therapy.kind != .test else { continue }
      add(deed.text)
    }
    arrangeMenu()
  }

  /// Treatments in the order of their words: in that of the paths the right ones would stand first.
  private mutating func arrangeMenu() {
    func key(_ place: Int) -> (Int, String, Int) {
      let choice = table.choices[place]
      let isByWords = [.treatment, .against].contains(choice.group)
      return ([.test, .treatment, .against, .time].firstIndex(of: choice.group) ?? 0, isByWords ? choice.label : "", place)
    }
    let order = table.choices.indices.sorted { key($0) < key($1) }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    table.choices = order.map { table.choices[$0] }
    table.lines = table.lines.mapValues { places[$0] ?? $0 }
    usual = Set(usual.map { places[$0] ?? $0 })
  }

  private func isOn(_ therapy: String, _ choice: PlayTable.Choice) -> Bool {
    choice.line.split(separator: " ").dropFirst().first.map { $0 == therapy } ?? false
  }

  private static func deeds(_ clause: Clause) -> [Deed] {
    switch clause {
    case .did(let deed): [deed]
    case .not(let inner): deeds(inner)
    case .answered, .judged, .findings: []
    }
  }

  /// A deed in the dose that completion offers, where it needs one.
  private mutating func offer(_ deed: Deed) {
    var play = start
    play.waiting = .act(hints: [])
    var typed = deed.text
    for _ in 0..<6 {
      var trial = play
      let answer = trial.answer(to: typed)
      if !answer.isError { return add(trial.log.last?.line ?? typed) }
      guard answer.report.errors.contains(where: { $0.code.hasPrefix("dose.") }) else { return }
      guard let next = play.completions(line: typed + " ", at: typed.utf8.count + 1).candidates.first?.text, !next.isEmpty else { return }
      typed += " " + next
    }
  }

  /// Takes what a path does, and what it answers, into the menu.
  private mutating func collect(_ path: Path) {
    var play = start
    _ = play.open()
    for line in path.lines.map(\.text) {
      play.passPauses()
      if case .question(let question) = play.waiting, case .some = play.waitsForWords { said[question.name, default: []].append(line) }
      let before = play.log.count
      let answer = play.answer(to: line)
      let isDeed: (String) -> Bool = { [world] in world.commands.command(in: $0)?.role == .deed }
      let done = play.log.dropFirst(before).first { $0.kind != .worsened }
      // What was refused stays as it was typed.
      guard
        let text = [done?.kind == .answer ? play.conduct.answers.last?.given.first : done?.line, answer.isError ? line : nil].compactMap({ $0 }).first(
          where: isDeed)
      else { continue }
      let test = done?.kind == .order ? done?.what : nil
      add(text, cost: test.map(bench.cost) ?? 0, test: test)
      table.lines[line] = table.lines[text]
      if let choice = table.lines[text] { usual.insert(choice) }
    }
  }

  private mutating func add(_ line: String, cost: Int = 0, test: String? = nil) {
    guard table.lines[line] == nil else { return }
    table.lines[line] = table.choices.count
    let word = line.split(separator: " ").first.map(String.init) ?? ""
    let group: PlayTable.Choice.Group =
      test != nil || word == "order" ? .test : word == "decide" ? .against : word == "advance" ? .time : .treatment
    table.choices.append(PlayTable.Choice(line: line, label: label(line, test), group: group, cost: cost, test: test))
  }

  /// A choice in words; beside a printed value that an erratum corrects stands its reading.
  private func label(_ line: String, _ test: String?) -> String {
    if let test, let name = bench.name(of: test)?[language] { return Self.capital(name) }
    let play = start
    if line.hasPrefix("decide against ") { return Self.capital(play.name(String(line.dropFirst(15)))) }
    var text = Self.capital(play.spoken(line))
    if let formulary = try? world.guideline.formulary, let (_, argument) = world.commands.call(in: line),
      var reader = try? TreatmentReader(bench.vocabulary, scenario.doseWords, argument),
      let phrase = try? reader.treatment(), let rule = formulary.misprinted(phrase.dose, of: phrase.therapy.id), let erratum = rule.erratum,
      let right = formulary.nearest(to: Dose(amount: nil), rule)?.written
    {
      text += Words(" (\(erratum); read: \(right.english))", " (\(erratum)· διαβάζεται: \(right.greek))")[language]
    }
    return text
  }

  private static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// Finds out which tests count, and how.
  private mutating func weighTests() {
    let guideline = world.guideline
    var deeds = scenario.goals.flatMap { [$0.deed] + $0.before } + scenario.worsenings.flatMap(\.deeds)
    for step in scenario.steps {
      if case .go(_, let clause?) = step.kind { deeds += Self.deeds(clause) }
      if case .ask(let question) = step.kind { deeds += question.accepted.compactMap(\.deed) }
    }
    for test in bench.ids { findings[test] = grader.economy.told(test).map(\.finding) }
    named = Set(deeds.filter { $0.act == .order }.map(\.subject))
    let asked = Set(guideline.rules.flatMap(\.subjects))
    for test in bench.ids where asked.contains(test) || guideline.vocabulary.groups(above: test).contains(where: asked.contains) { named.insert(test) }
    var therapies: [String] = scenario.goals.map(\.deed.subject)
    for choice in table.choices where choice.group == .treatment || choice.group == .against {
      for word in choice.line.split(separator: " ").map(String.init) where guideline.vocabulary.therapy(id: word) != nil { therapies.append(word) }
    }
    wanted = Set(scenario.needs.map(\.test))
    for therapy in Set(therapies) {
      needed[therapy] = grader.economy.needed(for: therapy)
      wanted.formUnion(needed[therapy] ?? [])
    }
    operated = Set(therapies).filter { operations?.isOperation($0) ?? false }.sorted()
  }

  private func tests(_ ordered: [String]) -> Tests {
    let told = Set(ordered.flatMap { findings[$0] ?? [] })
    let held = wanted.filter { test in
      let findings = findings[test] ?? []
      return ordered.contains(test) || (!findings.isEmpty && findings.allSatisfy(told.contains))
    }
    return Tests(named: named.intersection(ordered), held: held, unseen: operated.map { operations?.isUnseen($0, ordered) ?? false }, told: told)
  }

  // MARK: Ways

  /// The place among the nodes of where a case goes on to, with all that follows.
  private mutating func node(_ from: Attempt) -> Int {
    var next = from
    var blocks = next.play.walkOn()
    switch next.play.waiting {
    case .pause:
      blocks.removeLast()
      let child = node(next)
      return keep(.pause(said: list(blocks), next: child))
    case .question(let question):
      blocks.removeLast(next.play.blocks(question).count)
      let before = list(blocks)
      if case .command = question.kind { return command(question, next, before) }
      let (item, ways) = item(question, next.play.view.state.patient)
      var children: [Int] = []
      for way in ways {
        var gone = next
        if scenario.isAsked(question.name) {
          gone.play.conduct.answers.append(GivenAnswer(step: 0, question: question.name, given: way.given, credit: way.credit))
          gone.facts.append([question.name, way.credit.verdict.rawValue] + way.given)
        }
        children.append(node(gone))
      }
      return keep(.question(said: before, item: item, next: children))
    case .act:
      // What is the learner's is said by the menu.
      blocks.remove(at: blocks.count - 1 - next.play.warnings.count)
      return keep(.act(said: list(blocks), state: admitted(next), act: actPlaces[next.play.place] ?? 0))
    case .over: return keep(.over(said: list(blocks), end: end(next)))
    }
  }

  private mutating func keep(_ node: PlayTable.Node) -> Int {
    if let known = nodes[node] { return known }
    nodes[node] = table.nodes.count
    table.nodes.append(node)
    if case .command = node { commands += 1 }
    return table.nodes.count - 1
  }

  /// A question for a command: what the case asks for and its wrong answers, what paths type, and tests beside it.
  private mutating func command(_ question: Question, _ here: Attempt, _ said: Int) -> Int {
    let menu = menu(question)
    let item = commandItem(question, menu)
    var commands: [PlayTable.Command] = []
    for choice in menu {
      var after = here
      let answer = after.play.answer(to: table.choices[choice].line)
      guard let given = after.play.conduct.answers.last, after.play.conduct.answers.count > here.play.conduct.answers.count else { continue }
      // What was said of the way on is said there.
      after.play.place = here.play.place
      after.play.waiting = here.play.waiting
      var again = after.play
      var ahead = again.walkOn().count
      if again.isFinished { ahead += again.finish().count }
      var blocks = Array(answer.report.blocks.dropLast(ahead))
      if let test = table.choices[choice].test { blocks = results(test, here, in: blocks) }
      settle(&after, here)
      if scenario.isAsked(question.name) { after.facts.append([question.name, given.verdict.rawValue]) }
      let next = node(after)
      let told = list(blocks + Self.blocks(answer.report.errors, language))
      commands.append(PlayTable.Command(choice: choice, said: told, credit: Credit.sum([given.credit]), next: next))
    }
    return keep(.command(said: said, item: item, commands))
  }

  private func menu(_ question: Question) -> [Int] {
    let deeds = question.accepted.map { $0.deed?.text ?? $0.command } + question.slips.compactMap { $0.deed?.text }
    let typed = deeds + (said[question.name] ?? [])
    var found: [Int] = []
    for line in typed { if let choice = table.lines[line] ?? choice(of: line), !found.contains(choice) { found.append(choice) } }
    for choice in table.choices.indices where table.choices[choice].test != nil && found.count < 8 && !found.contains(choice) { found.append(choice) }
    return found.sorted()
  }

  /// The choice that does what a deed names, in whatever dose.
  private func choice(of line: String) -> Int? { table.choices.firstIndex { $0.line.hasPrefix(line + " ") } }

  /// Takes from an attempt what no one sees or what adds by itself, and looks at what it decided.
  private func settle(_ after: inout Attempt, _ before: Attempt) {
    after.play.conduct.spent = 0
    for decision in after.play.conduct.decisions.dropFirst(before.play.conduct.decisions.count) {
      let (prospect, faults) = grader.prospects(decision)
      after.prospects.append((prospect, faults))
      after.outlooks.insert(grader.outlook(prospect, faults))
    }
  }

  // MARK: Situations

  private func situation(_ attempt: Attempt, at place: Int) -> Situation {
    let play = attempt.play
    let truth = play.truth.state.patient ?? scenario.truth
    let isOrdered = scenario.goals.contains { !$0.before.isEmpty }
    let order =
      isOrdered
      ? truth.events.compactMap { Deed($0) }.filter { deed in scenario.goals.contains { ([$0.deed] + $0.before).contains { grader.covers($0, deed) } } } : []
    return Situation(
      place: place, facts: place < 0 ? [] : attempt.facts, view: course(play.view.state.patient ?? scenario.view), truth: course(truth),
      tests: tests(play.conduct.tests), outlooks: attempt.outlooks,
      asked: Set(play.conduct.answers.filter { $0.credit == .full }.flatMap { answer in answer.given.filter { $0.hasPrefix("order ") } }),
      worsened: play.worsened, order: order)
  }

  private func course(_ patient: Patient) -> Course {
    var learnt: [Int: Int] = [:]
    if patient.day > 0 { for finding in patient.stated.keys { learnt[finding] = patient.dayLearnt(finding) } }
    var done: [Event.Kind: [Int: Int]] = [:]
    for event in patient.events {
      switch event.kind {
      case .given, .performed, .stopped, .passed: done[event.kind, default: [:]][event.day, default: 0] = min(2, (done[event.kind]?[event.day] ?? 0) + 1)
      case .learnt, .ordered, .arranged, .lapsed: break
      }
    }
    let tests = Set(bench.ids)
    return Course(
      stated: patient.stated, learnt: learnt, given: patient.given, arranged: patient.arranged.filter { !tests.contains($0) || named.contains($0) },
      current: patient.current, day: patient.day, done: done)
  }

  /// The place of a situation in a free phase; a new one is gone through to the end at once.
  private mutating func admitted(_ attempt: Attempt) -> Int {
    let segment = segment(attempt.play.place)
    let situation = situation(attempt, at: segment)
    if let known = situations[situation] { return known }
    let place = table.states.count
    situations[situation] = place
    let patient = attempt.play.view.state.patient ?? scenario.view
    table.states.append(
      PlayTable.State(patient: patientLine(attempt.play, patient), day: patient.day, done: [Int](repeating: -1, count: table.acts.count)))
    attempts.append(attempt)
    costs.append(cost)
    for choice in table.choices.indices { put(place, choice) }
    for (start, act) in actPlaces.sorted(by: { $0.key < $1.key }) where self.segment(start) == segment {
      var ended = attempt
      ended.play.place = start
      table.states[place].done[act] = node(ended)
    }
    return place
  }

  /// How many questions for commands lie before a place: between them the free phases share their situations.
  private func segment(_ place: Int) -> Int {
    scenario.steps[..<place].count { step in
      guard case .ask(let question) = step.kind, case .command = question.kind else { return false }
      return true
    }
  }

  private mutating func patientLine(_ play: Play, _ patient: Patient) -> Int {
    if let known = patientLines[patient.stated] { return known }
    let line = list(play.patientLine)
    patientLines[patient.stated] = line
    return line
  }

  /// Situations that a new one may bring with it: what later questions for commands lead to.
  private func companions(_ place: Int) -> Int {
    scenario.steps[place...].reversed().reduce(0) { rest, step in
      switch step.kind {
      case .ask(let question): if case .command = question.kind { 1 + menu(question).count * (1 + rest) } else { rest }
      case .act, .say, .pause, .show, .label, .go: rest
      }
    }
  }

  // MARK: Deeds

  /// Puts a deed among those to be tried: what the paths do here is nearest, then what they do elsewhere, then the rest.
  private mutating func put(_ state: Int, _ choice: Int) {
    let step = usual.contains(choice) || table.choices[choice].test != nil ? 1 : 2
    let at = costs[state] + step
    while open.count <= at { open.append([]) }
    open[at].append((state, choice))
  }

  private mutating func explore() {
    var trials = 0
    var at = 0
    while at < open.count {
      var place = 0
      while place < open[at].count {
        let (state, choice) = open[at][place]
        place += 1
        guard table.states[state].moves[choice] == nil, tried.insert([state, choice]).inserted else { continue }
        if let test = table.choices[choice].test, isNull(test, attempts[state]) { continue }
        guard trials < bound * PlayTable.trials else { return }
        trials += 1
        cost = at
        take(state, choice, isForced: false)
      }
      open[at] = []
      at += 1
    }
  }

  /// Does a deed in a situation; nil where it leads beyond the bound.
  @discardableResult
  private mutating func take(_ state: Int, _ choice: Int, isForced: Bool) -> Int? {
    if let known = table.states[state].moves[choice] { return known.state }
    let before = attempts[state]
    if let test = table.choices[choice].test, isNull(test, before) {
      table.states[state].moves[choice] = PlayTable.Move(state: state, said: list(results(test, before)))
      return state
    }
    var after = before
    let answer = after.play.answer(to: table.choices[choice].line)
    settle(&after, before)
    var blocks = answer.report.blocks
    if let test = table.choices[choice].test { blocks = results(test, before) }
    let place = after.play.place
    if situations[situation(after, at: segment(place))] == nil, !isForced, table.states.count + commands + 1 + companions(place) > bound {
      table.isCut = true
      return nil
    }
    let target = admitted(after)
    table.states[state].moves[choice] = PlayTable.Move(state: target, said: list(blocks + Self.blocks(answer.report.errors, language)))
    return target
  }

  /// Whether a test tells nothing new and counts for nothing.
  private func isNull(_ test: String, _ attempt: Attempt) -> Bool {
    let ordered = attempt.play.conduct.tests
    guard let truth = attempt.play.truth.state.patient, ordered.contains(test) || tests(ordered) == tests(ordered + [test]) else { return false }
    let stated = attempt.play.view.state.patient?.stated ?? [:]
    return bench.results(test, truth).told.allSatisfy { stated[$0.finding] == $0.possible }
  }

  /// What a test tells; `answered` holds what an answer says beside it.
  private func results(_ test: String, _ before: Attempt, in answered: [Block]? = nil) -> [Block] {
    var play = before.play
    play.waiting = .act(hints: [])
    let cost = bench.cost(of: test)
    let told = play.truth.state.patient.map { bench.results(test, $0) }
    let silent = told.map { $0.told.isEmpty ? 0 : $0.silent.count } ?? 0
    let own = play.answer(to: "order \(test)").report.blocks
    let rest = (answered ?? []).dropFirst(own.count)
    return own.dropFirst().dropLast() + [play.costs(cost, spent: "{spent}", silent: silent)] + rest
  }

  /// Tests that change nothing stand in every situation.
  private mutating func fillTests(_ state: Int) {
    let attempt = attempts[state]
    for choice in table.choices.indices where table.states[state].moves[choice] == nil {
      guard let test = table.choices[choice].test, isNull(test, attempt), let truth = attempt.play.truth.state.patient else { continue }
      let stated = attempt.play.view.state.patient?.stated ?? [:]
      let told = bench.results(test, truth)
      let key =
        "\(test) \(told.silent.count) "
        + told.told.map { "\($0.finding) \(stated[$0.finding] == $0.possible) \($0.possible.map { "\($0)" } ?? "")" }.joined(separator: " ")
      let said = results[key] ?? list(results(test, attempt))
      results[key] = said
      table.states[state].moves[choice] = PlayTable.Move(state: state, said: said)
    }
  }

  /// Goes a path, so that all of it is in the table.
  private mutating func follow(_ path: Path) {
    var walk = PlayTable.Walk(table, world)
    for line in path.lines.map(\.text) {
      if let state = walk.state, let choice = table.lines[line] { take(state, choice, isForced: true) }
      walk.table = table
      guard walk.type(line) else { return }
    }
  }

  // MARK: Items

  private mutating func item(_ question: Question, _ patient: Patient?) -> (Int, [(given: [String], credit: Credit)]) {
    let maker = ItemTable(question: question, guideline: world.guideline, language: language, patient: patient, said: said[question.name] ?? [])
    let isAsked = scenario.isAsked(question.name)
    var ways: [(given: [String], credit: Credit)] = []
    var replies: [String: PlayTable.Reply] = [:]
    // Only a problem in one line is held against what the learner knows.
    var context = question.name
    if case .problem = question.kind { context += " \((patient?.stated ?? [:]).sorted { $0.key < $1.key })" }
    if !isAsked, let known = known[context] { return (known, [([], .none)]) }
    for (key, graded, given) in maker.replies() {
      var way = 0
      if isAsked {
        let told = given.filter { scenario.isAsked($0, of: question.name) }
        if let known = ways.firstIndex(where: { $0.given == told && $0.credit.verdict == graded.credit.verdict }) {
          way = known
        } else {
          way = ways.count
          ways.append((told, graded.credit))
        }
      }
      let review = list(graded.blocks(question, language))
      let said = scenario.feedback == .each ? review : list([.paragraph(Words("Noted.", "Σημειώθηκε.")[language])])
      replies[key] = PlayTable.Reply(credit: Credit.sum([graded.credit]), said: said, way: way, review: review)
    }
    var item = plain(question, kind: Self.name(question.kind))
    item.replies = replies
    item.numbers = maker.numbers
    if question.choices.isEmpty {
      let phrases = Self.isWords(question) ? maker.phrases : []
      item = PlayTable.Item(
        name: item.name, kind: item.kind, text: item.text, manner: item.manner, choices: phrases.map { Self.capital($0.label) }, most: 0,
        replies: replies, numbers: item.numbers, hints: item.hints, takeHome: item.takeHome, phrases: phrases.map { [$0.words] })
    }
    let place = keep(item)
    known[context] = place
    return (place, isAsked ? ways : [([], .none)])
  }

  static func isWords(_ question: Question) -> Bool {
    switch question.kind {
    case .text, .problem: true
    case .single, .several, .number, .command, .ranked, .features, .concordance, .ordering: false
    }
  }

  private static func name(_ kind: Question.Kind) -> String {
    switch kind {
    case .single, .concordance: "one"
    case .several, .features: "some"
    case .text, .problem: "words"
    case .ranked: "shares"
    case .ordering: "order"
    case .number: "number"
    case .command: "command"
    }
  }

  private mutating func commandItem(_ question: Question, _ menu: [Int]) -> Int {
    var item = plain(question, kind: "command")
    item.menu = menu
    return keep(item)
  }

  private mutating func plain(_ question: Question, kind: String) -> PlayTable.Item {
    var most = 0
    if case .features(let bound) = question.kind { most = bound }
    return PlayTable.Item(
      name: question.name, kind: kind, text: question.text[language], manner: manner(question), choices: question.choices.map { $0.text[language] },
      most: most, hints: priced(question.hints), takeHome: list([.rows([start.takeHome(question)])]))
  }

  /// How it is answered on a page.
  private func manner(_ question: Question) -> String {
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    switch question.kind {
    case .single, .command: return ""
    case .several: return say("Several may be right.", "Μπορεί να είναι σωστές περισσότερες.")
    case .features(let most):
      return say(
        "At most \(most), those that decide; a wrong one cancels a right one.", "Το πολύ \(most), όσα κρίνουν· κάθε λάθος αφαιρεί ένα σωστό.")
    case .ranked:
      return say(
        "Give each its share of 100, in per cent; leave out what you don't think of.",
        "Δώστε σε καθένα το ποσοστό του στα 100· όσα δεν σκέφτεστε μένουν κενά.")
    case .concordance: return say("Choose one; the votes of a panel are its credit.", "Διαλέξτε ένα· βαθμολογείται με τις ψήφους μιας ομάδας.")
    case .ordering: return say("All of them, in order.", "Όλα, με τη σειρά τους.")
    case .number(_, _, let unit, let isUnitAsked):
      return isUnitAsked ? say("A number and its unit.", "Αριθμός και μονάδα.") : unit.isEmpty ? say("A number.", "Αριθμός.") : ""
    case .text, .problem:
      return say(
        "Put it together from these findings; choose those that decide. In the shell you write it in your own words.",
        "Συνθέστε την από τα παρακάτω ευρήματα· διαλέξτε όσα κρίνουν. Στο κέλυφος τη γράφετε με δικά σας λόγια.")
    }
  }

  private mutating func keep(_ item: PlayTable.Item) -> Int {
    if let known = items[item] { return known }
    items[item] = table.items.count
    table.items.append(item)
    return table.items.count - 1
  }

  private mutating func priced(_ hints: [Hint]) -> [PlayTable.PricedHint] {
    hints.map { PlayTable.PricedHint(said: list([.paragraph($0.text.cited(language))]), cost: $0.cost) }
  }

  // MARK: Ends

  private mutating func end(_ attempt: Attempt) -> Int {
    let situation = situation(attempt, at: -1)
    if let known = ends[situation] { return known }
    let play = attempt.play
    let grading = grader.grade(play.conduct, end: play.truth.state.patient ?? scenario.truth, &needed, prospects: attempt.prospects)
    let grave = grading.faults.count { $0.weight == .grave }
    let isFaultless = grading.goals.allSatisfy(\.isReached) && grading.faults.isEmpty
    let caps = Score.Band.allCases.map { band -> Int in
      let cap = Score.cap(grave: grave, isFaultless: isFaultless, band)
      return cap.flatMap { PlayTable.caps.firstIndex(of: $0) } ?? -1
    }
    let rows = [play.goalRow(grading), play.safetyRow(grading), play.economyRow(grading, "{points}", spent: "{spent}")]
    let home = play.takeHome(ofDeeds: grading)
    let stages: [[Block]] = [
      play.blocks(.decisions, grading), play.blocks(.goals, grading), play.neededBlocks(grading), play.blocks(.guideline, grading),
    ]
    let reading = play.reading(grading).isEmpty ? [] : play.blocks(.reading, grading)
    let end = PlayTable.End(
      goal: grading.score.goal, safety: grading.score.safety, economy: economy(grading), caps: caps, rows: rows.map { list([.rows([$0])]) },
      takeHome: home.map { list([.rows([$0])]) } ?? -1, bestAndWorst: list(play.bestAndWorst(grading)), stages: stages.map { list($0) },
      needed: grading.needed.compactMap { test in table.choices.firstIndex { $0.test == test.id } }, reading: list(reading))
    ends[situation] = table.ends.count
    table.ends.append(end)
    return table.ends.count - 1
  }

  /// The points of economy by what was spent: each pair the most that may be spent for so many points.
  private mutating func economy(_ grading: Grading) -> Int {
    let cost = grading.needed.reduce(0) { $0 + $1.cost }
    let paid = grading.needed.reduce(0) { $0 + ($1.isOrdered ? $1.cost : 0) }
    var pairs: [[Int]] = []
    var spent = 0
    while grading.isDecided {
      let points = Score.economy(Credit(paid, of: max(cost, spent)), scenario.weights)
      guard points > 0 else { break }
      if let last = pairs.last, last[1] == points { pairs[pairs.count - 1][0] = spent } else { pairs.append([spent, points]) }
      spent += 1
    }
    if let known = economies[pairs] { return known }
    economies[pairs] = table.economies.count
    table.economies.append(pairs)
    return table.economies.count - 1
  }

  // MARK: What is said

  private mutating func list(_ blocks: some Collection<Block>) -> Int {
    let places = PagePiece.pieces(of: Array(blocks)).map { piece -> Int in
      if let known = pieces[piece] { return known }
      pieces[piece] = table.pieces.count
      table.pieces.append(piece)
      return table.pieces.count - 1
    }
    if let known = lists[places] { return known }
    lists[places] = table.lists.count
    table.lists.append(places)
    return table.lists.count - 1
  }

  /// Errors as a reader of a page meets them: what is wrong, and what the text gives.
  private static func blocks(_ errors: [Diagnostic], _ language: Language) -> [Block] {
    errors.flatMap { error -> [Block] in [.paragraph(error.message.cited(language))] + error.help.map { .notice($0.cited(language)) } }
  }
}

extension Play {
  /// The question that waits for words or a command, if one does.
  var waitsForWords: Question? {
    guard case .question(let question) = waiting else { return nil }
    if case .command = question.kind { return question }
    return PlayTableMaker.isWords(question) ? question : nil
  }
}
