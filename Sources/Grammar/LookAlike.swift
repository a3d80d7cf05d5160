/// Letters of one alphabet that look like those of the other: ΡΡΙ typed on a Greek keyboard, `insulinomα`.
enum LookAlike {
  private static let capitals: [Character: Character] = [
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
  ]
  private static let small: [Character: Character] = [
    "α": "a", "ο": "o", "ι": "i", "κ": "k", "ν": "v", "ρ": "p", "υ": "u", "χ": "x", "ε": "e", "τ": "t", "η": "n",
  ]

  /// A word with Greek letters that reads as Latin: one of both alphabets, or of a few capitals that both have.
  static func latin(_ word: String) -> String? {
    guard word.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
    let isMixed = word.utf8.contains { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    guard isMixed || word.count <= 4 && word.allSatisfy({ capitals[$0] != nil }) else { return nil }
    let mapped = String(word.map { capitals[$0] ?? small[$0] ?? $0 })
    return mapped.utf8.allSatisfy { $0 < 0x80 } ? mapped : nil
  }
}
