/// A language that islet speaks.
public enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case greek = "el"

  /// Reads a language as a user or an environment names it: `en`, `el`, `el_GR.UTF-8`, `greek`, `ελληνικά`.
  public init?(reading text: String) {
    let folded = Folding.key(text)
    if folded.hasPrefix("el") || folded == "gr" || folded == "greek" {
      self = .greek
    } else if folded == Folding.key("ελληνικά") {
      self = .greek
    } else if folded.hasPrefix("en") || folded == Folding.key("αγγλικά") {
      self = .english
    } else {
      return nil
    }
  }
}

/// A text in both languages. There is no initialiser with one language, so a message that exists only in English
/// doesn't compile.
public struct Words: Sendable, Hashable {
  private enum Letters: Sendable {
    case read(english: String, greek: String)
    /// Where they stand as long as the program runs; a language's letters are read when they are asked for.
    case lasting(LastingLetters)
  }

  private let letters: Letters
  /// What parts of the two are more than plain words; nil where none is, as in nearly all.
  private let marks: [[Text.Mark]]?

  public var english: String {
    switch letters {
    case .read(let english, _): english
    case .lasting(let lasting): lasting.english
    }
  }

  public var greek: String {
    switch letters {
    case .read(_, let greek): greek
    case .lasting(let lasting): lasting.greek
    }
  }

  public init(_ english: String, _ greek: String) {
    letters = .read(english: english, greek: greek)
    marks = nil
  }

  /// Words of a table that is good as long as the program runs.
  public init(lasting english: UnsafeBufferPointer<UInt8>, _ greek: UnsafeBufferPointer<UInt8>) {
    letters = .lasting(LastingLetters(english, greek))
    marks = nil
  }

  /// Words of which parts are more than plain words.
  public init(text english: Text, _ greek: Text) {
    letters = .read(english: english.string, greek: greek.string)
    marks = english.marks.isEmpty && greek.marks.isEmpty ? nil : [english.marks, greek.marks]
  }

  /// What is said of a number of things: one, or none and several.
  public init(_ count: Int, one: @autoclosure () -> Words, several: @autoclosure () -> Words) { self = count == 1 ? one() : several() }

  /// How many more there are: `… and 3 more`. In Greek by the gender of the noun, feminine or neuter.
  public static func more(_ count: Int, feminine: Bool = false) -> Words {
    let other = feminine ? (count == 1 ? "άλλη" : "άλλες") : (count == 1 ? "άλλο" : "άλλα")
    return Words("… and \(count) more", "… και \(other) \(count)")
  }

  public static func == (a: Words, b: Words) -> Bool { a.english == b.english && a.greek == b.greek && a.marks == b.marks }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(english)
    hasher.combine(greek)
    hasher.combine(marks)
  }

  /// What is said where a line, of the command with that id, is to be typed.
  public static func toType(_ line: Words, _ command: String) -> Words {
    Words(text: "Type: \(Text.command(line.english, command))", "Γράψτε: \(Text.command(line.greek, command))")
  }

  /// A text that is the same in both languages: an id, a number, a name.
  public init(same text: String) { self.init(text, text) }

  public subscript(language: Language) -> String { language == .greek ? greek : english }

  /// The words with what their parts are.
  public func text(_ language: Language) -> Text {
    Text(self[language], marks.map { $0[language == .greek ? 1 : 0] } ?? [])
  }

  /// The words of a sentence of the guideline's data or of a case, its citations found.
  public func cited(_ language: Language) -> Text { Text(citing: self[language]) }

  /// The texts joined by a separator, language by language.
  public static func joined(_ parts: [Words], by separator: String) -> Words {
    Words(
      text: parts.map { $0.text(.english) }.joined(separator: separator),
      parts.map { $0.text(.greek) }.joined(separator: separator))
  }

  /// Words found near to what was typed, nearest first, then by their English, each once.
  public static func nearest(_ found: [(distance: Int, words: Words)]) -> [Words] {
    var unique: [Words] = []
    for entry in found.sorted(by: { ($0.distance, $0.words.english) < ($1.distance, $1.words.english) })
    where !unique.contains(entry.words) {
      unique.append(entry.words)
    }
    return unique
  }
}

/// The bytes of a text in both languages, good as long as the program runs and never changed.
private struct LastingLetters: @unchecked Sendable {
  private let englishStart: UnsafePointer<UInt8>?
  private let greekStart: UnsafePointer<UInt8>?
  private let englishCount: Int32
  private let greekCount: Int32

  init(_ english: UnsafeBufferPointer<UInt8>, _ greek: UnsafeBufferPointer<UInt8>) {
    (englishStart, greekStart) = (english.baseAddress, greek.baseAddress)
    (englishCount, greekCount) = (Int32(clamping: english.count), Int32(clamping: greek.count))
  }

  var english: String { String(decoding: UnsafeBufferPointer(start: englishStart, count: Int(englishCount)), as: UTF8.self) }
  var greek: String { String(decoding: UnsafeBufferPointer(start: greekStart, count: Int(greekCount)), as: UTF8.self) }
}
