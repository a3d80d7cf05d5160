import Foundation
import Testing

/// `islet audit` over a folder of chapters.
@Suite("The audit of other chapters")
struct ChapterAuditTests {
  /// Copies the chapters into a folder and changes one of them.
  private func chapters(_ program: Program, _ chapter: String, _ text: String, _ replacement: String) throws {
    let folder = repository.appendingPathComponent("Sources/CTexts/chapters")
    try FileManager.default.copyItem(at: folder, to: program.home.appendingPathComponent("chapters"))
    let before = try program.read("chapters/" + chapter)
    let after = before.replacingOccurrences(of: text, with: replacement)
    #expect(after != before)
    try program.write(after, to: "chapters/" + chapter)
  }

  @Test("a changed bound ends with status 1 and a patient for whom it matters; the same chapters end with 0")
  func changed() throws {
    let program = try Program()
    defer { program.remove() }
    try chapters(program, "01-surgery.md", "size > 2 cm", "size >= 2 cm")
    let audit = try program.run(["audit", "--guideline", "chapters", "--format", "json"])
    #expect(audit.status == 1)
    #expect(audit.output.contains("\"kind\":\"condition\""))
    #expect(audit.output.contains("size 20 mm"))
    let greek = try program.run(["audit", "--guideline", "chapters", "--language", "el"])
    #expect(greek.status == 1)
    #expect(greek.output.contains("Διαφορές από τα κεφάλαια σύγκρισης"))
    #expect(try program.run(["audit", "--guideline", "chapters", "--against", "chapters"]).status == 0)
    #expect(try program.run(["audit"]).status == 0)
  }

  @Test("a lost rule ends with status 1; a new one is told and ends with 0")
  func lostAndNew() throws {
    let program = try Program()
    defer { program.remove() }
    let text = try String(contentsOf: repository.appendingPathComponent("Sources/CTexts/chapters/18-mibg.md"), encoding: .utf8)
    let start = try #require(text.range(of: "```rule mibg.no-uptake"))
    let end = try #require(text.range(of: "\n```\n", range: start.upperBound..<text.endIndex))
    try chapters(program, "18-mibg.md", String(text[start.lowerBound..<end.upperBound]), "")
    let lost = try program.run(["audit", "--guideline", "chapters"])
    #expect(lost.status == 1)
    #expect(lost.output.contains("mibg.no-uptake"))
    let new = try program.run(["audit", "--against", "chapters"])
    #expect(new.status == 0)
    #expect(new.output.contains("mibg.no-uptake"))
    #expect(try program.run(["audit", "--against", "nowhere"]).errors.contains("error["))
  }
}
