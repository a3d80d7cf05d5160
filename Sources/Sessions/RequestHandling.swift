import Grammar
import Reports
import Wording

/// What is being recorded: the file, and how many moments there were before.
public struct Recording: Sendable {
  public let file: String
  let start: Int
}

/// The lines of a replay that are still to be run.
public struct Replay: Sendable {
  public let file: String
  var commands: ArraySlice<(line: Int, text: String)>
  /// What its undo and redo don't reach.
  let floor: (past: Int, future: Int)

  /// The next line, as the file has it.
  public var next: String? { commands.first?.text }
}

extension Session {
  /// Runs one command line and does what it asks of the outside. Each answer is handed out once it stands: a replay gives
  /// one a command, any other line gives one. A journal is written, and the answer printed, by whoever takes it.
  public mutating func run(_ line: String, _ outside: some Outside, _ take: (Answer) -> Void) {
    run(line, outside, take) { $0.run(line) }
  }

  /// Runs a command that the program calls itself.
  public mutating func run(_ call: CommandCall, _ outside: some Outside, _ take: (Answer) -> Void) {
    run(call.value, outside, take) { $0.run(call) }
  }

  private mutating func run(
    _ line: String, _ outside: some Outside, _ take: (Answer) -> Void, by answering: (inout Session) -> Answer
  ) {
    var answer: Answer
    if depth > 0 {
      guard steps < ScriptBounds.steps else { return take(placed(refused(.tooManySteps, ""))) }
      let mark = mark
      let start = outside.seconds()
      answer = answering(&self)
      if outside.seconds() - start > ScriptBounds.seconds, takeBack(to: mark) {
        answer = refused(.tooSlow(line), answer.command)
      }
      steps += 1
    } else {
      answer = answering(&self)
    }
    keepAttempts(&answer, outside)
    if let request = answer.request {
      answer.request = nil
      do throws(Diagnostic) {
        try perform(request, &answer, outside, take)
      } catch {
        return take(placed(refused(error.on(line), answer.command)))
      }
      if answer.isQuit { endRecording(outside, &answer) }
      keepAttempts(&answer, outside)
      return take(responder == nil ? placed(answer) : answer)
    }
    if let recording, let canonical = answer.canonical {
      do throws(Diagnostic) {
        try outside.write(canonical + "\n", to: recording.file, .atEnd)
      } catch {
        self.recording = nil
        answer.report.errors.append(error)
      }
    }
    take(responder == nil ? placed(answer) : answer)
  }

  /// Adds what an attempt at a case left to the user's attempts.
  private mutating func keepAttempts(_ answer: inout Answer, _ outside: some Outside) {
    guard !answer.attempts.isEmpty else { return }
    let time = outside.time()
    var lines = answer.attempts.map { $0.dropLast() + ",\"time\":\(time)}" }.map { String($0) }
    answer.attempts = []
    if let seal {
      let chain = AttemptSeal.sealed(lines, after: seal)
      lines = chain.lines
      self.seal = chain.seal
      if answer.endsSealed {
        answer.report.data.append(("receipt", .string(AttemptSeal.receipt(chain.seal))))
        answer.report.blocks.append(.notice(AttemptSeal.told(chain.seal)[state.language]))
      }
    }
    do throws(Diagnostic) {
      try outside.add(attempts: lines)
    } catch {
      answer.report.errors.append(error)
    }
  }

  /// Ends what is still open when there are no more lines: a recording is written out.
  public mutating func finish(_ outside: some Outside, _ take: (Answer) -> Void) {
    guard recording != nil else { return }
    var answer = Answer(command: "stop recording", report: Report(), canonical: nil, kind: .outside)
    endRecording(outside, &answer)
    take(placed(answer))
  }

  private mutating func perform(
    _ request: Request, _ answer: inout Answer, _ outside: some Outside, _ take: (Answer) -> Void
  ) throws(Diagnostic) {
    switch request {
    case .quit: answer.isQuit = true
    case .write(let file, let text): try outside.write(text, to: file, .whole)
    case .load(let file):
      let script = try Script(try outside.read(file), file: file)
      let commands = try script.commands(file: file)
      answer.journal = try runAll(commands, file, outside)
      answer.report.data.append(("changes", .integer(answer.journal.count)))
      answer.report.blocks += notices(on: script) + [.paragraph(loaded(file, answer.journal.count))]
    case .replay(let file, let pace): try startReplay(file, pace, &answer, outside, take)
    // Where no replay waits, the tour goes on, if it was begun.
    case .next where replay == nil && state.tourPart > 0: answer = self.answer(toCommand: "tour")
    case .next: try step(1, &answer, outside, take)
    case .stop: try stop(&answer, outside)
    case .record(let file):
      guard recording == nil else { throw .alreadyRecording(recording?.file ?? file) }
      let text = Script.text(.recording, fields: fields, lines: kept(from: moments.count))
      try outside.write(text, to: file, .new)
      recording = Recording(file: file, start: moments.count)
    case .restore: try restore(&answer, outside)
    case .task(let task):
      let before = self
      do throws(Diagnostic) {
        try task.perform(&self, &answer, outside)
      } catch {
        self = before
        throw error
      }
    }
  }

