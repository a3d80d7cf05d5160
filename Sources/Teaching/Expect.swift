import Counsel
import Grammar
import Guideline
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let expect = Command(
    "expect", greek: "ανάμενε", aliases: ["αναμένεται"], kind: .question, role: .consults, group: .teaching,
    takes: [.value("recommend includes|excludes ADVICE", "σύσταση περιλαμβάνει|αποκλείει ΣΥΣΤΑΣΗ")],
    or: [[.value("error CODE : COMMAND", "σφάλμα ΚΩΔΙΚΟΣ : ΕΝΤΟΛΗ")], [.value("FINDINGS", "ΕΥΡΗΜΑΤΑ")]],
    summary: Words("state what must hold here; a script stops where it doesn't", "δηλώνει τι πρέπει να ισχύει εδώ· αλλιώς το αρχείο σταματά"),
    details: [
      Words(
        "ADVICE is a rule's id, a fact or a therapy; a therapy is included when advice in favour of it applies, or waits only for the operation. The command after error must fail with that code; it changes nothing.",
        "ΣΥΣΤΑΣΗ είναι ένας κανόνας, ένα στοιχείο ή μια θεραπεία· μια θεραπεία περιλαμβάνεται όταν ισχύει σύσταση υπέρ της, ή περιμένει μόνο την επέμβαση. Η εντολή μετά το σφάλμα πρέπει να αποτύχει με αυτόν τον κωδικό· δεν αλλάζει τίποτα."
      )
    ],
    examples: [
      Example(
        Words("expect recommend includes enucleation", "ανάμενε σύσταση περιλαμβάνει εκπυρήνιση"),
        Words("advice that must be there", "σύσταση που πρέπει να υπάρχει"), gives: Words("It holds.", "Ισχύει."),
        after: "patient 54F, insulinoma 14 mm in the tail, clearly localised, near the surface"),
      Example(
        Words("expect error number.out-of-range : set size 900 mm", "ανάμενε σφάλμα number.out-of-range : όρισε μέγεθος 900 mm"),
        Words("a command that must fail", "εντολή που πρέπει να αποτύχει"), gives: Words("It holds.", "Ισχύει."),
        after: "patient 54F, insulinoma"),
      Example(
        Words("expect syndrome is insulinoma and size < 2 cm", "ανάμενε ινσουλίνωμα και μέγεθος < 2 cm"),
        Words("findings that must hold", "ευρήματα που πρέπει να ισχύουν"), gives: Words("It holds.", "Ισχύει."),
        after: "patient 54F, insulinoma 14 mm"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let reader = ExpectReader(invocation: invocation)
    let (holds, canonical, found) = try reader.read()
    guard holds else { throw reader.unmet(found) }
    let text = Words("It holds.", "Ισχύει.")[invocation.language]
    return Outcome(
      .state(invocation.state), Report(data: [("expect", .string(canonical)), ("holds", .bool(true))], blocks: [.paragraph(text)]),
      canonical: "expect " + canonical)
  }
}

private struct ExpectReader {
  let invocation: Invocation

  private var argument: String { invocation.argument.dropTrailingSpaces }
  private var words: [String] { argument.split(separator: " ").map(String.init) }

  /// The verb behind recommend, folded, and whether the advice must be there.
  private static let verbs = ["includes": true, "περιλαμβανει": true, "excludes": false, "αποκλειει": false]

  /// Whether it holds, its canonical form, and what was found instead.
  func read() throws(Diagnostic) -> (holds: Bool, canonical: String, found: Words) {
    switch words.first.map(Folding.key) {
    case "error", "σφαλμα": return try error()
    case "recommend", "συσταση": return try advice()
    default: return try findings()
    }
  }

  private func error() throws(Diagnostic) -> (Bool, String, Words) {
    guard words.count >= 3, let colon = argument.firstIndex(of: ":") else { throw invocation.incomplete }
    let code = words[1].last == ":" ? String(words[1].dropLast()) : words[1]
    let line = String(argument[argument.index(after: colon)...].drop { $0 == " " })
    guard invocation.world.commands.command(in: line)?.id != "expect" else { throw invocation.incomplete }
    var ahead = invocation.session
    let answer = ahead.run(line)
    let codes = answer.report.errors.map(\.code)
    let found =
      codes.isEmpty
      ? Words("The command was accepted.", "Η εντολή έγινε δεκτή.")
      : Words("It failed with \(codes.joined(separator: " ")).", "Απέτυχε με \(codes.joined(separator: " ")).")
    return (codes.contains(code), "error \(code) : \(line)", found)
  }

  private func advice() throws(Diagnostic) -> (Bool, String, Words) {
    guard words.count >= 3, let includes = Self.verbs[Folding.key(words[1])] else { throw invocation.incomplete }
    guard let patient = invocation.state.patient else {
      throw Diagnostic(
        "patient.none", Words("No patient is in use.", "Δεν υπάρχει τρέχων ασθενής."), help: [Words("Type: patient FINDINGS", "Γράψτε: ασθενής ΕΥΡΗΜΑΤΑ")])
    }
    let guideline = invocation.guideline
    let name = words[2...].joined(separator: " ")
    let counsel = Counsel(guideline, patient)
    let isIn: Bool
    let canonical: String
    var found: Words
    let rules = guideline.rule(id: name).map { [$0] } ?? guideline.rules.filter { !$0.isRemark && $0.facts.contains(name) }
    if !rules.isEmpty {
      let status = rules.map { counsel.status($0.index) }
      isIn = status.contains(.applies)
      canonical = name
      found = Words("It is: \(status.map(\.rawValue).joined(separator: ", ")).", "Είναι: \(status.map(\.rawValue).joined(separator: ", ")).")
    } else if let therapy = invocation.vocabulary.therapies(named: FoldedKey(name)).first {
      let standing = counsel.standing(of: therapy.id)
      isIn = standing.lead.map { counsel.stands($0) && guideline.rules[$0].stance?.isPositive ?? false } ?? false
      canonical = therapy.id
      let rule = standing.lead.map { guideline.rules[$0] }
      found = Words(
        "The text leads with: \(rule?.title.english ?? "nothing").", "Προηγείται στο κείμενο: \(rule?.title.greek ?? "τίποτε").")
    } else {
      throw Diagnostic(
        "expect.advice", Words("“\(name)” names no rule, fact or therapy.", "Το «\(name)» δεν είναι κανόνας, στοιχείο ή θεραπεία."),
        help: [Words("recommend --format json names the rules.", "Τους κανόνες δείχνει η εντολή σύσταση με --format json.")], source: invocation.line,
        span: invocation.argumentSpan)
    }
    return (includes == isIn, "recommend \(includes ? "includes" : "excludes") \(canonical)", found)
  }

  private func findings() throws(Diagnostic) -> (Bool, String, Words) {
    let condition = try ConditionReader.condition(argument, invocation.vocabulary)
    guard let patient = invocation.state.patient else { throw invocation.incomplete }
    let truth = invocation.guideline.inference.known(patient).truth(condition)
    return (truth == .yes, Printer.condition(condition, invocation.vocabulary), Words("It is: \(truth.word).", "Είναι: \(truth.word)."))
  }

  func unmet(_ found: Words) -> Diagnostic {
    Diagnostic(
      "expect.unmet", Words("What was expected doesn't hold.", "Δεν ισχύει αυτό που αναμενόταν."), help: [found], source: invocation.line,
      span: invocation.argumentSpan)
  }
}

extension Diagnostic {
  /// Whether it says that an expectation isn't met.
  var isUnmet: Bool { code == "expect.unmet" }
}
