import Grammar
import Guideline
import Measures
import Vocabulary
import Wording

/// From what a cohort is drawn: shares of values, finding by finding, read from `cohort.txt` or a file of the user's own.
/// They are invented for teaching.
public struct Distributions: Sendable {
  struct Share: Sendable {
    /// Nil leaves the finding unknown.
    let possible: Possible?
    /// For numbers drawn from a range: the lowest, and how many whole numbers there are.
    let numbers: (low: Int64, count: UInt64)?
    /// The sum of the weights up to and including this one.
    let upTo: UInt64
  }

  struct Draw: Sendable {
    let finding: Int
    let when: Condition
    let shares: [Share]
    let total: UInt64
  }

  let draws: [Draw]
  /// Shares by which findings that nothing draws, or that are often left open, are weighed when it is asked what to ask next.
  let weighed: [Draw]

  /// The shares embedded in the program.
  public static func embedded(_ guideline: Guideline) throws(Diagnostic) -> Distributions {
    if let distributions = guideline.vocabulary.table.flatMap({ Distributions($0) }) { return distributions }
    return try .readEmbedded(guideline)
  }

  fileprivate static func readEmbedded(_ guideline: Guideline) throws(Diagnostic) -> Distributions {
    try Distributions(guideline.vocabulary.lines(of: "cohort.txt"), file: "vocabulary/cohort.txt", guideline)
  }

  /// Reads a file in the format of `cohort.txt`. Errors name file and line.
  public init(file: TextFile, _ guideline: Guideline) throws(Diagnostic) {
    let rows = file.withBytes { String(decoding: $0, as: UTF8.self) }.split(separator: "\n", omittingEmptySubsequences: false)
    guard rows.first?.trimmingSpaces() == "islet vocabulary 1" else {
      throw Self.fault("the first line is islet vocabulary 1").at(file: file.name, line: 1)
    }
    let lines = rows.enumerated().dropFirst().map { (number: $0.offset + 1, text: $0.element.trimmingSpaces()) }
      .filter { !$0.text.isEmpty && !$0.text.hasPrefix("#") }
    try self.init(lines, file: file.name, guideline)
  }

  private init(_ lines: [(number: Int, text: String)], file: String, _ guideline: Guideline) throws(Diagnostic) {
    var draws: [Draw] = []
    var weighed: [Draw] = []
    var conditions = CanonicalReader(guideline.vocabulary)
    for (number, text) in lines {
      do throws(Diagnostic) {
        if text.hasPrefix("weigh ") {
          weighed.append(try Self.draw(text, after: "weigh ", guideline, &conditions))
        } else {
          draws.append(try Self.draw(text, after: "draw ", guideline, &conditions))
        }
      } catch {
        throw error.at(file: file, line: number)
      }
    }
    if draws.isEmpty { throw Self.fault("it draws nothing").at(file: file, line: 1) }
    self.draws = draws
    self.weighed = weighed
  }

  /// Reads what `write` wrote; nil where the table is cut short.
  private init?(_ table: FlatTable) {
    var reader = table.reader(.cohort)
    _ = reader.list { $0.part() }
    draws = reader.list { $0.draw() }
    weighed = reader.list { $0.draw() }
    if reader.isBroken { return nil }
  }

  fileprivate func write(to writer: inout FlatTableWriter, _ guideline: Guideline) {
    writer.list(Likelihood.lines(of: self, guideline)) { writer, lines in
      writer.part { $0.list(lines) { $0.shares($1) } }
    }
    writer.list(draws) { $0.draw($1) }
    writer.list(weighed) { $0.draw($1) }
  }

  private static func fault(_ text: String) -> Diagnostic {
    Diagnostic(
      "cohort.distribution",
      Words("The distribution can't be read: \(text).", "Η κατανομή δεν διαβάζεται: \(text)."),
      help: [
        Words(
          "A line is: draw FINDING [when CONDITION]: VALUE SHARE; …", "Μια γραμμή είναι: draw ΕΥΡΗΜΑ [when ΣΥΝΘΗΚΗ]: ΤΙΜΗ ΜΕΡΙΔΙΟ; …")
      ])
  }

