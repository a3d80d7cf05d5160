import Commands
import Grammar
import Reports
import Sessions
import Wording

/// A session that answers a front end's requests: a value, to which messages come and from which messages go. It holds no
/// socket and reaches no file.
public struct Kernel: Sendable {
  /// Hands out what is published while a request is answered: the message's type and content.
  public typealias Publish = (_ type: String, _ content: JSON) -> Void

  var session: Session
  /// The language that it started in.
  let language: Language
  let outside: KernelOutside
  /// The cells that were run, by their numbers from 1, with what they gave.
  var cells: [(number: Int, code: String, result: String?)] = []
  var count = 0
  /// Whether an answer was shown yet: the intended use stands before the first.
  var hasAnswered = false
  /// Whether the notebook has the style of all answers, and the front end's name of the cell whose answer brought it.
  var hasStyle = false
  var styledBy: String?
  /// Whether the front end asked it to end.
  public private(set) var isShutDown = false
  /// Whether the cells that wait behind the last one are to be left alone: it failed.
  public internal(set) var abortsNext = false

  /// - Parameter seconds: a clock that only runs forward.
  public init(world: World, language: Language, seconds: @escaping @Sendable () -> Double) {
    session = Session(world: world, language: language)
    self.language = language
    outside = KernelOutside(clock: seconds)
  }

  /// Answers a request; nil when it asks for no reply.
  ///
  /// - Parameter isInterrupted: is asked before each command of a cell; true leaves the rest alone.
  public mutating func answer(_ request: Message, isInterrupted: () -> Bool, publish: @escaping Publish) -> (type: String, content: JSON)? {
    let content = request.content
    let reply: JSON
    switch request.type {
    case "kernel_info_request": reply = info
    case "execute_request": reply = execute(content, cell: request.cell, isInterrupted: isInterrupted, publish: publish)
    case "complete_request": reply = complete(content)
    case "inspect_request": reply = inspect(content)
    case "is_complete_request": reply = isComplete(content)
    case "history_request": reply = history(content)
    case "comm_info_request": reply = Self.fields([("comms", .object([]))])
    case "interrupt_request": reply = Self.fields([])
    case "shutdown_request":
      isShutDown = true
      reply = Self.fields([("restart", content["restart"] ?? .bool(false))])
    case "comm_open":
      // There is nobody here to talk to.
      publish("comm_close", .fields([("comm_id", content["comm_id"] ?? .string("")), ("data", .object([]))]))
      return nil
    default: return nil
    }
    return (request.type.replacingSuffix("_request", with: "_reply"), reply)
  }

  /// The reply to a cell that waited behind one that failed.
  public static let aborted = JSON.fields([("status", .string("aborted"))])

  /// A reply's content when all went well.
  static func fields(_ pairs: [(String, JSON?)]) -> JSON { .fields([("status", .string("ok"))] + pairs) }

  private var info: JSON {
    let version = session.world.version
    let banner = [
      IntendedUse.banner(version), IntendedUse.line,
      Words("Type help, or %help for a cell's directives.", "Γράψτε βοήθεια, ή %βοήθεια για τις εντολές % ενός κελιού."),
    ]
    return Self.fields([
      ("protocol_version", .string(Wire.version)), ("implementation", .string("islet")), ("implementation_version", .string(version)),
      (
        "language_info",
        .fields([
          ("name", .string("islet")), ("version", .string(version)), ("mimetype", .string("text/x-islet")), ("file_extension", .string(".islet")),
          ("pygments_lexer", .string("islet")),
        ])
      ),
      ("banner", .string(banner.map { $0[language] }.joined(separator: "\n"))), ("debugger", .bool(false)), ("help_links", helpLinks),
      ("supported_features", .array([])),
    ])
  }

  /// What the front end's help menu leads to: the text that the guideline follows, and what Jupyter itself says.
  private var helpLinks: JSON {
    let links = [
      (Words("UK guideline of 2012 (Gut 61:6-32)", "Βρετανική οδηγία του 2012 (Gut 61:6-32)"), "https://doi.org/10.1136/gutjnl-2011-300831"),
      (Words("Jupyter: notebooks", "Jupyter: τετράδια"), "https://jupyter-notebook.readthedocs.io"),
    ]
    return .array(links.map { .fields([("text", .string($0.0[language])), ("url", .string($0.1))]) })
  }

  private func isComplete(_ content: JSON) -> JSON {
    // Each line ends with itself, unless a backslash stands there.
    if CellCode.goesOn(content.text("code")) { return .fields([("status", .string("incomplete")), ("indent", .string("  "))]) }
    let isReadable = CellCode(content.text("code")).steps.allSatisfy { step in
      switch step {
      case .fault: false
      case .directive: true
      case .command(let line): (try? Lexer.tokens(line)) != nil
      }
    }
    return .fields([("status", .string(isReadable ? "complete" : "invalid"))])
  }
}

/// The outside of a kernel: a clock, and no files. Notebooks come from strangers.
struct KernelOutside: Outside {
  let clock: @Sendable () -> Double

  func read(_ file: String) throws(Diagnostic) -> [UInt8] { throw Self.refusal }
  func write(_ text: String, to file: String, _ way: Writing) throws(Diagnostic) { throw Self.refusal }
  func journal() -> [UInt8]? { nil }
  func seconds() -> Double { clock() }

  private static let refusal = Diagnostic(
    "kernel.files", Words("In a notebook islet reads and writes no files.", "Σε τετράδιο το islet δεν διαβάζει ούτε γράφει αρχεία."),
    help: [Words("Nothing was done. Give the command in the shell.", "Δεν έγινε τίποτα. Δώστε την εντολή στο κέλυφος.")])
}

extension JSON {
  /// A field's text; empty when it is none.
  func text(_ name: String) -> String {
    if case .string(let text)? = self[name] { return text }
    return ""
  }

  func flag(_ name: String, otherwise: Bool) -> Bool {
    if case .bool(let flag)? = self[name] { return flag }
    return otherwise
  }

  func integer(_ name: String) -> Int? {
    if case .number(let digits)? = self[name] { return Int(digits) }
    return nil
  }
}

extension String {
  fileprivate func replacingSuffix(_ suffix: String, with other: String) -> String {
    hasSuffix(suffix) ? dropLast(suffix.count) + other : self
  }
}
