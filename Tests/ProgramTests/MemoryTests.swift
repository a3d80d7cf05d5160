#if os(Linux)
  import Foundation
  import Testing

  /// The most memory that a session took, as the system counts it, while it waits for its next line.
  @Suite("Undo, branches and patients share what they don't change", .serialized)
  struct MemoryTests {
    /// Megabytes that a session grew by from its first line to each of its further parts.
    private func growth(_ parts: [[String]]) throws -> [Int] {
      let program = try Program()
      defer { program.remove() }
      let (process, input, output, _) = program.process(["--format", "json"])
      try process.run()
      var peaks: [Int] = []
      for part in [["patient Zero 54F, insulinoma"]] + parts {
        let writer = Thread { input.fileHandleForWriting.write(Data((part.joined(separator: "\n") + "\n").utf8)) }
        writer.start()
        var answers = 0
        while answers < part.count {
          let said = output.fileHandleForReading.availableData
          try #require(!said.isEmpty, "the session ended")
          answers += said.count { $0 == 0x0A }
        }
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        peaks.append(try #require(line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }))
      }
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      return peaks.dropFirst().map { ($0 - peaks[0]) / 1_024 }
    }

    @Test(
      "thousands of patients, of branches and of changes take some kilobytes each, and the last thousand no more than the first",
      arguments: ["patient \"p@\" 54F", "branch \"b@\"", "set size @ mm", "copy \"c@\""])
    func sharing(line: String) throws {
      let lines = (0..<10_000).map { number in
        line.replacingOccurrences(of: "@", with: line.hasPrefix("set") ? "\(number % 80 + 1)" : "\(number)")
      }
      let told = try growth([Array(lines.prefix(5_000)), Array(lines.dropFirst(5_000))])
      #expect(told[0] <= 23, "\(told)")
      #expect(told[1] <= 46, "\(told)")
    }
  }
#endif
