import Cohorts
import Counsel
import Grammar
import Guideline
import Measures
import Patients
import Vocabulary
import Wording

/// How many questions it takes until what leads for a patient is what leads once everything is known.
///
/// Of a drawn patient everything is known but what was found at no time; stated at the start are syndrome or site, and size or liver
/// metastases. A question reveals one finding, a test all that it finds. The count ends at the first question after which the
/// set of (rule, status, stance) in the tier lead equals that of the full patient, and stays so however long is asked on.
/// Companions, which follow their hosts, are left out.
struct Questions {
  enum Order: String, CaseIterable {
    case islet
    /// What was asked before: the count of dependent statements that name the finding, first named first.
    case before
    case random
    /// The finding whose true value brings the set nearest to the final one; of those alike the one that `before` takes.
    case lookahead
  }

  let guideline: Guideline
  private let likelihood: Likelihood
  private let statements: [Int]
  private let bearing: [[Int]]
  private let diagnostic: DiagnosticTests
  private let tests: [(reveals: [Int], cost: Int)]

  init(_ guideline: Guideline) throws(Diagnostic) {
    self.guideline = guideline
    likelihood = Likelihood(try .embedded(guideline), guideline)
    statements = guideline.rules.filter { !$0.isCompanion && !$0.isRemark }.map(\.index)
    bearing = guideline.rules.map { rule in
      var found: [Int] = []
      for name in guideline.findings(bearingOn: rule.index) + (rule.notSaid?.tests.map(\.finding) ?? []) {
        let finding = guideline.statedThrough[name] ?? name
        if !found.contains(finding), guideline.isStatable(finding) { found.append(finding) }
      }
      return found
    }
    diagnostic = try guideline.vocabulary.tests
    tests = diagnostic.map { test in
      (test.reveals.compactMap { guideline.vocabulary.finding(id: $0)?.index }, test.cost)
    }
  }

  /// A drawn patient and what is stated of it at the start.
  struct Drawn {
    let full: Known
    let start: [Int: Possible]
  }

  func drawn(_ distributions: Distributions, count: Int, seed: UInt64) -> [Drawn] {
    var lines: [UInt8] = []
    DrawnCohort(guideline, distributions, count: count, seed: seed).write { lines += $0 }
    var generator = Xoshiro256(seed: seed &+ 1)
    func finding(_ id: String) -> Int { guideline.vocabulary.finding(id: id)?.index ?? 0 }
    let (syndrome, site, size, metastases) = (finding("syndrome"), finding("site"), finding("size"), finding("liver-metastases"))
    return lines.split(separator: 0x0A).compactMap { line in
      let patient = Array(line).withUnsafeBufferPointer { PatientLine($0, guideline) }
      let full = guideline.inference.known(patient.stated)
      let stated = [generator.below(2) == 0 ? syndrome : site, generator.below(2) == 0 ? size : metastases]
      guard guideline.inference.clash(in: full) == nil else { return nil }
      var start: [Int: Possible] = [:]
      for finding in stated { start[finding] = full[finding] }
      return Drawn(full: full, start: start)
    }
  }

  // MARK: What leads

  private struct State: Equatable {
    var status: [Status]
    var leads: [Bool]
  }

  private func state(_ counsel: Counsel) -> State {
    State(status: statements.map(counsel.status), leads: statements.map { counsel.tier(of: $0) == .lead })
  }

  private func state(_ known: Known) -> State { state(Counsel(guideline, known)) }

  private static func distance(_ a: State, _ b: State) -> Int {
    a.leads.indices.count { a.leads[$0] != b.leads[$0] || (a.leads[$0] && a.status[$0] != b.status[$0]) }
  }

  /// Whether nothing that is still open can change the set: every statement that holds in the end is in it or not as in the end, and
  /// none that was carried out, or can't be, may still come to lead before that is known.
  private func isOver(_ counsel: Counsel, _ now: State, _ end: State, _ ends: Counsel) -> Bool {
    statements.indices.allSatisfy { place in
      let index = statements[place]
      if ends.evaluation[index].when != .yes { return true }
      guard now.leads[place] == end.leads[place] else { return false }
      let isTaken = ends.evaluation[index].isDone || ends.isNotSaid(index)
      return !isTaken || now.status[place] == .absent || counsel.isNotSaid(index)
    }
  }

  // MARK: Asking

