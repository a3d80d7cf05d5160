import Commands
import Grammar
import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let review = Command(
    "review", greek: "ανακεφαλαίωση", kind: .outside, role: .closed, group: .teaching,
    summary: Words("the rules and questions you got wrong, as they fall due", "κανόνες και ερωτήσεις όπου κάνατε λάθος, όταν έρθει η ώρα τους"),
    details: [
      Words(
        "A question of a case is asked again and your answer graded: right, partly or wrong is good, hard or again. A rule you grade yourself: Enter shows it, then 1 (again), 2 (hard), 3 (good) or 4 (easy). The schedule is FSRS-6 with its published parameters, for 90% retention.",
        "Μια ερώτηση περιστατικού τίθεται ξανά και η απάντηση βαθμολογείται: σωστή, εν μέρει ή λάθος. Για έναν κανόνα κρίνετε εσείς: με Enter φαίνεται, έπειτα 1 (ξανά), 2 (δύσκολα), 3 (καλά) ή 4 (εύκολα). Το πρόγραμμα είναι το FSRS-6 με τις δημοσιευμένες παραμέτρους του, για διατήρηση 90%."
      )
    ],
    examples: [
      Example(
        Words("review", "ανακεφαλαίωση"), Words("what is due today", "όσα είναι για σήμερα"),
        gives: Words("nothing to review", "Δεν υπάρχει κάτι για επανάληψη"))
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    return Outcome(.request(.task(StartReview())), Report(), canonical: "review")
  }
}

/// Looks at the learner's log and starts the review of what is due.
struct StartReview: OutsideTask {
  func perform(_ session: inout Session, _ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    let language = session.state.language
    let deck = ReviewDeck(CaseLog(try outside.attempts()).practice)
    let today = outside.time() / 86_400
    let library = CaseLibrary(more: try outside.cases())
    var read: [String: Scenario] = [:]
    let due = deck.due(on: today).compactMap { card -> ReviewItem? in
      guard let (name, question) = card.question else { return session.world.guideline.rule(id: card.id).map { .rule($0) } }
      if read[name] == nil { read[name] = try? library.scenario(name, session.world) }
      guard let scenario = read[name], let found = scenario.question(question) else { return nil }
      return .question(card.id, found, scenario)
    }
    answer.report.data += [("due", .strings(due.map(\.id))), ("cards", .integer(deck.cards.count)), ("schedule", .string("FSRS-6"))]
    guard !due.isEmpty else {
      let next = deck.cards.map(\.due).min().map { $0 - today }
      let text =
        next.map { days in
          days == 1
            ? Words("Nothing is due today; the next in 1 day.", "Τίποτε για σήμερα· το επόμενο σε 1 ημέρα.")
            : Words("Nothing is due today; the next in \(days) days.", "Τίποτε για σήμερα· το επόμενο σε \(days) ημέρες.")
        }
        ?? Words(
          "There is nothing to review: no decision went against a rule, no question was missed.",
          "Δεν υπάρχει κάτι για επανάληψη: καμία απόφαση δεν ήταν αντίθετη σε κανόνα, καμία απάντηση δεν ήταν λάθος.")
      answer.report.blocks.append(.paragraph(text.cited(language)))
      return
    }
    let review = Review(due, session.state, session.world.guideline)
    answer.report.blocks += review.front
    session.begin(review)
  }
}

/// What a review asks.
enum ReviewItem: Sendable {
  case rule(Rule)
  /// A question of a case, under the card's id.
  case question(String, Question, Scenario)

  var id: String {
    switch self {
    case .rule(let rule): rule.id
    case .question(let id, _, _): id
    }
  }
}

extension Scenario {
  /// What was told before the first question, where a question is about the patient: all but a number that the text gives.
  fileprivate func story(of question: Question, _ language: Language) -> [Block] {
    if case .number = question.kind { return [] }
    return steps.prefix { !$0.waits }.flatMap { step -> [Block] in
      switch step.kind {
      case .say(let text): [.paragraph(text.cited(language))]
      case .show(let exhibit): exhibit.blocks(language)
      case .pause, .ask, .act, .label, .go: []
      }
    }
  }
}

/// A review that runs: a rule or a question at a time. A question's answer is graded; of the rest the learner says how well it went.
public struct Review: LineResponder {
  public private(set) var state: State
  private let guideline: Guideline
  private var items: ArraySlice<ReviewItem>
  private var isShown = false
  private var step = 0
  public private(set) var isOver = false

