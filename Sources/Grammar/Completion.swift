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
    key = Array(Folding.key(text).utf8)
    self.language = language
    self.meaning = meaning
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
    key = Array(Folding.key(text).utf8)
    switch Language.typed(in: text) {
    case .greek: languages = [.greek]
    case .english: languages = session == .english ? [.english] : [session, .english]
    case nil: languages = [Language.typed(in: line) == .greek ? .greek : session]
    }
  }

  public func begins(_ word: CompletionWord) -> Bool { languages.contains(word.language) && word.key.starts(with: key) }

  /// The words that it begins, each meaning once, in the preferred language where both fit.
  public func matches(_ words: some Sequence<CompletionWord>) -> [CompletionWord] {
    var found: [CompletionWord] = []
    var places: [Int: Int] = [:]
    for word in words where begins(word) {
      if let place = places[word.meaning] {
        if found[place].language != languages[0], word.language == languages[0] { found[place] = word }
      } else {
        places[word.meaning] = found.count
        found.append(word)
      }
    }
    return found
  }
}
