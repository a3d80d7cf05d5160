import Arrow
import Cohorts
import Foundation
import Guideline
import Synchronization
import Testing
import Vocabulary
import Wording

@Suite("Tables as other programs write them are read as meant, or refused with the reason")
struct ForeignTablesTests {
  let guideline: Guideline

  init() throws { guideline = try Guideline.embedded() }

  /// What is answered to each patient: its id, the rules that apply, and the codes of its errors.
  private func answers(
    _ bytes: [UInt8], _ format: PatientFormat? = nil, options: TableOptions = TableOptions(), pieces: Int = 1 << 16
  ) throws -> [(id: String?, rules: [String], errors: [String])] {
    let input = try PatientInput(guideline, format, options, read: stream(bytes, pieces: pieces))
    let written = Mutex([UInt8]())
    _ = Eval(guideline, language: .english, threads: 1).answer(input) { part in written.withLock { $0 += part } }
    try input.finish()
    return try written.withLock { $0 }.split(separator: 0x0A).map { line in
      let answer = try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      let advice = try #require(answer["advice"] as? [[String: Any]])
      let errors = try #require(answer["errors"] as? [[String: Any]])
      return (answer["id"] as? String, advice.compactMap { $0["rule"] as? String }.sorted(), errors.compactMap { $0["code"] as? String })
    }
  }

  private func answers(_ text: String, _ format: PatientFormat? = nil) throws -> [(id: String?, rules: [String], errors: [String])] {
    try answers(Array(text.utf8), format)
  }

  @Test("a quotation mark that isn't closed costs its row alone, wherever the pieces break", arguments: [7, 64, 1 << 16])
  func open(pieces: Int) throws {
    let rows = "id,syndrome\na,insulinoma\nb,\"gastrinoma\nc,vipoma\nd,vipoma\n"
    let found = try answers(Array(rows.utf8), pieces: pieces)
    #expect(found.map(\.errors) == [[], ["row.quote-open"]])
    let followed = try answers(Array("id,syndrome\na,\"insulinoma\"x\nb,\"gastrinoma\" \nc,\"vip\"\"oma\"\nd,vi\"poma\n".utf8), pieces: pieces)
    #expect(followed.map(\.errors) == [["row.quote"], [], ["finding.value-unknown"], ["finding.value-unknown"]])
    #expect(followed[1].id == "b")
  }

  @Test("a row with broken UTF-8 is refused; the others are read")
  func brokenText() throws {
    let found = try answers(Array("id,syndrome\n".utf8) + [0x61, 0xFF, 0x2C] + Array("insulinoma\nb,insulinoma\n".utf8))
    #expect(found.map(\.errors) == [["input.encoding"], []])
    #expect(throws: Diagnostic.self) { try answers(Array("id,syndr".utf8) + [0xFF] + Array("ome\na,insulinoma\n".utf8), .csv) }
  }

  @Test("UTF-16 and lines that end with a carriage return alone are said to be that")
  func otherText() throws {
    let text = "id,syndrome\na,insulinoma\n"
    for isLittle in [true, false] {
      var units: [UInt8] = isLittle ? [0xFF, 0xFE] : [0xFE, 0xFF]
      for byte in text.utf8 { units += isLittle ? [byte, 0] : [0, byte] }
      let error = try #require(throws: Diagnostic.self) { try answers(units) }
      #expect(error.code == "input.encoding" && !error.help.isEmpty)
    }
    let error = try #require(throws: Diagnostic.self) { try answers(text.replacing("\n", with: "\r")) }
    #expect(error.code == "input.line-ends" && !error.help.isEmpty)
    #expect(try answers(text.replacing("\n", with: "\r\n")).map(\.errors) == [[]])
  }

  @Test("what isn't known is said in many ways, in every format", arguments: ["", "NA", "na", "NaN", "null", "unknown", "Unknown", "άγνωστο", "Άγνωστη"])
  func unknown(text: String) throws {
    for form in ["id,syndrome,size\na,\(text),\(text)\n", "{\"id\":\"a\",\"findings\":{\"syndrome\":\"\(text)\",\"size\":\"\(text)\"}}\n"] {
      let found = try answers(form)
      let empty = try answers("id,syndrome,size\na,,\n")
      #expect(found.map(\.errors) == [[]] && found[0].rules == empty[0].rules, "\(form)")
    }
  }

  @Test(
    "numbers are read alike in NDJSON and in cells: bare, compared, in ranges, and none that isn't one",
    arguments: [
      ("size", "21", true), ("size", "≥ 21", true), ("size", "<3", true), ("size", "20-30", true), ("size", "20 to 30", true), ("size", "2.5 cm", true),
      ("size", "0x19", false), ("size", "twenty", false), ("size", "Type: x", false), ("liver-lesions", "2", true), ("liver-lesions", "2.5", false),
      ("liver-lesions", "1-2.5", false), ("essen-type", "2", true), ("essen-type", "7", false),
    ])
  func numbers(finding: String, text: String, isRead: Bool) throws {
    let cell = try answers("id,\(finding)\na,\"\(text)\"\n")
    let line = try answers("{\"id\":\"a\",\"findings\":{\"\(finding)\":\"\(text)\"}}\n")
    #expect(cell[0].errors.isEmpty == isRead && cell[0].errors == line[0].errors && cell[0].rules == line[0].rules, "\(cell) \(line)")
    #expect(!cell[0].errors.contains("finding.unknown") && !cell[0].errors.contains("unit.missing"))
    if Double(text) != nil {
      let number = try answers("{\"id\":\"a\",\"findings\":{\"\(finding)\":\(text)}}\n")
      #expect(number[0].errors.isEmpty == isRead && number[0].rules == cell[0].rules)
    }
  }

