import Cohorts
import Foundation
import Guideline
import Reports
import Testing
import Vocabulary

/// RFC 8259, a text a rule of its grammar: what must be read, and what must not be.
@Suite("JSON is read as RFC 8259 has it, by one tokenizer")
struct JSONTests {
  static let read = [
    "null", "true", "false", "0", "-0", "7", "-7", "10", "0.5", "-0.50", "1e2", "1E2", "1e+2", "1E-2", "0e1", "0.0e-0", "123456789012345678901234567890",
    #""""#, #""a""#, #""α😀""#, #""\"\\\/\b\f\n\r\t""#, #""\u03b1""#, #""\u03B1""#, #""\uD83D\uDE00""#, "\"\u{7F}\"", "\"\u{2028}\"", #""\u0000""#,
    "[]", "[ ]", "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[null,true]", "{}", "{ }", #"{"a":1}"#, #"{ "a" : 1 , "b" : [] }"#, #"{"":0}"#, #"{"\u0061":0}"#,
    #"{"a":{"b":{}}}"#, " 1 ", "\t1\r", String(repeating: "[", count: 60) + String(repeating: "]", count: 60),
  ]

  static let refused = [
    "", " ", "nul", "nulll", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "00", "1.", ".5", "-.5", "1.e2", "1e", "1e+", "1e1.5", "0x1", "1 2", "1,",
    "1a", "1_000", "１", "--1", "0e", "1.2.3", #"""#, #""a"#, "'a'", #""\x""#, #""\u12""#, #""\u12g4""#, #""\uD83D""#, #""\uDE00""#, #""\uD83Dx""#,
    #""\uD83D\u0041""#, "\"a\u{1}b\"", "\"a\tb\"", #""a"b"#, "[", "]", "[1", "[1,", "[,1]", "[1,,2]", "[1,]", "[1 2]", "[1}", "[1]]", "{", "}", "{a:1}",
    #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,"a":1}"#, #"{"a":1 "b":2}"#, #"{1:2}"#, #"{"a":1}}"#, #"{"a":1]"#, #"{"a"=1}"#, "/* */ 1", "1 // one",
    "\u{FEFF}1x",
    "\u{A0}1", "\u{B}1", String(repeating: "[", count: 100_000),
  ]

  /// `null`, `true` and `false` with a wrong letter.
  static let misspelt: [String] = [
    "xull", "nxll", "nuxl", "nulx", "xrue", "txue", "trxe", "trux", "xalse", "fxlse", "faxse", "falxe", "falsx",
  ]

