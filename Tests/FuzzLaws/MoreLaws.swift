import Arrow
import Cohorts
import Foundation
import Grammar
import Measures
import Notebooks
import ReportSamples
import Reports
import Sessions
import Synchronization
import Teaching
import Terminal
import Vocabulary
import Wording

// MARK: Tables

extension InputMaker {
  /// A table of patients: a line that names columns, and rows, some of them of something else.
  private func table(_ random: inout Xoshiro256) -> [UInt8] {
    let separator = random.pick([",", ";", "\t"])
    let findings = (0...random.below(6)).map { _ in random.pick(world.guideline.vocabulary.findings) }
    var rows = [["id"] + findings.map { random.pick([$0.id, $0.name.english, $0.name.greek]) }]
    for row in 0...random.below(6) {
      rows.append(
        ["\(row)"]
          + findings.map { finding in
            if random.chance(20) { return random.pick(["", "NA", "?", "\"", "\"a\"\"b\"", "> 3", "1-2", "x\ny", "−4", "1e9", "TRUE", "0,5"]) }
            if finding.isNumber { return "\(random.below(90))" }
            return finding.kind == .boolean ? random.pick(["yes", "no", "1", "0", "ναι"]) : random.pick(finding.values).id
          })
    }
    return Array(rows.map { $0.joined(separator: separator) }.joined(separator: random.pick(["\n", "\r\n"])).utf8)
  }

  /// What pyarrow and polars wrote, as the tests of the reader have it.
  private static let samples: [[UInt8]] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("ArrowTests/Fixtures")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { try? Array(Data(contentsOf: folder.appendingPathComponent($0))) }
  }()

  private static let map = """
    column,code,finding,value
    text,,id,
    long,,age,years
    flag,true,men1,true
    flag,false,men1,false
    dictionary,left,syndrome,insulinoma
    float,,size,cm
    """

  var tables: Law {
    let options = (try? ColumnMap(file: TextFile(name: "map", bytes: Array(Self.map.utf8)), world.guideline)).map {
      TableOptions(map: $0, ignoresExtra: true, kept: [])
    }
    return Law(
      name: "tables", says: "a table of any bytes is refused with a reason, or answered a row each, the same in any pieces and by any number of workers",
      make: { random in
        if random.chance(30) { return mutated(random.pick(Self.samples), &random) }
        return random.chance(50) ? table(&random) : mutated(table(&random), &random)
      }
    ) { input in
      func told(_ pieces: Int, _ threads: Int, _ options: TableOptions) -> (text: [UInt8], totals: TableTotals?, error: Diagnostic?) {
        let output = Mutex([UInt8]())
        do throws(Diagnostic) {
          let table = try PatientInput(world.guideline, nil, options, read: handedOut(input, pieces: pieces))
          let form = try AnswerForm(rules: "surgery.gastrinoma-men1,surgery.enucleation", world.guideline)
          let totals = Eval(world.guideline, language: .english, form: form, threads: threads).table(table, .csv, isLong: false) { part in
            output.withLock { $0 += part.bytes }
          }
          try table.finish()
          return (output.withLock { $0 }, totals, nil)
        } catch {
          return (output.withLock { $0 }, nil, error)
        }
      }
      for options in [TableOptions(), options].compactMap(\.self) {
        let whole = told(.max, 1, options)
        let parts = told(7, 2, options)
        if whole.error?.code != parts.error?.code { return "\(whole.error?.code ?? "read") at once, \(parts.error?.code ?? "read") in pieces" }
        if let error = whole.error {
          if let fault = said(error) { return fault }
          continue
        }
        guard let totals = whole.totals, let others = parts.totals else { return "no totals" }
        if whole.text != parts.text { return "another table in pieces" }
        if totals.patients != others.patients || totals.refused != others.refused || totals.refused > totals.patients { return "other totals in pieces" }
        if totals.causes.values.reduce(0, { $0 + $1.count }) < totals.refused { return "a row was refused without a cause" }
      }
      return nil
    }
  }
}

// MARK: Columns

