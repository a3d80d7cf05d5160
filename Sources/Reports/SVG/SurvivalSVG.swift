import Wording

extension SurvivalCurves {
  /// Where times and fractions lie in a picture.
  struct Area {
    let left: Double
    let top: Double
    let width: Double
    let height: Double
    let end: Double

    func x(_ time: Double) -> Double { left + width * (end > 0 ? min(1, max(0, time / end)) : 0) }
    func y(_ survival: Double) -> Double { top + height * (1 - min(1, max(0, survival))) }
  }

  func area(_ width: Double, top: Double) -> Area {
    Area(left: 52, top: top, width: width - 52 - 24, height: min(320, max(200, width * 0.44)), end: end)
  }

  /// The corners of a step curve, no more than two for half a pixel: a curve of a million patients stays small.
  func corners(_ arm: Arm, _ area: Area) -> [(x: Double, y: Double)] {
    var points = [(x: area.x(0), y: area.y(1))]
    let stop = area.x(max(arm.steps.last?.time ?? 0, arm.censored.max() ?? 0))
    for step in arm.steps where step.time >= 0 && step.time <= end {
      let x = area.x(step.time)
      let y = area.y(step.survival)
      guard let last = points.last, y > last.y else { continue }
      if x - last.x < 0.5, points.count > 1 {
        points[points.count - 1].y = y
      } else {
        points.append((x, last.y))
        points.append((x, y))
      }
    }
    if let last = points.last, stop > last.x { points.append((stop, last.y)) }
    return points
  }

  func picture(_ width: Double, _ language: Language) -> Picture {
    var picture = Picture(width: width)
    let width = picture.width
    let step = picture.lineHeight
    var y = picture.size + 4
    for (place, arm) in arms.enumerated() {
      picture.line(8, y - 5, 44, y - 5, "l\(place % 4) s\(place % 4)")
      y += Double(picture.lines(legend(arm, language), 52, y, width: width - 64)) * step
    }
    if !endpoint.isEmpty {
      y += 4
      picture.text("% " + endpoint, 8, y, "muted")
      y += step
    }
    let area = area(width, top: y - 4)
    for percent in stride(from: 0, through: 100, by: 25) {
      let line = area.y(Double(percent) / 100)
      picture.line(area.left, line, area.left + area.width, line, percent == 0 ? "axis" : "grid")
      picture.text(String(percent), area.left - 8, line + 5, "muted", anchor: .end)
    }
    for (place, arm) in arms.enumerated() where !arm.band.isEmpty { picture.path(band(arm, area), "band f\(place % 4)", isClosed: true) }
    for arm in arms {
      guard case .reached(let time) = arm.median, time <= end else { continue }
      picture.path([(area.left, area.y(0.5)), (area.x(time), area.y(0.5)), (area.x(time), area.y(0))], "guide")
    }
    for (place, arm) in arms.enumerated() {
      picture.path(corners(arm, area), "l\(place % 4) s\(place % 4)")
      var marked = -1.0
      for time in arm.censored.sorted() where time >= 0 && time <= end && area.x(time) - marked >= 3 {
        marked = area.x(time)
        let at = area.y(arm.survival(at: time))
        picture.line(marked, at - 5, marked, at + 5, "mark")
      }
    }
    y = area.top + area.height
    let shown = shownTicks(area, size: picture.size)
    for (_, time) in shown {
      picture.line(area.x(time), y, area.x(time), y + 5, "axis")
      picture.text(Numeral.short(time), area.x(time), y + 6 + step * 0.8, "muted", anchor: .middle)
    }
    y += 6 + step * 1.9
    let isCounted = arms.contains { !$0.atRisk.isEmpty }
    picture.text(timeUnit, area.left + area.width + 12, y, "muted", anchor: .end)
    if isCounted {
      picture.text(FigureWords.atRisk[language], 8, y, "muted")
      for (place, arm) in arms.enumerated() where !arm.atRisk.isEmpty {
        y += step
        picture.line(8, y - 5, 32, y - 5, "l\(place % 4) s\(place % 4)")
        for (tick, time) in shown where tick < arm.atRisk.count {
          picture.text(String(arm.atRisk[tick]), max(area.x(time), 46), y, anchor: .middle)
        }
      }
    }
    picture.height = y + 10
    return picture
  }

  private func legend(_ arm: Arm, _ language: Language) -> String {
    var parts = [arm.label, "n \(arm.count)"]
    switch arm.median {
    case .reached(let time): parts.append("\(FigureWords.median[language]) \(Numeral.short(time)) \(timeUnit)")
    case .notReached: parts.append("\(FigureWords.median[language]) \(FigureWords.notReached[language])")
    case .unstated: break
    }
    if !arm.censored.isEmpty { parts.append(FigureWords.censored(arm.censored.count)[language] + " (|)") }
    if !arm.band.isEmpty { parts.append(FigureWords.shaded[language]) }
    return parts.joined(separator: " · ")
  }

  /// The outline of the band, stepwise: along its upper edge and back along its lower.
  func band(_ arm: Arm, _ area: Area) -> [(x: Double, y: Double)] {
    func edge(_ value: (Bounds) -> Double) -> [(x: Double, y: Double)] {
      var points: [(x: Double, y: Double)] = []
      for bounds in arm.band where bounds.time <= end {
        let x = area.x(bounds.time)
        let y = area.y(value(bounds))
        if let last = points.last {
          if x - last.x < 0.5, points.count > 1 {
            points[points.count - 1].y = y
            continue
          }
          points.append((x, last.y))
        }
        points.append((x, y))
      }
      if let last = points.last { points.append((area.x(end), last.y)) }
      return points
    }
    return edge(\.high) + edge(\.low).reversed()
  }

  /// The ticks whose labels and counts don't touch, with their place.
  private func shownTicks(_ area: Area, size: Double) -> [(Int, Double)] {
    let all = ticks.enumerated().filter { $0.element >= 0 && $0.element <= end }
    let widest = (arms.flatMap { $0.atRisk.map(String.init) } + ticks.map(Numeral.short)).map { TextWidth.of($0, size: size) }.max() ?? 0
    for step in 1...max(1, all.count) {
      let some = all.enumerated().filter { $0.offset % step == 0 }.map { ($0.element.offset, $0.element.element) }
      if zip(some, some.dropFirst()).allSatisfy({ area.x($1.1) - area.x($0.1) >= widest + 8 }) { return some }
    }
    return []
  }
}
