import Foundation
import Guideline
import Reports
import Sessions
import Testing
import Wording

/// What the text misprints (errata.tsv), as a sentence could say it, and what must stand on the same line.
struct Misprint: Sendable {
  let id: String
  /// Texts that together make the printed statement.
  let printed: [String]
  /// A part of the reading.
  let reading: String

  init(_ id: String, _ printed: [String], read reading: String) {
    self.id = id
    self.printed = printed
    self.reading = reading
  }

  static let english = [
    Misprint("E01", [" 50 mg"], read: "50 micrograms"), Misprint("E02", ["or high differentiation"], read: "grade"),
    Misprint("E03", [" hypertensive"], read: "antihypertensive"), Misprint("E04", ["50 to 60%", "without"], read: "does carry"),
    Misprint("E05", ["D-lysine"], read: "amino acids"), Misprint("E06", ["vitamin B deficiency"], read: "not stated"),
    Misprint("E07", ["small NETs"], read: "small-bowel"), Misprint("E09", ["37%", "interferon alpha alone"], read: "octreotide alone"),
    Misprint("E10", ["response rate", "74.4"], read: "stable"), Misprint("E11", ["mean survival"], read: "median"),
    Misprint("E12", ["to 7.9%"], read: "reduced by"), Misprint("E12", ["to 3.8%"], read: "reduced by"),
    Misprint("E13", ["artial response", "28%"], read: "perhaps"), Misprint("E14", ["14.3", "progression-free"], read: "time to progression"),
    Misprint("E15", ["mean disease-free"], read: "median progression-free"), Misprint("E15", ["disease-free", "11.4"], read: "progression-free"),
    Misprint("E16", ["eutropenia", "12%"], read: "grade 3"), Misprint("E16", ["ypertension", "10%"], read: "grade 3"),
    Misprint("E17", ["9.6%"], read: "everolimus"), Misprint("E17", ["67.8%"], read: "everolimus"),
    Misprint("E18", ["disease-free", "embolisation"], read: "progression-free"), Misprint("E19", ["22%"], read: "ambiguous"),
    Misprint("E22", ["only in relapse"], read: "probably"), Misprint("E25", ["90Y chemoembolisation"], read: "radioembolisation"),
    Misprint("E27", ["ectopic secretion of growth hormone"], read: "releasing hormone"),
    Misprint("E28", ["addition to the two"], read: "regimen"), Misprint("E29", ["mean duration"], read: "median"),
    Misprint("E30", ["loss of stool"], read: "flatulence"), Misprint("E33", ["only licensed"], read: "the text"),
    Misprint("E35", ["Werner-Morrison"], read: "Verner-Morrison"), Misprint("E36", ["nephritis"], read: "radiation nephrotoxicity"),
    Misprint("E37", ["QLQ-30"], read: "QLQ-C30"),
  ]

  static let greek = [
    Misprint("E01", [" 50 mg"], read: "50 μικρογραμμάρια"), Misprint("E02", ["ή υψηλή διαφοροποίηση"], read: "βαθμ"),
    Misprint("E03", [" υπερτασικ"], read: "αντιυπερτασικ"), Misprint("E04", ["50 έως 60%", "χωρίς"], read: "έχει υποδοχείς"),
    Misprint("E05", ["D-λυσίνη"], read: "αμινοξέων"), Misprint("E06", ["έλλειψης βιταμίνης Β"], read: "δεν αναφέρεται"),
    Misprint("E07", ["μικρούς όγκους του εντέρου"], read: "λεπτού εντέρου"),
    Misprint("E09", ["37%", "ιντερφερόνη α μόνη"], read: "οκτρεοτίδη μόνη"), Misprint("E10", ["οσοστό ανταπόκρισης", "74.4"], read: "σταθερή"),
    Misprint("E12", ["στο 7.9%"], read: "κατά"), Misprint("E12", ["στο 3.8%"], read: "κατά"),
    Misprint("E13", ["ερική ανταπόκριση", "28%"], read: "ίσως"), Misprint("E14", ["14.3", "χωρίς εξέλιξη"], read: "χρόνος έως την εξέλιξη"),
    Misprint("E15", ["μέση επιβίωση ελεύθερη"], read: "διάμεση επιβίωση χωρίς εξέλιξη"), Misprint("E16", ["υδετεροπενία", "12%"], read: "βαθμού 3"),
    Misprint("E16", ["πέρταση", "10%"], read: "βαθμού 3"), Misprint("E17", ["9.6%"], read: "everolimus"),
    Misprint("E17", ["67.8%"], read: "everolimus"), Misprint("E18", ["ελεύθερη νόσου", "εμβολισμ"], read: "χωρίς εξέλιξη"),
    Misprint("E19", ["22%"], read: "ασαφ"), Misprint("E22", ["μόνο σε υποτροπή"], read: "μάλλον"),
    Misprint("E25", ["90Y χημειοεμβολισμ"], read: "ραδιοεμβολισμ"), Misprint("E27", ["έκτοπη έκκριση αυξητικής ορμόνης"], read: "εκλυτική"),
    Misprint("E28", ["ως προσθήκη στα δύο"], read: "σχήμα"), Misprint("E29", ["μέση διάρκεια"], read: "διάμεση"),
    Misprint("E30", ["απώλεια κοπράνων"], read: "μετεωρισμός"), Misprint("E33", ["μόνη αδειοδοτημένη"], read: "γράφτηκε το κείμενο"),
    Misprint("E35", ["Werner-Morrison"], read: "Verner-Morrison"), Misprint("E36", ["νεφρίτιδα"], read: "νεφροτοξικότητα"),
    Misprint("E37", ["QLQ-30"], read: "QLQ-C30"),
  ]

