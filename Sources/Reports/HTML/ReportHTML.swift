import Wording

/// A report's blocks as HTML within a page.
struct ReportHTML {
  let citations: Citations
  let language: Language
  /// The level of its headings.
  let top: Int
  /// Makes the ids of its figures unique within the page.
  let prefix: String

  func html(_ report: Report) -> String {
    var parts = report.blocks.enumerated().map { html($0.element, place: $0.offset) }
    parts += report.errors.map(html)
    return parts.joined(separator: "\n")
  }

  private func html(_ block: Block, place: Int) -> String {
    switch block {
    case .heading(let text): return "<h\(top)>\(citations.linked(text))</h\(top)>"
    case .paragraph(let text): return "<p>\(lines(text))</p>"
    case .notice(let text): return "<p class=\"notice\">\(lines(text))</p>"
    case .verbatim(let rows):
      let text = rows.map(citations.linked).joined(separator: "\n")
      return "<div class=\"code scroll wraps\" tabindex=\"0\" role=\"region\" aria-label=\"\(HTMLWords.example[language])\"><pre>\(text)</pre></div>"
    case .rows(let rows): return html(rows)
    case .table(let head, let rows):
      let label = Markup.escaped(head.filter { !$0.isEmpty }.joined(separator: ", ").string)
      return HTMLTable.html(head: head.map(citations.linked), rows: rows.map { $0.map(cell) }, label: label)
    case .figure(let figure): return html(figure, name: "\(prefix)f\(place + 1)")
    }
  }

  private func lines(_ text: Text) -> String { text.split(separator: "\n").map(words).joined(separator: "<br>") }

  /// A cell; a list in it has a line an entry.
  private func cell(_ text: Text) -> String {
    guard text.string.contains("\n") else { return citations.linked(text) }
    return text.split(separator: "\n").filter { !$0.isEmpty }.map(words).joined(separator: "<br>")
  }

  /// A text with its citations linked and the gaps between its parts kept, which HTML would close.
  private func words(_ text: Text) -> String { citations.linked(text).replacing("   ", with: "&emsp;") }

  /// Rows as one list; their depth is a class, since a list's rows may skip a depth.
  private func html(_ rows: [Row]) -> String {
    let items = rows.map { row -> String in
      var parts: [String] = []
      let lead = row.number.map { "\($0)" } ?? row.mark
      parts.append("<span class=\"lead\">\(Markup.escaped(lead))</span>")
      parts.append("<span class=\"what\">\(words(row.text))</span>")
      if !row.detail.isEmpty { parts.append("<span class=\"detail\">\(words(row.detail))</span>") }
      if !row.citation.isEmpty { parts.append("<span class=\"source\">\(citations.linked(row.citation))</span>") }
      return "<li class=\"d\(min(6, max(0, row.level)))\">" + parts.joined(separator: " ") + "</li>"
    }
    return "<ul class=\"rows\">\n" + items.joined(separator: "\n") + "\n</ul>"
  }

  /// The figure twice, for wide and for narrow screens, of which the style shows one; and its data as a table.
  func html(_ figure: Figure, name: String) -> String {
    let (head, rows) = figure.table
    let label = Markup.escaped(figure.title)
    let table = HTMLTable.html(head: head.map(citations.linked), rows: rows.map { $0.map(cell) }, label: label)
    let cite = figure.citation.isEmpty ? "" : " <span class=\"source\">\(citations.linked(figure.citation))</span>"
    let notes = figure.notes.map { "<p>\(citations.linked($0))</p>" }.joined(separator: "\n")
    return """
      <figure id="\(name)" lang="\(figure.language.rawValue)">
      <figcaption><p class="title">\(Markup.escaped(figure.title))\(cite)</p></figcaption>
      <div class="wide">\(figure.inlineSVG(width: 720, name: name + "-w"))</div>
      <div class="small">\(figure.inlineSVG(width: 340, name: name + "-n"))</div>
      <div class="notes">\(notes)</div>
      <details><summary>\(FigureWords.tableSummary[figure.language])</summary>\(table)</details>
      </figure>
      """
  }

  private func html(_ error: Diagnostic) -> String {
    let lines = error.lines(language).map(citations.linked)
    return
      "<div class=\"error scroll wraps\" tabindex=\"0\" role=\"region\" aria-label=\"\(Markup.escaped(error.code))\"><pre>\(lines.joined(separator: "\n"))</pre></div>"
  }
}

/// The words that a page adds itself.
enum HTMLWords {
  static let skip = Words("Skip to the text", "Μετάβαση στο κείμενο")
  static let contents = Words("Contents", "Περιεχόμενα")
  static let sources = Words("What is cited", "Παραπομπές")
  static let commands = Words("Commands named here", "Εντολές που αναφέρονται εδώ")
  static let example = Words("example", "παράδειγμα")
  static let command = Words("command", "εντολή")
  static let answer = Words("answer", "απάντηση")
}
