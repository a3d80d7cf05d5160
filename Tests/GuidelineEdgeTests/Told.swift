import Commands
import Guideline
import Reports
import Sessions
import Testing
import Wording

/// What the shell answers to the last of some commands, separated by `;`.
struct Told {
  let report: Report
  let language: Language
  let session: Session

  init(_ script: String, _ language: Language = .english) throws {
    var session = try shell(language)
    var report = Report()
    for line in script.split(separator: ";") { report = session.run(String(line)).report }
    self.report = report
    self.language = language
    self.session = session
  }

  /// As a pipe prints it.
  var text: String { report.text(.plain) }
  var codes: [String] { report.errors.map(\.code) }
  /// The errors, as a pipe prints them.
  var errors: String { report.errorText(.plain, language) }

  subscript(name: String) -> JSON? { JSON.fields(report.data)[name] }

  /// The objects of a list in the data.
  func list(_ name: String) -> [JSON] {
    if case .array(let values)? = self[name] { return values }
    return []
  }

  /// The objects of a list that state a fact.
  func stating(_ fact: String, in name: String) -> [JSON] { list(name).filter { $0["facts"]?.plains.contains(fact) == true } }

  /// The line that holds a text.
  func line(with text: String) -> String? { self.text.split(separator: "\n").first { $0.contains(text) }.map(String.init) }
}

/// A session of the standard shell.
func shell(_ language: Language = .english) throws -> Session {
  Session(world: World(guideline: try guideline(), commands: .standard, version: "test"), language: language)
}

/// What `evidence` tells of a fact, as data.
func evidence(_ therapy: String, _ fact: String) throws -> JSON {
  let found = try Told("evidence " + therapy).stating(fact, in: "evidence")
  #expect(found.count == 1, "\(fact)")
  return try #require(found.first)
}

extension JSON {
  /// The text or digits of a string or number.
  var plain: String? {
    switch self {
    case .string(let text), .number(let text): text
    default: nil
    }
  }

  /// The texts of a list.
  var plains: [String] {
    if case .array(let values) = self { return values.compactMap(\.plain) }
    return []
  }

  /// A range of the data as written: `28 %`, `40-60 %`.
  var range: String? {
    guard let low = self["low"]?.plain, let high = self["high"]?.plain, let unit = self["unit"]?.plain else { return nil }
    return (low == high ? low : low + "-" + high) + " " + unit
  }
}
