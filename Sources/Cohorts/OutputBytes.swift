import Reports

/// Texts that output is put together of, in one memory: whoever writes many of them counts no references.
struct Pieces: Sendable {
  /// The pieces one behind the other, behind the last as many bytes as are copied at once; and where each begins.
  struct Memory {
    let bytes: UnsafeRawBufferPointer
    let starts: UnsafeBufferPointer<Int>

    var count: Int { starts.count - 1 }
  }

  private let bytes: [UInt8]
  private let starts: [Int]

  init(_ pieces: [[UInt8]]) {
    bytes = pieces.joined() + [UInt8](repeating: 0, count: OutputBytes.width)
    starts = pieces.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
  }

  @inline(__always)
  func withMemory(_ body: (Memory) -> Void) {
    bytes.withUnsafeBytes { bytes in starts.withUnsafeBufferPointer { body(Memory(bytes: bytes, starts: $0)) } }
  }
}

/// Bytes written into memory that is there already, a piece behind the other, so many at once that a piece takes a copy or two: what is copied
/// too much is written over. What has no room there stands in `rest`.
struct OutputBytes {
  /// The bytes copied at once.
  static let width = 64

  private let start: UnsafeMutableRawPointer?
  private let capacity: Int
  private(set) var count = 0
  private(set) var rest: [UInt8] = []

  init(_ memory: UnsafeMutableBufferPointer<UInt8>) {
    start = UnsafeMutableRawPointer(memory.baseAddress)
    capacity = memory.count - Self.width
  }

  /// An array of what is written, made in memory for so many bytes and an eighth more.
  static func array(of usual: Int, _ write: (inout OutputBytes) -> Void) -> [UInt8] {
    var rest: [UInt8] = []
    let bytes = [UInt8](unsafeUninitializedCapacity: usual + usual / 8 + width) { memory, count in
      var output = OutputBytes(memory)
      write(&output)
      count = output.count
      rest = output.rest
    }
    return rest.isEmpty ? bytes : bytes + rest
  }

  /// A piece, without so many of its first and last bytes.
  @inline(__always)
  mutating func append(_ pieces: Pieces.Memory, _ place: Int, from skipped: Int = 0, dropping last: Int = 0) {
    let (first, end) = (pieces.starts[place] &+ skipped, pieces.starts[place &+ 1] &- last)
    guard let start, end &- first <= capacity &- count, rest.isEmpty else { return rest.append(contentsOf: pieces.bytes[first..<end]) }
    var (from, target) = (first, count)
    while from < end {
      start.storeBytes(of: pieces.bytes.loadUnaligned(fromByteOffset: from, as: SIMD64<UInt8>.self), toByteOffset: target, as: SIMD64<UInt8>.self)
      from &+= Self.width
      target &+= Self.width
    }
    count &+= end &- first
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start, bytes.count <= capacity - count, rest.isEmpty else { return rest.append(contentsOf: bytes) }
    if let from = bytes.baseAddress { (start + count).copyMemory(from: from, byteCount: bytes.count) }
    count += bytes.count
  }

  mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  mutating func append(_ byte: UInt8) { withUnsafeBytes(of: byte) { append($0) } }

  /// Writes JSON, without its last bytes.
  mutating func append(_ json: JSON, dropping last: Int = 0) {
    var bytes: [UInt8] = []
    json.write(to: &bytes)
    bytes.removeLast(last)
    append(bytes)
  }
}
