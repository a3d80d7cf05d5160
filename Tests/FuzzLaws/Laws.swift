import Cohorts
import Commands
import Grammar
import Guideline
import Measures
import Notebooks
import Patients
import Reports
import Sessions
import Synchronization
import Teaching
import Terminal
import Vocabulary
import Wording

/// The laws of the house that any input must keep.
public struct Laws: Sendable {
  public let all: [Law]

  public init() throws(Diagnostic) {
    let maker = try InputMaker()
    all = [
      maker.undo, maker.saved, maker.journal, maker.parsed, maker.languages, maker.evaluators, maker.settles, maker.bytes, maker.chapters,
      maker.scripts, maker.cases, maker.notebooks, maker.logs, maker.keys, maker.tables, maker.pages, maker.marks, maker.typed, maker.json, maker.arrow,
    ]
  }

  /// Those of readers of bytes, for coverage to guide.
  public var readers: [Law] {
    let names: Set = [
      "bytes", "tables", "chapters", "scripts", "journal", "cases", "notebooks", "logs", "keys", "undo", "parsed", "pages", "json", "arrow",
    ]
    return all.filter { names.contains($0.name) }
  }
}

func text(_ bytes: [UInt8]) -> [String] {
  String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
}

/// The commands of lines, as the prompt and files part them.
func commands(_ bytes: [UInt8]) -> [String] { text(bytes).flatMap { Input.commands($0).map(\.text) } }

// MARK: Sessions

extension InputMaker {
  func session(_ language: Language = .english) -> Session { Session(world: world, language: language) }

  /// Whether a user stands on the same patients and branches, at the same place.
  func isSame(_ a: State, _ b: State) -> Bool { a.roster == b.roster && a.branches == b.branches && a.branch == b.branch }

  var undo: Law {
    Law(
      name: "undo", says: "a refused line changes nothing, undo takes back every change, redo brings it back, and a change clears redo",
      make: { lines(20, &$0) }
    ) { input in
      var session = session()
      for line in commands(input) {
        let before = session.state
        let count = session.changes.count
        let answer = session.run(line)
        if session.responder != nil { return nil }
        if answer.isError, !isSame(before, session.state) { return "refused, and changed: \(line)" }
        guard answer.kind == .change, answer.command != "undo", answer.command != "redo", session.changes.count == count + 1 else { continue }
        let after = session.state
        if !session.run("redo").isError { return "something could be redone after a change: \(line)" }
        if session.run("undo").isError || !isSame(before, session.state) { return "not taken back: \(line)" }
        if session.run("redo").isError || !isSame(after, session.state) { return "not brought back: \(line)" }
      }
      return nil
    }
  }

  var saved: Law {
    Law(
      name: "saved", says: "what is saved, and what is recorded, gives the same state when it is read again, in either language",
      make: { lines(25, &$0) }
    ) { input in
      var session = session()
      let files = MemoryFiles()
      session.run("record r", files) { _ in }
      for line in commands(input) {
        _ = session.run(line)
        if session.responder != nil || session.state.pending != nil { return nil }
      }
      session.run("stop recording", files) { _ in }
      session.run("save s", files) { _ in }
      for (name, way) in [("s", "load s"), ("r", "load r"), ("r", "replay r")] {
        guard let file = files.files[name] else {
          if session.changes.isEmpty { continue }
          return "\(name) was not written"
        }
        // A replay takes no settings of its reader for its own.
        var again = self.session(way == "load s" ? .greek : .english)
        var codes: [String] = []
        again.run(way, files) { codes += $0.report.errors.map(\.code) }
        if !codes.isEmpty { return "\(way): \(codes) of \(file)" }
        if again.state.roster != session.state.roster || again.state.branches != session.state.branches { return "\(way): another state after \(file)" }
      }
      return nil
    }
  }

