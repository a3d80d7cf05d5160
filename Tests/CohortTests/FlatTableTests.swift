import Grammar
import Measures
import Patients
import Testing
import Vocabulary
import Wording

@testable import Cohorts
@testable import Guideline

@Suite("The table that is read at start")
struct FlatTableTests {
  let files = TextFile.embedded()
  let words = TextFile.embedded(prefix: "vocabulary/")
  let chapters = TextFile.embedded(prefix: "chapters/")

  private var table: TextFile { get throws { try #require(files.first { $0.name == FlatTable.name }) } }

  @Test("it is what the files give now; if not, run: make build")
  func upToDate() throws {
    let same = try FlatTable.made(of: files) == table.withBytes { Array($0) }
    #expect(same, "run: make build")
    #expect(try Vocabulary.embedded().table != nil)
  }

  @Test("a vocabulary read from it is the one that its files give")
  func vocabulary() throws {
    let made = try Vocabulary.embedded()
    let read = try Vocabulary(files: words)
    #expect(read.table == nil)
    #expect(made.findings.count == read.findings.count)
    for (a, b) in zip(made.findings, read.findings) {
      #expect(a.index == b.index && a.id == b.id && a.group == b.group && a.kind == b.kind && a.foundBy == b.foundBy)
      #expect(a.changes == b.changes && a.name == b.name && a.values == b.values && a.allValues == b.allValues)
      #expect(made.finding(id: a.id)?.index == a.index)
    }
    #expect(made.therapies.count == read.therapies.count)
    for (a, b) in zip(made.therapies, read.therapies) {
      #expect(a.index == b.index && a.id == b.id && a.kind == b.kind && a.groupIDs == b.groupIDs && a.name == b.name && a.topic == b.topic)
      #expect(made.groups(above: a.id) == read.groups(above: a.id) && made.therapy(id: a.id)?.index == a.index)
    }
    #expect("\(made.derivations)" == "\(read.derivations)")
    #expect("\(made.scales)" == "\(read.scales)")
    #expect("\(made.contradictions)" == "\(read.contradictions)")
    #expect("\(made.definitions)" == "\(read.definitions)")
    #expect(made.bareNumbers == read.bareNumbers && made.absentGroups == read.absentGroups)
    #expect(made.absentFindings == read.absentFindings && made.sparedInMetastatic == read.sparedInMetastatic)
    // A part that the table forgot is met here.
    for (a, b) in zip(Mirror(reflecting: made.lexicon).children, Mirror(reflecting: read.lexicon).children) where !(a.value is FoldedTable) {
      if let words = a.value as? [String: String] {
        #expect(words == b.value as? [String: String])
      } else if let words = a.value as? Set<String> {
        #expect(words == b.value as? Set<String>)
      } else {
        #expect("\(a.value)" == "\(b.value)")
      }
    }
  }

  @Test("every phrase means the same by it, as it is written and by its stem")
  func phrases() throws {
    let made = try Vocabulary.embedded()
    let read = try Vocabulary(files: words)
    #expect(made.writtenPhrases == read.writtenPhrases)
    for phrase in read.writtenPhrases {
      let key = FoldedKey(phrase.text)
      let stem = WordStem.key(ofPhrase: phrase.text) { _ in false }
      #expect(made.meanings(of: key) == read.meanings(of: key))
      #expect(made.meanings(of: FoldedKey(), stem: stem) == read.meanings(of: FoldedKey(), stem: stem))
      #expect(made.therapies(named: key).map(\.id) == read.therapies(named: key).map(\.id))
      #expect(made.therapies(named: FoldedKey(), stem: stem).map(\.id) == read.therapies(named: FoldedKey(), stem: stem).map(\.id))
      #expect(made.unit(key) == read.unit(key))
      #expect(made.lexicon.sense(key, stem: stem) == read.lexicon.sense(key, stem: stem))
      for particle in Particle.allCases { #expect(made.isParticle(key, particle) == read.isParticle(key, particle)) }
      if case .afterName(let finding, _) = phrase.role { #expect(made.value(key, stem: stem, of: finding) == read.value(key, stem: stem, of: finding)) }
    }
  }

  @Test("a guideline read from it is the one that its chapters give, and the one of a folder that holds the same")
  func guideline() throws {
    let made = try Guideline.embedded()
    let read = try Guideline(files: chapters, vocabulary: try Vocabulary(files: words))
    let copies = chapters.map { file in TextFile(name: file.name, bytes: file.withBytes { Array($0) }) }
    for other in [read, try Guideline(files: copies, vocabulary: try .embedded())] {
      #expect(made.rules.count == other.rules.count)
      for (a, b) in zip(made.rules, other.rules) {
        #expect(a.index == b.index && a.id == b.id && a.chapter == b.chapter && a.section == b.section && a.subjects == b.subjects)
        #expect(a.stance == b.stance && a.when == b.when && a.with == b.with && a.role == b.role && a.strength == b.strength)
        #expect(a.until == b.until && a.notSaid == b.notSaid && a.repeats == b.repeats && a.isRequirement == b.isRequirement)
        #expect(a.unless == b.unless && a.overrides == b.overrides && a.conflicts == b.conflicts && a.facts == b.facts)
        #expect(a.paragraphs == b.paragraphs && a.level == b.level && a.grade == b.grade && a.reading == b.reading)
        #expect(a.isBackground == b.isBackground && a.standsAlone == b.standsAlone && a.topics == b.topics && a.title == b.title)
        #expect(a.line == b.line && made.rule(id: a.id)?.index == a.index)
      }
      #expect(made.above == other.above && made.targets == other.targets && made.widerTargets == other.widerTargets)
      #expect(made.exceptions == other.exceptions && made.statedThrough == other.statedThrough)
      for finding in made.vocabulary.findings {
        let (a, b) = (made.definition(of: finding.index), other.definition(of: finding.index))
        #expect(a?.finding == b?.finding && a?.allowed == b?.allowed)
      }
      #expect(made.inference.conditions == other.inference.conditions)
      #expect(made.inference.derivations.map(\.from) == other.inference.derivations.map(\.from))
      #expect(made.bearings == other.bearings && made.asked == other.asked)
      #expect("\(made.chapters)" == "\(other.chapters)")
      for paragraph in other.chapters.flatMap(\.paragraphs) + ["P", "P00", "P0010", ""] {
        for language in Language.allCases { #expect(made.title(ofParagraph: paragraph, language) == other.title(ofParagraph: paragraph, language)) }
      }
      #expect(made.entries.count == other.entries.count)
      for (a, b) in zip(made.entries, other.entries) {
        #expect(a.kind == b.kind && a.id == b.id && a.chapter == b.chapter && a.section == b.section && a.line == b.line)
        #expect(a.file.name == b.file.name && a.range == b.range && a.fields.map(\.value) == b.fields.map(\.value))
      }
    }
    #expect(made.usualDoses == read.usualDoses && !made.usualDoses.isEmpty)
    #expect(made.syndromeEvidence.map(\.entry.id) == read.syndromeEvidence.map(\.entry.id) && !made.syndromeEvidence.isEmpty)
    #expect(made.syndromeEvidence.map(\.syndromes) == read.syndromeEvidence.map(\.syndromes))
    #expect(made.syndromeEvidence.map(\.therapies) == read.syndromeEvidence.map(\.therapies))
    let (ours, theirs) = (try Distributions.embedded(made), try Distributions.embedded(read))
    #expect("\(ours.draws)" == "\(theirs.draws)")
    #expect("\(ours.weighed)" == "\(theirs.weighed)")
    let (likely, other) = (try Likelihood.embedded(made), Likelihood(theirs, read))
    for finding in made.vocabulary.findings { #expect("\(likely.lines(of: finding.index))" == "\(other.lines(of: finding.index))") }
    #expect(made.vocabulary.findings.contains { !likely.lines(of: $0.index).isEmpty })
  }

  /// A file with a text in it changed; its length stays.
  private func changed(_ files: [TextFile], _ name: String, _ old: String, _ new: String) throws -> [TextFile] {
    try files.map { file in
      guard file.name.hasSuffix(name) else { return file }
      let text = file.withBytes { String(decoding: $0, as: UTF8.self) }
      try #require(text.contains(old) && old.utf8.count == new.utf8.count)
      return TextFile(name: file.name, bytes: Array(text.replacing(old, with: new).utf8))
    }
  }

  @Test("where a chapter or a word was changed since, the files are read")
  func stale() throws {
    let edited = try changed(words, "findings.txt", "insulinoma", "insulinomb") + [try table]
    let vocabulary = try Vocabulary(files: edited)
    #expect(vocabulary.table == nil)
    #expect(vocabulary.meanings(of: FoldedKey("insulinomb")) != nil)
    let rule = try #require(Guideline.embedded().rules.first)
    let other = String(rule.id.reversed())
    let guideline = try Guideline(files: try changed(chapters, "01-surgery.md", rule.id, other), vocabulary: try .embedded())
    #expect(guideline.vocabulary.table != nil)
    #expect(guideline.rules.first?.id == other)
  }

  @Test("a table of nothing or cut short is passed over", arguments: [0, 7, 40, 56, 5_000, 300_000])
  func passedOver(length: Int) throws {
    let bytes = try table.withBytes { Array($0.prefix(length)) }
    let vocabulary = try Vocabulary(files: words + [TextFile(name: FlatTable.name, bytes: bytes)])
    #expect(vocabulary.table == nil)
    #expect(vocabulary.meanings(of: FoldedKey("insulinoma")) != nil)
  }
}
