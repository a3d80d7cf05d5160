import Foundation
import Reports
import Sessions
import Teaching
import Testing
import Wording

@Suite("Exams")
struct ExamTests {
  private func exam(_ language: Language = .english, _ id: String = "fasting-hypoglycaemia") throws -> Play {
    var play = Play(try CaseLibrary().scenario(id, world()), world: try world(), language: language, attempt: 1, isExam: true)
    play.passesPauses = true
    return play
  }

  // MARK: Playing

  @Test("of the story an exam tells what happens; sentences with a source, and the objectives, stay out", arguments: [false, true])
  func story(isExam: Bool) throws {
    let said = "say \"Her glucose is low, her insulin is high."
    let scenario = try scenario("small-insulinoma") {
      $0.replacingOccurrences(of: said, with: said + " So it was proved (P002, surgery). Enucleate it (background)! She waits.")
    }
    var play = Play(scenario, world: try world(), language: .english, attempt: 1, isExam: isExam)
    play.passesPauses = true
    let shown = play.open().shown + play.answer(to: "vipoma").shown
    #expect(shown.contains("Her glucose is low") && shown.contains("She waits."))
    for judging in ["So it was proved", "Enucleate it", "Localise before operating"] {
      #expect(shown.contains(judging) == !isExam, "\(judging)")
    }
    #expect(play.answer(to: "status").shown.contains("exam") == isExam && play.reopened().shown.contains("Investigate and treat."))
    #expect(play.reopened().shown.contains("sealed") == isExam)
  }

  @Test("every command that asks the guideline is closed, and so are hints and the debrief, in both languages", arguments: Language.allCases)
  func closed(language: Language) throws {
    var play = try exam(language)
    _ = play.open()
    for command in try world().commands.commands where command.role == .consults && command.takes.isEmpty {
      #expect(play.answer(to: command.name[language]).report.errors.map(\.code) == ["case.consulting-closed"], "\(command.id)")
    }
    for line in ["recommend", "why enucleation", "what if near surface", "evidence diazoxide"] {
      #expect(play.answer(to: line).report.errors.map(\.code) == ["case.consulting-closed"], "\(line)")
    }
    for line in ["hint", "υπόδειξη", "debrief", "ανασκόπηση all"] {
      #expect(play.answer(to: line).report.errors.map(\.code).first == "case.closed-in-exam", "\(line)")
    }
    #expect(!play.answer(to: "status").isError && !play.answer(to: "find diazoxide").isError)
  }

  @Test("no answer tells how well it went, at the end neither: right and wrong are answered alike, and what is kept holds no mark before the end")
  func silent() throws {
    for language in Language.allCases {
      let scenario = try CaseLibrary().scenario("fasting-hypoglycaemia", world())
      var shown: [String: [String]] = [:]
      for path in scenario.paths where ["good", "wrong"].contains(path.name) {
        var play = try exam(language)
        var kept = play.open().attempts
        for line in path.lines.map(\.text) {
          let answer = play.answer(to: line)
          shown[path.name, default: []].append(answer.shown)
          if !play.isFinished {
            kept += answer.attempts
            #expect(!answer.attempts.contains { $0.contains("\"mark\"") || $0.contains("\"credit\"") || $0.contains("\"rule\"") }, "\(answer.attempts)")
          }
          for word in ["100", "Right", "Σωστό", "Wrong", "Λάθος", "recommended", "συνιστάται"] where play.isFinished {
            #expect(!answer.shown.contains(word), "\(answer.shown)")
          }
        }
        #expect(play.isFinished)
        #expect(play.answer(to: "recommend").isError && play.answer(to: "debrief").isError)
      }
      // The first four questions of the two paths, answered rightly and wrongly.
      let (right, wrong) = (shown["good"] ?? [], shown["wrong"] ?? [])
      for place in 0..<3 {
        let same = zip([right[place], wrong[place]], ["good", "wrong"]).map { text, _ in
          text.split(separator: "\n").filter { !$0.contains("\"given\"") }.joined(separator: "\n")
        }
        #expect(same[0] == same[1])
      }
    }
  }

