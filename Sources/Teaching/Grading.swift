import Counsel
import Grammar
import Guideline
import Patients
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
  /// The code of the error when its dose was refused.
  let refusal: String?
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

/// A decision with its evaluated.
public struct JudgedDecision: Sendable {
  public let decision: Decision
  public let mark: Mark
  /// The rule that the mark rests on; nil where the text says nothing, or the author judged.
  public let rule: Rule?
  /// The author's reason, where the author judged.
  public let reason: Words?
  /// Advice against it that applied on the truth.
  public let harmful: Rule?
}

/// A case graded: what was decided, what was forgotten, what was not needed.
public struct Grading: Sendable {
  public let decisions: [JudgedDecision]
  public let faults: [Fault]
  /// Companions that were forgotten, each once; the therapy that they go with.
  public let forgotten: [(rule: Rule, therapy: String)]
  /// Goals, and whether they were reached: an author's deed or a rule of the guideline.
  public let goals: [(deed: Deed?, rule: Rule?, isReached: Bool)]
  /// Tests ordered, and whether the decisions needed them.
  public let tests: [(id: String, cost: Int, isNeeded: Bool)]
  /// The cheapest set of tests that settles the decisions.
  public let cheapest: (tests: [String], cost: Int)
  public let spent: Int
  public let score: Score
}

/// What a learner did in a case, as far as it is graded.
struct Conduct {
  var decisions: [Decision] = []
  var answers: [GivenAnswer] = []
  /// Tests ordered, each once, in their order.
  var tests: [String] = []
  /// What tests, consulting and hints cost.
  var spent = 0
}

struct Grader {
  let scenario: Scenario
  let guideline: Guideline

  var bench: TestBench { TestBench(scenario: scenario, vocabulary: guideline.vocabulary) }

  /// The mark of a decision as it is taken, by what the learner knew. `seen` is the patient by which companions are looked for.
  func judged(_ decision: Decision, seen: Patient) -> JudgedDecision {
    let rules = guideline.rules
    let view = Counsel(guideline, decision.view)
    let truth = Counsel(guideline, decision.truth)
    let standing = view.standing(of: decision.deed.subject)
    let real = truth.standing(of: decision.deed.subject)
    let isHarmful = decision.refusal == nil && real.status == .applies && real.stance(guideline) == .avoid
    let harmful = isHarmful ? real.lead.map { rules[$0] } : nil
    if decision.refusal != nil { return JudgedDecision(decision: decision, mark: .refused, rule: nil, reason: nil, harmful: nil) }
    if let override = scenario.overrides.first(where: { covers($0.deed, decision.deed) }) {
      return JudgedDecision(
        decision: decision, mark: override.accepts ? .acceptable : .against, rule: nil, reason: override.reason,
        harmful: override.accepts ? nil : harmful)
    }
    let isAccompanied = view.forgettable(with: decision.deed.subject).allSatisfy {
      view.isCarriedOut($0, by: seen, beside: decision.deed.subject)
    }
    let mark = view.mark(standing, isAccompanied: isAccompanied)
    return JudgedDecision(decision: decision, mark: mark, rule: standing.lead.map { rules[$0] }, reason: nil, harmful: harmful)
  }

  /// Whether the text advises a setting by itself, for what the learner knows.
  func isDecision(_ decision: Decision) -> Bool {
    judged(decision, seen: decision.view).mark.isJustified
  }

  /// Whether a deed is one that an author named: the same, or a member of the group named.
  func covers(_ named: Deed, _ deed: Deed) -> Bool {
    named.act == deed.act && (named.subject == deed.subject || guideline.vocabulary.groups(above: deed.subject).contains(named.subject))
  }

