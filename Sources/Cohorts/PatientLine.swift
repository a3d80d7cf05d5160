import Grammar
import Guideline
import Measures
import Patients
import Reports
import Vocabulary
import Wording

/// A patient as one line of NDJSON: `{"id":"a1","findings":{"syndrome":"gastrinoma","size":"25 mm"},"assume":"absent"}`.
public struct PatientLine: Sendable {
  /// The id as given, in JSON (text or number); nil when the line has none.
  public var id: JSON?
  public var stated: [Int: Possible] = [:]
  public var assumesAbsent = false
  public var errors: [Diagnostic] = []
  /// What is handed on to the output, by its key.
  var kept: [String: String] = [:]

  /// Reads a line. Whatever is wrong with it stands in `errors`.
  public init(_ bytes: UnsafeBufferPointer<UInt8>, _ guideline: Guideline) { self.init(bytes, guideline, TableOptions()) }

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ guideline: Guideline, _ options: TableOptions) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      errors.append(.invalidUTF8())
      return
    }
    var cursor = JSONCursor(bytes)
    do throws(JSONCursor.Failure) {
      var seen = Set<String>()
      try cursor.object { key, cursor throws(JSONCursor.Failure) in
        if !seen.insert(key).inserted {
          repeated(key, nil)
          _ = try cursor.value()
          return
        }
        switch key {
        case "id": try readID(&cursor)
        case "findings": try readFindings(&cursor, guideline, ignoresExtra: options.ignoresExtra)
        case "assume":
          if case .string("absent") = try cursor.value() {
            assumesAbsent = true
          } else {
            add(
              "eval.assume", Words("“assume” takes only “absent”.", "Το «assume» δέχεται μόνο «absent»."), nil)
          }
        default:
          let value = try cursor.value()
          if options.kept.contains(key) {
            if value != .null { kept[key] = value.string ?? value.text }
            return
          }
          if options.ignoresExtra { return }
          add(
            "eval.key-unknown",
            Words(
              "Unknown key “\(key)”: a line has id, findings and assume.",
              "Άγνωστο κλειδί «\(key)»: μια γραμμή έχει id, findings και assume."), nil)
        }
      }
      guard cursor.isAtEnd() else { throw .syntax }
    } catch {
      errors = [
        Diagnostic(
          "eval.json", Words("The line isn't a single JSON object.", "Η γραμμή δεν είναι ένα αντικείμενο JSON."),
          help: [
            Words(
              "Write {\"id\":\"a1\",\"findings\":{…}} on one line.", "Γράψτε {\"id\":\"a1\",\"findings\":{…}} σε μία γραμμή.")
          ])
      ]
      return
    }
    conclude(guideline)
  }

  /// A row of a table, by its cells.
  init(_ table: TableColumns, _ guideline: Guideline, cell: (Int) -> String) {
    for (place, column) in table.columns.enumerated() {
      let text = cell(place)
      switch column.role {
      case .id:
        let text = text.trimmingSpaces()
        if text.isEmpty { continue }
        if let real = Diagnostic.personalData(in: text, .id) { errors.append(real) } else { id = .string(text) }
      case .assumption:
        if text == "absent" {
          assumesAbsent = true
        } else if !TableColumn.isUnknown(text) {
          errors.append(
            column.fault(text, Diagnostic("eval.assume", Words("“assume” takes only “absent”.", "Το «assume» δέχεται μόνο «absent».")), nil))
        }
      case .finding(let place):
        do throws(Diagnostic) {
          guard let possible = try column.possible(text, guideline) else { continue }
          do throws(Diagnostic) { try state(guideline.vocabulary.findings[place], possible, guideline) } catch {
            throw column.fault(text, error, guideline.vocabulary.findings[place].id)
          }
        } catch {
          errors.append(error)
        }
      case .kept(let place): if !text.isEmpty { kept[table.kept[place]] = text }
      case .passedOver: continue
      }
    }
    conclude(guideline)
  }

  /// States what is assumed, and looks whether all of it can hold.
  private mutating func conclude(_ guideline: Guideline) {
    guard errors.isEmpty else { return }
    if assumesAbsent {
      var patient = Patient(name: "")
      for (finding, possible) in stated { patient = patient.setting(finding, to: possible) }
      for entry in guideline.inference.assumedAbsent(patient) { stated[entry.finding] = entry.value }
    }
    if let contradiction = guideline.inference.contradiction(in: guideline.inference.known(stated)) {
      errors.append(contradiction)
    }
  }

  private mutating func add(_ code: String, _ message: Words, _ finding: String?) {
    errors.append(Diagnostic(code, message, finding: finding))
  }

  private mutating func repeated(_ key: String, _ finding: String?) {
    add("eval.key-repeated", Words("The key “\(key)” appears twice.", "Το κλειδί «\(key)» υπάρχει δύο φορές."), finding)
  }

  private mutating func readID(_ cursor: inout JSONCursor) throws(JSONCursor.Failure) {
    switch try cursor.value() {
    case .string(let text):
      if let real = Diagnostic.personalData(in: text, .id) { errors.append(real) } else { id = .string(text) }
    case .number(let digits):
      if let real = Diagnostic.personalData(in: digits, .id) { errors.append(real) } else { id = .number(digits) }
    default: add("eval.id", Words("An id is text or a number.", "Το id είναι κείμενο ή αριθμός."), nil)
    }
  }

  private mutating func readFindings(_ cursor: inout JSONCursor, _ guideline: Guideline, ignoresExtra: Bool) throws(JSONCursor.Failure) {
    guard cursor.peek() == 0x7B else {
      _ = try cursor.value()
      add("eval.findings", Words("“findings” is an object.", "Το «findings» είναι αντικείμενο."), nil)
      return
    }
    var seen = Set<String>()
    try cursor.object { key, cursor throws(JSONCursor.Failure) in
      let value = try cursor.value()
      guard let finding = guideline.vocabulary.finding(id: key) else {
        if ignoresExtra { return }
        let near = guideline.vocabulary.findings.map(\.id).min {
          Folding.distance($0, key, limit: 4) < Folding.distance($1, key, limit: 4)
        }
        let hint = near.flatMap { Folding.distance($0, key, limit: 2) <= 2 ? $0 : nil }
        add(
          "finding.unknown",
          Words(
            "Unknown finding “\(key)”\(hint.map { "; did you mean \($0)?" } ?? ".")",
            "Άγνωστο εύρημα «\(key)»\(hint.map { "· μήπως εννοείτε \($0);" } ?? ".")"), key)
        return
      }
      if !seen.insert(key).inserted {
        repeated(key, key)
        return
      }
      do throws(Diagnostic) {
        try state(finding, value, guideline)
      } catch {
        var error = error
        error.finding = key
        errors.append(error)
      }
    }
  }

  private mutating func state(_ finding: Finding, _ value: JSON, _ guideline: Guideline) throws(Diagnostic) {
    let vocabulary = guideline.vocabulary
    let possible: Possible
    switch value {
    case .null: return
    case .string(let text) where TableColumn.isUnknown(text): return
    case .bool(let value):
      guard finding.kind == .boolean || finding.isDerived else { throw Self.wrongType(finding, vocabulary) }
      possible = .values(value ? 1 : 2)
    // A value whose id is a number: essen-type 2.
    case .number(let digits) where finding.place(of: digits) != nil: possible = try Self.read(digits, finding, guideline)
    case .number(let digits):
      guard finding.isNumber else { throw Self.wrongType(finding, vocabulary) }
      guard let number = Self.exact(digits) else {
        throw Diagnostic(
          "number.unreadable",
          Words("The number can't be read exactly.", "Ο αριθμός δεν διαβάζεται με ακρίβεια."))
      }
      possible = try Self.within(number, finding, vocabulary)
    case .string(let text): possible = try Self.read(text, finding, guideline)
    case .array(let values):
      let texts = values.compactMap(\.string)
      guard !finding.isNumber, !texts.isEmpty, texts.count == values.count else { throw Self.wrongType(finding, vocabulary) }
      var mask: UInt32 = 0
      for text in texts {
        guard case .values(let values) = try Self.read(text, finding, guideline) else { continue }
        mask |= values
      }
      possible = .values(mask)
    case .object: throw Self.wrongType(finding, vocabulary)
    }
    try state(finding, possible, guideline)
  }

  private mutating func state(_ finding: Finding, _ possible: Possible, _ guideline: Guideline) throws(Diagnostic) {
    let vocabulary = guideline.vocabulary
    if finding.isDerived {
      guard case .values(let mask) = possible, let (through, allowed) = guideline.definition(of: finding.index) else {
        throw Diagnostic(
          "finding.derived",
          Words(
            "“\(finding.id)” is worked out from other findings and can't be stated.",
            "Το «\(finding.id)» προκύπτει από άλλα ευρήματα και δεν δηλώνεται."))
      }
      let all = vocabulary.findings[through].allValues
      narrow(through, .values(mask == 1 ? allowed : all & ~allowed), vocabulary)
    } else {
      narrow(finding.index, possible, vocabulary)
    }
  }

  /// A number, exact; nil when it can't be held exactly.
  private static func exact(_ digits: String) -> Exact? {
    guard let mark = digits.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return Exact(digits) }
    guard let base = Exact(digits[..<mark]), let power = Int(digits[digits.index(after: mark)...]), abs(power) < 13 else {
      return nil
    }
    var factor: Int64 = 1
    for _ in 0..<abs(power) { factor *= 10 }
    return power < 0 ? base.scaled(by: 1, over: factor) : base.scaled(by: factor, over: 1)
  }

  private mutating func narrow(_ finding: Int, _ possible: Possible, _ vocabulary: Vocabulary) {
    guard let earlier = stated[finding] else {
      stated[finding] = possible
      return
    }
    let both = earlier.intersection(possible)
    if both.isEmpty {
      let name = vocabulary.findings[finding]
      add(
        "finding.contradiction",
        Words(
          "\(vocabulary.describe(finding, earlier).english) and \(vocabulary.describe(finding, possible).english) can't both hold.",
          "Δεν μπορεί να ισχύουν μαζί: \(vocabulary.describe(finding, earlier).greek), και \(vocabulary.describe(finding, possible).greek)."
        ), name.id)
    }
    stated[finding] = both
  }

  private static func wrongType(_ finding: Finding, _ vocabulary: Vocabulary) -> Diagnostic {
    Diagnostic(
      "eval.type",
      Words(
        "That isn't a value of \(finding.name.english). \(vocabulary.expected(of: finding).english)",
        "Δεν είναι τιμή για το εύρημα «\(finding.name.greek)». \(vocabulary.expected(of: finding).greek)"))
  }

  private static func within(_ number: Exact, _ finding: Finding, _ vocabulary: Vocabulary) throws(Diagnostic) -> Possible {
    guard finding.admits(number) else {
      throw Diagnostic(
        "number.out-of-range",
        Words(
          "\(number) is outside what \(finding.name.english) can be. \(vocabulary.expected(of: finding).english)",
          "Το \(number) είναι έξω από τα όρια για το εύρημα «\(finding.name.greek)». \(vocabulary.expected(of: finding).greek)"))
    }
    return .numbers(Interval(number))
  }

  /// A value given as text: an id, a number with a unit, a comparison.
  static func read(_ text: String, _ finding: Finding, _ guideline: Guideline) throws(Diagnostic) -> Possible {
    let vocabulary = guideline.vocabulary
    if let place = finding.place(of: text) { return .values(1 << UInt32(place)) }
    if finding.isNumber, let number = exact(text) { return try within(number, finding, vocabulary) }
    if finding.isNumber, let range = try range(text, finding, vocabulary) { return .numbers(range) }
    let plain = finding.isNumber ? withUnit(try Input.plain(text), finding) : try Input.plain(text)
    guard !plain.isEmpty, var reader = try? PhraseReader(vocabulary, finding.id + " " + plain),
      let statements = try? reader.statements(), statements.count == 1, statements[0].finding == finding.index,
      let possible = statements[0].possible
    else {
      if !finding.isNumber {
        throw Diagnostic(
          "finding.value-unknown",
          Words(
            "“\(plain)” isn't a value of \(finding.name.english). \(vocabulary.expected(of: finding).english)",
            "Το «\(plain)» δεν είναι τιμή για το εύρημα «\(finding.name.greek)». \(vocabulary.expected(of: finding).greek)"))
      }
      do throws(Diagnostic) {
        var reader = try PhraseReader(vocabulary, finding.id + " " + plain)
        _ = try reader.statements()
      } catch  where error.code.hasPrefix("number.") || error.code == "unit.wrong" {
        throw error
      } catch {}
      // What the shell would say of it names commands.
      throw wrongType(finding, vocabulary)
    }
    return possible
  }
}

