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
    takes: CohortRequest.parameters,
    summary: Words(
      "count advice across hypothetical patients drawn from a seed", "καταμέτρηση συστάσεων σε υποθετικούς ασθενείς που παράγονται τυχαία, με σπόρο"),
    details: [
      Words(
        "The shares are invented for teaching, not epidemiology. islet cohort reads patients from a file instead.",
        "Οι κατανομές είναι επινοημένες για διδασκαλία, όχι επιδημιολογία. Το islet cohort διαβάζει ασθενείς από αρχείο.")
    ],
    examples: [
      Example(
        Words("cohort n 1000 seed 7", "πληθυσμός n 1000 σπόρος 7"), Words("which advice applies how often", "ποιες συστάσεις ισχύουν και πόσο συχνά"),
        gives: Words("1000 hypothetical patients", "1000 υποθετικοί ασθενείς")),
      Example(
        Words("cohort n 1000 seed 7 by stage", "πληθυσμός n 1000 σπόρος 7 ανά στάδιο"),
        Words("the same for each stage", "το ίδιο για κάθε στάδιο"), gives: Words("localised", "εντοπισμένη")),
      Example(
        Words("cohort n 1000 seed 7 cross syndrome, men1", "πληθυσμός n 1000 σπόρος 7 διασταύρωση σύνδρομο, MEN1"),
        Words("patients by two findings", "ασθενείς κατά δύο ευρήματα"), gives: Words("insulinoma", "ινσουλίνωμα")),
      Example(
        Words("cohort n 1000 seed 7 what if SSTR2 negative", "πληθυσμός n 1000 σπόρος 7 τι αν SSTR2 αρνητικό"),
        Words("how many gain and lose advice", "πόσοι αποκτούν και πόσοι χάνουν συστάσεις"),
        gives: Words("1000 hypothetical patients", "1000 υποθετικοί ασθενείς")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let request = try CohortRequest(invocation.options, invocation.vocabulary)
    let guideline = invocation.guideline
    let drawn = DrawnCohort(guideline, try .embedded(guideline), count: request.count, seed: request.seed)
    let study = CohortStudy(guideline, request.question)
    let counts = study.count(drawn)
    let report = CohortReport(guideline, request.question, study, counts, invocation.language).report(
      origin: [
        CohortReport.hypothetical(request.count, seed: request.seed), CohortReport.invented,
      ], data: [("n", .integer(request.count)), ("seed", .number(String(request.seed))), ("invented", .bool(true))])
    return Outcome(.state(invocation.state), report, canonical: invocation.written("", request.written(guideline.vocabulary)))
  }
}

/// What a `cohort` line asks for.
public struct CohortRequest {
  public static let by = Parameter.keyword("by", "ανά", Words("FINDING", "ΕΥΡΗΜΑ"), .findingNames)
  public static let cross = Parameter.keyword("cross", "διασταύρωση", Words("FINDING, FINDING", "ΕΥΡΗΜΑ, ΕΥΡΗΜΑ"), .findingNames)
  public static let whatIf = Parameter.keyword("what if", "τι αν", Words("FINDINGS", "ΕΥΡΗΜΑΤΑ"), .findings, takesRest: true)

  static let parameters: [Parameter] = [.size, .seed, by, cross, whatIf]

  /// How many patients are drawn, by which seed.
  public private(set) var count = 1_000
  public private(set) var seed: UInt64 = 1
  public private(set) var question = CohortQuestion()
  private var statements: [Statement] = []

  /// Reads the options of a line, or those of the program's command line.
  public init(_ options: [String: GivenOption], _ vocabulary: Vocabulary) throws(Diagnostic) {
    if let size = options[Parameter.size.id] { count = try Self.number(size, 1...DrawnCohort.largest) }
    if let given = options[Parameter.seed.id] { seed = UInt64(try Self.number(given, 0...Int.max)) }
    if let by = options[Self.by.id] { question.by = try Self.findings(by, 1, vocabulary)[0] }
    if let crossing = options[Self.cross.id] {
      let both = try Self.findings(crossing, 2, vocabulary)
      question.crossing = (both[0], both[1])
    }
    if let change = options[Self.whatIf.id] {
      var reader = PhraseReader(vocabulary, change.line, tokens: change.tokens)
      statements = try reader.statements()
      question.whatIf = statements.map { ($0.finding, $0.possible) }
    }
  }

  private static func number(_ option: GivenOption, _ range: ClosedRange<Int>) throws(Diagnostic) -> Int {
    guard let number = option.number, range.contains(number) else {
      let words =
        range.upperBound == Int.max
        ? Words("A seed is a whole number.", "Ο σπόρος είναι ακέραιος αριθμός.")
        : Words("A cohort has 1 to \(range.upperBound) patients.", "Ένας πληθυσμός έχει 1 έως \(range.upperBound) ασθενείς.")
      throw Diagnostic("cohort.number", words, source: option.line, span: option.valueSpan)
    }
    return number
  }

  private static func findings(_ option: GivenOption, _ count: Int, _ vocabulary: Vocabulary) throws(Diagnostic) -> [Int] {
    var reader = PhraseReader(vocabulary, option.line, tokens: option.tokens)
    let names = try reader.findingNames()
    guard names.count == count else {
      throw Diagnostic(
        "cohort.findings",
        count == 1
          ? Words("by takes one finding.", "Το «ανά» δέχεται ένα εύρημα.") : Words("cross takes two findings.", "Η «διασταύρωση» δέχεται δύο ευρήματα."),
        help: [Words("For example: by stage; cross syndrome, men1", "Η μορφή τους: ανά στάδιο· διασταύρωση σύνδρομο, MEN1")],
        source: option.line, span: option.valueSpan)
    }
    return names.map(\.finding)
  }

  /// The options in canonical form.
  func written(_ vocabulary: Vocabulary) -> [String: String] {
    var written = [Parameter.size.id: "\(count)", Parameter.seed.id: "\(seed)"]
    if let by = question.by { written[Self.by.id] = vocabulary.findings[by].id }
    if let axes = question.crossing { written[Self.cross.id] = "\(vocabulary.findings[axes.rows].id), \(vocabulary.findings[axes.columns].id)" }
    if !statements.isEmpty { written[Self.whatIf.id] = Printer.statements(statements, vocabulary) }
    return written
  }
}

extension Parameter {
  /// How many patients are drawn.
  public static let size = keyword("n", "n", aliases: ["ν"], Words("NUMBER", "ΑΡΙΘΜΟΣ"), mayLackWords: true)
  /// By which seed they are drawn.
  public static let seed = keyword("seed", "σπόρος", aliases: ["σπόρο"], Words("NUMBER", "ΑΡΙΘΜΟΣ"))
}
