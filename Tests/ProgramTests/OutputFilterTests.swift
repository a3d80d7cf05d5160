import Foundation
import Testing

/// Characters that control a terminal or reorder what is read, in every field that a file can carry.
@Suite("Nothing printed holds control characters", .serialized)
struct OutputFilterTests {
  /// C0 (escape, bell, backspace, return), DEL, C1 (control sequence introducer), the bidirectional controls, and the separators.
  static let hostile = "h\u{1B}[31m\u{7}\u{8}\r\u{7F}\u{9B}2J\u{85}\u{61C}\u{200E}\u{200F}\u{202A}\u{202E}\u{2066}\u{2069}\u{2028}\u{2029}x"

  /// The same as an escape of JSON.
  static let escaped = hostile.unicodeScalars.map { scalar in
    scalar.value < 0x20 || scalar.value >= 0x7F ? "\\u" + String(format: "%04x", scalar.value) : String(Character(scalar))
  }.joined()

  /// What the reader of lines doesn't refuse.
  static let turning = "t\u{61C}\u{200E}\u{202E}\u{2066}\u{2069}\u{2028}\u{2029}x"

  private static func scenario(_ text: String) -> String {
    """
    islet 1 scenario
    title "Title \(text)" | "Τίτλος \(text)"
    author "\(text)"
    languages en el
    level resident
    minutes 5
    objective "Know \(text)" | "Γνώση \(text)"
    guideline 1
    patient Sofia age 64 years, sex is female, syndrome is insulinoma

    say "Said \(text)" | "Είπε \(text)"
    ask first single "Asked \(text)" | "Ρώτησε \(text)"
      choice yes right "Yes \(text)" | "Ναι \(text)" feedback "Right \(text)" | "Σωστά \(text)"
      choice no wrong "No \(text)" | "Όχι \(text)" feedback "Wrong \(text)" | "Λάθος \(text)"
    end

    """
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let text: String
    let calls: [[String]]
    var testDescription: String { "\(file): \(calls)" }
  }

  private static let chapter = """
    <!-- islet chapter 1 -->
    # Title \(hostile)
    <a id="logic"></a> P001 · surgery

    ## Section \(hostile)
    <a id="logic.truth"></a> F001 · P001

    Prose \(hostile).

    ```rule logic.rule
    advise enucleation consider
    when men1
    paragraphs P001
    en Rule \(hostile)
    el Κανόνας \(hostile)
    ```

    """

