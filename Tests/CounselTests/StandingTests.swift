import Commands
import Counsel
import Guideline
import Patients
import Reports
import Sessions
import Testing
import Vocabulary
import Wording

private let embedded = Result { try Guideline.embedded() }

/// What the shell answers to the last of some commands, separated by `;`.
private func ask(_ script: String, _ language: Language = .english) throws -> (data: JSON, text: String, codes: [String]) {
  var session = Session(world: World(guideline: try embedded.get(), commands: .standard, version: "test"), language: language)
  var report = Report()
  for line in script.split(separator: ";") { report = session.run(String(line)).report }
  return (.fields(report.data), report.text(.plain), report.errors.map(\.code))
}

extension JSON {
  fileprivate var plain: String? {
    var bytes: [UInt8] = []
    write(to: &bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    return text.hasPrefix("\"") ? String(text.dropFirst().dropLast()) : text
  }
  fileprivate var items: [JSON] { if case .array(let values) = self { values } else { [] } }
  fileprivate var facts: [String] { self["facts"]?.items.compactMap(\.plain) ?? [] }
}

/// The cases that semantics.md, section 10, and the edge cases name, each written from the facts.
@Suite("Where single therapies stand")
struct StandingTests {
  /// Patient, therapy, standing, the fact of the lead, its status.
  static let cases: [(patient: String, therapy: String, standing: String, fact: String?, status: String)] = [
    // P026: pump inhibitors are the treatment of choice; P014 names them as the symptomatic treatment.
    ("61M, gastrinoma", "ppi", "do", "F106", "applies"),
    // F110 holds for every insulinoma; F109 hangs on SSTR2.
    ("54F, insulinoma", "octreotide-lar", "caution", "F110", "applies"),
    ("54F, insulinoma, sstr2 negative", "octreotide-lar", "avoid", "F109", "applies"),
    // F019 is more particular than the dispute of F017.
    ("61M, gastrinoma, MEN1, 25 mm", "resection", "do", "F019", "applies"),
    ("61M, gastrinoma, MEN1, 15 mm", "resection", "disputed", "F017", "applies"),
    // F275: a caution, heard before the option of F264.
    ("60M, liver mets bilobar, symptomatic, portal vein thrombosis", "embolisation", "caution", "F275", "applies"),
    ("60M, liver mets bilobar, symptomatic, no portal vein thrombosis", "embolisation", "consider", "F264", "applies"),
    // Edge 31: useful in unresectable disease, but peptides need receptors and MIBG needs uptake.
    ("60M, not resectable", "prrt", "depends", "F224", "applies"),
    ("60M, not resectable, sstr positive", "prrt", "consider", "F224", "applies"),
    ("60M, not resectable, mibg-uptake positive", "mibg-131i", "consider", "F224", "applies"),
    ("60M, not resectable", "mibg-131i", "depends", "F224", "applies"),
    // F047: both hold, so it is to be avoided; one alone is a caution by the weaker reading.
    ("60M, pancreas, high Ki-67", "liver-transplant", "avoid", "F047", "applies"),
    ("60M, pancreas, high Ki-67 no", "liver-transplant", "caution", "F047", "applies"),
    // F086: silent stones on an analogue, no operation planned; with one planned F087.
    ("60M, ssa is current, surgery-planned is none, gallstones is asymptomatic", "cholecystectomy", "avoid", "F086", "applies"),
    ("60M, ssa is current, surgery-planned is pancreatic, gallstones is asymptomatic", "cholecystectomy", "do", "F087", "applies"),
    // Waits for the operation alone.
    ("54F, insulinoma, localised before surgery, near the surface", "enucleation", "depends", "F012", "depends"),
    // The text doesn't say whether F006 and F027 hold for what can't be resected.
    ("60M, pancreas, 30 mm, resectable, symptomatic", "resection", "do", "F006", "applies"),
    ("60M, pancreas, 30 mm, not resectable, symptomatic", "resection", "not-said", "F006", "applies"),
    ("60M, liver mets in one lobe, resectable liver metastases no", "liver-resection", "not-said", "F027", "applies"),
    ("60M, liver mets in one lobe, resectable liver metastases", "liver-resection", "consider", "F023", "applies"),
    // Nothing of the text is about zinc in an insulinoma.
    ("54F, insulinoma", "zinc", "not-covered", nil, "absent"),
  ]

