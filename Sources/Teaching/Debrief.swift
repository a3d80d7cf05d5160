import Counsel
import Grammar
import Guideline
import Patients
import Reports
import Vocabulary
import Wording

/// The end of a case: scores, and what the guideline would have done.
extension Play {
  /// The case graded as it stands.
  public var grading: Grading {
    var known = cheapest
    return grader.grade(conduct, end: truth.state.patient ?? scenario.truth, &known)
  }

  /// The blocks at the end, and the event with the score.
  mutating func finish() -> [Block] {
    let grading = grader.grade(conduct, end: truth.state.patient ?? scenario.truth, &cheapest)
    record(.end, what: scenario.id, mark: "\(grading.score.total)")
    return [
      .heading(say("The case is over", "Το περιστατικό τελείωσε")), .rows(rows(grading.score)),
      .notice(say("debrief shows the reasons; quit leaves the case.", "Η ανασκόπηση δείχνει τους λόγους· η έξοδος αφήνει το περιστατικό.")),
    ]
  }

  private func rows(_ score: Score) -> [Row] {
    let weights = scenario.weights
    func row(_ name: Words, _ points: Int, _ weight: Int) -> Row { Row(name[language], detail: say("\(points) of \(weight)", "\(points) από \(weight)")) }
    return [
      Row(
        say("score", "βαθμός"),
        detail: [say("\(score.total) of 100", "\(score.total) στα 100"), score.cap?.reason[language]].compactMap { $0 }.joined(separator: " · ")),
      row(Words("goal", "στόχος"), score.goal, weights.goal), row(Words("reasoning", "συλλογισμός"), score.reasoning, weights.reasoning),
      row(Words("safety", "ασφάλεια"), score.safety, weights.safety), row(Words("economy", "οικονομία"), score.economy, weights.economy),
    ]
  }

  private func name(_ id: String) -> String {
    let vocabulary = bench.vocabulary
    return bench.name(of: id)?[language] ?? vocabulary.therapy(id: id)?.name[language] ?? id
  }

  /// A decision with its mark, its reason and where the text says so.
  func row(_ judged: JudgedDecision) -> Row {
    let rule = judged.harmful ?? judged.rule
    let reason = judged.reason?[language] ?? rule?.title[language] ?? ""
    return Row(
      name(judged.decision.deed.subject), mark: judged.mark.isJustified ? "✓" : judged.mark == .notCovered ? "·" : "✗",
      detail: [judged.mark.name[language], reason].filter { !$0.isEmpty }.joined(separator: " · "),
      citation: rule?.paragraphs.joined(separator: " ") ?? "")
  }

  var debriefBlocks: [Block] {
    let grading = grading
    let rules = guideline
    var blocks: [Block] = [.heading(scenario.title[language]), .rows(rows(grading.score))]
    func add(_ english: String, _ greek: String, _ rows: [Row]) {
      if !rows.isEmpty { blocks += [.heading(say(english, greek)), .rows(rows)] }
    }
    add("Course", "Πορεία", timeline(grading))
    add("Questions", "Ερωτήσεις", conduct.answers.flatMap(rows))
    add("Confidence", "Βεβαιότητα", Calibration(forecasts).rows(language))
    add("Decisions", "Αποφάσεις", grading.decisions.map(row))
    add(
      "Goals", "Στόχοι",
      grading.goals.map { goal in
        Row(
          goal.deed.map { name($0.subject) } ?? goal.rule?.title[language] ?? "", mark: goal.isReached ? "✓" : "✗",
          citation: goal.rule?.paragraphs.joined(separator: " ") ?? "")
      })
    add(
      "Forgotten", "Παραλείψεις",
      grading.forgotten.map { rule, therapy in
        Row(rule.title[language], mark: "✗", detail: say("with ", "μαζί με: ") + name(therapy), citation: rule.paragraphs.joined(separator: " "))
      })
    add(
      "Tests that the decisions didn't need", "Εξετάσεις που οι αποφάσεις δεν χρειάζονταν",
      grading.tests.filter { !$0.isNeeded }.map { Row(name($0.id), detail: say("cost \($0.cost)", "κόστος \($0.cost)")) })
    let cheapest = grading.cheapest.tests.map(name).joined(separator: ", ")
    blocks.append(
      .notice(
        say(
          "Spent \(grading.spent). The cheapest tests that settle the decisions cost \(grading.cheapest.cost): \(cheapest.isEmpty ? "none" : cheapest). Costs are background.",
          "Δαπανήθηκαν \(grading.spent). Οι φθηνότερες εξετάσεις που κρίνουν τις αποφάσεις κοστίζουν \(grading.cheapest.cost): \(cheapest.isEmpty ? "καμία" : cheapest). Τα κόστη είναι εκτός κειμένου."
        )))
    let live = options
    add(
      "What the guideline says, with all findings known", "Τι λέει η οδηγία, με όλα τα ευρήματα γνωστά",
      live.map { Row($0.title[language], detail: $0.stance?.said[language] ?? "", citation: $0.paragraphs.joined(separator: " ")) })
    add(
      "To read", "Για μελέτη",
      reading(grading).map { section in
        Row(say("read \(section)", "διάβασε \(section)"), detail: rules.sectionTitle(section, language) ?? section)
      })
    return blocks
  }

