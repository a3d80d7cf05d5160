import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

/// Evidence in words and pictures, a block for each cohort.
struct EvidenceText {
  /// A value as a chapter writes it, in words: `80 to 90 %` is `80 to 90%`, `80 έως 90%`.
  static func range(_ value: String, _ language: Language) -> String {
    let joined = value.hasSuffix(" %") ? String(value.dropLast(2)) + "%" : value
    return language == .greek ? joined.split(separator: " ").map { $0 == "to" ? "έως" : String($0) }.joined(separator: " ") : joined
  }

  let guideline: Guideline
  let language: Language

  init(guideline: Guideline, language: Language) {
    self.guideline = guideline
    self.language = language
  }

  init(_ invocation: Invocation) {
    guideline = invocation.guideline
    language = invocation.language
  }

  static let apart = Words(
    "Each block is a cohort of its own; figures of different cohorts are not to be compared.",
    "Κάθε ενότητα αφορά χωριστή ομάδα ασθενών· μεγέθη διαφορετικών ομάδων δεν συγκρίνονται.")

  static func directness(_ statement: Evidence) -> Words {
    statement.isDirect
      ? Words("direct", "άμεσα δεδομένα") : Words("indirect for a pancreatic tumour", "έμμεσα για παγκρεατικό όγκο")
  }

  static func published(_ year: Int) -> Words {
    Words("published \(year) (background)", "δημοσίευση \(year) (εκτός κειμένου)")
  }

  /// The evidence with the statements on one cohort together, in the order of the text.
  func ordered(_ evidence: [Evidence]) -> [Evidence] { cohorts(evidence).flatMap { $0 } }

  private func cohorts(_ evidence: [Evidence]) -> [[Evidence]] {
    var groups: [[Evidence]] = []
    for statement in evidence {
      if let place = groups.firstIndex(where: { $0[0].cohort == statement.cohort }) {
        groups[place].append(statement)
      } else {
        groups.append([statement])
      }
    }
    return groups
  }

  func blocks(_ evidence: [Evidence], from first: Int, namesTherapy: Bool) -> [Block] {
    var number = first
    var blocks: [Block] = []
    for cohort in cohorts(evidence) {
      let population = Set(cohort.map(\.population)).count == 1 ? cohort[0].population[language] : ""
      let therapy = namesTherapy ? Naming.therapyNames(cohort[0].therapies, guideline.vocabulary, language) : ""
      blocks.append(.paragraph([therapy, population].filter { !$0.isEmpty }.joined(separator: " · ").capitalised))
      blocks.append(.notice(study(cohort)))
      var rows: [Row] = []
      for statement in cohort {
        rows += self.rows(statement, number: number, population: population.isEmpty)
        number += 1
      }
      blocks.append(.rows(rows))
      blocks += figures(cohort).map { .figure($0) }
    }
    return blocks
  }

  /// `randomised, placebo-controlled · 410 patients · direct`
  private func study(_ cohort: [Evidence]) -> String {
    var parts = [cohort[0].design.name[language]]
    if let count = cohort.lazy.compactMap(\.patients).first { parts.append(Words("\(count) patients", "\(count) ασθενείς")[language]) }
    if let year = cohort.lazy.compactMap(\.published).first { parts.append(Self.published(year)[language]) }
    parts.append(Self.directness(cohort[0])[language])
    return parts.joined(separator: " · ")
  }

  private func rows(_ statement: Evidence, number: Int, population: Bool) -> [Row] {
    var rows = [
      Row(
        statement.title.cited(language), number: number, detail: figure(statement), citation: Text.citations(statement.paragraphs))
    ]
    if population { rows.append(Row(statement.population.cited(language), level: 1)) }
    if let note = statement.note { rows.append(Row(note.cited(language), mark: "·", level: 1)) }
    for id in statement.errata where statement.note?[language].contains(id) != true {
      guard let reading = guideline.erratum(id)?.words("reading") else { continue }
      rows.append(Row((Text.citation(id) + ": " + reading.cited(language)), mark: "!", level: 1))
    }
    return rows
  }

