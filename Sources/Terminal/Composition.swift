/// Letters and the accents that follow them, joined: what Unicode's normal form C does for Greek and Latin letters.
public enum Composition {
  private static let grave: UInt32 = 0x300
  private static let acute: UInt32 = 0x301
  private static let circumflex: UInt32 = 0x302
  private static let tilde: UInt32 = 0x303
  private static let diaeresis: UInt32 = 0x308

  private static let pairs: [UInt32: [Character: Unicode.Scalar]] = [
    grave: ["a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù", "A": "À", "E": "È", "I": "Ì", "O": "Ò", "U": "Ù"],
    acute: [
      "a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "y": "ý", "A": "Á", "E": "É", "I": "Í", "O": "Ó", "U": "Ú", "Y": "Ý",
      "α": "ά", "ε": "έ", "η": "ή", "ι": "ί", "ο": "ό", "υ": "ύ", "ω": "ώ", "ϊ": "ΐ", "ϋ": "ΰ",
      "Α": "Ά", "Ε": "Έ", "Η": "Ή", "Ι": "Ί", "Ο": "Ό", "Υ": "Ύ", "Ω": "Ώ",
    ],
    circumflex: ["a": "â", "e": "ê", "i": "î", "o": "ô", "u": "û", "A": "Â", "E": "Ê", "I": "Î", "O": "Ô", "U": "Û"],
    tilde: ["a": "ã", "n": "ñ", "o": "õ", "A": "Ã", "N": "Ñ", "O": "Õ"],
    diaeresis: [
      "a": "ä", "e": "ë", "i": "ï", "o": "ö", "u": "ü", "y": "ÿ", "A": "Ä", "E": "Ë", "I": "Ï", "O": "Ö", "U": "Ü",
      "ι": "ϊ", "υ": "ϋ", "Ι": "Ϊ", "Υ": "Ϋ",
    ],
  ]

  /// Whether a scalar is an accent that may join the letter before it.
  public static func isAccent(_ scalar: Unicode.Scalar) -> Bool { pairs[scalar.value] != nil }

  /// The letter that a letter and the accent after it make; nil when there is none.
  public static func joined(_ letter: Unicode.Scalar, _ accent: Unicode.Scalar) -> Unicode.Scalar? {
    pairs[accent.value]?[Character(letter)]
  }

  /// The text with its letters and accents joined.
  public static func composed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isAccent) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let last = result.last, let whole = joined(last, scalar) {
        result.removeLast()
        result.append(whole)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
