import Commands
import Guideline
import Reports
import Sessions
import Testing
import Wording

@testable import Jupyter

private let embedded = Result { try Guideline.embedded() }

/// A kernel and everything that it published.
private struct Front {
  var kernel: Kernel
  var published: [(type: String, content: JSON)] = []

  init(_ language: Language = .english) throws {
    kernel = Kernel(world: World(guideline: try embedded.get(), commands: .standard, version: "0.1.0"), language: language, seconds: { 0 })
  }

  mutating func ask(_ type: String, _ fields: [(String, JSON?)] = [], interruptedAfter steps: Int = .max) -> JSON {
    published = []
    var asked = 0
    let box = Box()
    let reply = kernel.answer(
      Message(type: type + "_request", content: .fields(fields)),
      isInterrupted: {
        asked += 1
        return asked > steps
      }, publish: { box.published.append(($0, $1)) })
    published = box.published
    return reply?.content ?? .null
  }

  mutating func run(_ code: String, _ more: [(String, JSON?)] = []) -> JSON { ask("execute", [("code", .string(code))] + more) }

  var types: [String] { published.map(\.type) }

  /// What was shown as a media type, in order.
  func shown(_ kind: String) -> [String] {
    published.compactMap { $0.content["data"]?[kind] }.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  final class Box { var published: [(type: String, content: JSON)] = [] }
}

@Suite("The kernel's cells")
struct CellTests {
  @Test("a cell shows its answers in order, the last as its result; the intended use stands before the first answer, once")
  func answers() throws {
    var front = try Front()
    let reply = front.run("patient Maria 54F, insulinoma 14 mm\nrecommend; show")
    #expect(reply["status"] == .string("ok"))
    #expect(reply["execution_count"] == .integer(1))
    #expect(front.types == ["execute_input", "display_data", "display_data", "display_data", "execute_result"])
    #expect(front.shown("text/plain")[0].contains(IntendedUse.line.english))
    #expect(front.shown("text/html").allSatisfy { $0.hasPrefix("<div class=\"islet-answer\" lang=\"en\">") })
    _ = front.run("show")
    #expect(front.types == ["execute_input", "execute_result"])
  }

  @Test("an answer with a figure shows it as a picture, in HTML and as text, each figure with ids of its own")
  func figures() throws {
    var front = try Front()
    _ = front.run("evidence everolimus; evidence everolimus")
    let tables = front.shown("text/latex")
    #expect(tables.count >= 2)
    #expect(tables.allSatisfy { $0.contains("\\begin{tabular}") && $0.contains("0.35") == $0.contains("hazard") })
    let inline = front.shown("text/html").filter { $0.contains("<svg") }
    #expect(inline.count == tables.count)
    #expect(Set(inline).count == inline.count)
    // nbconvert hands each SVG to Inkscape, and stops where there is none.
    #expect(front.shown("image/svg+xml").isEmpty)
    _ = front.run("%figures\nevidence everolimus")
    #expect(!front.shown("image/svg+xml").isEmpty)
  }

  @Test("a notebook holds the style of all answers once; a cell that is run again or wiped brings it again")
  func style() throws {
    var front = try Front()
    func styled() -> Int { front.shown("text/html").reduce(0) { $0 + $1.ranges(of: "<style>").count } }
    func run(_ code: String, cell: String?) {
      let box = Front.Box()
      _ = front.kernel.answer(
        Message(type: "execute_request", content: .fields([("code", .string(code))]), cell: cell), isInterrupted: { false },
        publish: { box.published.append(($0, $1)) })
      front.published = box.published
    }
    run("help; evidence everolimus", cell: "a")
    #expect(styled() == 1)
    run("evidence everolimus; help", cell: "b")
    #expect(styled() == 0)
    run("help", cell: "a")
    #expect(styled() == 1)
    run("help", cell: "a")
    #expect(styled() == 1)
    run("help\n%clear\nhelp", cell: "a")
    #expect(styled() == 2)
    run("help", cell: nil)
    #expect(styled() == 0)
  }

  @Test("a backslash at the end of a row joins the next to it, but not in a comment")
  func joined() throws {
    var front = try Front()
    #expect(front.run("patient Maria 54F, \\\n  insulinoma 14 mm\nshow")["status"] == .string("ok"))
    #expect(front.shown("text/plain").contains { $0.contains("insulinoma") && $0.contains("14 mm") })
    _ = front.run("# a comment \\\npatient Anna 30F")
    #expect(front.kernel.session.state.patients.map(\.name) == ["Maria", "Anna"])
  }

