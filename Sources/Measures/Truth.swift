/// Kleene's three truth values: no, unknown, yes.
public enum Truth: UInt8, Sendable, Comparable, CaseIterable {
  case no = 0
  case unknown = 1
  case yes = 2

  public static func < (a: Truth, b: Truth) -> Bool { a.rawValue < b.rawValue }

  /// Both: the lesser of the two.
  public static func && (a: Truth, b: Truth) -> Truth { min(a, b) }

  /// Either: the greater of the two.
  public static func || (a: Truth, b: Truth) -> Truth { max(a, b) }

  /// Not: yes and no change places, unknown stays.
  public static prefix func ! (a: Truth) -> Truth {
    switch a {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }

  public init(_ value: Bool) { self = value ? .yes : .no }

  /// The word of the JSON contracts: yes, no, unknown.
  public var word: String {
    switch self {
    case .no: "no"
    case .unknown: "unknown"
    case .yes: "yes"
    }
  }
}
