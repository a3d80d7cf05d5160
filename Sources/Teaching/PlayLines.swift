import Grammar
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// The learner's lines.
extension Play {
  public mutating func answer(to line: String) -> Answer {
    let plain: String
    do throws(Diagnostic) {
      plain = try Input.plain(line).dropTrailingSpaces
    } catch {
      return refused(error)
    }
    let command = view.world.commands.command(in: plain)
    if plain.allSatisfy({ $0 == " " }) || command?.id == "next" { return passOn() }
    if case .question(let question) = waiting, let reply = reader(question).reply(plain, command: command?.role) {
      switch reply {
      case .success(let reply): return commit(reply, to: question)
      case .failure(let error): return answer(inWords: plain) ?? refused(error.on(plain), "answer")
      }
    }
    guard let command else {
      if let answer = answer(inWords: plain) { return answer }
      if case .question(let question) = waiting { return refused(reader(question).notAnAnswer(plain), "answer") }
      return finished(view.run(plain))
    }
    if case .question(let question) = waiting, case .command = question.kind,
      command.role == .deed || question.accepted.contains(where: { $0.command == command.id })
    {
      return answer(question, with: plain, command)
    }
    if command.role == .free, command.takes.isEmpty || (command.id == "debrief" && stage(plain) == nil),
      let extra = view.world.commands.call(in: plain)?.argument, !extra.isEmpty
    {
      let end = plain.utf8.count
      return refused(command.tooMuch(plain, (end - extra.utf8.count)..<end), command.id)
    }
    switch command.id {
    case "quit": return leave()
    case "hint": return hint()
    case "status": return status()
    case "debrief":
      return isFinished ? answer("debrief", debriefData, debriefBlocks(stage(plain))) : refused(.notOver, command.id)
    case "done": return done(plain)
    default:
      switch command.role {
      case .closed: return refused(.closedInCase(command.name, plain), command.id)
      case .consults: return consult(plain, command)
      case .deed, .moves: return act(plain, command)
      case .free: return finished(view.run(plain))
      }
    }
  }

  /// The answer to a line in words that comes to one command: the command's own, with its role in the case.
  private mutating func answer(inWords line: String) -> Answer? {
    // While an item waits, words are an answer to it, unless they ask: the text of a choice is no question.
    if case .question = waiting, line.last != "?" { return nil }
    guard case .command(let understood)? = view.world.commands.questions?.understand(line, isCertain: true, view.state, view.world),
      view.world.commands.command(in: understood) != nil, Folding.key(understood) != Folding.key(line)
    else { return nil }
    var answer = answer(to: understood)
    answer.report.data += [("understood", .string(understood)), ("words", .string(line))]
    answer.report.blocks.insert(.notice("→ " + understood), at: 0)
    return answer
  }

  private func stage(_ line: String) -> Stage? { view.world.commands.call(in: line).flatMap { Stage($0.argument) } }

  /// An empty line, or `next`: it goes on from a pause.
  private mutating func passOn() -> Answer {
    switch waiting {
    case .pause:
      record(.step, what: "pause", line: "next")
      let blocks = goOn()
      return answer("next", [("waits", waits)], blocks)
    case .question(let question): return answer("next", [("waits", waits)], blocks(question))
    case .act, .over: return status()
    }
  }

  private mutating func done(_ line: String) -> Answer {
    guard case .act = waiting else { return refused(.nothingToEnd, "done") }
    record(.step, what: "done", line: "done")
    let blocks = goOn()
    return answer("done", [("waits", waits)], blocks)
  }

  private mutating func leave() -> Answer {
    isOver = true
    guard !isFinished else { return answer("quit", [("case", .string(scenario.id))], [.paragraph(say("The case is closed.", "Το περιστατικό έκλεισε."))]) }
    record(.quit, what: scenario.id)
    return answer(
      "quit", [("case", .string(scenario.id)), ("attempt", .integer(attempt))],
      [
        .paragraph(
          say(
            "You left the case; play \(scenario.id) takes it up where you are.",
            "Αφήσατε το περιστατικό· το συνεχίζετε από εδώ με: παίξε \(scenario.title.greek)"))
      ])
  }

  // MARK: Answers to questions

  private func reader(_ question: Question) -> ReplyReader { ReplyReader(question: question, vocabulary: bench.vocabulary) }

  private mutating func commit(_ reply: Reply, to question: Question) -> Answer {
    let graded = ItemGrader(question: question, guideline: guideline, language: language).graded(reply, patient: view.state.patient)
    return committed(reply.given, graded, to: question, line: reply.line, reply: reply)
  }

