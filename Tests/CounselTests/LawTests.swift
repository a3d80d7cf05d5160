import Commands
import Counsel
import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Teaching
import Testing
import Vocabulary
import Wording

/// The law of semantics.md, section 10: one statement leads on a therapy, wherever it is asked.
@Suite("One place says where a therapy stands")
struct LawTests {
  private static let guideline = Result { try Guideline.embedded() }

  @Test("1,000 patients, every therapy and group: the lead is the one that section 10 names, and there is one wherever a statement is live")
  func lead() throws {
    let guideline = try Self.guideline.get()
    var patients = DrawnPatients(seed: 20_121, guideline)
    var compared = 0
    for number in 0..<1_000 {
      let counsel = Counsel(guideline, patients.next())
      for therapy in guideline.vocabulary.therapies {
        let standing = counsel.standing(of: therapy.id)
        let reference = ReferenceStanding(guideline, counsel.evaluation, therapy.id)
        compared += 1
        guard standing.lead.map({ guideline.rules[$0].id }) != reference.lead || standing.status != reference.status else { continue }
        Issue.record(
          "patient \(number), \(therapy.id): \(standing.lead.map { guideline.rules[$0].id } ?? "none"), not \(reference.lead ?? "none")")
      }
    }
    #expect(compared == 1_000 * guideline.vocabulary.therapies.count)
  }

  /// A dose that the text gives, for drugs whose dose must be said.
  private static let doses = [
    "octreotide": "100 mcg three times a day sc", "octreotide-lar": "20 mg every 4 weeks", "lanreotide-autogel": "90 mg every 4 weeks",
    "lanreotide-la": "30 mg every 14 days", "diazoxide": "300 mg a day", "interferon-alpha": "3 million units three times a week",
    "everolimus": "10 mg a day", "sunitinib": "37.5 mg a day", "mibg-131i": "7.4 GBq", "hydrocortisone": "100 mg", "zinc": "",
  ]

  @Test("why, recommend, arguments, what if, give and perform name the same lead with the same status", arguments: Language.allCases)
  func everywhere(language: Language) throws {
    let guideline = try Self.guideline.get()
    let world = World(guideline: guideline, commands: .standard, version: "test")
    let therapies = guideline.vocabulary.therapies
    var patients = DrawnPatients(seed: language == .greek ? 7 : 8, guideline)
    var acted: Set<String> = []
    var next = 0
    for number in 0..<1_000 {
      let patient = patients.next()
      let session = Session(world: world, language: language, patient: patient)
      let counsel = Counsel(guideline, patient)
      for _ in 0..<2 {
        let therapy = therapies[next % therapies.count]
        next += 1
        let standing = counsel.standing(of: therapy.id)
        let lead = standing.lead.map { JSON.string(guideline.rules[$0].id) } ?? .null
        var lines = ["why \(therapy.id)", "recommend \(therapy.id)", "arguments \(therapy.id)"]
        switch therapy.kind {
        case .procedure: lines += ["perform \(therapy.id)", "what if perform \(therapy.id)"]
        case .drug, .radionuclide:
          let dose = Self.doses[therapy.id].map { " " + $0 } ?? ""
          lines += ["give \(therapy.id)\(dose)", "what if give \(therapy.id)\(dose)"]
        case .group, .setting, .test: break
        }
        for line in lines {
          var copy = session
          let report = copy.run(line).report
          let isAct = line.hasPrefix("give") || line.hasPrefix("perform") || line.hasPrefix("what if")
          if !report.errors.isEmpty {
            #expect(isAct, "\(line): \(report.errors.map(\.code))")
            continue
          }
          if isAct { acted.insert(therapy.id) }
          let data = JSON.fields(report.data)
          #expect(data["lead"] == lead, "patient \(number), \(line)")
          #expect(data["standing"] == .string(standing.kind.id), "patient \(number), \(line)")
          if case .array(let advice)? = data["advice"], standing.lead != nil {
            #expect(advice.first?["rule"] == lead && advice.first?["status"] == .string(standing.status.rawValue), "patient \(number), \(line)")
          }
        }
      }
    }
    let actable = therapies.filter { [.procedure, .drug, .radionuclide].contains($0.kind) }
    #expect(acted.count == actable.count, "\(actable.map(\.id).filter { !acted.contains($0) })")
  }

