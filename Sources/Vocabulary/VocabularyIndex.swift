import Wording

/// The tables of phrases, made ahead: reading them takes a copy, where hashing every phrase of the files at each start would
/// take longer than the first answer. `make index` writes `vocabulary.index`; a test holds it equal to the files, and an
/// index of files of other sizes is passed over.
struct VocabularyIndex {
  private static let magic: UInt64 = 0x3158_4449_5445_4C53

  /// The parts of a vocabulary that come from its phrases, as bytes.
  static func bytes(of vocabulary: VocabularyDraft, sizes: [Int]) -> [UInt8] {
    var words: [UInt64] = [magic]
    words += sizes.map { UInt64($0) }
    for table in [
      vocabulary.phrases, vocabulary.valuePhrases, vocabulary.therapyPhrases, vocabulary.particles, vocabulary.unitWords,
      vocabulary.phraseStems, vocabulary.valueStems, vocabulary.therapyStems, vocabulary.lexicon.words, vocabulary.lexicon.stems,
    ] {
      words += [UInt64(table.count), UInt64(table.contents.count)] + table.contents
    }
    words.append(UInt64(vocabulary.meanings.count))
    for meaning in vocabulary.meanings { write(meaning, &words) }
    words.append(UInt64(vocabulary.namedTherapies.count))
    for list in vocabulary.namedTherapies { words += [UInt64(list.count)] + list.map { UInt64($0) } }
    words += [UInt64(vocabulary.lexicon.cues.count)] + vocabulary.lexicon.cues.map(\.rawValue)
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) } }
  }

  private static func write(_ meaning: Meaning, _ words: inout [UInt64]) {
    switch meaning {
    case .finding(let finding): words += [0, UInt64(finding)]
    case .value(let finding, let value): words += [1, UInt64(finding), UInt64(value)]
    case .ambiguous(let findings): words += [2, UInt64(findings.count)] + findings.map { UInt64($0) }
    case .several(let all):
      words += [3, UInt64(all.count)]
      for meaning in all { write(meaning, &words) }
    }
  }

  private let bytes: Bytes
  private var next = 0

  /// Fills a vocabulary from an index; false when the index is of files of other sizes, or no index.
  static func fill(_ vocabulary: inout VocabularyDraft, from bytes: Bytes, sizes: [Int]) -> Bool {
    var index = VocabularyIndex(bytes: bytes)
    guard index.word() == magic, sizes.allSatisfy({ index.word() == UInt64($0) }),
      let phrases = index.table(), let valuePhrases = index.table(), let therapyPhrases = index.table(), let particles = index.table(),
      let unitWords = index.table(), let phraseStems = index.table(), let valueStems = index.table(), let therapyStems = index.table(),
      let lexiconWords = index.table(), let lexiconStems = index.table(), let meanings = index.list({ $0.meaning() }),
      let therapies = index.list({ index in index.list { $0.number() } }), let cues = index.list({ $0.word().map { Cue(rawValue: $0) } })
    else { return false }
    vocabulary.phrases = phrases
    vocabulary.valuePhrases = valuePhrases
    vocabulary.therapyPhrases = therapyPhrases
    vocabulary.particles = particles
    vocabulary.unitWords = unitWords
    vocabulary.phraseStems = phraseStems
    vocabulary.valueStems = valueStems
    vocabulary.therapyStems = therapyStems
    vocabulary.lexicon.words = lexiconWords
    vocabulary.lexicon.stems = lexiconStems
    vocabulary.lexicon.cues = cues
    vocabulary.meanings = meanings
    vocabulary.namedTherapies = therapies
    return true
  }

  private init(bytes: Bytes) { self.bytes = bytes }

  private mutating func word() -> UInt64? {
    guard next + 8 <= bytes.count else { return nil }
    defer { next += 8 }
    return UInt64(littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: next, as: UInt64.self))
  }

  private mutating func number() -> Int? { word().flatMap { Int(exactly: $0) } }

  private mutating func table() -> FoldedTable? {
    guard let count = number(), let size = number(), size <= (bytes.count - next) / 8 else { return nil }
    defer { next += size * 8 }
    return FoldedTable(contents: UnsafeRawBufferPointer(bytes.part(next, next + size * 8)), count: count)
  }

  private mutating func list<Element>(_ element: (inout VocabularyIndex) -> Element?) -> [Element]? {
    guard let count = number(), count <= (bytes.count - next) / 8 else { return nil }
    var found: [Element] = []
    found.reserveCapacity(count)
    for _ in 0..<count {
      guard let next = element(&self) else { return nil }
      found.append(next)
    }
    return found
  }

  private mutating func meaning() -> Meaning? {
    switch word() {
    case 0: return number().map { .finding($0) }
    case 1:
      guard let finding = number(), let value = number() else { return nil }
      return .value(finding, value)
    case 2: return list { $0.number() }.map { .ambiguous($0) }
    case 3: return list { $0.meaning() }.map { .several($0) }
    default: return nil
    }
  }
}
