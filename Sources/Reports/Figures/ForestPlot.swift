import Measures
import Wording

/// Estimates with their intervals against a reference line. Nothing is pooled: there is no summary diamond, and each
/// cohort is drawn in a panel of its own, since figures of different cohorts never share a plot.
public struct ForestPlot: Sendable, Hashable {
  /// What is estimated: `hazard ratio`.
  public var measure: String
  public var measureID: String
  /// Where neither side is favoured: 1 for a ratio. Nil: no line.
  public var reference: Exact?
  /// Whether the axis is logarithmic: for ratios, whose values must then be above 0.
  public var isLogarithmic: Bool
  /// What lies left and right of the reference: `favours everolimus`. Empty: nothing is said.
  public var left: String
  public var right: String
  public var cohorts: [Cohort]

  /// A study or series, with its own panel.
  public struct Cohort: Sendable, Hashable {
    public var id: String
    public var label: String
    public var rows: [Estimate]

    public init(_ id: String, _ label: String, _ rows: [Estimate]) {
      self.id = id
      self.label = label
      self.rows = rows
    }
  }

  /// One line: an estimate and, where the text gives one, its interval.
  public struct Estimate: Sendable, Hashable {
    public var id: String
    public var label: Text
    public var value: Exact
    public var low: Exact?
    public var high: Exact?
    public var citation: Text

    public init(_ id: String, _ label: some Textual, value: Exact, low: Exact? = nil, high: Exact? = nil, citation: some Textual = Text()) {
      self.id = id
      self.label = label.text
      self.value = value
      self.low = low
      self.high = high
      self.citation = citation.text
    }

    /// `0.35 (0.27 to 0.45)`.
    func text(_ language: Language) -> String {
      guard let low, let high else { return value.description }
      return "\(value) (\(low) \(FigureWords.to[language]) \(high))"
    }
  }

  public init(
    measure: String, measureID: String, reference: Exact?, isLogarithmic: Bool, left: String = "", right: String = "", cohorts: [Cohort]
  ) {
    self.measure = measure
    self.measureID = measureID
    self.reference = reference
    self.isLogarithmic = isLogarithmic
    self.left = left
    self.right = right
    self.cohorts = cohorts
  }

  var fields: [(String, JSON?)] {
    [
      ("measure", .string(measureID)), ("reference", reference.map { .exact($0) }),
      (
        "cohorts",
        .array(
          cohorts.map { cohort in
            .fields([
              ("id", .string(cohort.id)), ("text", .string(cohort.label)),
              (
                "rows",
                .array(
                  cohort.rows.map { row in
                    .fields([
                      ("id", .string(row.id)), ("text", .string(row.label.string)), ("value", .exact(row.value)), ("low", row.low.map { .exact($0) }),
                      ("high", row.high.map { .exact($0) }), ("citation", row.citation.isEmpty ? nil : .string(row.citation.string)),
                    ])
                  })
              ),
            ])
          })
      ),
    ]
  }

  func table(_ language: Language) -> (head: [Text], rows: [[Text]]) {
    (
      [FigureWords.cohort[language], "", measure, FigureWords.source[language]].map { Text($0) },
      cohorts.flatMap { cohort in cohort.rows.map { [Text(cohort.label), $0.label, Text($0.text(language)), $0.citation] } }
    )
  }

  func description(_ language: Language) -> String {
    measure + ": " + cohorts.flatMap { cohort in cohort.rows.map { "\(cohort.label), \($0.label.string) \($0.text(language))" } }.joined(separator: "; ") + "."
  }
}
