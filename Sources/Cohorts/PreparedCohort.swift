import Guideline

/// Patients held as bit columns, ready to be evaluated again and again by one thread: what is left of eval when nothing is read.
public final class PreparedCohort {
  private let compiled: CompiledGuideline
  private let blocks: [PatientBlock]
  public let patients: Int

  public init(_ cohort: DrawnCohort) {
    let compiled = CompiledGuideline(cohort.guideline)
    self.compiled = compiled
    patients = cohort.count
    let drawer = PatientDrawer(cohort, compiled.columns)
    blocks = (0..<cohort.blocks).map { number in
      let block = compiled.block()
      drawer.draw(block: number, into: block)
      return block
    }
  }

  /// Evaluates every rule for every patient so many times, and counts.
  public func count(times: Int = 1) -> Tally {
    var counter = BlockCounter(compiled)
    for _ in 0..<times {
      for block in blocks { counter.count(block) }
    }
    return counter.tally()
  }

  /// Evaluates without counting.
  public func evaluate(times: Int) {
    for _ in 0..<times {
      for block in blocks { block.run(compiled.plain) }
    }
  }

  /// The size of the compiled guideline: planes of a block, steps, rows read by them, rows kept, patients in a block.
  public var size: (planes: Int, steps: Int, reads: Int, rows: Int, lanes: Int) {
    (compiled.columns.planes, compiled.plain.size.steps, compiled.plain.size.reads, compiled.plain.rows, Program.lanes)
  }
}
