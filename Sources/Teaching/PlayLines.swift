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
    if case .question(let question) = waiting, let given = reading(plain, question, isCommand: command != nil) {
      switch given {
      case .success(let given): return commit(given, to: question, line: plain)
      case .failure(let error): return refused(error.on(plain), "answer")
      }
    }
    guard let command else {
      if case .question(let question) = waiting { return refused(notAnAnswer(plain, question), "answer") }
      return finished(view.run(plain))
    }
    if case .question(let question) = waiting, case .command = question.kind,
      command.role == .deed || question.accepted.contains(where: { $0.command == command.id })
    {
      return answer(question, with: plain, command)
    }
    if command.role == .free, command.takes.isEmpty, let extra = view.world.commands.call(in: plain)?.argument, !extra.isEmpty {
      let end = plain.utf8.count
      return refused(command.tooMuch(plain, (end - extra.utf8.count)..<end), command.id)
    }
    switch command.id {
    case "quit": return leave()
    case "hint": return hint()
    case "status": return status()
    case "debrief": return isFinished ? answer("debrief", debriefData, debriefBlocks) : refused(.notOver, command.id)
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
            "You left the case; play \(scenario.id) takes it up where you are.", "Αφήσατε το περιστατικό· η εντολή παίξε \(scenario.id) το συνεχίζει από εδώ."))
      ])
  }

  // MARK: Answers to questions

  /// The choices, number or command that a line answers a question with; nil when it is a command that runs as such.
  private func reading(_ line: String, _ question: Question, isCommand: Bool) -> Result<[String], Diagnostic>? {
    switch question.kind {
    case .single, .several:
      var parts: [String] = []
      if case .several = question.kind {
        parts = line.split { $0 == "," || $0 == "·" }.map { $0.dropTrailingSpaces.drop { $0 == " " } }.map(String.init)
        if parts.count == 1, choice(parts[0], question) == nil { parts = line.split(separator: " ").map(String.init) }
      } else {
        parts = [line]
      }
      let found = parts.map { choice($0, question) }
      if found.allSatisfy({ $0 != nil }), !found.isEmpty {
        return .success(question.choices.map(\.id).filter { found.contains($0) })
      }
      return isCommand ? nil : .failure(notAnAnswer(line, question))
    case .number(_, _, let unit):
      guard let number = number(line, unit) else { return isCommand ? nil : .failure(notAnAnswer(line, question)) }
      return .success(["\(number)"])
    case .command: return nil
    }
  }

  /// The choice that a number, an id or the text itself names.
  private func choice(_ text: String, _ question: Question) -> String? {
    if let number = Int(text), question.choices.indices.contains(number - 1) { return question.choices[number - 1].id }
    let key = Folding.key(text)
    return question.choices.first { Folding.key($0.id) == key || Folding.key($0.text.english) == key || Folding.key($0.text.greek) == key }?.id
  }

  /// The number that a line gives, in a unit; a unit of the same kind is converted.
  private func number(_ line: String, _ unit: String) -> Exact? {
    guard let tokens = try? Lexer.tokens(line), let value = tokens.first?.number else { return nil }
    let rest = tokens.dropFirst()
    guard !rest.isEmpty else { return value }
    let key = rest.reduce(FoldedKey()) { $0 + $1.key }
    let typed = view.world.guideline.vocabulary.unit(key) ?? rest.map(\.text).joined()
    if typed == unit || Folding.key(typed) == Folding.key(unit) { return value }
    guard let from = Unit(rawValue: typed), let to = Unit(rawValue: unit) else { return nil }
    return from.convert(value, to: to)
  }

  private func notAnAnswer(_ line: String, _ question: Question) -> Diagnostic {
    let help: Words
    switch question.kind {
    case .single, .several:
      let ids = question.choices.map(\.id).joined(separator: ", ")
      help = Words(
        "Answer with a number from 1 to \(question.choices.count), or with: \(ids)", "Απαντήστε με αριθμό από 1 έως \(question.choices.count), ή με: \(ids)")
    case .number(_, _, let unit): help = Words("Answer with a number, in \(unit).", "Απαντήστε με αριθμό, σε \(unit).")
    case .command: help = Words("Answer with a command: order CT", "Απαντήστε με μια εντολή: ζήτησε αξονική")
    }
    return Diagnostic(
      "case.answer", Words("“\(line)” answers nothing here.", "Το «\(line)» δεν απαντά σε κάτι εδώ."), help: [help], source: line,
      span: 0..<line.utf8.count)
  }

  private mutating func commit(_ given: [String], to question: Question, line: String) -> Answer {
    let verdict: Verdict
    var feedback: [Words] = []
    switch question.kind {
    case .number(let right, let tolerance, _):
      let value = Exact(given[0]) ?? right
      let isRight = abs(value.millionths - right.millionths) <= tolerance.millionths
      verdict = isRight ? .right : .wrong
      feedback = [isRight ? question.feedback : question.otherwise ?? question.feedback].compactMap { $0 }
    default:
      let chosen = question.choices.filter { given.contains($0.id) }
      feedback = chosen.compactMap(\.feedback)
      if case .several = question.kind {
        let right = Set(question.choices.filter { $0.verdict == .right }.map(\.id))
        let wrong = chosen.contains { $0.verdict == .wrong }
        let hits = chosen.count { $0.verdict == .right }
        verdict = hits == right.count && !wrong ? .right : hits > 0 && !wrong ? .partly : .wrong
      } else {
        verdict = chosen.first?.verdict ?? .wrong
      }
    }
    return committed(given, verdict, feedback, to: question, line: given.joined(separator: ", "))
  }

  /// Keeps an answer, says what the header lets be said, and goes on.
  mutating func committed(_ given: [String], _ verdict: Verdict, _ feedback: [Words], to question: Question, line: String, before: [Block] = []) -> Answer {
    conduct.answers.append(GivenAnswer(step: log.count + 1, question: question.name, given: given, credit: verdict.credit))
    record(.answer, what: question.name, mark: verdict.rawValue, line: line)
    var blocks = before
    if scenario.feedback == .each {
      blocks.append(.paragraph(([verdict.name[language]] + feedback.map { $0[language] }).joined(separator: " · ")))
    } else {
      blocks.append(.paragraph(say("Noted.", "Σημειώθηκε.")))
    }
    blocks += goOn()
    let shown = scenario.feedback == .each ? JSON.string(verdict.rawValue) : nil
    return answer("answer", [("question", .string(question.name)), ("given", .strings(given)), ("verdict", shown), ("waits", waits)], blocks)
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
    var rows = [
      Row(say("case", "περιστατικό"), detail: scenario.title[language]),
      Row(say("patient's day", "ημέρα του ασθενούς"), detail: "\(patient?.day ?? 0)"),
      Row(say("spent", "δαπανήθηκαν"), detail: "\(conduct.spent)"),
      Row(say("tests", "εξετάσεις"), detail: tests.isEmpty ? "–" : tests),
      Row(say("questions answered", "απαντημένες ερωτήσεις"), detail: "\(conduct.answers.count)"),
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
