import Measures
import Wording

extension Vocabulary {
  /// The vocabulary embedded in the program. Its files are checked by the tests, so a fault in them is a fault of the
  /// build.
  public static func embedded() throws(Diagnostic) -> Vocabulary {
    try Vocabulary(files: TextFile.embedded(prefix: "vocabulary/") + TextFile.embedded(prefix: FlatTable.name))
  }

  /// Reads the vocabulary from its files, or from the table among them where that was made of them. Errors name file and line.
  public convenience init(files: [TextFile]) throws(Diagnostic) {
    if let table = files.first(where: { $0.name == FlatTable.name }).flatMap({ FlatTable($0) }), table.marks.vocabulary == Self.mark(of: files),
      let draft = VocabularyDraft(table)
    {
      self.init(draft, files: files, table: table)
    } else {
      var reader = VocabularyReader()
      try reader.read(files)
      self.init(reader.vocabulary, files: files, table: nil)
    }
  }

  /// A mark of the files of which the table holds what they say.
  public static func mark(of files: [TextFile]) -> UInt64 {
    let parts = ["findings", "therapies", "words", "derive", "reading", "outside", "practice", "cohort"]
    return FlatTable.mark(parts.compactMap { part in files.first { $0.name.hasSuffix(part + ".txt") } })
  }

  /// The sections of a table that hold what these files say, and how they write it.
  public static func sections(of files: [TextFile]) throws(Diagnostic) -> [FlatTableWriter] {
    var reader = VocabularyReader()
    try reader.read(files)
    var (meant, written) = (FlatTableWriter(), FlatTableWriter())
    reader.vocabulary.write(to: &meant)
    written.list(reader.written) { $0.phrase($1) }
    return [meant, written]
  }

  /// Every phrase that means something on its own, folded, with its meaning: for suggestions and completion, not for
  /// matching.
  public var allPhrases: [(phrase: String, meaning: Meaning)] { folded.phrases }

  /// Every phrase that names a therapy, folded, with the therapy's place.
  public var allTherapyPhrases: [(phrase: String, place: Int)] { folded.therapyPhrases }

  /// Every phrase as the files write it, in their order, for completion.
  public var writtenPhrases: [WrittenPhrase] {
    keptPhrases.value {
      if var reader = table?.reader(.phrases) {
        let written = reader.list { $0.phrase() }
        if !reader.isBroken { return written }
      }
      var reader = VocabularyReader()
      // The files were read before, so they can be read again.
      try? reader.read(files)
      return reader.written
    }
  }

  private var folded: FoldedPhrases { keptFoldedPhrases.value { FoldedPhrases(writtenPhrases) } }
}

/// What phrases mean, by their keys, in the order of the files.
struct FoldedPhrases: Sendable {
  private(set) var phrases: [(phrase: String, meaning: Meaning)] = []
  private(set) var therapyPhrases: [(phrase: String, place: Int)] = []

  init(_ written: [WrittenPhrase]) {
    for phrase in written {
      switch phrase.role {
      case .alone(let meaning): phrases.append((Folding.key(phrase.text), meaning))
      case .therapy(let place): therapyPhrases.append((Folding.key(phrase.text), place))
      case .afterName: continue
      }
    }
  }
}

/// Reads the lines of the vocabulary files.
private struct VocabularyReader {
  private enum Opened { case none, finding, value, therapy }

  var vocabulary = VocabularyDraft()
  var written: [WrittenPhrase] = []
  private var entry = Opened.none
  private var english: Bytes = Bytes(start: nil, count: 0)
  /// The place of the meaning of the entry being read; nil until a phrase of it is added.
  private var meaning: Int?
  /// The place of the value being read.
  private var current = 0
  /// The place of the therapy being read in the lists of therapies that share a phrase.
  private var named = 0

  init() {
    vocabulary.findings.reserveCapacity(100)
    vocabulary.therapies.reserveCapacity(100)
    vocabulary.meanings.reserveCapacity(400)
    vocabulary.namedTherapies.reserveCapacity(140)
  }

  private static let parts = ["findings", "therapies", "words", "derive"]

  /// Reads the files in the order that their references need.
  mutating func read(_ files: [TextFile]) throws(Diagnostic) {
    for part in Self.parts {
      entry = .none
      try files.readVocabulary(part) { (line, number) throws(Diagnostic) in try read(line, number: number) }
    }
    var reader = LexiconReader()
    try reader.read(files)
    vocabulary.lexicon = reader.lexicon
    addStems(reader.phrases)
    try addPractice(files)
  }

