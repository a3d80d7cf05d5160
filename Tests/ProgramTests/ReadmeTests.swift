import Commands
import Foundation
import Guideline
import Reports
import Sessions
import Testing
import Wording

/// The sessions in README.md: fences ```` ```console ```` with `islet> …` lines and what the program answers below each, at
/// 100 columns. A line `…` alone stands for lines left out; `$ islet --language el` above makes the session Greek.
@Suite("README")
struct ReadmeTests {
  static let columns = 100

  private static let fences: [[String]] = {
    let text = (try? String(contentsOf: repository.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""
    var fences: [[String]] = []
    var open: [String]?
    for line in text.components(separatedBy: "\n") {
      if open == nil, line == "```console" {
        open = []
      } else if let fence = open, line == "```" {
        fences.append(fence)
        open = nil
      } else {
        open?.append(line)
      }
    }
    return fences
  }()

  @Test("has a session in each language")
  func sessions() {
    #expect(Self.fences.filter { !Self.isGreek($0) }.count >= 1)
    #expect(Self.fences.filter(Self.isGreek).count >= 1)
  }

  @Test("shows what the program answers", arguments: fences.indices)
  func answers(fence: Int) throws {
    let shown = Self.fences[fence]
    let real = try Self.played(shown)
    if shown != real { Issue.record("README.md should read:\n\n```console\n\(real.joined(separator: "\n"))\n```\n") }
  }

  @Test("is held to the letter: a changed word or a line left out without … is noticed")
  func judge() throws {
    let session = ["islet> patient 54F, insulinoma", "Patient 1   54 F · insulinoma"]
    #expect(try Self.played(session) == session)
    #expect(try Self.played(["islet> patient 54F, insulinoma", "Patient 1   54 F · gastrinoma"]) == session)
    let elided = ["islet> patient 54F, insulinoma", "", "islet> recommend", "Options", "…"]
    #expect(try Self.played(elided) != elided)
    let begun = ["islet> patient 54F, insulinoma", "…", "islet> recommend", "Options", "…"]
    #expect(try Self.played(begun).prefix(2) == ["islet> patient 54F, insulinoma", "…"])
  }

  @Test("its picture is what the command beside it draws")
  func picture() throws {
    let text = try String(contentsOf: repository.appendingPathComponent("README.md"), encoding: .utf8)
    let drawn = try #require(text.firstMatch(of: #/`islet -c '([^']*); export docs\/([a-z]+\.svg)'`/#))
    let file = String(drawn.2)
    #expect(text.contains("src=\"docs/\(file)\""))
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["-c", "\(drawn.1); export \(file)"]).status == 0)
    let picture = try String(contentsOf: program.home.appendingPathComponent(file), encoding: .utf8)
    #expect(picture == (try String(contentsOf: repository.appendingPathComponent("docs/\(file)"), encoding: .utf8)))
  }

  private static func isGreek(_ fence: [String]) -> Bool { fence.contains { $0.hasPrefix("$ ") && $0.contains("--language el") } }

  /// The fence as the program would have it. An answer that agrees up to its `…` lines stays as it is.
  private static func played(_ fence: [String]) throws -> [String] {
    let language: Language = isGreek(fence) ? .greek : .english
    var session = Session(world: World(guideline: try Guideline.embedded(), commands: .standard, version: "0.1"), language: language)
    var played: [String] = []
    var place = 0
    while place < fence.count {
      let line = fence[place]
      played.append(line)
      place += 1
      guard let end = line.range(of: "> "), line.hasPrefix("islet") else { continue }
      let answer = session.run(String(line[end.upperBound...]))
      let style = TextStyle(columns: columns, isColoured: false)
      let text = answer.report.text(style) + answer.report.errorText(style, answer.language)
      let real = trimmed(text.components(separatedBy: "\n"))
      let next = fence[place...].firstIndex { $0.hasPrefix("islet") && $0.contains("> ") } ?? fence.count
      let shown = Array(fence[place..<next])
      let gap = shown.reversed().prefix { $0.isEmpty }
      played += agrees(trimmed(shown)[...], real[...]) ? trimmed(shown) : real
      played += gap
      place = next
    }
    return played
  }

  /// The lines without blanks at their ends and without empty lines at the end.
  private static func trimmed(_ lines: [String]) -> [String] {
    var lines = lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func agrees(_ shown: ArraySlice<String>, _ real: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return real.isEmpty }
    if first == "…" { return (0...real.count).contains { agrees(shown.dropFirst(), real.dropFirst($0)) } }
    return first == real.first && agrees(shown.dropFirst(), real.dropFirst())
  }
}

/// The folder of Package.swift.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
