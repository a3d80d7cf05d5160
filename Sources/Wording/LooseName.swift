/// Names as practice writes them: what differs only in a Greek case, a plural, an article or one of the two spellings of
/// English is one name.
public enum LooseName {
  /// The words and signs of a text, each loosened. A run of letters is one word, as for the lexer.
  public static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var copy = text
    copy.withUTF8 { bytes in
      func add(_ low: Int, _ high: Int) {
        guard low < high else { return }
        let part = loosened(String(decoding: UnsafeBufferPointer(rebasing: bytes[low..<high]), as: UTF8.self))
        if !part.isEmpty { parts.append(part) }
      }
      var start = 0
      Folding.forEachScalar(bytes) { scalar, place, next in
        guard !isLetter(scalar) else { return }
        add(start, place)
        if scalar != " " { add(place, next) }
        start = next
      }
      add(start, bytes.count)
    }
    return parts
  }

  /// Letters of ASCII, and all beyond it but the signs that stand apart; marks and joiners go with the letter before.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z": true
    case "·", "\u{387}", "°", "§", "±": false
    default: scalar.value >= 0x80
    }
  }

  /// The key under which a name is found, whatever its case, number and spelling.
  public static func key(_ text: String) -> FoldedKey { FoldedKey(parts(text).joined()) }

  /// Articles, an apostrophe and the s behind one, folded.
  private static let silent = Set(
    [
      "'", "s", "the", "a", "an", "ο", "η", "το", "οι", "τα", "του", "τησ", "των", "τον", "την", "τη", "τουσ", "τισ", "στο", "στη", "στην", "στον",
      "στα", "στισ",
    ].map { FoldedKey($0) })

  /// A word without what makes no difference; empty where it is an article, an apostrophe or the s behind one.
  public static func loosened(_ word: String) -> String {
    // `Intron A`, `chromogranin A`: a letter, no article.
    if word == "A" { return "a" }
    // No article has over four letters.
    if word.utf8.count < 10, silent.contains(FoldedKey(word)) { return "" }
    return WordStem.text(word)
  }
}
