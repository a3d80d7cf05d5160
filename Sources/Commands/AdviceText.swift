import Counsel
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

/// Words for advice that several commands share.
public struct AdviceText: Sendable {
  let guideline: Guideline
  let language: Language

  public init(guideline: Guideline, language: Language) {
    self.guideline = guideline
    self.language = language
  }

  init(_ guideline: Guideline, _ language: Language) {
    self.guideline = guideline
    self.language = language
  }

  init(_ invocation: Invocation) { self.init(invocation.guideline, invocation.language) }

  var vocabulary: Vocabulary { guideline.vocabulary }

  func words(_ words: Words) -> String { words[language] }

  /// A finding's value in words, with what a derived one comes from.
  func value(_ finding: Int, _ possible: Possible) -> String { words(vocabulary.describe(finding, possible)) }

  /// One test in words: `insulinoma`, `size above 2 cm`.
  func test(_ test: Test) -> String { words(vocabulary.describe(test.finding, test.allowed)) }

  /// A whole condition in words.
  public func condition(_ condition: Condition) -> String {
    switch condition {
    case .always: return words(Words("always", "πάντα"))
    case .test(let test): return self.test(test)
    case .defined(let finding, _): return words(vocabulary.findings[finding].name)
    case .not(.test(let test)):
      if case .values(let mask) = test.allowed {
        return self.test(Test(finding: test.finding, allowed: .values(vocabulary.findings[test.finding].allValues & ~mask)))
      }
      return words(Words("not ", "όχι ")) + self.test(test)
    case .not(let inner): return words(Words("not ", "όχι ")) + "(" + self.condition(inner) + ")"
    case .all(let parts): return parts.map { inner($0) }.joined(separator: words(Words(" and ", " και ")))
    case .any(let parts): return parts.map { inner($0) }.joined(separator: words(Words(" or ", " ή ")))
    case .atLeast(let count, let parts):
      let list = parts.map { self.condition($0) }.joined(separator: ", ")
      return words(Words("at least \(count) of: \(list)", "τουλάχιστον \(count) από: \(list)"))
    }
  }

  private func inner(_ condition: Condition) -> String {
    switch condition {
    case .all, .any: "(" + self.condition(condition) + ")"
    default: self.condition(condition)
    }
  }

  /// A part of a condition that is still open; of an or what is open of it.
  func openPart(_ condition: Condition, _ known: Known) -> String {
    guard case .any(let parts) = condition else { return inner(condition) }
    return parts.filter { known.truth($0) == .unknown }.map(inner).joined(separator: words(Words(" or ", " ή ")))
  }

  /// The parts of a rule's condition that are still open, in words: what it waits for.
  func open(_ rule: Rule, _ known: Known) -> [String] {
    var parts: [String] = []
    func visit(_ condition: Condition) {
      guard known.truth(condition) == .unknown else { return }
      if case .all(let inner) = condition {
        inner.forEach(visit)
      } else if case .any(let inner) = condition {
        let open = inner.filter { known.truth($0) == .unknown }
        parts.append(open.map(self.inner).joined(separator: words(Words(" or ", " ή "))))
      } else {
        parts.append(self.inner(condition))
      }
    }
    visit(rule.when)
    for when in guideline.exceptions[rule.index] where known.truth(when) == .unknown {
      func visitNegated(_ condition: Condition) {
        switch condition {
        case .all(let inner):
          let open = inner.filter { known.truth($0) == .unknown }
          if open.count == 1 { return visitNegated(open[0]) }
          parts.append(words(Words("not ", "όχι ")) + "(" + open.map(self.inner).joined(separator: words(Words(" and ", " και "))) + ")")
        default: parts.append(self.condition(.not(condition)))
        }
      }
      visitNegated(when)
    }
    var seen = Set<String>()
    return parts.filter { seen.insert($0).inserted }
  }

  /// `if found at surgery and …`
  func conditionally(_ rule: Rule, _ known: Known) -> String {
    let parts = open(rule, known)
    guard !parts.isEmpty else { return "" }
    return words(Words("if ", "αν ")) + parts.joined(separator: words(Words(" and ", " και ")))
  }

  /// The paragraphs of rules, each once.
  func citation(_ rules: [Rule]) -> Text {
    var seen = Set<String>()
    return .citations(rules.flatMap(\.paragraphs).filter { seen.insert($0).inserted })
  }

