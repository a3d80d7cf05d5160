import Commands
import Reports
import Sessions
import Testing
import Wording

@Suite("Saving, recording, replaying")
struct FileTests {
  private static let maria = "patient Maria 61M, gastrinoma, MEN1, 15 mm"
  private static let line = "patient \"Maria\" age 61 years, sex is male, syndrome is gastrinoma, men1, size 15 mm"

  private func body(_ text: String?) -> [String] {
    (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.isEmpty }.dropFirst().map(String.init)
      .filter { !$0.isEmpty }
  }

  private func meanings(_ answers: [Answer]) -> [String] {
    answers.filter { $0.kind == .question }.map {
      $0.report.json(command: $0.command, patient: $0.patient, language: .english).meaning.text
    }
  }

  @Test("a saved session is a script: a format line, what it rests on, and the changes that stand")
  func saved() throws {
    let files = MemoryFiles()
    var shell = try session()
    #expect(shell.codes("\(Self.maria);recommend;set size 25 mm;undo;branch wait;save my case.islet", files) == [])
    let text = try #require(files.files["my case.islet"])
    #expect(text.hasPrefix("islet 1 session\nislet: 0.1.0\nguideline: "))
    #expect(text.contains("\nlanguage: en\nseed: 1\nclock: 2012-01-01\n\n"))
    #expect(body(text) == [Self.line, "branch \"wait\""])
  }

  @Test("a file that is loaded may hold comments and blank lines, and counts as the changes it made")
  func comments() throws {
    let files = MemoryFiles()
    files.files["a.islet"] = "islet 1 session\n# a comment\nlanguage: en\n\n# more\n\(Self.line) # Maria\n\nset size 25 mm; recommend\n"
    var shell = try session()
    let answers = shell.answers("load a.islet", files)
    #expect(answers.map(\.journal) == [[Self.line, "set size 25 mm"]])
    #expect(shell.changes == [Self.line, "set size 25 mm"])
    #expect(shell.codes("undo") == [])
    #expect(shell.changes == [Self.line])
  }

  @Test("loading is all or nothing: a bad line is named and nothing changes")
  func allOrNothing() throws {
    let files = MemoryFiles()
    files.files["a.islet"] = "islet 1 session\n\n\(Self.line)\nset size 14\n"
    var shell = try session()
    _ = shell.codes("patient Eleni 54F")
    let before = shell.state
    let error = shell.answers("load a.islet", files).first?.report.errors.first
    #expect(error?.code == "unit.missing")
    #expect(error?.file == "a.islet")
    #expect(error?.line == 4)
    #expect(shell.state == before)
    #expect(shell.codes("undo;undo") == ["session.nothing"])
  }

  @Test("a newer format and a first line that says nothing are errors of the file")
  func format() throws {
    let files = MemoryFiles()
    files.files = ["new": "islet 2 session\n", "odd": "islet 1 novel\n"]
    var shell = try session()
    #expect(shell.codes("load new;load odd;load missing", files) == ["script.version", "script.kind", "file.unreadable"])
  }

  @Test("a recording runs on its own: what led to its start, then everything, without what was undone")
  func recorded() throws {
    let files = MemoryFiles()
    var shell = try session()
    let script = "\(Self.maria);recommend;record a.islet;set size 25 mm;recommend;undo;set size 22 mm;why not enucleation;language el;stop recording"
    #expect(shell.codes(script, files) == [])
    #expect(body(files.files["a.islet"]) == [Self.line, "set size 22 mm", "why not surgery.enucleation", "language el"])
  }

