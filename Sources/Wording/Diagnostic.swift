/// An error or notice that teaches: a stable code, what was read, what is wrong, what to try.
public struct Diagnostic: Error, Sendable, Hashable {
  /// Stable, dotted, in English: `finding.unknown`. A contract for scripts (`expect error CODE`).
  public let code: String
  /// What is wrong, in one sentence.
  public let message: Words
  /// What was understood, the readings of an ambiguous phrase, what to try; a line each.
  public var help: [Words]
  /// The readings of what has more than one, in canonical form: each can be typed instead.
  public var readings: [String] = []
  /// Where in the source a reading takes the place of what was typed up to its end, as an offset into its UTF-8.
  public var readingsStart: Int?
  /// What makes it doubtful, or beyond doubt, that the line was meant for the command that refused it.
  public var cause: Cause?
  /// Further errors of the same line.
  public var others: [Diagnostic] = []
  /// The line that was read, where there is one.
  public var source: String?
  /// The offending part of `source`, as offsets into its UTF-8.
  public var span: Range<Int>?
  /// The id of the finding concerned, where there is one.
  public var finding: String?
  /// The file and line (from 1) that the error speaks of, where there is one.
  public var file: String?
  public var line: Int?
  /// The number of the cell of a notebook (from 1) that the error speaks of, where there is one.
  public var cell: Int?

  public init(
    _ code: String, _ message: Words, help: [Words] = [], source: String? = nil, span: Range<Int>? = nil,
    finding: String? = nil, file: String? = nil, line: Int? = nil
  ) {
    self.code = code
    self.message = message
    self.help = help
    self.source = source
    self.span = span
    self.finding = finding
    self.file = file
    self.line = line
  }

  public enum Cause: Sendable, Hashable {
    /// A name that the command doesn't know.
    case unknownName
    /// A question, a doubt or a denial, where an order was expected.
    case noOrder
    /// An order whose verb was misspelt.
    case misspeltOrder
    /// What is to be stopped isn't given.
    case notGiven
    case noPatient
    /// A number past the end of the last list.
    case listNumber
  }

  /// The same diagnostic with its cause.
  public func because(_ cause: Cause) -> Diagnostic {
    var copy = self
    copy.cause = cause
    return copy
  }

  /// The same diagnostic, set on a line of input.
  public func on(_ source: String) -> Diagnostic {
    var copy = self
    copy.source = copy.source ?? source
    return copy
  }

  /// The same diagnostic, set on a line of a file, and on a cell of it.
  public func at(file: String, line: Int, cell: Int? = nil) -> Diagnostic {
    var copy = self
    copy.cell = copy.cell ?? cell
    copy.file = copy.file ?? file
    copy.line = copy.line ?? line
    return copy
  }
}
