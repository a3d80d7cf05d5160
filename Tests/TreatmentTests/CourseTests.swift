import Commands
import Guideline
import Patients
import Reports
import Sessions
import Testing
import Wording

/// A shell for tests, with short ways to what it answers.
struct Shell {
  var session: Session

  init(_ language: Language = .english, _ lines: String...) throws {
    session = Session(world: World(guideline: try Guideline.embedded(), commands: .standard, version: "test"), language: language)
    for line in lines { try run(line) }
  }

  /// Runs a line that must be accepted.
  @discardableResult
  mutating func run(_ line: String) throws -> Report {
    let answer = session.run(line)
    try #require(answer.report.errors.isEmpty, "\(line): \(answer.report.errors.map { $0.text(.plain, .english) })")
    return answer.report
  }

  /// Runs a line that must be refused and change nothing; returns the whole message.
  mutating func refusal(_ line: String) throws -> String {
    let before = session.state.patient
    let answer = session.run(line)
    #expect(session.state.patient == before)
    let error = try #require(answer.report.errors.first, "\(line) was accepted")
    return error.text(.plain, session.state.language)
  }

  var patient: Patient { get throws { try #require(session.state.patient) } }

  /// What is stated, in canonical form.
  func stated() throws -> [String] {
    guard case .array(let events)? = try patient.log(session.world.guideline.vocabulary)["events"] else { return [] }
    var found: [String: String] = [:]
    for event in events {
      guard case .array(let findings)? = event["findings"] else { continue }
      for case .string(let text) in findings { found[String(text.prefix { $0 != " " })] = text }
    }
    return found.values.sorted()
  }
}

extension Report {
  subscript(name: String) -> JSON? { data.first { $0.0 == name }?.1 }

  func strings(_ name: String) -> [String] {
    guard case .array(let values)? = self[name] else { return [] }
    return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  /// The rules of a list, in its order.
  func rules(_ name: String) -> [String] {
    guard case .array(let values)? = self[name] else { return [] }
    return values.compactMap { if case .string(let text)? = $0["rule"] { text } else { nil } }
  }
}

@Suite("A course over two years: gastrinoma with liver metastases")
struct GastrinomaCourseTests {
  @Test("each step is judged, changes what follows from it, and is dated")
  func course() throws {
    var shell = try Shell(
      .english,
      "patient Nikos 61M, gastrinoma, no MEN1, not resectable, liver mets bilobar, acid uncontrolled on PPI, well differentiated, progression-12-months, site pancreas"
    )
    let analogue = try shell.run("give octreotide LAR 10 mg q4w")
    #expect(analogue["stance"] != .string("not-covered"))
    #expect(analogue["dose_rule"] == .string("analogues.octreotide-lar-dose"))
    #expect(analogue.strings("sets") == ["ssa is current", "ssa-maximum-dose no"])
    #expect(analogue.strings("adverse_effects").contains { $0.hasPrefix("analogues.") })
    #expect(try shell.run("advance to next injection")["day"] == .integer(28))
    try shell.run("give octreotide LAR")
    #expect(try shell.patient.day == 28)
    try shell.run("advance 4 weeks")
    let raised = try shell.run("give octreotide LAR 30 mg every 28 days")
    #expect(raised.strings("sets") == ["ssa-maximum-dose"])
    #expect(raised.strings("notices").contains("dose.start-low") == false)

    let embolisation = try shell.run("perform embolisation")
    // F210, F273 and F277 to F282 go with every embolisation; F283 where tumour lysis is a risk, which isn't said here.
    let companions: Set = [
      "ablation.octreotide-cover-resection-embolisation", "embolisation.selection", "embolisation.staged", "embolisation.hydration",
      "embolisation.octreotide-rate", "embolisation.octreotide-timing", "embolisation.hydrocortisone", "embolisation.antibiotics",
      "embolisation.allopurinol",
    ]
    #expect(Set(embolisation.rules("companions")) == companions)
    let passed = try shell.run("advance 3 days")
    #expect(passed["windows"] != .array([]))

    let chemotherapy = try shell.run("give STZ and doxorubicin")
    #expect(chemotherapy.strings("notices").contains("dose.not-in-text"))
    #expect(chemotherapy.strings("sets") == ["prior-chemotherapy"])
    try shell.run("advance 3 months")
    try shell.run("stop STZ and doxorubicin")
    let nuclide = try shell.run("give I-131 MIBG 7.4 GBq")
    #expect([nuclide["standing"], nuclide["lead"]] == [.string("depends"), .string("mibg.previous-treatment")])
    #expect(nuclide.rules("advice").contains("mibg.previous-treatment"))
    #expect(nuclide.strings("sets") == ["prior-radionuclide"])
    #expect(nuclide.rules("companions").contains("mibg.thyroid-block"))
    try shell.run("give potassium iodide")
    try shell.run("arrange shielded isolation facility")
    try shell.run("advance 3 months")
    let second = try shell.run("give I-131 MIBG 11.2 GBq")
    #expect(second.rules("advice").contains("mibg.repeated-cycles"))
    guard case .array(let beside)? = second["companions"] else { return }
    let done = beside.filter { $0["done"] == .bool(true) }.compactMap { $0["rule"] }
    #expect(done.contains(.string("mibg.thyroid-block")))
    #expect(done.contains(.string("mibg.isolation")))

    let later = try shell.run("advance 18 months")
    #expect(later.strings("lapsed") == ["progression-12-months"])
    #expect(try shell.stated().contains("progression-12-months unknown"))
    #expect(try shell.patient.today > (try shell.patient).start.after(try #require(.init(2, .year))))

    let timeline = try shell.run("timeline")
    guard case .array(let events)? = timeline["log"]?["events"] else {
      Issue.record("the timeline holds no events")
      return
    }
    #expect(events.count > 15)
    #expect(timeline["missed"]?["octreotide-lar"] != nil)
  }

  @Test("undo works over time: the patient of before comes back whole")
  func undo() throws {
    var shell = try Shell(.english, "patient Nikos 61M, gastrinoma, progression-12-months", "give octreotide LAR 10 mg q4w")
    let before = try shell.patient
    try shell.run("advance 2 years")
    #expect(try shell.patient != before)
    try shell.run("undo")
    #expect(try shell.patient == before)
    try shell.run("redo")
    #expect(try shell.patient.day == 731)
  }

  @Test("the same patient comes from its log")
  func log() throws {
    var shell = try Shell(.english, "patient Nikos 61M, gastrinoma", "give octreotide LAR 10 mg q4w", "advance 3 months", "stop octreotide LAR")
    let patient = try shell.patient
    #expect(Patient(name: "Nikos", start: patient.start, events: Array(patient.events)) == patient)
    try shell.run("timeline")
  }
}

@Suite("Μια πορεία στα ελληνικά")
struct GreekCourseTests {
  @Test("the same course in Greek words gives the same log")
  func same() throws {
    var greek = try Shell(.greek, "ασθενής Νίκος 61 άνδρας, γαστρίνωμα, ηπατικές μεταστάσεις αμφίλοβες")
    var english = try Shell(.english, "patient Νίκος 61M, gastrinoma, liver mets bilobar")
    let pairs = [
      ("δώσε οκτρεοτίδη LAR 20 mg κάθε 4 εβδομάδες", "give octreotide LAR 20 mg every 4 weeks"),
      ("προχώρα στην επόμενη ένεση", "advance to next injection"),
      ("δώσε οκτρεοτίδη LAR", "give octreotide LAR"),
      ("ζήτησε αξονική τομογραφία", "order CT"),
      ("οργάνωσε συμβούλιο πολλών ειδικοτήτων", "arrange MDT"),
      ("εκτέλεσε εμβολισμός", "perform embolisation"),
      ("προχώρα 3 μήνες", "advance 3 months"),
      ("δώσε ιντερφερόνη 5 εκατομμύρια μονάδες τρεις φορές την εβδομάδα", "give interferon 5 MU three times a week"),
      ("προχώρα 2 έτη", "advance 2 years"),
      ("διέκοψε οκτρεοτίδη LAR", "stop octreotide LAR"),
      ("χρονολόγιο", "timeline"),
    ]
    for (line, other) in pairs {
      let said = try greek.run(line)
      let meant = try english.run(other)
      #expect(said.json(command: "", patient: nil, language: .greek).meaning == meant.json(command: "", patient: nil, language: .english).meaning, "\(line)")
    }
    #expect(try greek.patient.events == (try english.patient).events)
  }

  @Test("what has grown too old to be relied on is said with its reason, in the reader's language (F302)", arguments: Language.allCases)
  func aged(language: Language) throws {
    var shell = try Shell(
      language, language == .english ? "patient 61M, progression in the last 12 months" : "ασθενής 61 άνδρας, εξέλιξη τους τελευταίους 12 μήνες")
    let report = try shell.run(language == .english ? "advance 13 months" : "προχώρα 13 μήνες")
    #expect(report.strings("lapsed") == ["progression-12-months"])
    let row = try #require(report.text(.plain).split(separator: "\n").first { $0.contains("P113") })
    // Unknown again, which is not that there was none.
    #expect(row.contains(language == .english ? "not excluded" : "όχι αποκλεισμένη"), "\(row)")
  }
}

@Suite("What treatment changes")
struct EffectTests {
  private func sets(_ line: String, after patient: String) throws -> [String] {
    var shell = try Shell(.english, patient)
    return try shell.run(line).strings("sets")
  }

  @Test("an analogue, its highest dose, and its end")
  func analogue() throws {
    #expect(try sets("give lanreotide Autogel 120 mg q4w", after: "patient 50F, glucagonoma") == ["ssa is current", "ssa-maximum-dose"])
    var shell = try Shell(.english, "patient 50F, glucagonoma", "give octreotide LAR 30 mg q4w", "give lanreotide Autogel 60 mg q4w")
    #expect(try shell.run("stop octreotide LAR").strings("sets") == [])
    #expect(try shell.run("stop lanreotide Autogel").strings("sets") == ["ssa is none", "ssa-maximum-dose unknown"])
    #expect(try sets("give octreotide infusion 50 micrograms per hour", after: "patient 50F, glucagonoma") == [])
  }

  @Test("an operation on the primary, planned or not")
  func operation() throws {
    #expect(try sets("perform enucleation", after: "patient 50F, insulinoma") == ["primary-resected"])
    #expect(
      try sets("perform left pancreatectomy", after: "patient 50F, insulinoma, surgery-planned pancreatic") == [
        "primary-resected", "surgery-planned is none",
      ])
    #expect(try sets("perform Whipple", after: "patient 50F, insulinoma") == ["primary-resected", "biliary-enteric-anastomosis"])
    #expect(try sets("perform liver resection", after: "patient 50F, insulinoma") == [])
  }

  @Test("radioembolisation and chemoembolisation set neither, and say so")
  func silent() throws {
    for line in ["perform sirt", "perform chemoembolisation"] {
      var shell = try Shell(.english, "patient 50F, gastrinoma")
      let report = try shell.run(line)
      #expect(report.strings("sets") == [])
      #expect(Set(report.strings("silent")) == ["prior-chemotherapy", "prior-radionuclide"])
      #expect(report.text(.plain).contains("neither is set"))
    }
  }

  @Test("octreotide cover in an insulinoma without known SSTR2 shows both: the cover and what speaks against it")
  func coverInInsulinoma() throws {
    var shell = try Shell(.english, "patient 50F, insulinoma, SSTR2 negative, liver mets")
    let report = try shell.run("perform embolisation")
    guard case .array(let companions)? = report["companions"] else { return }
    let cover = companions.first { $0["subjects"] == .array([.string("octreotide-infusion")]) }
    guard case .array(let against)? = cover?["against"] else {
      Issue.record("no cover is listed")
      return
    }
    #expect(against.contains(.string("insulinoma.analogues-without-sstr2")))
    var counter = try Shell(.english, "patient 50F, glucagonoma, liver mets")
    guard case .array(let others)? = try counter.run("perform embolisation")["companions"] else { return }
    #expect(others.allSatisfy { $0["against"] == .array([]) || $0["subjects"] != .array([.string("octreotide-infusion")]) })
  }

  @Test("a test outside a case reveals nothing and asks for what it found")
  func order() throws {
    var shell = try Shell(.english, "patient 50F, insulinoma, size 14 mm")
    let before = try shell.stated()
    let report = try shell.run("order CT")
    #expect(try shell.stated() == before)
    #expect(report.strings("reveals").contains("size"))
    #expect(!report.strings("open").contains("size"))
    #expect(report.strings("open").contains("liver-metastases"))
  }

  @Test("what if judges a therapy and changes nothing")
  func whatIf() throws {
    var shell = try Shell(
      .english, "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface, found at surgery")
    let before = try shell.patient
    let report = try shell.run("what if perform enucleation")
    #expect(try shell.patient == before)
    #expect(report.strings("sets") == ["primary-resected"])
    #expect(report.rules("changes").contains("surgery.enucleation"))
    #expect(try shell.refusal("what if give octreotide LAR 25 mg q4w").hasPrefix("error[dose.amount]"))
  }
}

@Suite("Time's effects")
struct TimeEffectTests {
  @Test("progression is unknown again, not no, twelve months after it was learnt, not a day before")
  func ageing() throws {
    var shell = try Shell(.english, "patient 50F, gastrinoma", "advance 1 month", "set progression-12-months")
    #expect(try shell.run("advance 11 months").strings("lapsed") == [])
    #expect(try shell.run("advance 30 days").strings("lapsed") == [])
    #expect(try shell.run("advance 1 day").strings("lapsed") == ["progression-12-months"])
    try shell.run("set progression-12-months")
    #expect(try shell.run("advance 11 months").strings("lapsed") == [])
    let report = try shell.run("advance 1 month")
    #expect(report.text(.plain).contains("unknown again, not excluded"))
  }

  @Test("the marrow nadir after 90Y lies 4 to 6 weeks on; post-embolisation syndrome in the first 3 days")
  func windows() throws {
    var shell = try Shell(.english, "patient 50F, gastrinoma, liver mets", "give 90Y-DOTATOC", "perform embolisation")
    let report = try shell.run("timeline")
    guard case .array(let windows)? = report["windows"] else { return }
    func window(_ entry: String) -> (JSON?, JSON?)? {
      windows.first { $0["entry"] == .string(entry) }.map { ($0["from"], $0["to"]) }
    }
    let nadir = try #require(window("prrt.y90-myelosuppression"))
    #expect(nadir == (.integer(28), .integer(42)))
    let syndrome = try #require(window("embolisation.post-embolisation-syndrome"))
    #expect(syndrome == (.integer(0), .integer(3)))
  }

  @Test("creatinine clearance: the group's 7.9% a year with microangiopathy, 3.8% with 177Lu, from a stated baseline")
  func clearance() throws {
    var shell = try Shell(
      .english, "patient 50F, gastrinoma, microangiopathy, creatinine-clearance 60 mL/min")
    let given = try shell.run("give 90Y-DOTATOC").text(.plain)
    #expect(given.contains("from 60 mL/min the group's figure gives: after 1 year 55.3 mL/min, after 2 years 50.9 mL/min"))
    #expect(given.contains("a group's figure, not a forecast"))
    let lutetium = try shell.run("give 177Lu-DOTATATE").text(.plain)
    #expect(lutetium.contains("after 1 year 57.7 mL/min, after 2 years 55.5 mL/min"))
    var without = try Shell(.english, "patient 50F, gastrinoma, microangiopathy no, creatinine-clearance 60 mL/min")
    #expect(!(try without.run("give 90Y-DOTATOC").text(.plain).contains("group's figure gives")))
    var unstated = try Shell(.english, "patient 50F, gastrinoma, microangiopathy")
    #expect(try unstated.run("give 90Y-DOTATOC").text(.plain).contains("state creatinine clearance for the group's figure"))
    #expect(try shell.run("advance 2 years")["yearly"] != .array([]))
  }

  @Test("no line that holds the patient's name holds a projected figure")
  func names() throws {
    var shell = try Shell(
      .english, "patient Zenobia 50F, gastrinoma, microangiopathy, creatinine-clearance 60 mL/min")
    for line in ["give 90Y-DOTATOC", "advance 2 years", "timeline"] {
      for row in try shell.run(line).text(.plain).split(separator: "\n") where row.contains("Zenobia") {
        #expect(!row.contains("mL/min") || row.contains("60 mL/min"), "\(row)")
        #expect(!row.contains("%"), "\(row)")
      }
    }
  }

  @Test("injections that were due and not given are listed; the interval goes from 4 to 3 weeks only with symptoms before the next one")
  func injections() throws {
    var shell = try Shell(.english, "patient 50F, glucagonoma", "give octreotide LAR 20 mg q4w", "advance 3 months")
    #expect(try shell.run("timeline")["missed"]?["octreotide-lar"] == .array([.integer(28), .integer(56), .integer(84)]))
    try shell.run("give octreotide LAR")
    #expect(try shell.run("timeline")["missed"]?["octreotide-lar"] == .array([.integer(28), .integer(56), .integer(84)]))
    try shell.run("advance 4 weeks")
    #expect(try shell.refusal("give octreotide LAR 20 mg every 3 weeks").hasPrefix("error[dose.condition]"))
    try shell.run("set end-of-interval-symptoms")
    try shell.run("give octreotide LAR 20 mg every 3 weeks")
    let next = try shell.patient.day + 21
    #expect(try shell.run("advance to next injection")["day"] == .integer(next))
  }

  @Test("as planned, each injection is given on its day and none is missed")
  func planned() throws {
    var shell = try Shell(.english, "patient 50F, glucagonoma", "give octreotide LAR 20 mg q4w")
    try shell.run("advance 3 months as planned")
    #expect(try shell.patient.days(of: "octreotide-lar") == [0, 28, 56, 84])
    #expect(try shell.run("timeline")["missed"] == .object([]))
    #expect(try shell.patient.today.description == "2012-04-01")
  }

  @Test("day 0 is 2012-01-01 unless a date is stated, and the canonical form holds it")
  func start() throws {
    var shell = try Shell(.english)
    let answer = shell.session.run("patient Maria from 2013-05-31, 54F, gastrinoma")
    #expect(answer.canonical?.hasPrefix("patient \"Maria\" from 2013-05-31 ") == true)
    try shell.run("advance 1 month")
    #expect(try shell.patient.today.description == "2013-06-30")
    #expect(shell.session.run("patient Eleni from 2013-02-30, 54F").report.errors.map(\.code) == ["patient.start"])
    #expect(shell.session.run("patient Zoe from 2013-05-01 50F, gastrinoma").report.errors.isEmpty)
    #expect(try shell.patient.today.description == "2013-05-01")
    try shell.run("patient Anna 54F")
    #expect(try shell.patient.today.description == "2012-01-01")
  }

  @Test("a log is bounded at 100 years, and time runs forward in whole days")
  func bounds() throws {
    var shell = try Shell(.english, "patient 50F, gastrinoma", "advance 99 years")
    #expect(try shell.refusal("advance 2 years").hasPrefix("error[time.bounds]"))
    #expect(try shell.refusal("advance 5 hours").hasPrefix("error[time.bounds]"))
    #expect(try shell.refusal("advance 0 days").hasPrefix("error[time.bounds]"))
    #expect(try shell.refusal("advance soon").hasPrefix("error[time.unreadable]"))
    #expect(try shell.refusal("advance to next injection").hasPrefix("error[time.no-injection]"))
  }

  @Test("a log is bounded at 1,000 events")
  func events() throws {
    var shell = try Shell(.english, "patient 50F, gastrinoma")
    for _ in 1..<1000 { try shell.run("arrange MDT") }
    #expect(try shell.refusal("arrange MDT").hasPrefix("error[log.full]"))
    #expect(try shell.refusal("advance 1 day").hasPrefix("error[log.full]"))
  }
}
