import Counsel
import Grammar
import Guideline
import Patients
import Vocabulary
import Wording

/// A therapy that the learner chose, with both patients as they were just before.
public struct Decision: Sendable {
  /// The step of the attempt that it was taken at.
  public let step: Int
  public let deed: Deed
  /// How it was typed, in canonical form.
  public let line: String
  let view: Patient
  let truth: Patient
  /// The code of the error when its dose was refused, `dose.deviation` when it was insisted on.
  let refusal: String?
  /// Tests ordered before.
  let tests: [String]
  /// Whether it was done against a warning: a notice of the dose, or a refusal of the same line.
  var isWarned = false
}

/// An answer to a question or an item, graded.
public struct GivenAnswer: Sendable {
  public let step: Int
  /// The name of the question or item.
  public let question: String
  /// The choices, the number or the command.
  public let given: [String]
  /// What it earned for the reasoning.
  public let credit: Credit

  /// The answer as it was read, and what the learner knew then; nil of a command.
  var reply: Reply?
  var view: Patient?

  public init(step: Int, question: String, given: [String], credit: Credit) {
    self.step = step
    self.question = question
    self.given = given
    self.credit = credit
  }

  public var verdict: Verdict { Verdict(credit) }
}

extension Verdict {
  var credit: Credit {
    switch self {
    case .right: .full
    case .partly: .half
    case .wrong: .none
    }
  }

  init(_ credit: Credit) { self = credit == .full ? .right : credit == .none ? .wrong : .partly }
}

/// A decision with its mark.
public struct JudgedDecision: Sendable {
  public let decision: Decision
  public let mark: Mark
  /// The rule that the mark rests on: the lead on the therapy; nil where the text says nothing.
  public let rule: Rule?
  /// Advice against it that a test of the case could have shown.
  public let harmful: Rule?
}

/// A case graded: what was decided, what was forgotten, what was not needed.
public struct Grading: Sendable {
  public let decisions: [JudgedDecision]
  public let faults: [Fault]
  /// Companions that were forgotten, each once; the therapy that they go with.
  public let forgotten: [(rule: Rule, therapy: String)]
  /// Goals, and whether they were reached: the author's, or rules of the guideline.
  public let goals: [(goal: Goal?, rule: Rule?, isReached: Bool)]
  /// Tests ordered, each as often as it was, and whether the decisions needed them.
  public let tests: [(id: String, cost: Int, isNeeded: Bool)]
  /// The tests that the decisions and goals need, and whether they were ordered, or told by others.
  public let needed: [(id: String, cost: Int, isOrdered: Bool)]
  public let spent: Int
  /// What each question and item earned.
  public let answers: [Credit]
  /// Whether a decision was taken.
  let isDecided: Bool
  public let score: Score
}

/// What a learner did in a case, as far as it is graded.
struct Conduct {
  var decisions: [Decision] = []
  var answers: [GivenAnswer] = []
  /// Tests ordered, in their order, repeats among them.
  var orders: [String] = []
  /// What tests, consulting and hints cost.
  var spent = 0

