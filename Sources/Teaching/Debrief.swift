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
    var known = needed
    return grader.grade(conduct, end: truth.state.patient ?? scenario.truth, &known)
  }

  /// The blocks at the end, and the event with the score.
  mutating func finish() -> [Block] {
    let grading = grader.grade(conduct, end: truth.state.patient ?? scenario.truth, &needed)
    recordEnd(grading)
    guard !isExam else {
      return [
        .heading(say("The exam is over", "Το διαγώνισμα τελείωσε")),
        .paragraph(
          say(
            "Your answers are kept and sealed. Your teacher reads them with islet results; quit leaves.",
            "Οι απαντήσεις σας φυλάχτηκαν και σφραγίστηκαν. Τις διαβάζει όποιος διδάσκει, με islet results· έξοδος για τέλος.")),
      ]
    }
    return [.heading(say("The case is over", "Το περιστατικό τελείωσε"))] + screen(grading)
  }

  private func rows(_ grading: Grading) -> [Row] {
    let score = grading.score
    return [
      totalRow("\(score.total)", score.cap?.reason[language]), goalRow(grading),
      reasoningRow("\(score.reasoning)", right: "\(conduct.answers.count { $0.credit == .full })", of: "\(conduct.answers.count)"),
      safetyRow(grading), economyRow(grading, "\(score.economy)", spent: "\(grading.spent)"),
    ]
  }

  private func row(_ name: Words, _ points: String, _ weight: Int, _ why: String) -> Row {
    Row(name[language], detail: [say("\(points) of \(weight)", "\(points) από \(weight)"), why].filter { !$0.isEmpty }.joined(separator: " · "))
  }

  func totalRow(_ total: String, _ cap: String?) -> Row {
    Row(
      say("score", "βαθμός"),
      detail: [say("\(total) of 100", "\(total) στα 100"), cap].compactMap { $0 }.joined(separator: " · "))
  }

  func goalRow(_ grading: Grading) -> Row {
    let reached = grading.goals.count { $0.isReached }
    return row(
      Words("goal", "στόχος"), "\(grading.score.goal)", scenario.weights.goal,
      say("reached \(reached) of \(grading.goals.count)", "επίτευξη \(reached) από \(grading.goals.count)"))
  }

  func reasoningRow(_ points: String, right: String, of answers: String) -> Row {
    row(
      Words("reasoning", "συλλογισμός"), points, scenario.weights.reasoning,
      say("right \(right) of \(answers)", "σωστά \(right) από \(answers)"))
  }

  func safetyRow(_ grading: Grading) -> Row {
    let grave = grading.faults.count { $0.weight == .grave }
    let lesser = grading.faults.count - grave
    let faults = [
      grave == 0 ? "" : grave == 1 ? say("1 grave fault", "1 βαρύ σφάλμα") : say("\(grave) grave faults", "\(grave) βαριά σφάλματα"),
      lesser == 0 ? "" : lesser == 1 ? say("1 lesser fault", "1 ελαφρότερο σφάλμα") : say("\(lesser) lesser faults", "\(lesser) ελαφρότερα σφάλματα"),
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    return row(
      Words("safety", "ασφάλεια"), "\(grading.score.safety)", scenario.weights.safety, isDecided(grading) ? faults : undecided)
  }

  func economyRow(_ grading: Grading, _ points: String, spent: String) -> Row {
    let cost = grading.needed.reduce(0) { $0 + $1.cost }
    return row(
      Words("economy", "οικονομία"), points, scenario.weights.economy,
      isDecided(grading) ? say("spent \(spent), needed \(cost)", "δαπανήθηκαν \(spent), χρειάζονταν \(cost)") : undecided)
  }

  private func isDecided(_ grading: Grading) -> Bool { grading.score.safety + grading.score.economy > 0 || !grading.decisions.isEmpty }

  private var undecided: String { say("no decision was taken", "δεν πάρθηκε καμία απόφαση") }

  /// The first screen: the score with its parts, one thing to take home, the worst and the best decision.
  private func screen(_ grading: Grading) -> [Block] {
    var blocks: [Block] = [.rows(rows(grading))]
    blocks += [.heading(say("To take home", "Να θυμάστε")), .rows([takeHome(grading)])] + bestAndWorst(grading)
    let stages = Stage.allCases.map { $0.name[language] }.joined(separator: ", ")
    blocks.append(.notice(say("More: ", "Περισσότερα: ") + Text.command(say("debrief \(stages)", "ανασκόπηση \(stages)"), "debrief")))
    return blocks
  }

  /// The worst and the best decision.
  func bestAndWorst(_ grading: Grading) -> [Block] {
    var blocks: [Block] = []
    let worst = grading.faults.first { $0.weight == .grave } ?? grading.faults.first
    if let worst {
      var shown = row(worst)
      shown.text = Text(name(worst.therapy))
      blocks += [.heading(say("The worst decision", "Η χειρότερη απόφαση")), .rows([shown])]
    }
    let faulty = Set(grading.faults.map(\.therapy))
    let sound = grading.decisions.filter { $0.mark.isJustified && !faulty.contains($0.decision.deed.subject) }
    let aims = scenario.goals.map(\.deed)
    if let best = sound.first(where: { judged in aims.contains { grader.covers($0, judged.decision.deed) } }) ?? sound.first {
      blocks += [.heading(say("The best decision", "Η καλύτερη απόφαση")), .rows([row(best)])]
    } else {
      let why =
        grading.decisions.isEmpty
        ? say("none was taken", "δεν πάρθηκε καμία") : say("none that the text supports as it was taken", "καμία που να τη στηρίζει το κείμενο όπως πάρθηκε")
      blocks += [.heading(say("The best decision", "Η καλύτερη απόφαση")), .rows([Row(why, mark: "–")])]
    }
    return blocks
  }

  /// What a learner should keep of it: the gravest fault, else a goal that was missed, else a wrong answer, else what was aimed at.
  private func takeHome(_ grading: Grading) -> Row {
    takeHome(ofDeeds: grading) ?? conduct.answers.first { $0.credit != .full }.flatMap { scenario.question($0.question) }.map(takeHome) ?? aim
  }

  /// What the deeds teach; nil where they were all as they should be.
  func takeHome(ofDeeds grading: Grading) -> Row? {
    if let fault = grading.faults.first(where: { $0.weight == .grave }) ?? grading.faults.first {
      let rule = fault.rule.flatMap { guideline.rule(id: $0) }
      return Row(
        fault.kind.lesson[language], mark: "✗", detail: rule?.title.cited(language) ?? Text(),
        citation: rule.map { Text.citations($0.paragraphs) } ?? Text(say("background", "εκτός κειμένου")))
    }
    if let missed = grading.goals.first(where: { !$0.isReached }) {
      return Row(say("not reached: ", "δεν επιτεύχθηκε: ") + (missed.goal.map { Text(text($0)) } ?? missed.rule?.title.cited(language) ?? Text()), mark: "✗")
    }
    return nil
  }

  /// What a question teaches whom it found wrong.
  func takeHome(_ question: Question) -> Row {
    let right = question.choices.first { $0.verdict == .right }
    let told = right?.feedback?[language] ?? question.feedback?[language] ?? question.otherwise?[language]
    return Row((right?.text ?? question.text).cited(language), mark: "✗", detail: Text(citing: told ?? ""))
  }

  /// What was aimed at.
  var aim: Row { Row((scenario.objectives.first ?? scenario.title).cited(language), mark: "✓") }

  /// A goal in words.
  func text(_ goal: Goal) -> String { words.goal(goal) }

  /// A fault in words, with the rule that it goes against.
  private func row(_ fault: Fault) -> Row {
    let rule = fault.rule.flatMap { guideline.rule(id: $0) }
    let why = Text.joined([fault.kind.name[language], rule?.title.cited(language) ?? Text()])
    return Row(
      name(fault.therapy), mark: "✗", detail: why, citation: rule.map { Text.citations($0.paragraphs) } ?? Text(say("background", "εκτός κειμένου")))
  }

  func name(_ id: String) -> String { words.name(id) }

  /// A decision with its mark, its reason and where the text says so.
  func row(_ judged: JudgedDecision) -> Row {
    let rule = judged.harmful ?? judged.rule
    let deed = judged.decision.deed
    return Row(
      deed.act == .against ? say("leave alone: ", "να μη γίνει: ") + name(deed.subject) : name(deed.subject),
      mark: judged.harmful != nil ? "✗" : judged.mark.isJustified ? "✓" : judged.mark == .notCovered ? "·" : "✗",
      detail: Text.joined([judged.mark.name[language], rule?.title.cited(language) ?? Text()]),
      citation: rule.map { Text.citations($0.paragraphs) } ?? Text())
  }

  /// A part of the debrief behind its first screen.
  enum Stage: String, CaseIterable {
    case course, questions, decisions, goals, tests, guideline, reading, all

    var name: Words {
      switch self {
      case .course: Words("course", "πορεία")
      case .questions: Words("questions", "ερωτήσεις")
      case .decisions: Words("decisions", "αποφάσεις")
      case .goals: Words("goals", "στόχοι")
      case .tests: Words("tests", "εξετάσεις")
      case .guideline: Words("guideline", "οδηγία")
      case .reading: Words("reading", "μελέτη")
      case .all: Words("all", "όλα")
      }
    }

    init?(_ text: String) {
      let key = Folding.key(text)
      guard let found = Self.allCases.first(where: { Folding.key($0.name.english) == key || Folding.key($0.name.greek) == key }) else { return nil }
      self = found
    }
  }

  /// The first screen, or one stage, or everything.
  func debriefBlocks(_ stage: Stage?) -> [Block] {
    let grading = grading
    guard let stage else { return [.heading(scenario.title[language])] + screen(grading) }
    return stage == .all ? [.heading(scenario.title[language])] + screen(grading) + Stage.allCases.flatMap { blocks($0, grading) } : blocks(stage, grading)
  }

  private func list(_ english: String, _ greek: String, _ rows: [Row]) -> [Block] {
    [.heading(say(english, greek)), rows.isEmpty ? .notice(say("nothing", "τίποτα")) : .rows(rows)]
  }

  /// The tests that the decisions needed.
  func neededBlocks(_ grading: Grading) -> [Block] {
    list(
      "Tests that the decisions needed", "Εξετάσεις που οι αποφάσεις χρειάζονταν",
      grading.needed.map { test in
        let reason = scenario.needs.first { $0.test == test.id }?.reason?[language]
        return Row(
          name(test.id), mark: test.isOrdered ? "✓" : "✗",
          detail: Text.joined([say("cost \(test.cost)", "κόστος \(test.cost)"), Text(citing: reason ?? "")]))
      })
  }

  static let unneededTests = Words("Tests not needed for them", "Εξετάσεις που δεν χρειάζονταν")

  func unneededBlocks(_ rows: [Row]) -> [Block] { [.heading(Self.unneededTests[language]), .rows(rows)] }

  func unneededRow(_ test: String, cost: Int) -> Row { Row(name(test), mark: "·", detail: say("cost \(cost)", "κόστος \(cost)")) }

  func spentNotice(_ spent: String) -> Block {
    .notice(
      say(
        "Spent \(spent), including what asking and hints cost. Costs are background.",
        "Δαπανήθηκαν \(spent), μαζί με όσα κόστισαν ερωτήσεις και υποδείξεις. Τα κόστη είναι εκτός κειμένου."))
  }

  func blocks(_ stage: Stage, _ grading: Grading) -> [Block] {
    switch stage {
    case .all: return []
    case .course: return list("Course", "Πορεία", timeline(grading))
    case .questions:
      let sure = Calibration(forecasts).rows(language)
      return list("Questions", "Ερωτήσεις", conduct.answers.flatMap(rows)) + (sure.isEmpty ? [] : list("Confidence", "Βεβαιότητα", sure))
    case .decisions:
      let forgotten = grading.forgotten.map { rule, therapy in
        Row(rule.title.cited(language), mark: "✗", detail: say("with ", "μαζί με: ") + name(therapy), citation: Text.citations(rule.paragraphs))
      }
      var blocks = list("Decisions", "Αποφάσεις", grading.decisions.map(row))
      if !grading.faults.isEmpty {
        blocks += list(
          "Faults", "Σφάλματα",
          grading.faults.map { fault in
            var row = row(fault)
            row.mark = fault.weight == .grave ? "!" : "✗"
            return row
          })
      }
      if !forgotten.isEmpty { blocks += list("Forgotten", "Παραλείψεις", forgotten) }
      return blocks
    case .goals:
      return list(
        "Goals", "Στόχοι",
        grading.goals.map { goal in
          Row(
            goal.goal.map { Text(text($0)) } ?? goal.rule?.title.cited(language) ?? Text(), mark: goal.isReached ? "✓" : "✗",
            citation: goal.rule.map { Text.citations($0.paragraphs) } ?? Text())
        })
    case .tests:
      let others = grading.tests.filter { !$0.isNeeded }.map { unneededRow($0.id, cost: $0.cost) }
      return neededBlocks(grading) + (others.isEmpty ? [] : unneededBlocks(others)) + [spentNotice("\(grading.spent)")]
    case .guideline:
      return list(
        "What the guideline says, with all findings known", "Τι λέει η οδηγία, με όλα τα ευρήματα γνωστά",
        options.map { Row($0.title.cited(language), mark: $0.stance?.sign ?? "", citation: Text.citations($0.paragraphs)) })
    case .reading:
      return list(
        "To read", "Για μελέτη",
        reading(grading).map { section in
          Row(Text.command(say("read \(section)", "διάβασε \(section)"), "read"), detail: guideline.sectionTitle(section, language) ?? section)
        })
    }
  }

  private var words: SpokenLines { SpokenLines(scenario, view.world, language) }

  /// A line in the learner's language, without ids: `προχώρα 4 εβδομάδες`.
  func spoken(_ line: String) -> String { words.line(line) }

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
      case .consult: text = say("asked the guideline: ", "ερώτηση στην οδηγία: ") + spoken(event.line ?? event.what)
      case .hint: text = say("hint", "υπόδειξη")
      case .undo: text = say("undone", "αναίρεση")
      case .worsened: text = say("got worse: ", "επιδεινώθηκε: ") + worsened(event.what)
      case .answer: text = (scenario.question(event.what)?.text[language] ?? "") + " → " + answered(event)
      case .decide: text = say("left alone: ", "δεν έγινε: ") + name(event.what)
      case .step: text = ["pause", "done"].contains(event.what) ? "" : spoken(event.what)
      case .start, .resume, .quit, .end: text = ""
      }
      guard !text.isEmpty else { return nil }
      let cost = event.cost.flatMap { $0 > 0 ? say("cost \($0)", "κόστος \($0)") : nil }
      // That a dose was refused, the line itself says.
      let mark = event.mark == Mark.refused.rawValue ? nil : marks[event.step]?.mark.name[language]
      return Row(text, detail: [day, cost, mark].compactMap { $0 }.joined(separator: " · "))
    }
  }

  /// What got worse, as the patient's findings are told.
  private func worsened(_ statement: String) -> String {
    let vocabulary = bench.vocabulary
    let known = scenario.worsenings.first { Printer.statement($0.finding, $0.possible, vocabulary) == statement }
    return known.map { vocabulary.describe($0.finding, $0.possible)[language] } ?? statement
  }

  /// What was answered, in the learner's words: the texts of the choices, or the number.
  private func answered(_ event: CaseEvent) -> String {
    guard let answer = conduct.answers.first(where: { $0.step == event.step }) else { return event.line.map(spoken) ?? "" }
    return said(answer)
  }

  private func said(_ answer: GivenAnswer) -> String {
    let question = scenario.question(answer.question)
    let chosen = answer.given.compactMap { id in question?.choices.first { $0.id == id } }
    let sure = answer.reply?.sure ?? []
    if !chosen.isEmpty {
      return chosen.enumerated().map { $0.element.text[language] + (sure.indices.contains($0.offset) ? " \(sure[$0.offset])%" : "") }
        .joined(separator: ", ")
    }
    return answer.given.map(spoken).joined(separator: ", ")
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
    let said = [isGradual ? "\(answer.credit.percent)%" : nil, (chosen.isEmpty ? answer.given.map(spoken) : chosen).joined(separator: ", ")].compactMap { $0 }
    let row = Row(
      question?.text.cited(language) ?? Text(answer.question), mark: answer.verdict == .right ? "✓" : answer.verdict == .partly ? "~" : "✗",
      detail: (said.map { Text($0) } + (graded?.feedback.map { $0.cited(language) } ?? [])).joined(separator: " · "))
    let lines = (graded?.rows ?? []).map { line in
      Row(Text.joined([line.number.map { "\($0)." } ?? "", line.text], by: " "), mark: line.mark, detail: line.detail, level: 1)
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
            ])
          })
      ),
      ("forgotten", .array(forgotten.map { .fields([("rule", .string($0.rule.id)), ("therapy", .string($0.therapy))]) })),
      (
        "goals",
        .array(
          goals.map { .fields([("deed", $0.goal.map { .string($0.text) }), ("rule", $0.rule.map { .string($0.id) }), ("reached", .bool($0.isReached))]) })
      ),
      ("tests", .array(tests.map { .fields([("test", .string($0.id)), ("cost", .integer($0.cost)), ("needed", .bool($0.isNeeded))]) })),
      (
        "needed",
        .array(needed.map { .fields([("test", .string($0.id)), ("cost", .integer($0.cost)), ("ordered", .bool($0.isOrdered))]) })
      ), ("spent", .integer(spent)),
    ]
  }
}
