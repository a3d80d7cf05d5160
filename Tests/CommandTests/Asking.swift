import Commands
import Guideline
import Reports
import Sessions
import Wording

/// A session of the standard shell that can be asked.
struct Shell {
  private var session: Session
  private(set) var answers: [Answer] = []

  init(_ language: Language = .english) throws {
    session = Session(world: World(guideline: try Guideline.embedded(), commands: .standard, version: "test"), language: language)
  }

  /// Runs commands separated by `;` and gives the last answer.
  mutating func ask(_ script: String) -> Reply {
    var reply = Reply(report: Report(), language: session.state.language)
    for line in script.split(separator: ";") {
      let answer = session.run(String(line))
      answers.append(answer)
      reply = Reply(report: answer.report, language: session.state.language)
    }
    return reply
  }

  var listed: [String] { session.state.listed }
}

/// What a command answered, in the forms that tests look at.
struct Reply {
  let report: Report
  let language: Language

  var codes: [String] { report.errors.map(\.code) }
  var data: JSON { .fields(report.data) }
  /// As a pipe prints it.
  var text: String { report.text(.plain) }

  func text(columns: Int) -> String { report.text(TextStyle(columns: columns, isColoured: false)) }

  /// The objects of a list in the data.
  func list(_ name: String) -> [JSON] {
    if case .array(let values)? = data[name] { return values }
    return []
  }

  /// A list of texts in the data.
  func strings(_ name: String) -> [String] { list(name).compactMap(\.plain) }
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
}
