import Wording

extension Vocabulary {
  /// The words of the field that `explain` knows. They are read when asked for.
  public var terms: [Term] { reference("terms").terms }

  /// The diagnostic tests. They are read when asked for.
  public var tests: [DiagnosticTest] { reference("tests").tests }

  /// The term that a phrase names.
  public func term(named key: FoldedKey) -> Term? {
    let reference = reference("terms")
    return reference.termPhrases[key].map { reference.terms[$0] }
  }

  /// The test that a phrase names.
  public func test(named key: FoldedKey) -> DiagnosticTest? {
    let reference = reference("tests")
    return reference.testPhrases[key].map { reference.tests[$0] }
  }

  /// A test by its id.
  public func test(id: String) -> DiagnosticTest? { tests.first { $0.id == id } }

  /// Every phrase that names a test, folded.
  public var allTestPhrases: [(phrase: String, place: Int)] { reference("tests").phrases }

  /// Every phrase that names a term, folded.
  public var allTermPhrases: [(phrase: String, place: Int)] { reference("terms").phrases }

  /// One of the two files.
  private func reference(_ part: String) -> ReferenceReader {
    var reader = ReferenceReader()
    // A fault in these files is found by the tests, which read them by `checkReference`.
    try? reader.read(files, parts: [part])
    return reader
  }

  /// Reads `tests.txt` and `terms.txt` for their errors, which name file and line.
  public func checkReference() throws(Diagnostic) {
    var reader = ReferenceReader()
    try reader.read(files, parts: ["tests", "terms"])
  }
}

/// Reads `tests.txt` and `terms.txt`.
private struct ReferenceReader {
  var terms: [Term] = []
  var tests: [DiagnosticTest] = []
  var termPhrases = FoldedTable(capacity: 800)
  var testPhrases = FoldedTable(capacity: 200)
  var phrases: [(phrase: String, place: Int)] = []
  private var isTerm = false
  private var english = ""

  mutating func read(_ files: [TextFile], parts: [String]) throws(Diagnostic) {
    for part in parts { try files.readVocabulary(part) { (line, _) throws(Diagnostic) in try read(line) } }
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
