/// How a cell of the terminal looks.
public struct CellStyle: Sendable, Hashable {
  /// A colour of the terminal's own palette, 0 to 7; nil for its own.
  public var colour: UInt8?
  public var isBold = false
  public var isDim = false
  public var isUnderlined = false
  public var isReversed = false

  public init(colour: UInt8? = nil, isBold: Bool = false, isDim: Bool = false, isUnderlined: Bool = false, isReversed: Bool = false) {
    self.colour = colour
    self.isBold = isBold
    self.isDim = isDim
    self.isUnderlined = isUnderlined
    self.isReversed = isReversed
  }

  public static let plain = CellStyle()
  static let bold = CellStyle(isBold: true)
  static let dim = CellStyle(isDim: true)

  /// The escape sequence that switches to it from whatever was before.
  var sequence: String {
    var codes = ""
    if isBold { codes += ";1" }
    if isDim { codes += ";2" }
    if isUnderlined { codes += ";4" }
    if isReversed { codes += ";7" }
    if let colour { codes += ";3\(colour & 7)" }
    return "\u{1B}[0\(codes)m"
  }
}

/// A stretch of a line and how it looks.
public struct StyledSpan: Sendable, Hashable {
  /// Offsets into the line's UTF-8.
  public let range: Range<Int>
  public let style: CellStyle

  public init(_ range: Range<Int>, _ style: CellStyle) {
    self.range = range
    self.style = style
  }
}
