import Arrow
import Cohorts
import Foundation
import Guideline
import Synchronization
import Testing
import Vocabulary
import Wording

private final class Parts: Sendable {
  let bytes = Mutex((table: [UInt8](), errors: [UInt8]()))
}

@Suite("Tables of patients and of answers")
struct TableTests {
  let guideline: Guideline

  init() throws { guideline = try Guideline.embedded() }

  private func table(
    _ text: String, _ format: TableFormat = .csv, isLong: Bool = false, from: PatientFormat? = nil, options: TableOptions = TableOptions(),
    rules: String? = nil,
    pieces: Int = 1 << 16
  ) throws -> (text: String, errors: [[String: Any]], totals: TableTotals) {
    let found = try bytes(text, format, isLong: isLong, from: from, options: options, rules: rules, pieces: pieces)
    return (String(decoding: found.table, as: UTF8.self), found.errors, found.totals)
  }

  private func bytes(
    _ text: String, _ format: TableFormat, isLong: Bool, from: PatientFormat? = nil, options: TableOptions, rules: String?, pieces: Int = 1 << 16
  ) throws -> (table: [UInt8], errors: [[String: Any]], totals: TableTotals) {
    try bytes(of: try PatientInput(guideline, from, options, read: stream(text, pieces: pieces)), format, isLong: isLong, rules: rules)
  }

  private func table(of input: PatientInput, _ format: TableFormat, isLong: Bool) throws -> (text: String, errors: [[String: Any]], totals: TableTotals) {
    let found = try bytes(of: input, format, isLong: isLong, rules: nil)
    return (String(decoding: found.table, as: UTF8.self), found.errors, found.totals)
  }

