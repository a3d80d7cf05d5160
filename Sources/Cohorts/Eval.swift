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

  /// Reads every patient and writes an answer for each, in their order. `read` fills a buffer and returns how many bytes it
  /// has written, 0 at the end.
  public func answer(
    read: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int, write: @escaping @Sendable ([UInt8]) -> Void
  ) -> (patients: Int, refused: Int) {
    let chunks = LineChunks(countsLines: true, read: read)
    let output = OrderedOutput(write)
    let total = Mutex((patients: 0, refused: 0))
    let fragments = AnswerFragments(compiled, form)
    Concurrently.run(threads) {
      var worker = AnsweringWorker(fragments, language)
      while true {
        output.waitForRoom()
        guard let chunk = chunks.next() else { break }
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

  /// Reads every patient and counts how often each rule applies and depends.
  public func count(read: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int) -> Tally {
    let chunks = LineChunks(countsLines: false, read: read)
    let total = Mutex(Tally(rules: compiled.rules.count))
    Concurrently.run(threads) {
      var worker = CountingWorker(compiled)
      while let chunk = chunks.next() { worker.count(chunk) }
      let tally = worker.tally()
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

/// Counts the patients of chunks.
struct CountingWorker {
  private let compiled: CompiledGuideline
  private var reader: LineReader
  private var counter: BlockCounter
  private let block: PatientBlock

  init(_ compiled: CompiledGuideline) {
    self.compiled = compiled
    reader = LineReader(compiled)
    counter = BlockCounter(compiled)
    block = compiled.block()
  }

  mutating func count(_ chunk: LineChunk) {
    chunk.forEachLine { cursor in
      let start = cursor
      switch reader.read(&cursor, block) {
      case .blank: return
      case .read: block.keep()
      case .unusual:
        let patient = PatientLine(line: chunk.line(at: start, &cursor), compiled.guideline)
        guard patient.errors.isEmpty else {
          counter.refuse()
          return
        }
        compiled.state(patient.stated, in: block)
        block.keep()
      }
      if block.isFull { settle() }
    }
  }

  private mutating func settle() {
    counter.count(block)
    block.clear()
  }

  mutating func tally() -> Tally {
    if block.count > 0 { settle() }
    return counter.tally()
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
final class OrderedOutput: Sendable {
  private struct Waiting {
    var next = 0
    var ready: [Int: [UInt8]] = [:]
  }

  private let waiting = Mutex(Waiting())
  private let write: @Sendable ([UInt8]) -> Void

  init(_ write: @escaping @Sendable ([UInt8]) -> Void) { self.write = write }

  /// Waits while many answers stand behind a slow chunk.
  func waitForRoom() {
    while waiting.withLock({ $0.ready.count > 8 }) { Concurrently.pause() }
  }

  func put(_ bytes: [UInt8], number: Int) {
    waiting.withLock { waiting in
      waiting.ready[number] = bytes
      while let next = waiting.ready.removeValue(forKey: waiting.next) {
        write(next)
        waiting.next += 1
      }
    }
  }
}
