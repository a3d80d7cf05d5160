import Grammar
import Measures
import Patients
import Vocabulary
import Wording

/// Chapters without prose, and entries: what the answers on a patient don't need.
enum Outline: Sendable {
  case read([Chapter], [ChapterEntry])
  case table(FlatTable)
}

/// What a guideline is made of: read from its chapters, or from the table that was made of them.
struct GuidelineParts {
  var inference: Inference
  var rules: [Rule] = []
  var outline: Outline
  /// For each derived finding that one other states, that finding and the values that make it yes.
  var definitions: [Int: (finding: Int, allowed: UInt32)] = [:]
  var above: [[Int]] = []
  var targets: [[Int]] = []
  var widerTargets: [Set<Int>] = []
  /// What a table holds of the entries; nil where they were read.
  var usualDoses: [String: Words]?
  var syndromeEvidence: [SyndromeEvidence]?
  /// For each rule the findings that bear on it.
  var bearings: [[Int]]?
  /// For each rule the findings that its own conditions ask about, a bit each, in so many words a rule as findings need.
  var asked: [UInt64] = []

  /// The rules' places by their ids.
  var places: [String: Int] {
    var places: [String: Int] = [:]
    places.reserveCapacity(rules.count)
    for rule in rules { places[rule.id] = rule.index }
    return places
  }

  /// The chapters that rules are read from.
  static func sources(_ files: [TextFile]) -> [TextFile] { files.filter { $0.name.hasSuffix(".md") && !$0.name.hasSuffix(".el.md") } }

  /// Reads chapters. Errors name file and line.
  init(_ files: [TextFile], _ vocabulary: Vocabulary) throws(Diagnostic) {
    var conditions = CanonicalReader(vocabulary)
    inference = try Inference(vocabulary, &conditions)
    var chapters: [Chapter] = []
    var entries: [ChapterEntry] = []
    for file in Self.sources(files) {
      let reader = try ChapterReader(file, vocabulary, &conditions, firstRule: rules.count, keepsProse: false)
      chapters.append(reader.chapter)
      rules += reader.rules
      entries += reader.entries
    }
    outline = .read(chapters, entries)
    for definition in vocabulary.definitions where vocabulary.findings[definition.finding].isDerived {
      guard case .test(let test)? = conditions.condition(definition.condition), case .values(let mask) = test.allowed else { continue }
      definitions[definition.finding] = (test.finding, mask)
    }
    let places = places
    above = Self.above(rules, places)
    addTargets(places, vocabulary)
    asked = asked(Guideline.words(vocabulary))
  }

  private func asked(_ words: Int) -> [UInt64] {
    var asked = [UInt64](repeating: 0, count: rules.count * words)
    for rule in rules {
      let conditions = [rule.when, rule.unless, rule.until].compactMap(\.self) + above[rule.index].map { rules[$0].when }
      for test in conditions.flatMap(\.tests) { asked[rule.index * words + test.finding / 64] |= 1 << UInt64(test.finding % 64) }
    }
    return asked
  }

  private static func above(_ rules: [Rule], _ places: [String: Int]) -> [[Int]] {
    var direct = rules.map { _ in [Int]() }
    for rule in rules {
      for id in rule.overrides { if let place = places[id] { direct[place].append(rule.index) } }
    }
    return rules.indices.map { rule -> [Int] in
      if direct[rule].isEmpty { return [] }
      var found: [Int] = []
      var queue = direct[rule]
      while let next = queue.popLast() {
        guard !found.contains(next), next != rule else { continue }
        found.append(next)
        queue += direct[next]
      }
      return found.sorted()
    }
  }

  private mutating func addTargets(_ places: [String: Int], _ vocabulary: Vocabulary) {
    var related: [String: (all: [Int], own: [Int])] = [:]
    for rule in rules {
      var found: [Int] = []
      var own: Set<Int> = []
      for name in rule.with {
        if let place = places[name] {
          found.append(place)
          own.insert(place)
          continue
        }
        if related[name] == nil {
          let narrow = Set([name] + vocabulary.members(of: name))
          let near = narrow.union(vocabulary.groups(above: name))
          let all = rules.filter { other in
            !other.isCompanion && other.stance?.isPositive == true && other.subjects.contains(where: near.contains)
          }
          related[name] = (all.map(\.index), all.filter { $0.subjects.contains(where: narrow.contains) }.map(\.index))
        }
        found += related[name]?.all ?? []
        own.formUnion(related[name]?.own ?? [])
      }
      var seen = Set<Int>()
      found = found.filter { $0 != rule.index && seen.insert($0).inserted }
      targets.append(found)
      widerTargets.append(found.count == own.count ? [] : Set(found).subtracting(own))
    }
  }

  // MARK: The table

  /// Reads what `Guideline.section` wrote; nil where there is no table, it is of other chapters, or it is cut short.
  init?(_ table: FlatTable?, _ files: [TextFile], _ vocabulary: Vocabulary) {
    let sources = Self.sources(files)
    guard let table, table.marks.chapters == FlatTable.mark(sources) else { return nil }
    var reader = table.reader(.guideline)
    inference = Inference(vocabulary, &reader)
    var place = 0
    rules = reader.list { reader in
      defer { place += 1 }
      return Rule(&reader, index: place)
    }.compactMap(\.self)
    for (finding, through, allowed) in reader.list({ ($0.number(), $0.number(), $0.number()) }) {
      definitions[finding] = (through, UInt32(truncatingIfNeeded: allowed))
    }
    above = reader.list { $0.numbers() }
    targets = reader.list { $0.numbers() }
    widerTargets = reader.list { Set($0.numbers()) }
    let doses = reader.list { reader in
      let therapy = reader.name()
      return (therapy, reader.words())
    }
    usualDoses = Dictionary(doses) { first, _ in first }
    syndromeEvidence = reader.list { reader in
      let (syndromes, therapies) = (reader.names(), reader.names())
      return reader.entry(sources).map { SyndromeEvidence(syndromes: syndromes, therapies: therapies, entry: $0) }
    }.compactMap(\.self)
    let bearings = reader.list { $0.numbers() }
    self.bearings = bearings
    asked = reader.list { $0.wide() }
    outline = .table(table)
    let counts = [rules.count, above.count, targets.count, widerTargets.count, bearings.count]
    if reader.isBroken || counts.contains(where: { $0 != place }) || asked.count != place * Guideline.words(vocabulary) { return nil }
  }
}