  @Test("the first command that fails ends the cell; what stood before it stays")
  func failure() throws {
    var front = try Front()
    let reply = front.run("patient Maria 54F\nset size 14\npatient Anna 30F")
    #expect(reply["status"] == .string("error"))
    let code = try #require(reply["ename"])
    #expect(front.types.last == "error")
    #expect(front.published.last?.content["ename"] == code)
    #expect(reply["evalue"] == front.published.last?.content["evalue"])
    guard case .array(let lines)? = reply["traceback"], case .string(let first)? = lines.first, case .string(let name) = code else {
      Issue.record("no traceback")
      return
    }
    #expect(first.hasPrefix("error[\(name)]"))
    #expect(front.kernel.session.state.patients.map(\.name) == ["Maria"])
    #expect(front.kernel.abortsNext)
  }

  @Test("an error is wrapped at its words, which JupyterLab would break within")
  func wrapped() throws {
    var front = try Front(.greek)
    let reply = front.run("ασθενής Μαρία 54 γυναίκα, ινσουλίνωμα 14 mm\nδώσε διαζοξίδη 900 mg την ημέρα από το στόμα")
    guard case .array(let lines)? = reply["traceback"] else {
      Issue.record("no traceback")
      return
    }
    let texts = lines.compactMap { if case .string(let text) = $0 { text } else { nil } }
    #expect(texts.count == 6 && texts.allSatisfy { $0.count <= 100 })
  }

  @Test("a cell reads and writes no files", arguments: ["load \"a.islet\"", "save \"a.islet\"", "record a.islet", "export a.md", "replay a.islet"])
  func files(line: String) throws {
    var front = try Front()
    let reply = front.run("patient 54F\n" + line)
    #expect(reply["ename"] == .string("kernel.files"))
    #expect(reply["evalue"] == .string("In a notebook islet reads and writes no files."))
    #expect(front.kernel.session.recording == nil)
  }

  @Test("an interrupt leaves the rest of a cell alone")
  func interrupt() throws {
    var front = try Front(.greek)
    let reply = front.ask("execute", [("code", .string("patient Maria 54F\npatient Anna 30F"))], interruptedAfter: 1)
    #expect(reply["ename"] == .string("kernel.interrupted"))
    #expect(reply["evalue"] == .string("Το κελί διακόπηκε."))
    #expect(front.kernel.session.state.patients.count == 1)
  }

  @Test("a silent cell shows nothing and counts for nothing; an empty one isn't counted")
  func silent() throws {
    var front = try Front()
    let reply = front.run("patient 54F", [("silent", .bool(true))])
    #expect(front.published.isEmpty)
    #expect(reply["execution_count"] == .integer(0))
    #expect(front.kernel.session.state.patients.count == 1)
    #expect(front.run(" \n")["execution_count"] == .integer(0))
  }

  @Test("expressions are put to a copy of the session")
  func expressions() throws {
    var front = try Front()
    let asked = JSON.fields([("a", .string("patient 54F")), ("b", .string("no such command"))])
    let reply = front.run("help", [("user_expressions", asked)])
    #expect(reply["user_expressions"]?["a"]?["status"] == .string("ok"))
    #expect(reply["user_expressions"]?["b"]?["ename"] == .string("command.unknown"))
    #expect(front.kernel.session.state.patients.isEmpty)
  }

  @Test("quit asks the front end to end")
  func quit() throws {
    var front = try Front()
    guard case .array(let payload)? = front.run("quit")["payload"] else {
      Issue.record("no payload")
      return
    }
    #expect(payload.map { $0["source"] } == [.string("ask_exit")])
  }
}

@Suite("Directives of a cell")
struct DirectiveTests {
  @Test("plain prints as the shell does", arguments: ["%plain", "%απλό", "%ΑΠΛΟ"])
  func plain(directive: String) throws {
    var front = try Front()
    _ = front.run("errata")
    _ = front.run("\(directive)\nerrata")
    #expect(front.types == ["execute_input", "stream"])
    #expect(front.published.last?.content["name"] == .string("stdout"))
  }