  /// Adds the names by which practice speaks of therapies, by their stems.
  private mutating func addPractice(_ files: [TextFile]) throws(Diagnostic) {
    try files.readVocabulary("practice") { (line, _) throws(Diagnostic) in
      guard let equals = line.place(of: 0x3D) else { return }
      let (kind, ids) = line.part(0, equals).headAndRest
      guard ["brand", "name", "member", "asked", "part"].contains(kind.text) else { return }
      // A drug of a regimen is chemotherapy.
      let places = (kind.reads("part") ? ["chemotherapy"] : ids.ids).compactMap { vocabulary.therapyPlaces[$0] }
      guard !places.isEmpty else { return }
      let known = vocabulary.namedTherapies.firstIndex(of: places)
      let place = known ?? vocabulary.namedTherapies.count
      if known == nil { vocabulary.namedTherapies.append(places) }
      for part in line.part(equals + 1, line.count).parts(separator: 0x3B) {
        for phrase in part.parts(separator: 0x7C) where vocabulary.phrases[FoldedKey(phrase)] == nil {
          let stem = WordStem.key(ofPhrase: phrase.text) { _ in false }
          if vocabulary.therapyStems[stem] == nil { vocabulary.therapyStems[stem] = place }
        }
      }
    }
  }

  /// Fills the tables of stems from the phrases collected.
  private mutating func addStems(_ phrases: [(text: String, number: Int)]) {
    for (text, number) in phrases { vocabulary.lexicon.words[FoldedKey(text)] = number }
    let lexicon = vocabulary.lexicon
    func isJoint(_ key: FoldedKey) -> Bool {
      if case .cue(let cue)? = lexicon.words[key].flatMap(lexicon.sense) { cue.contains(.joint) } else { false }
    }
    func add(_ key: FoldedKey, _ place: Int, to table: inout FoldedTable) {
      if let known = table[key], known != place { table[key] = Lexicon.shared } else { table[key] = place }
    }
    for (text, number) in phrases { add(WordStem.key(ofPhrase: text, skipping: isJoint), number, to: &vocabulary.lexicon.stems) }
    for phrase in written {
      let stem = WordStem.key(ofPhrase: phrase.text, skipping: isJoint)
      switch phrase.role {
      case .alone:
        guard let place = vocabulary.phrases[FoldedKey(phrase.text)] else { continue }
        let known = vocabulary.phraseStems[stem]
        let same = known.map { $0 < vocabulary.meanings.count && vocabulary.meanings[$0] == vocabulary.meanings[place] } ?? false
        if !same { add(stem, place, to: &vocabulary.phraseStems) }
      case .afterName(let finding, let value): add(stem.of(finding), value, to: &vocabulary.valueStems)
      case .therapy:
        if let place = vocabulary.therapyPhrases[FoldedKey(phrase.text)] { add(stem, place, to: &vocabulary.therapyStems) }
      }
    }
  }

  private mutating func read(_ line: Bytes, number: Int) throws(Diagnostic) {
    let (word, rest) = line.headAndRest
    switch word[0] {
    case 0x61 where word.reads("also"): return add(rest)
    case 0x61 where word.reads("alone"): return alone(rest)
    case 0x65 where word.reads("en"):
      english = rest
      return
    case 0x65 where word.reads("el"): return name(english, rest)
    default: break
    }
    switch entry {
    case .finding, .value:
      if try readFinding(word, rest) { return }
    case .therapy:
      if try readTherapy(word, rest) { return }
    case .none: break
    }
    if word.reads("finding") { return startFinding(rest) }
    if word.reads("therapy") { return startTherapy(rest) }
    try readWord(word, rest, number)
  }

  // MARK: Findings

  private mutating func readFinding(_ word: Bytes, _ rest: Bytes) throws(Diagnostic) -> Bool {
    let last = vocabulary.findings.count - 1
    if word.reads("value") {
      try startValue(rest)
    } else if word.reads("group") {
      vocabulary.findings[last].group = rest.text
    } else if word.reads("type") {
      try type(rest)
    } else if word.reads("found-by") {
      vocabulary.findings[last].foundBy = rest.text
    } else if word.reads("changes") {
      vocabulary.findings[last].changes = rest.reads("yes")
    } else if word.reads("bare") {
      vocabulary.bareNumbers.append(last)
    } else {
      return false
    }
    return true
  }