  @Test("the standing, the lead and its status", arguments: cases.indices)
  func standing(place: Int) throws {
    let (patient, therapy, standing, fact, status) = Self.cases[place]
    for line in ["recommend \(therapy)", "why \(therapy)", "arguments \(therapy)"] {
      let answer = try ask("patient \(patient);\(line)")
      #expect(answer.codes == [], "\(line)")
      #expect(answer.data["standing"]?.plain == standing, "\(patient): \(line)")
      #expect(answer.data["status"]?.plain == status, "\(patient): \(line)")
      let advice = answer.data["advice"]?.items ?? []
      if let fact {
        #expect(advice.first?.facts.contains(fact) == true, "\(patient): \(line)")
      } else {
        #expect(answer.data["lead"] == .null, "\(patient): \(line)")
      }
    }
  }

  @Test("F019 and F017 are one line, with both sides", arguments: Language.allCases)
  func bothSides(language: Language) throws {
    let answer = try ask("patient 61M, gastrinoma, MEN1, 25 mm;recommend", language)
    let ranks = ["surgery.gastrinoma-men1", "surgery.gastrinoma-men1-disputed"].compactMap { id in
      answer.data["advice"]?.items.first { $0["rule"]?.plain == id }?["rank"]?.plain
    }
    #expect(ranks == ["1", "1"])
    let line = answer.text.split(separator: "\n").first.map(String.init) ?? ""
    #expect(line.contains("✓") && line.contains("±"))
  }

  @Test("a caution or avoid that hangs on one finding is named with the lead (F109)", arguments: Language.allCases)
  func unless(language: Language) throws {
    let answer = try ask("patient 54F, insulinoma;recommend octreotide LAR", language)
    #expect(answer.text.contains(language == .greek ? "SSTR2 αρνητικός (δεν συνιστάται, F109)" : "SSTR2 negative (not advised, F109)"))
    let settled = try ask("patient 54F, insulinoma, sstr2 positive;recommend octreotide LAR", language)
    #expect(!settled.text.contains("F109"))
  }

  @Test("enucleation stands as said before it is performed, and is not called uncovered by perform")
  func performed() throws {
    let why = try ask("patient 54F, insulinoma 14 mm;why enucleation")
    let perform = try ask("patient 54F, insulinoma 14 mm;perform enucleation")
    #expect(why.data["standing"]?.plain == "depends")
    #expect(perform.data["standing"] == why.data["standing"] && perform.data["lead"] == why.data["lead"])
    #expect(!perform.text.contains("not covered"))
  }

  @Test("not covered is said only where no statement on the therapy or a group above it is live, on four sparse patients")
  func notCovered() throws {
    let guideline = try embedded.get()
    for patient in ["54F, insulinoma 14 mm", "61M, gastrinoma", "50M", "60M, pancreas, liver mets"] {
      var session = Session(world: World(guideline: guideline, commands: .standard, version: "test"), language: .english)
      _ = session.run("patient \(patient)")
      for therapy in guideline.vocabulary.therapies where therapy.kind == .procedure || therapy.kind == .drug {
        var copy = session
        let report = copy.run((therapy.kind == .procedure ? "perform " : "give ") + therapy.id).report
        guard report.errors.isEmpty, let before = session.state.patient else { continue }
        let near = Set([therapy.id] + guideline.vocabulary.groups(above: therapy.id))
        let evaluation = guideline.evaluate(guideline.inference.known(before), given: before.given)
        let isLive = guideline.rules.contains {
          !$0.isRemark && evaluation[$0.index].status != .absent && !near.isDisjoint(with: $0.subjects)
        }
        let isUncovered = JSON.fields(report.data)["standing"]?.plain == "not-covered"
        #expect(isUncovered == !isLive, "\(patient): \(therapy.id)")
      }
    }
  }

