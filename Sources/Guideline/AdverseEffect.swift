import Grammar
import Measures
import Reports
import Vocabulary
import Wording

/// An adverse effect as the text gives it: an `adverse-effect` block of a chapter.
public struct AdverseEffect: Sendable {
  /// How often the text says that it occurs.
  public enum Frequency: Sendable, Hashable {
    case common, rare
    case figure(ReportedValue)

    public var words: Words {
      switch self {
      case .common: Words("common", "συχνή")
      case .rare: Words("rare", "σπάνια")
      case .figure(let value): value.words
      }
    }
  }

  public let id: String
  public let chapter: String
  public let section: String
  public let therapies: [String]
  public let effect: String
  /// Nil: the text doesn't say how often.
  public let frequency: Frequency?
  /// Grades of toxicity, `3-4`; nil where the text names none.
  public let severity: String?
  /// For whom it is stated.
  public let when: Condition
  /// How long after the start it comes, and how long it lasts.
  public let onset: ReportedValue?
  public let lasts: ReportedValue?
  /// The yearly relative fall of a finding that it is, in per cent of the value a year before.
  public let falls: (finding: Int, percent: Exact)?
  public let errata: [String]
  public let facts: [String]
  public let paragraphs: [String]
  /// The whole statement in one line, with its figures.
  public let title: Words

  /// Reads a block; a fault names the chapter and line.
  init(_ entry: ChapterEntry, _ vocabulary: Vocabulary) throws(Diagnostic) {
    func fault(_ text: String) -> Diagnostic {
      Diagnostic(
        "chapter.adverse-effect",
        Words(
          "The adverse effect \(entry.id) can't be read: \(text).", "Η ανεπιθύμητη ενέργεια \(entry.id) δεν διαβάζεται: \(text)."),
        file: "chapters/\(entry.chapter).md", line: entry.line)
    }
    func value(_ name: String) throws(Diagnostic) -> ReportedValue? {
      guard let text = entry[name] else { return nil }
      guard let value = ReportedValue(text) else { throw fault("“\(text)” is no \(name)") }
      return value
    }
    id = entry.id
    chapter = entry.chapter
    section = entry.section
    therapies = entry.list("therapy")
    guard !therapies.isEmpty, let effect = entry["effect"], let title = entry.words() else {
      throw fault("therapy, effect and the titles are needed")
    }
    self.effect = effect
    self.title = title
    switch entry["frequency"] {
    case nil: frequency = nil
    case "common": frequency = .common
    case "rare": frequency = .rare
    case .some:
      guard let figure = try value("frequency") else { throw fault("the frequency is unknown") }
      frequency = .figure(figure)
    }
    severity = entry["severity"]
    if let text = entry["when"] {
      do throws(Diagnostic) {
        when = try ConditionReader.condition(text, vocabulary)
      } catch {
        throw error.at(file: "chapters/\(entry.chapter).md", line: entry.line)
      }
    } else {
      when = .always
    }
    onset = try value("onset")
    lasts = try value("lasts")
    if let text = entry["falls"] {
      let words = text.split(separator: " ").map(String.init)
      guard words.count >= 3, words[2] == "%", let finding = vocabulary.finding(id: words[0]), let percent = Exact(words[1]) else {
        throw fault("“\(text)” is no yearly fall of a finding")
      }
      falls = (finding.index, percent)
    } else {
      falls = nil
    }
    errata = entry.list("errata")
    facts = entry.list("facts")
    paragraphs = entry.list("paragraphs")
  }

  /// Every part as data.
  public func json(_ vocabulary: Vocabulary, _ language: Language) -> JSON {
    let often: JSON? =
      switch frequency {
      case nil: nil
      case .common: .string("common")
      case .rare: .string("rare")
      case .figure(let value): value.json
      }
    let condition = Printer.condition(when, vocabulary)
    return .fields([
      ("id", .string(id)), ("title", .string(title[language])), ("therapies", .strings(therapies)), ("effect", .string(effect)),
      ("frequency", often), ("severity", severity.map { .string($0) }), ("when", condition.isEmpty ? nil : .string(condition)),
      ("onset", onset?.json), ("lasts", lasts?.json), ("errata", .strings(errata)), ("facts", .strings(facts)),
      ("paragraphs", .strings(paragraphs)),
    ])
  }
}