  private mutating func startFinding(_ id: Bytes) {
    let index = vocabulary.findings.count
    let text = id.text
    vocabulary.findings.append(FindingDraft(index: index, id: text))
    vocabulary.findingPlaces[text] = index
    entry = .finding
    meaning = nil
    add(id, .finding(index))
  }

  private mutating func startValue(_ id: Bytes) throws(Diagnostic) {
    guard let last = vocabulary.findings.indices.last else { throw fault("value before a finding") }
    let text = id.text
    if vocabulary.findings[last].place(of: text) == nil {
      vocabulary.findings[last].values.append(FindingValue(id: text, shown: Words(same: text)))
    }
    current = vocabulary.findings[last].place(of: text) ?? 0
    entry = .value
    meaning = nil
    addValue(id)
  }

  private mutating func type(_ bytes: Bytes) throws(Diagnostic) {
    let last = vocabulary.findings.count - 1
    if bytes.reads("category") {
      vocabulary.findings[last].kind = .category
    } else if bytes.reads("boolean") || bytes.reads("derived") {
      vocabulary.findings[last].kind = bytes.reads("boolean") ? .boolean : .derived
      vocabulary.findings[last].values = [
        FindingValue(id: "yes", shown: Words("yes", "ναι")), FindingValue(id: "no", shown: Words("no", "όχι")),
      ]
    } else {
      let (word, rest) = bytes.headAndRest
      let (range, written) = rest.headAndRest
      guard word.reads("number"), let dot = range.place(of: 0x2E), let low = Exact(utf8: range.part(0, dot)),
        let high = Exact(utf8: range.part(min(dot + 2, range.count), range.count))
      else { throw fault("type number LOW..HIGH UNIT, category, boolean or derived") }
      let unit = written.isEmpty ? .count : Unit(rawValue: written.text)
      guard let unit else { throw fault("unknown unit \(bytes.text)") }
      vocabulary.findings[last].kind = .number(Interval(lower: low, upper: high), unit)
    }
  }

  // MARK: Therapies

  private mutating func readTherapy(_ word: Bytes, _ rest: Bytes) throws(Diagnostic) -> Bool {
    let last = vocabulary.therapies.count - 1
    if word.reads("kind") {
      guard let kind = TherapyKind(rawValue: rest.text) else { throw fault("unknown kind \(rest.text)") }
      vocabulary.therapies[last].kind = kind
    } else if word.reads("in") {
      vocabulary.therapies[last].groupIDs = rest.ids
    } else if word.reads("topic") {
      vocabulary.therapies[last].topic = rest.text
    } else {
      return false
    }
    return true
  }

  private mutating func startTherapy(_ id: Bytes) {
    let index = vocabulary.therapies.count
    let text = id.text
    vocabulary.therapies.append(Therapy(index: index, id: text))
    vocabulary.therapyPlaces[text] = index
    entry = .therapy
    named = vocabulary.namedTherapies.count
    vocabulary.namedTherapies.append([index])
    addTherapy(id)
  }

  // MARK: Phrases

  /// The names of the entry being read, in both languages.
  private mutating func name(_ english: Bytes, _ greek: Bytes) {
    let words = Words(english.text, greek.text)
    switch entry {
    case .finding: vocabulary.findings[vocabulary.findings.count - 1].name = words
    case .value:
      let last = vocabulary.findings.count - 1
      vocabulary.findings[last].values[current].shown = words
      add(english, .value(last, current))
      add(greek, .value(last, current))
    case .therapy: vocabulary.therapies[vocabulary.therapies.count - 1].name = words
    case .none: break
    }
    addPhrase(english)
    addPhrase(greek)
  }

  /// A `;` list of phrases for the entry being read.
  private mutating func add(_ list: Bytes) {
    for part in list.parts(separator: 0x3B) { addPhrase(part) }
  }

  private mutating func addPhrase(_ phrase: Bytes) {
    switch entry {
    case .finding: add(phrase, .finding(vocabulary.findings.count - 1))
    case .value: addValue(phrase)
    case .therapy: addTherapy(phrase)
    case .none: break
    }
  }

