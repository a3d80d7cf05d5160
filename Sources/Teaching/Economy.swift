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

/// What decisions need: the tests that the author asks for, and the cheapest that settle what the guideline's rules on a
/// therapy test. Acting and leaving alone need the same.
struct Economy {
  let guideline: Guideline
  let bench: TestBench
  let scenario: Scenario

  /// Tests tried in every combination, at most; beyond, the dearest are left out one by one.
  static let bound = 10

  /// What a test tells of the truth as the case started, beyond what the learner knows then.
  func told(_ test: String) -> [Change] {
    bench.results(test, scenario.truth).told.filter { scenario.view.stated[$0.finding] == nil }
  }

  /// The patient, with what some tests tell.
  func counsel(_ view: Patient, told tests: [String]) -> Counsel {
    var stated = view.stated
    for change in tests.flatMap(told) where stated[change.finding] == nil { stated[change.finding] = change.possible }
    return Counsel(guideline, guideline.inference.known(stated), given: view.given, arranged: view.arranged)
  }

  /// The author's tests for a deed on a therapy.
  func written(for therapy: String) -> [Need] {
    let groups = guideline.vocabulary.groups(above: therapy)
    return scenario.needs.filter { $0.deed.subject == therapy || groups.contains($0.deed.subject) }
  }

  /// Whether a decision was taken with what it needs: the author's tests ordered, or told by others, and nothing that a test of
  /// the case could tell would change what it rests on.
  func isSettled(_ therapy: String, _ view: Patient, _ ordered: [String]) -> Bool {
    let known = Set(ordered.flatMap { told($0).map(\.finding) })
    let isWritten = written(for: therapy).allSatisfy { need in
      let findings = told(need.test).map(\.finding)
      return ordered.contains(need.test) || (!findings.isEmpty && findings.allSatisfy(known.contains))
    }
    return isWritten && counsel(view, told: ordered).basis(of: therapy) == counsel(view, told: bench.ids).basis(of: therapy)
  }

  /// The tests that a decision on a therapy needs.
  func needed(for therapy: String) -> [String] {
    let fixed = written(for: therapy).map(\.test)
    let view = scenario.view
    let target = counsel(view, told: bench.ids).basis(of: therapy)
    func settles(_ tests: [String]) -> Bool { counsel(view, told: fixed + tests).basis(of: therapy) == target }
    guard !settles([]) else { return fixed }
    let useful = bench.ids.filter { !fixed.contains($0) && !told($0).isEmpty }
    let free = useful.filter { bench.cost(of: $0) == 0 }
    let costly = useful.filter { bench.cost(of: $0) > 0 }
    // What doesn't matter even when everything else is known can't be needed; of what does, the cheapest set.
    var left = costly
    for test in costly.sorted(by: { bench.cost(of: $0) > bench.cost(of: $1) }) where left.count > Self.bound {
      let without = left.filter { $0 != test }
      if settles(free + without) { left = without }
    }
    var best: (tests: [String], cost: Int)?
    for mask in (0..<(1 << left.count)).sorted(by: { $0.nonzeroBitCount < $1.nonzeroBitCount }) {
      let tests = left.indices.filter { mask & 1 << $0 != 0 }.map { left[$0] }
      let cost = tests.reduce(0) { $0 + bench.cost(of: $1) }
      if cost < best?.cost ?? Int.max, settles(free + tests) { best = (tests, cost) }
    }
    var found = free + (best?.tests ?? left)
    for test in free where settles(found.filter { $0 != test }) { found.removeAll { $0 == test } }
    return fixed + found
  }
}
