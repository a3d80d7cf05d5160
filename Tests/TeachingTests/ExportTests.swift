import Foundation
import Reports
import Testing
import Wording

@testable import Teaching

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

  @Test("a name's id is a UUID of version 5 in the space of addresses, as RFC 4122 makes it")
  func names() {
    // By Python's uuid.uuid5(uuid.NAMESPACE_URL, NAME).
    let known = [
      "": "1b4db7eb-4057-5ddf-91e0-36dec72071f5", "a": "e1407479-3136-56c0-9908-bb02fb0339e2", "islet": "b84fcdd8-7d6d-50c7-bf4c-671fdca8d3b9",
      "ασθενής": "c57f2bf8-4afd-5bce-a06c-1dd945a3c8e9", "https://example.org/xapi/1": "39424353-9561-515d-ab46-9782e841840c",
    ]
    for (name, id) in known { #expect(UUIDText.named(name) == id, "\(name)") }
  }

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
}

@Suite("Spaced review")
struct ReviewTests {
  /// What PyPI's fsrs answers, made by `Fixtures/fsrs-histories.py`; its header says which version.
  @Test("10,000 histories get the intervals of PyPI's fsrs, and the first 300 its stability and difficulty")
  func fsrs() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/fsrs-histories.txt")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    var state: UInt64 = 20_060_403
    func random(_ limit: UInt64) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % limit)
    }
    var told = ""
    for number in 0..<10_000 {
      var schedule = ReviewSchedule()
      var day = 0
      var parts: [String] = []
      let whole = number < 300 ? rows[number + 1].split(separator: " ").map { $0.split(separator: ":").compactMap { Int($0) } } : []
      for answer in 0..<1 + random(8) {
        let gaps = [random(2), random(31), random(401)]
        day += gaps[random(3)]
        let rating = try #require(ReviewSchedule.Rating(rawValue: 1 + random(4)))
        schedule.answered(rating, on: day)
        parts.append("\(day):\(rating.rawValue):\(schedule.interval)")
        if number < 300 {
          #expect(whole[answer].prefix(3) == [day, rating.rawValue, schedule.interval])
          #expect(abs(schedule.stability * 1e6 - Double(whole[answer][3])) < 2 && abs(schedule.difficulty * 1e6 - Double(whole[answer][4])) < 2)
        }
      }
      told += parts.joined(separator: " ") + "\n"
    }
    #expect("digest " + Fingerprint.of(told.utf8) == rows[0])
  }

  @Test("a rule or question that was got wrong is due at once, moves by the answers, and comes back with a new error")
  func deck() throws {
    func event(_ text: String) -> String { "{\"v\":1,\"at\":0,\"step\":1,\(text.contains("what") ? "" : "\"what\":\"x\",")\"attempt\":1,\(text)}\n" }
    let error = event(#""kind":"give","case":"a","rule":"r","mark":"against","time":86400"#)
    let fine = event(#""kind":"give","case":"a","rule":"s","mark":"recommended","time":86400"#)
    let known = event(#""kind":"answer","case":"review","what":"r","rule":"r","mark":"good","time":172800"#)
    #expect(ReviewDeck(CaseLog((error + fine).utf8).events).cards.map { "\($0.id) \($0.due)" } == ["r 1"])
    #expect(ReviewDeck(CaseLog((error + known).utf8).events).cards.map(\.due) == [4])
    let again = event(#""kind":"perform","case":"b","rule":"r","mark":"premature","time":259200"#)
    #expect(ReviewDeck(CaseLog((error + known + known + again).utf8).events).cards.map(\.due) == [3])
    // A question that is missed is asked again; one of an earlier version's log keeps its quality.
    let missed = event(#""kind":"answer","case":"a","what":"cause","mark":"partly","time":86400"#)
    let answered = event(#""kind":"answer","case":"review","what":"a/cause","mark":"4","time":172800"#)
    #expect(ReviewDeck(CaseLog((missed + answered).utf8).events).cards.map { "\($0.id) \($0.due)" } == ["a/cause 4"])
  }
}
