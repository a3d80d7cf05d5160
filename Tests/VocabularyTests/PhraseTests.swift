import Grammar
import Measures
import Testing
import Vocabulary
import Wording

@Suite("Phrases of the vocabulary mean what they stand under")
struct PhraseTests {
  private let vocabulary: Vocabulary
  private let lines = VocabularyLines()

  init() throws { vocabulary = try .embedded() }

  /// What the shell reads in a text: finding and value ids, or the error's code.
  private func read(_ text: String) -> String {
    do throws(Diagnostic) {
      var reader = try PhraseReader(vocabulary, text)
      return Printer.statements(try reader.statements(), vocabulary)
    } catch {
      return error.code
    }
  }

  /// Whether a text is read as a statement, perhaps with what naming it in words states too.
  private func reads(_ text: String, _ expected: String) -> Bool {
    let read = read(text)
    guard let added = vocabulary.lexicon.added(to: expected.split(separator: " ").first.map(String.init) ?? "") else { return read == expected }
    return read == expected || read == added + ", " + expected
  }

  private func statement(_ finding: String, _ value: String) -> String {
    guard let known = vocabulary.finding(id: finding), let place = known.place(of: value) else { return "?" }
    return Printer.statement(known.index, .values(1 << UInt32(place)), vocabulary)
  }

  @Test("there are phrases of each kind in both languages")
  func counts() {
    #expect(lines.phrases.count > 1_500)
    #expect(Set(lines.phrases.map(\.owner)).count == vocabulary.therapies.count + vocabulary.findings.count + Self.valueCount(vocabulary))
  }

  private static func valueCount(_ vocabulary: Vocabulary) -> Int { vocabulary.findings.map(\.values.count).reduce(0, +) }

  @Test("a finding's name and its other names mean the finding")
  func findings() {
    for phrase in lines.phrases {
      guard case .finding(let id) = phrase.owner, let finding = vocabulary.finding(id: id) else { continue }
      let meanings = vocabulary.meanings(of: FoldedKey(phrase.text)) ?? []
      #expect(meanings.contains(.finding(finding.index)), "\(phrase.text) of \(id)")
      #expect(!meanings.contains { if case .finding(let other) = $0 { other != finding.index } else { false } }, "\(phrase.text)")
    }
  }

  @Test("what is printed of a value, and what means it anywhere, is read as that value")
  func values() {
    for phrase in lines.phrases where phrase.use != .also {
      guard case .value(let finding, let value) = phrase.owner, vocabulary.finding(id: finding)?.isDerived == false else { continue }
      #expect(reads(phrase.text, statement(finding, value)), "\(phrase.text): \(read(phrase.text))")
    }
  }

  @Test("what is printed of a derived finding is read, in a condition, as its definition")
  func derived() throws {
    for phrase in lines.phrases where phrase.use != .also {
      guard case .value(let id, let value) = phrase.owner, let finding = vocabulary.finding(id: id), finding.isDerived else { continue }
      let printed = Printer.condition(try ConditionReader.condition(phrase.text, vocabulary), vocabulary)
      #expect(printed == (value == "yes" ? id : "not \(id)"), "\(phrase.text)")
    }
  }

  @Test("a value's words are read as that value after the finding's name, in both languages")
  func valuesAfterNames() {
    for phrase in lines.phrases where phrase.use == .also {
      guard case .value(let id, let value) = phrase.owner, let finding = vocabulary.finding(id: id) else { continue }
      for name in [finding.id, finding.name.english, finding.name.greek] {
        #expect(reads("\(name) \(phrase.text)", statement(id, value)), "\(name) \(phrase.text): \(read("\(name) \(phrase.text)"))")
      }
    }
  }

  @Test("a therapy's name and its other names mean that therapy alone")
  func therapies() {
    for phrase in lines.phrases {
      guard case .therapy(let id) = phrase.owner else { continue }
      #expect(vocabulary.therapies(named: FoldedKey(phrase.text)).map(\.id) == [id], "\(phrase.text)")
    }
  }

  @Test("the canonical form of each value and number reads back as itself")
  func canonical() throws {
    var reader = CanonicalReader(vocabulary)
    for finding in vocabulary.findings where !finding.isDerived {
      var all: [Possible] = finding.values.indices.map { .values(1 << UInt32($0)) }
      if finding.isNumber { all = [finding.range.lower, finding.range.upper].compactMap { $0 }.map { .numbers(Interval($0)) } }
      for possible in all {
        let text = Printer.statement(finding.index, possible, vocabulary)
        #expect(read(text) == text)
        let condition = Condition.test(Grammar.Test(finding: finding.index, allowed: possible))
        #expect(reader.condition(text) == condition, "\(text)")
        #expect(try ConditionReader.condition(text, vocabulary) == condition, "\(text)")
      }
    }
  }

  @Test("no two phrases share a key, nor the part of it that a table keeps")
  func keys() throws {
    var phrases = Set(vocabulary.writtenPhrases.map { Folding.key($0.text) })
    phrases.formUnion(try vocabulary.tests.phrases.map(\.phrase))
    phrases.formUnion(try vocabulary.allTermPhrases.map(\.phrase))
    let all = phrases.sorted()
    #expect(Set(all.map { FoldedKey($0).hash }).count == all.count)
    var table = FoldedTable(capacity: all.count)
    for (place, phrase) in all.enumerated() { table[FoldedKey(phrase)] = place }
    #expect(all.enumerated().filter { table[FoldedKey($0.element)] != $0.offset }.map(\.element) == [])
  }

  @Test("no two values' words share a key")
  func valueKeys() {
    var table = FoldedTable(capacity: 3_000)
    var owners: [(phrase: String, finding: Int)] = []
    var seen = Set<String>()
    for written in vocabulary.writtenPhrases {
      let phrase = Folding.key(written.text)
      guard case .afterName(let finding, _) = written.role, seen.insert("\(finding) \(phrase)").inserted else { continue }
      table[FoldedKey(phrase).of(finding)] = owners.count
      owners.append((phrase, finding))
    }
    for (place, owner) in owners.enumerated() { #expect(table[FoldedKey(owner.phrase).of(owner.finding)] == place, "\(owner.phrase)") }
  }
}
