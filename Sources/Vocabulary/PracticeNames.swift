import Wording

/// A name by which practice speaks of a therapy, a test or a setting.
public struct PracticeName: Sendable, Hashable {
  public enum Meaning: Sendable, Hashable {
    /// The therapy or test with this id.
    case itself(String)
    /// A product of it.
    case brand(String)
    /// A drug of a class that the text names without its drugs.
    case member(String)
    /// One of these, to be asked.
    case several([String])
    /// Nothing that the text speaks of.
    case outside
    /// What may stand beside a test and changes nothing.
    case beside
  }

  public let meaning: Meaning
  /// As the vocabulary writes it: a brand as typed there, a drug by its international name in both languages.
  public let name: Words
  /// What of the text it concerns: one of the acts' kinds.
  public let kind: TherapyKind

  public init(meaning: Meaning, name: Words, kind: TherapyKind) {
    self.meaning = meaning
    self.name = name
    self.kind = kind
  }

  /// The ids that it may mean.
  public var ids: [String] {
    switch meaning {
    case .itself(let id), .brand(let id), .member(let id): [id]
    case .several(let ids): ids
    case .outside, .beside: []
    }
  }
}

/// The names of `practice.txt` beside those of the therapies and tests themselves, read when a therapy is read.
public struct PracticeNames: Sendable {
  /// One name as its file writes it, for what is offered for a slip.
  public struct Written: Sendable {
    public let text: String
    public let loose: String
    public let name: PracticeName
  }

  /// Names of therapies and settings, and of what the text doesn't speak of.
  private var therapies: [FoldedKey: PracticeName] = [:]
  private var tests: [FoldedKey: PracticeName] = [:]
  private var parts: [FoldedKey: String] = [:]
  private var partNames: [String: Words] = [:]
  private var regimens: [(id: String, name: Words, needed: Set<String>, all: Set<String>)] = []
  public private(set) var written: [Written] = []
  private var matterNames: Set<String> = []
  private var matters: [(name: Words, phrases: [[String]])] = []
  /// Phrases that mean two different things, for the tests.
  public private(set) var clashes: [String] = []

  /// Reads the names. Errors name file and line.
  fileprivate init(_ vocabulary: Vocabulary) throws(Diagnostic) {
    let orderable = try vocabulary.tests
    for (number, line) in vocabulary.lines(of: "practice.txt") {
      do throws(Diagnostic) {
        try read(line, vocabulary, orderable)
      } catch {
        throw error.at(file: "vocabulary/practice.txt", line: number)
      }
    }
    for phrase in vocabulary.writtenPhrases {
      guard case .therapy(let place) = phrase.role else { continue }
      let therapy = vocabulary.therapies[place]
      let name = PracticeName(meaning: .itself(therapy.id), name: therapy.name, kind: therapy.kind)
      add(phrase.text, name)
      if therapy.kind == .test { add(phrase.text, name, toTests: true) }
    }
    for test in orderable {
      add(test.id, PracticeName(meaning: .itself(test.id), name: test.name, kind: .test), toTests: true)
    }
    readTests(orderable, vocabulary)
    readOutside(vocabulary)
  }

  // MARK: Reading

