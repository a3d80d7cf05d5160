import Reports
import Testing
import Wording

/// Each erratum of severity A and B, as errata.tsv says it is read and what the program does about it.
@Suite("Errata that change treatment or a figure")
struct ErrataTests {
  @Test("E01: 50 micrograms per hour is the dose (F279); 50 mg per hour is refused, with the reading and the ceiling of P018", arguments: Language.allCases)
  func e01(language: Language) throws {
    let dose = try #require(try Told("dose octreotide-infusion", language).stating("F279", in: "doses").first)
    #expect(dose["amounts"]?.text == #"{"kind":"list","values":[{"value":50,"unit":"mcg"}],"per":"hour"}"#)
    #expect(dose["erratum"] == .string("E01"))
    let patient = "patient 54F, insulinoma;"
    for rate in ["50 mg/h", "50 mg per hour", "50 mg every hour", "50 mg", "50000 micrograms/h", "60 mg/h", "50 mg/h anyway"] {
      let refused = try Told(patient + "give octreotide infusion " + rate, language)
      #expect(refused.codes == ["dose.implausible"], "\(rate)")
      #expect(refused.errors.contains("E01") && refused.errors.contains("1200") && refused.errors.contains("P018"))
      #expect(refused.session.state.patient?.given.isEmpty == true)
    }
    #expect(try Told(patient + "give octreotide infusion 50 micrograms per hour", language).codes == [])
    #expect(try Told(patient + "give octreotide infusion 51 micrograms per hour", language).codes == ["dose.amount"])
  }

  @Test("E02: streptozotocin is favoured by grade G2 or G3 (F190), whatever the differentiation")
  func e02() throws {
    for differentiation in ["moderate", "well"] {
      for (grade, standing) in [("G1", Standing.absent), ("G2", .applies), ("G3", .applies)] {
        #expect(try advice(#""differentiation":"\#(differentiation)","grade":"\#(grade)""#)["F190"] == standing)
      }
      #expect(try advice(#""differentiation":"\#(differentiation)""#)["F190"] == .depends(["grade"]))
    }
    #expect(try Told("cite F190").list("facts").first?["errata"]?.text.contains("E02") == true)
  }

  @Test("E03: diazoxide is called antihypertensive with a hyperglycaemic effect (F130), the erratum beside it")
  func e03() throws {
    for (language, drug) in [(Language.english, "antihypertensive"), (.greek, "αντιυπερτασικό")] {
      let line = try #require(try Told("cite F130", language).line(with: drug))
      #expect(line.contains("E03"))
    }
  }

  @Test("E04: the patient's own SSTR2 decides on analogues in insulinoma (F109), never a percentage")
  func e04() throws {
    let insulinoma = #""syndrome":"insulinoma""#
    #expect(try advice(insulinoma)["F109"] == .depends(["sstr2"]))
    #expect(try advice(insulinoma + #","sstr2":"negative""#)["F109"] == .applies)
    #expect(try advice(insulinoma + #","sstr2":"positive""#)["F109"] == .absent)
    let rule = try #require(try guideline().rules.first { $0.facts == ["F109"] })
    #expect(!rule.title.english.contains("%") && !rule.title.greek.contains("%"))
    // 50 to 60% is the share that does carry receptors (F058).
    #expect(try remarks(insulinoma).contains("F058"))
  }

  @Test("E05: renal-protective amino acids go with 90Y (F255), and no isomer can be ordered")
  func e05() throws {
    #expect(try advice(#""symptomatic":true"#).one("F255")?.subjects == ["renal-amino-acids"])
    for name in ["D-lysine", "L-lysine", "lysine", "arginine"] {
      #expect(try Told("patient 54F;give " + name).codes == ["therapy.unknown"], "\(name)")
    }
    for therapy in try guideline().vocabulary.therapies {
      #expect(!therapy.name.english.contains("lysine") && !therapy.name.greek.contains("λυσίνη"))
    }
    for language in Language.allCases {
      let rule = try #require(try guideline().rules.first { $0.facts == ["F255"] })
      #expect(rule.title[language].contains("E05"))
    }
  }

