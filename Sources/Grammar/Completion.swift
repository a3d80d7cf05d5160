import Wording

/// One way in which a line may go on.
public struct CompletionCandidate: Sendable, Hashable {
  /// What is put in the place of what was typed.
  public let text: String
  /// What it is, in one line.
  public let description: String
  /// Whether something may follow it in the same phrase, so that a space is put behind it.
  public let continues: Bool

  public init(_ text: String, _ description: String, continues: Bool = false) {
    self.text = text
    self.description = description
    self.continues = continues
  }
}

/// The ways in which a line may go on at the cursor, in the language that is being typed.
public struct CompletionList: Sendable, Hashable {
  /// The part of the line that a candidate replaces, as offsets into its UTF-8. It ends at the cursor.
  public var replaces: Range<Int>
  public var candidates: [CompletionCandidate]
  /// What is expected where nothing can be listed: a number with its bounds.
  public var hint: String?

  public init(replaces: Range<Int>, candidates: [CompletionCandidate] = [], hint: String? = nil) {
    self.replaces = replaces
    self.candidates = candidates
    self.hint = hint
  }

  /// The text that all candidates share, when it is longer than what was typed; of a single candidate the whole, with a
  /// space where more may follow. Nil when there is nothing to add.
  public func shared(typed: String) -> String? {
    guard let first = candidates.first else { return nil }
    if candidates.count == 1 {
      let whole = first.text + (first.continues ? " " : "")
      return whole == typed ? nil : whole
    }
    var common = Array(first.text)
    for candidate in candidates.dropFirst() {
      var length = 0
      for (a, b) in zip(common, candidate.text) {
        if a != b { break }
        length += 1
      }
      common.removeSubrange(length...)
    }
    guard common.count > typed.count, Folding.key(String(common)).hasPrefix(Folding.key(typed)) else { return nil }
    return String(common)
  }
}

extension Language {
  /// The language whose letters a text is written in: Greek when there is a Greek letter, English when there are other
  /// letters only, nil without letters.
  public static func typed(in text: some StringProtocol) -> Language? {
    var found: Language?
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x386...0x3FF, 0x1F00...0x1FFF: return .greek
      case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: found = .english
      default: continue
      }
    }
    return found
  }
}

/// Words with their folded keys, to be found by how they begin.
public struct CompletionWord: Sendable {
  public let text: String
  public let key: [UInt8]
  public let language: Language
  /// The same number for the words that mean the same.
  public let meaning: Int

  public init(_ text: String, _ language: Language, meaning: Int) {
    self.text = text
    key = Folding.keyBytes(of: text)
    self.language = language
    self.meaning = meaning
  }

  /// Where in the key the second and further words of the text start.
  var startsInside: [Int] {
    var starts: [Int] = []
    var length = 0
    for part in text.split(whereSeparator: { " -(/".contains($0) }) {
      if length > 0 { starts.append(length) }
      length += Folding.key(String(part)).utf8.count
      // Brackets and strokes stand in the key, spaces and hyphens don't.
      let end = part.endIndex
      if end < text.endIndex, "(/".contains(text[end]) || text[end] == " " && text.index(after: end) < text.endIndex && text[text.index(after: end)] == "(" {
        length += 1
      }
    }
    return starts
  }
}

/// What a user is typing: how it begins, and in which languages its words are looked for.
public struct CompletionFragment: Sendable {
  public let text: String
  public let key: [UInt8]
  /// The languages whose words fit, the preferred one first.
  public let languages: [Language]

  /// A fragment in a line, in a session of a language.
  public init(_ text: String, line: String, session: Language) {
    self.text = text
    key = Folding.keyBytes(of: text)
    switch Language.typed(in: text) {
    case .greek: languages = [.greek]
    case .english: languages = session == .english ? [.english] : [session, .english]
    case nil: languages = [Language.typed(in: line) == .greek ? .greek : session]
    }
  }

  public func begins(_ word: CompletionWord) -> Bool { languages.contains(word.language) && word.key.starts(with: key) }

  /// How far inside a word a fragment may stand.
  public enum Depth: Sendable {
    /// At the start of a phrase.
    case start
    /// Also at the start of one of its words.
    case words
    /// Anywhere: looked for where nothing is found at the start of a word.
    case letters
  }

  /// How a word fits, the best being 0: its start, the start of one of its words, any letters of it; nil where it doesn't.
  private func rank(_ word: CompletionWord, _ depth: Depth) -> Int? {
    guard languages.contains(word.language) else { return nil }
    if word.key.starts(with: key) { return 0 }
    // One letter stands in too many words.
    guard depth != .start, key.count > 1, text.unicodeScalars.count > (depth == .letters ? 2 : 1) else { return nil }
    guard word.key.count > key.count, (1...(word.key.count - key.count)).contains(where: { word.key[$0...].starts(with: key) }) else { return nil }
    if word.startsInside.contains(where: { word.key[$0...].starts(with: key) }) { return 1 }
    return depth == .letters ? 2 : nil
  }

  /// The words that it fits, each meaning once, in the preferred language where both fit; those that it begins come first.
  public func matches(
    _ words: some Sequence<CompletionWord>, _ depth: Depth, where fits: (CompletionWord) -> Bool = { _ in true }
  ) -> [CompletionWord] {
    var found: [(word: CompletionWord, rank: Int)] = []
    var places: [Int: Int] = [:]
    for word in words {
      guard let rank = rank(word, depth), fits(word) else { continue }
      guard let place = places[word.meaning] else {
        places[word.meaning] = found.count
        found.append((word, rank))
        continue
      }
      let isPreferred = found[place].word.language != languages[0] && word.language == languages[0]
      if rank < found[place].rank || rank == found[place].rank && isPreferred { found[place] = (word, rank) }
    }
    return (0...2).flatMap { rank in found.filter { $0.rank == rank }.map(\.word) }
  }

  /// The words that it fits: at their starts, else anywhere.
  public func matches(_ words: some Sequence<CompletionWord>) -> [CompletionWord] {
    let found = matches(words, .words)
    return found.isEmpty ? matches(words, .letters) : found
  }
}
