import CLanes

/// Sixty-four patients a word, eight words at once.
typealias Lanes = SIMD8<UInt64>

/// A circuit made ready to run over blocks: one list of conjunctions, in order, over numbered rows of lanes. The first rows
/// are the block's planes; rows of parts that are no longer needed are used again.
struct Program: Sendable {
  /// A row of lanes, or its negation.
  struct Output: Sendable {
    let row: Int
    let isNegated: Bool

    /// The row, or the complement of its number where it is negated.
    var code: Int32 { isNegated ? ~Int32(row) : Int32(row) }
  }

  /// Patients in a block.
  static let lanes = Lanes.scalarCount * UInt64.bitWidth

  /// For each step: the row it writes, how many rows it takes as they are and how many negated, and those rows.
  private let steps: [Int32]
  let rows: Int
  let outputs: [Output]
  /// Those that are counted, all but the first.
  let counted: [Int32]
  /// Steps, and rows read by them, for the benchmark's profile.
  let size: (steps: Int, reads: Int)

  /// Keeps what the outputs need of a circuit. `planes` is the number of rows that a block fills.
  init(_ circuit: Circuit, planes: Int, outputs: [Literal]) {
    // Row `planes` is all ones.
    var needed = [Bool](repeating: false, count: circuit.nodes.count)
    for output in outputs { needed[output.node] = true }
    var lastUse = [Int](repeating: -1, count: circuit.nodes.count)
    for place in circuit.nodes.indices.reversed() where needed[place] {
      guard case .all(let parts) = circuit.nodes[place] else { continue }
      for part in parts {
        needed[part.node] = true
        lastUse[part.node] = max(lastUse[part.node], place)
      }
    }
    for output in outputs { lastUse[output.node] = .max }
    var row = [Int](repeating: planes, count: circuit.nodes.count)
    var free: [Int] = []
    var rows = planes + 1
    var steps: [Int32] = []
    var count = 0
    var reads = 0
    for place in circuit.nodes.indices where needed[place] {
      switch circuit.nodes[place] {
      case .yes: break
      case .plane(let plane): row[place] = plane
      case .all(let parts):
        let plain = parts.filter { !$0.isNegated }
        let negated = parts.filter(\.isNegated)
        var released: [Int] = []
        for part in parts where lastUse[part.node] == place && row[part.node] > planes { released.append(row[part.node]) }
        if let reused = free.popLast() {
          row[place] = reused
        } else {
          row[place] = rows
          rows += 1
        }
        steps += [Int32(row[place]), Int32(plain.count), Int32(negated.count)]
        steps += (plain + negated).map { Int32(row[$0.node]) }
        free += released
        count += 1
        reads += parts.count
      }
    }
    self.steps = steps
    self.rows = rows
    self.outputs = outputs.map { Output(row: row[$0.node], isNegated: $0.isNegated) }
    counted = self.outputs.dropFirst().map(\.code)
    size = (count, reads)
  }

  /// Runs every step over a block's rows.
  func run(_ rows: UnsafeMutablePointer<Lanes>) {
    steps.withUnsafeBufferPointer { clanes_run($0.baseAddress, $0.count, rows.words) }
  }
}

extension UnsafeMutablePointer<Lanes> {
  /// The words of rows.
  var words: UnsafeMutablePointer<UInt64> { UnsafeMutableRawPointer(self).assumingMemoryBound(to: UInt64.self) }
}
