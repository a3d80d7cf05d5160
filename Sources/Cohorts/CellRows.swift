import Wording

/// A cell of a line of values with separators.
struct Cell {
  enum Fault: Sendable {
    /// The quotation mark before it isn't closed: it goes to the end.
    case open
    /// Something stands between the quotation mark behind it and the separator.
    case followed
  }

  /// Its bytes without quotes around it; quotes inside stand twice.
  let bytes: UnsafeRawBufferPointer
  let hasQuotes: Bool
  let fault: Fault?

  /// The bytes where they stand, unless some quote inside stands twice.
  var text: String {
    let text = String(decoding: bytes, as: UTF8.self)
    return hasQuotes ? text.replacing("\"\"", with: "\"") : text
  }
}

/// Rows of CSV, as RFC 4180 has them, or of values with tabs between.
struct CellRows {
  private let bytes: [UInt8]
  private let separator: UInt8
  private(set) var place = 0

  init(_ bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  /// The next row that isn't empty; nil at the end. The cells are good as long as these rows are.
  mutating func next() -> [Cell]? {
    bytes.withUnsafeBytes { buffer in
      while place < buffer.count {
        var cells: [Cell] = []
        Self.row(buffer, &place, separator) { cells.append($0) }
        if cells.count > 1 || cells[0].bytes.count > 0 { return cells }
      }
      return nil
    }
  }

  /// Hands over the cells of the row at a place, and moves behind it.
  @inline(__always)
  static func row(_ buffer: UnsafeRawBufferPointer, _ place: inout Int, _ separator: UInt8, _ body: (Cell) -> Void) {
    let count = buffer.count
    while true {
      if place < count, buffer[place] == 0x22 {
        place += 1
        let start = place
        var doubled = false
        while place < count {
          if buffer[place] == 0x22 {
            if place + 1 < count, buffer[place + 1] == 0x22 {
              doubled = true
              place += 1
            } else {
              break
            }
          }
          place += 1
        }
        let end = place
        var fault: Cell.Fault? = place < count ? nil : .open
        if place < count { place += 1 }
        while place < count, buffer[place] != separator, buffer[place] != 0x0A {
          if buffer[place] != 0x20, buffer[place] != 0x0D { fault = .followed }
          place += 1
        }
        body(Cell(bytes: UnsafeRawBufferPointer(rebasing: buffer[start..<end]), hasQuotes: doubled, fault: fault))
      } else {
        let start = place
        while place < count, buffer[place] != separator, buffer[place] != 0x0A { place += 1 }
        var end = place
        if end > start, end == count || buffer[end] == 0x0A, buffer[end - 1] == 0x0D { end -= 1 }
        body(Cell(bytes: UnsafeRawBufferPointer(rebasing: buffer[start..<end]), hasQuotes: false, fault: nil))
      }
      guard place < count else { return }
      place += 1
      if buffer[place - 1] == 0x0A { return }
    }
  }

  /// Where the first and the last whole row end, and how many there are.
  static func ends(_ bytes: [UInt8], separator: UInt8) -> (first: Int?, last: Int, count: Int) {
    // Without quotation marks every line is a row.
    if !bytes.contains(0x22) {
      guard let first = bytes.firstIndex(of: 0x0A), let last = bytes.lastIndex(of: 0x0A) else { return (nil, 0, 0) }
      return (first + 1, last + 1, LineChunks.lineEnds(bytes))
    }
    var found: (first: Int?, last: Int, count: Int) = (nil, 0, 0)
    bytes.withUnsafeBytes { buffer in
      var place = 0
      while place < buffer.count {
        var isOpen = false
        row(buffer, &place, separator) { if $0.fault == .open { isOpen = true } }
        guard !isOpen, buffer[place - 1] == 0x0A else { return }
        if found.first == nil { found.first = place }
        found.last = place
        found.count += 1
      }
    }
    return found
  }

  /// A text as a cell of CSV.
  static func quoted(_ text: String) -> String {
    text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