  var journal: Law {
    Law(
      name: "journal", says: "a line of a journal that doesn't read costs that line alone",
      make: { random in
        var session = session()
        for _ in 0..<12 { _ = session.run(line(&random)) }
        var lines = session.kept(from: 0)
        for _ in 0..<random.below(3) where !lines.isEmpty {
          let place = Int(random.below(UInt64(lines.count)))
          if random.chance(50) {
            lines[place] = String(decoding: mutated(Array(lines[place].utf8), &random), as: UTF8.self)
          } else {
            lines.insert(random.pick(["zzz 3", "\u{1}", "set", "patient (", "give octreotide 50 mg per hour"]), at: place)
          }
        }
        return Array(lines.joined(separator: "\n").utf8)
      }
    ) { input in
      let files = MemoryFiles()
      files.cutShort = Array("islet 1 journal\nlanguage: en\n\n".utf8) + input + [0x0A]
      var restored = session()
      var answers: [Answer] = []
      restored.run("restore", files) { answers.append($0) }
      guard let told = answers.last, !told.isError else { return nil }
      var line = session()
      line.readsQuestions = false
      // A line of other bytes than a line may have doesn't read, whatever its commands.
      for text in input.split(separator: 0x0A).compactMap({ try? Input.text($0) }) {
        for (_, command) in Input.commands(text) {
          let known = world.commands.command(in: command)
          guard let kind = known?.kind, kind == .change || kind == .setting else { continue }
          line.run(command, NoOutside()) { _ in }
          if line.responder != nil || line.state.pending != nil { return nil }
        }
      }
      return line.state.roster == restored.state.roster ? nil : "another state: \(line.changes) | \(restored.changes)"
    }
  }

  var parsed: Law {
    Law(
      name: "parsed", says: "a patient's canonical findings, read again, are the same findings",
      make: { Array("patient \"A\" \(list(&$0))".utf8) }
    ) { input in
      var one = session()
      guard let line = text(input).first else { return nil }
      let answer = one.run(line)
      guard !answer.isError, answer.command == "patient", let canonical = answer.canonical else { return nil }
      var two = session(.greek)
      let again = two.run(canonical)
      if again.canonical != canonical { return "\(canonical) prints as \(again.canonical ?? "an error \(again.report.errors.map(\.code))")" }
      return one.state.patient == two.state.patient ? nil : "\(canonical) is another patient"
    }
  }

  var languages: Law {
    Law(
      name: "languages", says: "the answers mean the same in both languages",
      make: { random in
        let lines = (0..<6).map { _ in
          if random.chance(50) { return "\(random.chance(40) ? "patient \"P\(random.below(9))\"" : "set") \(list(&random))" }
          if random.chance(30) { return line(&random) }
          return random.pick(["recommend", "recommend all", "show", "missing", "arguments", "what if \(list(&random))", "why \(therapy(&random))"])
        }
        return Array(lines.joined(separator: "\n").utf8)
      }
    ) { input in
      var (english, greek) = (session(), session(.greek))
      // A name that isn't given is in the language, here and where a line begins another patient.
      for name in ["patient \"P\"", "patient \"Q\""] { _ = (english.run(name), greek.run(name)) }
      for line in text(input) where !["language", "γλώσσα"].contains(where: line.contains) {
        let (a, b) = (english.run(line), greek.run(line))
        if english.responder != nil { return nil }
        let x = a.report.json(command: a.command, patient: a.patient, language: .english).meaning
        let y = b.report.json(command: b.command, patient: b.patient, language: .greek).meaning
        if x.text != y.text.replacing("Ασθενής ", with: "Patient ") { return "\(line): \(x.text.prefix(600)) | \(y.text.prefix(600))" }
      }
      return nil
    }
  }
}

// MARK: Evaluators

