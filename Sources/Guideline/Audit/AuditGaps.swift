import Grammar
import Patients
import Vocabulary

/// Presentations that the text gives no advice on: for a whole topic, and for the guideline. A statement that asks nothing
/// about the patient holds for everyone and fills no gap.
extension Auditor {
  private static var mostPresentations: Int { 3_000 }

  mutating func findGaps() {
    let rules = advice
    var topics: [String] = []
    for rule in rules where !topics.contains(rule.topic) { topics.append(rule.topic) }
    gaps(in: nil, rules)
    for topic in topics { gaps(in: topic, rules.filter { $0.topic == topic }) }
  }

  private mutating func gaps(in topic: String?, _ rules: [Rule]) {
    guard let presentations = silent(rules) else {
      audit.undecided.append(.gaps(topic))
      return
    }
    var found: [Audit.Gap] = []
    for presentation in presentations {
      let wants = presentation.map { WitnessSearch.Want(condition: .test(Test(finding: $0.key, allowed: $0.value)), holds: true) }
        .sorted { ($0.condition.tests.first?.finding ?? 0) < ($1.condition.tests.first?.finding ?? 0) }
      switch patients.search.patient(wants, where: { known in rules.allSatisfy { guideline.status(of: $0.index, known) == .absent } }) {
      case .none: continue
      case .undecided: audit.undecided.append(.gaps(topic))
      case .found(let stated): found.append(.init(topic: topic, presentation: presentation, witness: .init(stated: stated)))
      }
    }
    if found.isEmpty, !audit.undecided.contains(.gaps(topic)) { audit.covered.append(topic) }
    audit.gaps += found
  }

  /// The widest presentations in which none of the rules can apply; nil when there are too many to hold.
  private func silent(_ rules: [Rule]) -> [[Int: Possible]]? {
    let ways = rules.map { rule -> [[Int: Possible]] in
      patients.search.alternatives(rule.when, false)
        + guideline.exceptions[rule.index].flatMap { patients.search.alternatives($0, true) }
    }.sorted { $0.count < $1.count }
    var presentations: [[Int: Possible]] = [[:]]
    for alternatives in ways {
      var next: [[Int: Possible]] = []
      for presentation in presentations {
        for alternative in alternatives {
          let both = presentation.merging(alternative) { $0.intersection($1) }
          if both.values.contains(where: \.isEmpty) { continue }
          next.append(both)
        }
      }
      presentations = Self.widest(next)
      if presentations.count > Self.mostPresentations { return nil }
    }
    return presentations.sorted { a, b in
      (a.count, a.keys.sorted().map(String.init).joined(separator: " ")) < (b.count, b.keys.sorted().map(String.init).joined(separator: " "))
    }
  }

  /// The presentations that lie in no other.
  private static func widest(_ presentations: [[Int: Possible]]) -> [[Int: Possible]] {
    var kept: [[Int: Possible]] = []
    for one in presentations.sorted(by: { $0.count < $1.count }) where !kept.contains(where: { lies(one, in: $0) }) {
      kept.removeAll { lies($0, in: one) }
      kept.append(one)
    }
    return kept
  }

  private static func lies(_ one: [Int: Possible], in other: [Int: Possible]) -> Bool {
    other.allSatisfy { finding, possible in one[finding].map { $0.satisfies(possible) == .yes } ?? false }
  }
}
