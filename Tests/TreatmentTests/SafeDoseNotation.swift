/// The rules of safe-dose notation, as faults found in dose text: a judge of its own, beside the lint of chapters.
enum SafeDoseNotation {
  enum Fault: String, Sendable, CaseIterable {
    /// `µg`, `μg`, `ug`: misread as mg.
    case micro
    /// `20mg`.
    case noSpace = "no-space"
    /// `1.0 mg`.
    case trailingZero = "trailing-zero"
    /// `.5 mg`.
    case noLeadingZero = "no-leading-zero"
    /// `1,000` or `7,4`.
    case comma
    /// `U`, `IU`, `MU`, `MIU`.
    case units
    /// `/h`, `/day`, `mg/day`.
    case slash
    /// `<`, `>`.
    case comparison
    /// `q4w`, `tds`, `bd`, `od`.
    case abbreviation
  }

  private static let abbreviations: Set<String> = [
    "tds", "tid", "bd", "bid", "qds", "qid", "od", "qd", "qod", "prn", "stat", "sc", "iv", "po", "im", "tiw", "hs",
  ]

  /// The faults of a dose text, each once.
  static func faults(in text: String) -> Set<Fault> {
    var found = Set<Fault>()
    let scalars = Array(text.unicodeScalars)
    func isDigit(_ place: Int) -> Bool { scalars.indices.contains(place) && (0x30...0x39).contains(scalars[place].value) }
    func isLetter(_ place: Int) -> Bool { scalars.indices.contains(place) && scalars[place].properties.isAlphabetic }
    for (place, scalar) in scalars.enumerated() {
      switch scalar {
      case "µ", "μ":
        if place + 1 < scalars.count, scalars[place + 1] == "g" { found.insert(.micro) }
        if scalar == "µ" { found.insert(.micro) }
      case "<", ">", "≤", "≥": found.insert(.comparison)
      case "/": found.insert(.slash)
      case ",": if isDigit(place - 1), isDigit(place + 1) { found.insert(.comma) }
      case ".": if !isDigit(place - 1), isDigit(place + 1) { found.insert(.noLeadingZero) }
      case "0"..."9": if isLetter(place + 1) { found.insert(.noSpace) }
      default: break
      }
    }
    var words: [String] = [""]
    for scalar in scalars {
      if scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value) || scalar == "." {
        words[words.count - 1].unicodeScalars.append(scalar)
      } else {
        words.append("")
      }
    }
    for word in words {
      if ["U", "IU", "MU", "MIU"].contains(word) { found.insert(.units) }
      if word == "ug" { found.insert(.micro) }
      let lower = word.lowercased()
      if abbreviations.contains(lower) { found.insert(.abbreviation) }
      if lower.first == "q", lower.dropFirst().first?.isNumber == true { found.insert(.abbreviation) }
      let halves = word.split(separator: ".", omittingEmptySubsequences: false)
      if halves.count == 2, !halves[1].isEmpty, halves[1].allSatisfy(\.isNumber), halves[1].last == "0" { found.insert(.trailingZero) }
    }
    return found
  }
}
