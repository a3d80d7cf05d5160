import Wording

/// Which language words are in, by their letters, for screen readers and browsers: a page in one language may hold passages in the other.
enum Tongue {
  /// The language of a passage where it is another than the page's: Greek by its letters, English by at least four words of small letters.
  static func other(_ passage: String, in language: Language) -> Language? {
    switch language {
    case .english:
      // Of parts in both languages each Greek one says so itself.
      guard !passage.contains(" · ") else { return nil }
      let letters = passage.unicodeScalars.filter(\.properties.isAlphabetic)
      return letters.isEmpty || letters.count { $0.isGreek } * 2 <= letters.count ? nil : .greek
    case .greek:
      guard !passage.unicodeScalars.contains(where: \.isGreek) else { return nil }
      let words = passage.split(separator: " ").filter { word in
        word.utf8.count > 2 && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || [0x2C, 0x2E, 0x3A, 0x3B].contains($0) }
      }
      return words.count > 3 ? .english : nil
    }
  }

  /// A text escaped; within an English page each stretch of Greek words says that it is Greek.
  static func marked(_ text: String, in language: Language?) -> String {
    guard language == .english, text.unicodeScalars.contains(where: \.isGreek) else { return Markup.escaped(text) }
    var result = ""
    var plain = ""
    var greek = ""
    // What stands between two Greek words, a separator of parts excepted, is Greek as well.
    var between = ""
    func end() {
      if !greek.isEmpty { result += Markup.escaped(plain) + "<span lang=\"el\">" + Markup.escaped(greek) + "</span>" }
      if !greek.isEmpty { plain = "" }
      plain += between
      (greek, between) = ("", "")
    }
    for (place, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      let gap = place == 0 ? "" : " "
      if isGreek(word) {
        greek += greek.isEmpty ? "" : between + gap
        if greek.isEmpty { plain += gap }
        greek += word
        between = ""
      } else if greek.isEmpty {
        plain += gap + word
      } else {
        between += gap + word
        if word == "·" || word == "—" || between.split(separator: " ").count > 4 { end() }
      }
    }
    end()
    return result + Markup.escaped(plain)
  }

  /// Whether a word is mostly of Greek letters: `ινσουλίνωμα`, not `IFN-α`.
  private static func isGreek(_ word: Substring) -> Bool {
    let letters = word.unicodeScalars.filter(\.properties.isAlphabetic)
    let count = letters.count { $0.isGreek }
    return count > 1 && count * 2 > letters.count
  }
}