  @Test("as a value of its own")
  func value() {
    for text in Self.read { #expect(JSON(reading: Array(text.utf8)) != nil, "\(text)") }
    for text in Self.refused + Self.misspelt { #expect(JSON(reading: Array(text.utf8)) == nil, "\(text.prefix(40))") }
    #expect(JSON(reading: [0x22, 0xFF, 0x22]) == nil)
    #expect(JSON(reading: Array(#"["\u03b1\n\uD83D\uDE00",-0.50]"#.utf8)) == .array([.string("α\n😀"), .number("-0.50")]))
  }

  /// The judge is Foundation's reader of JSON.
  @Test("a line with one byte changed is read where it is JSON still, and refused where it is none")
  func oneByte() throws {
    let guideline = try Guideline.embedded()
    var lines: [[UInt8]] = []
    for good in [
      #"{"id":10,"findings":{"ki67":12.5,"size":"14 mm","men1":true}}"#, #"{"findings":{"age":54,"ki67":7},"id":0}"#,
      #"{"id":-3.5e2,"findings":{"men1":null}}"#,
    ] {
      for place in good.utf8.indices {
        for byte in UInt8(0x20)...0x7E {
          var line = Array(good.utf8)
          line[good.utf8.distance(from: good.utf8.startIndex, to: place)] = byte
          lines.append(line)
        }
      }
    }
    let told = answer(Array(lines.joined(separator: [0x0A])) + [0x0A], guideline).split(separator: "\n")
    try #require(told.count == lines.count)
    var refused = 0
    for (line, answer) in zip(lines, told) {
      let isObject = (try? JSONSerialization.jsonObject(with: Data(line))) is [String: Any]
      let text = String(decoding: line, as: UTF8.self)
      #expect(answer.contains("\"code\":\"eval.json\"") == !isObject, "\(text)")
      refused += isObject ? 0 : 1
    }
    #expect(refused > 5_000 && refused < lines.count - 2_000)
  }

  @Test("as a value of an eval line, and as an id, by the fast reader and by the careful one")
  func line() throws {
    let guideline = try Guideline.embedded()
    /// The codes of the errors of some lines' answers.
    func codes(_ lines: [String]) -> [[String]] {
      answer(Array((lines.joined(separator: "\n") + "\n").utf8), guideline).split(separator: "\n").map { line in
        JSON(reading: Array(line.utf8))?["errors"]?.values?.compactMap { $0["code"]?.string } ?? ["no JSON"]
      }
    }
    for (texts, isRead) in [(Self.read, true), (Self.refused + Self.misspelt, false)] {
      for key in ["men1", "ki67", "site"] {
        for (text, found) in zip(texts, codes(texts.map { "{\"id\":1,\"findings\":{\"\(key)\":\($0)}}" })) {
          #expect(found.contains("eval.json") != isRead, "\(key) \(text.prefix(40)): \(found)")
        }
      }
      for (text, found) in zip(texts, codes(texts.map { "{\"id\":\($0),\"findings\":{}}" })) {
        #expect(found.contains("eval.json") != isRead, "id \(text.prefix(40)): \(found)")
      }
    }
  }

  @Test("a finding that follows from others means the same as a truth and as a text, or is refused as both")
  func derived() throws {
    let guideline = try Guideline.embedded()
    let derived = guideline.vocabulary.findings.filter(\.isDerived)
    #expect(Set(derived.map(\.id)) == ["functioning", "advanced"])
    for finding in derived {
      for (truth, text) in [("true", "yes"), ("false", "no")] {
        let lines = [truth, "\"\(text)\""].map { "{\"id\":1,\"findings\":{\"\(finding.id)\":\($0)}}\n" }
        let told = lines.map { answer($0, guideline) }
        #expect(told[0] == told[1], "\(finding.id) \(text)")
        #expect(told[0] != answer("{\"id\":1,\"findings\":{}}\n", guideline), "\(finding.id) \(text)")
        #expect(told[0].contains("\"code\":\"finding.derived\"") == (finding.id == "advanced"), "\(finding.id) \(text)")
      }
    }
  }

  @Test("a line without an id is named by its number, however many blank ones stand before it and whatever pieces the file comes in")
  func lineNumbers() throws {
    let guideline = try Guideline.embedded()
    for blank in [0, 1, 15, 16, 17, 4_079, 4_080, 4_081, 4_096, 65_535, 65_536, 200_000] {
      for (end, pieces) in [("\n", 1 << 16), ("\r\n", 1 << 16), ("\n", 1 << 20)] where blank < 70_000 || end == "\n" {
        let told = answer(String(repeating: end, count: blank) + "{}x" + end + "{\"findings\":{\"men1\":1}}" + end, guideline, pieces: pieces)
        let lines = told.split(separator: "\n").map { JSON(reading: Array($0.utf8))?["line"]?.int }
        #expect(lines == [blank + 1, blank + 2], "\(blank) blank lines")
      }
    }
  }

  @Test(
    "what is no number is no id either: the answer names its line, not a patient that nobody gave",
    arguments: ["01", "00", "-01", "1.2.3", "1a", "0x1", "1e1.5", "--1"])
  func ids(text: String) throws {
    let told = answer("{\"id\":\(text),\"findings\":{}}\n", try Guideline.embedded())
    let json = try #require(JSON(reading: Array(told.utf8.dropLast())))
    #expect(json["id"] == nil && json["line"]?.int == 1, "\(told)")
  }
}

/// Kleene's logic as three-valued tables: true, false and unknown.
@Suite("Conditions of rules are judged by Kleene's logic")
struct LogicTests {
  private enum Value: Sendable { case yes, no, open }

  /// The tables, row by row: left yes, no, open; each against right yes, no, open.
  private static let tables: [(name: String, condition: @Sendable (String, String) -> String, rows: [[Value]])] = [
    ("and", { "\($0) and \($1)" }, [[.yes, .no, .open], [.no, .no, .no], [.open, .no, .open]]),
    ("or", { "\($0) or \($1)" }, [[.yes, .yes, .yes], [.yes, .no, .open], [.yes, .open, .open]]),
    ("xor", { "(\($0) and not \($1)) or (not \($0) and \($1))" }, [[.no, .yes, .open], [.yes, .no, .open], [.open, .open, .open]]),
    ("implies", { "not \($0) or \($1)" }, [[.yes, .no, .open], [.yes, .yes, .yes], [.yes, .open, .open]]),
    ("not", { left, _ in "not \(left)" }, [[.no, .no, .no], [.yes, .yes, .yes], [.open, .open, .open]]),
  ]

  @Test("and, or, not, and what is made of them, as rules of chapters")
  func tables() throws {
    let left = ["men1", "found-at-surgery", "benign-histology"]
    let right = ["near-surface", "complete-excision", "primary-found"]
    var rules = ""
    var wanted: [String: Value] = [:]
    for table in Self.tables {
      for row in 0..<3 {
        for column in 0..<3 {
          let id = "logic.\(table.name)-\(row)-\(column)"
          wanted[id] = table.rows[row][column]
          rules += "```rule \(id)\nadvise enucleation consider\nwhen \(table.condition(left[row], right[column]))\nparagraphs P001\nen \(id)\nel \(id)\n```\n\n"
        }
      }
    }
    let head = "<!-- islet chapter 1 -->\n# Logic\n<a id=\"logic\"></a> P001 · surgery\n\n## Truth\n<a id=\"logic.truth\"></a> P001\n\nTruth.\n\n"
    let guideline = try Guideline(
      files: [
        TextFile(name: "chapters/01-logic.md", bytes: Array((head + rules).utf8)), TextFile(name: "chapters/01-logic.el.md", bytes: Array(head.utf8)),
      ], vocabulary: try .embedded())
    let line = #"{"findings":{"men1":true,"near-surface":true,"found-at-surgery":false,"complete-excision":false}}"#
    let told = answer(line + "\n", guideline)
    let advice = JSON(reading: Array(told.utf8.dropLast()))?["advice"]?.values ?? []
    let found = Dictionary(advice.map { ($0["rule"]?.string ?? "", $0["status"]?.string ?? "") }) { first, _ in first }
    for (id, value) in wanted { #expect(found[id] == [.yes: "applies", .open: "depends"][value], "\(id)") }
    #expect(wanted.count == 45)
  }
}
