import Foundation
import Testing

/// What other programs may rely on: design section 4 and semantics sections 1, 3 and 4.
@Suite("The contract of islet eval")
struct ContractTests {
  @Test("the example of the design: fields, their order, and values")
  func example() throws {
    let line = try eval(#"{"id":"a1","findings":{"syndrome":"gastrinoma","size":"25 mm","men1":true,"sstr2":"unknown","ki67":3}}"#)
    #expect(line.hasPrefix(#"{"id":"a1","advice":[{"rule":"#))
    #expect(line.hasSuffix("],\"errors\":[]}\n"))
    #expect(
      line.contains(
        #"{"rule":"surgery.gastrinoma-men1","subjects":["resection"],"stance":"do","status":"applies","facts":["F019"],"#
          + #""paragraphs":["P003"],"level":3,"grade":"B","depends_on":[],"with":[],"background":false}"#))
  }

  @Test("ids are returned as given, a line without one gets its number, blank lines are skipped, order is kept")
  func ids() throws {
    let lines = try eval(
      "{\"id\":7,\"findings\":{}}\n\n{\"findings\":{}}\r\n   \n{\"id\":\"β\",\"findings\":{}}"
    ).split(separator: "\n")
    #expect(lines.map { String($0.prefix { $0 != "," }) } == [#"{"id":7"#, #"{"line":3"#, #"{"id":"β""#])
  }

  @Test("a byte order mark is read over")
  func byteOrderMark() throws {
    #expect(try eval("\u{FEFF}{\"id\":1,\"findings\":{}}").hasPrefix(#"{"id":1,"advice":[{"#))
  }

  @Test("a bad line answers with its errors and no advice, and the lines after it are answered")
  func badLine() throws {
    let lines = try eval("{\"id\":1,\"findings\":{\"siz\":3}}\n{\"id\":2,\"findings\":{}}\n").split(separator: "\n")
    #expect(
      lines[0] == #"{"id":1,"advice":[],"errors":[{"code":"finding.unknown","message":"Unknown finding “siz”; did you mean size?","finding":"siz"}]}"#
    )
    #expect(lines[1].hasPrefix(#"{"id":2,"advice":[{"#))
  }

  @Test(
    "wrong lines have coded errors",
    arguments: [
      (#"{"id":1,"findings":{"size":10,"size":12}}"#, "eval.key-repeated"), (#"{"id":1,"id":2,"findings":{}}"#, "eval.key-repeated"),
      (#"{"id":1,"finding":{}}"#, "eval.key-unknown"), (#"{"id":[1],"findings":{}}"#, "eval.id"),
      (#"{"id":1,"findings":[]}"#, "eval.findings"), (#"{"id":1,"assume":"present"}"#, "eval.assume"),
      (#"{"id":1,"findings":{"size":true}}"#, "eval.type"), (#"{"id":1,"findings":{"men1":3}}"#, "eval.type"),
      (#"{"id":1,"findings":{"size":{}}}"#, "eval.type"), (#"{"id":1,"findings":{"size":-1}}"#, "number.out-of-range"),
      (#"{"id":1,"findings":{"ki67":300}}"#, "number.out-of-range"), (#"{"id":1,"findings":{"size":"14 kg"}}"#, "unit.wrong"),
      (#"{"id":1,"findings":{"advanced":true}}"#, "finding.derived"), (#"{"id":1,"findings":{"syndrome":"thymoma"}}"#, "finding.value-unknown"),
      (#"{"id":1"#, "eval.json"), ("[]", "eval.json"), ("nonsense", "eval.json"), (#"{"id":1,"findings":{}} {}"#, "eval.json"),
      (#"{"id":"\ud800","findings":{}}"#, "eval.json"),
    ])
  func wrong(_ line: String, _ code: String) throws {
    let answer = try JSONDecoder().decode(Answer.self, from: Data(try eval(line).utf8))
    #expect(answer.advice.isEmpty)
    #expect(answer.errors.first?.code == code)
  }

  @Test("invalid UTF-8 and a line of more than 1 MB are refused, and the next line is answered")
  func bytes() throws {
    let long = try eval("{\"id\":\"" + String(repeating: "x", count: 1_000_001) + "\"}\n{\"id\":2,\"findings\":{}}")
    #expect(long.hasPrefix(#"{"line":1,"advice":[],"errors":[{"code":"input.too-long""#))
    #expect(long.contains("\n{\"id\":2,\"advice\":[{"))
  }

  @Test("unknown, null and a missing key are the same; a list and a comparison narrow")
  func partial() throws {
    for unknown in [#""men1":"unknown""#, #""men1":null"#, ""] {
      #expect(try advice(#""syndrome":"gastrinoma""# + (unknown.isEmpty ? "" : "," + unknown))["F016"] == .depends(["men1"]))
    }
    #expect(try advice(#""liver-metastases":["unilobar","bilobar"]"#)["F201"] == .applies)
    #expect(try advice(#""liver-metastases":["unilobar","bilobar"]"#)["F027"] == .depends(["liver-metastases"]))
    #expect(try advice(#""liver-metastases":["none","bilobar"]"#)["F027"] == .absent)
    #expect(try advice(#""size":"> 2 cm","site":"pancreas","symptomatic":true"#)["F006"] == .applies)
    #expect(try advice(#""size":">= 2 cm","site":"pancreas","symptomatic":true"#)["F006"] == .depends(["size"]))
    #expect(try advice(#""functioning":true,"syndrome":["insulinoma","nonfunctioning"]"#)["F110"] == .applies)
  }

  @Test("depends_on follows the order of the conditions")
  func order() throws {
    #expect(try advice("")["F040"] == .depends(["end-stage", "uncontrolled-symptoms", "all-treatments-failed"]))
    #expect(
      try advice(#""all-treatments-failed":true"#)["F040"] == .depends(["end-stage", "uncontrolled-symptoms"]))
    #expect(
      try advice(#""syndrome":"insulinoma""#)["F012"]
        == .depends(["localised-preoperatively", "near-surface", "found-at-surgery"]))
    // Resectability decides only once the stage is known to be locally advanced.
    #expect(try advice(#""site":"pancreas""#)["F300"] == .depends(["stage", "progression-12-months", "differentiation"]))
  }

  @Test("a companion names what it accompanies; other advice names nothing")
  func with() throws {
    let answer = try advice(#""syndrome":"insulinoma","localised-preoperatively":true,"near-surface":true,"found-at-surgery":true"#)
    #expect(answer.one("F012")?.with == [])
    #expect(answer.one("F013")?.with.contains("surgery.enucleation") == true)
    for piece in answer.advice where piece.with.isEmpty {
      let rule = try #require(try guideline().rule(id: piece.rule))
      #expect(rule.with.isEmpty, "\(piece.rule) is a companion without company")
    }
  }

  @Test("overridden rules, the facts that only they carry, and remarks are left out")
  func leftOut() throws {
    let answer = try advice(#""syndrome":"gastrinoma","acid-control":"relapse","flare":true"#)
    for fact in ["F052", "F072", "F107"] { #expect(!answer.advice.contains { $0.facts.contains(fact) }) }
    let remarks = try guideline().rules.filter(\.isRemark).map(\.id)
    #expect(!remarks.isEmpty)
    #expect(!answer.advice.contains { remarks.contains($0.rule) })
    #expect(!answer.advice.contains { $0.stance == "remark" })
  }

  @Test("advice from groups above a therapy stands under the group's id, not under its members'")
  func groups() throws {
    let answer = try advice(#""symptomatic":true"#)
    #expect(answer.one("F224")?.subjects == ["radionuclide-therapy"])
    // Companions of a member go with advice on the group: F228 and F229 with MIBG, F255 with 90Y.
    for fact in ["F228", "F229", "F255"] { #expect(answer.one(fact)?.with == ["radionuclide.standard"]) }
    let vocabulary = try guideline().vocabulary
    #expect(vocabulary.groups(above: "y90-dotatoc") == ["y90-prrt", "prrt", "radionuclide-therapy"])
    #expect(vocabulary.groups(above: "octreotide-lar") == ["long-acting-ssa", "somatostatin-analogue"])
    #expect(vocabulary.groups(above: "pasireotide") == [])
    #expect(Set(vocabulary.members(of: "resection")) == ["enucleation", "whipple", "distal-pancreatectomy", "total-pancreatectomy"])
    #expect(vocabulary.groups(above: "enucleation") == ["resection"])
    // What holds for a group is not said of pasireotide, nor of a drug outside it.
    #expect(try advice(#""syndrome":"insulinoma","sstr2":"negative""#).one("F109")?.subjects == ["somatostatin-analogue"])
  }

  @Test("counts: one line a rule, then patients and refused")
  func counts() throws {
    let lines = try eval(
      "{\"id\":1,\"findings\":{\"syndrome\":\"vipoma\"}}\n{\"id\":2,\"findings\":{}}\n{\"id\":3,\"findings\":{\"size\":\"x\"}}\n", counts: true
    ).split(separator: "\n")
    #expect(lines.contains(#"{"rule":"vipoma.rehydration","applies":1,"depends":1}"#))
    #expect(lines.last == #"{"patients":3,"refused":1}"#)
    #expect(lines.count == (try guideline().rules.filter { !$0.isRemark }.count) + 1)
  }

  @Test("assume absent settles comorbidity, symptoms, treatment and the named findings, never those that only a look decides")
  func assumeAbsent() throws {
    let open = try advice(#""syndrome":"vipoma""#)
    let absent = try advice(#""syndrome":"vipoma""#, assumingAbsent: true)
    #expect(open["F142"] == .depends(["diarrhoea", "ssa-maximum-dose", "ssa-response"]))
    #expect(absent["F142"] == .absent)
    #expect(absent["F201"] == .absent)
    #expect(absent["F256"] == .absent)
    #expect(absent["F234"] == .absent)
    #expect(absent["F191"] == .absent)
    #expect(absent["F023"] == .absent)
    #expect(absent["F300"] != .applies)
    let insulinoma = try advice(
      #""syndrome":"insulinoma","liver-metastases":"bilobar""#, assumingAbsent: true)
    #expect(insulinoma["F012"] == .depends(["localised-preoperatively", "near-surface", "found-at-surgery"]))
    #expect(insulinoma["F109"] == .depends(["sstr2"]))
    #expect(insulinoma["F023"] == .depends(["liver-resectable"]))
    #expect(insulinoma["F201"] == .applies)
    #expect(insulinoma.background(on: "mibg-131i").map(\.dependsOn) == [["mibg-uptake"]])
    // In metastatic disease the metastasis findings are left alone.
    let metastatic = try advice(#""stage":"metastatic""#, assumingAbsent: true)
    #expect(metastatic["F201"] == .depends(["liver-metastases"]))
    #expect(metastatic["F299"] == .depends(["brain-metastases"]))
    #expect(metastatic["F275", "caution", on: "embolisation"] == .absent)
  }
}