  /// What applies on the truth as the case started: recommendations, options, and what is not advised.
  private var options: [Rule] {
    let evaluation = Counsel(guideline, scenario.truth).evaluation
    let rules = evaluation.live.filter { $0.status == .applies }.map { guideline.rules[$0.rule] }.filter { !$0.isRemark && !$0.isCompanion }
    return [Stance.do, .consider, .disputed, .investigational, .caution, .avoid].flatMap { stance in rules.filter { $0.stance == stance } }
  }

  private func timeline(_ grading: Grading) -> [Row] {
    var marks: [Int: JudgedDecision] = [:]
    for judged in grading.decisions { marks[judged.decision.step] = judged }
    return log.compactMap { event -> Row? in
      let day = say("day \(event.at)", "ημέρα \(event.at)")
      let text: String
      switch event.kind {
      case .order: text = say("ordered: ", "ζητήθηκε: ") + name(event.what)
      case .give:
        text =
          event.mark == Mark.refused.rawValue
          ? say("dose refused: ", "δόση που δεν έγινε δεκτή: ") + name(event.what) : say("given: ", "χορηγήθηκε: ") + name(event.what)
      case .perform: text = say("performed: ", "έγινε: ") + name(event.what)
      case .arrange: text = say("arranged: ", "οργανώθηκε: ") + name(event.what)
      case .consult: text = say("asked the guideline: ", "ερώτηση στην οδηγία: ") + (event.line ?? event.what)
      case .hint: text = say("hint", "υπόδειξη")
      case .undo: text = say("undone", "αναίρεση")
      case .worsened: text = say("got worse: ", "επιδεινώθηκε: ") + event.what
      case .answer: text = say("answered: ", "απάντηση: ") + event.what
      case .step: text = ["pause", "done"].contains(event.what) ? "" : event.what
      case .start, .resume, .quit, .end: text = ""
      }
      guard !text.isEmpty else { return nil }
      let cost = event.cost.flatMap { $0 > 0 ? say("cost \($0)", "κόστος \($0)") : nil }
      let mark = marks[event.step]?.mark.name[language]
      return Row(text, detail: [day, cost, mark].compactMap { $0 }.joined(separator: " · "))
    }
  }

  /// An answer held against the author's, as it was read then.
  private func graded(_ answer: GivenAnswer) -> GradedReply? {
    guard let question = scenario.question(answer.question), let reply = answer.reply else { return nil }
    return ItemGrader(question: question, guideline: guideline, language: language).graded(reply, patient: answer.view)
  }

  /// How sure the learner was, and whether it turned out so.
  private var forecasts: [Forecast] { conduct.answers.compactMap(graded).flatMap(\.forecasts) }

