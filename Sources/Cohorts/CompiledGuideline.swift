import CLanes
import Grammar
import Guideline
import Patients
import Vocabulary

/// The guideline over bit columns: the same meaning as `Guideline.evaluate`, for many patients at once.
public struct CompiledGuideline: Sendable {
  public let guideline: Guideline
  let columns: Columns
  /// For patients as stated, and for blocks in which someone assumes absent what isn't stated. Their outputs: the
  /// contradictory, then for each rule that isn't a remark where it certainly and where it possibly stands.
  let plain: Program
  let assuming: Program
  /// The rules counted: all but remarks.
  let rules: [Int]

  public init(_ guideline: Guideline) {
    self.guideline = guideline
    columns = Columns(guideline)
    rules = guideline.rules.filter { !$0.isRemark }.map(\.index)
    plain = Self.program(Compiler(guideline, columns, assuming: false), columns, rules)
    assuming = Self.program(Compiler(guideline, columns, assuming: true), columns, rules)
  }

  private static func program(_ compiler: Compiler, _ columns: Columns, _ rules: [Int]) -> Program {
    let statuses = rules.flatMap { [compiler.statuses[$0].certain, compiler.statuses[$0].possible] }
    return Program(compiler.circuit, planes: columns.planes, outputs: [compiler.refused] + statuses)
  }

  /// Rows that a block needs for either program.
  var rows: Int { max(plain.rows, assuming.rows) }

  func block() -> PatientBlock { PatientBlock(columns, rows: rows) }

  /// States what is known of the patient being read.
  func state(_ stated: [Int: Possible], in block: PatientBlock) {
    for (finding, possible) in stated { state(finding, possible, in: block) }
  }

  @inline(__always)
  func state(_ finding: Int, _ possible: Possible, in block: PatientBlock) {
    if let value = columns.value(of: finding, possible) { return block.state(finding, value) }
    for plane in columns.bits(of: finding, possible) { block.set(plane) }
  }

  /// Where every rule stands for patients, in the order of the rules; nil where what is stated contradicts itself.
  public func statuses(of patients: [[Int: Possible]]) -> [[Status]?] {
    let block = block()
    var found: [[Status]?] = []
    for start in stride(from: 0, to: patients.count, by: Program.lanes) {
      let part = patients[start..<min(patients.count, start + Program.lanes)]
      for patient in part {
        state(patient, in: block)
        block.keep()
      }
      block.run(plain)
      let outputs = plain.outputs.map { block.value(of: $0) }
      for lane in 0..<part.count {
        func bit(_ output: Int) -> Bool { outputs[output][lane >> 6] >> UInt64(lane & 63) & 1 == 1 }
        found.append(
          bit(0)
            ? nil
            : rules.indices.map { bit(1 + 2 * $0) ? .applies : bit(2 + 2 * $0) ? .depends : .absent })
      }
      block.clear()
    }
    return found
  }
}

/// How often each rule applies and depends, over patients.
public struct Tally: Sendable, Equatable {
  /// By the rules' order among those that aren't remarks.
  public internal(set) var applies: [Int]
  public internal(set) var depends: [Int]
  /// Patients read, and how many of them were refused.
  public internal(set) var patients = 0
  public internal(set) var refused = 0

  public init(rules: Int) {
    applies = Array(repeating: 0, count: rules)
    depends = applies
  }

  public mutating func add(_ other: Tally) {
    for place in applies.indices {
      applies[place] += other.applies[place]
      depends[place] += other.depends[place]
    }
    patients += other.patients
    refused += other.refused
  }
}

/// Counts blocks: bytes of sums first, whole numbers when those fill up.
struct BlockCounter {
  private let compiled: CompiledGuideline
  /// What is counted: for each rule those in whom it applies, then those in whom it may.
  private let outputs: Int
  /// A row of words for each output.
  private var bytes: [UInt64]
  /// By level and output: the bits of a sum, and a row that waits to be added, each of the weight of two to the level.
  private var sumBits: [UInt64]
  private var waiting: [UInt64]
  /// Blocks counted since the bytes were emptied.
  private var pending = 0
  private var sums: [Int]
  private var patients = 0
  private var refused = 0

  init(_ compiled: CompiledGuideline) {
    self.compiled = compiled
    outputs = compiled.rules.count * 2
    bytes = Array(repeating: 0, count: outputs * Lanes.scalarCount)
    sumBits = Array(repeating: 0, count: bytes.count * Self.levels)
    waiting = sumBits
    sums = Array(repeating: 0, count: outputs)
  }

  /// Evaluates and counts a block, and leaves its planes as they are.
  mutating func count(_ block: PatientBlock) {
    let program = block.isAssuming ? compiled.assuming : compiled.plain
    block.run(program)
    let filled = block.filled
    let contradictory = (block.value(of: program.outputs[0]) | block.refused) & filled
    let valid = filled & ~contradictory
    patients += block.count
    refused += contradictory.ones
    // Rows of one weight are added two at a time (carry-save): what is carried waits at the next level for its like.
    let carries = (~pending).trailingZeroBitCount
    withUnsafeBytes(of: valid) { valid in
      clanes_add(
        program.counted, outputs, block.rows.words, valid.assumingMemoryBound(to: UInt64.self).baseAddress, carries, Self.levels, &sumBits, &waiting,
        &bytes)
    }
    pending += 1
    if pending == 31 << Self.levels { settle() }
  }

  /// Levels of carrying before rows are added up in bytes.
  private static var levels: Int { 4 }

  private mutating func settle() {
    for place in 0..<outputs {
      for word in place * Lanes.scalarCount..<(place + 1) * Lanes.scalarCount {
        var left = bytes[word]
        while left != 0 {
          sums[place] += Int(left & 0xFF) << Self.levels
          left >>= 8
        }
        bytes[word] = 0
        for level in 0..<Self.levels {
          let slot = level * bytes.count + word
          sums[place] += sumBits[slot].nonzeroBitCount << level
          if pending >> level & 1 == 1 { sums[place] += waiting[slot].nonzeroBitCount << level }
          sumBits[slot] = 0
        }
      }
    }
    pending = 0
  }

  /// What was counted so far.
  mutating func tally() -> Tally {
    settle()
    var tally = Tally(rules: compiled.rules.count)
    for place in compiled.rules.indices {
      tally.applies[place] = sums[2 * place]
      tally.depends[place] = sums[2 * place + 1] - sums[2 * place]
    }
    tally.patients = patients
    tally.refused = refused
    return tally
  }
}
