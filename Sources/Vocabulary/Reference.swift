import Wording

extension Vocabulary {
  /// The words of the field that `explain` knows.
  public var terms: [Term] {
    get throws(Diagnostic) { try termFile().terms }
  }

  /// The diagnostic tests.
  public var tests: DiagnosticTests {
    get throws(Diagnostic) {
      try keptTests.value { () throws(Diagnostic) in
        let file = try ReferenceReader(files, "tests")
        return DiagnosticTests(tests: file.tests, places: file.testPhrases, phrases: file.phrases)
      }
    }
  }

  /// The term that a phrase names.
  public func term(named key: FoldedKey) throws(Diagnostic) -> Term? {
    let file = try termFile()
    return file.termPhrases[key].map { file.terms[$0] }
  }

  /// Every phrase that names a term, folded.
  public var allTermPhrases: [(phrase: String, place: Int)] {
    get throws(Diagnostic) { try termFile().phrases }
  }

  private func termFile() throws(Diagnostic) -> ReferenceReader {
    try keptTerms.value { () throws(Diagnostic) in try ReferenceReader(files, "terms") }
  }
}

/// The diagnostic tests, in the vocabulary's order.
public struct DiagnosticTests: RandomAccessCollection, Sendable {
  private let tests: [DiagnosticTest]
  private let places: FoldedTable
  /// Every phrase that names one, folded.
  public let phrases: [(phrase: String, place: Int)]

  fileprivate init(tests: [DiagnosticTest], places: FoldedTable, phrases: [(phrase: String, place: Int)]) {
    self.tests = tests
    self.places = places
    self.phrases = phrases
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { tests.count }
  public subscript(place: Int) -> DiagnosticTest { tests[place] }

  /// The test that a phrase names.
  public func named(_ key: FoldedKey) -> DiagnosticTest? { places[key].map { tests[$0] } }

  /// A test by its id.
  public func id(_ id: String) -> DiagnosticTest? { tests.first { $0.id == id } }
}

/// Reads `tests.txt` and `terms.txt`.
struct ReferenceReader {
  var terms: [Term] = []
  var tests: [DiagnosticTest] = []
  var termPhrases = FoldedTable(capacity: 800)
  var testPhrases = FoldedTable(capacity: 200)
  var phrases: [(phrase: String, place: Int)] = []
  private var isTerm = false
  private var english = ""

  init(_ files: [TextFile], _ part: String) throws(Diagnostic) {
    var reader = self
    try files.readVocabulary(part) { (line, _) throws(Diagnostic) in try reader.read(line) }
    self = reader
  }

  private mutating func read(_ line: Bytes) throws(Diagnostic) {
    let (word, rest) = line.headAndRest
    switch word.text {
    case "test":
      isTerm = false
      tests.append(DiagnosticTest(id: rest.text))
      add(rest)
      return
    case "term":
      isTerm = true
      terms.append(Term(id: rest.text))
      add(rest)
      return
    default: break
    }
    guard let last = isTerm ? terms.indices.last : tests.indices.last else { throw .vocabulary("a field before a test or term") }
    switch word.text {
    case "en", "text-en": english = rest.text
    case "el":
      let words = Words(english, rest.text)
      if isTerm { terms[last].name = words } else { tests[last].name = words }
      add(Array(english.utf8))
      add(rest)
    case "text-el" where isTerm: terms[last].text = Words(english, rest.text)
    case "also": for part in rest.parts(separator: 0x3B) { add(part) }
    case "reveals" where !isTerm: tests[last].reveals = rest.ids
    case "only" where !isTerm:
      guard let finding = rest.ids.first else { throw .vocabulary("only names a finding and its values") }
      tests[last].only[finding] = Array(rest.ids.dropFirst())
    case "cost" where !isTerm:
      guard let cost = Int(rest.text) else { throw .vocabulary("cost is a number") }
      tests[last].cost = cost
    case "days" where !isTerm:
      guard let days = Int(rest.text) else { throw .vocabulary("days is a number") }
      tests[last].days = days
    case "background": break
    default: throw .vocabulary("unknown field “\(word.text)”")
    }
  }

  private mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { add($0) } }

  private mutating func add(_ phrase: Bytes) {
    let key = FoldedKey(phrase)
    let place = (isTerm ? terms.count : tests.count) - 1
    phrases.append((Folding.key(phrase), place))
    if isTerm { termPhrases[key] = place } else { testPhrases[key] = place }
  }
}

extension Diagnostic {
  static func vocabulary(_ text: String) -> Diagnostic {
    Diagnostic("vocabulary.line", Words("The vocabulary can't be read: \(text).", "Το λεξιλόγιο δεν διαβάζεται: \(text)."))
  }
}
