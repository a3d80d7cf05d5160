import Foundation
import Testing

@Suite("islet eval writes tables whole or not at all")
struct TableFileTests {
  private static let line = #"{"id":"a","findings":{"syndrome":"gastrinoma","men1":false}}"# + "\n"

  private func files(_ program: Program) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: program.home.path).filter { !$0.hasPrefix(".") }.sorted()
  }

  @Test("a table of rows that were refused is written, with the reasons beside it and counted on standard error")
  func refused() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,syndrome,size\n1,gastrinoma,25\n2,thymoma,25\n3,gastrinoma,301\n4,,302\n", to: "p.csv")
    let told = try program.run(["eval", "p.csv", "--to", "csv", "-o", "advice.csv", "--errors", "why.ndjson"])
    #expect(told.status == 1)
    #expect(told.output == "")
    #expect(
      told.errors.hasPrefix("error[eval.refused]  3 of 4 rows were refused and have no answers.\n  2 number.out-of-range, first in row 3: Column size, “301”: ")
    )
    #expect(told.errors.hasSuffix("Each with its reason: why.ndjson\n"))
    #expect(try files(program) == ["advice.csv", "p.csv", "why.ndjson"])
    #expect(try program.read("advice.csv").split(separator: "\n").map { $0.prefix(2) } == ["id", "1,", "2,", "3,", "4,"])
    #expect(
      try program.read("why.ndjson").split(separator: "\n").map { $0.prefix(17) } == [#"{"row":2,"id":"2""#, #"{"row":3,"id":"3""#, #"{"row":4,"id":"4""#])
  }

  @Test("what breaks off leaves the file as it was, and nothing beside it")
  func broken() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("before", to: "advice.csv")
    var bytes = Data([255, 255, 255, 255])
    bytes.append(Data([16, 0, 0, 0]))
    for input in [bytes, Data("id,nothing\n1,2\n".utf8)] {
      let told = try program.run(["eval", "--to", "csv", "-o", "advice.csv"], input: input)
      #expect(told.status == 1 && told.errors.hasPrefix("error["))
      #expect(try program.read("advice.csv") == "before")
      #expect(try files(program) == ["advice.csv"])
    }
    let told = try program.run(["eval", "--to", "csv", "-o", "advice.csv"], input: Self.line)
    #expect(told.status == 0 && told.errors == "")
    #expect(try program.read("advice.csv").hasPrefix("id,"))
  }

  @Test("what doesn't go together is wrong usage, and Parquet is answered with a command")
  func usage() throws {
    let program = try Program()
    defer { program.remove() }
    for call in [
      ["--counts", "--to", "csv"], ["--long"], ["--errors", "e"], ["--keep", "x"], ["--to", "xlsx"], ["--from", "xml"], ["--to", "csv", "--all"],
    ] {
      #expect(try program.run(["eval"] + call, input: Self.line).status == 2, "\(call)")
    }
    let out = try program.run(["eval", "x.csv", "--to", "parquet", "-o", "y.parquet"])
    #expect(out.status == 1)
    #expect(out.errors.contains("islet eval x.csv --to arrows | python3 -c \"import polars"))
    #expect(out.errors.contains("write_parquet('y.parquet')"))
    let into = try program.run(["eval"], input: "PAR1....")
    #expect(into.status == 1 && into.errors.hasPrefix("error[input.parquet]"))
  }

  @Test("cohort and eval --counts count a table as they count its lines")
  func counts() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("id,syndrome,men1\n1,gastrinoma,no\n2,insulinoma,\n3,thymoma,\n", to: "p.csv")
    let lines = [
      #"{"id":1,"findings":{"syndrome":"gastrinoma","men1":false}}"#, #"{"id":2,"findings":{"syndrome":"insulinoma"}}"#,
      #"{"id":3,"findings":{"syndrome":"thymoma"}}"#,
    ]
    try program.write(lines.joined(separator: "\n") + "\n", to: "p.ndjson")
    for call in [["eval", "--counts"], ["cohort"]] {
      let (table, lines) = (try program.run(call + ["p.csv"]), try program.run(call + ["p.ndjson"]))
      #expect(table.output == lines.output && table.status == 1)
      #expect(table.output.count > 100)
    }
  }
}
