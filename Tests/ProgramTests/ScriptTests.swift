import Foundation
import Testing

/// The plain scripts in Scripts: commands, no case to be played.
@Suite("Scripts")
struct ScriptTests {
  private static let plain: [String] = {
    let folder = repository.appendingPathComponent("Scripts")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".islet") }.sorted().filter { name in
      let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
      return text.firstMatch(of: /(?m)^islet .*scenario/) == nil
    }
  }()

  @Test("hold at least three that aren't cases")
  func count() { #expect(Self.plain.count >= 3) }

  @Test("run without an error and say the same facts in both languages", arguments: plain)
  func run(name: String) throws {
    let program = try Program()
    defer { program.remove() }
    let path = repository.appendingPathComponent("Scripts").appendingPathComponent(name).path
    var meanings: [[String]] = []
    for language in ["en", "el"] {
      let text = try program.run(["run", path, "--language", language])
      #expect(text.status == 0, "\(text.errors)")
      #expect(text.errors == "")
      let data = try program.run(["run", path, "--language", language, "--format", "json"])
      #expect(data.status == 0)
      meanings.append(try data.output.split(separator: "\n").map { try meaning(String($0)) })
    }
    #expect(meanings[0].count > 3)
    #expect(meanings[0] == meanings[1])
  }

  /// A report without the fields that hold words for people.
  private func meaning(_ line: String) throws -> String {
    func strip(_ value: Any) -> Any {
      if let object = value as? [String: Any] {
        return object.filter { !["text", "title", "message"].contains($0.key) }.mapValues(strip)
      }
      return (value as? [Any])?.map(strip) ?? value
    }
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return String(decoding: try JSONSerialization.data(withJSONObject: strip(value), options: [.sortedKeys]), as: UTF8.self)
  }
}
