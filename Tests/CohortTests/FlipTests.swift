import Cohorts
import Foundation
import Grammar
import Guideline
import Measures
import Patients
import Testing
import Vocabulary

@Suite("Flips, checked by the plain evaluator")
struct FlipTests {
  let both: BothForms

  /// What the design says can never change in a patient.
  static let fixed: Set<String> = ["age", "sex", "men1", "site", "location", "syndrome", "differentiation"]

  init() throws { both = try BothForms() }

  /// A random patient without contradiction.
  private func patient(_ random: inout RandomPatients, stated share: Int) -> [String: PlainValue] {
    while true {
      let patient = random.next(stated: share, partly: 5)
      if both.plain.statuses(patient) != nil { return patient }
    }
  }

  @Test("each set turns the rule, each of its values does, and none of its changes can be left out", arguments: [0, 5, 15, 40])
  func turns(share: Int) throws {
    var random = RandomPatients(seed: UInt64(share) &* 31 &+ 5, both.plain)
    var checked = 0
    for _ in 0..<16 {
      let patient = patient(&random, stated: share)
      let rule = both.guideline.rules.filter { !$0.isRemark }[random.below(both.plain.rules.count)]
      let before = try #require(both.plain.statuses(patient)?[rule.id])
      let flip = both.guideline.flip(rule.index, try both.stated(patient))
      #expect(flip.before.rawValue == before)
      for set in flip.sets.prefix(8) {
        checked += 1
        #expect((1...3).contains(set.changes.count))
        var whole = patient
        for change in set.changes { whole[both.guideline.vocabulary.findings[change.finding].id] = try both.plain(change.to, of: change.finding) }
        let after = both.plain.statuses(whole)?[rule.id]
        #expect(after == set.status.rawValue, "\(rule.id): \(whole)")
        #expect((after == "applies") != (before == "applies"))
        for change in set.changes {
          let name = both.guideline.vocabulary.findings[change.finding].id
          for value in try both.values(in: change.to, of: change.finding) {
            var one = whole
            one[name] = value
            #expect((both.plain.statuses(one)?[rule.id] == "applies") != (before == "applies"), "\(rule.id): \(name) \(value)")
          }
          var without = whole
          without[name] = patient[name]
          let left = both.plain.statuses(without)?[rule.id]
          #expect(left == nil || (left == "applies") == (before == "applies"), "\(rule.id) needs no change of \(name)")
        }
      }
    }
    #expect(checked > 10)
  }

