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
    case .heading(let text): return citations.passage("h\(top)", of: text.string) { citations.linked(text) }
    case .paragraph(let text): return citations.passage("p", of: text.string) { lines(text) }
    case .notice(let text): return citations.passage("p", " class=\"notice\"", of: text.string) { lines(text) }
    case .verbatim(let rows):
      let text = rows.map { citations.linked($0) }.joined(separator: "\n")
      return "<div class=\"code wraps\" role=\"group\" aria-label=\"\(HTMLWords.example[language])\"><pre>\(text)</pre></div>"
    case .rows(let rows): return html(rows)
    case .table(let head, let rows):
      let label = Markup.escaped(head.filter { !$0.isEmpty }.joined(separator: ", ").string)
      return HTMLTable.html(head: head.map { citations.linked($0) }, rows: rows.map { $0.map(cell) }, label: label)
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
      var parts = [lead(row), what(row.text)]
      // A stance's sign stands as a badge, the number before the row.
      let badge = row.number != nil && !row.mark.marks.isEmpty ? [citations.linked(row.mark)] : []
      let detail = badge + (row.detail.isEmpty ? [] : [words(row.detail)])
      if !detail.isEmpty { parts.append("<div class=\"detail\">\(detail.joined(separator: " "))</div>") }
      var depth = "d\(min(6, max(0, row.level)))"
      if !row.citation.isEmpty {
        parts.append(citations.opened(row.citation, "source"))
        // Room for what stands at the end of the row's first line.
        if !citations.cited(row.citation).isEmpty { depth += " w\(min(4, (row.citation.string.count + 4) / 5))" }
      }
      return "<li class=\"\(depth)\">" + parts.joined(separator: "\n") + "</li>"
    }
    return "<ul class=\"rows\">\n" + items.joined(separator: "\n") + "\n</ul>"
  }

  /// A row's number or sign; a sign is said in words to those who listen.
  private func lead(_ row: Row) -> String {
    if let number = row.number { return "<span class=\"lead\">\(number)</span>" }
    if !row.mark.marks.isEmpty { return "<span class=\"lead badged\">\(citations.linked(row.mark))</span>" }
    let said = AccessibleWords(language).mark(row.mark.string)
    let sign = Markup.escaped(row.mark.string)
    guard let said, said != row.mark.string else { return "<span class=\"lead\">\(sign)</span>" }
    return "<span class=\"lead\"><span aria-hidden=\"true\">\(sign)</span><span class=\"said\">\(Markup.escaped(said))</span></span>"
  }

  /// What a row says, in an element of its own; what it is, where two spaces set that off, in another.
  private func what(_ text: Text) -> String {
    let bytes = Array(text.string.utf8)
    let gap = zip(bytes.indices, zip(bytes, bytes.dropFirst())).first { $0.1 == (0x20, 0x20) }?.0
    guard let gap, gap > 0, bytes.count > gap + 2, bytes[gap + 2] != 0x20 else { return "<div class=\"what\">\(words(text))</div>" }
    return "<div class=\"what\"><span class=\"label\">\(words(text[0..<gap]))</span> <span>\(words(text[gap + 2..<bytes.count]))</span></div>"
  }

  /// The figure twice, for wide and for narrow screens, of which the style shows one; and its data as a table.
  func html(_ figure: Figure, name: String) -> String {
    let (head, rows) = figure.table
    let label = Markup.escaped(figure.title)
    let table = HTMLTable.html(head: head.map { citations.linked($0) }, rows: rows.map { $0.map(cell) }, label: label)
    let cite = figure.citation.isEmpty ? "" : citations.opened(figure.citation, "source")
    let notes = figure.notes.map { "<p>\(citations.linked($0))</p>" }.joined(separator: "\n")
    return """
      <figure id="\(name)" lang="\(figure.language.rawValue)">
      <figcaption><p class="title">\(citations.plain(figure.title))</p>\(cite)</figcaption>
      <div class="wide">\(figure.inlineSVG(width: 720, name: name + "-w"))</div>
      <div class="small">\(figure.inlineSVG(width: 340, name: name + "-n"))</div>
      <div class="notes">\(notes)</div>
      <details><summary>\(FigureWords.tableSummary[figure.language])</summary>\(table)</details>
      </figure>
      """
  }

  private func html(_ error: Diagnostic) -> String {
    let lines = error.lines(language).map { citations.linked($0) }
    return
      "<div class=\"error wraps\" role=\"group\" aria-label=\"\(Markup.escaped(error.code))\"><pre>\(lines.joined(separator: "\n"))</pre></div>"
  }
}

/// The words that a page adds itself.
enum HTMLWords {
  static let skip = Words("Skip to the text", "Μετάβαση στο κείμενο")
  static let contents = Words("Contents", "Περιεχόμενα")
  static let sources = Words("What is cited", "Παραπομπές")
  static let back = Words("Back to where it is cited:", "Πίσω στο σημείο της παραπομπής:")
  static let commands = Words("Commands named here", "Εντολές που αναφέρονται εδώ")
  static let example = Words("example", "παράδειγμα")
  static let command = Words("command", "εντολή")
  static let answer = Words("answer", "απάντηση")
}