  @Test("unless names the cautions and the advice against that hang on one finding, each of them and nothing else")
  func unless() throws {
    let guideline = try embedded.get()
    var patients = DrawnPatients(seed: 11, guideline)
    var counts = (named: 0, left: 0)
    for number in 0..<60 {
      let counsel = Counsel(guideline, patients.next())
      for therapy in guideline.vocabulary.therapies {
        let standing = counsel.standing(of: therapy.id)
        for index in standing.statements.dropFirst() {
          let rule = guideline.rules[index]
          let hangs = counsel.status(index) == .depends && counsel.evaluation[index].dependsOn.count == 1
          let isNamed = [.avoid, .caution].contains(rule.stance) && hangs && !rule.isCompanion
          #expect(standing.unless.contains(index) == isNamed, "patient \(number), \(therapy.id): \(rule.id)")
          counts = (counts.named + (isNamed ? 1 : 0), counts.left + (isNamed ? 0 : 1))
        }
      }
    }
    #expect(counts.named > 20 && counts.left > 100)
  }
}

/// What is near enough to be told of, what takes away, and what is ordered first.
@Suite("Bounds, overriding statements with unknowns, and the cheaper of two tests")
struct BoundTests {
  @Test("what depends is near with one or two open findings and a test that is met; with three, or none met, it is counted alone (F012)")
  func near() throws {
    func enucleation(_ patient: String) throws -> (isListed: Bool, open: [String]) {
      let answer = try ask("patient \(patient);arguments")
      let entry = answer.data["depends"]?.items.first { $0["rule"]?.plain == "surgery.enucleation" }
      return (entry != nil, entry?["depends_on"]?.items.compactMap(\.plain) ?? [])
    }
    let three = try enucleation("54F, insulinoma")
    #expect(!three.isListed)
    let two = try enucleation("54F, insulinoma, near the surface")
    #expect(two.isListed && two.open == ["localised-preoperatively", "found-at-surgery"])
    // No test of it is met: the syndrome alone is open, and nothing speaks for an insulinoma.
    let patient = "54F, localised before surgery, near the surface, found at surgery"
    #expect(try enucleation(patient).open == ["syndrome"])
    let unmet = try ask("patient 54F;arguments")
    #expect(unmet.data["depends"]?.items.contains { $0["rule"]?.plain == "symptomatic.diazoxide" } == false)
    #expect(unmet.data["more_depend"].flatMap(\.plain).flatMap { Int($0) } ?? 0 > 0)
  }

  @Test("a statement that only may take away is named as overriding, one that can't isn't (F024 over F006)")
  func overriding() throws {
    let patient = "patient 60M, pancreas, 30 mm, liver mets bilobar, resectable liver metastases no"
    func answer(_ more: String) throws -> (overriding: [String], status: String?) {
      let entry = try #require(try ask(patient + more + ";why surgery.larger-than-2-cm").data["advice"]?.items.first)
      return (entry["overridden_by"]?.items.compactMap(\.plain) ?? [], entry["status"]?.plain)
    }
    let disputed = "surgery.primary-with-unresectable-liver-metastases"
    let open = try answer("")
    #expect(open.overriding == [disputed] && open.status == "depends")
    let taken = try answer(", asymptomatic")
    #expect(taken.overriding == [disputed] && taken.status == "absent")
    let free = try answer(", symptomatic")
    #expect(free.overriding == [] && free.status == "applies")
  }

  @Test(
    "a procedure that waits only for the operation is performed with the operation's finding alone named (F012)", arguments: ["perform", "why", "recommend"])
  func waits(verb: String) throws {
    let patient = "patient 54F, insulinoma, localised before surgery, near the surface;\(verb) enucleation"
    let answer = try ask(patient)
    #expect(answer.data["depends_on"]?.items.compactMap(\.plain) == ["found-at-surgery"])
    #expect(answer.data["lead"]?.plain == "surgery.enucleation")
    // Counter-case: what is open before the operation is asked for first.
    let open = try ask("patient 54F, insulinoma, near the surface;\(verb) enucleation")
    #expect(open.data["depends_on"]?.items.compactMap(\.plain) == ["localised-preoperatively", "found-at-surgery"])
  }

