import Commands
import Foundation
import Notebooks
import Reports
import Sessions
import Teaching
import Testing
import Wording

@Suite("Pages of chapters, cases and scripts")
struct PageTests {
  @Test("a chapter's page holds each of its facts, and each erratum's printed value on a line with its reading", arguments: Language.allCases)
  func chapters(language: Language) throws {
    let world = try world()
    let pages = Pages(world, language: language, seconds: { 0 })
    for chapter in world.guideline.chapters {
      let html = try #require(try pages.chapter(chapter.id))
      #expect(try pages.chapter(chapter.name) == html)
      #expect(html.contains(IntendedUse.line[language]))
      for fact in chapter.sections.flatMap(\.facts) { #expect(html.contains("id=\"\(fact)\""), "\(chapter.name) \(fact)") }
      for erratum in world.guideline.entries where erratum.kind == .erratum && erratum.chapter == chapter.name {
        guard let printed = erratum.words("printed")?[language], let reading = erratum.words("reading")?[language] else { continue }
        let lines = html.split(separator: "\n").map(Self.plain).filter { $0.contains(printed) }
        #expect(!lines.isEmpty, "\(erratum.id)")
        for line in lines { #expect(line.contains(erratum.id) && line.contains(reading), "\(erratum.id)") }
      }
    }
    #expect(try pages.chapter("surgery.enucleation") == nil)
    #expect(pages.unknown("surgry").help[0].english.contains("surgery"))
  }

  /// A line of a page as it is read: links and marks are no gap in a text.
  private static func plain(_ line: Substring) -> String {
    String(line).replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&#39;", with: "'").replacing(
      "&quot;", with: "\""
    ).replacing(
      "&amp;", with: "&")
  }

  @Test("a case's page shows what is hidden, every question and every path, in its languages", arguments: Language.allCases)
  func scenario(language: Language) throws {
    let file = Shelf.folder.appendingPathComponent("../Scripts/fasting-hypoglycaemia.islet")
    let html = try page(String(contentsOf: file, encoding: .utf8), file: "fasting-hypoglycaemia.islet", language: language)
    #expect(html.contains(Words("Fasting hypoglycaemia", "Υπογλυκαιμία νηστείας")[language]))
    #expect(html.contains(Words("Hypoglycaemia after meals", "Υπογλυκαιμία μετά από γεύματα")[language]))
    #expect(html.contains(Words("Hidden: ", "Κρυφά: ")[language]))
    #expect(
      html.contains(
        Words(
          "After <code>perform enucleation</code>, go on at <a href=\"#point-2\" rel=\"noreferrer\">point 2</a>.",
          "Μετά από <code>εκτέλεσε εκπυρήνιση</code>, συνέχεια στο <a href=\"#point-2\" rel=\"noreferrer\">σημείο 2</a>.")[language]))
    #expect(html.contains("id=\"point-2\""))
    // What a path answers stands in the words of its choices.
    #expect(html.contains(Words("<code>order fasting glucose and insulin</code>", "<code>ζήτησε γλυκόζη και ινσουλίνη νηστείας</code>")[language]))
  }

