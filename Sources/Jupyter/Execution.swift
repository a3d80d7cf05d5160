import Commands
import Grammar
import Reports
import Sessions
import Wording

extension Kernel {
  /// Runs a cell. Its commands run in order, each as at the prompt; the first that fails ends it.
  ///
  /// - Parameter cell: the front end's name of the cell, where it gives one.
  mutating func execute(_ content: JSON, cell: String?, isInterrupted: () -> Bool, publish: @escaping Publish) -> JSON {
    let code = content.text("code")
    let isSilent = content.flag("silent", otherwise: false)
    let isKept = !isSilent && content.flag("store_history", otherwise: true) && code.contains { !$0.isWhitespace }
    if isKept { count += 1 }
    let number = JSON.integer(count)
    if !isSilent { publish("execute_input", .fields([("code", .string(code)), ("execution_count", number)])) }
    abortsNext = false
    var run = Run(name: "c\(count)", number: number, publish: isSilent ? nil : publish)
    // A cell that is run again loses what it showed, and with it the style that it brought for all.
    if let cell, cell == styledBy { hasStyle = false }
    let fault = run.all(CellCode(code).steps, &self, isInterrupted)
    if run.broughtStyle { styledBy = cell }
    if isKept { cells.append((count, code, run.result)) }
    guard let fault else {
      return Self.fields([
        ("execution_count", number), ("payload", .array(run.payload)), ("user_expressions", expressions(content["user_expressions"])),
      ])
    }
    abortsNext = content.flag("stop_on_error", otherwise: true)
    let error = Self.error(fault, session.shown.language)
    if !isSilent { publish("error", .fields(error)) }
    return .fields([("status", .string("error")), ("execution_count", number)] + error)
  }

  /// The values of expressions: the answers to questions put to a copy of the session.
  private func expressions(_ asked: JSON?) -> JSON {
    guard case .object(let fields)? = asked else { return .object([]) }
    return .object(
      fields.map { field in
        var copy = session
        guard case .string(let line) = field.value else { return JSON.Field(field.name, .null) }
        let answer = copy.run(line)
        if let fault = answer.report.errors.first {
          return JSON.Field(field.name, .fields([("status", .string("error"))] + Self.error(fault, answer.language)))
        }
        let bundle = Bundle.of(answer.report, answer.language, name: "e")
        return JSON.Field(field.name, Self.fields([("data", Bundle.json(bundle)), ("metadata", .object([]))]))
      })
  }

  /// An error as the protocol has it: its code for a name, what is wrong, and all of it as printed.
  static func error(_ fault: Diagnostic, _ language: Language) -> [(String, JSON?)] {
    let lines = fault.text(.document, language).split(separator: "\n").map(String.init)
    return [("ename", .string(fault.code)), ("evalue", .string(fault.message[language])), ("traceback", .strings(lines))]
  }
}

/// One run of a cell: what it shows, and how.
private struct Run {
  /// Makes the ids of its figures unique in the notebook.
  let name: String
  /// The cell's number.
  let number: JSON
  /// Nil: nothing is shown.
  let publish: Kernel.Publish?
  /// What the reply hands to the front end: answers for its pager, and that the user has said quit.
  private(set) var payload: [JSON] = []
  /// The text of the last answer, for the history.
  private(set) var result: String?
  /// Whether an answer of it carries the style of all.
  private(set) var broughtStyle = false
  /// The last answer until something follows it: an answer that ends the cell is its result.
  private var pending: [String: String]?
  private var answers = 0
  private var isPlain = false
  private var isPaged = false
  private var showsFigures = false
  private var keepsGoing = false

  init(name: String, number: JSON, publish: Kernel.Publish?) {
    self.name = name
    self.number = number
    self.publish = publish
  }

