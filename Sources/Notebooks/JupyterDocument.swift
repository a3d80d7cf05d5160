import Commands
import Reports
import Sessions
import Wording

/// A notebook in Jupyter's format, nbformat 4.5: prose as Markdown cells, cells as code cells with what they answered as text and
/// HTML, figures in LaTeX too.
struct JupyterDocument {
  private let notebook: Notebook
  private let run: NotebookRun
  private let language: Language

  init(_ notebook: Notebook, _ run: NotebookRun, language: Language) {
    self.notebook = notebook
    self.run = run
    self.language = language
  }

  var json: JSON {
    // The first answer brings the style of all.
    var isStyled = false
    return .fields([
      ("cells", .array([use] + notebook.parts.enumerated().map { cell($0.element, place: $0.offset, &isStyled) })),
      (
        "metadata",
        .fields([
          ("kernelspec", kernel),
          (
            "language_info",
            .fields([
              ("name", .string("islet")), ("file_extension", .string(".islet")), ("mimetype", .string("text/x-islet")),
              ("pygments_lexer", .string("islet")),
            ])
          ),
          ("islet", .fields([("language", .string(language.rawValue))])),
        ])
      ),
      ("nbformat", .integer(4)), ("nbformat_minor", .integer(5)),
    ])
  }

  /// The kernel that runs it, as `islet jupyter install` registers it: one for each language.
  private var kernel: JSON {
    let (name, title) = language == .greek ? ("islet-el", "islet · Ελληνικά") : ("islet", "islet · English")
    return .fields([("display_name", .string(title)), ("language", .string("islet")), ("name", .string(name))])
  }

  /// The line that every export carries.
  private var use: JSON { markdown("use", "> \(IntendedUse.line[language])\n>\n> \(IntendedUse.origin[language])") }

  private func markdown(_ id: String, _ text: String) -> JSON {
    .fields([
      ("cell_type", .string("markdown")), ("id", .string(id)), ("metadata", .fields([])), ("source", Self.lines(text)),
    ])
  }

  private func cell(_ part: Notebook.Segment, place: Int, _ isStyled: inout Bool) -> JSON {
    switch part {
    case .prose(let text): return markdown("text-\(place + 1)", Self.trimmed(Display.safe(text)))
    case .cell(let place):
      let cell = notebook.cells[place]
      var metadata: [(String, JSON?)] = []
      if let code = cell.expected {
        metadata = [("islet", .fields([("error", .string(code))])), ("tags", .strings(["raises-exception"]))]
      }
      let shown = run.results[place].answers.enumerated().flatMap { outputs($0.element, name: "c\(cell.number)a\($0.offset + 1)", &isStyled) }
      return .fields([
        ("cell_type", .string("code")), ("execution_count", .integer(cell.number)), ("id", .string("cell-\(cell.number)")),
        ("metadata", .fields(metadata)),
        ("outputs", .array(shown)),
        ("source", Self.lines(Self.trimmed(cell.text.joined(separator: "\n")))),
      ])
    }
  }

  /// An answer's blocks between its figures, its figures, its errors.
  private func outputs(_ answer: Answer, name: String, _ isStyled: inout Bool) -> [JSON] {
    var outputs: [JSON] = []
    var blocks: [Block] = []
    func end(_ latex: String? = nil) {
      guard !blocks.isEmpty else { return }
      let report = Report(blocks: blocks)
      let html = report.fragment(answer.language, name: "\(name)p\(outputs.count + 1)", isStyled: !isStyled)
      isStyled = true
      outputs.append(
        display([
          ("text/html", Self.lines(html)), ("text/latex", latex.map(Self.lines)), ("text/plain", Self.lines(report.documentText)),
        ]))
      blocks = []
    }
    for block in answer.report.blocks {
      guard case .figure(let figure) = block else {
        blocks.append(block)
        continue
      }
      end()
      blocks = [block]
      end(figure.latex)
    }
    end()
    return outputs
      + answer.report.errors.map { error in
        .fields([
          ("output_type", .string("error")), ("ename", .string(error.code)), ("evalue", .string(Display.escaped(error.message[answer.language]))),
          ("traceback", .strings(error.text(.document, answer.language).split(separator: "\n").map(String.init))),
        ])
      }
  }

  private func display(_ data: [(String, JSON?)]) -> JSON {
    .fields([("output_type", .string("display_data")), ("data", .fields(data)), ("metadata", .fields([]))])
  }

  /// A text as Jupyter keeps it: its lines, each but the last with its newline.
  private static func lines(_ text: String) -> JSON {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) + "\n" }
    if let last = lines.popLast(), last != "\n" { lines.append(String(last.dropLast())) }
    return .strings(lines)
  }

  private static func trimmed(_ text: String) -> String {
    var part = text[...]
    while part.first == "\n" { part.removeFirst() }
    while let last = part.last, last == "\n" || last == " " { part.removeLast() }
    return String(part)
  }
}
