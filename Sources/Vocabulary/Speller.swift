import Wording

/// Finds the known words that a slip or Greek in Latin letters may stand for. It is made when it is first asked for: a line
/// that is understood never needs it.
public struct Speller: Sendable {
  /// Known words, folded and as written, the longer ones apart by their number of letters.
  private var words: [Int: [(folded: [Unicode.Scalar], written: String)]] = [:]
  /// Greek words by how they sound in Latin letters.
  private var sounds: [String: String] = [:]
  private var known = Set<FoldedKey>()
  private var stems = Set<FoldedKey>()

  /// Knows the words of some phrases; the common ones are no slip of any.
  public init(phrases: [String], common: [String]) {
    for phrase in phrases {
      for word in WordStem.words(phrase) {
        let scalars = Array(Folding.key(word).unicodeScalars)
        guard scalars.count > 1, scalars[0].properties.numericType == nil, known.insert(FoldedKey(word)).inserted else { continue }
        stems.insert(WordStem.key(word))
        if scalars.count > 3 { words[scalars.count, default: []].append((scalars, word)) }
        guard scalars[0].value >= 0x370 else { continue }
        let sound = Self.sound(ofGreek: scalars)
        if sounds[sound] == nil { sounds[sound] = word }
      }
    }
    for word in common {
      known.insert(FoldedKey(word))
      stems.insert(WordStem.key(word))
    }
  }

  /// Known words within one letter of a word, two for long ones; nearest first, at most three. None for a
  /// word that is known.
  /// - Parameter long: the number of letters from which two may be wrong.
  public func slips(_ word: String, long: Int = 10) -> [String] {
    let key = Folding.key(word)
    let scalars = Array(key.unicodeScalars)
    guard scalars.count > 3, !known.contains(FoldedKey(key)), !stems.contains(WordStem.key(word)),
      !scalars.contains(where: { $0.properties.numericType != nil })
    else {
      return []
    }
    let limit = scalars.count < long ? 1 : 2
    var found: [(distance: Int, word: String)] = []
    for length in scalars.count - limit...scalars.count + limit {
      // A short word is taken for a longer one only: livr for liver.
      if scalars.count < 5, length < scalars.count { continue }
      for candidate in words[length] ?? [] where scalars.count > 4 && candidate.folded.count > 4 || length > 4 || Self.isSwapped(scalars, candidate.folded) {
        guard candidate.folded[0] == scalars[0] || candidate.folded[1] == scalars[1] else { continue }
        let distance = Folding.distance(key, String(String.UnicodeScalarView(candidate.folded)), limit: limit)
        if distance <= limit, distance < 2 || candidate.folded[0] == scalars[0] { found.append((distance, candidate.written)) }
      }
    }
    let nearest = found.map(\.distance).min() ?? 0
    var unique: [String] = []
    for entry in found.sorted(by: { ($0.distance, $0.word) < ($1.distance, $1.word) }) where entry.distance == nearest {
      // Inflections of one word are one suggestion.
      if !unique.contains(where: { WordStem.key($0) == WordStem.key(entry.word) }) { unique.append(entry.word) }
    }
    return Array(unique.prefix(3))
  }

  /// Whether two neighbouring letters changed places: tial for tail.
  private static func isSwapped(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    guard a.count == b.count, let first = a.indices.first(where: { a[$0] != b[$0] }), first + 1 < a.count else { return false }
    return a[first] == b[first + 1] && a[first + 1] == b[first] && a[(first + 2)...] == b[(first + 2)...]
  }

  /// The Greek word that a word in Latin letters spells.
  public func greek(_ word: String) -> String? {
    let key = Folding.key(word)
    guard key.utf8.count > 1, key.utf8.allSatisfy({ ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x38 || $0 == 0x33 }) else { return nil }
    for sound in Self.sounds(ofLatin: key) { if let word = sounds[sound] { return word } }
    return nil
  }

  public func knows(_ word: String) -> Bool { known.contains(FoldedKey(word)) }

  // MARK: Sounds

