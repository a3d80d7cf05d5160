import Commands
import Guideline
import Sessions
import Testing
import Vocabulary
import Wording

/// Chapters with one mistyped line, as an author's folder may hold them: what needs the line says its file and line, and
/// what doesn't is answered.
@Suite("A fault in a chapter is an error where it matters")
struct FaultyChapterTests {
  struct Fault: Sendable {
    let file: String
    let text: String
    let typed: String
    /// The line that opens the block, or the faulty line itself.
    let place: String
    let code: String
    /// Lines that need it, each behind the patient.
    let needing: [String]

    init(_ file: String, _ text: String, _ typed: String, _ place: String, _ code: String, _ needing: [String]) {
      (self.file, self.text, self.typed, self.place, self.code, self.needing) = (file, text, typed, place, code, needing)
    }
  }

  static let faults = [
    Fault(
      "chapters/23-targeted-drugs.md", "value 11.4 months", "value 11,4 months", "```evidence targeted.sunitinib-pfs", "chapter.evidence",
      [
        "evidence sunitinib", "give sunitinib 37.5 mg a day", "perform embolisation", "what if give everolimus 10 mg once daily", "cite F309",
        "simulate sunitinib n 100 seed 7",
      ]),
    Fault(
      "chapters/20-embolisation.md", "lasts 24 to 72 hours", "lasts 24-72 hours", "```adverse-effect embolisation.post-embolisation-syndrome",
      "chapter.adverse-effect", ["adverse embolisation", "give everolimus 10 mg once daily", "perform embolisation"]),
    Fault(
      "chapters/19-peptide-receptor-radionuclides.md", "falls creatinine-clearance 7.9 % a year", "falls creatinine 7.9 % a year",
      "```adverse-effect prrt.y90-creatinine-clearance", "chapter.adverse-effect", ["adverse embolisation", "give 90Y-DOTATOC"]),
    Fault(
      "chapters/23-targeted-drugs.md", "amount 37.5 mg", "amount 37.5 spoons", "```dose targeted.sunitinib-dose", "chapter.dose",
      ["dose sunitinib", "give diazoxide 200 mg a day", "stop everolimus"]),
    Fault(
      "chapters/23-targeted-drugs.el.md", "<a id=\"targeted.sunitinib-trial\"></a>", "<a id=\"targeted.sunitinib-trial\">",
      "<a id=\"targeted.sunitinib-trial\">", "chapter.format", ["find sunitinib", "cite F309", "γλώσσα ελληνικά; διάβασε targeted.sunitinib-trial"]),
  ]

  private func lines(_ fault: Fault) throws -> (files: [TextFile], line: Int) {
    var files = TextFile.embedded(prefix: "chapters/")
    let place = try #require(files.firstIndex { $0.name == fault.file })
    let text = files[place].withBytes { String(decoding: $0, as: UTF8.self) }
    try #require(text.contains("\n" + fault.text))
    let typed = text.replacing("\n" + fault.text, with: "\n" + fault.typed, maxReplacements: 1)
    files[place] = TextFile(name: fault.file, bytes: Array(typed.utf8))
    let rows = typed.split(separator: "\n", omittingEmptySubsequences: false)
    return (files, try #require(rows.firstIndex { $0.hasPrefix(fault.place) }) + 1)
  }

  @Test("each kind of block, and a Greek companion", arguments: faults)
  func told(_ fault: Fault) throws {
    let (files, line) = try lines(fault)
    let world = World(guideline: try Guideline(files: files, vocabulary: try .embedded()), commands: .standard, version: "test")
    for needing in fault.needing {
      var session = Session(world: world, language: .english)
      _ = session.run("patient 54F, insulinoma 14 mm, liver mets bilobar")
      let answers = needing.split(separator: ";").map { session.run(String($0)) }
      let error = answers.last?.report.errors.first
      #expect(error?.code == fault.code, "\(needing)")
      #expect(error?.file == fault.file, "\(needing)")
      #expect(error?.line == line, "\(needing)")
    }
    // What doesn't need the line is answered.
    var session = Session(world: world, language: .english)
    for line in ["patient 54F, insulinoma 14 mm", "recommend", "why enucleation", "show"] {
      #expect(session.run(line).report.errors.isEmpty, "\(line)")
    }
  }

  @Test("what was read once is kept: the second question is answered like the first")
  func kept() throws {
    let guideline = try Guideline.embedded()
    #expect(try guideline.evidence.map(\.id) == guideline.evidence.map(\.id))
    #expect(try guideline.formulary.rules.count == guideline.formulary.rules.count)
    #expect(try guideline.chapter("01-surgery", .greek)?.sections.count == guideline.chapters.first?.sections.count)
  }
}
