import Guideline
import Measures
import Reports
import Testing
import Wording

@Suite("evidence")
struct EvidenceTests {
  private func statement(_ reply: Reply, fact: String) -> JSON? {
    reply.list("evidence").first { $0["facts"]?.plains.contains(fact) == true && $0["value"] != nil }
  }

  @Test("the everolimus trial has its figures as numbers (F321)", arguments: Language.allCases)
  func everolimus(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask(language == .greek ? "δεδομένα everolimus" : "evidence everolimus")
    #expect(reply.codes == [])
    let trial = try #require(statement(reply, fact: "F321"))
    #expect(trial["endpoint"] == .string("progression-free-survival"))
    #expect(trial["value"]?["low"] == .number("11"))
    #expect(trial["value"]?["unit"] == .string("months"))
    #expect(trial["comparator"]?["id"] == .string("placebo"))
    #expect(trial["comparator"]?["value"]?["low"] == .number("4.6"))
    #expect(trial["hazard_ratio"]?.text == #"{"value":0.35,"low":0.27,"high":0.45}"#)
    #expect(trial["p"] == .string("< 0.001"))
    #expect(trial["direct"] == .bool(true))
    #expect(reply.list("figures").contains { $0["figure"] == .string("forest") })
  }

  @Test("evidence from midgut tumours is labelled indirect, with the erratum beside it (E09 F159, E14 F119)", arguments: Language.allCases)
  func indirect(language: Language) throws {
    var shell = try Shell(language)
    for (drug, fact, erratum) in [("interferon-alpha", "F159", "E09"), ("octreotide-lar", "F119", "E14")] {
      let reply = shell.ask("evidence \(drug)")
      let found = try #require(statement(reply, fact: fact))
      #expect(found["direct"] == .bool(false))
      #expect(found["errata"]?.plains == [erratum])
      #expect(reply.text.contains(language == .greek ? "έμμεσα για παγκρεατικό όγκο" : "indirect for a pancreatic tumour"))
      #expect(reply.text.contains(erratum))
    }
  }

  @Test("figures of different cohorts share no line and no picture", arguments: ["rfa-laparoscopic", "sirt", "somatostatin-analogue", "survival"])
  func cohorts(asked: String) throws {
    var shell = try Shell()
    let reply = shell.ask("evidence \(asked)")
    let cohorts = Set(reply.list("evidence").compactMap { $0["cohort"]?.plain })
    #expect(cohorts.count > 1)
    for case .figure(let figure) in reply.report.blocks {
      switch figure.content {
      case .forest(let plot): #expect(plot.cohorts.count == 1)
      case .ranges(let chart): #expect(chart.cohorts.count == 1)
      default: Issue.record("an unexpected picture")
      }
    }
    // The rows of a block are of one cohort, and those of a cohort stand in one block.
    let statements = reply.list("evidence")
    var blocks: [String] = []
    for case .rows(let rows) in reply.report.blocks {
      let found = Set(rows.compactMap(\.number).compactMap { statements[$0 - 1]["cohort"]?.plain })
      #expect(found.count == 1)
      blocks += found
    }
    #expect(blocks.count == cohorts.count && Set(blocks) == cohorts)
  }

  @Test("57% and 3.9 years of laparoscopic ablation are different cohorts (E11, F219 F220)")
  func ablation() throws {
    var shell = try Shell()
    let reply = shell.ask("evidence rfa-laparoscopic")
    let rate = try #require(statement(reply, fact: "F219"))
    let median = try #require(statement(reply, fact: "F220"))
    #expect(rate["cohort"] != median["cohort"])
  }

  @Test("a group has the evidence of its members; a drug also that of the groups above it")
  func groups() throws {
    var shell = try Shell()
    let group = shell.ask("evidence PRRT").list("evidence").compactMap { $0["therapies"]?.plains.first }
    #expect(group.contains("lu177-dotatate"))
    let drug = shell.ask("evidence lanreotide autogel").list("evidence").compactMap { $0["therapies"]?.plains.first }
    #expect(drug.first == "lanreotide-autogel")
    #expect(drug.contains("somatostatin-analogue"))
    #expect(!drug.contains("octreotide-lar"))
  }

  @Test("a syndrome and an endpoint are asked for by name, in both languages (F095)")
  func syndromeAndEndpoint() throws {
    for (language, syndrome, endpoint) in [
      (Language.english, "evidence vipoma", "evidence progression-free survival"), (.greek, "δεδομένα βίπωμα", "δεδομένα επιβίωση χωρίς εξέλιξη"),
    ] {
      var shell = try Shell(language)
      let reply = shell.ask(syndrome)
      #expect(reply.data["asked"]?["syndrome"] == .string("vipoma"))
      #expect(statement(reply, fact: "F095")?["value"]?["high"] == .number("90"))
      let survival = shell.ask(endpoint)
      #expect(survival.list("evidence").allSatisfy { $0["endpoint"] == .string("progression-free-survival") })
      #expect(survival.list("evidence").count > 1)
    }
  }

  @Test("numbers of the list are understood by cite")
  func numbers() throws {
    var shell = try Shell()
    let first = shell.ask("evidence sunitinib").list("evidence").first?["facts"]?.plains
    #expect(shell.ask("cite 1").list("facts").compactMap { $0["id"]?.plain } == first)
  }

  @Test("an unknown name is refused with what is near, and changes nothing")
  func unknown() throws {
    var shell = try Shell()
    let reply = shell.ask("evidence everolimos")
    #expect(reply.codes == ["reading.ambiguous"])
    #expect(reply.report.errors.first?.readings == ["evidence everolimus"])
    #expect(reply.report.errors.first?.help.first == .toType(Words("evidence everolimus", "δεδομένα εβερόλιμους"), "evidence"))
    #expect(shell.listed == [])
  }

  @Test("every hazard ratio lies in its interval, and one that doesn't is refused")
  func hazardRatios() throws {
    for statement in try Guideline.embedded().evidence { #expect(statement.hazardRatio?.isConsistent != false, "\(statement.id)") }
    #expect(HazardRatio("0.35 (0.4 to 0.45)")?.isConsistent == false)
    #expect(HazardRatio("0.35") == nil)
  }

  @Test(
    "figures are read as printed",
    arguments: [
      ("30 to 70 %", "30 to 70%", "30 έως 70%"), ("< 10 %", "below 10%", "κάτω από 10%"), ("up to 87 %", "up to 87%", "έως 87%"),
      ("about 6 %", "about 6%", "περίπου 6%"), ("11.0 months", "11.0 months", "11.0 μήνες"), ("1 year", "1 year", "1 έτος"),
    ])
  func values(text: String, english: String, greek: String) {
    #expect(ReportedValue(text)?.words == Words(english, greek))
  }

  @Test("what is no figure is not read", arguments: ["", "%", "x %", "70 to 30 %", "5 parsecs", "about to %"])
  func noValue(text: String) { #expect(ReportedValue(text) == nil) }
}

extension String {
  /// How often a text occurs.
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
