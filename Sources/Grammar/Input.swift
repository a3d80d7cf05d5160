import Wording

/// Bounds of what is read.
public enum InputBounds {
  /// Characters in a line.
  public static let line = 10_000
  /// Levels of parentheses.
  public static let nesting = 64
}

/// A line of input made plain: look-alike punctuation replaced, forbidden characters refused.
public enum Input {
  /// Reads bytes as a line: valid UTF-8, no NUL, no control character but tab and newline, at most 10,000 characters.
  public static func line(_ bytes: some Collection<UInt8>) throws(Diagnostic) -> String {
    guard bytes.count <= InputBounds.line * 4 else { throw .lineTooLong() }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .invalidUTF8() }
    return try plain(text)
  }

  /// The line with curly and angle quotes, no-break spaces, dashes, comparison signs, the Greek question mark and ano
  /// teleia read as their plain forms.
  public static func plain(_ text: String) throws(Diagnostic) -> String {
    guard text.utf8.count <= InputBounds.line || text.unicodeScalars.count <= InputBounds.line else { throw .lineTooLong() }
    var simple = true
    for byte in text.utf8 where byte < 0x20 || byte >= 0x7F {
      simple = false
      break
    }
    if simple { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0: throw .controlCharacter("NUL")
      case 0x09: result.append(" ")
      case 0x0A: result.append(scalar)
      case 0x0D: continue
      case 0..<0x20, 0x7F..<0xA0:
        throw .controlCharacter("U+" + String(repeating: "0", count: 2) + String(scalar.value, radix: 16, uppercase: true))
      case 0xA0, 0x2007, 0x2009, 0x202F: result.append(" ")
      case 0x201C, 0x201D, 0x201E, 0xAB, 0xBB: result.append("\"")
      case 0x2018, 0x2019: result.append("'")
      case 0x2010...0x2015, 0x2212: result.append("-")
      case 0xD7: result.append("x")
      case 0x2264: result.append(contentsOf: "<=".unicodeScalars)
      case 0x2265: result.append(contentsOf: ">=".unicodeScalars)
      case 0x37E: result.append(";")
      case 0x387: result.append("·")
      case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Whether a command is a case note in quotes.
  private static func isNote(_ part: String) -> Bool {
    let key = Folding.key(String(part.prefix(24)))
    return ["note\"", "σημειωμα\"", "σημειωση\"", "σημειωσε\""].contains { key.hasPrefix($0) }
  }

  /// Splits a text into commands at `;` and newlines outside quotes, and drops `#` comments. Each part comes with the
  /// number of its line, from 1. An open quote ends at the end of its line and is an error there.
  public static func commands(_ text: String) -> [(line: Int, text: String)] {
    // The Greek question mark, which begins with 0xCD, is equal to a semicolon.
    if !text.utf8.contains(where: { $0 == 0x0A || $0 == 0x22 || $0 == 0x23 || $0 == 0x3B || $0 == 0xCD }) {
      let command = text.trimmed()
      return command.isEmpty ? [] : [(1, command)]
    }
    var parts: [(line: Int, text: String)] = []
    var line = 1
    // A case note in quotes may go on over several lines.
    var note: (line: Int, text: String)?
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (place, row) in rows.enumerated() {
      var part = note.map { $0.text + "\n" } ?? ""
      var quoted = note != nil
      var previous: Character = " "
      scan: for character in row {
        switch character {
        case "\"": quoted.toggle()
        case ";" where !quoted:
          parts.append((line, part))
          part = ""
          previous = " "
          continue scan
        case "#" where !quoted && previous == " ": break scan
        default: break
        }
        part.append(character)
        previous = character
      }
      if quoted, isNote(part), rows[(place + 1)...].contains(where: { $0.contains("\"") }) {
        note = (note?.line ?? line, part)
      } else {
        parts.append((note?.line ?? line, part))
        note = nil
      }
      line += 1
    }
    return parts.map { ($0.line, $0.text.trimmed()) }.filter { !$0.text.isEmpty }
  }
}

extension String {
  func trimmed() -> String {
    if let first = utf8.first, let last = utf8.last, first != 0x20, last != 0x20 { return self }
    var part = self[...]
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