  @Test("a refused dose says so without the dose that the text gives")
  func refused() throws {
    var play = try exam()
    _ = play.open()
    for line in [
      "54-year-old woman with fasting hypoglycaemia", "insulinoma 65, factitious 20, reactive 10", "insulinoma", "order fasting-glucose-insulin",
      "prove, find, operate, histology",
    ] {
      _ = play.answer(to: line)
    }
    let answer = play.answer(to: "give diazoxide 900 mg a day by mouth")
    #expect(answer.isError && !answer.shown.contains("600"))
    // Outside an exam the same refusal teaches.
    var open = Play(try CaseLibrary().scenario("fasting-hypoglycaemia", world()), world: try world(), language: .english, attempt: 1)
    _ = open.open()
    for line in [
      "54-year-old woman with fasting hypoglycaemia", "insulinoma 65, factitious 20, reactive 10", "insulinoma", "order fasting-glucose-insulin",
      "prove, find, operate, histology",
    ] {
      _ = open.answer(to: line)
    }
    #expect(open.answer(to: "give diazoxide 900 mg a day by mouth").shown.contains("600"))
  }

  // MARK: The seal

  /// The lines of an exam sat by a made-up learner.
  private func sealed(_ cases: [String] = ["fasting-hypoglycaemia"], _ seed: UInt64 = 3) throws -> [String] {
    SimulatedClass(try cases.map { try CaseLibrary().scenario($0, world()) }, try world(), seed: seed, isExam: true).log(0)
  }

  private func log(_ lines: [String]) -> CaseLog { CaseLog(Array(lines.map { $0 + "\n" }.joined().utf8)) }

  @Test("an exam as it was sat holds, closes with a receipt, and its marks stand at their places")
  func holds() throws {
    let log = log(try sealed())
    let exam = try #require(log.exams.first)
    #expect(log.exams.count == 1 && exam.holds && exam.isClosed && exam.faults.isEmpty)
    #expect(exam.receipt?.wholeMatch(of: /[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}/) != nil)
    #expect(log.events.filter { $0.kind == .answer }.allSatisfy { $0.mark != nil && $0.credit != nil })
    #expect(log.practice.isEmpty)
  }

  @Test("a line changed at any place, taken out, moved or added is told with its line")
  func broken() throws {
    let lines = try sealed()
    for place in lines.indices.dropLast() {
      var changed = lines
      changed[place] = lines[place].replacingOccurrences(of: "\"at\":0", with: "\"at\":1")
      #expect(log(changed).exams[0].faults.map(\.line) == [place + 1], "\(place)")
      #expect(log(changed).exams[0].faults[0].kind == .changed)
      var short = lines
      short.remove(at: place)
      #expect(log(short).exams[0].faults == [.init(kind: .missing, line: place + 1)], "\(place)")
      guard place > 0, place < lines.count - 2 else { continue }
      var moved = lines
      moved.swapAt(place, place + 1)
      #expect(log(moved).exams[0].faults.contains { $0.kind == .moved }, "\(place)")
      var added = lines
      added.insert(lines[place].replacingOccurrences(of: ",\"seal\".*", with: "}", options: .regularExpression), at: place)
      #expect(log(added).exams[0].faults == [.init(kind: .added, line: place + 1)], "\(place)")
    }
    // A seal of another line, a space, a field more: the bytes are what is sealed.
    var spaced = lines
    spaced[2] = lines[2].replacingOccurrences(of: "{\"v\":1,", with: "{\"v\":1, ")
    #expect(log(spaced).exams[0].faults.map(\.kind) == [.changed])
  }

