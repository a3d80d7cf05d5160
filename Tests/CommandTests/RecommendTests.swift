import Commands
import Guideline
import Reports
import Testing
import Wording

@Suite("recommend, why, why not and missing")
struct RecommendTests {
  private func place(_ text: String, in reply: Reply) throws -> Int {
    let lines = reply.text.split(separator: "\n").map(String.init)
    return try #require(lines.firstIndex { $0.contains(text) }, "\(text) is missing")
  }

  @Test("exactly 20 mm is said not to be covered; 19.9 and 20.1 mm are covered (F006, F021)", arguments: Language.allCases)
  func threshold(language: Language) throws {
    for (size, covered) in [("19.9 mm", true), ("20 mm", false), ("2 cm", false), ("20.1 mm", true)] {
      var shell = try Shell(language)
      let reply = shell.ask("patient 60F, nonfunctioning, \(size), pancreas, asymptomatic, localised;recommend")
      #expect(reply.codes == [])
      #expect(reply.list("not_covered").isEmpty == covered, "\(size)")
      #expect(reply.text.contains(language == .greek ? "δεν το καλύπτει" : "does not cover it") != covered, "\(size)")
    }
  }

  /// What only goes with something, or gives way to something unknown, waits for that.
  @Test("why not says of each statement that doesn't hold what stands in its way", arguments: Language.allCases)
  func inTheWay(language: Language) throws {
    let guideline = try Guideline.embedded()
    let patients = [
      "54F, insulinoma, 14 mm, liver metastases 3", "60F, nonfunctioning, 25 mm, pancreas", "44M, carcinoid syndrome, liver mets bilobar, Ki-67 3%",
      "50M, gastrinoma, metastatic", "70F",
    ]
    var seen = 0
    for patient in patients {
      var shell = try Shell(language)
      #expect(shell.ask("patient \(patient)").codes == [])
      for rule in guideline.rules where !rule.isRemark {
        let reply = shell.ask("why not \(rule.id)")
        #expect(reply.codes == [], "\(rule.id)")
        guard reply.list("advice").contains(where: { $0["status"]?.plain != "applies" }), rule.stance != .avoid, rule.stance != .caution else { continue }
        let rows = reply.report.blocks.flatMap { block in if case .rows(let rows) = block { rows } else { [Row]() } }
        #expect(!rows.isEmpty, "\(rule.id), \(patient)")
        #expect(rows.contains { ["✗", "?"].contains($0.mark.string) }, "\(rule.id), \(patient)")
        seen += 1
      }
    }
    #expect(seen > 300)
  }

  @Test("the choice of a regimen stands below every indication, and the text is said not to say when (F185-F191)", arguments: Language.allCases)
  func chemotherapy(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask(
      "patient 50M, vipoma, pancreas, stage metastatic, liver mets bilobar, liver mets not resectable, sstr positive, well differentiated;recommend all")
    let (regimen, silence, indication) =
      language == .greek
      ? ("Αν εξετάζεται χημειοθεραπεία: με στρεπτοζοτοκίνη", "δεν λέει πότε ενδείκνυται", "Ενδείκνυται θερμοπηξία")
      : ("If chemotherapy is considered: streptozotocin", "does not say when chemotherapy is indicated", "Ablation is indicated")
    #expect(try place(indication, in: reply) < place(regimen, in: reply))
    #expect(try place(indication, in: reply) < place(silence, in: reply))
  }

  @Test("a gastrinoma above 2 cm with MEN1 unknown has one line: resection whatever MEN1 is (F016, F019)", arguments: Language.allCases)
  func agreement(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("patient 61M, gastrinoma, 25 mm;recommend")
    let line = language == .greek ? "συνιστάται, ό,τι κι αν ισχύει για το εύρημα «MEN1»" : "recommended whatever MEN1 is"
    #expect(reply.text.components(of: line) == 1)
    var known = try Shell(language)
    #expect(!known.ask("patient 61M, gastrinoma, MEN1, 25 mm;recommend").text.contains(line))
  }

  @Test("what overrides what is said: analogues without SSTR2 in an insulinoma (F109 over F052, F072)", arguments: Language.allCases)
  func overrides(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("patient 54F, insulinoma 14 mm, sstr2 negative;recommend all")
    #expect(reply.text.contains(language == .greek ? "αντί για  " : "in place of  "))
    var positive = try Shell(language)
    #expect(!positive.ask("patient 54F, insulinoma 14 mm, sstr2 positive;recommend all").text.contains(language == .greek ? "αντί για  " : "in place of  "))
  }