  func isPrinted(in text: String) -> Bool { printed.allSatisfy(text.holds) }

  /// The lines that print it without its erratum and reading.
  func bareLines(in text: String) -> [String] {
    guard isPrinted(in: text) else { return [] }
    return text.split(separator: "\n").map(String.init).filter { isPrinted(in: $0) && !($0.holds(id) && $0.holds(reading)) }
  }
}

extension String {
  /// Whether it contains a text, byte by byte.
  fileprivate func holds(_ text: String) -> Bool { strstr(self, text) != nil }
}

/// Law: what an erratum corrects stands on no line without the erratum's id and the reading, whatever is asked.
@Suite("A printed value that an erratum corrects")
struct PrintedValueTests {
  static let patients = [
    "54F, insulinoma, sstr2 negative, malignant, hypoglycaemia is refractory, liver-metastases is bilobar, liver-resectable no",
    "61M, gastrinoma, men1, size 25 mm, acid-control is relapse", "48F, vipoma, diarrhoea is life-threatening, liver-metastases is unilobar",
    "60M, glucagonoma, ssa is current, flare", "70M, syndrome is ghrh-oma",
    "58F, syndrome is carcinoid, site is small-bowel, diarrhoea is severe, steatorrhoea, multi-organ-transplant is would-need",
    "66M, nonfunctioning, site is pancreas, stage is metastatic, differentiation is well, grade is G2, progression-12-months, microangiopathy, mibg-uptake is positive",
  ]

  /// Every command that could print a value, over everything that it can be asked.
  static func questions(_ guideline: Guideline) throws -> [String] {
    var questions = ["errata", "contents", "dose", "evidence", "adverse"]
    for therapy in guideline.vocabulary.therapies {
      questions += ["dose", "evidence", "adverse", "explain"].map { $0 + " " + therapy.id }
    }
    questions += try guideline.carriedFacts().map { "cite " + $0.id }
    questions += guideline.entries.filter { $0.kind == .erratum }.flatMap { ["errata " + $0.id, "cite " + $0.id] }
    questions += guideline.chapters.flatMap { $0.paragraphs.map { "cite " + $0 } + ["read " + $0.id] }
    for words in ["mg", "50 mg", "hypertensive", "lysine", "vitamin", "response rate", "survival", "stool", "growth hormone", "relapse", "licensed", "mean"] {
      questions.append("find " + words)
    }
    for patient in patients {
      questions += ["patient " + patient, "recommend", "missing"]
      questions += (1...6).map { "why \($0)" }
      questions += [
        "give octreotide infusion 50 micrograms per hour", "give octreotide infusion 50 mg per hour", "give lu177-dotatate", "give sunitinib 37.5 mg a day",
      ]
      questions += ["perform embolisation", "timeline"]
    }
    return questions
  }

  @Test("stands on no line without the erratum's id and the reading, in any command, format and width", arguments: Language.allCases)
  func everywhere(language: Language) throws {
    var session = try shell(language)
    let misprints = language == .greek ? Misprint.greek : Misprint.english
    var printed = Set<String>()
    for question in try Self.questions(try guideline()) {
      let answer = session.run(question)
      let report = answer.report
      let unwrapped = report.text(.plain) + report.errorText(.plain, language)
      let data = report.json(command: answer.command, patient: nil, language: language).text
      for misprint in misprints where misprint.isPrinted(in: unwrapped) || misprint.isPrinted(in: data) {
        printed.insert(misprint.id)
        var texts = [unwrapped, report.markdown]
        // What is shown as printed, with a note, may wrap before its note.
        if !Self.shownAsPrinted.contains(misprint.id) { texts += [40, 80].map { report.text(TextStyle(columns: $0, isColoured: false)) } }
        for text in texts { #expect(misprint.bareLines(in: text) == [], "\(misprint.id): \(question)") }
        #expect(Self.bareTexts(of: misprint, in: report) == [], "\(misprint.id): \(question)")
      }
    }
    // Each is printed somewhere beside its erratum, so that the law is tested on it.
    #expect(printed == Set(misprints.map(\.id)))
  }

  /// What errata.tsv shows as printed, with a note, or reads in doubt.
  static let shownAsPrinted: Set<String> = ["E06", "E13", "E16", "E17", "E19", "E22", "E33"]

  /// The texts of the data that print it alone.
  private static func bareTexts(of misprint: Misprint, in report: Report) -> [String] {
    var found: [String] = []
    func visit(_ value: JSON) {
      switch value {
      case .string(let text): found += misprint.bareLines(in: text)
      case .array(let values): values.forEach(visit)
      case .object(let fields): fields.forEach { visit($0.value) }
      default: break
      }
    }
    visit(JSON.fields(report.data))
    return found
  }

  @Test("is found by this test where it stands bare")
  func judge() {
    let misprint = Misprint("E01", [" 50 mg"], read: "50 micrograms")
    #expect(misprint.bareLines(in: "infusion 50 mg per hour\n(E01; read: 50 micrograms per hour)") == ["infusion 50 mg per hour"])
    #expect(misprint.bareLines(in: "infusion 50 mg per hour (E01; read: 50 micrograms per hour)") == [])
    #expect(misprint.bareLines(in: "octreotide LAR 30 mg") == [])
  }
}
