import Commands
import Guideline
import Reports
import Testing
import Wording

@Suite("dose, find, read and explain")
struct ReadingTests {
  @Test("each dose of the text is given as numbers (F132, F154, F306, F079)", arguments: Language.allCases)
  func doses(language: Language) throws {
    var shell = try Shell(language)
    func amounts(_ therapy: String) -> [String] {
      shell.ask((language == .greek ? "δόση " : "dose ") + therapy).list("doses").compactMap { $0["amounts"]?.text }
    }
    #expect(
      amounts("diazoxide") == [#"{"kind":"range","values":[{"value":200,"unit":"mg"},{"value":600,"unit":"mg"}],"per":"day"}"#])
    #expect(amounts("sunitinib") == [#"{"kind":"list","values":[{"value":37.5,"unit":"mg"}],"per":"day"}"#])
    #expect(
      amounts("interferon alpha") == [#"{"kind":"range","values":[{"value":3,"unit":"MU"},{"value":5,"unit":"MU"}],"per":"dose"}"#])
    #expect(amounts("octreotide").contains(#"{"kind":"at-most","values":[{"value":1,"unit":"mg"}],"per":"day"}"#))
  }

  @Test("the infusion's dose is the reading of E01, never the misprint (F279)", arguments: Language.allCases)
  func infusion(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("dose octreotide infusion")
    let dose = try #require(reply.list("doses").first { $0["erratum"] == .string("E01") })
    #expect(dose["amounts"]?.text == #"{"kind":"list","values":[{"value":50,"unit":"mcg"}],"per":"hour"}"#)
    #expect(dose["erratum"] == .string("E01"))
    for text in [reply.text, reply.text(columns: 40), reply.report.markdown, reply.data.text] {
      for line in text.split(separator: "\n") where line.contains("50 mg") {
        #expect(line.contains("E01") && line.contains(language == .greek ? "50 μικρογραμμάρια" : "50 micrograms"), "\(line)")
      }
    }
  }

  @Test("a therapy without a dose in the text says so; a group has the doses of its members")
  func noDose() throws {
    var shell = try Shell()
    let none = shell.ask("dose enucleation")
    #expect(none.codes == [] && none.list("doses").isEmpty)
    #expect(none.text.contains("The text gives no dose of it."))
    let group = shell.ask("dose somatostatin analogues").list("doses").flatMap { $0["therapies"]?.plains ?? [] }
    #expect(Set(group).isSuperset(of: ["octreotide-lar", "lanreotide-autogel", "octreotide-infusion"]))
    #expect(shell.ask("dose sunitinb").codes == ["reading.ambiguous"])
  }

  @Test(
    "find is free of case, accents and endings, in both languages",
    arguments: [
      ("hypoglycaemia", "hypoglycaemia"), ("ΥΠΟΓΛΥΚΑΙΜΙΑ", "hypoglycaemia"), ("υπογλυκαιμίας", "hypoglycaemia"), ("metastasis liver", "liver-metastases"),
      ("ηπατικων μεταστασεων", "liver-metastases"),
    ])
  func find(typed: String, id: String) throws {
    for language in Language.allCases {
      var shell = try Shell(language)
      let found = shell.ask("find \(typed)").list("found")
      #expect(found.prefix(4).contains { $0["id"] == .string(id) }, "\(typed): \(found.prefix(4).map(\.text))")
      #expect(found.contains { $0["kind"] == .string("section") } || typed.contains(" "))
    }
  }

  @Test("the best match comes first: a name before a title, a title before prose")
  func ranked() throws {
    var shell = try Shell()
    let kinds = shell.ask("find everolimus").list("found").compactMap { $0["kind"]?.plain }
    #expect(kinds.first == "therapy")
    let sectionInProse = kinds.lastIndex(of: "section")
    let rule = kinds.firstIndex(of: "rule")
    #expect(try #require(rule) < #require(sectionInProse))
  }

  @Test("a number of what was found is read, explained and cited")
  func numbers() throws {
    var shell = try Shell()
    let found = shell.ask("find microangiopathy").list("found")
    let place = try #require(found.firstIndex { $0["kind"] == .string("rule") })
    let rule = try #require(found[place]["id"]?.plain)
    let section = try Guideline.embedded().rule(id: rule)?.section
    #expect(shell.ask("read \(place + 1)").list("sections").first?["id"]?.plain == section)
    _ = shell.ask("find microangiopathy")
    #expect(shell.ask("cite \(place + 1)").codes == [])
    _ = shell.ask("find microangiopathy")
    #expect(shell.ask("explain 1").codes == [])
    #expect(shell.ask("read 99").codes == ["list.number"])
  }

  @Test("nothing found is said, without an error")
  func nothing() throws {
    var shell = try Shell()
    let reply = shell.ask("find xyzzy")
    #expect(reply.codes == [] && reply.list("found").isEmpty)
    #expect(reply.text.contains("Nothing found for “xyzzy”."))
  }

  @Test("notes are reached by read, find and explain (F062: a mechanism)", arguments: Language.allCases)
  func notes(language: Language) throws {
    let guideline = try Guideline.embedded()
    let fact = try #require(try guideline.carriedFacts().first { $0.id == "F062" })
    #expect(fact.carriedBy == "note")
    var shell = try Shell(language)
    #expect(shell.ask("read F062").list("sections").first?["id"] == .string(fact.heading))
    let words = language == .greek ? "αυξητικών παραγόντων" : "growth factors"
    #expect(shell.ask("find \(words)").list("found").contains { $0["id"] == .string(fact.heading) })
    #expect(shell.ask("explain \(words)").data["sections"]?.plains.contains(fact.heading) == true)
  }

  @Test("explain gives a term's text and where the guideline speaks of it; an unknown word is refused")
  func explain() throws {
    var shell = try Shell()
    let reply = shell.ask("explain MIBG")
    #expect(reply.data["sections"]?.plains.isEmpty == false)
    #expect(shell.ask("explain xyzzy").codes == ["term.unknown"])
    // A test is a word too.
    for word in ["echocardiography", "υπερηχοκαρδιογράφημα"] {
      let test = shell.ask("explain \(word)")
      #expect(test.data["explained"]?.plains == ["echocardiography"] && test.text.contains("carcinoid heart disease"), "\(test.text)")
    }
  }

  @Test("read gives the prose in the session's language, with its citation", arguments: Language.allCases)
  func read(language: Language) throws {
    var shell = try Shell(language)
    let section = try #require(shell.ask("read surgery.enucleation").list("sections").first)
    #expect(section["paragraphs"]?.plains == ["P002"])
    let isGreek = section["text"]?.plain?.unicodeScalars.contains { (0x370...0x3FF).contains($0.value) }
    #expect(isGreek == (language == .greek))
  }

  @Test("contents numbers chapters and sections, and read takes each number")
  func contents() throws {
    var shell = try Shell()
    _ = shell.ask("contents")
    let listed = shell.listed
    let chapters = try Guideline.embedded().chapters
    // A chapter, then its sections, each alone.
    let expected = chapters.flatMap { chapter in [chapter.sections.map(\.id)] + chapter.sections.map { [$0.id] } }
    #expect(listed.count == expected.count)
    for (place, ids) in expected.enumerated() {
      _ = shell.ask("contents")
      #expect(shell.ask("read \(place + 1)").list("sections").compactMap { $0["id"]?.plain } == ids)
    }
  }
}
