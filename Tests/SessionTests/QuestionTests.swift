import Commands
import Foundation
import Grammar
import Reports
import Sessions
import Testing
import Vocabulary
import Wording

/// A labelled question of `Fixtures/questions.txt`: written before it was asked, with the command that answers it.
struct LabelledQuestion: Sendable, CustomTestStringConvertible {
  let language: Language
  let setUp: String
  let question: String
  /// Canonical commands, or SILENT, ASK, REFUSE, one of which is right.
  let accepted: [String]

  var testDescription: String { question }

  /// The patients that the fixture's letters stand for.
  private static let patients: [Substring: String] = [
    "-": "", "I": "patient 54F, insulinoma, size 14 mm, location tail",
    "N":
      "patient 62F, nonfunctioning, site pancreas, grade G2, differentiation well, liver-metastases bilobar, liver-resectable no, sstr positive, progression-12-months",
    "P": "patient 55M, site pancreas", "G": "patient 61M, gastrinoma, MEN1, size 25 mm", "V": "patient 45M, vipoma, diarrhoea severe",
    "C": "patient 61F, carcinoid syndrome; give octreotide LAR 30 mg every 4 weeks",
    "D": "patient 51M, differentiation poor, ki67 60 %, stage metastatic",
    "S": "patient 58F, nonfunctioning, site pancreas, size 12 mm, symptomatic no",
  ]

  static let all: [LabelledQuestion] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/questions.txt")
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
      let fields = line.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
      guard fields.count == 4, let language = Language(rawValue: String(fields[0])), let setUp = patients[fields[1]] else { return nil }
      return LabelledQuestion(
        language: language, setUp: setUp, question: String(fields[2]),
        accepted: String(fields[3]).components(separatedBy: " || "))
    }
  }()
}

