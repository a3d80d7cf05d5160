import Measures
import Reports
import Wording

/// A log of attempts in the forms of other programs.
public enum AttemptExport {
  /// Comma-separated values as in RFC 4180, a line an event, with a line of names. A cell that a spreadsheet would take for
  /// a formula (it starts with = + - @ or a tab) gets an apostrophe.
  public static func csv(_ events: [CaseEvent]) -> String {
    let head = ["case", "attempt", "step", "day", "kind", "what", "rule", "mark", "cost", "line", "time"]
    let rows = events.map { event in
      [
        event.case, "\(event.attempt)", "\(event.step)", "\(event.at)", event.kind.rawValue, event.what, event.rule ?? "", event.mark ?? "",
        event.cost.map { "\($0)" } ?? "", event.line ?? "", event.time.map(timestamp) ?? "",
      ]
    }
    return ([head] + rows).map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
  }

  static func cell(_ text: String) -> String {
    // A cell is one line of what can be seen.
    var text = Display.safe(text).split(separator: "\n").joined(separator: " ")
    if let first = text.unicodeScalars.first, ["=", "+", "-", "@", "\t", "\r"].contains(first) { text = "'" + text }
    guard text.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// `2026-11-25T03:18:00Z`.
  static func timestamp(_ seconds: Int) -> String {
    let day = seconds >= 0 ? seconds / 86_400 : 0
    let rest = seconds >= 0 ? seconds % 86_400 : 0
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(CalendarDate(serial: day))T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  // MARK: xAPI

  /// The home page of names in statements; no page stands there.
  static let home = "https://islet.invalid"

  /// Statements of xAPI 1.0.3, one an event. `learner` is the account's name. The ids are made of learner, case, attempt and
  /// step (UUID version 5), so that a statement sent twice is one.
  public static func xapi(_ events: [CaseEvent], learner: String) -> JSON {
    .array(events.map { statement($0, learner) })
  }

  private static func statement(_ event: CaseEvent, _ learner: String) -> JSON {
    let activity = "\(home)/cases/\(path(event.case))"
    let registration = UUIDText.named("\(learner)\n\(event.case)\n\(event.attempt)")
    var object = activity
    var verb = "interacted"
    var result: [(String, JSON?)] = []
    switch event.kind {
    case .start: verb = "initialized"
    case .resume: verb = "resumed"
    case .quit: verb = "suspended"
    case .answer:
      verb = "answered"
      object += "/questions/\(path(event.what))"
      result += [
        ("success", .bool(event.mark == Verdict.right.rawValue || (event.mark.flatMap(ReviewSchedule.Rating.init(word:))?.rawValue ?? 1) > 1)),
        ("response", event.line.map { .string($0) }),
      ]
    case .end:
      verb = "completed"
      let score = event.mark.flatMap { Int($0) } ?? 0
      let scaled = score == 100 ? "1" : "0." + (score < 10 ? "0\(score)" : "\(score)")
      result += [
        ("score", .fields([("scaled", .number(scaled)), ("raw", .integer(score)), ("min", .integer(0)), ("max", .integer(100))])),
        ("completion", .bool(true)),
      ]
    case .order, .give, .perform, .arrange, .decide, .hint, .consult, .undo, .worsened, .step: object += "/\(event.kind.rawValue)/\(path(event.what))"
    }
    let extensions: [(String, JSON?)] = [
      ("day", .integer(event.at)), ("kind", .string(event.kind.rawValue)), ("rule", event.rule.map { .string($0) }),
      ("mark", event.mark.map { .string($0) }), ("cost", event.cost.map { .integer($0) }),
    ]
    result.append(("extensions", .fields(extensions.map { ("\(home)/extensions/\($0.0)", $0.1) })))
    return .fields([
      ("id", .string(UUIDText.named("\(learner)\n\(event.case)\n\(event.attempt)\n\(event.step)\n\(event.time ?? 0)"))),
      ("actor", .fields([("objectType", .string("Agent")), ("account", .fields([("homePage", .string(home)), ("name", .string(learner))]))])),
      (
        "verb",
        .fields([("id", .string("http://adlnet.gov/expapi/verbs/\(verb)")), ("display", .fields([("en-GB", .string(verb))]))])
      ),
      ("object", .fields([("objectType", .string("Activity")), ("id", .string(object))])), ("result", .fields(result)),
      (
        "context",
        .fields([
          ("registration", .string(registration)), ("platform", .string("islet")),
          (
            "contextActivities",
            object == activity ? nil : .fields([("parent", .array([.fields([("objectType", .string("Activity")), ("id", .string(activity))])]))])
          ),
        ])
      ), ("timestamp", event.time.map { .string(timestamp($0)) }),
    ])
  }

  /// A text as a part of an address: what isn't a letter, digit, hyphen or point is written in hexadecimal.
  private static func path(_ text: String) -> String {
    text.utf8.map { byte -> String in
      let isPlain = (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(Character(Unicode.Scalar(byte))) : "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }
}

/// UUIDs of names: version 5 of RFC 9562, in the name space of addresses (URL).
enum UUIDText {
  static func named(_ name: String) -> String {
    let space: [UInt8] = [0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8]
    var bytes = Array(SHA1.digest(space + Array(name.utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]].map { $0.joined() }.joined(separator: "-")
  }
}

/// SHA-1 (FIPS 180-4): for names only, not for secrets.
enum SHA1 {
  static func digest(_ message: [UInt8]) -> [UInt8] {
    var bytes = message + [0x80]
    while bytes.count % 64 != 56 { bytes.append(0) }
    let bits = UInt64(message.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
    var h: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    for start in stride(from: 0, to: bytes.count, by: 64) {
      var w = (0..<16).map { place -> UInt32 in (0..<4).reduce(0) { $0 << 8 | UInt32(bytes[start + place * 4 + $1]) } }
      for place in 16..<80 { w.append(rotated(w[place - 3] ^ w[place - 8] ^ w[place - 14] ^ w[place - 16], 1)) }
      var (a, b, c, d, e) = (h[0], h[1], h[2], h[3], h[4])
      for place in 0..<80 {
        let (f, k): (UInt32, UInt32) =
          switch place {
          case 0..<20: ((b & c) | (~b & d), 0x5A82_7999)
          case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
          case 40..<60: ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
          default: (b ^ c ^ d, 0xCA62_C1D6)
          }
        let next = rotated(a, 5) &+ f &+ e &+ k &+ w[place]
        (e, d, c, b, a) = (d, c, rotated(b, 30), a, next)
      }
      for (place, value) in [a, b, c, d, e].enumerated() { h[place] = h[place] &+ value }
    }
    return h.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) } }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}
