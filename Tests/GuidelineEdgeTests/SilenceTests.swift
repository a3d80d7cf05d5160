import Reports
import Testing
import Wording

/// Edge cases 1, 12, 19 and 36: where the text is silent, the user is told so.
@Suite("What the text doesn't say is said")
struct SilenceTests {
  static let tumour = "patient 60M, nonfunctioning, asymptomatic, pancreas, localised, "

  @Test("1: at exactly 20 mm the user reads that the text doesn't cover it, with the advice above (F006) and below (F021)", arguments: Language.allCases)
  func threshold(language: Language) throws {
    for size in ["20 mm", "2 cm", "2.0 cm"] {
      let told = try Told(Self.tumour + size + ";recommend", language)
      let line = try #require(told.line(with: "20 mm"))
      #expect(line.contains(language == .greek ? "δεν το καλύπτει" : "does not cover it"))
      #expect(line.contains("P002") && line.contains("P004"))
      let silent = try #require(told.list("not_covered").first)
      #expect(silent["finding"] == .string("size"))
      #expect(silent["above"]?.plains == ["surgery.larger-than-2-cm"])
      #expect(silent["below"]?.plains.contains("surgery.small-nonfunctioning") == true)
    }
    for size in ["19.9 mm", "20.1 mm"] { #expect(try Told(Self.tumour + size + ";recommend", language).list("not_covered").isEmpty) }
  }

  @Test("12: on gallstones with symptoms the text is silent, and islet says so even where nothing is advised on them", arguments: Language.allCases)
  func gallstones(language: Language) throws {
    let patient = "patient 60M, glucagonoma, ssa is current, surgery-planned is none, gallstones is "
    let silence = language == .greek ? "Χολολιθίαση με συμπτώματα: το κείμενο δεν λέει τι να γίνει" : "Gallstones with symptoms: the text is silent"
    let told = try Told(patient + "symptomatic;recommend", language)
    #expect(told.line(with: silence)?.contains("P020") == true)
    #expect(told["remarks"]?.plains == ["analogues.symptomatic-gallstones"])
    #expect(try Told(patient + "symptomatic;recommend analogues", language).line(with: silence) != nil)
    #expect(try Told(patient + "symptomatic;recommend surgery", language).line(with: silence) == nil)
    for other in ["asymptomatic", "none", "unknown"] {
      let silent = try Told(patient + other + ";recommend", language)
      #expect(silent.line(with: silence) == nil)
      #expect(silent["remarks"] == nil)
    }
    // With an operation planned F087 is live on cholecystectomy: the silence stands beside it, once.
    let planned = try Told("patient 60M, glucagonoma, ssa is current, surgery-planned is pancreatic, gallstones is symptomatic;recommend", language)
    #expect(planned.text.split(separator: "\n").filter { $0.contains(silence) }.count == 1)
  }

  @Test("19: the maximum analogue dose isn't in the text: at 30 mg or 120 mg every 4 weeks the assumption is shown", arguments: Language.allCases)
  func maximumDose(language: Language) throws {
    let assumption = language == .greek ? "το κείμενο δεν ορίζει μέγιστη δόση" : "the text defines no maximum dose"
    let finding = try #require(try guideline().vocabulary.finding(id: "ssa-maximum-dose")).index
    for dose in ["octreotide LAR 30 mg", "lanreotide autogel 120 mg"] {
      let told = try Told("patient 54F, glucagonoma;give \(dose) every 4 weeks", language)
      #expect(told.line(with: assumption)?.contains(language == .greek ? "εκτός κειμένου" : "background") == true)
      #expect(told["sets"]?.plains.contains("ssa-maximum-dose") == true)
    }
    for dose in ["octreotide LAR 20 mg", "lanreotide autogel 90 mg"] {
      let told = try Told("patient 54F, glucagonoma;give \(dose) every 4 weeks", language)
      #expect(told.line(with: assumption) == nil)
      #expect(told.session.state.patient?.stated[finding] != .values(1))
    }
  }

  @Test(
    "36: the choice of regimen (F185, F187, F188) ranks below indications such as ablation (F201), and that the text gives none is said",
    arguments: Language.allCases)
  func regimens(language: Language) throws {
    func rank(_ rule: String, _ told: Told) throws -> Int {
      try #require(told.list("advice").first { $0["rule"] == .string(rule) }?["rank"]?.plain.flatMap { Int($0) }, "\(rule)")
    }
    let told = try Told("patient 54F, liver mets bilobar, well differentiated;recommend all", language)
    for rule in ["chemotherapy.clinical-trial", "chemotherapy.streptozotocin"] {
      #expect(try rank(rule, told) > rank("ablation.liver-metastases", told), "\(rule)")
    }
    #expect(told.line(with: language == .greek ? "δεν λέει πότε ενδείκνυται" : "does not say when chemotherapy is indicated") != nil)
    let bare = try Told("patient 54F, insulinoma;recommend all", language)
    #expect(bare.line(with: language == .greek ? "δεν λέει πότε ενδείκνυται" : "does not say when chemotherapy is indicated") != nil)
    let poor = try Told("patient 54F, insulinoma, poorly differentiated;recommend", language)
    #expect(try rank("chemotherapy.platinum", poor) > rank("insulinoma.diazoxide", poor))
  }
}