  @Test("statements that hold for every patient are counted, and so is what depends with no test met")
  func counted() throws {
    var shell = try Shell()
    let bare = shell.ask("patient 50M;recommend")
    let all = bare.list("advice").filter { $0["status"] == .string("depends") && $0["stance"] != .string("alongside") }
    #expect(all.count > 40)
    #expect(bare.text.contains("Also for every patient: 4 statements · "))
    #expect(bare.text.contains(" more depend: recommend all"))
    let numbered = bare.text.split(separator: "\n").filter { Int($0.split(separator: " ").first ?? "") != nil }
    #expect(numbered.isEmpty)
  }

  @Test("lines keep to the terminal's columns, and the citations to one column", arguments: Language.allCases, [80, 120])
  func columns(language: Language, columns: Int) throws {
    for patient in [
      "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface", "patient 61M, gastrinoma, 25 mm",
      "patient 50M, vipoma, pancreas, stage metastatic, liver mets bilobar, liver mets not resectable, sstr positive, well differentiated",
      "patient 58M, nonfunctioning, metastatic, not resectable, progression-12-months, well differentiated, pancreas",
    ] {
      var shell = try Shell(language)
      let reply = shell.ask(patient + ";recommend")
      for line in reply.text(columns: columns).split(separator: "\n") { #expect(Display.width(String(line)) <= columns, "\(line)") }
      for case .rows(let rows) in reply.report.blocks {
        let lines = Report(blocks: [.rows(rows)]).text(TextStyle(columns: columns, isColoured: false)).split(separator: "\n").map(String.init)
        let starts = lines.compactMap { line -> Int? in
          guard let last = line.split(separator: " ").last, last.hasPrefix("P"), last.count == 4, last.dropFirst().allSatisfy(\.isNumber),
            let range = line.ranges(of: "  P").last
          else { return nil }
          return Display.width(String(line[..<range.lowerBound]))
        }
        #expect(Set(starts).count <= 1, "\(lines.joined(separator: "\n"))")
      }
    }
  }

  @Test("on lines without end a long text moves no citation out of its column")
  func unbroken() {
    let rows = [
      Row("Enucleation", number: 1, detail: "if found at surgery", citation: "P002"),
      Row("Histology must show complete excision and benign features on every slide", mark: "+", citation: "P001", level: 1),
      Row("Diazoxide", number: 2, citation: "P014"),
    ]
    let lines = Report(blocks: [.rows(rows)]).text(TextStyle(columns: nil, isColoured: false)).split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(Set(lines.map { Display.width(String($0.prefix { $0 != "P" })) }).count == 1, "\(lines.joined(separator: "\n"))")
  }

  @Test("what if tells what comes and goes beside advice that stays: what must go with it, and what the text doesn't cover (F213, F222)")
  func beside() throws {
    var shell = try Shell()
    _ = shell.ask("patient 60M, nonfunctioning, not resectable, liver metastases, largest liver lesion 30 mm")
    func beside(_ line: String) -> [String] {
      shell.ask(line).list("beside").map { ($0["change"]?.plain ?? "") + " " + ($0["rule"]?.plain ?? "") }
    }
    let lesion = beside("what if largest liver lesion 45 mm")
    #expect(lesion.contains { $0.hasPrefix("lost ablation.") } && lesion.contains { $0.hasPrefix("gained ablation.") })
    #expect(shell.ask("what if largest liver lesion 45 mm").text.contains("No advice changes.\nAlongside advice that stays"))
    #expect(beside("what if biliary-enteric anastomosis").count == 1)
    #expect(beside("what if largest liver lesion 31 mm").isEmpty)
  }

  @Test("what if calls lost what applied and no longer does, gained what comes to apply, and never gained what falls away")
  func comesAndGoes() throws {
    var seen: [String: Int] = [:]
    for (patient, hypothesis) in [
      ("54F, insulinoma 14 mm, SSTR2 positive", "SSTR2 negative"), ("61M, gastrinoma, MEN1, 8 mm", "size 25 mm"),
      ("61M, gastrinoma, 8 mm", "not resectable"), ("60M, nonfunctioning, not resectable, liver metastases", "resectable"), ("54F, insulinoma", "gastrinoma"),
    ] {
      var shell = try Shell()
      let reply = shell.ask("patient \(patient);what if \(hypothesis)")
      #expect(reply.codes == [])
      for change in reply.list("changes") {
        let (kind, before, after) = (change["change"]?.plain ?? "", change["before"]?.plain ?? "", change["after"]?.plain ?? "")
        seen["\(before) \(after)", default: 0] += 1
        let rule = change["rule"]?.plain ?? ""
        if after == "absent" { #expect(kind == "lost", "\(patient), \(hypothesis): \(rule) \(before)") }
        if after == "applies", before != "applies" { #expect(kind == "gained", "\(patient), \(hypothesis): \(rule) \(before)") }
      }
    }
    #expect(seen["applies absent", default: 0] > 0 && seen["absent applies", default: 0] > 0 && seen["depends absent", default: 0] > 0, "\(seen)")
  }

  @Test("what if names its hypothesis so that any finding reads as Greek")
  func hypothesis() throws {
    var shell = try Shell(.greek)
    let reply = shell.ask("ασθενής 54 γυναίκα, ινσουλίνωμα;τι αν όχι σαφής προεγχειρητική εντόπιση")
    #expect(reply.text.contains("Υπόθεση: χωρίς σαφή προεγχειρητική εντόπιση"))
  }

  @Test("why names the most negative statement on a therapy first (F109 before F110)")
  func negativeFirst() throws {
    var shell = try Shell()
    let advice = shell.ask("patient 54F, insulinoma 14 mm, sstr2 negative;why octreotide LAR").list("advice")
    #expect(advice.first?["stance"] == .string("avoid"))
    #expect(advice.first?["facts"]?.plains == ["F109"])
    #expect(advice.dropFirst().first?["stance"] == .string("caution"))
  }

  @Test("why names paragraph and facts, and what goes alongside", arguments: Language.allCases)
  func why(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("patient 54F, insulinoma 14 mm, clearly localised, near the surface;why enucleation")
    #expect(reply.text.contains("P002 F012"))
    #expect(reply.text.contains(language == .greek ? "μαζί: " : "alongside: "))
  }

  @Test("why draws conditions that branch as a tree, each part with its value, and the rules that would take advice away (F047, F006)")
  func tree() throws {
    var shell = try Shell()
    let transplantation = shell.ask("patient 54F, pancreas, high Ki-67 no;why transplantation")
    #expect(
      transplantation.text.contains(
        """
        How it is decided  P011
        ✓ any of
        ├─ ✓ all of
        │  ├─ ✓ pancreas
        │  └─ ✓ Ki-67 not high
        └─ ✗ all of
           ├─ ✗ not pancreas  pancreas
           └─ ✗ high Ki-67  Ki-67 not high

        """))
    let resection = shell.ask("set size 3 cm, asymptomatic;why resection")
    #expect(
      resection.text.contains(
        """
        ? all of
        ├─ ✓ size above 2 cm  30 mm
        ├─ ✓ pancreas or periampullary  pancreas
        └─ ? unless: Symptom-free primary, unresectable liver metastases: controversial
           │ P005
           ├─ ✓ asymptomatic
           ├─ ? liver metastases  not stated
           └─ ? liver metastases not resectable  not stated

        """))
    let trees = resection.report.blocks.filter { if case .figure = $0 { true } else { false } }
    #expect(trees.count == 1)
  }

  @Test("conditions that are a mere list stay one", arguments: Language.allCases)
  func list(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("patient 54F, insulinoma 14 mm, clearly localised, near the surface;why enucleation")
    #expect(!reply.report.blocks.contains { if case .figure = $0 { true } else { false } })
  }

  @Test("the parts of an and within an or stand below their own head (F047)")
  func nested() throws {
    var shell = try Shell()
    let reply = shell.ask("patient 54F, pancreas;why not transplantation")
    #expect(
      reply.text.contains(
        """
          ? at least one of:
            ? all of:
              ✓ pancreas
              ? Ki-67 not high  not stated
            ✗ all of:

        """), "\(reply.text)")
  }