  private func bytes(
    of input: PatientInput, _ format: TableFormat, isLong: Bool, rules: String?
  ) throws -> (table: [UInt8], errors: [[String: Any]], totals: TableTotals) {
    let parts = Parts()
    let totals = Eval(guideline, language: .english, form: try AnswerForm(rules: rules, guideline), threads: 2).table(input, format, isLong: isLong) { part in
      parts.bytes.withLock {
        $0.table += part.bytes
        $0.errors += part.errors
      }
    }
    try input.finish()
    let (bytes, errors) = parts.bytes.withLock { $0 }
    let lines = try errors.split(separator: 0x0A).map { try #require(JSONSerialization.jsonObject(with: Data($0)) as? [String: Any]) }
    return (bytes, lines, totals)
  }

  /// The header and the rows of a table of Arrow, read back, each cell as text.
  private func readBack(_ bytes: [UInt8]) throws -> [[String]] {
    var reader = try ArrowReader(stream(bytes))
    var rows = [reader.fields.map(\.name)]
    while let batch = try reader.next() {
      for row in 0..<batch.count {
        rows.append(
          try batch.columns.map { column in
            if column.isNull(row) { return "" }
            guard let dictionary = column.dictionary else { return try #require(column.text(row)) }
            let index = try #require(column.int(row))
            let found = try #require(dictionary.find(Int(index)))
            return try #require(found.column.text(found.row))
          })
      }
    }
    return rows
  }

  private func map(_ text: String) throws -> TableOptions {
    TableOptions(map: try ColumnMap(file: TextFile(name: "map.csv", bytes: Array(text.utf8)), guideline), ignoresExtra: false, kept: [])
  }

  /// What the table says of two rules about gastrinoma: resection without MEN1 (F016) and with it (F019).
  private let two = "surgery.gastrinoma-without-men1,surgery.gastrinoma-men1"

  private func rows(_ text: String, options: TableOptions = TableOptions()) throws -> [String] {
    try table(text, options: options, rules: two).text.split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("a row a line of input, in its order; ids as given, repeats and blanks kept; a refused line is a row without answers")
  func wide() throws {
    let lines = """
      {"id":"a1","findings":{"syndrome":"gastrinoma","men1":false}}
      {"id":1.50,"findings":{"syndrome":"gastrinoma","men1":true}}
      nonsense

      {"id":"a1","findings":{"syndrome":"gastrinoma"}}
      {"id":"x","findings":{"size":301}}
      {"findings":{"syndrome":"insulinoma"}}
      {"id":"q","findings":{"stage":"localised","liver-metastases":"bilobar"}}
      {"id":"a \\"b\\", c","findings":{"syndrome":"insulinoma"}}
      """
    let found = try table(lines, rules: two)
    #expect(
      found.text == """
        id,surgery.gastrinoma-without-men1,surgery.gastrinoma-men1
        a1,applies,absent
        1.50,absent,depends
        ,,
        a1,depends,depends
        x,,
        ,absent,absent
        q,,
        "a ""b"", c",absent,absent

        """)
    #expect(found.totals.patients == 8)
    #expect(found.totals.refused == 3)
    #expect(found.totals.causes.mapValues(\.count) == ["eval.json": 1, "number.out-of-range": 1, "finding.contradiction": 1])
    #expect(found.totals.causes["number.out-of-range"]?.row == 6)
    #expect(found.errors.map { $0["line"] as? Int } == [3, 6, 8])
    #expect(found.errors.map { $0["id"] as? String } == [nil, "x", "q"])
    let report = try #require(found.totals.report(nil))
    #expect(report.message.english == "3 of 8 rows were refused and have no answers.")
    #expect(report.message.greek == "3 από 8 γραμμές απορρίφθηκαν και δεν έχουν απαντήσεις.")
    #expect(report.help.last?.english == "Every row's reason: --errors FILE")
  }

  @Test("the same as NDJSON, and long: what applies and what depends, with stance and paragraphs")
  func forms() throws {
    let lines = #"{"id":"a1","findings":{"syndrome":"gastrinoma","men1":false}}"# + "\n" + #"{"id":2,"findings":{"syndrome":"gastrinoma"}}"# + "\n[]\n"
    #expect(
      try table(lines, .ndjson, rules: two).text == """
        {"id":"a1","surgery.gastrinoma-without-men1":"applies","surgery.gastrinoma-men1":"absent"}
        {"id":"2","surgery.gastrinoma-without-men1":"depends","surgery.gastrinoma-men1":"depends"}
        {"id":null,"surgery.gastrinoma-without-men1":null,"surgery.gastrinoma-men1":null}

        """)
    #expect(
      try table(lines, isLong: true, rules: two).text == """
        patient,rule,status,stance,paragraph
        a1,surgery.gastrinoma-without-men1,applies,do,P003
        2,surgery.gastrinoma-without-men1,depends,do,P003
        2,surgery.gastrinoma-men1,depends,do,P003

        """)
  }

  /// Fixtures/columns.arrow has a column of each type: Int32, large text, Bool, Int8, Float64, Int64, Float32, Decimal, dictionary, text view.
  @Test("a column of Arrow of any type says what the same text says in CSV")
  func typedColumns() throws {
    let csv = """
      id,syndrome,men1,resectable,symptomatic,age,size,ki67,grade,liver-resectable
      1,gastrinoma,true,1,1,54,14.5,2.5,G1,yes
      2,insulinoma,false,0,0,61,,20,G2,no
      3,,,,,,,,,
      4,vipoma,true,2,1,30,25,101,G3,
      5,gastrinoma,false,0,0.5,40,20,3,G1,unknown
      6,thymoma,true,1,0,1000000000,8,1,G2,yes

      """
    let read = try tables(of: "columns.arrow")
    let wanted = try table(csv, isLong: true)
    #expect(read.text == wanted.text)
    #expect(Set(read.text.split(separator: "\n").dropFirst().compactMap { $0.split(separator: ",").first }) == ["1", "2", "3"])
    let codes = { (errors: [[String: Any]]) in errors.map { ($0["errors"] as? [[String: Any]])?.compactMap { $0["code"] as? String } ?? [] } }
    #expect(codes(read.errors) == codes(wanted.errors) && read.errors.map { $0["row"] as? Int } == [4, 5, 6])
  }

