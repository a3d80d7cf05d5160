import CLanes

/// A block of patients. What is read of them stands in byte codes first, a byte a finding and patient: 0 where nothing is stated, else
/// its value's place and 1. Before a program runs these become rows of lanes: the columns' planes, all ones, then what it works out.
final class PatientBlock {
  let rows: UnsafeMutablePointer<Lanes>
  private let words: UnsafeMutablePointer<UInt64>
  private let codes: UnsafeMutablePointer<UInt8>
  private let columns: Columns
  private let planeCount: Int
  /// Patients in the block.
  private(set) var count = 0
  /// Whether anyone assumes absent what isn't stated.
  private(set) var isAssuming = false
  /// The lanes of those that can't be read.
  private(set) var refused = Lanes(repeating: 0)
  private var isSealed = false

  init(_ columns: Columns, rows capacity: Int) {
    self.columns = columns
    planeCount = columns.planes
    rows = .allocate(capacity: capacity)
    rows.initialize(repeating: Lanes(repeating: 0), count: capacity)
    rows[planeCount] = Lanes(repeating: .max)
    words = rows.words
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
    for plane in 0..<planeCount { words[plane * 8 + count >> 6] &= mask }
    for finding in columns.columns.indices { codes[finding * Program.lanes + count] = 0 }
  }

  /// The patient being read is complete, or so many are.
  @inline(__always)
  func keep(_ patients: Int = 1) { count &+= patients }

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
      clanes_seal(codes + finding * Program.lanes, (count + 63) >> 6, column.values, (rows + column.stated).words)
    }
  }

  /// What was read of the patients, a row a plane.
  var planes: UnsafeBufferPointer<Lanes> {
    seal()
    return UnsafeBufferPointer(start: rows, count: planeCount)
  }

  /// Holds the planes of so many patients, read before.
  func fill(_ planes: UnsafePointer<Lanes>, count: Int) {
    rows.update(from: planes, count: planeCount)
    self.count = count
    isSealed = true
  }

  /// Writes a whole plane.
  func fill(_ plane: Int, with lanes: Lanes) { rows[plane] = lanes }

  func value(of output: Program.Output) -> Lanes { output.isNegated ? ~rows[output.row] : rows[output.row] }

  func clear() {
    rows.update(repeating: Lanes(repeating: 0), count: planeCount)
    codes.update(repeating: 0, count: columns.columns.count * Program.lanes)
    count = 0
    isAssuming = false
    isSealed = false
    refused = Lanes(repeating: 0)
  }
}
