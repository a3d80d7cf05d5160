import Foundation
import Testing

/// What stands where a stream or a file should be: full, closed, a folder, a pipe, a device, a link.
@Suite("Nothing is written or read in silence", .serialized)
struct StreamTests {
  /// Every way in which the program prints to standard output.
  private static let calls: [[String]] = [
    ["--version"], ["--help"], ["help", "eval"], ["manual"], ["--generate-completion-script", "bash"], ["-c", "patient 54F; recommend"],
    ["--format", "json", "-c", "patient 54F; show"], ["run", "script.islet"], ["replay", "script.islet"], ["eval", "one.ndjson"],
    ["eval", "--counts", "one.ndjson"], ["eval", "--all", "one.ndjson"], ["eval", "--to", "csv", "one.ndjson"], ["eval", "--to", "arrow", "one.ndjson"],
    ["schema", "eval"], ["schema", "map"], ["cohort", "one.ndjson"],
    ["cohort", "--draw", "10", "--patients"], ["guideline", "facts"],
    ["guideline", "tour"], ["guideline", "check"], ["audit"], ["check", "script.islet"], ["attempts", "csv"], ["attempts", "xapi"], ["results", "logs"],
    ["questions"], ["render", "script.islet"], ["data"], ["explore", "fasting-hypoglycaemia"], ["play"], ["note", "note.txt"],
  ]

  private func program() throws -> Program {
    let program = try Program()
    try program.write("patient 54F, insulinoma\nrecommend\n", to: "script.islet")
    try program.write("{\"id\":1,\"findings\":{\"men1\":true}}\n", to: "one.ndjson")
    try program.write("54F, insulinoma\n", to: "note.txt")
    try FileManager.default.createDirectory(at: program.home.appendingPathComponent("logs"), withIntermediateDirectories: true)
    try program.write("", to: "logs/ana.jsonl")
    return program
  }

