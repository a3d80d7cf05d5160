/// What a column holds.
public enum ArrowType: Sendable, Equatable {
  case null, bool, utf8, largeUtf8, utf8View
  case int(bits: Int, isSigned: Bool)
  case float(bits: Int)
  case decimal(bits: Int, scale: Int)
  /// Days from 1970-01-01 in 32 bits, or milliseconds in 64.
  case date(bits: Int)
  /// So many a second from 1970-01-01 on, in 64 bits; `isUTC` where it is a moment, else what a calendar and a clock show.
  case timestamp(perSecond: Int64, isUTC: Bool)
  /// A kind that isn't read, by its name; its columns can be passed over.
  case other(String)
}

/// A column of a schema.
public struct ArrowField: Sendable, Equatable {
  public let name: String
  public let type: ArrowType
  /// The dictionary that its values stand in, and the type of its places there.
  public var dictionary: (id: Int64, index: ArrowType)?
  /// How many buffers it has itself, and its children.
  var buffers: Int
  var isView: Bool
  var children: [ArrowField] = []

  /// A column of texts, each a place in a dictionary; or of texts themselves.
  public init(_ name: String, dictionary: Int64? = nil, places: ArrowType = .int(bits: 8, isSigned: true)) {
    self.name = name
    type = .utf8
    self.dictionary = dictionary.map { ($0, places) }
    buffers = dictionary == nil ? 3 : 2
    isView = false
  }

  public static func == (one: ArrowField, other: ArrowField) -> Bool {
    one.name == other.name && one.type == other.type && one.dictionary?.id == other.dictionary?.id && one.children == other.children
  }

  /// Reads a field; `left` is how many more fields there may be in all.
  init(_ table: FlatBufferTable, depth: Int, left: inout Int) throws(ArrowFault) {
    left -= 1
    guard depth < 32, left >= 0 else { throw .malformed("too many fields") }
    name = try table.text(0) ?? ""
    let kind = try table.number(2, or: UInt8(0))
    let detail = try table.table(3)
    func number<Number: FixedWidthInteger>(_ slot: Int, _ standard: Number) throws(ArrowFault) -> Number { try detail?.number(slot, or: standard) ?? standard }
    var buffers = 2
    var isView = false
    switch kind {
    case 1:
      type = .null
      buffers = 0
    case 2:
      let bits = Int(try number(0, Int32(0)))
      guard [8, 16, 32, 64].contains(bits) else { throw .malformed("Int\(bits)") }
      type = .int(bits: bits, isSigned: try detail?.flag(1) ?? false)
    case 3:
      let precision = Int(try number(0, Int16(0)))
      guard (0...2).contains(precision) else { throw .malformed("FloatingPoint") }
      type = .float(bits: 16 << precision)
    case 5:
      type = .utf8
      buffers = 3
    case 6: type = .bool
    case 7:
      let bits = Int(try number(2, Int32(128)))
      guard [32, 64, 128, 256].contains(bits) else { throw .malformed("Decimal\(bits)") }
      type = .decimal(bits: bits, scale: Int(try number(1, Int32(0))))
    case 20:
      type = .largeUtf8
      buffers = 3
    case 24:
      type = .utf8View
      isView = true
    case 4, 19:
      type = .other("Binary")
      buffers = 3
    case 8: type = .date(bits: try number(0, Int16(1)) == 0 ? 32 : 64)
    case 10:
      let unit = Int(try number(0, Int16(0)))
      guard (0...3).contains(unit) else { throw .malformed("Timestamp") }
      type = .timestamp(perSecond: [1, 1_000, 1_000_000, 1_000_000_000][unit], isUTC: try detail?.text(1).map { !$0.isEmpty } ?? false)
    case 9, 11: type = .other(kind == 9 ? "Time" : "Interval")
    case 15: type = .other("FixedSizeBinary")
    case 18: type = .other("Duration")
    case 12, 17, 21: type = .other("List")
    case 13:
      type = .other("Struct")
      buffers = 1
    case 16:
      type = .other("FixedSizeList")
      buffers = 1
    case 14:
      type = .other("Union")
      buffers = try number(0, Int16(0)) == 0 ? 1 : 2
    case 22:
      type = .other("RunEndEncoded")
      buffers = 0
    case 23:
      type = .other("BinaryView")
      isView = true
    case 25, 26:
      type = .other("ListView")
      buffers = 3
    default: throw .unsupported("a column type of number \(kind)")
    }
    var children: [ArrowField] = []
    for child in try table.tables(5) { children.append(try ArrowField(child, depth: depth + 1, left: &left)) }
    if let encoding = try table.table(4) {
      let index = try encoding.table(1)
      let bits = Int(try index?.number(0, or: Int32(0)) ?? 32)
      guard [8, 16, 32, 64].contains(bits) else { throw .malformed("dictionary index Int\(bits)") }
      dictionary = (try encoding.number(0, or: Int64(0)), .int(bits: bits, isSigned: try index?.flag(1) ?? true))
      valueBuffers = (buffers, isView)
      buffers = 2
      isView = false
      // The dictionary's own layout has the children.
      if !children.isEmpty { throw .unsupported("a dictionary of nested values") }
    }
    self.buffers = buffers
    self.isView = isView
    self.children = children
  }

  /// The buffers of a dictionary's values.
  private var valueBuffers: (buffers: Int, isView: Bool)?

  /// The field that a dictionary's values are.
  var values: ArrowField {
    var field = self
    field.dictionary = nil
    if let valueBuffers { (field.buffers, field.isView) = valueBuffers }
    return field
  }
}

extension FlatBufferTable {
  /// The fields of a schema.
  func schemaFields() throws(ArrowFault) -> [ArrowField] {
    if try number(0, or: Int16(0)) != 0 { throw .unsupported("big-endian numbers") }
    var left = 20_000
    var fields: [ArrowField] = []
    for table in try tables(1) { fields.append(try ArrowField(table, depth: 0, left: &left)) }
    return fields
  }
}
