import Grammar
import Patients
import Reports
import Wording

/// What takes over a session's lines for a time: a teaching case. It lives beside the session's state, so that undo doesn't
/// reach it, and has a state of its own, which is what the learner works on.
public protocol LineResponder: Sendable {
  /// The learner's state.
  var state: State { get }
  /// Whether it is left: the session takes its own lines again.
  var isOver: Bool { get }
  /// Answers a line; an empty one goes on where the responder waits for that.
  mutating func answer(to line: String) -> Answer
  /// How a line may go on, on the learner's state.
  mutating func completions(line: String, at offset: Int) -> CompletionList
}

/// Work outside the session that a command asks for, where no request of its own is worth having.
public protocol OutsideTask: Sendable {
  /// Does it. An error leaves the session as it was.
  func perform(_ session: inout Session, _ answer: inout Answer, _ outside: some Outside) throws(Diagnostic)
}

extension Session {
  /// A session that starts with a patient; undo doesn't go behind it.
  public init(world: World, language: Language, patient: Patient) {
    self.init(world: world, language: language)
    state.add(patient)
  }

  /// What the user sees as the session's state: the responder's, while one runs.
  public var shown: State { responder?.state ?? state }

  /// Starts a responder: it takes the lines from now on. With `seal` the attempt that it keeps is sealed, its next line chained to that seal.
  public mutating func begin(_ responder: some LineResponder, sealedFrom seal: String? = nil) {
    self.responder = responder
    self.seal = seal
  }

  /// Puts a changed patient in the place of the one in use. With a canonical line it is a change that undo takes back;
  /// without, undo passes over it.
  public mutating func put(_ patient: Patient, as canonical: String? = nil, command: String = "") {
    if let canonical { passed(canonical, command) }
    state.replace(patient)
    if let canonical { addMoment(canonical, command) }
  }
}

extension Registry {
  /// The command at the start of a line, if it calls one.
  public func command(in line: String) -> Command? { (try? read(line))?.match?.command }

  /// The command at the start of a line and what stands behind its name.
  public func call(in line: String) -> (command: Command, argument: String)? {
    guard let reading = try? read(line), let (command, length) = reading.match else { return nil }
    let tokens = reading.tokens
    guard length < tokens.count else { return (command, "") }
    return (command, String(decoding: Array(reading.line.utf8)[tokens[length].span.lowerBound...], as: UTF8.self))
  }
}
