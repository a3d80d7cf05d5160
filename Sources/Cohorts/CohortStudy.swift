import Grammar
import Guideline
import Synchronization
import Vocabulary
import Wording

/// What is asked of a cohort.
public struct CohortQuestion: Sendable {
  /// Advice is counted apart for each value of this finding.
  public var by: Int?
  /// Patients are counted by two findings.
  public var crossing: (rows: Int, columns: Int)?
  /// What is changed in every patient; nil makes a finding unknown.
  public var whatIf: [(finding: Int, possible: Possible?)] = []

  public init() {}
}

/// Lines of a file: how many, and the numbers of the first of them, from 1.
public struct CountedLines: Sendable, Hashable {
  public private(set) var count = 0
  public private(set) var first: [Int] = []

  /// Numbers kept, at most.
  public static let shown = 20

  /// Counts a line; a patient that was drawn has none.
  mutating func add(_ line: Int?) {
    count += 1
    if let line, first.count < Self.shown { first.append(line) }
  }

  mutating func add(_ other: CountedLines) {
    count += other.count
    first = Array((first + other.first).sorted().prefix(Self.shown))
  }
}

/// A cohort counted.
public struct CohortCounts: Sendable {
  public struct Group: Sendable {
    /// The values of the group; nil for the patients in whom the finding isn't known.
    public let possible: Possible?
    public internal(set) var patients = 0
    /// By rule, remarks left out.
    public internal(set) var applies: [Int]
    public internal(set) var depends: [Int]
  }

  /// The places of the rules counted.
  public let rules: [Int]
  public internal(set) var patients = 0
  /// Lines that can't be read as a patient.
  public internal(set) var unread = CountedLines()
  /// Patients whose findings contradict each other.
  public internal(set) var contradicting = CountedLines()
  /// Of the others those in whom what is changed contradicts.
  public internal(set) var impossible = 0
  /// The groups asked for; one of all patients otherwise.
  public internal(set) var groups: [Group]
  /// Patients by the values of two findings; the last row and column are those in whom the finding isn't known.
  public internal(set) var crossing: [[Int]]
  /// By rule: in how many patients it applies only after the change, and only before.
  public internal(set) var gained: [Int]
  public internal(set) var lost: [Int]

  /// Patients that aren't counted further.
  public var refused: Int { unread.count + contradicting.count }
  public var applies: [Int] { rules.indices.map { rule in groups.reduce(0) { $0 + $1.applies[rule] } } }
  public var depends: [Int] { rules.indices.map { rule in groups.reduce(0) { $0 + $1.depends[rule] } } }

  mutating func add(_ other: CohortCounts) {
    func sum(_ a: inout [Int], _ b: [Int]) { for place in a.indices { a[place] += b[place] } }
    patients += other.patients
    unread.add(other.unread)
    contradicting.add(other.contradicting)
    impossible += other.impossible
    for place in groups.indices {
      groups[place].patients += other.groups[place].patients
      sum(&groups[place].applies, other.groups[place].applies)
      sum(&groups[place].depends, other.groups[place].depends)
    }
    for row in crossing.indices { sum(&crossing[row], other.crossing[row]) }
    sum(&gained, other.gained)
    sum(&lost, other.lost)
  }
}

/// Asks a question of a whole cohort, by columns, on every processor.
public struct CohortStudy: Sendable {
  private let compiled: CompiledGuideline
  private let question: CohortQuestion
  private let plain: Program
  private let assuming: Program
  private let empty: CohortCounts

  public init(_ guideline: Guideline, _ question: CohortQuestion) {
    let compiled = CompiledGuideline(guideline)
    self.compiled = compiled
    self.question = question
    plain = Self.program(compiled, question, assuming: false)
    assuming = Self.program(compiled, question, assuming: true)
    let none = Array(repeating: 0, count: compiled.rules.count)
    let values = question.by.map { compiled.columns.groups(of: $0) } ?? []
    var crossing: [[Int]] = []
    if let axes = question.crossing {
      let columns = compiled.columns.groups(of: axes.columns).count + 1
      crossing = Array(repeating: Array(repeating: 0, count: columns), count: compiled.columns.groups(of: axes.rows).count + 1)
    }
    empty = CohortCounts(
      rules: compiled.rules, groups: (values + [nil]).map { CohortCounts.Group(possible: $0, applies: none, depends: none) },
      crossing: crossing, gained: none, lost: none)
  }

  /// The values of a finding as groups, in their order: for a number the stretches that the guideline tells apart.
  public func groups(of finding: Int) -> [Possible] { compiled.columns.groups(of: finding) }

  private static func program(_ compiled: CompiledGuideline, _ question: CohortQuestion, assuming: Bool) -> Program {
    var compiler = Compiler(compiled.guideline, compiled.columns, assuming: assuming)
    let statuses = compiled.rules.flatMap { [compiler.statuses[$0].certain, compiler.statuses[$0].possible] }
    let findings = [question.by, question.crossing?.rows, question.crossing?.columns].compactMap { $0 }
    let groups = findings.flatMap { compiler.settled($0) }
    return Program(compiler.circuit, planes: compiled.columns.planes, outputs: [compiler.refused] + statuses + groups)
  }

