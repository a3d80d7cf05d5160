/// Reads the tokens of JSON (RFC 8259) from bytes, in place: the one reader of JSON, whatever is made of what it reads.
public struct JSONCursor {
  public enum Failure: Error {
    case syntax
    /// Arrays and objects in each other, deeper than `nesting`.
    case depth
  }

  /// Levels of arrays and objects in each other.
  public static let nesting = 64

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  public init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Whether nothing but space is left.
  public mutating func isAtEnd() -> Bool {
    skipSpace()
    return index == bytes.count
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0D, 0x0A: index += 1
      default: return
      }
    }
  }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// The next byte that isn't space, without taking it; nil at the end.
  public mutating func peek() -> UInt8? {
    skipSpace()
    return next
  }

  public mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  public mutating func expect(_ byte: UInt8) throws(Failure) {
    guard take(byte) else { throw .syntax }
  }

  /// The fields of an object, each handed over behind its colon; the body takes the value.
  public mutating func object(_ field: (String, inout JSONCursor) throws(Failure) -> Void) throws(Failure) {
    try expect(0x7B)
    if take(0x7D) { return }
    repeat {
      let name = try string()
      try expect(0x3A)
      try field(name, &self)
    } while take(0x2C)
    try expect(0x7D)
  }

  /// Any value.
  public mutating func value(depth: Int = 0) throws(Failure) -> JSON {
    guard depth < Self.nesting else { throw .depth }
    switch peek() {
    case 0x7B:
      var fields: [JSON.Field] = []
      try object { name, cursor throws(Failure) in fields.append(.init(name, try cursor.value(depth: depth + 1))) }
      return .object(fields)
    case 0x5B:
      index += 1
      if take(0x5D) { return .array([]) }
      var values: [JSON] = []
      repeat { values.append(try value(depth: depth + 1)) } while take(0x2C)
      try expect(0x5D)
      return .array(values)
    case 0x22: return .string(try string())
    case 0x74: return try literal("true", .bool(true))
    case 0x66: return try literal("false", .bool(false))
    case 0x6E: return try literal("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func literal(_ text: StaticString, _ value: JSON) throws(Failure) -> JSON {
    let length = text.utf8CodeUnitCount
    guard index + length <= bytes.count else { throw .syntax }
    for offset in 0..<length where bytes[index + offset] != text.utf8Start[offset] { throw .syntax }
    index += length
    return value
  }

  /// A number, as its digits.
  public mutating func number() throws(Failure) -> String {
    skipSpace()
    let start = index
    if next == 0x2D { index += 1 }
    if next == 0x30 { index += 1 } else { try digits() }
    if next == 0x2E {
      index += 1
      try digits()
    }
    if next == 0x65 || next == 0x45 {
      index += 1
      if next == 0x2B || next == 0x2D { index += 1 }
      try digits()
    }
    // 01 is no number behind a 0: what follows a number is space, or ends what holds it.
    if let next, ![0x20, 0x09, 0x0D, 0x0A, 0x2C, 0x5D, 0x7D].contains(next) { throw .syntax }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() throws(Failure) {
    let start = index
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
    if index == start { throw .syntax }
  }

  /// A string, with its escapes read.
  public mutating func string() throws(Failure) -> String {
    try expect(0x22)
    var text = try plain()
    while true {
      guard let byte = next else { throw .syntax }
      index += 1
      if byte == 0x22 { return text }
      guard byte == 0x5C else { throw .syntax }
      text.unicodeScalars.append(try escape())
      text += try plain()
    }
  }

  /// What stands up to the next quote, escape or control character.
  private mutating func plain() throws(Failure) -> String {
    let start = index
    while let byte = next, byte != 0x22, byte != 0x5C, byte >= 0x20 { index += 1 }
    guard let text = String(validating: bytes[start..<index], as: UTF8.self) else { throw .syntax }
    return text
  }

  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    guard let byte = next else { throw .syntax }
    index += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: return Unicode.Scalar(byte)
    case 0x62: return "\u{8}"
    case 0x66: return "\u{C}"
    case 0x6E: return "\n"
    case 0x72: return "\r"
    case 0x74: return "\t"
    case 0x75:
      var value = try unit()
      if (0xD800..<0xDC00).contains(value) {
        guard index + 1 < bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else { throw .syntax }
        index += 2
        let low = try unit()
        guard (0xDC00..<0xE000).contains(low) else { throw .syntax }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw .syntax }
      return scalar
    default: throw .syntax
    }
  }

  /// Four hexadecimal digits.
  private mutating func unit() throws(Failure) -> UInt32 {
    guard index + 4 <= bytes.count else { throw .syntax }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = bytes[index]
      index += 1
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: throw .syntax
      }
    }
    return value
  }
}

extension JSON {
  /// The value of a text that holds one and nothing else; nil for anything that is not JSON, or nested too deep.
  public init?(reading bytes: [UInt8]) {
    let value = bytes.withUnsafeBufferPointer { buffer -> JSON? in
      var cursor = JSONCursor(buffer)
      guard let value = try? cursor.value(), cursor.isAtEnd() else { return nil }
      return value
    }
    guard let value else { return nil }
    self = value
  }
}
