import Foundation
import Reports
import Sessions
import Teaching
import Testing
import Wording

@Suite("Exploring a case")
struct ExploreTests {
  @Test("every choice is walked to its end; nothing is unreachable")
  func all() throws {
    var explore = Explore(try scenario("small-insulinoma"), try world())
    explore.all()
    // Two answers, then nothing, the good path's phase or the bad one's.
    #expect(explore.endings.count == 6)
    #expect(explore.endings.map(\.score).max() == 100)
    #expect(explore.deadEnds.isEmpty && explore.unreachable.isEmpty && !explore.isCut)
  }

  @Test("ways that differ in nothing that counts are one from where they meet, and each is counted")
  func meeting() throws {
    // Two more questions, and nothing that asks how they were answered: by what they earn 1, 3, 3 and 1 ways of 8.
    let more = ["second", "third"].map { name in
      "ask \(name) single \"Q?\" | \"Ε;\"\n  choice a right \"A\" | \"Α\"\n  choice b wrong \"B\" | \"Β\"\nend\n"
    }
    let asked = try scenario("small-insulinoma") {
      $0.replacingOccurrences(of: "when answer cause is vipoma goto corrected\ngoto treat\nlabel corrected\n", with: "")
        .replacingOccurrences(of: "label treat\n", with: more.joined())
    }
    var explore = Explore(asked, try world())
    explore.all()
    #expect(explore.endings.map(\.score) == [30, 20, 10, 0])
    #expect(explore.endings.map(\.ways) == [1, 3, 3, 1] && explore.ways == 8)
    #expect(explore.report(.english).text(.plain).contains("within the bound of \(Explore.bound)"))
  }

  @Test("where a command is asked for, what is accepted and what isn't are walked, each once")
  func command() throws {
    let asked = try scenario("small-insulinoma") {
      $0.replacingOccurrences(
        of: "label treat\n", with: "label treat\nask cure command \"What do you do?\" | \"Τι κάνετε;\"\n  accepts perform enucleation\nend\n")
    }
    var explore = Explore(asked, try world())
    explore.all()
    // Two answers; the command that is accepted and the two that the paths have first; then nothing, the good path's phase or the bad one's.
    #expect(explore.ways == 2 * 3 * 3)
    let commands = Set(explore.endings.compactMap { $0.choices.dropFirst().first })
    #expect(commands == ["perform enucleation", "order fasting glucose", "order mri"])
    // Of 30 points of reasoning each question has half: with both wrong and nothing done there is none.
    let scores = explore.endings.map(\.score)
    #expect(scores.min() == 0 && (scores.max() ?? 0) > 15, "\(scores)")
  }

  @Test("a text that no way leads to is named by its line")
  func unreachable() throws {
    var explore = Explore(
      try scenario("small-insulinoma") { $0.replacingOccurrences(of: "when answer cause is vipoma goto corrected", with: "goto treat") }, try world())
    explore.all()
    let text = try fixture("small-insulinoma").split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(text.firstIndex { $0.contains("her insulin is high") }) + 1
    #expect(explore.unreachable.contains(line))
  }

  @Test("at random the same seed goes the same way", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func random(seed: UInt64) throws {
    var first = Explore(try scenario("small-insulinoma"), try world())
    var second = first
    first.random(seed: seed)
    second.random(seed: seed)
    #expect(first.endings.count == 1)
    #expect(first.endings.first?.choices == second.endings.first?.choices)
  }

  @Test("a new case passes its check as it is written, also from a recording")
  func new() throws {
    let recorded = [
      "patient \"Maria\" age 54 years, sex is female", "set syndrome is insulinoma, size 14 mm", "set trial-available", "recommend", "order ct",
      "give diazoxide 900 mg a day", "give diazoxide 300 mg a day", "perform enucleation",
    ]
    let world = try world()
    for commands in [[], recorded] {
      for language in Language.allCases {
        let text = NewScenario.text(name: "my-case", recorded: commands, language: language, world)
        #expect(FileCheck(world, seconds: { 0 }).check(Array(text.utf8), file: "my-case.islet").faults.map(\.code) == [])
      }
    }
    let text = NewScenario.text(name: "my-case", recorded: recorded, world)
    #expect(text.contains("hidden syndrome is insulinoma, size 14 mm"))
    #expect(text.contains("\n  order ct\n"))
    #expect(throws: Diagnostic.self) { try NewScenario.check(name: "../etc") }
  }
}