  // MARK: Whole files

  /// Runs commands of a file, all or nothing; returns the changes and settings they made.
  private mutating func runAll(
    _ commands: [(line: Int, text: String)], _ file: String, _ outside: some Outside
  ) throws(Diagnostic) -> [String] {
    guard depth < ScriptBounds.nesting else { throw .tooDeep }
    let before = self
    let outer = floor
    floor = ground
    depth += 1
    defer {
      depth -= 1
      floor = outer
    }
    var journal: [String] = []
    var fault: Diagnostic?
    for (line, text) in commands {
      run(text, outside) { answer in
        journal += answer.journal
        if let error = answer.report.errors.first { fault = fault ?? error.at(file: file, line: line) }
      }
      if let fault {
        let used = steps
        self = before
        steps = used
        depth += 1
        throw fault
      }
    }
    return journal
  }

  private func loaded(_ file: String, _ count: Int) -> String {
    let counted = Words.changes(count)
    return Words("Loaded \(file): \(counted.english).", "Φορτώθηκε το \(file): \(counted.greek).")[state.language]
  }

  /// Makes the changes of a journal again. A line that no longer reads, or is refused now, costs that line: it is shown.
  private mutating func restore(_ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    guard let bytes = try outside.journal() else { throw .nothingToRestore }
    let script = try Script(bytes, file: Words("the journal", "ημερολόγιο")[state.language], isOwn: true)
    var unread: [(line: Int, text: String, error: Diagnostic)] = []
    for (number, bytes) in script.lines {
      do throws(Diagnostic) {
        // What islet itself wrote is bound by nothing but its own reading.
        for (_, text) in Input.commands(try Input.text(bytes)) {
          let made = run(text)
          answer.journal += made.journal
          if let error = made.report.errors.first { unread.append((number, text, error)) }
        }
      } catch {
        unread.append((number, String(decoding: bytes, as: UTF8.self), error))
      }
    }
    answer.report.data.append(("changes", .integer(answer.journal.count)))
    let text = Words(
      "Changes and settings brought back: \(answer.journal.count).", "Αλλαγές και ρυθμίσεις που επανήλθαν: \(answer.journal.count).")
    answer.report.blocks.append(.paragraph(text[state.language]))
    guard !unread.isEmpty else { return }
    answer.keepsJournal = true
    answer.report.data.append(
      (
        "unread",
        .array(unread.map { .fields([("line", .integer($0.line)), ("text", .string($0.text)), ("code", .string($0.error.code))]) })
      ))
    let said = Words(
      "Lines that can no longer be read, left out. The journal is kept; islet data lists it.",
      "Γραμμές που δεν διαβάζονται πια και παραλείφθηκαν. Το ημερολόγιο φυλάσσεται· το islet data το παραθέτει.")
    answer.report.blocks.append(.notice(said[state.language]))
    answer.report.blocks.append(
      .rows(unread.map { Row($0.text, number: $0.line, mark: "✗", detail: $0.error.message[state.language], level: 1) }))
  }

  // MARK: Replay

  private mutating func startReplay(
    _ file: String, _ pace: Pace, _ answer: inout Answer, _ outside: some Outside, _ take: (Answer) -> Void
  ) throws(Diagnostic) {
    guard replay == nil else { throw .alreadyReplaying(replay?.file ?? file) }
    guard depth < ScriptBounds.nesting else { throw .tooDeep }
    let script = try Script(try outside.read(file), file: file)
    let commands = try script.commands(file: file)
    answer.report.blocks += notices(on: script)
    replay = Replay(file: file, commands: commands[...], floor: ground)
    switch pace {
    case .all: try step(commands.count, &answer, outside, take)
    case .until(let count): try step(count, &answer, outside, take)
    case .step: try step(0, &answer, outside, take)
    }
  }

  /// Runs the next commands of the replay, handing out each answer; the first that fails ends the replay.
  private mutating func step(
    _ count: Int, _ answer: inout Answer, _ outside: some Outside, _ take: (Answer) -> Void
  ) throws(Diagnostic) {
    guard var running = replay else { throw .nothingReplays }
    replay = nil
    let outer = floor
    floor = running.floor
    depth += 1
    defer {
      depth -= 1
      floor = outer
    }
    for _ in 0..<count {
      guard let (line, text) = running.commands.popFirst() else { break }
      var fault: Diagnostic?
      var isQuit = false
      run(text, outside) { inner in
        var inner = inner
        if !inner.isError { inner.echo = inner.echo ?? inner.canonical }
        fault = fault ?? inner.report.errors.first?.at(file: running.file, line: line)
        isQuit = isQuit || inner.isQuit
        if fault == nil, !inner.isQuit { take(inner) }
      }
      if let fault { throw fault }
      if isQuit { running.commands = [] }
    }
    let left = running.commands.count
    if left > 0 { replay = running }
    answer.report.data.append(("left", .integer(left)))
    let text =
      left == 0
      ? Words("The replay is at its end.", "Η αναπαραγωγή τελείωσε.")
      : left == 1
        ? Words(
          "1 command is left: next runs it, stop ends the replay.",
          "Απομένει 1 εντολή: η εντολή επόμενο την εκτελεί, η εντολή διέκοψε τερματίζει την αναπαραγωγή.")
        : Words(
          "\(left) commands are left: next runs one, stop ends the replay.",
          "Απομένουν \(left) εντολές: η εντολή επόμενο εκτελεί μία, η εντολή διέκοψε τερματίζει την αναπαραγωγή.")
    answer.report.blocks.append(.notice(text[state.language]))
  }

