import Testing

/// Edge cases 9 to 13, with E08.
@Suite("Edge cases: the liver")
struct LiverEdgeTests {
  @Test("9: lobes and resectability are two findings: F023 asks for one, F027 for the other")
  func lobesAndResectability() throws {
    let bilobar = try advice(#""liver-metastases":"bilobar","liver-resectable":true"#)
    #expect(bilobar["F023"] == .applies)
    #expect(bilobar["F027"] == .absent)
    let unilobar = try advice(#""liver-metastases":"unilobar","liver-resectable":false"#)
    #expect(unilobar["F023"] == .absent)
    #expect(unilobar["F027"] == .applies)
    #expect(try advice(#""liver-metastases":"bilobar""#)["F023"] == .depends(["liver-resectable"]))
    #expect(try advice(#""liver-metastases":"unilobar""#)["F023"] == .depends(["liver-resectable"]))
    #expect(try advice(#""liver-metastases":"none""#)["F023"] == .absent)
  }

  @Test("10: debulking (F028) for bilobar metastases with a dominant lesion; failed conservative treatment (F029) strengthens it")
  func debulking() throws {
    let base = #""liver-metastases":"bilobar","dominant-lesion":true"#
    #expect(try advice(base)["F028"] == .applies)
    #expect(try advice(base)["F029"] == .depends(["conservative-treatment-failed"]))
    let failed = try advice(base + #","conservative-treatment-failed":true"#)
    #expect([failed["F028"], failed["F029"]] == [.applies, .applies])
    let not = try advice(base + #","conservative-treatment-failed":false"#)
    #expect([not["F028"], not["F029"]] == [.applies, .absent])
    #expect(try advice(#""liver-metastases":"bilobar","dominant-lesion":false"#)["F028"] == .absent)
    #expect(try advice(#""liver-metastases":"unilobar","dominant-lesion":true"#)["F028"] == .absent)
  }

  @Test("11: F035 asks for the site liver; a liver tumour without an apparent primary is only the note F034")
  func primaryHepatic() throws {
    #expect(try advice(#""site":"liver""#)["F035"] == .applies)
    #expect(try advice(#""site":"liver""#).one("F035")?.stance == "do")
    #expect(try advice(#""site":"occult","liver-metastases":"unilobar""#)["F035"] == .absent)
    #expect(try advice(#""liver-metastases":"unilobar","primary-found":false"#)["F035"] == .depends(["site"]))
    #expect(try advice(#""site":"pancreas""#)["F035"] == .absent)
    #expect(try remarks(#""site":"occult","liver-metastases":"unilobar""#).contains("F034"))
    #expect(try remarks(#""liver-metastases":"unilobar","primary-found":false"#).contains("F034"))
    #expect(!(try remarks(#""liver-metastases":"unilobar","primary-found":true"#).contains("F034")))
  }

  @Test("12: the gallbladder: F039 at liver surgery, F087 at any abdominal operation with an analogue, F086 with neither")
  func gallbladder() throws {
    let liver = try advice(#""surgery-planned":"liver","ssa":"none""#)
    #expect([liver["F039"], liver["F087"]] == [.applies, .absent])
    for surgery in ["pancreatic", "liver", "other-abdominal"] {
      for ssa in ["planned", "current"] {
        #expect(try advice(#""surgery-planned":"\#(surgery)","ssa":"\#(ssa)""#)["F087"] == .applies)
      }
      #expect(try advice(#""surgery-planned":"\#(surgery)""#)["F087"] == .depends(["ssa"]))
    }
    #expect(try advice(#""surgery-planned":"pancreatic","ssa":"current""#)["F039"] == .absent)
    #expect(try advice(#""surgery-planned":"none","ssa":"current""#)["F087"] == .absent)
    let stones = try advice(#""gallstones":"asymptomatic","ssa":"current","surgery-planned":"none""#)
    #expect(stones["F086"] == .applies)
    #expect(stones.one("F086")?.stance == "avoid")
    #expect(try advice(#""gallstones":"asymptomatic","ssa":"current","surgery-planned":"pancreatic""#)["F086"] == .absent)
    #expect(try advice(#""gallstones":"asymptomatic","ssa":"none","surgery-planned":"none""#)["F086"] == .absent)
    let symptomatic = try advice(#""gallstones":"symptomatic","ssa":"current","surgery-planned":"none""#)
    for fact in ["F039", "F086", "F087"] { #expect(symptomatic[fact] == .absent) }
  }

  @Test("13: transplantation only if end-stage, uncontrolled and everything else failed (F040), with F044, F045 and F048")
  func transplantation() throws {
    let all = #""end-stage":true,"uncontrolled-symptoms":true,"all-treatments-failed":true"#
    let candidate = try advice(all)
    #expect(candidate["F040"] == .applies)
    #expect(candidate.one("F040")?.stance == "consider")
    for fact in ["F044", "F045", "F048"] {
      #expect(candidate[fact] == .applies)
      #expect(candidate.one(fact)?.with == ["transplantation.candidates"])
    }
    #expect([candidate.one("F044")?.stance, candidate.one("F048")?.stance] == ["caution", "caution"])
    #expect(candidate.one("F045")?.subjects == ["national-study"])
    for counter in [
      #""end-stage":false,"uncontrolled-symptoms":true,"all-treatments-failed":true"#,
      #""end-stage":true,"uncontrolled-symptoms":false,"all-treatments-failed":true"#,
      #""end-stage":true,"uncontrolled-symptoms":true,"all-treatments-failed":false"#,
    ] {
      let not = try advice(counter)
      for fact in ["F040", "F044", "F045", "F048"] { #expect(not[fact] == .absent) }
    }
  }

  @Test("13 and E08: avoid when transplants were had, or with both pancreatic primary and high Ki-67; caution for the weaker readings")
  func avoidTransplantation() throws {
    let had = try advice(#""multi-organ-transplant":"had""#)
    #expect([had["F046", "avoid"], had["F046", "caution"]] == [.applies, .absent])
    let need = try advice(#""multi-organ-transplant":"would-need""#)
    #expect([need["F046", "avoid"], need["F046", "caution"]] == [.absent, .applies])
    #expect(need.one("F046", "caution")?.reading == "E08")
    let no = try advice(#""multi-organ-transplant":"no""#)
    #expect([no["F046", "avoid"], no["F046", "caution"]] == [.absent, .absent])
    let both = try advice(#""site":"pancreas","high-ki67":true"#)
    #expect([both["F047", "avoid"], both["F047", "caution"]] == [.applies, .absent])
    #expect(both.one("F047", "avoid")?.reading == nil)
    for one in [#""site":"pancreas","high-ki67":false"#, #""site":"small-bowel","high-ki67":true"#] {
      let answer = try advice(one)
      #expect([answer["F047", "avoid"], answer["F047", "caution"]] == [.absent, .applies])
      #expect(answer.one("F047", "caution")?.reading == "E08")
    }
    let neither = try advice(#""site":"small-bowel","high-ki67":false"#)
    #expect([neither["F047", "avoid"], neither["F047", "caution"]] == [.absent, .absent])
    #expect(try advice(#""site":"pancreas""#)["F047", "avoid"] == .depends(["high-ki67"]))
  }
}
