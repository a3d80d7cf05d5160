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
      case .failure(let error):
        let isSaidAgain = error.code == "case.unread" && unread == plain
        unread = error.code == "case.unread" ? plain : nil
        if let answer = answer(inWords: plain) { return answer }
        // An order is neither carried out nor taken for the answer.
        if error.code == "case.unread", let command, command.role == .deed || command.role == .moves {
          unread = nil
          return refused(.answerFirst(plain), command.id)
        }
        // Said twice it is meant so.
        return isSaidAgain ? commit(Reply(words: ReplyReader.unquoted(plain)), to: question) : refused(error.on(plain), "answer")
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
    case "help" where view.world.commands.call(in: plain)?.argument.isEmpty ?? false: return help()
    case "hint" where isExam: return refused(.closedInExam(command.name, plain), command.id)
    case "hint": return hint()
    case "status": return status()
    case "debrief" where isExam: return refused(.closedInExam(command.name, plain), command.id)
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
    guard case .command(let understood, _, _)? = view.world.commands.questions?.understand(line, isCertain: true, view.state, view.world),
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
            "You left the case; play \(scenario.id) resumes it here.",
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
    record(.answer, what: question.name, mark: answered.verdict.rawValue, line: line, credit: graded.credit)
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
    guard hintsGiven < hints.count else {
      let none =
        hints.isEmpty ? say("There is no hint here.", "Δεν υπάρχει εδώ υπόδειξη.") : say("There are no more hints here.", "Δεν υπάρχουν εδώ άλλες υποδείξεις.")
      return answer("hint", [("hint", .null), ("left", .integer(0))], [.notice(none + say(" It cost nothing.", " Δεν κόστισε τίποτα."))])
    }
    let hint = hints[hintsGiven]
    hintsGiven += 1
    record(.hint, what: "\(hintsGiven)", cost: hint.cost, line: "hint")
    var blocks: [Block] = [.paragraph(hint.text[language])]
    let left = hints.count - hintsGiven
    blocks.append(.notice(say("cost \(hint.cost) · \(left) more", "κόστος \(hint.cost) · απομένουν \(left)")))
    return answer("hint", [("hint", .integer(hintsGiven)), ("cost", .integer(hint.cost)), ("left", .integer(left))], blocks)
  }

  /// What one needs here: how to answer or act, and what is free, closed or costs.
  private mutating func help() -> Answer {
    let commands = view.world.commands
    func row(_ id: String, _ detail: String = "") -> Row? {
      commands.command(id: id).map { Row($0.shortForm[language], detail: detail.isEmpty ? $0.summary[language] : detail) }
    }
    var blocks: [Block] = [.heading(say("In this case", "Σε αυτό το περιστατικό"))]
    switch waiting {
    case .pause: blocks.append(.paragraph(say("Enter goes on.", "Με Enter συνεχίζετε.")))
    case .question(let question):
      let named = say("Answer with its number or its text.", "Απαντήστε με τον αριθμό της ή το κείμενό της.")
      blocks.append(.paragraph(QuestionText(question: question, language: language).manner ?? named))
    case .act:
      let settings = bench.vocabulary.therapies.filter { $0.kind == .setting }.map { $0.name[language] }.joined(separator: ", ")
      blocks.append(
        .rows(
          ["order", "give", "perform", "arrange", "decide", "stop", "advance"].compactMap { row($0, $0 == "arrange" ? settings : "") }
            + [row("done")].compactMap { $0 }))
    case .over:
      blocks.append(
        .paragraph(
          isExam
            ? say("It is over; quit leaves.", "Τελείωσε· έξοδος για να βγείτε.")
            : say("It is over; debrief shows how it went.", "Τελείωσε· η ανασκόπηση δείχνει πώς πήγε.")))
    }
    let asking: String
    switch scenario.consulting {
    case .free: asking = say("free", "ελεύθερες")
    case .costs(let cost): asking = say("each costs \(cost)", "καθεμία κοστίζει \(cost)")
    case .closed: asking = say("closed here", "κλειστές εδώ")
    }
    let consults = ["recommend", "why", "what if", "missing", "evidence"].compactMap { commands.command(id: $0)?.name[language] }.joined(separator: ", ")
    let free = ["show", "timeline", "read", "find", "explain", "dose"].compactMap { commands.command(id: $0)?.name[language] }.joined(separator: ", ")
    blocks.append(
      .rows(
        [isExam ? nil : row("hint"), row("status"), Row(consults, detail: asking), Row(free, detail: say("free", "ελεύθερες")), row("undo"), row("quit")]
          .compactMap { $0 }))
    let page = commands.command(id: "help")?.name[language] ?? "help"
    blocks.append(
      .notice(
        say(
          "\(page) COMMAND shows a command's page; Tab lists tests, therapies and settings.",
          "\(page) ΕΝΤΟΛΗ: η σελίδα μιας εντολής· το Tab παραθέτει εξετάσεις, θεραπείες και πλαίσια.")))
    return answer("help", [("waits", waits)], blocks)
  }

  mutating func status() -> Answer {
    let patient = view.state.patient
    let tests = conduct.tests.map { bench.name(of: $0)?[language] ?? $0 }.joined(separator: ", ")
    let waited = scenario.steps.filter(\.waits)
    let behind = waited.count { reached.contains($0.line) } - (isFinished ? 0 : 1)
    let questions = scenario.steps.count { if case .ask = $0.kind { true } else { false } }
    var rows = [
      Row(say("case", "περιστατικό"), detail: scenario.title[language] + (isExam ? say(" · exam", " · διαγώνισμα") : "")),
      Row(
        say("progress", "πρόοδος"),
        detail: isFinished
          ? say("over", "τέλος")
          : say(
            "\(max(0, behind)) \(behind == 1 ? "step" : "steps") done, up to \(waited.count) in all",
            "\(max(0, behind)) \(behind == 1 ? "βήμα έγινε" : "βήματα έγιναν"), έως \(waited.count) συνολικά")),
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
    case .over where isExam: now = say("over; quit leaves", "τέλος· έξοδος για να βγείτε")
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