  @Test("a recording is on the disk as it grows, before it is stopped")
  func growing() throws {
    let files = MemoryFiles()
    var shell = try session()
    #expect(shell.codes("record a.islet;\(Self.maria);recommend", files) == [])
    #expect(body(files.files["a.islet"]) == [Self.line, "recommend"])
    #expect(
      shell.codes("record b.islet;stop recording;stop recording;record a.islet", files) == [
        "record.running", "stop.nothing", "file.exists",
      ])
  }

  @Test("redo brings an undone change back into the recording; undo past its start leaves out what led to it")
  func redone() throws {
    let files = MemoryFiles()
    var shell = try session()
    #expect(shell.codes("\(Self.maria);set G1;record a;undo;set G2;undo;redo;stop recording", files) == [])
    #expect(body(files.files["a"]) == [Self.line, "set grade is G2"])
    var other = try session()
    #expect(other.codes("load a", files) == [])
    #expect(other.lasting == shell.lasting)
  }

  @Test("moments in a recorded comparison are numbered as the replay will number them")
  func momentsInRecordings() throws {
    let files = MemoryFiles()
    var shell = try session()
    let script = "help;\(Self.maria);set size 30 mm;undo;recommend;record a;set size 25 mm;compare 2 6;compare 3;stop recording"
    let answers = shell.answers(script, files)
    #expect(answers.allSatisfy { !$0.isError })
    #expect(body(files.files["a"]) == [Self.line, "set size 25 mm", "compare moment 1 moment 2"])
    var other = try session()
    let again = other.answers("load a;compare moment 1 moment 2", files).last
    #expect(again?.report.data.first { $0.0 == "changes" }?.1 == answers[7].report.data.first { $0.0 == "changes" }?.1)
  }

  @Test("replaying a recording gives an equal state and equal meanings", arguments: Language.allCases)
  func replayed(language: Language) throws {
    let files = MemoryFiles()
    var shell = try session(language)
    let asked = shell.answers(
      "record a;\(Self.maria);recommend;why 1;branch wait;set size 25 mm;recommend;what if no MEN1;compare main wait;branches;stop recording",
      files)
    #expect(asked.allSatisfy { !$0.isError })
    var other = try session()
    let answers = other.answers("replay a", files)
    #expect(answers.allSatisfy { !$0.isError })
    #expect(other.state.roster == shell.state.roster)
    #expect(other.state.branches == shell.state.branches)
    #expect(meanings(answers) == meanings(asked))
    #expect(answers.dropLast().allSatisfy { $0.echo != nil })
  }

  @Test("next, where neither a replay waits nor the tour was begun, says how each begins")
  func nextOfNothing() throws {
    var shell = try session()
    let help = try #require(shell.answers("next", MemoryFiles()).last?.report.errors.first?.help.map(\.english))
    #expect(help.contains { $0.contains("replay") } && help.contains { $0.contains("tour") })
  }

  @Test("a replay goes step by step, up to a command, and ends with stop")
  func stepped() throws {
    let files = MemoryFiles()
    files.files["a"] = "\(Self.line)\nset size 25 mm\nset size 30 mm\n"
    var shell = try session()
    #expect(shell.codes("next") == ["replay.none"])
    #expect(shell.codes("replay a --step", files) == [])
    #expect(shell.state.patients.isEmpty)
    #expect(shell.replay?.next == Self.line)
    #expect(shell.codes("next;next", files) == [])
    #expect(shell.changes.count == 2)
    #expect(shell.codes("replay a;stop recording;next", files) == ["replay.running", "replay.none"])
    #expect(shell.codes("forget all;replay a --until 1", files) == [])
    #expect(shell.changes.count == 4)
    #expect(shell.codes("next;next", files) == [])
    #expect(shell.replay == nil)
    #expect(shell.codes("replay a --fast;replay a --until x", files) == ["replay.unread", "replay.unread"])
  }

  @Test("a replay stops at the first line that is refused, names it, and keeps what ran")
  func replayFails() throws {
    let files = MemoryFiles()
    files.files["a"] = "\(Self.line)\nset size 14\nset size 30 mm\n"
    var shell = try session()
    let error = shell.answers("replay a", files).last?.report.errors.first
    #expect(error?.code == "unit.missing")
    #expect(error?.line == 2)
    #expect(shell.changes == [Self.line])
    #expect(shell.replay == nil)
  }

  @Test("a session is exported with its answers, without what was undone, under the intended use", arguments: Language.allCases)
  func exported(language: Language) throws {
    let files = MemoryFiles()
    var shell = try session(language)
    #expect(
      shell.codes("\(Self.maria);set size 25 mm;undo;recommend surgery;language en;language \(language.rawValue);export a.md;export b.TXT;export c.html", files)
        == [])
    let page = try #require(files.files["c.html"])
    #expect(page.contains("default-src 'none'"))
    #expect(page.contains(IntendedUse.line[language]))
    #expect(!page.contains("set</a> size 25 mm"))
    #expect(page.contains("</a> Maria 61M, gastrinoma, MEN1, <span class=\"whole\">15 mm</span>") && !page.contains("syndrome is"))
    // What it cites stands at its end, and so does what its commands do.
    let cited = page.matches(of: #/href="#([PFE][0-9]+|command-[a-z-]+)"/#).map { String($0.1) }
    #expect(cited.contains { $0.hasPrefix("P") } && cited.contains("command-recommend"))
    for id in Set(cited) { #expect(page.contains("id=\"\(id)\""), "\(id)") }
    for name in ["a.md", "b.TXT"] {
      let text = try #require(files.files[name])
      #expect(text.contains(IntendedUse.line[language]))
      #expect(text.contains(IntendedUse.origin[language]))
      // A notebook holds what runs anew in any language, a text what was typed.
      #expect(text.contains(name == "a.md" ? Self.line : Self.maria))
      #expect(!text.contains("25 mm"))
      #expect(text.contains(shell.run("recommend surgery").report.text(.plain)) || name == "a.md")
    }
    #expect(shell.codes("export a.pdf;export;export d.svg", files) == ["export.kind", "command.incomplete", "export.figure"])
    #expect(shell.codes("evidence everolimus;export d.svg", files) == [])
    #expect(files.files["d.svg"]?.hasPrefix("<svg") == true)
    var empty = try session()
    #expect(empty.codes("export a.md", files) == ["export.nothing"])
  }

  @Test("restore brings back what a journal holds, and refuses when there is none")
  func restored() throws {
    let files = MemoryFiles()
    var shell = try session()
    #expect(shell.codes("restore", files) == ["restore.nothing"])
    files.cutShort = "islet 1 journal\nlanguage: en\n\n\(Self.line)\nset size 25 mm\nundo\nredo\nlanguage el\nset size 3"
    #expect(shell.codes("restore", files) == [])
    #expect(shell.changes == [Self.line, "set size 25 mm"])
    #expect(shell.state.language == .greek)
  }
}

