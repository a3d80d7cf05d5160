import Measures
import Wording

/// One line of a report: a mark or number, a text, a detail and a citation.
public struct Row: Sendable, Hashable {
  /// Its number in the list, by which a user may name it.
  public var number: Int?
  /// A sign before the text: ✓ ✗ ? + − ~
  public var mark: String
  public var text: String
  /// What qualifies the text: `if found at surgery`.
  public var detail: String
  /// Where it stands: `P002`.
  public var citation: String
  /// How far it is indented, in steps.
  public var level: Int

  public init(
    _ text: String, number: Int? = nil, mark: String = "", detail: String = "", citation: String = "", level: Int = 0
  ) {
    self.text = text
    self.number = number
    self.mark = mark
    self.detail = detail
    self.citation = citation
    self.level = level
  }
}

/// A part of a report.
public enum Block: Sendable, Hashable {
  case heading(String)
  case paragraph(String)
  /// Lines aligned with each other.
  case rows([Row])
  /// What the reader should be aware of.
  case notice(String)
  /// A table with its column heads.
  case table([String], [[String]])
  /// Text printed as it stands, line by line (examples, code).
  case verbatim([String])
  /// A picture.
  case figure(Figure)
}

/// What a command answers: data, not text. The meaning is free of language; the blocks are in the session's language.
public struct Report: Sendable {
  /// The answer as data, without the envelope that every report shares. It is made when asked for: text needs none.
  public var data: [(String, JSON?)] {
    get { makeData() }
    set { makeData = { newValue } }
  }
  private var makeData: @Sendable () -> [(String, JSON?)]
  public var blocks: [Block]
  public var errors: [Diagnostic]

  public init(data: [(String, JSON?)] = [], blocks: [Block] = []) {
    makeData = { data }
    self.blocks = blocks
    errors = []
  }

  /// A report whose data take some work to make.
  public init(blocks: [Block], data: @escaping @Sendable () -> [(String, JSON?)]) {
    makeData = data
    self.blocks = blocks
    errors = []
  }

  public init(error: Diagnostic) {
    makeData = { [] }
    blocks = []
    errors = [error]
  }

  /// The report as one JSON object, with the envelope of every report.
  public func json(command: String, patient: String?, language: Language) -> JSON {
    .fields(
      [
        ("schema", .integer(1)), ("command", .string(command)), ("patient", patient.map { .string($0) } ?? .null),
        ("errors", .array(errors.map { $0.json(language) })),
      ] + data)
  }
}

extension Diagnostic {
  /// The diagnostic as data: code, message, readings, and the finding, file, line and cell where there are any.
  public func json(_ language: Language) -> JSON {
    .fields([
      ("code", .string(code)), ("message", .string(message[language])), ("finding", finding.map { .string($0) }),
      ("readings", readings.isEmpty ? nil : .strings(readings)),
      ("file", file.map { .string($0) }), ("line", line.map { .integer($0) }), ("cell", cell.map { .integer($0) }),
    ])
  }
}
