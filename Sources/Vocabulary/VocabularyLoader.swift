import Measures
import Wording

extension Vocabulary {
  /// The vocabulary embedded in the program. Its files are checked by the tests, so a fault in them is a fault of the
  /// build.
  public static func embedded() throws(Diagnostic) -> Vocabulary {
    try Vocabulary(files: TextFile.embedded(prefix: "vocabulary/"))
  }

  /// Reads the vocabulary from its files. Errors name file and line.
  public init(files: [TextFile]) throws(Diagnostic) {
    var reader = VocabularyReader(collects: false)
    try reader.read(files)
    self = reader.vocabulary
    self.files = files
    linkGroups()
  }

  /// Every phrase that means something on its own, folded, with its meaning: for suggestions and completion, not for
  /// matching.
  public var allPhrases: [(phrase: String, meaning: Meaning)] { collected.phrases }

  /// Every phrase that means a value after its finding's name.
  public var allValuePhrases: [(phrase: String, meaning: Meaning)] { collected.valuePhrases }

  /// Every phrase that names a therapy, folded, with the therapy's place.
  public var allTherapyPhrases: [(phrase: String, place: Int)] { collected.therapyPhrases }

  private var collected: VocabularyReader {
    var reader = VocabularyReader(collects: true)
    // The files were read before, so they can be read again.
    try? reader.read(files)
    return reader
  }
}

/// Reads the lines of one vocabulary file.
private struct VocabularyReader {
  private enum Entry { case none, finding, value, therapy, test, term }

  var vocabulary = Vocabulary()
  /// Phrases as texts, kept only when asked for.
  var phrases: [(phrase: String, meaning: Meaning)] = []
  var valuePhrases: [(phrase: String, meaning: Meaning)] = []
  var therapyPhrases: [(phrase: String, place: Int)] = []
  private let collects: Bool
  private var entry = Entry.none
  private var english = ArraySlice<UInt8>()

  init(collects: Bool) {
    self.collects = collects
    vocabulary.findings.reserveCapacity(100)
    vocabulary.therapies.reserveCapacity(100)
  }

