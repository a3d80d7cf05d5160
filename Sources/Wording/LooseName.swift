/// Names as practice writes them: what differs only in a Greek case, a plural, an article or one of the two spellings of
/// English is one name.
public enum LooseName {
  /// The words and signs of a text, each loosened. A run of letters is one word, as for the lexer.
  public static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var word = ""
    func isLetter(_ character: Character) -> Bool {
      guard let scalar = character.unicodeScalars.first else { return false }
      return scalar.value >= 0x80 ? !["·", "°", "§", "±"].contains(character) : character.isLetter
    }
    for character in text {
      if isLetter(character) {
        word.append(character)
        continue
      }
      if !word.isEmpty { parts.append(loosened(word)) }
      word = ""
      if character != " " { parts.append(loosened(String(character))) }
    }
    if !word.isEmpty { parts.append(loosened(word)) }
    return parts.filter { !$0.isEmpty }
  }

  /// The key under which a name is found, whatever its case, number and spelling.
  public static func key(_ text: String) -> FoldedKey { FoldedKey(parts(text).joined()) }

  private static let articles: Set<String> = [
    "the", "a", "an", "ο", "η", "το", "οι", "τα", "του", "τησ", "των", "τον", "την", "τη", "τουσ", "τισ", "στο", "στη",
    "στην",
    "στον", "στα", "στισ",
  ]

  /// A word without what makes no difference; empty where it is an article, an apostrophe or the s behind one.
  public static func loosened(_ word: String) -> String {
    let folded = Folding.key(word)
    // `Intron A`, `chromogranin A`: a letter, no article.
    if word == "A" { return "a" }
    if ["'", "s"].contains(folded) || articles.contains(folded) { return "" }
    guard let first = folded.unicodeScalars.first else { return "" }
    return first.value >= 0x370 && first.value < 0x400 ? greekStem(folded) : englishStem(folded)
  }

  /// Endings of Greek nouns and adjectives, the longer first.
  private static let endings = [
    "ματοσ", "ματων", "ματα", "ουσ", "εισ", "εων", "εωσ", "οσ", "ου", "ον", "οι", "ων", "ασ", "εσ", "ησ", "ην", "αν",
    "α", "ε", "η",
    "ι", "ο", "υ", "ω",
  ]

  /// A folded Greek word without its ending; whole where less than four letters would be left.
  private static func greekStem(_ word: String) -> String {
    for ending in endings where word.hasSuffix(ending) {
      var stem = word.dropLast(ending.count)
      if ending.hasPrefix("ματ") { stem += "μ" }
      while stem.count > 4, let last = stem.last, last == "ι" || last == "ε" { stem = stem.dropLast() }
      return stem.count >= 4 ? String(stem) : word
    }
    return word
  }

  private static let spellings = [
    ("iza", "isa"), ("izi", "isi"), ("ize", "ise"), ("oe", "e"), ("ae", "e"), ("our", "or"), ("sulph", "sulf"),
    ("centre", "center"),
  ]

  private static func englishStem(_ word: String) -> String {
    var stem = word
    for (from, to) in spellings where stem.count > from.count + 2 {
      while let range = stem.firstRange(of: from) { stem.replaceSubrange(range, with: to) }
    }
    if stem.count >= 5, stem.hasSuffix("s"), !["ss", "us", "is", "os"].contains(where: stem.hasSuffix) {
      stem.removeLast()
    }
    return stem
  }
}

extension String {
  /// Where a text first stands, without Foundation.
  fileprivate func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
