import Wording

/// A unit of a finding, with its conversion to others of the same kind.
public enum Unit: String, Sendable, CaseIterable {
  case millimetre = "mm"
  case centimetre = "cm"
  case percent = "%"
  case year = "years"
  case millilitrePerMinute = "mL/min"
  case perTenFields = "per 10 HPF"
  case count = ""

  /// The kind that two units must share to be converted.
  public var dimension: String {
    switch self {
    case .millimetre, .centimetre: "length"
    default: rawValue
    }
  }

  /// The value in another unit of the same kind; nil when the kinds differ or the result isn't exact.
  public func convert(_ value: Exact, to other: Unit) -> Exact? {
    if self == other { return value }
    switch (self, other) {
    case (.centimetre, .millimetre): return value.scaled(by: 10, over: 1)
    case (.millimetre, .centimetre): return value.scaled(by: 1, over: 10)
    default: return nil
    }
  }

  /// As `written`, in both languages: `54 years`, `54 έτη`.
  public func words(_ value: Exact) -> Words {
    guard self == .year else { return Words(same: written(value)) }
    return Words(written(value), "\(value) " + (value == Exact(millionths: 1_000_000) ? "έτος" : "έτη"))
  }

  /// The unit as printed behind a number of a measurement: `14 mm`, `3%`, `60 mL/min`.
  public func written(_ value: Exact) -> String {
    switch self {
    case .percent: "\(value)%"
    case .count: "\(value)"
    default: "\(value) \(rawValue)"
    }
  }
}