  /// A paragraph with its chapter beside it: `P002 Surgery of the primary tumour`.
  func legend(_ paragraphs: [String]) -> Text {
    var seen = Set<String>()
    var titles: [(title: String, paragraphs: [String])] = []
    for paragraph in paragraphs.sorted() where seen.insert(paragraph).inserted {
      guard let title = guideline.title(ofParagraph: paragraph, language) else { continue }
      if let last = titles.indices.last, titles[last].title == title {
        titles[last].paragraphs.append(paragraph)
      } else {
        titles.append((title, [paragraph]))
      }
    }
    return titles.map { Text.citations($0.paragraphs) + " " + $0.title }.joined(separator: " · ")
  }

  /// Level and grade as the text gives them, or that it gives none.
  func strength(_ rule: Rule) -> String {
    if let level = rule.level, let grade = rule.grade {
      return words(Words("level \(level), grade \(grade)", "επίπεδο απόδειξης \(level), βαθμός σύστασης \(grade)"))
    }
    return words(
      Words("no level or grade in the text", "χωρίς επίπεδο απόδειξης ή βαθμό σύστασης στο κείμενο"))
  }

  /// The stance in words, with what it depends on: `recommended if found at surgery`.
  func standing(_ rule: Rule, _ evaluated: RuleEvaluation, _ known: Known) -> Text {
    let said = rule.stance?.word(language) ?? Text(words(Words("remark", "παρατήρηση")))
    switch evaluated.status {
    case .applies: return said
    case .depends:
      let condition = conditionally(rule, known)
      if condition.isEmpty { return said + words(Words(", depends", ", εξαρτάται")) }
      return said + " " + condition
    case .absent:
      if evaluated.isDone { return Text(words(Words("already carried out", "έχει ήδη γίνει"))) }
      return Text(words(Words("does not apply", "δεν ισχύει")))
    }
  }

  /// That the text doesn't say whether advice holds for what can't be resected.
  static let notSaid = Words(
    "the text doesn't say whether this holds for what can't be resected", "το κείμενο δεν λέει αν ισχύει και σε ανεγχείρητη νόσο")

  /// What must be chosen for a companion to matter: `if enucleation is chosen`.
  func ifChosen(_ evaluated: RuleEvaluation) -> String {
    guard !evaluated.ifChosen.isEmpty else { return "" }
    let names = Words.joined(evaluated.ifChosen.compactMap { vocabulary.therapy(id: $0)?.name }, by: ", ")
    return words(Words("if \(names.english) is chosen", "αν επιλεγεί: \(names.greek)"))
  }

  /// Marks that a reader must see: background, or an erratum's weaker reading.
  func marks(_ rule: Rule) -> Text {
    var parts: [Text] = []
    if rule.isBackground { parts.append(Words("background", "εκτός κειμένου").text(language)) }
    if let reading = rule.reading.map(Text.citation) {
      parts.append(Words(text: "weaker reading of \(reading)", "ηπιότερη ανάγνωση του \(reading)").text(language))
    }
    return parts.joined(separator: " · ")
  }

  func findingNames(_ findings: [Int]) -> String {
    findings.map { words(vocabulary.findings[$0].name) }.joined(separator: ", ")
  }

  /// A rule's evaluated with its place in the whole answer.
  func json(_ rule: Int, _ counsel: Counsel, _ recommendation: Recommendation) -> JSON {
    guard case .object(let fields) = json(counsel.evaluation[rule]) else { return .null }
    return .object(
      fields + [
        .init("rank", recommendation.rank(of: rule).map { .integer($0) } ?? .null),
        .init("tier", recommendation.tier(of: rule).map { .string($0.rawValue) } ?? .null),
      ])
  }

  /// A rule's evaluated as JSON: the contract of `islet eval`, with the title.
  func json(_ evaluated: RuleEvaluation, titled: Bool = true) -> JSON {
    guideline.json(evaluated, title: titled ? guideline.rules[evaluated.rule].title[language] : nil)
  }
}

/// Finds the rules that a user names: by number in the last list, by id, fact, title or therapy.
struct AdviceReference {
  /// The rules meant, in the order of the text.
  let rules: [Rule]
  /// How a recording writes it.
  let canonical: String
  /// The therapy named, when it was one.
  let therapy: Therapy?

