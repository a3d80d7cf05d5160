/// Reads Arrow's IPC formats, message by message: the stream, and the file, whose messages are the same.
public struct ArrowReader: Sendable {
  /// Fills a buffer with the next bytes and says how many; 0 at the end.
  private let read: @Sendable (UnsafeMutableRawBufferPointer) -> Int
  public private(set) var fields: [ArrowField] = []
  private var dictionaries: [Int64: ArrowDictionary] = [:]
  private var batchesOfDictionaries = 0
  private var ended = false
  /// What was read of the next message.
  private var ahead: [UInt8] = []

  /// Bytes of a message's description, and of its body, at most.
  private static let longestHead = 16 << 20
  private static let longestBody = 4 << 30

  /// Whether bytes begin like a file or a stream.
  public static func isArrow(_ start: some Collection<UInt8>) -> Bool { isFile(start) || Array(start.prefix(4)) == [255, 255, 255, 255] }

  private static func isFile(_ start: some Collection<UInt8>) -> Bool { Array(start.prefix(6)) == Array("ARROW1".utf8) }

  /// Reads the schema.
  public init(_ read: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int) throws(ArrowFault) {
    self.read = read
    var start = try bytes(8)
    let isFile = Self.isFile(start)
    if isFile { start = try bytes(8) }
    guard let head = isFile && !Self.isMessage(start) ? try bareHead(start) : try head(start), let message = try Self.message(head, kind: 1) else {
      throw .malformed("no schema")
    }
    _ = try bytes(Self.bodyLength(head))
    fields = try message.schemaFields()
  }

  /// The next batch; nil at the end.
  public mutating func next() throws(ArrowFault) -> ArrowBatch? {
    while !ended {
      var start = ahead
      ahead = []
      try fill(&start, 8, mayEnd: true)
      guard !start.isEmpty, let head = try head(start) else {
        ended = true
        return nil
      }
      let body = try bytes(Self.bodyLength(head))
      if let batch = try Self.message(head, kind: 3) { return try self.batch(batch, fields, body) }
      if let dictionary = try Self.message(head, kind: 2) { try add(dictionary, body) }
    }
    return nil
  }

  // MARK: Bytes

  private func bytes(_ count: Int) throws(ArrowFault) -> [UInt8] {
    var bytes: [UInt8] = []
    try fill(&bytes, count, mayEnd: false)
    return bytes
  }

  /// What is made room for at once.
  private static let room = 1 << 26