  @Test("figures leaves out what is written beside them; an answer without any is shown whole")
  func figures() throws {
    var front = try Front()
    _ = front.run("%figures\nhelp")
    #expect(front.types.last == "execute_result")
    _ = front.run("%figures\nevidence everolimus")
    #expect(Set(front.types) == ["execute_input", "display_data"])
    #expect(front.shown("image/svg+xml").count == front.published.count - 1)
  }

  @Test("keep-going shows errors and runs on")
  func keepGoing() throws {
    var front = try Front()
    #expect(front.run("%keep-going\nno such command\npatient 54F")["status"] == .string("ok"))
    #expect(front.types.contains("stream"))
    #expect(front.published.first { $0.type == "stream" }?.content["name"] == .string("stderr"))
    #expect(front.kernel.session.state.patients.count == 1)
  }

  @Test("page hands answers to the front end's pager, clear wipes")
  func pageAndClear() throws {
    var front = try Front()
    _ = front.run("help")
    let reply = front.run("%page\nhelp recommend")
    guard case .array(let payload)? = reply["payload"] else {
      Issue.record("no payload")
      return
    }
    #expect(payload.map { $0["source"] } == [.string("page")])
    #expect(front.types == ["execute_input"])
    _ = front.run("help\n%clear\nhelp why")
    #expect(front.types == ["execute_input", "display_data", "clear_output", "execute_result"])
  }

  @Test("an unknown directive is an error that lists them")
  func unknown() throws {
    var front = try Front()
    let reply = front.run("%magic")
    #expect(
      reply["traceback"]
        == .strings([
          "error[kernel.directive]  “%magic” isn't a directive of the kernel.", "    %magic", "    ^^^^^^",
          "  There are %plain, %figures, %page, %keep-going, %clear, %help; each goes on a line of its own.",
        ]))
  }
}

@Suite("What the kernel is asked")
struct AskingTests {
  @Test("completion counts Unicode scalars, behind lines of other scripts too")
  func complete() throws {
    var front = try Front()
    let code = "# ένα 🩺\nrecom; why"
    let reply = front.ask("complete", [("code", .string(code)), ("cursor_pos", .integer(13))])
    #expect(reply["matches"] == .strings(["recommend"]))
    #expect(reply["cursor_start"] == .integer(8))
    #expect(reply["cursor_end"] == .integer(13))
    guard case .array(let described)? = reply["metadata"]?["_jupyter_types_experimental"] else {
      Issue.record("no descriptions")
      return
    }
    #expect(described.map { $0["text"] } == [.string("recommend")])
    #expect(described.map { $0["type"] } == [nil], "JupyterLab prints a type beside the word")
  }

  @Test("directives are completed in the language that is typed")
  func directives() throws {
    var front = try Front()
    #expect(front.ask("complete", [("code", .string("show\n%k")), ("cursor_pos", .integer(7))])["matches"] == .strings(["%keep-going"]))
    #expect(front.ask("complete", [("code", .string("%σε")), ("cursor_pos", .integer(3))])["matches"] == .strings(["%σελίδα"]))
  }

  @Test(
    "inspect explains the longest phrase at the cursor, and the command at a line's start",
    arguments: [
      ("recommend", 3, "recommend"), ("patient 54F\nwhy not enucleation", 16, "why not"), ("patient 54F, Ki-67 3%", 15, "Ki-67"),
      ("cite P002", 7, "Enucleation"), ("cite F012", 6, "P002"), ("read p2", 6, "Enucleation"), ("# see E01", 8, "50 micrograms"), ("σύσταση", 2, "recommend"),
      ("give octreotide LAR 30 mg", 8, "ctreotide"),
    ])
  func inspect(code: String, cursor: Int, text: String) throws {
    var front = try Front()
    let reply = front.ask("inspect", [("code", .string(code)), ("cursor_pos", .integer(cursor))])
    #expect(reply["found"] == .bool(true))
    guard case .string(let shown)? = reply["data"]?["text/plain"] else {
      Issue.record("nothing shown for \(code)")
      return
    }
    #expect(shown.contains(text))
  }