  /// Runs through the system's shell, which can redirect.
  private func shell(_ program: Program, _ arguments: [String], _ redirection: String) throws -> (status: Int32, output: String, errors: String) {
    let (process, input, output, errors) = program.process([])
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec \"$0\" \"$@\" \(redirection)", Program.path.path] + arguments
    try process.run()
    try input.fileHandleForWriting.close()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self), String(decoding: complained, as: UTF8.self))
  }

  @Test("output to a full disk ends with status 1 and one line on standard error that names the cause", arguments: calls)
  func full(call: [String]) throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let program = try program()
    defer { program.remove() }
    let told = try shell(program, call, ">/dev/full")
    #expect(told.status == 1)
    #expect(told.errors == "error[output.not-written]  Standard output can't be written: the disk is full.\n")
  }

  @Test(
    "what is read is never written over, by whatever path",
    arguments: [
      ["eval", "one.ndjson", "-o", "one.ndjson"], ["eval", "one.ndjson", "-o", "./logs/../one.ndjson"], ["eval", "one.ndjson", "-o", "link"],
      ["eval", "one.ndjson", "--to", "csv", "--errors", "one.ndjson"],
    ])
  func inputStays(call: [String]) throws {
    let program = try program()
    defer { program.remove() }
    try FileManager.default.createSymbolicLink(
      at: program.home.appendingPathComponent("link"), withDestinationURL: program.home.appendingPathComponent("one.ndjson"))
    let told = try program.run(call)
    #expect(told.status == 1 && told.errors.contains("error[file.not-written]") && told.errors.contains("the file that is being read"))
    #expect(try program.read("one.ndjson") == "{\"id\":1,\"findings\":{\"men1\":true}}\n")
  }

  @Test("-c that is given twice runs both, in turn")
  func twice() throws {
    let program = try program()
    defer { program.remove() }
    let told = try program.run(["-c", "patient A 54F", "-c", "show"])
    #expect(told.status == 0 && told.output.contains("A   54 F") && told.output.contains("age 54 years"), "\(told)")
  }

  @Test("a hyphen is standard input for eval, and a file that is named so is given by its path")
  func hyphen() throws {
    let program = try program()
    defer { program.remove() }
    let line = "{\"id\":\"a\",\"findings\":{\"men1\":true}}\n"
    let told = try program.run(["eval", "-"], input: line)
    #expect(told.status == 0 && told.output.contains("\"id\":\"a\""))
  }

  @Test(
    "a folder that holds nothing of what is asked for is said to, with status 1",
    arguments: [
      (["check", "none"], "folder.empty"), (["questions", "none"], "folder.empty"), (["results", "none"], "folder.empty"),
      (["--guideline", "none", "guideline", "check"], "guideline.empty"),
    ])
  func emptyFolder(call: [String], code: String) throws {
    let program = try program()
    defer { program.remove() }
    try FileManager.default.createDirectory(at: program.home.appendingPathComponent("none"), withIntermediateDirectories: true)
    let told = try program.run(call)
    #expect(told.status == 1 && told.errors.contains("none”") && told.errors.contains("error[\(code)]"), "\(told)")
  }

  @Test(
    "a case's file is no script, and is said to be a case with how to play it",
    arguments: [["run", "own.islet"], ["replay", "own.islet"], ["-c", "replay own.islet"]])
  func scenarioAsScript(call: [String]) throws {
    let program = try program()
    defer { program.remove() }
    try program.write("# mine\nislet scenario 1 en\n", to: "own.islet")
    let told = try program.run(call)
    #expect(told.status == 1 && told.errors.contains("error[script.scenario]") && told.errors.contains("islet --cases . -c \"play own\""), "\(told)")
  }

  @Test("a path that holds no file is said to, where a case is asked for", arguments: [("logs", "it is a folder"), ("pipe", "it is a named pipe")])
  func noCase(path: String, cause: String) throws {
    let program = try program()
    defer { program.remove() }
    mkfifo(program.home.appendingPathComponent("pipe").path, 0o600)
    let told = try program.run(["explore", path])
    #expect(told.status == 1 && told.errors.contains("error[file.unreadable]") && told.errors.contains(cause), "\(told)")
  }

  @Test("a chapter that is no UTF-8 is refused with its line")
  func brokenChapter() throws {
    let program = try program()
    defer { program.remove() }
    try FileManager.default.createDirectory(at: program.home.appendingPathComponent("own"), withIntermediateDirectories: true)
    try Data(Array("# Own\n\nText ".utf8) + [0xFF, 0x0A]).write(to: program.home.appendingPathComponent("own/01-own.md"))
    let told = try program.run(["--guideline", "own", "guideline", "check"])
    #expect(told.status == 1 && told.errors.contains("input.encoding") && told.errors.contains("01-own.md:3"), "\(told)")
  }

  @Test("output to a closed descriptor likewise, in Greek too", arguments: [("en", "can't be written: it is closed"), ("el", "δεν γράφεται: είναι κλειστή")])
  func closed(language: String, words: String) throws {
    let program = try program()
    defer { program.remove() }
    for call in [["-c", "help", "--language", language], ["eval", "one.ndjson", "--language=" + language]] {
      let told = try shell(program, call, ">&-")
      #expect(told.status == 1)
      #expect(told.errors.hasPrefix("error[output.not-written]") && told.errors.hasSuffix(words + ".\n"), "\(told.errors)")
    }
    // What is opened next doesn't take the closed one's place.
    let told = try shell(program, ["-c", "record r.islet; patient 54F; show"], ">&-")
    #expect(told.status == 1)
    #expect(!(try program.read("r.islet")).contains("54 F ·"))
  }

  @Test("a reader who leaves is no fault")
  func brokenPipe() throws {
    let program = try program()
    defer { program.remove() }
    let told = try shell(program, ["guideline", "tour"], "| head -n 1")
    #expect(told.errors == "")
  }

  @Test("standard input that can't be read is an error", arguments: [[], ["eval"], ["cohort"], ["eval", "--counts"], ["run", "-"], ["note", "-"]])
  func input(call: [String]) throws {
    let program = try program()
    defer { program.remove() }
    for (redirection, words) in [("</", "it is a folder"), ("<&-", "it is closed")] {
      let told = try shell(program, call, redirection)
      #expect(told.status == 1, "\(redirection)")
      #expect(told.errors == "error[input.unreadable]  Standard input can't be read: \(words).\n", "\(redirection)")
      #expect(told.output == "", "\(redirection)")
    }
  }

  @Test(
    "what is no plain file is said where a file is expected, and nothing hangs",
    arguments: [
      ["eval", "@"], ["eval", "--counts", "@"], ["cohort", "@"], ["run", "@"], ["note", "@"], ["replay", "@"], ["check", "@"], ["render", "@"],
      ["explore", "@.islet"], ["attempts", "--log", "@"], ["audit", "coverage", "@"], ["-c", "load \"@\""], ["-c", "patient 54F; save \"@\""],
    ])
  func kinds(call: [String]) throws {
    let program = try program()
    defer { program.remove() }
    try FileManager.default.createDirectory(at: program.home.appendingPathComponent("folder.islet"), withIntermediateDirectories: true)
    #expect(mkfifo(program.home.appendingPathComponent("pipe.islet").path, 0o600) == 0)
    for (name, words) in [("folder.islet", "it is a folder"), ("pipe.islet", "it is a named pipe"), ("/dev/zero", "it is a device")] {
      // Several files may be in a folder that check looks through; a case's file is known by its ending.
      if call[0] == "check", name == "folder.islet" { continue }
      if call.contains("@.islet"), name == "/dev/zero" { continue }
      let told = try program.run(call.map { $0.replacingOccurrences(of: "@.islet", with: name).replacingOccurrences(of: "@", with: name) })
      #expect(told.status == 1, "\(name)")
      #expect(told.errors.contains(words), "\(name): \(told.errors)")
    }
  }

  @Test("a pipe in a folder hangs nothing and is said; what can be read still is")
  func pipeInFolder() throws {
    let program = try program()
    defer { program.remove() }
    let folder = program.home.appendingPathComponent("stranger")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["a.islet", "b.md", "c"] { #expect(mkfifo(folder.appendingPathComponent(name).path, 0o600) == 0) }
    try program.write("patient 54F, insulinoma\n", to: "stranger/d.islet")
    for call in [["check", "stranger"], ["results", "stranger"], ["--guideline", "stranger", "-c", "show"], ["--cases", "stranger", "-c", "play"]] {
      let told = try program.run(call)
      #expect(told.status == 1, "\(call)")
      #expect(told.errors.contains("it is a named pipe"), "\(call): \(told.errors)")
    }
    #expect(try program.run(["check", "stranger"]).output.contains("passed  stranger/d.islet"))
  }

  @Test("links inside a folder aren't followed out of it; one within it is")
  func links() throws {
    let program = try program()
    defer { program.remove() }
    let folder = program.home.appendingPathComponent("stranger")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try program.write("patient 54F, insulinoma\n", to: "stranger/own.islet")
    try program.write("secret\n", to: "secret")
    for (name, target) in [("within.islet", "own.islet"), ("out.islet", "../secret"), ("out.md", "../secret"), ("log", "../secret")] {
      try FileManager.default.createSymbolicLink(atPath: folder.appendingPathComponent(name).path, withDestinationPath: target)
    }
    for call in [["check", "stranger"], ["results", "stranger"], ["--guideline", "stranger", "-c", "show"], ["--cases", "stranger", "-c", "play"]] {
      let told = try program.run(call)
      #expect(told.status == 1, "\(call)")
      #expect(told.errors.contains("leads out of its folder"), "\(call): \(told.errors)")
      #expect(!(told.output + told.errors).contains("secret\n"), "\(call)")
    }
    #expect(try program.run(["check", "stranger"]).output.contains("passed  stranger/within.islet"))
  }

  @Test("save keeps the mode of a file that it replaces", arguments: [0o600, 0o640, 0o444])
  func mode(mode: Int) throws {
    let program = try program()
    defer { program.remove() }
    try program.write("old\n", to: "a.islet")
    let path = program.home.appendingPathComponent("a.islet").path
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    #expect(try program.run(["-c", "patient 54F; save a.islet"]).status == 0)
    #expect(try program.read("a.islet").hasPrefix("islet 1 session\n"))
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == mode)
  }

  @Test(
    "the message names the system's own cause",
    arguments: [
      ("save /nowhere/a.islet", "it isn't there"), ("save /dev/full", "it is a device"), ("save link", "it is a symbolic link"),
      ("load nothing.islet", "it isn't there"), ("save script.islet/a", "a part of its path isn't a folder"),
      ("save \(String(repeating: "a", count: 300))", "its name is too long"),
    ])
  func causes(command: String, words: String) throws {
    let program = try program()
    defer { program.remove() }
    try FileManager.default.createSymbolicLink(atPath: program.home.appendingPathComponent("link").path, withDestinationPath: "script.islet")
    let told = try program.run(["-c", "patient 54F; " + command])
    #expect(told.status == 1)
    #expect(told.errors.split(separator: "\n").first?.contains(words) == true, "\(told.errors)")
  }

  @Test("what can't be written or looked through says what it is in both languages, and what to try", arguments: ["en", "el"])
  func instead(language: String) throws {
    let program = try program()
    defer { program.remove() }
    #expect(mkfifo(program.home.appendingPathComponent("pipe").path, 0o600) == 0)
    let isGreek = language == "el"
    func told(_ call: [String]) throws -> String {
      let told = try program.run(call + ["--language", language])
      #expect(told.status == 1 && told.output == "", "\(call)")
      return told.errors
    }
    for device in ["pipe", "/dev/null"] {
      // Standard input is no place to write to.
      let write = try told(["eval", "one.ndjson", "-o", device])
      #expect(write.hasSuffix(isGreek ? "Δώστε ένα απλό αρχείο.\n" : "Name a plain file.\n"), "\(write)")
    }
    for (name, english, greek) in [
      ("pipe", "it is a named pipe", "named pipe"), ("one.ndjson", "it is a file", "είναι αρχείο"), ("none", "it isn't there", "δεν υπάρχει"),
    ] {
      for call in [["results", name], ["--guideline", name, "-c", "show"], ["--cases", name, "-c", "play"]] {
        let said = try told(call)
        #expect(said.contains("error[folder.unreadable]") && said.contains(isGreek ? greek : english), "\(call): \(said)")
      }
    }
    try FileManager.default.createDirectory(at: program.home.appendingPathComponent("empty"), withIntermediateDirectories: true)
    let empty = try told(["--guideline", "empty", "-c", "show"])
    #expect(empty.hasPrefix("error[guideline.empty]") && empty.contains("01-surgery.el.md"), "\(empty)")
  }

  @Test("a signal that ends eval leaves nothing of what isn't whole, and what was there before", arguments: [SIGINT, SIGTERM, SIGHUP])
  func interrupted(number: Int32) throws {
    let program = try program()
    defer { program.remove() }
    try program.write("before\n", to: "answers")
    let shell = Terminal(program, ["eval", "--to", "csv", "--errors", program.home.path + "/errors", "-o", program.home.path + "/answers"])
    shell.type("{\"id\":1,\"findings\":{\"men1\":true}}\r")
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: program.home.path).filter { $0.hasPrefix("answers") || $0.hasPrefix("errors") }
    }
    let end = Date().addingTimeInterval(60)
    while try names().count < 3, Date() < end { usleep(10_000) }
    #expect(try names().count == 3, "they are written under other names first")
    if number == SIGINT { shell.type("\u{3}") } else { shell.signal(number) }
    #expect(shell.end() == 128 + number)
    #expect(try names() == ["answers"] && program.read("answers") == "before\n")
  }

  @Test("what can't be shown on a terminal, or is no format of islet's, is refused with what to do instead", arguments: ["en", "el"])
  func formats(language: String) throws {
    let program = try program()
    defer { program.remove() }
    let parquet = try program.run(["eval", "one.ndjson", "--to", "parquet", "-o", "a.parquet", "--language", language])
    #expect(parquet.status == 1 && parquet.output == "")
    #expect(parquet.errors.hasPrefix("error[output.parquet]") && parquet.errors.contains("islet eval one.ndjson --to arrows | "), "\(parquet.errors)")
    #expect(parquet.errors.contains("write_parquet('a.parquet')"))
    let shell = Terminal(program, ["eval", program.home.path + "/one.ndjson", "--to", "arrow", "--language", language])
    #expect(shell.wait(for: "error[output.binary]"))
    #expect(shell.end() == 1)
    #expect(shell.plain.contains("-o"))
  }

  #if !Jupyter
    @Test("a kernel that was built without Jupyter says how to build it with", arguments: ["en", "el"])
    func kernel(language: String) throws {
      let program = try program()
      defer { program.remove() }
      let (process, input, _, errors) = program.process(["connection.json", "--language", language])
      process.executableURL = Program.path.deletingLastPathComponent().appendingPathComponent("islet-kernel")
      try process.run()
      try input.fileHandleForWriting.close()
      let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 1 && said.hasPrefix("error[kernel.absent]") && said.contains("make kernel"), "\(said)")
    }
  #endif

  @Test("cohort tells lines that can't be read from contradictions, with their numbers")
  func cohort() throws {
    let program = try program()
    defer { program.remove() }
    let lines = [
      #"{"id":1,"findings":{"men1":true}}"#, "not JSON", "", #"{"id":4,"findings":{"larynx":true}}"#,
      #"{"id":5,"findings":{"stage":"localised","liver-metastases":"bilobar"}}"#, #"{"id":6,"findings":{"grade":"G1","ki67":3}}"#,
    ]
    let contradiction = try program.run(["eval"], input: lines[4] + "\n")
    #expect(contradiction.output.contains("finding.contradiction"), "the example is a contradiction: \(contradiction.output)")
    let told = try program.run(["cohort"], input: lines.joined(separator: "\n") + "\n")
    #expect(told.status == 1)
    #expect(told.output.contains("Left out, can't be read as a patient: 2 (lines 2, 4)\n"), "\(told.output)")
    #expect(told.output.contains("Left out, their findings contradict: 1 (line 5)\n"))
    let data = try program.run(["cohort", "--format", "json"], input: lines.joined(separator: "\n") + "\n").output
    #expect(data.contains(#""unread":{"count":2,"lines":[2,4]},"contradicting":{"count":1,"lines":[5]}"#))
  }

  @Test("a log's lines that are no attempts are said with their numbers, and the rest is read")
  func logs() throws {
    let program = try program()
    defer { program.remove() }
    let event = #"{"v":1,"at":0,"step":1,"kind":"start","what":"c","case":"c","attempt":1}"#
    try program.write(event + "\nnoise\n" + #"{"v":2}"# + "\n", to: "logs/a")
    for call in [["results", "logs"], ["attempts", "csv", "--log", "logs/a"]] {
      let told = try program.run(call)
      #expect(told.status == 1)
      #expect(told.errors == "error[log.line]  Lines that aren't attempts at cases, left out: 2, 3 (2).\n  logs/a:2\n")
      #expect(told.output.contains("c"))
    }
  }
}