  @Test("a case's page names no label, choice, test, therapy or rule by its identifier", arguments: Language.allCases)
  func identifiers(language: Language) throws {
    let world = try world()
    let vocabulary = world.guideline.vocabulary
    let general = world.guideline.rules.map(\.id) + world.guideline.chapters.flatMap(\.sections).map(\.id) + vocabulary.therapies.map(\.id)
    let names = vocabulary.therapies.map { $0.name[language] }.joined(separator: " ")
    for id in CaseLibrary().ids {
      let scenario = try CaseLibrary().scenario(id, world)
      var ids = general + (try vocabulary.tests).map(\.id) + scenario.paths.map(\.name)
      for step in scenario.steps {
        switch step.kind {
        case .label(let name): ids.append(name)
        case .ask(let question): ids += [question.name] + question.choices.map(\.id)
        default: break
        }
      }
      let spoken = scenario.languages.contains(language) ? language : scenario.languages[0]
      let file = String(decoding: try #require(CaseLibrary().files.first { Scenario.id(ofFile: $0.name) == id }).bytes, as: UTF8.self)
      let html = try page(file, file: id + ".islet", language: spoken)
      // What an author writes in a text of the case is the author's.
      let texts = file.matches(of: #/"[^"\n]*"/#).map { String($0.0) }.joined(separator: " ")
      let words = html.replacing(#/<style>.*?</style>/#.dotMatchesNewlines(), with: " ").replacing(#/<[^>]*>/#, with: " ").split {
        !($0.isLetter || $0.isNumber || "-._".contains($0))
      }.map { String($0.last == "." ? $0.dropLast() : $0) }
      let raw = Set(ids.filter { $0.contains { "-.".contains($0) } && !names.contains($0) && !texts.contains($0) })
      #expect(Set(words).intersection(raw) == [], "\(id)")
    }
  }

  @Test(
    "a case's page says on what the way on depends",
    arguments: [
      (
        "not performed whipple",
        Words(
          "Without <code>perform Whipple pancreatoduodenectomy</code>, go on at",
          "Χωρίς <code>εκτέλεσε παγκρεατοδωδεκαδακτυλεκτομή κατά Whipple</code>, συνέχεια στο")
      ),
      (
        "answer cause is insulinoma",
        Words(
          "If the answer was “She has gained weight: she eats to keep the attacks away”, go on at",
          "Αν η απάντηση ήταν «Πήρε βάρος: τρώει για να προλαβαίνει τα επεισόδια», συνέχεια στο")
      ),
      (
        "answer cause is not gastrinoma",
        Words("If the answer wasn't “Heartburn and loose stools”, go on at", "Αν η απάντηση δεν ήταν «Καύσος και χαλαρές κενώσεις», συνέχεια στο")
      ),
      (
        "answer cause wrong",
        Words(
          "If the answer to “Which of these, if you heard it next, would fit an insulinoma?” was wrong, go on at",
          "Αν στο «Ποιο από αυτά, αν το ακούγατε τώρα, θα ταίριαζε σε ινσουλίνωμα;» η απάντηση ήταν λάθος, συνέχεια στο")
      ),
      ("syndrome is insulinoma", Words("If insulinoma, go on at", "Αν ινσουλίνωμα, συνέχεια στο")),
    ])
  func clause(condition: String, said: Words) throws {
    let file = Shelf.folder.appendingPathComponent("../Scripts/fasting-hypoglycaemia.islet")
    let text = try String(contentsOf: file, encoding: .utf8).replacing("when performed enucleation", with: "when " + condition)
    for language in Language.allCases {
      let html = try page(text, file: "a.islet", language: language).replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
      #expect(html.contains(said[language] + " <a href=\"#point-2\""))
    }
  }

  @Test("a case is played on a page of its own in its languages; only cases are played", arguments: Language.allCases)
  func playable(language: Language) throws {
    let pages = Pages(try world(), language: language, seconds: { 0 })
    let marrow = try CaseLibrary().scenario("mibg-marrow", try world())
    let table = PlayTable(marrow, try world(), language, bound: 20)
    let html = try pages.playable(table)
    #expect(html.contains(IntendedUse.line[language]) && html.contains("<html lang=\"\(language.rawValue)\">"))
    let fault = try #require(throws: Diagnostic.self) { try pages.playable(Array("# A notebook".utf8), file: "a.md") }
    #expect(fault.code == "render.playable" && fault.message[language].contains("a.md"))
  }

  @Test("a script's page shows each command with its answer; a bad line is said with its number")
  func script() throws {
    let html = try page("islet 1 recording\nlanguage: el\n\npatient \"Maria\" syndrome is insulinoma\nrecommend drugs\n", file: "a.islet")
    #expect(html.contains("lang=\"el\"") && html.contains("<a class=\"cite\" href=\"#command-recommend\">recommend</a> drugs</code>"))
    let fault = try #require(throws: Diagnostic.self) { try page("patient 54F\nnonsense\n", file: "a.islet") }
    #expect(fault.code == "command.unknown" && fault.line == 2)
  }

  @Test("for Jupyter, prose and cells stand in order, with text, HTML and LaTeX, and an expected error as an error")
  func jupyter() throws {
    let text =
      "<!-- islet notebook 1 en -->\n# T\n\nProse.\n\n```islet\npatient A 54F, insulinoma\n```\n```islet error=number.out-of-range\nset ki67 300%\n```\n```islet\nevidence everolimus\n```\n"
    let json = try Pages(world(), language: .english, seconds: { 0 }).jupyter(Array(text.utf8), file: "a.md")
    let root = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(root["nbformat"] as? Int == 4 && root["nbformat_minor"] as? Int == 5)
    let cells = try #require(root["cells"] as? [[String: Any]])
    #expect(cells.map { $0["cell_type"] as? String } == ["markdown", "markdown", "code", "code", "code"])
    let ids = cells.compactMap { $0["id"] as? String }
    #expect(Set(ids).count == 5)
    #expect((cells[0]["source"] as? [String])?.joined().contains(IntendedUse.line.english) == true)
    #expect((cells[1]["source"] as? [String]) == ["# T\n", "\n", "Prose."])
    let error = try #require((cells[3]["outputs"] as? [[String: Any]])?.first)
    #expect(error["output_type"] as? String == "error" && error["ename"] as? String == "number.out-of-range")
    let outputs = try #require(cells[4]["outputs"] as? [[String: Any]])
    let data = outputs.compactMap { $0["data"] as? [String: Any] }
    // A figure stands as a picture in HTML and as a table in LaTeX: nbconvert would hand a picture alone to Inkscape.
    let figures = data.filter { $0["text/latex"] != nil }
    #expect(!figures.isEmpty && figures.allSatisfy { ($0["text/html"] as? [String])?.joined().contains("<svg") == true && $0["image/svg+xml"] == nil })
    #expect(data.contains { $0["text/html"] != nil } && data.allSatisfy { $0["text/plain"] != nil })
  }
}
