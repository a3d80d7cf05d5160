import Guideline

/// Patients held as bit columns, ready to be evaluated again and again by one thread: what is left of eval when nothing is read.
public final class PreparedCohort {
  private let compiled: CompiledGuideline
  /// Each block's planes, one block behind the other, and how many patients it holds.
  private let planes: [Lanes]
  private let counts: [Int]
  private let working: PatientBlock
  public let patients: Int

  public init(_ cohort: DrawnCohort) {
    let compiled = CompiledGuideline(cohort.guideline)
    self.compiled = compiled
    patients = cohort.count
    let drawer = PatientDrawer(cohort, compiled.columns)
    working = compiled.block()
    var planes: [Lanes] = []
    var counts: [Int] = []
    let block = compiled.block()
    for number in 0..<cohort.blocks {
      drawer.draw(block: number, into: block)
      planes += block.planes
      counts.append(block.count)
      block.clear()
    }
    (self.planes, self.counts) = (planes, counts)
  }

  /// Evaluates every rule for every patient so many times, and counts.
  public func count(times: Int = 1) -> Tally {
    var counter = BlockCounter(compiled)
    forEachBlock(times) { counter.count($0) }
    return counter.tally()
  }

  /// Evaluates without counting.
  public func evaluate(times: Int) { forEachBlock(times) { $0.run(compiled.plain) } }

  private func forEachBlock(_ times: Int, _ body: (PatientBlock) -> Void) {
    planes.withUnsafeBufferPointer { planes in
      guard let start = planes.baseAddress else { return }
      for _ in 0..<times {
        for (place, count) in counts.enumerated() {
          working.fill(start + place * compiled.columns.planes, count: count)
          body(working)
        }
      }
    }
  }

  /// The size of the compiled guideline: planes of a block, steps, rows read by them, rows kept, patients in a block.
  public var size: (planes: Int, steps: Int, reads: Int, rows: Int, lanes: Int) {
    (compiled.columns.planes, compiled.plain.size.steps, compiled.plain.size.reads, compiled.plain.rows, Program.lanes)
  }
}
