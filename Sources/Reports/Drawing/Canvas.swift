/// A grid of terminal cells to draw on; what falls outside is not drawn.
struct Canvas {
  let width: Int
  private(set) var cells: [[Character?]]

  init(width: Int, height: Int) {
    self.width = max(0, width)
    cells = Array(repeating: Array(repeating: " ", count: max(0, width)), count: max(0, height))
  }

  var height: Int { cells.count }

  /// Writes one cell. Characters that take no or two columns are for `text`.
  mutating func put(_ character: Character, _ row: Int, _ column: Int) {
    guard cells.indices.contains(row), column >= 0, column < width else { return }
    cells[row][column] = character
  }

  /// Writes a text from a cell on, as far as it fits; a combining mark stays with its letter.
  mutating func text(_ text: String, _ row: Int, _ column: Int) {
    guard cells.indices.contains(row) else { return }
    var place = column
    for character in Display.safe(text) {
      let size = Display.width(String(character))
      if size == 0 { continue }
      if place >= 0, place + size <= width {
        cells[row][place] = character
        if size == 2 { cells[row][place + 1] = nil }
      }
      place += size
    }
  }

  /// Whether cells of a row are blank.
  func isBlank(_ row: Int, _ columns: Range<Int>) -> Bool {
    guard cells.indices.contains(row) else { return false }
    return columns.allSatisfy { $0 < 0 || $0 >= width || cells[row][$0] == " " }
  }

  mutating func addRow() { cells.append(Array(repeating: " ", count: width)) }

  /// The rows as lines, without spaces at their ends.
  var lines: [String] {
    cells.map { row in
      var line = String(row.compactMap { $0 })
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

/// A scale from numbers to columns.
struct Track {
  let low: Double
  let high: Double
  let width: Int
  let isLogarithmic: Bool

  /// A linear or logarithmic scale; a range without extent or, on a logarithmic scale, not above 0 is widened.
  init(low: Double, high: Double, width: Int, isLogarithmic: Bool = false) {
    var (low, high) = (low.isFinite ? low : 0, high.isFinite ? high : 1)
    if isLogarithmic {
      low = max(low, 1e-6)
      if high <= low { high = low * 10 }
    } else if high <= low {
      high = low + 1
    }
    self.low = low
    self.high = high
    self.width = max(2, width)
    self.isLogarithmic = isLogarithmic
  }

  /// Where a number lies, from 0 (low) to 1 (high); numbers outside lie at the ends.
  func fraction(_ value: Double) -> Double {
    guard value.isFinite else { return value > 0 ? 1 : 0 }
    let share =
      isLogarithmic
      ? (Logarithm.natural(max(value, 1e-6)) - Logarithm.natural(low)) / (Logarithm.natural(high) - Logarithm.natural(low))
      : (value - low) / (high - low)
    return min(1, max(0, share))
  }

  /// The column of a number, from 0 to width - 1.
  func column(_ value: Double) -> Int { Int((fraction(value) * Double(width - 1)).rounded()) }

  /// Round numbers within the range, at most so many, ascending.
  func ticks(atMost limit: Int) -> [Double] {
    if isLogarithmic {
      for steps in [[1.0, 2, 5], [1.0, 3], [1.0]] {
        let found = decades().flatMap { decade in steps.map { $0 * decade } }.filter { $0 >= low * 0.999999 && $0 <= high * 1.000001 }
        if found.count >= 2, found.count <= max(2, limit) { return found }
      }
      return [low, high]
    }
    var step = 1e-6
    let factors = [2.0, 2.5, 2.0]
    var turn = 0
    while (high - low) / step > Double(max(1, limit - 1)) {
      step *= factors[turn % 3]
      turn += 1
      if turn > 120 { break }
    }
    var ticks: [Double] = []
    var index = (low / step - 1e-9).rounded(.up)
    while index * step <= high + step * 1e-9, ticks.count <= limit + 1 {
      ticks.append(index * step)
      index += 1
    }
    return ticks
  }

  private func decades() -> [Double] {
    var decade = 1.0
    while decade > low, decade > 1e-7 { decade /= 10 }
    var all: [Double] = []
    while decade <= high, all.count < 40 {
      all.append(decade)
      decade *= 10
    }
    return all
  }
}

/// The natural logarithm, by its series: no C library is asked for a drawing's sake.
enum Logarithm {
  static func natural(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    let part = value.significand
    let x = (part - 1) / (part + 1)
    var power = x
    var sum = 0.0
    for odd in stride(from: 1, through: 41, by: 2) {
      sum += power / Double(odd)
      power *= x * x
    }
    return 2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3
  }
}