  private func next(_ order: Order, _ counsel: Counsel, _ full: Known, _ end: State, _ asked: [Bool], _ generator: inout Xoshiro256) -> Int? {
    func isOpen(_ finding: Int) -> Bool { !asked[finding] && counsel.known.isOpen(finding) }
    var count = [Int](repeating: 0, count: asked.count)
    var named: [Int] = []
    func countNamed() {
      for index in statements {
        for name in counsel.evaluation[index].dependsOn {
          let finding = guideline.statedThrough[name] ?? name
          if count[finding] == 0 { named.append(finding) }
          count[finding] += 1
        }
      }
    }
    var found: Int?
    switch order {
    case .islet: found = counsel.helpful(likelihood).first { isOpen($0.finding) }?.finding
    case .before:
      countNamed()
      found = named.enumerated().filter { isOpen($0.element) }.max { (count[$0.element], -$0.offset) < (count[$1.element], -$1.offset) }?.element
    case .random:
      countNamed()
      let open = named.filter(isOpen)
      if !open.isEmpty { found = open[Int(generator.below(UInt64(open.count)))] }
    case .lookahead:
      countNamed()
      var candidates: Set<Int> = []
      for (place, index) in statements.enumerated() where counsel.status(index) != .absent {
        if end.status[place] != counsel.status(index) || (counsel.tier(of: index) == .lead) != end.leads[place] { candidates.formUnion(bearing[index]) }
      }
      var best: (distance: Int, count: Int)?
      for finding in candidates.sorted() where isOpen(finding) && full[finding].isSettled {
        let distance = Self.distance(state(revealed([finding], counsel.known, full)), end)
        if best.map({ (distance, -count[finding]) < ($0.distance, -$0.count) }) ?? true {
          best = (distance, count[finding])
          found = finding
        }
      }
    }
    return found ?? asked.indices.first { isOpen($0) && guideline.isStatable($0) }
  }

  private func stated(_ known: Known) -> [Int: Possible] {
    var stated: [Int: Possible] = [:]
    for finding in known.possible.indices where known.origin[finding] == .stated { stated[finding] = known[finding] }
    return stated
  }

  private func revealed(_ findings: [Int], _ known: Known, _ full: Known) -> Known {
    var stated = stated(known)
    for finding in findings where full[finding].isSettled && known.isOpen(finding) { stated[finding] = full[finding] }
    return guideline.inference.known(stated)
  }

  /// The questions asked until what leads is final.
  func questions(_ order: Order, _ drawn: Drawn, _ generator: inout Xoshiro256) -> Int {
    let ends = Counsel(guideline, drawn.full)
    let end = state(ends)
    var known = guideline.inference.known(drawn.start)
    var asked = [Bool](repeating: false, count: guideline.vocabulary.findings.count)
    var number = 0
    var last = 0
    while true {
      let counsel = Counsel(guideline, known)
      let now = state(counsel)
      if Self.distance(now, end) > 0 { last = number + 1 }
      if isOver(counsel, now, end, ends) { return last }
      guard let finding = next(order, counsel, drawn.full, end, asked, &generator) else { return last }
      asked[finding] = true
      known = revealed([finding], known, drawn.full)
      number += 1
    }
  }

  /// The tests done until what leads is what it is after all of them, and what they cost.
  func tests(_ order: Order, _ drawn: Drawn, _ generator: inout Xoshiro256) -> (count: Int, cost: Int) {
    let complete = revealed(tests.flatMap(\.reveals), guideline.inference.known(drawn.start), drawn.full)
    let ends = Counsel(guideline, complete)
    let end = state(ends)
    var known = guideline.inference.known(drawn.start)
    var left = Array(tests.indices)
    var (number, cost) = (0, 0)
    var last = (count: 0, cost: 0)
    while true {
      let counsel = Counsel(guideline, known)
      let now = state(counsel)
      let isFinal = Self.distance(now, end) == 0
      guard !left.isEmpty, !isOver(counsel, now, end, ends) else { return last }
      var place = 0
      switch order {
      case .islet:
        place = counsel.order(diagnostic, counsel.helpful(likelihood)).lazy.compactMap { left.firstIndex(of: $0) }.first ?? 0
      case .before:
        func named(_ test: Int) -> Int {
          statements.count { index in counsel.evaluation[index].dependsOn.contains { tests[test].reveals.contains(guideline.statedThrough[$0] ?? $0) } }
        }
        let counts = left.map(named)
        place = counts.firstIndex(of: counts.max() ?? 0) ?? 0
      case .random: place = Int(generator.below(UInt64(left.count)))
      case .lookahead:
        let distances = left.map { Self.distance(state(revealed(tests[$0].reveals, known, drawn.full)), end) }
        place = distances.firstIndex(of: distances.min() ?? 0) ?? 0
      }
      let test = left.remove(at: place)
      known = revealed(tests[test].reveals, known, drawn.full)
      number += 1
      cost += tests[test].cost
      if !isFinal || Self.distance(state(known), end) > 0 { last = (number, cost) }
    }
  }
}
