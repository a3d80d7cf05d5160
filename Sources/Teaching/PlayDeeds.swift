import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// What the learner does to the patient, and what consulting costs.
extension Play {
  /// Whether an error says that the text doesn't give a dose; other errors about doses are slips of typing.
  private static func isRefusal(_ code: String) -> Bool {
    guard code.hasPrefix("dose.") else { return false }
    return code == "dose.early" || DoseVerdict.Fault(rawValue: String(code.dropFirst(5))) != nil
  }

  mutating func consult(_ line: String, _ command: Command) -> Answer {
    if isFinished, !isExam { return finished(view.run(line)) }
    let cost: Int
    switch scenario.consulting {
    case .free: cost = 0
    case .costs(let each): cost = each
    case .closed: return refused(.consultingClosed(command.name, line), command.id)
    }
    var answer = view.run(line)
    // That an expectation isn't met is an answer.
    guard !answer.isError || answer.report.errors.contains(where: \.isUnmet) else { return finished(answer) }
    record(.consult, what: command.id, cost: cost, line: answer.canonical ?? line)
    if cost > 0 { answer.report.blocks.append(.notice(say("cost \(cost)", "κόστος \(cost)"))) }
    answer.report.data.append(("cost", .integer(cost)))
    return finished(answer)
  }

  /// A command that changes the learner's patient, in the free phase.
  mutating func act(_ line: String, _ command: Command) -> Answer {
    switch waiting {
    case .act: break
    case .pause: return refused(.goOnFirst(line), command.id)
    case .question: return refused(.answerFirst(line), command.id)
    case .over: return refused(.caseIsOver(line), command.id)
    }
    return finished(did(line, command))
  }

  /// A command that is the answer to a question for one.
  mutating func answer(_ question: Question, with line: String, _ command: Command) -> Answer {
    let before = conduct.decisions.count
    let done: Answer
    switch command.role {
    case .deed: done = did(line, command)
    case .consults: done = consult(line, command)
    case .moves, .free, .closed: done = view.run(line)
    }
    // A slip of typing may be put right; a refused dose is an answer.
    if done.isError, conduct.decisions.count == before { return finished(done) }
    let events = log.last { [.order, .give, .perform, .arrange, .decide].contains($0.kind) }
    let accepted = question.accepted.first { accepted in
      guard accepted.command == command.id, !done.isError else { return false }
      guard let named = accepted.deed else { return true }
      return events.map { grader.covers(named, Deed(named.act, $0.what)) } ?? false
    }
    let slip = question.slips.first { slip in
      guard !done.isError, let named = slip.deed else { return false }
      return events.map { grader.covers(named, Deed(named.act, $0.what)) && named.act.rawValue == $0.kind.rawValue } ?? false
    }
    let feedback = accepted == nil ? slip?.feedback ?? question.otherwise : accepted?.feedback
    let graded = GradedReply(credit: accepted == nil ? .none : .full, feedback: [feedback].compactMap { $0 })
    var answer = committed([done.canonical ?? command.id], graded, to: question, line: "", before: done.report.blocks)
    answer.report.errors = done.report.errors
    return answer
  }

  /// Does a deed to both patients.
  private mutating func did(_ line: String, _ command: Command) -> Answer {
    switch command.id {
    case "order": return ordered(line)
    case "decide": return decided(line)
    case _ where command.role == .moves: return movedBack(line, command)
    default: return treated(line, command)
    }
  }

  // MARK: Tests

  private mutating func ordered(_ line: String) -> Answer {
    guard let test = test(in: line), let before = view.state.patient, let truth = truth.state.patient, before.hasRoom
    else { return arrangedTest(line) }
    let (told, silent) = bench.results(test.id, truth)
    let changes = told.filter { before.stated[$0.finding] != $0.possible }
    view.put(before.recording(.ordered(test.id), changes: changes), as: "order " + test.id, command: "order")
    self.truth.put(truth.recording(.ordered(test.id)), as: "order " + test.id, command: "order")
    for change in told { learnt[change.finding] = change.possible }
    conduct.orders.append(test.id)
    let cost = bench.cost(of: test.id)
    record(.order, what: test.id, cost: cost, line: "order " + test.id)
    let vocabulary = bench.vocabulary
    var blocks: [Block] = [.heading(test.name[language])]
    if told.isEmpty {
      blocks.append(.paragraph(say("The test shows nothing here.", "Η εξέταση δεν δείχνει κάτι εδώ.")))
    } else {
      blocks.append(
        .rows(
          told.map { change in
            Row(
              vocabulary.describe(change.finding, change.possible)[language], mark: "·",
              detail: before.stated[change.finding] == change.possible ? say("already known", "ήδη γνωστό") : "")
          }))
    }
    blocks.append(costs(cost, spent: "\(conduct.spent)", silent: told.isEmpty ? 0 : silent.count))
    return Answer(
      command: "order",
      report: Report(
        data: [
          ("test", .string(test.id)), ("cost", .integer(cost)),
          ("told", .strings(told.map { Printer.statement($0.finding, $0.possible, vocabulary) })),
          ("silent", .strings(silent.map { vocabulary.findings[$0].id })), ("spent", .integer(conduct.spent)),
        ], blocks: blocks), canonical: "order " + test.id)
  }

