import Guideline
import Reports
import Wording

/// Answers a stream of patients, a line each, in order.
public struct Eval {
  private let guideline: Guideline
  private let language: Language
  private var pending: [UInt8] = []
  private var line = 0
  private var overlong = false
  /// How many lines were answered, and how many of them refused.
  public private(set) var patients = 0
  public private(set) var refused = 0
  private var applies: [Int]
  private var depends: [Int]
  private let counts: Bool

  /// Bytes in a line, at most.
  public static let longestLine = 1_000_000

  public init(_ guideline: Guideline, language: Language, counts: Bool) {
    self.guideline = guideline
    self.language = language
    self.counts = counts
    applies = guideline.rules.map { _ in 0 }
    depends = applies
  }

  /// Takes the next bytes of the stream and appends the answers to the lines that they end.
  public mutating func take(_ chunk: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    var start = 0
    while start < chunk.count {
      let rest = UnsafeBufferPointer(rebasing: chunk[start...])
      guard let end = rest.firstIndex(of: 0x0A) else {
        hold(rest)
        return
      }
      let row = UnsafeBufferPointer(rebasing: rest[..<end])
      if pending.isEmpty, !overlong {
        answer(row, into: &output)
      } else {
        hold(row)
        flush(into: &output)
      }
      start += end + 1
    }
  }

  /// Answers what is left without a line end.
  public mutating func finish(into output: inout [UInt8]) {
    if !pending.isEmpty || overlong { flush(into: &output) }
    guard counts else { return }
    for rule in guideline.rules where !rule.isRemark {
      JSON.fields([
        ("rule", .string(rule.id)), ("applies", .integer(applies[rule.index])), ("depends", .integer(depends[rule.index])),
      ]).write(to: &output)
      output.append(0x0A)
    }
    JSON.fields([("patients", .integer(patients)), ("refused", .integer(refused))]).write(to: &output)
    output.append(0x0A)
  }

  private mutating func hold(_ bytes: UnsafeBufferPointer<UInt8>) {
    if pending.count + bytes.count > Self.longestLine {
      overlong = true
      pending = []
    } else if !overlong {
      pending += bytes
    }
  }

  private mutating func flush(into output: inout [UInt8]) {
    let bytes = pending
    pending = []
    bytes.withUnsafeBufferPointer { answer($0, into: &output) }
  }

  private mutating func answer(_ bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    line += 1
    var row = bytes
    if line == 1, row.starts(with: [0xEF, 0xBB, 0xBF]) { row = UnsafeBufferPointer(rebasing: row[3...]) }
    let tooLong = overlong || row.count > Self.longestLine
    overlong = false
    if !tooLong, row.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return }
    patients += 1
    var patient: PatientLine
    if tooLong {
      patient = PatientLine(tooLong: Self.longestLine)
    } else {
      patient = PatientLine(row, guideline)
    }
    if !patient.errors.isEmpty { refused += 1 }
    if counts {
      guard patient.errors.isEmpty else { return }
      for judgement in guideline.evaluate(guideline.inference.known(patient.stated)).judgements {
        switch judgement.status {
        case .applies: applies[judgement.rule] += 1
        case .depends: depends[judgement.rule] += 1
        case .absent: break
        }
      }
      return
    }
    patient.answer(guideline, line: line, language).write(to: &output)
    output.append(0x0A)
  }
}

extension PatientLine {
  /// A line that was too long to be read.
  init(tooLong limit: Int) {
    errors = [
      Diagnostic(
        "input.too-long", Words("The line has more than \(limit) bytes.", "Η γραμμή ξεπερνά τα \(limit) byte."))
    ]
  }
}
