import Guideline
import Reports
import Sessions
import Teaching
import Testing
import Wording

@Suite("A score that can't be gamed")
struct ScoreTests {
  private static let goalLine = "goal perform enucleation\n"

  private func score(_ lines: String, _ change: (String) -> String = { $0 }) throws -> Grading {
    var play = try played("small-insulinoma", .english, change)
    _ = play.answers(lines)
    play.passPauses()
    return play.grading
  }

  private func faults(_ lines: String, _ change: (String) -> String = { $0 }) throws -> [String] {
    try score(lines, change).faults.map { "\($0.kind.rawValue) \($0.therapy)" }
  }

  private let good = "insulinoma; order fasting glucose; order ct; arrange hpb-unit; perform enucleation; done"

  @Test("the good way has the four parts whole: 30, 30, 25 and 15")
  func whole() throws {
    let score = try score(good).score
    #expect([score.goal, score.reasoning, score.safety, score.economy, score.total] == [30, 30, 25, 15, 100])
    #expect(score.cap == nil)
  }

  @Test("right deeds don't pay for wrong answers: below half of the reasoning the whole is at most 65")
  func reasoning() throws {
    let score = try score(good.replacing("insulinoma;", "vipoma;")).score
    #expect([score.goal, score.reasoning, score.safety, score.economy, score.total] == [30, 0, 25, 15, 65])
  }

  @Test("what keeps away what the case lets get worse isn't too early before a test; anything else is")
  func urgent() throws {
    let scenario = try CaseLibrary().scenario("vipoma-crisis", world())
    func faults(_ deed: String) throws -> [Fault.Kind] {
      var play = Play(scenario, world: try world(), language: .english, attempt: 1)
      _ = play.open()
      play.passPauses()
      _ = play.answers("vipoma 60, laxatives 15, gastrinoma 10; vipoma; loss, potassium")
      #expect(play.codes(deed) == [])
      return play.grading.faults.map(\.kind)
    }
    #expect(try !faults("give rehydration").contains(.premature))
    #expect(try faults("give corticosteroids").contains(.premature))
  }

  @Test("several choices are named with commas, spaces or an and", arguments: ["2, 3", "3 2", "2 and 3", "2 και 3", "loss, potassium"])
  func several(answer: String) throws {
    var play = Play(try CaseLibrary().scenario("vipoma-crisis", world()), world: try world(), language: .greek, attempt: 1)
    _ = play.open()
    play.passPauses()
    #expect(play.codes("vipoma 60, laxatives 15, gastrinoma 10; vipoma; \(answer)") == [])
    var other = play
    #expect(other.codes("7 και 9") != [])
  }

  @Test("without a decision neither safety nor economy is earned")
  func undecided() throws {
    let score = try score("insulinoma; order ct; done").score
    #expect([score.goal, score.reasoning, score.safety, score.economy, score.total] == [0, 30, 0, 0, 30])
  }

  @Test("one grave fault caps at 45, two at 20, and right deeds afterwards dilute nothing")
  func grave() throws {
    let one = try score("insulinoma; order fasting glucose; order ct; arrange hpb-unit; perform whipple; perform enucleation; done")
    #expect(one.faults.map(\.kind) == [.misplaced] || one.faults.contains { $0.kind == .misplaced })
    #expect(one.score.total <= 45 && one.score.safety == 0)
    let two = try score("insulinoma; perform whipple; perform total-pancreatectomy; done")
    #expect(two.score.total <= 20)
  }

