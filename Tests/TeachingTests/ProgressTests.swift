import Grammar
import Reports
import Sessions
import Teaching
import Testing
import Wording

/// A learner's log, and nothing else outside.
private struct Learner: Outside {
  var events: [String] = []

  func read(_ file: String) throws(Diagnostic) -> [UInt8] { throw NoOutside().refusal(file) }
  func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) { throw NoOutside().refusal(file) }
  func journal() -> [UInt8]? { nil }
  func seconds() -> Double { 0 }
  func attempts() -> [UInt8] { Array(events.joined(separator: "\n").utf8) }

  func after(_ parts: String...) -> Learner {
    Learner(events: events + parts.map { "{\"v\":1,\"at\":0,\"step\":1,\"attempt\":1,\"time\":0,\($0)}" })
  }

  /// As if cases had been played to a score.
  func played(_ ids: [String], to score: Int) -> Learner {
    ids.reduce(self) { $0.after(#""kind":"end","case":"\#($1)","what":"\#($1)","mark":"\#(score)""#) }
  }

  func said(_ line: String, _ language: Language = .english, isSeated: Bool = false) throws -> Answer {
    var session = Session(world: try world(), language: language)
    session.offersReadings = isSeated
    var last: Answer?
    session.run(line, self) { last = $0 }
    return try #require(last)
  }

  func next() throws -> String? {
    try said("play").report.data.first { $0.0 == "next" }?.1?["case"]?.string
  }
}

extension NoOutside {
  fileprivate func refusal(_ file: String) -> Diagnostic { Diagnostic("file.none", Words(same: file)) }
}

@Suite("What a learner has behind, and what comes next")
struct ProgressTests {
  private static let ablation = #""kind":"give","case":"x","what":"antibiotics","rule":"ablation.antibiotics","mark":"against""#

  @Test("the list of cases fits 80 by 24, and in Greek names none by its id", arguments: Language.allCases)
  func list(language: Language) throws {
    let learner = Learner().after(Self.ablation).played(["vipoma-crisis"], to: 100)
    let text = try learner.said("play", language, isSeated: true).report.text(TextStyle(columns: 80, isColoured: false))
    let lines = text.split(separator: "\n")
    #expect(lines.count <= 23, "\(text)")
    for line in lines { #expect(Display.width(String(line)) <= 80, "\(line)") }
    // Each level by its name, and to a pipe all of them: every case stands once.
    let levels = Words("student resident specialist", "φοιτητές ειδικευόμενοι ειδικοί")[language].split(separator: " ")
    let parts = try levels.map { try learner.said((language == .english ? "play " : "παίξε ") + $0, language, isSeated: true).report.text(.plain) }
    let whole = try learner.said("play", language).report.text(.plain)
    for scenario in CaseLibrary().scenarios(try world()).cases {
      #expect(parts.count { $0.contains(scenario.title[language] + " ") } >= 1 && whole.contains(scenario.title[language]), "\(scenario.id)")
      #expect(language == .english || !whole.contains(scenario.id), "\(scenario.id)")
    }
    #expect(whole.contains("100"))
  }

  @Test("a case is played by its number, its title in either language, or its name")
  func names() throws {
    let cases = CaseLibrary().scenarios(try world()).cases
    for (place, scenario) in cases.enumerated() {
      for name in ["\(place + 1)", scenario.title.english, scenario.title.greek, scenario.id] {
        #expect(try CaseLibrary().scenario(name, world()).id == scenario.id, "\(name)")
      }
    }
    #expect(throws: Diagnostic.self) { try CaseLibrary().scenario("\(cases.count + 1)", world()) }
    #expect(throws: Diagnostic.self) { try CaseLibrary().scenario("0", world()) }
  }

  @Test("the next case is one that speaks of what was missed, not played yet where there are some, and none when all went well")
  func next() throws {
    let library = CaseLibrary()
    let first = try #require(library.scenarios(try world()).cases.first)
    #expect(try Learner().next() == first.id)
    // The limits of ablation are the case that says most of it.
    let missed = Learner().after(Self.ablation)
    #expect(try missed.next() == "ablation-limits")
    #expect(try missed.played(["ablation-limits"], to: 40).next() != "ablation-limits")
    let others = library.ids.filter { $0 != "ablation-limits" }
    #expect(try missed.played(["ablation-limits"], to: 40).played(others, to: 95).next() == "ablation-limits")
    #expect(try missed.played(library.ids, to: 95).next() == nil)
  }

  @Test("in Greek the patient is called by a Greek name, and no bundled case lacks one", arguments: CaseLibrary().ids)
  func name(id: String) throws {
    let scenario = try CaseLibrary().scenario(id, world())
    let name = try #require(scenario.name)
    #expect(name.english == scenario.view.name)
    var play = Play(scenario, world: try world(), language: .greek, attempt: 1)
    let said = play.open().report.text(.plain)
    #expect(said.contains(name.greek) && !said.contains(name.english) && play.state.patient?.name == name.greek, "\(said)")
    #expect(name.greek.unicodeScalars.allSatisfy { !$0.isASCII }, "\(name.greek)")
  }

  @Test("a question of a case comes back in review with its story, a figure of the text without", arguments: Language.allCases)
  func story(language: Language) throws {
    let problem = Learner().after(#""kind":"answer","case":"fasting-hypoglycaemia","what":"problem","mark":"wrong""#)
    let text = try problem.said("review", language).report.text(.plain)
    #expect(text.contains(language == .english ? "Eleni, 54" : "Ελένη, 54 ετών") && text.contains("38 mg/dL"), "\(text)")
    let number = Learner().after(#""kind":"answer","case":"ablation-limits","what":"count","mark":"wrong""#)
    #expect(!(try number.said("review", language).report.text(.plain)).contains(language == .english ? "Sofia" : "Σοφία"))
  }

  @Test("a review takes a number from 1 to 4 once it is seen, and what else is typed changes nothing", arguments: Language.allCases)
  func grade(language: Language) throws {
    let learner = Learner().after(#""kind":"perform","case":"c","what":"whipple","rule":"surgery.enucleation","mark":"against""#)
    var session = Session(world: try world(), language: language)
    func told(_ line: String) throws -> Answer {
      var last: Answer?
      session.run(line, learner) { last = $0 }
      return try #require(last)
    }
    #expect(try !told("review").isError && session.responder != nil)
    for line in ["3", "0", "good", "12"] {
      let error = try #require(try told(line).report.errors.first)
      #expect(error.code == "review.grade" && error.message.english == "Look at it first." && error.message.greek == "Δείτε το πρώτα.", "\(line)")
      #expect(error.help.contains { $0.english.contains("1 (again)") && $0.greek.contains("1 (ξανά)") })
    }
    #expect(try !told("").isError)
    for line in ["0", "5", "good", "1 2", "-3"] {
      let answer = try told(line)
      #expect(answer.report.errors.map(\.code) == ["review.grade"] && answer.attempts == [], "\(line)")
      #expect(answer.report.errors.first?.message.english == "A number from 1 to 4 is expected.")
    }
    let graded = try told("3")
    #expect(!graded.isError && session.responder == nil)
    #expect(graded.report.data.contains { $0.0 == "rating" && $0.1 == .string("good") })
  }

  @Test(
    "Enter, next and επόμενο show what is behind, in either language, and only then a number counts", arguments: ["", "next", "NEXT", "επόμενο", "ΕΠΟΜΕΝΟ"])
  func back(line: String) throws {
    for language in Language.allCases {
      let learner = Learner().after(#""kind":"perform","case":"c","what":"whipple","rule":"surgery.enucleation","mark":"against""#)
      var session = Session(world: try world(), language: language)
      var codes: [[String]] = []
      for typed in ["review", "4", line, "4"] { session.run(typed, learner) { codes.append($0.report.errors.map(\.code)) } }
      #expect(codes == [[], ["review.grade"], [], []], "\(language)")
      #expect(session.responder == nil)
    }
  }

  @Test("the course names questions in words, and a differential says whose the expert's shares are", arguments: Language.allCases)
  func words(language: Language) throws {
    var play = Play(try CaseLibrary().scenario("vipoma-crisis", world()), world: try world(), language: language, attempt: 1)
    _ = play.open()
    play.passPauses()
    let answer = play.answer(to: "2 60, 1 30, 3 10").report.text(.plain)
    #expect(answer.contains(Words("The expert's shares are the author's.", "Τα ποσοστά του ειδικού είναι του συγγραφέα.")[language]), "\(answer)")
    _ = play.answers("1; 2, 3; done; 3; 2, 3; done; 3, 2, 4, 1")
    let course = play.answer(to: language == .english ? "debrief course" : "ανασκόπηση πορεία").report.text(.plain)
    let asked = Words("If it is a VIPoma, what will blood and stomach show?", "Αν είναι βίπωμα, τι θα δείξουν το αίμα και το στομάχι;")
    #expect(course.contains(asked[language]) && course.contains(Words("A VIPoma", "Βίπωμα")[language]), "\(course)")
    for id in ["thoughts", "cause", "titrate", "ladder"] { #expect(!course.contains(id), "\(id): \(course)") }
  }
}
