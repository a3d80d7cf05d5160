import Commands
import Grammar
import Guideline
import Sessions
import Testing
import Vocabulary
import Wording

private let guideline = Result { try Guideline.embedded() }

private func shell(_ language: Language) throws -> Session {
  Session(world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: language)
}

/// A message with its help, a line each.
private func said(_ errors: [Diagnostic], _ language: Language) -> [String] {
  errors.flatMap { ["\($0.code): \($0.message[language])"] + $0.help.map { $0[language] } }
}

@Suite("Bad input: one coded error, and nothing changes")
struct BadInputTests {
  static let lines: [(String, String)] = [
    ("set insulinmoa", "reading.ambiguous"), ("set size 14 kg", "unit.wrong"), ("set size 14", "unit.missing"), ("set size 14 mg", "unit.wrong"),
    ("set size -3 mm", "number.out-of-range"),
    ("set ki67 300%", "number.out-of-range"), ("set nonfunctioning insulinoma", "finding.two-values"),
    ("set sstr negative, sstr2 positive", "finding.contradiction"),
    ("set localised, liver mets", "finding.contradiction"), ("set benign, bone mets", "finding.contradiction"),
    ("set tail, site liver", "finding.contradiction"),
    ("set asymptomatic, severe diarrhoea", "finding.contradiction"), ("set no primary found, 14 mm", "finding.contradiction"), ("set \"open", "input.quote"),
    ("set progression", "reading.ambiguous"),
    ("set no differentiation", "finding.no-absence"), ("set ki67", "finding.value-missing"), ("set 14", "reading.ambiguous"), ("why", "command.argument"),
    ("what if", "command.argument"), ("reco", "command.unknown"),
  ]

  @Test("each is refused with its code, and the patient stays as it was", arguments: lines)
  func refused(_ line: String, _ code: String) throws {
    for language in [Language.english, .greek] {
      var session = try shell(language)
      _ = session.run("patient Maria 54F")
      let before = session.state.patient
      let errors = session.run(line).report.errors
      if code == "command.argument" {
        #expect(errors.count == 1 && errors.first?.help.isEmpty == false, "\(line)")
      } else {
        #expect(errors.map(\.code) == [code], "\(line)")
      }
      #expect(session.state.patient == before)
      for error in errors {
        #expect(!error.message.english.isEmpty && !error.message.greek.isEmpty)
        #expect(error.message.english != error.message.greek)
      }
    }
  }

  @Test("a strange unit is named, with what is taken, in both languages")
  func strangeUnit() throws {
    var english = try shell(.english)
    _ = english.run("patient Maria 54F")
    #expect(said(english.run("set size 14 kg").report.errors, .english) == ["unit.wrong: size is not measured in kg.", "It takes mm."])
    var greek = try shell(.greek)
    _ = greek.run("patient Maria 54F")
    #expect(
      said(greek.run("set size 14 kg").report.errors, .greek) == ["unit.wrong: Το εύρημα «μέγεθος» δεν μετριέται σε kg.", "Δέχεται mm."])
  }

  @Test("whatever bytes come, a line ends in a report or in one coded error", arguments: [1, 2, 3, 4])
  func fuzz(seed: UInt64) throws {
    var draws = Draws(state: seed)
    let words = [
      "patient", "set", "insulinoma", "14", "mm", ",", "\"", "(", ")", "no", "MEN1", "<", ">=", "-", "1,4", "cm", "Ki-67", "%", "ινσουλίνωμα", "χωρίς",
      "what if", "why",
      "and", "or", "not", "is", "one of", ";", "#", "·", "at least 2 of (", "unknown", "\u{202E}", "\u{0}", "\t", "\u{1B}[31m", "99999999999999999999",
      "0.0000000001", "🙂", "ﬁ", "e\u{301}", "'", "=", ":",
    ]
    var session = try shell(.english)
    for _ in 0..<250 {
      let line: String
      if Bool.random(using: &draws) {
        line = (0..<Int.random(in: 0..<12, using: &draws)).map { _ in words.randomElement(using: &draws) ?? "" }.joined(
          separator: Bool.random(using: &draws) ? " " : "")
      } else {
        line = String(decoding: (0..<Int.random(in: 0..<60, using: &draws)).map { _ in UInt8.random(in: 0...255, using: &draws) }, as: UTF8.self)
      }
      let before = session.state.patient
      let answer = session.run(line)
      #expect(answer.report.errors.isEmpty || answer.canonical == nil)
      if answer.isError { #expect(session.state.patient == before) }
      for error in answer.report.errors {
        #expect(error.code.contains("."), "\(error.code)")
        if let span = error.span, let source = error.source {
          #expect(span.lowerBound >= 0 && span.upperBound <= source.utf8.count, "\(line.debugDescription)")
        }
      }
      _ = try? ConditionReader.condition(line, try vocabulary())
    }
  }

  @Test("NUL, invalid UTF-8, a very long line and deep nesting have their own codes")
  func bounds() throws {
    func code(_ bytes: [UInt8]) -> String {
      do throws(Diagnostic) {
        _ = try Input.line(bytes)
        return "read"
      } catch { return error.code }
    }
    #expect(code(Array("set \0 MEN1".utf8)) == "input.control-character")
    #expect(code([0x73, 0xFF, 0xFE]) == "input.encoding")
    #expect(code([0xC3]) == "input.encoding")
    #expect(code(Array(String(repeating: "x", count: 100_000).utf8)) == "input.too-long")
    #expect(code(Array(String(repeating: "x", count: 10_000).utf8)) == "read")
    #expect(code(Array(String(repeating: "x", count: 10_001).utf8)) == "input.too-long")
    let deep = String(repeating: "(", count: 5_000) + "men1" + String(repeating: ")", count: 5_000)
    do throws(Diagnostic) {
      _ = try ConditionReader.condition(deep, try embeddedVocabulary())
      Issue.record("read")
    } catch { #expect(error.code == "condition.nesting") }
    let nots = String(repeating: "not ", count: 2_000) + "men1"
    do throws(Diagnostic) {
      _ = try ConditionReader.condition(nots, try embeddedVocabulary())
      Issue.record("read")
    } catch { #expect(error.code == "condition.nesting") }
  }

  private func embeddedVocabulary() throws(Diagnostic) -> Vocabulary { try .embedded() }
}
