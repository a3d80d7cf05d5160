/// Keeps a terminal's rows from the prompt on equal to a picture, and sends no more than what changed.
///
/// A line end is one byte: the terminal's line discipline adds the return. It knows its own rows alone: their place on the screen doesn't matter, since it moves by rows and scrolls only by line
/// ends at the bottom. Of a picture with more rows than the screen it shows those around the cursor.
struct Painter {
  private var drawn: [[Picture.Cell]] = []
  /// The first row of the picture that is shown.
  private var top = 0
  private var row = 0
  private var column = 0
  /// Rows that exist below the first one, counted with it.
  private var reached = 1
  private var columns = 0
  private var output = ""

  /// Forgets what is drawn: the terminal's cursor stands at the start of an empty row.
  mutating func start() {
    drawn = []
    (top, row, column, reached) = (0, 0, 0, 1)
  }

  /// Takes a character of one column as drawn where the cursor stands at the end of the only row and has room behind it.
  mutating func append(_ text: String) -> Bool {
    guard drawn.count == 1, row == 0, reached == 1, column == drawn[0].count, column + 1 < columns else { return false }
    drawn[0].append(Picture.Cell(text: text, style: .plain))
    column += 1
    return true
  }

  /// What brings the terminal from what is drawn to a picture. Changes of more than one row come as one update where the
  /// terminal can do that.
  mutating func bytes(for picture: Picture, height: Int, isSynchronised: Bool) -> String {
    output = ""
    columns = picture.columns
    let height = max(height, 2)
    var first = top
    if picture.cursor.row < first { first = picture.cursor.row }
    if picture.cursor.row >= first + height { first = picture.cursor.row - height + 1 }
    first = min(first, max(0, picture.rows.count - height))
    var changed = 0
    // Row by row, so that the terminal keeps what scrolls off.
    while top < first {
      changed += show(picture, height)
      move(to: height - 1, 0)
      output += "\n"
      column = 0
      drawn.removeFirst()
      top += 1
    }
    top = first
    changed += show(picture, height)
    move(to: picture.cursor.row - first, picture.cursor.column)
    return isSynchronised && changed > 1 ? "\u{1B}[?2026h" + output + "\u{1B}[?2026l" : output
  }

  /// Draws the rows that are shown; gives how many changed.
  private mutating func show(_ picture: Picture, _ height: Int) -> Int {
    let shown = Array(picture.rows[top..<min(top + height, picture.rows.count)])
    var changed = 0
    for (place, cells) in shown.enumerated() {
      let old = place < drawn.count ? drawn[place] : []
      if cells != old || place >= reached {
        changed += 1
        draw(cells, over: old, at: place)
      }
    }
    if drawn.count > shown.count, drawn[shown.count...].contains(where: { !$0.isEmpty }) {
      changed += 1
      move(to: shown.count, 0)
      output += "\u{1B}[J"
    }
    drawn = shown
    return changed
  }

  /// What takes the terminal to the start of the row below the picture drawn last.
  mutating func end() -> String {
    output = ""
    let last = max(0, drawn.count - 1)
    if drawn.count > 1, drawn[last].isEmpty {
      move(to: last, 0)
    } else {
      move(to: last, drawn.last?.count ?? 0)
      output += "\n"
    }
    start()
    return output
  }

  /// What takes the terminal back to the prompt's row after a change of its size, and clears everything below. `reflows`:
  /// the terminal breaks rows anew that no longer fit.
  mutating func clear(columns new: Int, reflows: Bool) -> String {
    var up = row
    if reflows, new < columns {
      up = drawn.prefix(row).reduce(0) { $0 + max(1, ($1.count + new - 1) / new) }
      up += column / new
    }
    start()
    return (up > 0 ? "\u{1B}[\(up)A" : "") + "\r\u{1B}[J"
  }

  // MARK: Drawing

  private mutating func draw(_ cells: [Picture.Cell], over old: [Picture.Cell], at place: Int) {
    var begin = 0
    while begin < cells.count, begin < old.count, cells[begin] == old[begin] { begin += 1 }
    var end = cells.count
    if cells.count == old.count {
      while end > begin, cells[end - 1] == old[end - 1] { end -= 1 }
    }
    // A wide character is written whole.
    while begin > 0, begin < cells.count && cells[begin].text.isEmpty || begin < old.count && old[begin].text.isEmpty { begin -= 1 }
    while end < cells.count, cells[end].text.isEmpty { end += 1 }
    move(to: place, begin)
    var style = CellStyle.plain
    for cell in cells[begin..<max(begin, end)] {
      if cell.style != style, !cell.text.isEmpty {
        output += cell.style == .plain ? "\u{1B}[m" : cell.style.sequence
        style = cell.style
      }
      output += cell.text
    }
    if style != .plain { output += "\u{1B}[m" }
    column = max(begin, end)
    if old.count > cells.count, cells.count < columns { output += "\u{1B}[K" }
  }

  /// Moves the cursor; rows that don't exist yet are made.
  private mutating func move(to line: Int, _ place: Int) {
    if line < row {
      output += line == row - 1 ? "\u{1B}[A" : "\u{1B}[\(row - line)A"
    } else if line > row {
      let known = min(line, reached - 1)
      if known > row { output += known == row + 1 ? "\u{1B}[B" : "\u{1B}[\(known - row)B" }
      for _ in 0..<max(0, line - max(known, row)) {
        output += "\n"
        column = 0
      }
      reached = max(reached, line + 1)
    }
    row = line
    // Behind the last column a terminal waits to wrap: only a return leaves that for sure.
    guard place != column || column >= columns else { return }
    let back = column - place
    if place == 0 {
      output += "\r"
    } else if back > 0, column < columns {
      output += back <= 3 ? String(repeating: "\u{8}", count: back) : "\u{1B}[\(back)D"
    } else if column >= columns {
      output += "\r\u{1B}[\(place)C"
    } else {
      output += "\u{1B}[\(-back)C"
    }
    column = place
  }
}
