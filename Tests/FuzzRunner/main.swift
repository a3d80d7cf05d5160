import Foundation
import FuzzLaws

// Holds the laws for SECONDS from SEED on, or one law of them; what broke a law once is tried first, and what breaks one now is kept with it.
// islet-fuzz SECONDS SEED FOLDER [LAW]
let arguments = CommandLine.arguments
guard arguments.count >= 4, let seconds = Double(arguments[1]), let seed = UInt64(arguments[2]) else {
  print("islet-fuzz SECONDS SEED FOLDER [LAW]")
  exit(2)
}
let kept = KeptInputs(folder: arguments[3])
let only = arguments.count > 4 ? arguments[4] : nil
let current = URL(fileURLWithPath: ".build/fuzz-current.txt")
var failures = 0

func told(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

do {
  // An input that ended the last run is what is left of it.
  if let left = try? Data(contentsOf: current), let end = left.firstIndex(of: 0x0A) {
    let failure = Failure(law: String(decoding: left[..<end], as: UTF8.self), seed: nil, input: Array(left[(end + 1)...]), fault: "ended the program")
    try kept.keep(failure)
    told("The last run ended within an input, which is kept: \(failure.fixture)")
    try FileManager.default.removeItem(at: current)
  }
  let laws = try Laws().all.filter { only == nil || $0.name == only }
  var total = 0
  for law in laws {
    func note(_ input: [UInt8]) { try? Data(Array((law.name + "\n").utf8) + input).write(to: current) }
    var broken: [Failure] = []
    for (file, input) in try kept.inputs(of: law) {
      note(input)
      if let fault = law.fault(input) { broken.append(Failure(law: law.name, seed: nil, input: input, fault: "\(file): \(fault)")) }
    }
    let (inputs, failure) = law.hold(seconds: seconds / Double(laws.count), from: seed, note: note)
    total += inputs
    if let failure {
      try kept.keep(failure)
      broken.append(failure)
    }
    told("\(law.name): \(inputs) inputs from seed \(seed)\(broken.isEmpty ? "" : ", BROKEN")")
    for failure in broken {
      told("  \(law.says)\n  \(failure.fixture) \(failure.seed.map { "(seed \($0))" } ?? ""): \(failure.fault)")
      told(String(decoding: failure.input.prefix(2000), as: UTF8.self))
    }
    failures += broken.count
  }
  try? FileManager.default.removeItem(at: current)
  told("\(laws.count) laws, \(total) inputs, \(failures) broken")
} catch {
  told("\(error)")
  exit(2)
}
exit(failures == 0 ? 0 : 1)
