import Grammar
import Guideline
import Vocabulary
import Wording

/// The words by which people ask, as `questions.txt` gives them, read when a line is first found to be no command.
struct QuestionWords: Sendable {
  /// What a cue says is asked for.
  enum Target: Sendable, Hashable {
    /// Something that the shell itself does; several are asked about.
    case shell([String])
    /// What the text can't answer, by its place in `silences`.
    case silence(Int)
    case intent(Intent)
  }

  enum Intent: String, Sendable, CaseIterable {
    case erratum
    case whatIf = "what-if"
    case compare, preference, flip
    case whyNot = "why-not"
    case contraindications, why, dose, adverse, evidence, missing, explain
    case changeStop = "change-stop"
    case changeDo = "change-do"
    case can, others, recommend
  }

  /// A phrase that tells an intent: the stems of its words; `*` stands for up to four words, `~` behind a word for any ending and before it for any beginning, `^` for
  /// the place where the line says its first word of note.
  struct Cue: Sendable {
    let parts: [String]
    let target: Target
    /// The number of words that it spells out.
    let length: Int
    /// Its place in the file: the earlier holds.
    let place: Int
  }

  struct Silence: Sendable {
    let id: String
    /// The commands whose answers come nearest.
    let near: [String]
    /// Whether a therapy in the line makes it a question that the text may answer.
    let isWithoutTherapy: Bool
    var says = Words(same: "")
  }

  /// What a stretch of a line may name, in one reading each.
  struct Entity: Sendable, Hashable {
    var therapy: PracticeName?
    var finding: Int?
    var value: Int?
    var term: String?
    var test: String?
    var topic: Topic?
    var endpoint: String?

    struct Topic: Sendable, Hashable {
      let id: String
      let therapy: String?
    }

    var isEmpty: Bool { self == Entity() }
  }

  private(set) var cues: [String: [Cue]] = [:]
  private(set) var open: [Cue] = []
  private(set) var silences: [Silence] = []
  private(set) var fillers: Set<String> = []
  /// Words that doubt what the line speaks of.
  private(set) var doubts: Set<String> = []
  /// With what a question opens that has no mark, each the stems of its words.
  private(set) var openings: [[String]] = []
  /// Words that say a finding of somebody, where its name alone is a topic.
  private(set) var stating: Set<String> = []
  /// What a word says that is several in one: whats, dont.
  private(set) var contracted: [String: [String]] = [:]
  /// The letter of a source's id, and how many digits follow it, by the word for it.
  private(set) var sources: [String: (letter: String, digits: Int)] = [:]
  /// The words of cues and fillers, for slips and for Greek in Latin letters.
  private var speller = Speller(phrases: [], common: [])
  private var entities: [FoldedKey: Entity] = [:]
  private var topics: [FoldedKey: Entity.Topic] = [:]
  private var endpoints: [FoldedKey: String] = [:]
  private var verbs: [FoldedKey: PracticeName] = [:]
  private var names: PracticeNames

  /// Reads the words. Errors name file and line.
  init(_ vocabulary: Vocabulary) throws(Diagnostic) {
    names = try vocabulary.practiceNames
    // Of words that sound alike, those that ask come first: dosi is δόση before it is δώσει.
    var heard: (asking: [String], other: [String]) = ([], [])
    for (number, line) in vocabulary.lines(of: "questions.txt") {
      do throws(Diagnostic) {
        try read(line, vocabulary, &heard)
      } catch {
        throw error.at(file: "vocabulary/questions.txt", line: number)
      }
    }
    speller = Speller(phrases: heard.asking + heard.other, common: [])
    for phrase in vocabulary.writtenPhrases {
      let key = LooseName.key(phrase.text)
      guard case .alone(let meaning) = phrase.role, !key.isEmpty else { continue }
      var entity = entities[key] ?? Entity()
      switch meaning {
      case .finding(let finding): entity.finding = entity.finding ?? finding
      case .value(let finding, let value):
        if entity.finding == nil { (entity.finding, entity.value) = (finding, value) }
      case .ambiguous, .several: continue
      }
      entities[key] = entity
    }
    let terms = try vocabulary.terms
    for (phrase, place) in try vocabulary.allTermPhrases {
      let key = LooseName.key(phrase)
      if !key.isEmpty { entities[key, default: Entity()].term = terms[place].id }
    }
  }

  // MARK: Reading the file