  @Test("inspect of what has no meaning finds nothing, and the session stays as it was", arguments: ["xyzzyx", "", "  ", "\n", ",,"])
  func nothing(code: String) throws {
    var front = try Front()
    let before = front.kernel.session.state
    #expect(front.ask("inspect", [("code", .string(code)), ("cursor_pos", .integer(1))])["found"] == .bool(false))
    #expect(front.kernel.session.state == before)
  }

  @Test("lines are complete unless they can't be read")
  func isComplete() throws {
    var front = try Front()
    for (code, status) in [
      ("recommend", "complete"), ("patient \"Maria", "invalid"), ("a\u{1}", "invalid"), ("%plain\nshow", "complete"), ("%x", "invalid"),
      ("patient 54F, \\", "incomplete"),
      ("patient 54F, \\\ninsulinoma", "complete"), ("show\npatient \\", "incomplete"), ("# show \\", "complete"), ("%plain \\", "invalid"),
    ] {
      #expect(front.ask("is_complete", [("code", .string(code))])["status"] == .string(status))
    }
  }

  @Test("history gives the last cells, a range, and those that fit a pattern")
  func history() throws {
    var front = try Front()
    for code in ["help", "errata", "help", "about"] { _ = front.run(code) }
    func codes(_ fields: [(String, JSON?)]) -> [JSON] {
      guard case .array(let entries)? = front.ask("history", fields)["history"] else { return [] }
      return entries.compactMap { if case .array(let entry) = $0 { entry[2] } else { nil } }
    }
    #expect(codes([("hist_access_type", .string("tail")), ("n", .integer(2))]) == [.string("help"), .string("about")])
    #expect(codes([("hist_access_type", .string("range")), ("session", .integer(1)), ("start", .integer(2)), ("stop", .integer(3))]) == [.string("errata")])
    #expect(codes([("hist_access_type", .string("search")), ("pattern", .string("h*"))]).count == 2)
    #expect(codes([("hist_access_type", .string("search")), ("pattern", .string("h*")), ("unique", .bool(true))]) == [.string("help")])
  }

  @Test("a pattern fits as its meaning says: every text of up to four and every pattern of up to four letters")
  func patterns() {
    func words(_ letters: [Character], _ length: Int) -> [[Character]] {
      length == 0 ? [[]] : words(letters, length - 1).flatMap { word in letters.map { word + [$0] } }
    }
    func fits(_ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
      guard let first = pattern.first else { return text.isEmpty }
      if first == "*" { return fits(text, pattern.dropFirst()) || (!text.isEmpty && fits(text.dropFirst(), pattern)) }
      guard let letter = text.first, first == "?" || first == letter else { return false }
      return fits(text.dropFirst(), pattern.dropFirst())
    }
    for text in (0...4).flatMap({ words(["a", "b"], $0) }) {
      for pattern in (0...4).flatMap({ words(["a", "b", "*", "?"], $0) }) where Kernel.fits(text, pattern) != fits(text[...], pattern[...]) {
        Issue.record("\(String(text)) and \(String(pattern))")
      }
    }
  }

  @Test("the kernel says what it is, and its intended use, in its language")
  func info() throws {
    var front = try Front(.greek)
    let reply = front.ask("kernel_info")
    #expect(reply["protocol_version"] == .string("5.4"))
    #expect(reply["language_info"]?["file_extension"] == .string(".islet"))
    guard case .array(let links)? = reply["help_links"] else {
      Issue.record("no help links")
      return
    }
    #expect(!links.isEmpty && links.allSatisfy { $0.text("url").hasPrefix("https://") && !$0.text("text").isEmpty })
    guard case .string(let banner)? = reply["banner"] else {
      Issue.record("no banner")
      return
    }
    #expect(banner.contains(IntendedUse.line.greek))
  }

  @Test(
    "requests with odd content are answered or left alone, never fatal", arguments: ["execute", "complete", "inspect", "is_complete", "history", "no_such"])
  func odd(type: String) throws {
    var front = try Front()
    for content in [
      JSON.null, .array([]), .fields([("code", .integer(3)), ("cursor_pos", .number("-5"))]),
      .fields([("code", .string("σ")), ("cursor_pos", .number("1e99")), ("n", .integer(-1))]),
    ] {
      let answer = front.kernel.answer(Message(type: type + "_request", content: content), isInterrupted: { false }, publish: { _, _ in })
      #expect((answer == nil) == (type == "no_such"))
    }
  }
}
