import Commands
import Grammar
import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let review = Command(
    "review", greek: "ανακεφαλαίωση", kind: .outside, role: .closed, group: .teaching,
    summary: Words("the rules you got wrong, as they fall due", "οι κανόνες στους οποίους σφάλατε, όταν έρθει η ώρα τους"),
    details: [
      Words(
        "Each rule is asked; Enter shows it, and a number from 0 (no idea) to 5 (at once) says how well you knew it. The schedule is SM-2 (Woźniak 1990): after 1 day, 6 days, then ever longer.",
        "Κάθε κανόνας ρωτιέται· με Enter φαίνεται, και ένας αριθμός από 0 (καμία ιδέα) έως 5 (αμέσως) λέει πόσο καλά τον ξέρατε. Το πρόγραμμα είναι το SM-2 (Woźniak 1990): μετά από 1 ημέρα, 6 ημέρες, και έπειτα όλο και αργότερα."
      )
    ],
    examples: [Example(Words("review", "ανακεφαλαίωση"), Words("what is due today", "όσα είναι για σήμερα"))]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return Outcome(.request(.task(StartReview())), Report(), canonical: "review")
  }
}

/// Looks at the learner's log and starts the review of what is due.
struct StartReview: OutsideTask {
  func perform(_ session: inout Session, _ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    let language = session.state.language
    let deck = ReviewDeck(CaseLog(try outside.attempts()).events)
    let today = outside.time() / 86_400
    let due = deck.due(on: today).compactMap { session.world.guideline.rule(id: $0.rule) }
    answer.report.data += [("due", .strings(due.map(\.id))), ("cards", .integer(deck.cards.count)), ("schedule", .string("SM-2"))]
    guard !due.isEmpty else {
      let next = deck.cards.map(\.due).min().map { $0 - today }
      let text =
        next.map { days in
          days == 1
            ? Words("Nothing is due today; the next rule in 1 day.", "Τίποτε για σήμερα· ο επόμενος κανόνας σε 1 ημέρα.")
            : Words("Nothing is due today; the next rule in \(days) days.", "Τίποτε για σήμερα· ο επόμενος κανόνας σε \(days) ημέρες.")
        }
        ?? Words(
          "There is nothing to review: no decision of yours went against a rule.", "Δεν υπάρχει κάτι για επανάληψη: καμία απόφασή σας δεν αντέβη σε κανόνα.")
      answer.report.blocks.append(.paragraph(text[language]))
      return
    }
    let review = Review(due, session.state, session.world.guideline)
    answer.report.blocks += review.front
    session.begin(review)
  }
}

/// A review that runs: a rule at a time, asked, shown, and graded by the learner.
public struct Review: LineResponder {
  public private(set) var state: State
  private let guideline: Guideline
  private var rules: ArraySlice<Rule>
  private var isShown = false
  private var step = 0
  public private(set) var isOver = false

  init(_ rules: [Rule], _ state: State, _ guideline: Guideline) {
    self.rules = rules[...]
    self.state = state
    self.guideline = guideline
  }

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[state.language] }

  /// The question: what the text says of the rule's subjects.
  var front: [Block] {
    guard let rule = rules.first else { return [] }
    let names = rule.subjects.compactMap { guideline.vocabulary.therapy(id: $0)?.name[state.language] }.joined(separator: ", ")
    let section = guideline.sectionTitle(rule.section, state.language) ?? rule.section
    return [
      .paragraph(say("\(names): what does the text say of it, and when? (\(section))", "\(names): τι λέει το κείμενο, και πότε; (\(section))")),
      .notice(say("Enter shows it · \(rules.count) left · quit leaves", "Με Enter φαίνεται · απομένουν \(rules.count) · έξοδος για τέλος")),
    ]
  }

  private var back: [Block] {
    guard let rule = rules.first else { return [] }
    let condition = AdviceText(guideline: guideline, language: state.language).condition(rule.when)
    return [
      .rows([
        Row(
          rule.title[state.language], detail: [rule.stance?.said[state.language] ?? "", condition].filter { !$0.isEmpty }.joined(separator: " · "),
          citation: rule.paragraphs.joined(separator: " "))
      ]),
      .notice(say("How well did you know it? 0 (no idea) to 5 (at once)", "Πόσο καλά το ξέρατε; 0 (καμία ιδέα) έως 5 (αμέσως)")),
    ]
  }

  public mutating func answer(to line: String) -> Answer {
    let typed = Folding.key(line)
    if ["quit", "exit", Folding.key("έξοδος")].contains(typed) {
      isOver = true
      return answer([("left", .integer(rules.count))], [.paragraph(say("The rest stays due.", "Τα υπόλοιπα μένουν για άλλη φορά."))])
    }
    if typed.isEmpty || typed == "next" || typed == Folding.key("επόμενο") {
      isShown = true
      return answer([("rule", rules.first.map { .string($0.id) })], back)
    }
    guard let quality = Int(line.filter { $0 != " " }), (0...5).contains(quality), isShown, let rule = rules.popFirst() else {
      let error = Diagnostic(
        "review.grade",
        isShown ? Words("A number from 0 to 5 is expected.", "Αναμένεται αριθμός από 0 έως 5.") : Words("Look at the rule first.", "Δείτε πρώτα τον κανόνα."),
        help: [
          Words(
            "Enter shows the rule; then 0 (no idea) to 5 (at once). quit leaves.",
            "Με Enter φαίνεται ο κανόνας· έπειτα 0 (καμία ιδέα) έως 5 (αμέσως). Έξοδος για τέλος.")
        ], source: line, span: 0..<line.utf8.count)
      return Answer(command: "review", report: Report(error: error), language: state.language)
    }
    step += 1
    isShown = false
    let event = CaseEvent(
      case: ReviewDeck.name, attempt: 1, at: 0, step: step, kind: .answer, what: rule.id, rule: rule.id, mark: "\(quality)")
    isOver = rules.isEmpty
    var answer = answer(
      [("rule", .string(rule.id)), ("quality", .integer(quality)), ("left", .integer(rules.count))],
      isOver ? [.paragraph(say("That was all for today.", "Αυτά ήταν για σήμερα."))] : front)
    answer.attempts = [event.json.text]
    return answer
  }

  private func answer(_ data: [(String, JSON?)], _ blocks: [Block]) -> Answer {
    Answer(command: "review", report: Report(data: data, blocks: blocks), kind: .outside, language: state.language)
  }

  public mutating func completions(line: String, at offset: Int) -> CompletionList { CompletionList(replaces: offset..<offset) }
}