  /// Reads so many bytes; where they are many, growing as they come, so that a length that is none takes no memory.
  private func fill(_ bytes: inout [UInt8], _ count: Int, mayEnd: Bool) throws(ArrowFault) {
    while bytes.count < count {
      let before = bytes.count
      let piece = min(count - before, max(Self.room, before))
      let part = [UInt8](unsafeUninitializedCapacity: piece) { buffer, filled in
        while filled < piece {
          let got = read(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<piece]))
          if got <= 0 { break }
          filled += got
        }
      }
      if before == 0 { bytes = part } else { bytes += part }
      if part.count < piece {
        if mayEnd, bytes.isEmpty { return }
        throw .cutShort
      }
    }
  }

  private static func isMessage(_ start: [UInt8]) -> Bool { start.prefix(4).allSatisfy { $0 == 255 } }

  /// The description of a file's first message without the eight bytes before it, as polars writes it: it goes up to the next message, which
  /// begins at a multiple of eight bytes.
  private mutating func bareHead(_ start: [UInt8]) throws(ArrowFault) -> [UInt8] {
    var head = start
    while head.count < Self.longestHead {
      try fill(&ahead, 8, mayEnd: false)
      if Self.isMessage(ahead) { return head }
      head += ahead
      ahead = []
    }
    throw .malformed("no message where one is due")
  }

  /// A message's description by the eight bytes before it; nil at the mark of the end.
  private func head(_ start: [UInt8]) throws(ArrowFault) -> [UInt8]? {
    guard Self.isMessage(start) else { throw .malformed("no message where one is due") }
    let length = Int(try FlatBufferTable.load(start, 4, Int32.self))
    if length == 0 { return nil }
    guard length > 0, length <= Self.longestHead else { throw .malformed("a message of \(length) bytes") }
    return try bytes(length)
  }

  private static func message(_ head: [UInt8], kind: UInt8) throws(ArrowFault) -> FlatBufferTable? {
    let message = try FlatBufferTable(head)
    guard try message.number(0, or: Int16(0)) >= 3 else { throw .unsupported("a version of metadata before V4") }
    return try message.number(1, or: UInt8(0)) == kind ? try message.table(2) : nil
  }

  private static func bodyLength(_ head: [UInt8]) throws(ArrowFault) -> Int {
    let length = Int(try FlatBufferTable(head).number(3, or: Int64(0)))
    guard length >= 0, length <= longestBody else { throw .malformed("a body of \(length) bytes") }
    return length
  }

  // MARK: Batches

  private mutating func add(_ message: FlatBufferTable, _ body: [UInt8]) throws(ArrowFault) {
    let id = try message.number(0, or: Int64(0))
    guard let data = try message.table(1) else { throw .malformed("an empty dictionary") }
    guard let field = fields.first(where: { $0.dictionary?.id == id }) else { return }
    let batch = try batch(data, [field.values], body)
    batchesOfDictionaries += 1
    dictionaries[id] = ArrowDictionary(
      batch.columns[0], mark: batchesOfDictionaries, behind: try message.flag(2) ? dictionaries[id] : nil)
  }

  private func batch(_ message: FlatBufferTable, _ fields: [ArrowField], _ body: [UInt8]) throws(ArrowFault) -> ArrowBatch {
    if let compression = try message.table(3) {
      throw .unsupported("compression by \(try compression.number(0, or: Int8(0)) == 0 ? "LZ4" : "ZSTD")")
    }
    var parts = BatchParts(
      bytes: message.bytes, nodes: try message.vector(1, width: 16), buffers: try message.vector(2, width: 16),
      variadic: try message.vector(4, width: 8), bodySize: body.count)
    let count = Int(try message.number(0, or: Int64(0)))
    guard count >= 0, count <= Int(Int32.max) else { throw .malformed("a batch of \(count) rows") }
    var columns: [ArrowColumn] = []
    for field in fields {
      let (length, nulls, buffers) = try parts.take(field)
      guard length == count else { throw .malformed("columns of unequal length") }
      let dictionary = field.dictionary.flatMap { dictionaries[$0.id] }
      if field.dictionary != nil, dictionary == nil, nulls < Int64(count) { throw .malformed("a dictionary that isn't there") }
      columns.append(
        try ArrowColumn(field.dictionary?.index ?? field.type, count: count, body: body, buffers: buffers, nulls: nulls, dictionary: dictionary))
    }
    return ArrowBatch(count: count, columns: columns)
  }
}

/// Hands out a batch's nodes and buffers, field by field.
private struct BatchParts {
  let bytes: [UInt8]
  let nodes: (start: Int, count: Int)
  let buffers: (start: Int, count: Int)
  let variadic: (start: Int, count: Int)
  let bodySize: Int
  private var node = 0
  private var buffer = 0
  private var view = 0

  init(bytes: [UInt8], nodes: (start: Int, count: Int), buffers: (start: Int, count: Int), variadic: (start: Int, count: Int), bodySize: Int) {
    self.bytes = bytes
    self.nodes = nodes
    self.buffers = buffers
    self.variadic = variadic
    self.bodySize = bodySize
  }

  private func long(_ place: Int) throws(ArrowFault) -> Int64 { try FlatBufferTable.load(bytes, place, Int64.self) }

  mutating func take(_ field: ArrowField) throws(ArrowFault) -> (length: Int, nulls: Int64, buffers: [Range<Int>]) {
    guard node < nodes.count else { throw .cutShort }
    let length = try long(nodes.start + 16 * node)
    let nulls = try long(nodes.start + 16 * node + 8)
    node += 1
    var count = field.buffers
    if field.isView {
      guard view < variadic.count else { throw .cutShort }
      let more = try long(variadic.start + 8 * view)
      guard more >= 0, more <= Int64(buffers.count) else { throw .malformed("views") }
      count += Int(more)
      view += 1
    }
    guard buffer + count <= buffers.count else { throw .cutShort }
    var ranges: [Range<Int>] = []
    for place in buffer..<buffer + count {
      let start = try long(buffers.start + 16 * place)
      let size = try long(buffers.start + 16 * place + 8)
      guard start >= 0, size >= 0, start <= Int64(bodySize), size <= Int64(bodySize) - start else { throw .cutShort }
      ranges.append(Int(start)..<Int(start + size))
    }
    buffer += count
    for child in field.children { _ = try take(child) }
    return (Int(clamping: length), nulls, ranges)
  }
}
