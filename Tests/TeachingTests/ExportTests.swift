import Foundation
import Reports
import Teaching
import Testing
import Wording

@Suite("A learner's log in other forms")
struct ExportTests {
  /// A log by hand, hostile texts among it.
  private let log = CaseLog(
    Array(
      #"""
      {"v":1,"at":0,"step":1,"kind":"start","what":"abc","case":"small-insulinoma","attempt":1,"time":1795577888}
      {"v":1,"at":0,"step":2,"kind":"answer","what":"cause","mark":"wrong","case":"small-insulinoma","attempt":1,"line":"=HYPERLINK(\"x\",1)","time":1795577890}
      {"v":1,"at":3,"step":3,"kind":"give","what":"octreotide-lar","rule":"insulinoma.sstr2-negative","mark":"against","case":"small-insulinoma","attempt":1,"line":"give octreotide-lar 20 mg every 4 weeks","time":1795577900}
      {"v":1,"at":3,"step":4,"kind":"end","what":"small-insulinoma","mark":"91","case":"small-insulinoma","attempt":1,"time":1795577988}
      not json
      {"v":2,"at":3,"step":5,"kind":"end","what":"x","case":"x","attempt":1}
      """#.utf8)
  ).events

  @Test("lines that are no event, or of a newer version, are left out")
  func read() { #expect(log.map(\.step) == [1, 2, 3, 4]) }

  /// A plain reader of RFC 4180, and the rule on formulas: the judge of the CSV.
  private func isSafe(_ csv: String) -> Bool {
    var rows: [[String]] = [[]]
    var cell = ""
    var isQuoted = false
    var characters = Array(csv.unicodeScalars)[...]
    while let next = characters.popFirst() {
      switch next {
      case "\"" where isQuoted && characters.first == "\"":
        cell.unicodeScalars.append("\"")
        characters = characters.dropFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        rows[rows.count - 1].append(cell)
        cell = ""
      case "\r" where !isQuoted && characters.first == "\n":
        characters = characters.dropFirst()
        rows[rows.count - 1].append(cell)
        cell = ""
        rows.append([])
      default: cell.unicodeScalars.append(next)
      }
    }
    rows.removeLast()
    return !isQuoted && rows.allSatisfy { row in row.count == 11 && row.allSatisfy { !"=+-@".contains($0.first ?? " ") } }
  }

  @Test("as CSV no cell is a formula and every line has its cells; a naive export is rejected by the same judge")
  func csv() {
    #expect(isSafe(AttemptExport.csv(log)))
    #expect(AttemptExport.csv(log).contains("\"'=HYPERLINK(\"\"x\"\",1)\""))
    let naive = log.map { [$0.case, "1", "1", "1", "a", $0.what, "", "", "", $0.line ?? "", ""].joined(separator: ",") + "\r\n" }.joined()
    #expect(!isSafe(naive))
  }

  /// What a statement of xAPI 1.0.3 must have: the judge of the statements.
  private func isStatement(_ json: JSON) -> Bool {
    func isAddress(_ json: JSON?) -> Bool { json?.string?.wholeMatch(of: /https?:\/\/[^ ]+/) != nil }
    guard let id = json["id"]?.string, id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil,
      json["actor"]?["account"]?["name"]?.string != nil, isAddress(json["actor"]?["account"]?["homePage"]), isAddress(json["verb"]?["id"]),
      isAddress(json["object"]?["id"]), json["timestamp"]?.string?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil
    else { return false }
    if let score = json["result"]?["score"] {
      guard case .number(let scaled)? = score["scaled"], let value = Double(scaled), (-1...1).contains(value) else { return false }
    }
    return true
  }

  @Test("as xAPI every event is a statement, and sent twice it is the same; one without a verb is rejected by the same judge")
  func xapi() throws {
    let json = AttemptExport.xapi(log, learner: "a \"b\"")
    let statements = try #require(json.values)
    #expect(statements.count == log.count)
    #expect(statements.allSatisfy(isStatement))
    #expect(statements.last?["verb"]?["id"]?.string == "http://adlnet.gov/expapi/verbs/completed")
    #expect(statements.last?["result"]?["score"]?["scaled"] == .number("0.91"))
    #expect(json == AttemptExport.xapi(log, learner: "a \"b\""))
    #expect(Set(statements.map { $0["id"]?.string }).count == log.count)
    #expect(!isStatement(.fields([("id", statements[0]["id"]), ("actor", statements[0]["actor"]), ("object", statements[0]["object"])])))
    #expect(JSON(reading: Array(json.text.utf8)) == json)
  }

  @Test("GIFT's own signs are escaped wherever a text stands")
  func gift() throws {
    let scenario = try scenario("small-insulinoma") {
      $0.replacingOccurrences(of: "\"Insulinoma\" | \"Ινσουλίνωμα\"", with: #""a=b {c} ~50% #x: \\ y" | "α""#)
    }
    let text = GIFT.text(scenario, .english)
    #expect(text.contains(##"  =a\=b \{c\} \~50% \#x\: \\ y#"##))
    // The judge: outside escapes a question has one pair of braces. Without the escapes the same judge sees more.
    let bare = text.replacing(/\\./, with: "")
    #expect(bare.count { $0 == "{" } == 1 && bare.count { $0 == "}" } == 1)
    #expect(text.filter { $0 != "\\" }.count { $0 == "{" } > 1)
    #expect(GIFT.text(scenario, .greek).contains("Ποια είναι η πιθανότερη αιτία;"))
  }

  @Test("an educator sees cases, decisions and common errors over several logs, learners only counted")
  func results() {
    let results = ClassResults([log, log])
    #expect(results.learners == 2)
    #expect(results.cases.map(\.id) == ["small-insulinoma"])
    #expect(results.cases[0].scores == [91, 91] && results.cases[0].attempts == 2)
    #expect(results.cases[0].commonErrors.map(\.what) == ["cause", "give octreotide-lar"])
    #expect(results.cases[0].commonErrors[1].rules == ["insulinoma.sstr2-negative"])
  }
}

@Suite("Spaced review")
struct ReviewTests {
  @Test(
    "intervals follow SM-2 as published",
    arguments: [
      ([4, 4, 4], [1, 6, 15], 250), ([5, 5, 5], [1, 6, 17], 280), ([5, 5, 5, 2, 5], [1, 6, 17, 1, 1], 290), ([3, 3, 3, 3], [1, 6, 13, 26], 194),
    ])
  func schedule(qualities: [Int], intervals: [Int], ease: Int) {
    var schedule = ReviewSchedule()
    var found: [Int] = []
    for quality in qualities {
      schedule.answered(quality)
      found.append(schedule.interval)
    }
    #expect(found == intervals)
    #expect(schedule.ease == ease)
  }

  @Test("a rule that was got wrong is due at once, moves by the answers, and comes back with a new error")
  func deck() throws {
    func event(_ text: String) -> String { "{\"v\":1,\"at\":0,\"step\":1,\"what\":\"x\",\"attempt\":1,\(text)}\n" }
    let error = event(#""kind":"give","case":"a","rule":"r","mark":"against","time":86400"#)
    let fine = event(#""kind":"give","case":"a","rule":"s","mark":"recommended","time":86400"#)
    let known = event(#""kind":"answer","case":"review","rule":"r","mark":"4","time":172800"#)
    #expect(ReviewDeck(CaseLog((error + fine).utf8).events).cards.map { "\($0.rule) \($0.due)" } == ["r 1"])
    #expect(ReviewDeck(CaseLog((error + known).utf8).events).cards.map(\.due) == [3])
    let again = event(#""kind":"perform","case":"b","rule":"r","mark":"premature","time":259200"#)
    #expect(ReviewDeck(CaseLog((error + known + known + again).utf8).events).cards.map(\.due) == [3])
  }
}