  /// Runs the steps; the fault that ended them, if one did.
  mutating func all(_ steps: [CellCode.Item], _ kernel: inout Kernel, _ isInterrupted: () -> Bool) -> Diagnostic? {
    for step in steps {
      if let fault = isInterrupted() ? Self.interrupted : run(step, &kernel) {
        display()
        return fault
      }
    }
    if let pending {
      publish?("execute_result", .fields([("execution_count", number), ("data", Bundle.json(pending)), ("metadata", .object([]))]))
    }
    return nil
  }

  private mutating func run(_ step: CellCode.Item, _ kernel: inout Kernel) -> Diagnostic? {
    let language = kernel.session.shown.language
    switch step {
    case .fault(let fault): return failed(fault, language)
    case .directive(.plain): isPlain = true
    case .directive(.figures): showsFigures = true
    case .directive(.page): isPaged = true
    case .directive(.keepGoing): keepsGoing = true
    case .directive(.clear):
      display()
      if broughtStyle { kernel.hasStyle = false }
      broughtStyle = false
      publish?("clear_output", .fields([("wait", .bool(false))]))
    case .directive(.help): add(Directive.list(language), language, &kernel)
    case .command(let line):
      var fault: Diagnostic?
      var answered: [Answer] = []
      kernel.session.run(line, kernel.outside) { answered.append($0) }
      for answer in answered {
        add(answer.report, answer.language, &kernel)
        for error in answer.report.errors { fault = fault ?? failed(error, answer.language) }
        if answer.isQuit { payload.append(.fields([("source", .string("ask_exit")), ("keepkernel", .bool(false))])) }
      }
      return fault
    }
    return nil
  }

  /// The fault, if the cell ends with it; else it is shown.
  private mutating func failed(_ fault: Diagnostic, _ language: Language) -> Diagnostic? {
    guard keepsGoing else { return fault }
    stream("stderr", fault.text(.document, language))
    return nil
  }

  private mutating func add(_ report: Report, _ language: Language, _ kernel: inout Kernel) {
    let figures = showsFigures ? report.blocks.filter { if case .figure = $0 { true } else { false } } : []
    let report = figures.isEmpty ? report : Report(blocks: figures)
    guard publish != nil, !report.blocks.isEmpty else { return }
    answers += 1
    let name = "\(name)a\(answers)"
    if !kernel.hasAnswered {
      kernel.hasAnswered = true
      let use = Report(blocks: [.notice(IntendedUse.line[language])])
      display(Bundle.of(use, language, name: name + "u", isStyled: bringsStyle(&kernel)))
    }
    if isPaged {
      let bundle = Bundle.of(report, language, name: name)
      payload.append(.fields([("source", .string("page")), ("data", Bundle.json(bundle)), ("start", .integer(0))]))
    } else if isPlain {
      stream("stdout", report.text(.plain))
    } else {
      let isStyled = bringsStyle(&kernel)
      for (bundle, isFigure) in Bundle.parts(report, language, name: name, asPictures: showsFigures, isStyled: isStyled) {
        display()
        if isFigure { display(bundle) } else { pending = bundle }
      }
    }
    result = Bundle.text(report)
  }

  /// Whether what is shown next is to bring the style of all answers: the notebook hasn't got it.
  private mutating func bringsStyle(_ kernel: inout Kernel) -> Bool {
    guard !kernel.hasStyle else { return false }
    kernel.hasStyle = true
    broughtStyle = true
    return true
  }

  private mutating func stream(_ name: String, _ text: String) {
    display()
    publish?("stream", .fields([("name", .string(name)), ("text", .string(text))]))
  }

  /// Shows the last answer: something follows it.
  private mutating func display() {
    if let pending { display(pending) }
    pending = nil
  }

  private func display(_ bundle: [String: String]) {
    publish?("display_data", .fields([("data", Bundle.json(bundle)), ("metadata", .object([]))]))
  }

  private static let interrupted = Diagnostic(
    "kernel.interrupted", Words("The cell was interrupted.", "Το κελί διακόπηκε."),
    help: [Words("What it did before stays; undo takes it back.", "Ό,τι έκανε ως τότε μένει· η εντολή αναίρεση το παίρνει πίσω.")])
}
