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

  /// Steps that take as many rows each, together: how many rows a step takes as they are, how many negated, how many steps these are; then
  /// for each step the row it writes and those rows.
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
    for place in circuit.nodes.indices.reversed() where needed[place] {
      if case .all(let parts) = circuit.nodes[place] { for part in parts { needed[part.node] = true } }
    }
    let groups = Self.groups(circuit, needed)
    var lastUse = [Int](repeating: -1, count: circuit.nodes.count)
    for (order, step) in groups.joined().enumerated() { for part in step.parts { lastUse[part.node] = order } }
    for output in outputs { lastUse[output.node] = .max }
    var row = [Int](repeating: planes, count: circuit.nodes.count)
    for place in circuit.nodes.indices { if case .plane(let plane) = circuit.nodes[place] { row[place] = plane } }
    var free: [Int] = []
    var rows = planes + 1
    var steps: [Int32] = []
    var count = 0
    var reads = 0
    for group in groups {
      steps += [Int32(group[0].plain.count), Int32(group[0].negated.count), Int32(group.count)]
      for step in group {
        var released: [Int] = []
        for part in step.parts where lastUse[part.node] == count && row[part.node] > planes { released.append(row[part.node]) }
        if let reused = free.popLast() {
          row[step.node] = reused
        } else {
          row[step.node] = rows
          rows += 1
        }
        steps.append(Int32(row[step.node]))
        steps += step.parts.map { Int32(row[$0.node]) }
        free += released
        count += 1
        reads += step.parts.count
      }
    }
    self.steps = steps
    self.rows = rows
    self.outputs = outputs.map { Output(row: row[$0.node], isNegated: $0.isNegated) }
    counted = self.outputs.dropFirst().map(\.code)
    size = (count, reads)
  }

  /// A conjunction to be worked out.
  private struct Step {
    let node: Int
    let plain: [Literal]
    let negated: [Literal]

    var parts: [Literal] { plain + negated }
    var shape: [Int] { [plain.count, negated.count] }
  }

  /// The conjunctions needed, each behind those it takes, and together with others that take as many: a processor guesses rightly how the
  /// next goes on.
  private static func groups(_ circuit: Circuit, _ needed: [Bool]) -> [[Step]] {
    var takers = [[Int]](repeating: [], count: circuit.nodes.count)
    var missing = [Int](repeating: 0, count: circuit.nodes.count)
    var ready: [[Int]: [Step]] = [:]
    func step(_ place: Int) -> Step? {
      guard case .all(let parts) = circuit.nodes[place] else { return nil }
      return Step(node: place, plain: parts.filter { !$0.isNegated }, negated: parts.filter(\.isNegated))
    }
    for place in circuit.nodes.indices where needed[place] {
      guard let step = step(place) else { continue }
      for part in step.parts {
        guard case .all = circuit.nodes[part.node] else { continue }
        takers[part.node].append(place)
        missing[place] += 1
      }
      if missing[place] == 0 { ready[step.shape, default: []].append(step) }
    }
    var groups: [[Step]] = []
    // The most that are alike come first; of as many, the narrower.
    while let next = ready.min(by: { ($1.value.count, $0.key[0], $0.key[1]) < ($0.value.count, $1.key[0], $1.key[1]) })?.key {
      var group: [Step] = []
      while let more = ready.removeValue(forKey: next) {
        group += more
        for taker in more.flatMap({ takers[$0.node] }) {
          missing[taker] -= 1
          if missing[taker] == 0, let step = step(taker) { ready[step.shape, default: []].append(step) }
        }
      }
      groups.append(group)
    }
    return groups
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
