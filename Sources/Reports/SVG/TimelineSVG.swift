import Wording

extension Timeline {
  /// The rows of a lane: which stretches of each are taken.
  private struct Rows {
    var taken: [[ClosedRange<Double>]] = [[]]

    mutating func place(_ range: ClosedRange<Double>) -> Int {
      for row in taken.indices where !taken[row].contains(where: { $0.overlaps(range) }) {
        taken[row].append(range)
        return row
      }
      taken.append([range])
      return taken.count - 1
    }
  }

  func picture(_ width: Double, _ language: Language) -> Picture {
    var picture = Picture(width: width)
    let size = picture.size
    let step = picture.lineHeight + 6
    let label = picture.isNarrow ? 8 : min(picture.width * 0.3, (lanes.map { TextWidth.of($0.label, size: size, isBold: true) }.max() ?? 0) + 24)
    let left = max(label, 14)
    let plot = picture.width - left - 14
    let track = Track(low: Double(days.lowerBound), high: Double(max(days.upperBound, days.lowerBound + 1)), width: 1000)
    func x(_ day: Int) -> Double { left + plot * track.fraction(Double(day)) }
    let top = today == nil ? 6.0 : picture.lineHeight + 6
    var y = top
    var listed: [Item] = []
    var shapes = Picture(width: picture.width)
    for (number, lane) in lanes.enumerated() {
      if number > 0 { shapes.line(0, y, picture.width, y, "grid") }
      if picture.isNarrow {
        y += Double(shapes.lines(lane.label, 4, y + picture.lineHeight, width: picture.width - 8, "strong", isBold: true)) * picture.lineHeight + 2
      } else {
        shapes.lines(lane.label, 4, y + picture.lineHeight + 2, width: left - 12, "strong", isBold: true)
      }
      let words = picture.isNarrow ? 1 : TextWidth.wrapped(lane.label, to: left - 12, size: size, isBold: true).count
      var rows = Rows()
      for item in lane.items {
        let stop = item.end ?? (item.kind == .course ? today ?? days.upperBound : item.start)
        guard item.start <= days.upperBound, stop >= days.lowerBound else { continue }
        let from = x(max(item.start, days.lowerBound))
        let to = max(from, x(min(stop, days.upperBound)))
        let text = item.label.isEmpty ? 0 : TextWidth.of(item.label, size: size) + 6
        if item.label.isEmpty {
          let row = bar(lane, at: item, rows: &rows, from: from, x: x) ?? rows.place(from - 8...to + 8)
          draw(item, on: &shapes, from, to, y + Double(row) * step + step / 2 + 3)
        } else if to + 10 + text <= picture.width - 2 {
          let row = rows.place(from - 8...to + 12 + text)
          draw(item, on: &shapes, from, to, y + Double(row) * step + step / 2 + 3)
          shapes.text(item.label, to + 12, y + Double(row) * step + step / 2 + 8, "halo")
        } else if from - 12 - text >= left - 8 {
          let row = rows.place(from - 12 - text...to + 8)
          draw(item, on: &shapes, from, to, y + Double(row) * step + step / 2 + 3)
          shapes.text(item.label, from - 12, y + Double(row) * step + step / 2 + 8, "halo", anchor: .end)
        } else if text <= picture.width - left, from < to {
          let start = max(left - 4, min(from, picture.width - 4 - text))
          let above = rows.place(start - 8...max(to, start + text) + 8)
          rows.taken.append([from - 8...to + 8])
          let row = rows.taken.count - 1
          shapes.text(item.label, start, y + Double(above) * step + step / 2 + 8, "halo")
          draw(item, on: &shapes, from, to, y + Double(row) * step + step / 2 + 3)
        } else {
          listed.append(item)
          let row = rows.place(from - 8...to + 8)
          draw(item, on: &shapes, from, to, y + Double(row) * step + step / 2 + 3)
        }
      }
      y += max(Double(rows.taken.count) * step, Double(words) * picture.lineHeight + 6) + 6
    }
    if let today, days.contains(today) {
      picture.line(x(today), top - 2, x(today), y, "guide")
      let word = FigureWords.today[language]
      let half = TextWidth.of(word, size: size) / 2
      picture.text(word, min(max(x(today), half + 2), picture.width - half - 2), picture.size + 1, "muted", anchor: .middle)
    }
    for line in shapes.body { picture.append(line) }
    picture.line(left, y, left + plot, y, "axis")
    var end = -Double.infinity
    for mark in marks(atMost: Int(plot / 60), language) {
      let half = TextWidth.of(mark.label, size: size) / 2
      let middle = min(max(x(mark.day), half), picture.width - half)
      picture.line(x(mark.day), y, x(mark.day), y + 5, "axis")
      if middle - half < end + 6 { continue }
      end = middle + half
      picture.text(mark.label, middle, y + 6 + picture.lineHeight * 0.8, "muted", anchor: .middle)
    }
    y += 6 + picture.lineHeight
    if ticks.isEmpty {
      y += picture.lineHeight * 0.9
      picture.text(FigureWords.day[language], left + plot, y, "muted", anchor: .end)
    }
    for item in listed {
      y += picture.lineHeight
      draw(item, on: &picture, 14, 14, y - 5)
      y += Double(picture.lines(item.text(language), 30, y, width: picture.width - 38) - 1) * picture.lineHeight
    }
    y = key(&picture, y + 6, language)
    picture.height = y + 12
    return picture
  }

