import Foundation

// islet-coverage LAW CORPUS [libFuzzer's options]: an empty corpus is begun with what the law's own generator makes.
guard CommandLine.arguments.count > 2, let law = Reader.law(CommandLine.arguments[1]) else {
  print("islet-coverage LAW CORPUS [OPTIONS]; laws: \(Reader.names.joined(separator: " "))")
  exit(2)
}
let corpus = CommandLine.arguments[2]
try FileManager.default.createDirectory(atPath: corpus, withIntermediateDirectories: true)
if try FileManager.default.contentsOfDirectory(atPath: corpus).isEmpty {
  for seed in 1...100 { try Data(law.input(seed: UInt64(seed))).write(to: URL(fileURLWithPath: "\(corpus)/\(seed)")) }
}
Reader.chosen.withLock { $0 = law }
var arguments = (["islet-coverage", corpus] + CommandLine.arguments.dropFirst(3)).map { strdup($0) } + [nil]
exit(
  arguments.withUnsafeMutableBufferPointer { buffer in
    var count = Int32(buffer.count - 1)
    var start = buffer.baseAddress
    return libFuzzer(&count, &start) { tried($0, $1) }
  })