  /// What a test cost and all did, and how much it left untold.
  func costs(_ cost: Int, spent: String, silent: Int) -> Block {
    var parts = [say("cost \(cost)", "κόστος \(cost)"), say("spent \(spent)", "σύνολο \(spent)")]
    if silent > 0 {
      parts.append(
        say("\(silent) more that it can show, not shown here", "άλλα \(silent) που μπορεί να δείξει, εδώ δεν τα δείχνει"))
    }
    return .notice(parts.joined(separator: " · "))
  }

  /// The test that a line orders, by any name that the shell knows it by.
  private func test(in line: String) -> DiagnosticTest? {
    if let (_, argument) = view.world.commands.call(in: line), let named = scenario.tests.named(FoldedKey(argument)) { return named }
    var trial = view
    guard !trial.run(line).isError, case .ordered(let id)? = trial.state.patient?.events.last?.kind else { return nil }
    return scenario.tests.id(id)
  }

  /// A test that is advice of the text but tells no finding.
  private mutating func arrangedTest(_ line: String) -> Answer {
    var ahead = view
    let answer = ahead.run(line)
    guard !answer.isError, let canonical = answer.canonical else { return answer }
    // What would only be noted is no test: it was meant for one.
    guard !answer.report.data.contains(where: { $0.0 == "noted" }) else {
      let names = bench.ids.compactMap { bench.name(of: $0) }
      return refused(.unknownTest(line, Words.joined(names, by: ", ")), "order")
    }
    view = ahead
    _ = truth.run(canonical)
    let id = view.state.patient?.events.last?.subject ?? ""
    record(.order, what: id, cost: 0, line: canonical)
    return plain(answer)
  }

  // MARK: Treatment and time

  private mutating func treated(_ line: String, _ command: Command) -> Answer {
    let before = view.state.patient ?? scenario.view
    let reality = truth.state.patient ?? scenario.truth
    let step = log.count + 1
    let answer = view.run(line)
    guard !answer.isError, let canonical = answer.canonical else {
      if let error = answer.report.errors.first, Self.isRefusal(error.code), let therapy = therapy(in: line) {
        let deed = Deed(.give, therapy)
        let isRepeated = conduct.decisions.contains { $0.refusal == error.code && $0.line == line }
        conduct.decisions.append(
          Decision(
            step: step, deed: deed, line: line, view: before, truth: reality, refusal: error.code, tests: conduct.tests, isWarned: isRepeated))
        record(.give, what: therapy, mark: Mark.refused.rawValue, line: line)
        if isExam {
          // What it answers with may be fresh to the log.
          return Answer(command: command.id, report: Report(error: .refusedInExam(error, line)), language: language, patient: before.name)
        }
      }
      return answer
    }
    let event = view.state.patient?.events.last
    if truth.run(canonical).isError, let event { truth.put(reality.recording(event.kind), as: canonical, command: command.id) }
    guard let act = Deed.Act(rawValue: command.id), act != .stop, let subject = event?.subject else {
      forgetLapsed()
      record(.step, what: canonical, line: canonical)
      var passed = answer
      passed.report.blocks += worsen(since: before.day)
      return passed
    }
    // A dose that was given although the text doesn't give it is as unsafe as one that was refused.
    var refusal: String?
    if case .given(let regimen) = event?.kind, regimen.isDeviation { refusal = "dose.deviation" }
    let notices = answer.report.data.first { $0.0 == "notices" }?.1?.values?.compactMap(\.string) ?? []
    let decision = Decision(
      step: step, deed: Deed(act, subject), line: canonical, view: before, truth: reality, refusal: refusal, tests: conduct.tests,
      isWarned: notices.contains("dose.start-low"))
    // A setting is a decision of its own only where the text advises it by itself; else it goes with something.
    guard act != .arrange || grader.isDecision(decision) else {
      record(.arrange, what: subject, line: canonical)
      var done = plain(answer)
      // In an exam it isn't told whether it counts by itself.
      if isExam { done.report.blocks.append(.paragraph(say("Done.", "Έγινε."))) }
      return done
    }
    conduct.decisions.append(decision)
    let judged = grader.judged(decision, seen: view.state.patient ?? before)
    record(act == .give ? .give : act == .perform ? .perform : .arrange, what: subject, rule: judged.rule?.id, mark: judged.mark.rawValue, line: canonical)
    var done = plain(answer)
    done.report.blocks.append(.paragraph(say("Done.", "Έγινε.")))
    if scenario.feedback == .each {
      done.report.blocks += [.rows([row(judged)])]
      done.report.data += [("mark", .string(judged.mark.rawValue)), ("rule", judged.rule.map { .string($0.id) })]
    }
    return done
  }

