/// Text as it may stand in XML and HTML.
enum Markup {
  /// The text with the characters that mark up escaped; control and bidirectional characters left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in Display.safe(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\u{FFFE}", "\u{FFFF}": continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Words of a page, escaped already, in which no row ends between a number and the word behind it, most often its unit: `14 mm`, and
  /// none begins with a dot that parts two things. They stand in an element of their own, so that what is copied keeps its plain space.
  static func withWholeRows(_ html: String) -> String {
    let bytes = Array(html.utf8)
    var result: [UInt8] = []
    var copied = 0
    for gap in bytes.indices.dropLast() where bytes[gap] == 0x20 {
      guard let whole = isBeforeDot(bytes, gap) ? gap..<gap + 3 : number(bytes, around: gap, from: copied) else { continue }
      result += bytes[copied..<whole.lowerBound]
      result += Array("<span class=\"whole\">".utf8) + bytes[whole] + Array("</span>".utf8)
      copied = whole.upperBound
    }
    return copied == 0 ? html : String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  private static func isBeforeDot(_ bytes: [UInt8], _ gap: Int) -> Bool {
    gap + 2 < bytes.count && bytes[gap + 1] == 0xC2 && bytes[gap + 2] == 0xB7
  }

  /// A number and the word behind it, parted by the space at a gap; nil where it parts something else.
  private static func number(_ bytes: [UInt8], around gap: Int, from copied: Int) -> Range<Int>? {
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    func isLetter(_ byte: UInt8) -> Bool { (0xC3...0xDF).contains(byte) || (0x61...0x7A).contains(byte | 0x20) }
    guard gap > copied, isDigit(bytes[gap - 1]), isLetter(bytes[gap + 1]) || bytes[gap + 1] == 0x25 else { return nil }
    var start = gap
    while start > copied, ![0x20, 0x28, 0x3B, 0x3E, 0x0A].contains(bytes[start - 1]) { start -= 1 }
    // A sign may stand before the number: `≥20 mm`.
    let first = bytes[start] == 0xE2 && start + 3 < gap ? start + 3 : start
    guard isDigit(bytes[first]) else { return nil }
    let end = bytes[(gap + 1)...].firstIndex { [0x20, 0x26, 0x3C, 0x0A].contains($0) } ?? bytes.count
    return bytes[gap..<end].count(where: { $0 & 0xC0 != 0x80 }) <= longestUnit ? start..<end : nil
  }

  /// Characters of a unit, with the space before it, that fit the narrowest screens.
  private static let longestUnit = 14

  /// The text as an id: letters, digits, `.`, `-` and `_`, others replaced by `-`; never empty.
  static func id(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "-", "_": Character(scalar)
      default: scalar.value >= 0x370 && scalar.properties.isAlphabetic ? Character(scalar) : "-"
      }
    }
    return scalars.isEmpty ? "-" : String(scalars)
  }
}

/// How wide text is in the fonts a browser is likely to take, in pixels: an estimate from above.
enum TextWidth {
  static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
    return text.unicodeScalars.reduce(0.0) { $0 + ems($1) } * size * (isBold ? 1.08 : 1)
  }

  private static func ems(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", ".", ",", ":", ";", "|", "'", "!", "ι", "ί", "·", "(", ")", "[", "]": 0.34
    case "f", "t", "r", "-", " ": 0.4
    case "m", "w", "M", "W", "%", "ω", "ώ": 0.92
    case "a"..."z", "0"..."9": 0.6
    case "A"..."Z": 0.72
    default: Display.width(scalar) == 2 ? 1 : Display.width(scalar) == 0 ? 0 : (0x391...0x3A9).contains(scalar.value) ? 0.74 : 0.62
    }
  }

  /// The text broken into lines of a width at spaces; a longer word stays whole.
  static func wrapped(_ text: String, to width: Double, size: Double, isBold: Bool = false) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty, of(longer, size: size, isBold: isBold) > width {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    lines.append(line)
    return lines
  }
}