  // MARK: Recording

  /// The header's fields of a file that this session writes.
  public var fields: [(name: String, value: String)] { world.fields(state.language) }

  private mutating func stop(_ answer: inout Answer, _ outside: some Outside) throws(Diagnostic) {
    if recording != nil { return endRecording(outside, &answer) }
    guard let running = replay else { throw .nothingToStop }
    replay = nil
    answer.report.data.append(("left", .integer(running.commands.count)))
    let text = Words(
      "The replay of \(running.file) ends here; what it did stays.", "Η αναπαραγωγή του \(running.file) τελειώνει εδώ· ό,τι έκανε μένει.")
    answer.report.blocks.append(.paragraph(text[state.language]))
  }

  private mutating func endRecording(_ outside: some Outside, _ answer: inout Answer) {
    guard let recording else { return }
    self.recording = nil
    let lines = kept(from: recording.start)
    do throws(Diagnostic) {
      try outside.write(Script.text(.recording, fields: fields, lines: lines), to: recording.file, .whole)
      answer.report.data += [("file", .string(recording.file)), ("commands", .integer(lines.count))]
      let text = Words(
        lines.count, one: Words("Recorded \(recording.file): 1 command.", "Καταγράφηκε το \(recording.file): 1 εντολή."),
        several: Words("Recorded \(recording.file): \(lines.count) commands.", "Καταγράφηκε το \(recording.file): \(lines.count) εντολές."))
      answer.report.blocks.append(.paragraph(text[state.language]))
    } catch {
      answer.report.errors.append(error)
    }
  }

  /// What a reader should know of a file's header: that it was made with other chapters.
  private func notices(on script: Script) -> [Block] {
    guard let mark = script["guideline"], mark != world.guideline.mark else { return [] }
    let made = script["islet"] ?? "?"
    let here = world.version
    let chapters = Words("chapters \(mark), here \(world.guideline.mark)", "κεφάλαια \(mark), εδώ \(world.guideline.mark)")
    let text: Words
    switch Self.compared(made, here) {
    case .newer:
      text = Words(
        "The file was made with a newer islet, \(made); this is \(here) (\(chapters.english)). Its answers may differ: use the newer one.",
        "Το αρχείο γράφτηκε με νεότερο islet, \(made)· αυτό είναι το \(here) (\(chapters.greek)). Οι απαντήσεις μπορεί να διαφέρουν: χρησιμοποιήστε το νεότερο."
      )
    case .older:
      text = Words(
        "The file was made with an older islet, \(made); this is \(here) (\(chapters.english)). Its answers may differ: read them, then record it again.",
        "Το αρχείο γράφτηκε με παλαιότερο islet, \(made)· αυτό είναι το \(here) (\(chapters.greek)). Οι απαντήσεις μπορεί να διαφέρουν: διαβάστε τις και καταγράψτε το ξανά."
      )
    case .same:
      text = Words(
        "The file was made with other chapters of the guideline (\(chapters.english)). Its answers may differ: read them, then record it again.",
        "Το αρχείο γράφτηκε με άλλα κεφάλαια της οδηγίας (\(chapters.greek)). Οι απαντήσεις μπορεί να διαφέρουν: διαβάστε τις και καταγράψτε το ξανά.")
    }
    return [.notice(text[state.language])]
  }

  private enum Age { case newer, older, same }

  /// How a version, numbers between points, stands to another.
  private static func compared(_ version: String, _ other: String) -> Age {
    let (a, b) = (version.split(separator: ".").map { Int($0) ?? 0 }, other.split(separator: ".").map { Int($0) ?? 0 })
    for place in 0..<max(a.count, b.count) {
      let (left, right) = (place < a.count ? a[place] : 0, place < b.count ? b[place] : 0)
      if left != right { return left > right ? .newer : .older }
    }
    return .same
  }
}

extension Words {
  /// `1 change`, `2 changes`.
  public static func changes(_ count: Int) -> Words {
    count == 1 ? Words("1 change", "1 αλλαγή") : Words("\(count) changes", "\(count) αλλαγές")
  }
}

extension World {
  /// The header's fields of a file that a session of this world writes: what its answers rest on.
  public func fields(_ language: Language) -> [(name: String, value: String)] {
    [
      ("islet", version), ("guideline", guideline.mark), ("language", language.rawValue), ("seed", "\(seed)"),
      ("clock", clock),
    ]
  }
}