  @Test("a truth is no number, and may be mapped: a column of Bool for a size, and for MEN1 by codes the other way round")
  func flags() throws {
    let sizes = try tables(of: "truths.arrow")
    #expect(sizes.totals.refused == 2 && sizes.totals.patients == 3)
    let turned = try map("column,code,finding,value\nid,,id,\nflag,true,men1,no\nflag,false,men1,yes\n")
    let options = TableOptions(map: turned.map, ignoresExtra: false, kept: [])
    let rows = try tables(of: "flags.arrow", options, isLong: true).text.split(separator: "\n")
    let same = try table("id,men1\na,no\nb,yes\nc,\n", isLong: true).text.split(separator: "\n")
    #expect(rows == same)
  }

  private func tables(
    of fixture: String, _ options: TableOptions = TableOptions(), isLong: Bool = true
  ) throws -> (text: String, errors: [[String: Any]], totals: TableTotals) {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(fixture)")
    let input = try PatientInput(guideline, .arrow, options, read: stream(Array(try Data(contentsOf: file))))
    return try table(of: input, .csv, isLong: isLong)
  }

  @Test("Arrow holds what CSV holds, wide and long, as a stream and as a file", arguments: [TableFormat.arrow, .arrows], [false, true])
  func arrow(format: TableFormat, isLong: Bool) throws {
    var random = RandomPatients(seed: 41, try PlainEvaluator(textsFolder))
    var lines = ""
    for number in 0..<700 {
      let findings = random.next(stated: random.below(40), partly: 0).map { name, value in
        switch value {
        case .values(let values): "\"\(name)\":\"\(values.first ?? "")\""
        case .numbers(let low, _, _, _): "\"\(name)\":\"\(RandomPatients.text(low))\""
        }
      }
      // Some without an id, without what is handed on, or refused.
      let head = [number % 7 == 0 ? nil : "\"id\":\"p\(number)\"", number % 5 == 0 ? nil : "\"site-of-study\":\"north \(number)\""].compactMap(\.self)
      lines += number % 90 == 3 ? "nonsense\n" : "{\((head + ["\"findings\":{\(findings.joined(separator: ","))}"]).joined(separator: ","))}\n"
    }
    let options = TableOptions(map: nil, ignoresExtra: false, kept: ["site-of-study"])
    let csv = try table(lines, isLong: isLong, options: options).text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let read = try readBack(try bytes(lines, format, isLong: isLong, options: options, rules: nil).table)
    #expect(read == csv)
    #expect(csv.count > (isLong ? 7_000 : 700) && Set(csv.map(\.count)).count == 1)
    // What stands in a row hangs on the patient, and every rule's stance is its own.
    let statuses = Set(csv.dropFirst().flatMap { isLong ? [$0[3]] : Array($0.dropFirst(2)) })
    #expect(statuses == (isLong ? ["applies", "depends"] : ["applies", "depends", "absent", ""]))
    if isLong { #expect(Set(csv.dropFirst().map { $0[4] }).count > 4) }
  }

  @Test(
    "columns are named by id or in either language, in any order, and told from NDJSON",
    arguments: [
      "id,syndrome,men1\n7,gastrinoma,no\n", "men1,id,syndrome\n0,7,gastrinoma\n", "id\tsyndrome\tmen1\r\n7\tgastrinoma\tFALSE\r\n",
      "id;syndrome;men1\n7;gastrinoma;no\n", "\u{FEFF}id,Syndrome,MEN1\n7,gastrinoma,no", "\"id\",\"syndrome\",\"men1\"\n\"7\",\"gastrinoma\",\"no\"\n",
      "id,syndrome___gastrinoma,syndrome___insulinoma,men1\n7,1,0,0\n", "id,syndrome,men1\n7,γαστρίνωμα,όχι\n",
    ])
  func headers(text: String) throws {
    #expect(try rows(text) == ["7,applies,absent"])
    #expect(try table(text, rules: two, pieces: 1).text == table(text, rules: two).text)
  }

  @Test("a finding's Greek and English names are names of its column")
  func names() throws {
    let vocabulary = guideline.vocabulary
    let syndrome = try #require(vocabulary.finding(id: "syndrome"))
    for name in [syndrome.name.english, syndrome.name.greek] {
      #expect(try rows("id,\"\(name)\",men1\n7,gastrinoma,no\n") == ["7,applies,absent"])
    }
  }

  @Test("what is empty or not available is unknown", arguments: ["", "NA", "NaN", "nan", "null", "NULL", "unknown", "  "])
  func unknown(cell: String) throws {
    #expect(try rows("id,syndrome,men1,size\n7,gastrinoma,\(cell),\(cell)\n") == ["7,depends,depends"])
  }

  @Test(
    "a cell means what the same text means in NDJSON, ranges and units too",
    arguments: ["ki67": ["3", "3-20", "3.0", "1e-1", "<= 2", "3%", "0-100", "3–20"], "size": ["25", "25 mm", "2.5 cm", "> 2 cm", "14-30"]].flatMap {
      name, texts in
      texts.map { (name, $0) }
    })
  func cells(name: String, cell: String) throws {
    let csv = try table("id,\(name)\n1,\(cell)\n", isLong: true)
    let lines = try table("{\"id\":\"1\",\"findings\":{\"\(name)\":\"\(cell)\"}}", isLong: true)
    #expect(csv.errors.isEmpty)
    #expect(csv.text == lines.text)
    #expect(csv.text.split(separator: "\n").count > 1)
  }

  @Test("a range is any number between its ends")
  func range() throws {
    // F019: a gastrinoma with MEN1 of more than 2 cm.
    func found(_ size: String) throws -> [String] { try rows("id,syndrome,men1,size\n7,gastrinoma,yes,\(size)\n") }
    #expect(try found("25") == ["7,absent,applies"])
    #expect(try found("21-30") == ["7,absent,applies"])
    #expect(try found("20-30") == ["7,absent,depends"])
    #expect(try found("10-20") == ["7,absent,absent"])
  }

  @Test(
    "what is wrong with a row names the column, what it holds, and what to write",
    arguments: [
      ("id,size\n1,14 kg\n", "unit.wrong", "Column size, “14 kg”: "), ("id,size\n1,301\n", "number.out-of-range", "Column size, “301”: "),
      ("id,size\n1,20-3\n", "number.out-of-range", "Column size, “20-3”: "),
      ("id,syndrome\n1,thymoma\n", "finding.value-unknown", "Column syndrome, “thymoma”: "),
      ("id,syndrome\n1,gastrinoma,3\n", "row.cells", "The row has 3 cells, the header 2."),
      ("id,men1\n1,2\n", "finding.value-unknown", "Column men1, “2”: "), ("id,assume\n1,present\n", "eval.assume", "Column assume, “present”: "),
      ("id,syndrome___gastrinoma,syndrome___insulinoma\n1,1,1\n", "finding.contradiction", ""),
      ("id,size\nmaria@gmail.com,3\n", "patient.real", "This looks like an e-mail address."),
    ])
  func faults(text: String, code: String, start: String) throws {
    let columns = text.prefix { $0 != "\n" }.split(separator: ",").count
    let found = try table(text + "2" + String(repeating: ",", count: columns - 1) + "\n", rules: two)
    let error = try #require((found.errors.first?["errors"] as? [[String: Any]])?.first)
    #expect(error["code"] as? String == code)
    #expect((error["message"] as? String)?.hasPrefix(start) == true, "\(error)")
    #expect(found.errors.first?["row"] as? Int == 1)
    #expect(found.totals.refused == 1 && found.totals.patients == 2)
  }

  @Test("a column that says nothing is an error that helps, passed over or handed on where asked")
  func extra() throws {
    let text = "id,hospital,syndrom,men1\n7,\"North, A\",gastrinoma,no\n"
    let fault = #expect(throws: Diagnostic.self) { try rows(text) }
    #expect(fault?.code == "column.unknown")
    #expect(fault?.message.english == "No finding has the name of these columns: hospital, syndrom (did you mean syndrome?).")
    #expect(try rows(text, options: TableOptions(map: nil, ignoresExtra: true, kept: [])) == ["7,depends,absent"])
    let kept = TableOptions(map: nil, ignoresExtra: true, kept: ["hospital"])
    #expect(
      try table(text, options: kept, rules: two).text.split(separator: "\n").map(String.init)
        == ["id,hospital,surgery.gastrinoma-without-men1,surgery.gastrinoma-men1", "7,\"North, A\",depends,absent"])
    let line = #"{"id":"7","hospital":"North, A","year":2020,"findings":{"men1":false}}"#
    #expect(try table(line, options: kept, rules: two).text.hasSuffix("7,\"North, A\",depends,absent\n"))
    let missing = #expect(throws: Diagnostic.self) { try rows("id,size\n1,2\n", options: TableOptions(map: nil, ignoresExtra: false, kept: ["year"])) }
    #expect(missing?.code == "column.missing")
    #expect(#expect(throws: Diagnostic.self) { try rows("id,size,size\n1,2,3\n") }?.code == "column.repeated")
  }

  @Test("a map says what columns and codes mean: REDCap's numbers of checkboxes, codes, units")
  func maps() throws {
    let options = try map(
      """
      column,code,finding,value,meaning
      record,,id,,the patient's id
      syndrome___3,1,syndrome,gastrinoma,
      syndrome___4,1,syndrome,insulinoma,
      dx,4130518,men1,no,
      dx,8507,men1,yes,
      dx,99,men1,,
      size_cm,,size,cm,
      ,,age,years,age

      """)
    let head = "record,syndrome___3,syndrome___4,dx,size_cm\n"
    #expect(
      try rows(head + "7,1,0,4130518,2.5\n8,1,0,99,\n9,Checked,,8507.0,\n", options: options)
        == ["7,applies,absent", "8,depends,depends", "9,absent,depends"])
    // 2.5 cm are 25 mm.
    let long = try table(head + "7,,,,2.5\n", isLong: true, options: options).text
    #expect(long == (try table("id,size\n7,25\n", isLong: true).text))
    let wrong = try table(head + "7,1,0,5,\n", options: options, rules: two)
    #expect(wrong.totals.causes.keys.first == "column.code-unknown")
    #expect(wrong.totals.causes["column.code-unknown"]?.message.english == "Column dx, “5”: the map has no such code; known: 4130518, 8507, 99.")
    for bad in [
      "column,code,finding,value\nx\n", "column,code,finding,value\nx,1\n", "a,b\n",
      "column,code,finding,value\nx,1,nothing,yes\n", "column,code,finding,value\nx,1,men1,purple\n",
      "column,code,finding,value\nx,1,men1,yes\nx,1,men1,no\n",
    ] {
      let fault = #expect(throws: Diagnostic.self) { try map(bad) }
      #expect(fault?.file == "map.csv" && fault?.line != nil)
    }
    // A row that ends early says no more than one with empty cells.
    for row in ["x,1,men1", "x,1,men1,", "x,1,men1,,"] {
      let options = try map("column,code,finding,value\n\(row)\n")
      #expect(try rows("id,syndrome,x\n7,gastrinoma,1\n", options: options) == ["7,depends,depends"], "\(row)")
    }
    let boxes = #expect(throws: Diagnostic.self) { try rows("id,syndrome___3\n7,1\n") }
    #expect(boxes?.code == "column.unknown" && boxes?.help.first?.english.contains("islet schema map") == true)
  }

  @Test("the form of a map reads as a map that says nothing, and filled in with the ids it changes nothing")
  func form() throws {
    for language in [Language.english, .greek] {
      let form = ColumnMap.form(guideline, language)
      #expect(try map(form).map?.names == [])
      let lines = form.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
      let filled = lines.enumerated().map { place, line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false)
        return place == 0 || cells[2] == "id"
          ? line : "\(cells[2]),\(guideline.vocabulary.finding(id: String(cells[2]))?.isNumber == true ? "" : cells[3])" + line.dropFirst()
      }
      let options = try map(filled.joined(separator: "\n"))
      let text = "id,syndrome,men1,size\n7,gastrinoma,no,25\n8,insulinoma,,\n"
      #expect(try table(text, isLong: true, options: options).text == table(text, isLong: true).text)
    }
  }

  @Test("rows with separators, quotes and line ends in quotes, cut anywhere", arguments: [1, 5, 64, 4_096])
  func quotes(pieces: Int) throws {
    let options = TableOptions(map: nil, ignoresExtra: false, kept: ["note"])
    let text = "id,note,men1\n" + (0..<300).map { "\"a\($0)\",\"line one\nline \"\"two\"\", \($0)\",\($0 % 2)\n" }.joined()
    let found = try table(text, .ndjson, options: options, rules: two, pieces: pieces)
    let objects = try found.text.split(separator: "\n").map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    #expect(objects.map { $0["id"] as? String } == (0..<300).map { "a\($0)" })
    #expect(objects.map { $0["note"] as? String } == (0..<300).map { "line one\nline \"two\", \($0)" })
    #expect(objects.map { $0["surgery.gastrinoma-men1"] as? String } == (0..<300).map { $0 % 2 == 0 ? "absent" : "depends" })
  }

  @Test("no bytes of a table stop the program")
  func fuzz() throws {
    let good = Array("id,syndrome,men1,size,ki67\n1,gastrinoma,no,25,3-20\n\"2\",\"insulinoma\",1,\"2,5 cm\",NA\n".utf8)
    var random = RandomPatients(seed: 7, try PlainEvaluator(textsFolder))
    for _ in 0..<400 {
      var bytes = good
      for _ in 0...random.below(3) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert([0x22, 0x2C, 0x0A, 0x0D, 0x09, 0xFF, 0x2D][random.below(7)], at: place)
        }
      }
      guard let input = try? PatientInput(guideline, .csv, read: stream(bytes)) else { continue }
      let tally = Eval(guideline, language: .english, threads: 1).count(input)
      #expect(tally.patients < 10)
    }
  }

  @Test("answers as lines are the same from a table as from NDJSON")
  func lines() throws {
    var random = RandomPatients(seed: 77, try PlainEvaluator(textsFolder))
    let names = guideline.vocabulary.findings.filter { !$0.isDerived }.map(\.id)
    var csv = "id," + names.joined(separator: ",") + "\n"
    var ndjson = ""
    for number in 0..<200 {
      let patient = random.next(stated: random.below(60), partly: 0)
      var cells: [String] = []
      var fields: [String] = []
      for name in names {
        guard let value = patient[name] else {
          cells.append("")
          continue
        }
        let text: String
        switch value {
        case .values(let values): text = values.first ?? ""
        case .numbers(let low, _, _, _): text = RandomPatients.text(low)
        }
        cells.append(text)
        fields.append("\"\(name)\":\"\(text)\"")
      }
      csv += "p\(number)," + cells.joined(separator: ",") + "\n"
      ndjson += "{\"id\":\"p\(number)\",\"findings\":{\(fields.joined(separator: ","))}}\n"
    }
    let parts = Parts()
    let input = try PatientInput(guideline, read: stream(csv))
    _ = Eval(guideline, language: .english, form: .whole(guideline), threads: 2).answer(input) { bytes in parts.bytes.withLock { $0.table += bytes } }
    let found = String(decoding: parts.bytes.withLock { $0.table }, as: UTF8.self)
    #expect(found == answer(ndjson, guideline))
  }
}
