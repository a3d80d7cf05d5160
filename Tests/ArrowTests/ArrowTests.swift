import Arrow
import Foundation
import Synchronization
import Testing

/// Files that pyarrow 22 and polars 1 wrote: what they hold was written down in Python, not read back by this module.
private func fixture(_ name: String) throws -> [UInt8] {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
  return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
}

private final class Left: Sendable {
  let bytes: Mutex<ArraySlice<UInt8>>
  init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes[...]) }

  @Sendable func read(_ buffer: UnsafeMutableRawBufferPointer, _ most: Int) -> Int {
    bytes.withLock { left in
      let count = min(buffer.count, left.count, most)
      buffer.copyBytes(from: left.prefix(count))
      left = left.dropFirst(count)
      return count
    }
  }
}

/// Every value of every batch, as text; "-" where there is none.
private func contents(_ bytes: [UInt8], pieces: Int = .max) throws(ArrowFault) -> (names: [String], rows: [[String]]) {
  let left = Left(bytes)
  var reader = try ArrowReader { left.read($0, pieces) }
  var rows: [[String]] = []
  while let batch = try reader.next() {
    for row in 0..<batch.count { rows.append(batch.columns.map { shown($0, row) }) }
  }
  return (reader.fields.map(\.name), rows)
}

private func shown(_ column: ArrowColumn, _ row: Int) -> String {
  if column.isNull(row) { return "-" }
  if let dictionary = column.dictionary {
    return column.int(row).flatMap { dictionary.find(Int($0)) }.map { shown($0.column, $0.row) } ?? "outside"
  }
  switch column.type {
  case .bool: return "\(column.bool(row))"
  case .int: return column.int(row).map { "\($0)" } ?? "large"
  case .float: return column.double(row).map { "\($0)" } ?? "none"
  case .decimal: return column.decimal(row).map { "\($0.digits)/\($0.scale)" } ?? "large"
  case .utf8, .largeUtf8, .utf8View: return column.text(row) ?? "outside"
  case .date, .timestamp: return column.moment(row).map { "\($0.day)" } ?? "none"
  case .null, .other: return "…"
  }
}

@Suite("Arrow's IPC formats are read and written by their specification")
struct ArrowTests {
  private static let names = [
    "text", "large", "view", "flag", "byte", "word", "long", "float", "single", "half", "decimal", "dictionary", "nothing", "list", "struct", "day",
    "last",
  ]
  private static let rows = [
    ["a", "x", "short", "true", "1", "1", "1", "1.5", "1.5", "1.5", "1250000/6", "left", "-", "…", "…", "1", "one"],
    ["-", "y", "-", "false", "-2", "2", "-2", "-", "-", "-", "-", "-", "-", "-", "-", "-", "two"],
    ["γάμμα", "-", "a longer text than twelve bytes", "-", "-", "3", "-", "nan", "2.25", "2.25", "-1/6", "right", "-", "…", "…", "3", "three"],
    ["", "z", "b", "true", "4", "-", "4", "-0.25", "-0.25", "-0.25", "20000000/6", "left", "-", "…", "…", "4", "four"],
    [
      "a longer text than twelve bytes", "w", "c", "false", "127", "65535", "4611686018427387904", "1e+300", "0.0", "0.0", "0/6", "right", "-", "…",
      "…", "5", "-",
    ],
  ]

  @Test("every type of pyarrow's file and stream, in pieces of any size", arguments: ["types.arrow", "types.arrows"], [1, 7, 1 << 20])
  func types(name: String, pieces: Int) throws {
    let found = try contents(fixture(name), pieces: pieces)
    #expect(found.names == Self.names)
    #expect(found.rows == Self.rows)
  }

  @Test("a dictionary that grows between batches")
  func growing() throws {
    #expect(try contents(fixture("growing.arrows")).rows == [["one"], ["two"], ["three"], ["one"]])
  }

