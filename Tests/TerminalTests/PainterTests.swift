import Testing

@testable import Terminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers that look random and are the same each time.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite("Drawing the prompt")
struct PainterTests {
  private static let letters = Array("abc xyz αβγ άώϊ 12. 語界 😀").map(String.init) + ["\n"]

  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  /// The rows of a text from a margin to the other, worked out by hand: a wide character doesn't stand on both.
  private func rows(_ prompt: String, _ continuation: String, _ text: String, columns: Int) -> [[String]] {
    var rows: [[String]] = [[]]
    func add(_ scalar: Unicode.Scalar) {
      let width = Emulator.width(scalar)
      if rows[rows.count - 1].count + width > columns { rows.append([]) }
      rows[rows.count - 1].append(String(Character(scalar)))
      if width == 2 { rows[rows.count - 1].append("") }
    }
    for scalar in prompt.unicodeScalars { add(scalar) }
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        rows.append([])
        for scalar in continuation.unicodeScalars { add(scalar) }
      } else {
        add(scalar)
      }
    }
    if rows[rows.count - 1].count == columns { rows.append([]) }
    return rows
  }

  @Test("after any changes of a line the screen is what the line is, cell for cell, and the cursor behind it", arguments: 0..<400)
  func random(seed: Int) {
    var numbers = Seeded(state: UInt64(seed))
    let columns = Int.random(in: 12...40, using: &numbers)
    let height = Int.random(in: 4...12, using: &numbers)
    var screen = Emulator(columns: columns, height: height)
    let before = Int.random(in: 0..<(height * 2), using: &numbers)
    for number in 0..<before { screen.feed("output \(number)\r\n") }
    var above = (0..<before).map { Array("output \($0)").map(String.init) }
    var base = max(0, above.count + 1 - height)
    var painter = Painter()
    painter.start()
    var text: [String] = []
    for _ in 0..<30 {
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0 where !text.isEmpty: text.removeLast(Int.random(in: 1...text.count, using: &numbers))
      case 1 where !text.isEmpty: text.remove(at: Int.random(in: 0..<text.count, using: &numbers))
      case 2: text += (0..<Int.random(in: 1...40, using: &numbers)).map { _ in Self.letters.randomElement(using: &numbers) ?? "a" }
      default:
        text.insert(Self.letters.randomElement(using: &numbers) ?? "a", at: Int.random(in: 0...text.count, using: &numbers))
      }
      let line = text.joined()
      let styles = line.unicodeScalars.map { _ in Bool.random(using: &numbers) ? CellStyle.plain : CellStyle(colour: 2) }
      var picture = Picture(
        columns: columns, prompt: "islet> ", promptStyle: .bold, continuation: "  ...> ", line: line, cursor: line.unicodeScalars.count, styles: styles)
      var wanted = rows("islet> ", "  ...> ", line, columns: columns)
      let cursor = (row: wanted.count - 1, column: wanted[wanted.count - 1].count)
      if wanted.count + 2 <= height, Bool.random(using: &numbers) {
        for _ in 0..<2 {
          picture.addRow([("> menu 語", CellStyle(isReversed: true))])
          wanted.append("> menu 語".unicodeScalars.flatMap { Emulator.width($0) == 2 ? [String(Character($0)), ""] : [String(Character($0))] })
        }
      }
      screen.feed(painter.bytes(for: picture, height: height, isSynchronised: true))
      let first = wanted.count > height ? min(max(0, cursor.row - height + 1), wanted.count - height) : 0
      let canvas = above + wanted[first..<min(wanted.count, first + height)]
      base = max(base, canvas.count - height)
      for row in 0..<height {
        let cells = base + row < canvas.count ? canvas[base + row] : []
        #expect(screen.cells[row] == cells + Array(repeating: " ", count: columns - cells.count), "row \(row)")
      }
      #expect(screen.row == above.count + cursor.row - first - base && screen.column == cursor.column)
      #expect(screen.unknown.isEmpty)
      if Int.random(in: 0..<12, using: &numbers) == 0 {
        // The line is run: the next prompt takes the row below.
        screen.feed(
          painter.bytes(
            for: Picture(columns: columns, prompt: "islet> ", promptStyle: .bold, continuation: "", line: "x", cursor: 1, styles: []), height: height,
            isSynchronised: true))
        screen.feed(painter.end())
        above.append(Array("islet> x").map(String.init))
        base = max(base, above.count + 1 - height)
        text = []
      }
    }
  }

  @Test("a hint keeps to its row, and an ellipsis says that it goes on")
  func hint() {
    var picture = Picture(columns: 12, prompt: "> ", promptStyle: .plain, continuation: "", line: "ab", cursor: 2, styles: [])
    picture.addHint("cdefghijklmn", style: .dim)
    #expect(picture.rows.map { $0.map(\.text).joined() } == ["> abcdefghi…"])
    #expect(picture.cursor == (0, 4))
    var wide = Picture(columns: 8, prompt: "> ", promptStyle: .plain, continuation: "", line: "a", cursor: 1, styles: [])
    wide.addHint("語語語", style: .dim)
    #expect(wide.rows.map { $0.map(\.text).joined() } == ["> a語語…"])
  }

  @Test("a character typed at the end costs itself alone; colour and hint behind it cost no second update")
  func cheap() {
    var painter = Painter()
    painter.start()
    func picture(_ line: String) -> Picture {
      Picture(columns: 80, prompt: "> ", promptStyle: .plain, continuation: "", line: line, cursor: line.count, styles: [])
    }
    _ = painter.bytes(for: picture("ab"), height: 24, isSynchronised: true)
    #expect(painter.bytes(for: picture("abc"), height: 24, isSynchronised: true) == "c")
    #expect(painter.bytes(for: picture("abc"), height: 24, isSynchronised: true) == "")
  }
}