  /// The answer of a treatment without what the guideline says of it: what was done, and notices on the dose.
  private func plain(_ answer: Answer) -> Answer {
    var answer = answer
    var blocks: [Block] = []
    scan: for block in answer.report.blocks {
      switch block {
      case .paragraph, .notice: blocks.append(block)
      default: break scan
      }
    }
    answer.report.blocks = blocks
    let kept: Set<String> = ["act", "therapy", "setting", "test", "day", "regimen", "daily_total", "notices", "sets", "silent"]
    answer.report.data = answer.report.data.filter { kept.contains($0.0) }
    return answer
  }

  private func therapy(in line: String) -> String? {
    guard let (_, argument) = view.world.commands.call(in: line),
      var reader = try? TreatmentReader(bench.vocabulary, scenario.doseWords, argument)
    else { return nil }
    return try? reader.treatment().therapy.id
  }

  // MARK: Time that presses

  /// What is announced and neither averted nor there yet, each warning once.
  var warnings: [Block] {
    var said: Set<Int> = []
    return pending.filter { said.insert($0.element.line).inserted }.map { _, worsening in
      .notice(say("By day \(worsening.day): ", "Έως την ημέρα \(worsening.day): ") + worsening.warning.cited(language))
    }
  }

  private var pending: [(offset: Int, element: Worsening)] {
    scenario.worsenings.enumerated().filter { place, worsening in !worsened.contains(place) && !worsening.deeds.contains(where: did) }
  }

  /// Lets happen what came due by the patient's day, to both patients, and says it; what still waits is announced again when time
  /// has passed.
  mutating func worsen(since day: Int) -> [Block] {
    guard let now = view.state.patient?.day, now > day else { return [] }
    var blocks: [Block] = []
    for (place, worsening) in pending where worsening.day <= now {
      guard let known = view.state.patient, let reality = truth.state.patient else { continue }
      worsened.insert(place)
      view.put(known.setting(worsening.finding, to: worsening.possible))
      truth.put(reality.setting(worsening.finding, to: worsening.possible))
      learnt[worsening.finding] = worsening.possible
      record(.worsened, what: Printer.statement(worsening.finding, worsening.possible, bench.vocabulary))
      let text = bench.vocabulary.describe(worsening.finding, worsening.possible)[language]
      blocks.append(.paragraph(say("It got worse: \(text)", "Επιδεινώθηκε: \(text)")))
    }
    return blocks + warnings
  }

  // MARK: Leaving alone

  private mutating func decided(_ line: String) -> Answer {
    guard let argument = view.world.commands.call(in: line)?.argument, let deed = Deed(against: argument, view.world),
      let before = view.state.patient, let reality = truth.state.patient
    else { return refused(.decideAgainst(line), "decide") }
    let decision = Decision(
      step: log.count + 1, deed: deed, line: deed.text, view: before, truth: reality, refusal: nil, tests: conduct.tests)
    conduct.decisions.append(decision)
    let judged = grader.judged(decision, seen: before)
    record(.decide, what: deed.subject, rule: judged.rule?.id, mark: judged.mark.rawValue, line: deed.text)
    var blocks: [Block] = [.paragraph(say("Noted: you leave it alone.", "Σημειώθηκε: δεν θα γίνει."))]
    if scenario.feedback == .each { blocks.append(.rows([row(judged)])) }
    let isShown = scenario.feedback == .each
    return Answer(
      command: "decide",
      report: Report(
        data: [
          ("against", .string(deed.subject)), ("mark", isShown ? .string(judged.mark.rawValue) : nil),
          ("rule", isShown ? judged.rule.map { .string($0.id) } : nil),
        ], blocks: blocks), canonical: deed.text)
  }

  // MARK: Undo

