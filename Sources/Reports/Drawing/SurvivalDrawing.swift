import Wording

extension SurvivalCurves {
  /// The characters that draw an arm: along, down, corner at the top right, corner at the bottom left.
  private static let pens: [[Character]] = [
    ["━", "┃", "┓", "┗"], ["─", "│", "┐", "└"], ["═", "║", "╗", "╚"], ["╌", "┆", "┐", "└"],
  ]
  private static let shades: [Character] = ["░", "▒"]

  static func pen(_ arm: Int) -> String { String(repeating: pens[arm % pens.count][0], count: 2) }

  func drawing(_ columns: Int, _ language: Language) -> [String] {
    let margin = 6
    let width = columns - margin - 1
    let height = columns < 60 ? 8 : columns < 76 ? 12 : columns < 120 ? 16 : 20
    let track = Track(low: 0, high: end, width: width)
    var canvas = Canvas(width: width, height: height + 1)
    func row(_ survival: Double) -> Int { Int((Double(height) * (1 - min(1, max(0, survival)))).rounded()) }
    for column in stride(from: 1, to: width, by: 2) { canvas.put("·", height / 2, column) }
    for (place, arm) in arms.enumerated().reversed() where !arm.band.isEmpty {
      for column in 0..<width {
        let time = end * Double(column) / Double(width - 1)
        guard let bounds = arm.band.last(where: { $0.time <= time }) else { continue }
        for line in row(bounds.high)...max(row(bounds.high), row(bounds.low)) {
          canvas.put(Self.shades[place % Self.shades.count], line, column)
        }
      }
    }
    var censorMarks = false
    for (place, arm) in arms.enumerated().reversed() {
      let pen = Self.pens[place % Self.pens.count]
      var before = row(1)
      let last = arm.steps.last?.time ?? 0
      let stop = track.column(max(last, arm.censored.max() ?? last))
      for column in 0...min(max(stop, 0), width - 1) {
        let now = row(arm.survival(at: end * Double(column) / Double(width - 1) + 1e-9))
        if now > before {
          canvas.put(pen[2], before, column)
          for line in before + 1..<max(now, before + 1) { canvas.put(pen[1], line, column) }
          canvas.put(pen[3], now, column)
        } else {
          canvas.put(pen[0], now, column)
        }
        before = now
      }
      let marks = Set(arm.censored.filter { $0 >= 0 && $0 <= end }.map(track.column))
      if !marks.isEmpty, marks.count <= width / 4 {
        censorMarks = true
        for column in marks { canvas.put("+", row(arm.survival(at: end * Double(column) / Double(width - 1))), column) }
      }
    }
    var lines: [String] = endpoint.isEmpty ? [] : Display.fitted("% " + Display.safe(endpoint), to: columns - 2).map { "  " + $0 }
    for (place, line) in canvas.lines.enumerated() {
      let label = place % (height / 4) == 0 ? String(100 - 100 * place / height) : ""
      lines.append(Display.padded(left: label, to: margin - 2) + (label.isEmpty ? " │" : " ┤") + line)
    }
    let marks = ticks.filter { $0 >= 0 && $0 <= end }.map { (column: track.column($0), label: Numeral.short($0)) }
    let atRisk = arms.contains { !$0.atRisk.isEmpty }
    let counted = ticks.enumerated().filter { $0.element >= 0 && $0.element <= end }.map { tick in
      let widest = arms.compactMap { tick.offset < $0.atRisk.count ? String($0.atRisk[tick.offset]) : nil }.max { $0.count < $1.count } ?? ""
      return (column: track.column(tick.element), label: Display.padded(Numeral.short(tick.element), to: widest.count))
    }
    let shown = Set(AxisLine.thinned(counted, margin: margin, total: columns).map(\.column))
    let axis = AxisLine(marks.filter { shown.contains($0.column) }, width: width, margin: margin, total: columns)
    lines.append(String.spaces(margin - 1) + "└" + axis.line)
    lines.append(axis.labels)
    let unit = Display.safe(timeUnit)
    if atRisk {
      let words = "  " + FigureWords.atRisk[language]
      lines.append(words + Display.padded(left: unit, to: max(1 + Display.width(unit), columns - Display.width(words) - 1)))
      for (place, arm) in arms.enumerated() where !arm.atRisk.isEmpty {
        var line = Canvas(width: columns, height: 1)
        line.text(Self.pen(place), 0, 2)
        for (tick, time) in ticks.enumerated() where tick < arm.atRisk.count && time >= 0 && time <= end && shown.contains(track.column(time)) {
          let text = String(arm.atRisk[tick])
          line.text(text, 0, min(max(5, margin + track.column(time) - text.count / 2), columns - text.count))
        }
        lines += line.lines
      }
    } else {
      lines.append(Display.padded(left: unit, to: columns - 1))
    }
    return lines.map { Display.width($0) > columns ? Display.fitted($0, to: columns)[0] : $0 } + legend(columns, language, censorMarks)
  }

  private func legend(_ columns: Int, _ language: Language, _ censorMarks: Bool) -> [String] {
    var lines: [String] = []
    for (place, arm) in arms.enumerated() {
      var parts = [Display.safe(arm.label), "n \(arm.count)"]
      switch arm.median {
      case .reached(let time): parts.append("\(FigureWords.median[language]) \(Numeral.short(time)) \(Display.safe(timeUnit))")
      case .notReached: parts.append("\(FigureWords.median[language]) \(FigureWords.notReached[language])")
      case .unstated: break
      }
      if !arm.censored.isEmpty { parts.append(FigureWords.censored(arm.censored.count)[language] + (censorMarks ? " (+)" : "")) }
      if !arm.band.isEmpty { parts.append("\(Self.shades[place % Self.shades.count]) " + FigureWords.band[language]) }
      for (number, line) in Display.joined(parts, by: " · ", to: columns - 5).enumerated() {
        lines.append("  " + (number == 0 ? Self.pen(place) : "  ") + " " + line)
      }
    }
    return lines
  }
}
