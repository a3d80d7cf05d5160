import Foundation
import Commands
import Grammar
import Guideline
import Sessions
import Testing
import Wording

private let guideline = Result { try Guideline.embedded() }

@Suite("Nothing of a line is lost or turned round")
struct WhatIsKeptTests {
  /// What a patient of a phrase has, in canonical form, and the texts of the notes.
  private func read(_ phrase: String) throws -> (stated: String, noted: [String]) {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    let answer = session.run("patient " + phrase)
    #expect(answer.report.errors.map(\.code) == [], "\(phrase)")
    return (understoodPart(answer.canonical ?? ""), session.state.patient?.noted.map(\.text) ?? [])
  }

  /// The findings of a canonical line, without its name and its notes.
  private func understoodPart(_ canonical: String) -> String {
    let rest = canonical.replacing(/patient "[^"]*" ?/, with: "").replacing(/noted [a-z-]+ "[^"]*"/, with: "")
    return rest.split(separator: ", ").joined(separator: ", ")
  }

  @Test(
    "what a test didn't show of a tumour's kind isn't denied; metastases that it doesn't show are",
    arguments: [
      ("gastrinoma not visualised on EUS", ""), ("VIPoma not detected on CT", ""), ("bone metastases not seen on MRI", "bone-metastases no"),
      ("insulinoma excluded", "syndrome is not insulinoma"),
    ])
  func unseen(phrase: String, stated: String) throws {
    let (found, noted) = try read(phrase)
    #expect(found == stated && noted.isEmpty == !stated.isEmpty, "\(found) \(noted)")
  }

  @Test(
    "none in one place says nothing of another; none behind a finding does",
    arguments: [
      ("gastrinoma, bone metastases but none in the brain", "syndrome is gastrinoma, bone-metastases"), ("MEN1: none", "men1 no"),
      ("gallstones none", "gallstones is none"),
    ])
  func none(phrase: String, stated: String) throws {
    #expect(try read(phrase).stated == stated)
  }

  @Test(
    "a count of segments is none of lesions, and lobes are counted in figures as in words",
    arguments: [
      ("liver metastases in 4 segments", "liver-metastases is not none"), ("ηπατικές μεταστάσεις σε 2 τμήματα", "liver-metastases is not none"),
      ("liver metastases in 2 lobes", "liver-metastases is bilobar"), ("ηπατικές μεταστάσεις σε 1 λοβό", "liver-metastases is unilobar"),
    ])
  func segments(phrase: String, stated: String) throws {
    #expect(try read(phrase).stated == stated)
  }

  @Test(
    "what is neither confirmed nor excluded is uncertain",
    arguments: [
      "glucagonoma not yet proven", "bone metastases have not been ruled out", "brain metastases were not excluded", "γαστρίνωμα δεν έχει επιβεβαιωθεί",
      "εγκεφαλικές μεταστάσεις δεν έχουν αποκλειστεί",
    ])
  func uncertain(phrase: String) throws {
    let (found, noted) = try read(phrase)
    #expect(found == "" && noted == [phrase])
  }

  @Test(
    "a note keeps the words that say no",
    arguments: [
      ("bone metastases, not irradiated", "not irradiated"), ("insulinoma, no allergies", "no allergies"),
      ("γαστρίνωμα, δεν έχει χειρουργηθεί", "δεν έχει χειρουργηθεί"),
    ])
  func denials(phrase: String, note: String) throws {
    #expect(try read(phrase).noted == [note])
  }

  @Test("what is low isn't raised, and what is gone isn't there")
  func low() throws {
    #expect(try read("thromboembolic risk is low").stated == "thromboembolic-risk no")
    #expect(try read("χαμηλός κίνδυνος λύσης όγκου").stated == "")
    #expect(try read("bone metastases no longer seen").stated == "")
    #expect(try read("hypoglycaemia resolved on diazoxide").stated == "" && read("diarrhoea resolved on lanreotide").stated == "ssa is current")
    #expect(try read("VIPoma, no recurrence of diarrhoea").stated == "syndrome is vipoma, diarrhoea is none")
  }

  @Test("A name holds no quotation mark, so that what is kept of a patient is read again")
  func names() throws {
    #expect(try read("Ab\"\"cretion, MEN1").noted == ["Ab''cretion"])
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    #expect(session.run("patient A\"b\"c 54F").report.errors.isEmpty && session.state.patient?.name == "Patient 1")
  }