  @Test("of two tests that find the same the cheaper is ordered first, whichever is listed first; at one cost the first listed")
  func cost() throws {
    let guideline = try embedded.get()
    let vocabulary = guideline.vocabulary
    let counsel = Counsel(guideline, guideline.inference.known([:]))
    let tests = try vocabulary.tests
    let (ct, mri) = (try #require(tests.id("ct")), try #require(tests.id("mri")))
    #expect(ct.reveals == mri.reveals && ct.cost < mri.cost)
    let helpful = try counsel.helpful()
    #expect(counsel.order([ct, mri], helpful) == [0, 1])
    #expect(counsel.order([mri, ct], helpful) == [1, 0])
    #expect(counsel.order([mri, ct, ct], helpful) == [1, 2, 0])
  }

  @Test("missing asks for the cheaper of two tests that find the same, whichever that is")
  func cheapest() throws {
    func tests(_ change: (String) -> String) throws -> [String] {
      let files = TextFile.embedded(prefix: "vocabulary/").map { file in
        file.name.hasSuffix("tests.txt") ? TextFile(name: file.name, bytes: Array(change(file.withBytes { String(decoding: $0, as: UTF8.self) }).utf8)) : file
      }
      let vocabulary = try Vocabulary(files: files)
      let guideline = try Guideline(files: TextFile.embedded(prefix: "chapters/"), vocabulary: vocabulary)
      var session = Session(world: World(guideline: guideline, commands: .standard, version: "test"), language: .english)
      _ = session.run("patient 60F, nonfunctioning, pancreas, 30 mm")
      return JSON.fields(session.run("missing").report.data)["tests"]?.items.compactMap { $0["test"]?.plain } ?? []
    }
    let plain = try tests { $0 }
    #expect(plain.contains("ct") && !plain.contains("mri"))
    let dear = try tests { text in
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if let ct = lines.firstIndex(of: "test ct"), let cost = lines[ct...].firstIndex(where: { $0.hasPrefix("cost ") }) { lines[cost] = "cost 5" }
      return lines.joined(separator: "\n")
    }
    #expect(dear.contains("mri") && !dear.contains("ct"))
  }
}

/// Corrections 1 to 3 of the clinical corrections, as far as they are Counsel's.
@Suite("Companions, what can't be resected, what was done")
struct CorrectionTests {
  @Test("1: F013 beside advice on resection alone shows as if enucleation is chosen, in recommend and in eval, and is never forgotten")
  func ifChosen() throws {
    let resection = "patient 61M, insulinoma, pancreas, 30 mm, not near the surface, symptomatic"
    let answer = try ask(resection + ";recommend all")
    let entry = try #require(answer.data["advice"]?.items.first { $0.facts == ["F013"] })
    #expect(entry["status"]?.plain == "applies" && entry["if"]?.items.compactMap(\.plain) == ["enucleation"])
    #expect(answer.text.contains("Histology must show complete excision and benign features · if enucleation is chosen"))
    // The counter-case: once enucleation itself is advised, nothing hangs on its choice.
    let enucleation = try ask("patient 54F, insulinoma, localised before surgery, near the surface, found at surgery;recommend all")
    let direct = try #require(enucleation.data["advice"]?.items.first { $0.facts == ["F013"] })
    #expect(direct["status"]?.plain == "applies" && direct["if"] == nil)
    let guideline = try embedded.get()
    let stated = try #require(try sessionPatient(resection))
    #expect(!Counsel(guideline, stated).forgotten.contains { guideline.rules[$0].facts == ["F013"] })
  }

