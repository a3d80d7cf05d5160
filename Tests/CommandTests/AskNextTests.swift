import Commands
import Foundation
import Guideline
import Reports
import Sessions
import Testing
import Vocabulary
import Wording

@Suite("what to ask next")
struct AskNextTests {
  /// A patient in both languages, findings of which so many must be among the first three, and findings that must not be.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let english: String
    let greek: String
    var all: [String] = []
    var some: (count: Int, of: [String]) = (0, [])
    var testDescription: String { name }
  }

  /// The six patients of the page on the first screen, and six more whose facts say what must be known first.
  static let cases: [Case] = [
    Case(
      name: "A: F109 hangs on SSTR2, F012 on how the insulinoma lies", english: "54F, insulinoma 14 mm in the tail",
      greek: "54 γυναίκα, ινσουλίνωμα 14 mm στην ουρά",
      all: ["sstr2"], some: (1, ["localised-preoperatively", "near-surface"])),
    Case(
      name: "B: F300, F194, F224",
      english: "58M, pancreatic NET, G2, Ki-67 12%, liver mets bilobar, SSTR positive, progression in the last 12 months",
      greek: "58 άνδρας, πάγκρεας, G2, Ki-67 12%, ηπατικές μεταστάσεις is bilobar, SSTR θετικοί, progression-12-months",
      some: (2, ["differentiation", "liver-resectable", "resectable", "symptomatic"])),
    Case(name: "C: F107 turns to F108", english: "61M, gastrinoma, MEN1, 8 mm", greek: "61 άνδρας, γαστρίνωμα, MEN1, 8 mm", all: ["acid-control"]),
    Case(
      name: "D: F194, F286", english: "63F, poorly differentiated pancreatic NET, Ki-67 60%, liver mets bilobar",
      greek: "63 γυναίκα, differentiation is poor, πάγκρεας, Ki-67 60%, liver-metastases is bilobar", all: ["liver-resectable"]),
    Case(
      name: "E: F021 and F022", english: "45F, nonfunctioning, 12 mm, asymptomatic, pancreatic head, G1",
      greek: "45 γυναίκα, syndrome is nonfunctioning, 12 mm, symptomatic no, location is head, G1", all: ["stage"]),
    Case(
      name: "F: F142", english: "50M, VIPoma, life-threatening diarrhoea, hypokalaemia, dehydration",
      greek: "50 άνδρας, syndrome is vipoma, diarrhoea is life-threatening, hypokalaemia, dehydration", some: (2, ["ssa", "ssa-maximum-dose", "ssa-response"])),
    Case(
      name: "gastrinoma above 2 cm: whether F016 stands alone or F019 beside the dispute of F017 hangs on MEN1",
      english: "47F, gastrinoma, 25 mm, no liver metastases",
      greek: "47 γυναίκα, γαστρίνωμα, 25 mm, liver-metastases is none", all: ["men1"]),
    Case(
      name: "carcinoid syndrome with liver metastases: F023, F194, F286", english: "66M, carcinoid syndrome, small bowel, liver mets bilobar",
      greek: "66 άνδρας, syndrome is carcinoid, site is small-bowel, liver-metastases is bilobar", all: ["liver-resectable"]),
    Case(
      name: "insulinoma that lies well: F012 waits for the operation alone",
      english: "39F, insulinoma 12 mm, clearly localised, near the surface, SSTR2 positive",
      greek: "39 γυναίκα, ινσουλίνωμα 12 mm, localised-preoperatively, near-surface, sstr2 is positive", all: ["found-at-surgery"]),
    Case(
      name: "metastases in one lobe: F023", english: "55M, nonfunctioning, pancreas, liver mets unilobar",
      greek: "55 άνδρας, syndrome is nonfunctioning, πάγκρεας, liver-metastases is unilobar", all: ["liver-resectable"]),
    Case(
      name: "metastatic glucagonoma: F023-F029, F201, F264 hang on the liver", english: "70F, glucagonoma, pancreatic tail, 40 mm, stage metastatic",
      greek: "70 γυναίκα, syndrome is glucagonoma, location is tail, 40 mm, stage is metastatic", all: ["liver-metastases"]),
    Case(
      name: "malignant insulinoma: F194, F286 hang on the liver, F072 and F109 on SSTR2, F134 on hypoglycaemia",
      english: "52M, insulinoma, malignant, liver mets bilobar, resectable no",
      greek: "52 άνδρας, ινσουλίνωμα, malignant, liver-metastases is bilobar, resectable no", all: ["liver-resectable"],
      some: (1, ["sstr2", "hypoglycaemia"])),
  ]

  private func asked(_ line: String, _ language: Language) throws -> [String] {
    var shell = try Shell(language)
    let reply = shell.ask(line)
    #expect(reply.codes == [])
    return reply.list("ask").compactMap { $0["finding"]?.plain }
  }

  @Test("of twelve patients what a clinician must be asked is among the first three, in both languages", arguments: cases)
  func first(patient: Case) throws {
    let english = try asked("patient \(patient.english); recommend", .english)
    let greek = try asked("patient \(patient.greek); recommend", .greek)
    #expect(english == greek)
    #expect(english.count == 3)
    #expect(patient.all.allSatisfy(english.contains), "\(english)")
    #expect(patient.some.of.count { english.contains($0) } >= patient.some.count, "\(english)")
  }

  @Test("a finding is never asked for before the one that it hangs on, nor where it isn't there")
  func gates() throws {
    var shell = try Shell()
    let clear = shell.ask("patient 50M, gastrinoma, no liver metastases; missing all")
    let listed = (clear.list("required") + clear.list("refining")).compactMap { $0["finding"]?.plain }
    let hearts = listed.firstIndex(of: "carcinoid-heart-disease")
    // What still decides a caution is listed, but after all that helps.
    for other in ["acid-control", "men1", "site"] {
      let place = try #require(listed.firstIndex(of: other))
      #expect(hearts.map { place < $0 } ?? true)
    }
    #expect(try !asked("patient 50M, gastrinoma, no liver metastases; recommend local", .english).contains("carcinoid-heart-disease"))
    for patient in ["50M, gastrinoma", "60F, nonfunctioning, pancreas, 30 mm", "54F, insulinoma 14 mm", "70M, carcinoid syndrome"] {
      var shell = try Shell()
      let reply = shell.ask("patient \(patient); missing all")
      let listed = (reply.list("required") + reply.list("refining")).compactMap { $0["finding"]?.plain }
      let liver = try #require(listed.firstIndex(of: "liver-metastases"))
      for gated in ["liver-resectable", "carcinoid-heart-disease", "essen-type", "liver-involvement"] {
        #expect(listed.firstIndex(of: gated).map { liver < $0 } ?? true, "\(patient): \(gated)")
      }
    }
  }

  @Test("of two tests that settle the same the cheaper comes first, and what costs nothing before what does")
  func tests() throws {
    var shell = try Shell()
    let reply = shell.ask("patient 60F, nonfunctioning, pancreas, 30 mm; missing")
    let tests = reply.list("tests").compactMap { $0["test"]?.plain }
    #expect(tests.contains("ct"))
    #expect(!tests.contains("mri"))
    let (history, imaging) = (try #require(tests.firstIndex(of: "history")), try #require(tests.firstIndex(of: "receptor-imaging")))
    #expect(history < imaging)
  }

  @Test("where a topic has nothing but what depends, what is asked for decides it")
  func topic() throws {
    var shell = try Shell()
    let reply = shell.ask("patient 50M; recommend targeted")
    let asked = reply.list("ask").compactMap { $0["finding"]?.plain }
    #expect(!asked.isEmpty)
    let open = Set(reply.list("advice").flatMap { $0["depends_on"]?.plains ?? [] })
    #expect(!open.isEmpty)
    // A finding that another one of them hangs on may stand before it.
    #expect(asked.contains(where: open.contains))
  }
}
