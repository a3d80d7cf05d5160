import Patients
import Reports
import Vocabulary
import Wording

/// A statement of the text on what a therapy achieved in one study or series: an `evidence` block of a chapter.
public struct Evidence: Sendable {
  /// What a figure is compared with.
  public struct Comparator: Sendable, Hashable {
    /// A therapy's id, `placebo` or `historical-controls`.
    public let id: String
    public let value: ReportedValue
  }

  public let id: String
  public let chapter: String
  public let section: String
  public let therapies: [String]
  /// The study or series. Figures of different cohorts share no row, sentence or plot.
  public let cohort: String
  public let endpoint: Endpoint
  /// Nil where the statement gives no number.
  public let value: ReportedValue?
  /// When survival was counted.
  public let time: ReportedValue?
  public let comparator: Comparator?
  public let hazardRatio: HazardRatio?
  /// `< 0.001`, `= 0.132`.
  public let p: String?
  public let patients: Int?
  /// The year of publication: background, since the text gives none.
  public let published: Int?
  public let design: StudyDesign
  /// Whether it is evidence on pancreatic tumours; else it is indirect for one.
  public let isDirect: Bool
  public let syndromes: [String]
  public let errata: [String]
  public let facts: [String]
  public let paragraphs: [String]
  public let population: Words
  public let title: Words
  public let note: Words?

  /// Reads a block; a fault names the chapter and line.
  init(_ entry: ChapterEntry) throws(Diagnostic) {
    let fields = entry.fields
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    func fault(_ text: String) -> Diagnostic {
      Diagnostic(
        "chapter.evidence",
        Words("The evidence \(entry.id) can't be read: \(text).", "Τα δεδομένα \(entry.id) δεν διαβάζονται: \(text)."),
        file: "chapters/\(entry.chapter).md", line: entry.line)
    }
    func value(_ name: String) throws(Diagnostic) -> ReportedValue? {
      guard let text = field(name) else { return nil }
      guard let value = ReportedValue(text) else { throw fault("“\(text)” is no \(name)") }
      return value
    }
    id = entry.id
    chapter = entry.chapter
    section = entry.section
    therapies = entry.list("therapy")
    guard !therapies.isEmpty, let cohort = field("cohort") else { throw fault("therapy and cohort are needed") }
    self.cohort = cohort
    guard let endpoint = field("endpoint").flatMap(Endpoint.init(rawValue:)) else { throw fault("the endpoint is unknown") }
    self.endpoint = endpoint
    self.value = try value("value")
    time = try value("time")
    if let text = field("comparator") {
      let words = text.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2, let compared = ReportedValue(words[1]) else { throw fault("“\(text)” is no comparator") }
      comparator = Comparator(id: words[0], value: compared)
    } else {
      comparator = nil
    }
    if let text = field("hazard-ratio") {
      guard let ratio = HazardRatio(text), ratio.isConsistent else { throw fault("“\(text)” is no hazard ratio in its interval") }
      hazardRatio = ratio
    } else {
      hazardRatio = nil
    }
    p = field("p")
    if let text = field("n") {
      guard let count = Int(text) else { throw fault("n is a number") }
      patients = count
    } else {
      patients = nil
    }
    if let text = field("published") {
      guard let year = Self.year(text) else { throw fault("published is a year and (background)") }
      published = year
    } else {
      published = nil
    }
    guard let design = field("design").flatMap(StudyDesign.init(rawValue:)) else { throw fault("the design is unknown") }
    self.design = design
    switch field("directness") {
    case "direct": isDirect = true
    case "indirect": isDirect = false
    default: throw fault("directness direct or indirect")
    }
    syndromes = entry.list("syndrome")
    errata = entry.list("errata")
    facts = entry.list("facts")
    paragraphs = entry.list("paragraphs")
    guard let population = entry.words("population"), let title = entry.words() else {
      throw fault("the population and the title are needed in both languages")
    }
    self.population = population
    self.title = title
    note = entry.words("note")
  }

  /// Whether it can be about a patient's syndrome; where no syndrome is named, it is.
  public func concerns(_ known: Known, _ vocabulary: Vocabulary) -> Bool {
    guard !syndromes.isEmpty, let syndrome = vocabulary.finding(id: "syndrome"), case .values(let possible) = known[syndrome.index] else {
      return true
    }
    return syndrome.values.indices.contains { possible & 1 << UInt32($0) != 0 && syndromes.contains(syndrome.values[$0].id) }
  }

  /// Reads `2011 (background)`; nil for anything else.
  static func year(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    return words.count == 2 && words[1] == "(background)" ? Int(words[0]) : nil
  }

  /// Every part as data.
  public func json(_ language: Language) -> JSON {
    .fields([
      ("id", .string(id)), ("title", .string(title[language])), ("therapies", .strings(therapies)), ("cohort", .string(cohort)),
      ("population", .fields([("text", .string(population[language]))])), ("endpoint", .string(endpoint.rawValue)), ("value", value?.json),
      ("time", time?.json),
      (
        "comparator",
        comparator.map { .fields([("id", .string($0.id)), ("value", $0.value.json)]) }
      ),
      (
        "hazard_ratio",
        hazardRatio.map { .fields([("value", .exact($0.value)), ("low", .exact($0.low)), ("high", .exact($0.high))]) }
      ),
      ("p", p.map { .string($0) }), ("n", patients.map { .integer($0) }), ("published", published.map { .integer($0) }),
      ("design", .string(design.rawValue)),
      ("direct", .bool(isDirect)), ("syndromes", .strings(syndromes)), ("errata", .strings(errata)), ("facts", .strings(facts)),
      ("paragraphs", .strings(paragraphs)), ("note", note.map { .fields([("text", .string($0[language]))]) }),
    ])
  }
}

extension ReportedValue {
  public var json: JSON {
    .fields([
      ("bound", bound == .exactly ? nil : .string(bound.rawValue)), ("low", .exact(low)), ("high", .exact(high)),
      ("unit", .string(unit.rawValue)),
    ])
  }
}
