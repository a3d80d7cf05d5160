import Commands
import Guideline
import Reports
import Sessions
import Testing
import Vocabulary
import Wording

private let guideline = Result { try Guideline.embedded() }

/// What became of a written stretch.
private enum Outcome: String { case read, noted, asked, lost, misread }

/// What a line became, as a program sees it.
private struct Reading {
  var stated: [String: String] = [:]
  var noted: [(text: String, reason: String)] = []
  var codes: [String] = []
  /// Where the first error stands in the line.
  var place: Int?

  init(_ line: String, _ session: Session) {
    var session = session
    let head = "patient \"Case\" "
    let report = session.run(head + line).report
    codes = report.errors.map(\.code)
    place = report.errors.first?.span.map { $0.lowerBound - head.utf8.count }
    let data = JSON.fields(report.data)
    let state = data["patient_state"]
    for condition in (data["stated"] ?? state?["stated"])?.conditions ?? [] {
      stated[String(condition.prefix { $0 != " " })] = condition
    }
    for note in (data["noted"] ?? state?["noted"])?.elements ?? [] {
      noted.append((Folding.key(note["text"]?.text ?? ""), note["reason"]?.plain ?? ""))
    }
  }
}

extension JSON {
  fileprivate var elements: [JSON] { if case .array(let values) = self { values } else { [] } }

  fileprivate var plain: String { if case .string(let text) = self { text } else { "" } }

  /// The conditions of an object or list of them.
  fileprivate var conditions: [String] {
    if case .object(let fields) = self { return fields.map(\.value.plain) }
    return elements.map { $0["condition"]?.plain ?? $0.plain }
  }
}

/// Reads what a grammar wrote that knows its meaning, by reading.md: what is read is what was written, or it is noted, or asked.
@Suite("What is written is read, noted or asked, and never read as something else")
struct ReadingFuzzTests {
  /// The codes by which a line is asked about.
  private static let asking: Set<String> = ["reading.ambiguous", "finding.ambiguous"]

  /// What follows from a statement of these conditions, and does no harm when it is stated too.
  private static func implied(_ conditions: some Collection<String>) -> Set<String> {
    var all: Set<String> = []
    for condition in conditions {
      let finding = condition.prefix { $0 != " " }
      let isAbsent = condition.hasSuffix(" none") && !condition.contains(" not ") || condition.hasSuffix(" no")
      if finding == "location" { all.insert("site is pancreas") }
      if finding.hasSuffix("-metastases"), !isAbsent { all.formUnion(["stage is metastatic", "malignant"]) }
      if ["hypoglycaemia", "diarrhoea", "hypercalcaemia", "bone-pain"].contains(finding), !isAbsent {
        all.insert("symptomatic")
      }
    }
    return all
  }

  private static func canonical(_ condition: String) -> String {
    let words = condition.split(separator: " ")
    // `ki67 2 to 3 %` and its kin are one interval, however printed.
    if words.count >= 4, let to = words.firstIndex(of: "to"), to == 2 || to == 3 {
      let unit = words.last.map(String.init) ?? ""
      return "\(words[0]) >= \(words[1]) \(unit) and \(words[0]) <= \(words[to + 1]) \(unit)"
    }
    return condition
  }

  private static func outcome(of stretch: Stretch, _ reading: Reading) -> Outcome {
    let keys = stretch.noted.map(Folding.key)
    let isNoted = reading.noted.contains { note in
      keys.contains { note.text.contains($0) } && stretch.reasons.contains(note.reason)
    }
    if stretch.isOpen {
      // Taken in silence, or noted whole.
      return stretch.touches.contains { reading.stated[$0] != nil } ? .misread : reading.noted.isEmpty ? .lost : .noted
    }
    // Any word of the stretch in a note: the finding is kept there.
    let words = stretch.text.split { !$0.isLetter && !$0.isNumber }.map { Folding.key(String($0)) }.filter {
      $0.count > 2 || keys.contains($0)
    }
    let isKept = reading.noted.contains { note in words.contains { note.text.contains($0) } }
    var outcome = Outcome.read
    for (finding, condition) in stretch.means {
      guard let stated = reading.stated[finding].map(canonical) else {
        if isKept { outcome = .noted } else { return .lost }
        continue
      }
      if stated == condition || stretch.free.contains(stated) { continue }
      if stated == "\(finding) is not none", !condition.hasSuffix("is none"), isKept {
        outcome = .noted
      } else {
        return .misread
      }
    }
    for finding in stretch.touches where stretch.means[finding] == nil {
      if let stated = reading.stated[finding], !stretch.free.contains(stated) { return .misread }
    }
    if !keys.isEmpty, !isNoted {
      let denied = stretch.free.contains { reading.stated[String($0.prefix { $0 != " " })] == $0 }
      if !denied { return isKept ? .misread : .lost }
    }
    return outcome
  }

