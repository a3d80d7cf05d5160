import Testing

/// Edge cases 1 to 8. Expected answers are written from facts.tsv and edge-cases.md; each test names its facts.
@Suite("Edge cases: surgery of the primary")
struct SurgeryEdgeTests {
  static let small = #""syndrome":"nonfunctioning","symptomatic":false,"site":"pancreas","stage":"localised""#

  @Test("1: thresholds are strict on both sides; at exactly 20 mm neither F006 nor F021 and F022 hold")
  func strictThresholds() throws {
    for size in [#""19.9 mm""#, "19.9", #""1.99 cm""#] {
      let below = try advice(Self.small + #","size":\#(size)"#)
      #expect(below["F006"] == .absent)
      #expect(below["F021"] == .applies)
      #expect(below["F022"] == .applies)
    }
    for size in ["20", #""2 cm""#, #""2.0 cm""#, #""20.0 mm""#] {
      let at = try advice(Self.small + #","size":\#(size)"#)
      #expect(at["F006"] == .absent)
      #expect(at["F021"] == .absent)
      #expect(at["F022"] == .absent)
    }
    for size in ["20.1", #""2.01 cm""#, #""20.1 mm""#] {
      let above = try advice(Self.small + #","size":\#(size)"#)
      #expect(above["F006"] == .applies)
      #expect(above["F021"] == .absent)
      #expect(above["F022"] == .absent)
    }
    #expect(try advice(#""syndrome":"gastrinoma","men1":true,"size":20"#)["F019"] == .absent)
    #expect(try advice(#""syndrome":"gastrinoma","men1":true,"size":20.1"#)["F019"] == .applies)
  }

  @Test("2: MEN1 with a non-functioning tumour above 2 cm: F006 and F007 both hold, and no MDT is named")
  func nonfunctioningMEN1() throws {
    let findings = #""syndrome":"nonfunctioning","size":25,"site":"pancreas","symptomatic":false,"liver-metastases":"none""#
    let both = try advice(findings + #","men1":true"#)
    #expect(both["F006"] == .applies)
    #expect(both.one("F006")?.stance == "do")
    #expect(both["F007"] == .applies)
    #expect(both.one("F007")?.stance == "disputed")
    #expect(!both.advice.contains { $0.subjects == ["mdt"] && $0.stance == "do" && $0.status == "applies" && $0.with.isEmpty })
    let without = try advice(findings + #","men1":false"#)
    #expect(without["F007"] == .absent)
    #expect(without["F006"] == .applies)
    #expect(try advice(#""syndrome":"insulinoma","men1":true"#)["F007"] == .absent)
  }

  @Test("3: gastrinoma: without MEN1 surgery at any size (F016), with MEN1 above 2 cm F019 beside F017 and F006, else only F017")
  func gastrinoma() throws {
    for size in ["5", "20", "60"] {
      let sporadic = try advice(#""syndrome":"gastrinoma","men1":false,"size":\#(size)"#)
      #expect(sporadic["F016"] == .applies)
      #expect(sporadic["F017"] == .absent)
      #expect(sporadic["F019"] == .absent)
    }
    let large = try advice(#""syndrome":"gastrinoma","men1":true,"size":25,"site":"pancreas","liver-metastases":"none""#)
    #expect(large["F016"] == .absent)
    #expect(large["F017"] == .applies)
    #expect(large["F019"] == .applies)
    #expect(large["F006"] == .applies)
    #expect([large.one("F017")?.stance, large.one("F019")?.stance] == ["disputed", "do"])
    let small = try advice(#""syndrome":"gastrinoma","men1":true,"size":20,"site":"pancreas""#)
    #expect(small["F017"] == .applies)
    #expect(small["F019"] == .absent)
    #expect(small["F006"] == .absent)
    let open = try advice(#""syndrome":"gastrinoma","size":25"#)
    #expect(open["F016"] == .depends(["men1"]))
    #expect(open["F017"] == .depends(["men1"]))
    #expect(open["F019"] == .depends(["men1"]))
    #expect(try advice(#""syndrome":"insulinoma","men1":false"#)["F016"] == .absent)
  }

  @Test("4: F021 and F022 hold only for a non-functioning, pancreatic, symptom-free tumour below 2 cm that is not metastatic")
  func smallNonfunctioning() throws {
    let holds = #""syndrome":"nonfunctioning","size":15,"symptomatic":false,"site":"pancreas","stage":"localised""#
    #expect(try advice(holds)["F021"] == .applies)
    #expect(try advice(holds).one("F021")?.stance == "disputed")
    #expect(try advice(holds)["F022"] == .applies)
    #expect(try advice(holds).one("F022")?.subjects == ["mdt"])
    for counter in [
      #""syndrome":"insulinoma","size":15,"symptomatic":false,"site":"pancreas","stage":"localised""#,
      #""syndrome":"nonfunctioning","size":25,"symptomatic":false,"site":"pancreas","stage":"localised""#,
      #""syndrome":"nonfunctioning","size":15,"symptomatic":true,"site":"pancreas","stage":"localised""#,
      #""syndrome":"nonfunctioning","size":15,"symptomatic":false,"site":"periampullary","stage":"localised""#,
      #""syndrome":"nonfunctioning","size":15,"symptomatic":false,"site":"pancreas","stage":"metastatic""#,
    ] {
      #expect(try advice(counter)["F021"] == .absent)
      #expect(try advice(counter)["F022"] == .absent)
    }
    let advanced = #""syndrome":"nonfunctioning","size":15,"symptomatic":false,"site":"pancreas","stage":"locally-advanced""#
    // Locally advanced says nothing of metastases, and with one the disease is metastatic (correction 7).
    #expect(try advice(advanced)["F021"] == .depends(["liver-metastases", "bone-metastases", "brain-metastases"]))
    let free = #","liver-metastases":"none","bone-metastases":false,"brain-metastases":false"#
    #expect(try advice(advanced + free)["F021"] == .applies)
    #expect(try advice(advanced + #","bone-metastases":true"#)["F021"] == .absent)
    let open = try advice(#""syndrome":"nonfunctioning","size":15,"site":"pancreas","stage":"localised""#)
    #expect(open["F021"] == .depends(["symptomatic"]))
  }

  @Test("5: a symptom-free primary with unresectable liver metastases: F024 and F025 override F006, whatever the size")
  func asymptomaticPrimary() throws {
    let findings = #""site":"pancreas","size":45,"liver-metastases":"bilobar""#
    let asymptomatic = try advice(findings + #","symptomatic":false,"liver-resectable":false"#)
    #expect(asymptomatic["F024"] == .applies)
    #expect(asymptomatic.one("F024")?.stance == "disputed")
    #expect(asymptomatic["F025"] == .applies)
    #expect(asymptomatic["F006"] == .absent)
    let small = #""site":"pancreas","size":8,"liver-metastases":"bilobar","symptomatic":false,"liver-resectable":false"#
    #expect(try advice(small)["F024"] == .applies)
    let symptomatic = try advice(findings + #","symptomatic":true,"liver-resectable":false"#)
    #expect(symptomatic["F024"] == .absent)
    #expect(symptomatic["F025"] == .absent)
    #expect(symptomatic["F006"] == .applies)
    let resectable = try advice(findings + #","symptomatic":false,"liver-resectable":true"#)
    #expect(resectable["F024"] == .absent)
    #expect(resectable["F006"] == .applies)
    let none = #""site":"pancreas","size":45,"liver-metastases":"none","symptomatic":false"#
    #expect(try advice(none)["F024"] == .absent)
    #expect(try advice(none)["F006"] == .applies)
    let open = try advice(findings + #","symptomatic":false"#)
    #expect(open["F006"] == .depends(["liver-resectable"]))
    #expect(open["F024"] == .depends(["liver-resectable"]))
  }

  @Test("6: enucleation (F012) needs localised, near the surface and found at surgery; any of them false leads to F014")
  func enucleation() throws {
    let found = #""syndrome":"insulinoma","site":"pancreas","stage":"localised","localised-preoperatively":true,"near-surface":true"#
    let before = try advice(found)
    #expect(before["F012"] == .depends(["found-at-surgery"]))
    let after = try advice(found + #","found-at-surgery":true"#)
    #expect(after["F012"] == .applies)
    #expect(after.one("F012")?.stance == "do")
    #expect(after.one("F013")?.with.contains("surgery.enucleation") == true)
    #expect(after["F014"] == .absent)
    let base = #""syndrome":"insulinoma","site":"pancreas","stage":"localised""#
    for counter in [
      #","localised-preoperatively":false,"near-surface":true,"found-at-surgery":true"#,
      #","localised-preoperatively":true,"near-surface":false,"found-at-surgery":true"#,
      #","localised-preoperatively":true,"near-surface":true,"found-at-surgery":false"#,
    ] {
      let answer = try advice(base + counter)
      #expect(answer["F012"] == .absent)
      #expect(answer["F014"] == .applies)
      #expect(answer.one("F014")?.subjects == ["whipple", "distal-pancreatectomy", "total-pancreatectomy"])
    }
  }

  @Test("6: histology is a check afterwards: incomplete excision or features not benign lead to F014, marked background")
  func histology() throws {
    let localised = #""syndrome":"insulinoma","site":"pancreas","stage":"localised""#
    for open in [#","complete-excision":true,"benign-histology":true"#, #","complete-excision":true"#, ""] {
      let answer = try advice(localised + open)
      #expect(!answer.background(on: "whipple").contains { $0.status == "applies" })
    }
    for counter in [#","complete-excision":false,"benign-histology":true"#, #","complete-excision":true,"benign-histology":false"#] {
      let answer = try advice(localised + counter)
      #expect(answer.background(on: "whipple").map(\.status) == ["applies"])
      #expect(answer.background(on: "whipple").map(\.facts) == [["F014"]])
    }
    let metastatic = #""syndrome":"insulinoma","site":"pancreas","stage":"metastatic","complete-excision":false"#
    #expect(try advice(metastatic).background(on: "whipple").isEmpty)
  }

  @Test("6: an insulinoma above 2 cm that can be enucleated: F006 and F012 both stand")
  func largeInsulinoma() throws {
    let findings =
      #""syndrome":"insulinoma","site":"pancreas","localised-preoperatively":true,"near-surface":true,"found-at-surgery":true,"liver-metastases":"none""#
    let large = try advice(findings + #","size":21"#)
    #expect(large["F006"] == .applies)
    #expect(large["F012"] == .applies)
    let small = try advice(findings + #","size":14"#)
    #expect(small["F006"] == .absent)
    #expect(small["F012"] == .applies)
  }

  @Test("7: F014 and F015 are for localised disease, not metastatic, and once the primary is resected that advice is gone")
  func localisedDisease() throws {
    for site in ["pancreas", "periampullary"] {
      let localised = try advice(#""syndrome":"nonfunctioning","stage":"localised","site":"\#(site)""#)
      #expect(localised["F015"] == .applies)
      #expect(localised.one("F015")?.stance == "consider")
    }
    #expect(try advice(#""stage":"localised","site":"small-bowel""#)["F015"] == .absent)
    let metastatic = #""syndrome":"insulinoma","near-surface":false,"site":"pancreas","stage":"metastatic""#
    #expect(try advice(metastatic)["F014"] == .absent)
    #expect(try advice(metastatic)["F015"] == .absent)
    let done = #""syndrome":"insulinoma","near-surface":false,"site":"pancreas","stage":"localised","size":30,"primary-resected":true"#
    for fact in ["F006", "F012", "F014", "F015"] { #expect(try advice(done)[fact] == .absent) }
    let gastrinoma = #""syndrome":"gastrinoma","men1":false,"primary-resected":true"#
    #expect(try advice(gastrinoma)["F016"] == .absent)
    let still = #""syndrome":"insulinoma","near-surface":false,"site":"pancreas","stage":"localised","size":30,"primary-resected":false"#
    for fact in ["F006", "F014", "F015"] { #expect(try advice(still)[fact] == .applies) }
  }

  @Test("8: the unit of F002 accompanies pancreatic and periampullary operations, not those on the liver")
  func specialisedUnit() throws {
    let pancreas = try advice(#""site":"pancreas","stage":"localised""#)
    #expect(pancreas["F002"] == .applies)
    #expect(pancreas.one("F002")?.with.contains("surgery.localised-disease") == true)
    #expect(pancreas.one("F002")?.subjects == ["hpb-unit"])
    let liver = try advice(#""site":"small-bowel","liver-metastases":"unilobar","liver-resectable":true,"symptomatic":true,"syndrome":"carcinoid""#)
    #expect(liver["F023"] == .applies)
    #expect(liver["F002"] == .absent)
  }
}
