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
}

/// The small words of the language.
public enum Particle: String, Sendable, CaseIterable {
  case filler, yes, no, unknown, not, and, or, `is`
  case oneOf = "one-of"
  case atLeast = "at-least"
  case atMost = "at-most"
  case above, below, of
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
/// read from data.
public struct Vocabulary: Sendable {
  public internal(set) var findings: [Finding] = []
  public internal(set) var therapies: [Therapy] = []
  public internal(set) var tests: [DiagnosticTest] = []
  public internal(set) var terms: [Term] = []
  public internal(set) var derivations: [Derivation] = []
  public internal(set) var scales: [Scale] = []
  public internal(set) var contradictions: [Contradiction] = []
  public internal(set) var definitions: [Definition] = []
  /// Numbers that may be given with their unit alone: `14 mm` is the size.
  public internal(set) var bareNumbers: [Int] = []

  /// What `assume absent` sets: whole groups, single findings, and what it leaves alone in metastatic disease.
  public internal(set) var absentGroups: [String] = []
  public internal(set) var absentFindings: [Int] = []
  public internal(set) var sparedInMetastatic: [Int] = []

  var findingPlaces: [String: Int] = [:]
  var therapyPlaces: [String: Int] = [:]
  /// What a folded phrase means on its own.
  public internal(set) var phrases: [String: [Meaning]] = [:]
  /// What a folded phrase means after a finding's name: by phrase, the findings and values.
  public internal(set) var valuePhrases: [String: [(finding: Int, value: Int)]] = [:]
  /// Therapies by folded phrase.
  public internal(set) var therapyPhrases: [String: [Int]] = [:]
  public internal(set) var testPhrases: [String: Int] = [:]
  public internal(set) var termPhrases: [String: Int] = [:]
  public internal(set) var particles: [String: [Particle]] = [:]
  public internal(set) var unitWords: [String: String] = [:]
  /// The longest phrase, in tokens, that is worth trying.
  public internal(set) var longestPhrase = 8

  /// The place of a finding by its id.
  public func finding(id: String) -> Finding? { findingPlaces[id].map { findings[$0] } }

  /// A therapy by its id.
  public func therapy(id: String) -> Therapy? { therapyPlaces[id].map { therapies[$0] } }

  public func test(id: String) -> DiagnosticTest? { tests.first { $0.id == id } }

  /// Whether a folded word is one of the small words of a kind.
  public func isParticle(_ folded: String, _ particle: Particle) -> Bool {
    particles[folded]?.contains(particle) ?? false
  }

  /// Every group above a therapy, nearest first.
  public func groups(above id: String) -> [String] {
    var found: [String] = []
    var queue = therapy(id: id)?.groupIDs ?? []
    while !queue.isEmpty {
      let next = queue.removeFirst()
      guard !found.contains(next) else { continue }
      found.append(next)
      queue += therapy(id: next)?.groupIDs ?? []
    }
    return found
  }

  /// Every member below a group, at any depth.
  public func members(of id: String) -> [String] {
    therapies.filter { $0.id != id && groups(above: $0.id).contains(id) }.map(\.id)
  }

  /// Whether advice on one is advice that touches the other: the same, or group and member.
  public func related(_ a: String, _ b: String) -> Bool {
    a == b || groups(above: a).contains(b) || groups(above: b).contains(a)
  }
}