  @Test("a case's mark rests on the same lead, whoever the patient is", arguments: Language.allCases)
  func marks(language: Language) throws {
    let guideline = try Self.guideline.get()
    let world = World(guideline: guideline, commands: Registry.standard(adding: Command.teaching), version: "test")
    let therapies = guideline.vocabulary.therapies.filter { [.procedure, .drug, .radionuclide].contains($0.kind) }
    var patients = DrawnPatients(seed: language == .greek ? 27 : 28, guideline)
    var marked: Set<String> = []
    var next = 0
    for number in 0..<250 {
      let patient = patients.next()
      let stated = patient.statedFindings.compactMap { place in patient.stated[place].map { Printer.statement(place, $0, guideline.vocabulary) } }
      let text = """
        islet scenario 1
        title "T" | "Τ"
        author "islet"
        languages en el
        level student
        minutes 5
        objective "O" | "Ο"
        guideline 1
        consult costs 1
        feedback each
        patient Trial \(stated.joined(separator: ", "))
        act "Treat." | "Θεραπεύστε."
        """
      let scenario = try #require(ScenarioReader.read(Array(text.utf8), file: "a.islet", world).scenario, "\(text)")
      for _ in 0..<4 {
        let therapy = therapies[next % therapies.count]
        next += 1
        var play = Play(scenario, world: world, language: language, attempt: 1)
        _ = play.open()
        let dose = Self.doses[therapy.id].map { " " + $0 } ?? ""
        let line = therapy.kind == .procedure ? "perform \(therapy.id)" : "give \(therapy.id)\(dose)"
        let data = JSON.fields(play.answer(to: line).report.data)
        guard let mark = data["mark"] else { continue }
        marked.insert(therapy.id)
        let standing = Counsel(guideline, patient).standing(of: therapy.id)
        #expect(data["rule"] ?? .null == standing.lead.map { JSON.string(guideline.rules[$0].id) } ?? .null, "patient \(number), \(line)")
        #expect((mark == .string("not-covered")) == (standing.lead == nil), "patient \(number), \(line)")
      }
    }
    #expect(marked.count == therapies.count, "\(therapies.map(\.id).filter { !marked.contains($0) })")
  }

  @Test("recommend shows at most 16 lines at 80 columns whoever the patient is, and no statement that leads is only counted", arguments: Language.allCases)
  func screen(language: Language) throws {
    let guideline = try Self.guideline.get()
    let world = World(guideline: guideline, commands: .standard, version: "test")
    var patients = DrawnPatients(seed: 31, guideline)
    for number in 0..<400 {
      let patient = patients.next()
      var session = Session(world: world, language: language, patient: patient)
      let report = session.run("recommend").report
      for columns in [60, 80, 120, 200] {
        let lines = report.text(TextStyle(columns: columns, isColoured: false)).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for line in lines { #expect(Display.width(String(line)) <= columns, "patient \(number): \(line)") }
        if columns == 80 { #expect(lines.count <= 16, "patient \(number):\n\(lines.joined(separator: "\n"))") }
      }
      let recommendation = Recommendation(Counsel(guideline, patient))
      let text = report.text(.plain)
      for (place, line) in recommendation.lines.enumerated() where line.tier == .lead {
        #expect(text.contains("\(place + 1) "), "patient \(number), line \(place + 1)")
        #expect(text.contains(guideline.rules[line.head].paragraphs[0]), "patient \(number), \(guideline.rules[line.head].id)")
      }
    }
  }

  @Test("each statement has its rank and tier: lead, option, pending and general as section 10 defines them, ranks in that order")
  func tiers() throws {
    let guideline = try Self.guideline.get()
    let world = World(guideline: guideline, commands: .standard, version: "test")
    let groups: Set = ["tumour", "spread", "liver", "course", "receptors", "symptoms", "treatment"]
    var patients = DrawnPatients(seed: 99, guideline)
    for number in 0..<300 {
      let patient = patients.next()
      var session = Session(world: world, language: .english, patient: patient)
      guard case .array(let advice)? = JSON.fields(session.run("recommend").report.data)["advice"] else {
        Issue.record("no advice")
        continue
      }
      let counsel = Counsel(guideline, patient)
      let known = counsel.known
      var last: (rank: Int, tier: Int)?
      for entry in advice {
        guard case .string(let id)? = entry["rule"], let rule = guideline.rule(id: id),
          let rank = entry["rank"]?.whole
        else {
          Issue.record("patient \(number): no rank")
          continue
        }
        guard !rule.isCompanion else { continue }
        let isMet = ReferenceStanding.met(rule.when, known) > 0
        let isOwn =
          ReferenceStanding.met(rule.when, known) { index in
            let finding = guideline.vocabulary.findings[index]
            return groups.contains(finding.group) || finding.id == "men1"
          } > 0
        let expected: String?
        if rule.when == .always {
          expected = "general"
        } else if counsel.status(rule.index) == .applies {
          expected = counsel.isNotSaid(rule.index) ? "option" : isOwn ? "lead" : "option"
        } else {
          expected = isMet ? "pending" : ""
        }
        if let expected { #expect(entry["tier"] == (expected.isEmpty ? .null : .string(expected)), "patient \(number), \(id)") }
        // Ranks rise with the tiers, save that what waits only for the operation stands as if it applied and a caution of its own last.
        let tier = ["lead": 0, "option": 1, "pending": 2, "general": 3][entry["tier"]?.plain ?? ""] ?? 4
        if counsel.status(rule.index) == .applies, rule.stance != .caution, !counsel.isCarriedOut(rule.index) {
          if let last, rank > last.rank { #expect(tier >= last.tier, "patient \(number), \(id)") }
          if tier > (last?.tier ?? -1) { last = (rank, tier) }
        }
      }
    }
  }
}

extension JSON {
  fileprivate var plain: String? { if case .string(let text) = self { text } else { nil } }
  fileprivate var whole: Int? {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return Int(String(decoding: bytes, as: UTF8.self))
  }
}