  /// How the kinds of stretches fared, with examples of what went wrong.
  private struct Count {
    var outcomes: [Outcome: Int] = [:]
    var faults: [String] = []

    var shown: String { outcomes.map { "\($0.key.rawValue) \($0.value)" }.sorted().joined(separator: ", ") }
  }

  private static func judge(_ written: WrittenLine, _ reading: Reading, _ counts: inout [String: Count]) {
    func fault(_ kind: String, _ outcome: Outcome, _ why: String) {
      counts[kind, default: Count()].outcomes[outcome, default: 0] += 1
      if counts[kind, default: Count()].faults.count < 4 {
        counts[kind, default: Count()].faults.append("\(written.text) → \(why)")
      }
    }
    if !reading.codes.isEmpty {
      if reading.codes.allSatisfy(asking.contains) {
        for stretch in written.stretches { counts[stretch.kind, default: Count()].outcomes[.asked, default: 0] += 1 }
      } else {
        fault(written.stretch(at: reading.place ?? 0)?.kind ?? "line", .lost, reading.codes.joined(separator: ", "))
      }
      return
    }
    let noted = reading.noted.map { "\($0.text) (\($0.reason))" }.joined(separator: "; ")
    let shown = reading.stated.values.sorted().joined(separator: ", ") + " | noted " + noted
    for stretch in written.stretches {
      let outcome = outcome(of: stretch, reading)
      if outcome == .lost || outcome == .misread {
        fault(stretch.kind, outcome, shown)
      } else {
        counts[stretch.kind, default: Count()].outcomes[outcome, default: 0] += 1
      }
    }
    let meant = Set(written.stretches.flatMap(\.means.values))
    let known = meant.union(written.stretches.flatMap(\.free)).union(implied(meant))
    let findings = Set(written.stretches.flatMap(\.findings))
    for (finding, condition) in reading.stated where !findings.contains(finding) && !known.contains(condition) {
      fault("invented", .misread, shown)
    }
  }

  /// Of ten thousand lines, the stretches that may be lost or misread.
  private static let mostWrong = 0

  @Test("ten thousand lines of each seed", arguments: 1...10)
  func lines(seed: UInt64) throws {
    let session = Session(
      world: World(guideline: try guideline.get(), commands: .standard, version: "test"), language: .english)
    var counts: [String: Count] = [:]
    var clear = 0
    var whole = 0
    var writer = LineWriter(seed: seed)
    for _ in 0..<10_000 {
      let written = writer.line()
      let reading = Reading(written.text, session)
      Self.judge(written, reading, &counts)
      if !written.stretches.contains(where: \.isOpen) {
        clear += 1
        if reading.codes.isEmpty, written.stretches.allSatisfy({ Self.outcome(of: $0, reading) == .read }) {
          whole += 1
        }
      }
    }
    var wrong = 0
    var faults: [String] = []
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
      let here = count.outcomes[.lost, default: 0] + count.outcomes[.misread, default: 0]
      wrong += here
      if here > 0 { faults.append("\(kind): \(count.shown)\n\(count.faults.joined(separator: "\n"))") }
    }
    #expect(wrong <= Self.mostWrong, "\(wrong) stretches are lost or misread\n\(faults.joined(separator: "\n"))")
    // Asking about everything, or noting it, would misread nothing.
    #expect(whole * 10 >= clear * 9, "\(whole) of \(clear) lines with one reading are read whole")
  }

  @Test("the strange words are two hundred, and no word of the vocabulary")
  func strangeWords() throws {
    let vocabulary = try vocabulary()
    #expect(Set(WrittenNoun.strange).count >= 200)
    for word in WrittenNoun.strange {
      #expect(
        vocabulary.meanings(of: FoldedKey(word)) == nil && vocabulary.therapies(named: FoldedKey(word)).isEmpty,
        "\(word)")
    }
  }
}
