import Commands
import Foundation
import Notebooks
import Reports
import Sessions
import Testing
import Wording

@Suite("The cells of a notebook")
struct CellTests {
  @Test("are the fences that say islet at the start of a line, not those within another fence, a comment or a list")
  func found() throws {
    let book = try notebook(
      """
      <!-- islet notebook 1 el -->
      ````
      ```islet
      nonsense
      ```
      ````
      <!--
      ```islet
      nonsense
      ```
      -->
      - item
        ```islet
        nonsense
        ```
      > ```islet
      > nonsense
      > ```

      ~~~islet
      patient 54F
      ~~~
      ```isletlike
      ```
      ```islet error=number.out-of-range
      set nonsense
      ```
      """)
    #expect(book.language == .greek)
    #expect(book.cells.map(\.line) == [20, 25])
    #expect(book.cells.map(\.text) == [["patient 54F"], ["set nonsense"]])
    #expect(book.cells.map(\.expected) == [nil, "number.out-of-range"])
  }

  @Test("answer as the cells above them have left the session, and not otherwise")
  func above() throws {
    let run = try ran("```islet\npatient A 54F, insulinoma\n```\n```islet\nset 14 mm; undo\n```\n```islet\nshow\n```\n")
    #expect(run.faults == [])
    #expect(run.outputs[3]?.contains("insulinoma") == true && run.outputs[3]?.contains("14 mm") == false)
    let undone = try ran("```islet\nundo\n```\n")
    #expect(undone.faults.map(\.code) == ["session.nothing"])
  }

  @Test("are filled so that nothing else in the file changes")
  func filling() throws {
    let text = "# T  \r\n\r\n```islet\r\npatient \"A\" 54F\r\n```\r\ntext <b>x</b>\t\r\n```output abc\r\nno output of a cell\r\n```\r\nend"
    let once = try filled(text)
    let fence = try #require(once.range(of: "\r\n\r\n```output [0-9a-f]{6}\r\nA   54 F\r\n```", options: .regularExpression))
    #expect(once.replacingCharacters(in: fence, with: "") == text)
    #expect(try filled(once) == once)
    let edited = once.replacingOccurrences(of: "54 F", with: "something\r\nelse")
    #expect(try filled(edited) == once)
  }

  @Test("are filled with a fence longer than any that their output holds")
  func longFences() {
    let fence = CellOutput.fence("a\n````\n```x\n", mark: CellMark())
    #expect(fence.first?.hasPrefix("`````output ") == true && fence.last == "`````")
  }

  @Test("are read in any text without a crash, and filling twice gives what filling once gives")
  func anyText() throws {
    let lines = [
      "```islet", "```islet error=a", "```", "~~~", "~~~islet", "````", "```output abcdef", "```output", "text", "", "  ", "<!--", "-->", "- ```islet", "show",
      "<!-- islet notebook 1 el -->", "\u{FEFF}```islet", "# \u{0}",
    ]
    var state: UInt64 = 7
    var read = 0
    for _ in 0..<3_000 {
      var text: [String] = []
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(lines[Int(state >> 33) % lines.count])
      }
      let joined = text.joined(separator: state % 2 == 0 ? "\n" : "\r\n")
      guard let book = try? notebook(joined), !book.cells.isEmpty else { continue }
      read += 1
      let outputs = Dictionary(uniqueKeysWithValues: book.cells.map { ($0.number, "a\n```\n\($0.number)") })
      let once = book.filled(outputs)
      let again = try notebook(once)
      #expect(again.cells.map(\.text) == book.cells.map(\.text))
      #expect(again.cells.allSatisfy { $0.output != nil && !$0.isStale })
      #expect(again.filled(outputs) == once)
    }
    #expect(read > 100)
  }

  @Test("keep what an erratum says on one line, however long")
  func errata() throws {
    let output = try #require(try ran("```islet\nerrata\nevidence interferon-alpha\n```\n").outputs[1])
    for line in output.split(separator: "\n") where line.contains("printed: ") || line.contains("printed comparator") {
      #expect(line.contains("read as: ") || line.contains("; read: "), "\(line)")
      #expect(line.firstMatch(of: /E[0-9][0-9]/) != nil, "\(line)")
    }
    #expect(output.split(separator: "\n").count > 43)
  }
}

