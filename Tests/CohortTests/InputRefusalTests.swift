import Cohorts
import Foundation
import Guideline
import Testing
import Vocabulary
import Wording

/// Whether an error says in both languages what was read, and what to try.
private func teaches(_ error: Diagnostic, _ read: String) -> Bool {
  !error.help.isEmpty && error.help.allSatisfy { !$0.english.isEmpty && !$0.greek.isEmpty } && error.message.english != error.message.greek
    && (read.isEmpty || error.message.english.contains(read) && error.message.greek.contains(read))
}

@Suite("What eval can't read is refused before anything is answered")
struct InputRefusalTests {
  let guideline: Guideline

  init() throws { guideline = try Guideline.embedded() }

  private func map(_ text: String) throws(Diagnostic) -> ColumnMap {
    try ColumnMap(file: TextFile(name: "map.csv", bytes: Array(text.utf8)), guideline)
  }

  private func refusal(_ body: () throws -> Void) throws -> Diagnostic { try #require(throws: Diagnostic.self, performing: body) }

  @Test("a table without a header", arguments: [PatientFormat.csv, .tsv])
  func empty(format: PatientFormat) throws {
    let error = try refusal { _ = try PatientInput(guideline, format, TableOptions(), read: stream("")) }
    #expect(error.code == "input.empty" && teaches(error, ""))
  }

  @Test(
    "a line of a map that means nothing, with its number and the word that is wrong",
    arguments: [
      ("code,column,finding,value\n", 1, "column,code,finding,value"), ("dx,1,colour,blue\n", 2, "colour"),
      ("dx,1,syndrome,insulinoma\ndx,2,men1,yes\n", 3, "dx"),
      ("dx,1,syndrome,insulinoma\ndx,,syndrome,\n", 3, "dx"), ("big,,size,furlongs\n", 2, "furlongs"),
      ("dx,1,syndrome,insulinoma\ndx,1,syndrome,vipoma\n", 3, "dx"),
    ])
  func map(text: String, line: Int, word: String) throws {
    let error = try refusal { _ = try map(text.hasPrefix("code") ? text : "column,code,finding,value\n" + text) }
    #expect(error.code == "map.unreadable" && error.file == "map.csv" && error.line == line)
    #expect(teaches(error, word), "\(error.message)")
    // The reason is in the reader's language too.
    #expect(error.message.greek.unicodeScalars.count { $0.properties.isAlphabetic && !$0.isASCII } > 25, "\(error.message.greek)")
  }

  @Test("a column of Arrow whose values are no cells: a date for an age, a list for a finding", arguments: [("day", "age,years"), ("list", "men1,true")])
  func type(column: String, meaning: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("ArrowTests/Fixtures/types.arrow")))
    let line = meaning.hasPrefix("age") ? "\(column),,\(meaning)" : "\(column),1,\(meaning)"
    let options = TableOptions(map: try map("column,code,finding,value\n\(line)\n"), ignoresExtra: true, kept: [])
    let error = try refusal { _ = try PatientInput(guideline, .arrow, options, read: stream(bytes)) }
    #expect(error.code == "column.type" && teaches(error, column))
    // Passed over, it stands in nobody's way.
    _ = try PatientInput(guideline, .arrow, TableOptions(map: nil, ignoresExtra: true, kept: []), read: stream(bytes))
  }

  @Test("an option that names nothing", arguments: [("--rules", ","), ("--rules", ""), ("--fields", " , "), ("--fields", "")])
  func nothingNamed(option: String, text: String) throws {
    let error = try refusal {
      _ = option == "--rules" ? try AnswerForm(rules: text, guideline) : try AnswerForm(fields: text, guideline)
    }
    #expect(error.code == "eval.nothing-named" && teaches(error, option))
  }
}
