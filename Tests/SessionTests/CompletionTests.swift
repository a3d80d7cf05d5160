import Commands
import Grammar
import Guideline
import Sessions
import Testing
import Wording

@Suite("Completion")
struct CompletionTests {
  private static let english = Result { try prepared(.english) }
  private static let greek = Result { try prepared(.greek) }

  private static func prepared(_ language: Language) throws -> Session {
    var shell = try session(language)
    shell.prepareCompletions()
    return shell
  }

  /// The candidates behind a line, in a new session.
  private func texts(_ line: String, _ language: Language = .english, after setUp: String = "") throws -> [String] {
    var shell = try language == .english ? Self.english.get() : Self.greek.get()
    for (_, command) in Input.commands(setUp) { #expect(shell.run(command).report.errors == []) }
    return shell.completions(line: line, at: line.utf8.count).candidates.map(\.text)
  }

  // MARK: Commands

  @Test("an empty line offers every command with its summary, in the session's language")
  func commands() throws {
    let english = try texts("")
    #expect(english == Registry.standard.commands.map(\.id))
    #expect(try texts("", .greek) == Registry.standard.commands.map(\.name.greek))
    var shell = try Self.english.get()
    #expect(shell.completions(line: "unse", at: 4).candidates == [.init("unset", "take a stated finding back to unknown", continues: true)])
  }

  @Test("a Greek beginning is completed in Greek, a Latin one in English, whatever the session's language")
  func language() throws {
    #expect(try texts("για") == ["γιατί", "γιατί όχι"])
    #expect(try texts("ΓΙΑ") == ["γιατί", "γιατί όχι"])
    #expect(try texts("recom", .greek) == ["recommend"])
    #expect(try texts("όρισε γα") == ["γαστρίνωμα"])
    #expect(try texts("set gastri", .greek).contains("gastrinoma"))
    #expect(try texts("set gastri", .greek).allSatisfy { Language.typed(in: $0) == .english })
  }

  @Test("a beginning is looked for at the start of each word, and within words where none begins so; several stay several")
  func insideWords() throws {
    let octreotide = try texts("give oct", after: "patient 54F, insulinoma")
    #expect(octreotide == ["octreotide LAR", "immediate-release octreotide", "continuous octreotide infusion"])
    #expect(try texts("δώσε οκτρ", after: "patient 54F, insulinoma").count == 3)
    #expect(try texts("give rolimus", after: "patient 54F, insulinoma") == ["everolimus"])
    #expect(try texts("set tastases").contains("liver metastases"))
  }

  @Test("the second word of a command's name is completed, beside what the command takes")
  func twoWords() throws {
    #expect(try texts("what ") == ["if"])
    #expect(try texts("assume a") == ["absent"])
    #expect(try texts("why n").first == "not")
    #expect(try texts("help why n") == ["why not"])
  }

  @Test("an alias is offered where no name fits")
  func alias() throws {
    #expect(try texts("exi") == ["exit"])
  }

  @Test("only the last command of a line counts, and a comment is left alone")
  func separators() throws {
    #expect(try texts("patient 54F; recomm") == ["recommend"])
    #expect(try texts("recommend # ins") == [])
    #expect(try texts("patient \"Ann; ins") == [])
    let line = "patient 54F; set ins"
    var shell = try Self.english.get()
    #expect(shell.completions(line: line, at: line.utf8.count).replaces == 17..<20)
    #expect(shell.completions(line: line, at: 15).replaces == 13..<15)
  }

  // MARK: Findings

  @Test("a finding typed where a command stands gets the command that states it")
  func findingsAlone() throws {
    #expect(try texts("ins") == ["patient insulinoma"])
    #expect(try texts("ins", after: "patient 54F") == ["set insulinoma"])
    #expect(try texts("γα") == ["ασθενής γαστρίνωμα"])
  }

  @Test("set li offers the liver findings, names first, each with what it takes")
  func liver() throws {
    let found = try texts("set li")
    #expect(found.prefix(3) == ["liver metastases", "liver lesions", "liver involvement"])
    #expect(found.contains("liver metastases in both lobes"))
    var shell = try Self.english.get()
    let first = try #require(shell.completions(line: "set li", at: 6).candidates.first)
    #expect(first.description == "none · unilobar · bilobar")
    #expect(first.continues)
  }

  @Test("behind a finding's name come its values, and behind a number's name what it takes")
  func values() throws {
    #expect(try texts("set liver metastases ") == ["none", "unilobar", "bilobar"])
    #expect(try texts("set liver mets bi") == ["bilobar"])
    #expect(try texts("όρισε ηπατικές μεταστάσεις αμ") == ["αμφίλοβες"])
    #expect(try texts("set sstr2 ne") == ["SSTR2 negative"])
    #expect(try texts("set sstr2 is ne") == ["negative"])
    #expect(try texts("set size 14 ") == ["mm", "cm"])
    var shell = try Self.english.get()
    let list = shell.completions(line: "set size ", at: 9)
    #expect(list.candidates == [])
    #expect(list.hint == "It takes a number from 0 to 300 mm.")
  }

  @Test("a patient's name and what is said already leave room for the next finding")
  func patient() throws {
    #expect(try texts("patient Maria 54F, insulinoma 14 mm in the ta") == ["tail"])
    #expect(try texts("patient \"Maria P\" ins") == ["insulinoma"])
    #expect(try texts("patient Maria ins") == ["insulinoma"])
    #expect(try texts("patient 54F, no dia").contains("no diarrhoea"))
  }

  @Test("a finding is not offered twice")
  func stated() throws {
    #expect(try texts("set insulinoma, gastri").contains("gastrinoma") == false)
    #expect(try texts("set men1, ").contains("MEN1") == false)
  }

  @Test("another phrase is offered where no shown one fits")
  func aliases() throws {
    #expect(try texts("set zol").first?.hasPrefix("Zollinger") == true)
  }

  // MARK: The other kinds

  @Test("unset offers what the patient has stated")
  func unset() throws {
    #expect(try texts("unset ") == [])
    #expect(try texts("unset ", after: "patient 54F, insulinoma 14 mm") == ["age", "sex", "size", "syndrome"])
    #expect(try texts("unset si", after: "patient 54F, insulinoma 14 mm") == ["size"])
  }

  @Test("patients, topics, languages, errata, sections and commands are offered where they are read")
  func kinds() throws {
    #expect(try texts("use M", after: "patient Maria 54F; patient Nikos 61M") == ["Maria"])
    #expect(try texts("recommend su") == ["surgery", "supportive"])
    #expect(try texts("σύσταση χειρ", .greek) == ["χειρουργική"])
    #expect(try texts("language ") == ["en", "el"])
    #expect(try texts("errata E0").first == "E01")
    #expect(try texts("read surgery.en") == ["surgery.enucleation"])
    #expect(try texts("help recom") == ["recommend"])
    #expect(try texts("explain som").contains("somatostatin analogue"))
  }

  @Test("why offers the numbers of the last list, then therapies")
  func advice() throws {
    let setUp = "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface; recommend"
    #expect(try texts("why ", after: setUp).prefix(2) == ["not", "1"])
    #expect(try texts("why enu") == ["enucleation"])
    #expect(try texts("γιατί εκπ") == ["εκπυρήνιση"])
  }

  @Test("no candidate for an erratum shows a printed value")
  func errata() throws {
    let shell = try Self.english.get()
    var copy = shell
    let shown = copy.completions(line: "errata ", at: 7).candidates.map { $0.text + " " + $0.description }
    for entry in shell.world.guideline.entries where entry.kind == .erratum {
      let printed = entry.words("printed")?.english ?? ""
      #expect(printed.isEmpty || !shown.contains { $0.contains(printed) })
    }
    #expect(!shown.isEmpty)
  }

  // MARK: Laws

  private static let findingLines = [
    "patient Maria 54F, insulinoma 14 mm in the tail, clearly localised, near the surface",
    "set liver metastases bilobar, Ki-67 3%, no MEN1, SSTR2 negative, stage is metastatic, not resectable",
    "όρισε ηπατικές μεταστάσεις αμφίλοβες, χωρίς MEN1, SSTR2 αρνητικός, υπογλυκαιμία",
    "patient 61M, zes and liver mets, size 25 mm",
  ]

  private static let lines: [String] =
    Registry.standard.commands.flatMap { command in command.examples.flatMap { [$0.line.english, $0.line.greek] } } + findingLines

  @Test("whatever is offered for findings is read, or needs only a value behind it", arguments: findingLines)
  func readable(line: String) throws {
    var shell = try Self.english.get()
    _ = shell.run("patient \"Test 0\" 54F")
    var seen = Set<String>()
    var sawAll = false
    for length in 0...line.unicodeScalars.count {
      let typed = String(String.UnicodeScalarView(line.unicodeScalars.prefix(length)))
      let list = shell.completions(line: typed, at: typed.utf8.count)
      #expect(list.replaces.upperBound == typed.utf8.count)
      let kept = String(decoding: Array(typed.utf8)[..<list.replaces.lowerBound], as: UTF8.self)
      // The list of all findings is the same behind every comma; one of them is looked at.
      guard kept.contains(" "), list.candidates.count < 40 || !sawAll else { continue }
      if list.candidates.count >= 40 { sawAll = true }
      for whole in list.candidates.map({ kept + $0.text }) where seen.insert(whole).inserted {
        var trial = shell
        let errors = trial.run(whole).report.errors.map(\.code).filter { !Self.beyondReading.contains($0) }
        #expect(errors == [], "“\(typed)” was completed to “\(whole)”")
      }
    }
    #expect(seen.count > 20)
  }

  /// Errors of lines that are read well: a value is still missing, or what is stated can't hold together.
  private static let beyondReading: Set<String> = ["finding.value-missing", "finding.contradiction"]

  @Test("any place in any line is completed in well under the time that a user notices")
  func speed() throws {
    var shell = try Self.english.get()
    let clock = ContinuousClock()
    var times: [Duration] = []
    for line in Self.lines {
      for length in 0...line.utf8.count { times.append(clock.measure { _ = shell.completions(line: line, at: length) }) }
    }
    times.sort()
    // The bound is 5 ms in a release build; a debug build takes about ten times as long.
    #expect(times[times.count * 99 / 100] < .milliseconds(100))
  }

  // MARK: Putting it on the line

  @Test("a single candidate is put on the line whole, several as far as they agree")
  func shared() {
    let one = CompletionList(replaces: 0..<3, candidates: [.init("insulinoma", "")])
    #expect(one.shared(typed: "ins") == "insulinoma")
    #expect(one.shared(typed: "insulinoma") == nil)
    let continuing = CompletionList(replaces: 0..<2, candidates: [.init("size", "", continues: true)])
    #expect(continuing.shared(typed: "si") == "size ")
    let several = CompletionList(replaces: 0..<1, candidates: [.init("liver lesions", ""), .init("liver involvement", "")])
    #expect(several.shared(typed: "l") == "liver ")
    #expect(several.shared(typed: "liver ") == nil)
    #expect(several.shared(typed: "LIV") == "liver ")
    #expect(CompletionList(replaces: 0..<0).shared(typed: "") == nil)
  }
}