  @Test("cut at its end an exam isn't closed; stripped of its seals it is none; made anew as a whole it holds, but its receipt is another")
  func limits() throws {
    let lines = try sealed()
    let cut = log(Array(lines.dropLast()))
    #expect(cut.exams[0].holds && !cut.exams[0].isClosed && cut.exams[0].receipt == nil)
    let plain = lines.map { $0.replacingOccurrences(of: ",\"seal\".*", with: "}", options: .regularExpression) }
    #expect(!log(plain).exams[0].holds)
    #expect(log(plain.map { $0.replacingOccurrences(of: ",\"exam\":true", with: "") }).exams.isEmpty)
    let other = plain.map { $0.replacingOccurrences(of: "\"mark\":\"wrong\"", with: "\"mark\":\"right\"") }
    let anew = AttemptSeal.sealed(other, after: AttemptSeal.origin).lines
    #expect(log(anew).exams[0].holds)
    #expect(log(anew).exams[0].receipt != log(lines).exams[0].receipt)
  }

  @Test("an exam that was sat before and taken out of the log is told by the next")
  func before() throws {
    let lines = try sealed(["fasting-hypoglycaemia", "small-incidentaloma"])
    #expect(log(lines).exams.allSatisfy(\.holds) && log(lines).exams.count == 2)
    let second = lines.filter { $0.contains("\"case\":\"small-incidentaloma\"") }
    #expect(log(second).exams.map { $0.faults.map(\.kind) } == [[.before]])
  }

  @Test("an exam that is left and taken up again goes on with its chain, and ends with the marks of both sittings")
  func resumed() throws {
    let scenario = try CaseLibrary().scenario("fasting-hypoglycaemia", world())
    let good = try #require(scenario.paths.first { $0.name == "good" }).lines.map(\.text)
    var play = try exam()
    var kept = play.open().attempts
    for line in good.prefix(6) + ["quit"] { kept += play.answer(to: line).attempts }
    var chain = AttemptSeal.sealed(kept, after: AttemptSeal.origin)
    var lines = chain.lines
    for _ in 0..<2 {
      var again = try #require(Play.resumed(try exam(), from: log(lines).events))
      again.passesPauses = true
      kept = again.reopened().attempts
      if lines.contains(where: { $0.contains("\"resume\"") }) {
        for line in good.dropFirst(6) { kept += again.answer(to: line).attempts }
      } else {
        kept += again.answer(to: "quit").attempts
      }
      chain = AttemptSeal.sealed(kept, after: chain.seal)
      lines += chain.lines
    }
    let log = log(lines)
    #expect(log.exams.map(\.holds) == [true] && log.exams[0].isClosed)
    #expect(log.events.last?.mark == "100")
    #expect(log.events.filter { $0.kind == .answer }.allSatisfy { $0.mark == "right" })
  }

  @Test("what an exam kept is neither the best result, nor asked again, nor the next case")
  func practice() throws {
    let log = log(try sealed())
    #expect(Attempts(log.practice).best("fasting-hypoglycaemia") == nil && Attempts(log.events).best("fasting-hypoglycaemia") != nil)
    #expect(ReviewDeck(log.practice).cards.isEmpty)
  }

  @Test("an exam with a broken seal isn't counted, and the report says so")
  func counted() throws {
    let scenario = try CaseLibrary().scenario("fasting-hypoglycaemia", world())
    var lines = try sealed()
    func results() throws -> ClassResults { ClassResults([LearnerLog("anna", log(lines))], try world().guideline, exams: true) { _ in scenario } }
    /// The sign before what is said of anna's exam, and whether its score is.
    func row(_ results: ClassResults) throws -> String {
      let told = ClassReport(results, .english).report(pictures: false).text(.plain).split(separator: "\n")
      let row = try #require(told.first { $0.contains("anna · ") })
      return String(row.drop { $0 == " " }.prefix(1)) + (row.contains("score ") ? " with its score" : "")
    }
    #expect(try results().cases.map(\.learners) == [1])
    #expect(try row(results()) == "✓ with its score")
    let receipt = try #require(log(lines).exams.first?.receipt)
    for (language, sealed) in [(Language.english, "sealed, receipt \(receipt)"), (.greek, "σφραγισμένο, απόδειξη \(receipt)")] {
      let told = ClassReport(try results(), language).report(pictures: false).text(.plain)
      #expect(told.contains(sealed) && !told.contains("the seal doesn't hold") && !told.contains("η σφραγίδα δεν ισχύει"))
    }
    let cut = ClassResults([LearnerLog("anna", log(lines.dropLast()))], try world().guideline, exams: true) { _ in scenario }
    #expect(ClassReport(cut, .english).report(pictures: false).text(.plain).contains("not closed"))
    #expect(try row(cut).hasPrefix("?"))
    lines[1] = lines[1].replacingOccurrences(of: "\"at\":0", with: "\"at\":1")
    #expect(try results().cases.isEmpty)
    #expect(ClassReport(try results(), .english).report(pictures: false).text(.plain).contains("the seal doesn't hold"))
    #expect(try row(results()) == "✗")
    #expect(log(lines).sealFaults(in: "class/anna").map(\.code) == ["log.seal"])
  }
}

