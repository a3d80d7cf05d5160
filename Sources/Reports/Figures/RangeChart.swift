import Measures
import Wording

/// Figures of one kind (response rates, months of survival), each a number or a range, a panel for each cohort.
public struct RangeChart: Sendable, Hashable {
  /// `%`, `months`.
  public var unit: String
  public var unitID: String
  /// The ends of the axis; nil: 0 to 100 where the unit is %, else from 0 to the largest number.
  public var axis: ClosedRange<Exact>?
  public var cohorts: [Cohort]

  public struct Cohort: Sendable, Hashable {
    public var id: String
    public var label: String
    public var rows: [Bar]

    public init(_ id: String, _ label: String, _ rows: [Bar]) {
      self.id = id
      self.label = label
      self.rows = rows
    }
  }

  public struct Bar: Sendable, Hashable {
    public var id: String
    public var label: Text
    public var low: Exact
    /// The same as `low` for a single number.
    public var high: Exact
    public var citation: Text
    /// The numbers with their unit as the text prints them, its decimals kept: `11.0 months`. Empty: as the numbers are.
    public var printed: String

    public init(
      _ id: String, _ label: some Textual, low: Exact, high: Exact, citation: some Textual = Text(), printed: String = ""
    ) {
      self.id = id
      self.label = label.text
      self.low = low
      self.high = high
      self.citation = citation.text
      self.printed = printed
    }

    /// A single number.
    public init(_ id: String, _ label: some Textual, value: Exact, citation: some Textual = Text()) {
      self.init(id, label, low: value, high: value, citation: citation)
    }

    /// `30 to 50`.
    func text(_ language: Language) -> String { low == high ? low.description : "\(low) \(FigureWords.to[language]) \(high)" }
  }

  public init(unit: String, unitID: String, axis: ClosedRange<Exact>? = nil, cohorts: [Cohort]) {
    self.unit = unit
    self.unitID = unitID
    self.axis = axis
    self.cohorts = cohorts
  }

  var fields: [(String, JSON?)] {
    [
      ("unit", .string(unitID)),
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
                      ("id", .string(row.id)), ("text", .string(row.label.string)), ("low", .exact(row.low)), ("high", .exact(row.high)),
                      ("citation", row.citation.isEmpty ? nil : .string(row.citation.string)),
                    ])
                  })
              ),
            ])
          })
      ),
    ]
  }

  /// An entry's numbers with their unit: `70 to 95%`, `3.9 years`.
  func written(_ row: Bar, _ language: Language) -> String {
    row.printed.isEmpty ? row.text(language) + (unit == "%" ? "" : " ") + unit : row.printed
  }

  func table(_ language: Language) -> (head: [Text], rows: [[Text]]) {
    (
      [FigureWords.cohort[language], "", FigureWords.value[language], FigureWords.source[language]].map { Text($0) },
      cohorts.flatMap { cohort in cohort.rows.map { [Text(cohort.label), $0.label, Text(written($0, language)), $0.citation] } }
    )
  }

  func description(_ language: Language) -> String {
    cohorts.flatMap { cohort in cohort.rows.map { "\(cohort.label), \($0.label.string): \(written($0, language))" } }.joined(separator: "; ") + "."
  }
}
