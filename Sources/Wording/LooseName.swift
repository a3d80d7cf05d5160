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
    return WordStem.text(word)
  }
}