extension InputMaker {
  private func told(_ bytes: [UInt8], counts: Bool = false) -> [UInt8] {
    if counts { return eval.lines(eval.count(read: handedOut(bytes))) }
    let output = Mutex([UInt8]())
    _ = eval.answer(read: handedOut(bytes), write: { more in output.withLock { $0 += more } })
    return output.withLock { $0 }
  }

  /// A patient of eval in the words of the shell; nil where it says something that they don't: any one of several values.
  private func words(_ patient: JSON) -> String? {
    guard case .object(let fields)? = patient["findings"] else { return nil }
    var words: [String] = []
    for field in fields {
      guard let finding = world.guideline.vocabulary.finding(id: field.name) else { return nil }
      let unit = finding.unit.rawValue
      switch field.value {
      case .null: continue
      case .bool(let isYes): words.append(isYes ? finding.id : "\(finding.id) no")
      case .number(let digits): words.append("\(finding.id) \(digits) \(unit)")
      case .string(let value): words.append(finding.isNumber ? "\(finding.id) \(value) \(unit)" : "\(finding.id) is \(value)")
      case .array: return nil
      case .object: return nil
      }
    }
    return words.joined(separator: ", ")
  }

  private func statuses(_ advice: [JSON]) -> [String: String] {
    Dictionary(advice.map { ($0["rule"]?.string ?? "?", $0["status"]?.string ?? "?") }) { first, _ in first }
  }

  var evaluators: Law {
    Law(name: "evaluators", says: "eval, its counts and recommend say the same of a patient", make: { Array(patient(&$0).utf8) }) { input in
      guard let patient = JSON(reading: input) else { return nil }
      guard let told = JSON(reading: Array(told(input + [0x0A]).dropLast())) else { return "eval gave no JSON" }
      let isRefused = told["errors"]?.values?.isEmpty == false
      let counted = self.told(input + [0x0A], counts: true).split(separator: 0x0A).compactMap { JSON(reading: Array($0)) }
      if counted.last?["refused"]?.int != (isRefused ? 1 : 0) { return "refused by eval and not by its counts, or otherwise" }
      if isRefused { return nil }
      let answered = statuses(told["advice"]?.values ?? [])
      for line in counted.dropLast() {
        guard let rule = line["rule"]?.string else { return "a count without a rule" }
        let status = line["applies"]?.int == 1 ? "applies" : line["depends"]?.int == 1 ? "depends" : "absent"
        if status != answered[rule, default: "absent"] { return "\(rule): \(status) by counts, \(answered[rule] ?? "absent") by eval" }
      }
      guard let words = words(patient), !words.isEmpty else { return nil }
      var session = session()
      let made = session.run("patient \"A\" \(words)")
      if made.isError { return "\(words): \(made.report.errors.map(\.code))" }
      let recommended = statuses(JSON.fields(session.run("recommend all").report.data)["advice"]?.values ?? [])
      let differing = Set(answered.keys).union(recommended.keys).filter { answered[$0] != recommended[$0] }.sorted()
      return differing.isEmpty ? nil : "\(differing.map { "\($0): \(answered[$0] ?? "absent") by eval, \(recommended[$0] ?? "absent") by recommend" })"
    }
  }

  var settles: Law {
    Law(name: "settles", says: "one more finding only settles what was open", make: { Array(patient(&$0).utf8) }) { input in
      guard let patient = JSON(reading: input), case .object(let fields)? = patient["findings"], let last = fields.last else { return nil }
      let guideline = world.guideline
      func stated(_ fields: ArraySlice<JSON.Field>) -> [Int: Possible]? {
        guard let words = words(.fields([("findings", .object(Array(fields)))])) else { return nil }
        var session = session()
        return session.run("patient \"A\" \(words)").isError ? nil : session.state.patient?.stated
      }
      guard let before = stated(fields.dropLast()), let after = stated(fields[...]) else { return nil }
      // What is read over is another law's.
      guard guideline.inference.readings(before).isEmpty, guideline.inference.readings(after).isEmpty else { return nil }
      let (was, now) = (guideline.inference.known(before), guideline.inference.known(after))
      guard guideline.inference.contradiction(in: was) == nil, guideline.inference.contradiction(in: now) == nil else { return nil }
      for rule in guideline.rules {
        let (truth, later) = (was.truth(rule.when), now.truth(rule.when))
        if truth != .unknown, truth != later { return "\(rule.id): \(truth) became \(later) with \(last.name)" }
      }
      return nil
    }
  }