  /// `known` holds cheapest sets worked out before, by the therapies.
  func grade(_ conduct: Conduct, end: Patient, _ known: inout [[String]: CheapestTests]) -> Grading {
    let decisions = conduct.decisions.map { judged($0, seen: end) }
    var forgotten: [(rule: Rule, therapy: String)] = []
    for decision in conduct.decisions where decision.refusal == nil {
      let subject = decision.deed.subject
      let truth = Counsel(guideline, decision.truth)
      for rule in truth.forgettable(with: subject)
      where !truth.isCarriedOut(rule, by: end, beside: subject) && !forgotten.contains(where: { $0.rule.id == rule.id }) {
        forgotten.append((rule, subject))
      }
    }
    let goals = goals(end)
    let taken = conduct.decisions.filter { $0.refusal == nil }.map(\.deed.subject)
    let economy = Economy(guideline: guideline, bench: bench, view: scenario.view, truth: scenario.truth)
    let therapies = Array(Set(taken)).sorted()
    var cheapest = known[therapies] ?? economy.cheapest(for: therapies)
    known[therapies] = cheapest
    // Tests that the author asks for, as a goal or by accepting them, are needed too.
    let asked = scenario.overrides.filter(\.accepts).map(\.deed) + scenario.goals
    for deed in asked where deed.act == .order && conduct.tests.contains(deed.subject) && !cheapest.tests.contains(deed.subject) {
      cheapest = (cheapest.tests + [deed.subject], cheapest.cost + bench.cost(of: deed.subject))
    }
    let needed = cheapest.tests
    let tests = conduct.tests.map { (id: $0, cost: bench.cost(of: $0), isNeeded: needed.contains($0) || bench.cost(of: $0) == 0) }
    let faults = faults(decisions, forgotten)
    return Grading(
      decisions: decisions, faults: faults, forgotten: forgotten, goals: goals, tests: tests, cheapest: cheapest, spent: conduct.spent,
      score: score(conduct, decisions, faults, goals, cheapest.cost))
  }

  private func goals(_ end: Patient) -> [(deed: Deed?, rule: Rule?, isReached: Bool)] {
    guard scenario.goals.isEmpty else {
      return scenario.goals.map { goal in
        let had = goal.act == .stop ? Set(end.events.compactMap { if case .stopped(let id) = $0.kind { id } else { nil } }) : end.given.union(end.arranged)
        return (goal, nil, had.contains { covers(goal, Deed(goal.act, $0)) })
      }
    }
    let truth = Counsel(guideline, scenario.truth)
    return truth.recommendations.map { (nil, $0, truth.isCarriedOut($0, by: end)) }
  }

  /// What went wrong, each once: the deeds in their order, then what was left out.
  private func faults(_ decisions: [JudgedDecision], _ forgotten: [(rule: Rule, therapy: String)]) -> [Fault] {
    var found: [Fault] = []
    func add(_ kind: Fault.Kind, _ step: Int, _ therapy: String, _ rule: Rule?) {
      guard !found.contains(where: { $0.kind == kind && $0.therapy == therapy }) else { return }
      found.append(Fault(kind: kind, step: step, therapy: therapy, rule: rule?.id))
    }
    for judged in decisions {
      let (step, therapy) = (judged.decision.step, judged.decision.deed.subject)
      if judged.decision.refusal == "dose.deviation" {
        add(.insisted, step, therapy, nil)
      } else if let harmful = judged.harmful {
        add(.harmful, step, therapy, harmful)
      } else if judged.mark == .against {
        add(.warned, step, therapy, judged.rule)
      } else if judged.mark == .premature {
        add(.premature, step, therapy, judged.rule)
      }
    }
    for (rule, therapy) in forgotten where rule.strength == .must { add(.unaccompanied, 0, therapy, rule) }
    return found
  }

  private func score(
    _ conduct: Conduct, _ decisions: [JudgedDecision], _ faults: [Fault], _ goals: [(deed: Deed?, rule: Rule?, isReached: Bool)], _ cheapest: Int
  ) -> Score {
    Score(
      goals: goals.map(\.isReached), answers: conduct.answers.map(\.credit), faults: faults.map(\.weight),
      economy: Credit(cheapest, of: max(cheapest, conduct.spent)), decided: decisions.contains { $0.mark != .refused }, scenario.weights)
  }
}
