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
      let (batch, body) = Self.batch([.texts(bytes: bytes, ends: ends)], [nil], count: values.count, &writer)
      let head = Self.framed(Self.message(2, writer.table([.long(id), .offset(batch)]), body: body.count, &writer))
      dictionaryBlocks += [Int64(output.count), Int64(head.count), Int64(body.count)]
      output += head
      output += body
    }
    position = output.count
    return output
  }

  /// A batch's bytes, which can be made ahead of its turn. A column's validity has a bit a row, or is nil where nothing is missing.
  public static func batch(_ columns: [ArrowValues], validity: [[UInt8]?], count: Int) -> (head: [UInt8], body: [UInt8]) {
    var writer = FlatBufferWriter()
    let (batch, body) = batch(columns, validity, count: count, &writer)
    return (framed(message(3, batch, body: body.count, &writer)), body)
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
    let filled = (message.count + 7) / 8 * 8
    return [255, 255, 255, 255] + (0..<4).map { UInt8(truncatingIfNeeded: filled >> (8 * $0)) } + message
      + [UInt8](repeating: 0, count: filled - message.count)
  }

  private static func batch(
    _ columns: [ArrowValues], _ validity: [[UInt8]?], count: Int, _ writer: inout FlatBufferWriter
  ) -> (offset: Int, body: [UInt8]) {
    var body: [UInt8] = []
    var nodes: [Int64] = []
    var buffers: [Int64] = []
    func add(_ bytes: UnsafeRawBufferPointer) {
      buffers += [Int64(body.count), Int64(bytes.count)]
      body += bytes
      while body.count % 8 != 0 { body.append(0) }
    }
    for (column, valid) in zip(columns, validity) {
      var there = count
      if let valid { there = valid.reduce(0) { $0 + $1.nonzeroBitCount } }
      nodes += [Int64(count), Int64(count - there)]
      (valid ?? []).withUnsafeBytes(add)
      switch column {
      case .texts(let bytes, let ends):
        ([0] + ends).withUnsafeBytes(add)
        bytes.withUnsafeBytes(add)
      case .bytes(let bytes): bytes.withUnsafeBytes(add)
      case .shorts(let shorts): shorts.withUnsafeBytes(add)
      }
    }
    let nodeList = writer.vector(of: nodes, width: 2)
    let bufferList = writer.vector(of: buffers, width: 2)
    return (writer.table([.long(Int64(count)), .offset(nodeList), .offset(bufferList)]), body)
  }
}
