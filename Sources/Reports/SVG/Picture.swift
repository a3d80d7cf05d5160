/// A drawing in SVG as it grows: shapes with class names, whose colours the style sheet gives.
struct Picture {
  let width: Double
  var height: Double
  let size: Double
  private(set) var body: [String] = []

  enum Anchor: String {
    case start, middle, end
  }

  /// - Parameter width: in pixels, 320 or more.
  init(width: Double) {
    self.width = max(320, width)
    height = 0
    size = width < 520 ? 14 : 15
  }

  var isNarrow: Bool { width < 520 }
  var lineHeight: Double { (size * 1.4).rounded() }

  mutating func append(_ markup: String) { body.append(markup) }

  static func number(_ value: Double) -> String { Numeral.fixed(value, places: 1) }

  mutating func text(_ text: String, _ x: Double, _ y: Double, _ kind: String = "", anchor: Anchor = .start) {
    guard !text.isEmpty else { return }
    let end = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    let name = kind.isEmpty ? "" : " class=\"\(kind)\""
    body.append("<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(name)\(end)>\(Markup.escaped(text))</text>")
  }

  /// Lines of text, one below the other; the answer is how many there were.
  @discardableResult
  mutating func lines(_ text: String, _ x: Double, _ y: Double, width: Double, _ kind: String = "", isBold: Bool = false) -> Int {
    let lines = TextWidth.wrapped(text, to: width, size: size, isBold: isBold)
    for (place, line) in lines.enumerated() { self.text(line, x, y + Double(place) * lineHeight, kind) }
    return lines.count
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) {
    body.append(
      "<line class=\"\(kind)\" x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\"/>")
  }

  mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ kind: String, radius: Double = 0) {
    let round = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
    body.append(
      "<rect class=\"\(kind)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(0, width)))\" height=\"\(Self.number(max(0, height)))\"\(round)/>"
    )
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, _ kind: String) {
    body.append("<circle class=\"\(kind)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\"/>")
  }

  /// A line through points, closed or open.
  mutating func path(_ points: [(x: Double, y: Double)], _ kind: String, isClosed: Bool = false) {
    guard let first = points.first else { return }
    var path = "M\(Self.number(first.x)) \(Self.number(first.y))"
    for point in points.dropFirst() { path += "L\(Self.number(point.x)) \(Self.number(point.y))" }
    body.append("<path class=\"\(kind)\" d=\"\(path)\(isClosed ? "Z" : "")\"/>")
  }
}

/// The colours of figures, by name, in light and dark; print takes the light ones. After Okabe and Ito's palette, whose hues
/// people with any colour vision tell apart; dashes and shapes say the same again.
enum FigureStyle {
  static let names = ["ink", "muted", "grid", "paper", "c0", "c1", "c2", "c3"]
  static let light = ["#1a1a1a", "#4a4a4a", "#d0d0d0", "#ffffff", "#0072b2", "#c45200", "#00805d", "#a2518a"]
  static let dark = ["#ededed", "#bdbdbd", "#45484f", "#15171b", "#56b4e9", "#e69f00", "#2fc79b", "#e09cc4"]
  static let fonts = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\",\"DejaVu Sans\",Arial,sans-serif"

  /// The rules, each colour written by `colour`: a variable in a page, a value in a file of its own.
  static func rules(_ colour: (String) -> String) -> String {
    let ink = colour("ink")
    var rules = [
      ".islet-figure{font-family:\(fonts);font-size:15px;fill:\(ink)}",
      ".islet-figure text{fill:\(ink);stroke:none}",
      ".islet-figure.narrow{font-size:14px}",
      ".islet-figure .muted{fill:\(colour("muted"))}",
      ".islet-figure .strong{font-weight:600}",
      ".islet-figure .axis{stroke:\(colour("muted"));stroke-width:1;fill:none}",
      ".islet-figure .grid{stroke:\(colour("grid"));stroke-width:1;fill:none}",
      ".islet-figure .guide{stroke:\(colour("muted"));stroke-width:1;stroke-dasharray:2 4;fill:none}",
      ".islet-figure .paper{fill:\(colour("paper"))}",
      ".islet-figure .mark{stroke:\(ink);stroke-width:2;fill:none;stroke-linecap:round;stroke-linejoin:round}",
      ".islet-figure .onmark{stroke:\(colour("paper"));stroke-width:2.2;fill:none;stroke-linecap:round;stroke-linejoin:round}",
      ".islet-figure .window{fill:\(colour("c1"));fill-opacity:.35;stroke:\(colour("c1"));stroke-width:1.2}",
      ".islet-figure text.halo{stroke:\(colour("paper"));stroke-width:4px;paint-order:stroke;stroke-linejoin:round}",
      ".islet-figure .cell{fill:none;stroke:\(colour("grid"))}",
      ".islet-figure .solid{fill:\(ink)}",
      ".islet-figure .open{fill:\(colour("paper"));stroke:\(ink);stroke-width:1.8}",
      ".islet-figure .band{fill-opacity:.2;stroke:none}",
      ".islet-figure .s1{stroke-dasharray:8 4}.islet-figure .s2{stroke-dasharray:2 3}.islet-figure .s3{stroke-dasharray:10 3 2 3}",
    ]
    for place in 0..<4 {
      rules.append(".islet-figure .l\(place){stroke:\(colour("c\(place)"));stroke-width:2.4;fill:none}.islet-figure .f\(place){fill:\(colour("c\(place)"))}")
    }
    for shade in 1...4 { rules.append(".islet-figure .h\(shade){fill:\(colour("c0"));fill-opacity:\([".1", ".22", ".36", ".52"][shade - 1])}") }
    return rules.joined(separator: "\n")
  }

  /// The style of an SVG file of its own.
  static var file: String {
    func values(_ palette: [String]) -> (String) -> String { { name in names.firstIndex(of: name).map { palette[$0] } ?? "#000000" } }
    return rules(values(light)) + "\n@media screen and (prefers-color-scheme:dark){\n" + rules(values(dark)) + "\n}"
  }

  /// The style of figures in a page, whose variables `variables` sets.
  static var page: String { rules { "var(--\($0))" } }

  static func variables(_ palette: [String]) -> String { zip(names, palette).map { "--\($0):\($1)" }.joined(separator: ";") }
}
