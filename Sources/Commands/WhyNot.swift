import Counsel
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let whyNot = Command(
    "why not", greek: "γιατί όχι", kind: .question, role: .consults, group: .asking, takes: [.value("ADVICE", "ΣΥΣΤΑΣΗ", .advice)],
    summary: Words("what blocks advice, with the value that blocks it", "τι εμποδίζει μια σύσταση, με την τιμή που την εμποδίζει"),
    examples: [
      Example(
        Words("why not enucleation", "γιατί όχι εκπυρήνιση"), Words("the blocking conditions", "οι προϋποθέσεις που δεν ισχύουν"),
        gives: Words("near the surface", "κοντά στην επιφάνεια"),
        after: "patient 54F, insulinoma 14 mm, not near the surface")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let reference = try AdviceReference.read(invocation)
    let patient = try invocation.requirePatient()
    let guideline = invocation.guideline
    let counsel = Counsel(guideline, patient)
    let text = AdviceText(invocation)
    let explanation = Explanation(text, counsel)
    let language = invocation.language
    let own = reference.rules.filter { !$0.isCompanion && !$0.isRemark }
    let rules = own.isEmpty ? reference.rules : own
    let blocked = explanation.nearestFirst(rules.filter { counsel.status($0.index) != .applies && !counsel.isAgainst($0.index) })
    let against = rules.filter { counsel.isAgainst($0.index) && counsel.status($0.index) != .absent }
    let holding = rules.filter { counsel.status($0.index) == .applies && !counsel.isAgainst($0.index) }
    let shown = against + blocked.prefix(Explanation.most - min(against.count, Explanation.most))
    var blocks: [Block] = []
    if reference.rules.isEmpty, let therapy = reference.therapy {
      let name = therapy.name[language]
      blocks = [.paragraph(Words("The text gives no advice on \(name).", "Το κείμενο δεν δίνει σύσταση για: \(name).")[language])]
    }
    for rule in holding.prefix(3) {
      let title = rule.title.cited(language) + " · " + text.citation([rule])
      blocks.append(.paragraph(Words(text: "Nothing blocks it, it applies: \(title)", "Τίποτε δεν την εμποδίζει, ισχύει: \(title)").text(language)))
    }
    for rule in against { blocks += explanation.blocks(rule) }
    for rule in blocked.prefix(shown.count - min(against.count, shown.count)) {
      blocks += [.paragraph(explanation.head(rule)), .rows(explanation.obstacles(rule))]
    }
    let more = against.count + blocked.count - shown.count
    if more > 0 {
      blocks.append(
        .notice(
          (more == 1
            ? Words("… and 1 more statement, further from holding", "… και άλλη 1 δήλωση, που απέχει περισσότερο")
            : Words("… and \(more) more statements, further from holding", "… και άλλες \(more) δηλώσεις, που απέχουν περισσότερο"))[language]))
    }
    var state = invocation.state
    if reference.rules.count != 1 { state.listed = shown.map(\.id) }
    return Outcome(
      .state(state), Report(data: [("advice", .array((against + blocked + holding).map { explanation.obstacleJSON($0) }))], blocks: blocks),
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

  /// Rules by how little blocks them: failing conditions, then overrides, then what isn't stated.
  func nearestFirst(_ rules: [Rule]) -> [Rule] {
    func distance(_ rule: Rule) -> (Int, Int) {
      let blocking = self.blocking(rule)
      let failing = blocking.filter { $0.1 == .no }.count + overriding(rule).filter { $0.truth == .yes }.count + (evaluation[rule.index].isDone ? 1 : 0)
      return (failing, blocking.count - failing)
    }
    return rules.enumerated().map { ($0.element, distance($0.element), $0.offset) }.sorted {
      ($0.1.0, $0.1.1, $0.2) < ($1.1.0, $1.1.1, $1.2)
    }.map(\.0)
  }

  /// What stands in a rule's way, a row each, with the value that blocks.
  func obstacles(_ rule: Rule) -> [Row] {
    let language = text.language
    let evaluated = evaluation[rule.index]
    var rows: [Row] = []
    for (condition, truth) in blocking(rule) {
      var detail = Words("not stated", "δεν αναφέρεται")[language]
      if truth == .no, let test = condition.tests.first(where: { evaluation.known.truth(.test($0)) == .no }) ?? condition.tests.first {
        detail = Words("here: ", "εδώ: ")[language] + text.value(test.finding, evaluation.known[test.finding])
      }
      rows.append(Row(text.condition(condition), mark: sign(truth), detail: detail))
    }
    // What may yet take it away matters where nothing stands against it.
    rows += exceptions(rule, rows.isEmpty ? [.yes, .unknown] : [.yes], saysSince: true)
    if evaluated.isDone { rows.append(Row(Words("already carried out", "έχει ήδη γίνει")[language], mark: "✗")) }
    if let row = accompanied(rule), counsel.status(rule.index) != .applies {
      rows.append(row)
      // What goes with something waits for what that waits for.
      let hosts = evaluated.accompanies.map { text.guideline.rules[$0] }
      if rows.count == 1, let host = nearestFirst(hosts).first { rows += obstacles(host) }
    }
    return rows
  }

  /// A evaluated with what blocks it.
  func obstacleJSON(_ rule: Rule) -> JSON {
    guard case .object(let fields) = json(rule) else { return json(rule) }
    let blocks = blocking(rule).map { condition, truth in
      JSON.fields([
        ("condition", .string(Printer.condition(condition, text.vocabulary))), ("truth", .string(truth.word)),
        (
          "values",
          .array(
            condition.tests.map { test in
              .string(
                evaluation.known.origin[test.finding] == .unstated
                  ? text.vocabulary.findings[test.finding].id + " unknown"
                  : Printer.statement(test.finding, evaluation.known[test.finding], text.vocabulary))
            })
        ),
      ])
    }
    return .object(fields + [.init("blocked_by", .array(blocks))])
  }
}
