import Grammar
import Guideline
import Testing
import Vocabulary

@testable import Arrow
@testable import Cohorts

@Suite("Arrow's columns as codes")
struct ArrowCodesTests {
  let compiled: CompiledGuideline

  init() throws { compiled = CompiledGuideline(try Guideline.embedded()) }

  /// Numbers within the range of small ones, at its ends, beyond them, and such as no finding holds.
  private static let numbers: [Double] = [0, 1, 2, 3, 12, 14, 20, 55, 100, 254, 255, 256, 257, 300, 511, 65_536, -1, -256, 1_000_000_000, 2.5, 0.1, -0.0]

  private static func bytes(_ number: Double, _ type: ArrowType) -> [UInt8] {
    func bytes(_ bits: UInt64, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt64($0 * 8)) } }
    return switch type {
    case .float(64): bytes(number.bitPattern, 8)
    case .float(let bits): bytes(UInt64(Float(number).bitPattern), bits / 8)
    case .int(let bits, _): bytes(UInt64(bitPattern: Int64(number.isFinite ? number : 0)), bits / 8)
    default: []
    }
  }

  /// A column of numbers or truths, some of them missing, behind three bytes that aren't its own.
  private static func column(_ type: ArrowType, count: Int) throws -> ArrowColumn {
    var body: [UInt8] = [9, 9, 9]
    for byte in 0..<((count + 7) / 8) { body.append(UInt8(truncatingIfNeeded: byte * 37 ^ byte >> 2 | 0x51)) }
    let validity = 3..<body.count
    let start = body.count
    if case .bool = type {
      for byte in 0..<((count + 7) / 8) { body.append(UInt8(truncatingIfNeeded: byte * 91 ^ 0xA6)) }
    } else {
      let numbers = type == .float(bits: 64) || type == .float(bits: 32) ? numbers + [.nan, .infinity, -.infinity, 1e300] : numbers
      for row in 0..<count { body += bytes(numbers[(row * 7 + row / 19) % numbers.count], type) }
    }
    return try ArrowColumn(type, count: count, body: body, buffers: [validity, start..<body.count], nulls: 1, dictionary: nil)
  }

  private static let types: [ArrowType] =
    [8, 16, 32, 64].flatMap { [.int(bits: $0, isSigned: true), .int(bits: $0, isSigned: false)] } + [.float(bits: 64), .float(bits: 32), .bool]

  @Test("what many rows at once come to is what each cell says by itself", arguments: types)
  func many(type: ArrowType) throws {
    let guideline = compiled.guideline
    let values = try Self.column(type, count: 1_300)
    for (name, codes, unit) in [
      ("men1", [:], nil), ("size", [:], nil), ("ki67", [:], nil), ("size", [:], "cm"),
      ("syndrome", ["1": Possible.values(1), "2": .values(2), "3": nil], nil),
    ] as [(String, [String: Possible?], String?)] {
      let finding = try #require(guideline.vocabulary.finding(id: name))
      let column = TableColumn(name: name, role: .finding(finding.index), codes: codes, unit: unit)
      for isAlone in [true, false] {
        var reader = ColumnReader(column, compiled, isAlone: isAlone)
        // The same twice: what was kept of the first is what the second takes.
        for rows in [0..<512, 512..<1_024, 1_003..<1_300, 3..<10] {
          let block = compiled.block()
          var odd = [Bool](repeating: false, count: Program.lanes)
          reader.read(values, rows, block, &odd)
          for row in rows {
            var code = 0
            var isOdd = false
            if let text = ColumnReader.text(values, row) {
              do {
                if let possible = try column.possible(text, guideline) {
                  if let value = compiled.columns.value(of: finding.index, possible) { code = value + 1 } else { isOdd = true }
                }
              } catch {
                isOdd = true
              }
            }
            let found = block.codes(of: finding.index)[row - rows.lowerBound]
            // What half the width holds of a fraction is for the careful reader, who takes it as it would be written.
            if type == .float(bits: 32), odd[row - rows.lowerBound] { continue }
            #expect(odd[row - rows.lowerBound] == isOdd, "\(name) row \(row): \(ColumnReader.text(values, row) ?? "nothing")")
            #expect(Int(found) == code, "\(name) row \(row): \(ColumnReader.text(values, row) ?? "nothing")")
          }
        }
      }
    }
  }
}