  /// `11.0 months, placebo 4.6 months, hazard ratio 0.35 (0.27 to 0.45), p < 0.001`
  func figure(_ statement: Evidence) -> String {
    var parts: [String] = []
    if let value = statement.value { parts.append(value.words[language]) }
    if let comparator = statement.comparator { parts.append(name(comparator) + " " + comparator.value.words[language]) }
    if let ratio = statement.hazardRatio { parts.append(Words("hazard ratio ", "λόγος κινδύνου ")[language] + ratio.words[language]) }
    if let p = statement.p { parts.append("p " + p) }
    return parts.joined(separator: ", ")
  }

  func name(_ comparator: Evidence.Comparator) -> String {
    switch comparator.id {
    case "placebo": Words("placebo", "εικονικό φάρμακο")[language]
    // The text says octreotide alone, not in which form.
    case "octreotide": Words("octreotide", "οκτρεοτίδη")[language]
    case "historical-controls": Words("historical controls", "ιστορικοί μάρτυρες")[language]
    default: Naming.therapyNames([comparator.id], guideline.vocabulary, language)
    }
  }

  /// The pictures of evidence: for each cohort a forest of its hazard ratios, and its ranges and compared figures.
  func figures(_ evidence: [Evidence]) -> [Figure] {
    cohorts(evidence).flatMap { cohort -> [Figure] in
      let label = cohort[0].population[language]
      let citation = Text.citations(Set(cohort.flatMap(\.paragraphs)).sorted())
      var figures: [Figure] = []
      let ratios = cohort.compactMap { statement in
        statement.hazardRatio.map {
          ForestPlot.Estimate(
            statement.id, statement.title.cited(language), value: $0.value, low: $0.low, high: $0.high,
            citation: Text.citations(statement.paragraphs))
        }
      }
      if !ratios.isEmpty {
        let name = Naming.therapyNames(cohort[0].therapies, guideline.vocabulary, language)
        let other = cohort.lazy.compactMap(\.comparator).first.map(self.name)
        figures.append(
          Figure(
            cohort[0].cohort + "-hazard-ratio", title: Words("Hazard ratio", "Λόγος κινδύνου")[language], language: language,
            citation: citation,
            .forest(
              ForestPlot(
                measure: Words("hazard ratio", "λόγος κινδύνου")[language], measureID: "hazard-ratio", reference: .one, isLogarithmic: true,
                left: Words("favours \(name)", "υπέρ: \(name)")[language],
                right: other.map { Words("favours \($0)", "υπέρ: \($0)")[language] } ?? "",
                cohorts: [ForestPlot.Cohort(cohort[0].cohort, label, ratios)]))))
      }
      for unit in ReportedValue.Unit.allCases {
        let charted = cohort.filter { !ranges($0, unit).isEmpty }
        let entries = charted.flatMap { ranges($0, unit) }
        guard entries.count > 1 || entries.contains(where: { $0.low != $0.high }) else { continue }
        figures.append(
          Figure(
            "\(cohort[0].cohort)-\(unit == .percent ? "percent" : unit.rawValue)", title: endpoints(charted),
            language: language, citation: citation,
            .ranges(
              RangeChart(unit: unit.name[language], unitID: unit.rawValue, cohorts: [RangeChart.Cohort(cohort[0].cohort, label, entries)]))))
      }
      return figures
    }
  }

  private func endpoints(_ evidence: [Evidence]) -> String {
    var names: [String] = []
    for statement in evidence where !names.contains(statement.endpoint.name[language]) { names.append(statement.endpoint.name[language]) }
    return names.joined(separator: ", ").capitalised
  }

  private func ranges(_ statement: Evidence, _ unit: ReportedValue.Unit) -> [RangeChart.Bar] {
    guard let value = statement.value, value.unit == unit, value.bound == .exactly || value.bound == .about else { return [] }
    let citation = Text.citations(statement.paragraphs)
    let comparator = statement.comparator.flatMap { $0.value.unit == unit ? $0 : nil }
    // Beside what it is compared with a bar says whose it is.
    let therapy = comparator == nil ? "" : Naming.therapyNames(statement.therapies, guideline.vocabulary, language)
    let title = Text.joined([statement.title.cited(language), therapy])
    var entries = [
      RangeChart.Bar(statement.id, title, low: value.low, high: value.high, citation: citation, printed: value.words[language])
    ]
    if let comparator {
      entries.append(
        RangeChart.Bar(
          statement.id + "-comparator", name(comparator), low: comparator.value.low, high: comparator.value.high, citation: citation,
          printed: comparator.value.words[language]))
    }
    return entries
  }
}