@Suite("Files are strangers'")
struct StrangerTests {
  @Test(
    "what acts outside the session is refused in a file, unless islet was told to allow it",
    arguments: [
      "save b", "load b", "record b", "replay b", "export b.md", "restore",
    ])
  func outside(line: String) throws {
    let files = MemoryFiles()
    files.files["a"] = "patient 54F, insulinoma\n\(line)\n"
    files.files["b"] = "recommend\n"
    for way in ["load", "replay"] {
      var shell = try session()
      #expect(shell.codes("\(way) a", files) == ["script.outside"])
      #expect(files.files.keys.sorted() == ["a", "b"])
      #expect(shell.recording == nil)
    }
    files.cutShort = "islet 1 journal\n\nlanguage en\n"
    var shell = try session()
    shell.allowsFiles = true
    if line != "record b" { #expect(shell.codes("load a", files) == []) }
  }

  @Test("the refusal says what to do", arguments: Language.allCases)
  func message(language: Language) throws {
    let files = MemoryFiles()
    files.files["a"] = "patient 54F, insulinoma\nsave b\n"
    var shell = try session(language)
    let text = shell.answers("load a", files).first?.report.errors.first?.text(.plain, language)
    #expect(
      text
        == (language == .english
          ? """
          error[script.outside]  A file that is run can't use save: it acts outside the session.
            a:2
              save b
              ^^^^^^
            If you trust the file, start islet with --allow-files.

          """
          : """
          error[script.outside]  Ένα αρχείο που εκτελείται δεν μπορεί να χρησιμοποιήσει την εντολή αποθήκευσε: ενεργεί έξω από τη συνεδρία.
            a:2
              save b
              ^^^^^^
            Αν εμπιστεύεστε το αρχείο, ξεκινήστε το islet με --allow-files.

          """))
  }

  @Test("a file can't undo or redo what the user did")
  func ground() throws {
    let files = MemoryFiles()
    files.files = ["undo": "set G1\nundo\nredo\nundo\nundo\n", "redo": "redo\n", "fair": "set G1\nset G2\nundo\n"]
    var shell = try session()
    #expect(shell.codes("patient 54F;set 14 mm;set 15 mm;undo", files) == [])
    let before = shell.changes
    for way in ["load", "replay"] {
      #expect(shell.codes("\(way) redo", files) == ["session.nothing"])
      #expect(shell.changes == before)
    }
    #expect(shell.codes("redo;undo") == [])
    for way in ["load", "replay"] {
      #expect(shell.codes("\(way) undo", files) == ["session.nothing"])
      #expect(shell.changes == before)
    }
    #expect(shell.codes("load fair", files) == [])
    #expect(shell.changes == before + ["set grade is G1"])
  }

  @Test(
    "a file made with other chapters, or a newer or older islet, says so and what to do",
    arguments: [
      ("9.0", "newer"), ("0.0.9", "older"), ("0.1.0", "other chapters"),
    ])
  func chapters(version: String, word: String) throws {
    let files = MemoryFiles()
    files.files["a"] = "islet 1 recording\nislet: \(version)\nguideline: 0\n\npatient 54F\n"
    for way in ["load", "replay"] {
      var shell = try session()
      let answer = shell.answers("\(way) a", files).last
      #expect(answer?.report.errors == [])
      #expect(answer?.report.text(.plain).contains(word) == true)
    }
  }

  @Test("a file that loads itself ends with an error")
  func loop() throws {
    let files = MemoryFiles()
    files.files = ["a": "load a\n", "b": "replay b\n"]
    var shell = try session()
    shell.allowsFiles = true
    #expect(shell.codes("load a;replay b", files) == ["script.nesting", "script.nesting"])
    #expect(shell.depth == 0)
  }

  @Test("files are bounded in bytes, lines, line length, steps and time")
  func bounds() throws {
    let files = MemoryFiles()
    let many = String(repeating: "language en\n", count: 5_000)
    files.files = [
      "bytes": String(repeating: "#", count: 1_000_001), "lines": many + "language en\n", "fits": many,
      "line": "help " + String(repeating: "x", count: 10_000),
    ]
    var shell = try session()
    #expect(shell.codes("load bytes;load lines;load line", files) == ["file.too-long", "file.too-many-lines", "input.too-long"])
    #expect(shell.codes("load fits;load fits;load fits;load fits;load fits", files) == ["script.steps"])
    files.tick = 3
    files.files["slow"] = "patient 54F, insulinoma\n"
    var other = try session()
    #expect(other.codes("load slow", files) == ["script.time"])
    #expect(other.state.patients.isEmpty)
  }
}
