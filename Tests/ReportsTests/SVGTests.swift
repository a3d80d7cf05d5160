import Measures
import ReportSamples
import Testing
import Wording

@testable import Reports

@Suite("Pictures in SVG")
struct SVGTests {
  static let widths = [320, 340, 360, 500, 520, 600, 720, 960]

  @Test("Each picture is well-formed, with a title, a description and the role of an image", arguments: Language.allCases)
  func form(_ language: Language) throws {
    for figure in SampleFigures.all(language) {
      for width in Self.widths {
        let elements = try Elements(figure.svg(width: width))
        let root = try #require(elements.all.first)
        #expect(root.name == "svg" && root.attributes["role"] == "img" && root.attributes["lang"] == language.rawValue)
        let title = try #require(elements.named("title").first)
        let description = try #require(elements.named("desc").first)
        #expect(title.text == Markup.escaped(figure.title) && !description.text.isEmpty)
        #expect(root.attributes["aria-labelledby"] == "\(title.attributes["id"] ?? "") \(description.attributes["id"] ?? "-")")
        #expect(elements.named("script").isEmpty && elements.named("image").isEmpty && elements.named("use").isEmpty)
      }
    }
  }

  @Test("Light and dark are both there, print stays light, and nothing is asked from outside")
  func style() {
    for figure in SampleFigures.all(.english) {
      let svg = figure.svg()
      #expect(svg.contains("@media screen and (prefers-color-scheme:dark)"))
      #expect(svg.contains(FigureStyle.light[0]) && svg.contains(FigureStyle.dark[0]))
      #expect(!svg.contains("url(") && !svg.contains("@import") && !svg.contains("href"))
    }
  }

  @Test("Every shape and every text lies within the picture", arguments: Language.allCases)
  func inside(_ language: Language) throws {
    for figure in SampleFigures.all(language) {
      for width in Self.widths {
        let picture = figure.picture(width: Double(width))
        let elements = try Elements("<g>" + picture.body.joined() + "</g>")
        for element in elements.all {
          for point in Self.points(element, size: picture.size) {
            #expect(point.x >= -1 && point.x <= picture.width + 1, "\(figure.id) at \(width): \(element)")
            #expect(point.y >= -1 && point.y <= picture.height + 1, "\(figure.id) at \(width): \(element)")
          }
        }
      }
    }
  }

  /// The corners of an element; of a text, the ends of its line as estimated.
  static func points(_ element: Elements.Element, size: Double) -> [(x: Double, y: Double)] {
    func value(_ name: String) -> Double { Double(element.attributes[name] ?? "") ?? 0 }
    switch element.name {
    case "line": return [(value("x1"), value("y1")), (value("x2"), value("y2"))]
    case "rect": return [(value("x"), value("y")), (value("x") + value("width"), value("y") + value("height"))]
    case "circle": return [(value("cx") - value("r"), value("cy") - value("r")), (value("cx") + value("r"), value("cy") + value("r"))]
    case "path":
      let numbers = (element.attributes["d"] ?? "").split { "MLZ ".contains($0) }.compactMap { Double($0) }
      return stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    case "text":
      // A real font's words are about nine tenths of the estimate.
      let width = TextWidth.of(element.text, size: size) * 0.9
      let start =
        element.attributes["text-anchor"] == "end" ? value("x") - width : element.attributes["text-anchor"] == "middle" ? value("x") - width / 2 : value("x")
      return [(start, value("y")), (start + width, value("y"))]
    default: return []
    }
  }