  private mutating func read(_ line: String, _ vocabulary: Vocabulary, _ heard: inout (asking: [String], other: [String])) throws(Diagnostic) {
    var fault: Diagnostic { Diagnostic("vocabulary.line", Words("The words can't be read: \(line)", "Οι λέξεις δεν διαβάζονται: \(line)")) }
    if line.hasPrefix("say-en ") || line.hasPrefix("say-el ") {
      guard !silences.isEmpty else { throw fault }
      let text = String(line.dropFirst(7))
      let before = silences[silences.count - 1].says
      silences[silences.count - 1].says = line.hasPrefix("say-en") ? Words(text, before.greek) : Words(before.english, text)
      return
    }
    guard let read = NameLine(line) else { throw fault }
    let (head, phrases, rest) = (read.head, read.phrases, read.rest)
    func commands(_ text: String) -> [String] { text.split(separator: " || ").map { $0.trimmingSpaces() } }
    switch head[0] {
    case "filler":
      for phrase in phrases {
        for part in LooseName.parts(phrase) { fillers.insert(part) }
        heard.other.append(phrase)
      }
    case "intent":
      guard let intent = Intent(rawValue: rest) else { throw fault }
      for phrase in phrases { add(phrase, .intent(intent), &heard) }
    case "shell", "ask":
      for phrase in phrases { add(phrase, .shell(commands(rest)), &heard) }
    case "silent":
      guard head.count > 1 else { throw fault }
      let near = rest.range(of: " near ").map { commands(String(rest[$0.upperBound...])) } ?? []
      // The same said of other cues: those that a therapy in the line rules out, and those that none does.
      let said = silences.first { $0.id == head[1] }
      silences.append(
        Silence(
          id: head[1], near: near.isEmpty ? said?.near ?? [] : near, isWithoutTherapy: rest.contains(" without therapy"),
          says: said?.says ?? Words(same: "")))
      let place = silences.count - 1
      for phrase in phrases { add(phrase, .silence(place), &heard) }
    case "doubt":
      for phrase in phrases { doubts.insert(Folding.key(phrase)) }
    case "opening":
      for phrase in phrases { openings.append(LooseName.parts(phrase)) }
    case "stating":
      for phrase in phrases { stating.formUnion(LooseName.parts(phrase)) }
    case "contracted":
      for phrase in phrases { contracted[Folding.key(phrase)] = LooseName.parts(rest.replacing(" s", with: " is")) }
    case "source":
      guard head.count == 3, let digits = Int(head[2]) else { throw fault }
      for phrase in phrases { sources[LooseName.loosened(phrase)] = (head[1], digits) }
    case "as":
      guard let therapy = vocabulary.therapy(id: rest) else { throw fault }
      for phrase in phrases {
        verbs[LooseName.key(phrase)] = PracticeName(meaning: .itself(therapy.id), name: therapy.name, kind: therapy.kind)
      }
    case "topic":
      guard head.count > 1, head.count < 4, head.count == 2 || vocabulary.therapy(id: head[2]) != nil else { throw fault }
      for phrase in phrases { topics[LooseName.key(phrase)] = Entity.Topic(id: head[1], therapy: head.count > 2 ? head[2] : nil) }
    case "endpoint":
      for phrase in phrases { endpoints[LooseName.key(phrase)] = rest }
    default: throw fault
    }
  }

  private mutating func add(_ phrase: String, _ target: Target, _ heard: inout (asking: [String], other: [String])) {
    var parts: [String] = []
    let words = phrase.parts(separator: " ")
    for word in words {
      if Self.isOpen(word) {
        parts.append(word)
      } else if word.utf8.last == 0x7E {
        parts.append(Folding.key(String(word.dropLast())) + "~")
      } else if word.utf8.first == 0x7E {
        parts.append("~" + Folding.key(String(word.dropFirst())))
      } else {
        parts += LooseName.parts(word == "s" ? "is" : word)
      }
    }
    guard let first = parts.first, first != "*" else { return }
    let cue = Cue(parts: parts, target: target, length: parts.count { !Self.isOpen($0) }, place: count)
    count += 1
    if Self.isEnded(first) || first == "^" { open.append(cue) } else { cues[first, default: []].append(cue) }
    let spelled = words.filter { !Self.isEnded($0) && !Self.isOpen($0) }.joined(separator: " ")
    if case .intent = target { heard.asking.append(spelled) } else { heard.other.append(spelled) }
  }

  /// Whether a part of a cue stands for words or a place.
  private static func isOpen(_ part: String) -> Bool { part == "*" || part == "^" }

  /// Whether a part of a cue stands for any ending or beginning.
  private static func isEnded(_ part: String) -> Bool { part.utf8.contains(0x7E) }

  private var count = 0

  // MARK: Asking

  /// What a key names, apart from what the names of practice say of it.
  func entity(_ key: FoldedKey) -> Entity {
    var entity = entities[key] ?? Entity()
    entity.therapy = verbs[key] ?? names.therapy(key)
    if let test = names.test(key), test.kind == .test {
      if test.ids.count == 1 { entity.test = test.ids[0] }
      if test.meaning == .outside { entity.therapy = entity.therapy ?? test }
    }
    entity.topic = topics[key]
    entity.endpoint = endpoints[key]
    return entity
  }

  /// The word of a cue that a word in Latin letters spells in Greek, or of which a word is a slip; or the whole name that it begins.
  func meant(_ word: String) -> String? {
    if let begun = names.begun(LooseName.loosened(word)) { return begun.loose }
    let meant = speller.greek(word) ?? speller.slips(word, long: 8).first
    return meant.map { LooseName.loosened($0) }
  }

  /// Whether a name is that of an endpoint.
  func isEndpoint(_ name: String) -> Bool { endpoints.values.contains(name) }

  /// The drug of a regimen that a word means, and what several of them together are.
  func part(_ key: FoldedKey) -> String? { names.part(key) }

  func regimen(of parts: [String]) -> PracticeName { names.regimen(of: parts) }

  /// The drugs, operations or settings for which a word is a slip of the keyboard.
  func therapyMeant(_ word: String) -> [String] {
    let loose = LooseName.loosened(word)
    guard loose.unicodeScalars.count > 4 else { return [] }
    var found: [String] = []
    for near in names.near(loose, kinds: Set(TherapyKind.allCases), sounds: Set(Speller.sounds(ofLatin: Folding.key(word)))) {
      if near.written.name.ids.count == 1, !found.contains(near.written.name.ids[0]) { found.append(near.written.name.ids[0]) }
    }
    return Array(found.prefix(3))
  }
}
