import Testing

/// Edge cases 14 to 22 and 38 to 40.
@Suite("Edge cases: symptoms and drugs")
struct DrugEdgeTests {
  @Test("14: a functioning tumour gets the general statements F052 and F072; a non-functioning one doesn't")
  func generalStatements() throws {
    for syndrome in ["glucagonoma", "vipoma", "somatostatinoma", "pthrp-oma", "acth-oma", "ghrh-oma", "carcinoid"] {
      let answer = try advice(#""syndrome":"\#(syndrome)""#)
      #expect([answer["F052"], answer["F072"]] == [.applies, .applies])
    }
    let silent = try advice(#""syndrome":"nonfunctioning","symptomatic":true"#)
    #expect([silent["F052"], silent["F072"]] == [.absent, .absent])
    let open = try advice("")
    // The rule's own condition asks for functioning, those above it (F107, F109) for the syndrome.
    for fact in ["F052", "F072"] { #expect(open[fact] == .depends(["functioning", "syndrome"])) }
  }

  @Test("14: in gastrinoma F107 overrides F052 and F072; F108 brings analogues back when acid is uncontrolled or relapses")
  func gastrinoma() throws {
    let controlled = try advice(#""syndrome":"gastrinoma","acid-control":"controlled""#)
    #expect([controlled["F107"], controlled["F052"], controlled["F072"], controlled["F108"]] == [.applies, .absent, .absent, .absent])
    #expect(controlled.one("F107")?.stance == "avoid")
    for control in ["uncontrolled-on-ppi", "relapse"] {
      let answer = try advice(#""syndrome":"gastrinoma","acid-control":"\#(control)""#)
      #expect([answer["F108"], answer["F107"], answer["F052"], answer["F072"]] == [.applies, .absent, .absent, .absent])
      #expect(answer.one("F108")?.stance == "consider")
    }
    let open = try advice(#""syndrome":"gastrinoma""#)
    #expect([open["F107"], open["F108"]] == [.depends(["acid-control"]), .depends(["acid-control"])])
    #expect([open["F052"], open["F072"]] == [.absent, .absent])
    #expect(try advice(#""syndrome":"vipoma","acid-control":"relapse""#)["F108"] == .absent)
  }

  @Test("correction 8: once acid relapses or isn't controlled F107 is absent whatever the syndrome; F108 still waits for it, and F052 for all three")
  func acidBeforeSyndrome() throws {
    for control in [#""uncontrolled-on-ppi""#, #""relapse""#, #"["uncontrolled-on-ppi","relapse"]"#] {
      let open = try advice(#""acid-control":\#(control)"#)
      #expect([open["F107"], open["F108"]] == [.absent, .depends(["syndrome"])])
      #expect(open["F052"] == .depends(["functioning", "syndrome"]))
    }
    // Counter-case: acid controlled, or not known.
    for control in [#""acid-control":"controlled""#, ""] { #expect(try advice(control)["F107"] != .absent) }
    #expect(try advice(#""acid-control":"controlled""#)["F107"] == .depends(["syndrome"]))
  }

  @Test("14: in insulinoma F109 overrides them when SSTR2 is negative; F110, the glucose caution, holds always")
  func insulinoma() throws {
    let negative = try advice(#""syndrome":"insulinoma","sstr2":"negative""#)
    #expect([negative["F109"], negative["F110"], negative["F052"], negative["F072"]] == [.applies, .applies, .absent, .absent])
    #expect([negative.one("F109")?.stance, negative.one("F110")?.stance] == ["avoid", "caution"])
    let positive = try advice(#""syndrome":"insulinoma","sstr2":"positive""#)
    #expect([positive["F109"], positive["F110"], positive["F052"], positive["F072"]] == [.absent, .applies, .applies, .applies])
    let open = try advice(#""syndrome":"insulinoma""#)
    #expect([open["F109"], open["F052"], open["F072"]] == [.depends(["sstr2"]), .depends(["sstr2"]), .depends(["sstr2"])])
    #expect(open["F110"] == .applies)
    #expect(try advice(#""syndrome":"vipoma","sstr2":"negative""#)["F109"] == .absent)
  }

  @Test("14: other syndrome statements (F100, F112, F113, F114) stand beside the general ones")
  func syndromeStatements() throws {
    let glucagonoma = try advice(#""syndrome":"glucagonoma""#)
    #expect([glucagonoma["F100"], glucagonoma["F052"], glucagonoma["F072"]] == [.applies, .applies, .applies])
    let pthrp = try advice(#""syndrome":"pthrp-oma","site":"pancreas","hypercalcaemia":true"#)
    #expect([pthrp["F112"], pthrp["F052"]] == [.applies, .applies])
    #expect(try advice(#""syndrome":"pthrp-oma","site":"pancreas","hypercalcaemia":false"#)["F112"] == .absent)
    #expect(try advice(#""syndrome":"pthrp-oma","site":"small-bowel","hypercalcaemia":true"#)["F112"] == .absent)
    #expect(try advice(#""syndrome":"acth-oma""#)["F113"] == .applies)
    #expect(try advice(#""syndrome":"acth-oma""#)["F114"] == .absent)
    #expect(try advice(#""syndrome":"ghrh-oma""#)["F114"] == .applies)
    #expect(try advice(#""syndrome":"ghrh-oma""#)["F113"] == .absent)
  }

  @Test("15: insulinoma: F054 and F111 always, F128 with surgery planned, F129 unresectable, F140 alternatives, F141 and F134 refractory")
  func insulinomaDrugs() throws {
    let plain = try advice(#""syndrome":"insulinoma","surgery-planned":"none","resectable":true,"hypoglycaemia":"present","malignant":true"#)
    for fact in ["F054", "F111", "F140"] { #expect(plain[fact] == .applies) }
    for fact in ["F128", "F129", "F134", "F141"] { #expect(plain[fact] == .absent) }
    for surgery in ["pancreatic", "liver", "other-abdominal"] {
      #expect(try advice(#""syndrome":"insulinoma","surgery-planned":"\#(surgery)""#)["F128"] == .applies)
    }
    #expect(try advice(#""syndrome":"insulinoma","resectable":false"#)["F129"] == .applies)
    let refractory = try advice(#""syndrome":"insulinoma","hypoglycaemia":"refractory","malignant":true"#)
    #expect([refractory["F141"], refractory["F134"]] == [.applies, .applies])
    let benign = try advice(#""syndrome":"insulinoma","hypoglycaemia":"refractory","malignant":false"#)
    #expect([benign["F141"], benign["F134"]] == [.applies, .absent])
    let open = try advice(#""syndrome":"insulinoma","hypoglycaemia":"refractory""#)
    #expect(open["F134"] == .depends(["malignant"]))
    #expect(plain.one("F140")?.subjects == ["verapamil", "phenytoin"])
    let other = try advice(#""syndrome":"vipoma","resectable":false,"surgery-planned":"pancreatic","hypoglycaemia":"refractory","malignant":true"#)
    for fact in ["F054", "F111", "F128", "F129", "F134", "F140", "F141"] { #expect(other[fact] == .absent) }
  }

  @Test("16: VIPoma: F093 without a symptom asked, F098 beside the analogue, F142 for life-threatening diarrhoea at maximum dose")
  func vipoma() throws {
    let plain = try advice(#""syndrome":"vipoma""#)
    #expect([plain["F093"], plain["F098"], plain["F055"]] == [.applies, .applies, .applies])
    #expect(plain.one("F098")?.with.contains("analogues.long-acting") == true)
    #expect(plain["F142"] == .depends(["diarrhoea", "ssa-maximum-dose", "ssa-response"]))
    let severe = #""syndrome":"vipoma","diarrhoea":"life-threatening""#
    #expect(try advice(severe + #","ssa-maximum-dose":true,"ssa-response":"refractory""#)["F142"] == .applies)
    // Correction 7: unresponsive is part of the statement. Unknown it depends, controlled or partial it is absent.
    #expect(try advice(severe + #","ssa-maximum-dose":true"#)["F142"] == .depends(["ssa-response"]))
    for response in ["controlled", "partial"] {
      #expect(try advice(severe + #","ssa-maximum-dose":true,"ssa-response":"\#(response)""#)["F142"] == .absent)
    }
    #expect(try advice(severe + #","ssa-maximum-dose":true"#)["F055"] == .applies)
    #expect(try advice(severe + #","ssa-maximum-dose":false"#)["F142"] == .absent)
    #expect(try advice(#""syndrome":"vipoma","diarrhoea":"severe","ssa-maximum-dose":true"#)["F142"] == .absent)
    let other = try advice(#""syndrome":"glucagonoma","diarrhoea":"life-threatening","ssa-maximum-dose":true"#)
    #expect([other["F093"], other["F098"], other["F142"]] == [.absent, .absent, .absent])
  }

  @Test("17: glucagonoma: credit for the rash (F102) and less for diabetes and weight loss (F103) as remarks; zinc F143, F144")
  func glucagonoma() throws {
    let plain = try advice(#""syndrome":"glucagonoma""#)
    #expect([plain["F143"], plain["F144"], plain["F100"]] == [.applies, .applies, .applies])
    // The text names glucagonoma as an example of the risk: to state none doesn't take that back (the law of one more finding).
    #expect(try advice(#""syndrome":"glucagonoma","thromboembolic-risk":false"#)["F144"] == .applies)
    #expect(try advice(#""syndrome":"vipoma","thromboembolic-risk":false"#)["F144"] == .absent)
    let other = try advice(#""syndrome":"vipoma""#)
    #expect([other["F143"], other["F144"]] == [.absent, .depends(["thromboembolic-risk"])])
    #expect(try advice(#""syndrome":"vipoma","thromboembolic-risk":true"#)["F144"] == .applies)
    #expect(try remarks(#""syndrome":"glucagonoma""#).contains("F102"))
    #expect(try remarks(#""syndrome":"glucagonoma","diabetes":true"#).contains("F103"))
    #expect(try remarks(#""syndrome":"glucagonoma","weight-loss":true"#).contains("F103"))
    #expect(!(try remarks(#""syndrome":"glucagonoma","diabetes":false,"weight-loss":false"#).contains("F103")))
    #expect(!(try remarks(#""syndrome":"vipoma","diabetes":true"#).contains("F103")))
  }

  @Test("18: breakthrough symptoms: rescue octreotide (F078), or 3 weeks instead of 4 when they cluster (F080), alternatives")
  func breakthrough() throws {
    let flare = try advice(#""syndrome":"carcinoid","flare":true,"end-of-interval-symptoms":false"#)
    #expect([flare["F078"], flare["F080"]] == [.applies, .absent])
    #expect(flare.one("F078")?.subjects == ["octreotide"])
    let cluster = try advice(#""syndrome":"carcinoid","flare":false,"end-of-interval-symptoms":true"#)
    #expect([cluster["F078"], cluster["F080"]] == [.absent, .applies])
    #expect(cluster.one("F080")?.subjects == ["long-acting-ssa"])
    let both = try advice(#""syndrome":"carcinoid","flare":true,"end-of-interval-symptoms":true"#)
    #expect([both["F078"], both["F080"]] == [.applies, .applies])
    #expect(try remarks(#""syndrome":"carcinoid","flare":true"#).contains("F079"))
  }

  @Test("20: interferon: F152 always, F153 after the maximum dose failed, F162 for refractory symptoms, F163 for survival, F166")
  func interferon() throws {
    let failed = try advice(#""ssa-maximum-dose":true,"ssa-response":"refractory","goal":"symptom-control""#)
    #expect([failed["F152"], failed["F153"], failed["F162"], failed["F163"]] == [.applies, .applies, .applies, .absent])
    let lower = try advice(#""ssa-maximum-dose":false,"ssa-response":"refractory""#)
    #expect([lower["F153"], lower["F162"]] == [.absent, .applies])
    for response in ["controlled", "partial"] {
      let answer = try advice(#""ssa-maximum-dose":true,"ssa-response":"\#(response)""#)
      #expect([answer["F153"], answer["F162"], answer["F125"]] == [.absent, .absent, .absent])
    }
    let survival = try advice(#""goal":"survival""#)
    #expect(survival["F163"] == .applies)
    #expect(survival.one("F163")?.stance == "investigational")
    #expect(survival["F152"] == .applies)
    #expect(try advice("")["F166"] == .applies)
    #expect(try advice("").one("F166")?.stance == "investigational")
  }

  @Test("21: F135, F136 and F137 ask for the small bowel; F138 and F139 name no site; F055 holds for any functioning tumour")
  func smallBowel() throws {
    let symptoms = #""diarrhoea":"mild","bile-salt-malabsorption":true,"steatorrhoea":true,"bacterial-overgrowth":true,"mesenteric-fibrosis":true"#
    let bowel = try advice(symptoms + #","site":"small-bowel""#)
    for fact in ["F135", "F136", "F137", "F138", "F139"] { #expect(bowel[fact] == .applies) }
    let pancreas = try advice(symptoms + #","site":"pancreas""#)
    for fact in ["F135", "F136", "F137"] { #expect(pancreas[fact] == .absent) }
    for fact in ["F138", "F139"] { #expect(pancreas[fact] == .applies) }
    #expect(try advice(#""bacterial-overgrowth":true,"mesenteric-fibrosis":false"#)["F138"] == .absent)
    #expect(try advice(#""site":"small-bowel","diarrhoea":"none""#)["F135"] == .absent)
    #expect(try advice(#""syndrome":"insulinoma""#)["F055"] == .applies)
    #expect(try advice(#""syndrome":"nonfunctioning""#)["F055"] == .absent)
  }

  @Test("22 and 38: F051 asks for clinical and biochemical evidence alone, before localisation and whatever the syndrome")
  func earlyTreatment() throws {
    let evidence = #""hypersecretion-clinical":true,"hypersecretion-biochemical":true"#
    #expect(try advice(evidence + #","localised-preoperatively":false"#)["F051"] == .applies)
    #expect(try advice(evidence).one("F051")?.stance == "do")
    #expect(try advice(#""hypersecretion-clinical":true,"hypersecretion-biochemical":false"#)["F051"] == .absent)
    #expect(try advice(#""hypersecretion-clinical":false,"hypersecretion-biochemical":true"#)["F051"] == .absent)
    #expect(try advice(#""syndrome":"insulinoma""#)["F051"] == .depends(["hypersecretion-clinical", "hypersecretion-biochemical"]))
  }

  @Test("39: everolimus: F300 well differentiated, advanced, progressive; F318 well or moderate and progressive; sunitinib F300 only")
  func targeted() throws {
    let well = #""site":"pancreas","stage":"metastatic","progression-12-months":true,"differentiation":"well""#
    #expect([try advice(well)["F300"], try advice(well)["F318"]] == [.applies, .applies])
    #expect(try advice(well).one("F300")?.subjects == ["sunitinib", "everolimus"])
    #expect(try advice(well).one("F318")?.subjects == ["everolimus"])
    let moderate = #""site":"pancreas","stage":"metastatic","progression-12-months":true,"differentiation":"moderate""#
    #expect([try advice(moderate)["F300"], try advice(moderate)["F318"]] == [.absent, .applies])
    let localised = #""site":"pancreas","stage":"localised","progression-12-months":true,"differentiation":"well""#
    #expect([try advice(localised)["F300"], try advice(localised)["F318"]] == [.absent, .applies])
    let stable = #""site":"pancreas","stage":"metastatic","progression-12-months":false,"differentiation":"well""#
    #expect([try advice(stable)["F300"], try advice(stable)["F318"]] == [.absent, .absent])
    let bowel = #""site":"small-bowel","stage":"metastatic","progression-12-months":true,"differentiation":"well""#
    #expect([try advice(bowel)["F300"], try advice(bowel)["F318"]] == [.absent, .absent])
  }

  @Test("40: each statement has its own refractory finding (F029, F040, F125, F134, F141, F142, F153, F162)")
  func refractory() throws {
    let analogue = try advice(#""ssa-response":"refractory""#)
    #expect([analogue["F125"], analogue["F162"]] == [.applies, .applies])
    #expect(analogue.one("F125")?.stance == "investigational")
    #expect(analogue["F141"] != .applies && analogue["F040"] != .applies && analogue["F029"] != .applies)
    let failed = try advice(#""all-treatments-failed":true,"conservative-treatment-failed":true"#)
    for fact in ["F125", "F153", "F162"] { #expect(failed[fact] != .applies) }
  }

  @Test("40: SSTR negative makes SSTR2 negative when it is not stated, and SSTR2 positive with SSTR negative is a contradiction")
  func receptors() throws {
    #expect(try advice(#""syndrome":"insulinoma","sstr":"negative""#)["F109"] == .applies)
    #expect(try advice(#""syndrome":"insulinoma","sstr":"positive""#)["F109"] == .depends(["sstr2"]))
    let answer = try advice(#""sstr":"negative","sstr2":"positive""#)
    #expect(answer.errors.map(\.code) == ["finding.contradiction"])
    #expect(answer.advice.isEmpty)
    #expect(try advice(#""sstr":"positive","sstr2":"negative""#).errors.isEmpty)
  }
}
