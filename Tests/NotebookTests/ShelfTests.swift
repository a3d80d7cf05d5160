import Commands
import Notebooks
import Reports
import Teaching
import Testing
import Wording

@Suite("The notebooks of the folder Notebook")
struct ShelfTests {
  @Test("there are at least six, in both languages")
  func count() throws {
    #expect(Shelf.names.count >= 6)
    let languages = try Shelf.names.map { try notebook(Shelf.text($0)).language }
    #expect(languages.contains(.english) && languages.contains(.greek))
  }

  @Test("each runs as it says and means what was blessed; if a change is meant, run: make notebooks BECAUSE=\"…\"", arguments: Shelf.names)
  func checked(name: String) throws {
    let blessed = try Shelf.text(Blessing.file(of: name))
    let outcome = try check(Shelf.text(name), blessed: blessed)
    #expect(outcome.faults.map { $0.text(.plain, .english) } == [])
    #expect(!outcome.told.isEmpty)
  }

  @Test("each becomes a page with the intended use, whose citations lead to the paraphrases at its end", arguments: Shelf.names)
  func rendered(name: String) throws {
    let html = try page(Shelf.text(name), file: name)
    let language = try #require(try notebook(Shelf.text(name)).language)
    #expect(html.contains("<html lang=\"\(language.rawValue)\">"))
    #expect(html.contains(IntendedUse.line[language]))
    let cited = html.matches(of: /<a class="cite" href="#([A-Z][0-9]+)">/).map { String($0.1) }
    #expect(!cited.isEmpty)
    for id in Set(cited) { #expect(html.contains("<article class=\"cited\" id=\"\(id)\""), "\(id)") }
  }

  @Test("the trials of the targeted drugs are drawn on the page", arguments: ["targeted-drugs.md", "targeted-drugs.el.md"])
  func drawn(name: String) throws {
    let html = try page(Shelf.text(name))
    #expect(html.components(separatedBy: "<svg").count > 12)
  }

  @Test("each stands in both languages, with as many cells", arguments: Shelf.names.filter { !$0.hasSuffix(".el.md") })
  func paired(name: String) throws {
    let greek = try notebook(Shelf.text(name.dropLast(3) + ".el.md"))
    #expect(greek.language == .greek)
    #expect(greek.cells.count == (try notebook(Shelf.text(name)).cells.count))
  }

  @Test("the course plays every case of the library, each once", arguments: ["course.md", "course.el.md"])
  func course(name: String) throws {
    let played = try Shelf.text(name).matches(of: /islet (?:--language el )?play ([a-z0-9-]+)`/).map { String($0.1) }
    #expect(played.sorted() == CaseLibrary().ids.sorted())
  }

  @Test(
    "the boxes of how to write a scenario, one after the other, are a case that scores as it says",
    arguments: ["writing-a-scenario.md", "writing-a-scenario.el.md"])
  func written(name: String) throws {
    var lines: [String] = []
    var fence: String?
    for line in try Shelf.text(name).components(separatedBy: "\n") {
      if line.hasPrefix("```") { fence = fence == nil ? line : nil } else if fence == "```" { lines.append(line) }
    }
    let outcome = FileCheck(try world(), seconds: { 0 }).check(Array(lines.joined(separator: "\n").utf8), file: "my-case.islet")
    #expect(outcome.faults == [])
    #expect(outcome.summary.english == "good 100 · wrong 65 · bad 0")
  }
}
