import Foundation
import Testing

@Suite("The interactive shell", .serialized)
struct ShellTests {
  private static let up = "\u{1B}[A"

  private func withShell(
    _ arguments: [String] = [], environment: [String: String] = [:], _ body: (Terminal) throws -> Void
  ) throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = Terminal(program, arguments, environment: environment)
    #expect(terminal.waitForPrompt())
    try body(terminal)
  }

  @Test("a patient in use stands in the prompt, and quit ends with status 0 and a sane terminal")
  func quit() throws {
    try withShell { shell in
      shell.type("patient Maria 54F, insulinoma\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains("Maria   54 F · insulinoma"))
      shell.type("quit\r")
      #expect(shell.end() == 0)
      #expect(shell.isSane)
    }
  }

  @Test("an answer longer than the screen goes through the user's pager; a short one doesn't, nor does any with --no-pager or NO_PAGER")
  func pager() throws {
    let pager = ["PAGER": "sed 's/^/| /'", "NO_PAGER": ""]
    let patient = "patient Maria 61M, gastrinoma, MEN1, 25 mm\r"
    try withShell(environment: pager) { shell in
      shell.type(patient)
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(!shell.shown.contains("| "))
      shell.type("recommend all\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains("| For this patient"))
      shell.type("quit\r")
      #expect(shell.end() == 0)
    }
    for (arguments, environment) in [(["--no-pager"], pager), ([], ["PAGER": "sed 's/^/| /'"]), ([], ["PAGER": "no-such-pager", "NO_PAGER": ""])] {
      try withShell(arguments, environment: environment) { shell in
        shell.type(patient)
        #expect(shell.waitForPrompt("islet Maria> "))
        shell.type("recommend all\r")
        #expect(shell.waitForPrompt("islet Maria> "))
        #expect(shell.shown.contains("For this patient") && !shell.shown.contains("| "))
      }
    }
  }

  @Test("an error is shown with its place underlined, and the shell goes on")
  func errors() throws {
    try withShell { shell in
      shell.type("set insulinona\r")
      #expect(shell.waitForPrompt())
      #expect(shell.shown.contains("error["))
      shell.type("bogus\r")
      #expect(shell.waitForPrompt())
      #expect(shell.shown.contains("    bogus\r\n    ^^^^^\r\n"))
    }
  }

  @Test("Tab completes a finding, lists liver findings with a line on each, and completes Greek letters in Greek")
  func tab() throws {
    try withShell { shell in
      shell.type("patient 54F, ins\t")
      #expect(shell.wait(for: "ulinoma"))
      shell.type("\u{15}set li\t")
      #expect(shell.wait(for: "  liver metastases "))
      #expect(shell.wait(for: "none · unilobar · bilobar"))
      shell.type("\u{15}όρισε γα\t\r")
      #expect(shell.wait(for: "στρίνωμα"))
    }
  }

  @Test("Tab completes a file's path where a command takes one")
  func files() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("islet 1 session\npatient Nikos 61M\n", to: "nikos and others.islet")
    try FileManager.default.createDirectory(at: program.home.appendingPathComponent("cases"), withIntermediateDirectories: true)
    try program.write("islet 1 session\npatient Maria 54F\n", to: "cases/maria.islet")
    let shell = Terminal(program)
    #expect(shell.waitForPrompt())
    shell.type("load ~/ni\t\r")
    #expect(shell.waitForPrompt("islet Nikos> "))
    shell.type("φόρτωσε ~/ca\t")
    #expect(shell.wait(for: "ses/"))
    shell.type("\t\r")
    #expect(shell.waitForPrompt("islet Maria> "))
    shell.type("load ~/nothing\t\r")
    #expect(shell.wait(for: "error[file.unreadable]"))
  }

  @Test("Greek text is typed, moved over and deleted")
  func greek() throws {
    try withShell { shell in
      // μεγεθοςX, back over the X and delete it, then to the start for what was left out.
      shell.type("ασθενής Μαρίαα\u{7F} 54 γυναίκαΩ\u{1B}[D\u{1B}[3~\r")
      #expect(shell.waitForPrompt("islet Μαρία> "))
      #expect(shell.shown.contains("Μαρία   54 F"))
    }
  }

  @Test("an accent that follows its letter joins it, on the line and in what is read")
  func accents() throws {
    try withShell { shell in
      shell.type("patient \"Ελε\u{301}νη\" 54F\r")
      #expect(shell.waitForPrompt("islet Ελ\u{3AD}νη> "))
      #expect(shell.shown.unicodeScalars.contains("\u{3AD}"))
    }
  }

  @Test("LANG=C, or a language that is not installed, still reads Greek", arguments: ["C", "el_GR.UTF-8", "POSIX", ""])
  func locales(name: String) throws {
    try withShell(["--language", "el"], environment: ["LANG": name]) { shell in
      shell.type("ασθενής Μαρία 54 γυναίκα\r")
      #expect(shell.waitForPrompt("islet Μαρία> "))
      #expect(shell.shown.contains("Μαρία   54 Γ"))
    }
  }

  @Test("TERM=dumb gets no escape sequences, also from Tab and answers")
  func dumb() throws {
    try withShell(environment: ["TERM": "dumb", "NO_COLOR": ""]) { shell in
      #expect(!shell.shown.contains("\u{1B}"))
      shell.type("set li\t")
      #expect(shell.wait(for: "liver metastases"))
      #expect(!shell.shown.contains("\u{1B}"))
      shell.type("\u{15}patient Maria 54F, insulinoma\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(!shell.shown.contains("\u{1B}"))
    }
  }

  @Test("NO_COLOR leaves out colours and weights", arguments: [true, false])
  func colour(isOff: Bool) throws {
    try withShell(environment: ["NO_COLOR": isOff ? "1" : ""]) { shell in
      shell.type("bogus\r")
      #expect(shell.wait(for: "Type help"))
      #expect(shell.shown.contains("\u{1B}[31m") == !isOff)
    }
  }

  @Test("Ctrl-C gives the line up and keeps the session; Ctrl-D ends it with status 0")
  func controls() throws {
    try withShell { shell in
      shell.type("patient Maria 54F\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      shell.type("set insulinoma")
      #expect(shell.wait(for: "insulinoma"))
      shell.type("\u{3}")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains("^C\r\n"))
      shell.type("unset syndrome\r")
      #expect(shell.wait(for: "error[finding.not-stated]"))
      #expect(shell.waitForPrompt("islet Maria> "))
      shell.type("\u{4}")
      #expect(shell.end() == 0)
      #expect(shell.isSane)
    }
  }

  @Test("Ctrl-C while commands run, or between them, never ends the shell")
  func interrupting() throws {
    try withShell { shell in
      for delay in 0..<20 {
        shell.type("patient \"Case \(delay)\" 54F, insulinoma; recommend; contents; errata\r")
        Thread.sleep(forTimeInterval: Double(delay) * 0.01)
        shell.signal(SIGINT)
        #expect(shell.wait(for: ">"))
      }
      // A key that comes with Ctrl-C may be lost with it, so the last is given its time.
      shell.type("\u{3}")
      Thread.sleep(forTimeInterval: 1)
      shell.type("patient Maria 54F\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      shell.type("quit\r")
      #expect(shell.end() == 0)
    }
  }

  @Test("Ctrl-Z stops the shell with a sane terminal; continued, it shows the line again")
  func stopping() throws {
    try withShell { shell in
      shell.type("patient Maria")
      #expect(shell.wait(for: "patient Maria"))
      shell.type("\u{1A}")
      #expect(shell.waitForStop())
      #expect(shell.isSane)
      shell.signal(SIGCONT)
      #expect(shell.wait(for: "patient Maria"))
      shell.type(" 54F\r")
      #expect(shell.waitForPrompt("islet Maria> "))
    }
  }

  @Test("a change of the terminal's size keeps the line, and answers fit the new size")
  func resizing() throws {
    try withShell { shell in
      shell.type("about")
      #expect(shell.wait(for: "about"))
      shell.resize(columns: 50)
      #expect(shell.wait(for: "about"))
      shell.type("\r")
      #expect(shell.waitForPrompt())
      #expect(shell.plain.split(whereSeparator: \.isNewline).allSatisfy { $0.count <= 50 })
    }
  }

  @Test("SIGTERM and SIGHUP end the shell as they end any program, with a sane terminal", arguments: [SIGTERM, SIGHUP])
  func signals(number: Int32) throws {
    try withShell { shell in
      shell.type("patient Maria 54F")
      #expect(shell.wait(for: "54F"))
      shell.signal(number)
      #expect(shell.end() == 128 + number)
      #expect(shell.isSane)
    }
  }

  @Test("ten lines pasted at once are ten commands in their order; what follows the last line end waits to be edited")
  func pasting() throws {
    try withShell(environment: ["NO_COLOR": ""]) { shell in
      let lines = (1...10).map { "patient \"Case \($0)\"\t\(40 + $0)F" }
      shell.type("\u{1B}[200~" + lines.joined(separator: "\n") + "\nset insulin\u{1B}[201~")
      #expect(shell.wait(for: "set insulin"))
      let answers = shell.shown.matches(of: /Case (\d+)   (\d+) F/).map { "\($0.1) \($0.2)" }
      #expect(answers == (1...10).map { "\($0) \(40 + $0)" })
      shell.type("oma\r")
      #expect(shell.wait(for: "insulinoma"))
    }
  }

  @Test("lines that come faster than they are run are none of them lost")
  func typingAhead() throws {
    try withShell { shell in
      shell.type((1...10).map { "patient \"Case \($0)\" \(40 + $0)F\r" }.joined() + "patients\r")
      #expect(shell.wait(for: "* Case 10   50 F"))
      for place in 1...10 { #expect(shell.shown.contains("Case \(place)   \(40 + place) F")) }
    }
  }

  @Test("Alt-Return adds a line; all lines are run, and one Up brings them back")
  func severalLines() throws {
    try withShell { shell in
      shell.type("patient Maria 54F\u{1B}\rpatient Nikos 61M\r")
      #expect(shell.waitForPrompt("islet Nikos> "))
      #expect(shell.shown.contains("Maria   54 F"))
      shell.type(Self.up)
      #expect(shell.wait(for: "patient Nikos 61M"))
      #expect(shell.shown.contains("patient Maria 54F"))
    }
  }

  @Test("after an audit one key makes its next patient, and with a number that one; before it the key does nothing", arguments: [false, true])
  func witness(isVi: Bool) throws {
    let program = try Program()
    defer { program.remove() }
    if isVi { try program.write("bind -v\n", to: ".editrc") }
    let shell = Terminal(program)
    #expect(shell.waitForPrompt())
    let key = "\u{0F}"
    shell.type("\(key)audit surgery\r")
    #expect(shell.wait(for: "use witness and a number"))
    #expect(shell.waitForPrompt())
    shell.type(key)
    #expect(shell.waitForPrompt("islet Witness 1> "))
    shell.type("recommend\r\(key)")
    #expect(shell.waitForPrompt("islet Witness 2> "))
    shell.type("5\u{1B}[D\(key)")
    #expect(shell.waitForPrompt("islet Witness 5> "))
    shell.type("why\(key) 1\r")
    #expect(shell.wait(for: "P0"))
  }

  @Test("history outlives the shell, stands in a file for its owner alone, and leaves out scripts")
  func history() throws {
    let program = try Program()
    defer { program.remove() }
    let first = Terminal(program)
    #expect(first.waitForPrompt())
    first.type("patient Maria 54F\r")
    #expect(first.waitForPrompt("islet Maria> "))
    first.type("όρισε ινσουλίνωμα\r")
    #expect(first.waitForPrompt("islet Maria> "))
    first.type(" show\r")
    #expect(first.waitForPrompt("islet Maria> "))
    // What is refused as a real person's data is kept nowhere.
    for real in ["rename to \"m@x.gr\"", "note \"γεννήθηκε 12/3/1970\"", "show # 01017012343"] {
      first.type(real + "\r")
      #expect(first.waitForPrompt("islet Maria> "))
    }
    first.type("quit\r")
    #expect(first.end() == 0)
    _ = try program.run(["-c", "patient Nikos 61M"])
    _ = try program.run([], input: "patient Nikos 61M\n")
    let path = program.home.appendingPathComponent(".local/state/islet/history").path
    #expect(try program.read(".local/state/islet/history") == "patient Maria 54F\nόρισε ινσουλίνωμα\nquit\n")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)

    let second = Terminal(program)
    #expect(second.waitForPrompt())
    second.type(Self.up + Self.up)
    #expect(second.wait(for: "όρισε ινσουλίνωμα"))
    second.type("\u{3}")
    #expect(second.waitForPrompt())
    second.type("\u{12}Mar\r")
    #expect(second.waitForPrompt("islet Maria> "))
  }

  @Test("the language chosen at the prompt is the next shell's, unless another is asked for")
  func language() throws {
    let program = try Program()
    defer { program.remove() }
    let first = Terminal(program)
    #expect(first.waitForPrompt())
    #expect(first.shown.contains("Type help, or press Tab.") && first.shown.contains("New here? tour shows the way"))
    first.type("language el\r")
    #expect(first.waitForPrompt())
    first.type("quit\r")
    #expect(first.end() == 0)
    #expect(try program.read(".local/state/islet/language") == "el\n")
    let second = Terminal(program)
    #expect(second.wait(for: "Γράψτε βοήθεια, ξενάγηση για μια πρώτη συνεδρία, ή πατήστε Tab."))
    let third = Terminal(program, environment: ["ISLET_LANGUAGE": "en"])
    #expect(third.wait(for: "Type help, tour for a first session, or press Tab."))
    let fourth = Terminal(program, ["--language", "en"])
    #expect(fourth.wait(for: "Type help, tour for a first session, or press Tab."))
  }

  @Test("without a place for private files the shell says so once and goes on")
  func homeless() throws {
    try withShell(environment: ["HOME": "/dev/null/home"]) { shell in
      shell.type("patient Maria 54F\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains("error[data.not-kept]"))
      shell.type("show\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(!shell.shown.contains("error["))
    }
  }

  @Test("~/.editrc is honoured: vi keys work, and Escape is Escape")
  func editrc() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("bind -v\n", to: ".editrc")
    let shell = Terminal(program)
    #expect(shell.waitForPrompt())
    shell.type("Xpatient Maria 54F")
    #expect(shell.wait(for: "54F"))
    shell.type("\u{1B}")
    Thread.sleep(forTimeInterval: 0.2)
    shell.type("0x")
    Thread.sleep(forTimeInterval: 0.2)
    shell.type("A, ins\t\r")
    #expect(shell.waitForPrompt("islet Maria> "))
    #expect(shell.shown.contains("Maria   54 F · insulinoma"))
  }
}

@Suite("The prompt while one types", .serialized)
struct PromptTests {
  private func withShell(environment: [String: String] = [:], history: String? = nil, _ body: (Terminal) throws -> Void) throws {
    let program = try Program()
    defer { program.remove() }
    if let history {
      try FileManager.default.createDirectory(
        at: program.home.appendingPathComponent(".local/state/islet"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try program.write(history, to: ".local/state/islet/history")
    }
    let shell = Terminal(program, environment: ["NO_COLOR": ""].merging(environment) { $1 })
    #expect(shell.waitForPrompt())
    try body(shell)
  }

  @Test("prompts, lines and answers are marked for the terminal, with the status of each")
  func marks() throws {
    try withShell { shell in
      shell.type("bogus\r")
      #expect(shell.wait(for: "\u{1B}]133;C\u{7}"))
      #expect(shell.wait(for: "\u{1B}]133;D;1\u{7}\u{1B}]133;A\u{7}"))
      shell.type("about\r")
      #expect(shell.wait(for: "\u{1B}]133;D;0\u{7}"))
    }
  }

  @Test("the last line that begins so stands dim behind the cursor, and → takes it")
  func hint() throws {
    try withShell(history: "patient Maria 54F, insulinoma\nabout\n") { shell in
      shell.type("pat")
      #expect(shell.wait(for: "\u{1B}[0;2mient Maria 54F, insulinoma\u{1B}[m"))
      shell.type("\u{1B}[C\r")
      #expect(shell.waitForPrompt("islet Maria> "))
    }
  }

  @Test("without colours there is neither hint nor colour, but pastes in brackets and lists")
  func plain() throws {
    try withShell(environment: ["NO_COLOR": "1"], history: "patient Maria 54F, insulinoma\n") { shell in
      #expect(shell.shown.contains("\u{1B}[?2004h"))
      shell.type("pat")
      #expect(!shell.wait(for: "ient Maria", seconds: 1))
      shell.type("\u{15}patient 54F\r")
      #expect(shell.waitForPrompt("islet P1> ") || shell.shown.contains("54 F"))
    }
  }

  @Test("an empty NO_COLOR leaves the colours on, of what was typed before the prompt too", arguments: [false, true])
  func emptyNoColour(isEarly: Bool) throws {
    let program = try Program()
    defer { program.remove() }
    let shell = Terminal(program, environment: ["NO_COLOR": ""])
    if !isEarly { #expect(shell.waitForPrompt()) }
    // On a busy machine the line is painted before its last word is there: then that word alone follows.
    shell.type("give octreotide LAR")
    #expect(shell.wait(for: "\u{1B}[0;35moctreotide"))
  }

  @Test("Tab lists what give oct may be, arrows move in the list, Return takes what is marked")
  func menu() throws {
    try withShell(environment: ["NO_COLOR": "1"]) { shell in
      shell.type("patient Maria 61M, gastrinoma\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      shell.type("give oct\t")
      #expect(shell.wait(for: "continuous octreotide infusion"))
      #expect(shell.shown.contains("  octreotide LAR "))
      shell.type("\u{1B}[B")
      #expect(shell.wait(for: ">"))
      shell.type("\r")
      #expect(shell.wait(for: "reotide LAR"))
      shell.type(" 20 mg every 4 weeks\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains("octreotide LAR"))
    }
  }

  @Test("a backslash or an open quotation mark goes on in the next row, and an empty row ends it; an apostrophe doesn't")
  func rows() throws {
    try withShell(environment: ["NO_COLOR": "1"]) { shell in
      shell.type("patient Maria \\\r")
      #expect(shell.wait(for: "...> "))
      shell.type("54F\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      shell.type("note «No liver metastases.\r")
      #expect(shell.wait(for: "...> "))
      shell.type("Gastrinoma.»\r")
      #expect(shell.waitForPrompt("islet Maria> "))
      #expect(shell.shown.contains("gastrinoma"))
      shell.type("patient O'Brien 61M\r")
      #expect(shell.wait(for: "O"))
      shell.type("note \"open\r\r")
      #expect(shell.wait(for: "error[input.quote]"))
    }
  }

  @Test("Ctrl-R lists the lines that hold what is typed, and Escape brings the line back")
  func search() throws {
    try withShell(environment: ["NO_COLOR": "1"], history: "patient Maria 54F\npatient Nikos 61M\nabout\n") { shell in
      shell.type("\u{12}")
      #expect(shell.wait(for: "search> "))
      #expect(shell.wait(for: "> about"))
      shell.type("54\u{7}patient Ada 50F\r")
      #expect(shell.waitForPrompt("islet Ada> "))
      shell.type("\u{12}nik\r")
      #expect(shell.waitForPrompt("islet Nikos> "))
    }
  }

  @Test("Ctrl-T shows what the line would mean, without running it")
  func meaning() throws {
    try withShell(environment: ["NO_COLOR": "1"]) { shell in
      shell.type("patient Maria 54F, no liver mets\u{14}")
      #expect(shell.wait(for: "liver-metastases is none"))
      shell.type("\u{15}show\r")
      #expect(shell.wait(for: "error["))
    }
  }

  @Test("a pipe gets no escape sequence, whatever the terminal")
  func pipe() throws {
    let program = try Program()
    defer { program.remove() }
    let run = try program.run([], input: "patient Maria 54F\nbogus\n")
    #expect(!run.output.contains("\u{1B}") && !run.errors.contains("\u{1B}"))
  }
}