@Suite("Help in a case")
struct CaseHelpTests {
  private func play(_ language: Language = .english) throws -> Play {
    var play = Play(try CaseLibrary().scenario("fasting-hypoglycaemia", world()), world: try world(), language: language, attempt: 1)
    play.passesPauses = true
    _ = play.open()
    return play
  }

  @Test("help is about the case: how to answer while it asks, what to do and the settings while one acts", arguments: Language.allCases)
  func help(language: Language) throws {
    var play = try play(language)
    let asked = play.answer(to: language == .english ? "help" : "βοήθεια")
    #expect(!asked.isError && asked.shown.contains("50") && !asked.shown.contains(language == .english ? "To begin with" : "Για αρχή"))
    for line in [
      "54-year-old woman with fasting hypoglycaemia", "insulinoma 65, factitious 20, reactive 10", "insulinoma", "order fasting-glucose-insulin",
      "prove, find, operate, histology",
    ] {
      _ = play.answer(to: line)
    }
    let acting = play.answer(to: "help").shown
    let settings = try world().guideline.vocabulary.therapies.filter { $0.kind == .setting }.map { $0.name[language] }
    #expect(settings.count > 2 && settings.allSatisfy(acting.contains))
    // A command's own page stays.
    #expect(play.answer(to: "help give").shown.contains(language == .english ? "give DRUG DOSE" : "δώσε ΦΑΡΜΑΚΟ ΔΟΣΗ"))
  }

  @Test("an order that names no test orders nothing, is no answer, and lists the tests; the next order is one")
  func unknownTest() throws {
    var play = try play()
    for line in ["54-year-old woman with fasting hypoglycaemia", "insulinoma 65, factitious 20, reactive 10", "insulinoma"] { _ = play.answer(to: line) }
    let refused = play.answer(to: "order glucose")
    #expect(refused.report.errors.map(\.code) == ["case.test"] && refused.attempts.isEmpty && refused.shown.contains("CT"))
    #expect(play.answer(to: "order fasting glucose and insulin").shown.contains("Right"))
  }

  @Test("a hint that isn't there is no error and costs nothing")
  func hint() throws {
    var play = try play()
    let answer = play.answer(to: "hint")
    #expect(!answer.isError && answer.attempts.isEmpty && answer.shown.contains("There is no hint here."))
  }

  @Test("words in which nothing is read are asked once, and taken when they are said again, for no credit; a later sitting takes them too")
  func unread() throws {
    var play = try play()
    #expect(play.answer(to: "I would rather not say anything").report.errors.map(\.code) == ["case.unread"])
    let taken = play.answer(to: "I would rather not say anything")
    #expect(!taken.isError)
    let log = CaseLog(Array(play.log.map { $0.json.text + "\n" }.joined().utf8)).events
    #expect(log.last { $0.kind == .answer }?.mark == "wrong")
    let start = Play(try CaseLibrary().scenario("fasting-hypoglycaemia", world()), world: try world(), language: .english, attempt: 1)
    #expect(Play.resumed(start, from: log) != nil)
    // Other words in between are asked anew.
    var other = try self.play()
    #expect(other.codes("I would rather not say anything;whatever you think;I would rather not say anything") == ["case.unread", "case.unread", "case.unread"])
  }
}