  init(_ items: [ReviewItem], _ state: State, _ guideline: Guideline) {
    self.items = items[...]
    self.state = state
    self.guideline = guideline
  }

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[state.language] }

  /// What is asked.
  var front: [Block] {
    let left = say("\(items.count) left · quit leaves", "απομένουν \(items.count) · έξοδος για τέλος")
    switch items.first {
    case nil: return []
    case .rule(let rule):
      let names = rule.subjects.compactMap { guideline.vocabulary.therapy(id: $0)?.name[state.language] }.joined(separator: ", ")
      let section = guideline.sectionTitle(rule.section, state.language) ?? rule.section
      return [
        .paragraph(say("\(names): what does the text say of it, and when? (\(section))", "\(names): τι λέει το κείμενο, και πότε; (\(section))")),
        .notice(say("Enter shows it · ", "Με Enter φαίνεται · ") + left),
      ]
    case .question(_, let question, let scenario):
      let shows = say("Answer it, or Enter shows it · ", "Απαντήστε, ή με Enter φαίνεται · ")
      return [.heading(scenario.title[state.language])] + scenario.story(of: question, state.language)
        + QuestionText(question: question, language: state.language).blocks + [.notice(shows + left)]
    }
  }

  private var back: [Block] {
    let how = say(
      "How well did you know it? 1 again, 2 hard, 3 good, 4 easy", "Πόσο καλά το ξέρατε; 1 ξανά, 2 δύσκολα, 3 καλά, 4 εύκολα")
    switch items.first {
    case nil: return []
    case .rule(let rule):
      let condition = AdviceText(guideline: guideline, language: state.language).condition(rule.when)
      return [
        .rows([
          Row(
            rule.title.cited(state.language), detail: [rule.stance?.said[state.language] ?? "", condition].filter { !$0.isEmpty }.joined(separator: " · "),
            citation: Text.citations(rule.paragraphs))
        ]), .notice(how),
      ]
    case .question(_, let question, _):
      let isChoice = if case .single = question.kind { true } else if case .several = question.kind { true } else { false }
      let chosen = question.choices.filter { $0.verdict == .right }
      let feedback = (chosen.compactMap(\.feedback) + [question.feedback, question.accepted.first?.feedback].compactMap { $0 }).map { $0.cited(state.language) }
      let shown = isChoice ? chosen.map { $0.text.cited(state.language) }.joined(separator: ", ") : Text(citing: question.rightAnswer(state.language) ?? "")
      return [.paragraph(([shown] + feedback).joined(separator: " · ")), .notice(how)]
    }
  }

  public mutating func answer(to line: String) -> Answer {
    let typed = Folding.key(line)
    if ["quit", "exit", Folding.key("έξοδος")].contains(typed) {
      isOver = true
      return answer([("left", .integer(items.count))], [.paragraph(say("The rest stays due.", "Τα υπόλοιπα μένουν για άλλη φορά."))])
    }
    if typed.isEmpty || typed == "next" || typed == Folding.key("επόμενο") {
      isShown = true
      return answer([("item", items.first.map { .string($0.id) })], back)
    }
    if !isShown, case .question(_, let question, let scenario)? = items.first {
      switch ReplyReader(question: question, vocabulary: guideline.vocabulary).reply(line, command: nil) {
      case .success(let reply)?:
        let graded = ItemGrader(question: question, guideline: guideline, language: state.language).graded(reply, patient: scenario.view)
        let rating: ReviewSchedule.Rating =
          switch graded.credit.verdict {
          case .right: .good
          case .partly: .hard
          case .wrong: .again
          }
        return rated(rating, graded.blocks(question, state.language))
      case .failure(let error)?: return Answer(command: "review", report: Report(error: error), language: state.language)
      case nil: break
      }
    }
    guard let number = Int(line.filter { $0 != " " }), let rating = ReviewSchedule.Rating(rawValue: number), isShown else {
      let error = Diagnostic(
        "review.grade",
        isShown ? Words("A number from 1 to 4 is expected.", "Αναμένεται αριθμός από 1 έως 4.") : Words("Look at it first.", "Δείτε το πρώτα."),
        help: [
          Words(
            "Enter shows it; then 1 (again), 2 (hard), 3 (good) or 4 (easy). quit leaves.",
            "Με Enter φαίνεται· έπειτα 1 (ξανά), 2 (δύσκολα), 3 (καλά) ή 4 (εύκολα). Έξοδος για τέλος.")
        ], source: line, span: 0..<line.utf8.count)
      return Answer(command: "review", report: Report(error: error), language: state.language)
    }
    return rated(rating, [])
  }

  /// Keeps how the first item went, and asks the next.
  private mutating func rated(_ rating: ReviewSchedule.Rating, _ blocks: [Block]) -> Answer {
    guard let item = items.popFirst() else { return answer([], []) }
    step += 1
    isShown = false
    let rule: String? = if case .rule(let rule) = item { rule.id } else { nil }
    let event = CaseEvent(case: ReviewDeck.name, attempt: 1, at: 0, step: step, kind: .answer, what: item.id, rule: rule, mark: rating.word)
    isOver = items.isEmpty
    var answer = answer(
      [("item", .string(item.id)), ("rating", .string(rating.word)), ("left", .integer(items.count))],
      blocks + (isOver ? [.paragraph(say("That was all for today.", "Αυτά ήταν για σήμερα."))] : front))
    answer.attempts = [event.json.text]
    return answer
  }

  private func answer(_ data: [(String, JSON?)], _ blocks: [Block]) -> Answer {
    Answer(command: "review", report: Report(data: data, blocks: blocks), kind: .outside, language: state.language)
  }

  public mutating func completions(line: String, at offset: Int) -> CompletionList { CompletionList(replaces: offset..<offset) }
}
