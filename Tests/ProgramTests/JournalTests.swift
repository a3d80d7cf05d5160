import Foundation
import Testing

@Suite("The journal of a shell", .serialized)
struct JournalTests {
  private static let changes = (11...210).map { "set size \($0) mm" }

  @Test("after kill -9 at any moment every change that was answered is in it, and restore brings it back", arguments: 0..<12)
  func killed(round: Int) throws {
    let program = try Program()
    defer { program.remove() }
    let (process, input, output, _) = program.process(["--journal", "--format", "json"])
    try process.run()
    let script = (["patient Maria 54F, insulinoma"] + Self.changes).joined(separator: "\n") + "\n"
    input.fileHandleForWriting.write(Data(script.utf8))
    // Some moment between the first answer and the last: another in each round, the same in each run.
    let moment = 1 + (round * 7_919 + 13) % 190
    var said = Data()
    while said.count(where: { $0 == 0x0A }) < moment {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      said += more
    }
    kill(process.processIdentifier, SIGKILL)
    said += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try? input.fileHandleForWriting.close()
    let answered = said.count(where: { $0 == 0x0A })
    #expect(answered >= moment)

    let journal = try #require(program.journals.first)
    let lines = try String(contentsOf: journal, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.drop { !$0.isEmpty }.dropFirst().dropLast().map(String.init)
    #expect(body.count >= answered)
    #expect(body == (["patient \"Maria\" age 54 years, sex is female, syndrome is insulinoma"] + Self.changes).prefix(body.count).map { $0 })
    let mode = try FileManager.default.attributesOfItem(atPath: journal.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)

    let restored = try program.run(["--journal", "--format", "json"], input: "restore\nhistory\n")
    #expect(restored.status == 0)
    #expect(restored.output.contains("\"changes\":\(body.count)"))
    #expect(restored.output.contains(body.last.map { $0.replacingOccurrences(of: "\"", with: "\\\"") } ?? "?"))
    #expect(program.journals.isEmpty, "a session that was restored and ended well leaves no journal")
  }

  @Test("a session that ends well leaves no journal, with quit or at the end of its input", arguments: ["quit\n", ""])
  func ended(last: String) throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["--journal"], input: "patient 54F, insulinoma\n" + last).status == 0)
    #expect(program.journals.isEmpty)
  }

  @Test("-c, run and pipes write neither journal nor history")
  func none() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("patient 54F, insulinoma\n", to: "a.islet")
    #expect(try program.run(["-c", "patient 54F, insulinoma; language el"]).status == 0)
    #expect(try program.run(["run", "a.islet"]).status == 0)
    #expect(try program.run([], input: "patient 54F, insulinoma\n").status == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: program.home.path) == ["a.islet"])
  }

  @Test("a journal that a running shell holds is not offered to another")
  func locked() throws {
    let program = try Program()
    defer { program.remove() }
    let (process, input, output, _) = program.process(["--journal", "--format", "json"])
    try process.run()
    input.fileHandleForWriting.write(Data("patient 54F, insulinoma\n".utf8))
    _ = output.fileHandleForReading.availableData
    #expect(program.journals.count == 1)
    let other = try program.run(["-c", "restore"])
    #expect(other.status == 1)
    #expect(other.errors.contains("error[restore.nothing]"))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(program.journals.isEmpty)
  }

  /// A journal that a shell which is gone left behind.
  private func leave(_ text: String, in program: Program) throws {
    let folder = program.home.appendingPathComponent(".local/state/islet")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(to: folder.appendingPathComponent("journal-1-1"), atomically: true, encoding: .utf8)
  }

  @Test("a line that no longer reads costs that line: it is shown, the rest is restored, and the journal is kept")
  func unread() throws {
    let program = try Program()
    defer { program.remove() }
    let head = "islet 1 journal\nlanguage: en\n\npatient \"Maria\" age 54 years, sex is female\n"
    try leave(head + "set size 14 kg\nset \u{1}\nfrobnicate\nset size 14 mm\n", in: program)
    let told = try program.run(["--journal"], input: "restore\nshow\n")
    #expect(told.status == 0)
    #expect(told.output.contains("Changes and settings brought back: 2."))
    for line in ["set size 14 kg", "frobnicate"] { #expect(told.output.contains(line), "\(told.output)") }
    #expect(told.output.contains("54 F · 14 mm"))
    #expect(program.journals.map(\.lastPathComponent) == ["journal-kept-1-1"])
    #expect(try String(contentsOf: program.journals[0], encoding: .utf8).contains("frobnicate"))
    // It isn't offered again, and can be listed and deleted.
    #expect(try program.run(["-c", "restore"]).errors.contains("error[restore.nothing]"))
    #expect(try program.run(["data"]).output.contains("journal-kept-1-1"))
    #expect(try program.run(["data", "delete", "journal"]).status == 0)
    #expect(program.journals.isEmpty)
    try leave(head + "frobnicate\n", in: program)
    let data = try program.run(["--journal", "--format", "json"], input: "restore\n").output
    #expect(data.contains(#""changes":1,"unread":[{"line":5,"text":"frobnicate","code":"command.unknown"}]"#), "\(data)")
  }

  @Test("a journal of a later format is said, and stays; one of ours is restored before it")
  func later() throws {
    let program = try Program()
    defer { program.remove() }
    try leave("islet 2 journal\n\npatient \"Maria\"\n", in: program)
    let told = try program.run(["-c", "restore"])
    #expect(told.status == 1)
    #expect(told.errors.hasPrefix("error[script.version]  The file has format 2; this islet reads format 1."))
    #expect(program.journals.count == 1)
    let folder = program.home.appendingPathComponent(".local/state/islet/journal-0-1")
    try "islet 1 journal\n\npatient \"Eleni\" sex is female\n".write(to: folder, atomically: true, encoding: .utf8)
    #expect(try program.run(["-c", "restore; show"]).output.contains("Eleni"))
  }

  static let real = [
    "patient \"Maria 01017012343\" 54F", "patient \"m@x.gr\"", "note \"γεννήθηκε 12/3/1970, 54 ετών\"", "set G2 # write to maria at gmail dot com",
    "rename to \"1.1.70\"", "branch \"Maria 697 123 4567\"", "patient Maria 1.1.70",
    "ασθενής Μαρία, 12/3/1970, 54 Γ", "patient \"Ελένη\" 12 March 1970",
  ]

  @Test("what is refused as a real person's data is nowhere on the disk", arguments: real)
  func nowhere(line: String) throws {
    let program = try Program()
    defer { program.remove() }
    let script = "record r.islet\npatient Anna 61F\n\(line)\nset G2\nsave s.islet\nexport e.md\n"
    let told = try program.run(["--journal", "--keep-going", "--allow-files"], input: script)
    #expect(told.status == 1)
    #expect(told.errors.contains("error[patient.real]"), "\(told.errors)")
    let files = try #require(FileManager.default.enumerator(at: program.home, includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in files {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      count += 1
      for part in ["01017012343", "m@x.gr", "12/3/1970", "gmail", "1.1.70", "697", "March 1970"] { #expect(!text.contains(part), "\(file.lastPathComponent)") }
    }
    #expect(count >= 3)
    // As an id of eval: the answer doesn't say it again either.
    let answer = try program.run(["eval"], input: "{\"id\":\"maria@gmail.com\",\"findings\":{}}\n{\"id\":\"01017012343\",\"findings\":{}}\n")
    #expect(answer.status == 1)
    #expect(!answer.output.contains("gmail") && !answer.output.contains("0101"))
    #expect(answer.output.hasPrefix(#"{"line":1,"advice":[],"errors":[{"code":"patient.real""#))
  }
}

