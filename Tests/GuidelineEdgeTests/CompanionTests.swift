import Grammar
import Guideline
import Testing

/// Correction 1 of the clinical corrections: no companion is wider than its fact's population in facts.tsv.
@Suite("Companions and the patients they are stated for")
struct CompanionTests {
  /// Whom a companion is stated for (`applies_to` of facts.tsv, edge cases 8, 26 and 28, E32): what it accompanies, and what
  /// else it asks of the patient.
  static let populations: [(fact: String, with: Set<String>, when: String)] = [
    ("F002", ["resection"], ""), ("F004", ["resection"], ""), ("F013", ["enucleation"], "syndrome is insulinoma"),
    ("F044", ["liver-transplant"], ""), ("F045", ["liver-transplant"], ""), ("F048", ["liver-transplant"], ""),
    ("F077", ["long-acting-ssa"], ""), ("F098", ["somatostatin-analogue"], "syndrome is vipoma"),
    ("F189", ["chemotherapy.streptozotocin"], "site is pancreas"), ("F190", ["chemotherapy.streptozotocin"], "grade one of (G2, G3)"),
    ("F191", ["chemotherapy.streptozotocin"], "rapid-progression"), ("F195", ["rfa"], ""), ("F197", ["rfa"], ""), ("F198", ["rfa"], ""),
    ("F199", ["rfa"], ""), ("F200", ["rfa-laparoscopic"], ""), ("F209", ["rfa"], ""),
    ("F210", ["liver-resection", "debulking", "embolisation", "chemoembolisation"], ""), ("F222", ["rfa"], "biliary-enteric-anastomosis"),
    ("F223", ["rfa", "debulking"], ""), ("F228", ["mibg-131i"], ""), ("F229", ["mibg-131i"], ""), ("F255", ["y90-prrt"], ""),
    ("F273", ["embolisation", "chemoembolisation"], ""), ("F277", ["embolisation", "chemoembolisation"], ""),
    ("F278", ["embolisation", "chemoembolisation"], ""), ("F279", ["embolisation", "chemoembolisation"], ""),
    ("F280", ["embolisation", "chemoembolisation"], ""), ("F281", ["embolisation", "chemoembolisation"], ""),
    ("F282", ["embolisation", "chemoembolisation"], ""), ("F283", ["embolisation", "chemoembolisation"], "tumour-lysis-risk"), ("F290", ["sirt"], ""),
  ]

  @Test("each companion of every chapter asks for its fact's population, and none is left out")
  func populations() throws {
    let guideline = try guideline()
    let companions = guideline.rules.filter { $0.isCompanion && !$0.isRemark }
    #expect(Set(companions.flatMap(\.facts)) == Set(Self.populations.map(\.fact)))
    for (fact, with, when) in Self.populations {
      let rule = try #require(companions.first { $0.facts.contains(fact) })
      #expect(Set(rule.with) == with, "\(fact)")
      #expect(rule.when == (when.isEmpty ? .always : try ConditionReader.condition(when, guideline.vocabulary)), "\(fact)")
    }
  }

  @Test("1: F013 is a check of enucleation in insulinoma; resection of a carcinoma or of a gastrinoma with MEN1 has no such check")
  func histologyOfEnucleation() throws {
    let found = #""localised-preoperatively":true,"near-surface":true,"found-at-surgery":true"#
    let insulinoma = try advice(#""syndrome":"insulinoma",\#(found)"#)
    #expect(insulinoma["F013"] == .applies)
    #expect(insulinoma.one("F013")?.with.contains("surgery.enucleation") == true)
    for other in [
      #""syndrome":"nonfunctioning","differentiation":"poor","size":40,"site":"pancreas""#, #""syndrome":"gastrinoma","men1":true,"size":25"#,
      #""syndrome":"gastrinoma","men1":false,\#(found)"#,
    ] {
      #expect(try advice(other)["F013"] == .absent, "\(other)")
    }
    // Another syndrome than the one that isn't known yet would take it away.
    #expect(try advice(#""size":25,"site":"pancreas","liver-metastases":"none""#)["F013"] == .depends(["syndrome"]))
  }
}
