import Wording

/// What a command asks to be done outside the session. Commands stay pure: the session's edge does it.
public enum Request: Sendable {
  /// Write a file whole.
  case write(file: String, text: String)
  /// Run a saved session or any script, all of it or nothing.
  case load(file: String)
  /// Run a recording, showing each answer.
  case replay(file: String, Pace)
  /// Begin to write what is accepted to a file.
  case record(file: String)
  /// End the recording or the replay that runs.
  case stop
  /// Run the next line of the replay that waits.
  case next
  /// Bring back the session that was cut short.
  case restore
  case quit
  /// Other work with files.
  case task(any OutsideTask)

  /// Whether a file that is run may ask for it without `--allow-files`.
  var isHarmless: Bool {
    switch self {
    case .quit, .stop, .next: true
    case .write, .load, .replay, .record, .restore, .task: false
    }
  }
}

/// How much of a replay runs at once.
public enum Pace: Sendable, Hashable {
  case all
  /// One command at a time, each when `next` is said.
  case step
  /// The commands up to a number, from 1; the rest waits for `next`.
  case until(Int)
}

/// How a file is written.
public enum Writing: Sendable {
  /// Whole: what was there is replaced in one go.
  case whole
  /// A new file; one that is there already is an error.
  case new
  /// At the end of a file.
  case atEnd
}

/// Files and the clock, as the program's edge provides them.
public protocol Outside {
  /// A file's bytes. More than 1,000,000 is an error.
  func read(_ file: String) throws(Diagnostic) -> [UInt8]
  func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic)
  /// The journal of the last session that was cut short; nil when there is none.
  func journal() throws(Diagnostic) -> [UInt8]?
  /// Seconds of the processor that the program has taken: what else a machine does makes no command too long.
  func seconds() -> Double
  /// Seconds since 1970 of the calendar's clock: when an attempt was made.
  func time() -> Int
  /// The cases that may be played beside the embedded ones: file names and bytes.
  func cases() throws(Diagnostic) -> [(name: String, bytes: [UInt8])]
  /// The user's attempts at cases, as kept.
  func attempts() throws(Diagnostic) -> [UInt8]
  /// Adds lines to the user's attempts.
  func add(attempts lines: [String]) throws(Diagnostic)
}

extension Outside {
  public func time() -> Int { 0 }
  public func cases() throws(Diagnostic) -> [(name: String, bytes: [UInt8])] { [] }
  public func attempts() throws(Diagnostic) -> [UInt8] { [] }
  public func add(attempts lines: [String]) throws(Diagnostic) {}
}

/// An outside with nothing in it: every file is refused.
public struct NoOutside: Outside {
  public init() {}

  public func read(_ file: String) throws(Diagnostic) -> [UInt8] { throw .noFiles(file) }
  public func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) { throw .noFiles(file) }
  public func journal() -> [UInt8]? { nil }
  public func seconds() -> Double { 0 }
}