  @Test("a bare comparison is in the finding's own unit")
  func ownUnit() throws {
    #expect(try answers("id,syndrome,size\na,insulinoma,≥ 21\n")[0].rules == answers("id,syndrome,size\na,insulinoma,≥ 21 mm\n")[0].rules)
    #expect(try answers("id,syndrome,size\na,insulinoma,< 2\n")[0].rules == answers("id,syndrome,size\na,insulinoma,< 2 mm\n")[0].rules)
  }

  @Test(
    "a table of which no column says anything is refused as a table, not line by line",
    arguments: ["rc,colour\n1,blue\n", "rc;colour\n1;blue\n", "rc\tcolour\n1\tblue\n"])
  func meaningless(text: String) throws {
    let error = try #require(throws: Diagnostic.self) { try answers(text) }
    #expect(error.code == "column.unknown" && error.message.english.contains("colour"))
  }

  @Test("a map's codes for both states of a box hold, in either order; one given twice is refused")
  func checkbox() throws {
    func map(_ lines: String) throws -> TableOptions {
      let file = TextFile(name: "map.csv", bytes: Array("column,code,finding,value\n\(lines)".utf8))
      return TableOptions(map: try ColumnMap(file: file, guideline), ignoresExtra: false, kept: [])
    }
    let table = Array("id,gene___2\na,1\nb,0\nc,\n".utf8)
    for lines in ["gene___2,1,men1,yes\ngene___2,0,men1,no\n", "gene___2,0,men1,no\ngene___2,1,men1,yes\n"] {
      let found = try answers(table, options: try map(lines))
      #expect(found.map(\.errors) == [[], [], []])
      #expect(found.map(\.rules) == [try answers("id,men1\na,yes\n")[0].rules, try answers("id,men1\na,no\n")[0].rules, try answers("id,men1\na,\n")[0].rules])
    }
    // What isn't ticked says nothing by itself.
    #expect(try answers(table, options: try map("gene___2,1,men1,yes\n"))[1].rules == answers("id,men1\na,\n")[0].rules)
    #expect(throws: Diagnostic.self) { try map("gene___2,1,men1,yes\ngene___2,1,men1,no\n") }
  }

  @Test("an Arrow file whose schema has no length before it, as polars writes one, is read", arguments: [3, 1 << 16])
  func bareSchema(pieces: Int) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("Fixtures/polars.arrow")))
    #expect(bytes[8..<12] != [255, 255, 255, 255])
    let found = try answers(bytes, pieces: pieces)
    let table = try answers("id,age,syndrome,size\na,54,insulinoma,14\nb,61,,21\nc,,gastrinoma,3.5\n")
    #expect(found.map(\.id) == ["a", "b", "c"] && found.map(\.errors) == [[], [], []] && found.map(\.rules) == table.map(\.rules))
    // Cut short anywhere it is refused, and nothing else happens.
    for count in [9, 40, 200, 275, 900] { #expect(throws: Diagnostic.self) { try answers(Array(bytes[..<count])) } }
  }

  @Test("dates and moments of Arrow are handed on as ISO 8601 writes them, and are no findings")
  func dates() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("Fixtures/dates.arrow")))
    let options = TableOptions(map: nil, ignoresExtra: false, kept: ["date32", "date64", "ms", "us", "ns", "s"])
    let written = Mutex([UInt8]())
    let form = try AnswerForm(rules: "surgery.setting", guideline)
    let input = try PatientInput(guideline, nil, options, read: stream(bytes))
    let totals = Eval(guideline, language: .english, form: form, threads: 1).table(input, .csv, isLong: false) { part in
      written.withLock { $0 += part.bytes }
    }
    #expect(totals.refused == 0)
    let rows = String(decoding: written.withLock { $0 }, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 4 && rows[0].prefix(7) == ["id", "date32", "date64", "ms", "us", "ns", "s"])
    // Moments with a zone are stored in UTC; a clock without one is nobody's.
    #expect(
      rows[1].prefix(7) == [
        "a", "2012-01-29", "2012-01-29", "2012-01-29T10:05:00.25", "2012-01-29T10:05:00.25Z", "2012-01-29T10:05:00.25", "2012-01-29T10:05:00Z",
      ])
    #expect(rows[2].prefix(7) == ["b", "", "", "", "", "", ""])
    #expect(
      rows[3].prefix(7) == [
        "c", "1969-12-31", "1969-12-31", "1969-12-31T23:59:59", "1969-12-31T23:59:59Z", "1969-12-31T23:59:59", "1969-12-31T23:59:59Z",
      ])
    let map = try ColumnMap(file: TextFile(name: "map.csv", bytes: Array("column,code,finding,value\ndate32,,age,years\n".utf8)), guideline)
    let error = try #require(throws: Diagnostic.self) {
      try PatientInput(guideline, nil, TableOptions(map: map, ignoresExtra: true, kept: []), read: stream(bytes))
    }
    #expect(error.code == "column.type" && error.message.english.contains("Date"))
  }
}