  var json: Law {
    Law(
      name: "json", says: "what is read as JSON is printed on one line without controls, and read again is the same",
      make: { random in random.chance(50) ? Array(patient(&random).utf8) : mutated(Array(patient(&random).utf8), &random) }
    ) { input in
      guard let value = JSON(reading: input) else { return nil }
      let printed = value.text
      if let control = printed.unicodeScalars.first(where: Display.isControl) { return "U+\(String(control.value, radix: 16)) in \(printed)" }
      guard let again = JSON(reading: Array(printed.utf8)) else { return "isn't read again: \(printed)" }
      return again == value ? nil : "\(printed) is read as \(again.text)"
    }
  }

  var bytes: Law {
    Law(
      name: "bytes", says: "eval answers every line of any bytes with one object of JSON",
      make: { random in mutated(Array((0..<4).map { _ in patient(&random) }.joined(separator: "\n").utf8), &random) }
    ) { input in
      let lines = input.split(separator: 0x0A).filter { line in line.contains { ![0x20, 0x09, 0x0D].contains($0) } }
      // A mark of the byte order at the start is no part of a line.
      let wanted = lines.first == [0xEF, 0xBB, 0xBF] ? lines.count - 1 : lines.count
      let told = told(input + [0x0A]).split(separator: 0x0A)
      if told.count != wanted { return "\(told.count) answers to \(wanted) lines" }
      let bad = told.first { JSON(reading: Array($0))?["errors"] == nil }
      return bad.map { "no answer: \(String(decoding: $0, as: UTF8.self))" }
    }
  }
}

// MARK: Files

extension InputMaker {
  func said(_ error: Diagnostic) -> String? {
    error.code.isEmpty || error.message.english.isEmpty || error.message.greek.isEmpty ? "a reason without a code or a message: \(error)" : nil
  }

  var chapters: Law {
    Law(
      name: "chapters", says: "a chapter of any bytes is read, or refused with a reason",
      make: { random in
        let file = random.pick(TextFile.embedded(prefix: "chapters/"))
        return Array((file.name + "\n").utf8) + mutated(file.withBytes { Array($0) }, &random)
      }
    ) { input in
      guard let end = input.firstIndex(of: 0x0A) else { return nil }
      let name = String(decoding: input[..<end], as: UTF8.self)
      let files = TextFile.embedded(prefix: "chapters/").map { $0.name == name ? TextFile(name: name, bytes: Array(input[(end + 1)...])) : $0 }
      do throws(Diagnostic) {
        let guideline = try Guideline(files: files, vocabulary: world.guideline.vocabulary)
        _ = try guideline.formulary
        return nil
      } catch {
        return said(error)
      }
    }
  }

  var scripts: Law {
    Law(
      name: "scripts", says: "a script, recording, session or journal of any bytes is read, or refused with a reason",
      make: { random in
        let kind = random.pick(["session", "recording", "journal", "scenario", "nonsense"])
        let script = (0..<6).map { _ in line(&random) }.joined(separator: "\n")
        return mutated(Array("islet \(random.pick(["1", "2", "x"])) \(kind)\nlanguage: en\n\n\(script)\n".utf8), &random)
      }
    ) { input in
      for isOwn in [false, true] {
        do throws(Diagnostic) {
          _ = try Script(input, file: "f", isOwn: isOwn).commands(file: "f")
        } catch {
          if let fault = said(error) { return fault }
        }
      }
      // A stranger's file reaches nothing outside.
      var session = session()
      let files = MemoryFiles()
      files.files["f"] = String(decoding: input, as: UTF8.self)
      session.run("load f", files) { _ in }
      return files.files.count == 1 && session.recording == nil ? nil : "a file wrote a file"
    }
  }