extension Guideline {
  /// The mark of the chapters among files by which a table of them is known.
  public static func mark(of files: [TextFile]) -> UInt64 { FlatTable.mark(GuidelineParts.sources(files)) }

  /// The sections of a table that hold what the chapters say: rules, chapters without prose, entries.
  public var sections: [FlatTableWriter] { [ruleSection, chapterSection, entrySection] }

  /// Words of a set of findings, a bit each.
  static func words(_ vocabulary: Vocabulary) -> Int { (vocabulary.findings.count + 63) / 64 }

  private var places: [String: Int] {
    Dictionary(GuidelineParts.sources(files).enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
  }

  private var ruleSection: FlatTableWriter {
    var writer = FlatTableWriter()
    inference.write(to: &writer)
    writer.list(rules) { $1.write(to: &$0) }
    writer.list(definitions.sorted { $0.key < $1.key }) { writer, definition in
      writer.number(definition.key)
      writer.number(definition.value.finding)
      writer.number(Int(definition.value.allowed))
    }
    writer.list(above) { $0.numbers($1) }
    writer.list(targets) { $0.numbers($1) }
    writer.list(widerTargets) { $0.numbers($1.sorted()) }
    writer.list(usualDoses.sorted { $0.key < $1.key }) { writer, dose in
      writer.name(dose.key)
      writer.words(dose.value)
    }
    writer.list(syndromeEvidence) { writer, evidence in
      writer.names(evidence.syndromes)
      writer.names(evidence.therapies)
      writer.entry(evidence.entry, places)
    }
    writer.list(bearings) { $0.numbers($1) }
    writer.list(asked) { $0.wide($1) }
    return writer
  }

  /// The titles that citations need, then all.
  private var chapterSection: FlatTableWriter {
    var writer = FlatTableWriter()
    writer.list(chapters) { writer, chapter in
      writer.record([chapter.title, title(of: chapter, .greek), chapter.paragraphs.joined(separator: " ")])
    }
    writer.list(chapters) { writer, chapter in
      writer.text(chapter.name)
      writer.text(chapter.id)
      writer.text(chapter.title)
      writer.text(chapter.topic)
      writer.text(chapter.paragraphs.joined(separator: " "))
      writer.list(chapter.sections) { writer, section in
        writer.text(section.id)
        writer.text(section.title)
        writer.text(section.facts.joined(separator: " "))
        writer.text(section.paragraphs.joined(separator: " "))
        writer.number(section.line)
      }
    }
    return writer
  }

  private var entrySection: FlatTableWriter {
    var writer = FlatTableWriter()
    writer.list(entries) { $0.entry($1, places) }
    return writer
  }
}

extension FlatTable {
  fileprivate static func citations(_ reader: inout FlatTableReader) -> [FlatRecord] { reader.list { $0.record() }.compactMap(\.self) }

  func title(ofParagraph paragraph: String, _ language: Language) -> String? {
    var reader = reader(.chapters)
    return Self.citations(&reader).first { $0.holds(id: paragraph, in: 2) }?.text(language == .greek ? 1 : 0)
  }

  func readChapters() -> [Chapter] {
    var reader = reader(.chapters)
    _ = Self.citations(&reader)
    return reader.chapters()
  }

  func readEntries(_ files: [TextFile]) -> [ChapterEntry] {
    let sources = GuidelineParts.sources(files)
    var reader = reader(.entries)
    return reader.list { $0.entry(sources) }.compactMap(\.self)
  }
}

extension FlatTableWriter {
  fileprivate mutating func entry(_ entry: ChapterEntry, _ places: [String: Int]) {
    text(entry.kind.rawValue)
    text(entry.id)
    text(entry.chapter)
    text(entry.section)
    number(entry.line)
    number(places[entry.file.name] ?? 0)
    number(entry.range.lowerBound)
    number(entry.range.upperBound)
  }
}

extension FlatTableReader {
  /// The chapters without prose.
  fileprivate mutating func chapters() -> [Chapter] {
    list { reader in
      var chapter = Chapter(name: reader.text())
      chapter.id = reader.text()
      chapter.title = reader.text()
      chapter.topic = reader.text()
      chapter.paragraphs = reader.ids()
      chapter.sections = reader.list { reader in
        var section = Section(id: reader.text(), chapter: chapter.name)
        section.title = reader.text()
        section.facts = reader.ids()
        section.paragraphs = reader.ids()
        section.line = reader.number()
        return section
      }
      return chapter
    }
  }

  fileprivate mutating func entry(_ files: [TextFile]) -> ChapterEntry? {
    let kind = ChapterEntry.Kind(rawValue: text())
    let (id, chapter, section) = (text(), text(), text())
    let (line, file, low, high) = (number(), number(), number(), number())
    guard let kind, files.indices.contains(file), low <= high else { return nil }
    return ChapterEntry(kind: kind, id: id, chapter: chapter, section: section, line: line, file: files[file], range: low..<high)
  }
}
