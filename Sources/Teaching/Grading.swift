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

  /// The mark of a decision as it is taken, by what the learner knew. `seen` is the patient by which companions are looked for.
  func judged(_ decision: Decision, seen: Patient) -> JudgedDecision {
    let rules = guideline.rules
    let view = Counsel(guideline, decision.view)
    let subject = decision.deed.subject
    if decision.refusal != nil { return JudgedDecision(decision: decision, mark: .refused, rule: nil, harmful: nil) }
    let standing = view.standing(of: subject)
    let rule = standing.lead.map { rules[$0] }
    if decision.deed.act == .against {
      return JudgedDecision(decision: decision, mark: view.mark(leavingAlone: standing), rule: rule, harmful: nil)
    }
    let real = economy.counsel(decision.view, told: bench.ids).standing(of: subject)
    let isHarmful = real.status == .applies && real.stance(guideline) == .avoid
    let isAccompanied = view.forgettable(with: subject).allSatisfy { view.isCarriedOut($0, by: seen, beside: subject) }
    return JudgedDecision(
      decision: decision, mark: view.mark(standing, isAccompanied: isAccompanied), rule: rule,
      harmful: isHarmful ? real.lead.map { rules[$0] } : nil)
  }

  /// Whether the text advises a setting by itself, for what the learner knows.
  func isDecision(_ decision: Decision) -> Bool { judged(decision, seen: decision.view).mark.isJustified }

  /// Whether a deed is one that an author named: the same, or a member of the group named.
  func covers(_ named: Deed, _ deed: Deed) -> Bool { named.act == deed.act && covers(named.subject, deed.subject) }

  private func covers(_ named: String, _ subject: String) -> Bool {
    named == subject || guideline.vocabulary.groups(above: subject).contains(named)
  }

  /// `known` holds what therapies need, worked out before.
  func grade(_ conduct: Conduct, end: Patient, _ known: inout [String: [String]]) -> Grading {
    let decisions = conduct.decisions.map { judged($0, seen: end) }
    var forgotten: [(rule: Rule, therapy: String)] = []
    for decision in conduct.decisions where decision.refusal == nil && decision.deed.act != .against {
      let subject = decision.deed.subject
      // What was taken back needs nothing beside it.
      guard end.given.contains(subject) || end.arranged.contains(subject) else { continue }
      let truth = Counsel(guideline, decision.truth)
      for rule in truth.forgettable(with: subject)
      where !truth.isCarriedOut(rule, by: end, beside: subject) && !forgotten.contains(where: { $0.rule.id == rule.id }) {
        forgotten.append((rule, subject))
      }
    }
    let faults = faults(decisions, forgotten)
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
    let score = Score(
      goals: goals.map(\.isReached), answers: conduct.answers.map(\.credit), faults: faults.map(\.weight),
      economy: Credit(paid, of: max(cost, conduct.spent)), decided: conduct.decisions.contains { counts($0, in: conduct) }, scenario.weights)
    return Grading(
      decisions: decisions, faults: faults, forgotten: forgotten, goals: goals, tests: tests, needed: met, spent: conduct.spent,
      answers: conduct.answers.map(\.credit), score: score)
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
  private func faults(_ decisions: [JudgedDecision], _ forgotten: [(rule: Rule, therapy: String)]) -> [Fault] {
    var found: [Fault] = []
    func add(_ kind: Fault.Kind, _ decision: Decision, _ rule: Rule?) {
      let therapy = decision.deed.subject
      guard !found.contains(where: { $0.therapy == therapy && ($0.kind == kind || $0.weight == .grave) }) else { return }
      found.append(Fault(kind: kind, step: decision.step, therapy: therapy, rule: rule?.id))
    }
    let operations = try? Counsel(guideline, scenario.view).operations()
    for judged in decisions {
      let decision = judged.decision
      let therapy = decision.deed.subject
      if decision.refusal == "dose.deviation" {
        add(.insisted, decision, nil)
      } else if let harmful = judged.harmful {
        add(.harmful, decision, harmful)
      } else if decision.deed.act == .perform, let operations, operations.isOperation(therapy) {
        let truth = guideline.inference.known(decision.truth)
        if operations.isGone(therapy, truth) { add(.gone, decision, nil) }
        if operations.isMisplaced(therapy, truth) { add(.misplaced, decision, nil) }
        // What a rule waits for, a test could tell or not: done without it is done blind.
        let isSettled = ([therapy] + [operations.wayOf(therapy)].compactMap { $0 }).allSatisfy {
          economy.isSettled($0, decision.view, decision.tests)
        }
        if judged.mark == .premature || !isSettled || operations.isUnseen(therapy, decision.tests) { add(.blind, decision, judged.rule) }
      }
      if judged.mark == .against || decision.isWarned { add(.warned, decision, judged.rule) }
      if judged.mark == .premature, decision.deed.act != .against { add(.premature, decision, judged.rule) }
    }
    for (rule, therapy) in forgotten where rule.strength == .must {
      let step = decisions.first { $0.decision.deed.subject == therapy }?.decision.step ?? 0
      if !found.contains(where: { $0.kind == .unaccompanied && $0.rule == rule.id }) {
        found.append(Fault(kind: .unaccompanied, step: step, therapy: therapy, rule: rule.id))
      }
    }
    return found
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
