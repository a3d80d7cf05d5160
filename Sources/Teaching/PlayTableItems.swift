import Grammar
import Guideline
import Measures
import Patients
import Reports
import Vocabulary
import Wording

/// A question as an item of a table: every reply that it may get, graded.
struct ItemTable {
  /// Findings offered for an answer in one's own words.
  static let phrases = 8
  /// Choices of which every order is worked out.
  static let ordered = 5
  /// Stands for how sure one is of the first choice, the next number for the second: no share is so large.
  static let share = 1_000

  let question: Question
  let guideline: Guideline
  let language: Language
  /// What the learner knows.
  let patient: Patient?
  /// What was typed in answer in the paths.
  let said: [String]

  private var grader: ItemGrader { ItemGrader(question: question, guideline: guideline, language: language) }
  private var vocabulary: Vocabulary { guideline.vocabulary }

  /// A reply by its key: the places of the choices in their order, or the name of a number.
  func replies() -> [(key: String, graded: GradedReply, given: [String])] {
    func graded(_ key: String, _ reply: Reply) -> (key: String, graded: GradedReply, given: [String]) {
      (key, grader.graded(reply, patient: patient), reply.given)
    }
    func named(_ places: [Int]) -> Reply { Reply(choices: places.map { question.choices[$0].id }) }
    let all = Array(question.choices.indices)
    switch question.kind {
    case .single, .concordance: return all.map { graded("\($0)", named([$0])) }
    case .several, .features:
      var most = all.count
      if case .features(let bound) = question.kind { most = bound }
      return Self.subsets(all.count).filter { $0.count <= most }.map { graded(Self.key($0), named($0)) }
    case .ordering: return Self.orders(all, whole: true).map { graded(Self.key($0), named($0)) }
    case .ranked:
      return Self.orders(all, whole: false).map { places in
        var reply = named(places)
        reply.sure = places.indices.map { Self.share + $0 }
        return graded(Self.key(places), reply)
      }
    case .number(let value, let tolerance, let unit, _):
      // A number outside of all that is named is as wrong as any other.
      let outside = [value.plus(tolerance)?.plus(.one)].compactMap { $0 } + slips.compactMap { $0.plus(.one) }
      let other = outside.first { !question.accepts($0) && !slips.contains($0) }
      return [graded("right", Reply(number: value, unit: unit))]
        + slips.enumerated().map { graded("slip\($0.offset)", Reply(number: $0.element, unit: unit)) }
        + [other].compactMap { $0.map { graded("other", Reply(number: $0, unit: unit)) } }
    case .text, .problem:
      let phrases = phrases
      return Self.subsets(phrases.count).map { places in
        graded(Self.key(places), Reply(words: places.map { phrases[$0].words }.joined(separator: ", ")))
      }
    case .command: return []
    }
  }

  static func key(_ places: [Int]) -> String { places.map(String.init).joined(separator: ",") }

  /// The sets of so many, none aside, each in order.
  private static func subsets(_ count: Int) -> [[Int]] {
    (1..<(1 << count)).map { mask in (0..<count).filter { mask & 1 << $0 != 0 } }
  }

  /// The orders of some: of all of them, or also of a part.
  private static func orders(_ places: [Int], whole: Bool) -> [[Int]] {
    guard places.count <= ordered else { return [] }
    func after(_ begun: [Int]) -> [[Int]] {
      let longer = places.filter { !begun.contains($0) }.flatMap { after(begun + [$0]) }
      return begun.isEmpty || (whole && begun.count < places.count) ? longer : [begun] + longer
    }
    return after([])
  }

  // MARK: Numbers

  private var slips: [Exact] {
    question.slips.compactMap { question.value($0.text.english, vocabulary) }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The question's unit, and where the unit is asked the others of its kind, each with the ranges that lead to a reply.
  var numbers: [PlayTable.Numbers] {
    guard case .number(let value, let tolerance, let unit, let isUnitAsked) = question.kind else { return [] }
    let low = Exact(millionths: value.millionths - tolerance.millionths)
    let high = Exact(millionths: value.millionths + tolerance.millionths)
    let names = Unit.allCases.map(\.rawValue) + DoseUnit.allCases.map(\.rawValue) + TimeUnit.allCases.map(\.rawValue)
    let others = isUnitAsked ? names.filter { $0 != unit && !$0.isEmpty } : []
    let text = QuestionText(question: question, language: language)
    var found: [PlayTable.Numbers] = []
    for name in [unit] + others where !found.contains(where: { $0.unit == name }) {
      func turned(_ value: Exact) -> Exact? { name == unit ? value : ReplyReader.converted(value, unit, to: name) }
      guard let low = turned(low), let high = turned(high) else { continue }
      let wrong = slips.enumerated().compactMap { place, slip in
        turned(slip).map { PlayTable.Numbers.Range(low: $0.millionths, high: $0.millionths, reply: "slip\(place)") }
      }
      found.append(
        PlayTable.Numbers(
          unit: name, name: text.name(name),
          ranges: [PlayTable.Numbers.Range(low: low.millionths, high: high.millionths, reply: "right")] + wrong))
    }
    // By size, so that the question's own unit isn't given away by standing first.
    return found.sorted { ($0.ranges[0].low, $0.unit) < ($1.ranges[0].low, $1.unit) }
  }

  // MARK: Words

  struct Phrase {
    let finding: Int
    let possible: Possible?
    /// As it is shown, and as the reader of findings reads it.
    let label: String
    let words: String
  }

  /// The findings that the author's and the paths' sentences name, and some of the patient's: what an answer is put together of.
  var phrases: [Phrase] {
    let texts = [question.model?[language]].compactMap { $0 } + question.slips.map { $0.text[language] } + said
    var found: [Phrase] = []
    func add(_ finding: Int, _ possible: Possible?) {
      guard found.count < Self.phrases, !found.contains(where: { $0.finding == finding && $0.possible == possible }) else { return }
      let label = vocabulary.describe(finding, possible)[language]
      for words in [label, Printer.statement(finding, possible, vocabulary)] where Self.read(words, vocabulary) == [Said(finding, possible)] {
        found.append(Phrase(finding: finding, possible: possible, label: label, words: words))
        return
      }
    }
    for text in texts { for said in Self.read(text, vocabulary) { add(said.finding, said.possible) } }
    for finding in patient?.statedFindings ?? [] where !found.contains(where: { $0.finding == finding }) {
      add(finding, patient?.stated[finding])
    }
    return found.sorted { ($0.finding, $0.label) < ($1.finding, $1.label) }
  }

  struct Said: Hashable {
    let finding: Int
    let possible: Possible?

    init(_ finding: Int, _ possible: Possible?) {
      self.finding = finding
      self.possible = possible
    }
  }

  static func read(_ text: String, _ vocabulary: Vocabulary) -> [Said] {
    ((try? PhraseReader.read(vocabulary, ReplyReader.unquoted(text), isProse: true))?.statements ?? []).map { Said($0.finding, $0.possible) }
  }
}
