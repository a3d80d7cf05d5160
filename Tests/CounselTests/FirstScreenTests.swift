import Commands
import Counsel
import Guideline
import Reports
import Sessions
import Testing
import Wording

/// Six patients of whom a clinician said what must be met in the first eight lines of `recommend`, by fact, and what must not.
@Suite("What must be seen first")
struct FirstScreenTests {
  struct Patient {
    let name: String
    let line: String
    /// Facts with their status.
    let seen: [(fact: String, status: String)]
    let unseen: [String]
    /// What the screen must name, in either language.
    let words: [Words]
  }

  static let patients: [Patient] = [
    Patient(
      name: "A", line: "patient 54F, insulinoma 14 mm in the tail",
      seen: [("F012", "depends"), ("F054", "applies"), ("F111", "applies"), ("F110", "applies"), ("F109", "depends")],
      unseen: ["F139", "F152", "F185", "F046", "F047"],
      words: [
        Words("200 to 600 mg a day", "200 έως 600 mg την ημέρα"), Words("if SSTR2 negative", "αν SSTR2 αρνητικός"),
        Words("found at surgery: enucleation ✓", "εντοπίστηκε διεγχειρητικά: εκπυρήνιση ✓"),
      ]),
    Patient(
      name: "B", line: "patient 58M, pancreatic NET, G2, Ki-67 12%, liver mets bilobar, SSTR positive, progression in the last 12 months",
      seen: [("F300", "depends"), ("F188", "depends"), ("F194", "depends"), ("F224", "depends")],
      unseen: ["F139", "F112", "F141", "F109", "F110", "F106", "F107"],
      words: [
        Words("well differentiated: sunitinib or everolimus ○", "καλής διαφοροποίησης: σουνιτινίμπη ή εβερόλιμους ○"),
        Words("liver metastases not resectable: radiofrequency ablation ✓", "μη εξαιρέσιμες ηπατικές μεταστάσεις: θερμοπηξία με ραδιοσυχνότητες ✓"),
      ]),
    Patient(
      name: "C", line: "patient 61M, gastrinoma, MEN1, 8 mm",
      seen: [("F106", "applies"), ("F126", "applies"), ("F017", "applies"), ("F107", "depends"), ("F108", "depends")],
      unseen: ["F139", "F152", "F019"],
      words: [Words("older data suggest shorter survival", "μικρότερη επιβίωση σε παλαιότερα δεδομένα")]),
    Patient(
      name: "D", line: "patient 63F, poorly differentiated pancreatic NET, Ki-67 60%, liver mets bilobar",
      seen: [("F187", "applies"), ("F047", "applies")], unseen: ["F139", "F188", "F300"],
      words: [Words("If chemotherapy is considered: platinum-based", "Αν εξετάζεται χημειοθεραπεία: με πλατίνα")]),
    Patient(
      name: "E", line: "patient 45F, nonfunctioning, 12 mm, asymptomatic, pancreatic head, G1",
      seen: [("F021", "depends"), ("F022", "depends")], unseen: ["F139", "F152", "F185", "F187", "F188", "F040"],
      words: [Words("depending on extent of disease: multidisciplinary team discussion ✓", "ανάλογα με το εύρημα έκταση νόσου: συμβούλιο πολλών ειδικοτήτων ✓")]
    ),
    Patient(
      name: "F", line: "patient 50M, VIPoma, life-threatening diarrhoea, hypokalaemia, dehydration",
      seen: [("F093", "applies"), ("F072", "applies"), ("F142", "depends")], unseen: ["F139", "F152"],
      words: [Words("80 to 90%", "80 έως 90%"), Words("corticosteroids ○", "κορτικοστεροειδή ○")]),
  ]

  private func screen(_ patient: Patient, _ language: Language) throws -> (data: JSON, lines: [String]) {
    let world = World(guideline: try Guideline.embedded(), commands: .standard, version: "test")
    var session = Session(world: world, language: language)
    let made = session.run(patient.line)
    #expect(made.report.errors.map(\.code) == [], "\(patient.name)")
    let report = session.run("recommend").report
    return (.fields(report.data), report.text(TextStyle(columns: 80, isColoured: false)).split(separator: "\n").map(String.init))
  }

