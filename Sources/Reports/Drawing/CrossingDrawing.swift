import Wording

extension Crossing {
  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]

  /// How dark a count is drawn, from 0 (none) to 4 (the largest).
  func shade(_ count: Int) -> Int {
    let largest = largest
    guard count > 0, largest > 0 else { return 0 }
    return min(4, max(1, Int((4 * Double(count) / Double(largest)).rounded(.up))))
  }

  func drawing(_ columns: Int, _ language: Language) -> [String] {
    let all = FigureWords.total[language]
    let heads = self.columns.values.map { Display.safe($0.label) } + [all]
    let labels = rows.values.map { Display.safe($0.label) } + [all]
    let digits = String(total).count
    let label = min(labels.map(Display.width).max() ?? 0, columns * 2 / 5)
    let cells = heads.map { max($0.split(separator: " ").map { Display.width(String($0)) }.max() ?? 0, digits + 3) + 2 }
    if 2 + label + cells.reduce(0, +) > columns { return list(columns, language) }
    var lines = Display.fitted("\(Display.safe(rows.label)) ↓ · \(Display.safe(self.columns.label)) →", to: columns - 2).map { "  " + $0 }
    let wrapped = zip(heads, cells).map { Display.wrapped($0, to: $1 - 2) }
    let tall = wrapped.map(\.count).max() ?? 1
    for line in 0..<tall {
      var text = String.spaces(2 + label)
      for (head, cell) in zip(wrapped, cells) {
        let place = line - (tall - head.count)
        text += Display.padded(left: place >= 0 ? head[place] : "", to: cell)
      }
      lines.append(Display.withoutTail(text))
    }
    for (row, name) in labels.enumerated() {
      let isTotal = row == labels.count - 1
      let names = Display.fitted(name, to: label)
      var text = ""
      for (column, cell) in cells.enumerated() {
        let isLast = column == cells.count - 1
        let count = isTotal ? (isLast ? total : columnTotal(column)) : isLast ? rowTotal(row) : self.count(row, column)
        let shade = isTotal || isLast ? "" : String(repeating: Self.shades[shade(count)], count: 2) + " "
        text += Display.padded(left: shade + Display.padded(left: String(count), to: digits), to: cell)
      }
      lines.append("  " + Display.padded(names[0], to: label) + text)
      lines += names.dropFirst().map { "  " + $0 }
    }
    return lines
  }

  /// For a narrow screen: each value of the rows, and below it the counts of the columns.
  private func list(_ columns: Int, _ language: Language) -> [String] {
    let digits = String(total).count
    var lines = Display.fitted("\(Display.safe(rows.label)) × \(Display.safe(self.columns.label))", to: columns - 2).map { "  " + $0 }
    for (row, value) in rows.values.enumerated() {
      lines += Display.fitted("\(Display.safe(value.label)) · \(FigureWords.total[language]) \(rowTotal(row))", to: columns - 2).map { "  " + $0 }
      // The total says of an empty row that all its counts are 0.
      for (column, other) in self.columns.values.enumerated() where rowTotal(row) > 0 {
        let count = count(row, column)
        let lead = "    " + String(repeating: Self.shades[shade(count)], count: 2) + " " + Display.padded(left: String(count), to: digits) + "  "
        let names = Display.fitted(Display.safe(other.label), to: columns - Display.width(lead))
        lines += names.enumerated().map { ($0.offset == 0 ? lead : String.spaces(Display.width(lead))) + $0.element }
      }
    }
    lines += ["  \(FigureWords.total[language]) \(total)"]
    return lines
  }
}
