import Guideline
import Testing
import Vocabulary
import Wording

/// A fact of the source as `Fixtures/facts.tsv` has it.
struct SourceFact: CustomTestStringConvertible {
  let id: String
  let paragraphs: [String]
  let subjects: [String]
  let stance: String
  let numbers: String
  let level: String?
  let grade: String?
  let errata: [String]

  var testDescription: String { id }

  static func all() throws -> [SourceFact] {
    try Fixture("facts.tsv").entries.map { row in
      func list(_ column: String) -> [String] { row(column).split { " ,".contains($0) }.map(String.init) }
      return SourceFact(
        id: row("id"), paragraphs: list("paragraph"), subjects: list("subject"), stance: row("stance"),
        numbers: row("numbers_as_printed"), level: row("level").isEmpty ? nil : row("level"),
        grade: row("grade").isEmpty ? nil : row("grade"), errata: list("erratum"))
    }
  }
}

@Suite("The chapters carry the source's facts")
struct SourceFactsTests {
  private let guideline: Guideline
  private let facts: [SourceFact]

  init() throws {
    guideline = try .embedded()
    facts = try SourceFact.all()
  }

  /// The rules that state a fact as the text has it: neither background nor an erratum's weaker reading.
  private func rules(_ fact: SourceFact) -> [Rule] {
    guideline.rules.filter { !$0.isRemark && !$0.isBackground && $0.reading == nil && $0.facts.contains(fact.id) }
  }

  @Test("all 320, no other, each under one heading in both languages")
  func complete() throws {
    #expect(facts.count == 320)
    let carried = try guideline.carriedFacts()
    #expect(carried.map(\.id) == facts.map(\.id))
    #expect(carried.filter { !$0.english || !$0.greek }.map(\.id) == [])
  }

  @Test("a fact with a stance by rules of exactly that stance and those subjects")
  func stances() {
    // Edge case 28: what the text says of embolisation holds for chemoembolisation too.
    let extended = ["F274": "chemoembolisation", "F275": "chemoembolisation", "F276": "chemoembolisation"]
    for fact in facts {
      let rules = rules(fact)
      #expect(Set(rules.compactMap { $0.stance?.rawValue }) == (fact.stance.isEmpty ? [] : [fact.stance]), "\(fact.id)")
      if fact.stance.isEmpty { continue }
      let subjects = Set(fact.subjects).union(extended[fact.id].map { [$0] } ?? [])
      #expect(Set(rules.flatMap(\.subjects)) == subjects, "\(fact.id)")
    }
  }