  @Test("why not names each blocking condition with its value, nearest first", arguments: Language.allCases)
  func whyNot(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("patient 54F, gastrinoma 14 mm, near surface no;why not enucleation")
    let blocked = try #require(reply.list("advice").first { $0["rule"] == .string("surgery.enucleation") })
    guard case .array(let blocks)? = blocked["blocked_by"] else {
      Issue.record("nothing blocks")
      return
    }
    let failing = blocks.filter { $0["truth"] == .string("no") }
    #expect(failing.compactMap { $0["values"]?.plains.first } == ["syndrome is gastrinoma", "near-surface no"])
    #expect(reply.text.contains(language == .greek ? "εδώ: γαστρίνωμα" : "here: gastrinoma"))
  }

  @Test("why not says which rule took advice away")
  func overridden() throws {
    var shell = try Shell()
    let reply = shell.ask("patient 54F, insulinoma 14 mm, sstr2 negative;why not long-acting analogues")
    #expect(reply.text.contains("overridden by: Analogues do not control hypoglycaemia without SSTR2"))
  }

  @Test("missing has two lists, the most helpful first, each with the tests that find it", arguments: Language.allCases)
  func missing(language: Language) throws {
    var shell = try Shell(language)
    let reply = shell.ask("patient 54F, insulinoma 14 mm;missing")
    let required = reply.list("required")
    // Asked about first: what the same patient's answer asks for next.
    let asked = shell.ask("recommend").list("ask").compactMap { $0["finding"]?.plain }
    let refining = reply.list("refining")
    for list in [required, refining] {
      let names = list.compactMap { $0["finding"]?.plain }
      #expect(!names.isEmpty && asked.filter(names.contains) == names.filter(asked.contains))
    }
    for entry in required + refining {
      let decided = (entry["settles"]?.plains ?? []) + (entry["bears_on"]?.plains ?? [])
      #expect(!decided.isEmpty)
      #expect(entry["tests"] != nil)
    }
    // Analogues have advice that applies; no liver operation has.
    #expect(refining.contains { $0["finding"] == .string("sstr2") && $0["tests"]?.plains == ["receptor-imaging"] })
    #expect(required.contains { $0["finding"] == .string("liver-metastases") })
    let inBoth = required.filter { entry in refining.contains { $0["finding"] == entry["finding"] } }
    #expect(inBoth.isEmpty)
    let settling = Set(reply.strings("settles_everything"))
    let found = reply.list("tests").flatMap { $0["finds"]?.plains ?? [] }
    #expect(Set(found + reply.strings("without_test")) == settling)
    // What counts only once others are known is needed too.
    let listed = (required + refining).compactMap { $0["finding"]?.plain }
    #expect(settling.contains("complete-excision") && !listed.contains("complete-excision"))
  }

