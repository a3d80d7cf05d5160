import Foundation
import Reports
import Sessions
import Teaching
import Testing
import Wording

@Suite("Playing a case")
struct PlayTests {
  /// Lines that ask after everything a learner may ask after.
  private static let curious = [
    "show", "recommend", "missing", "why enucleation", "why not enucleation", "what if size 30 mm", "patients", "timeline", "history", "status",
    "set size 30 mm", "unset size", "why 99", "order nonsense", "hint", "give octreotide", "insulinoma", "undo", "branch b", "switch main", "help order",
    "assume absent", "copy x", "use Eleni", "load x.islet", "debrief", "expect size 14 mm", "perform whipple", "give diazoxide 300 mg a day", "advance 1 month",
  ]

  @Test("two truths that differ only in what no test has told give equal answers, completions and errors", arguments: Language.allCases)
  func hidden(language: Language) throws {
    let other = { (text: String) in
      text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        if line.hasPrefix("hidden syndrome") { return "hidden syndrome is gastrinoma, size 45 mm, site is pancreas, location is head, sstr2 is negative" }
        if line.hasPrefix("hidden localised") { return "hidden localised-preoperatively no, near-surface no, stage is metastatic, liver-metastases is bilobar" }
        return String(line)
      }.filter { !$0.hasPrefix("expect") && !$0.hasPrefix("goal") }.joined(separator: "\n")
    }
    let strip = { (text: String) in
      text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("expect") && !$0.hasPrefix("goal") }.joined(separator: "\n")
    }
    var first = try played("small-insulinoma", language, strip)
    var second = try played("small-insulinoma", language, other)
    for line in Self.curious {
      #expect(first.answer(to: line).shown == second.answer(to: line).shown, "\(line)")
    }
    for line in ["w", "why ", "set ", "order ", "unset ", "perform ", "s"] {
      #expect(first.completions(line: line, at: line.utf8.count) == second.completions(line: line, at: line.utf8.count), "\(line)")
    }
    // The counter-case: once a test has told, they differ.
    #expect(first.answer(to: "order ct").shown != second.answer(to: "order ct").shown)
    #expect(first.answer(to: "show").shown != second.answer(to: "show").shown)
  }

  @Test(
    "a test is the same by any name that the shell knows it by",
    arguments: [
      ("order octreoscan", "receptor-imaging"), ("ζήτησε οκτρεοσκάν", "receptor-imaging"), ("ζήτησε αξονική", "ct"), ("order a CT scan", "ct"),
      ("ζήτησε δοκιμασία νηστείας 72 ωρών", "fasting-glucose-insulin"), ("order 72-hour fast", "fasting-glucose-insulin"),
    ])
  func named(_ line: String, _ test: String) throws {
    var play = try played("small-insulinoma")
    _ = play.answer(to: "insulinoma")
    var other = play
    let data = JSON.fields(play.answer(to: line).report.data)
    #expect(data["test"] == JSON.fields(other.answer(to: "order " + test).report.data)["test"] && data["cost"] != nil, "\(data.text)")
  }

  @Test("words while a question waits are an answer to it, and consult nothing")
  func choiceWords() throws {
    var play = try played("small-insulinoma")
    for line in ["prove the syndrome, surgery, histology", "side effects of sunitinib", "whether her own tumour has SSTR2"] {
      let answer = play.answer(to: line)
      #expect(answer.isError && answer.report.errors.first?.source == line, "\(line)")
    }
    #expect(play.answer(to: "status").report.data.first { $0.0 == "spent" }?.1 == .integer(0))
  }

  @Test("a test reveals what it tells and costs; undo takes back neither the knowledge nor the cost")
  func revealed() throws {
    var play = try played("small-insulinoma")
    _ = play.answer(to: "insulinoma")
    #expect(play.answer(to: "order ct").report.data.first { $0.0 == "spent" }?.1 == .integer(2))
    #expect(play.answer(to: "show").shown.contains("14 mm"))
    #expect(play.codes("undo; branch b; switch main") == [])
    #expect(play.answer(to: "show").shown.contains("14 mm"))
    #expect(play.answer(to: "status").report.data.first { $0.0 == "spent" }?.1 == .integer(2))
  }

  @Test(
    "undo says what it doesn't take back: a decision that counts, as a fault only where the learner was told, and what a test told",
    arguments: Language.allCases)
  func undone(language: Language) throws {
    let fault = Words("The fault still counts", "Το σφάλμα εξακολουθεί να μετρά")
    let decision = Words("The decision still counts", "Η απόφαση εξακολουθεί να μετρά")
    let test = Words("its cost stays spent", "το κόστος της μετρά")
    func said(_ lines: String, feedback: String = "each") throws -> String {
      var play = try played("small-insulinoma", language) { $0.replacing("feedback each", "feedback \(feedback)") }
      return try #require(play.answers("insulinoma; " + lines).last).report.text(.plain)
    }
    // Without its tests it is premature; with them, it is what the text gives.
    #expect(try said("perform whipple; undo").contains(fault[language]))
    #expect(try !said("perform whipple; undo").contains(decision[language]))
    #expect(try said("order fasting glucose; order ct; arrange hpb-unit; perform enucleation; undo").contains(decision[language]))
    let silent = try said("perform whipple; undo", feedback: "end")
    #expect(silent.contains(decision[language]) && !silent.contains(fault[language]), "who wasn't told isn't told by undo")
    #expect(try said("order ct; undo").contains(test[language]))
    for lines in ["advance 1 week; undo", "branch b; undo", "perform whipple; undo; redo"] {
      let plain = try said(lines)
      #expect(![fault, decision, test].contains { plain.contains($0[language]) }, "\(lines): \(plain)")
    }
  }

  @Test("what undo took back counts to the end, as it said")
  func undoneCounts() throws {
    var kept = try played("small-insulinoma")
    _ = kept.answers("insulinoma; perform whipple; done")
    var undone = try played("small-insulinoma")
    _ = undone.answers("insulinoma; perform whipple; undo; done")
    #expect(undone.grading.score.total <= kept.grading.score.total)
    #expect(undone.grading.score.total < 100)
  }

  @Test("a dose that the text doesn't give counts against the learner, given anyway or not; a slip of typing doesn't")
  func doses() throws {
    for line in ["give diazoxide 900 mg a day", "give octreotide LAR 20 mg daily", "give octreotide LAR 60 mg every 4 weeks anyway"] {
      var play = try played("small-insulinoma")
      _ = play.answers("insulinoma; \(line)")
      #expect(play.log.last?.kind == .give && play.log.last?.mark == "refused", "\(line)")
    }
    for line in ["give diazoxide", "give diazoxide 300", "give diazoxide 1,000 mg a day"] {
      var play = try played("small-insulinoma")
      _ = play.answers("insulinoma; order ct")
      #expect(play.codes(line).count == 1 && play.log.last?.kind == .order, "\(line)")
    }
  }

  @Test("a question is answered before the next data come, and findings are not set by hand")
  func commitment() throws {
    var play = try played("small-insulinoma")
    #expect(play.codes("order ct; perform whipple; give diazoxide 300 mg a day") == Array(repeating: "case.answer-first", count: 3))
    #expect(
      play.codes("set size 3 mm; unset size; assume absent; copy x; use Eleni; patient 50M; load a; save a; record a")
        == Array(repeating: "case.closed", count: 9))
    #expect(play.codes("factitious") == ["case.answer"])
    #expect(play.codes("done; debrief") == ["case.nothing-to-end", "case.not-over"])
  }

  @Test("the author's branch is taken by the answer given", arguments: [("1", false), ("vipoma", true), ("ΙΝΣΟΥΛΙΝΩΜΑ", false)])
  func branch(answer: String, corrected: Bool) throws {
    var play = try played("small-insulinoma")
    #expect(play.answer(to: answer).shown.contains("her insulin is high") == corrected)
  }

  @Test("an early decision is premature, and names the statement on it that waits for the fewest findings (F006)")
  func early() throws {
    var play = try played("small-insulinoma")
    let shown = try #require(play.answers("insulinoma; perform enucleation").last?.shown)
    #expect(shown.contains("premature") && shown.contains("Resection: a tumour larger than 2 cm needs aggressive treatment"), "\(shown)")
  }

  @Test("a question in words is answered by the command that it comes to, and says which; a command says nothing of it")
  func words() throws {
    for (language, words, command) in [(Language.english, "what do you recommend?", "recommend"), (.greek, "τι συνιστάται;", "σύσταση")] {
      var play = try played("small-insulinoma", language)
      _ = play.answer(to: "1")
      let asked = play.answer(to: words).report
      #expect(asked.errors.isEmpty)
      #expect(asked.data.first { $0.0 == "understood" }?.1 == .string("recommend"), "\(asked.data.map(\.0))")
      #expect(asked.data.first { $0.0 == "words" }?.1 == .string(words))
      #expect(!play.answer(to: command).report.data.contains { $0.0 == "understood" || $0.0 == "words" })
    }
  }

  @Test("giving and performing say done, and the evaluated waits for the debrief where the header says so")
  func feedback() throws {
    var late = try played("small-insulinoma", .english) { $0.replacing("feedback each", "feedback end") }
    let answers = late.answers("insulinoma; perform whipple; give diazoxide 300 mg a day")
    #expect(answers.allSatisfy { !$0.isError })
    for answer in answers {
      #expect(!["premature", "recommended", "P0", "Right", "option"].contains { answer.shown.contains($0) }, "\(answer.shown)")
    }
    _ = late.answer(to: "done")
    #expect(late.answer(to: "debrief").shown.contains("premature"))
    var each = try played("small-insulinoma")
    #expect(each.answers("insulinoma; perform whipple").last?.shown.contains("premature") == true)
  }

  @Test("consulting costs, is free or closed, as the header says; reading is free")
  func consulting() throws {
    var costly = try played("small-insulinoma")
    _ = costly.answers("recommend; read surgery; explain PRRT")
    #expect(costly.answer(to: "status").report.data.first { $0.0 == "spent" }?.1 == .integer(2))
    var closed = try played("small-insulinoma", .english) { $0.replacing("consult costs 2", "consult closed") }
    #expect(closed.codes("recommend; why enucleation; read surgery") == ["case.consulting-closed", "case.consulting-closed"])
    #expect(
      closed.codes("expect recommend includes enucleation; expect size < 2 cm; ανάμενε σφάλμα dose.implausible : σύσταση")
        == Array(repeating: "case.consulting-closed", count: 3))
    #expect(closed.answers("expect recommend includes enucleation").allSatisfy { !$0.shown.contains("leads") && !$0.shown.contains("holds") })
    var free = try played("small-insulinoma", .english) { $0.replacing("consult costs 2", "consult free") }
    _ = free.answer(to: "recommend")
    #expect(free.answer(to: "status").report.data.first { $0.0 == "spent" }?.1 == .integer(0))
  }

  @Test(
    "what is expected costs as asking does, met or unmet; what can't be read costs nothing",
    arguments: [
      ("expect recommend includes whipple", 2), ("expect size < 2 cm", 2), ("expect recommend includes nonsense", 0), ("expect", 0),
    ])
  func expecting(line: String, cost: Int) throws {
    var play = try played("small-insulinoma")
    _ = play.answers("insulinoma; order ct")
    func spent() -> Int? {
      if case .number(let text)?? = play.answer(to: "status").report.data.first(where: { $0.0 == "spent" })?.1 { Int(text) } else { nil }
    }
    let before = try #require(spent())
    _ = play.answer(to: line)
    #expect(spent() == before + cost)
  }

  @Test("every command has its role: what acts outside or states findings is closed, what is left open changes no patient")
  func roles() throws {
    for command in try world().commands.commands {
      if command.kind == .outside { #expect(command.role == .closed || ["quit", "next"].contains(command.id), "\(command.id)") }
      if command.kind == .change { #expect(command.role == .closed || command.role == .deed || command.role == .moves, "\(command.id)") }
      if command.role == .deed { #expect(command.kind == .change, "\(command.id)") }
      if command.role == .consults { #expect(command.kind == .question, "\(command.id)") }
    }
  }

  @Test("no command that is closed in a case answers, whatever its name", arguments: Language.allCases)
  func closed(language: Language) throws {
    for command in try world().commands.commands where command.role == .closed {
      for name in [command.id, command.name.greek] + command.aliases {
        var play = try played("small-insulinoma", language)
        _ = play.answer(to: "insulinoma")
        let answer = play.answer(to: name + " insulinoma 3 mm")
        #expect(answer.report.errors.map(\.code) == ["case.closed"], "\(name)")
      }
    }
  }

  @Test("a case that was left is taken up where it was, after any line")
  func resumed() throws {
    let lines = "insulinoma; hint; order ct; undo; arrange hpb-unit; give octreotide infusion 50 mg per hour; recommend; perform enucleation; advance 1 week"
    let start = Play(try scenario("small-insulinoma"), world: try world(), language: .english, attempt: 1)
    var play = start
    _ = play.open()
    play.passPauses()
    for line in lines.split(separator: ";") {
      _ = play.answer(to: String(line.drop { $0 == " " }))
      let kept = play.log.map(\.json.text).joined(separator: "\n")
      var again = try #require(Play.resumed(start, from: CaseLog(kept.utf8).events))
      #expect(again.state.patients == play.state.patients)
      var ended = play
      _ = ended.answer(to: "done")
      _ = again.answer(to: "done")
      #expect(again.grading.score == ended.grading.score, "after \(line)")
    }
  }
}

extension String {
  func replacing(_ part: String, _ other: String) -> String { replacingOccurrences(of: part, with: other) }
}
