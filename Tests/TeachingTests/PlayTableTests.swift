import Foundation
import Reports
import Sessions
import Teaching
import Testing
import Wording

/// The parts of a score as the shell gives them at the end of a case.
private func marks(_ play: Play) -> [String: Int] {
  let score = play.grading.score
  return ["total": score.total, "goal": score.goal, "reasoning": score.reasoning, "safety": score.safety, "economy": score.economy]
}

@Suite("A case as a table, for a page")
struct PlayTableTests {
  /// Plays lines in the shell and by the table; the marks of both at the end.
  private func both(_ lines: [String], _ scenario: Scenario, _ table: PlayTable) throws -> (shell: [String: Int], table: [String: Int]?) {
    var play = Play(scenario, world: try world(), language: table.language, attempt: 1)
    _ = play.open()
    var walk = PlayTable.Walk(table, try world())
    for line in lines {
      play.passPauses()
      _ = play.answer(to: line)
      let before = walk.actions.count
      let isHeld = walk.type(line)
      #expect(isHeld, "\(line) is not in the table")
      // What a reader of the page does for it.
      #expect(walk.actions.count > before, "\(line)")
    }
    play.passPauses()
    #expect(play.isFinished && walk.isOver)
    return (marks(play), walk.score)
  }

  @Test("each path of each case gets the score and the parts that it gets in the shell", arguments: CaseLibrary().ids)
  func paths(id: String) throws {
    let scenario = try CaseLibrary().scenario(id, try world())
    let table = PlayTable(scenario, try world(), .english, bound: 40)
    for path in scenario.paths {
      let marks = try both(path.lines.map(\.text), scenario, table)
      #expect(marks.table == marks.shell, "\(id) \(path.name)")
      #expect(marks.table?["total"] == path.score, "\(id) \(path.name)")
    }
  }

  @Test("so does whoever wanders about in it, with hints", arguments: ["fasting-hypoglycaemia", "carcinoid-crisis", "two-years", "men1-two-sentences"])
  func wandering(id: String) throws {
    let scenario = try CaseLibrary().scenario(id, try world())
    let table = PlayTable(scenario, try world(), .greek, bound: 150)
    #expect(table.situations <= 150)
    var scores: Set<Int> = []
    for seed in 0..<12 as Range<UInt64> {
      var play = Play(scenario, world: try world(), language: .greek, attempt: 1)
      _ = play.open()
      let walk = PlayTable.Walk(wandering: table, try world(), seed: seed)
      for line in walk.lines {
        play.passPauses()
        _ = play.answer(to: line)
      }
      play.passPauses()
      #expect(play.isFinished, "\(walk.lines)")
      #expect(walk.score == marks(play), "\(walk.lines)")
      scores.insert(play.grading.score.total)
    }
    #expect(scores.count > 3)
  }

  @Test("answers that a jump asks about lead to where they lead in the shell")
  func jumps() throws {
    let scenario = try scenario("small-insulinoma")
    let table = PlayTable(scenario, try world(), .english, bound: 40)
    for path in scenario.paths {
      let marks = try both(path.lines.map(\.text), scenario, table)
      #expect(marks.table == marks.shell)
    }
  }

  @Test("an operation that no goal names is judged as in the shell, by what was seen before it")
  func unaimed() throws {
    let tests = ["order fasting glucose", "order fasting glucose\n  order ct", "order ct"]
    let scenario = try scenario("small-insulinoma") { text in
      text.replacing("goal perform enucleation", with: "goal give diazoxide 300 mg a day").replacing("expect score of good is 100\n", with: "").components(
        separatedBy: "path good")[0]
        + tests.enumerated().map { place, test in
          "path \(["blood", "both", "image"][place]) score 0\n  insulinoma\n  \(test)\n  arrange hpb-unit\n  perform enucleation\n  done\nend\n"
        }.joined()
    }
    let table = PlayTable(scenario, try world(), .english, bound: 80)
    var safeties: [Int?] = []
    for path in scenario.paths {
      let marks = try both(path.lines.map(\.text), scenario, table)
      #expect(marks.table == marks.shell, "\(path.name)")
      safeties.append(marks.shell["safety"])
    }
    // Blind without imaging; too early without the cause.
    #expect(safeties == [0, 25, 0])
  }

  @Test("a case that only asks has a table too, and a whole one")
  func asking() throws {
    let scenario = try scenario("small-insulinoma") { text in
      text.components(separatedBy: "act \"Investigate")[0]
        + "say \"Well.\" | \"Καλώς.\"\npath good score 30\n  insulinoma\nend\npath wrong score 0\n  vipoma\nend\n"
    }
    let table = PlayTable(scenario, try world(), .english, bound: 40)
    #expect(!table.isCut)
    for path in scenario.paths {
      let marks = try both(path.lines.map(\.text), scenario, table)
      #expect(marks.table == marks.shell && marks.table?["total"] == path.score, "\(path.name): \(marks)")
    }
  }

  @Test("within the bound, whatever it is; what is beyond is not in the table, and said so")
  func bound() throws {
    let scenario = try CaseLibrary().scenario("small-incidentaloma", try world())
    let table = PlayTable(scenario, try world(), .english, bound: 60)
    #expect(table.situations <= 60 && table.isCut)
    // Every order of all deeds is more than 60 situations.
    var walk = PlayTable.Walk(table, try world())
    let isFree = walk.type("58-year-old woman, asymptomatic, incidental nodule of the pancreas") && walk.type("nonfunctioning, small, silent, pancreas")
    #expect(isFree)
    let lines = ["order biopsy", "order genetics", "order receptor-imaging", "perform distal-pancreatectomy", "decide against resection", "arrange mdt"]
    let held = lines.map { walk.type($0) }
    #expect(held.contains(false))
  }

  @Test("beside a printed value that an erratum corrects stands its reading, also on the menu")
  func misprints() throws {
    let scenario = try CaseLibrary().scenario("carcinoid-before-embolisation", try world())
    for language in Language.allCases {
      let table = PlayTable(scenario, try world(), language, bound: 20)
      let labels = table.json["choices"]?.values?.compactMap { $0.values?[1].string } ?? []
      #expect(labels.count > 10)
      let printed = labels.filter { $0.contains("50 mg") }
      #expect(!printed.isEmpty && printed.allSatisfy { $0.contains("E01") && $0.contains("50 micrograms") || $0.contains("50 μικρογραμμάρια") })
    }
  }
}
