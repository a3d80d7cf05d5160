import Measures

/// Reads JSON from bytes, in place, without building a tree.
struct JSONCursor {
  enum Fault: Error {
    case syntax, depth
  }

  /// A scalar or list as found.
  enum Value {
    case string(String)
    case number(Exact?)
    case bool(Bool)
    case null
    case strings([String])
    case other
  }

  let bytes: UnsafeBufferPointer<UInt8>
  var index: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    index = 0
  }

  mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0D, 0x0A: index += 1
      default: return
      }
    }
  }

  /// The next byte that isn't space, without taking it.
  mutating func peek() -> UInt8 {
    skipSpace()
    return index < bytes.count ? bytes[index] : 0
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  mutating func expect(_ byte: UInt8) throws(Fault) {
    guard take(byte) else { throw .syntax }
  }

  /// A string, with its escapes read.
  mutating func string() throws(Fault) -> String {
    try expect(0x22)
    let start = index
    while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x5C {
      if bytes[index] < 0x20 { throw .syntax }
      index += 1
    }
    guard index < bytes.count else { throw .syntax }
    if bytes[index] == 0x22 {
      let text = String(decoding: bytes[start..<index], as: UTF8.self)
      index += 1
      return text
    }
    var text = String.UnicodeScalarView(String(decoding: bytes[start..<index], as: UTF8.self).unicodeScalars)
    while true {
      guard index < bytes.count else { throw .syntax }
      let byte = bytes[index]
      index += 1
      switch byte {
      case 0x22: return String(text)
      case 0x5C:
        guard index < bytes.count else { throw .syntax }
        let escape = bytes[index]
        index += 1
        switch escape {
        case 0x22, 0x5C, 0x2F: text.append(Unicode.Scalar(escape))
        case 0x62: text.append("\u{8}")
        case 0x66: text.append("\u{C}")
        case 0x6E: text.append("\n")
        case 0x72: text.append("\r")
        case 0x74: text.append("\t")
        case 0x75:
          var value = try hex()
          if value >= 0xD800, value < 0xDC00 {
            guard index + 1 < bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else { throw .syntax }
            index += 2
            let low = try hex()
            guard low >= 0xDC00, low < 0xE000 else { throw .syntax }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          }
          guard let scalar = Unicode.Scalar(value) else { throw .syntax }
          text.append(scalar)
        default: throw .syntax
        }
      case 0..<0x20: throw .syntax
      default:
        let from = index - 1
        while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x5C, bytes[index] >= 0x20 { index += 1 }
        text.append(contentsOf: String(decoding: bytes[from..<index], as: UTF8.self).unicodeScalars)
      }
    }
  }

  private mutating func hex() throws(Fault) -> UInt32 {
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

  /// The digits of a number, as written.
  mutating func digits() throws(Fault) -> String {
    skipSpace()
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: index += 1
      default:
        guard index > start else { throw .syntax }
        return String(decoding: bytes[start..<index], as: UTF8.self)
      }
    }
    guard index > start else { throw .syntax }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// A number, exact; nil when it can't be held exactly.
  static func exact(_ digits: String) -> Exact? {
    guard let mark = digits.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return Exact(digits) }
    guard let base = Exact(digits[..<mark]), let power = Int(digits[digits.index(after: mark)...]), abs(power) < 13 else {
      return nil
    }
    var factor: Int64 = 1
    for _ in 0..<abs(power) { factor *= 10 }
    return power < 0 ? base.scaled(by: 1, over: factor) : base.scaled(by: factor, over: 1)
  }

  mutating func literal(_ text: StaticString) throws(Fault) {
    skipSpace()
    let length = text.utf8CodeUnitCount
    guard index + length <= bytes.count else { throw .syntax }
    for offset in 0..<length where bytes[index + offset] != text.utf8Start[offset] { throw .syntax }
    index += length
  }

  /// Any value: scalars and lists of strings are returned, anything else is read over.
  mutating func value(depth: Int = 0) throws(Fault) -> Value {
    guard depth < 64 else { throw .depth }
    switch peek() {
    case 0x22: return .string(try string())
    case 0x74:
      try literal("true")
      return .bool(true)
    case 0x66:
      try literal("false")
      return .bool(false)
    case 0x6E:
      try literal("null")
      return .null
    case 0x5B:
      index += 1
      var strings: [String] = []
      var onlyStrings = true
      if take(0x5D) { return .strings([]) }
      repeat {
        if case .string(let text) = try value(depth: depth + 1) { strings.append(text) } else { onlyStrings = false }
      } while take(0x2C)
      try expect(0x5D)
      return onlyStrings ? .strings(strings) : .other
    case 0x7B:
      index += 1
      if take(0x7D) { return .other }
      repeat {
        _ = try string()
        try expect(0x3A)
        _ = try value(depth: depth + 1)
      } while take(0x2C)
      try expect(0x7D)
      return .other
    case 0x2D, 0x30...0x39: return .number(Self.exact(try digits()))
    default: throw .syntax
    }
  }
}