  static let cases = [
    Case(
      file: "p.ndjson",
      text: ([hostile, escaped].flatMap { text in
        [
          #"{"id":"@","findings":{"men1":true}}"#, #"{"id":"@","findings":{"@":true}}"#, #"{"@":1}"#, #"{"id":1,"findings":{"site":"@"}}"#,
          #"{"id":1,"findings":{"size":"@ mm"}}"#, #"{"id":1,"findings":{"site":["@"]}}"#, #"{"id":1,"findings":{},"assume":"@"}"#, #"@"#,
        ].map { $0.replacingOccurrences(of: "@", with: text) }
      } + ["{\"id\":\"a\u{7F}b\",\"findings\":{\"men1\":true}}"]).joined(separator: "\n") + "\n",
      calls: [
        ["eval", "p.ndjson"], ["eval", "p.ndjson", "--language", "el"], ["eval", "--counts", "p.ndjson"], ["cohort", "p.ndjson"],
        ["eval", "p.ndjson", "--to", "csv"], ["eval", "p.ndjson", "--to", "csv", "--long"], ["eval", "p.ndjson", "--to", "ndjson"],
      ]),
    Case(
      file: "t.csv", text: "id,\(hostile),men1,site\n\(hostile),\(hostile),\(hostile),\(hostile)\n",
      calls: [
        ["eval", "t.csv"], ["eval", "t.csv", "--ignore-extra"], ["eval", "t.csv", "--to", "csv", "--keep", hostile], ["cohort", "t.csv"],
        ["eval", "t.csv", "--map", "t.csv"], ["eval", "t.csv", "--rules", hostile], ["eval", "t.csv", "--fields", hostile],
      ]),
    Case(
      file: "g/01-logic.md", text: chapter,
      calls: [
        ["--guideline", "g", "guideline", "tour"], ["guideline", "tour", "--guideline", "g"], ["guideline", "facts", "--guideline", "g"],
        ["guideline", "check", "--guideline", "g"], ["--guideline", "g", "-c", "patient MEN1; recommend all; why enucleation; read logic; contents; find h"],
        ["audit", "--guideline", "g"], ["render", "logic", "--guideline", "g"],
        ["eval", "p.ndjson", "--guideline", "g"],
      ]),
    Case(
      file: "log/attempts",
      text: ["start", "answer", "give", "order", "end"].enumerated().map { step, kind in
        #"{"v":1,"at":0,"step":\#(step + 1),"kind":"\#(kind)","what":"@","rule":"@","mark":"@","case":"@","attempt":1,"line":"@"}"#
          .replacingOccurrences(of: "@", with: escaped)
      }.joined(separator: "\n") + "\nnoise \(hostile)\n",
      calls: [
        ["attempts", "csv", "--log", "log/attempts"], ["attempts", "xapi", "--log", "log/attempts", "--learner", hostile], ["results", "log"],
      ]),
    Case(
      file: "s.islet", text: "islet 1 session\nisle\(hostile): \(hostile)\nguideline: \(hostile)\n\n# \(hostile)\npatient \"\(hostile)\" 54F\nset \(hostile)\n",
      calls: [
        ["run", "s.islet"], ["run", "s.islet", "--keep-going"], ["replay", "s.islet"], ["check", "s.islet"], ["render", "s.islet"],
        ["audit", "coverage", "s.islet"], ["-c", "load s.islet"], ["note", "s.islet"],
      ]),
    Case(
      file: "c.islet", text: scenario(hostile),
      calls: [["check", "c.islet"], ["explore", "c.islet"], ["questions", "c.islet"], ["render", "c.islet"], ["--cases", ".", "-c", "play"]]),
    Case(
      file: "d.islet", text: scenario(turning),
      calls: [["check", "d.islet"], ["explore", "d.islet"], ["questions", "d.islet"], ["render", "d.islet"], ["--cases", ".", "-c", "play; play d"]]),
    Case(
      file: "r.islet", text: "patient \"\(turning)\" 54F\nnote \"\(turning) 54F\"\nshow\nhistory\nset \(turning)\n",
      calls: [["run", "r.islet"], ["replay", "r.islet"], ["run", "r.islet", "--keep-going"], ["check", "r.islet"], ["render", "r.islet"]]),
    Case(
      file: "n.md", text: "<!-- islet notebook 1 en -->\n# Title \(hostile)\n\nProse\t\(hostile) <b>\n\n```islet\npatient \"\(hostile)\" 54F\n```\n",
      calls: [["run", "n.md"], ["run", "n.md", "--format", "markdown"], ["run", "n.md", "--keep-going"], ["check", "n.md"], ["render", "n.md"]]),
    Case(
      file: "tabs.md", text: "<!-- islet notebook 1 en -->\n# Title\n\nProse\twith a tab and \u{202E}turned\n\n```islet\npatient 54F\n```\n",
      calls: [["run", "tabs.md", "--format", "markdown"], ["render", "tabs.md"]]),
    Case(file: "shares.txt", text: "islet vocabulary 1\n\(hostile) 1\n", calls: [["cohort", "--draw", "5", "--shares", "shares.txt"]]),
    Case(
      file: "b.blessed.jsonl",
      text: #"{"command":"@","code":"@","meaning":{"@":"@"},"because":"@","words":"@"}"#.replacingOccurrences(of: "@", with: escaped) + "\n",
      calls: [["check", "b.islet"]]),
    Case(
      file: "name\u{1B}[31m\u{202E}.islet", text: "nonsense\n",
      calls: [["run", "name\u{1B}[31m\u{202E}.islet"], ["check", "."], ["eval", "name\u{1B}[31m\u{202E}.islet"], ["run", "no\u{1B}[31m\u{202E}"]]),
    Case(
      file: "empty", text: "",
      calls: [
        ["-c", "patient \(hostile)"], ["-c", "find \(hostile)"], ["--language", hostile, "-c", "help"], ["--\(hostile)"], ["render", hostile],
        ["eval", hostile],
        ["play", hostile], ["explore", hostile], ["cohort", "--draw", "3", "--by", hostile], ["audit", "--topic", hostile],
      ]),
  ]

  @Test("in any format and command", arguments: cases)
  func clean(_ example: Case) throws {
    let program = try Program()
    defer { program.remove() }
    for folder in ["g", "log"] {
      try FileManager.default.createDirectory(at: program.home.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    try program.write("patient 54F\n", to: "b.islet")
    try program.write(#"{"id":1,"findings":{"men1":true}}"# + "\n", to: "p.ndjson")
    try program.write(example.text, to: example.file)
    if example.file.hasPrefix("g/") {
      try program.write(example.text.replacingOccurrences(of: "```rule[^`]*```\n", with: "", options: .regularExpression), to: "g/01-logic.el.md")
    }
    for call in example.calls {
      for format in ["text", "plain", "json", "markdown"] {
        // The options stand behind the subcommand, where there is one.
        let told = try program.run(call + (call.contains("--format") ? [] : ["--format", format]))
        let printed = (told.output + told.errors).replacingOccurrences(of: call.contains("csv") ? "\r\n" : "\n", with: "\n")
        let found = printed.unicodeScalars.filter { scalar in
          switch scalar.value {
          case 0x0A: false
          case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
          default: false
          }
        }
        #expect(found.isEmpty, "\(call) as \(format): \(found.map { String($0.value, radix: 16) })")
        #expect(told.status < 3, "\(call)")
      }
    }
  }
}
