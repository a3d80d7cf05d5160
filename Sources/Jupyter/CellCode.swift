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
    for row in code.split(separator: "\n", omittingEmptySubsequences: false) {
      do throws(Diagnostic) {
        let line = try Input.text(row.utf8)
        if let directive = try Directive.read(line) {
          steps.append(.directive(directive))
        } else {
          steps += Input.commands(line).map { .command($0.text) }
        }
      } catch {
        steps.append(.fault(error.on(String(row))))
        return
      }
    }
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

  static func of(_ report: Report, _ language: Language, name: String) -> [String: String] {
    ["text/plain": text(report), "text/html": report.fragment(language, name: name)]
  }

  /// A report's parts in order: what is written, and each figure, which is a picture too.
  static func parts(_ report: Report, _ language: Language, name: String) -> [(bundle: [String: String], isFigure: Bool)] {
    var parts: [(bundle: [String: String], isFigure: Bool)] = []
    var written: [Block] = []
    func end() {
      guard !written.isEmpty else { return }
      parts.append((of(Report(blocks: written), language, name: "\(name)p\(parts.count + 1)"), false))
      written = []
    }
    for block in report.blocks {
      guard case .figure(let figure) = block else {
        written.append(block)
        continue
      }
      end()
      var bundle = of(Report(blocks: [block]), language, name: "\(name)p\(parts.count + 1)")
      bundle["image/svg+xml"] = figure.svg()
      parts.append((bundle, true))
    }
    end()
    return parts
  }
}