  /// Keeps an answer, says what the header lets be said, and goes on.
  mutating func committed(
    _ given: [String], _ graded: GradedReply, to question: Question, line: String, reply: Reply? = nil, before: [Block] = []
  ) -> Answer {
    var answered = GivenAnswer(step: log.count + 1, question: question.name, given: given, credit: graded.credit)
    answered.reply = reply
    answered.view = view.state.patient
    conduct.answers.append(answered)
    record(.answer, what: question.name, mark: answered.verdict.rawValue, line: line)
    var blocks = before
    if scenario.feedback == .each {
      blocks += graded.blocks(question, language)
    } else {
      blocks.append(.paragraph(say("Noted.", "Σημειώθηκε.")))
    }
    blocks += goOn()
    var data: [(String, JSON?)] = [("question", .string(question.name)), ("given", .strings(given))]
    if scenario.feedback == .each {
      data += [("verdict", .string(answered.verdict.rawValue)), ("credit", .number(graded.credit.text))] + graded.data
    }
    return answer("answer", data + [("waits", waits)], blocks)
  }

  // MARK: Hints and standing

  private mutating func hint() -> Answer {
    let hints: [Hint]
    switch waiting {
    case .question(let question): hints = question.hints
    case .act(let found): hints = found
    case .pause, .over: hints = []
    }
    guard hintsGiven < hints.count else { return refused(hints.isEmpty ? .noHint : .noMoreHints, "hint") }
    let hint = hints[hintsGiven]
    hintsGiven += 1
    record(.hint, what: "\(hintsGiven)", cost: hint.cost, line: "hint")
    var blocks: [Block] = [.paragraph(hint.text[language])]
    let left = hints.count - hintsGiven
    blocks.append(.notice(say("cost \(hint.cost) · \(left) more", "κόστος \(hint.cost) · απομένουν \(left)")))
    return answer("hint", [("hint", .integer(hintsGiven)), ("cost", .integer(hint.cost)), ("left", .integer(left))], blocks)
  }

  mutating func status() -> Answer {
    let patient = view.state.patient
    let tests = conduct.tests.map { bench.name(of: $0)?[language] ?? $0 }.joined(separator: ", ")
    let waited = scenario.steps.filter(\.waits)
    let behind = waited.count { reached.contains($0.line) } - (isFinished ? 0 : 1)
    let questions = scenario.steps.count { if case .ask = $0.kind { true } else { false } }
    var rows = [
      Row(say("case", "περιστατικό"), detail: scenario.title[language]),
      Row(
        say("progress", "πρόοδος"),
        detail: isFinished
          ? say("over", "τέλος")
          : say("\(max(0, behind)) steps done, up to \(waited.count) in all", "\(max(0, behind)) βήματα έγιναν, έως \(waited.count) συνολικά")),
      Row(say("patient's day", "ημέρα του ασθενούς"), detail: "\(patient?.day ?? 0)"),
      Row(say("spent", "δαπανήθηκαν"), detail: "\(conduct.spent)"),
      Row(say("tests", "εξετάσεις"), detail: tests.isEmpty ? "–" : tests),
      Row(
        say("questions answered", "απαντημένες ερωτήσεις"), detail: say("\(conduct.answers.count) of \(questions)", "\(conduct.answers.count) από \(questions)")
      ),
      Row(say("decisions", "αποφάσεις"), detail: "\(conduct.decisions.count)"),
    ]
    let now: String
    switch waiting {
    case .pause: now = say("Enter goes on", "με Enter συνεχίζετε")
    case .question(let question): now = question.text[language]
    case .act: now = say("your move; done ends it", "σειρά σας· τέλος όταν ολοκληρώσετε")
    case .over: now = say("over; debrief shows how it went", "τέλος· η ανασκόπηση δείχνει πώς πήγε")
    }
    rows.append(Row(say("now", "τώρα"), detail: now))
    return answer(
      "status",
      [
        ("case", .string(scenario.id)), ("attempt", .integer(attempt)), ("day", .integer(patient?.day ?? 0)),
        ("spent", .integer(conduct.spent)), ("tests", .strings(conduct.tests)), ("answers", .integer(conduct.answers.count)),
        ("decisions", .integer(conduct.decisions.count)), ("waits", waits),
      ], [.rows(rows)])
  }
}

extension Verdict {
  var name: Words {
    switch self {
    case .right: Words("Right", "Σωστό")
    case .partly: Words("Partly right", "Εν μέρει σωστό")
    case .wrong: Words("Wrong", "Λάθος")
    }
  }
}