  @Test("what can't change in a patient is only learnt, and only as it may still be", arguments: [5, 30])
  func fixedFindings(share: Int) throws {
    var random = RandomPatients(seed: UInt64(share) &+ 77, both.plain)
    var learnt = 0
    for _ in 0..<6 {
      let stated = try both.stated(patient(&random, stated: share))
      let known = both.guideline.inference.known(stated)
      for rule in both.guideline.rules where !rule.isRemark && rule.index % 5 == share % 5 {
        for change in both.guideline.flip(rule.index, stated).sets.flatMap(\.changes) {
          let mayBe = known.isOpen(change.finding) && known[change.finding].intersection(change.to) == change.to
          #expect(change.isLearnt == mayBe)
          if change.isLearnt { learnt += 1 }
          if Self.fixed.contains(both.guideline.vocabulary.findings[change.finding].id) { #expect(change.isLearnt) }
        }
      }
    }
    #expect(learnt > 20)
  }

  /// Every value that a finding may be given in a patient.
  private func changes(_ stated: [Int: Possible]) -> [(finding: Int, value: Possible)] {
    let known = both.guideline.inference.known(stated)
    return both.guideline.vocabulary.findings.filter { !$0.isDerived }.flatMap { finding -> [(finding: Int, value: Possible)] in
      let values: [Possible]
      if finding.isNumber {
        values = BothForms.marks.map { .numbers(Interval(Exact(millionths: Int64($0 * 1_000_000)))) }.filter { $0.satisfies(.all(of: finding)) == .yes }
      } else {
        values = finding.values.indices.map { .values(1 << UInt32($0)) }
      }
      return values.filter { value in
        if known[finding.index] == value { return false }
        let mayBe = known.isOpen(finding.index) && value.satisfies(known[finding.index]) == .yes
        return mayBe || !Self.fixed.contains(finding.id)
      }.map { (finding.index, $0) }
    }
  }

  private func covers(_ flip: Flip, _ changes: [(finding: Int, value: Possible)]) -> Bool {
    flip.sets.contains { set in
      set.changes.allSatisfy { change in changes.contains { $0.finding == change.finding && $0.value.satisfies(change.to) == .yes } }
    }
  }

  @Test("no single change and no pair that turns a rule is left out, over every value of every finding", arguments: [2, 12])
  func complete(share: Int) throws {
    var random = RandomPatients(seed: UInt64(share) &* 13 &+ 1, both.plain)
    let compiled = CompiledGuideline(both.guideline)
    let rules = both.guideline.rules.filter { !$0.isRemark }
    for _ in 0..<2 {
      let stated = try both.stated(patient(&random, stated: share))
      let before = try #require(compiled.statuses(of: [stated])[0])
      let flips = rules.map { both.guideline.flip($0.index, stated) }
      #expect(flips.filter { !$0.isComplete }.isEmpty)
      let changes = changes(stated)
      let single = compiled.statuses(of: changes.map { change in stated.merging([change.finding: change.value]) { $1 } })
      for (change, statuses) in zip(changes, single) {
        guard let statuses else { continue }
        for place in rules.indices where (statuses[place] == .applies) != (before[place] == .applies) {
          #expect(covers(flips[place], [change]), "\(rules[place].id) by \(Printer.statement(change.finding, change.value, both.guideline.vocabulary))")
        }
      }
      // Pairs: each change with a random share of the others.
      var pairs: [[(finding: Int, value: Possible)]] = []
      for first in changes.indices {
        for second in changes.indices[(first + 1)...] where changes[first].finding != changes[second].finding && random.below(4) == 0 {
          pairs.append([changes[first], changes[second]])
        }
      }
      let double = compiled.statuses(of: pairs.map { pair in pair.reduce(into: stated) { $0[$1.finding] = $1.value } })
      var turned = 0
      for (pair, statuses) in zip(pairs, double) {
        guard let statuses else { continue }
        for place in rules.indices where (statuses[place] == .applies) != (before[place] == .applies) {
          turned += 1
          #expect(covers(flips[place], pair), "\(rules[place].id) by \(pair.map { Printer.statement($0.finding, $0.value, both.guideline.vocabulary) })")
        }
      }
      #expect(turned > 100)
    }
  }

  @Test("larger sets are claimed only where more than three changes are needed")
  func larger() throws {
    let vocabulary = both.guideline.vocabulary
    func stated(_ findings: String) throws -> [Int: Possible] {
      var reader = PhraseReader(vocabulary, findings, tokens: try Lexer.tokens(findings))
      return try reader.statements().reduce(into: [:]) { $0[$1.finding] = $1.possible }
    }
    // Of a patient of whom nothing is known, F021 asks for five findings (edge case 4).
    let small = try #require(both.guideline.rules.first { $0.facts.contains("F021") })
    let unknown = both.guideline.flip(small.index, [:])
    #expect(unknown.sets.isEmpty)
    #expect(unknown.larger == .exist)
    // Three of them known: two are left, and no more can be needed.
    let nearly = both.guideline.flip(small.index, try stated("nonfunctioning, size 14 mm, pancreas"))
    #expect(!nearly.sets.isEmpty)
    #expect(nearly.sets.allSatisfy { $0.changes.count == 2 })
    // An insulinoma never becomes non-functioning.
    let never = both.guideline.flip(small.index, try stated("insulinoma, size 14 mm, pancreas"))
    #expect(never.sets.isEmpty)
    #expect(never.larger == .none)
  }

  @Test("numbers flip to a range, strict where the text is")
  func ranges() throws {
    let vocabulary = both.guideline.vocabulary
    let size = try #require(vocabulary.finding(id: "size"))
    let large = try #require(both.guideline.rules.first { $0.facts.contains("F006") })
    let stated: [Int: Possible] = [
      size.index: .numbers(Interval(try #require(Exact("14")))),
      try #require(vocabulary.finding(id: "site")).index: .values(1),
      try #require(vocabulary.finding(id: "symptomatic")).index: .values(1),
    ]
    let flip = both.guideline.flip(large.index, stated)
    #expect(flip.sets.map { $0.changes.map { Printer.statement($0.finding, $0.to, vocabulary) } } == [["size > 20 mm"]])
    #expect(flip.sets.first?.changes.first?.isLearnt == false)
  }

  @Test("99 of 100 flips of a random rule for a random patient take less than 5 ms, with room for a debug build on a busy machine")
  func fast() throws {
    var random = RandomPatients(seed: 99, both.plain)
    let rules = both.guideline.rules.filter { !$0.isRemark }
    var times: [Duration] = []
    for number in 0..<300 {
      let stated = try both.stated(random.next(stated: number % 60))
      guard both.guideline.inference.clash(in: both.guideline.inference.known(stated)) == nil else { continue }
      let rule = rules[random.below(rules.count)]
      times.append(ContinuousClock().measure { _ = both.guideline.flip(rule.index, stated) })
    }
    times.sort()
    #expect(times.count > 100)
    #expect(times[times.count * 99 / 100] < .milliseconds(50))
  }
}
