import Grammar
import Reports
import Wording

/// A cell's lines: commands and directives, each with the text that it stands in.
struct CellCode {
  enum Item {
    case command(String)
    case directive(Directive)
    /// A line that can't be read; nothing behind it is run.
    case fault(Diagnostic)
  }

  private(set) var steps: [Item] = []

  init(_ code: String) {
    for row in Self.rows(code) {
      do throws(Diagnostic) {
        let line = try Input.text(row.utf8)
        if let directive = try Directive.read(line) {
          steps.append(.directive(directive))
        } else {
          steps += Input.commands(line).map { .command($0.text) }
        }
      } catch {
        steps.append(.fault(error.on(row)))
        return
      }
    }
  }

  /// Whether a backslash at the end of the code waits for another row.
  static func goesOn(_ code: String) -> Bool { rows(code).last.map(rowGoesOn) ?? false }

  /// A directive stands alone on its row.
  private static func rowGoesOn(_ row: String) -> Bool { row.hasSuffix("\\") && !row.hasPrefix("%") && Input.goesOn(row) }

  /// The code's rows, those that a backslash joins as one.
  private static func rows(_ code: String) -> [String] {
    var rows: [String] = []
    for row in code.split(separator: "\n", omittingEmptySubsequences: false) {
      if let last = rows.last, rowGoesOn(last) {
        rows[rows.count - 1] = Input.joined(last + "\n" + row)
      } else {
        rows.append(String(row))
      }
    }
    return rows
  }
}

/// An answer as a front end may show it: by media type, the same in each.
enum Bundle {
  static func text(_ report: Report) -> String {
    var text = report.text(.plain)
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  static func json(_ bundle: [String: String]) -> JSON {
    .fields(bundle.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }

  static func of(_ report: Report, _ language: Language, name: String, isStyled: Bool = true) -> [String: String] {
    ["text/plain": text(report), "text/html": report.fragment(language, name: name, isStyled: isStyled)]
  }

  /// A report's parts in order: what is written, and each figure, which is a table in LaTeX and, where it is asked for, a picture alone.
  ///
  /// - Parameter isStyled: whether the first part brings the style of all.
  static func parts(
    _ report: Report, _ language: Language, name: String, asPictures: Bool, isStyled: Bool
  ) -> [(bundle: [String: String], isFigure: Bool)] {
    var parts: [(bundle: [String: String], isFigure: Bool)] = []
    var written: [Block] = []
    func end() {
      guard !written.isEmpty else { return }
      parts.append((of(Report(blocks: written), language, name: "\(name)p\(parts.count + 1)", isStyled: isStyled && parts.isEmpty), false))
      written = []
    }
    for block in report.blocks {
      guard case .figure(let figure) = block else {
        written.append(block)
        continue
      }
      end()
      var bundle = of(Report(blocks: [block]), language, name: "\(name)p\(parts.count + 1)", isStyled: isStyled && parts.isEmpty)
      bundle["text/latex"] = figure.latex
      if asPictures { bundle["image/svg+xml"] = figure.svg() }
      parts.append((bundle, true))
    }
    end()
    return parts
  }
}
