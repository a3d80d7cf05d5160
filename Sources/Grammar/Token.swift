import Measures
import Wording

/// A piece of a command line.
public struct Token: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case word, number, symbol, quoted
  }

  public let kind: Kind
  /// Its text as typed; of a quoted text, what stands between the quotes.
  public let text: String
  /// The key of its text; empty for hyphens and underscores, which matching ignores.
  public let key: FoldedKey
  /// Where it stands, as offsets into the line's UTF-8.
  public let span: Range<Int>

  public init(kind: Kind, text: String, key: FoldedKey, span: Range<Int>) {
    self.kind = kind
    self.text = text
    self.key = key
    self.span = span
  }

  /// Its text folded.
  public var folded: String { Folding.key(text) }

  public func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}

/// Splits a line into tokens.
public enum Lexer {
  /// The tokens of one command. An unbalanced quote is an error.
  public static func tokens(_ source: String) throws(Diagnostic) -> [Token] {
    var tokens: [Token] = []
    var text = source
    text.makeContiguousUTF8()
    let bytes = Array(text.utf8)
    var index = 0
    func isDigit(_ place: Int) -> Bool { place < bytes.count && bytes[place] >= 0x30 && bytes[place] <= 0x39 }
    func isLetter(_ place: Int) -> Bool {
      guard place < bytes.count else { return false }
      let byte = bytes[place]
      if byte >= 0x80 { return !isMark(place) }
      return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
    }
    /// The middle dot (U+00B7), degree and section signs are symbols, any other character beyond ASCII is a letter.
    func isMark(_ place: Int) -> Bool {
      bytes[place] == 0xC2 && place + 1 < bytes.count && [0xB7, 0xB0, 0xA7, 0xB1].contains(bytes[place + 1])
    }
    func add(_ kind: Token.Kind, _ range: Range<Int>) {
      let part = String(decoding: bytes[range], as: UTF8.self)
      tokens.append(Token(kind: kind, text: part, key: FoldedKey(part), span: range))
    }
    while index < bytes.count {
      let byte = bytes[index]
      let start = index
      switch byte {
      case 0x20, 0x09: index += 1
      case 0x22:
        guard let end = bytes[(index + 1)...].firstIndex(of: 0x22) else {
          throw Diagnostic.openQuote(index..<bytes.count).on(source)
        }
        let part = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        tokens.append(Token(kind: .quoted, text: part, key: FoldedKey(part), span: index..<(end + 1)))
        index = end + 1
      case 0x30...0x39:
        while isDigit(index) { index += 1 }
        // 2,5x1,8: a decimal comma may stand behind the sign between two measures.
        let isTimes = start > 1 && (bytes[start - 1] | 0x20) == 0x78 && isDigit(start - 2)
        let afterLetter = start > 0 && isLetter(start - 1) && !isTimes
        if index < bytes.count, bytes[index] == 0x2E || (bytes[index] == 0x2C && !afterLetter), isDigit(index + 1) {
          index += 1
          while isDigit(index) { index += 1 }
        }
        add(.number, start..<index)
      case 0x3C, 0x3E:
        index += index + 1 < bytes.count && bytes[index + 1] == 0x3D ? 2 : 1
        add(.symbol, start..<index)
      default:
        if isLetter(index) {
          while isLetter(index) { index += 1 }
          add(.word, start..<index)
        } else {
          index += byte >= 0x80 ? 2 : 1
          add(.symbol, start..<min(index, bytes.count))
        }
      }
    }
    return tokens
  }
}

extension Token {
  /// The number it reads as: digits, with a decimal point or a decimal comma.
  public var number: Exact? {
    guard kind == .number else { return nil }
    return Exact(String(text.map { $0 == "," ? "." : $0 }))
  }
}