extension InputMaker {
  /// The cells of Arrow's bytes, at most sixty-four of a batch's column, each by every way that there is to ask for it; and why no more came.
  private func cells(_ input: [UInt8], pieces: Int) -> (cells: [String], fault: ArrowFault?, differing: String?) {
    var cells: [String] = []
    // For whole numbers from 0 to 254 themselves.
    let numbers = (0...255).map { UInt8($0) }
    do throws(ArrowFault) {
      var reader = try ArrowReader(handedOut(input, pieces: pieces))
      cells += reader.fields.map { "\($0.name) \($0.type)" }
      while let batch = try reader.next() {
        cells.append("\(batch.count) rows")
        for column in batch.columns {
          let rows = 0..<max(0, min(column.count, 64))
          var looked = [UInt8](repeating: 0, count: rows.count)
          let areLooked = !rows.isEmpty && column.look(rows, in: numbers, into: &looked)
          for row in rows {
            let whole = column.int(row)
            let double = column.double(row)
            if areLooked, let number = whole.map(Double.init) ?? double {
              let place = column.type == .int(bits: 8, isSigned: true) && number < 0 ? number + 256 : number
              let wanted = place >= 0 && place < 255 && place == place.rounded() ? UInt8(place) : 255
              if looked[row] != wanted { return (cells, nil, "\(number) is looked up as \(looked[row])") }
            }
            let truth = column.type == .bool ? "\(column.bool(row))" : ""
            let decimal = column.decimal(row).map { "\($0)" } ?? ""
            let moment = column.moment(row).map { "\($0)" } ?? ""
            let found = whole.flatMap { column.dictionary?.find(Int($0)) }.map { "\($0.column.isNull($0.row)) \($0.column.text($0.row) ?? "")" } ?? ""
            cells.append("\(column.isNull(row)) \(whole ?? 0) \(double ?? 0) \(column.text(row) ?? "") \(truth) \(decimal) \(moment) \(found)")
          }
          var texts: [String] = []
          if !rows.isEmpty, column.forEachText(rows, { texts.append(String(decoding: $1, as: UTF8.self)) }) {
            let single = rows.map { column.text($0) ?? "" }
            if texts != single { return (cells, nil, "texts together \(texts), each by itself \(single)") }
          }
        }
      }
      return (cells, nil, nil)
    } catch {
      return (cells, error, nil)
    }
  }

  var arrow: Law {
    Law(
      name: "arrow", says: "Arrow's columns of any bytes are read, or refused with a reason, the same in any pieces and in any way that cells are asked for",
      make: { random in random.chance(20) ? random.pick(Self.samples) : mutated(random.pick(Self.samples), &random) }
    ) { input in
      let (whole, parts) = (cells(input, pieces: .max), cells(input, pieces: 7))
      if let differing = whole.differing ?? parts.differing { return differing }
      if whole.fault != parts.fault { return "\(String(describing: whole.fault)) at once, \(String(describing: parts.fault)) in pieces" }
      return whole.cells == parts.cells ? nil : "other cells in pieces"
    }
  }
}

// MARK: Pages

extension InputMaker {
  var pages: Law {
    Law(
      name: "pages", says: "a page is well-formed HTML without controls, the same each time, and holds what the shell answers",
      make: { random in
        let lines = (0..<8).map { _ in random.chance(30) ? random.pick(["recommend", "show", "missing", "timeline", "evidence everolimus"]) : line(&random) }
        return Array(lines.joined(separator: "\n").utf8)
      }
    ) { input in
      // Lines that fail end a page: they are left out, as an author would.
      var lines = text(input)
      var html = ""
      let pages = Pages(world, language: .english, seconds: { 0 })
      while true {
        guard !lines.isEmpty else { return nil }
        do throws(Diagnostic) {
          html = try pages.html(Array(lines.joined(separator: "\n").utf8), file: "a.islet")
          break
        } catch {
          if let fault = said(error) { return fault }
          guard let line = error.line, lines.indices.contains(line - 1) else { return nil }
          lines.remove(at: line - 1)
        }
      }
      if (try? pages.html(Array(lines.joined(separator: "\n").utf8), file: "a.islet")) != html { return "another page the second time" }
      if let control = html.unicodeScalars.first(where: Display.isControl) { return "U+\(String(control.value, radix: 16)) in the page" }
      do { _ = try Elements(html, isHTML: true) } catch { return "\(error)" }
      if html.contains(/<(ul|ol|table)[^>]*>\s*<\/(ul|ol|table)>/) { return "an empty list" }
      // The shell's own words stand in the page, whatever marks are around them.
      let shown = Self.words(html)
      var session = session()
      session.depth = 1
      // As a file's lines are read: without their comments.
      for line in lines.flatMap({ Input.commands($0).map(\.text) }) {
        var answers: [Answer] = []
        session.run(line, NotebookOutside(clock: { 0 })) { answers.append($0) }
        for case .paragraph(let words) in answers.flatMap(\.report.blocks) {
          let wanted = Display.safe(words.string).filter { !$0.isWhitespace }
          if !wanted.isEmpty, !shown.contains(wanted) { return "not in the page: \(words.string)" }
        }
      }
      return nil
    }
  }

