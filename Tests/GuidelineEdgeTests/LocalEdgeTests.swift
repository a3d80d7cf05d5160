import Testing

/// Edge cases 23 to 37.
@Suite("Edge cases: systemic, local and radionuclide treatment")
struct LocalEdgeTests {
  @Test("23: platinum for poor differentiation (F187), streptozotocin for moderate or well (F188), favouring features never required")
  func chemotherapy() throws {
    let poor = try advice(#""differentiation":"poor""#)
    #expect([poor["F187"], poor["F188"], poor["F189"], poor["F190"], poor["F191"]] == [.applies, .absent, .absent, .absent, .absent])
    for differentiation in ["moderate", "well"] {
      let answer = try advice(#""differentiation":"\#(differentiation)","site":"small-bowel","grade":"G1","rapid-progression":false"#)
      #expect([answer["F187"], answer["F188"]] == [.absent, .applies])
      for fact in ["F189", "F190", "F191"] { #expect(answer[fact] == .absent) }
    }
    let favoured = try advice(#""differentiation":"well","site":"pancreas","grade":"G2","rapid-progression":true"#)
    for fact in ["F189", "F190", "F191"] {
      #expect(favoured[fact] == .applies)
      #expect(favoured.one(fact)?.stance == "alongside")
      #expect(favoured.one(fact)?.with == ["chemotherapy.streptozotocin"])
    }
    #expect(try advice("")["F188"] == .depends(["differentiation"]))
  }

  @Test("23: well differentiated with G3: F188 and F190 apply, F187 doesn't")
  func wellDifferentiatedG3() throws {
    let answer = try advice(#""differentiation":"well","grade":"G3""#)
    #expect([answer["F187"], answer["F188"], answer["F190"]] == [.absent, .applies, .applies])
    #expect(try advice(#""differentiation":"well","grade":"G1""#)["F190"] == .absent)
  }

  @Test("24: advanced, progressive, well differentiated: sunitinib and everolimus (F300) beside F188, a trial encouraged (F185)")
  func advanced() throws {
    let base = #""site":"pancreas","differentiation":"well","progression-12-months":true"#
    for stage in [#""stage":"metastatic""#, #""stage":"locally-advanced","resectable":false"#] {
      let answer = try advice(base + "," + stage)
      #expect([answer["F300"], answer["F188"], answer["F185"]] == [.applies, .applies, .applies])
      #expect(answer.one("F300")?.stance == "consider")
    }
    let free = #","liver-metastases":"none","bone-metastases":false,"brain-metastases":false"#
    for stage in [#""stage":"localised""#, #""stage":"locally-advanced","resectable":true"# + free] {
      #expect(try advice(base + "," + stage)["F300"] == .absent)
    }
    // Locally advanced says nothing of metastases (correction 7): one would make it metastatic.
    let advanced = base + #","stage":"locally-advanced""#
    #expect(try advice(advanced + free)["F300"] == .depends(["resectable"]))
    #expect(try advice(advanced)["F300"] == .depends(["resectable", "liver-metastases", "bone-metastases", "brain-metastases"]))
    #expect(try advice(advanced + #","resectable":true,"brain-metastases":true"#)["F300"] == .applies)
    #expect(try advice(base)["F300"] == .depends(["stage"]))
  }

  @Test("25: ablation: F194 for unresectable bilobar metastases, F208 for Essen 1 or 2, F201 for any, with F223 and F209")
  func ablation() throws {
    let answer = try advice(#""liver-metastases":"bilobar","liver-resectable":false,"essen-type":"2""#)
    #expect([answer["F194"], answer["F201"], answer["F208"]] == [.applies, .applies, .applies])
    #expect([answer.one("F194")?.stance, answer.one("F201")?.stance, answer.one("F208")?.stance] == ["do", "consider", "consider"])
    #expect([answer["F209"], answer["F223"]] == [.applies, .applies])
    #expect(answer.one("F223")?.subjects == ["mdt"])
    #expect(answer.one("F209")?.subjects == ["octreotide-infusion"])
    #expect(try advice(#""liver-metastases":"bilobar","liver-resectable":true"#)["F194"] == .absent)
    #expect(try advice(#""liver-metastases":"unilobar","liver-resectable":false"#)["F194"] == .absent)
    #expect(try advice(#""essen-type":"1""#)["F208"] == .applies)
    #expect(try advice(#""essen-type":"3""#)["F208"] == .absent)
    let none = try advice(#""liver-metastases":"none","essen-type":"3""#)
    for fact in ["F194", "F201", "F208", "F209", "F223"] { #expect(none[fact] == .absent) }
  }

  @Test("25: up to 20 lesions all below 3 cm (F212), complete below 4 cm (F213); more, larger or less ablatable is said")
  func ablationLimits() throws {
    let metastases = #""liver-metastases":"bilobar","liver-resectable":false"#
    let within = try remarks(metastases + #","liver-lesions":20,"largest-liver-lesion":"29.9 mm","ablatable":90"#)
    #expect(within.contains("F212") && within.contains("F213") && !within.contains("F215"))
    #expect(!within.contains("ablation.not-covered"))
    for beyond in [
      #","liver-lesions":21,"largest-liver-lesion":10"#, #","liver-lesions":2,"largest-liver-lesion":30"#,
      #","liver-lesions":1,"largest-liver-lesion":40"#,
    ] {
      let said = try remarks(metastases + beyond)
      #expect(!said.contains("F212"))
      #expect(said.contains("not-covered"))
    }
    let single = try remarks(metastases + #","liver-lesions":1,"largest-liver-lesion":39.9"#)
    #expect(single.contains("F213") && !single.contains("not-covered"))
    #expect(try remarks(metastases + #","ablatable":89.9"#).contains("F215"))
  }

  @Test("26: octreotide cover (F209, F210) in an insulinoma without SSTR2, or of unknown SSTR2, meets F109 and F110: both are shown")
  func coverInInsulinoma() throws {
    let insulinoma = #""syndrome":"insulinoma","liver-metastases":"bilobar","liver-resectable":false,"symptomatic":true"#
    let negative = try advice(insulinoma + #","sstr2":"negative""#)
    for fact in ["F109", "F110", "F209", "F210"] { #expect(negative[fact] == .applies) }
    let open = try advice(insulinoma)
    #expect([open["F109"], open["F110"], open["F209"]] == [.depends(["sstr2"]), .applies, .applies])
    #expect(try advice(insulinoma + #","sstr2":"positive""#)["F109"] == .absent)
    let rules = try guideline().rules
    for fact in ["F209", "F210"] {
      let cover = try #require(rules.first { $0.facts == [fact] })
      #expect(cover.conflicts == ["insulinoma.analogues-without-sstr2"])
    }
  }

  @Test("27: the rate of E01 (F279) and its times (F280) go with embolisation and chemoembolisation, never with ablation or resection")
  func rateOfE01() throws {
    let embolisation = try advice(#""liver-metastases":"bilobar","symptomatic":true,"site":"small-bowel""#)
    #expect([embolisation["F279"], embolisation["F280"]] == [.applies, .applies])
    #expect(embolisation.one("F279")?.with.allSatisfy { $0.hasPrefix("embolisation.") } == true)
    let ablationOnly = try advice(#""liver-metastases":"bilobar","liver-resectable":true,"symptomatic":false,"site":"small-bowel""#)
    #expect([ablationOnly["F201"], ablationOnly["F023"], ablationOnly["F209"], ablationOnly["F210"]] == [.applies, .applies, .applies, .applies])
    #expect([ablationOnly["F279"], ablationOnly["F280"]] == [.absent, .absent])
  }

  @Test("28: raised mortality above 75% (F274), portal vein thrombosis (F275), carcinoid heart disease (F276): cautions, for both techniques")
  func embolisationCautions() throws {
    for (fact, yes, no) in [
      ("F274", #""liver-involvement":75.1"#, #""liver-involvement":75"#),
      ("F275", #""portal-vein-thrombosis":true"#, #""portal-vein-thrombosis":false"#),
      ("F276", #""carcinoid-heart-disease":true"#, #""carcinoid-heart-disease":false"#),
    ] {
      for technique in ["embolisation", "chemoembolisation"] {
        #expect(try advice(yes)[fact, "caution", on: technique] == .applies)
        #expect(try advice(no)[fact, "caution", on: technique] == .absent)
      }
    }
    let insufficiency = try advice(#""liver-involvement":50,"liver-insufficiency":true"#)
    #expect(insufficiency.all("F274").isEmpty)
    let heart = try advice(#""liver-metastases":"bilobar","symptomatic":true,"carcinoid-heart-disease":true"#)
    #expect(heart["F264"] == .applies)
    #expect(heart.background(on: "hydration").map(\.stance) == ["caution"])
    #expect(try advice(#""carcinoid-heart-disease":false"#).background(on: "hydration").isEmpty)
  }

  @Test("28: the companions of P098 to P100 go with chemoembolisation too (F273, F277 to F283)")
  func embolisationCompanions() throws {
    let chemo = try advice(#""site":"pancreas","liver-metastases":"bilobar","symptomatic":false,"tumour-lysis-risk":true"#)
    #expect([chemo["F264"], chemo["F285"]] == [.absent, .applies])
    for fact in ["F210", "F273", "F277", "F278", "F279", "F280", "F281", "F282", "F283"] { #expect(chemo[fact] == .applies) }
    #expect(try advice(#""site":"pancreas","liver-metastases":"bilobar","tumour-lysis-risk":false"#)["F283"] == .absent)
    let none = try advice(#""liver-metastases":"none""#)
    for fact in ["F273", "F277", "F278", "F279", "F280", "F281", "F282"] { #expect(none[fact] == .absent) }
  }

  @Test("29: chemoembolisation is an option for pancreatic primaries (F285), beside F267 and F284")
  func chemoembolisation() throws {
    let pancreas = #""site":"pancreas","liver-metastases":"bilobar""#
    #expect(try advice(pancreas)["F285"] == .applies)
    #expect(try advice(pancreas).one("F285")?.stance == "consider")
    #expect(try remarks(pancreas).contains("F267"))
    #expect(try remarks(pancreas).contains("F284"))
    #expect(try advice(#""site":"small-bowel","liver-metastases":"bilobar""#)["F285"] == .absent)
  }

  @Test("30: 3 months of antibiotics for a biliary-enteric anastomosis go with ablation only (F221, F222)")
  func anastomosis() throws {
    let ablation = #""liver-metastases":"unilobar""#
    let yes = try advice(ablation + #","biliary-enteric-anastomosis":true"#)
    #expect([yes["F221"], yes["F222"]] == [.applies, .applies])
    #expect(yes.one("F222")?.with.allSatisfy { $0.hasPrefix("ablation.") } == true)
    let no = try advice(ablation + #","biliary-enteric-anastomosis":false"#)
    #expect([no["F221"], no["F222"]] == [.absent, .absent])
    #expect(try advice(#""liver-metastases":"none","essen-type":"3","biliary-enteric-anastomosis":true"#)["F222"] == .absent)
  }

  @Test("31: F224 for unresectable or symptomatic disease beside F240; MIBG needs uptake and PRRT receptors, marked background")
  func radionuclides() throws {
    #expect(try advice(#""resectable":false"#)["F224"] == .applies)
    #expect(try advice(#""symptomatic":true"#)["F224"] == .applies)
    #expect(try advice(#""resectable":true,"symptomatic":false"#)["F224"] == .absent)
    #expect(try remarks(#""symptomatic":true"#).contains("F240"))
    let mibg = try advice(#""symptomatic":true,"mibg-uptake":"negative""#).background(on: "mibg-131i")
    #expect(mibg.map(\.stance) == ["avoid"])
    #expect(mibg.map(\.status) == ["applies"])
    #expect(try advice(#""mibg-uptake":"positive""#).background(on: "mibg-131i").isEmpty)
    #expect(try advice("").background(on: "mibg-131i").map(\.dependsOn) == [["mibg-uptake"]])
    let prrt = try advice(#""symptomatic":true,"sstr":"negative""#).background(on: "prrt")
    #expect(prrt.map(\.stance) == ["avoid"])
    #expect(try advice(#""sstr":"positive""#).background(on: "prrt").isEmpty)
    #expect(try advice("").background(on: "prrt").map(\.dependsOn) == [["sstr"]])
  }

  @Test("32: marrow infiltration (F233), prior chemotherapy or radionuclides (F234) and repeated cycles (F235) are cautions for MIBG")
  func marrow() throws {
    #expect(try advice(#""marrow-infiltration":true"#)["F233"] == .applies)
    #expect(try advice(#""marrow-infiltration":false"#)["F233"] == .absent)
    #expect(try advice(#""prior-chemotherapy":true,"prior-radionuclide":false"#)["F234"] == .applies)
    #expect(try advice(#""prior-chemotherapy":false,"prior-radionuclide":true"#)["F234"] == .applies)
    #expect(try advice(#""prior-chemotherapy":false,"prior-radionuclide":false"#)["F234"] == .absent)
    #expect(try advice(#""prior-radionuclide":true"#)["F235"] == .applies)
    #expect(try advice(#""prior-chemotherapy":true,"prior-radionuclide":false"#)["F235"] == .absent)
    let answer = try advice(#""marrow-infiltration":true,"prior-radionuclide":true"#)
    for fact in ["F233", "F234", "F235"] {
      #expect(answer.one(fact)?.stance == "caution")
      #expect(answer.one(fact)?.subjects == ["mibg-131i"])
    }
  }

  @Test("33: 90Y with microangiopathy is a caution (F256); amino acids (F255) go with 90Y, and 177Lu isn't preferred")
  func yttrium() throws {
    #expect(try advice(#""microangiopathy":true"#)["F256"] == .applies)
    #expect(try advice(#""microangiopathy":true"#).one("F256")?.subjects == ["y90-prrt"])
    #expect(try advice(#""microangiopathy":false,"hypertension":true,"diabetes":true"#)["F256"] == .absent)
    let amino = try #require(try advice(#""symptomatic":true"#).one("F255"))
    #expect(amino.subjects == ["renal-amino-acids"])
    #expect(!(try advice(#""microangiopathy":true,"symptomatic":true"#).advice.contains { $0.subjects.contains("lu177-dotatate") }))
    let rule = try #require(try guideline().rules.first { $0.facts == ["F255"] })
    #expect(rule.with == ["y90-prrt"])
  }

  @Test("34: figures from midgut or mixed series (E09, E14) are labelled indirect for a pancreatic tumour")
  func indirect() throws {
    for fact in ["F120", "F159"] {
      let entries = try guideline().entries.filter { $0.kind == .evidence && $0.list("facts").contains(fact) }
      #expect(!entries.isEmpty)
      for entry in entries { #expect(entry["directness"] == "indirect") }
    }
    let everolimus = try #require(try guideline().entries.first { $0.kind == .evidence && $0.list("facts").contains("F321") })
    #expect(everolimus["directness"] == "direct")
  }

  /// F016, F017, F019 … as facts.tsv has them; every fact that isn't here has neither level nor grade.
  static let graded: [String: (Int, String)] = [
    "F016": (3, "B"), "F017": (3, "B"), "F019": (3, "B"), "F021": (4, "C"), "F022": (4, "C"), "F024": (4, "C"), "F025": (4, "C"),
    "F027": (3, "B"), "F028": (3, "B"), "F029": (3, "B"), "F035": (3, "B"), "F039": (3, "B"), "F187": (2, "B"), "F188": (1, "A"),
    "F189": (1, "A"), "F190": (1, "A"), "F191": (1, "A"),
  ]

  @Test("35: only the facts so marked carry a level and a grade")
  func levelsAndGrades() throws {
    for rule in try guideline().rules {
      for fact in rule.facts where !rule.isBackground {
        #expect(rule.level == Self.graded[fact].map { String($0.0) }, "\(rule.id) \(fact)")
        #expect(rule.grade == Self.graded[fact]?.1, "\(rule.id) \(fact)")
      }
      if rule.isBackground { #expect(rule.level == nil && rule.grade == nil, "\(rule.id)") }
    }
  }

  @Test("36: the choice of regimen (F185 to F191) begins with: if chemotherapy is considered")
  func regimens() throws {
    for rule in try guideline().rules where rule.facts.contains(where: { ("F185"..."F191").contains($0) }) {
      #expect(rule.title.english.hasPrefix("If chemotherapy "), "\(rule.id)")
      #expect(rule.title.greek.hasPrefix("Αν εξετάζεται χημειοθεραπεία"), "\(rule.id)")
    }
  }

  @Test("37: radioembolisation (F286): an option with the words described, not recommended")
  func radioembolisation() throws {
    let answer = try advice(#""liver-metastases":"bilobar","liver-resectable":false"#)
    #expect(answer["F286"] == .applies)
    #expect(answer.one("F286")?.stance == "consider")
    #expect(try advice(#""liver-metastases":"bilobar","liver-resectable":true"#)["F286"] == .absent)
    let rule = try #require(try guideline().rules.first { $0.facts == ["F286"] })
    #expect(rule.title.english.contains("described, not recommended"))
    #expect(rule.title.greek.contains("χωρίς να συνιστάται"))
  }
}
