import Cohorts
import Foundation
import Guideline
import Measures
import Synchronization
import Testing

/// The guideline in the program, read once for all tests.
private let embedded = Result { try Guideline.embedded() }

private let evaluator = Result { Eval(try embedded.get(), language: .english, form: .whole(try embedded.get()), threads: 1) }

func guideline() throws -> Guideline { try embedded.get() }

/// How a fact's advice stands for a patient.
enum Standing: Equatable {
  case applies
  /// The findings that decide, in the order of the conditions.
  case depends([String])
  case absent
}

/// One piece of advice, as `islet eval --all` writes it.
struct Advised: Decodable, Equatable {
  let rule: String
  let subjects: [String]
  let stance: String
  let status: String
  let facts: [String]
  let paragraphs: [String]
  let level: Int?
  let grade: String?
  let dependsOn: [String]
  let with: [String]
  let background: Bool
  let reading: String?

  enum CodingKeys: String, CodingKey {
    case rule, subjects, stance, status, facts, paragraphs, level, grade, with, background, reading
    case dependsOn = "depends_on"
  }

  var standing: Standing { status == "applies" ? .applies : .depends(dependsOn) }
}

struct EvalError: Decodable, Equatable {
  let code: String
  let finding: String?
  let message: String
}

/// The answer of `islet eval --all` to one patient.
struct Answer: Decodable {
  let advice: [Advised]
  let errors: [EvalError]

  /// The advice that states a fact in the text's own name, narrowed by stance or therapy where several rules state it.
  func all(_ fact: String, _ stance: String? = nil, on therapy: String? = nil) -> [Advised] {
    advice.filter {
      !$0.background && $0.facts.contains(fact) && (stance == nil || $0.stance == stance) && (therapy == nil || $0.subjects.contains(therapy ?? ""))
    }
  }

  func one(_ fact: String, _ stance: String? = nil, on therapy: String? = nil) -> Advised? {
    let found = all(fact, stance, on: therapy)
    if found.count > 1 { Issue.record("\(fact): \(found.map(\.rule)) all state it") }
    return found.first
  }

  /// How the advice that states a fact stands.
  subscript(fact: String, stance: String? = nil, on therapy: String? = nil) -> Standing {
    one(fact, stance, on: therapy)?.standing ?? .absent
  }

  /// The rules that say what the text doesn't, on a therapy.
  func background(on therapy: String) -> [Advised] { advice.filter { $0.background && $0.subjects.contains(therapy) } }
}

private final class Bytes: Sendable {
  let left: Mutex<[UInt8]>
  init(_ bytes: [UInt8]) { left = Mutex(bytes) }

  /// Hands out what fits, and takes it off the front.
  func read(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    left.withLock { left in
      let count = min(buffer.count, left.count)
      buffer.copyBytes(from: left[..<count])
      left.removeFirst(count)
      return count
    }
  }
}

/// The bytes that `islet eval --all` writes for the lines of a file.
func eval(_ lines: String, counts: Bool = false) throws -> String {
  let eval = try evaluator.get()
  let input = Bytes(Array(lines.utf8))
  if counts { return String(decoding: eval.lines(eval.count(read: input.read)), as: UTF8.self) }
  let output = Bytes([])
  _ = eval.answer(read: input.read) { bytes in output.left.withLock { $0 += bytes } }
  return String(decoding: output.left.withLock { $0 }, as: UTF8.self)
}

/// The answer to a patient given by the inside of its `findings` object.
func advice(_ findings: String, assumingAbsent: Bool = false) throws -> Answer {
  let assume = assumingAbsent ? #","assume":"absent""# : ""
  let line = try eval(#"{"id":"p","findings":{\#(findings)}\#(assume)}"#)
  let answer = try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
  return answer
}

/// The facts and ids of the remarks that apply to a patient, in one text.
func remarks(_ findings: String) throws -> String {
  let guideline = try guideline()
  var bytes = Array(#"{"findings":{\#(findings)}}"#.utf8)
  let line = bytes.withUnsafeMutableBufferPointer { PatientLine(UnsafeBufferPointer($0), guideline) }
  #expect(line.errors == [])
  return guideline.evaluate(guideline.inference.known(line.stated)).live
    .filter { $0.status == .applies && guideline.rules[$0.rule].isRemark }
    .map { guideline.rules[$0.rule].facts.joined(separator: " ") + " " + guideline.rules[$0.rule].id }.joined(separator: "\n")
}

/// A whole number, exact.
func exact(_ whole: Int64) -> Exact { Exact(millionths: whole * 1_000_000) }
