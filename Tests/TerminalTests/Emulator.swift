/// A small terminal: what a screen shows of the bytes sent to it. Made of what terminals agree on, apart from the program's own
/// drawing.
struct Emulator {
  let columns: Int
  let height: Int
  private(set) var cells: [[String]]
  private(set) var row = 0
  private(set) var column = 0
  /// The last column is filled, and the next character goes to the next row.
  private var isPending = false
  /// Sequences that it doesn't know.
  private(set) var unknown: [String] = []

  init(columns: Int, height: Int) {
    self.columns = columns
    self.height = height
    cells = Array(repeating: Array(repeating: " ", count: columns), count: height)
  }

  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300..<0x370: 0
    case 0x4E00..<0xA000, 0x1F600..<0x1F650: 2
    default: 1
    }
  }

  mutating func feed(_ text: String) {
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r": (column, isPending) = (0, false)
      case "\n":
        // The line discipline adds the return.
        column = 0
        down()
      case "\u{8}": (column, isPending) = (max(0, column - 1), false)
      case "\u{7}": continue
      case "\u{1B}": sequence(&rest)
      default: put(scalar)
      }
    }
  }

  private mutating func down() {
    isPending = false
    if row < height - 1 {
      row += 1
    } else {
      cells.removeFirst()
      cells.append(Array(repeating: " ", count: columns))
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(scalar)
    if width == 0 {
      let place = isPending ? column : max(0, column - 1)
      cells[row][cells[row][place].isEmpty && place > 0 ? place - 1 : place].unicodeScalars.append(scalar)
      return
    }
    if isPending || column + width > columns {
      column = 0
      down()
    }
    // Half of a wide character that is written over goes.
    if cells[row][column].isEmpty, column > 0 { cells[row][column - 1] = " " }
    if column + width < columns, cells[row][column + width].isEmpty { cells[row][column + width] = " " }
    cells[row][column] = String(Character(scalar))
    if width == 2 { cells[row][column + 1] = "" }
    isPending = column + width >= columns
    column = min(column + width, columns - 1)
  }

  private mutating func sequence(_ rest: inout ArraySlice<Unicode.Scalar>) {
    var code = ""
    if rest.first == "]" {
      while let scalar = rest.popFirst(), scalar != "\u{7}" {}
      return
    }
    guard rest.popFirst() == "[" else {
      unknown.append("ESC")
      return
    }
    while let scalar = rest.popFirst() {
      code.unicodeScalars.append(scalar)
      if (0x40...0x7E).contains(scalar.value) { break }
    }
    let count = Int(code.dropLast()) ?? 1
    switch code.last {
    case "A": (row, isPending) = (max(0, row - count), false)
    case "B": (row, isPending) = (min(height - 1, row + count), false)
    case "C": (column, isPending) = (min(columns - 1, column + count), false)
    case "D": (column, isPending) = (max(0, column - count), false)
    case "K" where code == "K": for place in column..<columns { cells[row][place] = " " }
    case "J" where code == "J":
      for place in column..<columns { cells[row][place] = " " }
      for below in (row + 1)..<max(row + 1, height) { cells[below] = Array(repeating: " ", count: columns) }
    case "m", "h", "l": break
    default: unknown.append(code)
    }
  }
}