  @Test("a level and a grade where the source gives them, and nowhere else")
  func gradings() {
    for fact in facts {
      for rule in rules(fact) {
        #expect(rule.level == fact.level, "\(fact.id) in \(rule.id)")
        #expect(rule.grade == fact.grade, "\(fact.id) in \(rule.id)")
      }
    }
    let known = Set(facts.map(\.id))
    for rule in guideline.rules where rule.level != nil { #expect(rule.facts.contains(where: known.contains), "\(rule.id)") }
    #expect(facts.filter { $0.level != nil && rules($0).isEmpty }.map(\.id) == [])
  }

  @Test("with its paragraphs, on the heading and on what states it")
  func paragraphs() {
    for chapter in guideline.chapters {
      for section in chapter.sections {
        for fact in facts where section.facts.contains(fact.id) {
          #expect(Set(fact.paragraphs).isSubset(of: section.paragraphs), "\(fact.id)")
        }
      }
    }
    for fact in facts {
      for rule in rules(fact) { #expect(Set(fact.paragraphs).isSubset(of: rule.paragraphs), "\(fact.id) in \(rule.id)") }
    }
  }

  @Test("with its erratum: the erratum names the fact, and a figure of the fact names the erratum")
  func errata() {
    for fact in facts {
      for erratum in fact.errata {
        let block = guideline.entries.first { $0.kind == .erratum && $0.id == erratum }
        #expect(block?.list("facts").contains(fact.id) == true, "\(fact.id) \(erratum)")
        let figures = guideline.entries.filter { $0.kind != .erratum && $0.list("facts").contains(fact.id) }
        #expect(
          figures.isEmpty || figures.contains { ($0.list("errata") + $0.list("erratum")).contains(erratum) }, "\(fact.id) \(erratum)")
      }
    }
  }

  @Test("with every number of it in the prose under its heading, in both languages")
  func numbers() throws {
    for chapter in guideline.chapters {
      for language in Language.allCases {
        let prose = try #require(try guideline.chapter(chapter.name, language))
        for section in prose.sections {
          let text = section.prose.joined(separator: " ")
          let written = Self.numbers(in: text).union(Self.spelled(in: text))
          for fact in facts where section.facts.contains(fact.id) {
            let missing = fact.printedNumbers.subtracting(written)
            #expect(missing.isEmpty, "\(fact.id) in \(language)")
          }
        }
      }
    }
  }

  @Test("a number that the prose lacks would be seen")
  func control() throws {
    let fact = try #require(facts.first { $0.id == "F321" })
    #expect(fact.printedNumbers == ["11", "4.6", "0.35", "95", "0.27", "0.45", "0.001"])
    #expect(Self.numbers(in: "11.0 months, SSTR2, 90Y, 5-FU") == ["11", "2", "90", "5"])
    #expect(Self.spelled(in: "τετρακόσια δέκα, two") == ["410", "2"])
  }

  /// The numbers of a text in plain form: 11.0 is 11.
  static func numbers(in text: String) -> Set<String> {
    var found = Set<String>()
    var digits = ""
    let scalars = Array(text.unicodeScalars) + [" "]
    for (place, scalar) in scalars.enumerated() {
      let isDigit = ("0"..."9").contains(scalar)
      let isPoint = scalar == "." && !digits.isEmpty && place + 1 < scalars.count && ("0"..."9").contains(scalars[place + 1])
      if isDigit || isPoint {
        digits.unicodeScalars.append(scalar)
      } else if !digits.isEmpty {
        if digits.contains(".") {
          while digits.hasSuffix("0") { digits.removeLast() }
          if digits.hasSuffix(".") { digits.removeLast() }
        }
        found.insert(digits)
        digits = ""
      }
    }
    return found
  }

  /// Numbers written as words in either language; hundreds join the tens behind them.
  static func spelled(in text: String) -> Set<String> {
    let values: [String: Int] = [
      "one": 1, "single": 1, "once": 1, "ένα": 1, "έναν": 1, "μία": 1, "μια": 1, "two": 2, "twice": 2, "both": 2, "δύο": 2, "three": 3, "τρεις": 3,
      "τρία": 3, "five": 5, "πέντε": 5, "δέκα": 10, "τετρακόσια": 400, "πενταετής": 5, "πενταετή": 5,
    ]
    var found = Set<String>()
    var hundreds = 0
    for word in text.split(whereSeparator: { !$0.isLetter }) {
      guard let value = values[word.lowercased()] else {
        hundreds = 0
        continue
      }
      if value >= 100 {
        hundreds = value
      } else {
        found.insert(String(hundreds + value))
        hundreds = 0
      }
    }
    return found
  }
}

extension SourceFact {
  /// The numbers that the source prints for the fact, with a decimal point, identifiers included.
  var printedNumbers: Set<String> {
    var text = ""
    let scalars = Array(numbers.unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
      let isDecimal =
        scalar == "," && place > 0 && place + 1 < scalars.count && ("0"..."9").contains(scalars[place - 1])
        && ("0"..."9").contains(scalars[place + 1])
      text.unicodeScalars.append(isDecimal ? "." : scalar)
    }
    return SourceFactsTests.numbers(in: text).union(SourceFactsTests.spelled(in: text))
  }
}

@Suite("The chapters hold the source's errata")
struct SourceErrataTests {
  @Test("all 43, with their severity, facts and paragraphs")
  func complete() throws {
    let blocks = try Guideline.embedded().entries.filter { $0.kind == .erratum }
    let rows = try Fixture("errata.tsv").entries
    #expect(rows.count == 43)
    #expect(blocks.map(\.id).sorted() == rows.map { $0("id") })
    for row in rows {
      let block = try #require(blocks.first { $0.id == row("id") })
      #expect(block["severity"] == row("severity"), "\(block.id)")
      #expect(Set(block.list("paragraph")) == Set(row("paragraph").split(separator: " ").map(String.init)), "\(block.id)")
      #expect(Set(block.list("facts")) == Self.facts(row("facts")), "\(block.id)")
    }
  }

  /// `F288 F291-F295` in full.
  private static func facts(_ text: String) -> Set<String> {
    var found = Set<String>()
    for part in text.split(separator: " ") {
      let ends = part.split(separator: "-").compactMap { Int($0.dropFirst()) }
      guard let first = ends.first, let last = ends.last else { continue }
      for number in first...last {
        let digits = String(number)
        found.insert("F" + String(repeating: "0", count: 3 - digits.count) + digits)
      }
    }
    return found
  }
}

@Suite("The chapters cover the text")
struct ParagraphTests {
  @Test("every paragraph from P001 to P121 stands in a chapter's heading")
  func complete() throws {
    let cited = Set(try Guideline.embedded().chapters.flatMap(\.paragraphs))
    let text = (1...121).map { number in "P" + String(repeating: "0", count: 3 - String(number).count) + String(number) }
    #expect(cited == Set(text))
  }
}
