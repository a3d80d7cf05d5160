/// Words in one language, in spans that say what each is. Whoever writes them knows what they are; links, colour and line
/// breaks are made of the spans, never of the letters.
///
/// ```swift
/// let text: Text = "as \(Text.citation("P002")) says; \(Text.command("why enucleation", "why")) says more"
/// ```
public struct Text: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The letters, without what they are.
  public private(set) var string: String
  /// What is more than plain words, in the order of the starts; of two that overlap, one holds the other.
  public private(set) var marks: [Mark]

  /// A stretch that is more than plain words.
  public struct Mark: Sendable, Hashable {
    /// Offsets into the UTF-8 of the text.
    public let range: Range<Int>
    public let kind: Kind
  }

  public enum Kind: Sendable, Hashable {
    /// A paragraph, fact or erratum, by its id: `P002`.
    case citation(String)
    /// A printed value with its erratum and the reading, by the erratum's id: on one line, however narrow the screen.
    case erratum(String)
    case dose
    /// A command as it may be typed, by the command's name: `why not`.
    case command(String)
    /// The stance of a statement, by its id, with its sign and its word. Where one of them is printed a page shows both.
    case stance(id: String, sign: String, word: String)
  }

  public init() { (string, marks) = ("", []) }
  public init(_ string: String) { (self.string, marks) = (string, []) }
  public init(stringLiteral string: String) { self.init(string) }
  public init(stringInterpolation parts: StringInterpolation) { self = parts.text }

  /// Letters that are one thing.
  public init(_ string: String, _ kind: Kind) {
    self.string = string
    marks = string.isEmpty ? [] : [Mark(range: 0..<string.utf8.count, kind: kind)]
  }

  init(_ string: String, _ marks: [Mark]) { (self.string, self.marks) = (string, marks) }

  public static func citation(_ id: String) -> Text { Text(id, .citation(id)) }
  /// Ids, each a citation, with spaces between.
  public static func citations(_ ids: [String]) -> Text { ids.map(Text.citation).joined(separator: " ") }
  public static func command(_ line: String, _ name: String) -> Text { Text(line, .command(name)) }

  /// The parts that aren't empty, with a separator between.
  public static func joined(_ parts: [any Textual], by separator: String = " · ") -> Text {
    parts.map(\.text).filter { !$0.isEmpty }.joined(separator: separator)
  }

  /// The text as a whole one thing, which holds what its parts are.
  public func marked(_ kind: Kind) -> Text {
    isEmpty ? self : Text(string, [Mark(range: 0..<string.utf8.count, kind: kind)] + marks)
  }

  /// A sentence of the guideline's data or of a case, whose ids of paragraphs, facts and errata (P002, F012, E08) are citations.
  /// What a user typed is none.
  public init(citing sentence: String) {
    self.init(sentence)
    var word = 0..<0
    var digits = 0
    var lead: Unicode.Scalar?
    func end() {
      if let lead, digits == (lead == "E" ? 2 : 3) {
        let id = String(sentence.utf8[offset: word]) ?? ""
        marks.append(Mark(range: word, kind: .citation(id)))
      }
    }
    for scalar in sentence.unicodeScalars {
      let next = word.upperBound + UTF8.width(scalar)
      if !(scalar.isASCII ? scalar.isASCIIWord : scalar.properties.isAlphabetic) {
        end()
        (word, digits, lead) = (next..<next, 0, nil)
      } else if word.isEmpty {
        lead = ["E", "F", "P"].contains(scalar) ? scalar : nil
        word = word.lowerBound..<next
      } else {
        if ("0"..."9").contains(scalar) { digits += 1 } else { lead = nil }
        word = word.lowerBound..<next
      }
    }
    end()
  }

  public var isEmpty: Bool { string.isEmpty }

  /// Whether a part of it may not be broken into lines.
  public var holdsErratum: Bool {
    marks.contains {
      switch $0.kind {
      case .erratum: true
      case .citation(let id): id.hasPrefix("E")
      default: false
      }
    }
  }

  /// A stretch of letters that are the same things throughout, the outer one first.
  public struct Span: Sendable, Hashable {
    public let string: String
    public let kinds: [Kind]

    public init(string: String, kinds: [Kind]) {
      self.string = string
      self.kinds = kinds
    }
  }

  /// The text in spans, in order; none is empty.
  public var spans: [Span] {
    if marks.isEmpty { return isEmpty ? [] : [Span(string: string, kinds: [])] }
    let count = string.utf8.count
    let cuts = Set(marks.flatMap { [$0.range.lowerBound, $0.range.upperBound] } + [0, count]).sorted()
    return zip(cuts, cuts.dropFirst()).compactMap { low, high in
      guard let part = String(string.utf8[offset: low..<high]), !part.isEmpty else { return nil }
      return Span(string: part, kinds: marks.filter { $0.range.lowerBound <= low && high <= $0.range.upperBound }.map(\.kind))
    }
  }

  /// A part of the text, by offsets into its UTF-8.
  public subscript(range: Range<Int>) -> Text {
    guard let part = String(string.utf8[offset: range]) else { return Text() }
    return Text(
      part,
      marks.compactMap { mark in
        let (low, high) = (max(mark.range.lowerBound, range.lowerBound), min(mark.range.upperBound, range.upperBound))
        return low < high ? Mark(range: low - range.lowerBound..<high - range.lowerBound, kind: mark.kind) : nil
      })
  }

  /// The parts between a byte of ASCII; empty ones too.
  public func split(separator: Unicode.Scalar) -> [Text] {
    let byte = UInt8(truncatingIfNeeded: separator.value)
    guard string.utf8.contains(byte) else { return [self] }
    var parts: [Text] = []
    var start = 0
    for part in string.utf8.split(separator: byte, omittingEmptySubsequences: false) {
      let end = start + part.count
      parts.append(marks.isEmpty ? Text(String(Substring(part))) : self[start..<end])
      start = end + 1
    }
    return parts
  }

  /// The text with its letters changed span by span.
  public func mapped(_ change: (String) -> String) -> Text {
    if marks.isEmpty { return Text(change(string)) }
    // A mark's ends are the ends of spans, whose new places are kept.
    var places = [0: 0]
    var result = ""
    var end = 0
    for span in spans {
      result += change(span.string)
      end += span.string.utf8.count
      places[end] = result.utf8.count
    }
    return Text(
      result,
      marks.compactMap { mark in
        guard let low = places[mark.range.lowerBound], let high = places[mark.range.upperBound], low < high else { return nil }
        return Mark(range: low..<high, kind: mark.kind)
      })
  }

  public mutating func append(_ other: Text) {
    let start = string.utf8.count
    string += other.string
    for mark in other.marks {
      marks.append(Mark(range: mark.range.lowerBound + start..<mark.range.upperBound + start, kind: mark.kind))
    }
  }

  public static func + (first: Text, second: Text) -> Text {
    var sum = first
    sum.append(second)
    return sum
  }
  public static func + (first: Text, second: String) -> Text { Text(first.string + second, first.marks) }
  public static func + (first: String, second: Text) -> Text { Text(first) + second }
  public static func += (first: inout Text, second: Text) { first.append(second) }
  public static func += (first: inout Text, second: String) { first.string += second }

  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = Text()

    public init(literalCapacity: Int, interpolationCount: Int) {}
    public mutating func appendLiteral(_ literal: String) { text.string += literal }
    public mutating func appendInterpolation(_ part: Text) { text.append(part) }
    public mutating func appendInterpolation(_ part: some CustomStringConvertible) { text.string += part.description }
  }
}

