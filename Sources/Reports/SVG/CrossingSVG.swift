import Wording

extension Crossing {
  func picture(_ width: Double, _ language: Language) -> Picture {
    var picture = Picture(width: width)
    let size = picture.size
    let all = FigureWords.total[language]
    let heads = columns.values.map(\.label) + [all]
    let label = min(picture.width * 0.34, ((rows.values.map(\.label) + [all]).map { TextWidth.of($0, size: size) }.max() ?? 0) + 16)
    let cell = (picture.width - label - 8) / Double(max(1, heads.count))
    let widest = heads.flatMap { $0.split(separator: " ").map { TextWidth.of(String($0), size: size) } }.max() ?? 0
    if cell < max(44, widest + 4) { return list(picture, language) }
    let step = picture.lineHeight
    var y = step
    y += Double(picture.lines("\(rows.label) ↓ · \(columns.label) →", 8, y, width: picture.width - 16, "muted") - 1) * step
    let wrapped = heads.map { TextWidth.wrapped($0, to: cell - 4, size: size) }
    let tall = wrapped.map(\.count).max() ?? 1
    for (column, lines) in wrapped.enumerated() {
      for (place, line) in lines.enumerated() {
        picture.text(line, label + cell * (Double(column) + 0.5), y + Double(place + 1 + tall - lines.count) * step, "strong", anchor: .middle)
      }
    }
    y += Double(tall) * step + 8
    for row in 0...rows.values.count {
      let isTotal = row == rows.values.count
      let count = picture.lines(isTotal ? all : rows.values[row].label, 8, y + step, width: label - 12, "strong")
      let height = max(step * 1.6, Double(count) * step + 8)
      for column in heads.indices {
        let isLast = column == heads.count - 1
        let number = isTotal ? (isLast ? total : columnTotal(column)) : isLast ? rowTotal(row) : self.count(row, column)
        let x = label + cell * Double(column)
        if !isTotal, !isLast {
          picture.rectangle(x + 1, y + 1, cell - 2, height - 2, "cell")
          let shade = shade(number)
          if shade > 0 { picture.rectangle(x + 1, y + 1, cell - 2, height - 2, "h\(shade)") }
        }
        picture.text(String(number), x + cell / 2, y + height / 2 + 5, isTotal || isLast ? "muted" : "", anchor: .middle)
      }
      y += height
    }
    picture.height = y + 8
    return picture
  }

  /// For a narrow screen: a bar for each cell, below the value of the rows.
  private func list(_ start: Picture, _ language: Language) -> Picture {
    var picture = start
    let step = picture.lineHeight
    let scale = Double(max(1, largest))
    let digits = TextWidth.of(String(total), size: picture.size) + 8
    let label = picture.width * 0.42
    let room = picture.width - label - digits - 16
    var y = step
    y += Double(picture.lines("\(rows.label) × \(columns.label)", 8, y, width: picture.width - 16, "muted")) * step
    for (row, value) in rows.values.enumerated() {
      y += 4
      let words = "\(value.label) · \(FigureWords.total[language]) \(rowTotal(row))"
      y += Double(picture.lines(words, 8, y, width: picture.width - 16, "strong", isBold: true)) * step
      // The total says of an empty row that all its counts are 0.
      for (column, other) in columns.values.enumerated() where rowTotal(row) > 0 {
        let number = count(row, column)
        let lines = picture.lines(other.label, 16, y, width: label - 20)
        if number > 0 { picture.rectangle(label, y - 12, max(1.5, room * Double(number) / scale), 14, "f0") }
        picture.text(String(number), picture.width - 8, y, anchor: .end)
        y += Double(lines) * step
      }
    }
    y += 4
    picture.text("\(FigureWords.total[language]) \(total)", 8, y, "strong")
    picture.height = y + 10
    return picture
  }
}