  @Test("Equal figures give equal bytes")
  func deterministic() {
    for (one, other) in zip(SampleFigures.all(.greek), SampleFigures.all(.greek)) { #expect(one.svg() == other.svg()) }
  }

  @Test("Labels are escaped wherever they stand, and control characters are left out")
  func escaping() throws {
    for figure in SampleFigures.hostile {
      for svg in [figure.svg(width: 720), figure.svg(width: 340)] {
        _ = try Elements(svg)
        #expect(!svg.contains("<script") && !svg.contains("\u{1B}") && !svg.contains("\u{202E}"))
        #expect(svg.contains("&lt;script&gt;"))
      }
    }
  }

  @Test("A curve falls, never rises, and starts at the whole")
  func curve() {
    guard case .survival(let curves) = SampleFigures.survival(.english).content else {
      Issue.record("no curves")
      return
    }
    let area = curves.area(720, top: 40)
    for arm in curves.arms {
      let corners = curves.corners(arm, area)
      #expect(corners.first?.x == area.x(0) && corners.first?.y == area.y(1))
      for (before, after) in zip(corners, corners.dropFirst()) {
        #expect(after.x >= before.x && after.y >= before.y)
        #expect(after.x == before.x || after.y == before.y, "steps are level or upright")
      }
    }
  }

  @Test("The band holds the curve it belongs to, and lies within the plot")
  func band() throws {
    guard case .survival(let curves) = SampleFigures.survival(.english).content else {
      Issue.record("no curves")
      return
    }
    let area = curves.area(720, top: 40)
    let arm = try #require(curves.arms.first { !$0.band.isEmpty })
    let outline = curves.band(arm, area)
    #expect(outline.allSatisfy { $0.x >= area.left && $0.x <= area.left + area.width && $0.y >= area.top && $0.y <= area.top + area.height })
    for corner in curves.corners(arm, area) {
      let here = outline.filter { abs($0.x - corner.x) < 0.01 }.map(\.y)
      let low = try #require(here.max())
      let high = try #require(here.min())
      #expect(high <= corner.y + 0.01 && corner.y <= low + 0.01)
    }
  }

  @Test("A curve of a hundred thousand steps stays small")
  func large() {
    let count = 100_000
    let steps = (0..<count).map { SurvivalCurves.Step(24 * Double($0) / Double(count), 1 - Double($0) / Double(count)) }
    let censored = (0..<count).map { 24 * Double($0) / Double(count) }
    let arm = SurvivalCurves.Arm("a", "a", count: count, steps: steps, censored: censored, median: .reached(12))
    let figure = Figure(
      "large", title: "large", language: .english,
      .survival(SurvivalCurves(timeUnit: "months", timeUnitID: "month", end: 24, ticks: [0, 12, 24], arms: [arm])))
    #expect(figure.svg().utf8.count < 60_000)
  }

  @Test("Conditions are told apart by shape: a filled circle, a filled square, an open circle")
  func shapes() throws {
    let elements = try Elements(SampleFigures.tree(.english).svg())
    #expect(elements.named("circle").filter { $0.attributes["class"] == "f2" }.count == 3)
    #expect(elements.named("rect").filter { $0.attributes["class"] == "f1" }.count == 1)
    #expect(elements.named("circle").filter { $0.attributes["class"] == "open" }.count == 2)
  }

  @Test("Empty figures draw without a fault")
  func empty() throws {
    let contents: [Figure.Content] = [
      .survival(SurvivalCurves(timeUnit: "", timeUnitID: "", end: 0, ticks: [], arms: [])),
      .forest(ForestPlot(measure: "", measureID: "", reference: nil, isLogarithmic: true, cohorts: [])),
      .ranges(RangeChart(unit: "", unitID: "", cohorts: [])), .timeline(Timeline(days: 0...0, lanes: [])),
      .tree(ConditionTree(ConditionTree.Node("", "", .unknown))),
      .crossing(Crossing(rows: Crossing.Axis("", "", []), columns: Crossing.Axis("", "", []), counts: [])),
    ]
    for content in contents {
      let figure = Figure("", title: "", language: .greek, content)
      _ = try Elements(figure.svg(width: 0))
      #expect(figure.lines(columns: 1).allSatisfy { Display.width($0) <= 40 })
      #expect(!figure.meaning.text.isEmpty && !figure.table.head.isEmpty)
    }
  }
}

@Suite("Figures of strange numbers")
struct StrangeFigureTests {
  @Test("No number breaks a drawing or a picture: neither the smallest, the largest nor none")
  func numbers() throws {
    let strange = [Double.nan, .infinity, -.infinity, 1e300, -1e300, 0, -0.0, 1e-300]
    for value in strange {
      let arm = SurvivalCurves.Arm(
        "a", "a", count: Int.max, steps: strange.map { SurvivalCurves.Step($0, value) }, censored: strange, atRisk: [Int.max, 0, -1], median: .reached(value),
        band: strange.map { SurvivalCurves.Bounds(value, low: $0, high: value) })
      let curves = SurvivalCurves(timeUnit: "m", timeUnitID: "m", end: value, ticks: strange, arms: [arm, arm, arm, arm, arm])
      try draw(.survival(curves))
    }
    let exact = [Exact(millionths: Int64.max), Exact(millionths: -Int64.max), Exact.zero, Exact(millionths: 1)]
    for low in exact {
      for high in exact {
        for logarithmic in [true, false] {
          let row = ForestPlot.Estimate("a", "a", value: low, low: high, high: low)
          try draw(
            .forest(
              ForestPlot(measure: "m", measureID: "m", reference: high, isLogarithmic: logarithmic, cohorts: [ForestPlot.Cohort("c", "c", [row])])))
        }
        let entry = RangeChart.Bar("a", "a", low: low, high: high)
        try draw(.ranges(RangeChart(unit: "u", unitID: "u", cohorts: [RangeChart.Cohort("c", "c", [entry])])))
      }
    }
    for days in [Int.min...Int.max, Int.max...Int.max, Int.min...Int.min, 0...0] {
      let items = Timeline.Kind.allCases.flatMap { kind in
        [Int.min, -1, 0, 5, Int.max].map { Timeline.Item("i", "i", kind, from: $0, to: kind == .window ? 0 : nil) }
      }
      try draw(.timeline(Timeline(days: days, today: Int.max, lanes: [Timeline.Lane("l", "l", items)])))
    }
  }