extension Sequence<Text> {
  public func joined(separator: String = "") -> Text { Array(self).joined(separator: separator) }
}

extension [Text] {
  public func joined(separator: String = "") -> Text {
    var result = Text()
    for place in indices {
      if place > 0 { result += separator }
      result.append(self[place])
    }
    return result
  }
}

extension [String] {
  /// The texts with a separator between them. The library's own is made for any collection, and its types are looked up when it is
  /// first called: a good part of the start of a program.
  public func joined(separator: String = "") -> String {
    var result = ""
    for place in indices {
      if place > 0 { result += separator }
      result += self[place]
    }
    return result
  }
}

extension DefaultStringInterpolation {
  @available(*, deprecated, message: "a string loses what the parts of a text are: make a Text, or Words(text:)")
  public mutating func appendInterpolation(_ text: Text) { appendInterpolation(text.string) }
}

/// What can be words of a report.
public protocol Textual {
  var text: Text { get }
}

extension Text: Textual {
  public var text: Text { self }
}

extension String: Textual {
  public var text: Text { Text(self) }
}

extension String.UTF8View {
  fileprivate subscript(offset range: Range<Int>) -> Substring.UTF8View {
    let low = index(startIndex, offsetBy: range.lowerBound)
    return self[low..<index(low, offsetBy: range.count)]
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIIWord: Bool { ("0"..."9").contains(self) || ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