  /// The row of the course or window of the same lane over which a day's sign is drawn.
  private func bar(_ lane: Lane, at item: Item, rows: inout Rows, from: Double, x: (Int) -> Double) -> Int? {
    guard item.kind == .dose || item.kind == .missed || item.kind == .due else { return nil }
    let course = lane.items.first { $0.kind == .course && $0.start <= item.start && item.start <= ($0.end ?? today ?? days.upperBound) }
    guard let course else { return nil }
    let start = x(max(course.start, days.lowerBound))
    return rows.taken.indices.last { row in rows.taken[row].contains { abs($0.lowerBound - (start - 8)) < 0.01 && $0.upperBound >= from } }
  }

  /// The sign of an item: a bar, or a shape that no other kind has.
  private func draw(_ item: Item, on picture: inout Picture, _ from: Double, _ to: Double, _ y: Double) {
    switch item.kind {
    case .course:
      picture.rectangle(from, y - 4, max(3, to - from), 8, "f0", radius: 3)
      if item.end == nil { picture.path([(to - 1, y - 8), (to + 8, y), (to - 1, y + 8)], "f0", isClosed: true) }
    case .window: picture.rectangle(from, y - 6, max(6, to - from), 12, "window", radius: 2)
    case .dose: picture.circle(from, y, 5, "open")
    case .due:
      picture.circle(from, y, 5, "open")
      picture.circle(from, y, 1.5, "solid")
    case .missed:
      picture.circle(from, y, 7, "paper")
      picture.line(from - 5, y - 5, from + 5, y + 5, "mark")
      picture.line(from - 5, y + 5, from + 5, y - 5, "mark")
    case .procedure: picture.path([(from, y - 7), (from + 7, y), (from, y + 7), (from - 7, y)], "f1", isClosed: true)
    case .finding: picture.path([(from, y - 6), (from + 6.5, y + 5), (from - 6.5, y + 5)], "f2", isClosed: true)
    case .test: picture.rectangle(from - 5, y - 5, 10, 10, "open")
    case .note: picture.circle(from, y, 3, "solid")
    }
  }

  /// The signs in use with their names.
  private func key(_ picture: inout Picture, _ top: Double, _ language: Language) -> Double {
    var x = 14.0
    var y = top + picture.lineHeight
    for kind in Kind.allCases where lanes.contains(where: { $0.items.contains { $0.kind == kind } }) {
      let word = FigureWords.kindName(kind)[language]
      let width = 16 + TextWidth.of(word, size: picture.size) + 16
      if x + width > picture.width, x > 14 {
        x = 14
        y += picture.lineHeight
      }
      let isBar = kind == .course || kind == .window
      draw(Item("", "", kind, from: 0, to: 0), on: &picture, isBar ? x - 8 : x, isBar ? x + 6 : x, y - 5)
      picture.text(word, x + 12, y, "muted")
      x += width
    }
    return y
  }
}
