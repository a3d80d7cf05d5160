import Commands
import Foundation
import Guideline
import Reports
import Sessions
import Teaching
import Testing
import Wording

/// The embedded guideline, read once.
private let embedded = Result { try Guideline.embedded() }

/// The world of the shell with the commands of teaching.
func world() throws -> World {
  World(guideline: try embedded.get(), commands: Registry.standard(adding: Command.teaching), version: "test")
}

/// A file of `Fixtures`.
func fixture(_ name: String) throws -> String {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
  return try String(contentsOf: folder.appendingPathComponent(name + ".islet"), encoding: .utf8)
}

/// A case of `Fixtures`, its text changed on the way.
func scenario(_ name: String, _ change: (String) -> String = { $0 }) throws -> Scenario {
  let read = ScenarioReader.read(Array(change(try fixture(name)).utf8), file: name + ".islet", try world())
  #expect(read.faults == [])
  return try #require(read.scenario)
}

/// What is wrong with a text as a case.
func faults(_ text: String) throws -> [Diagnostic] { ScenarioReader.read(Array(text.utf8), file: "a.islet", try world()).faults }

/// A case that is being played, its first pauses passed.
func played(_ name: String, _ language: Language = .english, _ change: (String) -> String = { $0 }) throws -> Play {
  var play = Play(try scenario(name, change), world: try world(), language: language, attempt: 1)
  _ = play.open()
  play.passPauses()
  return play
}

extension Play {
  /// Answers lines separated by `;`, and returns the answers.
  mutating func answers(_ lines: String) -> [Answer] { lines.split(separator: ";").map { answer(to: String($0.drop { $0 == " " })) } }

  /// The codes of the errors of lines separated by `;`.
  mutating func codes(_ lines: String) -> [String] { answers(lines).flatMap { $0.report.errors.map(\.code) } }
}

extension Answer {
  /// All that a user sees of it: words, data and errors.
  var shown: String {
    report.text(.plain) + report.json(command: command, patient: patient, language: language).text + report.errorText(.plain, language)
  }
}