  @Test("each fact that must be met has its status and a place among the first eight", arguments: patients.indices, Language.allCases)
  func seen(place: Int, language: Language) throws {
    let patient = Self.patients[place]
    let (data, lines) = try screen(patient, language)
    guard case .array(let advice)? = data["advice"] else {
      Issue.record("no advice")
      return
    }
    func stating(_ fact: String) -> [JSON] {
      advice.filter { if case .array(let facts)? = $0["facts"] { facts.contains(.string(fact)) } else { false } }
    }
    func rank(_ entry: JSON) -> Int {
      var bytes: [UInt8] = []
      entry["rank"]?.write(to: &bytes)
      return Int(String(decoding: bytes, as: UTF8.self)) ?? .max
    }
    for (fact, status) in patient.seen {
      let entries = stating(fact)
      #expect(entries.contains { rank($0) <= 8 && $0["status"] == .string(status) }, "\(patient.name): \(fact)")
    }
    for fact in patient.unseen {
      for entry in stating(fact) where entry["status"] == .string("applies") {
        #expect(rank(entry) > 8 || entry["tier"] == .string("general"), "\(patient.name): \(fact)")
      }
    }
    let text = lines.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ")
      .split(separator: " ").filter { $0.count != 4 || !$0.hasPrefix("P") || Int($0.dropFirst()) == nil }.joined(separator: " ")
    for words in patient.words { #expect(text.contains(words[language]), "\(patient.name): \(words[language])\n\(lines.joined(separator: "\n"))") }
    #expect(lines.count <= 16)
  }

  @Test("every live statement has a rank: what no test is met of the last one, a companion that of its first host, with its tier")
  func ranks() throws {
    let guideline = try Guideline.embedded()
    let world = World(guideline: guideline, commands: .standard, version: "test")
    var (rest, companions) = (0, 0)
    for patient in Self.patients {
      var session = Session(world: world, language: .english)
      _ = session.run(patient.line)
      let counsel = Counsel(guideline, try #require(session.state.patient))
      let answer = Recommendation(counsel)
      let placed = answer.lines.flatMap(\.all) + answer.general
      let last = placed.compactMap { answer.rank(of: $0) }.max() ?? 0
      #expect(placed.allSatisfy { answer.rank(of: $0) != nil })
      for rule in answer.rest {
        rest += 1
        #expect(answer.rank(of: rule) == last + 1, "\(patient.name): \(guideline.rules[rule].id)")
      }
      for live in counsel.evaluation.live where guideline.rules[live.rule].isCompanion {
        let hosts = live.accompanies.filter { placed.contains($0) || answer.rest.contains($0) }
        guard let rank = hosts.compactMap({ answer.rank(of: $0) }).min() else { continue }
        companions += 1
        #expect(answer.rank(of: live.rule) == rank, "\(patient.name): \(guideline.rules[live.rule].id)")
        let tiers = hosts.filter { answer.rank(of: $0) == rank }.map { answer.tier(of: $0) }
        #expect(tiers.contains(answer.tier(of: live.rule)), "\(patient.name): \(guideline.rules[live.rule].id)")
      }
    }
    #expect(rest > 50 && companions > 10)
  }

  @Test("what depends and says the same of the same therapy as what applies stands on its line, not for itself")
  func again() throws {
    let guideline = try Guideline.embedded()
    var patients = DrawnPatients(seed: 7, guideline)
    var count = 0
    for number in 0..<300 {
      let counsel = Counsel(guideline, patients.next())
      let answer = Recommendation(counsel)
      let applying = guideline.rules.filter {
        !$0.isRemark && !$0.isCompanion && $0.when != .always && counsel.status($0.index) == .applies && !counsel.isNotSaid($0.index)
      }
      for rule in guideline.rules where rule.stance?.isPositive == true && !rule.isCompanion && rule.reading == nil && !rule.isBackground {
        guard counsel.status(rule.index) == .depends, !counsel.waitsForOperation(rule.index), ReferenceStanding.met(rule.when, counsel.known) > 0
        else { continue }
        let same = applying.filter { $0.subjects == rule.subjects && $0.stance == rule.stance }.compactMap { answer.rank(of: $0.index) }
        guard let rank = answer.rank(of: rule.index), !same.isEmpty else { continue }
        count += 1
        #expect(same.contains(rank), "patient \(number): \(rule.id)")
      }
    }
    #expect(count > 20)
  }

  @Test("F187 stands before every other systemic treatment of patient D, and F106 with F126 on one line of patient C")
  func order() throws {
    func ranks(_ name: String) throws -> [String: Int] {
      let patient = try #require(Self.patients.first { $0.name == name })
      guard case .array(let advice)? = try screen(patient, .english).data["advice"] else { return [:] }
      return Dictionary(
        advice.compactMap { entry -> (String, Int)? in
          var bytes: [UInt8] = []
          entry["rank"]?.write(to: &bytes)
          guard case .string(let rule)? = entry["rule"], let rank = Int(String(decoding: bytes, as: UTF8.self)) else { return nil }
          return (rule, rank)
        }, uniquingKeysWith: { first, _ in first })
    }
    let poor = try ranks("D")
    let platinum = try #require(poor["chemotherapy.platinum"])
    for rule in ["interferon.alone-or-combined", "symptomatic.analogues", "analogues.long-acting", "radionuclide.standard"] {
      if let other = poor[rule] { #expect(other > platinum, "\(rule)") }
    }
    let gastrinoma = try ranks("C")
    #expect(gastrinoma["gastrinoma.ppi"] == gastrinoma["ppi.gastrinoma"])
  }

  @Test("the same rules in the same order in both languages", arguments: patients.indices)
  func languages(place: Int) throws {
    let rules = try Language.allCases.map { language -> [String] in
      guard case .array(let advice)? = try screen(Self.patients[place], language).data["advice"] else { return [] }
      return advice.compactMap { if case .string(let rule)? = $0["rule"] { rule } else { nil } }
    }
    #expect(rules[0] == rules[1] && !rules[0].isEmpty)
  }
}
