import Measures
import Wording

/// A picture as data: what it shows, not how. The terminal, SVG, HTML and Markdown draw it, JSON gives its meaning.
///
/// Labels are in the session's language already; the few words that a drawing adds itself (at risk, not reached) come
/// from `language`. Every part has an id beside its label, so that the meaning is free of language.
///
/// ```swift
/// let figure = Figure(
///   "everolimus-pfs", title: "Progression-free survival", language: .english, notes: ["A cohort consistent with …"],
///   citation: "P121", .survival(SurvivalCurves(timeUnit: "months", timeUnitID: "month", end: 24, ticks: [0, 6, 12, 18, 24], arms: arms)))
/// Report(data: [("figure", figure.meaning)], blocks: [.figure(figure)])
/// ```
public struct Figure: Sendable, Hashable {
  /// Names the figure within its report or page: the anchor in HTML. Lower-case words and hyphens.
  public var id: String
  /// What is shown, in one line.
  public var title: String
  /// The language of its labels.
  public var language: Language
  /// What must be read with it: trial, population, limits. A line each, below the drawing.
  public var notes: [Text]
  /// Where it stands: `P121`.
  public var citation: Text
  public var content: Content

  /// The kinds of picture.
  public enum Content: Sendable, Hashable {
    case survival(SurvivalCurves)
    case forest(ForestPlot)
    case ranges(RangeChart)
    case timeline(Timeline)
    case tree(ConditionTree)
    case crossing(Crossing)
  }

  public init(_ id: String, title: String, language: Language, notes: [Text] = [], citation: some Textual = Text(), _ content: Content) {
    self.id = id
    self.title = title
    self.language = language
    self.notes = notes
    self.citation = citation.text
    self.content = content
  }

  /// The kind of picture, as JSON names it.
  public var kind: String {
    switch content {
    case .survival: "survival"
    case .forest: "forest"
    case .ranges: "ranges"
    case .timeline: "timeline"
    case .tree: "tree"
    case .crossing: "crossing"
    }
  }

  /// The figure as data: ids and numbers; words stand under `title` and `text` only, which the meaning of a report leaves out.
  public var meaning: JSON {
    let content: [(String, JSON?)] =
      switch self.content {
      case .survival(let value): value.fields
      case .forest(let value): value.fields
      case .ranges(let value): value.fields
      case .timeline(let value): value.fields
      case .tree(let value): value.fields
      case .crossing(let value): value.fields
      }
    let citation = citation.isEmpty ? nil : JSON.string(citation.string)
    return .fields([("figure", .string(kind)), ("id", .string(id)), ("title", .string(title)), ("citation", citation)] + content)
  }

  /// The figure as a table: the same data for those who can't see the drawing, and under it in HTML.
  public var table: (head: [Text], rows: [[Text]]) {
    switch content {
    case .survival(let value): value.table(language)
    case .forest(let value): value.table(language)
    case .ranges(let value): value.table(language)
    case .timeline(let value): value.table(language)
    case .tree(let value): value.table(language)
    case .crossing(let value): value.table(language)
    }
  }

  /// The drawing in one sentence or two, for a screen reader.
  public var description: String {
    switch content {
    case .survival(let value): value.description(language)
    case .forest(let value): value.description(language)
    case .ranges(let value): value.description(language)
    case .timeline(let value): value.description(language)
    case .tree(let value): value.description(language)
    case .crossing(let value): value.description(language)
    }
  }
}
