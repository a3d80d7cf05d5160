import Wording

/// How text takes up columns of a terminal.
public enum Display {
  /// The columns of a text: combining marks take none, wide characters two.
  public static func width(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var columns = 0
      var place = 0
      while place < bytes.count {
        if eight(bytes, at: place, are: { $0 & 0x8080_8080_8080_8080 == 0 }) {
          columns += 8
          place += 8
          continue
        }
        let first = bytes[place]
        place += 1
        var value = UInt32(first)
        if first >= 0x80 {
          let more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3
          value &= 0x3F >> UInt32(more)
          for next in place..<min(place + more, bytes.count) { value = value << 6 | UInt32(bytes[next] & 0x3F) }
          place += more
        }
        columns += width(value)
      }
      return columns
    }
  }

  /// Whether eight bytes from a place on, read as one word, hold what is asked of them; no where there are fewer.
  @inline(__always)
  private static func eight(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int, are holds: (UInt64) -> Bool) -> Bool {
    place + 8 <= bytes.count && holds(UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  static func width(_ scalar: Unicode.Scalar) -> Int { width(scalar.value) }

  @inline(__always)
  private static func width(_ scalar: UInt32) -> Int {
    // Latin and Greek.
    if scalar < 0x300 || (0x370..<0x1100).contains(scalar) { return 1 }
    return switch scalar {
    case 0x300...0x36F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }

  /// The text with spaces added up to a width.
  public static func padded(_ text: String, to columns: Int) -> String {
    text + String.spaces(columns - width(text))
  }

  /// The text broken at spaces into lines of a width; a longer word stays whole.
  public static func wrapped(_ text: String, to columns: Int) -> [String] {
    if text.utf8.first != 0x20, width(text) <= columns { return [text] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for part in text.utf8.split(separator: 0x20, omittingEmptySubsequences: false) {
      let word = String(Substring(part))
      let size = width(word)
      if used > 0, used + 1 + size > columns {
        lines.append(line)
        line = word
        used = size
      } else {
        if used > 0 { line += " " }
        line += word
        used += size + (used > 0 ? 1 : 0)
      }
    }
    lines.append(line)
    return lines
  }

  /// The same, what its parts are kept.
  static func wrapped(_ text: Text, to columns: Int) -> [Text] {
    let lines = wrapped(text.string, to: columns)
    if text.marks.isEmpty { return lines.map { Text($0) } }
    // Each line is a stretch of the text, with the spaces between two left out.
    var start = 0
    let bytes = Array(text.string.utf8)
    return lines.map { line in
      let size = line.utf8.count
      while start + size < bytes.count, bytes[start] == 0x20, line.utf8.first != 0x20 { start += 1 }
      defer { start += size }
      return text[start..<start + size]
    }
  }

  static func padded(_ text: Text, to columns: Int) -> Text { text + String.spaces(columns - width(text.string)) }

  static func safe(_ text: Text) -> Text { isSafe(text.string) ? text : text.mapped(safe) }

  static func escaped(_ text: Text) -> Text { text.mapped(escaped) }

  /// What may stand in a text although it is made of control characters.
  public enum Kept: Sendable {
    case nothing
    /// The colours and weights of a coloured `TextStyle`.
    case styles
    /// The returns before newlines, as comma-separated values have them.
    case carriageReturns
  }

  /// Whether a character controls what is shown instead of being shown: C0 but newline, DEL, C1, the bidirectional controls, and
  /// the separators of lines and paragraphs.
  public static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The text without control characters: what may reach a terminal. A tab and the separators of lines become spaces.
  public static func safe(_ text: String) -> String { safe(text, keeping: .nothing) }

  /// The same, with what is a text's own.
  public static func safe(_ text: String, keeping kept: Kept) -> String {
    if isSafe(text) { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard isControl(scalar) else {
        result.append(scalar)
        continue
      }
      switch scalar {
      case "\t", "\u{2028}", "\u{2029}": result.append(" ")
      case "\r" where kept == .carriageReturns && rest.first == "\n": result.append(scalar)
      case "\u{1B}" where kept == .styles:
        guard let style = TextStyle.escape(opening: rest) else { continue }
        result.append(scalar)
        result.append(contentsOf: style)
        rest = rest.dropFirst(style.count)
      default: continue
      }
    }
    return String(result)
  }

  /// Whether a text surely holds nothing that `safe` takes out: no control, and no character of the blocks U+0080 to U+009F,
  /// U+0600 to U+063F and U+2000 to U+207F, dashes, ellipsis and curly quotes excepted.
  static func isSafe(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var lead: UInt8 = 0
      var before: UInt8 = 0
      var place = 0
      while place < bytes.count {
        if before < 0x80, eight(bytes, at: place, are: isPlain) {
          place += 8
          continue
        }
        let byte = bytes[place]
        place += 1
        if byte < 0x20 && byte != 0x0A || byte == 0x7F { return false }
        if before == 0xC2 && byte < 0xA0 || before == 0xD8 { return false }
        if lead == 0xE2 && (before == 0x80 && (byte < 0x90 || byte > 0xA6) || before == 0x81) { return false }
        lead = before
        before = byte
      }
      return true
    }
  }

  /// Whether none of eight bytes is below U+0020, U+007F or beyond it.
  @inline(__always)
  private static func isPlain(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    return ((word &- ones &* 0x20) | (word &+ ones)) & 0x8080_8080_8080_8080 == 0
  }

  /// The text with control characters shown as escapes, for quoting input in an error.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if isControl(scalar) || scalar == "\n" {
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