@Suite("A question in words")
struct QuestionTests {
  @Test("the labelled questions are read")
  func fixture() { #expect(LabelledQuestion.all.count > 150) }

  @Test("changes nothing", arguments: LabelledQuestion.all)
  func changesNothing(_ labelled: LabelledQuestion) throws {
    var shell = try session(labelled.language)
    #expect(shell.codes(labelled.setUp) == [])
    let before = shell.lasting
    _ = shell.answers(labelled.question)
    #expect(shell.lasting == before)
  }

  /// The share of questions, none of which was seen before, that are understood.
  @Test("is understood as the command that answers it, most often", arguments: Language.allCases)
  func labelled(language: Language) throws {
    let all = LabelledQuestion.all.filter { $0.language == language }
    var wrong: [String] = []
    for labelled in all {
      if let said = try fault(labelled) { wrong.append(labelled.question + ": " + said) }
    }
    #expect(Double(all.count - wrong.count) >= 0.9 * Double(all.count), "\(wrong.joined(separator: "\n"))")
  }

  /// What a question came to, where that is not right.
  private func fault(_ labelled: LabelledQuestion) throws -> String? {
    let shell = try prepared(labelled)
    var asked = shell
    guard let answer = asked.answers(labelled.question).last else { return "nothing" }
    let data = JSON.fields(answer.report.data).text
    let isRight = labelled.accepted.contains { accepted in
      if accepted == "SILENT" { return data.contains("\"silent\":true") }
      if accepted == "ASK" { return answer.report.errors.contains { !$0.readings.isEmpty } }
      if accepted == "REFUSE" { return answer.isError }
      if accepted.hasPrefix("REFUSE:") { return answer.report.errors.first?.code.hasPrefix(accepted.dropFirst(7)) == true }
      guard !answer.isError, let understood = answer.canonical else { return false }
      if accepted.hasPrefix("NEW ") {
        return understood.hasPrefix("compare ") && accepted.dropFirst(4).split(separator: ",").allSatisfy { understood.contains($0) }
      }
      var other = shell
      return other.answers(accepted).last?.canonical == understood
    }
    return isRight ? nil : answer.canonical ?? answer.report.errors.first?.code ?? data
  }

  private func prepared(_ labelled: LabelledQuestion) throws -> Session {
    var shell = try session(labelled.language)
    #expect(shell.codes(labelled.setUp) == [])
    return shell
  }

  /// Templates of questions, and the command that each comes to with a patient, by the drug or procedure in it.
  private static let templates: [(question: String, command: String)] = [
    ("why {}?", "why {}"), ("why not {}?", "why not {}"), ("what are the side effects of {}", "adverse {}"),
    ("what is the dose of {}?", "dose {}"), ("any data on {}?", "evidence {}"), ("could we give {}?", "why {}"),
    ("what is {}?", "explain {}"), ("is she a candidate for {}", "why {}"), ("what stops us from {}?", "why not {}"),
    ("γιατί όχι {};", "why not {}"), ("παρενέργειες για {}", "adverse {}"), ("δόση για {};", "dose {}"),
    ("would {} make sense here?", "why {}"), ("is {} a good idea for her?", "why {}"), ("{} worthwhile?", "why {}"),
    ("είναι {} καλή ιδέα για αυτήν;", "why {}"), ("{} σκόπιμο;", "why {}"), ("δεδομένα για {}", "evidence {}"), ("ενδείκνυται {};", "why {}"),
    ("τι είναι {};", "explain {}"),
  ]

  @Test("of a known kind about any therapy comes to its command, or is asked", arguments: Language.allCases)
  func slots(language: Language) throws {
    var prepared = try session(language)
    #expect(prepared.codes("patient 62F, nonfunctioning, site pancreas, liver-metastases bilobar") == [])
    let vocabulary = prepared.world.guideline.vocabulary
    let therapies = vocabulary.therapies.filter { [.drug, .procedure, .radionuclide].contains($0.kind) }
    let before = prepared.lasting
    for (place, therapy) in therapies.enumerated() {
      for step in 0..<4 {
        let (question, command) = Self.templates[(place * 4 + step) % Self.templates.count]
        var shell = prepared
        let name = question.contains("ι") || question.contains("ν") ? therapy.name.greek : therapy.name.english
        let line = question.replacingOccurrences(of: "{}", with: name)
        let answer = try #require(shell.answers(line).last)
        #expect(shell.lasting == before)
        var other = prepared
        let wanted = other.answers(command.replacingOccurrences(of: "{}", with: therapy.id)).last
        let isAsked = answer.report.errors.contains { !$0.readings.isEmpty }
        #expect(isAsked || answer.canonical == wanted?.canonical, "\(line): \(answer.canonical ?? "nothing"), not \(wanted?.canonical ?? "")")
      }
    }
  }

  @Test("is never what a command that reads well is taken for", arguments: Registry.standard.commands.map(\.id))
  func commands(id: String) throws {
    let command = try #require(Registry.standard.command(id: id))
    for example in command.examples {
      var shell = try session()
      _ = shell.codes(example.setUp)
      let answer = shell.answers(example.line.english).last
      #expect(answer.map { !JSON.fields($0.report.data).text.contains("\"understood\"") } ?? true)
    }
  }

  @Test("shows its command, dimmed, above the answer")
  func taught() throws {
    var shell = try session()
    let answer = try #require(shell.answers("side effects of sunitinib").last)
    #expect(answer.report.errors == [])
    #expect(answer.report.blocks.first == .notice("→ " + Text.command("adverse sunitinib", "adverse")))
    #expect(JSON.fields(answer.report.data).text.contains("\"words\":\"side effects of sunitinib\""))
  }

  @Test("a he or a she means the patient in use and changes no sex")
  func pronouns() throws {
    var shell = try session()
    #expect(shell.codes("patient 54F, insulinoma, size 14 mm") == [])
    #expect(shell.answers("what if he has MEN1?").last?.canonical == "what if men1")
    #expect(shell.answers("set he has MEN1").last?.canonical == "set men1")
    #expect(shell.codes("patient 61 years, gastrinoma") == [])
    #expect(shell.answers("set she has MEN1").last?.canonical == "set men1, sex is female")
  }

  @Test("a name broken off is the one name that it begins; none, where it begins several")
  func begun() throws {
    let shell = try session()
    let names = try shell.world.guideline.vocabulary.practiceNames
    #expect(names.begun("evero")?.name.ids == ["everolimus"])
    #expect(names.begun("chemo") == nil || names.begun("chemo")?.name.ids == ["chemotherapy"])
    #expect(names.begun("oct") == nil)
    for written in names.written where written.loose.unicodeScalars.count > 7 {
      let start = String(written.loose.prefix(6))
      guard let begun = names.begun(start) else { continue }
      let all = names.written.filter { $0.loose.hasPrefix(start) && $0.loose != start && !$0.text.contains(" ") && !$0.name.ids.isEmpty }
      #expect(all.allSatisfy { $0.name.ids == begun.name.ids || $0.loose.hasPrefix(begun.loose) }, "\(start)")
    }
  }

  @Test("a line that names what its command doesn't know may be a question; what it knows may not")
  func meant() throws {
    var shell = try session()
    #expect(shell.codes("patient 54F, insulinoma, size 14 mm") == [])
    #expect(shell.answers("book her for a whipple").last?.canonical == "what if perform whipple")
    #expect(shell.answers("βάλε MEN1 όχι").last?.canonical == "what if men1 no" || shell.answers("βάλε MEN1 όχι").last?.canonical == "what if no men1")
    #expect(shell.codes("why 99") == ["advice.number"])
    let before = shell.lasting
    #expect(shell.answers("μη βάλεις MEN1").last?.canonical?.contains("what if") != true)
    #expect(shell.lasting == before)
  }

  @Test(
    "is no question where it states a finding with its number: setting it is offered, and nothing is changed",
    arguments: [("Ki-67 4", "ki67"), ("size 3 cm", "size"), ("grade 2", "grade"), ("μέγεθος 3 cm", "size"), ("Ki-67 4%", "ki67")])
  func measured(line: String, finding: String) throws {
    var shell = try session()
    #expect(shell.codes("patient 54F, insulinoma") == [])
    let before = shell.lasting
    let error = try #require(shell.answers(line).last?.report.errors.first)
    #expect(error.code == "command.unknown" && shell.lasting == before)
    let reading = try #require(error.readings.first)
    #expect(reading.hasPrefix("set ") && shell.codes(reading) == [])
    #expect(shell.codes("unset \(finding)") == [])
  }

  @Test(
    "is no question where it states a finding with a value, or of somebody: recording it is offered, and nothing is changed",
    arguments: [
      "SSTR2 positive", "SSTR2 negative", "G1", "ki67 high", "metastatic", "poorly differentiated", "she turned out to have MEN1", "gastrin high",
      "SSTR2 θετικός", "ki67 υψηλό", "βαθμός G2", "τελικά έχει MEN1",
    ])
  func stated(line: String) throws {
    for language in Language.allCases {
      var shell = try session(language)
      #expect(shell.codes("patient 54F, insulinoma, size 14 mm") == [])
      let before = shell.lasting
      let error = try #require(shell.answers(line).last?.report.errors.first, "\(line)")
      #expect(shell.lasting == before)
      let reading = try #require(error.readings.first, "\(line)")
      #expect(reading.hasPrefix("set ") || reading.hasPrefix("note "))
      #expect(shell.codes(reading) == [] && shell.lasting != before, "\(reading)")
    }
  }

  @Test(
    "a patient told in own words, where there is none, is offered as a note that makes one",
    arguments: ["my patient is a 61 year old man with a gastrinoma and MEN1, 25 mm", "έχω έναν άνδρα 61 ετών με γαστρίνωμα και MEN1"])
  func described(line: String) throws {
    var shell = try session()
    let error = try #require(shell.answers(line).last?.report.errors.first)
    let reading = try #require(error.readings.first)
    #expect(shell.state.patients.isEmpty && shell.codes(reading) == [] && shell.state.patients.count == 1)
  }

  @Test("marked as a question, it asks what the text says of the finding", arguments: ["SSTR2 positive?", "ki67 high?", "SSTR2 θετικός;", "MEN1?"])
  func markedFinding(line: String) throws {
    var shell = try session()
    #expect(shell.codes("patient 54F, insulinoma, size 14 mm") == [])
    let answer = try #require(shell.answers(line).last)
    #expect(answer.canonical?.hasPrefix("explain ") == true, "\(answer.report.errors.map(\.code))")
    #expect(!JSON.fields(answer.report.data).text.contains("set "))
  }

  @Test(
    "of a finding by its name alone says that nothing was recorded, and what records it, until it is stated",
    arguments: [("diabetes", "diabetes"), ("portal vein thrombosis", "portal-vein-thrombosis"), ("χολόλιθοι", "gallstones")])
  func unrecorded(line: String, finding: String) throws {
    var shell = try session()
    #expect(shell.codes("patient 54F, insulinoma, size 14 mm") == [])
    let before = shell.lasting
    let answer = try #require(shell.answers(line).last)
    #expect(answer.canonical?.hasPrefix("explain ") == true && shell.lasting == before)
    #expect(answer.report.data.contains { $0.0 == "message" && $0.1?.text.contains("set ") == true })
    #expect(shell.codes("set \(finding)") == [])
    #expect(shell.answers(line).last?.report.data.contains { $0.0 == "message" } == false)
  }

  @Test("about a therapy in words that nobody knows is where it stands, with these words said to be unread")
  func unread() throws {
    var shell = try session()
    #expect(shell.codes("patient 54F, insulinoma, size 14 mm") == [])
    let answer = try #require(shell.answers("wouldn't enucleation be zany for her?").last)
    #expect(answer.canonical == "arguments enucleation")
    #expect(JSON.fields(answer.report.data).text.contains("\"noted\":[{\"text\":\"zany\",\"reason\":\"not-understood\"}]"))
    // A word that is only near a drug's name is none beside others that nobody knows; a statement is no question.
    #expect(shell.codes("will she lose her zany hair?") == ["command.unknown"])
    #expect(shell.codes("enucleation zany yesterday") == ["command.unknown"])
  }

  @Test("of a finding whose name ends in a number is what the text says of it")
  func namedByNumber() throws {
    var shell = try session()
    #expect(shell.codes("patient 54F, insulinoma") == [])
    #expect(shell.codes("MEN1") == [])
  }

  @Test("the command that is shown in Greek reads as the command that ran")
  func shownInGreek() throws {
    var wrong: [String] = []
    for labelled in LabelledQuestion.all where labelled.language == .greek {
      let shell = try prepared(labelled)
      var asked = shell
      guard let answer = asked.answers(labelled.question).last, !answer.isError, let canonical = answer.canonical,
        case .notice(let shown)? = answer.report.blocks.first, shown.string.hasPrefix("→ ")
      else { continue }
      var other = shell
      let again = other.answers(String(shown.string.dropFirst(2))).last?.canonical
      if again != canonical { wrong.append("\(shown.string): \(again ?? "nothing"), not \(canonical)") }
    }
    #expect(wrong == [])
  }

  @Test("marks at the end of a line never break a command")
  func marks() throws {
    for line in ["why enucleation?", "why enucleation? ?", "γιατί εκπυρήνιση;", "why enucleation!?"] {
      var shell = try session()
      #expect(shell.codes("patient 54F, insulinoma, size 14 mm") == [])
      #expect(shell.answers(line).last?.canonical == "why enucleation", "\(line)")
    }
  }
}

@Suite("Therapies side by side")
struct TherapyComparisonTests {
  @Test("names separated in any way are one list", arguments: ["TACE, TAE", "TACE TAE", "TACE and TAE", "TACE vs TAE", "TACE/TAE", "TACE και TAE"])
  func lists(list: String) throws {
    var shell = try session()
    let answer = try #require(shell.answers("compare " + list).last)
    #expect(answer.canonical == "compare chemoembolisation, embolisation")
  }

