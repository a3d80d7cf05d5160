import Sessions
import Teaching
import Testing
import Wording

@Suite("The library of cases")
struct LibraryTests {
  @Test("is embedded, with the case of fasting hypoglycaemia, and at least 22 cases, all in both languages")
  func embedded() throws {
    let library = CaseLibrary()
    let (cases, faults) = library.scenarios(try world())
    #expect(faults == [])
    #expect(cases.count >= 22)
    #expect(library.ids.contains("fasting-hypoglycaemia"))
    #expect(cases.allSatisfy { $0.languages.count == 2 })
  }

  @Test("each case has objectives, a full-mark path and a bad one, replayed with their scores", arguments: CaseLibrary().ids)
  func paths(id: String) throws {
    let file = try #require(CaseLibrary().files.first { Scenario.id(ofFile: $0.name) == id })
    let outcome = FileCheck(try world(), seconds: { 0 }).check(file.bytes, file: file.name)
    #expect(outcome.faults == [])
    let scenario = try CaseLibrary().scenario(id, try world())
    #expect(!scenario.objectives.isEmpty)
    #expect(scenario.paths.contains { $0.score == 100 })
    #expect(scenario.paths.contains { $0.score < 50 })
  }

  @Test("each sentence of feedback names its paragraph or erratum, or says that it is background", arguments: CaseLibrary().ids)
  func cited(id: String) throws {
    let file = try #require(CaseLibrary().files.first { Scenario.id(ofFile: $0.name) == id })
    let text = String(decoding: file.bytes, as: UTF8.self)
    let feedback = text.matches(of: /feedback ("[^"]*"(?: \| "[^"]*")?)/).map { String($0.1) }
    #expect(!feedback.isEmpty)
    for said in feedback.flatMap({ $0.matches(of: /"([^"]*)"/).map { String($0.1) } }) {
      for sentence in said.split(separator: /[.!?;] +(?=\p{Lu})/) {
        #expect(sentence.contains(/[PE][0-9]{2}|background|εκτός κειμένου/), "\(sentence)")
      }
    }
  }
}
