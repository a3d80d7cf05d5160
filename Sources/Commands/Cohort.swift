import Cohorts
import Grammar
import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let cohort = Command(
    "cohort", greek: "πληθυσμός", aliases: ["κοόρτη"], kind: .question, role: .free, group: .asking,
    form: CohortRequest.form,
    summary: Words("count advice over hypothetical patients drawn by a seed", "καταμέτρηση συστάσεων σε υποθετικούς ασθενείς που αντλούνται με σπόρο"),
    details: [
      Words(
        "The shares are invented for teaching, not epidemiology. islet cohort reads patients from a file instead.",
        "Οι κατανομές είναι επινοημένες για διδασκαλία, όχι επιδημιολογία. Το islet cohort διαβάζει ασθενείς από αρχείο.")
    ],
    examples: [
      Example(
        Words("cohort n 1000 seed 7", "πληθυσμός n 1000 σπόρος 7"), Words("which advice applies how often", "ποιες συστάσεις ισχύουν και πόσο συχνά")),
      Example(
        Words("cohort n 1000 seed 7 by stage", "πληθυσμός n 1000 σπόρος 7 ανά στάδιο"),
        Words("the same for each stage", "το ίδιο για κάθε στάδιο")),
      Example(
        Words("cohort n 1000 seed 7 cross syndrome, men1", "πληθυσμός n 1000 σπόρος 7 διασταύρωση σύνδρομο, MEN1"),
        Words("patients by two findings", "ασθενείς κατά δύο ευρήματα")),
      Example(
        Words("cohort n 1000 seed 7 what if SSTR2 negative", "πληθυσμός n 1000 σπόρος 7 τι αν SSTR2 αρνητικό"),
        Words("how many gain and lose advice", "πόσοι αποκτούν και πόσοι χάνουν συστάσεις")),
    ], completes: .findings
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let request = try CohortRequest(invocation)
    let guideline = invocation.guideline
    let drawn = DrawnCohort(guideline, try .embedded(guideline), count: request.count, seed: request.seed)
    let study = CohortStudy(guideline, request.question)
    let counts = study.count(drawn)
    let report = CohortReport(guideline, request.question, study, counts, invocation.language).report(
      origin: [
        Words("\(request.count) hypothetical patients, seed \(request.seed)", "\(request.count) υποθετικοί ασθενείς, σπόρος \(request.seed)"),
        CohortReport.invented,
      ], data: [("n", .integer(request.count)), ("seed", .number(String(request.seed))), ("invented", .bool(true))])
    return Outcome(.state(invocation.state), report, canonical: request.canonical(guideline.vocabulary))
  }
}

/// What a `cohort` line asks for.
public struct CohortRequest {
  static let form = Words(
    "cohort [n NUMBER] [seed NUMBER] [by FINDING] [cross FINDING, FINDING] [what if FINDINGS]",
    "πληθυσμός [n ΑΡΙΘΜΟΣ] [σπόρος ΑΡΙΘΜΟΣ] [ανά ΕΥΡΗΜΑ] [διασταύρωση ΕΥΡΗΜΑ, ΕΥΡΗΜΑ] [τι αν ΕΥΡΗΜΑΤΑ]")

  private enum Part { case size, seed, by, crossing, whatIf }

  /// How many patients are drawn, by which seed.
  public private(set) var count = 1_000
  public private(set) var seed: UInt64 = 1
  public private(set) var question = CohortQuestion()
  private var statements: [Statement] = []
  private let line: String
  private let vocabulary: Vocabulary

  init(_ invocation: Invocation) throws(Diagnostic) {
    try self.init(invocation.line, invocation.tokens, from: invocation.first, invocation.vocabulary)
  }

  /// Reads what stands behind the command's name: `n 1000 seed 7 by stage`.
  public init(_ text: String, _ vocabulary: Vocabulary) throws(Diagnostic) {
    let plain = try Input.plain(text)
    do throws(Diagnostic) {
      try self.init(plain, try Lexer.tokens(plain), from: 0, vocabulary)
    } catch {
      throw error.on(plain)
    }
  }

