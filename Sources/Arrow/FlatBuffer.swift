/// A table in a FlatBuffer, read with every step checked against the bytes.
struct FlatBufferTable {
  let bytes: [UInt8]
  let position: Int
  private let vtable: Int
  private let slots: Int

  /// The root table.
  init(_ bytes: [UInt8]) throws(ArrowFault) {
    try self.init(bytes, at: Int(try Self.load(bytes, 0, UInt32.self)))
  }

  private init(_ bytes: [UInt8], at position: Int) throws(ArrowFault) {
    self.bytes = bytes
    self.position = position
    vtable = position - Int(try Self.load(bytes, position, Int32.self))
    let size = Int(try Self.load(bytes, vtable, UInt16.self))
    guard size >= 4, vtable + size <= bytes.count else { throw .cutShort }
    slots = size / 2 - 2
  }

  static func load<Number: FixedWidthInteger>(_ bytes: [UInt8], _ position: Int, _: Number.Type) throws(ArrowFault) -> Number {
    let width = Number.bitWidth / 8
    guard position >= 0, position <= bytes.count - width else { throw .cutShort }
    var number: Number = 0
    for place in (0..<width).reversed() { number = (width == 1 ? 0 : number << 8) | Number(truncatingIfNeeded: bytes[position + place]) }
    return number
  }

  private func field(_ slot: Int) throws(ArrowFault) -> Int? {
    guard slot < slots else { return nil }
    let offset = Int(try Self.load(bytes, vtable + 4 + 2 * slot, UInt16.self))
    return offset == 0 ? nil : position + offset
  }

  func number<Number: FixedWidthInteger>(_ slot: Int, or standard: Number) throws(ArrowFault) -> Number {
    guard let place = try field(slot) else { return standard }
    return try Self.load(bytes, place, Number.self)
  }

  func flag(_ slot: Int) throws(ArrowFault) -> Bool { try number(slot, or: UInt8(0)) != 0 }

  private func target(_ place: Int) throws(ArrowFault) -> Int { place + Int(try Self.load(bytes, place, UInt32.self)) }

  func table(_ slot: Int) throws(ArrowFault) -> FlatBufferTable? {
    guard let place = try field(slot) else { return nil }
    return try FlatBufferTable(bytes, at: try target(place))
  }

  /// Where a vector's entries begin, and how many there are, each so many bytes wide.
  func vector(_ slot: Int, width: Int) throws(ArrowFault) -> (start: Int, count: Int) {
    guard let place = try field(slot) else { return (0, 0) }
    let start = try target(place)
    let count = Int(try Self.load(bytes, start, UInt32.self))
    guard start + 4 <= bytes.count, count <= (bytes.count - start - 4) / width else { throw .cutShort }
    return (start + 4, count)
  }

  func tables(_ slot: Int) throws(ArrowFault) -> [FlatBufferTable] {
    let (start, count) = try vector(slot, width: 4)
    var found: [FlatBufferTable] = []
    for place in 0..<count { found.append(try FlatBufferTable(bytes, at: try target(start + 4 * place))) }
    return found
  }

  func text(_ slot: Int) throws(ArrowFault) -> String? {
    guard try field(slot) != nil else { return nil }
    let (start, count) = try vector(slot, width: 1)
    return String(decoding: bytes[start..<start + count], as: UTF8.self)
  }
}

/// Writes a FlatBuffer from its end to its start. A place is a distance from the end.
struct FlatBufferWriter {
  private var reversed: [UInt8] = []

  /// A field of a table.
  enum Slot {
    case absent
    case byte(UInt8)
    case short(Int16)
    case int(Int32)
    case long(Int64)
    case offset(Int)
  }

  private mutating func align(_ width: Int, before size: Int) {
    while (reversed.count + size) % width != 0 { reversed.append(0) }
  }

  private mutating func push<Number: FixedWidthInteger>(_ number: Number) {
    let width = Number.bitWidth / 8
    for place in (0..<width).reversed() { reversed.append(UInt8(truncatingIfNeeded: number >> Number(truncatingIfNeeded: 8 * place))) }
  }

  private mutating func push(offset target: Int) { push(UInt32(reversed.count + 4 - target)) }

  mutating func text(_ text: String) -> Int {
    let bytes = Array(text.utf8)
    align(4, before: bytes.count + 1)
    reversed.append(0)
    reversed += bytes.reversed()
    push(UInt32(bytes.count))
    return reversed.count
  }

  mutating func vector(of offsets: [Int]) -> Int {
    align(4, before: 0)
    for offset in offsets.reversed() { push(offset: offset) }
    push(UInt32(offsets.count))
    return reversed.count
  }

  /// A vector of structs of whole numbers of 64 bits, each so many long.
  mutating func vector(of longs: [Int64], width: Int) -> Int {
    align(4, before: 8 * longs.count)
    align(8, before: 8 * longs.count)
    for long in longs.reversed() { push(long) }
    push(UInt32(longs.count / width))
    return reversed.count
  }

  mutating func table(_ slots: [Slot]) -> Int {
    let before = reversed.count
    var places = [Int](repeating: 0, count: slots.count)
    // The widest first, so that little is filled up.
    for width in [8, 4, 2, 1] {
      for (place, slot) in slots.enumerated() {
        switch (slot, width) {
        case (.long(let number), 8):
          align(8, before: 8)
          push(number)
        case (.int(let number), 4):
          align(4, before: 4)
          push(number)
        case (.offset(let target), 4):
          align(4, before: 4)
          push(offset: target)
        case (.short(let number), 2):
          align(2, before: 2)
          push(number)
        case (.byte(let number), 1): push(number)
        default: continue
        }
        places[place] = reversed.count
      }
    }
    align(4, before: 4)
    let size = 4 + 2 * slots.count
    push(Int32(size))
    let start = reversed.count
    for place in places.reversed() { push(UInt16(place == 0 ? 0 : start - place)) }
    push(UInt16(start - before))
    push(UInt16(size))
    return start
  }

  /// The whole buffer.
  mutating func finish(_ root: Int) -> [UInt8] {
    align(8, before: 4)
    push(offset: root)
    return reversed.reversed()
  }
}
