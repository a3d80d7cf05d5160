import Commands
import Guideline
import Reports
import Sessions
import Testing
import Wording

/// A session of the standard shell, for tests.
func session(_ language: Language = .english) throws -> Session {
  Session(world: World(guideline: try embedded.get(), commands: .standard, version: "0.1.0"), language: language)
}

/// The embedded guideline, read once.
private let embedded = Result { try Guideline.embedded() }

@Suite("The first path: an insulinoma")
struct FirstPathTests {
  @Test("a patient described in shorthand is told that enucleation is recommended if found at surgery")
  func enucleation() throws {
    var shell = try session()
    let made = shell.run("patient Maria 54F, insulinoma 14 mm in the tail, clearly localised, near the surface")
    #expect(made.report.errors == [])
    let advice = shell.run("recommend")
    let rule = try #require(
      advice.report.data.first { $0.0 == "advice" }?.1.flatMap { value -> JSON? in
        guard case .array(let list) = value else { return nil }
        return list.first { $0["rule"] == .string("surgery.enucleation") }
      })
    #expect(rule["status"] == .string("depends"))
    #expect(rule["depends_on"] == .array([.string("found-at-surgery")]))
  }

  @Test("the same in Greek")
  func greek() throws {
    var shell = try session(.greek)
    #expect(shell.run("ασθενής Μαρία 54 γυναίκα, ινσουλίνωμα 14 mm, σαφώς εντοπισμένο").report.errors == [])
    #expect(shell.run("σύσταση").report.errors == [])
    #expect(shell.run("γιατί εκπυρήνιση").report.errors == [])
  }

  @Test("a refused line changes nothing")
  func refused() throws {
    var shell = try session()
    _ = shell.run("patient 54F, insulinoma")
    let before = shell.state.patient
    #expect(shell.run("set size 14").report.errors.map(\.code) == ["unit.missing"])
    #expect(shell.state.patient == before)
  }
}