  @Test(
    "an order whose verb was misspelt is offered whole, and nothing is done",
    arguments: [
      ("gve lanreotid 120 mg every 4 weeks", "give lanreotide"), ("perfom sirt in both lobes", "perform sirt in both lobes"), ("ordder MRI", "order MRI"),
      ("giv octreotide", "give octreotide"), ("preform embolizaton of the right lobe", "right lobe"),
    ])
  func orders(line: String, offered: String) throws {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    _ = session.run("patient Maria 54F, liver metastases")
    let before = session.state.patient
    let error = try #require(session.run(line).report.errors.first)
    #expect(error.code == "command.unknown" && session.state.patient == before)
    #expect(error.readings.count == 1 && error.readings[0].contains(offered), "\(error.readings)")
  }

  @Test("two slips are no order: κόψε is no δώσε")
  func twoSlips() throws {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .greek)
    _ = session.run("patient Maria 54F")
    let answer = session.run("κόψε την οκτρεοτίδη")
    #expect(answer.report.errors.allSatisfy { !$0.readings.contains { $0.hasPrefix("give") } } && session.state.patient?.current.isEmpty == true)
  }

  @Test(
    "a question's answer names what it leaves aside",
    arguments: [
      ("can I combine everolimus with lanreotide?", "lanreotide"), ("can I give her octreotide before embolisation?", "embolisation"),
      ("why not octreotide for the gastrinoma?", "gastrinoma"),
    ])
  func aside(question: String, named: String) throws {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    session.readsQuestions = true
    _ = session.run("patient Maria 54F, carcinoid syndrome")
    let answer = session.run(question)
    #expect(answer.report.errors.map(\.code) == [])
    let unheeded = answer.report.data.first { $0.0 == "unheeded" }?.1
    #expect(unheeded == .strings([named]), "\(String(describing: unheeded))")
    let plain = session.run("why octreotide")
    #expect(!plain.report.data.contains { $0.0 == "unheeded" })
  }

  /// The canonical command that a line ran for a woman on no treatment.
  private func understood(_ line: String) throws -> Answer {
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    session.readsQuestions = true
    _ = session.run("patient Maria 54F, carcinoid syndrome, liver-metastases bilobar")
    return session.run(line)
  }

  @Test(
    "a therapy that only says what didn't help isn't asked about, and other options are no reasons for one",
    arguments: [
      ("he keeps flushing despite lanreotide Autogel, what do we do next?", ["lanreotide Autogel"]),
      ("παρά τα ανάλογα σωματοστατίνης έχει διάρροια, τι κάνουμε;", ["ανάλογα σωματοστατίνης"]), ("any other options than everolimus?", nil),
      ("what alternatives to sunitinib are there?", nil),
    ])
  func options(line: String, aside: [String]?) throws {
    let answer = try understood(line)
    #expect(answer.command == "recommend", "\(answer.canonical ?? "")")
    if let aside { #expect(answer.report.data.first { $0.0 == "unheeded" }?.1 == .strings(aside)) }
  }

  @Test(
    "how an operation is done, and of what, is kept beside it",
    arguments: [
      ("perform lap left pancreatectomy", "lap"), ("κάνε ολική παγκρεατεκτομή λαπαροσκοπικά", "λαπαροσκοπικά"),
      ("perform chemoembolisation of the liver mets", "of the liver mets"),
    ])
  func manner(line: String, note: String) throws {
    let answer = try understood(line)
    #expect(answer.report.errors.isEmpty && answer.command == "perform" && answer.report.text(.plain).contains("“\(note)”"), "\(answer.report.text(.plain))")
  }

  @Test(
    "doses as Greek charts have them",
    arguments: [
      ("δώσε διαζοξίδη 100 mg 1x3", "three times a day"), ("δώσε οκτρεοτίδη 100 μg ανά 12ωρο", "twice a day"), ("δώσε everolimus 10 mg 1χ1", "once a day"),
    ])
  func charts(line: String, timing: String) throws {
    #expect(try understood(line).report.text(.plain).contains(timing))
  }

  @Test("a number that no finding can hold is said to be that", arguments: ["set size 88888888888888888888 mm", "set ki67 123456789012345678901 %"])
  func unreadable(line: String) throws {
    let answer = try understood(line)
    #expect(answer.report.errors.map(\.code) == ["number.unreadable"])
  }

  @Test("what has no adverse effects of its own leads to those of its chapter; what if names what would depend on more")
  func pointed() throws {
    #expect(try understood("adverse chemoembolisation").report.text(.plain).contains("In the same chapter: adverse embolisation"))
    #expect(try !understood("adverse enucleation").report.text(.plain).contains("In the same chapter"))
    var session = Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    _ = session.run("patient 60M, insulinoma, size 9 mm, location body")
    let text = session.run("what if size 35 mm").report.text(.plain)
    #expect(text.contains("Would then depend on what isn't stated") && text.contains("larger than 2 cm needs aggressive treatment"), "\(text)")
  }
}