  private mutating func alone(_ list: Bytes) {
    for part in list.parts(separator: 0x3B) {
      add(part, .value(vocabulary.findings.count - 1, current))
      addValue(part)
    }
  }

  /// Adds a phrase with what it means on its own. The phrases of one entry share their meaning's place.
  private mutating func add(_ phrase: Bytes, _ new: Meaning) {
    let key = FoldedKey(phrase)
    collect(phrase, .alone(new))
    guard let known = vocabulary.phrases[key] else {
      if meaning == nil {
        meaning = vocabulary.meanings.count
        vocabulary.meanings.append(new)
      }
      vocabulary.phrases[key] = meaning
      return
    }
    let earlier = vocabulary.meanings[known]
    if earlier == new { return }
    var all = [earlier]
    if case .several(let several) = earlier { all = several }
    guard !all.contains(new) else { return }
    vocabulary.phrases[key] = vocabulary.meanings.count
    vocabulary.meanings.append(.several(all + [new]))
  }

  private mutating func collect(_ phrase: Bytes, _ role: WrittenPhrase.Role) {
    written.append(WrittenPhrase(text: phrase.text, role: role))
  }

  private mutating func addValue(_ phrase: Bytes) {
    let last = vocabulary.findings.count - 1
    let key = FoldedKey(phrase)
    collect(phrase, .afterName(finding: last, value: current))
    let own = key.of(last)
    if vocabulary.valuePhrases[own] == nil { vocabulary.valuePhrases[own] = current }
  }

  private mutating func addTherapy(_ phrase: Bytes) {
    let last = vocabulary.therapies.count - 1
    let key = FoldedKey(phrase)
    collect(phrase, .therapy(last))
    guard let known = vocabulary.therapyPhrases[key] else {
      vocabulary.therapyPhrases[key] = named
      return
    }
    let sharing = vocabulary.namedTherapies[known]
    if sharing.contains(last) { return }
    vocabulary.therapyPhrases[key] = vocabulary.namedTherapies.count
    vocabulary.namedTherapies.append(sharing + [last])
  }

  // MARK: Words and derivations

  private mutating func readWord(_ word: Bytes, _ rest: Bytes, _ number: Int) throws(Diagnostic) {
    switch word.text {
    case "unit":
      let parts = Array(rest.parts(separator: 0x3D))
      guard parts.count == 2 else { throw fault("unit NAME = words") }
      let place = vocabulary.units.count
      vocabulary.units.append(parts[0].text)
      vocabulary.unitWords[FoldedKey(parts[0])] = place
      for phrase in parts[1].parts(separator: 0x3B) { vocabulary.unitWords[FoldedKey(phrase)] = place }
    case "ambiguous":
      let parts = Array(rest.parts(separator: 0x3D))
      guard parts.count == 2 else { throw fault("ambiguous PHRASE = FINDING; FINDING") }
      let places = parts[1].parts(separator: 0x3B).compactMap { vocabulary.findingPlaces[$0.text] }
      meaning = nil
      for phrase in parts[0].parts(separator: 0x3B) { add(phrase, .ambiguous(places)) }
    case "derive": try derive(rest, number: number)
    case "scale": try scale(rest.text)
    case "define":
      let parts = Array(rest.parts(separator: 0x3D))
      guard parts.count == 2, let index = vocabulary.findingPlaces[parts[0].text] else { throw fault("define FINDING = CONDITION") }
      vocabulary.definitions.append(Definition(finding: index, condition: parts[1].text, line: number))
    case "absent-groups": vocabulary.absentGroups = rest.parts(separator: 0x3B).map(\.text)
    case "absent-findings": vocabulary.absentFindings = try places(rest)
    case "spared-in-metastatic": vocabulary.sparedInMetastatic = try places(rest)
    case "contradiction":
      guard let split = rest.place(ofLast: " with ") else { throw fault("contradiction A with B") }
      let stated = rest.starts("stated ")
      vocabulary.contradictions.append(
        Contradiction(
          first: rest.part(stated ? 7 : 0, split).text, second: rest.part(split + 6, rest.count).text, stated: stated, line: number))
    default:
      guard let particle = Particle(rawValue: word.text) else { throw fault("unknown field “\(word.text)”") }
      for phrase in rest.parts(separator: 0x3B) {
        let key = FoldedKey(phrase)
        vocabulary.particles[key] = (vocabulary.particles[key] ?? 0) | Int(particle.bit)
      }
    }
  }

