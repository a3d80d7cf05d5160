import Wording

extension Timeline.Kind {
  /// The sign of a single day.
  var sign: Character {
    switch self {
    case .course: "━"
    case .window: "░"
    case .dose: "●"
    case .due: "○"
    case .missed: "×"
    case .procedure: "◆"
    case .finding: "▲"
    case .test: "□"
    case .note: "·"
    }
  }
}

extension Timeline {
  /// The marks of the axis: those given, or days at round distances.
  func marks(atMost limit: Int, _ language: Language) -> [Tick] {
    if !ticks.isEmpty { return ticks.filter { days.contains($0.day) }.sorted { $0.day < $1.day } }
    let span = days.upperBound - days.lowerBound
    let step = [1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820, 3640].first { span / $0 < max(2, limit) } ?? 36400
    var marks: [Tick] = []
    var day = days.lowerBound
    while day <= days.upperBound, marks.count <= limit {
      marks.append(Tick(day, String(day)))
      day += step
    }
    return marks
  }

  func drawing(_ columns: Int, _ language: Language) -> [String] {
    let labels = lanes.map { Display.safe($0.label) }
    let widest = labels.map(Display.width).max() ?? 0
    let isWide = widest + 3 <= columns * 2 / 5
    let margin = isWide ? widest + 3 : 2
    let width = columns - margin - 1
    let track = Track(low: Double(days.lowerBound), high: Double(max(days.upperBound, days.lowerBound + 1)), width: width)
    let now = today.flatMap { days.contains($0) ? track.column(Double($0)) : nil }
    var lines: [String] = []
    let axis = AxisLine(
      marks(atMost: width / 8, language).map { (column: track.column(Double($0.day)), label: Display.safe($0.label)) }, width: width, margin: margin,
      total: columns)
    if let now {
      let word = FigureWords.today[language] + " ▼"
      let text =
        margin + now >= Display.width(word)
        ? Display.padded(left: word, to: margin + now + 1)
        : String.spaces(margin + now) + "▼ "
          + FigureWords.today[language]
      lines.append(Display.withoutTail(text))
    }
    var listed: [String] = []
    for (place, lane) in lanes.enumerated() {
      let (drawn, left) = draw(lane, track, now)
      listed += left.map { "  \($0.kind.sign) \($0.text(language))" }
      if !isWide { lines += Display.fitted(labels[place], to: columns) }
      for (number, line) in drawn.enumerated() {
        lines.append(Display.withoutTail(Display.padded(isWide && number == 0 ? labels[place] : "", to: margin) + line))
      }
    }
    lines.append(String.spaces(margin) + axis.line)
    lines.append(axis.labels)
    if ticks.isEmpty { lines.append(Display.padded(left: FigureWords.day[language], to: columns - 1)) }
    lines += listed.flatMap { line in
      Display.fitted(line.trimmedLead, to: columns - 4).enumerated().map { ($0.offset == 0 ? "  " : "    ") + $0.element }
    }
    let kinds = Kind.allCases.filter { kind in lanes.contains { $0.items.contains { $0.kind == kind } } }
    return lines + Display.joined(kinds.map { "\($0.sign) \(FigureWords.kindName($0)[language])" }, by: " · ", to: columns - 2).map { "  " + $0 }
  }

  /// The lines of a lane, and the items whose label found no place beside their sign.
  private func draw(_ lane: Lane, _ track: Track, _ now: Int?) -> (lines: [String], left: [Item]) {
    var canvas = Canvas(width: track.width, height: 1)
    var left: [Item] = []
    func blank(_ row: Int, _ from: Int, _ to: Int) -> Bool {
      from >= 0 && to < track.width && canvas.isBlank(row, max(0, from - 1)..<min(track.width, to + 2))
    }
    for item in lane.items {
      let stop = item.end ?? (item.kind == .course ? today ?? days.upperBound : item.start)
      guard item.start <= days.upperBound, stop >= days.lowerBound else { continue }
      let from = track.column(Double(max(item.start, days.lowerBound)))
      let to = max(from, track.column(Double(min(stop, days.upperBound))))
      let text = Display.safe(item.label)
      let size = text.isEmpty ? 0 : Display.width(text) + 1
      var row = 0
      var start: Int?
      if size > 0, to + size < track.width || from - size >= 0 {
        while start == nil {
          if row >= canvas.height { canvas.addRow() }
          if to + size < track.width, blank(row, from, to + size) {
            start = to + 2
          } else if from - size >= 0, blank(row, from - size, to) {
            start = from - size
          } else {
            row += 1
          }
        }
      } else if size > 0, from < to, size <= track.width {
        // A long bar: its label stands on the line above it.
        let above = min(from, track.width - size)
        while !canvas.isBlank(row, above..<above + size) || (row + 1 < canvas.height && !canvas.isBlank(row + 1, from..<to + 1)) {
          row += 1
          if row >= canvas.height { canvas.addRow() }
        }
        canvas.text(text, row, above)
        row += 1
        if row >= canvas.height { canvas.addRow() }
      } else if size > 0 {
        left.append(item)
      }
      if start == nil, let bar = bar(canvas, from, to, item.kind) {
        row = bar
      } else if start == nil {
        while !canvas.isBlank(row, from - 1..<to + 2) {
          row += 1
          if row >= canvas.height { canvas.addRow() }
        }
      }
      draw(item, on: &canvas, row, from, to)
      if let start { canvas.text(text, row, start) }
    }
    if let now {
      for row in 0..<canvas.height where canvas.isBlank(row, now - 1..<now + 2) { canvas.put("┊", row, now) }
    }
    return (canvas.lines, left)
  }

  /// The row with a bar or another day's sign, on which a day's sign may be drawn.
  private func bar(_ canvas: Canvas, _ from: Int, _ to: Int, _ kind: Kind) -> Int? {
    guard from == to, kind != .course, kind != .window else { return nil }
    let signs: [Character] = ["━", "┣", "░", "●", "○", "×"]
    return (0..<canvas.height).first { row in canvas.cells[row][from].map { signs.contains($0) } ?? false }
  }

  private func draw(_ item: Item, on canvas: inout Canvas, _ row: Int, _ from: Int, _ to: Int) {
    for column in from...to { canvas.put(item.kind.sign, row, column) }
    guard item.kind == .course, from < to || item.end == nil else { return }
    canvas.put("┣", row, from)
    canvas.put(item.end == nil ? "▶" : "┫", row, to)
  }
}

extension Timeline.Item {
  /// The day and the label, for the list below a drawing.
  func text(_ language: Language) -> String {
    "\(FigureWords.day[language]) \(start)" + (end.map { $0 == start ? "" : " \(FigureWords.to[language]) \($0)" } ?? "") + ": " + Display.safe(label)
  }
}

extension String {
  var trimmedLead: String { String(drop { $0 == " " }) }
}
