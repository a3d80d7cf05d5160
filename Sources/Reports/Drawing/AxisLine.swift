/// An axis of a terminal drawing: a line with ticks, and the labels below it.
struct AxisLine {
  let line: String
  let labels: String

  /// Labels that would touch their neighbour are left out, the first and last are kept where they fit.
  /// - Parameter margin: the columns left of the line, over which a label may reach.
  init(_ marks: [(column: Int, label: String)], width: Int, margin: Int, total: Int) {
    var cells = Array(repeating: Character("─"), count: max(0, width))
    var text = Canvas(width: total, height: 1)
    var end = -1
    var shown = Self.thinned(marks, margin: margin, total: total)
    shown.sort { $0.column < $1.column }
    for mark in shown {
      if cells.indices.contains(mark.column) { cells[mark.column] = "┬" }
      let size = Display.width(mark.label)
      let start = min(max(0, margin + mark.column - size / 2), total - size)
      if start <= end { continue }
      text.text(mark.label, 0, start)
      end = start + size
    }
    line = String(cells)
    labels = text.lines[0]
  }

  /// Every mark, or every second, third … so that labels don't touch.
  static func thinned(_ marks: [(column: Int, label: String)], margin: Int, total: Int) -> [(column: Int, label: String)] {
    for step in 1...max(1, marks.count) {
      let some = marks.enumerated().filter { $0.offset % step == 0 }.map(\.element)
      var end = -2
      let fits = some.allSatisfy { mark in
        let size = Display.width(mark.label)
        let start = min(max(0, margin + mark.column - size / 2), total - size)
        defer { end = start + size }
        return start > end
      }
      if fits { return some }
    }
    return Array(marks.prefix(1))
  }
}