@Suite("What a notebook that is wrong says")
struct FaultTests {
  @Test("an error names the file, the line and the cell")
  func located() throws {
    let text = "# T\n```islet\npatient A 54F, insulinoma\n```\n\n```islet\n# a comment\nset ki67 300%\nrecommend\n```\n```islet\nshow\n```\n"
    let run = try ran(text)
    #expect(run.results.count == 2)
    #expect(
      run.faults.map { $0.text(.plain, .english) } == [
        """
        error[number.out-of-range]  300% is outside what Ki-67 can be.
          a.md:8, cell 2
            set ki67 300%
                     ^^^^
          It takes a number from 0 to 100%.

        """
      ])
    #expect(run.faults[0].text(.plain, .greek).contains("  a.md:8, κελί 2\n"))
    let kept = try notebook(text).run(try world(), language: .english, outside: NoOutside(), keepsGoing: true)
    #expect(kept.results.count == 3 && kept.faults.count == 1)
  }

  @Test(
    "a cell that must fail fails with its code and changes nothing",
    arguments: [
      ("error=number.out-of-range", "set ki67 300%", []),
      ("error=number.out-of-range", "set 14 mm", ["notebook.error-none a.md:4 cell 2"]),
      ("error=dose.amount", "set ki67 300%", ["number.out-of-range a.md:5 cell 2", "notebook.error-other a.md:4 cell 2"]),
      ("error=number.out-of-range", "set ki67 300%\nshow", ["number.out-of-range a.md:5 cell 2"]),
      ("", "quit", ["notebook.quit a.md:5 cell 2"]), ("", "set \u{1}", ["input.control-character a.md:5 cell 2"]),
    ])
  func expected(info: String, command: String, faults: [String]) throws {
    let run = try ran("```islet\npatient A 54F\n```\n```islet \(info)\n\(command)\n```\n")
    #expect(run.faults.map(\.short) == faults)
  }

  @Test(
    "what can't be read is said with its line",
    arguments: [
      ("```islet\nshow\n", "notebook.open a.md:1"), ("\n```islet\nshow\n```\n```output x\n", "notebook.open a.md:5"),
      ("```islet error\nshow\n```\n", "notebook.cell a.md:1"), ("```islet error=a b\nshow\n```\n", "notebook.cell a.md:1"),
      ("<!-- islet notebook 2 -->\n", "notebook.version a.md:1"), ("<!-- islet notebook 1 fr -->\n", "notebook.language a.md:1"),
    ])
  func unreadable(text: String, place: String) throws {
    let fault = try #require(throws: Diagnostic.self) { try notebook(text) }
    #expect("\(fault.code) \(fault.file ?? ""):\(fault.line ?? 0)" == place)
    #expect(!fault.help.isEmpty)
  }

  @Test("a file that is too long, has too many lines or isn't UTF-8 is refused")
  func bounds() throws {
    func code(_ bytes: [UInt8]) throws -> String { try #require(throws: Diagnostic.self) { try Notebook(bytes, file: "a.md") }.code }
    #expect(try code([UInt8](repeating: 0x61, count: 1_000_001)) == "file.too-long")
    #expect(try code([UInt8](repeating: 0x0A, count: 5_001)) == "file.too-many-lines")
    #expect(try code([0x61, 0x0A, 0xFF]) == "input.encoding")
  }
}

@Suite("A stranger's notebook")
struct StrangerTests {
  @Test(
    "can't act outside itself",
    arguments: ["save b", "load b", "record b", "replay b", "export b.md", "export --notebook", "restore", "play fasting-hypoglycaemia"])
  func outside(line: String) throws {
    let text = "```islet\npatient 54F, insulinoma\n\(line)\n```\n"
    #expect(try ran(text).faults.map(\.code) == ["script.outside"])
    #expect(throws: Diagnostic.self) { try page(text) }
  }

  @Test("can't bring markup into a page, nor controls into an output")
  func markup() throws {
    let text =
      "# <script>alert(1)</script>\n<img src=x onerror=y> [a](javascript:b)\n```islet\npatient \"<b onclick=x>\" 54F\n```\n```islet error=number.out-of-range\nset ki67 300% \"<i>\"\n```\n"
    let html = try page(text)
    for part in ["<script", "<img", "<b onclick", "<i>", "javascript:b\""] { #expect(!html.contains(part), "\(part)") }
    #expect(html.contains("default-src 'none'"))
    #expect(html.contains("&lt;b onclick=x&gt;"))
    #expect(try Pages(world(), language: .english, seconds: { 0 }).jupyter(Array(text.utf8), file: "a.md").contains("&lt;b onclick=x&gt;"))
  }
}