  @Test("polars' categories and views")
  func polars() throws {
    let found = try contents(fixture("polars.arrows"))
    #expect(found.names == ["word", "number", "text"])
    #expect(found.rows == [["one", "1.5", "x"], ["-", "2.5", "a text that is longer than twelve"], ["two", "-", "-"]])
  }

  @Test("what isn't read is said")
  func unsupported() throws {
    let compressed = try fixture("compressed.arrows")
    #expect(throws: ArrowFault.unsupported("compression by ZSTD")) { try contents(compressed) }
    #expect(throws: ArrowFault.self) { try contents(Array("nothing of the kind".utf8)) }
    #expect(throws: ArrowFault.cutShort) { try contents([]) }
    #expect(ArrowReader.isArrow(compressed) && !ArrowReader.isArrow(Array("{\"id\":1}".utf8)))
  }

  private func written(isFile: Bool) -> [UInt8] {
    var writer = ArrowWriter(
      [ArrowField("id"), ArrowField("rule", dictionary: 4), ArrowField("word", dictionary: 9, places: .int(bits: 16, isSigned: true))], isFile: isFile)
    var bytes = writer.start([(4, ["applies", "depends"]), (9, ["één", ""])])
    for count in [9, 0, 1] {
      let ends = (0..<count).map { Int32(($0 + 1) * 2) }
      let (batch, head) = ArrowWriter.batch(
        [
          .texts(bytes: Array(repeating: 0x61, count: 2 * count), ends: ends), .bytes((0..<count).map { UInt8($0 % 2) }),
          .shorts((0..<count).map { Int16(($0 + 1) % 2) }),
        ], validity: [nil, count == 9 ? [0b1111_1101, 1] : nil, nil], count: count)
      writer.add(head: head, body: batch.count - head)
      bytes += batch
    }
    return bytes + writer.end()
  }

  @Test("what is written is read back", arguments: [false, true])
  func roundTrip(isFile: Bool) throws {
    let found = try contents(written(isFile: isFile))
    #expect(found.names == ["id", "rule", "word"])
    let nine = (0..<9).map { ["aa", $0 == 1 ? "-" : $0 % 2 == 0 ? "applies" : "depends", $0 % 2 == 0 ? "" : "één"] }
    #expect(found.rows == nine + [["aa", "applies", ""]])
  }

  @Test("every message and body stands at a multiple of eight, as the specification has it, and a file ends in its footer's length and mark")
  func alignment() throws {
    let bytes = written(isFile: true)
    #expect(bytes.starts(with: Array("ARROW1\0\0".utf8)))
    #expect(bytes.suffix(6) == Array("ARROW1".utf8)[...])
    let footer = bytes.suffix(10).prefix(4).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    let mark = bytes.count - 10 - footer - 8
    #expect(Array(bytes[mark..<mark + 8]) == [255, 255, 255, 255, 0, 0, 0, 0])
    #expect(mark % 8 == 0)
  }

  @Test(
    "cut short anywhere it is an error or ends at a whole batch, never a crash", arguments: ["types.arrow", "types.arrows", "growing.arrows", "polars.arrows"])
  func truncations(name: String) throws {
    let bytes = try fixture(name)
    let whole = try contents(bytes).rows
    for length in 0..<bytes.count {
      guard let found = try? contents(Array(bytes[..<length])) else { continue }
      #expect(found.rows == Array(whole.prefix(found.rows.count)))
    }
  }

  @Test("with bytes changed it is an error or other values, never a crash", arguments: ["types.arrow", "types.arrows", "growing.arrows", "polars.arrows"])
  func flips(name: String) throws {
    let bytes = try fixture(name)
    var state: UInt64 = 88_172_645_463_325_252
    func below(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 11) % bound
    }
    var refused = 0
    for place in bytes.indices {
      var changed = bytes
      changed[place] = UInt8(below(256))
      if below(3) == 0 { changed[below(bytes.count)] = [0, 127, 128, 255][below(4)] }
      if (try? contents(changed)) == nil { refused += 1 }
    }
    #expect(refused > 100)
  }
}
