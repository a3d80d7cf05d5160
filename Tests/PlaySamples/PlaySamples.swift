import Commands
import Guideline
import Notebooks
import Reports
import Sessions
import Teaching
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Prints, a line of JSON each, the plays of every case that `make check-playable` repeats in a browser: `PlaySamples BOUND SEEDS FOLDER`.
/// Each path, and as many plays at random, with what a reader does in the page, the lines that one types in the shell for it,
/// and the marks that the shell gives. The pages are written into the folder.
@main
enum PlaySamples {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let bound = Int(arguments[1]), let seeds = Int(arguments[2]) else {
      perror("PlaySamples BOUND SEEDS FOLDER")
      exit(2)
    }
    let world = World(guideline: try Guideline.embedded(), commands: Registry.standard(adding: Command.teaching), version: "test")
    for id in CaseLibrary().ids {
      let scenario = try CaseLibrary().scenario(id, world)
      for language in scenario.languages {
        let (table, page) = try Pages(world, language: language) { 0 }.playable(scenario, bound: bound)
        guard write(page, to: "\(arguments[3])/\(id)-\(language.rawValue).html") else { exit(1) }
        for path in scenario.paths {
          var walk = PlayTable.Walk(table, world)
          for line in path.lines.map(\.text) where !walk.type(line) { print("{\"case\":\"\(id)\",\"lost\":\"\(path.name)\"}") }
          tell(id, language, path.name, walk, scenario, world)
        }
        for seed in 0..<seeds {
          tell(id, language, "random \(seed)", PlayTable.Walk(wandering: table, world, seed: UInt64(seed)), scenario, world)
        }
      }
    }
  }

  static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    let written = fputs(text, file) >= 0
    return fclose(file) == 0 && written
  }

  static func tell(_ id: String, _ language: Language, _ name: String, _ walk: PlayTable.Walk, _ scenario: Scenario, _ world: World) {
    var play = Play(scenario, world: world, language: language, attempt: 1)
    _ = play.open()
    for line in walk.lines {
      play.passPauses()
      _ = play.answer(to: line)
    }
    play.passPauses()
    let score = play.grading.score
    let marks = [("total", score.total), ("goal", score.goal), ("reasoning", score.reasoning), ("safety", score.safety), ("economy", score.economy)]
    if walk.score != Dictionary(uniqueKeysWithValues: marks) { print("{\"case\":\"\(id)\",\"lost\":\"\(name)\"}") }
    print(
      JSON.fields([
        ("case", .string(id)), ("language", .string(language.rawValue)), ("way", .string(name)), ("lines", .strings(walk.lines)),
        ("actions", .array(walk.actions)), ("marks", .fields(marks.map { ($0.0, .integer($0.1)) })), ("over", .bool(play.isFinished)),
      ]).text)
  }
}