  private static func draw(
    _ text: String, after word: String, _ guideline: Guideline, _ conditions: inout CanonicalReader
  ) throws(Diagnostic) -> Draw {
    guard text.hasPrefix(word), let colon = text.range(of: ":") else { throw fault(text) }
    var head = String(text[..<colon.lowerBound].dropFirst(word.count))
    var when = Condition.always
    if let split = head.range(of: " when ") {
      let condition = String(head[split.upperBound...])
      if let plain = conditions.condition(condition) {
        when = plain
      } else {
        when = try ConditionReader.condition(condition, guideline.vocabulary)
      }
      head = String(head[..<split.lowerBound])
    }
    guard let finding = guideline.vocabulary.finding(id: head.trimmingSpaces()), !finding.isDerived else {
      throw fault("“\(head)” is no finding that can be stated")
    }
    var shares: [Share] = []
    var total: UInt64 = 0
    for part in text[colon.upperBound...].split(separator: ";") {
      let words = part.split(separator: " ").map(String.init)
      guard words.count > 1, let weight = UInt64(words[words.count - 1]), weight > 0, weight <= 1_000_000 else {
        throw fault("a share is a whole number behind its value, as in \(part.trimmingSpaces()) 10")
      }
      total += weight
      if words[0] == "unknown", words.count == 2 {
        shares.append(Share(possible: nil, numbers: nil, upTo: total))
      } else if finding.isNumber {
        guard words.count == 4, words[1] == "to", let low = Int64(words[0]), let high = Int64(words[2]), low <= high, low >= 0,
          high < 1_000_000, finding.range.contains(Exact(millionths: low * 1_000_000)),
          finding.range.contains(Exact(millionths: high * 1_000_000))
        else { throw fault("\(finding.id) takes LOW to HIGH SHARE within its range") }
        shares.append(Share(possible: nil, numbers: (low, UInt64(high - low + 1)), upTo: total))
      } else {
        guard words.count == 2, let place = finding.place(of: words[0]) else { throw fault("\(finding.id) has no value \(words[0])") }
        shares.append(Share(possible: .values(1 << UInt32(place)), numbers: nil, upTo: total))
      }
    }
    guard total > 0 else { throw fault("\(finding.id) has no shares") }
    return Draw(finding: finding.index, when: when, shares: shares, total: total)
  }
}

extension FlatTableWriter {
  fileprivate mutating func shares(_ shares: Likelihood.Shares) {
    condition(shares.when)
    list(shares.shares) { writer, share in
      switch share.possible {
      case .values(let mask):
        writer.number(1)
        writer.number(Int(mask))
      case .numbers(let numbers):
        writer.number(2)
        writer.interval(numbers)
      }
      writer.wide(share.weight.bitPattern)
    }
  }

  fileprivate mutating func draw(_ draw: Distributions.Draw) {
    number(draw.finding)
    condition(draw.when)
    list(draw.shares) { writer, share in
      switch (share.possible, share.numbers) {
      case (.values(let mask)?, _):
        writer.number(1)
        writer.number(Int(mask))
      case (_, let numbers?):
        writer.number(2)
        writer.number(Int(numbers.low))
        writer.number(Int(numbers.count))
      default: writer.number(0)
      }
      writer.number(Int(share.upTo))
    }
    number(Int(draw.total))
  }
}

extension FlatTableReader {
  mutating func shares() -> Likelihood.Shares {
    let when = condition()
    return Likelihood.Shares(
      when: when,
      shares: list { reader in
        let possible: Possible = reader.number() == 1 ? .values(UInt32(truncatingIfNeeded: reader.number())) : .numbers(reader.interval())
        return (possible, Double(bitPattern: reader.wide()))
      })
  }

  fileprivate mutating func draw() -> Distributions.Draw {
    let finding = number()
    let when = condition()
    let shares = list { reader -> Distributions.Share in
      switch reader.number() {
      case 1:
        let mask = UInt32(truncatingIfNeeded: reader.number())
        return Distributions.Share(possible: .values(mask), numbers: nil, upTo: UInt64(max(0, reader.number())))
      case 2:
        let (low, count) = (Int64(reader.number()), UInt64(max(0, reader.number())))
        return Distributions.Share(possible: nil, numbers: (low, count), upTo: UInt64(max(0, reader.number())))
      default: return Distributions.Share(possible: nil, numbers: nil, upTo: UInt64(max(0, reader.number())))
      }
    }
    return Distributions.Draw(finding: finding, when: when, shares: shares, total: UInt64(max(0, number())))
  }
}

extension FlatTable {
  /// The table of these files, read anew, whatever table is among them.
  public static func made(of files: [TextFile]) throws(Diagnostic) -> [UInt8] {
    let words = files.filter { $0.name.hasPrefix("vocabulary/") }
    let guideline = try Guideline(files: files.filter { $0.name.hasPrefix("chapters/") }, vocabulary: try Vocabulary(files: words))
    var cohort = FlatTableWriter()
    try Distributions.readEmbedded(guideline).write(to: &cohort, guideline)
    let marks = Marks(vocabulary: Vocabulary.mark(of: words), chapters: Guideline.mark(of: files.filter { $0.name.hasPrefix("chapters/") }))
    return bytes(marks, try Vocabulary.sections(of: words) + guideline.sections + [cohort])
  }
}