  @Test(
    "nothing is asked for of which no value may be stated beside what is",
    arguments: [("liver-metastases is none", "essen-type"), ("no primary-found", "size"), ("ssa is none", "ssa-response")])
  func unstatable(stated: String, finding: String) throws {
    func asked(_ patient: String) throws -> (all: Set<String>, settling: Set<String>, next: Set<String>) {
      var shell = try Shell()
      let reply = shell.ask("patient \(patient);missing all")
      #expect(reply.codes == [])
      let all = (reply.list("required") + reply.list("refining")).compactMap { $0["finding"]?.plain }
      return (Set(all), Set(reply.strings("settles_everything")), Set(shell.ask("recommend").list("ask").compactMap { $0["finding"]?.plain }))
    }
    let (before, after) = (try asked("54F, insulinoma"), try asked("54F, insulinoma, \(stated)"))
    #expect(before.all.contains(finding) && before.settling.contains(finding))
    #expect(!after.all.contains(finding) && !after.settling.contains(finding) && !after.next.contains(finding))
  }

  @Test("a cohort of one is one patient")
  func cohortOfOne() throws {
    var (english, greek) = (try Shell(), try Shell(.greek))
    #expect(english.ask("cohort n 1 seed 2").text.contains("1 hypothetical patient, seed 2"))
    #expect(english.ask("cohort n 2 seed 2").text.contains("2 hypothetical patients, seed 2"))
    #expect(greek.ask("cohort n 1 seed 2").text.contains("1 υποθετικός ασθενής, σπόρος 2"))
    #expect(greek.ask("cohort n 2 seed 2").text.contains("2 υποθετικοί ασθενείς, σπόρος 2"))
  }

  @Test("stating what settles a rule takes it out of missing")
  func settled() throws {
    var shell = try Shell()
    _ = shell.ask("patient 54F, insulinoma 14 mm")
    let before = shell.ask("missing").list("refining").compactMap { $0["finding"]?.plain }
    #expect(before.contains("sstr2"))
    let after = shell.ask("set sstr2 positive;missing").list("refining").compactMap { $0["finding"]?.plain }
    #expect(!after.contains("sstr2"))
  }
}
