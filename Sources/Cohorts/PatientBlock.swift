/// A block of patients. What is read of them stands in byte codes first, a byte a finding and patient: 0 where nothing is stated, else
/// its value's place and 1. Before a program runs these become rows of lanes: the columns' planes, all ones, then what it works out.
final class PatientBlock {
  let rows: UnsafeMutablePointer<Lanes>
  private let words: UnsafeMutablePointer<UInt64>
  private let codes: UnsafeMutablePointer<UInt8>
  private let columns: Columns
  private let planes: Int
  /// Patients in the block.
  private(set) var count = 0
  /// Whether anyone assumes absent what isn't stated.
  private(set) var isAssuming = false
  /// The lanes of those that can't be read.
  private(set) var refused = Lanes(repeating: 0)
  private var isSealed = false

  init(_ columns: Columns, rows capacity: Int) {
    self.columns = columns
    planes = columns.planes
    rows = .allocate(capacity: capacity)
    rows.initialize(repeating: Lanes(repeating: 0), count: capacity)
    rows[planes] = Lanes(repeating: .max)
    words = UnsafeMutableRawPointer(rows).assumingMemoryBound(to: UInt64.self)
    codes = .allocate(capacity: columns.columns.count * Program.lanes)
    codes.initialize(repeating: 0, count: columns.columns.count * Program.lanes)
  }

  deinit {
    rows.deallocate()
    codes.deallocate()
  }

  var isFull: Bool { count == Program.lanes }

  /// States one value of a finding of the patient being read.
  @inline(__always)
  func state(_ finding: Int, _ value: Int) { codes[finding &* Program.lanes &+ count] = UInt8(truncatingIfNeeded: value &+ 1) }

  /// The same by its code.
  @inline(__always)
  func state(_ finding: Int, code: UInt8) { codes[finding &* Program.lanes &+ count] = code }

  /// A finding's codes, a lane each, from that of the patient being read on.
  @inline(__always)
  func codes(of finding: Int) -> UnsafeMutablePointer<UInt8> { codes + (finding &* Program.lanes &+ count) }

  /// Sets a plane's bit for the patient being read: for what is more than one value.
  @inline(__always)
  func set(_ plane: Int) { words[plane &* 8 &+ count >> 6] |= 1 << UInt64(truncatingIfNeeded: count & 63) }

  func assumeAbsent() {
    set(columns.assumesAbsent)
    isAssuming = true
  }

  /// Takes back whatever was stated of the patient being read.
  func withdraw() {
    let mask = ~(1 << UInt64(count & 63) as UInt64)
    for plane in 0..<planes { words[plane * 8 + count >> 6] &= mask }
    for finding in columns.columns.indices { codes[finding * Program.lanes + count] = 0 }
  }

  /// The patient being read is complete.
  @inline(__always)
  func keep() { count &+= 1 }

  /// The patient being read can't be read: it keeps its lane.
  func refuse() {
    withdraw()
    refused[count >> 6] |= 1 << UInt64(truncatingIfNeeded: count & 63)
    count &+= 1
  }

  /// The lanes that hold patients.
  var filled: Lanes {
    var lanes = Lanes(repeating: 0)
    for word in 0..<8 {
      let left = count - word * 64
      lanes[word] = left >= 64 ? .max : left <= 0 ? 0 : (1 << UInt64(left)) - 1
    }
    return lanes
  }

  /// Runs a program over the block.
  func run(_ program: Program) {
    seal()
    program.run(rows)
  }

  /// Turns codes into planes, once.
  private func seal() {
    if isSealed { return }
    isSealed = true
    for (finding, column) in columns.columns.enumerated() {
      guard let column else { continue }
      let start = UnsafeRawPointer(codes + finding * Program.lanes)
      let bits = column.values < 2 ? 1 : column.values < 4 ? 2 : column.values < 8 ? 3 : column.values < 16 ? 4 : column.values < 32 ? 5 : 8
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 8) { digits in
        for bit in 0..<bits { digits[bit] = Lanes(repeating: 0) }
        for word in 0..<((count + 63) >> 6) {
          for group in 0..<8 {
            let bytes = start.load(fromByteOffset: word * 64 + group * 8, as: UInt64.self)
            if bytes == 0 { continue }
            for bit in 0..<bits {
              // The lowest bit of each byte, side by side.
              let lanes = ((bytes &>> UInt64(bit) & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
              digits[bit][word] |= lanes &<< UInt64(group * 8)
            }
          }
        }
        var any = digits[0]
        for bit in 1..<max(1, bits) { any |= digits[bit] }
        if any == Lanes(repeating: 0) { return }
        rows[column.stated] |= any
        for value in 0..<column.values {
          var lanes = Lanes(repeating: .max)
          for bit in 0..<bits { lanes &= (value + 1) >> bit & 1 == 1 ? digits[bit] : ~digits[bit] }
          rows[column.plane(value)] |= lanes
        }
      }
    }
  }

  /// Writes a whole plane.
  func fill(_ plane: Int, with lanes: Lanes) { rows[plane] = lanes }

  func value(of output: Program.Output) -> Lanes { output.isNegated ? ~rows[output.row] : rows[output.row] }

  func clear() {
    rows.update(repeating: Lanes(repeating: 0), count: planes)
    codes.update(repeating: 0, count: columns.columns.count * Program.lanes)
    count = 0
    isAssuming = false
    isSealed = false
    refused = Lanes(repeating: 0)
  }
}