  @Test("E06: oral vitamin B (F139) says that the vitamin and dose aren't stated, for no population, apart from B12 (F090)", arguments: Language.allCases)
  func e06(language: Language) throws {
    let rule = try #require(try guideline().rules.first { $0.facts == ["F139"] })
    #expect(rule.when == .always)
    #expect(rule.title[language].contains(language == .greek ? "δεν αναφέρεται" : "not stated"))
    #expect(!rule.title[language].contains("12"))
    #expect(try Told("dose vitamin-b", language).list("doses").isEmpty)
    #expect(try Told("adverse somatostatin-analogue").stating("F090", in: "adverse_effects").first?["title"]?.plain?.contains("B12") == true)
    #expect(try Told("adverse vitamin-b").list("adverse_effects").isEmpty)
  }

  @Test("E07: F135, F136 and F137 ask for the small bowel, and for no size")
  func e07() throws {
    let symptoms = #""diarrhoea":"severe","bile-salt-malabsorption":true,"steatorrhoea":true"#
    for fact in ["F135", "F136", "F137"] {
      for size in ["5", "90"] { #expect(try advice(symptoms + #","site":"small-bowel","size":\#(size)"#)[fact] == .applies) }
      #expect(try advice(symptoms + #","site":"pancreas","size":5"#)[fact] == .absent)
      #expect(try advice(symptoms + #","site":"small-bowel""#)[fact] == .applies)
    }
  }

  @Test("E08: avoid when transplants were had or both features hold (F046, F047); caution for would-need, or one feature: both readings shown")
  func e08() throws {
    #expect(try advice(#""multi-organ-transplant":"had""#)["F046", "avoid"] == .applies)
    #expect(try advice(#""multi-organ-transplant":"would-need""#).one("F046", "caution")?.reading == "E08")
    #expect(try advice(#""site":"pancreas","high-ki67":true"#)["F047", "avoid"] == .applies)
    #expect(try advice(#""site":"pancreas","high-ki67":false"#).one("F047", "caution")?.reading == "E08")
    #expect(try advice(#""site":"small-bowel","high-ki67":true"#).one("F047", "caution")?.reading == "E08")
    #expect(try advice(#""site":"small-bowel","high-ki67":false"#)["F047", "caution"] == .absent)
    for language in Language.allCases {
      let said = try #require(try Told("patient 54F, multi-organ transplant would-need;recommend transplantation", language).line(with: "E08"))
      #expect(said.contains("P011"))
    }
  }

  @Test("E09: 57% against 37% with octreotide alone (F159), 68 patients, indirect")
  func e09() throws {
    let study = try evidence("interferon-alpha", "F159")
    #expect([study["value"]?.range, study["comparator"]?["value"]?.range] == ["57 %", "37 %"])
    #expect(study["comparator"]?["id"] == .string("octreotide"))
    #expect([study["n"]?.plain, study["direct"]?.text, study["endpoint"]?.plain] == ["68", "false", "survival-rate"])
    #expect(study["errata"]?.plains == ["E09"])
    for language in Language.allCases { #expect(try Told("evidence interferon-alpha", language).text.contains("E09")) }
  }

  @Test("E10: 74.4% is stable disease or response together (F246), in a cohort apart from the objective responses (F248)")
  func e10() throws {
    let study = try evidence("y90-dotatoc", "F246")
    #expect([study["value"]?.range, study["endpoint"]?.plain] == ["74.4 %", "disease-control"])
    #expect(study["errata"]?.plains == ["E10"])
    #expect(study["cohort"] != (try evidence("y90-dotatoc", "F248"))["cohort"])
    #expect(try Told("evidence response rate").stating("F246", in: "evidence").isEmpty)
  }

  @Test("E11: 57% at 5 years (F219) and 3.9 years (F220), a median, stand in two cohorts, and the contradiction is said", arguments: Language.allCases)
  func e11(language: Language) throws {
    let (rate, time) = (try evidence("rfa-laparoscopic", "F219"), try evidence("rfa-laparoscopic", "F220"))
    #expect([rate["value"]?.range, time["value"]?.range] == ["57 %", "3.9 years"])
    #expect(rate["cohort"] != time["cohort"])
    #expect(time["endpoint"] == .string("overall-survival"))
    #expect([rate["errata"]?.plains, time["errata"]?.plains] == [["E11"], ["E11"]])
    let told = try Told("evidence rfa-laparoscopic", language)
    #expect(told.text.contains(language == .greek ? "τα δύο δεν μπορεί να αφορούν την ίδια ομάδα" : "the two cannot hold for one cohort"))
    #expect(told.text.contains(language == .greek ? "Διάμεση επιβίωση" : "Median survival"))
  }

  @Test("E12: creatinine clearance falls by 7.9% (F257) and by 3.8% (F261) a year: 100 mL/min becomes 92.1 and 96.2, not 7.9 and 3.8")
  func e12() throws {
    for (therapy, fact, left) in [("y90-dotatoc", "F257", "92.1 mL/min"), ("lu177-dotatate", "F261", "96.2 mL/min")] {
      let given = try Told("patient 60M, microangiopathy, creatinine clearance 100 mL/min;give " + therapy)
      #expect(given.text.contains(left), "\(therapy)")
      let falls = try Told("adverse " + therapy).stating(fact, in: "adverse_effects")
      let effect = try #require(falls.first { $0["effect"] == .string("creatinine-clearance-fall") })
      #expect(effect["errata"]?.plains == ["E12"])
    }
  }

  @Test("E13: partial response 28% (F258) and stable disease 54% (F259) as printed, each with the note", arguments: Language.allCases)
  func e13(language: Language) throws {
    for (fact, value, endpoint) in [("F258", "28 %", "partial-response"), ("F259", "54 %", "stable-disease")] {
      let study = try #require(try Told("evidence lu177-dotatate", language).stating(fact, in: "evidence").first)
      #expect([study["value"]?.range, study["endpoint"]?.plain] == [value, endpoint])
      #expect(study["errata"]?.plains == ["E13"])
      #expect(study["title"]?.plain?.contains("E13") == true)
    }
  }

  @Test("E14: 14.3 against 6 months are the time to progression in midgut NET (F120), indirect")
  func e14() throws {
    let study = try evidence("octreotide-lar", "F120")
    #expect([study["value"]?.range, study["comparator"]?["value"]?.range] == ["14.3 months", "6 months"])
    #expect([study["endpoint"]?.plain, study["direct"]?.text] == ["time-to-progression", "false"])
    #expect(study["population"]?["text"]?.plain?.contains("midgut") == true)
    #expect(study["errata"]?.plains == ["E14"])
    #expect(try Told("evidence progression-free survival").stating("F120", in: "evidence").isEmpty)
  }

  @Test("E15: 11.4 against 5.5 months are the median progression-free survival on sunitinib (F309)")
  func e15() throws {
    let study = try evidence("sunitinib", "F309")
    #expect([study["value"]?.range, study["comparator"]?["value"]?.range] == ["11.4 months", "5.5 months"])
    #expect([study["endpoint"]?.plain, study["title"]?.plain] == ["progression-free-survival", "Median progression-free survival"])
    #expect(study["errata"]?.plains == ["E15"])
  }

  @Test("E16: neutropenia 12% (F310) and hypertension 10% (F311) with the note that they are of grade 3 or 4", arguments: Language.allCases)
  func e16(language: Language) throws {
    let told = try Told("adverse sunitinib", language)
    for (fact, share) in [("F310", "12"), ("F311", "10")] {
      let effect = try #require(told.stating(fact, in: "adverse_effects").first)
      #expect(effect["frequency"]?["low"]?.plain == share)
      #expect(effect["errata"]?.plains == ["E16"])
      #expect(effect["title"]?.plain?.contains(language == .greek ? "E16: βαθμού 3 ή 4" : "E16: grade 3 or 4") == true)
    }
  }

  @Test("E17: 9.6% (F316) and 67.8% (F317) are of the group on everolimus alone, not of the 160 (F315)", arguments: Language.allCases)
  func e17(language: Language) throws {
    let told = try Told("evidence everolimus", language)
    for (fact, value) in [("F316", "9.6 %"), ("F317", "67.8 %")] {
      let study = try #require(told.stating(fact, in: "evidence").first)
      #expect(study["value"]?.range == value)
      #expect(study["n"] == nil)
      #expect(study["title"]?.plain?.contains(language == .greek ? "E17: everolimus μόνο" : "E17: everolimus alone") == true)
    }
    #expect(told.stating("F315", in: "evidence").first?["n"]?.plain == "160")
  }

  @Test("E18: 16 months after embolisation are progression-free survival (F269)")
  func e18() throws {
    let study = try evidence("embolisation", "F269")
    #expect([study["value"]?.range, study["endpoint"]?.plain] == ["16 months", "progression-free-survival"])
    #expect(study["errata"]?.plains == ["E18"])
    #expect(try Told("evidence disease-free survival").stating("F269", in: "evidence").isEmpty)
  }

  @Test("E19: the improvement of 22% (F239) is text, never a survival rate")
  func e19() throws {
    let study = try evidence("mibg-131i", "F239")
    #expect(study["value"] == nil)
    #expect(study["endpoint"] == .string("other"))
    #expect(study["errata"]?.plains == ["E19"])
    #expect(try Told("evidence survival rate").stating("F239", in: "evidence").isEmpty)
    for language in Language.allCases { #expect(try Told("evidence mibg-131i", language).line(with: "22%")?.contains("E19") == true) }
  }

  @Test("E20: 40 to 60% (F236) is a response of unstated kind, in a cohort apart from the objective responses (F237)")
  func e20() throws {
    let study = try evidence("mibg-131i", "F236")
    #expect([study["value"]?.range, study["endpoint"]?.plain, study["title"]?.plain] == ["40-60 %", "other", "Response of unstated kind"])
    #expect(study["cohort"] != (try evidence("mibg-131i", "F237"))["cohort"])
    for endpoint in ["response rate", "objective response", "partial response"] {
      #expect(try Told("evidence " + endpoint).stating("F236", in: "evidence").isEmpty)
    }
  }

  @Test("E21: the patient's own MIBG uptake decides, not the 80% of F225")
  func e21() throws {
    let symptomatic = #""symptomatic":true,"malignant":true,"functioning":true"#
    #expect(try advice(symptomatic).background(on: "mibg-131i").map(\.dependsOn) == [["mibg-uptake"]])
    #expect(try advice(symptomatic + #","mibg-uptake":"negative""#).background(on: "mibg-131i").map(\.stance) == ["avoid"])
    #expect(try advice(symptomatic + #","mibg-uptake":"positive""#).background(on: "mibg-131i").isEmpty)
    #expect(try guideline().rules.allSatisfy { $0.isRemark || !$0.facts.contains("F225") })
  }

  @Test("E22: analogues in gastrinoma (F108) for acid uncontrolled on a PPI or relapse, the note shown", arguments: Language.allCases)
  func e22(language: Language) throws {
    for (control, standing) in [("uncontrolled-on-ppi", Standing.applies), ("relapse", .applies), ("controlled", .absent)] {
      #expect(try advice(#""syndrome":"gastrinoma","acid-control":"\#(control)""#)["F108"] == standing)
    }
    let told = try Told("patient 61M, gastrinoma, acid-control is relapse;recommend analogues", language)
    #expect(told.line(with: "E22")?.contains("P026") == true)
  }

  @Test("E23: sunitinib for well differentiated tumours (F300), everolimus also for moderate ones (F318); the difference is said", arguments: Language.allCases)
  func e23(language: Language) throws {
    let tumour = #""site":"pancreas","stage":"metastatic","progression-12-months":true"#
    let well = try advice(tumour + #","differentiation":"well""#)
    #expect([well["F300", nil, on: "sunitinib"], well["F300", nil, on: "everolimus"], well["F318"]] == [.applies, .applies, .applies])
    let moderate = try advice(tumour + #","differentiation":"moderate""#)
    #expect([moderate["F300"], moderate["F318"]] == [.absent, .applies])
    for fact in ["F300", "F318"] { #expect(try Told("cite " + fact, language).line(with: "E23") != nil) }
  }

  @Test("E24: streptozotocin's level 1 and grade A (F188) stand beside what speaks against them (F184, F168)", arguments: Language.allCases)
  func e24(language: Language) throws {
    let advice = try #require(try advice(#""differentiation":"well""#).one("F188"))
    #expect([advice.level.map(String.init), advice.grade] == ["1", "A"])
    let told = try Told("patient 54F, well differentiated;recommend chemotherapy", language)
    #expect(told.line(with: language == .greek ? "Λείπουν οριστικές μελέτες φάσης III" : "phase III studies are lacking") != nil)
    let cited = try Told("cite F188", language)
    #expect(cited.line(with: language == .greek ? "πιο ρεαλιστικ" : "more realistic")?.contains("E24") == true)
  }

  @Test("E25: 90Y microspheres (F286) are radioembolisation and never count as chemotherapy", arguments: Language.allCases)
  func e25(language: Language) throws {
    let told = try Told("patient 54F, liver mets bilobar;perform sirt", language)
    #expect(told.codes == [])
    #expect(told["sets"]?.plains == [])
    let vocabulary = try guideline().vocabulary
    #expect(!vocabulary.groups(above: "sirt").contains { $0.contains("chemo") })
    let chemotherapy = try #require(vocabulary.finding(id: "prior-chemotherapy"))
    #expect(told.session.state.patient?.stated[chemotherapy.index] == nil)
  }

  @Test("E26: safety (F288), symptom response (F291, F292) and tumour response with survival (F293 to F295) are three cohorts")
  func e26() throws {
    func cohort(_ fact: String) throws -> String? { try evidence("sirt", fact)["cohort"]?.plain }
    let (safety, symptoms, tumour) = (try cohort("F288"), try cohort("F291"), try cohort("F293"))
    #expect(Set([safety, symptoms, tumour]).count == 3)
    #expect(try cohort("F292") == symptoms)
    #expect([try cohort("F294"), try cohort("F295")] == [tumour, tumour])
    for fact in ["F288", "F291", "F292", "F293", "F294", "F295"] { #expect(try evidence("sirt", fact)["errata"]?.plains == ["E26"]) }
    for figure in try Told("evidence sirt").list("figures") { #expect(!(figure.text.contains("148") && figure.text.contains("2.7"))) }
  }

  @Test("E27: analogues may help in ectopic GHRH (F114): the syndrome is ghrh-oma")
  func e27() throws {
    #expect(try advice(#""syndrome":"ghrh-oma""#)["F114"] == .applies)
    #expect(try advice(#""syndrome":"acth-oma""#)["F114"] == .absent)
    #expect(try Told("cite F114").text.contains("growth-hormone-releasing hormone"))
    #expect(try Told("cite F114", .greek).text.contains("εκλυτική ορμόνη"))
  }

  @Test("E28: the regimen of three drugs is no better than cisplatin with etoposide (F183)", arguments: Language.allCases)
  func e28(language: Language) throws {
    let study = try #require(try Told("evidence paclitaxel-carboplatin-etoposide", language).stating("F183", in: "evidence").first)
    #expect(study["therapies"]?.plains == ["paclitaxel-carboplatin-etoposide"])
    #expect(study["errata"]?.plains == ["E28"])
    #expect(study["title"]?.plain?.contains(language == .greek ? "Χωρίς εμφανές πλεονέκτημα" : "No apparent advantage") == true)
  }

  @Test("E29: 8 to 9 months are the median duration of response (F182)")
  func e29() throws {
    let study = try evidence("cisplatin-etoposide", "F182")
    #expect([study["value"]?.range, study["endpoint"]?.plain] == ["8-9 months", "duration-of-response"])
    #expect(study["title"]?.plain?.hasPrefix("Median duration") == true)
    #expect(study["errata"]?.plains == ["E29"])
  }

  @Test("E30: flatulence with the note (F084), and no incontinence", arguments: Language.allCases)
  func e30(language: Language) throws {
    let effects = try Told("adverse somatostatin-analogue", language).list("adverse_effects")
    let flatulence = try #require(effects.first { $0["effect"] == .string("flatulence") })
    #expect(flatulence["facts"]?.plains.contains("F084") == true)
    #expect(flatulence["errata"]?.plains == ["E30"])
    #expect(flatulence["title"]?.plain?.contains("E30") == true)
    #expect(!effects.contains { $0.text.contains("incontinence") || $0.text.contains("stool") || $0.text.contains("ακράτεια") })
  }

  @Test("E33: 131I-MIBG as the only licensed radionuclide therapy (F231) is dated to the text")
  func e33() throws {
    #expect(try Told("cite F231").line(with: "only licensed")?.contains("at the time of the text (E33)") == true)
    let greek = try #require(try Told("cite F231", .greek).line(with: "E33"))
    #expect(greek.contains("γράφτηκε το κείμενο"))
  }
}
