import Counsel
import Grammar
import Guideline
import Patients
import Vocabulary
import Wording

/// What tests tell in a case, and what they cost.
struct TestBench {
  let scenario: Scenario
  let vocabulary: Vocabulary

  private func test(_ id: String) -> DiagnosticTest? { scenario.tests.id(id) }

  var ids: [String] { scenario.tests.map(\.id) }

  func name(of test: String) -> Words? { self.test(test)?.name }

  func cost(of test: String) -> Int { scenario.costs[test] ?? self.test(test)?.cost ?? 0 }

  /// The findings that a test may tell here.
  func reveals(_ test: String) -> [Int] {
    scenario.reveals[test] ?? self.test(test)?.reveals.compactMap { vocabulary.finding(id: $0)?.index } ?? []
  }

  /// What a test tells of a patient; a finding that the truth doesn't hold is not told.
  func results(_ test: String, _ truth: Patient) -> (told: [Change], silent: [Int]) {
    var told: [Change] = []
    var silent: [Int] = []
    let only = scenario.reveals[test] == nil ? self.test(test)?.only ?? [:] : [:]
    for finding in reveals(test) {
      let known = vocabulary.findings[finding]
      if let possible = truth.stated[finding], only[known.id].map({ ids in possible.value.map { ids.contains(known.values[$0].id) } ?? false }) ?? true {
        told.append(Change(finding: finding, possible: possible))
      } else {
        silent.append(finding)
      }
    }
    return (told, silent)
  }
}

/// The ids of tests, and what they cost together.
typealias CheapestTests = (tests: [String], cost: Int)

/// The cheapest set of tests that settles decisions: with it, each of them stands as it would with every test done.
struct Economy {
  let guideline: Guideline
  let bench: TestBench
  /// The learner's patient and the truth as the case started.
  let view: Patient
  let truth: Patient

  /// Tests tried in every combination, at most; beyond, the cheapest are taken one by one.
  static let bound = 12

  /// The ids of the tests, and what they cost together.
  func cheapest(for therapies: [String]) -> CheapestTests {
    let all = bench.ids
    let costs = all.map { bench.cost(of: $0) }
    let told = all.map { bench.results($0, truth).told.filter { view.stated[$0.finding] == nil } }
    let target = standings(of: therapies, told.flatMap { $0 })
    guard target != standings(of: therapies, []) else { return ([], 0) }
    var useful = all.indices.filter { !told[$0].isEmpty }
    // Free tests cost nothing: they are always part of the set, and dropped again where they don't matter.
    let free = useful.filter { costs[$0] == 0 }
    useful = useful.filter { costs[$0] > 0 && matters(told[$0], therapies) }
    func settles(_ places: [Int]) -> Bool { standings(of: therapies, places.flatMap { told[$0] }) == target }
    var best: (places: [Int], cost: Int)?
    if useful.count <= Self.bound {
      for mask in 0..<(1 << useful.count) {
        let places = useful.indices.filter { mask & 1 << $0 != 0 }.map { useful[$0] }
        let cost = places.reduce(0) { $0 + costs[$1] }
        if cost < best?.cost ?? Int.max, settles(free + places) { best = (places, cost) }
      }
    } else {
      var places = useful
      for place in useful.sorted(by: { costs[$0] > costs[$1] }) {
        let without = places.filter { $0 != place }
        if settles(free + without) { places = without }
      }
      best = (places, places.reduce(0) { $0 + costs[$1] })
    }
    var places = free + (best?.places ?? useful)
    for place in free where settles(places.filter { $0 != place }) { places.removeAll { $0 == place } }
    return (places.sorted().map { all[$0] }, places.reduce(0) { $0 + costs[$1] })
  }

  /// The statement that leads on each therapy, and its status, once some findings are told.
  private func standings(of therapies: [String], _ changes: [Change]) -> [Lead] {
    var stated = view.stated
    for change in changes { stated[change.finding] = change.possible }
    let counsel = Counsel(guideline, guideline.inference.known(stated), given: view.given)
    return therapies.map { therapy in
      let standing = counsel.standing(of: therapy)
      return Lead(rule: standing.lead, stands: standing.lead.map { counsel.stands($0) } ?? false)
    }
  }

  private struct Lead: Hashable {
    let rule: Int?
    let stands: Bool
  }

  /// Whether one of the findings bears on a rule about one of the therapies.
  private func matters(_ told: [Change], _ therapies: [String]) -> Bool {
    let near = Set(therapies.flatMap { [$0] + guideline.vocabulary.groups(above: $0) })
    return guideline.rules.contains { rule in
      guard !rule.isRemark, !rule.isCompanion, rule.subjects.contains(where: near.contains) else { return false }
      let bearing = Set(guideline.findings(bearingOn: rule.index))
      return told.contains { change in
        bearing.contains(change.finding) || bench.vocabulary.derivations.contains { bearing.contains($0.finding) }
      }
    }
  }
}
