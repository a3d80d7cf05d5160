import Reports
import Testing
import Wording

/// The session with which a newcomer starts: its facts, in both languages.
@Suite("A first session: an insulinoma that may be enucleated")
struct DesignSessionTests {
  static let described = [
    Language.english: "patient Maria 54F, insulinoma 14 mm in the tail, clearly localised, near the surface",
    .greek: "ασθενής Μαρία 54 γυναίκα, ινσουλίνωμα 14 mm στην ουρά, σαφώς εντοπισμένο, κοντά στην επιφάνεια",
  ]

  /// The answer to a line after the patient was described.
  private func answer(_ english: String, _ greek: String, _ language: Language) throws -> Report {
    var shell = try session(language)
    #expect(shell.run(try #require(Self.described[language])).report.errors == [])
    return shell.run(language == .greek ? greek : english).report
  }

  private func list(_ name: String, _ report: Report) -> [JSON] {
    if case .array(let values)? = JSON.fields(report.data)[name] { return values }
    return []
  }

  @Test("the patient is described in shorthand", arguments: Language.allCases)
  func described(language: Language) throws {
    let report = try answer("show", "δείξε", language)
    let stated = JSON.fields(report.data)["patient_state"]?["stated"]
    #expect(
      stated
        == .fields([
          ("age", .string("age 54 years")), ("sex", .string("sex is female")), ("location", .string("location is tail")),
          ("size", .string("size 14 mm")), ("syndrome", .string("syndrome is insulinoma")),
          ("localised-preoperatively", .string("localised-preoperatively")), ("near-surface", .string("near-surface")),
        ]))
    // The canonical form is the data's; whoever reads sees words.
    let text = report.text(.plain)
    #expect(["syndrome is", "sex is", "near-surface", "localised-preoperatively"].allSatisfy { !text.contains($0) }, "\(text)")
  }

  @Test("recommend: enucleation if found at surgery (P002) with histology and a specialised unit; diazoxide; analogues by SSTR2", arguments: Language.allCases)
  func recommend(language: Language) throws {
    let report = try answer("recommend", "σύσταση", language)
    let advice = list("advice", report)
    func rule(_ fact: String) throws -> JSON { try #require(advice.first { $0["facts"] == .strings([fact]) }) }
    let enucleation = try rule("F012")
    #expect(enucleation["stance"] == .string("do"))
    #expect(enucleation["paragraphs"] == .strings(["P002"]))
    #expect(enucleation["depends_on"] == .strings(["found-at-surgery"]))
    for (companion, paragraph) in [("F013", "P002"), ("F002", "P001")] {
      let found = try rule(companion)
      #expect(found["paragraphs"] == .strings([paragraph]))
      if case .array(let with)? = found["with"] { #expect(with.contains(.string("surgery.enucleation"))) } else { Issue.record("\(companion)") }
    }
    for fact in ["F054", "F111"] { #expect(try rule(fact)["stance"] == .string("consider")) }
    let analogues = try rule("F109")
    #expect([analogues["stance"], analogues["depends_on"]] == [.string("avoid"), .strings(["sstr2"])])
    let asked = list("ask", report).compactMap { $0["finding"] }
    #expect(asked.contains(.string("found-at-surgery")) && asked.contains(.string("sstr2")))
    let text = report.text(.plain)
    let first = try #require(text.split(separator: "\n").first)
    #expect(first.contains(language == .greek ? "Εκπυρήνιση" : "Enucleation") && first.contains("P002"))
    #expect(first.contains(language == .greek ? "αν εντοπίστηκε διεγχειρητικά" : "if found at surgery"))
    #expect(text.contains(language == .greek ? "200 έως 600 mg την ημέρα από το στόμα" : "200 to 600 mg a day by mouth"))
  }

  @Test("why enucleation: three conditions hold, one is not stated; no level or grade", arguments: Language.allCases)
  func why(language: Language) throws {
    let report = try answer("why enucleation", "γιατί εκπυρήνιση", language)
    let rule = try #require(list("advice", report).first)
    #expect(rule["rule"] == .string("surgery.enucleation"))
    guard case .array(let parts)? = rule["when"]?["parts"] else {
      Issue.record("no conditions")
      return
    }
    #expect(parts.map { $0["condition"] } == ["syndrome is insulinoma", "localised-preoperatively", "near-surface", "found-at-surgery"].map { .string($0) })
    #expect(parts.map { $0["truth"] } == ["yes", "yes", "yes", "unknown"].map { .string($0) })
    #expect([rule["level"], rule["grade"]] == [nil, nil])
    #expect(report.text(.plain).contains(language == .greek ? "χωρίς επίπεδο απόδειξης ή βαθμό σύστασης" : "no level or grade"))
  }

  @Test("what if near surface no: enucleation goes, formal resection comes nearer if the disease is localised", arguments: Language.allCases)
  func whatIf(language: Language) throws {
    let report = try answer("what if near surface no", "τι αν κοντά στην επιφάνεια όχι", language)
    let changes = list("changes", report).map { [$0["rule"], $0["change"]] }
    #expect(changes == [[.string("surgery.enucleation"), .string("lost")], [.string("surgery.enucleation-not-possible"), .string("nearer")]])
    #expect(report.text(.plain).contains(language == .greek ? "αν εντοπισμένη νόσος" : "if localised disease"))
  }

  @Test("give octreotide infusion 50 mg/h is refused with what P100 prints, how E01 reads it and what to say instead")
  func give() throws {
    #expect(
      try answer("give octreotide infusion 50 mg/h", "", .english).errorText(.plain, .english) == """
        error[dose.implausible]  octreotide infusion, the dose as typed
          P100 prints 50 mg per hour; erratum E01 reads 50 micrograms per hour (else 1200 times the ceiling in P018).
          Nothing was given. Try: give octreotide infusion 50 micrograms per hour

        """)
    let greek = try answer("", "δώσε έγχυση οκτρεοτίδης 50 mg/ώρα", .greek)
    #expect(greek.errors.map(\.code) == ["dose.implausible"])
    for part in ["P100", "E01", "50 μικρογραμμάρια ανά ώρα", "1200", "P018", "Δεν χορηγήθηκε τίποτα"] {
      #expect(greek.errorText(.plain, .greek).contains(part), "\(part)")
    }
  }
}