  @Test("patients by these names are meant first")
  func patients() throws {
    var shell = try session()
    #expect(shell.codes("patient Maria 54F, insulinoma; patient Eleni 61F, gastrinoma") == [])
    #expect(shell.answers("compare Maria Eleni").last?.canonical == "compare patient \"Maria\" patient \"Eleni\"")
  }

  @Test("one therapy, or what the text doesn't speak of, is refused")
  func refused() throws {
    var shell = try session()
    #expect(shell.codes("compare TACE") == ["compare.therapies"])
    #expect(shell.codes("compare TACE, lenvatinib") == ["therapy.outside"])
  }

  @Test("no line is wider than the screen", arguments: [40, 60, 80, 100], Language.allCases)
  func widths(columns: Int, language: Language) throws {
    var shell = try session(language)
    #expect(shell.codes("patient 62F, nonfunctioning, site pancreas, liver-metastases bilobar") == [])
    for list in ["TACE, TAE", "sunitinib, everolimus", "diazoxide, everolimus, octreotide LAR"] {
      let report = try #require(shell.answers("compare " + list).last?.report)
      let lines = report.text(TextStyle(columns: columns, isColoured: false)).split(separator: "\n")
      #expect(lines.allSatisfy { Display.width(String($0)) <= columns }, "\(list)")
    }
  }

  @Test("evidence, doses and harms are the text's, of each")
  func data() throws {
    var shell = try session()
    #expect(shell.codes("patient 62F, nonfunctioning, site pancreas") == [])
    let text = JSON.fields(try #require(shell.answers("compare sunitinib, everolimus").last?.report.data)).text
    for part in ["\"therapy\":\"sunitinib\"", "\"therapy\":\"everolimus\"", "\"standing\"", "everolimus-phase-3", "\"adverse_effects\""] {
      #expect(text.contains(part), "\(part)")
    }
  }
}
