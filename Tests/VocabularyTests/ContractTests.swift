import Measures
import Testing
import Vocabulary

@Suite("The vocabulary keeps its contracts")
struct ContractTests {
  private let vocabulary: Vocabulary
  init() throws { vocabulary = try .embedded() }

  @Test("every finding of the contract with its group and values, and no other")
  func findings() throws {
    let rows = try Fixture("findings.tsv").entries
    #expect(Set(vocabulary.findings.map(\.id)) == Set(rows.map { $0("id") }))
    for row in rows {
      let finding = try #require(vocabulary.finding(id: row("id")))
      #expect(finding.group == row("group"), "\(finding.id)")
      let values = row("values_or_range")
      switch row("type") {
      case "boolean":
        #expect(finding.kind == .boolean, "\(finding.id)")
        #expect(finding.values.map(\.id) == ["yes", "no"], "\(finding.id)")
      case "category":
        #expect(finding.kind == .category, "\(finding.id)")
        #expect(Set(finding.values.map(\.id)) == Set(values.split(separator: "|").map(String.init)), "\(finding.id)")
      case "number":
        let words = values.split { " (".contains($0) }
        let ends = try #require(words.first).split(separator: "-").map { Exact($0) }
        #expect([finding.range.lower, finding.range.upper] == ends, "\(finding.id)")
        let unit = values.contains("per 10 HPF") ? "per 10 HPF" : words.dropFirst().first.map(String.init) ?? ""
        #expect(finding.unit.rawValue == unit, "\(finding.id)")
      case "derived": #expect(finding.isDerived, "\(finding.id)")
      default: Issue.record("\(row("id")) has an unknown type")
      }
    }
  }

  @Test("every therapy, group, setting and test of the contract with its kind, and no other")
  func therapies() throws {
    let rows = try Fixture("therapies.tsv").entries
    #expect(Set(vocabulary.therapies.map(\.id)) == Set(rows.map { $0("id") }))
    for row in rows { #expect(vocabulary.therapy(id: row("id"))?.kind.rawValue == row("kind"), "\(row("id"))") }
  }

  @Test("every name in both languages, the Greek in Greek letters unless it is an abbreviation")
  func names() throws {
    let (tests, terms) = (try vocabulary.tests, try vocabulary.terms)
    let names =
      vocabulary.findings.map { ($0.id, $0.name) } + vocabulary.therapies.map { ($0.id, $0.name) }
      + tests.map { ($0.id, $0.name) } + terms.map { ($0.id, $0.name) } + terms.map { ($0.id, $0.text) }
      + vocabulary.findings.flatMap { finding in finding.values.map { (finding.id + "." + $0.id, $0.shown) } }
    for (id, name) in names {
      #expect(!name.english.isEmpty && !name.greek.isEmpty, "\(id)")
      let hasGreek = name.greek.unicodeScalars.contains { (0x370...0x3FF).contains($0.value) }
      #expect(hasGreek || !name.greek.split { !$0.isLetter }.contains { $0.count > 3 && $0.allSatisfy(\.isLowercase) }, "\(id): \(name.greek)")
    }
  }

  @Test("groups name groups, tests reveal findings")
  func references() throws {
    for therapy in vocabulary.therapies {
      for group in therapy.groupIDs { #expect(vocabulary.therapy(id: group)?.kind == .group, "\(therapy.id) in \(group)") }
    }
    for test in try vocabulary.tests {
      for finding in test.reveals { #expect(vocabulary.finding(id: finding) != nil, "\(test.id) reveals \(finding)") }
      for (id, values) in test.only {
        let finding = try #require(vocabulary.finding(id: id), "\(test.id) tells only some of \(id)")
        #expect(test.reveals.contains(id) && !values.isEmpty && values.allSatisfy { finding.place(of: $0) != nil }, "\(test.id): \(values)")
      }
    }
  }
}