  var cases: Law {
    Law(
      name: "cases", says: "a case of any bytes is read, or refused with a reason",
      make: { random in mutated(random.pick(TextFile.embedded(prefix: "cases/")).withBytes { Array($0) }, &random) }
    ) { input in
      let (scenario, faults) = ScenarioReader.read(input, file: "f.islet", world)
      if scenario == nil, faults.isEmpty { return "a case was refused without a reason" }
      return faults.lazy.compactMap(said).first
    }
  }

  var notebooks: Law {
    Law(
      name: "notebooks", says: "a notebook of any bytes is refused with a reason, or filled so that nothing is stale and filling it again changes nothing",
      make: { random in
        let cells = (0...random.below(3)).map { number in
          "## Part \(number)\n\n```islet\n" + (0..<3).map { _ in line(&random) }.joined(separator: "\n") + "\n```\n"
        }
        let notebook = Array(("<!-- islet notebook 1 en -->\n# T\n\n" + cells.joined(separator: "\n")).utf8)
        return random.chance(50) ? notebook : mutated(notebook, &random)
      }
    ) { input in
      do throws(Diagnostic) {
        let notebook = try Notebook(input, file: "f.md")
        let once = notebook.filled(notebook.run(world, language: .english, outside: NoOutside(), keepsGoing: true).outputs)
        let again = try Notebook(Array(once.utf8), file: "f.md")
        if again.cells.contains(where: \.isStale) { return "stale after it was filled:\n\(once)" }
        let twice = again.filled(again.run(world, language: .english, outside: NoOutside(), keepsGoing: true).outputs)
        return once == twice ? nil : "filled twice:\n\(once)\n---\n\(twice)"
      } catch {
        return said(error)
      }
    }
  }

  var logs: Law {
    Law(
      name: "logs", says: "every line of a learner's log is read or named as unread",
      make: { random in
        let event = "{\"v\":1,\"at\":\(random.below(9)),\"step\":\(random.below(9)),\"kind\":\"start\",\"what\":\"c\",\"case\":\"c\",\"attempt\":1}\n"
        return mutated(Array((event + event + event).utf8), &random)
      }
    ) { input in
      let log = CaseLog(input)
      let lines = input.split(separator: 0x0A).count { line in line.contains { ![0x20, 0x09, 0x0D].contains($0) } }
      return log.events.count + log.unread.count == lines ? nil : "\(log.events.count) read and \(log.unread.count) unread of \(lines)"
    }
  }

  var keys: Law {
    Law(
      name: "keys", says: "key strokes of any bytes become keys, and end",
      make: { random in
        var bytes = (0..<random.below(60)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for _ in 0..<random.below(4) {
          bytes.insert(
            contentsOf: Array(random.pick(["\u{1B}[200~a\nb\u{1B}[201~", "\u{1B}[200~", "\u{1B}[A", "ασθενής\r", "\u{1B}", "\t", "😀"]).utf8),
            at: Int(random.below(UInt64(bytes.count + 1))))
        }
        return bytes
      }
    ) { input in
      for (isBracketed, isLate) in [(true, false), (true, true), (false, false), (false, true)] {
        var stream = input[...]
        var reader = KeyReader(isBracketed: isBracketed)
        var isOver = false
        for _ in 0..<(input.count * 4 + 10) {
          let key = reader.key { wait in
            if isLate, wait != nil { return .late }
            return stream.popFirst().map { .byte($0) } ?? .end
          }
          if key == .end {
            isOver = true
            break
          }
        }
        if !isOver { return "keys without an end" }
      }
      return nil
    }
  }
}
