import Vocabulary
import Wording

/// A stretch of what was typed that changes no finding and is kept word for word.
public struct Note: Sendable, Hashable {
  public enum Reason: String, Sendable, CaseIterable {
    /// The guideline has no finding for it.
    case outside
    case uncertain
    /// It speaks of somebody else.
    case notPatient = "not-patient"
    case past
    case notUnderstood = "not-understood"

    public var shown: Words {
      switch self {
      case .outside: Words("the text has no finding for it", "το κείμενο δεν έχει τέτοιο εύρημα")
      case .uncertain: Words("not certain", "δεν είναι βέβαιο")
      case .notPatient: Words("about someone else", "αφορά άλλο πρόσωπο")
      case .past: Words("in the past", "στο παρελθόν")
      case .notUnderstood: Words("not understood", "δεν έγινε κατανοητό")
      }
    }
  }

  public let text: String
  public let reason: Reason

  public init(_ text: String, _ reason: Reason) {
    self.text = text
    self.reason = reason
  }

  /// As a recording holds it: `noted outside "CgA 300"`.
  public var canonical: String { "noted \(reason.rawValue) \"\(text)\"" }
}

/// A note and where it stands.
public struct NotedStretch: Sendable, Hashable {
  public let note: Note
  public let span: Range<Int>
  /// The place of the term in the vocabulary's list, where it is one that the guideline has no finding for.
  public let term: Int?

  public init(note: Note, span: Range<Int>, term: Int?) {
    self.note = note
    self.span = span
    self.term = term
  }
}

/// What was read of a stretch, in the order typed.
public enum Reread: Sendable, Hashable {
  case statement(Statement)
  case noted(NotedStretch)

  /// What it says, in words.
  func words(_ vocabulary: Vocabulary) -> Words {
    switch self {
    case .statement(let statement): vocabulary.describe(statement.finding, statement.possible)
    case .noted(let stretch): Words("noted “\(stretch.note.text)”", "σημείωση «\(stretch.note.text)»")
    }
  }

  /// The finding that it states; nil for a note.
  var finding: Int? { if case .statement(let statement) = self { statement.finding } else { nil } }

  public var span: Range<Int> {
    switch self {
    case .statement(let statement): statement.span
    case .noted(let stretch): stretch.span
    }
  }
}

/// A stretch with more than one reading.
public struct ReadingQuestion: Sendable, Hashable {
  public let span: Range<Int>
  /// What each reading says.
  public var readings: [[Reread]]
  /// The error that asks.
  public var diagnostic: Diagnostic
  /// Whether each reading is of the whole text.
  public var isWhole = false
}

/// What a text says of a patient: every stretch is read, noted or asked, or stands in a fault.
public struct FindingsReading: Sendable {
  public var items: [Reread] = []
  public var questions: [ReadingQuestion] = []
  public var faults: [Diagnostic] = []
  /// The sex, where only a he or a she tells it.
  public var pronoun: Statement?
  /// Where in the source the text that was read begins.
  public var start = 0

  public init() {}

  public var statements: [Statement] { items.compactMap { if case .statement(let statement) = $0 { statement } else { nil } } }
  public var notes: [NotedStretch] { items.compactMap { if case .noted(let stretch) = $0 { stretch } else { nil } } }
}

extension Printer {
  /// Statements and notes in canonical form, in their order.
  public static func items(_ items: [Reread], _ vocabulary: Vocabulary) -> String {
    items.map { item in
      switch item {
      case .statement(let statement): self.statement(statement.finding, statement.possible, vocabulary)
      case .noted(let stretch): stretch.note.canonical
      }
    }.joined(separator: ", ")
  }
}

extension PhraseReader {
  /// What a text says of a patient.
  public static func read(_ vocabulary: Vocabulary, _ source: String, isProse: Bool = false) throws(Diagnostic) -> FindingsReading {
    var reader = FindingsReader(vocabulary, source, tokens: try Lexer.tokens(source), from: 0, isProse: isProse)
    return reader.read()
  }
}

extension FindingsReading {
  /// What stops a line: its faults, and its questions with their readings as whole lines in canonical form.
  public func errors(_ vocabulary: Vocabulary) -> [Diagnostic] {
    var errors = faults
    for (place, question) in questions.enumerated() {
      var error = question.diagnostic
      error.readings = question.readings.map { reading in
        let others = questions.enumerated().filter { $0.offset != place }.flatMap { $0.element.readings.first ?? [] }
        let all = (items + reading + (questions.count > 1 ? [] : others)).sorted { $0.span.lowerBound < $1.span.lowerBound }
        return Printer.items(all, vocabulary)
      }
      error.readingsStart = start
      error.help = question.readings.prefix(6).map { reading in
        let said = Words.joined(reading.map { $0.words(vocabulary) }, by: ", ")
        return Words("Type: \(said.english)", "Γράψτε: \(said.greek)")
      }
      errors.append(error)
    }
    return errors.sorted { ($0.span?.lowerBound ?? 0) < ($1.span?.lowerBound ?? 0) }
  }

  /// The first of what stops a line, with the others beside it.
  public func error(_ vocabulary: Vocabulary) -> Diagnostic? {
    var errors = errors(vocabulary)[...]
    guard var first = errors.popFirst() else { return nil }
    first.others = Array(errors)
    return first
  }
}
