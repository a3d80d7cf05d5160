/// The part of a word that its inflections and spellings share, where they are regular: `μεταστάσεων` and `μετάσταση`,
/// `tumours` and `tumor`, `haemorrhages` and `hemorrhage`. Words of under four letters and words with digits are their own
/// stems.
public enum WordStem {
  /// The key of a word's stem.
  public static func key(_ text: String) -> FoldedKey { stem(text).withUnsafeBufferPointer { FoldedKey($0) } }

  /// A word's stem, folded.
  public static func text(_ word: String) -> String { String(decoding: stem(word), as: UTF8.self) }

  private static func stem(_ text: String) -> [UInt8] {
    var bytes = Folding.keyBytes(of: text)
    if bytes.count > 3 { bytes.first.map { $0 >= 0x80 } ?? false ? greek(&bytes) : english(&bytes) }
    return bytes
  }

  /// The key of a phrase: the stems of its words, without those that `skips` holds when they stand inside it.
  public static func key(ofPhrase text: String, skipping skips: (FoldedKey) -> Bool) -> FoldedKey {
    let words = words(text)
    var key = FoldedKey()
    for (place, word) in words.enumerated() where place == 0 || place == words.count - 1 || !skips(FoldedKey(word)) { key = key + Self.key(word) }
    return key
  }

  /// The runs of letters, of digits, and the single marks of a text.
  public static func words(_ text: String) -> [String] {
    var found: [String] = []
    var copy = text
    copy.withUTF8 { bytes in
      func add(_ low: Int, _ high: Int) {
        if low < high { found.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[low..<high]), as: UTF8.self)) }
      }
      var start = 0
      var run = Kind.sign
      Folding.forEachScalar(bytes) { scalar, place, next in
        let kind = Kind(scalar)
        if kind == .mark || kind == run && kind != .sign { return }
        add(start, place)
        (start, run) = (place, kind)
        if kind == .sign, scalar == " " || scalar == "-" || scalar == "_" { start = next }
      }
      add(start, bytes.count)
    }
    return found
  }

  /// What a scalar is among the words of a text.
  private enum Kind {
    case letter, digit, sign
    /// It belongs to what stands before it.
    case mark

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x61...0x7A, 0x41...0x5A, 0x391...0x3CE: self = .letter
      case 0x30...0x39: self = .digit
      case 0..<0x80: self = .sign
      case 0x300...0x36F, 0x200D: self = .mark
      default:
        let properties = scalar.properties
        self = properties.isGraphemeExtend ? .mark : properties.numericType != nil ? .digit : properties.isAlphabetic ? .letter : .sign
      }
    }
  }

  /// Endings of regular nouns and adjectives, folded, the longer first.
  private static let endings: [[UInt8]] = [
    "εωσ", "εων", "εισ", "εασ", "ουσ", "εα", "οσ", "ου", "οι", "ησ", "εσ", "ασ", "ων", "α", "η", "ο", "ε",
  ].map { Array($0.utf8) }
  private static let neuter: [[UInt8]] = ["ματων", "ματοσ", "ματα"].map { Array($0.utf8) }

  private static func greek(_ bytes: inout [UInt8]) {
    guard bytes.count >= 8, bytes.allSatisfy({ $0 >= 0x80 }) else { return }
    for ending in neuter where bytes.count >= ending.count + 4 && bytes.suffix(ending.count).elementsEqual(ending) {
      return bytes.removeLast(ending.count - 2)
    }
    for ending in endings where bytes.count >= ending.count + 6 && bytes.suffix(ending.count).elementsEqual(ending) {
      return bytes.removeLast(ending.count)
    }
  }

  private static func english(_ bytes: inout [UInt8]) {
    guard bytes.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return }
    func ends(_ text: StaticString) -> Bool {
      let size = text.utf8CodeUnitCount
      return bytes.count > size && bytes.suffix(size).elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: size))
    }
    if ends("ses"), bytes.count >= 7, !ends("eases"), !ends("sses") {
      bytes[bytes.count - 2] = 0x69
    } else if ends("sses") {
      bytes.removeLast(2)
    } else if ends("ies"), bytes.count > 5 {
      bytes.removeLast(3)
      bytes.append(0x79)
    } else if ends("s"), !ends("ss"), !ends("us"), !ends("is") {
      bytes.removeLast()
    }
    if ends("our") { bytes.remove(at: bytes.count - 2) }
    for (ending, place) in [("ise" as StaticString, 2), ("ised", 3), ("ising", 4), ("isation", 6)] where bytes.count > 6 && ends(ending) {
      bytes[bytes.count - place] = 0x7A
    }
    // ae and oe are e.
    var place = 0
    while place + 1 < bytes.count {
      if bytes[place + 1] == 0x65, bytes[place] == 0x61 || bytes[place] == 0x6F, bytes.count > 4 { bytes.remove(at: place) }
      place += 1
    }
  }
}
