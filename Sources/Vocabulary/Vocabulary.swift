import Measures
import Wording

/// What a phrase of the vocabulary may mean.
public enum Meaning: Sendable, Hashable {
  /// A finding's name.
  case finding(Int)
  /// A value that can stand alone: the finding and the value's place.
  case value(Int, Int)
  /// A phrase with several readings, each a finding.
  case ambiguous([Int])
  /// More than one of these.
  case several([Meaning])
}

/// A phrase of the vocabulary as its file writes it.
public struct WrittenPhrase: Sendable, Hashable {
  public enum Role: Sendable, Hashable {
    /// It means something on its own.
    case alone(Meaning)
    /// It means a value, by its place, behind a finding's name.
    case afterName(finding: Int, value: Int)
    /// It names a therapy, by its place.
    case therapy(Int)
  }

  public let text: String
  public let role: Role
}

/// The small words of the language.
public enum Particle: String, Sendable, CaseIterable {
  case filler, yes, no, unknown, not, and, or, `is`
  case oneOf = "one-of"
  case atLeast = "at-least"
  case atMost = "at-most"
  case above, below, of

  var bit: UInt16 {
    let place: UInt16
    switch self {
    case .filler: place = 0
    case .yes: place = 1
    case .no: place = 2
    case .unknown: place = 3
    case .not: place = 4
    case .and: place = 5
    case .or: place = 6
    case .is: place = 7
    case .oneOf: place = 8
    case .atLeast: place = 9
    case .atMost: place = 10
    case .above: place = 11
    case .below: place = 12
    case .of: place = 13
    }
    return 1 << place
  }
}

/// A line of `derive.txt`: what follows, by background knowledge or logic, from what is stated.
public struct Derivation: Sendable {
  /// The finding derived.
  public let finding: Int
  /// The value derived.
  public let value: Int
  /// The condition, in canonical form, to be read by Grammar.
  public let when: String
  /// A finding whose being known switches this line off (`unless`).
  public let unless: Int?
  /// The value of the finding that is read as the derived one where it is stated (`over`): locally advanced with a metastasis.
  public let over: Int?
  /// Whether only a stated, not a derived, value of the condition's findings counts.
  public let stated: Bool
  /// Whether the guideline's text doesn't say so.
  public let background: Bool
  public let line: Int
}

/// A scale that turns a number into a category by thresholds (WHO 2010 grades); background.
public struct Scale: Sendable {
  public let finding: Int
  public let from: Int
  /// The value's place and its numbers, in ascending order; numbers in no step have no value.
  public let steps: [(value: Int, interval: Interval)]
}

/// Two statements that can't both hold.
public struct Contradiction: Sendable {
  public let first: String
  public let second: String
  /// Whether the first's finding must be stated, not derived or open.
  public let stated: Bool
  public let line: Int
}

/// A definition of a derived finding, in canonical form.
public struct Definition: Sendable {
  public let finding: Int
  public let condition: String
  public let line: Int
}

/// The words of islet: findings, values, therapies, tests, aliases in both languages, derivations and contradictions,
/// read from data. It is a class because it never changes and is handed about a lot.
public final class Vocabulary: Sendable {
  public let findings: [Finding]
  public let therapies: [Therapy]
  public let derivations: [Derivation]
  public let scales: [Scale]
  public let contradictions: [Contradiction]
  public let definitions: [Definition]
  /// Numbers that may be given with their unit alone: `14 mm` is the size.
  public let bareNumbers: [Int]

  /// What `assume absent` sets: whole groups, single findings, and what it leaves alone in metastatic disease.
  public let absentGroups: [String]
  public let absentFindings: [Int]
  public let sparedInMetastatic: [Int]

  let findingPlaces: [String: Int]
  let therapyPlaces: [String: Int]
  /// What a phrase means on its own: a place in `meanings`.
  let phrases: FoldedTable
  let meanings: [Meaning]
  /// The place of the value that a phrase means after a finding's name, keyed by phrase and finding.
  let valuePhrases: FoldedTable
  /// What a phrase names: a place in `namedTherapies`.
  let therapyPhrases: FoldedTable
  let namedTherapies: [[Int]]
  /// The bits of the particles that a phrase is.
  let particles: FoldedTable
  /// The canonical unit of a word: a place in `units`.
  let unitWords: FoldedTable
  let units: [String]
  /// The same tables by the stems of the phrases' words; what two phrases share is left out.
  let phraseStems: FoldedTable
  let valueStems: FoldedTable
  let therapyStems: FoldedTable
  /// The words with which people speak of findings.
  public let lexicon: Lexicon
  let spellers = Once<Speller>()
  let outsideTerms = Once<[OutsideTerm]>()
  /// For each therapy the groups above it, nearest first.
  let groupsAbove: [[Int]]
  /// The files it was read from, for what is needed rarely: the phrases themselves.
  let files: [TextFile]
  /// The table that it was read from; nil when that is of other files.
  public let table: FlatTable?
  let keptPhrases = Once<[WrittenPhrase]>()
  let keptFoldedPhrases = Once<FoldedPhrases>()
  let keptDoseWords = Once<DoseWords>()
  let keptPracticeNames = Once<PracticeNames>()
  let keptTests = Once<DiagnosticTests>()
  let keptTerms = Once<ReferenceReader>()

