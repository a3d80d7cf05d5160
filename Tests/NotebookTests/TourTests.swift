import Notebooks
import Reports
import Sessions
import Testing
import Wording

/// An outside of one script.
private struct OneFile: Outside {
  func read(_ file: String) -> [UInt8] { Array("patient A 54F, insulinoma\nset size 25 mm\n".utf8) }
  func write(_ text: String, to file: String, _ way: Writing) {}
  func journal() -> [UInt8]? { nil }
  func seconds() -> Double { 0 }
}

@Suite("The tour in the shell")
struct TourTests {
  @Test("goes on part by part, begins again, and takes a number", arguments: Language.allCases)
  func parts(language: Language) throws {
    var session = Session(world: try world(), language: language)
    func part(_ line: String) -> String? {
      let report = session.run(line).report
      guard report.errors.isEmpty, case .number(let part)? = JSON.fields(report.data)["part"] else { return nil }
      return part
    }
    #expect(part("tour") == "1")
    #expect(part("ξενάγηση") == "2")
    #expect(part("tour 5") == "5")
    #expect(part("tour") == "6")
    #expect(part("tour") == "1")
    #expect(session.run("tour 7").report.errors.map(\.code) == ["tour.part"])
    #expect(session.run("tour 0").report.errors.map(\.code) == ["tour.part"])
    #expect(session.run("tour on").report.errors.map(\.code) == ["tour.part"])
  }

  @Test("goes on by next, save where a replay waits for it", arguments: Language.allCases)
  func next(language: Language) throws {
    var session = Session(world: try world(), language: language)
    func codes(_ line: String) -> [String] {
      var codes: [String] = []
      session.run(line, OneFile()) { codes += $0.report.errors.map(\.code) }
      return codes
    }
    #expect(codes("tour") == [] && codes("next") == [] && session.state.tourPart == 2)
    #expect(codes("replay a --step") == [] && codes("next") == [] && session.state.tourPart == 2)
    #expect(session.state.patients.count == 1)
  }

  @Test("its lines do what they did in the notebook, one after the other", arguments: Language.allCases)
  func lines(language: Language) throws {
    var session = Session(world: try world(), language: language)
    let book = try notebook(try Shelf.text(language == .greek ? "tour.el.md" : "tour.md"))
    var typed: [String] = []
    for number in 1...6 {
      guard case .array(let lines)? = JSON.fields(session.run("tour \(number)").report.data)["lines"] else { continue }
      for case .string(let line) in lines { typed.append(line) }
    }
    #expect(typed == book.cells.flatMap(\.text))
    var codes: [String] = []
    for line in typed { codes += session.run(line).report.errors.map(\.code) }
    #expect(codes == ["dose.amount"])
  }

  @Test("no line of it is wider than the screen, and none is broken within a word", arguments: Language.allCases, [40, 60, 80])
  func widths(language: Language, columns: Int) throws {
    var session = Session(world: try world(), language: language)
    for number in 1...6 {
      let report = session.run("tour \(number)").report
      let narrow = report.text(TextStyle(columns: columns, isColoured: false))
      #expect(narrow.split(separator: "\n").allSatisfy { Display.width(String($0)) <= columns })
      func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }
      #expect(words(narrow) == words(report.text(TextStyle(columns: nil, isColoured: false))))
    }
  }

  @Test("shows prose without marks of Markdown, in the session's language")
  func prose() throws {
    var session = Session(world: try world(), language: .greek)
    let text = session.run("ξενάγηση").report.text(TextStyle(columns: 80, isColoured: false))
    #expect(text.contains("1 από 6 · Ένας ασθενής, και τι λέει η οδηγία"))
    #expect(text.contains("islet> ασθενής"))
    #expect(!text.contains("`") && !text.contains("](") && !text.contains("output"))
  }
}
