import Measures
import Wording

/// One line of a report: a mark or number, a text, a detail and a citation.
public struct Row: Sendable, Hashable {
  /// Its number in the list, by which a user may name it.
  public var number: Int?
  /// A sign before the text: ✓ ✗ ? + − ~, or a stance's own.
  public var mark: Text
  /// What it says. What it is comes before, set off by two spaces: `alongside  Histology`.
  public var text: Text
  /// What qualifies the text: `if found at surgery`.
  public var detail: Text
  /// Where it stands: `P002`.
  public var citation: Text
  /// How far it is indented, in steps.
  public var level: Int

  public init(
    _ text: some Textual, number: Int? = nil, mark: some Textual = Text(), detail: some Textual = Text(), citation: some Textual = Text(), level: Int = 0
  ) {
    self.text = text.text
    self.number = number
    self.mark = mark.text
    self.detail = detail.text
    self.citation = citation.text
    self.level = level
  }
}

/// A part of a report.
public enum Block: Sendable, Hashable {
  case heading(Text)
  case paragraph(Text)
  /// Lines aligned with each other.
  case rows([Row])
  /// What the reader should be aware of.
  case notice(Text)
  /// A table with its column heads.
  case table([Text], [[Text]])
  /// Text printed as it stands, line by line (examples, code).
  case verbatim([Text])
  /// A picture.
  case figure(Figure)

  public static func heading(_ text: String) -> Block { .heading(Text(text)) }
  public static func paragraph(_ text: String) -> Block { .paragraph(Text(text)) }
  public static func notice(_ text: String) -> Block { .notice(Text(text)) }
  public static func table(_ head: [String], _ rows: [[String]]) -> Block { .table(head.map { Text($0) }, rows.map { $0.map { Text($0) } }) }
  public static func verbatim(_ lines: [String]) -> Block { .verbatim(lines.map { Text($0) }) }

  /// The words that it shows.
  public var texts: [Text] {
    switch self {
    case .heading(let text), .paragraph(let text), .notice(let text): [text]
    case .rows(let rows): rows.flatMap { [$0.text, $0.detail, $0.citation] }
    case .table(let head, let rows): head + rows.joined()
    case .verbatim(let lines): lines
    case .figure(let figure): [figure.citation] + figure.notes + figure.table.rows.joined()
    }
  }
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
