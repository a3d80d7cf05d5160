import Cohorts
import Foundation
import Guideline
import Patients
import Reports
import Testing
import Wording

/// What other programs may rely on: oddities of input, each by the plain reader and by the fast one.
@Suite("eval answers each line as the contract says")
struct EvalContractTests {
  let guideline: Guideline

  init() throws { guideline = try Guideline.embedded() }

  private func objects(_ bytes: [UInt8], threads: Int = 1, pieces: Int = 1 << 16, form: AnswerForm? = nil) throws -> [[String: Any]] {
    try answer(bytes, guideline, threads: threads, pieces: pieces, form: form).split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private func objects(_ text: String) throws -> [[String: Any]] { try objects(Array(text.utf8)) }

  private func codes(_ object: [String: Any]) -> [String] {
    (object["errors"] as? [[String: Any]])?.compactMap { $0["code"] as? String } ?? ["no errors field"]
  }

  private func rules(_ object: [String: Any]) -> [String] {
    (object["advice"] as? [[String: Any]])?.compactMap { $0["rule"] as? String } ?? []
  }

  /// A gastrinoma without MEN1: resection is offered at any size (F016).
  private let gastrinoma = #""findings":{"syndrome":"gastrinoma","men1":false,"size":"25 mm"}"#

  @Test(
    "an id is returned as given",
    arguments: [
      #""a1""#, "17", "-3", "1.50", "1e3", "12345678901234567890", #""""#, #""a \"quoted\" id""#, #""γ""#, #""a\\b""#, #""😀""#,
    ])
  func id(id: String) throws {
    let line = answer("{\"id\":\(id),\(gastrinoma)}", guideline)
    #expect(line.hasPrefix("{\"id\":\(id),\"advice\":[{"))
    #expect(line.hasSuffix("],\"errors\":[]}\n"))
  }

  @Test("an id is text or a number", arguments: ["null", "true", "[1]", "{}"])
  func wrongID(id: String) throws {
    #expect(try codes(objects("{\"id\":\(id),\(gastrinoma)}")[0]) == ["eval.id"])
  }

  @Test("a line without an id is named by its number, blank lines counted and skipped")
  func lineNumber() throws {
    let found = try objects("\n  \n{\(gastrinoma)}\r\n\t\n{\"findings\":{\"men1\":3}}")
    #expect(found.map { $0["line"] as? Int } == [3, 5])
    #expect(codes(found[0]) == [])
    #expect(codes(found[1]) == ["eval.type"])
  }

  @Test("a line is named by its number however many stand before it, whatever bytes they hold", arguments: [1 << 16, 1 << 20])
  func farLines(pieces: Int) throws {
    let wrong: Set<Int> = [1, 2_040, 2_041, 7_777, 30_000]
    var text = ""
    // Ί ends in 8A, and K is 4B: bytes beside that of a line's end.
    for number in 1...30_000 { text += wrong.contains(number) ? "{\"findings\":{\"men1\":3}}\n" : number % 3 == 0 ? "\n" : "{\"id\":\"ΊK\(number)\"}\n" }
    // Of one rule alone: thirty thousand whole answers take gigabytes.
    let form = try AnswerForm(rules: "surgery.gastrinoma-men1", guideline)
    let found = try objects(Array(text.utf8), threads: 2, pieces: pieces, form: form)
    #expect(found.count == 20_000 + wrong.count { $0 % 3 == 0 })
    #expect(Set(found.compactMap { $0["line"] as? Int }) == wrong)
  }

  @Test("CRLF, a byte-order mark and a last line without an end are read")
  func lineEnds() throws {
    let found = try objects([0xEF, 0xBB, 0xBF] + Array("{\"id\":1,\(gastrinoma)}\r\n{\"id\":2,\(gastrinoma)}".utf8))
    #expect(found.map { $0["id"] as? Int } == [1, 2])
    #expect(found.allSatisfy { codes($0) == [] })
    #expect(rules(found[0]).contains("surgery.gastrinoma-without-men1"))
  }

  @Test("a byte-order mark elsewhere is an error of its line")
  func laterMark() throws {
    let found = try objects(Array("{\"id\":1}\n".utf8) + [0xEF, 0xBB, 0xBF] + Array("{\"id\":2}".utf8))
    #expect(codes(found[1]) == ["eval.json"])
  }

  @Test(
    "what is wrong with a line is said by its code",
    arguments: [
      (#"{"id":1,"finding":{}}"#, ["eval.key-unknown"]),
      (#"{"id":1,"findings":{},"findings":{}}"#, ["eval.key-repeated"]),
      (#"{"id":1,"id":2}"#, ["eval.key-repeated"]),
      (#"{"id":1,"assume":"absent","assume":"absent"}"#, ["eval.key-repeated"]),
      (#"{"id":1,"findings":{"men1":true,"men1":true}}"#, ["eval.key-repeated"]),
      (#"{"id":1,"findings":{"men2":true}}"#, ["finding.unknown"]),
      (#"{"id":1,"findings":{"men1":1}}"#, ["eval.type"]),
      (#"{"id":1,"findings":{"size":true}}"#, ["eval.type"]),
      (#"{"id":1,"findings":{"syndrome":4}}"#, ["eval.type"]),
      (#"{"id":1,"findings":{"syndrome":[]}}"#, ["eval.type"]),
      (#"{"id":1,"findings":{"syndrome":[1]}}"#, ["eval.type"]),
      (#"{"id":1,"findings":{"syndrome":{"is":"gastrinoma"}}}"#, ["eval.type"]),
      (#"{"id":1,"findings":[]}"#, ["eval.findings"]),
      (#"{"id":1,"findings":"none"}"#, ["eval.findings"]),
      (#"{"id":1,"assume":"present"}"#, ["eval.assume"]),
      (#"{"id":1,"assume":true}"#, ["eval.assume"]),
      (#"{"id":1,"findings":{"size":301}}"#, ["number.out-of-range"]),
      (#"{"id":1,"findings":{"size":-1}}"#, ["number.out-of-range"]),
      (#"{"id":1,"findings":{"ki67":0.0000001}}"#, ["number.unreadable"]),
      (#"{"id":1,"findings":{"size":1e300}}"#, ["number.unreadable"]),
      (#"{"id":1,"findings":{"size":99999999999999999999999999}}"#, ["number.unreadable"]),
      (#"{"id":1,"findings":{"stage":"localised","liver-metastases":"bilobar"}}"#, ["finding.contradiction"]),
      (#"{"id":1,"findings":{"functioning":true,"syndrome":"nonfunctioning"}}"#, ["finding.contradiction"]),
      (#"{"id":1,"findings":{"advanced":true}}"#, ["finding.derived"]),
      (#"{"id":1,"findings":{"size":NaN}}"#, ["eval.json"]),
      (#"{"id":1,"findings":{"size":Infinity}}"#, ["eval.json"]),
      (#"{"id":1,"findings":{"size":1."#, ["eval.json"]),
      (#"{"id":1} {"id":2}"#, ["eval.json"]),
      (#"{"id":1,}"#, ["eval.json"]),
      (#"{'id':1}"#, ["eval.json"]),
      (#"[1]"#, ["eval.json"]),
      (#"{"id":"a"#, ["eval.json"]),
      ("{\"id\":\"a\u{0}b\"}", ["eval.json"]),
      ("{\"id\":1,\"findings\":{\"men1\":tru}}", ["eval.json"]),
    ])
  func refused(line: String, expected: [String]) throws {
    let found = try objects(line + "\n{\"id\":\"next\",\(gastrinoma)}")
    #expect(found.count == 2, "the rest of the file still runs")
    #expect(codes(found[0]) == expected)
    #expect(rules(found[0]) == [])
    #expect(codes(found[1]) == [])
    #expect(rules(found[1]).contains("surgery.gastrinoma-without-men1"))
  }

  @Test("the finding of an error is named, and its message says what to write")
  func message() throws {
    let error = try #require((objects(#"{"id":"x","findings":{"men2":true}}"#)[0]["errors"] as? [[String: Any]])?.first)
    #expect(error["finding"] as? String == "men2")
    #expect(error["message"] as? String == "Unknown finding “men2”; did you mean men1?")
    let greek = answer(Array(#"{"id":"x","findings":{"men2":true}}"#.utf8), guideline, language: .greek)
    #expect(greek.contains("Άγνωστο εύρημα «men2»· μήπως εννοείτε men1;"))
  }

  @Test("bytes that are no UTF-8 are refused, and control characters never reach the output")
  func encoding() throws {
    let found = try objects(Array("{\"id\":\"a".utf8) + [0xFF] + Array("\"}\n{\"id\":\"b\"}".utf8))
    #expect(codes(found[0]) == ["input.encoding"])
    #expect(found[1]["id"] as? String == "b")
  }

  @Test("objects nested deep are refused without a crash")
  func nested() throws {
    let deep = String(repeating: "[", count: 100_000)
    #expect(try codes(objects("{\"id\":1,\"findings\":{\"size\":\(deep)\n{\"id\":2}")[0]) == ["eval.json"])
    let objects = try objects("{\"id\":1,\"findings\":" + String(repeating: "{\"size\":", count: 50_000) + "\n{\"id\":2}")
    #expect(objects.count == 2)
  }

  @Test("a line of 1 MB is read, a longer one refused, however it arrives", arguments: [1_000, 65_536, 3_000_000])
  func long(pieces: Int) throws {
    let start = "{\"id\":1,\(gastrinoma)"
    let fitting = start + String(repeating: " ", count: Eval.longestLine - start.utf8.count - 1) + "}"
    #expect(fitting.utf8.count == Eval.longestLine)
    let lines = fitting + "\n" + fitting.dropLast() + " }\n" + start + "}\n" + fitting.dropLast() + String(repeating: " ", count: 2_000_000)
    let found = try objects(Array(lines.utf8), pieces: pieces)
    #expect(found.map { codes($0) } == [[], ["input.too-long"], [], ["input.too-long"]])
    #expect(found[1]["line"] as? Int == 2)
    #expect(found[3]["line"] as? Int == 4)
  }

  @Test(
    "values may be written in several ways with one meaning",
    arguments: [
      [#"{"size":25}"#, #"{"size":25.0}"#, #"{"size":"25 mm"}"#, #"{"size":"2.5 cm"}"#, #"{"size":2.5e1}"#, #"{ "size" : 25 }"#],
      [#"{"men1":true}"#, #"{"men1":"yes"}"#, #"{"men1":["yes"]}"#, #"{"\u006den1":true}"#],
      [#"{}"#, #"{"men1":null}"#, #"{"men1":"unknown"}"#, #"{"men1":["yes","no"]}"#],
      [#"{"functioning":false}"#, #"{"syndrome":"nonfunctioning"}"#],
      [#"{"liver-metastases":["unilobar","bilobar"]}"#, #"{"liver-metastases":["bilobar","unilobar"]}"#],
    ])
  func ways(same: [String]) throws {
    let answers = same.map { answer("{\"id\":1,\"findings\":\($0)}", guideline) }
    #expect(Set(answers).count == 1)
    #expect(answers[0].hasSuffix("\"errors\":[]}\n"))
  }

  @Test("assume absent sets what the command sets, and a stated finding stays")
  func assumeAbsent() throws {
    // F086: asymptomatic stones on an analogue with no operation planned; gallstones are assumed absent otherwise.
    func advice(_ findings: String, _ assume: String) throws -> [String] {
      try rules(objects("{\"id\":1,\"findings\":\(findings)\(assume)}")[0])
    }
    let assume = #","assume":"absent""#
    let unsaid = try advice(#"{"ssa":"current"}"#, "")
    let assumed = try advice(#"{"ssa":"current"}"#, assume)
    let stated = try advice(#"{"ssa":"current","gallstones":"asymptomatic"}"#, assume)
    let rule = try #require(guideline.rules.first { $0.facts.contains("F086") }?.id)
    #expect(unsaid.contains(rule))
    #expect(!assumed.contains(rule))
    #expect(stated.contains(rule))
  }

  @Test("the order of lines is kept on several threads, however the stream is cut", arguments: [1, 7, 100, 5_000])
  func order(pieces: Int) throws {
    let lines = (0..<400).map { $0 % 9 == 0 ? "{\"id\":\($0),\"x\":1}" : "{\"id\":\($0),\(gastrinoma)}" }.joined(separator: "\n")
    let found = answer(Array(lines.utf8), guideline, threads: 4, pieces: pieces).split(separator: "\n")
    #expect(found.enumerated().allSatisfy { $0.element.hasPrefix("{\"id\":\($0.offset),") })
    #expect(found.count == 400)
  }

  @Test("counts have a line a rule, then the patients; rules that stand nowhere count 0")
  func counts() throws {
    let eval = Eval(guideline, language: .english, threads: 2)
    let tally = eval.count(read: stream("{\"id\":1,\(gastrinoma)}\n\n{\"id\":2,\"x\":1}\n"))
    let lines = String(decoding: eval.lines(tally), as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.count == guideline.rules.filter { !$0.isRemark }.count + 1)
    #expect(lines[lines.count - 1] == #"{"patients":2,"refused":1}"#)
    #expect(lines.contains(#"{"rule":"surgery.gastrinoma-without-men1","applies":1,"depends":0}"#))
    #expect(lines.contains(#"{"rule":"surgery.gastrinoma-men1","applies":0,"depends":0}"#))
  }

  @Test("no line of random bytes, or of a good line with bytes changed, stops the program")
  func fuzz() throws {
    var random = RandomPatients(seed: 99, try PlainEvaluator(textsFolder))
    var bytes: [UInt8] = []
    for number in 0..<300 {
      let patient = random.next(stated: 20)
      var line = Array(random.line("\"f\(number)\"", patient, assumesAbsent: false).utf8)
      for _ in 0...random.below(4) {
        let place = random.below(line.count)
        switch random.below(4) {
        case 0: line[place] = UInt8(random.below(256))
        case 1: line.remove(at: place)
        case 2: line.insert(UInt8(random.below(128)), at: place)
        default: line = Array(line[..<max(1, place)])
        }
      }
      bytes += line.map { $0 == 0x0A ? 0x20 : $0 } + [0x0A]
    }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    let expected = lines.enumerated().compactMap { place, line -> String? in
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return nil }
      return Array(line).withUnsafeBufferPointer { PatientLine($0, guideline).answer(guideline, line: place + 1, .english, .whole(guideline)).text }
    }
    #expect(answer(bytes, guideline, threads: 2).split(separator: "\n").map(String.init) == expected)
  }
}
