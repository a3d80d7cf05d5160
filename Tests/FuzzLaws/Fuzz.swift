import Foundation
import Measures

/// What must hold of every input.
public struct Law: Sendable {
  public let name: String
  /// In words, for who reads a failure.
  public let says: String
  /// An input, made from what a generator draws.
  let make: @Sendable (inout Xoshiro256) -> [UInt8]
  /// What is wrong; nil where the law holds, or where the input says nothing of it.
  public let fault: @Sendable ([UInt8]) -> String?
}

/// An input that breaks a law, as small as it could be made.
public struct Failure: Sendable {
  public let law: String
  public let seed: UInt64?
  public let input: [UInt8]
  public let fault: String

  public init(law: String, seed: UInt64?, input: [UInt8], fault: String) {
    self.law = law
    self.seed = seed
    self.input = input
    self.fault = fault
  }

  /// The name of its fixture.
  public var fixture: String {
    let mark = input.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    return "\(law)-\(String(mark, radix: 16)).txt"
  }
}

extension Law {
  /// The input that a seed makes.
  public func input(seed: UInt64) -> [UInt8] {
    var random = Xoshiro256(seed: seed)
    return make(&random)
  }

  /// A law may take this many seconds of the processor with an input.
  static let patience = 20.0

  private func judged(_ input: [UInt8]) -> String? {
    let start = clock()
    if let fault = fault(input) { return fault }
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    return seconds > Self.patience ? "took \(Int(seconds)) s" : nil
  }

  /// Holds the law on inputs from a seed on, until the time is over or an input breaks it.
  ///
  /// - Parameter note: is told each input before it is tried, so that one that ends the program is known.
  public func hold(seconds: Double, from first: UInt64, note: ([UInt8]) -> Void = { _ in }) -> (inputs: Int, failure: Failure?) {
    let start = Date()
    var seed = first
    repeat {
      let input = input(seed: seed)
      note(input)
      if let fault = judged(input) { return (Int(seed - first) + 1, smaller(Failure(law: name, seed: seed, input: input, fault: fault))) }
      seed += 1
    } while Date().timeIntervalSince(start) < seconds
    return (Int(seed - first), nil)
  }

  /// Leaves out lines as long as what is left still breaks the law.
  private func smaller(_ failure: Failure) -> Failure {
    var failure = failure
    var width = failure.input.split(separator: 0x0A, omittingEmptySubsequences: false).count / 2
    let start = Date()
    while width >= 1, Date().timeIntervalSince(start) < 60 {
      var place = 0
      while true {
        let lines = failure.input.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard place < lines.count, lines.count > 1 else { break }
        let left = Array((lines[..<place] + lines[min(lines.count, place + width)...]).joined(separator: [0x0A]))
        if let fault = judged(left) {
          failure = Failure(law: name, seed: failure.seed, input: left, fault: fault)
        } else {
          place += width
        }
      }
      width /= 2
    }
    return failure
  }
}

/// Inputs that broke a law once: each is tried first, every time.
public struct KeptInputs: Sendable {
  public let folder: String

  public init(folder: String) { self.folder = folder }

  /// Beside this file.
  public static var own: KeptInputs {
    KeptInputs(folder: URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures").path)
  }

  public func files() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") } }

  public func inputs(of law: Law) throws -> [(file: String, bytes: [UInt8])] {
    let names = try files().filter { $0.hasPrefix(law.name + "-") }.sorted()
    return try names.map { ($0, Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)))) }
  }

  public func keep(_ failure: Failure) throws {
    try Data(failure.input).write(to: URL(fileURLWithPath: folder + "/" + failure.fixture))
  }
}
