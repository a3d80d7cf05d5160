/// Reads JSON (RFC 8259) as a value whose objects keep the order of their fields.
public struct JSONReader {
  /// Levels of arrays and objects in each other.
  static let nesting = 64

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value of a text that holds one and nothing else; nil for anything that is not JSON, or nested too deep.
  public static func value(_ bytes: [UInt8]) -> JSON? {
    var reader = JSONReader(bytes)
    guard let value = reader.value() else { return nil }
    reader.skipSpace()
    return reader.place == bytes.count ? value : nil
  }

  private mutating func skipSpace() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func takes(_ byte: UInt8) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func takes(word: String) -> Bool {
    let word = Array(word.utf8)
    guard bytes[place...].starts(with: word) else { return false }
    place += word.count
    return true
  }

  private mutating func value() -> JSON? {
    skipSpace()
    guard place < bytes.count, depth < Self.nesting else { return nil }
    depth += 1
    defer { depth -= 1 }
    switch bytes[place] {
    case 0x7B: return object()
    case 0x5B: return array()
    case 0x22: return string().map { .string($0) }
    case 0x74: return takes(word: "true") ? .bool(true) : nil
    case 0x66: return takes(word: "false") ? .bool(false) : nil
    case 0x6E: return takes(word: "null") ? .null : nil
    default: return number()
    }
  }

  private mutating func object() -> JSON? {
    place += 1
    if takes(0x7D) { return .object([]) }
    var fields: [JSON.Field] = []
    repeat {
      skipSpace()
      guard place < bytes.count, bytes[place] == 0x22, let name = string(), takes(0x3A), let value = value() else { return nil }
      fields.append(.init(name, value))
    } while takes(0x2C)
    return takes(0x7D) ? .object(fields) : nil
  }

  private mutating func array() -> JSON? {
    place += 1
    if takes(0x5D) { return .array([]) }
    var values: [JSON] = []
    repeat {
      guard let value = value() else { return nil }
      values.append(value)
    } while takes(0x2C)
    return takes(0x5D) ? .array(values) : nil
  }

  private mutating func number() -> JSON? {
    let start = place
    func isDigit() -> Bool { place < bytes.count && (0x30...0x39).contains(bytes[place]) }
    func digits() -> Bool {
      let start = place
      while isDigit() { place += 1 }
      return place > start
    }
    if place < bytes.count, bytes[place] == 0x2D { place += 1 }
    guard digits() else { return nil }
    if place < bytes.count, bytes[place] == 0x2E {
      place += 1
      guard digits() else { return nil }
    }
    if place < bytes.count, bytes[place] | 0x20 == 0x65 {
      place += 1
      if place < bytes.count, bytes[place] == 0x2B || bytes[place] == 0x2D { place += 1 }
      guard digits() else { return nil }
    }
    return .number(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func string() -> String? {
    place += 1
    var found: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case 0x22: return String(validating: found, as: UTF8.self)
      case 0x5C:
        guard let scalar = escape() else { return nil }
        found += Array(String(Character(scalar)).utf8)
      case 0..<0x20: return nil
      default: found.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard place < bytes.count else { return nil }
    let byte = bytes[place]
    place += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: return Unicode.Scalar(byte)
    case 0x62: return "\u{8}"
    case 0x66: return "\u{C}"
    case 0x6E: return "\n"
    case 0x72: return "\r"
    case 0x74: return "\t"
    case 0x75:
      guard let high = unit() else { return nil }
      guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) }
      guard takes(word: "\\u"), let low = unit(), (0xDC00..<0xE000).contains(low) else { return nil }
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    guard place + 4 <= bytes.count, let value = UInt32(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16) else { return nil }
    place += 4
    return value
  }
}