  @Test("A tree a hundred deep keeps within the columns and the picture")
  func deep() throws {
    var node = ConditionTree.Node("leaf", "a leaf with some words", .unknown)
    for level in 0..<100 {
      node = ConditionTree.Node("n\(level)", "", .unknown, join: level % 2 == 0 ? .all : .atLeast(2), branches: [node, ConditionTree.Node("x", "x", .yes)])
    }
    try draw(.tree(ConditionTree(node)))
  }

  private func draw(_ content: Figure.Content) throws {
    let figure = Figure("strange", title: "strange", language: .greek, content)
    for columns in [40, 80, 200] {
      for line in figure.lines(columns: columns) { #expect(Display.width(line) <= columns, "\(columns): \(line)") }
    }
    for width in [320, 720] { _ = try Elements(figure.svg(width: width)) }
    #expect(!figure.meaning.text.isEmpty && !figure.description.isEmpty)
  }
}

@Suite("Figures as data")
struct FigureMeaningTests {
  @Test("The meaning of a figure is the same in both languages, once words are left out")
  func languages() {
    for (english, greek) in zip(SampleFigures.all(.english), SampleFigures.all(.greek)) {
      #expect(english.meaning.meaning == greek.meaning.meaning)
      #expect(english.meaning != greek.meaning)
    }
  }

  @Test("A forest plot's meaning carries each estimate and its interval exactly")
  func forest() {
    let text = SampleFigures.forest(.english).meaning.meaning.text
    #expect(text.contains(#"{"id":"a","value":0.35,"low":0.27,"high":0.45,"citation":"P119"}"#))
    #expect(text.contains(#"{"id":"c","value":0.81,"citation":"P052"}"#))
  }

  @Test("A median that is not reached is said so, not numbered")
  func median() {
    let text = SampleFigures.survival(.english).meaning.text
    #expect(text.contains(#""median":"not-reached""#) && text.contains(#""median":5"#))
  }

  @Test("The table of a figure has a cell for each head in every row", arguments: Language.allCases)
  func tables(_ language: Language) {
    for figure in SampleFigures.all(language) {
      let (head, rows) = figure.table
      #expect(!rows.isEmpty && rows.allSatisfy { $0.count == head.count }, "\(figure.id)")
    }
  }

  @Test(
    "Numbers print short: no trailing zero, a leading zero, a decimal point",
    arguments: [(0.5, "0.5"), (11.0, "11"), (0.354, "0.354"), (12.34, "12.3"), (1234.5, "1235"), (-0.25, "-0.25"), (0, "0")])
  func numerals(_ value: Double, _ text: String) { #expect(Numeral.short(value) == text) }

  @Test("A report with a figure draws it in text, and as a fenced drawing in Markdown")
  func renderings() {
    let report = Report(blocks: [.figure(SampleFigures.tree(.english))])
    #expect(report.text(.plain).contains("├─ ✓ syndrome is insulinoma"))
    #expect(report.markdown.contains("```\nWhy enucleation  P002\n? Enucleation"))
    #expect(!report.text(TextStyle(columns: 80, isColoured: false)).contains("\u{1B}"))
  }
}