  static func read(_ invocation: Invocation) throws(Diagnostic) -> AdviceReference {
    guard invocation.hasArgument else { throw invocation.incomplete }
    let guideline = invocation.guideline
    let tokens = invocation.tokens[invocation.first...]
    let text = invocation.argument
    if tokens.count == 1, let token = tokens.first, token.kind == .number, let number = Int(token.text) {
      guard number >= 1, number <= invocation.state.listed.count,
        let rule = guideline.rule(id: invocation.state.listed[number - 1])
      else {
        throw Diagnostic(
          "advice.number",
          Words("There is no advice \(number) in the last list.", "Δεν υπάρχει σύσταση με αριθμό \(number) στον τελευταίο κατάλογο."),
          help: [Words("Type recommend for a list.", "Γράψτε σύσταση για κατάλογο.")], source: invocation.line, span: token.span
        ).because(.listNumber)
      }
      return AdviceReference(rules: [rule], canonical: rule.id, therapy: nil)
    }
    if let rule = guideline.rule(id: text) { return AdviceReference(rules: [rule], canonical: rule.id, therapy: nil) }
    let key = invocation.argumentKey
    let byFact = guideline.rules.filter { rule in rule.facts.contains { FoldedKey($0) == key } }
    if !byFact.isEmpty { return AdviceReference(rules: byFact, canonical: text.uppercased(), therapy: nil) }
    let titled = guideline.rules.filter { FoldedKey($0.title.english) == key || FoldedKey($0.title.greek) == key }
    let therapy = try Naming.known(text, key, invocation.vocabulary)
    if !titled.isEmpty { return AdviceReference(rules: titled, canonical: titled[0].id, therapy: therapy) }
    if let therapy { return AdviceReference(rules: rules(on: therapy, invocation), canonical: therapy.id, therapy: therapy) }
    throw unknown(text, invocation.foldedArgument, invocation)
  }

  /// The rules on a therapy or a group above it; where there are none, on its members.
  static func rules(on therapy: Therapy, _ invocation: Invocation) -> [Rule] {
    let near = Set([therapy.id] + invocation.vocabulary.groups(above: therapy.id))
    let rules = invocation.guideline.rules.filter { $0.subjects.contains(where: near.contains) }
    if !rules.isEmpty { return rules }
    let members = Set(invocation.vocabulary.members(of: therapy.id))
    return invocation.guideline.rules.filter { $0.subjects.contains(where: members.contains) }
  }

  private static func unknown(_ text: String, _ key: String, _ invocation: Invocation) -> Diagnostic {
    var help = Naming.nearTherapies(key, invocation.vocabulary)
    help.append(
      Words(
        "Name a therapy (enucleation), a number of the last list, a rule or a fact (F012).",
        "Γράψτε μια θεραπεία (εκπυρήνιση), έναν αριθμό του τελευταίου καταλόγου, έναν κανόνα ή ένα στοιχείο (F012)."))
    return Diagnostic(
      "advice.unknown",
      Words("islet doesn't recognise “\(text)” as advice or a therapy.", "Το islet δεν γνωρίζει σύσταση ή θεραπεία «\(text)»."),
      help: help, source: invocation.line,
      span: invocation.tokens[invocation.first].span.lowerBound..<invocation.tokens[invocation.tokens.count - 1].span.upperBound)
  }
}

extension Invocation {
  /// The patient in use, or an error that says how to make one.
  func requirePatient() throws(Diagnostic) -> Patient {
    guard let patient = state.patient else {
      throw Diagnostic(
        "patient.none", Words("There is no patient yet.", "Δεν υπάρχει ακόμη ασθενής."),
        help: [
          Words(
            text: "Describe a hypothetical one: \(Text.command("patient 54F, insulinoma, 14 mm in the tail", "patient"))",
            "Περιγράψτε έναν υποθετικό: \(Text.command("ασθενής γυναίκα 54 ετών, ινσουλίνωμα, 14 mm στην ουρά", "patient"))")
        ]
      ).because(.noPatient)
    }
    return patient
  }
}

extension Stance {
  /// Its sign alone, its word alone, and both: a page shows both of each.
  func sign(_ language: Language) -> Text { Text(sign, kind(language)) }
  func word(_ language: Language) -> Text { Text(said[language], kind(language)) }
  func badge(_ language: Language) -> Text { Text(sign + " " + said[language], kind(language)) }

  private func kind(_ language: Language) -> Text.Kind { .stance(id: rawValue, sign: sign, word: said[language]) }
}
