import Measures

/// A JSON value whose objects keep the order of their fields.
public indirect enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  /// A number, as its digits.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Field])

  public struct Field: Sendable, Hashable {
    public let name: String
    public let value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  public static func integer(_ value: Int) -> JSON { .number(String(value)) }
  public static func exact(_ value: Exact) -> JSON { .number(value.description) }
  public static func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }

  /// An object from pairs; nil values are left out.
  public static func fields(_ pairs: [(String, JSON?)]) -> JSON {
    .object(pairs.compactMap { name, value in value.map { Field(name, $0) } })
  }

  /// The value of a field of an object.
  public subscript(name: String) -> JSON? {
    if case .object(let fields) = self { return fields.first { $0.name == name }?.value }
    return nil
  }

  /// The value without the fields that hold words for people (`text`, `title`, `message`): what a report means.
  public var meaning: JSON {
    switch self {
    case .array(let values): .array(values.map(\.meaning))
    case .object(let fields):
      .object(
        fields.filter { !["text", "title", "message"].contains($0.name) }.map { Field($0.name, $0.value.meaning) })
    default: self
    }
  }

  /// The value on one line.
  public var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value, on one line, as UTF-8.
  public func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += Array("null".utf8)
    case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
    case .number(let digits): bytes += Array(digits.utf8)
    case .string(let text): JSON.quote(text, to: &bytes)
    case .array(let values):
      bytes.append(0x5B)
      for (place, value) in values.enumerated() {
        if place > 0 { bytes.append(0x2C) }
        value.write(to: &bytes)
      }
      bytes.append(0x5D)
    case .object(let fields):
      bytes.append(0x7B)
      for (place, field) in fields.enumerated() {
        if place > 0 { bytes.append(0x2C) }
        JSON.quote(field.name, to: &bytes)
        bytes.append(0x3A)
        field.value.write(to: &bytes)
      }
      bytes.append(0x7D)
    }
  }

  /// Appends a text in quotes, with what JSON asks to be escaped, and every other control character too.
  public static func quote(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    if !Display.isSafe(text) {
      for scalar in text.unicodeScalars {
        if Display.isControl(scalar), scalar.value >= 0x7F { escape(scalar, to: &bytes) } else { quote(String(scalar).utf8, to: &bytes) }
      }
    } else {
      quote(text.utf8, to: &bytes)
    }
    bytes.append(0x22)
  }

  private static func escape(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    let digits = String(scalar.value, radix: 16)
    bytes += Array(("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits).utf8)
  }

  private static func quote(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    for byte in text {
      switch byte {
      case 0x22: bytes += [0x5C, 0x22]
      case 0x5C: bytes += [0x5C, 0x5C]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0x0D: bytes += [0x5C, 0x72]
      case 0x09: bytes += [0x5C, 0x74]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
  }
}

extension JSON {
  /// The text of a string.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The value of a whole number.
  public var int: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
  public var values: [JSON]? { if case .array(let values) = self { values } else { nil } }
}
