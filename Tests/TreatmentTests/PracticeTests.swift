import Commands
import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Testing
import Vocabulary
import Wording

private let guideline = Result { try Guideline.embedded() }

/// Orders in words, with what each must be: a canonical command, `PASS:` and a therapy given whatever the details, REFUSE, NOTE or
/// ASK; several where the contract allows several. They were written from reading.md before the reader was run.
@Suite("Orders in the words of practice")
struct PracticeTests {
  private static let setUp = "patient 60M, carcinoid syndrome, site small-bowel"

  private struct Run {
    let codes: [String]
    let asks: Bool
    let meaning: JSON
    let therapy: String?
    let notes: Bool
    let isChanged: Bool
  }

  private func run(_ line: String, after setUp: String) throws -> Run {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    for command in setUp.split(separator: ";") { _ = session.run(String(command)) }
    let before = session.state
    let report = session.run(line).report
    let data = JSON.fields(report.data)
    let core = ["act", "therapy", "test", "setting", "regimen"].map { data[$0] ?? .null }
    let therapy: String? = if case .string(let id)? = data["therapy"] { id } else { nil }
    let isNoted = data["noted"] != nil && data["regimen"] == nil
    return Run(
      codes: report.errors.map(\.code), asks: report.errors.contains { !$0.readings.isEmpty }, meaning: .array(core), therapy: therapy,
      notes: isNoted, isChanged: session.state.patient != before.patient)
  }

