import Commands
import Guideline
import Reports
import Testing
import Wording

@Suite("cite, errata and adverse")
struct CiteTests {
  @Test("a fact shows its section, its rule with stance, and that the text gives no level (F012)", arguments: Language.allCases)
  func fact(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask(language == .greek ? "παραπομπή F12" : "cite F12")
    #expect(reply.codes == [])
    let fact = try #require(reply.list("facts").first)
    #expect(fact["id"] == .string("F012"))
    #expect(fact["paragraphs"]?.plains == ["P002"])
    guard case .array(let rules)? = fact["rules"], let rule = rules.first else {
      Issue.record("no rule")
      return
    }
    #expect(rule["stance"] == .string("do"))
    #expect(rule["level"] == .null)
    #expect(reply.text.contains(language == .greek ? "χωρίς επίπεδο απόδειξης" : "no level or grade in the text"))
  }

  @Test("a Greek capital for F, P or E is understood", arguments: [("Φ012", "F012"), ("φ12", "F012")])
  func greekLetters(typed: String, id: String) throws {
    var shell = try Shell(.greek)
    #expect(shell.ask("παραπομπή \(typed)").list("facts").first?["id"] == .string(id))
    #expect(shell.ask("παραπομπή Ρ064").data["paragraph"] == .string("P064"))
    #expect(shell.ask("παροράματα Ε04").list("errata").first?["id"] == .string("E04"))
  }

  @Test("a paragraph lists its facts, which its numbers name (P064)")
  func paragraph() throws {
    var shell = try Shell()
    let reply = shell.ask("cite P064")
    #expect(shell.listed.contains("F219") && shell.listed.contains("F220") && shell.listed.contains("F213"))
    #expect(reply.list("sections").count > 1)
    let second = shell.listed[1]
    #expect(shell.ask("cite 2").list("facts").first?["id"] == .string(second))
  }

  @Test("every fact, in both languages, is cited with its paraphrase", arguments: Language.allCases)
  func all(language: Language) throws {
    var shell = try Shell(language)
    let facts = try Guideline.embedded().carriedFacts()
    #expect(facts.count > 300)
    for fact in facts {
      let reply = shell.ask("cite \(fact.id)")
      #expect(reply.codes == [])
      #expect(reply.list("facts").first?["text"]?.plain?.isEmpty == false, "\(fact.id)")
    }
  }

  @Test("an unknown fact is refused with the range of facts")
  func unknown() throws {
    var shell = try Shell()
    let reply = shell.ask("cite F999")
    #expect(reply.codes == ["cite.unknown"])
    #expect(reply.report.errors.first?.help.first?.english.hasPrefix("Facts are F001 to F3") == true)
    #expect(shell.ask("cite").codes == ["command.incomplete"])
  }

  @Test("the printed rate of E01 stands on one line with its id and its reading, at any width", arguments: Language.allCases)
  func erratum(language: Language) throws {
    var shell = try Shell(language)
    for command in ["errata", "errata E01", "cite F279", "cite E01", "cite P100"] {
      let reply = shell.ask(command)
      for text in [reply.text, reply.text(columns: 40), reply.text(columns: 80), reply.report.markdown, reply.data.text] {
        for line in text.split(separator: "\n") where line.contains("50 mg") {
          #expect(line.contains("E01"), "\(line)")
          #expect(line.contains(language == .greek ? "50 μικρογραμμάρια" : "50 micrograms"), "\(line)")
        }
      }
    }
  }

  @Test("every erratum has severity, reading and handling in both languages")
  func errata() throws {
    for language in Language.allCases {
      var shell = try Shell(language)
      let all = shell.ask("errata").list("errata")
      #expect(all.count == 43)
      for erratum in all {
        #expect(["A", "B", "C"].contains(erratum["severity"]?.plain))
        #expect(erratum["handling"]?["text"]?.plain?.isEmpty == false)
      }
      #expect(shell.ask("errata 3").list("errata").first?["id"] == .string("E03"))
    }
  }

  @Test("adverse effects have frequency and grade where the text gives them (F323, F310, F271)", arguments: Language.allCases)
  func adverse(language: Language) throws {
    var shell = try Shell(language)
    let everolimus = shell.ask(language == .greek ? "ανεπιθύμητες εβερόλιμους" : "adverse everolimus").list("adverse_effects")
    let anaemia = try #require(everolimus.first { $0["effect"] == .string("anaemia") })
    #expect(anaemia["frequency"]?["low"] == .number("6"))
    #expect(anaemia["severity"] == .string("3-4"))
    let sunitinib = shell.ask("adverse sunitinib").list("adverse_effects")
    #expect(sunitinib.first { $0["effect"] == .string("neutropenia") }?["errata"]?.plains == ["E16"])
    let embolisation = shell.ask("adverse embolisation").list("adverse_effects")
    let syndrome = try #require(embolisation.first { $0["effect"] == .string("post-embolisation-syndrome") })
    #expect(syndrome["lasts"]?.text == #"{"low":24,"high":72,"unit":"hours"}"#)
  }

  @Test("a drug has the adverse effects of its group; a therapy without any says so")
  func inherited() throws {
    var shell = try Shell()
    #expect(shell.ask("adverse octreotide LAR").list("adverse_effects").contains { $0["effect"] == .string("gallstones") })
    let none = shell.ask("adverse enucleation")
    #expect(none.codes == [] && none.list("adverse_effects").isEmpty)
    #expect(none.text.contains("The text names no adverse effect of it."))
    #expect(shell.ask("adverse everolimos").codes == ["reading.ambiguous"])
  }
}
