import Wording

/// The id of a fact, paragraph or erratum as a user may type it: `F12`, `p064`, `Ε01` with a Greek letter.
public struct SourceID {
  public enum Kind: String {
    case fact = "F"
    case paragraph = "P"
    case erratum = "E"
  }

  public let kind: Kind
  /// In its full form: `F012`, `P064`, `E01`.
  public let text: String

  public init?(_ typed: String) {
    let folded = Folding.key(typed)
    guard let first = folded.first, let number = Int(folded.dropFirst()), number > 0, number < 1000 else { return nil }
    switch first {
    case "f", "φ": kind = .fact
    case "p", "ρ", "π": kind = .paragraph
    case "e", "ε": kind = .erratum
    default: return nil
    }
    var digits = String(number)
    while digits.count < (kind == .erratum ? 2 : 3) { digits = "0" + digits }
    text = kind.rawValue + digits
  }
}
