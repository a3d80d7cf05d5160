import Measures
import Wording

/// The chain that an exam's lines are sealed with: each line ends in the SHA-256 of the seal before it and of its own bytes, so that a line
/// changed, taken out or moved breaks the chain at its place. Whoever has the log can make the whole chain anew: only the receipt, the last
/// seal's beginning told when the exam ended, shows that.
public enum AttemptSeal {
  /// The seal before an attempt's first line.
  public static let origin = ""

  /// Lines of JSON objects with their seals, each chained to the one before; and the last seal.
  public static func sealed(_ lines: [String], after seal: String) -> (lines: [String], seal: String) {
    var seal = seal
    let sealed = lines.map { line in
      let body = Array(line.utf8.dropLast())
      seal = self.seal(of: body, after: seal)
      return String(decoding: body, as: UTF8.self) + ",\"seal\":\"\(seal)\"}"
    }
    return (sealed, seal)
  }

  /// The seal of a line's bytes before the field that holds it.
  public static func seal(of body: some Collection<UInt8>, after seal: String) -> String {
    SHA256.digits(SHA256.hash(Array(seal.utf8) + [0x0A] + Array(body)))
  }

  /// The bytes that a line's seal was made of, and the seal; nil of a line that doesn't end in one.
  public static func parted(_ line: [UInt8]) -> (body: ArraySlice<UInt8>, seal: String)? {
    let field = Array(",\"seal\":\"".utf8)
    let length = field.count + 64 + 2
    guard line.count > length, line.suffix(2).elementsEqual([0x22, 0x7D]) else { return nil }
    let start = line.count - length
    guard line[start..<start + field.count].elementsEqual(field) else { return nil }
    let digits = line[(start + field.count)..<(line.count - 2)]
    guard digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
    return (line[..<start], String(decoding: digits, as: UTF8.self))
  }

  /// A seal as people compare it: its first twelve digits, in fours.
  public static func receipt(_ seal: String) -> String {
    let digits = Array(seal.prefix(12))
    return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }.joined(separator: "-")
  }

  static func told(_ seal: String) -> Words {
    let receipt = receipt(seal)
    return Words(
      "Receipt: \(receipt). Write it down, or hand it in: it shows later that the log is the one made here.",
      "Απόδειξη: \(receipt). Σημειώστε την ή παραδώστε την: δείχνει αργότερα ότι το αρχείο είναι αυτό που έγινε εδώ.")
  }
}