  private init(_ line: String, _ tokens: [Token], from first: Int, _ vocabulary: Vocabulary) throws(Diagnostic) {
    self.line = line
    self.vocabulary = vocabulary
    var next = first
    while next < tokens.count {
      guard let (part, length) = Self.keyword(tokens, next) else {
        if next == first, tokens[next].kind == .number {
          count = try number(tokens[next], 1...DrawnCohort.largest)
          next += 1
          continue
        }
        throw unread(tokens[next])
      }
      let start = next + length
      var end = start
      while end < tokens.count, part == .whatIf || Self.keyword(tokens, end) == nil { end += 1 }
      guard end > start else { throw unread(tokens[start - 1]) }
      let words = Array(tokens[start..<end])
      next = end
      switch part {
      case .size, .seed:
        guard words.count == 1 else { throw unread(words[1]) }
        if part == .size { count = try number(words[0], 1...DrawnCohort.largest) } else { seed = UInt64(try number(words[0], 0...Int.max)) }
      case .by: question.by = try findings(words, 1)[0]
      case .crossing:
        let both = try findings(words, 2)
        question.crossing = (both[0], both[1])
      case .whatIf:
        var reader = PhraseReader(vocabulary, line, tokens: words)
        statements = try reader.statements()
        question.whatIf = statements.map { ($0.finding, $0.possible) }
      }
    }
  }

  private static func keyword(_ tokens: [Token], _ place: Int) -> (part: Part, length: Int)? {
    guard tokens[place].kind == .word else { return nil }
    switch tokens[place].folded {
    case "n": return (.size, 1)
    case "seed", Folding.key("σπόρος"): return (.seed, 1)
    case "by", Folding.key("ανά"): return (.by, 1)
    case "cross", Folding.key("διασταύρωση"): return (.crossing, 1)
    case "what", Folding.key("τι"):
      guard place + 1 < tokens.count, ["if", Folding.key("αν")].contains(tokens[place + 1].folded) else { return nil }
      return (.whatIf, 2)
    default: return nil
    }
  }

  private func unread(_ token: Token) -> Diagnostic {
    Diagnostic(
      "cohort.unread",
      Words("“\(token.text)” has no meaning here, or something is missing behind it.", "Το «\(token.text)» δεν έχει νόημα εδώ, ή κάτι λείπει μετά από αυτό."),
      help: [Words("Its form: \(Self.form.english)", "Η μορφή της: \(Self.form.greek)")], source: line,
      span: token.span)
  }

  private func number(_ token: Token, _ range: ClosedRange<Int>) throws(Diagnostic) -> Int {
    guard token.kind == .number, let number = Int(token.text), range.contains(number) else {
      let words =
        range.upperBound == Int.max
        ? Words("A seed is a whole number.", "Ο σπόρος είναι ακέραιος αριθμός.")
        : Words("A cohort has 1 to \(range.upperBound) patients.", "Ένας πληθυσμός έχει 1 έως \(range.upperBound) ασθενείς.")
      throw Diagnostic("cohort.number", words, source: line, span: token.span)
    }
    return number
  }

  private func findings(_ tokens: [Token], _ count: Int) throws(Diagnostic) -> [Int] {
    var reader = PhraseReader(vocabulary, line, tokens: tokens)
    let names = try reader.findingNames()
    guard names.count == count else {
      throw Diagnostic(
        "cohort.findings",
        count == 1
          ? Words("by takes one finding.", "Το «ανά» δέχεται ένα εύρημα.") : Words("cross takes two findings.", "Η «διασταύρωση» δέχεται δύο ευρήματα."),
        help: [Words("Their form: by stage; cross syndrome, men1", "Η μορφή τους: ανά στάδιο· διασταύρωση σύνδρομο, MEN1")], source: line,
        span: tokens[0].span.lowerBound..<tokens[tokens.count - 1].span.upperBound)
    }
    return names.map(\.finding)
  }

  func canonical(_ vocabulary: Vocabulary) -> String {
    var words = "cohort n \(count) seed \(seed)"
    if let by = question.by { words += " by \(vocabulary.findings[by].id)" }
    if let axes = question.crossing { words += " cross \(vocabulary.findings[axes.rows].id), \(vocabulary.findings[axes.columns].id)" }
    if !statements.isEmpty { words += " what if " + Printer.statements(statements, vocabulary) }
    return words
  }
}
