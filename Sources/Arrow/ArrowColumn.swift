import CLanes

/// A column of a batch: its values in the batch's body. Every access is inside the body, whatever the buffers say.
public struct ArrowColumn: Sendable {
  public let type: ArrowType
  public let count: Int
  /// The values that places stand for, where the column is encoded by a dictionary.
  public let dictionary: ArrowDictionary?
  let body: [UInt8]
  /// Nil where every value is there.
  let validity: Range<Int>?
  let values: Range<Int>
  /// The texts' bytes; for views those of each buffer.
  let data: [Range<Int>]

  init(_ type: ArrowType, count: Int, body: [UInt8], buffers: [Range<Int>], nulls: Int64, dictionary: ArrowDictionary?) throws(ArrowFault) {
    self.type = type
    self.count = count
    self.body = body
    self.dictionary = dictionary
    func need(_ range: Range<Int>, _ bytes: Int) throws(ArrowFault) { guard range.count >= bytes else { throw .cutShort } }
    if case .null = type {
      (validity, values, data) = (nil, 0..<0, [])
      return
    }
    if buffers.isEmpty { throw .malformed("a column without buffers") }
    if nulls == 0 || buffers[0].isEmpty, nulls <= 0 || count == 0 {
      validity = nil
    } else {
      try need(buffers[0], (count + 7) / 8)
      validity = buffers[0]
    }
    guard buffers.count > 1 else {
      (values, data) = (0..<0, [])
      return
    }
    values = buffers[1]
    data = Array(buffers.dropFirst(2))
    switch type {
    case .bool: try need(values, (count + 7) / 8)
    case .int(let bits, _), .float(let bits), .decimal(let bits, _): try need(values, count * bits / 8)
    case .date(let bits): try need(values, count * bits / 8)
    case .timestamp: try need(values, count * 8)
    case .utf8: if count > 0 { try need(values, (count + 1) * 4) }
    case .largeUtf8: if count > 0 { try need(values, (count + 1) * 8) }
    case .utf8View: try need(values, count * 16)
    case .null, .other: break
    }
  }

