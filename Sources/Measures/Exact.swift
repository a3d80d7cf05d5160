/// A decimal number, exact to six places: no binary floating point, so 2.01 cm is 20.1 mm and a strict threshold
/// holds at 19.9, 20 and 20.1 mm. Range: about ± 9 million million.
public struct Exact: Sendable, Hashable, Comparable {
  /// The number times 1,000,000.
  public let millionths: Int64

  public static let zero = Exact(millionths: 0)
  public static let one = Exact(millionths: 1_000_000)

  public init(millionths: Int64) { self.millionths = millionths }

  /// A whole number; nil when out of range.
  public init?(_ whole: Int) {
    let (product, overflow) = Int64(whole).multipliedReportingOverflow(by: 1_000_000)
    if overflow { return nil }
    millionths = product
  }

  /// Reads digits with an optional sign and an optional decimal point. Nil for anything else, for more than six decimal
  /// places that are not zero, and for numbers out of range.
  public init?(_ text: some StringProtocol) {
    var copy = String(text)
    guard let value = copy.withUTF8({ Exact(utf8: $0) }) else { return nil }
    self = value
  }

  /// Reads UTF-8 bytes likewise.
  public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    var negative = false
    var whole: Int64 = 0
    var places = -1
    var digits = 0
    for position in 0..<bytes.count {
      let byte = bytes[position]
      switch byte {
      case 0x2D where position == 0: negative = true
      case 0x2B where position == 0: continue
      case 0x2E where places < 0: places = 0
      case 0x30...0x39:
        digits += 1
        if places >= 0 {
          places += 1
          if places > 6 {
            if byte != 0x30 { return nil }
            continue
          }
        }
        let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
        let (sum, carried) = product.addingReportingOverflow(Int64(byte - 0x30))
        if overflow || carried { return nil }
        whole = sum
      default: return nil
      }
    }
    if digits == 0 || places == 0 { return nil }
    for _ in min(max(places, 0), 6)..<6 {
      let (product, overflow) = whole.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      whole = product
    }
    millionths = negative ? -whole : whole
  }

  public static func < (a: Exact, b: Exact) -> Bool { a.millionths < b.millionths }

  /// The product with a fraction of whole numbers; nil when it is out of range or not exact to six places.
  public func scaled(by numerator: Int64, over denominator: Int64) -> Exact? {
    let (product, overflow) = millionths.multipliedReportingOverflow(by: numerator)
    if overflow || denominator == 0 || product % denominator != 0 { return nil }
    return Exact(millionths: product / denominator)
  }

  /// The sum; nil when out of range.
  public func plus(_ other: Exact) -> Exact? {
    let (sum, overflow) = millionths.addingReportingOverflow(other.millionths)
    return overflow ? nil : Exact(millionths: sum)
  }

  /// The number as a whole one; nil when it has decimal places.
  public var whole: Int? { millionths % 1_000_000 == 0 ? Int(millionths / 1_000_000) : nil }

  public var isNegative: Bool { millionths < 0 }

  /// The nearest binary number, for statistics only.
  public var double: Double { Double(millionths) / 1_000_000 }
}

extension Exact: CustomStringConvertible {
  /// Plain digits: a leading zero, a decimal point, no trailing zero, no thousands separator.
  public var description: String {
    let magnitude = millionths.magnitude
    let whole = magnitude / 1_000_000
    var fraction = String(magnitude % 1_000_000)
    var text = (millionths < 0 ? "-" : "") + String(whole)
    if magnitude % 1_000_000 != 0 {
      while fraction.count < 6 { fraction = "0" + fraction }
      while fraction.hasSuffix("0") { fraction.removeLast() }
      text += "." + fraction
    }
    return text
  }
}
