import Measures
import Reports
import Wording

/// A log of attempts in the forms of other programs. Every attempt of it may be told: an exam's marks stand at its end.
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
    return csv([head] + rows)
  }

  /// Rows of cells.
  static func csv(_ rows: [[String]]) -> String { rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined() }

  static func cell(_ text: String) -> String {
    // A cell is one line of what can be seen.
    var text = Display.safe(text).split(separator: "\n").joined(separator: " ")
    // A number below zero is none.
    if let first = text.unicodeScalars.first, ["=", "+", "-", "@", "\t", "\r"].contains(first), Exact(text) == nil { text = "'" + text }
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
  /// step (UUID version 5), so that a statement sent twice is one. Where the case is at hand, what it asks is defined with it.
  public static func xapi(_ events: [CaseEvent], learner: String, scenario: (String) -> Scenario? = { _ in nil }) -> JSON {
    var read: [String: Scenario?] = [:]
    var last: CaseEvent?
    return .array(
      events.map { event in
        if read[event.case] == nil { read[event.case] = .some(scenario(event.case)) }
        // A command that answers stands in the line before.
        let typed = event.kind == .answer && event.line?.isEmpty ?? false ? last?.line : event.line
        last = event
        return Statement(event: event, learner: learner, scenario: read[event.case] ?? nil, typed: typed).json
      })
  }

  /// One statement.
  private struct Statement {
    let event: CaseEvent
    let learner: String
    let scenario: Scenario?
    /// The line that was typed, in canonical form.
    let typed: String?

    private var activity: String { "\(home)/cases/\(path(event.case))" }
    private var question: Question? { event.kind == .answer ? scenario?.question(event.what) : nil }

    private var verb: String {
      switch event.kind {
      case .start: "initialized"
      case .resume: "resumed"
      case .quit: "suspended"
      case .answer: "answered"
      case .end: "completed"
      case .order, .give, .perform, .arrange, .decide, .hint, .consult, .undo, .worsened, .step: "interacted"
      }
    }

    private var object: String {
      switch event.kind {
      case .start, .resume, .quit, .end: activity
      case .answer: "\(activity)/questions/\(path(event.what))"
      case .order, .give, .perform, .arrange, .decide, .hint, .consult, .undo, .worsened, .step:
        "\(activity)/\(event.kind.rawValue)/\(path(event.what.isEmpty ? event.kind.rawValue : event.what))"
      }
    }

    /// A text in the case's languages.
    private func map(_ words: Words?) -> JSON? {
      guard let words else { return nil }
      let languages = scenario?.languages ?? [.english]
      let texts = languages.map { ($0 == .english ? "en-GB" : "el", words[$0]) }.filter { !$0.1.isEmpty }
      return texts.isEmpty ? nil : .fields(texts.map { ($0.0, .string($0.1)) })
    }

    private var definition: JSON? {
      switch event.kind {
      case .start, .resume, .quit, .end:
        guard let scenario else { return nil }
        let objectives = scenario.objectives.isEmpty ? nil : Words.joined(scenario.objectives, by: " · ")
        return .fields([("name", map(scenario.title)), ("description", map(objectives)), ("type", .string("http://adlnet.gov/expapi/activities/simulation"))])
      case .answer:
        guard let question else { return nil }
        let interaction = interaction(question)
        let choices = question.choices.map { JSON.fields([("id", .string($0.id)), ("description", map($0.text))]) }
        return .fields([
          ("name", .fields([("en-GB", .string(question.name))])), ("description", map(question.text)),
          ("type", .string("http://adlnet.gov/expapi/activities/cmi.interaction")), ("interactionType", .string(interaction.type)),
          ("correctResponsesPattern", interaction.right.isEmpty ? nil : .strings(interaction.right)),
          ("choices", choices.isEmpty ? nil : .array(choices)),
        ])
      case .order, .give, .perform, .arrange, .decide, .hint, .consult, .undo, .worsened, .step:
        return .fields([
          ("name", .fields([("en-GB", .string([event.kind.rawValue, event.what].filter { !$0.isEmpty }.joined(separator: " ")))])),
          ("type", .string("\(home)/activity-types/\(event.kind.rawValue)")),
        ])
      }
    }

    /// The kind of interaction that a question is, and the answers that are right.
    private func interaction(_ question: Question) -> (type: String, right: [String]) {
      func ids(_ choices: [Question.Choice]) -> String { choices.map(\.id).joined(separator: "[,]") }
      let right = question.choices.filter { $0.verdict == .right }
      switch question.kind {
      case .single: return ("choice", right.map(\.id))
      case .concordance:
        let top = question.choices.map(\.weight).max() ?? 0
        return ("choice", question.choices.filter { $0.weight == top }.map(\.id))
      case .several, .features: return ("choice", [ids(right)])
      case .ranked: return ("sequencing", [ids(question.choices.sorted { $0.weight > $1.weight })])
      case .ordering: return ("sequencing", [ids(question.choices.sorted { $0.weight < $1.weight })])
      case .number(let value, let tolerance, _, _):
        let low = Exact(millionths: value.millionths - tolerance.millionths)
        return ("numeric", tolerance.millionths == 0 ? ["\(value)"] : ["\(low)[:]\(value.plus(tolerance) ?? value)"])
      case .command: return ("other", question.accepted.map { $0.deed?.text ?? $0.command })
      case .text, .problem:
        let models = question.model.map { model in Set(scenario?.languages ?? [.english]).map { "{lang=\($0 == .english ? "en-GB" : "el")}\(model[$0])" } }
        return ("long-fill-in", models?.sorted() ?? [])
      }
    }

    /// What was answered: choices as xAPI parts them, a number, or the words.
    private var response: String? {
      guard let line = typed, !line.isEmpty else { return nil }
      guard let question, question.kind.takesChoices else { return ReplyReader.unquoted(line) }
      let named = line.split(separator: ",").compactMap { $0.split(separator: " ").first.map(String.init) }
      return named.allSatisfy { name in question.choices.contains { $0.id == name } } ? named.joined(separator: "[,]") : line
    }

    private var result: [(String, JSON?)] {
      var result: [(String, JSON?)] = []
      switch event.kind {
      case .answer:
        // A mark of an exam is told at its end.
        guard let mark = event.mark else { break }
        let credit = event.credit ?? Verdict(rawValue: mark)?.credit
        result += [
          (
            "score",
            credit.map { .fields([("scaled", .number($0.text)), ("raw", .number($0.text)), ("min", .integer(0)), ("max", .integer(1))]) }
          ),
          ("success", .bool(mark == Verdict.right.rawValue || (ReviewSchedule.Rating(word: mark)?.rawValue ?? 1) > 1)),
        ]
      case .end:
        let score = event.mark.flatMap { Int($0) } ?? 0
        let scaled = score == 100 ? "1" : "0." + (score < 10 ? "0\(score)" : "\(score)")
        result += [
          ("score", .fields([("scaled", .number(scaled)), ("raw", .integer(score)), ("min", .integer(0)), ("max", .integer(100))])),
          ("completion", .bool(true)),
        ]
      default: break
      }
      result.append(("response", response.map { .string($0) }))
      let extensions: [(String, JSON?)] = [
        ("day", .integer(event.at)), ("kind", .string(event.kind.rawValue)), ("line", typed.flatMap { $0.isEmpty ? nil : .string($0) }),
        ("rule", event.rule.map { .string($0) }), ("mark", event.mark.map { .string($0) }), ("cost", event.cost.map { .integer($0) }),
        ("parts", event.parts?.json), ("faults", event.faults.isEmpty ? nil : .array(event.faults.map(\.json))),
        ("exam", event.seal == nil ? nil : .bool(true)), ("seal", event.seal.map { .string($0) }),
      ]
      return result + [("extensions", .fields(extensions.map { ("\(home)/extensions/\($0.0)", $0.1) }))]
    }

    var json: JSON {
      let parent = JSON.fields([("parent", .array([.fields([("objectType", .string("Activity")), ("id", .string(activity))])]))])
      return .fields([
        ("id", .string(UUIDText.named("\(learner)\n\(event.case)\n\(event.attempt)\n\(event.step)\n\(event.time ?? 0)"))),
        ("actor", .fields([("objectType", .string("Agent")), ("account", .fields([("homePage", .string(home)), ("name", .string(learner))]))])),
        ("verb", .fields([("id", .string("http://adlnet.gov/expapi/verbs/\(verb)")), ("display", .fields([("en-GB", .string(verb))]))])),
        ("object", .fields([("objectType", .string("Activity")), ("id", .string(object)), ("definition", definition)])), ("result", .fields(result)),
        (
          "context",
          .fields([
            ("registration", .string(UUIDText.named("\(learner)\n\(event.case)\n\(event.attempt)"))), ("platform", .string("islet")),
            ("contextActivities", object == activity ? nil : parent),
          ])
        ), ("timestamp", event.time.map { .string(timestamp($0)) }), ("version", .string("1.0.3")),
      ])
    }
  }

  /// A text as a part of an address: what isn't a letter, digit, hyphen or point is written in hexadecimal.
  fileprivate static func path(_ text: String) -> String {
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