  @Test("1: F013 is not said of a carcinoma or of a gastrinoma with MEN1")
  func otherSyndromes() throws {
    for patient in ["61M, gastrinoma, MEN1, 25 mm", "60M, nonfunctioning, pancreas, poorly differentiated, 30 mm"] {
      let answer = try ask("patient \(patient);recommend all")
      #expect(answer.data["advice"]?.items.contains { $0.facts == ["F013"] } == false, "\(patient)")
    }
  }

  @Test("2: advice on what can't be resected stands among the options, with what the text doesn't say (F006, F027)", arguments: Language.allCases)
  func notSaid(language: Language) throws {
    let remark =
      language == .greek ? "το κείμενο δεν λέει αν ισχύει και σε ανεγχείρητη νόσο" : "the text doesn't say whether this holds for what can't be resected"
    for (patient, fact) in [
      ("patient 60M, pancreas, 30 mm, not resectable, symptomatic", "F006"), ("patient 60M, liver mets in one lobe, liver-resectable no", "F027"),
    ] {
      let answer = try ask(patient + ";recommend", language)
      let entry = try #require(answer.data["advice"]?.items.first { $0.facts == [fact] })
      #expect(entry["status"]?.plain == "applies" && entry["tier"]?.plain == "option", "\(fact)")
      #expect(try ask(patient + ";recommend all", language).text.contains(remark), "\(fact)")
    }
    let resectable = try ask("patient 60M, pancreas, 30 mm, resectable, symptomatic;recommend all", language)
    #expect(resectable.data["advice"]?.items.first { $0.facts == ["F006"] }?["tier"]?.plain == "lead")
    #expect(!resectable.text.contains(remark))
  }

  @Test(
    "3: what was done is carried out; where the text speaks of sessions, steps or cycles it was done once",
    arguments: [
      ("60M, liver mets in one lobe, liver-resectable", "perform liver-resection", "liver-resection", "carried-out"),
      ("60M, insulinoma, localised before surgery, near the surface", "perform enucleation", "enucleation", "carried-out"),
      ("60M, liver mets bilobar, liver-resectable no", "perform rfa-percutaneous", "rfa", "done once"),
      ("60M, liver mets bilobar, symptomatic", "perform embolisation", "embolisation", "done once"),
      ("60M, not resectable, mibg-uptake positive", "give mibg 7.4 GBq", "mibg-131i", "done once"),
    ])
  func carriedOut(patient: String, act: String, therapy: String, expected: String) throws {
    let before = try ask("patient \(patient);recommend \(therapy)")
    let after = try ask("patient \(patient);\(act);recommend \(therapy)")
    #expect(before.data["standing"]?.plain != "carried-out" && !before.text.contains("done once"))
    if expected == "carried-out" {
      #expect(after.data["standing"]?.plain == "carried-out" && after.text.contains("carried out"))
    } else {
      #expect(after.data["standing"]?.plain != "carried-out" && after.text.contains("done once"))
    }
  }

  private func sessionPatient(_ line: String) throws -> Patient? {
    var session = Session(world: World(guideline: try embedded.get(), commands: .standard, version: "test"), language: .english)
    _ = session.run(line)
    return session.state.patient
  }
}

/// Correction 3: what was stopped for progression.
@Suite("Drugs stopped for progression")
struct StoppedDrugTests {
  @Test("a drug stopped for progression is not offered again without that being said; one stopped without it is", arguments: Language.allCases)
  func stopped(language: Language) throws {
    let said = language == .greek ? "διακόπηκε με εξέλιξη" : "stopped with progression"
    let before = "patient 58M, carcinoid syndrome, sstr2 positive, symptomatic;give octreotide LAR 30 mg every 4 weeks;advance 6 months"
    let progressed = try ask(before + ";set progression-12-months;stop octreotide LAR;recommend all", language)
    #expect(progressed.codes == [] && progressed.text.contains(said))
    let ended = try ask(before + ";stop octreotide LAR;recommend all", language)
    #expect(ended.codes == [] && !ended.text.contains(said))
  }
}