@Suite("Files on the disk", .serialized)
struct DiskTests {
  @Test("save writes whole, follows no link and leaves no temporary file; load reads it back")
  func save() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("mine\n", to: "target")
    try FileManager.default.createSymbolicLink(
      at: program.home.appendingPathComponent("link"), withDestinationURL: program.home.appendingPathComponent("target"))
    #expect(try program.run(["-c", "patient 54F, insulinoma; save a.islet; set 14 mm; save a.islet"]).status == 0)
    #expect(try program.read("a.islet").hasSuffix("\nset size 14 mm\n"))
    let refused = try program.run(["-c", "patient 54F, insulinoma; save link"])
    #expect(refused.status == 1)
    #expect(refused.errors.hasPrefix("error[file.not-written]"))
    #expect(try program.read("target") == "mine\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: program.home.path).sorted() == ["a.islet", "link", "target"])
    let loaded = try program.run(["-c", "load a.islet; show"])
    #expect(loaded.status == 0)
    #expect(loaded.output.contains("14 mm"))
  }

  @Test("a recording that still runs when islet ends is complete, and islet replay runs it with its commands shown")
  func replay() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["-c", "record a.islet; patient 54F, insulinoma; set 14 mm; undo; recommend surgery"]).status == 0)
    #expect(try program.read("a.islet").hasSuffix("\n\npatient \"Patient 1\" age 54 years, sex is female, syndrome is insulinoma\nrecommend surgery\n"))
    let all = try program.run(["replay", "a.islet"])
    #expect(all.status == 0)
    #expect(all.output.contains("islet> recommend surgery\n"))
    #expect(try program.run(["replay", "a.islet", "--until", "1"]).output.contains("islet> recommend") == false)
    let stepped = try program.run(["replay", "--step", "a.islet"], input: "\n")
    #expect(stepped.output.contains("islet> patient"))
    #expect(!stepped.output.contains("islet> recommend"))
  }

  @Test("a script that is run, from a file or as run -, may not write; what a user pipes in or gives with -c may")
  func strangers() throws {
    let program = try Program()
    defer { program.remove() }
    let script = "patient 54F, insulinoma\nsave b.islet\n"
    try program.write(script, to: "a.islet")
    for (arguments, input) in [(["run", "a.islet"], ""), (["run", "-"], script), (["-c", "load a.islet"], ""), (["replay", "a.islet"], "")] {
      let answer = try program.run(arguments, input: input)
      #expect(answer.status == 1, "\(arguments)")
      #expect(answer.errors.contains("error[script.outside]"), "\(arguments)")
    }
    #expect(throws: (any Error).self) { try program.read("b.islet") }
    #expect(try program.run(["run", "--allow-files", "a.islet"]).status == 0)
    #expect(try program.run([], input: "patient 54F\nsave c.islet\n").status == 0)
    #expect(try program.read("c.islet").hasSuffix("sex is female\n"))
  }

  @Test("a saved session is a script that run and a pipe read too")
  func header() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["-c", "patient 54F, insulinoma; save a.islet"]).status == 0)
    #expect(try program.run(["run", "a.islet"]).output == "Patient 1   54 F · insulinoma\n")
    #expect(try program.run([], input: try program.read("a.islet")).output == "Patient 1   54 F · insulinoma\n")
  }
}