extension PatientLine {
  /// A comparison or range of bare numbers, as a bare number is, in the finding's own unit: `≥ 21`, `20 to 30`.
  private static func withUnit(_ text: String, _ finding: Finding) -> String {
    let unit = finding.unit.rawValue
    guard !unit.isEmpty, text.utf8.last.map({ 0x30...0x39 ~= $0 }) == true,
      text.replacing(" to ", with: " ").unicodeScalars.allSatisfy({ "0123456789.,<>=≤≥ -–".unicodeScalars.contains($0) })
    else { return text }
    return text + " " + unit
  }

  /// A range of numbers, as in `3-20`; nil where the text is none.
  private static func range(_ text: String, _ finding: Finding, _ vocabulary: Vocabulary) throws(Diagnostic) -> Interval? {
    let ends = text.split(whereSeparator: { $0 == "-" || $0 == "–" }).map { $0.trimmingSpaces() }
    guard ends.count == 2, ends.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x2E } }),
      !text.hasPrefix("-"), let low = Exact(ends[0]), let high = Exact(ends[1])
    else { return nil }
    guard low <= high, finding.admits(low), finding.admits(high) else {
      throw Diagnostic(
        "number.out-of-range",
        Words(
          "\(text) isn't a range of \(finding.name.english). \(vocabulary.expected(of: finding).english)",
          "Το \(text) δεν είναι εύρος για το εύρημα «\(finding.name.greek)». \(vocabulary.expected(of: finding).greek)"))
    }
    return Interval(lower: low, upper: high)
  }

  /// The answer as JSON, one line.
  public func answer(_ guideline: Guideline, line: Int, _ language: Language, _ form: AnswerForm) -> JSON {
    let key = id.map { JSON.Field("id", $0) } ?? JSON.Field("line", .integer(line))
    var advice: [JSON] = []
    if errors.isEmpty {
      let evaluation = guideline.evaluate(guideline.inference.known(stated))
      for rule in form.rules where form.tells(evaluation[rule].status) { advice.append(form.json(evaluation[rule], guideline)) }
    }
    var fields = [key, .init("advice", .array(advice)), .init("errors", .array(errors.map { $0.json(language) }))]
    let notices = errors.isEmpty ? notices(guideline, language) : []
    if !notices.isEmpty { fields.append(.init("notices", .array(notices))) }
    return .object(fields)
  }

  /// What is stated and read as something else.
  func notices(_ guideline: Guideline, _ language: Language) -> [JSON] {
    guideline.inference.readings(stated).map { .fields([("code", .string($0.code)), ("message", .string($0.text[language]))]) }
  }
}

extension PatientLine {
  /// Reads a line of any length.
  init(line bytes: UnsafeBufferPointer<UInt8>, _ guideline: Guideline, _ options: TableOptions) {
    if bytes.count > Eval.longestLine { self.init(tooLong: Eval.longestLine) } else { self.init(bytes, guideline, options) }
  }

  /// A line that was too long to be read.
  private init(tooLong limit: Int) {
    errors = [
      Diagnostic("input.too-long", Words("The line has more than \(limit) bytes.", "Η γραμμή ξεπερνά τα \(limit) byte."))
    ]
  }
}
