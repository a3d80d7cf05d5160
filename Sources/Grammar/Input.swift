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
  public static func line(_ bytes: some Collection<UInt8>) throws(Diagnostic) -> String { try plain(try text(bytes)) }

  /// Reads bytes as a line within the same bounds, and leaves its marks as they are: a file may be named by them.
  public static func text(_ bytes: some Collection<UInt8>) throws(Diagnostic) -> String {
    guard bytes.count <= InputBounds.line * 4 else { throw .lineTooLong() }
    // Decoding repairs what is no UTF-8: then the text has other bytes.
    let array = Array(bytes)
    let text = String(decoding: array, as: UTF8.self)
    guard text.utf8.elementsEqual(array) else { throw .invalidUTF8() }
    _ = try plain(text)
    guard array.contains(0x0D) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value != 0x0D }))
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
      // What nobody sees: joiners, marks of direction, fillers, anchors, tags.
      case 0xAD, 0x61C, 0x115F, 0x1160, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB,
        0xE0000...0xE0FFF:
        continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Refuses a line whose comment reads like a real person's data; a command's own text is its reader's to look at.
  public static func checkComment(_ text: String) throws(Diagnostic) {
    guard text.utf8.contains(0x23), let real = Diagnostic.personalData(in: text, .text) else { return }
    throw real.on(text)
  }

  /// Whether a command is a case note in quotes.
  private static func isNote(_ part: String) -> Bool {
    let start = String(part.prefix(24))
    let key = Folding.key((try? plain(start)) ?? start)
    return ["note\"", "σημειωμα\"", "σημειωση\"", "σημειωσε\""].contains { key.hasPrefix($0) }
  }

  /// Whether a character stands between two letters or digits.
  private static func isInWord(_ row: Substring, _ index: Substring.Index) -> Bool {
    func isLetter(_ character: Character) -> Bool { character.isLetter || character.isNumber }
    let next = row.index(after: index)
    return index > row.startIndex && next < row.endIndex && isLetter(row[row.index(before: index)]) && isLetter(row[next])
  }

  /// Splits a text into commands at `;` and newlines outside quotes, and drops `#` comments. Each part comes with the
  /// number of its line, from 1. An open quote ends at the end of its line and is an error there. A quotation mark between
  /// two letters opens nothing: `a"b.islet`.
  public static func commands(_ text: String) -> [(line: Int, text: String)] {
    // The Greek question mark, which begins with 0xCD, is equal to a semicolon.
    if !text.utf8.contains(where: { $0 == 0x0A || $0 == 0x23 || $0 == 0x3B || $0 == 0xCD }) {
      let command = text.trimmed()
      return command.isEmpty ? [] : [(1, command)]
    }
    return scanned(text).parts.map { ($0.line, $0.text.trimmed()) }.filter { !isBlank($0.text) }
  }

  /// The parts of a text as they stand, and whether a quotation mark is open at its end.
  private static func scanned(_ text: String) -> (parts: [(line: Int, text: String)], isOpen: Bool) {
    var isOpen = false
    var parts: [(line: Int, text: String)] = []
    var line = 1
    // A case note in quotes may go on over several lines.
    var note: (line: Int, text: String)?
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (place, row) in rows.enumerated() {
      var part = note.map { $0.text + "\n" } ?? ""
      var quoted = note != nil
      var isStraight = false
      var previous: Character = " "
      scan: for index in row.indices {
        let character = row[index]
        switch character {
        case "\"", "“", "”", "„", "«", "»":
          if quoted {
            // Other marks between straight quotes are the text's own.
            let rest = row[row.index(after: index)...]
            quoted = isStraight && character != "\"" && rest.contains("\"")
          } else if !isInWord(row, index) || part.allSatisfy({ !$0.isWhitespace }) {
            quoted = true
            isStraight = character == "\""
          }
        case ";" where !quoted:
          // At the end of a Greek line it is a question mark, which the session reads.
          let isMark = row[row.index(after: index)...].allSatisfy(\.isWhitespace) && part.hasGreek
          parts.append((line, isMark ? part + ";" : part))
          part = ""
          previous = " "
          continue scan
        case "#" where !quoted && previous.isWhitespace: break scan
        default: break
        }
        part.append(character)
        previous = character
      }
      isOpen = quoted
      if quoted, isNote(part), rows[(place + 1)...].contains(where: { $0.contains { "\"”“»".contains($0) } }) {
        note = (note?.line ?? line, part)
      } else {
        parts.append((note?.line ?? line, part))
        note = nil
      }
      line += 1
    }
    return (parts, isOpen)
  }

  // MARK: Lines that go on

  /// Whether a line typed at a prompt goes on in another row: a quotation mark is open at its end, or a backslash stands
  /// there. An apostrophe opens nothing.
  public static func goesOn(_ text: String) -> Bool { rows(text).goesOn }

  /// The rows of a line typed at a prompt as one, where one goes on in the next; those of a case note stay apart.
  public static func joined(_ text: String) -> String { text.contains("\n") || text.hasSuffix("\\") ? rows(text).joined : text }

  private static func rows(_ text: String) -> (joined: String, goesOn: Bool) {
    // `flat` has a space in the place of each row's end, so that the marks are counted over all of them.
    var (joined, flat) = ("", "")
    var end: (isOpen: Bool, hasBackslash: Bool)?
    for row in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let end, !end.isOpen, !end.hasBackslash {
        joined += "\n"
        flat = ""
      } else if let end {
        if end.hasBackslash {
          joined.removeLast()
          flat.removeLast()
        }
        joined += !end.hasBackslash && isNote(scanned(flat).parts.last?.text.trimmed() ?? "") ? "\n" : " "
        flat += " "
      }
      joined += row
      flat += row
      let (parts, isOpen) = scanned(flat)
      // A backslash in a comment is the comment's.
      end = (isOpen, row.last == "\\" && parts.last?.text.last == "\\")
    }
    if let end, end.hasBackslash, !end.isOpen || joined.last == "\\" {
      return (String(joined.dropLast()), true)
    }
    return (joined, end?.isOpen ?? false)
  }

  /// Whether nothing of a text is left in its plain form.
  private static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x80 } && (try? plain(text))?.trimmed() == "" }
}

extension String {
  func trimmed() -> String {
    if let first = utf8.first, let last = utf8.last, 0x21...0x7E ~= first, 0x21...0x7E ~= last { return self }
    var part = self[...]
    while part.first?.isWhitespace ?? false { part.removeFirst() }
    while part.last?.isWhitespace ?? false { part.removeLast() }
    return String(part)
  }
}