  @Test("the row of safety counts the grave faults and the lesser ones, and names none where there is none", arguments: Language.allCases)
  func safetyRow(language: Language) throws {
    let names = language == .english ? (["grave fault", "lesser fault"], "s") : (["βαρ", "ελαφρότερ"], "ά")
    var seen = Set<[Int]>()
    for lines in [
      good, "insulinoma; order fasting glucose; order ct; arrange hpb-unit; perform whipple; done",
      "insulinoma; perform whipple; perform total-pancreatectomy; done", "insulinoma; order fasting glucose; order ct; perform enucleation; done",
      "insulinoma; give octreotide LAR 60 mg every 4 weeks anyway; arrange hpb-unit; perform enucleation; done",
    ] {
      var play = try played("small-insulinoma", language)
      _ = play.answers(lines)
      play.passPauses()
      let faults = play.grading.faults
      let counts = [faults.count { $0.weight == .grave }, faults.count { $0.weight != .grave }]
      seen.insert(counts)
      let screen = play.answer(to: "debrief").report.text(.plain).split(separator: "\n").map(String.init)
      let row = try #require(screen.first { $0.contains(language == .english ? "safety" : "ασφάλεια") })
      for (count, name) in zip(counts, names.0) {
        let told = row.contains("\(count) \(name)")
        #expect(told == (count > 0), "\(counts): \(row)")
        if count == 1 { #expect(!row.contains("1 \(name)\(names.1)"), "\(row)") }
      }
    }
    #expect(seen.contains([0, 0]) && seen.contains { $0[0] == 1 } && seen.contains { $0[0] > 1 } && seen.contains { $0[1] > 0 }, "\(seen)")
  }

  @Test(
    "each fault is found: blind, misplaced, gone, insisted, unaccompanied",
    arguments: [
      ("insulinoma; arrange hpb-unit; perform enucleation; done", "blind enucleation"),
      ("insulinoma; order fasting glucose; order ct; arrange hpb-unit; perform whipple; done", "misplaced whipple"),
      ("insulinoma; order fasting glucose; order ct; arrange hpb-unit; perform enucleation; perform total-pancreatectomy; done", "gone total-pancreatectomy"),
      ("insulinoma; give octreotide LAR 60 mg every 4 weeks anyway; done", "insisted octreotide-lar"),
      ("insulinoma; order fasting glucose; order ct; perform enucleation; done", "unaccompanied enucleation"),
    ])
  func kinds(lines: String, fault: String) throws {
    let found = try faults(lines)
    #expect(found.contains(fault), "\(found)")
  }

  @Test("a left pancreatectomy fits the tail, and not the head")
  func parts() throws {
    let lines = "insulinoma; order fasting glucose; order ct; arrange hpb-unit; perform distal-pancreatectomy; done"
    #expect(!(try faults(lines).contains("misplaced distal-pancreatectomy")))
    #expect(try faults(lines) { $0.replacing("location is tail", "location is head") }.contains("misplaced distal-pancreatectomy"))
  }

  @Test("a refused dose is no fault where it is let go, and one where the same line comes again")
  func refused() throws {
    #expect(try faults("insulinoma; give diazoxide 900 mg a day; done") == [])
    #expect(try faults("insulinoma; give diazoxide 900 mg a day; give diazoxide 900 mg a day; done") == ["warned diazoxide"])
  }

  @Test("a goal wants its order, its dose and what must go with it; anyway reaches none")
  func goals() throws {
    func reached(_ goal: String, _ lines: String) throws -> Bool {
      try score(lines) { $0.replacing("goal perform enucleation", goal) }.goals.allSatisfy(\.isReached)
    }
    let first = "insulinoma; order fasting glucose; order ct; arrange hpb-unit; "
    #expect(try reached("goal diazoxide before enucleation", first + "give diazoxide 300 mg a day; perform enucleation; done"))
    #expect(!(try reached("goal diazoxide before enucleation", first + "perform enucleation; give diazoxide 300 mg a day; done")))
    #expect(try reached("goal give diazoxide 300 mg a day", first + "give diazoxide 300 mg a day; done"))
    #expect(!(try reached("goal give diazoxide 300 mg a day", first + "give diazoxide 400 mg a day; done")))
    #expect(!(try reached("goal give octreotide-lar", first + "give octreotide LAR 60 mg every 4 weeks anyway; done")))
    #expect(!(try reached("goal perform enucleation", "insulinoma; order fasting glucose; order ct; perform enucleation; done")))
  }

  @Test("economy is what the needed tests cost over what was spent; another test that tells the same counts, repeats cost")
  func economy() throws {
    // Needed: fasting glucose (2) and CT (2).
    #expect(try score(good.replacing("order ct", "order ct; order ct")).score.economy == 15 * 4 / 6)
    #expect(try score(good.replacing("order ct", "order mri")).score.economy == 15 * 4 / 6)
    #expect(try score(good.replacing("order ct", "order ct; order genetics")).score.economy == 15 * 4 / 7)
    #expect(try score(good.replacing("order fasting glucose; ", "")).score.economy <= 7)
  }

  @Test("a test that a question asks for is needed where it is the answer, and not where another one is")
  func asked() throws {
    let change = { (text: String) in
      text.replacing(
        "label treat\n",
        "label treat\nask valves command \"Order.\" | \"Ζητήστε.\"\n  accepts order echocardiography\nend\n")
    }
    let answered = good.replacing("insulinoma;", "insulinoma; order echocardiography;")
    #expect(try score(answered, change).score.total == 100)
    // Needed are fasting glucose (2) and CT (2); genetics (3) is none of the question's.
    #expect(try score(answered.replacing("echocardiography", "genetics"), change).score.economy == 15 * 4 / 7)
  }

  @Test("to leave alone is a decision once its tests were ordered, and undoes itself by acting")
  func against() throws {
    let change = { (text: String) in text.replacing("goal perform enucleation", "goal decide against whipple\nneeds ct for perform whipple") }
    #expect(try score("insulinoma; order fasting glucose; order mri; decide against whipple; done", change).goals.allSatisfy(\.isReached))
    let early = try score("insulinoma; decide against whipple; done", change)
    #expect(!early.goals[0].isReached && early.score.safety == 0)
    #expect(!(try score("insulinoma; order fasting glucose; order mri; decide against whipple; perform whipple; done", change)).goals[0].isReached)
    var play = try played("small-insulinoma", .greek)
    _ = play.answer(to: "1")
    #expect(play.codes("αποφάσισε κατά εκπυρήνισης; αποφάσισε εκπυρήνιση") == ["case.decide"])
    #expect(play.log.last?.kind == .decide)
  }

  @Test("undo restores view and truth: what was done stays in the log, a fault still counts, cost isn't refunded")
  func undone() throws {
    var play = try played("small-insulinoma")
    _ = play.answers("insulinoma; order fasting glucose; order ct; arrange hpb-unit; perform whipple")
    let spent = play.grading.spent
    _ = play.answers("undo; perform enucleation; done")
    let grading = play.grading
    #expect(grading.faults.contains { $0.kind == .misplaced } && grading.spent == spent)
    #expect(!grading.faults.contains { $0.kind == .gone }, "the pancreas is there again")
    var greek = try played("small-insulinoma", .greek)
    _ = greek.answers("1; order ct; perform whipple")
    let said = greek.answer(to: "αναίρεση").report.text(.plain)
    #expect(said.contains("εκτέλεσε") && !said.contains("perform") && !said.contains("order"), "\(said)")
    #expect(play.log.contains { $0.kind == .perform && $0.what == "whipple" })
    #expect(grading.goals[0].isReached)
  }

  @Test("the debrief's first screen fits 80 by 24 in both languages, and its parts follow", arguments: Language.allCases)
  func screen(language: Language) throws {
    var play = try played("small-insulinoma", language)
    _ = play.answers("2; order mri; perform whipple; give octreotide LAR 60 mg every 4 weeks anyway; done")
    let text = play.answer(to: "debrief").report.text(TextStyle(columns: 80, isColoured: false))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 24, "\(text)")
    for line in lines { #expect(Display.width(String(line)) <= 80, "\(line)") }
    for part in ["course", "questions", "decisions", "goals", "tests", "guideline", "reading", "all"] {
      #expect(!play.answer(to: "debrief \(part)").isError, "\(part)")
    }
    #expect(play.answer(to: "debrief nonsense").isError)
  }

  @Test("its first screen tells one thing to take home, and the worst and the best decision", arguments: Language.allCases)
  func firstScreen(language: Language) throws {
    func told(_ lines: String) throws -> [String: [String]] {
      var play = try played("small-insulinoma", language)
      _ = play.answers(lines)
      play.passPauses()
      var found: [String: [String]] = [:]
      var heading = ""
      for line in play.answer(to: "debrief").report.text(.plain).split(separator: "\n") {
        if line.hasPrefix(" ") { found[heading, default: []].append(String(line)) } else { heading = String(line) }
      }
      return found
    }
    let names =
      language == .english ? ["To take home", "The worst decision", "The best decision"] : ["Να θυμάστε", "Η χειρότερη απόφαση", "Η καλύτερη απόφαση"]
    let objective = language == .english ? "Localise before operating" : "Εντοπισμός πριν από την επέμβαση"
    // A tumour of the tail: Whipple's operation takes out the head. Enucleation is the good operation (F012).
    let bad = try told("insulinoma; order fasting glucose; order ct; arrange hpb-unit; perform whipple; done")
    #expect(bad[names[0]]?.count == 1 && bad[names[0]]?[0].contains(objective) == false, "\(bad)")
    #expect(bad[names[1]]?.first?.contains("Whipple") == true, "\(bad)")
    #expect(bad[names[2]]?.first?.contains("Whipple") == false, "\(bad)")
    let right = try told(good)
    #expect(right[names[0]]?.count == 1 && right[names[0]]?[0].contains(objective) == true, "\(right)")
    #expect(right[names[1]] == nil, "\(right)")
    #expect(right[names[2]]?.first?.contains(language == .english ? "enucleation" : "εκπυρήνιση") == true, "\(right)")
    #expect(right[names[2]]?.first?.contains("P002") == true, "\(right)")
  }

  @Test("what the guideline says is what applies on the truth, and nothing that only may")
  func guideline() throws {
    var play = try played("small-insulinoma")
    _ = play.answers("insulinoma; perform whipple; done")
    play.passPauses()
    let rows = play.answer(to: "debrief guideline").report.text(.plain).split(separator: "\n").filter { $0.hasPrefix(" ") }
    let told = Set(rows.compactMap { $0.drop { $0 == " " }.dropFirst(2).split(separator: "  ").first.map(String.init) })
    let guideline = try world().guideline
    let evaluation = guideline.evaluate(guideline.inference.known(try scenario("small-insulinoma").truth))
    let advice = guideline.rules.filter { !$0.isRemark && !$0.isCompanion && $0.stance != .alongside }
    #expect(told == Set(advice.filter { evaluation[$0.index].status == .applies }.map(\.title.english)))
    for status in [Status.depends, .absent] { #expect(advice.contains { evaluation[$0.index].status == status }) }
    // Localised before surgery, near the surface and found at operation (F012), no gastrinoma (F017, F019).
    let facts = Set(advice.filter { told.contains($0.title.english) }.flatMap(\.facts))
    #expect(facts.contains("F012") && facts.isDisjoint(with: ["F017", "F019"]), "\(facts.sorted())")
  }

  @Test("in Greek the debrief has no English word of the shell")
  func greek() throws {
    var play = try played("small-insulinoma", .greek)
    _ = play.answers("1; order ct; recommend; advance 4 weeks; decide against whipple; done")
    let text = play.answer(to: "debrief course").report.text(.plain)
    #expect(text.contains("προχώρα 4 εβδομάδες"), "\(text)")
    for word in ["advance", "weeks", "recommend", "whipple ", "insulinoma", "order"] { #expect(!text.contains(word), "\(word): \(text)") }
  }
}

@Suite("What an author overlooks")
struct CaseAuditTests {
  private func codes(_ part: String, _ other: String) throws -> [String] {
    let text = try fixture("small-insulinoma")
    try #require(text.contains(part), "\(part)")
    return FileCheck(try world(), seconds: { 0 }).check(Array(text.replacing(part, other).utf8), file: "a.islet").faults.map(\.code)
  }

  @Test(
    "is named by check",
    arguments: [
      ("(P002, surgery)", "(P999, surgery)", "case.citation"), ("(P002, surgery)", "(P002, F999, surgery)", "case.citation"),
      ("(P002, surgery)", "(P002, E77)", "case.citation"),
      ("(P002, surgery)", "", "case.uncited"), ("(P002, surgery)", "(P002, surgery). It is so", "case.uncited"),
      ("goto treat\n", "goto treat\nsay \"Dead.\" | \"Νεκρό.\"\n", "case.dead"), ("label treat\n", "label treat\nlabel lonely\n", "case.label-unused"),
      ("goal perform enucleation", "goal perform enucleation\ngoal give sunitinib", "case.goal"),
      ("  perform enucleation\n", "  perform enucleation teaches surgery.larger-than-2-cm\n", "case.teaches"),
      ("hidden localised", "reveals history age\nhidden trial-available, localised", "case.unrevealed"),
    ])
  func named(part: String, other: String, code: String) throws {
    let found = try codes(part, other)
    #expect(found.contains(code), "\(found)")
  }

  @Test("a case without a path, and an empty file, fail")
  func empty() throws {
    let text = try fixture("small-insulinoma")
    let bare = text.components(separatedBy: "expect score")[0]
    #expect(FileCheck(try world(), seconds: { 0 }).check(Array(bare.utf8), file: "a.islet").faults.map(\.code) == ["case.no-path"])
    for nothing in ["", "\n\n", "# only a comment\n"] {
      #expect(FileCheck(try world(), seconds: { 0 }).check(Array(nothing.utf8), file: "a.islet").faults.map(\.code) == ["check.empty"])
    }
  }

  @Test("all words that a line of findings has wrong are named in one run")
  func vocabulary() throws {
    let text = try fixture("small-insulinoma").replacing("size 14 mm, site is pancreas", "size 14 mmm, site is pancraes")
    #expect(try faults(text).count >= 2)
  }

  @Test("a score that differs is shown with its parts and what took points")
  func hidden() throws {
    let text = try fixture("small-insulinoma").replacing("path good score 100", "path good score 99").replacing("  arrange hpb-unit\n", "")
    let fault = FileCheck(try world(), seconds: { 0 }).check(Array(text.utf8), file: "a.islet").faults.first { $0.code == "case.score" }
    #expect(fault?.help.contains { $0.english.contains("surgery.setting") } == true, "\(fault?.help.map(\.english) ?? [])")
  }
}

@Suite("Judged by players")
struct PlayersTests {
  @Test("every bundled case holds against every player, with a few seeds here, two hundred and every way in CI", arguments: CaseLibrary().ids)
  func bundled(id: String) throws {
    let world = try world()
    for result in Players(try CaseLibrary().scenario(id, world), world, seeds: 5, explores: false).results() {
      #expect(result.holds, "\(id), \(result.player.english): \(result.score), \(result.bound.english)")
    }
  }

  @Test("a wrong way must answer wrongly, and do what the good one does")
  func wrongWay() throws {
    let world = try world()
    func holds(_ change: (String) -> String) throws -> Bool? {
      let results = Players(try scenario("small-insulinoma", change), world, seeds: 1).results()
      #expect(results.contains { $0.player.english.hasPrefix("endings of 90") && $0.holds })
      return results.first { $0.player.english == "path wrong" }?.holds
    }
    let wrong = "path wrong score 65\n  vipoma\n  order fasting glucose\n  order ct\n  arrange hpb-unit\n"
    #expect(try holds { $0 } == true)
    #expect(try holds { $0.replacing(wrong, wrong.replacing("vipoma", "insulinoma")) } == false)
    #expect(try holds { $0.replacing(wrong, wrong.replacing("  arrange hpb-unit\n", "")) } == false)
    #expect(try holds { $0.replacing("path wrong", "path other") } == false)
  }

  @Test("a case that could be gamed doesn't: one whose answers are all that it asks")
  func gamed() throws {
    let world = try world()
    let scenario = try scenario("small-insulinoma") { $0.replacing("feedback each", "feedback each\nweights goal 0 reasoning 100 safety 0 economy 0") }
    #expect(Players(scenario, world, seeds: 1).results().contains { !$0.holds })
  }
}
