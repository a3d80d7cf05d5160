import Grammar
import Guideline
import Measures
import Patients
import Sessions
import Vocabulary
import Wording

/// Reads a case's file. It goes on after a fault, so that one reading names them all.
public struct ScenarioReader {
  /// Faults named in one reading, at most.
  static let faults = 20

  let world: World
  let file: String
  var scenario: Scenario
  var faults: [Diagnostic] = []
  /// Whether a statement of the body was read: the header is closed then.
  var isBody = false
  var hasPatient = false
  /// The question that takes choices until `end`, and its line.
  var question: (question: Question, line: Int)?
  /// The exhibit that takes rows or lines until `end`, and its line.
  var exhibit: (exhibit: Exhibit, line: Int)?
  /// The path that takes lines until `end`.
  var path: Path?
  /// Fields of the header that were read.
  var fields: Set<String> = []

  private init(_ file: String, _ world: World) throws(Diagnostic) {
    self.file = file
    self.world = world
    scenario = Scenario(
      id: Scenario.id(ofFile: file), file: file, tests: try world.guideline.vocabulary.tests, doseWords: try world.guideline.vocabulary.doseWords)
  }

  /// The case, or what is wrong with its file: each fault names file and line, the part of the line, and what to try.
  public static func read(_ bytes: [UInt8], file: String, _ world: World) -> (scenario: Scenario?, faults: [Diagnostic]) {
    guard bytes.count <= ScriptBounds.bytes else { return (nil, [.fileTooLong(file)]) }
    var reader: ScenarioReader
    do throws(Diagnostic) {
      reader = try ScenarioReader(file, world)
    } catch {
      return (nil, [error])
    }
    reader.scenario.mark = Fingerprint.of(bytes)
    var rows = (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]).split(separator: 0x0A, omittingEmptySubsequences: false)
    if rows.last?.isEmpty == true { rows.removeLast() }
    guard rows.count <= ScriptBounds.lines else { return (nil, [.tooManyLines(file)]) }
    var isFirst = true
    for (place, row) in rows.enumerated() where reader.faults.count < faults {
      do throws(Diagnostic) {
        guard let text = try text(of: row) else { continue }
        if isFirst {
          isFirst = false
          try reader.firstLine(ScenarioLine(text, number: place + 1))
        } else {
          try reader.statement(ScenarioLine(text, number: place + 1))
        }
      } catch {
        reader.faults.append(error.at(file: file, line: place + 1))
        if error.code == "case.format" || error.code == "case.version" { return (nil, reader.faults) }
      }
    }
    reader.finish(rows.count)
    return (reader.faults.isEmpty ? reader.scenario : nil, reader.faults)
  }

  /// A line's text: nil for a blank line or a comment. Control characters and invalid UTF-8 are errors.
  private static func text(of row: ArraySlice<UInt8>) throws(Diagnostic) -> String? {
    var row = row
    if row.last == 0x0D { row.removeLast() }
    let plain = try Input.line(row)
    guard let first = plain.first(where: { $0 != " " }), first != "#" else { return nil }
    // Marks that turn the direction of text or take no room could hide what a line says.
    let shown = String(decoding: row, as: UTF8.self).unicodeScalars.filter { scalar in
      !(0x200B...0x200F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value) && !(0x2060...0x2069).contains(scalar.value)
        && scalar.value != 0xFEFF
    }
    return String(String.UnicodeScalarView(shown))
  }

  private func firstLine(_ line: ScenarioLine) throws(Diagnostic) {
    let words = line.text.split(separator: " ").map(String.init)
    guard words.count == 3, words[0] == "islet", let version = Int(words[1] == "scenario" ? words[2] : words[1]),
      words[1] == "scenario" || words[2] == "scenario"
    else {
      throw line.fault(
        "case.format", Words("The first line doesn't say that this is a case.", "Η πρώτη γραμμή δεν λέει ότι είναι περιστατικό."),
        Words("Begin with: islet scenario \(Scenario.version)", "Αρχίστε με: islet scenario \(Scenario.version)"))
    }
    guard (1...Scenario.version).contains(version) else {
      throw line.fault(
        "case.version",
        Words(
          "The case has format \(version); this islet reads format \(Scenario.version).",
          "Το περιστατικό έχει μορφή \(version)· αυτό το islet διαβάζει τη μορφή \(Scenario.version)."),
        Words("Use a newer islet for it.", "Χρησιμοποιήστε νεότερο islet γι' αυτό."))
    }
  }

  private mutating func statement(_ line: ScenarioLine) throws(Diagnostic) {
    if path != nil { return pathLine(line) }
    var line = line
    let start = line.position
    guard let word = line.word() else { throw unknown(line, start..<line.text.utf8.count) }
    if Self.headerWords.contains(word.text) {
      guard !isBody else {
        throw line.fault(
          "case.header-late", Words("“\(word.text)” belongs to the header.", "Το «\(word.text)» ανήκει στην κεφαλίδα."),
          Words("Move it above the first say, ask or act.", "Μεταφέρετέ το πάνω από το πρώτο say, ask ή act."), word.span)
      }
      return try header(word.text, word.span, &line)
    }
    guard Self.bodyWords.contains(word.text) else { throw unknown(line, word.span) }
    if !isBody {
      isBody = true
      endHeader(line.number)
    }
    try body(word.text, word.span, &line)
  }

  static let headerWords: Set<String> = [
    "title", "author", "languages", "level", "minutes", "objective", "guideline", "consult", "feedback", "weights", "goal", "needs",
    "name", "patient", "hidden", "reveals", "cost", "worsens",
  ]
  static let bodyWords: Set<String> = [
    "say", "pause", "ask", "choice", "accepts", "otherwise", "end", "act", "hint", "label", "when", "goto", "expect", "path",
    "wants", "harms", "model", "wrong", "moved", "panel", "exhibit", "row", "line",
  ]

  private func unknown(_ line: ScenarioLine, _ span: Range<Int>) -> Diagnostic {
    let typed = String(decoding: Array(line.text.utf8)[span], as: UTF8.self)
    let near = (Self.headerWords.union(Self.bodyWords)).sorted().first { Folding.distance(typed, $0, limit: 2) <= min(2, typed.count / 2) }
    let help =
      near.map { Words("Did you mean: \($0)?", "Μήπως εννοείτε: \($0);") }
      ?? Words(
        "Statements: \(Self.bodyWords.sorted().joined(separator: ", "))", "Δηλώσεις: \(Self.bodyWords.sorted().joined(separator: ", "))")
    return line.fault("case.statement", Words("“\(typed)” doesn't begin a statement.", "Το «\(typed)» δεν αρχίζει δήλωση."), help, span)
  }

  // MARK: Findings, conditions and deeds inside a line

  /// Runs a reader of the shell's language on a part of a line; its error is set on the whole line.
  func reading<Found>(
    _ part: (text: String, start: Int), _ line: ScenarioLine, _ read: (String) throws(Diagnostic) -> Found
  ) throws(Diagnostic) -> Found {
    do throws(Diagnostic) {
      return try read(try Input.plain(part.text))
    } catch {
      var moved = error
      moved.source = line.text
      let size = line.text.utf8.count
      moved.span = (part.start + (error.span?.lowerBound ?? 0))..<min(size, part.start + (error.span?.upperBound ?? size))
      throw moved
    }
  }

  /// `give diazoxide`, `perform enucleation`, `order ct`, `arrange mdt`, `stop octreotide-lar`, `decide against whipple`, or the
  /// name of what is given, performed, arranged or ordered alone; a dose behind it is left.
  func deed(_ part: (text: String, start: Int), _ line: ScenarioLine) throws(Diagnostic) -> Deed {
    let text = (try? Input.plain(part.text)) ?? part.text
    let span = part.start..<(part.start + part.text.utf8.count)
    let vocabulary = world.guideline.vocabulary
    if let named = Deed(named: text, scenario.tests, vocabulary) { return named }
    if let (command, argument) = world.commands.call(in: text), command.id == "decide" {
      if let deed = Deed(against: argument, world) { return deed }
    }
    guard let (command, argument) = world.commands.call(in: text), let act = Deed.Act(rawValue: command.id) else {
      throw line.fault(
        "case.deed", Words("“\(part.text)” isn't something a learner does to the patient.", "Το «\(part.text)» δεν είναι πράξη στον ασθενή."),
        Words(
          "Write: give DRUG, perform PROCEDURE, arrange SETTING, order TEST, stop DRUG or decide against THERAPY",
          "Γράψτε: give, perform, arrange, order, stop ή decide against, και σε τι αφορά"),
        span)
    }
    if act == .order, let test = scenario.tests.named(FoldedKey(argument)) { return Deed(.order, test.id) }
    if let therapy = vocabulary.therapies(named: FoldedKey(argument)).first { return Deed(act, therapy.id) }
    if act == .give, var reader = try? TreatmentReader(vocabulary, scenario.doseWords, argument),
      let phrase = try? reader.treatment()
    {
      return Deed(.give, phrase.therapy.id)
    }
    throw line.fault(
      "case.subject",
      Words("islet doesn't recognise “\(argument)” as a therapy, setting or test.", "Το islet δεν γνωρίζει θεραπεία, πλαίσιο ή εξέταση «\(argument)»."),
      Words("Use an id of the vocabulary: islet -c 'explain …' finds it.", "Γράψτε ένα όνομα του λεξιλογίου: islet -c 'εξήγησε …' το βρίσκει."), span)
  }

  func number(_ line: inout ScenarioLine, _ what: Words, _ range: ClosedRange<Int>) throws(Diagnostic) -> Int {
    let start = line.position
    guard let word = line.word(), let number = Int(word.text), range.contains(number) else {
      throw line.fault(
        "case.number",
        Words(
          "\(what.english) is a whole number from \(range.lowerBound) to \(range.upperBound).",
          "Ο αριθμός για «\(what.greek)» είναι ακέραιος από \(range.lowerBound) έως \(range.upperBound)."),
        Words("Write a number in that range.", "Γράψτε έναν αριθμό μέσα σε αυτά τα όρια."), start..<max(start, line.position))
    }
    return number
  }

  /// A name of the author's: lower-case letters, digits and hyphens.
  func name(_ line: inout ScenarioLine) throws(Diagnostic) -> String {
    let start = line.position
    guard let word = line.word(), word.text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }) else {
      throw line.fault(
        "case.name", Words("A name is missing here.", "Λείπει εδώ ένα όνομα."),
        Words("A name has lower-case letters, digits and hyphens: first-line", "Ένα όνομα έχει πεζά λατινικά γράμματα, ψηφία και παύλες: first-line"),
        start..<max(start, line.position))
    }
    return word.text
  }
}

extension Scenario {
  /// `Scripts/fasting-hypoglycaemia.islet` is the case fasting-hypoglycaemia.
  public static func id(ofFile file: String) -> String {
    var name = file[...]
    if let slash = name.lastIndex(of: "/") { name = name[name.index(after: slash)...] }
    if name.hasSuffix(".islet") { name.removeLast(6) }
    return String(name)
  }
}

/// Short marks of texts: FNV-1a, 64 bits, in hexadecimal.
public enum Fingerprint {
  public static func of(_ bytes: some Sequence<UInt8>) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
