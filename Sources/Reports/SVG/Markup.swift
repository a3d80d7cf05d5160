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
