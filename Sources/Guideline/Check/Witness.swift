import Grammar
import Measures
import Patients
import Vocabulary

/// Searches for a patient for whom some conditions hold and others fail.
///
/// It turns the conditions into alternatives, each a set of possible values a finding, and tries one value for each
/// finding, until a patient without contradiction is found. What a condition asks is stated, so derivation can't undo it.
struct WitnessSearch {
  enum Answer {
    /// What is stated of the patient found.
    case found([Int: Possible])
    /// There is no such patient.
    case none
    /// Too many alternatives to say.
    case undecided
  }

  /// A condition with the truth that it must have.
  struct Want {
    let condition: Condition
    let holds: Bool
  }

  let vocabulary: Vocabulary
  let inference: Inference

  private static var mostAlternatives: Int { 2_000 }
  private static var mostPatients: Int { 20_000 }

  /// A patient for whom all that is wanted is so and who is accepted.
  func patient(_ wants: [Want], where accepts: (Known) -> Bool) -> Answer {
    var alternatives: [[Int: Possible]] = [[:]]
    for want in wants {
      alternatives = product(alternatives, self.alternatives(want.condition, want.holds))
      if alternatives.count > Self.mostAlternatives { return .undecided }
    }
    var left = Self.mostPatients
    for alternative in alternatives {
      let findings = alternative.keys.sorted()
      let choices = findings.map { self.choices(of: $0, within: alternative[$0] ?? .values(0)) }
      var places = [Int](repeating: 0, count: findings.count)
      while true {
        left -= 1
        if left < 0 { return .undecided }
        var stated: [Int: Possible] = [:]
        for (place, finding) in findings.enumerated() { stated[finding] = choices[place][places[place]] }
        let known = inference.known(stated)
        if wants.allSatisfy({ known.truth($0.condition) == Truth($0.holds) }), inference.contradiction(in: known) == nil,
          accepts(known)
        {
          return .found(stated)
        }
        guard let next = places.indices.first(where: { places[$0] + 1 < choices[$0].count }) else { break }
        places[next] += 1
        for place in 0..<next { places[place] = 0 }
      }
    }
    return .none
  }

  /// The patient in canonical words.
  func describe(_ stated: [Int: Possible]) -> String {
    if stated.isEmpty { return "–" }
    return stated.keys.sorted().compactMap { finding in
      stated[finding].map { Printer.statement(finding, $0, vocabulary) }
    }.joined(separator: ", ")
  }

  /// The ways in which a condition can hold, or fail.
  func alternatives(_ condition: Condition, _ holds: Bool) -> [[Int: Possible]] {
    switch condition {
    case .always: return holds ? [[:]] : []
    case .test(let test):
      if holds { return test.allowed.isEmpty ? [] : [[test.finding: test.allowed]] }
      return others(than: test).map { [test.finding: $0] }
    case .defined(_, let inner): return alternatives(inner, holds)
    case .not(let inner): return alternatives(inner, !holds)
    case .all(let parts): return holds ? every(parts, true) : parts.flatMap { alternatives($0, false) }
    case .any(let parts): return holds ? parts.flatMap { alternatives($0, true) } : every(parts, false)
    case .atLeast(let needed, let parts):
      let wanted = holds ? needed : parts.count - needed + 1
      return subsets(of: parts, wanted).flatMap { every($0, holds) }
    }
  }

  private func every(_ parts: [Condition], _ holds: Bool) -> [[Int: Possible]] {
    var found: [[Int: Possible]] = [[:]]
    for part in parts { found = product(found, alternatives(part, holds)) }
    return found
  }

  private func subsets(of parts: [Condition], _ count: Int) -> [[Condition]] {
    if count <= 0 { return [[]] }
    guard parts.count >= count, let first = parts.first else { return [] }
    let rest = Array(parts.dropFirst())
    return subsets(of: rest, count - 1).map { [first] + $0 } + subsets(of: rest, count)
  }

  /// Both of two alternatives, where some value satisfies both; cut off when there are too many to try.
  private func product(_ first: [[Int: Possible]], _ second: [[Int: Possible]]) -> [[Int: Possible]] {
    var found: [[Int: Possible]] = []
    var seen = Set<[Int: Possible]>()
    for one in first {
      for other in second {
        let both = one.merging(other) { $0.intersection($1) }
        if both.values.contains(where: \.isEmpty) || !seen.insert(both).inserted { continue }
        found.append(both)
        if found.count > Self.mostAlternatives { return found }
      }
    }
    return found
  }

  /// The values that a test doesn't allow.
  private func others(than test: Test) -> [Possible] {
    let finding = vocabulary.findings[test.finding]
    switch test.allowed {
    case .values(let mask):
      let rest = finding.allValues & ~mask
      return rest == 0 ? [] : [.values(rest)]
    case .numbers(let interval):
      var found: [Interval] = []
      if let low = interval.lower {
        found.append(finding.range.intersection(Interval(lower: nil, upper: low, upperClosed: !interval.lowerClosed)))
      }
      if let high = interval.upper {
        found.append(finding.range.intersection(Interval(lower: high, lowerClosed: !interval.upperClosed, upper: nil)))
      }
      return found.filter { !$0.isEmpty }.map { .numbers($0) }
    }
  }

  /// The values to try: each of a category, a few of a number.
  private func choices(of finding: Int, within possible: Possible) -> [Possible] {
    switch possible {
    case .values(let mask):
      return (0..<32).map { 1 << UInt32($0) }.filter { mask & $0 != 0 }.map { .values($0) }
    case .numbers(let interval):
      let steps: [Int64] = [0, 1_000_000, 100_000, 10_000, 1]
      let tries =
        steps.compactMap { step in interval.lower.map { Exact(millionths: $0.millionths + step) } }
        + steps.compactMap { step in interval.upper.map { Exact(millionths: $0.millionths - step) } }
      let found = tries.first { interval.contains($0) } ?? .zero
      return [.numbers(Interval(found))]
    }
  }
}