  private func check(_ phrase: String, _ expected: String, after setUp: String = PracticeTests.setUp) throws {
    let run = try run(phrase, after: setUp)
    var golds: [String] = []
    var rest = expected[...]
    while let range = rest.range(of: " || ") {
      golds.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    golds.append(String(rest))
    let isRight = try golds.contains { gold in
      if gold == "ASK" { return run.asks }
      if gold.hasPrefix("REFUSE") { return !run.codes.isEmpty }
      guard run.codes.isEmpty else { return false }
      if gold == "NOTE" { return run.notes }
      if gold.hasPrefix("PASS:") { return run.therapy == String(gold.dropFirst(5)) }
      let plain = try self.run(gold, after: setUp)
      return plain.codes.isEmpty && plain.meaning == run.meaning
    }
    #expect(isRight, "\(phrase) → \(run.codes) \(run.meaning.text), not \(expected)")
    if !run.codes.isEmpty { #expect(!run.isChanged, "\(phrase)") }
  }

  @Test(
    "doses as people write them",
    arguments: [
      ("give octreotide LAR 20 mg once every 28 days", "give octreotide-lar 20 mg every 4 weeks"),
      ("give octreotide LAR 30mg monthly i.m.", "give octreotide-lar 30 mg once a month im || REFUSE:P018 gives every 4 weeks || ASK"),
      ("give diazoxide 100mg x3 daily po", "give diazoxide 100 mg three times a day orally"),
      ("give diazoxide 100 mg 3x/day", "give diazoxide 100 mg three times a day"),
      ("give diazoxide 100 mg q8h", "give diazoxide 100 mg every 8 hours"),
      ("give diazoxide 0.2 g bd", "give diazoxide 0.2 g twice a day"),
      ("give everolimus 10 mg per day", "give everolimus 10 mg a day || give everolimus 10 mg once daily"),
      ("give everolimus 10mg p.o. every morning", "give everolimus 10 mg once daily orally || give everolimus 10 mg once daily"),
      ("give interferon alfa 3 million IU sc 3x weekly", "give interferon-alpha 3 million units three times a week sc"),
      ("give IFN 5MU tiw", "give interferon-alpha 5 million units three times a week"),
      ("give mIBG 7.4 GBq", "give mibg-131i 7.4 GBq"),
      ("give 131I-MIBG 7400 MBq every 6 months", "give mibg-131i 7.4 GBq every 6 months"),
      ("give octreotide infusion 50 mcg/hr", "give octreotide-infusion 50 mcg/h"),
      ("give iv octreotide 50 micrograms/hour", "give octreotide-infusion 50 mcg/h"),
      ("give octreotide 100 micrograms s.c. tds", "give octreotide 100 mcg three times a day sc"),
      ("give 20 mg octreotide LAR every four weeks", "give octreotide-lar 20 mg every 4 weeks"),
      ("δώσε οκτρεοτίδη LAR 20 mg ανά 28 ημέρες", "give octreotide-lar 20 mg every 4 weeks"),
      ("δώσε 120 mg λανρεοτίδης autogel ανά 4 εβδομάδες", "give lanreotide-autogel 120 mg every 4 weeks"),
      ("δώσε ιντερφερόνη 3 εκ. μονάδες τρεις φορές την εβδομάδα υποδορίως", "give interferon-alpha 3 million units three times a week sc"),
      ("δώσε διαζοξίδη 100 mg x 3 από το στόμα", "give diazoxide 100 mg three times a day orally"),
      ("δώσε στάγδην έγχυση οκτρεοτίδης 50 mcg/ώρα", "give octreotide-infusion 50 mcg/h"),
      ("δώσε MIBG 200 mCi", "give mibg-131i 7.4 GBq"),
      ("δώσε οκτρεοτίδη LAR 20 mg μηνιαίως", "give octreotide-lar 20 mg once a month || REFUSE:P018 gives every 4 weeks || ASK"),
      ("δώσε octreotide LAR 20 mg q4w", "give octreotide-lar 20 mg every 4 weeks"),
      ("give διαζοξίδη 100 mg tds", "give diazoxide 100 mg three times a day"),
    ])
  func usual(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "the imperatives of practice",
    arguments: [
      ("start octreotide LAR 20 mg q4w", "give octreotide-lar 20 mg every 4 weeks"),
      ("commence lanreotide autogel 90 mg q28d", "give lanreotide-autogel 90 mg every 4 weeks"),
      ("put him on everolimus 10 mg od", "give everolimus 10 mg once daily"),
      ("begin sunitinib 37.5 mg od", "give sunitinib 37.5 mg once daily"),
      ("prescribe diazoxide 100 mg TDS", "give diazoxide 100 mg three times a day"),
      ("ξεκίνα εβερόλιμους 10 mg την ημέρα", "give everolimus 10 mg a day || give everolimus 10 mg once daily"),
      ("χορηγήστε διαζοξίδη 100 mg τρεις φορές την ημέρα", "give diazoxide 100 mg three times a day"),
      ("βάλε σουνιτινίμπη 37,5 mg άπαξ ημερησίως", "give sunitinib 37.5 mg once daily"),
    ])
  func verb(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "a brand is its substance",
    arguments: [
      ("give Sandostatin LAR depot 20 mg q4w", "give octreotide-lar 20 mg every 4 weeks"),
      ("give Sandostatin 100 mcg tds sc", "give octreotide 100 mcg three times a day sc"),
      ("give Somatuline LA", "give lanreotide-la || REFUSE:dose missing"),
      ("give Proglycem 100 mg tds", "give diazoxide 100 mg three times a day"),
      ("give Votubia 10 mg od", "give everolimus 10 mg once daily"),
      ("give Intron A 5 MU three times a week", "give interferon-alpha 5 million units three times a week"),
      ("give PegIntron", "give peginterferon"),
      ("give Lutathera 7.4 GBq every 8 weeks", "give lu177-dotatate 7.4 GBq every 8 weeks"),
      ("give Temodal", "give temozolomide"),
      ("give Zyloric", "give allopurinol"),
      ("give Losec 40 mg od", "PASS:ppi"),
      ("give Zometa", "PASS:bisphosphonates"),
      ("give Clexane 40 mg od", "PASS:thromboprophylaxis"),
      ("δώσε Sandostatin LAR 30 mg κάθε 4 εβδομάδες", "give octreotide-lar 30 mg every 4 weeks"),
      ("δώσε Imodium", "give loperamide"),
      ("δώσε Nexium 40 mg", "PASS:ppi"),
    ])
  func brand(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "classes, their drugs and regimens",
    arguments: [
      ("give lansoprazole 30 mg daily", "PASS:ppi"),
      ("give pantoprazole infusion 8 mg/h", "PASS:ppi"),
      ("give enoxaparin 40 mg od sc", "PASS:thromboprophylaxis"),
      ("give heparin 5000 units bd", "PASS:thromboprophylaxis || ASK || REFUSE:unit"),
      ("give zoledronic acid 4 mg iv monthly", "PASS:bisphosphonates"),
      ("give pamidronate", "PASS:bisphosphonates"),
      ("give iv fluids", "PASS:rehydration || ASK"),
      ("give Hartmanns 2 L", "PASS:rehydration || ASK"),
      ("give co-amoxiclav 1.2 g iv", "PASS:antibiotics"),
      ("give metronidazole 400 mg tds", "PASS:antibiotics"),
      ("give methylprednisolone 500 mg", "PASS:corticosteroids || ASK"),
      ("give hydrocortisone 100 mg iv", "PASS:hydrocortisone"),
      ("give thiamine", "PASS:vitamin-b || ASK || NOTE"),
      ("give pancreatin 25000 units with food", "PASS:pancreatic-enzymes"),
      ("give SSAs", "ASK"),
      ("give PRRT", "ASK"),
      ("give long acting somatostatin analogue", "ASK"),
      ("give lanreotide 120 mg every 4 weeks", "ASK || give lanreotide-autogel 120 mg every 4 weeks"),
      ("give streptozocin", "ASK"),
      ("give 5-FU + streptozocin", "ASK"),
      ("give STZ + doxorubicin", "give stz-dox"),
      ("give CAPTEM", "give temozolomide-capecitabine"),
      ("give etoposide/cisplatin", "give cisplatin-etoposide"),
      ("give tyrosine kinase inhibitor", "ASK || NOTE || REFUSE:not named"),
      ("δώσε ορό", "PASS:rehydration || ASK"),
      ("δώσε υγρά ενδοφλεβίως", "PASS:rehydration || ASK"),
      ("δώσε παντοπραζόλη 40 mg", "PASS:ppi"),
      ("δώσε ενοξαπαρίνη 40 mg υποδορίως", "PASS:thromboprophylaxis"),
      ("δώσε πρεδνιζολόνη 30 mg", "PASS:corticosteroids || ASK"),
      ("δώσε ζολεδρονικό οξύ", "PASS:bisphosphonates"),
      ("δώσε ανάλογο σωματοστατίνης", "ASK"),
      ("δώσε κορτικοστεροειδή", "give corticosteroids"),
      ("δώσε βιταμίνη Β", "give vitamin-b"),
    ])
  func classes(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "classes, their drugs and regimens, beside what the patient is on",
    arguments: [
      ("διακοπή οκτρεοτίδης LAR", "stop octreotide-lar", "patient 60M, carcinoid syndrome, site small-bowel; give octreotide LAR 20 mg every 4 weeks"),
      ("stop Sandostatin LAR", "stop octreotide-lar", "patient 60M, carcinoid syndrome, site small-bowel; give octreotide LAR 20 mg every 4 weeks"),
    ])
  func classesCurrent(_ phrase: String, _ expected: String, _ setUp: String) throws { try check(phrase, expected, after: setUp) }

  @Test(
    "operations and local treatment",
    arguments: [
      ("perform Whipples", "perform whipple"),
      ("perform distal pancreatectomy", "perform distal-pancreatectomy"),
      ("perform DP", "perform distal-pancreatectomy || ASK || REFUSE:unknown"),
      ("perform right hemihepatectomy", "perform liver-resection || NOTE || ASK"),
      ("perform metastasectomy of the liver", "perform liver-resection"),
      ("perform SIRT", "perform sirt"),
      ("perform Y-90 radioembolization", "perform sirt"),
      ("perform laparoscopic cholecystectomy", "PASS:cholecystectomy"),
      ("perform percutaneous radiofrequency ablation", "perform rfa-percutaneous"),
      ("perform liver transplant", "perform liver-transplant"),
      ("κάνε παγκρεατεκτομή", "ASK"),
      ("κάνε χημειοεμβολισμό", "perform chemoembolisation"),
      ("κάνε μεταμόσχευση ήπατος", "perform liver-transplant"),
      ("κάνε λαπαροσκοπική χολοκυστεκτομή", "PASS:cholecystectomy"),
      ("διενέργησε περιφερική παγκρεατεκτομή", "perform distal-pancreatectomy"),
      ("κάνε θερμοπηξία", "ASK"),
      ("κάνε ηπατεκτομή δεξιά", "perform liver-resection || ASK || NOTE"),
    ])
  func procedure(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "what the text is silent on is noted, and an unknown name refuses",
    arguments: [
      ("give pasireotide LAR 40 mg every 4 weeks", "NOTE"), ("order brain MRI", "NOTE"),
      ("perform bilateral adrenalectomy", "NOTE"),
      ("perform splenectomy", "NOTE"),
      ("perform biliary stent", "NOTE"),
      ("κάνε επινεφριδεκτομή", "NOTE"),
      ("give carboplatin", "NOTE"),
      ("give pembrolizumab 200 mg every 3 weeks", "NOTE"),
      ("give metformin 500 mg bd", "NOTE"),
      ("give morphine", "NOTE"),
      ("give glucagon 1 mg im", "NOTE"),
      ("give metyrapone", "NOTE"),
      ("give XELOX", "NOTE"),
      ("give cabozantinib 60 mg od", "NOTE"),
      ("give paracetamol 1 g qds", "NOTE"),
      ("δώσε μετφορμίνη 850 mg", "NOTE"),
      ("δώσε καρβοπλατίνη", "NOTE"),
      ("δώσε ινσουλίνη", "NOTE"),
      ("δώσε παρακεταμόλη", "NOTE"),
      ("perform cryoablation", "NOTE || ASK"),
      ("give zorbinex 10 mg", "REFUSE || ASK"),
      ("give sunshine", "REFUSE || ASK"),
    ])
  func outside(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "tests",
    arguments: [
      ("order EUS", "order endoscopic-ultrasound"),
      ("order CT chest abdomen pelvis", "order CT"),
      ("order triple phase CT", "order CT"),
      ("order MRI liver", "order MRI"),
      ("order 68Ga-DOTATATE PET/CT", "order receptor imaging"),
      ("order Ga-68 DOTATOC", "order receptor imaging"),
      ("order somatostatin receptor scan", "order receptor imaging"),
      ("order 72 h fast", "order fasting-glucose-insulin"),
      ("order fasting serum gastrin", "order gastrin"),
      ("order TTE", "order echocardiography"),
      ("order OGD", "order endoscopy"),
      ("order EUS-FNA", "ASK || order endoscopic ultrasound"),
      ("order liver biopsy", "order biopsy"),
      ("order bone scan", "NOTE"),
      ("order chromogranin A", "NOTE || order biochemistry"),
      ("order chest x-ray", "NOTE"),
      ("order wobble test", "REFUSE || ASK"),
      ("ζήτησε ενδοσκοπικό υπέρηχο", "order endoscopic-ultrasound"),
      ("ζήτησε αξονική κοιλίας και θώρακος", "order CT"),
      ("ζήτησε μαγνητική τομογραφία ήπατος", "order MRI"),
      ("ζήτησε γαστροσκόπηση", "order endoscopy"),
      ("ζήτησε οκτρεοσκάν", "order receptor imaging"),
      ("ζήτησε σπινθηρογράφημα οστών", "NOTE"),
      ("ζήτησε υπέρηχο καρδιάς", "order echocardiography"),
      ("ζήτησε γονιδιακό έλεγχο για MEN1", "order genetics"),
    ])
  func test(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "settings",
    arguments: [
      ("arrange MDT", "arrange mdt"),
      ("arrange multidisciplinary team meeting", "arrange mdt"),
      ("refer to HPB unit", "arrange hpb-unit"),
      ("arrange referral to HPB centre", "arrange hpb-unit"),
      ("arrange clinical trial enrolment", "arrange clinical-trial"),
      ("arrange dietitian review", "NOTE"),
      ("οργάνωσε συμβούλιο", "arrange mdt"),
      ("οργάνωσε κλινική μελέτη", "arrange clinical-trial"),
      ("οργάνωσε φυσικοθεραπεία", "NOTE"),
    ])
  func setting(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "what could do harm is refused or asked, and never taken",
    arguments: [
      ("give octreotide infusion 0.05 mg/h", "REFUSE:the text's rate is in micrograms, E01"),
      ("give octreotide LAR 20 mg every 4 weeks iv", "REFUSE:a depot"),
      ("δώσε οκτρεοτίδη LAR 20 mg κάθε 4 εβδομάδες ενδοφλέβια", "REFUSE:a depot"),
      ("give lanreotide autogel 120 mg every 4 weeks iv", "REFUSE:a depot"), ("give everolimus 10 mg daily iv", "REFUSE:tablets"),
      ("give Lutathera 74 GBq", "REFUSE:tenfold"), ("give omeprazole 4000 mg", "REFUSE:hundredfold"),
      ("δώσε ομεπραζόλη 4000 mg", "REFUSE:hundredfold"), ("give no octreotide", "REFUSE:no order"), ("don't give octreotide", "REFUSE:no order"),
      ("do not perform enucleation", "REFUSE:no order"), ("μη δώσεις οκτρεοτίδη LAR", "REFUSE:no order"),
      ("give octreotide 50 to 100 micrograms tds", "ASK"), ("δώσε οκτρεοτίδη 50-100 μικρογραμμάρια τρις ημερησίως", "ASK"),
      ("order no CT", "REFUSE:no order"),
      ("give octreotide LAR 20 mg weekly", "REFUSE"),
      ("give octreotide LAR 20mg q2w", "REFUSE"),
      ("give Sandostatin LAR 20 mcg q4w", "REFUSE"),
      ("give Sandostatin LAR 60 mg every 4 weeks", "REFUSE"),
      ("give somatuline autogel 20 mg every 4 weeks", "REFUSE"),
      ("give Somatuline autogel 12 mg q4w", "REFUSE"),
      ("give everolimus 10 g od", "REFUSE"),
      ("give everolimus 10 mcg od", "REFUSE"),
      ("give everolimus 10 mg bd", "REFUSE"),
      ("give everolimus .10 mg od", "REFUSE || ASK"),
      ("give everolimus 5 mg od", "REFUSE"),
      ("give everolimus 10 od", "REFUSE || ASK"),
      ("give sunitinib 37,500 mg od", "REFUSE || ASK"),
      ("give sunitinib 3.75 mg od", "REFUSE"),
      ("give Sutent 37.5 mg tds", "REFUSE"),
      ("give diazoxide 600 mg tds", "REFUSE"),
      ("give diazoxide 100 mg", "REFUSE || ASK || give diazoxide 100 mg"),
      ("give diazoxide 2 g a day", "REFUSE"),
      ("give interferon 50 MU tiw", "REFUSE"),
      ("give interferon 5000000 units tiw", "REFUSE || ASK || give interferon-alpha 5 million units three times a week"),
      ("give interferon 5 MU daily", "REFUSE"),
      ("give MIBG 74 GBq", "REFUSE"),
      ("give MIBG 7.4 MBq", "REFUSE"),
      ("give MIBG 2000 mCi", "REFUSE"),
      ("give MIBG 11.2 mCi", "REFUSE"),
      ("give octreotide infusion 500 mcg/h", "REFUSE"),
      ("give octreotide LAR 20 mg/m2 every 4 weeks", "REFUSE"),
      ("give everolimus 10 mg/m2 od", "REFUSE"),
      ("give diazoxide 5 mg/kg/day", "REFUSE"),
      ("give diazoxide 100 mg three times a fortnight", "REFUSE"),
      ("give octreotide LAR 20 mg every 4 weeks wibble", "REFUSE || ASK"),
      ("give octreotide LAR 20-30 mg every 4 weeks", "REFUSE || ASK"),
      ("give octreotide LAR 20 mg or 30 mg every 4 weeks", "REFUSE || ASK"),
      ("give octreotide LAR 20 mg iv every 4 weeks", "REFUSE || ASK || give octreotide-lar 20 mg every 4 weeks iv"),
      ("do not give octreotide LAR 20 mg every 4 weeks", "REFUSE || ASK"),
      ("give no octreotide", "REFUSE || ASK"),
      ("give everolimus 10 mg od and sunitinib 37.5 mg od", "REFUSE || ASK"),
      ("give sandostatin 20 mg q4w", "REFUSE || ASK"),
      ("give LAR 20", "REFUSE || ASK"),
      ("give everolimsu 10 mg od", "ASK"),
      ("give lanreotid autogel 120 mg q4w", "ASK"),
      ("give sunitinb 37.5 mg od", "ASK"),
      ("δώσε εβερόλιμους ,10 mg", "REFUSE || ASK"),
      ("δώσε εβερολιμος 100 mg", "REFUSE"),
      ("δώσε διαζοξυδη 200 mg την ημέρα", "ASK"),
      ("δώσε σουνιτινίμπη 37.500 mg", "REFUSE || ASK"),
      ("δώσε ιντερφερόνη 5 mg τρεις φορές την εβδομάδα", "REFUSE"),
      ("δώσε οκτρεοτίδη LAR 20 κάθε 4 εβδομάδες", "REFUSE || ASK"),
      ("μη δώσεις εβερόλιμους 10 mg", "REFUSE || ASK"),
      ("δώσε λανρεοτίδη autogel 120 mg την ημέρα", "REFUSE"),
      ("give octreotide 200 mg/day sc", "REFUSE"),
      ("give MIBG 7.4 GBq weekly", "REFUSE"),
      ("should I give octreotide LAR 20 mg every 4 weeks?", "REFUSE || ASK"),
      ("maybe give everolimus 10 mg od", "REFUSE || ASK"),
      ("give cisplatin", "ASK || NOTE || REFUSE"),
      ("give doxorubicin", "ASK || NOTE || REFUSE"),
    ])
  func dangerous(_ phrase: String, _ expected: String) throws { try check(phrase, expected) }

  @Test(
    "what is offered for a slip is of a kind that the command takes",
    arguments: ["give enucleaton", "perform everolimos", "order everolimos", "arrange sunitinb"])
  func otherKinds(_ line: String) throws {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    _ = session.run(Self.setUp)
    let errors = session.run(line).report.errors
    #expect(errors.count == 1)
    for error in errors {
      #expect(error.readings.isEmpty, "\(line): \(error.readings)")
      #expect(!error.help.contains { $0.english.hasPrefix("Did you mean") || $0.english.hasPrefix("Type: ") }, "\(error.help)")
    }
  }

  @Test("a brand is echoed with its substance, a drug of a class with the class, a conversion with both amounts, in both languages")
  func echoes() throws {
    let lines: [(String, String, String)] = [
      ("give Afinitor 10 mg od", "Afinitor is everolimus.", "Afinitor: εβερόλιμους."),
      ("give MIBG 200 mCi", "200 mCi is 7.4 GBq.", "200 mCi είναι 7.4 GBq."),
    ]
    for (line, english, greek) in lines {
      for language in Language.allCases {
        var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: language)
        _ = session.run(Self.setUp)
        let report = session.run(line).report
        #expect(report.blocks.contains(.notice(language == .greek ? greek : english)), "\(line): \(report.blocks)")
      }
    }
  }

  @Test(
    "what islet writes of an order is read back as the same order",
    arguments: [
      "give omeprazole 60 mg bd", "give normal saline 1 L", "give Creon with meals", "give temozolomide 150 mg/m2", "give carboplatin AUC 5",
      "perform lap chole", "order CT chest", "arrange tumour board", "order FDG PET", "perform laparoscopic enucleation",
    ])
  func canonical(_ line: String) throws {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    _ = session.run(Self.setUp)
    var again = session
    let first = session.run(line)
    let canonical = try #require(first.canonical)
    let second = again.run(canonical)
    #expect(second.report.errors.isEmpty && second.canonical == canonical, "\(canonical)")
    #expect(session.state.patient == again.state.patient)
  }

  @Test("a dose is taken up to 24 times a day, in every way to write it", arguments: ["x%", "x % daily", "% times a day", "%x daily", "% φορές την ημέρα"])
  func times(_ form: String) throws {
    for (count, codes) in [(1, []), (24, []), (25, ["dose.unreadable"]), (100, ["dose.unreadable"])] {
      let line = "give omeprazole 1 mg " + form.replacing("%", with: "\(count)")
      #expect(try run(line, after: Self.setUp).codes == codes, "\(line)")
    }
  }
}

/// What is noted of a patient and of an order.
@Suite("Notes beside orders")
struct OrderNoteTests {
  private func session(_ lines: [String], _ language: Language = .english) throws -> (Session, Report) {
    var session = Session(
      world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: language)
    var last = Report()
    for line in lines { last = session.run(line).report }
    return (session, last)
  }

