/// Greek typed in Latin letters, as it sounds: what two spellings of one word share.
public enum Greeklish {
  private static let pairs: [(String, String)] = [
    ("ου", "u"), ("ει", "i"), ("οι", "i"), ("υι", "i"), ("αι", "e"), ("μπ", "v"), ("ντ", "d"), ("γκ", "g"), ("γγ", "g"),
    ("ks", "x"),
    ("ou", "u"), ("ei", "i"), ("oi", "i"), ("ai", "e"), ("mp", "v"), ("nt", "d"), ("gk", "g"), ("gg", "g"), ("ph", "f"),
    ("th", "t"),
    ("ch", "h"), ("kh", "h"),
  ]

  private static let letters: [Character: String] = [
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "t", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n",
    "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "i", "φ": "f", "χ": "h", "ψ": "ps", "ω": "o",
    "y": "i", "w": "o",
    "b": "v", "c": "k", "8": "t",
  ]

  /// The sound of a word, without its ending.
  public static func key(_ word: String) -> String {
    let folded = Array(Folding.key(word))
    var sound = ""
    var place = 0
    while place < folded.count {
      let pair = place + 1 < folded.count ? String([folded[place], folded[place + 1]]) : ""
      if let (_, heard) = pairs.first(where: { $0.0 == pair }) {
        sound += heard
        place += 2
        continue
      }
      sound += letters[folded[place]] ?? String(folded[place])
      place += 1
    }
    while sound.count > 3, let last = sound.last, "aeious".contains(last) { sound.removeLast() }
    return sound
  }

  /// Whether a word is of Latin letters alone.
  public static func mayBe(_ word: String) -> Bool { word.unicodeScalars.allSatisfy { $0.value < 0x80 } }
}
