import Wording

/// What forest plots and range charts share: labelled lines over an axis, a panel for each cohort.
struct PanelDrawing {
  let columns: Int
  /// The columns of the labels at the left; 0: each label stands on a line of its own.
  let labelWidth: Int
  let valueWidth: Int
  let track: Track

  /// Labels, values and drawing side by side where half the width is left for the drawing, else the words above it.
  init(columns: Int, labels: [String], values: [String], low: Double, high: Double, isLogarithmic: Bool) {
    self.columns = columns
    let label = labels.map(Display.width).max() ?? 0
    let value = values.map(Display.width).max() ?? 0
    let isWide = label + value + 6 <= columns / 2
    labelWidth = isWide ? label + 2 : 0
    valueWidth = isWide ? value + 2 : 0
    track = Track(low: low, high: high, width: columns - labelWidth - valueWidth - 4, isLogarithmic: isLogarithmic)
  }

  var margin: Int { 2 + labelWidth + valueWidth }

  func row(label: String, value: String, track drawing: String) -> [String] {
    if labelWidth > 0 {
      return ["  " + Display.padded(label, to: labelWidth) + Display.padded(value, to: valueWidth) + drawing].map(Display.withoutTail)
    }
    let whole = label + "  " + value
    let words =
      Display.width(whole) <= columns - 2 ? [whole] : Display.fitted(label, to: columns - 2) + Display.fitted(value, to: columns - 4).map { "  " + $0 }
    return (words + [drawing]).map { Display.withoutTail("  " + $0) }
  }

  /// The axis with its labels.
  ///
  /// - Parameter unit: stands at each label where it is %, else below the axis.
  func axis(_ unit: String = "") -> [String] {
    let sign = unit == "%" ? unit : ""
    let marks = track.ticks(atMost: max(3, track.width / 7)).map { (column: track.column($0), label: Numeral.axis($0) + sign) }
    let axis = AxisLine(marks, width: track.width, margin: margin, total: columns)
    let below = sign.isEmpty && !unit.isEmpty ? [Display.padded(left: Display.safe(unit), to: columns)] : []
    return [String.spaces(margin) + axis.line, axis.labels] + below
  }

  /// The heading of a cohort's panel.
  func heading(_ label: String) -> [String] { Display.fitted("── " + label, to: columns) }
}

extension Display {
  static func withoutTail(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension ForestPlot {
  /// The ends of the axis: round numbers around the estimates, their intervals and the reference.
  var axisEnds: (low: Double, high: Double) {
    var values = cohorts.flatMap { $0.rows.flatMap { [$0.value.double, ($0.low ?? $0.value).double, ($0.high ?? $0.value).double] } }
    if let reference { values.append(reference.double) }
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    if isLogarithmic {
      let positive = values.filter { $0 > 0 }
      let low = positive.min() ?? 0.1
      let high = positive.max() ?? 10
      return (Self.roundDown(low * 0.9), max(Self.roundUp(high * 1.05), Self.roundDown(low * 0.9) * 2))
    }
    let space = max((high - low) * 0.08, 1e-6)
    return (low - space, high + space)
  }

  private static func roundUp(_ value: Double) -> Double { 1 / roundDown(1 / value) }

  private static func roundDown(_ value: Double) -> Double {
    guard value > 1e-6 else { return 1e-6 }
    var decade = 1.0
    while decade > value { decade /= 10 }
    while decade * 10 <= value { decade *= 10 }
    return ([5.0, 2, 1].first { $0 * decade <= value * 1.000001 } ?? 1) * decade
  }

  func drawing(_ columns: Int, _ language: Language) -> [String] {
    let rows = cohorts.flatMap(\.rows)
    let cited = rows.map { Display.safe($0.text(language) + ($0.citation.isEmpty ? "" : "  " + $0.citation.string)) }
    let ends = axisEnds
    let panel = PanelDrawing(
      columns: columns, labels: rows.map { Display.safe($0.label.string) }, values: cited, low: ends.low, high: ends.high, isLogarithmic: isLogarithmic)
    let track = panel.track
    var lines: [String] = []
    var place = 0
    for cohort in cohorts {
      lines += panel.heading(Display.safe(cohort.label))
      for row in cohort.rows {
        var canvas = Canvas(width: track.width, height: 1)
        if let reference { canvas.put("┊", 0, track.column(reference.double)) }
        if let low = row.low, let high = row.high {
          let from = track.column(low.double)
          let to = max(from, track.column(high.double))
          for column in from...to { canvas.put("─", 0, column) }
          canvas.put("├", 0, from)
          canvas.put("┤", 0, to)
        }
        canvas.put("■", 0, track.column(row.value.double))
        lines += panel.row(label: Display.safe(row.label.string), value: cited[place], track: canvas.lines[0])
        place += 1
      }
      lines += panel.axis()
      lines += sides(panel)
    }
    lines += Display.fitted(Display.safe(measure), to: columns - 2).map { "  " + $0 }
    if cohorts.count > 1 { lines += Display.fitted(FigureWords.separate[language], to: columns - 2).map { "  " + $0 } }
    return lines
  }

  /// What each side of the reference favours, below the axis.
  private func sides(_ panel: PanelDrawing) -> [String] {
    guard let reference, !left.isEmpty || !right.isEmpty else { return [] }
    let before = left.isEmpty ? "" : "← " + Display.safe(left)
    let after = right.isEmpty ? "" : Display.safe(right) + " →"
    let middle = panel.margin + panel.track.column(reference.double)
    if Display.width(before) <= middle - 1, Display.width(after) + middle + 2 <= panel.columns {
      return [Display.padded(left: before, to: middle - 1) + " ┊ " + after]
    }
    return [before, after].filter { !$0.isEmpty }.flatMap { Display.fitted($0, to: panel.columns - 2).map { "  " + $0 } }
  }
}

extension RangeChart {
  var axisEnds: (low: Double, high: Double) {
    if let axis { return (axis.lowerBound.double, axis.upperBound.double) }
    if unitID == "percent" || unit == "%" { return (0, 100) }
    let values = cohorts.flatMap { $0.rows.flatMap { [$0.low.double, $0.high.double] } }
    return (min(0, values.min() ?? 0), (values.max() ?? 1) * 1.05)
  }

  func drawing(_ columns: Int, _ language: Language) -> [String] {
    let rows = cohorts.flatMap(\.rows)
    let cited = rows.map { Display.safe(written($0, language) + ($0.citation.isEmpty ? "" : "  " + $0.citation.string)) }
    let ends = axisEnds
    let panel = PanelDrawing(
      columns: columns, labels: rows.map { Display.safe($0.label.string) }, values: cited, low: ends.low, high: ends.high, isLogarithmic: false)
    let track = panel.track
    var lines: [String] = []
    var place = 0
    for cohort in cohorts {
      lines += panel.heading(Display.safe(cohort.label))
      for row in cohort.rows {
        var canvas = Canvas(width: track.width, height: 1)
        let from = track.column(row.low.double)
        let to = track.column(row.high.double)
        if row.low == row.high {
          canvas.put("●", 0, from)
        } else {
          for column in min(from, to)...max(from, to) { canvas.put("━", 0, column) }
          canvas.put("┣", 0, from)
          canvas.put("┫", 0, to)
        }
        lines += panel.row(label: Display.safe(row.label.string), value: cited[place], track: canvas.lines[0])
        place += 1
      }
      lines += panel.axis(Display.safe(unit))
    }
    if cohorts.count > 1 { lines += Display.fitted(FigureWords.separate[language], to: columns - 2).map { "  " + $0 } }
    return lines
  }
}