  @Test("what the text is silent on is noted with the patient, and the script goes on; undo takes it back")
  func outside() throws {
    for line in [
      "give carboplatin AUC 5", "perform bilateral adrenalectomy", "order FDG PET", "arrange physiotherapy",
      "δώσε καρβοπλατίνη",
    ] {
      let (after, report) = try session(["patient 60M, insulinoma", line])
      #expect(report.errors.isEmpty, "\(line)")
      #expect(after.state.patient?.noted.count == 1 && after.state.patient?.noted.first?.reason == .outside, "\(line)")
      let (back, _) = try session(["patient 60M, insulinoma", line, "undo"])
      #expect(back.state.patient?.noted == [], "\(line)")
    }
  }

  @Test(
    "a pregnancy, a child and renal failure are repeated beside a dose and an operation, and nothing is where there is none",
    arguments: [
      ("patient 30F, insulinoma, pregnant", true), ("patient 12M, insulinoma", true),
      ("ασθενής 60 γυναίκα, ινσουλίνωμα, νεφρική ανεπάρκεια", true), ("patient 60M, insulinoma, chronic kidney disease", true),
      ("patient 60M, insulinoma", false), ("patient 18M, insulinoma, jaundice", false),
    ])
  func repeated(_ patient: String, _ isRepeated: Bool) throws {
    for line in ["give diazoxide 100 mg three times a day", "perform enucleation"] {
      for language in Language.allCases {
        let (_, report) = try session([patient, line], language)
        let codes = if case .array(let all)? = JSON.fields(report.data)["notices"] { all } else { [JSON]() }
        #expect(codes.contains(.string("silent.patient")) == isRepeated, "\(patient): \(line)")
      }
    }
  }
}
