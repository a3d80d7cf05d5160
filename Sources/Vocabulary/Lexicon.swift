import Wording

/// What a small word or turn of phrase does to the findings beside it. A phrase may do several things.
public struct Cue: OptionSet, Sendable, Hashable {
  public let rawValue: UInt64

  public init(rawValue: UInt64) { self.rawValue = rawValue }

  private static let names = [
    // Words that are passed over, inside a phrase or between phrases; whom they speak of; what binds them.
    "joint", "filler", "patient", "person", "verb", "context", "and", "or", "break",
    // It says no, yes or perhaps of what follows, of what stands before, or of either.
    "deny", "denied", "no", "affirmed", "hedge", "hedged", "unsettled", "family", "in-family", "past", "over",
    // Numbers.
    "about", "or-less", "or-more", "largest", "old", "female-age", "male-age", "since", "time", "measure", "by", "to", "between", "number-mark", "spread",
    // Treatment.
    "current", "off", "planned", "had", "course", "never", "despite", "failed", "considered", "unwanted",
    // Levels of a laboratory value.
    "level", "question", "of", "distance", "history", "lost",
    // Nouns of the tumour, what a test was done for, whose sex a word tells, and how near.
    "tumour", "tested", "she", "he", "near", "reason", "as", "every", "governs", "self", "from", "noun",
    // Less than what a finding begins with: a low risk.
    "slight",
  ]

  public static func named(_ name: String) -> Cue {
    guard let place = names.firstIndex(of: name) else { return [] }
    return Cue(rawValue: 1 << UInt64(place))
  }

  public static let joint = named("joint"), filler = named("filler"), patient = named("patient"), person = named("person")
  public static let verb = named("verb"), context = named("context"), and = named("and"), or = named("or"), `break` = named("break")
  public static let deny = named("deny"), denied = named("denied"), no = named("no"), affirmed = named("affirmed")
  public static let hedge = named("hedge"), hedged = named("hedged"), unsettled = named("unsettled")
  public static let family = named("family"), inFamily = named("in-family"), past = named("past"), over = named("over")
  public static let about = named("about"), orLess = named("or-less"), orMore = named("or-more"), largest = named("largest"), old = named("old")
  public static let femaleAge = named("female-age"), maleAge = named("male-age"), since = named("since"), time = named("time")
  public static let measure = named("measure"), by = named("by"), to = named("to"), between = named("between"), numberMark = named("number-mark")
  public static let spread = named("spread"), history = named("history")
  public static let current = named("current"), off = named("off"), planned = named("planned"), had = named("had"), course = named("course")
  public static let never = named("never"), despite = named("despite"), failed = named("failed")
  public static let considered = named("considered"), unwanted = named("unwanted")
  public static let level = named("level"), question = named("question"), of = named("of"), distance = named("distance"),
    lost = named("lost")
  public static let tumour = named("tumour"), tested = named("tested"), she = named("she"), he = named("he"), near = named("near")
  public static let reason = named("reason"), `as` = named("as"), every = named("every")
  public static let governs = named("governs"), itself = named("self"), from = named("from"), noun = named("noun")
  public static let slight = named("slight")
}

/// A word that says more of a noun: unresectable, severe, painful.
public struct Qualifier: Sendable, Hashable {
  public let id: String
  /// What it says of the tumour or the patient where it stands alone, in canonical form; nil: nothing.
  public let alone: String?
  /// Whether it says nothing that is worth a note: known, confirmed, controlled.
  public let isQuiet: Bool
}

/// A term that the guideline has no finding for: what it is, and its name.
public struct OutsideTerm: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A population of whom a dose or an operation may not hold.
    case population
    case lab, symptom, condition, tumour, stage, imaging, drug, procedure, person, social, anatomy
  }

  public let kind: Kind
  public let name: Words
}

/// What a phrase of the lexicon is.
public enum LexiconSense: Sendable, Hashable {
  case cue(Cue)
  case qualifier(Int)
  case outside(Int)
  case number(Int)
}

/// The words with which people speak of findings: negations, hedges, relations, qualifiers, and the terms that the
/// guideline has no finding for. Data: `reading.txt` and `outside.txt`.
public struct Lexicon: Sendable {
  public internal(set) var qualifiers: [Qualifier] = []
  /// What a qualifier, a length, a count or a share says beside a finding's name: by the finding's id and the word.
  var frames: [String: String] = [:]
  /// What a treatment says by its status: by the therapy's id and the status.
  var treatments: [String: String] = [:]
  /// What stating a finding in words states too, in canonical form.
  var added: [String: String] = [:]
  /// The findings that are said of the tumour or the patient as a whole, which a length beside them measures.
  var ofTumour: Set<String> = []
  /// The cues that phrases have, by place; a table's number is a place here, or a qualifier's, a term's or a number's.
  var cues: [Cue] = []
  var words = FoldedTable(capacity: 16)
  var stems = FoldedTable(capacity: 16)

  /// What a qualifier, `length`, `count` or `percent` says beside a finding, in canonical form; nil when nothing is said of it.
  public func frame(_ finding: String, _ word: String) -> String? { frames[finding + " " + word] }

  /// What a status says of a treatment.
  public func treatment(_ id: String, _ status: String) -> String? { treatments[id + " " + status] }

  /// Whether a finding is said of the tumour or the patient as a whole, and not of a symptom, a metastasis or a disease beside it.
  public func isOfTumour(_ finding: String) -> Bool { ofTumour.contains(finding) }

