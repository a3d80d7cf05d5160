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
  /// Rules and remarks, in the order of the text.
  public let rules: [Rule]
  private let outline: Outline
  private let keptChapters = Once<[Chapter]>()
  private let keptEntries = Once<[ChapterEntry]>()
  /// The chapters as files, both languages.
  let files: [TextFile]
  /// The chapters as files, each with its prose once it was asked for.
  private let read: [Once<Chapter>]
  private let keptFormulary = Once<Formulary>()
  private let keptCourse = Once<Course>()
  private let keptEvidence = Once<[Evidence]>()
  private let keptAdverseEffects = Once<[AdverseEffect]>()
  private let keptUsualDoses: Once<[String: Words]>
  private let keptElsewhere = OnceEach()
  let keptBearings: Once<[[Int]]>
  private let keptSyndromeEvidence: Once<[SyndromeEvidence]>
  /// For each derived finding that one other states, that finding and the values that make it yes.
  let definitions: [Int: (finding: Int, allowed: UInt32)]
  private let rulePlaces: [String: Int]
  /// For each finding, the finding through which a derived one is stated (functioning through syndrome).
  public let statedThrough: [Int?]
  /// For each rule the rules above it, directly or through a chain.
  public let above: [[Int]]
  /// For each rule what mustn't hold beside its `when`: the conditions of the rules above it, and its `unless`.
  public let exceptions: [[Condition]]
  /// For each rule the findings that its own conditions ask about.
  let asked: [UInt64]
  /// For each companion the advice that it may accompany.
  public let targets: [[Int]]
  /// For each companion which of its targets are about a group that contains what it names, and not about that itself.
  public let widerTargets: [Set<Int>]

  /// The guideline embedded in the program.
  public static func embedded() throws(Diagnostic) -> Guideline {
    try Guideline(files: TextFile.embedded(prefix: "chapters/"), vocabulary: try .embedded())
  }

  /// Reads chapters, from the vocabulary's table where that was made of them. Errors name file and line.
  public init(files: [TextFile], vocabulary: Vocabulary) throws(Diagnostic) {
    self.vocabulary = vocabulary
    self.files = files
    read = files.map { _ in Once<Chapter>() }
    let parts = GuidelineParts(vocabulary.table, files, vocabulary)
    let whole: GuidelineParts
    if let parts { whole = parts } else { whole = try GuidelineParts(files, vocabulary) }
    inference = whole.inference
    rules = whole.rules
    outline = whole.outline
    keptUsualDoses = Once(whole.usualDoses)
    keptSyndromeEvidence = Once(whole.syndromeEvidence)
    keptBearings = Once(whole.bearings)
    definitions = whole.definitions
    above = whole.above
    asked = whole.asked
    targets = whole.targets
    widerTargets = whole.widerTargets
    statedThrough = vocabulary.findings.map { whole.definitions[$0.index]?.finding }
    rulePlaces = whole.places
    exceptions = rules.map { [above, rules] rule in
      above[rule.index].isEmpty && rule.unless == nil ? [] : above[rule.index].map { rules[$0].when } + (rule.unless.map { [$0] } ?? [])
    }
  }

  /// English chapters, with headings but without prose (see `chapter(_:_:)`).
  public var chapters: [Chapter] {
    switch outline {
    case .read(let chapters, _): chapters
    case .table(let table): keptChapters.value { table.readChapters() }
    }
  }

  /// Evidence, doses, adverse effects and errata, in the order of the text.
  public var entries: [ChapterEntry] {
    switch outline {
    case .read(_, let entries): entries
    case .table(let table): keptEntries.value { table.readEntries(files) }
    }
  }

  /// A short mark of the chapters' text (64 bits, in hexadecimal): other chapters have another mark.
  public var mark: String { Self.shownMark(of: files) }

  /// The mark of the chapters that are built in, without reading what they say.
  public static var embeddedMark: String { shownMark(of: TextFile.embedded(prefix: "chapters/")) }

  private static func shownMark(of files: [TextFile]) -> String {
    let digits = String(mark(of: files), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A rule by its id.
  public func rule(id: String) -> Rule? { rulePlaces[id].map { rules[$0] } }

  /// Whether two rules are about one therapy, or a group and its member.
  public func related(_ a: Rule, _ b: Rule) -> Bool {
    a.subjects.contains { one in b.subjects.contains { vocabulary.related(one, $0) } }
  }

  /// A chapter with its prose in a language; nil where there is no such file.
  public func chapter(_ name: String, _ language: Language) throws(Diagnostic) -> Chapter? {
    let ending = language == .greek ? ".el.md" : ".md"
    guard let place = files.firstIndex(where: { $0.name.hasSuffix(name + ending) }) else { return nil }
    return try read[place].value { () throws(Diagnostic) in
      var conditions = CanonicalReader(vocabulary)
      return try ChapterReader(files[place], vocabulary, &conditions, firstRule: 0, keepsProse: true).chapter
    }
  }

  /// Every chapter with its prose in a language; those without a companion are left out.
  public func chapters(_ language: Language) throws(Diagnostic) -> [Chapter] {
    var found: [Chapter] = []
    for base in chapters { if let chapter = try chapter(base.name, language) { found.append(chapter) } }
    return found
  }

  /// How a derived finding is stated: the finding behind it and the values that make it yes.
  public func definition(of finding: Int) -> (finding: Int, allowed: UInt32)? { definitions[finding] }

  // What only some answers need is read when it is first asked for. A fault in it names file and line.

  /// The doses that the text gives.
  public var formulary: Formulary {
    get throws(Diagnostic) { try keptFormulary.value { () throws(Diagnostic) in try Formulary(self) } }
  }

  /// What treatment and time change.
  public var course: Course {
    get throws(Diagnostic) { try keptCourse.value { () throws(Diagnostic) in try Course(vocabulary) } }
  }

  /// The findings of a patient that were stated before an act that may have changed them, with that act.
  public func fromBefore(_ patient: Patient) throws(Diagnostic) -> [Int: ChangingAct] {
    patient.given.isEmpty ? [:] : try course.fromBefore(patient)
  }

  /// The first pair of statements for the same time that can't both hold, as an error: what is from before contradicts nothing.
  public func contradiction(in patient: Patient) throws(Diagnostic) -> Diagnostic? {
    let known = inference.known(patient)
    guard let found = inference.contradiction(in: known) else { return nil }
    let before = try fromBefore(patient)
    return before.isEmpty ? found : inference.contradiction(in: known, apartFrom: Set(before.keys))
  }

  /// The evidence of every chapter, in the order of the text.
  public var evidence: [Evidence] {
    get throws(Diagnostic) {
      try keptEvidence.value { () throws(Diagnostic) in
        var found: [Evidence] = []
        for entry in entries where entry.kind == .evidence { found.append(try Evidence(entry)) }
        return found
      }
    }
  }

  /// The adverse effects of every chapter, in the order of the text.
  public var adverseEffects: [AdverseEffect] {
    get throws(Diagnostic) {
      try keptAdverseEffects.value { () throws(Diagnostic) in
        var found: [AdverseEffect] = []
        for entry in entries where entry.kind == .adverseEffect { found.append(try AdverseEffect(entry, vocabulary)) }
        return found
      }
    }
  }

  /// The evidence on a therapy or a group above it.
  public func evidence(on therapy: String) throws(Diagnostic) -> [Evidence] {
    let near = Set([therapy] + vocabulary.groups(above: therapy))
    return try evidence.filter { $0.therapies.contains(where: near.contains) }
  }

  /// The adverse effects of a therapy or of a group above it.
  public func adverseEffects(of therapy: String) throws(Diagnostic) -> [AdverseEffect] {
    let near = Set([therapy] + vocabulary.groups(above: therapy))
    return try adverseEffects.filter { $0.therapies.contains(where: near.contains) }
  }

  /// What a module above works out of the guideline when it is first asked for, one of each type.
  public func kept<Value: Sendable, Fault: Error>(_ read: () throws(Fault) -> Value) throws(Fault) -> Value { try keptElsewhere.value(read) }

  /// A chapter's title; the English where the companion is missing.
  public func title(of chapter: Chapter, _ language: Language) -> String { titles(of: chapter, language)[chapter.id] ?? chapter.title }

  /// A section's title; the English where the companion is missing. Nil for an unknown section.
  public func sectionTitle(_ id: String, _ language: Language) -> String? {
    guard let chapter = chapters.first(where: { $0.sections.contains { $0.id == id } }) else { return nil }
    return titles(of: chapter, language)[id]
  }

  /// The titles of a chapter and its sections by their ids; the English where the companion has none.
  public func titles(of chapter: Chapter, _ language: Language) -> [String: String] {
    var titles = [chapter.id: chapter.title]
    for section in chapter.sections { titles[section.id] = section.title }
    guard language == .greek, let file = files.first(where: { $0.name.hasSuffix(chapter.name + ".el.md") }) else { return titles }
    file.withBytes { bytes in
      var lines = LineCursor(bytes)
      var title = ""
      while let line = lines.read() {
        if line.starts("#") {
          title = line.part(line.place(of: 0x20) ?? line.count, line.count).trimmed.text
        } else if line.starts("<a id=\""), let end = line.part(7, line.count).place(of: 0x22) {
          titles[line.part(7, 7 + end).text] = title
        }
      }
    }
    return titles
  }

  /// The title of the chapter that carries a paragraph; the English where the companion is missing.
  public func title(ofParagraph paragraph: String, _ language: Language) -> String? {
    switch outline {
    case .read: chapter(ofParagraph: paragraph).map { title(of: $0, language) }
    case .table(let table): table.title(ofParagraph: paragraph, language)
    }
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

extension Guideline {
  /// The dose that the text gives as usual for a therapy: one without an erratum or a condition.
  public var usualDoses: [String: Words] {
    keptUsualDoses.value {
      var doses: [String: Words] = [:]
      for entry in entries where entry.kind == .dose && entry["amount"] != nil && entry["erratum"] == nil && entry["when"] == nil {
        guard ["maintenance", "other", nil].contains(entry["purpose"]), let words = entry.words() else { continue }
        for therapy in entry.list("therapy") where doses[therapy] == nil { doses[therapy] = words }
      }
      return doses
    }
  }

  /// What the text reports in syndromes, in its order: values that no erratum touches.
  var syndromeEvidence: [SyndromeEvidence] {
    keptSyndromeEvidence.value {
      entries.filter { $0.kind == .evidence && $0["syndrome"] != nil && $0["errata"] == nil && $0["value"] != nil }.map {
        SyndromeEvidence(syndromes: $0.list("syndrome"), therapies: $0.list("therapy"), entry: $0)
      }
    }
  }

  /// What the text reports first of some therapies in a syndrome.
  public func evidence(inSyndrome syndrome: String, near therapies: Set<String>) -> ChapterEntry? {
    syndromeEvidence.first { $0.syndromes.contains(syndrome) && $0.therapies.contains(where: therapies.contains) }?.entry
  }
}

/// Evidence on therapies in syndromes.
struct SyndromeEvidence: Sendable {
  let syndromes: [String]
  let therapies: [String]
  let entry: ChapterEntry
}