  /// Reads the files in the order that their references need.
  mutating func read(_ files: [TextFile]) throws(Diagnostic) {
    for part in ["findings", "therapies", "tests", "words", "derive"] {
      for file in files where file.name.hasSuffix(part + ".txt") {
        entry = .none
        try file.forEachLine { (number, line) throws(Diagnostic) in
          do throws(Diagnostic) {
            try read(line, number: number)
          } catch {
            throw error.at(file: file.name, line: number)
          }
        }
      }
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  /// Calls with each part of a `;` list, without spaces at its ends.
  private func forEachPart(_ list: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    var start = list.startIndex
    while start < list.endIndex {
      var end = start
      while end < list.endIndex, list[end] != 0x3B { end += 1 }
      var low = start
      var high = end
      while low < high, list[low] == 0x20 { low += 1 }
      while high > low, list[high - 1] == 0x20 { high -= 1 }
      if low < high { body(list[low..<high]) }
      start = end + 1
    }
  }

  mutating func read(_ bytes: ArraySlice<UInt8>, number: Int) throws(Diagnostic) {
    var start = bytes.startIndex
    while start < bytes.endIndex, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    let line = bytes[start...]
    guard let first = line.first, first != 0x23 else { return }
    let space = line.firstIndex(of: 0x20) ?? line.endIndex
    let word = String(decoding: line[..<space], as: UTF8.self)
    var body = line[space...]
    while body.first == 0x20 { body.removeFirst() }
    while body.last == 0x20 { body.removeLast() }
    switch word {
    case "en":
      english = body
      return
    case "el":
      named(english, body)
      return
    case "also":
      add(body)
      return
    case "alone":
      alone(body)
      return
    default: break
    }
    let rest = text(body)
    if number == 1 {
      guard word == "islet", rest == "vocabulary 1" else { throw fault("the first line is “islet vocabulary 1”") }
      return
    }
    switch word {
    case "finding": startFinding(rest)
    case "value": try startValue(rest)
    case "therapy": startTherapy(rest)
    case "test":
      vocabulary.tests.append(DiagnosticTest(id: rest))
      vocabulary.testPhrases[FoldedKey(rest)] = vocabulary.tests.count - 1
      entry = .test
    case "term":
      vocabulary.terms.append(Term(id: rest))
      vocabulary.termPhrases[FoldedKey(rest)] = vocabulary.terms.count - 1
      entry = .term
    case "text-en": english = body
    case "text-el":
      let text = Words(text(english), rest)
      withLast(\.terms) { $0.text = text }
    case "group": withLast(\.findings) { $0.group = rest }
    case "type": try type(rest)
    case "found-by": withLast(\.findings) { $0.foundBy = rest }
    case "changes": withLast(\.findings) { $0.changes = rest == "yes" }
    case "bare": vocabulary.bareNumbers.append(vocabulary.findings.count - 1)
    case "kind":
      guard let kind = TherapyKind(rawValue: rest) else { throw fault("unknown kind \(rest)") }
      withLast(\.therapies) { $0.kind = kind }
    case "in":
      withLast(\.therapies) { $0.groupIDs = rest.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) }
    case "topic": withLast(\.therapies) { $0.topic = rest }
    case "reveals":
      withLast(\.tests) { $0.reveals = rest.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) }
    case "cost": withLast(\.tests) { $0.cost = Int(rest) ?? 0 }
    case "days": withLast(\.tests) { $0.days = Int(rest) ?? 0 }
    case "background": break
    case "unit":
      let parts = rest.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces() }
      guard parts.count == 2 else { throw fault("unit NAME = words") }
      vocabulary.unitWords[FoldedKey(parts[0])] = parts[0]
      for word in parts[1].split(separator: ";") { vocabulary.unitWords[FoldedKey(word.trimmingSpaces())] = parts[0] }
    case "ambiguous": try ambiguous(rest)
    case "derive": try derive(rest, number: number)
    case "scale": try scale(rest)
    case "define":
      let parts = rest.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces() }
      guard parts.count == 2, let index = vocabulary.findingPlaces[parts[0]] else { throw fault("define FINDING = CONDITION") }
      vocabulary.definitions.append(Definition(finding: index, condition: parts[1], line: number))
    case "absent-groups": vocabulary.absentGroups = rest.split(separator: ";").map { $0.trimmingSpaces() }
    case "absent-findings": vocabulary.absentFindings = try places(rest)
    case "spared-in-metastatic": vocabulary.sparedInMetastatic = try places(rest)
    case "contradiction":
      guard let split = rest.range(of: " with ") else { throw fault("contradiction A with B") }
      let stated = rest.hasPrefix("stated ")
      vocabulary.contradictions.append(
        Contradiction(
          first: String(rest[..<split.lowerBound].dropFirst(stated ? 7 : 0)), second: String(rest[split.upperBound...]), stated: stated,
          line: number))
    default:
      guard let particle = Particle(rawValue: word) else { throw fault("unknown field “\(word)”") }
      for phrase in rest.split(separator: ";") {
        let key = FoldedKey(phrase.trimmingSpaces())
        vocabulary.particles[key] = (vocabulary.particles[key] ?? 0) | particle.bit
      }
    }
  }

  private func places(_ list: String) throws(Diagnostic) -> [Int] {
    var found: [Int] = []
    for id in list.split(separator: ";") {
      guard let place = vocabulary.findingPlaces[id.trimmingSpaces()] else { throw fault("unknown finding \(id)") }
      found.append(place)
    }
    return found
  }

  private func fault(_ text: String) -> Diagnostic {
    Diagnostic("vocabulary.line", Words("The vocabulary can't be read: \(text).", "Το λεξιλόγιο δεν διαβάζεται: \(text)."))
  }

  private mutating func startFinding(_ id: String) {
    let index = vocabulary.findings.count
    vocabulary.findings.append(Finding(index: index, id: id))
    vocabulary.findingPlaces[id] = index
    entry = .finding
    add(ArraySlice(id.utf8), .finding(index))
  }

  private mutating func startValue(_ id: String) throws(Diagnostic) {
    guard let last = vocabulary.findings.indices.last else { throw fault("value before a finding") }
    if vocabulary.findings[last].place(of: id) == nil {
      vocabulary.findings[last].values.append(FindingValue(id: id, shown: Words(same: id)))
    }
    current = vocabulary.findings[last].place(of: id) ?? 0
    entry = .value
    addValue(ArraySlice(id.utf8))
  }

  private mutating func startTherapy(_ id: String) {
    let index = vocabulary.therapies.count
    vocabulary.therapies.append(Therapy(index: index, id: id))
    vocabulary.therapyPlaces[id] = index
    entry = .therapy
    addTherapy(ArraySlice(id.utf8))
  }

  /// The place of the value being read.
  private var current = 0

  /// The names of the entry being read, in both languages.
  private mutating func named(_ english: ArraySlice<UInt8>, _ greek: ArraySlice<UInt8>) {
    let words = Words(text(english), text(greek))
    switch entry {
    case .finding: withLast(\.findings) { $0.name = words }
    case .value:
      let place = current
      withLast(\.findings) { $0.values[place].shown = words }
      if let last = vocabulary.findings.indices.last {
        add(english, .value(last, place))
        add(greek, .value(last, place))
      }
    case .therapy: withLast(\.therapies) { $0.name = words }
    case .test: withLast(\.tests) { $0.name = words }
    case .term: withLast(\.terms) { $0.name = words }
    case .none: break
    }
    addPhrase(english)
    addPhrase(greek)
  }

  /// A `;` list of phrases for the entry being read.
  private mutating func add(_ list: ArraySlice<UInt8>) {
    var parts: [ArraySlice<UInt8>] = []
    forEachPart(list) { parts.append($0) }
    for part in parts { addPhrase(part) }
  }

  private mutating func addPhrase(_ phrase: ArraySlice<UInt8>) {
    switch entry {
    case .finding: add(phrase, .finding(vocabulary.findings.count - 1))
    case .value: addValue(phrase)
    case .therapy: addTherapy(phrase)
    case .test: vocabulary.testPhrases[FoldedKey(utf8: phrase)] = vocabulary.tests.count - 1
    case .term: vocabulary.termPhrases[FoldedKey(utf8: phrase)] = vocabulary.terms.count - 1
    case .none: break
    }
  }

  private mutating func alone(_ list: ArraySlice<UInt8>) {
    var parts: [ArraySlice<UInt8>] = []
    forEachPart(list) { parts.append($0) }
    for part in parts {
      add(part, .value(vocabulary.findings.count - 1, current))
      addValue(part)
    }
  }

  private mutating func add(_ phrase: ArraySlice<UInt8>, _ meaning: Meaning) {
    let key = FoldedKey(utf8: phrase)
    if collects { phrases.append((Folding.key(text(phrase)), meaning)) }
    switch vocabulary.phrases[key] {
    case nil: vocabulary.phrases[key] = meaning
    case meaning: break
    case .several(let all):
      if !all.contains(meaning) { vocabulary.phrases[key] = .several(all + [meaning]) }
    case .some(let other): vocabulary.phrases[key] = .several([other, meaning])
    }
  }

  private mutating func addValue(_ phrase: ArraySlice<UInt8>) {
    let last = vocabulary.findings.count - 1
    let key = FoldedKey(utf8: phrase)
    if collects { valuePhrases.append((Folding.key(text(phrase)), .value(last, current))) }
    if vocabulary.valuePhrases[key.of(last)] == nil { vocabulary.valuePhrases[key.of(last)] = UInt8(current) }
    vocabulary.valueWords[key] = true
  }

  private mutating func addTherapy(_ phrase: ArraySlice<UInt8>) {
    let last = vocabulary.therapies.count - 1
    let key = FoldedKey(utf8: phrase)
    if collects { therapyPhrases.append((Folding.key(text(phrase)), last)) }
    let known = vocabulary.therapyPhrases[key] ?? []
    if !known.contains(last) { vocabulary.therapyPhrases[key] = known + [last] }
  }

  private mutating func withLast<T>(_ list: WritableKeyPath<Vocabulary, [T]>, _ change: (inout T) -> Void) {
    guard let last = vocabulary[keyPath: list].indices.last else { return }
    change(&vocabulary[keyPath: list][last])
  }

  private mutating func type(_ text: String) throws(Diagnostic) {
    let words = text.split(separator: " ").map(String.init)
    switch words.first {
    case "category": withLast(\.findings) { $0.kind = .category }
    case "boolean", "derived":
      let kind: FindingKind = words.first == "boolean" ? .boolean : .derived
      withLast(\.findings) {
        $0.kind = kind
        $0.values = [
          FindingValue(id: "yes", shown: Words("yes", "ναι")), FindingValue(id: "no", shown: Words("no", "όχι")),
        ]
      }
    case "number":
      guard words.count >= 2, let dots = words[1].range(of: ".."), let low = Exact(words[1][..<dots.lowerBound]),
        let high = Exact(words[1][dots.upperBound...])
      else { throw fault("type number LOW..HIGH UNIT") }
      let unit = words.count > 2 ? Unit(rawValue: words[2...].joined(separator: " ")) : .count
      guard let unit else { throw fault("unknown unit \(text)") }
      withLast(\.findings) { $0.kind = .number(Interval(lower: low, upper: high), unit) }
    default: throw fault("type number, category, boolean or derived")
    }
  }

  private mutating func ambiguous(_ text: String) throws(Diagnostic) {
    let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces() }
    guard parts.count == 2 else { throw fault("ambiguous PHRASE = FINDING; FINDING") }
    let places = parts[1].split(separator: ";").compactMap { vocabulary.findingPlaces[$0.trimmingSpaces()] }
    for phrase in parts[0].split(separator: ";") {
      add(ArraySlice(phrase.trimmingSpaces().utf8), .ambiguous(places))
    }
  }

  /// `derive [background] [stated] FINDING VALUE when CONDITION [unless FINDING]`
  private mutating func derive(_ text: String, number: Int) throws(Diagnostic) {
    var words = text.split(separator: " ").map(String.init)
    var background = false
    var stated = false
    while let first = words.first, first == "background" || first == "stated" {
      background = background || first == "background"
      stated = stated || first == "stated"
      words.removeFirst()
    }
    var unless: Int?
    if words.count > 2, words[words.count - 2] == "unless" {
      unless = vocabulary.findingPlaces[words[words.count - 1]]
      if unless == nil { throw fault("unknown finding after unless") }
      words.removeLast(2)
    }
    guard words.count > 3, words[2] == "when", let finding = vocabulary.findingPlaces[words[0]],
      let value = vocabulary.findings[finding].place(of: words[1])
    else { throw fault("derive FINDING VALUE when CONDITION") }
    vocabulary.derivations.append(
      Derivation(
        finding: finding, value: value, when: words[3...].joined(separator: " "), unless: unless, stated: stated,
        background: background, line: number))
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