  private mutating func read(_ text: String, _ vocabulary: Vocabulary, _ orderable: DiagnosticTests) throws(Diagnostic) {
    var fault: Diagnostic { Diagnostic("vocabulary.line", Words("A name can't be read: \(text)", "Ένα όνομα δεν διαβάζεται: \(text)")) }
    guard let line = NameLine(text) else { throw fault }
    let phrases = line.phrases
    let kind = line.head[0]
    let ids = Array(line.head.dropFirst())
    /// The first phrase of a line, in both languages: `EN | EL`.
    func named() throws(Diagnostic) -> Words {
      let both = (phrases.first ?? "").split(separator: "|").map { $0.trimmingSpaces() }
      guard both.count == 2 else { throw fault }
      return Words(both[0], both[1])
    }
    switch kind {
    case "name", "brand", "asked":
      guard let first = ids.first, let therapy = vocabulary.therapy(id: first),
        ids.allSatisfy({ vocabulary.therapy(id: $0) != nil })
      else {
        throw fault
      }
      for phrase in phrases {
        let meaning: PracticeName.Meaning =
          kind == "name" ? .itself(first) : kind == "brand" ? .brand(first) : .several(ids)
        let name = PracticeName(
          meaning: meaning, name: kind == "name" ? therapy.name : Words(same: phrase), kind: therapy.kind)
        add(phrase, name)
        if therapy.kind == .test { add(phrase, name, toTests: true) }
      }
    case "member":
      guard let first = ids.first, let therapy = vocabulary.therapy(id: first) else { throw fault }
      let words = try named()
      for phrase in [words.english, words.greek] + phrases.dropFirst() {
        add(phrase, PracticeName(meaning: .member(first), name: words, kind: therapy.kind))
      }
    case "outside":
      guard let word = ids.first, let of = TherapyKind(rawValue: word) else { throw fault }
      let words = try named()
      for phrase in [words.english, words.greek] + phrases.dropFirst() {
        add(phrase, PracticeName(meaning: .outside, name: words, kind: of), toTests: of == .test)
      }
    case "part":
      guard let id = ids.first else { throw fault }
      let words = try named()
      partNames[id] = words
      for phrase in [words.english, words.greek] + phrases.dropFirst() { parts[LooseName.key(phrase)] = id }
      for phrase in [words.english, words.greek] + phrases.dropFirst() where LooseName.key(phrase).isEmpty == false {
        written.append(
          Written(
            text: phrase, loose: LooseName.parts(phrase).joined(),
            name: PracticeName(meaning: .outside, name: words, kind: .drug)))
      }
    case "regimen":
      guard let id = ids.first, let therapy = vocabulary.therapy(id: id), let drugs = phrases.first else { throw fault }
      let all = drugs.split(separator: " ").map(String.init)
      let needed = Set(all.filter { !$0.hasPrefix("(") })
      regimens.append((id, therapy.name, needed, Set(all.map { $0.filter { $0 != "(" && $0 != ")" } })))
    case "test":
      guard let id = ids.first, let test = orderable.id(id) else { throw fault }
      for phrase in phrases {
        add(phrase, PracticeName(meaning: .itself(id), name: test.name, kind: .test), toTests: true)
      }
    case "matters": matterNames = Set(phrases)
    case "matters-when":
      matterConditions.append((ids.joined(separator: " "), try named()))
    case "where":
      for phrase in phrases where !phrase.isEmpty {
        tests[LooseName.key(phrase)] = PracticeName(meaning: .beside, name: Words(same: phrase), kind: .test)
      }
    default: throw fault
    }
  }