  @inline(__always)
  private func load<Number: FixedWidthInteger>(_ place: Int, _: Number.Type) -> Number {
    body.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: values.lowerBound + place * (Number.bitWidth / 8), as: Number.self) }
  }

  @inline(__always)
  public func isNull(_ row: Int) -> Bool {
    if case .null = type { return true }
    guard let validity else { return false }
    return body[validity.lowerBound + row >> 3] >> UInt8(row & 7) & 1 == 0
  }

  public func bool(_ row: Int) -> Bool { body[values.lowerBound + row >> 3] >> UInt8(row & 7) & 1 == 1 }

  /// A whole number; nil where it is one of 64 bits without a sign that is larger.
  @inline(__always)
  public func int(_ row: Int) -> Int64? {
    guard case .int(let bits, let isSigned) = type else { return nil }
    switch (bits, isSigned) {
    case (8, true): return Int64(load(row, Int8.self))
    case (8, false): return Int64(load(row, UInt8.self))
    case (16, true): return Int64(load(row, Int16.self))
    case (16, false): return Int64(load(row, UInt16.self))
    case (32, true): return Int64(load(row, Int32.self))
    case (32, false): return Int64(load(row, UInt32.self))
    case (64, true): return load(row, Int64.self)
    default: return Int64(exactly: load(row, UInt64.self))
    }
  }

  /// The day of a date or moment, from 1970-01-01, and the nanoseconds of that day; nil where the column holds none.
  public func moment(_ row: Int) -> (day: Int64, nanoseconds: Int64)? {
    func split(_ number: Int64, perDay: Int64) -> (day: Int64, nanoseconds: Int64) {
      let (day, rest) = number.quotientAndRemainder(dividingBy: perDay)
      let inside = rest < 0 ? rest + perDay : rest
      return (rest < 0 ? day - 1 : day, inside * (86_400_000_000_000 / perDay))
    }
    switch type {
    case .date(32): return (Int64(load(row, Int32.self)), 0)
    case .date: return split(load(row, Int64.self), perDay: 86_400_000)
    case .timestamp(let perSecond, _): return split(load(row, Int64.self), perDay: 86_400 * perSecond)
    default: return nil
    }
  }

  // MARK: Many rows at once

  /// For each of some rows what a table of 256 bytes holds at its whole number; its last for what is none below 255; a negative one of 8 bits
  /// is looked up at its byte, 128 or more, where no other of its column is. What a row without a value comes to is left open. False,
  /// and nothing written, where the column holds no numbers of a common type.
  public func look(_ rows: Range<Int>, in table: UnsafePointer<UInt8>, into target: UnsafeMutablePointer<UInt8>) -> Bool {
    let kind: Int32
    switch type {
    case .int(let bits, _): kind = Int32(bits / 8)
    case .float(64): kind = 0
    default: return false
    }
    body.withUnsafeBytes { bytes in
      let start = values.lowerBound + rows.lowerBound * (kind == 0 ? 8 : Int(kind))
      clanes_look(bytes.baseAddress.map { $0 + start }, kind, rows.count, table, target)
    }
    return true
  }

  /// For each of some rows 1 where it is true, else 2. False, and nothing written, where the column holds no truths.
  public func lookTruths(_ rows: Range<Int>, into target: UnsafeMutablePointer<UInt8>) -> Bool {
    guard case .bool = type else { return false }
    spread(rows, from: values.lowerBound, target, clanes_truths) { isSet, _ in isSet ? 1 : 2 }
    return true
  }

  /// Hands over the texts of some rows, of which none is missing, with the place of each among them. False where the column holds none, or
  /// some point outside the body: what was handed over before is as it was.
  public func forEachText(_ rows: Range<Int>, _ work: (Int, UnsafeRawBufferPointer) -> Void) -> Bool {
    guard validity == nil, let only = data.first else { return false }
    func each<Number: FixedWidthInteger>(_: Number.Type) -> Bool {
      body.withUnsafeBytes { bytes in
        let size = Number.bitWidth / 8
        func end(_ row: Int) -> Int {
          Int(truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: values.lowerBound &+ row &* size, as: Number.self))
        }
        var start = end(rows.lowerBound)
        for row in rows {
          let end = end(row &+ 1)
          guard start >= 0, start <= end, end <= only.count else { return false }
          work(row &- rows.lowerBound, UnsafeRawBufferPointer(rebasing: bytes[(only.lowerBound &+ start)..<(only.lowerBound &+ end)]))
          start = end
        }
        return true
      }
    }
    switch type {
    case .utf8: return each(Int32.self)
    case .largeUtf8: return each(Int64.self)
    default: return false
    }
  }

  /// Puts zero for those of some rows where no value is.
  public func clearMissing(_ rows: Range<Int>, in target: UnsafeMutablePointer<UInt8>) {
    if case .null = type { return target.update(repeating: 0, count: rows.count) }
    guard let validity else { return }
    spread(rows, from: validity.lowerBound, target, clanes_keep) { isSet, old in isSet ? old : 0 }
  }

  /// Changes bytes by the bits of their rows: sixty-four at a time, then the last few one by one.
  private func spread(
    _ rows: Range<Int>, from start: Int, _ target: UnsafeMutablePointer<UInt8>,
    _ blocks: (UnsafePointer<UInt8>?, Int, Int, UnsafeMutablePointer<UInt8>?) -> Void, _ one: (_ isSet: Bool, UInt8) -> UInt8
  ) {
    body.withUnsafeBytes { bytes in
      let bits = UnsafeRawBufferPointer(rebasing: bytes[start...])
      blocks(bits.assumingMemoryBound(to: UInt8.self).baseAddress, rows.lowerBound, rows.count / 64, target)
      for row in rows.dropFirst(rows.count / 64 * 64) {
        let place = row - rows.lowerBound
        target[place] = one(bits[row >> 3] >> UInt8(row & 7) & 1 == 1, target[place])
      }
    }
  }

  public func double(_ row: Int) -> Double? {
    switch type {
    case .float(64): Double(bitPattern: load(row, UInt64.self))
    case .float(32): Double(Float(bitPattern: load(row, UInt32.self)))
    case .float(16): Self.half(load(row, UInt16.self))
    default: nil
    }
  }

  /// A number of half precision.
  private static func half(_ bits: UInt16) -> Double {
    let sign: Double = bits >> 15 == 1 ? -1 : 1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023)
    if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
    return exponent == 0 ? sign * fraction / 16_777_216 : sign * (1 + fraction / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
  }

  /// A decimal number's digits without its point, and how many stand behind that; nil where there are more than 64 bits hold.
  public func decimal(_ row: Int) -> (digits: Int64, scale: Int)? {
    guard case .decimal(let bits, let scale) = type else { return nil }
    if bits == 32 { return (Int64(load(row, Int32.self)), scale) }
    let words = bits / 64
    let low = Int64(bitPattern: load(row * words, UInt64.self))
    for word in 1..<max(1, words) where load(row * words + word, Int64.self) != (low < 0 ? -1 : 0) { return nil }
    return (low, scale)
  }

  /// A text's bytes; nil where the column holds no texts, or they point outside the body.
  @inline(__always)
  public func withText<Result>(_ row: Int, _ work: (UnsafeRawBufferPointer) -> Result) -> Result? {
    let start: Int
    let end: Int
    let buffer: Range<Int>
    switch type {
    case .utf8, .largeUtf8:
      guard let only = data.first else { return nil }
      buffer = only
      if case .utf8 = type {
        (start, end) = (Int(load(row, Int32.self)), Int(load(row + 1, Int32.self)))
      } else {
        (start, end) = (Int(load(row, Int64.self)), Int(load(row + 1, Int64.self)))
      }
    case .utf8View:
      let length = Int(load(row * 4, Int32.self))
      if length <= 12 {
        buffer = values
        start = row * 16 + 4
        end = start + length
      } else {
        let place = Int(load(row * 4 + 2, Int32.self))
        guard data.indices.contains(place) else { return nil }
        buffer = data[place]
        start = Int(load(row * 4 + 3, Int32.self))
        end = start + length
      }
    default: return nil
    }
    guard start >= 0, start <= end, end <= buffer.count else { return nil }
    return body.withUnsafeBytes { work(UnsafeRawBufferPointer(rebasing: $0[(buffer.lowerBound + start)..<(buffer.lowerBound + end)])) }
  }

  public func text(_ row: Int) -> String? { withText(row) { String(decoding: $0, as: UTF8.self) } }
}

/// The values of a dictionary, in pieces as they came.
public struct ArrowDictionary: Sendable {
  public private(set) var pieces: [ArrowColumn] = []
  public private(set) var count = 0
  /// Changes whenever the values do.
  public let mark: Int

  init(_ piece: ArrowColumn, mark: Int, behind earlier: ArrowDictionary? = nil) {
    pieces = (earlier?.pieces ?? []) + [piece]
    count = (earlier?.count ?? 0) + piece.count
    self.mark = mark
  }

  /// The piece and the row of it that a place stands for.
  public func find(_ place: Int) -> (column: ArrowColumn, row: Int)? {
    guard place >= 0 else { return nil }
    var rest = place
    for piece in pieces {
      if rest < piece.count { return (piece, rest) }
      rest -= piece.count
    }
    return nil
  }
}

/// Rows of all columns.
public struct ArrowBatch: Sendable {
  public let count: Int
  public let columns: [ArrowColumn]
}