  /// Undo, redo and branches work on view and truth alike; what a test told stays told, what was spent stays spent, and what
  /// was decided stays in the log and counts.
  private mutating func movedBack(_ line: String, _ command: Command) -> Answer {
    var answer = view.run(line)
    guard !answer.isError else { return answer }
    _ = truth.run(answer.canonical ?? line)
    for (field, done) in answer.report.data where field == "undone" || field == "redone" {
      let what = field == "undone" ? say("Taken back: ", "Αναιρέθηκε: ") : say("Redone: ", "Επαναλήφθηκε: ")
      answer.report.blocks = [.paragraph(what + spoken(done?.string ?? ""))]
      if field == "undone", let kept = keptOf(done?.string ?? "") {
        answer.report.data.append(("counts", .bool(true)))
        answer.report.blocks.append(.notice(kept))
      }
    }
    if let patient = view.state.patient {
      var known = patient
      for (finding, possible) in learnt.sorted(by: { $0.key < $1.key }) where known.stated[finding] == nil {
        known = known.setting(finding, to: possible)
      }
      if known != patient { view.put(known) }
    }
    record(command.id == "undo" ? .undo : .step, what: command.id, line: answer.canonical ?? line)
    return answer
  }

  /// What undo doesn't take back of a line; nil where it takes back all. Whether a decision was a fault is said only where the learner was told.
  private func keptOf(_ line: String) -> String? {
    guard let event = log.last(where: { $0.line == line }) else { return nil }
    if event.kind == .order, event.cost ?? 0 > 0 {
      return say("What the test showed stays known, and its cost stays spent.", "Όσα έδειξε η εξέταση παραμένουν γνωστά, και το κόστος της μετρά.")
    }
    guard let mark = event.mark.flatMap(Mark.init) else { return nil }
    let isFault = !mark.isJustified && mark != .notCovered
    if scenario.feedback == .each, isFault {
      return say(
        "The fault still counts: undo changes the patient, not what you decided.",
        "Το σφάλμα εξακολουθεί να μετρά: η αναίρεση αλλάζει τον ασθενή, όχι την απόφασή σας.")
    }
    return say(
      "The decision still counts: undo changes the patient, not what you decided.",
      "Η απόφαση εξακολουθεί να μετρά: η αναίρεση αλλάζει τον ασθενή, όχι την απόφασή σας.")
  }

  /// What grew too old to be relied on is not known again by undo.
  private mutating func forgetLapsed() {
    guard let patient = view.state.patient else { return }
    learnt = learnt.filter { patient.stated[$0.key] != nil }
  }

  // MARK: Taking up again

  /// The case as events of an earlier sitting left it: their lines are run again. Nil when one can't be.
  public static func resumed(_ start: Play, from events: [CaseEvent]) -> Play? {
    var play = start
    _ = play.open()
    for event in events {
      guard let line = event.line, !line.isEmpty else {
        // What a refused dose answered can't be told without its line.
        if event.kind == .give { return nil }
        continue
      }
      // A pipe passes pauses without a word.
      if line != "next" { play.passPauses() } else if case .pause = play.waiting {} else { continue }
      var answer = play.answer(to: line)
      if answer.isError, play.unread != nil { answer = play.answer(to: line) }
      // A refused dose and an unmet expectation are answers.
      if let error = answer.report.errors.first, !error.isUnmet, event.kind != .give || !isRefusal(error.code) { return nil }
    }
    play.fresh = []
    play.record(.resume, what: play.scenario.id)
    return play
  }

  /// Where the case stands, for one who comes back.
  public mutating func reopened() -> Answer {
    var blocks: [Block] = [.heading(scenario.title[language]), .paragraph(say("Resumed where you left off.", "Συνεχίζετε από εκεί που το αφήσατε."))]
    if isExam { blocks.append(.notice(rules)) }
    blocks += patientLine
    switch waiting {
    case .pause: blocks.append(.notice(say("Enter goes on.", "Με Enter συνεχίζετε.")))
    case .question(let question): blocks += self.blocks(question)
    case .act:
      if place > 0, case .act(let task, _) = scenario.steps[place - 1].kind { blocks.append(.paragraph(task.cited(language))) }
      blocks.append(
        .notice(
          say(
            "Your move: order, arrange, give, perform, decide against; done ends it.",
            "Σειρά σας: ζήτησε, οργάνωσε, δώσε, εκτέλεσε, αποφάσισε κατά· και τέλος.")))
    case .over: break
    }
    return answer("play", [("case", .string(scenario.id)), ("attempt", .integer(attempt)), ("waits", waits)], blocks)
  }
}
