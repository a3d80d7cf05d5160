import Wording

/// The numbers in a text, as the lint compares them.
enum Numerals {
  /// Every run of digits, with its decimal part, in any word: `90` of 90Y, `67` of Ki-67, `11.0`.
  static func all(in text: String) -> [String] { runs(text).map(\.digits) }

  /// The numbers that stand for themselves, not inside a name: neither 90Y nor Ki-67 nor E01.
  static func plain(in text: String) -> [String] { runs(text).filter(\.isPlain).map(\.digits) }

  /// Numbers written as words, in both languages.
  static func words(in text: String) -> Set<String> {
    var found = Set<String>()
    for word in text.split(whereSeparator: { !$0.isLetter }) {
      if let number = spelled[Folding.key(String(word))] { found.insert(number) }
    }
    return found
  }

  /// Whether a decimal comma or a thousands separator stands in a text: digit, comma, digit.
  static func hasComma(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count > 2 else { return false }
    return (1..<bytes.count - 1).contains { bytes[$0] == 0x2C && isDigit(bytes[$0 - 1]) && isDigit(bytes[$0 + 1]) }
  }

  private static let spelled: [String: String] = {
    let spellings: [(number: String, words: String)] = [
      ("1", "one once single ένας έναν ένα μία μια"), ("2", "two twice both δύο δυο"), ("3", "three τρεις τρία τριών"),
      ("4", "four τέσσερις τέσσερα"), ("5", "five πέντε πενταετής πενταετή"), ("6", "six έξι"), ("7", "seven επτά"), ("8", "eight οκτώ"),
      ("9", "nine εννέα"), ("10", "ten δέκα"),
    ]
    var table: [String: String] = [:]
    for (number, words) in spellings {
      for word in words.split(separator: " ") { table[Folding.key(String(word))] = number }
    }
    return table
  }()

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Letters of any script: beyond ASCII only the marks that stand beside numbers are none.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

  private static func runs(_ text: String) -> [(digits: String, isPlain: Bool)] {
    let scalars = Array(text.unicodeScalars)
    func digit(_ place: Int) -> Bool {
      place >= 0 && place < scalars.count && scalars[place].value >= 0x30 && scalars[place].value <= 0x39
    }
    func letter(_ place: Int) -> Bool { place >= 0 && place < scalars.count && isLetter(scalars[place]) }
    var found: [(digits: String, isPlain: Bool)] = []
    var place = 0
    while place < scalars.count {
      guard digit(place) else {
        place += 1
        continue
      }
      let start = place
      while digit(place) { place += 1 }
      if place < scalars.count, scalars[place] == ".", digit(place + 1) {
        place += 1
        while digit(place) { place += 1 }
      }
      var digits = ""
      digits.unicodeScalars.append(contentsOf: scalars[start..<place])
      let isNamed = letter(start - 1) || letter(place) || (start > 1 && scalars[start - 1] == "-" && letter(start - 2))
      found.append((digits, !isNamed))
    }
    return found
  }
}
