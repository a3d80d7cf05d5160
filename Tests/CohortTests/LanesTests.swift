import CLanes
import Measures
import Testing

/// The loops over lanes do the same in registers of each width; each is held to what its header says, bit by bit.
@Suite("Lanes")
struct LanesTests {
  private static let patients = 512
  private static let words = 8

  /// What work leaves behind in registers of each width that this processor has.
  private func each(_ work: (inout Xoshiro256) -> [UInt64]) -> [[UInt64]] {
    defer { _ = clanes_width(512) }
    return [128, 256, 512].map { width in
      #expect(clanes_width(Int32(width)) <= width)
      var random = Xoshiro256(seed: 12)
      return work(&random)
    }
  }

  private func random(_ count: Int, _ random: inout Xoshiro256) -> [UInt64] { (0..<count).map { _ in random.next() } }

  private func bit(_ rows: [UInt64], _ row: Int, _ patient: Int) -> Bool { rows[row * Self.words + patient >> 6] >> UInt64(patient & 63) & 1 == 1 }

  @Test("a byte of code a patient becomes a row of those who have one, and a row a value, beside what the rows hold", arguments: [1, 2, 5, 21])
  func seal(values: Int) {
    var codes: [UInt8] = []
    var before: [UInt64] = []
    let found = each { random in
      codes = (0..<Self.patients).map { $0 / 64 == 3 ? 0 : UInt8(random.next() % UInt64(values + 1)) }
      before = (0..<(values + 1) * Self.words).map { _ in random.next() & random.next() & random.next() }
      var rows = before
      clanes_seal(codes, 7, values, &rows)
      return rows
    }
    for rows in found {
      for patient in 0..<Self.patients {
        let code = patient < 7 * 64 ? Int(codes[patient]) : 0
        #expect(bit(rows, 0, patient) == (code != 0 || bit(before, 0, patient)))
        for value in 1...values { #expect(bit(rows, value, patient) == (code == value || bit(before, value, patient))) }
      }
    }
  }

  @Test(
    "a conjunction is all of the rows that it takes, and none of those that it takes negated",
    arguments: [[2, 0], [1, 1], [0, 2], [3, 0], [2, 1], [1, 2], [0, 3], [1, 0], [0, 1], [5, 4]])
  func run(shape: [Int]) {
    let (plain, negated) = (shape[0], shape[1])
    var before: [UInt64] = []
    // The second takes what the first has made.
    let first = (0..<plain + negated).map { Int32($0) }
    let second = [Int32(12)] + first.dropFirst()
    let found = each { random in
      before = self.random(10 * Self.words, &random) + [UInt64](repeating: 0, count: 4 * Self.words)
      var rows = before
      let steps = [Int32(plain), Int32(negated), 2, 12] + first + [13] + second
      clanes_run(steps, steps.count, &rows)
      return rows
    }
    for rows in found {
      #expect(Array(rows[..<(12 * Self.words)]) == Array(before[..<(12 * Self.words)]))
      for patient in 0..<Self.patients {
        for (target, taken) in [(12, first), (13, second)] {
          let all = taken[..<plain].allSatisfy { bit(rows, Int($0), patient) } && taken[plain...].allSatisfy { !bit(rows, Int($0), patient) }
          #expect(bit(rows, target, patient) == all)
        }
      }
    }
  }

  @Test("rows that are added, carried and waiting, are as many ones as there were")
  func add() {
    let (blocks, levels, outputs) = (53, 4, [Int32(0), ~Int32(1), 2])
    var ones = [Int](repeating: 0, count: outputs.count)
    let found = each { random in
      ones = ones.map { _ in 0 }
      var bytes = [UInt64](repeating: 0, count: outputs.count * Self.words)
      var sums = [UInt64](repeating: 0, count: bytes.count * levels)
      var waiting = sums
      for block in 0..<blocks {
        let rows = self.random(3 * Self.words, &random)
        let valid = self.random(Self.words, &random)
        clanes_add(outputs, outputs.count, rows, valid, (~block).trailingZeroBitCount, levels, &sums, &waiting, &bytes)
        for (place, output) in outputs.enumerated() {
          for patient in 0..<Self.patients where bit(valid, 0, patient) {
            if output < 0 ? !bit(rows, Int(~output), patient) : bit(rows, Int(output), patient) { ones[place] += 1 }
          }
        }
      }
      return outputs.indices.map { place in
        let words = place * Self.words..<(place + 1) * Self.words
        var total: UInt64 = words.reduce(0) { total, word in total + (0..<8).reduce(0) { $0 + (bytes[word] >> UInt64($1 * 8) & 0xFF) << UInt64(levels) } }
        for level in 0..<levels {
          for word in words {
            let slot = level * bytes.count + word
            total += UInt64(sums[slot].nonzeroBitCount) << UInt64(level)
            if blocks >> level & 1 == 1 { total += UInt64(waiting[slot].nonzeroBitCount) << UInt64(level) }
          }
        }
        return total
      }
    }
    for sums in found { #expect(sums == ones.map { UInt64($0) }) }
  }

  @Test("two rows become a code a patient: both, the second alone, neither")
  func spread() {
    var (certain, possible): ([UInt64], [UInt64]) = ([], [])
    let found = each { random in
      possible = self.random(Self.words, &random)
      certain = possible.map { $0 & random.next() }
      var codes = [UInt8](repeating: 9, count: Self.patients)
      clanes_spread(certain, possible, &codes)
      return codes.map { UInt64($0) }
    }
    for codes in found {
      for patient in 0..<Self.patients { #expect(codes[patient] == (bit(certain, 0, patient) ? 0 : bit(possible, 0, patient) ? 1 : 2)) }
    }
  }

  @Test("bits keep their codes, or tell truths, from any bit on", arguments: [0, 1, 7, 8, 13])
  func bits(first: Int) {
    let blocks = 3
    var (bits, before): ([UInt8], [UInt8]) = ([], [])
    let found = each { random in
      // No byte more than the last bit needs.
      bits = (0..<(first + blocks * 64 + 7) / 8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      before = (0..<blocks * 64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var (kept, told) = (before, [UInt8](repeating: 9, count: before.count))
      clanes_keep(bits, first, blocks, &kept)
      clanes_truths(bits, first, blocks, &told)
      return (kept + told).map { UInt64($0) }
    }
    for codes in found {
      for place in before.indices {
        let isSet = bits[(first + place) >> 3] >> UInt8((first + place) & 7) & 1 == 1
        #expect(codes[place] == (isSet ? UInt64(before[place]) : 0))
        #expect(codes[before.count + place] == (isSet ? 1 : 2))
      }
    }
  }

  @Test("numbers are looked up in a table, whatever their width; what is no whole number below 255 takes its last", arguments: [1, 2, 4, 8, 0])
  func look(kind: Int) {
    let table = (0..<256).map { UInt8(($0 * 7 + 3) & 0xFF) }
    let wholes: [UInt64] = [0, 1, 2, 100, 253, 254, 255, 256, 257, 511, 65_535, 65_536, 1 << 31, 1 << 32, (1 << 32) + 3, 1 << 52, (1 << 52) + 5, .max]
    let doubles: [Double] = [
      0, -0.0, 1, 2, 254, 254.5, 255, 256, 257, 511, -1, -255, -256, 0.5, 4_503_599_627_370_497, -4_503_599_627_370_495, .nan, .infinity, -.infinity,
    ]
    let width = kind == 0 ? 8 : kind
    var expected: [UInt64] = []
    let found = each { random in
      var bytes: [UInt8] = [9]
      expected = []
      for _ in 0..<200 {
        if kind == 0 {
          let number = doubles[Int(random.next() % UInt64(doubles.count))]
          let isPlace = number >= 0 && number < 255 && number == number.rounded()
          expected.append(UInt64(table[isPlace ? Int(number) : 255]))
          withUnsafeBytes(of: number) { bytes += $0 }
        } else {
          let number = wholes[Int(random.next() % UInt64(wholes.count))] & (width == 8 ? .max : (1 << UInt64(width * 8)) - 1)
          expected.append(UInt64(table[Int(min(number, 255))]))
          withUnsafeBytes(of: number) { bytes += $0[..<width] }
        }
      }
      var codes = [UInt8](repeating: 0, count: 200)
      bytes.withUnsafeBytes { clanes_look($0.baseAddress.map { $0 + 1 }, Int32(kind), 200, table, &codes) }
      return codes.map { UInt64($0) }
    }
    for codes in found { #expect(codes == expected) }
  }
}