  /// The names that `tests.txt` gives.
  private mutating func readTests(_ tests: DiagnosticTests, _ vocabulary: Vocabulary) {
    var name: PracticeName?
    for (_, line) in vocabulary.lines(of: "tests.txt") {
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "test":
        name = tests.id(parts[1]).map { PracticeName(meaning: .itself($0.id), name: $0.name, kind: .test) }
      case "en", "el", "also":
        if let name { for phrase in parts[1].parts(separator: ";") { add(phrase, name, toTests: true) } }
      default: break
      }
    }
  }

  /// The drugs, operations and images that findings are read beside, and that the text doesn't speak of.
  private mutating func readOutside(_ vocabulary: Vocabulary) {
    let known = clashes
    for (_, line) in vocabulary.lines(of: "outside.txt") {
      let fields = line.parts(separator: "|")
      let head = (fields.first ?? "").split(separator: " ", maxSplits: 1).map(String.init)
      guard head.count == 2, fields.count > 1 else { continue }
      let phrases = [head[1], fields[1]] + (fields.count > 2 ? fields[2].parts(separator: ";") : [])
      if matterNames.contains(head[1]) { matters.append((Words(head[1], fields[1]), phrases.map { LooseName.parts($0) })) }
      guard let kind = ["drug": TherapyKind.drug, "procedure": .procedure, "lab": .test][head[0]] else { continue }
      let name = PracticeName(meaning: .outside, name: Words(head[1], fields[1]), kind: kind)
      for phrase in phrases { add(phrase, name, toTests: kind == .test) }
    }
    clashes = known
  }

  /// The states of a patient, of those that a note may tell, on which the text's silence matters beside a dose or an operation.
  public func matters(in note: String) -> [Words] {
    let parts = LooseName.parts(note)
    return matters.filter { _, phrases in
      phrases.contains { phrase in
        !phrase.isEmpty && phrase.count <= parts.count
          && (0...(parts.count - phrase.count)).contains { Array(parts[$0..<($0 + phrase.count)]) == phrase }
      }
    }.map(\.name)
  }

  /// The name of the state that a condition on the findings tells, with that condition in canonical form.
  public private(set) var matterConditions: [(condition: String, name: Words)] = []

  private mutating func add(_ phrase: String, _ name: PracticeName, toTests: Bool = false) {
    let loose = LooseName.parts(phrase).joined()
    let key = FoldedKey(loose)
    guard !key.isEmpty else { return }
    if let earlier = toTests ? tests[key] : therapies[key] {
      if earlier.meaning != name.meaning, earlier.ids != name.ids || earlier.meaning == .outside {
        clashes.append(phrase)
      }
      return
    }
    written.append(Written(text: phrase, loose: loose, name: name))
    if toTests, phrase.hasSuffix("PET") {
      for joint in ["/", "-"] where name.meaning != .outside { add(phrase + joint + "CT", name, toTests: true) }
    }
    for key in [key, Self.lookAlike(phrase)].compactMap({ $0 }) {
      if toTests { tests[key] = name } else { therapies[key] = name }
    }
  }

  private static let lookAlikes: [Character: Character] = [
    "A": "Α", "B": "Β", "E": "Ε", "Z": "Ζ", "H": "Η", "I": "Ι", "K": "Κ", "M": "Μ", "N": "Ν", "O": "Ο", "P": "Ρ",
    "T": "Τ", "X": "Χ", "Y": "Υ",
  ]

  /// The key of an abbreviation typed in Greek capitals that look the same: ΡΡΙ, ΤΑΕ.
  private static func lookAlike(_ phrase: String) -> FoldedKey? {
    guard phrase.utf8.count > 1, phrase.utf8.allSatisfy({ 0x41...0x5A ~= $0 }) else { return nil }
    let alike = phrase.compactMap { lookAlikes[$0] }
    return alike.count == phrase.utf8.count ? LooseName.key(String(alike)) : nil
  }

  // MARK: Asking

  /// What a therapy's or a setting's name means.
  public func therapy(_ key: FoldedKey) -> PracticeName? { therapies[key] }

  /// What a test's name means.
  public func test(_ key: FoldedKey) -> PracticeName? { tests[key] }

  /// The names for which a loosened word is a slip of the keyboard, or that it spells in Latin letters; with how far off they are.
  public func near(_ word: String, kinds: Set<TherapyKind>, sounds: Set<String> = []) -> [(distance: Int, written: Written)] {
    let count = word.unicodeScalars.count
    let stems = Set(sounds.map(Self.withoutEnding))
    var near: [(distance: Int, written: Written)] = []
    for written in written where kinds.contains(written.name.kind) {
      let length = written.loose.unicodeScalars.count
      let limit = length >= 8 ? 2 : length >= 5 ? 1 : 0
      if limit > 0, abs(length - count) <= limit {
        let distance = Folding.distance(word, written.loose, limit: limit)
        if distance <= limit { near.append((distance, written)) }
      }
      if !stems.isEmpty, written.text.utf8.first.map({ $0 >= 0x80 }) == true,
        stems.contains(Self.withoutEnding(Speller.sound(ofGreek: Folding.key(written.text))))
      {
        near.append((1, written))
      }
    }
    return near.sorted { $0.distance < $1.distance }
  }

  private static func withoutEnding(_ sound: String) -> String {
    var stem = sound[...]
    while stem.count > 4, let last = stem.last, "aeious".contains(last) { stem.removeLast() }
    return String(stem)
  }

  /// The one therapy or test whose names begin with a loosened word that breaks off: evero, χημειο.
  public func begun(_ word: String) -> Written? {
    guard word.unicodeScalars.count > 3 else { return nil }
    let found = written.filter { $0.loose.hasPrefix(word) && $0.loose != word && !$0.text.contains(" ") && !$0.name.ids.isEmpty }
    guard let shortest = found.min(by: { $0.loose.utf8.count < $1.loose.utf8.count }),
      found.allSatisfy({ $0.name.ids == shortest.name.ids || $0.loose.hasPrefix(shortest.loose) })
    else {
      return nil
    }
    return shortest
  }

  /// The drug of a regimen that a word means.
  public func part(_ key: FoldedKey) -> String? { parts[key] }

  /// The regimens that a drug with this name is a part of, by their names.
  public func regimens(with name: Words) -> [Words] {
    guard let part = parts[LooseName.key(name.english)] else { return [] }
    return regimens.filter { $0.all.contains(part) }.map(\.name)
  }

  /// What several drugs together are: a regimen, one of several that hold them, or nothing that the text speaks of.
  public func regimen(of drugs: [String]) -> PracticeName {
    let set = Set(drugs)
    let names = drugs.compactMap { partNames[$0] }
    let joined = Words(names.map(\.english).joined(separator: " + "), names.map(\.greek).joined(separator: " + "))
    if let exact = regimens.first(where: { $0.needed.isSubset(of: set) && set.isSubset(of: $0.all) }) {
      return PracticeName(meaning: .itself(exact.id), name: exact.name, kind: .drug)
    }
    let wider = set.count > 1 ? regimens.filter { set.isSubset(of: $0.all) }.map(\.id) : []
    return PracticeName(meaning: wider.isEmpty ? .outside : .several(wider), name: joined, kind: .drug)
  }
}

extension Vocabulary {
  /// The names of practice, read when a therapy is first read and kept.
  public var practiceNames: PracticeNames {
    get throws(Diagnostic) { try keptPracticeNames.value { () throws(Diagnostic) in try PracticeNames(self) } }
  }
}