  /// How two Greek letters sound that are one sound.
  private static func digraph(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> StaticString? {
    switch (first, second) {
    case ("ο", "υ"): "u"
    case ("α", "υ"): "av"
    case ("ε", "υ"): "ev"
    case ("α", "ι"): "e"
    case ("ε", "ι"), ("ο", "ι"), ("υ", "ι"): "i"
    case ("γ", "γ"), ("γ", "κ"): "g"
    case ("μ", "π"): "b"
    case ("ν", "τ"): "d"
    case ("τ", "σ"): "ts"
    case ("τ", "ζ"): "tz"
    default: nil
    }
  }

  /// How the letters from α to ω sound.
  private static let letters: [Unicode.Scalar] = Array("avgdezi8iklmnxoprsstifhco".unicodeScalars)

  /// How a folded Greek word sounds; double letters are one.
  public static func sound(ofGreek word: String) -> String { sound(ofGreek: Array(word.unicodeScalars)) }

  private static func sound(ofGreek word: [Unicode.Scalar]) -> String {
    var result = String.UnicodeScalarView()
    func add(_ scalar: Unicode.Scalar) { if scalar != result.last { result.append(scalar) } }
    var place = 0
    while place < word.count {
      if place + 1 < word.count, let sound = digraph(word[place], word[place + 1]) {
        sound.withUTF8Buffer { $0.forEach { add(Unicode.Scalar($0)) } }
        place += 2
      } else {
        let value = Int(word[place].value) - 0x3B1
        add(letters.indices.contains(value) ? letters[value] : word[place])
        place += 1
      }
    }
    return String(result)
  }

  private static func plain(_ text: String) -> String {
    var result = ""
    for character in text where character != result.last { result.append(character) }
    return result
  }

  /// The ways in which a word in Latin letters may sound: h is η or χ, x is χ or ξ, and so on.
  public static func sounds(ofLatin word: String) -> [String] {
    var found: [String] = []
    for isJoined in [true, false] { found += sounds(ofLatin: word, isJoined) }
    return found
  }

  /// `isJoined`: whether af, ef, mp, nt, ng, oi, ei and ai are one sound, as in αυ, ευ, μπ, ντ, γγ, οι, ει, αι.
  private static func sounds(ofLatin word: String, _ isJoined: Bool) -> [String] {
    var text = word
    let joined: Set<String> = ["af", "ef", "mp", "nt", "ng", "gk", "gg", "oi", "ei", "ai"]
    for (pair, sound) in [
      ("th", "8"), ("ch", "H"), ("kh", "H"), ("ps", "c"), ("ks", "X"), ("ou", "U"), ("oy", "U"), ("ai", "E"), ("ei", "I"), ("oi", "I"), ("yi", "I"),
      ("au", "av"),
      ("ay", "av"), ("af", "av"), ("eu", "ev"), ("ey", "ev"), ("ef", "ev"), ("mp", "B"), ("nt", "D"), ("gk", "G"), ("gg", "G"), ("ng", "G"), ("ph", "f"),
    ] where isJoined || !joined.contains(pair) { text = text.replacing(pair, with: sound) }
    var found = [""]
    for character in text {
      let choices: [String]
      switch character {
      case "h": choices = ["i", "h"]
      case "x": choices = ["h", "x"]
      case "y": choices = ["i"]
      case "w": choices = ["o"]
      case "u": choices = ["u", "i"]
      case "b": choices = ["v", "b"]
      case "c": choices = ["k", "s", "c"]
      case "j": choices = ["x", "z"]
      case "q": choices = ["8", "k"]
      case "3": choices = ["x"]
      case "H": choices = ["h"]
      case "X": choices = ["x"]
      case "U": choices = ["u"]
      case "E": choices = ["e"]
      case "I": choices = ["i"]
      case "B": choices = ["b"]
      case "D": choices = ["d"]
      case "G": choices = ["g"]
      default: choices = [String(character)]
      }
      found = found.flatMap { start in choices.map { start + $0 } }
      if found.count > 16 { found = Array(found.prefix(16)) }
    }
    return found.map(plain)
  }
}

extension Vocabulary {
  /// The speller of all words that the vocabulary's files hold.
  public var speller: Speller {
    let made = try? spellers.value { () throws(Diagnostic) in
      var phrases = writtenPhrases.map(\.text)
      var reader = LexiconReader()
      try reader.read(files)
      phrases += reader.phrases.map(\.text)
      // The small words and units.
      try files.readVocabulary("words") { (line, _) throws(Diagnostic) in
        let rest = line.headAndRest.rest
        let list = rest.place(of: 0x3D).map { rest.part($0 + 1, rest.count) } ?? rest
        for phrase in list.parts(separator: 0x3B) { phrases.append(phrase.text) }
      }
      return Speller(phrases: phrases, common: commonWords)
    }
    return made ?? Speller(phrases: [], common: [])
  }

  /// Everyday words, which are no slips of clinical ones.
  private var commonWords: [String] {
    var words: [String] = []
    try? files.readVocabulary("common") { (line, _) throws(Diagnostic) in words += line.ids }
    return words
  }
}
