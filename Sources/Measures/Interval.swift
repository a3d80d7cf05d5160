/// The numbers between two bounds, each bound open or closed, or missing.
public struct Interval: Sendable, Hashable {
  public var lower: Exact?
  public var lowerClosed: Bool
  public var upper: Exact?
  public var upperClosed: Bool

  public init(lower: Exact?, lowerClosed: Bool = true, upper: Exact?, upperClosed: Bool = true) {
    self.lower = lower
    self.lowerClosed = lowerClosed
    self.upper = upper
    self.upperClosed = upperClosed
  }

  /// One number.
  public init(_ value: Exact) { self.init(lower: value, upper: value) }

  /// The number, when only one is left.
  public var single: Exact? { lower == upper && lowerClosed && upperClosed ? lower : nil }

  public var isEmpty: Bool {
    guard let lower, let upper else { return false }
    return lower > upper || (lower == upper && !(lowerClosed && upperClosed))
  }

  public func contains(_ value: Exact) -> Bool {
    if let lower, value < lower || (value == lower && !lowerClosed) { return false }
    if let upper, value > upper || (value == upper && !upperClosed) { return false }
    return true
  }

  public func intersection(_ other: Interval) -> Interval {
    var result = self
    if let low = other.lower {
      if let mine = lower {
        if low > mine {
          result.lower = low
          result.lowerClosed = other.lowerClosed
        } else if low == mine {
          result.lowerClosed = lowerClosed && other.lowerClosed
        }
      } else {
        result.lower = low
        result.lowerClosed = other.lowerClosed
      }
    }
    if let high = other.upper {
      if let mine = upper {
        if high < mine {
          result.upper = high
          result.upperClosed = other.upperClosed
        } else if high == mine {
          result.upperClosed = upperClosed && other.upperClosed
        }
      } else {
        result.upper = high
        result.upperClosed = other.upperClosed
      }
    }
    return result
  }

  /// Whether every number of this interval lies in the other.
  public func isInside(_ other: Interval) -> Bool { intersection(other) == self }
}