  init(_ draft: VocabularyDraft, files: [TextFile], table: FlatTable?) {
    findings = draft.findings.map(Finding.init)
    therapies = draft.therapies
    derivations = draft.derivations
    scales = draft.scales
    contradictions = draft.contradictions
    definitions = draft.definitions
    bareNumbers = draft.bareNumbers
    absentGroups = draft.absentGroups
    absentFindings = draft.absentFindings
    sparedInMetastatic = draft.sparedInMetastatic
    findingPlaces = draft.findingPlaces
    therapyPlaces = draft.therapyPlaces
    phrases = draft.phrases
    meanings = draft.meanings
    valuePhrases = draft.valuePhrases
    therapyPhrases = draft.therapyPhrases
    namedTherapies = draft.namedTherapies
    particles = draft.particles
    unitWords = draft.unitWords
    units = draft.units
    phraseStems = draft.phraseStems
    valueStems = draft.valueStems
    therapyStems = draft.therapyStems
    lexicon = draft.lexicon
    groupsAbove = draft.knownGroupsAbove ?? draft.groupsAbove
    self.files = files
    self.table = table
  }

  /// The place of a finding by its id.
  public func finding(id: String) -> Finding? { findingPlaces[id].map { findings[$0] } }

  /// A therapy by its id.
  public func therapy(id: String) -> Therapy? { therapyPlaces[id].map { therapies[$0] } }

  /// What a phrase may mean on its own.
  public func meanings(of key: FoldedKey) -> [Meaning]? {
    phrases[key].map { if case .several(let all) = meanings[$0] { all } else { [meanings[$0]] } }
  }

  /// The place of the value that a phrase means after a finding's name.
  public func value(_ key: FoldedKey, of finding: Int) -> Int? { valuePhrases[key.of(finding)] }

  /// The therapies that a phrase names.
  public func therapies(named key: FoldedKey) -> [Therapy] {
    therapyPhrases[key].map { namedTherapies[$0].map { therapies[$0] } } ?? []
  }

  /// What a phrase may mean on its own, by the key of its words, else by the key of their stems.
  public func meanings(of key: FoldedKey, stem: FoldedKey) -> [Meaning]? {
    guard let place = phrases[key] ?? phraseStems[stem], place < meanings.count else { return nil }
    if case .several(let all) = meanings[place] { return all }
    return [meanings[place]]
  }

  /// Whether a phrase is in the vocabulary as it is written, on its own or as a therapy's name.
  public func isWritten(_ key: FoldedKey) -> Bool { phrases[key] != nil || therapyPhrases[key] != nil }

  public func value(_ key: FoldedKey, stem: FoldedKey, of finding: Int) -> Int? {
    (valuePhrases[key.of(finding)] ?? valueStems[stem.of(finding)]).flatMap { $0 == Lexicon.shared ? nil : $0 }
  }

  public func therapies(named key: FoldedKey, stem: FoldedKey) -> [Therapy] {
    guard let place = therapyPhrases[key] ?? therapyStems[stem], place < namedTherapies.count else { return [] }
    return namedTherapies[place].map { therapies[$0] }
  }

  /// The canonical unit that a word means.
  public func unit(_ key: FoldedKey) -> String? { unitWords[key].map { units[$0] } }

  /// Whether a word is one of the small words of a kind.
  public func isParticle(_ key: FoldedKey, _ particle: Particle) -> Bool {
    guard let bits = particles[key] else { return false }
    return bits & Int(particle.bit) != 0
  }

  /// Every group above a therapy, nearest first.
  public func groups(above id: String) -> [String] {
    therapyPlaces[id].map { groupsAbove[$0].map { therapies[$0].id } } ?? []
  }

  /// Every member below a group, at any depth.
  public func members(of id: String) -> [String] {
    guard let place = therapyPlaces[id] else { return [] }
    return therapies.indices.filter { groupsAbove[$0].contains(place) }.map { therapies[$0].id }
  }

  /// Whether advice on one is advice that touches the other: the same, or group and member.
  public func related(_ a: String, _ b: String) -> Bool {
    guard a != b, let first = therapyPlaces[a], let second = therapyPlaces[b] else { return a == b }
    return groupsAbove[first].contains(second) || groupsAbove[second].contains(first)
  }
}