  /// A page's words without tags and spaces, and without the signs that are drawn for eyes alone.
  private static func words(_ html: String) -> String {
    var words = ""
    var isTag = false
    let drawn = /<span aria-hidden="true">[^<]*<\/span>/
    for scalar in html.replacing(drawn, with: "").unicodeScalars {
      switch scalar {
      case "<": isTag = true
      case ">": isTag = false
      default: if !isTag, !scalar.properties.isWhitespace { words.unicodeScalars.append(scalar) }
      }
    }
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&emsp;", ""), ("&amp;", "&")] {
      words = words.replacingOccurrences(of: entity, with: sign)
    }
    return words
  }
}

// MARK: Marks

extension InputMaker {
  /// What a learner may type: answers, shares, deeds, and anything.
  private func learnt(_ random: inout Xoshiro256) -> String {
    switch random.below(12) {
    case 0, 1: return "\(random.below(5) + 1)"
    case 2: return "\(random.below(4) + 1) \(random.below(102))%"
    case 3: return (0...random.below(3)).map { _ in "\(random.below(4) + 1) \(random.below(70))" }.joined(separator: ", ")
    case 4: return (0...random.below(4)).map { _ in "\(random.below(5) + 1)" }.joined(separator: ", ")
    case 5: return "order \(random.pick(["ct", "mri", "fasting glucose", "history", "gastrin", "egd"]))"
    case 6: return "\(random.pick(["perform", "decide against", "arrange"])) \(therapy(&random))"
    case 7: return "give \(therapy(&random)) \(random.pick(["", "20 mg every 4 weeks", "100 micrograms three times a day", "300 mg a day"]))"
    case 8: return random.pick(["undo", "redo", "hint", "status", "", "next", "advance 1 week"])
    case 9, 10: return "done"
    default: return line(&random)
    }
  }

