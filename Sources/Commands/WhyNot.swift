import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let whyNot = Command(
    "why not", greek: "γιατί όχι", kind: .question, group: .asking, form: Words("why not ADVICE", "γιατί όχι ΣΥΣΤΑΣΗ"),
    summary: Words("what blocks advice, with the value that blocks it", "τι εμποδίζει μια σύσταση, με την τιμή που την εμποδίζει"),
    examples: [
      Example(
        Words("why not enucleation", "γιατί όχι εκπυρήνιση"), Words("the blocking conditions", "οι προϋποθέσεις που δεν ισχύουν"),
        after: "patient 54F, insulinoma 14 mm, not near the surface")
    ], completes: .advice
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let reference = try AdviceReference.read(invocation)
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let evaluation = guideline.evaluate(guideline.inference.known(patient), given: patient.given)
    let text = AdviceText(invocation)
    let explanation = Explanation(text, evaluation)
    let language = invocation.language
    let blocked = reference.rules.filter { evaluation[$0.index].status != .applies }
    let shown = blocked.isEmpty ? reference.rules : blocked.filter { $0.stance?.isPositive ?? false } + blocked.filter { !($0.stance?.isPositive ?? false) }
    var blocks: [Block] = []
    if reference.rules.isEmpty, let therapy = reference.therapy {
      let name = therapy.name[language]
      blocks = [.paragraph(Words("The text gives no advice on \(name).", "Το κείμενο δεν δίνει σύσταση για: \(name).")[language])]
    } else if blocked.isEmpty {
      blocks.append(.paragraph(Words("Nothing blocks it: it applies.", "Τίποτε δεν την εμποδίζει: ισχύει.")[language]))
    }
    for rule in shown.prefix(6) {
      let judgement = evaluation[rule.index]
      blocks.append(
        .paragraph(
          [rule.title[language], text.standing(rule, judgement, evaluation.known), text.citation([rule])].joined(separator: " · ")))
      var rows: [Row] = []
      for (condition, truth) in explanation.blocking(rule) {
        let note = truth == .no ? "" : Words("not stated", "δεν αναφέρεται")[language]
        let actual = condition.tests.first.map { test -> String in
          truth == .no ? text.value(test.finding, evaluation.known[test.finding]) : note
        }
        rows.append(Row(text.condition(condition), mark: explanation.sign(truth), detail: actual ?? note))
      }
      for other in guideline.above[rule.index] where evaluation.known.truth(guideline.rules[other].when) == .yes {
        rows.append(
          Row(
            Words("overridden by: ", "παρακάμπτεται από: ")[language] + guideline.rules[other].title[language], mark: "✗",
            citation: text.citation([guideline.rules[other]])))
      }
      if judgement.isDone {
        rows.append(Row(Words("already carried out", "έχει ήδη γίνει")[language], mark: "✗"))
      }
      if rule.isCompanion, judgement.accompanies.isEmpty {
        rows.append(
          Row(Words("nothing that it goes with is live", "δεν ισχύει τίποτε που να συνοδεύει")[language], mark: "✗"))
      }
      blocks.append(.rows(rows))
    }
    return Outcome(
      .state(invocation.state),
      Report(data: [("advice", .array(shown.map { explanation.json($0) }))], blocks: blocks),
      canonical: "why not " + reference.canonical)
  }
}

extension Explanation {
  /// The parts of a rule's condition that don't hold, failing ones first.
  func blocking(_ rule: Rule) -> [(Condition, Truth)] {
    var found: [(Condition, Truth)] = []
    func visit(_ condition: Condition) {
      let truth = evaluation.known.truth(condition)
      guard truth != .yes else { return }
      if case .all(let parts) = condition { parts.forEach(visit) } else { found.append((condition, truth)) }
    }
    visit(rule.when)
    return found.filter { $0.1 == .no } + found.filter { $0.1 == .unknown }
  }
}