  private func rows(_ answer: GivenAnswer) -> [Row] {
    let question = scenario.question(answer.question)
    let chosen = answer.given.compactMap { id in question?.choices.first { $0.id == id }?.text[language] }
    let graded = graded(answer)
    let isGradual = graded?.rows.isEmpty == false && answer.verdict == .partly
    let said = [isGradual ? "\(answer.credit.percent)%" : nil, (chosen.isEmpty ? answer.given : chosen).joined(separator: ", ")].compactMap { $0 }
    let row = Row(
      question?.text[language] ?? answer.question, mark: answer.verdict == .right ? "✓" : answer.verdict == .partly ? "~" : "✗",
      detail: (said + (graded?.feedback.map { $0[language] } ?? [])).joined(separator: " · "))
    let lines = (graded?.rows ?? []).map { line in
      Row([line.number.map { "\($0)." } ?? "", line.text].filter { !$0.isEmpty }.joined(separator: " "), mark: line.mark, detail: line.detail, level: 1)
    }
    return [row] + lines + (graded?.notices ?? []).map { Row($0, level: 1) }
  }

  /// The sections to read: of decisions that were not justified, of what was forgotten, and of goals not reached.
  func reading(_ grading: Grading) -> [String] {
    var found: [String] = []
    let rules =
      grading.decisions.filter { !$0.mark.isJustified || $0.harmful != nil }.flatMap { [$0.harmful, $0.rule].compactMap { $0 } }
      + grading.forgotten.map(\.rule) + grading.goals.filter { !$0.isReached }.compactMap(\.rule)
    for rule in rules where !found.contains(rule.section) { found.append(rule.section) }
    return found
  }

  var debriefData: [(String, JSON?)] {
    let grading = grading
    return [("case", .string(scenario.id)), ("attempt", .integer(attempt))] + grading.data
      + [
        (
          "answers",
          .array(
            conduct.answers.map {
              .fields([
                ("question", .string($0.question)), ("given", .strings($0.given)), ("verdict", .string($0.verdict.rawValue)),
                ("credit", .number($0.credit.text)),
              ])
            })
        ), ("brier", Calibration(forecasts).brier.map { .number("\($0)") }),
        ("guideline", .strings(options.map(\.id))), ("read", .strings(reading(grading))),
      ]
  }
}

extension Grading {
  /// The grading as data.
  public var data: [(String, JSON?)] {
    return [
      (
        "score",
        .fields([
          ("total", .integer(score.total)), ("goal", .integer(score.goal)), ("reasoning", .integer(score.reasoning)),
          ("safety", .integer(score.safety)), ("economy", .integer(score.economy)), ("cap", score.cap.map { .integer($0.most) }),
        ])
      ),
      (
        "faults",
        .array(
          faults.map { fault in
            .fields([
              ("fault", .string(fault.kind.rawValue)), ("weight", .string(fault.weight.rawValue)), ("therapy", .string(fault.therapy)),
              ("rule", fault.rule.map { .string($0) }),
            ])
          })
      ),
      (
        "decisions",
        .array(
          decisions.map { judged in
            .fields([
              ("step", .integer(judged.decision.step)), ("deed", .string(judged.decision.deed.text)), ("mark", .string(judged.mark.rawValue)),
              ("rule", judged.rule.map { .string($0.id) }), ("against", judged.harmful.map { .string($0.id) }),
              ("author", judged.reason == nil ? nil : .bool(true)),
            ])
          })
      ),
      ("forgotten", .array(forgotten.map { .fields([("rule", .string($0.rule.id)), ("therapy", .string($0.therapy))]) })),
      (
        "goals",
        .array(
          goals.map { .fields([("deed", $0.deed.map { .string($0.text) }), ("rule", $0.rule.map { .string($0.id) }), ("reached", .bool($0.isReached))]) })
      ),
      ("tests", .array(tests.map { .fields([("test", .string($0.id)), ("cost", .integer($0.cost)), ("needed", .bool($0.isNeeded))]) })),
      ("cheapest", .fields([("tests", .strings(cheapest.tests)), ("cost", .integer(cheapest.cost))])), ("spent", .integer(spent)),
    ]
  }
}
