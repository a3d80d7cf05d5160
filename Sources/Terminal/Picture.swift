import CEditLine

/// What the prompt and its line should look like on a terminal of some width.
///
/// Rows end where the next character doesn't fit, so that a wide one leaves the last column empty, and the terminal's own
/// wrapping is never used. A text that fills its last row to the margin is followed by an empty row, where the cursor goes.
struct Picture: Hashable {
  struct Cell: Hashable {
    /// A character with the marks above it; empty behind a wide one.
    var text: String
    var style: CellStyle
  }

  let columns: Int
  private(set) var rows: [[Cell]] = [[]]
  private(set) var cursor = (row: 0, column: 0)
  /// Rows of the prompt and the line, without what stands below.
  private(set) var lineRows = 1

  static func == (a: Picture, b: Picture) -> Bool { a.columns == b.columns && a.rows == b.rows && a.cursor == b.cursor }
  func hash(into hasher: inout Hasher) { hasher.combine(rows) }

  init(columns: Int) { self.columns = max(columns, 2) }

  /// The prompt, the line behind it, and the cursor before the scalar of a number. `continuation` stands before each further
  /// line of the text.
  init(columns: Int, prompt: String, promptStyle: CellStyle, continuation: String, line: String, cursor place: Int, styles: [CellStyle]) {
    self.init(columns: columns)
    for scalar in prompt.unicodeScalars { add(scalar, promptStyle) }
    var number = 0
    for scalar in line.unicodeScalars {
      let style = number < styles.count ? styles[number] : .plain
      if number == place { cursor = next(scalar.value < 0x20 || scalar.value == 0x7F ? 1 : Self.width(scalar)) }
      if scalar == "\n" {
        if number == place { cursor = (rows.count - 1, min(rows[rows.count - 1].count, self.columns - 1)) }
        rows.append([])
        for scalar in continuation.unicodeScalars { add(scalar, promptStyle) }
      } else if scalar.value < 0x20 || scalar.value == 0x7F {
        add("^", style)
        add(Unicode.Scalar(UInt8(scalar.value ^ 0x40)), style)
      } else {
        add(scalar, style)
      }
      number += 1
    }
    if rows[rows.count - 1].count >= self.columns { rows.append([]) }
    if place >= number { cursor = (rows.count - 1, rows[rows.count - 1].count) }
    lineRows = rows.count
  }

  /// Where a character of some width would go.
  private func next(_ width: Int) -> (row: Int, column: Int) {
    let used = rows[rows.count - 1].count
    return used + max(width, 1) > columns ? (rows.count, 0) : (rows.count - 1, used)
  }

  private mutating func add(_ scalar: Unicode.Scalar, _ style: CellStyle) {
    let width = Self.width(scalar)
    if width == 0 {
      // A mark stands on the character before it; a wide one holds two cells.
      var row = rows.count - 1
      if rows[row].isEmpty, row > 0 { row -= 1 }
      guard var place = rows[row].indices.last else { return }
      if rows[row][place].text.isEmpty, place > 0 { place -= 1 }
      rows[row][place].text.unicodeScalars.append(scalar)
      return
    }
    if rows[rows.count - 1].count + width > columns { rows.append([]) }
    rows[rows.count - 1].append(Cell(text: String(Character(scalar)), style: style))
    if width == 2 { rows[rows.count - 1].append(Cell(text: "", style: style)) }
  }

  /// Adds text behind the line, on its row, as far as it fits; an ellipsis says that it was cut.
  mutating func addHint(_ text: String, style: CellStyle) {
    let row = rows.count - 1
    let room = columns - rows[row].count
    var cells: [Cell] = []
    for scalar in text.unicodeScalars {
      if scalar.value < 0x20 { break }
      let width = Self.width(scalar)
      if width == 0 { continue }
      if cells.count + width > room {
        while cells.count > max(0, room - 1) { cells.removeLast() }
        if cells.last.map({ Self.width($0.text) == 2 }) ?? false { cells.removeLast() }
        if room > 0 { cells.append(Cell(text: "…", style: style)) }
        break
      }
      cells.append(Cell(text: String(Character(scalar)), style: style))
      if width == 2 { cells.append(Cell(text: "", style: style)) }
    }
    rows[row] += cells
  }

  /// Adds a row below the line, cut at the margin.
  mutating func addRow(_ parts: [(text: String, style: CellStyle)]) {
    var row: [Cell] = []
    for (text, style) in parts {
      for scalar in text.unicodeScalars {
        let width = Self.width(scalar)
        guard width > 0, scalar.value >= 0x20, row.count + width <= columns else { continue }
        row.append(Cell(text: String(Character(scalar)), style: style))
        if width == 2 { row.append(Cell(text: "", style: style)) }
      }
    }
    rows.append(row)
  }

  private static func width(_ text: String) -> Int { text.unicodeScalars.first.map(width) ?? 0 }

  /// The columns of a character, as the C library's locale knows it.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0x300, 0x370..<0x483, 0x1E00..<0x2000: 1
    default: max(0, Int(islet_character_width(wchar_t(bitPattern: scalar.value))))
    }
  }
}
