import Grammar
import Measures
import Patients
import Vocabulary
import Wording

/// The guideline: its chapters, the rules that the machine runs, and how they bear on each other. It is a class because it
/// never changes and is handed about a lot.
public final class Guideline: Sendable {
  public let vocabulary: Vocabulary
  public let inference: Inference
  /// English chapters, with headings but without prose (see `chapter(_:_:)`).
  public let chapters: [Chapter]
  /// Rules and remarks, in the order of the text.
  public let rules: [Rule]
  /// Evidence, doses, adverse effects and errata, in the order of the text.
  public let entries: [Entry]
  /// The chapters as files, both languages.
  let files: [TextFile]
  private let rulePlaces: [String: Int]
  /// For each finding, the finding through which a derived one is stated (functioning through syndrome).
  public let statedThrough: [Int?]
  /// For each rule the rules above it, directly or through a chain.
  public let above: [[Int]]
  /// For each companion the advice that it may accompany.
  public let targets: [[Int]]
  /// For each companion which of its targets are about a group that contains what it names, and not about that itself.
  public let widerTargets: [Set<Int>]

  /// The guideline embedded in the program.
  public static func embedded() throws(Diagnostic) -> Guideline {
    try Guideline(files: TextFile.embedded(prefix: "chapters/"), vocabulary: try .embedded())
  }

  /// Reads chapters. Errors name file and line.
  public init(files: [TextFile], vocabulary: Vocabulary) throws(Diagnostic) {
    self.vocabulary = vocabulary
    self.files = files
    var conditions = CanonicalReader(vocabulary)
    inference = try Inference(vocabulary, &conditions)
    var chapters: [Chapter] = []
    var rules: [Rule] = []
    var entries: [Entry] = []
    for file in files where file.name.hasSuffix(".md") && !file.name.hasSuffix(".el.md") {
      let reader = try ChapterReader(file, vocabulary, &conditions, firstRule: rules.count, keepsProse: false)
      chapters.append(reader.chapter)
      rules += reader.rules
      entries += reader.entries
    }
    self.chapters = chapters
    self.rules = rules
    self.entries = entries
    statedThrough = vocabulary.findings.map { finding in
      guard finding.isDerived, let definition = vocabulary.definitions.first(where: { $0.finding == finding.index }),
        case .test(let test)? = conditions.condition(definition.condition)
      else { return nil }
      return test.finding
    }
    var places: [String: Int] = [:]
    for rule in rules { places[rule.id] = rule.index }
    rulePlaces = places
    var direct = rules.map { _ in [Int]() }
    for rule in rules {
      for id in rule.overrides { if let place = places[id] { direct[place].append(rule.index) } }
    }
    above = rules.indices.map { rule -> [Int] in
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
    var related: [String: (all: [Int], own: [Int])] = [:]
    var targets: [[Int]] = []
    var widerTargets: [Set<Int>] = []
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
    self.targets = targets
    self.widerTargets = widerTargets
  }

  /// A short mark of the chapters' text (FNV-1a, 64 bits, in hexadecimal): other chapters have another mark.
  public var mark: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for file in files {
      file.withBytes { bytes in for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 } }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A rule by its id.
  public func rule(id: String) -> Rule? { rulePlaces[id].map { rules[$0] } }

  /// Whether two rules are about one therapy, or a group and its member.
  public func related(_ a: Rule, _ b: Rule) -> Bool {
    a.subjects.contains { one in b.subjects.contains { vocabulary.related(one, $0) } }
  }

  /// A chapter with its prose in a language; the English where the companion is missing.
  public func chapter(_ name: String, _ language: Language) -> Chapter? {
    let ending = language == .greek ? ".el.md" : ".md"
    guard let file = files.first(where: { $0.name.hasSuffix(name + ending) }) else { return nil }
    var conditions = CanonicalReader(vocabulary)
    return try? ChapterReader(file, vocabulary, &conditions, firstRule: 0, keepsProse: true).chapter
  }

  /// A chapter in a language, without its prose.
  public func headings(of name: String, _ language: Language) -> Chapter? {
    if language == .english { return chapters.first { $0.name == name } }
    guard let file = files.first(where: { $0.name.hasSuffix(name + ".el.md") }) else { return nil }
    var conditions = CanonicalReader(vocabulary)
    return try? ChapterReader(file, vocabulary, &conditions, firstRule: 0, keepsProse: false).chapter
  }

  /// A chapter's title; the English where the companion is missing.
  public func title(of chapter: Chapter, _ language: Language) -> String {
    guard language == .greek, let file = files.first(where: { $0.name.hasSuffix(chapter.name + ".el.md") }) else { return chapter.title }
    return file.withBytes { bytes in
      var lines = LineCursor(bytes)
      while let line = lines.read() {
        if line.starts("# ") { return line.part(2, line.count).trimmed.text }
      }
      return chapter.title
    }
  }

  /// A chapter with its prose; errors of the file are thrown (for the lint).
  func companion(of name: String) throws(Diagnostic) -> Chapter? {
    guard let file = files.first(where: { $0.name.hasSuffix(name + ".el.md") }) else { return nil }
    var conditions = CanonicalReader(vocabulary)
    return try ChapterReader(file, vocabulary, &conditions, firstRule: 0, keepsProse: true).chapter
  }

  /// The heading that carries a paragraph first, for a citation.
  public func chapter(ofParagraph paragraph: String) -> Chapter? {
    chapters.first { $0.paragraphs.contains(paragraph) }
  }
}

extension Guideline {
  /// Whether the text speaks of sessions, steps or cycles of a therapy: done once, it may be done again.
  public func isRepeated(_ therapy: String) -> Bool {
    let near = Set([therapy] + vocabulary.groups(above: therapy))
    return rules.contains { $0.repeats.contains(where: near.contains) }
      || entries.contains { $0.list("repeats").contains(where: near.contains) }
  }
}
