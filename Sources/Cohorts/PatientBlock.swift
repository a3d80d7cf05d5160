/// A block of patients as rows of lanes: the columns' planes, all ones, then what a program works out.
final class PatientBlock {
  let rows: UnsafeMutablePointer<Lanes>
  private let words: UnsafeMutablePointer<UInt64>
  private let capacity: Int
  private let planes: Int
  /// Patients in the block.
  private(set) var count = 0
  /// Whether anyone assumes absent what isn't stated.
  private(set) var isAssuming = false

  init(planes: Int, rows capacity: Int) {
    self.planes = planes
    self.capacity = capacity
    rows = .allocate(capacity: capacity)
    rows.initialize(repeating: Lanes(repeating: 0), count: capacity)
    rows[planes] = Lanes(repeating: .max)
    words = UnsafeMutableRawPointer(rows).assumingMemoryBound(to: UInt64.self)
  }

  deinit { rows.deallocate() }

  var isFull: Bool { count == Program.lanes }

  /// Sets a plane's bit for the patient being read.
  @inline(__always)
  func set(_ plane: Int) { words[plane &* 8 &+ count >> 6] |= 1 << UInt64(truncatingIfNeeded: count & 63) }

  func assumeAbsent(_ plane: Int) {
    set(plane)
    isAssuming = true
  }

  /// Takes back every bit of the patient being read.
  func withdraw() {
    let mask = ~(1 << UInt64(count & 63) as UInt64)
    for plane in 0..<planes { words[plane * 8 + count >> 6] &= mask }
  }

  /// The patient being read is complete.
  @inline(__always)
  func keep() { count &+= 1 }

  /// The lanes that hold patients.
  var filled: Lanes {
    var lanes = Lanes(repeating: 0)
    for word in 0..<8 {
      let left = count - word * 64
      lanes[word] = left >= 64 ? .max : left <= 0 ? 0 : (1 << UInt64(left)) - 1
    }
    return lanes
  }

  /// Writes a whole plane.
  func fill(_ plane: Int, with lanes: Lanes) { rows[plane] = lanes }

  func value(of output: Program.Output) -> Lanes { output.isNegated ? ~rows[output.row] : rows[output.row] }

  func clear() {
    rows.update(repeating: Lanes(repeating: 0), count: planes)
    count = 0
    isAssuming = false
  }
}
