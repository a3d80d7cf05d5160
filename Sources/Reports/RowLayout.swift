import Wording

/// How a list of rows takes its columns: numbers and marks, texts, details, and citations at one column.
struct RowLayout {
  /// A line: what comes before the citation, and the citation.
  struct Placed {
    var text: Text
    var citation = Text()

    func joined(_ style: TextStyle) -> String { citation.isEmpty ? style.shown(text) : style.shown(text) + style.dim(style.shown(citation)) }
  }

  private(set) var lines: [Placed] = []

  /// The widest column of citations; longer ones go on below.
  private static let citations = 14
  /// On a line without end, details behind texts longer than this follow their texts.
  private static let texts = 58

  init(_ rows: [Row], _ columns: Int?) {
    let digits = rows.compactMap(\.number).max().map { String($0).utf8.count } ?? 0
    let cells = rows.map { Columns($0, digits: digits) }
    if let columns {
      fit(cells, columns)
    } else {
      run(cells)
    }
  }

  private struct Columns {
    let lead: String
    let text: Text
    let detail: Text
    let citation: Text
    var hang: Int { Display.width(lead) }
    /// The columns of lead and text.
    let width: Int

    init(_ row: Row, digits: Int) {
      let indent = String.spaces(2 + row.level * 2)
      if let number = row.number {
        lead = indent + Display.padded("\(number)", to: digits + 2) + (row.mark.isEmpty ? "" : Display.safe(row.mark.string) + " ")
      } else {
        let numbered = digits > 0 && row.level > 0 ? String.spaces(digits) : ""
        lead = indent + numbered + (row.mark.isEmpty ? "" : Display.safe(row.mark.string) + " ")
      }
      text = Display.safe(row.text)
      detail = Display.safe(row.detail)
      citation = Display.safe(row.citation)
      width = Display.width(lead) + Display.width(text.string)
    }

    /// Text and detail in one.
    var whole: Text { detail.isEmpty ? text : text + " · " + detail }
  }

  /// Every row on one line; details stand in a column for all rows or for none, citations always do.
  private mutating func run(_ cells: [Columns]) {
    let text = cells.filter { !$0.detail.isEmpty || !$0.citation.isEmpty }.map(\.width).max() ?? 0
    let isColumn = text <= Self.texts
    let bodies = cells.map { cell in
      if isColumn, !cell.detail.isEmpty { return Display.padded(cell.lead + cell.text, to: text) + "  " + cell.detail }
      return cell.lead + cell.whole
    }
    let column = zip(cells, bodies).filter { !$0.0.citation.isEmpty }.map { Display.width($0.1.string) }.max() ?? 0
    for (cell, body) in zip(cells, bodies) {
      lines.append(
        cell.citation.isEmpty ? Placed(text: body) : Placed(text: Display.padded(body, to: column) + "  ", citation: cell.citation))
    }
  }

  /// Rows that keep to the columns of a screen.
  private mutating func fit(_ cells: [Columns], _ columns: Int) {
    let cited = min(cells.map { Display.width($0.citation.string) }.max() ?? 0, Self.citations)
    let room = max(24, columns - (cited > 0 ? cited + 2 : 0))
    let detailed = cells.filter { !$0.detail.isEmpty }
    let detail = detailed.map { Display.width($0.detail.string) }.max() ?? 0
    // Details stand in a column for all rows or for none.
    let widest = detailed.map(\.width).max() ?? 0
    let text = widest + 2 + detail > room ? 0 : widest
    var bodies: [[Text]] = []
    for cell in cells {
      if !cell.detail.isEmpty, cell.width <= text, text + 2 + Display.width(cell.detail.string) <= room {
        bodies.append([Display.padded(cell.lead + cell.text, to: text) + "  " + cell.detail])
        continue
      }
      let parts = Display.wrapped(cell.whole, to: max(20, room - cell.hang))
      bodies.append([cell.lead + (parts.first ?? Text())] + parts.dropFirst().map { String.spaces(cell.hang) + $0 })
    }
    let column = min(room, zip(cells, bodies).filter { !$0.0.citation.isEmpty }.flatMap { $0.1.map { Display.width($0.string) } }.max() ?? 0)
    for (cell, body) in zip(cells, bodies) {
      let citations = cell.citation.isEmpty ? [] : Display.wrapped(cell.citation, to: max(cited, 4))
      for place in 0..<max(body.count, citations.count) {
        let text = place < body.count ? body[place] : Text()
        guard place < citations.count else {
          lines.append(Placed(text: text))
          continue
        }
        lines.append(Placed(text: Display.padded(text, to: column) + "  ", citation: citations[place]))
      }
    }
  }
}