  /// What is stated together with a finding when it is named in words.
  public func added(to finding: String) -> String? { added[finding] }

  /// What a phrase is, by the key of its words, else by the key of their stems.
  public func sense(_ key: FoldedKey, stem: FoldedKey) -> LexiconSense? { (words[key] ?? stems[stem]).flatMap(sense) }

  /// Whether a phrase is in the lexicon as it is written.
  public func isWritten(_ key: FoldedKey) -> Bool { words[key] != nil }

  func sense(_ number: Int) -> LexiconSense? {
    let place = number >> 2
    switch number & 3 {
    case 0: return place < cues.count ? .cue(cues[place]) : nil
    case 1: return .qualifier(place)
    case 2: return .outside(place)
    default: return number == Self.shared ? nil : .number(place)
    }
  }

  /// The number of a stem that two phrases share.
  static let shared = 0xF_FFFF
}

/// Reads the lexicon's files.
struct LexiconReader {
  var lexicon = Lexicon()
  /// Phrases with their numbers.
  var phrases: [(text: String, number: Int)] = []
  private var cuePlaces: [Cue: Int] = [:]
  private var outside = 0
  private var cues: [String: Cue] = [:]
  private var cueOrder: [(key: String, text: String)] = []

  mutating func read(_ files: [TextFile]) throws(Diagnostic) {
    try files.readVocabulary("reading") { (line, number) throws(Diagnostic) in try readLine(line) }
    // What a phrase is as a qualifier or number goes before what it is as a cue, and that before a term.
    let own = phrases
    phrases = []
    defer { phrases += own }
    try files.readVocabulary("outside") { (line, number) throws(Diagnostic) in
      let parts = Array(line.parts(separator: 0x7C))
      guard parts.count >= 2 else { throw .vocabulary("KIND name | όνομα | phrases") }
      let (_, english) = parts[0].headAndRest
      add(english, outside << 2 | 2)
      add(parts[1], outside << 2 | 2)
      if parts.count > 2 { for phrase in parts[2].parts(separator: 0x3B) { add(phrase, outside << 2 | 2) } }
      outside += 1
    }
    for (key, text) in cueOrder {
      guard let cue = cues[key] else { continue }
      if cuePlaces[cue] == nil {
        cuePlaces[cue] = lexicon.cues.count
        lexicon.cues.append(cue)
      }
      phrases.append((text, (cuePlaces[cue] ?? 0) << 2))
    }
  }

  private mutating func add(_ phrase: Bytes, _ number: Int) { phrases.append((phrase.text, number)) }

  private mutating func readLine(_ line: Bytes) throws(Diagnostic) {
    if line[0] == 0x63, line.starts("cue ") {
      let (name, rest) = line.part(4, line.count).headAndRest
      let cue = Cue.named(name.text)
      guard cue.rawValue != 0 else { throw .vocabulary("unknown cue \(name.text), or more of them than sixty-four") }
      for phrase in rest.parts(separator: 0x3B) {
        let key = Folding.key(phrase)
        if cues[key] == nil { cueOrder.append((key, phrase.text)) }
        cues[key, default: []].formUnion(cue)
      }
      return
    }
    let (word, rest) = line.headAndRest
    switch word.text {
    case "number":
      let (value, list) = rest.headAndRest
      guard let number = Int(value.text) else { throw .vocabulary("number N words") }
      for phrase in list.parts(separator: 0x3B) { add(phrase, number << 2 | 3) }
    case "qualifier", "quiet":
      guard let colon = rest.place(of: 0x3A) else { throw .vocabulary("qualifier ID [= CONDITION] : phrases") }
      let head = rest.part(0, colon)
      let equals = head.place(of: 0x3D)
      let id = head.part(0, equals ?? head.count).trimmed.text
      let alone = equals.map { head.part($0 + 1, head.count).trimmed.text }
      let place = lexicon.qualifiers.count
      lexicon.qualifiers.append(Qualifier(id: id, alone: alone, isQuiet: word.reads("quiet")))
      for phrase in rest.part(colon + 1, rest.count).parts(separator: 0x3B) { add(phrase, place << 2 | 1) }
    case "of-tumour":
      for finding in rest.parts(separator: 0x3B) { lexicon.ofTumour.insert(finding.text) }
    case "of", "treatment", "adds":
      guard let equals = rest.place(of: 0x3D) else { throw .vocabulary("\(word.text) … = CONDITION") }
      let key = rest.part(0, equals).trimmed.text
      let value = rest.part(equals + 1, rest.count).trimmed.text
      if word.reads("of") { lexicon.frames[key] = value } else if word.reads("adds") { lexicon.added[key] = value } else { lexicon.treatments[key] = value }
    default: throw .vocabulary("unknown field “\(word.text)”")
    }
  }
}

extension Vocabulary {
  /// The term of `outside.txt` at a place, in the order of its lines.
  public func outsideTerm(_ place: Int) -> OutsideTerm? {
    let terms = try? outsideTerms.value { () throws(Diagnostic) in
      var terms: [OutsideTerm] = []
      try files.readVocabulary("outside") { (line, _) throws(Diagnostic) in
        let parts = Array(line.parts(separator: 0x7C))
        let (kind, english) = parts[0].headAndRest
        let name = Words(english.text, parts.count > 1 ? parts[1].text : english.text)
        terms.append(OutsideTerm(kind: OutsideTerm.Kind(rawValue: kind.text) ?? .condition, name: name))
      }
      return terms
    }
    return terms.flatMap { $0.indices.contains(place) ? $0[place] : nil }
  }
}
