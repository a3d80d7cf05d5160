import Foundation
import Grammar
import Measures
import Reports
import Sessions
import Teaching
import Testing
import Wording

@Suite("Items that teach reasoning")
struct ItemTests {
  /// The case at an item, those before it answered as its good path does.
  private func at(_ item: Int, _ language: Language = .english) throws -> Play {
    var play = try played("reasoning", language)
    let good = try scenario("reasoning").paths[0].lines.map(\.text)
    for line in good.prefix(item) { #expect(play.answer(to: line).report.errors == [], "\(line)") }
    return play
  }

  private func credit(_ item: Int, _ line: String) throws -> String? {
    var play = try at(item)
    let data = play.answer(to: line).report.data
    guard case .number(let text)? = data.first(where: { $0.0 == "credit" })?.1 else { return nil }
    return text
  }

  @Test(
    "an author's wrong number and tolerance are read in their own units, and one of another kind is refused",
    arguments: [
      ("50 mcg within 0 mcg", "50 mg", true), ("50 micrograms within 0 mcg", "0.05 mg", false), ("20 mm within 1 cm", "25 mm", false),
      ("20 mm within 1 cm", "40 mm", true), ("20 mm within 1 h", "40 mm", false), ("12 h within 0 h", "1 day", true), ("12 h", "3 mm", false),
    ])
  func units(right: String, wrong: String, isFine: Bool) throws {
    let text = try fixture("small-insulinoma").replacing(
      "label treat\n", "label treat\nask size number \(right) unit-asked \"How much?\" | \"Πόσο;\"\n  wrong \(wrong)\nend\n")
    let codes = try faults(text).map(\.code)
    #expect(codes.isEmpty == isFine, "\(codes)")
  }

  /// Credit by the definitions in the reference: half for the expert's first, half for Kendall's tau (three pairs), never below 0.
  @Test(
    "a ranked differential earns half for the expert's first and half for how its order agrees",
    arguments: [
      ("insulinoma 70, gastrinoma 20, vipoma 10", "1"), ("2 70%, 3 20%, 1 10%", "1"), ("insulinoma 90", "0.833333"),
      ("insulinoma 50, vipoma 30, gastrinoma 20", "0.666666"), ("gastrinoma 50, insulinoma 40", "0.166666"),
      ("vipoma 90, gastrinoma 5, insulinoma 5", "0"),
    ])
  func ranked(line: String, expected: String) throws { #expect(try credit(0, line) == expected) }

  @Test(
    "each key feature earns the same, and a wrong one takes one away",
    arguments: [("sstr2, place", "1"), ("place", "0.5"), ("sstr2, name", "0"), ("3 4", "0"), ("2 1", "1")])
  func features(line: String, expected: String) throws { #expect(try credit(1, line) == expected) }

  @Test("a panel's votes are the credit", arguments: [("less", "1"), ("same", "0.5"), ("3", "0")])
  func concordance(line: String, expected: String) throws { #expect(try credit(2, line) == expected) }

  @Test(
    "an order earns the pairs that are right less those that are wrong",
    arguments: [("prove, find, operate", "1"), ("2 1 3", "0.333333"), ("operate > find > prove", "0"), ("1, 2, 3", "0")])
  func ordering(line: String, expected: String) throws { #expect(try credit(3, line) == expected) }

  @Test(
    "own words are read by the one reader and held against what the file lists, in both languages",
    arguments: [
      ("an insulinoma, 14 mm", "1"), ("insulinoma", "0.5"), ("ινσουλίνωμα 1,4 εκ.", "1"), ("insulinoma of 14 mm with metastatic disease", "0.5"),
      ("insulinoma of 40 mm", "0.5"), ("no insulinoma, 14 mm", "0.5"), ("gastrinoma", "0"),
    ])
  func words(line: String, expected: String) throws { #expect(try credit(4, line) == expected) }

  @Test(
    "a problem in one line earns the decisive findings it names, less what the patient hasn't",
    arguments: [
      ("54-year-old woman, hypoglycaemia", "1"), ("54F", "0.5"), ("54-year-old man with hypoglycaemia", "0.5"), ("Γυναίκα 54 ετών με υπογλυκαιμία", "1"),
      ("patient is a 54 year old woman with hypoglycaemia", "1"),
    ])
  func problem(line: String, expected: String) throws { #expect(try credit(5, line) == expected) }

  @Test("a number comes with its unit where that is asked", arguments: [("600 mg", "1"), ("0.6 g", "1"), ("60 mg", "0"), ("600000 μg", "1")])
  func number(line: String, expected: String) throws { #expect(try credit(6, line) == expected) }

  @Test(
    "what can't be an answer is refused, says why, and changes nothing",
    arguments: [
      (0, "insulinoma, gastrinoma", "case.sure"), (0, "insulinoma 20, gastrinoma 70", "case.sure-order"), (0, "insulinoma 70, gastrinoma 60", "case.sure-sum"),
      (0, "insulinoma 70, insulinoma 10", "case.answer-twice"), (0, "insulinoma 170", "case.sure-range"), (0, "glucagonoma 70", "case.answer"),
      (1, "sstr2, place, name", "case.too-many"), (1, "sstr2, sstr2", "case.answer-twice"), (2, "maybe", "case.answer"),
      (3, "prove, find", "case.order-incomplete"), (4, "who knows", "case.unread"), (6, "600", "case.unit"), (6, "600 mm", "case.unit-kind"),
      (5, Array(repeating: "insulinoma", count: 51).joined(separator: " "), "case.too-long"), (6, "600 apples", "case.answer"),
    ])
  func refused(item: Int, line: String, code: String) throws {
    var play = try at(item)
    let before = play.log
    for language in Language.allCases {
      var spoken = try at(item, language)
      #expect(spoken.codes(line) == [code])
    }
    #expect(play.codes(line) == [code] && play.log == before)
  }

  @Test(
    "an order where own words are waited for is no answer, however often; it says that status shows the question",
    arguments: [4, 5], [(Language.english, "order CT"), (.greek, "ζήτησε αξονική")])
  func orderBeforeWords(item: Int, typed: (language: Language, order: String)) throws {
    var play = try at(item, typed.language)
    let before = play.log
    for _ in 0..<3 {
      let error = try #require(play.answer(to: typed.order).report.errors.first)
      #expect(error.code == "case.answer-first" && error.help[0].english.contains("status") && error.help[0].greek.contains("κατάσταση"))
    }
    #expect(play.log == before)
  }

  @Test("right and wrong answers of the file earn all and nothing, in both languages", arguments: Language.allCases)
  func fileAnswers(language: Language) throws {
    let scenario = try scenario("reasoning")
    var item = 0
    for case .ask(let question) in scenario.steps.map(\.kind) {
      for (line, verdict) in [(question.rightAnswer(language), "right"), (question.wrongAnswer(language), "wrong")] {
        var play = try at(item, language)
        let answer = play.answer(to: try #require(line))
        #expect(answer.report.data.first { $0.0 == "verdict" }?.1 == .string(verdict), "\(question.name) \(line ?? "")")
      }
      item += 1
    }
    #expect(item == 8)
  }

  /// By hand: (70−100)² + 20² + 10² and (80−100)² of 4 forecasts: 900 + 400 + 100 + 400 = 1800, over 40,000: 0.045. Without the last,
  /// 1400 over 30,000, rounded: 0.047.
  @Test("confidence is told in the debrief by the Brier score, in words", arguments: Language.allCases)
  func calibration(language: Language) throws {
    var play = try at(7, language)
    _ = play.answers("yes 80%; done")
    let debrief = play.answer(to: "debrief")
    #expect(debrief.report.data.first { $0.0 == "brier" }?.1 == .number("0.045"))
    let questions = play.answer(to: "debrief questions").shown
    #expect(questions.contains(language == .english ? "Brier score 0.045" : "Δείκτης Brier 0.045"))
    var unsure = try at(7)
    _ = unsure.answers("yes; done")
    #expect(unsure.answer(to: "debrief").report.data.first { $0.0 == "brier" }?.1 == .number("0.047"))
  }

  @Test("what gets worse is announced before it does, happens with the days, and not to who is treated in time")
  func worsens() throws {
    var play = try at(7)
    #expect(play.answer(to: "yes").shown.contains("By day 3: She is drying out."))
    let early = play.answer(to: "advance 2 days").shown
    #expect(early.contains("She is drying out.") && !early.contains("It got worse"))
    var treated = play
    #expect(play.answer(to: "advance 1 day").shown.contains("It got worse: "))
    #expect(play.log.last { $0.kind == .worsened }?.what.contains("dehydration") == true)
    #expect(play.answer(to: "show").shown.contains("dehydration"))
    _ = play.answer(to: "undo")
    #expect(play.answer(to: "show").shown.contains("dehydration"))
    #expect(treated.codes("give diazoxide 300 mg a day by mouth") == [])
    #expect(!treated.answer(to: "advance 1 week").shown.contains("It got worse"))
  }

  @Test("exhibits are shown: a table, a report, the course", arguments: Language.allCases)
  func exhibits(language: Language) throws {
    var play = Play(try scenario("reasoning"), world: try world(), language: language, attempt: 1)
    let shown = play.open().shown
    #expect(shown.contains("38 mg/dL") && shown.contains(language == .english ? "A lesion in the tail." : "Βλάβη στην ουρά."))
  }

  @Test("a case taken up again is where it was left, items and what got worse included")
  func resumed() throws {
    var play = try at(8)
    _ = play.answers("advance 4 days; order ct")
    let again = try #require(Play.resumed(Play(try scenario("reasoning"), world: try world(), language: .english, attempt: 1), from: play.log))
    #expect(again.grading.score == play.grading.score)
    var one = again
    #expect(one.answer(to: "show").shown == play.answer(to: "show").shown)
  }

  @Test("a refused dose that answered a question has answered it when the case is taken up again, insisted on or not", arguments: Language.allCases)
  func resumedRefusal(language: Language) throws {
    let cases = CaseLibrary().scenarios(try world()).cases
    let scenario = try #require(cases.first { $0.id == "progressive-pancreatic-net" })
    let start = Play(scenario, world: try world(), language: language, attempt: 1)
    var play = start
    _ = play.open()
    play.passPauses()
    for line in ["3", "2", "give everolimus 20 mg every 4 weeks", "give everolimus 20 mg every 4 weeks", "done"] {
      _ = play.answer(to: line)
      let again = try #require(Play.resumed(start, from: CaseLog(Array(play.log.map(\.json.text).joined(separator: "\n").utf8)).events))
      #expect(again.grading.score == play.grading.score, "after \(line)")
      #expect(again.log.dropLast().map(\.what) == play.log.map(\.what), "after \(line)")
    }
    #expect(play.log.contains { $0.mark == "refused" && $0.line == "give everolimus 20 mg every 4 weeks" })
  }

  @Test(
    "an author's slips are named with what to write",
    arguments: [
      ("expert 70", "70", "case.verdict"), ("votes 6", "right", "case.verdict"), ("place 3", "place", "case.number"), ("features 2", "features", "case.number"),
      ("  moved \"The glucose.\" | \"Η γλυκόζη.\"\n", "", "case.answers"), ("  panel \"Nine", "  moved \"Nine", "case.part"),
      ("expert 20", "expert 40", "case.answers"), ("votes 0", "votes 4", "case.answers"), ("wants size < 20 mm", "wants nothing", "condition"),
      ("wrong 60 mg", "wrong 600 mg", "case.answers"), ("wrong 60 mg", "wrong much", "case.quantity"), ("exhibit table", "exhibit picture", "case.exhibit"),
      ("  line \"A lesion", "  row \"A lesion", "case.exhibit-part"), ("after 3 days unless", "unless", "case.worsens"),
      ("choice operate place 3", "choice operate place 1", "case.answers"), ("  row \"Test\" | \"Εξέταση\", \"Result\"", "  row \"Test\"", "case.exhibit-rows"),
    ])
  func slips(line: String, changed: String, code: String) throws {
    let text = try fixture("reasoning").replacing(line, with: changed)
    let found = try faults(text)
    #expect(code == "condition" ? !found.isEmpty : found.contains { $0.code == code }, "\(found.map(\.code))")
  }

  @Test(
    "check names a model that isn't whole and a wrong answer that is half right",
    arguments: [("wants age > 50", "wants age > 60", "case.model"), ("A man of 30 with diarrhoea", "A woman of 54", "case.wrong-answer")])
  func checked(line: String, changed: String, code: String) throws {
    let text = try fixture("reasoning").replacing(line, with: changed)
    let outcome = ScenarioCheck(try world(), seconds: { 0 }).check(Array(text.utf8), file: "a.islet")
    #expect(outcome.faults.contains { $0.code == code && $0.line != nil }, "\(outcome.faults.map(\.code))")
  }

  @Test("every word of the language has an example that reads without a fault", arguments: ScenarioReference.entries.map(\.word))
  func reference(word: String) throws {
    let entry = try #require(ScenarioReference.entry(word))
    #expect(entry.example.contains { $0.split(separator: " ").contains { $0 == word } }, "the example uses it")
    #expect(try faults(ScenarioReference.text(with: entry)) == [])
  }

  @Test("the reference has every word that the reader takes, and no other")
  func wholeReference() throws {
    #expect(Set(ScenarioReference.entries.map(\.word)) == ScenarioReference.readerWords)
  }
}