  /// Counts a drawn cohort.
  public func count(_ cohort: DrawnCohort) -> CohortCounts {
    let next = Mutex(0)
    let drawer = PatientDrawer(cohort, compiled.columns)
    return collect { worker in
      while true {
        let number = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard number < cohort.blocks else { return }
        drawer.draw(block: number, into: worker.block)
        worker.settle()
      }
    }
  }

  /// Counts patients given as NDJSON. `read` fills a buffer and returns how many bytes it has written, 0 at the end.
  public func count(read: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int) -> CohortCounts {
    count(PatientInput(lines: read, countsLines: true))
  }

  /// Counts patients that are read.
  public func count(_ input: PatientInput) -> CohortCounts {
    collect { worker in
      let reader = PatientReader(compiled, input, .rows)
      while let chunk = input.next() {
        reader.forEach(chunk, worker.block) { row, refusal in
          worker.note(line: row.number, refusal?.errors ?? [])
        } full: {
          worker.settle()
        }
      }
    }
  }

  private func collect(_ work: @escaping @Sendable (inout StudyWorker) -> Void) -> CohortCounts {
    let total = Mutex(empty)
    let (compiled, question, plain, assuming, empty) = (compiled, question, plain, assuming, empty)
    Concurrently.run(Concurrently.processors) {
      var worker = StudyWorker(compiled, question, plain: plain, assuming: assuming, counts: empty)
      work(&worker)
      worker.settle()
      let counts = worker.counts
      total.withLock { $0.add(counts) }
    }
    return total.withLock { $0 }
  }
}

/// Counts blocks for one thread.
struct StudyWorker {
  let block: PatientBlock
  private let compiled: CompiledGuideline
  private let question: CohortQuestion
  private let plain: Program
  private let assuming: Program
  private(set) var counts: CohortCounts

  init(_ compiled: CompiledGuideline, _ question: CohortQuestion, plain: Program, assuming: Program, counts: CohortCounts) {
    self.compiled = compiled
    self.question = question
    self.plain = plain
    self.assuming = assuming
    self.counts = counts
    block = PatientBlock(compiled.columns, rows: max(plain.rows, assuming.rows))
  }

  /// The lines of the block's patients; empty when they were drawn.
  private var lines: [Int] = []

  /// Notes the line of the patient being read, and why it is refused.
  mutating func note(line: Int, _ errors: [Diagnostic]) {
    lines.append(line)
    if errors.isEmpty { return }
    if errors.allSatisfy({ $0.code == "finding.contradiction" }) { counts.contradicting.add(line) } else { counts.unread.add(line) }
  }

  /// Counts the block and empties it.
  mutating func settle() {
    guard block.count > 0 else { return }
    let program = block.isAssuming ? assuming : plain
    block.run(program)
    let filled = block.filled & ~block.refused
    let refused = block.value(of: program.outputs[0]) & filled
    let valid = filled & ~refused
    counts.patients += block.count
    if refused != Lanes(repeating: 0) {
      for place in 0..<block.count where refused[place >> 6] >> UInt64(place & 63) & 1 != 0 {
        counts.contradicting.add(place < lines.count ? lines[place] : nil)
      }
    }
    lines.removeAll(keepingCapacity: true)
    let rules = compiled.rules.count
    let statuses = program.outputs[1...(2 * rules)].map { block.value(of: $0) & valid }
    var next = 1 + 2 * rules
    /// The masks of a finding's groups, and of those in whom it isn't known.
    func masks(_ finding: Int) -> [Lanes] {
      let values = compiled.columns.groups(of: finding).count
      var masks = (next..<(next + values)).map { block.value(of: program.outputs[$0]) & valid }
      next += values
      masks.append(masks.reduce(valid) { $0 & ~$1 })
      return masks
    }
    let groups = question.by.map(masks) ?? [valid]
    for (place, mask) in groups.enumerated() {
      let patients = mask.ones
      if patients == 0 { continue }
      counts.groups[place].patients += patients
      for rule in 0..<rules {
        let certain = (statuses[2 * rule] & mask).ones
        counts.groups[place].applies[rule] += certain
        counts.groups[place].depends[rule] += (statuses[2 * rule + 1] & mask).ones - certain
      }
    }
    if let axes = question.crossing {
      let rows = masks(axes.rows)
      let columns = masks(axes.columns)
      for (row, mask) in rows.enumerated() {
        for (column, other) in columns.enumerated() { counts.crossing[row][column] += (mask & other).ones }
      }
    }
    if !question.whatIf.isEmpty {
      for (finding, possible) in question.whatIf {
        guard let column = compiled.columns.columns[finding] else { continue }
        for plane in column.stated...(column.stated + column.values) { block.fill(plane, with: Lanes(repeating: 0)) }
        if let possible { for plane in compiled.columns.bits(of: finding, possible) { block.fill(plane, with: filled) } }
      }
      program.run(block.rows)
      let impossible = block.value(of: program.outputs[0]) & valid
      counts.impossible += impossible.ones
      for rule in 0..<rules {
        let after = block.value(of: program.outputs[1 + 2 * rule]) & valid & ~impossible
        let before = statuses[2 * rule] & ~impossible
        counts.gained[rule] += (after & ~before).ones
        counts.lost[rule] += (before & ~after).ones
      }
    }
    block.clear()
  }
}

extension Lanes {
  /// How many bits are one.
  var ones: Int {
    var sum = 0
    for place in 0..<8 { sum &+= self[place].nonzeroBitCount }
    return sum
  }
}