  private func places(_ list: Bytes) throws(Diagnostic) -> [Int] {
    var found: [Int] = []
    for id in list.parts(separator: 0x3B) {
      guard let place = vocabulary.findingPlaces[id.text] else { throw fault("unknown finding \(id.text)") }
      found.append(place)
    }
    return found
  }

  private func fault(_ text: String) -> Diagnostic { .vocabulary(text) }

  /// `derive [background] [stated] FINDING VALUE when CONDITION [unless FINDING] [over VALUE]`
  private mutating func derive(_ line: Bytes, number: Int) throws(Diagnostic) {
    var (word, rest) = line.headAndRest
    var background = false
    var stated = false
    while word.reads("background") || word.reads("stated") {
      background = background || word.reads("background")
      stated = stated || word.reads("stated")
      (word, rest) = rest.headAndRest
    }
    let (value, tail) = rest.headAndRest
    let (when, body) = tail.headAndRest
    var condition = body
    var over: Int?
    if let split = condition.place(ofLast: " over ") {
      over = vocabulary.findingPlaces[word.text].flatMap { vocabulary.findings[$0].place(of: condition.part(split + 6, condition.count).text) }
      if over == nil { throw fault("unknown value after over") }
      condition = condition.part(0, split)
    }
    var unless: Int?
    if let split = condition.place(ofLast: " unless ") {
      unless = vocabulary.findingPlaces[condition.part(split + 8, condition.count).text]
      if unless == nil { throw fault("unknown finding after unless") }
      condition = condition.part(0, split)
    }
    guard when.reads("when"), !condition.isEmpty, let finding = vocabulary.findingPlaces[word.text],
      let place = vocabulary.findings[finding].place(of: value.text)
    else { throw fault("derive FINDING VALUE when CONDITION") }
    vocabulary.derivations.append(
      Derivation(
        finding: finding, value: place, when: condition.text, unless: unless, over: over, stated: stated, background: background, line: number))
  }

  /// `scale grade from ki67: G1 <= 2; G2 3 to 20; G3 > 20`
  private mutating func scale(_ text: String) throws(Diagnostic) {
    let halves = text.split(separator: ":", maxSplits: 1).map { $0.trimmingSpaces() }
    let head = halves[0].split(separator: " ").map(String.init)
    guard halves.count == 2, head.count == 3, head[1] == "from", let finding = vocabulary.findingPlaces[head[0]],
      let from = vocabulary.findingPlaces[head[2]]
    else { throw fault("scale FINDING from FINDING: VALUE BOUNDS; …") }
    var steps: [(value: Int, interval: Interval)] = []
    for step in halves[1].split(separator: ";") {
      let words = step.split(separator: " ").map(String.init)
      guard words.count >= 3, let value = vocabulary.findings[finding].place(of: words[0]) else { throw fault("scale step") }
      var interval = Interval(lower: nil, upper: nil)
      switch words[1] {
      case "<": interval = Interval(lower: nil, upper: Exact(words[2]), upperClosed: false)
      case "<=": interval = Interval(lower: nil, upper: Exact(words[2]))
      case ">": interval = Interval(lower: Exact(words[2]), lowerClosed: false, upper: nil)
      case ">=": interval = Interval(lower: Exact(words[2]), upper: nil)
      default:
        guard words.count == 4, words[2] == "to" else { throw fault("scale step") }
        interval = Interval(lower: Exact(words[1]), upper: Exact(words[3]))
      }
      steps.append((value, interval))
    }
    vocabulary.scales.append(Scale(finding: finding, from: from, steps: steps))
  }
}

extension StringProtocol {
  /// The text without spaces and tabs at either end.
  public func trimmingSpaces() -> String {
    var part = self[...]
    while let first = part.first, first == " " || first == "\t" { part = part.dropFirst() }
    while let last = part.last, last == " " || last == "\t" { part = part.dropLast() }
    return String(part)
  }

  /// Where a text first stands, without Foundation.
  public func range(of text: String) -> Range<Index>? {
    guard let first = text.first else { return nil }
    var from = startIndex
    while let start = self[from...].firstIndex(of: first) {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      from = index(after: start)
    }
    return nil
  }
}
