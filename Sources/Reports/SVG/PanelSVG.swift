import Wording

/// What forest plots and range charts share in SVG.
struct PanelSVG {
  var picture: Picture
  let left: Double
  let plotWidth: Double
  let valueLeft: Double
  let track: Track
  var y: Double

  init(width: Double, labels: [String], values: [String], low: Double, high: Double, isLogarithmic: Bool) {
    picture = Picture(width: width)
    let size = picture.size
    if picture.isNarrow {
      left = 16
      plotWidth = picture.width - 32
      valueLeft = 0
    } else {
      let label = min(picture.width * 0.34, (labels.map { TextWidth.of($0, size: size) }.max() ?? 0) + 20)
      let value = min(picture.width * 0.34, (values.map { TextWidth.of($0, size: size) }.max() ?? 0) + 16)
      left = max(label, 60)
      plotWidth = picture.width - left - value - 24
      valueLeft = left + plotWidth + 20
    }
    // The track only answers fractions here; its width plays no part.
    track = Track(low: low, high: high, width: 1000, isLogarithmic: isLogarithmic)
    y = 4
  }

  func x(_ value: Double) -> Double { left + plotWidth * track.fraction(value) }

  mutating func heading(_ text: String) {
    y += picture.lineHeight + 6
    y += Double(picture.lines(text, 8, y, width: picture.width - 16, "strong", isBold: true) - 1) * picture.lineHeight
    y += 8
  }

  /// Writes a row's words and gives the height at which its marks are drawn.
  mutating func row(_ label: String, _ value: String) -> Double {
    let step = picture.lineHeight
    if picture.isNarrow {
      y += step * 0.8
      y += Double(picture.lines(label, 16, y, width: picture.width - 24)) * step
      y += Double(picture.lines(value, 16, y, width: picture.width - 24, "muted") - 1) * step
      y += 18
      defer { y += 8 }
      return y
    }
    let baseline = y + step
    let first = picture.lines(label, 8, baseline, width: left - 16)
    let second = picture.lines(value, valueLeft, baseline, width: picture.width - valueLeft - 4)
    defer { y += Double(max(first, second)) * step + 6 }
    return baseline - 5
  }

  /// The axis with its numbers.
  ///
  /// - Parameter unit: stands at each number where it is %, else below the axis.
  mutating func axis(_ unit: String = "") {
    y += 6
    picture.line(left, y, left + plotWidth, y, "axis")
    var end = -Double.infinity
    for tick in track.ticks(atMost: Int(max(3, plotWidth / 44))) {
      let label = Numeral.axis(tick) + (unit == "%" ? unit : "")
      let half = TextWidth.of(label, size: picture.size) / 2
      picture.line(x(tick), y, x(tick), y + 5, "axis")
      if x(tick) - half < end + 6 { continue }
      end = x(tick) + half
      picture.text(label, min(x(tick), picture.width - half), y + 6 + picture.lineHeight * 0.8, "muted", anchor: .middle)
    }
    y += 6 + picture.lineHeight
    guard !unit.isEmpty, unit != "%" else { return }
    y += picture.lineHeight * 0.8
    picture.text(unit, left + plotWidth, y, "muted", anchor: .end)
  }

  mutating func note(_ text: String) {
    y += picture.lineHeight
    y += Double(picture.lines(text, 8, y, width: picture.width - 16, "muted") - 1) * picture.lineHeight
  }

  mutating func finished() -> Picture {
    picture.height = y + 10
    return picture
  }
}

extension ForestPlot {
  func picture(_ width: Double, _ language: Language) -> Picture {
    let rows = cohorts.flatMap(\.rows)
    func cited(_ row: Estimate) -> String { row.text(language) + (row.citation.isEmpty ? "" : " · " + row.citation.string) }
    let ends = axisEnds
    var panel = PanelSVG(
      width: width, labels: rows.map(\.label.string), values: rows.map(cited), low: ends.low, high: ends.high, isLogarithmic: isLogarithmic)
    for cohort in cohorts {
      panel.heading(cohort.label)
      let top = panel.y
      for row in cohort.rows {
        let y = panel.row(row.label.string, cited(row))
        if let low = row.low, let high = row.high {
          panel.picture.line(panel.x(low.double), y, panel.x(high.double), y, "mark")
          for end in [low, high] { panel.picture.line(panel.x(end.double), y - 5, panel.x(end.double), y + 5, "mark") }
        }
        panel.picture.rectangle(panel.x(row.value.double) - 5, y - 5, 10, 10, "f0")
      }
      if let reference { panel.picture.line(panel.x(reference.double), top + 4, panel.x(reference.double), panel.y + 6, "guide") }
      panel.axis(measure)
      sides(&panel)
    }
    if cohorts.count > 1 { panel.note(FigureWords.separate[language]) }
    return panel.finished()
  }

  private func sides(_ panel: inout PanelSVG) {
    guard let reference, !left.isEmpty || !right.isEmpty else { return }
    let middle = panel.x(reference.double)
    let before = left.isEmpty ? "" : "← " + left
    let after = right.isEmpty ? "" : right + " →"
    let size = panel.picture.size
    if TextWidth.of(before, size: size) < middle - 20, TextWidth.of(after, size: size) < panel.picture.width - middle - 16 {
      panel.y += panel.picture.lineHeight
      panel.picture.text(before, middle - 10, panel.y, "muted", anchor: .end)
      panel.picture.text(after, middle + 10, panel.y, "muted")
    } else {
      for text in [before, after] where !text.isEmpty { panel.note(text) }
    }
  }
}

extension RangeChart {
  func picture(_ width: Double, _ language: Language) -> Picture {
    let rows = cohorts.flatMap(\.rows)
    func cited(_ row: Bar) -> String { written(row, language) + (row.citation.isEmpty ? "" : " · " + row.citation.string) }
    let ends = axisEnds
    var panel = PanelSVG(width: width, labels: rows.map(\.label.string), values: rows.map(cited), low: ends.low, high: ends.high, isLogarithmic: false)
    for cohort in cohorts {
      panel.heading(cohort.label)
      for row in cohort.rows {
        let y = panel.row(row.label.string, cited(row))
        panel.picture.line(panel.left, y, panel.left + panel.plotWidth, y, "grid")
        if row.low == row.high {
          panel.picture.circle(panel.x(row.low.double), y, 5.5, "f0")
        } else {
          let from = min(panel.x(row.low.double), panel.x(row.high.double))
          panel.picture.rectangle(from, y - 5, max(2, abs(panel.x(row.high.double) - panel.x(row.low.double))), 10, "f0", radius: 3)
        }
      }
      panel.axis(unit)
    }
    if cohorts.count > 1 { panel.note(FigureWords.separate[language]) }
    return panel.finished()
  }
}