  var marks: Law {
    let cases = CaseLibrary().scenarios(world).cases
    return Law(
      name: "marks",
      says:
        "a case that is played in any way is taken up from its log as it was, every answer has a credit from none to full, and the score lies within its weights",
      make: { random in
        Array(
          "\(random.below(UInt64(max(1, cases.count)))) \(random.pick(["en", "el"]))\n\((0..<18).map { _ in learnt(&random) }.joined(separator: "\n"))".utf8)
      }
    ) { input in
      let lines = String(decoding: input, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let head = (lines.first ?? "").split(separator: " ")
      guard head.count == 2, let place = Int(head[0]), cases.indices.contains(place), let language = Language(rawValue: String(head[1])) else { return nil }
      let start = Play(cases[place], world: world, language: language, attempt: 1)
      var play = start
      _ = play.open()
      play.passPauses()
      for line in lines.dropFirst() where !play.isOver {
        let (log, state) = (play.log.count, play.state)
        let answer = play.answer(to: line)
        if answer.isError, !isSame(state, play.state) { return "refused, and changed: \(line)" }
        // What is expected costs as asking does, met or not.
        if answer.isError, play.log.count > log, play.log.last?.mark != "refused", play.log.last?.kind != .answer, play.log.last?.kind != .consult {
          return "refused, and logged: \(line)"
        }
      }
      if play.isOver { return nil }
      let kept = play.log.map(\.json.text).joined(separator: "\n")
      let read = CaseLog(Array(kept.utf8))
      guard read.unread.isEmpty, read.events == play.log else { return "the log reads as another" }
      guard var again = Play.resumed(start, from: read.events) else { return "can't be taken up" }
      if !isSame(again.state, play.state) { return "taken up as another patient" }
      let (grading, other) = (play.grading, again.grading)
      let (score, weights) = (grading.score, play.scenario.weights)
      if score != other.score { return "\(score.total), and \(other.score.total) when it is taken up" }
      let parts = [
        (score.goal, weights.goal), (score.reasoning, weights.reasoning), (score.safety, weights.safety), (score.economy, weights.economy), (score.total, 100),
      ]
      if parts.contains(where: { !(0...$0.1).contains($0.0) }) { return "\(parts)" }
      if grading.answers.contains(where: { !(Credit.none...Credit.full).contains($0) }) { return "credits \(grading.answers)" }
      // It ends alike.
      for _ in 0..<40 where !play.isFinished { (_, _) = (play.answer(to: "done"), again.answer(to: "done")) }
      return play.isFinished == again.isFinished && play.grading.score == again.grading.score ? nil : "ends otherwise when it is taken up"
    }
  }
}

// MARK: Keys

extension InputMaker {
  /// The key strokes of lines: typed letter by letter with slips that are rubbed out, or pasted, some with the Return inside.
  private func strokes(_ lines: [String], _ random: inout Xoshiro256) -> [UInt8] {
    var bytes: [UInt8] = []
    var isPasting = false
    for line in lines {
      if !isPasting, random.chance(40) {
        bytes += Array("\u{1B}[200~".utf8)
        isPasting = true
      }
      for scalar in line.unicodeScalars {
        if !isPasting, random.chance(6) { bytes += Array("\(random.pick(["x", "ψ", "語"]))\u{7F}".utf8) }
        bytes += Array(String(Character(scalar)).utf8)
      }
      if isPasting, random.chance(50) {
        bytes += Array("\u{1B}[201~".utf8)
        isPasting = false
      }
      bytes += Array((isPasting ? random.pick(["\n", "\r\n", "\r"]) : "\r").utf8)
    }
    return bytes + (isPasting ? Array("\u{1B}[201~".utf8) : [])
  }

  var typed: Law {
    Law(
      name: "typed", says: "lines that are typed, corrected or pasted arrive as they were meant, and their recording replays to the same state",
      make: { lines(8, &$0) }
    ) { input in
      // Controls aren't typed, and a letter with its accent may come as one or as two.
      let meant = text(input).map { line in
        String(String.UnicodeScalarView(line.precomposedStringWithCanonicalMapping.unicodeScalars.filter { !Display.isControl($0) }))
      }
      var random = Xoshiro256(seed: input.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })
      var stream = strokes(meant, &random)[...]
      var reader = KeyReader(isBracketed: true)
      var lines: [String] = []
      var line = String.UnicodeScalarView()
      reading: while true {
        switch reader.key({ _ in stream.popFirst().map { .byte($0) } ?? .end }) {
        case .character("\r"), .lineEnd:
          lines.append(String(line))
          line = String.UnicodeScalarView()
        case .character("\u{7F}"): if !line.isEmpty { line.removeLast() }
        case .character(let scalar): line.append(scalar)
        case .pasted(let pasted): line.append(contentsOf: pasted.unicodeScalars)
        case .signal: return "a signal that nobody sent"
        case .end: break reading
        }
      }
      let arrived = (lines + (line.isEmpty ? [] : [String(line)])).map(\.precomposedStringWithCanonicalMapping)
      if arrived.map({ Array($0.utf8) }) != meant.map({ Array($0.utf8) }) { return "\(arrived) of \(meant)" }
      var session = session()
      let files = MemoryFiles()
      session.run("record r", files) { _ in }
      for line in arrived {
        _ = session.run(line)
        if session.responder != nil || session.state.pending != nil { return nil }
      }
      session.run("stop recording", files) { _ in }
      var again = self.session(.greek)
      var codes: [String] = []
      again.run("replay r", files) { codes += $0.report.errors.map(\.code) }
      if session.changes.isEmpty { return nil }
      return isSame(again.state, session.state) ? nil : "replays to another state: \(codes)"
    }
  }
}
