/// A column to be written.
public enum ArrowValues: Sendable {
  /// Texts, end to end, and where each ends.
  case texts(bytes: [UInt8], ends: [Int32])
  /// Places in a dictionary, a byte each, or two.
  case bytes([UInt8])
  case shorts([Int16])
}

/// Writes Arrow's IPC formats: the stream, or the file with its magic and footer. Its bytes are handed out in order.
public struct ArrowWriter: Sendable {
  private let fields: [ArrowField]
  private let isFile: Bool
  private var position = 0
  private var dictionaryBlocks: [Int64] = []
  private var batchBlocks: [Int64] = []

  /// `isFile` for the file format, else the stream.
  public init(_ fields: [ArrowField], isFile: Bool) {
    self.fields = fields
    self.isFile = isFile
  }

  private static let magic = Array("ARROW1".utf8)

  /// The beginning: the schema, and the dictionaries by their ids.
  public mutating func start(_ dictionaries: [(id: Int64, values: [String])]) -> [UInt8] {
    var output = isFile ? Self.magic + [0, 0] : []
    var writer = FlatBufferWriter()
    let schema = Self.schema(fields, &writer)
    output += Self.framed(Self.message(1, schema, body: 0, &writer))
    for (id, values) in dictionaries {
      var ends: [Int32] = []
      var bytes: [UInt8] = []
      for value in values {
        bytes += value.utf8
        ends.append(Int32(bytes.count))
      }
      var writer = FlatBufferWriter()
      let columns: [ArrowValues] = [.texts(bytes: bytes, ends: ends)]
      let (batch, body) = Self.described(columns, [nil], count: values.count, &writer)
      let head = Self.framed(Self.message(2, writer.table([.long(id), .offset(batch)]), body: body, &writer))
      dictionaryBlocks += [Int64(output.count), Int64(head.count), Int64(body)]
      output += head
      Self.append(columns, [nil], to: &output)
    }
    position = output.count
    return output
  }

  /// A batch's bytes, which can be made ahead of its turn, and how many of them describe it. A column's validity has a bit a row, or is nil
  /// where nothing is missing.
  public static func batch(_ columns: [ArrowValues], validity: [[UInt8]?], count: Int) -> (bytes: [UInt8], head: Int) {
    var writer = FlatBufferWriter()
    let (batch, body) = described(columns, validity, count: count, &writer)
    var bytes = framed(message(3, batch, body: body, &writer))
    let head = bytes.count
    bytes.reserveCapacity(head + body)
    append(columns, validity, to: &bytes)
    return (bytes, head)
  }

  /// Notes that a batch is written next.
  public mutating func add(head: Int, body: Int) {
    batchBlocks += [Int64(position), Int64(head), Int64(body)]
    position += head + body
  }

  /// The end: the mark of it and, for a file, the footer.
  public func end() -> [UInt8] {
    let mark: [UInt8] = [255, 255, 255, 255, 0, 0, 0, 0]
    guard isFile else { return mark }
    var writer = FlatBufferWriter()
    let schema = Self.schema(fields, &writer)
    let dictionaries = writer.vector(of: dictionaryBlocks, width: 3)
    let batches = writer.vector(of: batchBlocks, width: 3)
    let root = writer.table([.short(4), .offset(schema), .offset(dictionaries), .offset(batches)])
    let footer = writer.finish(root)
    return mark + footer + (0..<4).map { UInt8(truncatingIfNeeded: footer.count >> (8 * $0)) } + Self.magic
  }

  // MARK: Parts

  private static func schema(_ fields: [ArrowField], _ writer: inout FlatBufferWriter) -> Int {
    let offsets = fields.map { field in
      let name = writer.text(field.name)
      let type = writer.table([])
      var dictionary = FlatBufferWriter.Slot.absent
      if let (id, index) = field.dictionary, case .int(let bits, let isSigned) = index {
        let places = writer.table([.int(Int32(bits)), .byte(isSigned ? 1 : 0)])
        dictionary = .offset(writer.table([.long(id), .offset(places)]))
      }
      let children = writer.vector(of: [])
      return writer.table([.offset(name), .byte(1), .byte(5), .offset(type), dictionary, .offset(children)])
    }
    let list = writer.vector(of: offsets)
    return writer.table([.short(0), .offset(list)])
  }

  private static func message(_ kind: UInt8, _ header: Int, body: Int, _ writer: inout FlatBufferWriter) -> [UInt8] {
    let root = writer.table([.short(4), .byte(kind), .offset(header), .long(Int64(body))])
    return writer.finish(root)
  }

  /// A message behind its mark and length, filled up to whole eights.
  private static func framed(_ message: [UInt8]) -> [UInt8] {
    let size = filled(message.count)
    return [255, 255, 255, 255] + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + message
      + [UInt8](repeating: 0, count: size - message.count)
  }

  /// Describes columns, and says how many bytes they take.
  private static func described(
    _ columns: [ArrowValues], _ validity: [[UInt8]?], count: Int, _ writer: inout FlatBufferWriter
  ) -> (offset: Int, body: Int) {
    var body = 0
    var nodes: [Int64] = []
    var buffers: [Int64] = []
    for (column, valid) in zip(columns, validity) {
      var there = count
      if let valid { there = valid.reduce(0) { $0 + $1.nonzeroBitCount } }
      nodes += [Int64(count), Int64(count - there)]
      forEachBuffer(column, valid) { bytes in
        buffers += [Int64(body), Int64(bytes.count)]
        body += filled(bytes.count)
      }
    }
    let nodeList = writer.vector(of: nodes, width: 2)
    let bufferList = writer.vector(of: buffers, width: 2)
    return (writer.table([.long(Int64(count)), .offset(nodeList), .offset(bufferList)]), body)
  }

  private static func append(_ columns: [ArrowValues], _ validity: [[UInt8]?], to output: inout [UInt8]) {
    for (column, valid) in zip(columns, validity) {
      forEachBuffer(column, valid) { bytes in
        output += bytes
        output.append(contentsOf: repeatElement(0, count: filled(bytes.count) - bytes.count))
      }
    }
  }

  /// A column's buffers in their order: what is there, then its values.
  private static func forEachBuffer(_ column: ArrowValues, _ validity: [UInt8]?, _ body: (UnsafeRawBufferPointer) -> Void) {
    (validity ?? []).withUnsafeBytes(body)
    switch column {
    case .texts(let bytes, let ends):
      ([0] + ends).withUnsafeBytes(body)
      bytes.withUnsafeBytes(body)
    case .bytes(let bytes): bytes.withUnsafeBytes(body)
    case .shorts(let shorts): shorts.withUnsafeBytes(body)
    }
  }

  /// Bytes filled up to whole eights.
  private static func filled(_ count: Int) -> Int { (count + 7) / 8 * 8 }
}
