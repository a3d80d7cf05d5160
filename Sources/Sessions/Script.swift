import Grammar
import Wording

/// Bounds of the files that are run.
public enum ScriptBounds {
  /// Bytes in a file.
  public static let bytes = 1_000_000
  /// Lines in a file.
  public static let lines = 5_000
  /// Commands run from files in a session.
  public static let steps = 20_000
  /// Files that load or replay each other.
  public static let nesting = 64
  /// Seconds that a command in a file may take.
  public static let seconds = 2.0
}

/// What an `.islet` file is.
public enum ScriptKind: String, Sendable {
  case session, recording, journal, scenario
}

/// An `.islet` file: a header, then commands, a line each; `#` starts a comment.
///
/// The first line is `islet 1 recording`: the format's version and what the file is. Fields follow, `name: value` a line
/// each, up to the first line that is neither a field nor a comment. A file without that first line is commands only.
public struct Script: Sendable {
  /// The version of the format that is written, and the newest that is read.
  public static let version = 1

  public let kind: ScriptKind?
  /// The header's fields, in their order.
  public let fields: [(name: String, value: String)]
  /// The lines after the header, as read, with their numbers in the file, from 1.
  public let lines: [(number: Int, bytes: ArraySlice<UInt8>)]

  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// Whether bytes are those of a case: their first line that is no comment says so.
  public static func isScenario(_ bytes: [UInt8]) -> Bool {
    for row in bytes.split(separator: 0x0A, maxSplits: 100, omittingEmptySubsequences: false).prefix(100) {
      let text = String(decoding: row, as: UTF8.self)
      let words = text.split { $0 == " " || $0 == "\r" || $0 == "\u{FEFF}" }
      if words.isEmpty || words[0].hasPrefix("#") { continue }
      return words[0] == "islet" && words.contains("scenario")
    }
    return false
  }

  /// Reads a file's bytes. Errors name the file and the line. `isOwn` lifts the bounds, for what islet itself wrote, and
  /// drops a last line that was cut short.
  /// `takesCases` reads a teaching case too, whose lines are no commands.
  public init(_ bytes: [UInt8], file: String, isOwn: Bool = false, takesCases: Bool = false) throws(Diagnostic) {
    guard isOwn || bytes.count <= ScriptBounds.bytes else { throw .fileTooLong(file) }
    if !isOwn, !takesCases, Self.isScenario(bytes) { throw .scenarioNotScript(file) }
    var header = HeaderReader()
    var lines: [(number: Int, bytes: ArraySlice<UInt8>)] = []
    var number = 0
    var rows = (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]).split(
      separator: 0x0A, omittingEmptySubsequences: false)
    if isOwn || rows.last?.isEmpty == true { rows.removeLast() }
    for row in rows {
      number += 1
      guard isOwn || number <= ScriptBounds.lines else { throw .tooManyLines(file) }
      do throws(Diagnostic) {
        if try header.takes(row) { continue }
      } catch {
        throw error.at(file: file, line: number)
      }
      lines.append((number, row))
    }
    kind = header.kind
    fields = header.fields
    self.lines = lines
  }

  /// The commands in order, each with the number of its line. The first bad line throws, located.
  public func commands(file: String) throws(Diagnostic) -> [(line: Int, text: String)] {
    var commands: [(line: Int, text: String)] = []
    for (number, bytes) in lines {
      do throws(Diagnostic) {
        let text = try Input.text(bytes)
        try Input.checkComment(text)
        commands += Input.commands(text).map { (number, $0.text) }
      } catch {
        throw error.at(file: file, line: number)
      }
    }
    return commands
  }

  /// The text of a file: header, then command lines.
  public static func text(_ kind: ScriptKind, fields: [(name: String, value: String)], lines: [String]) -> String {
    header(kind, fields: fields) + lines.map { $0 + "\n" }.joined()
  }

  static func header(_ kind: ScriptKind, fields: [(name: String, value: String)]) -> String {
    "islet \(version) \(kind.rawValue)\n" + fields.map { "\($0.name): \($0.value)\n" }.joined() + "\n"
  }
}

/// Reads the header of an `.islet` file, line by line, as the lines come.
public struct HeaderReader {
  public private(set) var kind: ScriptKind?
  public private(set) var fields: [(name: String, value: String)] = []
  private var isOpen = true

  public init() {}

  /// Whether a line is the header's, or a `#!` line. Errors: a format that is newer, a kind that isn't known.
  public mutating func takes(_ row: ArraySlice<UInt8>) throws(Diagnostic) -> Bool {
    if row.first == 0x23, row.dropFirst().first == 0x21 { return true }
    guard isOpen, let text = try? Input.line(row) else {
      isOpen = false
      return false
    }
    if text.first == "#" || text.allSatisfy({ $0 == " " }) { return false }
    if kind == nil, let found = try Self.firstLine(text) {
      kind = found
      return true
    }
    if kind != nil, let field = Self.field(text) {
      fields.append(field)
      return true
    }
    isOpen = false
    return false
  }

  /// `islet 1 recording`; nil when the line is something else.
  private static func firstLine(_ text: String) throws(Diagnostic) -> ScriptKind? {
    let words = text.split(separator: " ")
    guard words.first == "islet", words.count > 1 else { return nil }
    guard let version = Int(words[1]) else { return nil }
    guard version >= 1, version <= Script.version else { throw .formatVersion(version) }
    guard words.count == 3, let kind = ScriptKind(rawValue: String(words[2])) else { throw .formatKind(text) }
    return kind
  }

  /// `name: value`, the name one lower-case word.
  private static func field(_ text: String) -> (name: String, value: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = text[..<colon]
    guard !name.isEmpty, name.allSatisfy({ ("a"..."z").contains($0) || $0 == "-" }) else { return nil }
    return (String(name), String(text[text.index(after: colon)...].drop { $0 == " " }))
  }
}