  /// Tests ordered, each once.
  var tests: [String] { orders.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

struct Grader {
  let scenario: Scenario
  let guideline: Guideline

  var bench: TestBench { TestBench(scenario: scenario, vocabulary: guideline.vocabulary) }
  var economy: Economy { Economy(guideline: guideline, bench: bench, scenario: scenario) }

  /// What the judgement of a decision rests on, the patient at the end aside: it is worked out once.
  struct Prospect {
    let decision: Decision
    /// The guideline for what the learner knew.
    let view: Counsel
    /// The mark alone, and with all that goes with it.
    let marks: (alone: Mark, accompanied: Mark)
    let rule: Rule?
    let harmful: Rule?
    /// What must or should go with it, by what the learner knew and by the truth.
    let companions: [Rule]
    let forgettable: [Rule]

    /// The judgement; `seen` is the patient by which companions are looked for.
    func judged(_ seen: Patient) -> JudgedDecision {
      let isAccompanied = companions.allSatisfy { view.isCarriedOut($0, by: seen, beside: decision.deed.subject) }
      return JudgedDecision(decision: decision, mark: isAccompanied ? marks.accompanied : marks.alone, rule: rule, harmful: harmful)
    }
  }

  func prospect(_ decision: Decision) -> Prospect {
    let view = Counsel(guideline, decision.view)
    let subject = decision.deed.subject
    func prospect(_ marks: (alone: Mark, accompanied: Mark), _ rule: Rule?, harmful: Rule? = nil, _ with: [Rule] = [], _ forgettable: [Rule] = []) -> Prospect {
      Prospect(decision: decision, view: view, marks: marks, rule: rule, harmful: harmful, companions: with, forgettable: forgettable)
    }
    if decision.refusal != nil {
      return prospect((.refused, .refused), nil)
    }
    let standing = view.standing(of: subject)
    let rule = standing.lead.map { guideline.rules[$0] }
    if decision.deed.act == .against {
      let mark = view.mark(leavingAlone: standing)
      return prospect((mark, mark), rule)
    }
    let real = economy.counsel(decision.view, told: bench.ids).standing(of: subject)
    let isHarmful = real.status == .applies && real.stance(guideline) == .avoid
    // What keeps away what the case lets get worse needn't wait for a test: fluids in shock aren't too early.
    let isUrgent = scenario.worsenings.contains { $0.deeds.contains { covers($0, decision.deed) } }
    func mark(isAccompanied: Bool) -> Mark {
      let mark = view.mark(standing, isAccompanied: isAccompanied)
      return isUrgent && mark == .premature ? .acceptable : mark
    }
    return prospect(
      (mark(isAccompanied: false), mark(isAccompanied: true)), rule,
      harmful: isHarmful ? real.lead.map { guideline.rules[$0] } : nil, view.forgettable(with: subject),
      Counsel(guideline, decision.truth).forgettable(with: subject))
  }

  /// The mark of a decision as it is taken, by what the learner knew. `seen` is the patient by which companions are looked for.
  func judged(_ decision: Decision, seen: Patient) -> JudgedDecision { prospect(decision).judged(seen) }

  /// Whether the text advises a setting by itself, for what the learner knows.
  func isDecision(_ decision: Decision) -> Bool { judged(decision, seen: decision.view).mark.isJustified }

  /// Whether a deed is one that an author named: the same, or a member of the group named.
  func covers(_ named: Deed, _ deed: Deed) -> Bool { named.act == deed.act && covers(named.subject, deed.subject) }

  private func covers(_ named: String, _ subject: String) -> Bool {
    named == subject || guideline.vocabulary.groups(above: subject).contains(named)
  }

  /// `known` holds what therapies need, and `prospects` the decisions', worked out before.
  func grade(_ conduct: Conduct, end: Patient, _ known: inout [String: [String]], prospects: [(Prospect, [Fault.Kind])]? = nil) -> Grading {
    let prospects = prospects ?? conduct.decisions.map(self.prospects)
    let decisions = prospects.map { $0.0.judged(end) }
    var forgotten: [(rule: Rule, therapy: String)] = []
    for (prospect, _) in prospects {
      let subject = prospect.decision.deed.subject
      // What was taken back needs nothing beside it.
      guard end.given.contains(subject) || end.arranged.contains(subject) else { continue }
      for rule in prospect.forgettable
      where !prospect.view.isCarriedOut(rule, by: end, beside: subject) && !forgotten.contains(where: { $0.rule.id == rule.id }) {
        forgotten.append((rule, subject))
      }
    }
    let faults = faults(zip(decisions, prospects).map { ($0, $1.1) }, forgotten)
    let needed = needed(decisions, accepted(conduct), &known)
    let ordered = conduct.tests
    let told = Set(ordered.flatMap { economy.told($0).map(\.finding) })
    let met = needed.map { test -> (id: String, cost: Int, isOrdered: Bool) in
      let findings = economy.told(test).map(\.finding)
      return (test, bench.cost(of: test), ordered.contains(test) || (!findings.isEmpty && findings.allSatisfy(told.contains)))
    }
    var seen: Set<String> = []
    let tests = conduct.orders.map { test in
      let isFirst = seen.insert(test).inserted
      return (id: test, cost: bench.cost(of: test), isNeeded: bench.cost(of: test) == 0 || (isFirst && needed.contains(test)))
    }
    let goals = goals(conduct, end, faults, forgotten)
    let cost = met.reduce(0) { $0 + $1.cost }
    let paid = met.reduce(0) { $0 + ($1.isOrdered ? $1.cost : 0) }
    let isDecided = conduct.decisions.contains { counts($0, in: conduct) }
    let score = Score(
      goals: goals.map(\.isReached), answers: conduct.answers.map(\.credit), faults: faults.map(\.weight),
      economy: Credit(paid, of: max(cost, conduct.spent)), decided: isDecided, scenario.weights)
    return Grading(
      decisions: decisions, faults: faults, forgotten: forgotten, goals: goals, tests: tests, needed: met, spent: conduct.spent,
      answers: conduct.answers.map(\.credit), isDecided: isDecided, score: score)
  }

  // MARK: Needed tests

  /// The tests that were the right answer to a question for a command: the case asked for them.
  private func accepted(_ conduct: Conduct) -> [String] {
    conduct.answers.filter { $0.credit == .full }.flatMap { answer -> [String] in
      guard let question = scenario.question(answer.question), case .command = question.kind else { return [] }
      return question.accepted.compactMap(\.deed).filter { $0.act == .order && answer.given.contains($0.text) }.map(\.subject)
    }
  }

  /// What the decisions taken and the goals need, and what questions asked for, each test once, those left out that others of
  /// them tell.
  private func needed(_ decisions: [JudgedDecision], _ asked: [String], _ known: inout [String: [String]]) -> [String] {
    // What only goes with something else rests on what that rests on.
    let own = decisions.filter { $0.decision.refusal == nil && !($0.decision.deed.act == .arrange && $0.rule?.isCompanion ?? false) }
    let taken = own.map(\.decision.deed.subject)
    let meant = scenario.goals.map(\.deed).filter { $0.act != .order && $0.act != .stop }.map(\.subject).filter { goal in
      !taken.contains { covers(goal, $0) }
    }
    var found: [String] = []
    for therapy in taken + meant {
      let tests = known[therapy] ?? economy.needed(for: therapy)
      known[therapy] = tests
      for test in tests where !found.contains(test) { found.append(test) }
    }
    let ordered = asked + scenario.goals.filter { $0.deed.act == .order }.map(\.deed.subject)
    for test in ordered where !found.contains(test) { found.append(test) }
    let written = Set(scenario.needs.map(\.test) + ordered)
    for test in found.sorted(by: { bench.cost(of: $0) > bench.cost(of: $1) }) where !written.contains(test) {
      let others = Set(found.filter { $0 != test }.flatMap { economy.told($0).map(\.finding) })
      if economy.told(test).allSatisfy({ others.contains($0.finding) }) { found.removeAll { $0 == test } }
    }
    return found
  }

  /// Whether a decision counts as one: leaving alone does so once the tests that it needs were ordered.
  private func counts(_ decision: Decision, in conduct: Conduct) -> Bool {
    guard decision.refusal == nil || decision.refusal == "dose.deviation" else { return false }
    return decision.deed.act != .against || economy.isSettled(decision.deed.subject, decision.view, conduct.tests)
  }

  // MARK: Faults

  /// What went wrong, each once: the deeds in their order, then what was left out.
  private func faults(_ decisions: [(JudgedDecision, [Fault.Kind])], _ forgotten: [(rule: Rule, therapy: String)]) -> [Fault] {
    var found: [Fault] = []
    func add(_ kind: Fault.Kind, _ decision: Decision, _ rule: Rule?) {
      let therapy = decision.deed.subject
      guard !found.contains(where: { $0.therapy == therapy && ($0.kind == kind || $0.weight == .grave) }) else { return }
      found.append(Fault(kind: kind, step: decision.step, therapy: therapy, rule: rule?.id))
    }
    for (judged, grave) in decisions {
      let decision = judged.decision
      for kind in grave { add(kind, decision, kind == .harmful ? judged.harmful : kind == .blind ? judged.rule : nil) }
      if judged.mark == .against || decision.isWarned { add(.warned, decision, judged.rule) }
      if judged.mark == .premature, decision.deed.act != .against { add(.premature, decision, judged.rule) }
    }
    for (rule, therapy) in forgotten where rule.strength == .must {
      let step = decisions.first { $0.0.decision.deed.subject == therapy }?.0.decision.step ?? 0
      if !found.contains(where: { $0.kind == .unaccompanied && $0.rule == rule.id }) {
        found.append(Fault(kind: .unaccompanied, step: step, therapy: therapy, rule: rule.id))
      }
    }
    return found
  }

  /// A decision's prospect, and what is gravely wrong with it.
  func prospects(_ decision: Decision) -> (Prospect, [Fault.Kind]) {
    let prospect = prospect(decision)
    return (prospect, graveFaults(prospect))
  }

  private func graveFaults(_ prospect: Prospect) -> [Fault.Kind] {
    let decision = prospect.decision
    let therapy = decision.deed.subject
    if decision.refusal == "dose.deviation" { return [.insisted] }
    if prospect.harmful != nil { return [.harmful] }
    guard decision.deed.act == .perform, let operations, operations.isOperation(therapy) else { return [] }
    var found: [Fault.Kind] = []
    let truth = guideline.inference.known(decision.truth)
    if operations.isGone(therapy, truth) { found.append(.gone) }
    if operations.isMisplaced(therapy, truth) { found.append(.misplaced) }
    // What a rule waits for, a test could tell or not: done without it is done blind.
    let isBlind =
      prospect.marks.alone == .premature || operations.isUnseen(therapy, decision.tests)
      || ([therapy] + [operations.wayOf(therapy)].compactMap { $0 }).contains { !economy.isSettled($0, decision.view, decision.tests) }
    if isBlind { found.append(.blind) }
    return found
  }

  /// What can't be undone.
  var operations: Operations? { try? Counsel(guideline, scenario.view).operations() }

  // MARK: Alike

  /// All that the end of a case takes from a decision: attempts that differ in nothing else of it are marked alike.
  struct Outlook: Hashable {
    let deed: Deed
    let line: String
    let refusal: String?
    let isWarned: Bool
    /// The mark alone, and with all that goes with it.
    let marks: [Mark]
    let rule: String?
    let harmful: String?
    /// The rules on what goes with it, by what the learner knew and by the truth.
    let companions: [String]
    let forgettable: [String]
    let faults: [Fault.Kind]
    /// Of what was left alone: what the learner knew beside the tests, and had done; with it the tests at the end are seen.
    let known: [Int: Possible]
    let had: Set<String>
  }

  func outlook(_ prospect: Prospect, _ faults: [Fault.Kind]) -> Outlook {
    let decision = prospect.decision
    let isAgainst = decision.deed.act == .against
    // What tests told then, they tell to the end.
    let told = Set(decision.tests.flatMap { economy.told($0).map(\.finding) })
    return Outlook(
      deed: decision.deed, line: decision.line, refusal: decision.refusal, isWarned: decision.isWarned,
      marks: [prospect.marks.alone, prospect.marks.accompanied], rule: prospect.rule?.id, harmful: prospect.harmful?.id,
      companions: prospect.companions.map(\.id), forgettable: prospect.forgettable.map(\.id), faults: faults,
      known: isAgainst ? decision.view.stated.filter { !told.contains($0.key) } : [:],
      had: isAgainst ? decision.view.given.union(decision.view.arranged).subtracting(decision.tests) : [])
  }

  // MARK: Goals

  private func goals(
    _ conduct: Conduct, _ end: Patient, _ faults: [Fault], _ forgotten: [(rule: Rule, therapy: String)]
  ) -> [(goal: Goal?, rule: Rule?, isReached: Bool)] {
    // A deed that did grave harm, or lacks what must go with it, reaches nothing.
    let spoilt = Set(
      faults.filter { $0.weight == .grave }.map(\.therapy) + forgotten.filter { $0.rule.strength == .must }.map(\.therapy))
    guard scenario.goals.isEmpty else { return scenario.goals.map { ($0, nil, isReached($0, conduct, end, spoilt)) } }
    let truth = Counsel(guideline, scenario.truth)
    return truth.recommendations.map { (nil, $0, truth.isCarriedOut($0, by: end)) }
  }

  private func isReached(_ goal: Goal, _ conduct: Conduct, _ end: Patient, _ spoilt: Set<String>) -> Bool {
    switch goal.deed.act {
    case .order: return conduct.tests.contains(goal.deed.subject)
    case .against:
      let isDecided = conduct.decisions.contains { covers(goal.deed, $0.deed) && counts($0, in: conduct) }
      return isDecided && !end.given.union(end.arranged).contains { covers(goal.deed.subject, $0) }
    case .give, .perform, .arrange, .stop: break
    }
    let events = end.events
    let place = events.firstIndex { event in
      guard let deed = Deed(event), covers(goal.deed, deed), !spoilt.contains(deed.subject) else { return false }
      guard case .given(let regimen) = event.kind else { return true }
      return !regimen.isDeviation && goal.dose.map { $0 == regimen.dose } ?? true
    }
    guard let place else { return false }
    return !events[..<place].contains { event in Deed(event).map { deed in goal.before.contains { covers($0, deed) } } ?? false }
  }
}

extension Deed {
  /// What an event of a patient's log records; nil for what is no deed.
  init?(_ event: Event) {
    switch event.kind {
    case .given(let regimen): self.init(.give, regimen.therapy)
    case .performed(let id): self.init(.perform, id)
    case .arranged(let id): self.init(.arrange, id)
    case .stopped(let id): self.init(.stop, id)
    case .ordered(let id): self.init(.order, id)
    case .learnt, .passed, .lapsed: return nil
    }
  }
}
