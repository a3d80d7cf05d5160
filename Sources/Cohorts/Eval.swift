import Guideline
import Reports
import Synchronization
import Wording

/// Answers a stream of patients, a line each, on every processor.
public struct Eval: Sendable {
  private let compiled: CompiledGuideline
  private let language: Language
  private let threads: Int
  private let form: AnswerForm

  /// Bytes in a line, at most.
  public static let longestLine = 1_000_000

  public init(_ guideline: Guideline, language: Language, form: AnswerForm? = nil, threads: Int? = nil) {
    self.form = form ?? .applying(guideline)
    compiled = CompiledGuideline(guideline)
    self.language = language
    self.threads = threads ?? Concurrently.processors
  }

  /// The same for lines of NDJSON. `read` fills a buffer and returns how many bytes it has written, 0 at the end.
  public func answer(
    read: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int, write: @escaping @Sendable ([UInt8]) -> Void
  ) -> (patients: Int, refused: Int) {
    answer(PatientInput(lines: read, countsLines: true), write: write)
  }

  /// Reads every patient and writes an answer for each, in their order.
  public func answer(_ input: PatientInput, write: @escaping @Sendable ([UInt8]) -> Void) -> (patients: Int, refused: Int) {
    let output = OrderedOutput(write)
    let total = Mutex((patients: 0, refused: 0))
    let fragments = AnswerFragments(compiled, form)
    Concurrently.run(threads) {
      var worker = AnsweringWorker(fragments, input, language)
      while true {
        output.waitForRoom()
        guard let chunk = input.next() else { break }
        output.put(worker.answer(chunk), number: chunk.number)
      }
      let (patients, refused) = (worker.patients, worker.refused)
      total.withLock {
        $0.patients += patients
        $0.refused += refused
      }
    }
    return total.withLock { $0 }
  }

  /// Reads every patient and writes a table of where the rules stand. Returns how many patients there were, and what was wrong with those
  /// that were refused.
  public func table(_ input: PatientInput, _ format: TableFormat, isLong: Bool, write: @escaping @Sendable (TableOutput) -> Void) -> TableTotals {
    let layout = AnswerTable(compiled, form, input.options.kept, format, isLong: isLong)
    let start = Mutex(layout.start())
    write(TableOutput(bytes: start.withLock { $0.bytes }))
    let output = OrderedOutput<TableOutput> { part in
      start.withLock { $0.writer?.add(head: part.headSize, body: part.bytes.count - part.headSize) }
      write(part)
    }
    let total = Mutex(TableTotals())
    Concurrently.run(threads) {
      var worker = TableWorker(layout, input, language)
      while true {
        output.waitForRoom()
        guard let chunk = input.next() else { break }
        output.put(worker.rows(chunk), number: chunk.number)
      }
      let totals = worker.totals
      total.withLock { $0.add(totals) }
    }
    if let end = start.withLock({ $0.writer?.end() }) { write(TableOutput(bytes: end)) }
    return total.withLock { $0 }
  }

  /// The same for lines of NDJSON. `read` fills a buffer and returns how many bytes it has written, 0 at the end.
  public func count(read: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int) -> Tally {
    count(PatientInput(lines: read, countsLines: false))
  }

  /// Reads every patient and counts how often each rule applies and depends.
  public func count(_ input: PatientInput) -> Tally {
    let total = Mutex(Tally(rules: compiled.rules.count))
    Concurrently.run(threads) {
      let reader = PatientReader(compiled, input, .patients)
      let block = compiled.block()
      var counter = BlockCounter(compiled)
      func settle() {
        counter.count(block)
        block.clear()
      }
      while let chunk = input.next() {
        reader.forEach(chunk, block) { _, _ in
        } full: {
          settle()
        }
      }
      if block.count > 0 { settle() }
      let tally = counter.tally()
      total.withLock { $0.add(tally) }
    }
    return total.withLock { $0 }
  }

  /// The counts as NDJSON: a line a rule, then how many patients there were.
  public func lines(_ tally: Tally) -> [UInt8] {
    var output: [UInt8] = []
    let told = Set(form.rules)
    for (place, rule) in compiled.rules.enumerated() where told.contains(rule) {
      JSON.fields([
        ("rule", .string(compiled.guideline.rules[rule].id)), ("applies", .integer(tally.applies[place])),
        ("depends", .integer(tally.depends[place])),
      ]).write(to: &output)
      output.append(0x0A)
    }
    JSON.fields([("patients", .integer(tally.patients)), ("refused", .integer(tally.refused))]).write(to: &output)
    output.append(0x0A)
    return output
  }
}

extension LineChunk {
  /// Hands over the start of each line; the body moves the cursor behind the line's end. A mark of byte order at the start
  /// of the stream is skipped.
  func forEachLine(_ body: (inout UnsafePointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer { buffer in
      guard var cursor = buffer.baseAddress else { return }
      let end = cursor + (buffer.count - Self.padding)
      if number == 0, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { cursor += 3 }
      while cursor < end { body(&cursor) }
    }
  }

  /// The line at a place, without its end. The cursor moves behind that.
  func line(at start: UnsafePointer<UInt8>, _ cursor: inout UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var end = start
    while end[0] != 0x0A { end += 1 }
    cursor = end + 1
    return UnsafeBufferPointer(start: start, count: end - start)
  }
}

/// Puts the answers of chunks that are ready out of order back in order.
final class OrderedOutput<Part: Sendable>: Sendable {
  private struct Waiting {
    var next = 0
    var ready: [Int: Part] = [:]
  }

  private let waiting = Mutex(Waiting())
  private let write: @Sendable (Part) -> Void

  init(_ write: @escaping @Sendable (Part) -> Void) { self.write = write }

  /// Waits while many answers stand behind a slow chunk.
  func waitForRoom() {
    while waiting.withLock({ $0.ready.count > 8 }) { Concurrently.pause() }
  }

  func put(_ part: Part, number: Int) {
    waiting.withLock { waiting in
      waiting.ready[number] = part
      while let next = waiting.ready.removeValue(forKey: waiting.next) {
        write(next)
        waiting.next += 1
      }
    }
  }
}
