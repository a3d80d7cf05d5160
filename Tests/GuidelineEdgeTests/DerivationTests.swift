import Grammar
import Measures
import Patients
import Testing

/// Derived findings and contradictions: semantics section 1, each line of its tables.
@Suite("What follows from what is stated")
struct DerivationTests {
  @Test(
    "symptomatic is derived yes from any symptom finding (F224 applies), never no",
    arguments: [
      #""hypoglycaemia":"present""#, #""hypoglycaemia":"refractory""#, #""diarrhoea":"mild""#, #""necrolytic-erythema":"present""#,
      #""acid-control":"relapse""#, #""acid-control":"uncontrolled-on-ppi""#, #""hypersecretion-clinical":true"#, #""hypercalcaemia":true"#,
      #""carcinoid-crisis":true"#, #""flare":true"#, #""end-of-interval-symptoms":true"#, #""uncontrolled-symptoms":true"#,
      #""dominant-lesion":true"#, #""bone-pain":true"#,
    ])
  func symptomatic(_ finding: String) throws {
    #expect(try advice(finding)["F224"] == .applies)
    #expect(try advice(finding + #","resectable":true"#)["F224"] == .applies)
    let answer = try advice(finding + #","symptomatic":false"#)
    #expect(answer.errors.map(\.code) == ["finding.contradiction"])
    #expect(answer.advice.isEmpty)
  }

  @Test(
    "an absent symptom derives nothing",
    arguments: [
      #""hypoglycaemia":"none""#, #""diarrhoea":"none""#, #""necrolytic-erythema":"none""#, #""acid-control":"controlled""#,
      #""hypersecretion-clinical":false"#, #""bone-pain":false"#, #""weight-loss":true"#, #""hypokalaemia":true"#,
    ])
  func noSymptom(_ finding: String) throws {
    #expect(try advice(finding + #","resectable":true"#)["F224"] == .depends(["symptomatic"]))
    #expect(try advice(finding + #","symptomatic":false"#).errors.isEmpty)
  }

  @Test(
    "a metastasis derives stage metastatic (F300) and malignant (F134)",
    arguments: [
      #""liver-metastases":"unilobar""#, #""liver-metastases":"bilobar""#, #""bone-metastases":true"#, #""brain-metastases":true"#,
    ])
  func metastasis(_ finding: String) throws {
    let progressive = #","site":"pancreas","progression-12-months":true,"differentiation":"well""#
    #expect(try advice(finding + progressive)["F300"] == .applies)
    #expect(try advice(finding + #","syndrome":"insulinoma","hypoglycaemia":"refractory""#)["F134"] == .applies)
    #expect(try advice(finding + #","stage":"localised""#).errors.map(\.code) == ["finding.contradiction"])
    #expect(try advice(finding + #","malignant":false"#).errors.map(\.code) == ["finding.contradiction"])
    #expect(try advice(finding + #","stage":"metastatic","malignant":true"#).errors.isEmpty)
  }

  @Test("localised disease derives no liver, bone or brain metastases; locally advanced disease derives none of these (correction 7)")
  func localised() throws {
    let answer = try advice(#""stage":"localised""#)
    #expect(answer["F201"] == .absent)
    #expect(answer["F299"] == .absent)
    #expect(try advice(#""stage":"localised","bone-pain":true"#)["F145"] == .absent)
    let advanced = try advice(#""stage":"locally-advanced""#)
    #expect(advanced["F201"] == .depends(["liver-metastases"]))
    #expect(advanced["F299"] == .depends(["brain-metastases"]))
    #expect(try advice(#""stage":"metastatic""#)["F201"] == .depends(["liver-metastases"]))
  }

  @Test("correction 7: locally advanced with a metastasis is metastatic, and eval says so in a notice", arguments: ["liver", "bone", "brain"])
  func readAsMetastatic(_ place: String) throws {
    let metastasis = place == "liver" ? #""liver-metastases":"unilobar""# : #""\#(place)-metastases":true"#
    let progressive = #","site":"pancreas","progression-12-months":true,"differentiation":"well","resectable":true"#
    let line = #"{"id":1,"findings":{"stage":"locally-advanced",\#(metastasis)\#(progressive)}}"#
    let read = try eval(line)
    #expect(
      read.contains(#""errors":[],"notices":[{"code":"finding.read-as","message":"“locally advanced disease” is noted; it is read as “metastatic disease”"#))
    let metastatic = try eval(line.replacing("locally-advanced", with: "metastatic"))
    #expect(!metastatic.contains("notices"))
    #expect(read.hasPrefix(String(metastatic.prefix { $0 != "\n" }.dropLast(#","errors":[]}"#.count))))
    // Counter-cases: without a metastasis there is no notice, and localised is still contradicted.
    #expect(!(try eval(#"{"id":1,"findings":{"stage":"locally-advanced"}}"#)).contains("notices"))
    #expect(try advice(#""stage":"localised","# + metastasis).errors.map(\.code) == ["finding.contradiction"])
  }

  @Test(
    "correction 7: statements for the same time that can't both hold are contradictions",
    arguments: [
      (#""ssa":"none""#, #""flare":true"#, #""flare":false"#), (#""ssa":"none""#, #""end-of-interval-symptoms":true"#, #""end-of-interval-symptoms":false"#),
      (#""ssa":"none""#, #""ssa-response":"partial""#, #""ssa-response":"unknown""#), (#""ssa":"none""#, #""ssa-response":"controlled""#, #""ssa":"none""#),
      (#""ssa":"none""#, #""ssa-response":["partial","refractory"]"#, #""diarrhoea":"mild""#),
      (#""liver-metastases":"none""#, #""essen-type":"2""#, #""essen-type":"unknown""#),
      (#""liver-metastases":"none""#, #""liver-lesions":1"#, #""liver-lesions":0"#),
      (#""liver-metastases":"none""#, #""liver-involvement":"5 %""#, #""liver-involvement":"0 %""#),
      (#""liver-metastases":"none""#, #""liver-resectable":true"#, #""liver-resectable":false"#),
    ])
  func contradictions(_ first: String, _ second: String, _ allowed: String) throws {
    #expect(try advice(first + "," + second).errors.map(\.code) == ["finding.contradiction"])
    #expect(try advice(second).errors.isEmpty)
    if first != allowed { #expect(try advice(first + "," + allowed).errors.isEmpty) }
    #expect(try advice(#""ssa":"current","liver-metastases":"unilobar","# + second).errors.isEmpty)
  }

  @Test("a part of the pancreas derives the site pancreas (F189)", arguments: ["head", "uncinate", "neck", "body", "tail"])
  func location(_ part: String) throws {
    #expect(try advice(#""location":"\#(part)","differentiation":"well""#)["F189"] == .applies)
    #expect(try advice(#""location":"\#(part)","site":"pancreas""#).errors.isEmpty)
    #expect(try advice(#""location":"\#(part)","site":"liver""#).errors.map(\.code) == ["finding.contradiction"])
    #expect(try advice(#""location":"\#(part)","primary-found":false"#).errors.map(\.code) == ["finding.contradiction"])
  }

  @Test("an occult primary is not found: it meets F034, and contradicts a size")
  func occult() throws {
    #expect(try remarks(#""site":"occult","liver-metastases":"bilobar""#).contains("F034"))
    #expect(try advice(#""size":12,"primary-found":false"#).errors.map(\.code) == ["finding.contradiction"])
    #expect(try advice(#""size":12,"site":"occult""#).errors.map(\.code) == ["finding.contradiction"])
    #expect(try advice(#""size":12,"primary-found":true"#).errors.isEmpty)
  }

  @Test("not contradictions: localised and not resectable, non-functioning with diarrhoea")
  func fine() throws {
    #expect(try advice(#""stage":"localised","resectable":false"#).errors.isEmpty)
    #expect(try advice(#""syndrome":"nonfunctioning","diarrhoea":"severe""#).errors.isEmpty)
    #expect(try advice(#""grade":"G1","ki67":40"#).errors.isEmpty)
  }

  /// The grade by WHO 2010: F190 favours streptozotocin with G2 or G3.
  @Test(
    "grade from Ki-67 and mitoses: F190 applies, not, or depends on the grade in the gap",
    arguments: [
      (#""ki67":0"#, Standing.absent), (#""ki67":2"#, .absent), (#""ki67":2.1"#, .depends(["grade"])), (#""ki67":2.5"#, .depends(["grade"])),
      (#""ki67":2.9"#, .depends(["grade"])), (#""ki67":3"#, .applies), (#""ki67":20"#, .applies), (#""ki67":20.1"#, .applies),
      (#""mitoses":1"#, .absent), (#""mitoses":2"#, .applies), (#""mitoses":20"#, .applies), (#""mitoses":21"#, .applies),
      (#""ki67":1,"mitoses":5"#, .applies), (#""ki67":5,"mitoses":1"#, .applies), (#""ki67":1,"mitoses":1"#, .absent),
      (#""ki67":2.5,"mitoses":5"#, .applies), (#""ki67":2.5,"mitoses":1"#, .depends(["grade"])), ("\"ki67\":\"< 2 %\"", .absent),
      (#""grade":"G2""#, .applies), (#""grade":"G1","ki67":40"#, .absent), (#""grade":"G3","ki67":1"#, .applies), (#""sex":"male""#, .depends(["grade"])),
    ])
  func grade(_ findings: String, _ expected: Standing) throws {
    #expect(try advice(findings + #","differentiation":"well""#)["F190"] == expected)
  }

  /// F047 avoids transplantation with a pancreatic primary and a high Ki-67.
  @Test(
    "high Ki-67: above 20%, or without Ki-67 a stated grade G3; never from mitoses",
    arguments: [
      (#""ki67":20"#, Standing.absent), (#""ki67":20.1"#, .applies), (#""grade":"G3""#, .applies), (#""grade":"G2""#, .depends(["high-ki67"])),
      (#""mitoses":50"#, .depends(["high-ki67"])), (#""grade":"G3","ki67":10"#, .absent), (#""high-ki67":true,"ki67":5"#, .applies),
      (#""ki67":2.5"#, .absent), (#""age":50"#, .depends(["high-ki67"])),
    ])
  func highKi67(_ findings: String, _ expected: Standing) throws {
    #expect(try advice(findings + #","site":"pancreas""#)["F047", "avoid"] == expected)
  }

  @Test("a grade that comes from one number alone is derived as background, from that number")
  func origin() throws {
    let guideline = try guideline()
    let ki67 = try #require(guideline.vocabulary.finding(id: "ki67"))
    let grade = try #require(guideline.vocabulary.finding(id: "grade"))
    let known = guideline.inference.known([ki67.index: .numbers(Interval(exact(3)))])
    #expect(known.origin[grade.index] == Origin.derived(background: true))
    #expect(known.sources[grade.index] == [ki67.index])
    let gap = try #require(Exact("2.5"))
    #expect(guideline.inference.notices([ki67.index: .numbers(Interval(gap))]).map(\.code) == ["grade.gap"])
    #expect(guideline.inference.notices([ki67.index: .numbers(Interval(exact(3)))]).isEmpty)
    let g1 = Possible.values(1)
    #expect(
      guideline.inference.notices([ki67.index: .numbers(Interval(exact(30))), grade.index: g1]).map(\.code) == ["grade.disagrees"])
  }
}
