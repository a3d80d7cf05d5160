import Commands
import Grammar
import Guideline
import Measures
import Patients
import Reports
import Vocabulary
import Wording

/// How sure a learner was of something, and whether it turned out so.
public struct Forecast: Sendable, Hashable {
  /// Hundredths.
  public let sure: Int
  public let isTrue: Bool
}

/// An answer with its credit and what is said to it.
struct GradedReply {
  let credit: Credit
  var feedback: [Words] = []
  /// The answer held against the author's, line by line.
  var rows: [Row] = []
  /// What is said below the rows.
  var notices: [Text] = []
  var forecasts: [Forecast] = []
  var data: [(String, JSON?)] = []
}

extension GradedReply {
  /// What is said to the answer at once.
  func blocks(_ question: Question, _ language: Language) -> [Block] {
    var verdict = credit.verdict.name[language]
    if credit.verdict == .partly, !rows.isEmpty { verdict += " (\(credit.percent)%)" }
    var blocks: [Block] = [.paragraph(([Text(verdict)] + feedback.map { $0.cited(language) }).joined(separator: " · "))]
    if !rows.isEmpty { blocks.append(.rows(rows)) }
    return blocks + notices.map { .notice($0) }
  }
}

extension Credit {
  var verdict: Verdict { Verdict(self) }
  /// `0.5`.
  var text: String { "\(Exact(millionths: Int64(millionths)))" }
}

/// Grades answers by what the file says: nothing is judged by hand.
struct ItemGrader {
  let question: Question
  let guideline: Guideline
  let language: Language

  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  private var vocabulary: Vocabulary { guideline.vocabulary }

  /// `patient` is what the learner knows: a problem in one line may not contradict it.
  func graded(_ reply: Reply, patient: Patient?) -> GradedReply {
    switch question.kind {
    case .single: return single(reply)
    case .several: return several(reply)
    case .features: return features(reply)
    case .concordance: return concordance(reply)
    case .ordering: return ordering(reply)
    case .ranked: return ranked(reply)
    case .number: return number(reply)
    case .command: return GradedReply(credit: Credit.none)
    case .text: return words(reply, patient: nil)
    case .problem: return words(reply, patient: patient)
    }
  }

  private func chosen(_ reply: Reply) -> [Question.Choice] { reply.choices.compactMap { id in question.choices.first { $0.id == id } } }

  private func single(_ reply: Reply) -> GradedReply {
    let choice = chosen(reply).first
    var graded = GradedReply(credit: (choice?.verdict ?? .wrong).credit, feedback: [choice?.feedback].compactMap { $0 })
    if let sure = reply.sure.first { graded.forecasts = [Forecast(sure: sure, isTrue: choice?.verdict == .right)] }
    return graded
  }

  private func several(_ reply: Reply) -> GradedReply {
    let chosen = question.choices.filter { reply.choices.contains($0.id) }
    let right = question.choices.count { $0.verdict == .right }
    let hits = chosen.count { $0.verdict == .right }
    let isWrong = chosen.contains { $0.verdict == .wrong }
    let verdict: Verdict = hits == right && !isWrong ? .right : hits > 0 && !isWrong ? .partly : .wrong
    return GradedReply(credit: verdict.credit, feedback: chosen.compactMap(\.feedback))
  }

  /// Each right one is worth the same; a wrong one takes one right one away.
  private func features(_ reply: Reply) -> GradedReply {
    let right = question.choices.filter { $0.verdict == .right }
    let hits = chosen(reply).count { $0.verdict == .right }
    let misses = reply.choices.count - hits
    var graded = GradedReply(credit: Credit(hits - misses, of: right.count))
    for choice in question.choices {
      let isNamed = reply.choices.contains(choice.id)
      guard isNamed || choice.verdict == .right else { continue }
      let said =
        choice.verdict == .right
        ? isNamed ? say("decisive", "κρίσιμο") : say("decisive, not named", "κρίσιμο, δεν αναφέρθηκε")
        : say("not decisive here: cancels a right one", "δεν κρίνει κάτι εδώ: αφαιρεί ένα")
      let feedback = choice.feedback?.cited(language)
      graded.rows.append(
        Row(
          choice.text.cited(language), mark: choice.verdict == .right ? isNamed ? "✓" : "–" : "✗",
          detail: Text.joined([said, feedback ?? Text()])))
    }
    return graded
  }

  /// The votes of the choice over the most that one got.
  private func concordance(_ reply: Reply) -> GradedReply {
    let all = question.choices.reduce(0) { $0 + $1.weight }
    let votes = chosen(reply).first?.weight ?? 0
    var graded = GradedReply(credit: Credit(votes, of: question.choices.map(\.weight).max() ?? 1))
    graded.rows = question.choices.map { choice in
      Row(
        choice.text.cited(language), mark: reply.choices.contains(choice.id) ? "▸" : "·",
        detail: Text.joined([say("\(choice.weight) of \(all)", "\(choice.weight) από \(all)"), choice.feedback?.cited(language) ?? Text()]))
    }
    if let panel = question.panel { graded.notices.append(panel.cited(language)) }
    return graded
  }

  /// Pairs in the right order less pairs in the wrong one, over all pairs that have an order (Kendall's tau, never below 0).
  private func agreement(_ ranks: [(mine: Int, theirs: Int)]) -> (net: Int, pairs: Int) {
    var net = 0
    var pairs = 0
    for (place, a) in ranks.enumerated() {
      for b in ranks.dropFirst(place + 1) where a.theirs != b.theirs {
        pairs += 1
        net += ((a.mine - b.mine) * (a.theirs - b.theirs)).signum()
      }
    }
    return (max(0, net), pairs)
  }

  private func ordering(_ reply: Reply) -> GradedReply {
    let ranks = question.choices.map { choice in (mine: reply.choices.firstIndex(of: choice.id) ?? reply.choices.count, theirs: choice.weight) }
    let (net, pairs) = agreement(ranks)
    var graded = GradedReply(credit: Credit(net, of: pairs))
    let order = question.choices.enumerated().sorted { ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset) }.map(\.element)
    graded.rows = order.map { choice in
      let mine = (reply.choices.firstIndex(of: choice.id) ?? 0) + 1
      return Row(
        choice.text.cited(language), number: choice.weight,
        detail: Text.joined([say("you: \(mine)", "εσείς: \(mine)"), choice.feedback?.cited(language) ?? Text()]))
    }
    return graded
  }

  /// Half for the expert's first in the first place, half for how the order agrees; what wasn't named comes last.
  private func ranked(_ reply: Reply) -> GradedReply {
    let top = question.choices.map(\.weight).max() ?? 0
    let isFirst = chosen(reply).first?.weight == top
    let ranks = question.choices.map { choice in (mine: reply.choices.firstIndex(of: choice.id) ?? reply.choices.count, theirs: -choice.weight) }
    let (net, pairs) = agreement(ranks)
    var graded = GradedReply(credit: Credit((isFirst ? pairs : 0) + net, of: pairs * 2))
    let order = question.choices.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }.map(\.element)
    graded.rows = order.map { choice in
      let mine = reply.choices.firstIndex(of: choice.id).map { "\(reply.sure[$0])%" } ?? "–"
      return Row(
        choice.text.cited(language),
        detail: Text.joined([
          say("you \(mine), an expert \(choice.weight)%", "εσείς \(mine), ειδικός \(choice.weight)%"), choice.feedback?.cited(language) ?? Text(),
        ]))
    }
    graded.notices.append(Text(say("The expert's shares are the author's.", "Τα ποσοστά του ειδικού είναι του συγγραφέα.")))
    if let moved = question.moved { graded.notices.append(say("What moved the expert: ", "Τι επηρέασε τον ειδικό: ") + moved.cited(language)) }
    graded.forecasts = question.choices.compactMap { choice in
      let place = reply.choices.firstIndex(of: choice.id)
      guard place != nil || choice.verdict == .right else { return nil }
      return Forecast(sure: place.map { reply.sure[$0] } ?? 0, isTrue: choice.verdict == .right)
    }
    graded.data = [("sure", .array(reply.sure.map { .integer($0) }))]
    return graded
  }

  private func number(_ reply: Reply) -> GradedReply {
    guard let value = reply.number else { return GradedReply(credit: Credit.none) }
    if question.accepts(value) { return GradedReply(credit: Credit.full, feedback: [question.feedback].compactMap { $0 }) }
    let slip = question.slips.first { question.value($0.text.english, vocabulary) == value }
    return GradedReply(credit: Credit.none, feedback: [slip?.feedback ?? question.otherwise ?? question.feedback].compactMap { $0 })
  }

  // MARK: Words

  /// What was named of what is sought, less what harms and what contradicts the patient.
  private func words(_ reply: Reply, patient: Patient?) -> GradedReply {
    guard let read = try? PhraseReader.read(vocabulary, reply.words, isProse: true) else { return GradedReply(credit: Credit.none) }
    var told = Patient(name: "")
    for statement in read.statements { told = told.setting(statement.finding, to: statement.possible) }
    let known = guideline.inference.known(told)
    let advice = AdviceText(guideline: guideline, language: language)
    var rows: [Row] = []
    var earned = 0
    var missed: [String] = []
    var named: [String] = []
    func row(_ sought: Question.Sought, _ mark: String, _ said: String) {
      rows.append(
        Row(advice.condition(sought.condition), mark: mark, detail: Text.joined([said, sought.feedback?.cited(language) ?? Text()])))
    }
    for sought in question.sought {
      let isMet = known.truth(sought.condition) == .yes
      let id = Printer.condition(sought.condition, vocabulary)
      switch (sought.isHarmful, isMet) {
      case (false, true):
        earned += 1
        named.append(id)
        row(sought, "✓", "")
      case (false, false):
        missed.append(id)
        row(sought, "–", say("not named", "δεν αναφέρθηκε"))
      case (true, true):
        earned -= 1
        row(sought, "✗", say("cancels a right one", "αφαιρεί ένα"))
      case (true, false): break
      }
    }
    var contradicted: [String] = []
    for statement in read.statements {
      guard let was = patient?.stated[statement.finding], let now = statement.possible, was.intersection(now).isEmpty else { continue }
      earned -= 1
      contradicted.append(Printer.statement(statement.finding, statement.possible, vocabulary))
      let truth = vocabulary.describe(statement.finding, was)[language]
      rows.append(
        Row(
          vocabulary.describe(statement.finding, statement.possible)[language], mark: "✗",
          detail: say("contradicts the patient (\(truth)): cancels a right one", "δεν ταιριάζει στον ασθενή (\(truth)): αφαιρεί ένα")))
    }
    var graded = GradedReply(credit: Credit(earned, of: question.sought.count { !$0.isHarmful }), rows: rows)
    let readAs = read.statements.map { vocabulary.describe($0.finding, $0.possible)[language] }.joined(separator: " · ")
    graded.notices.append(
      Text(readAs.isEmpty ? say("Nothing was read as a finding.", "Τίποτε δεν διαβάστηκε ως εύρημα.") : say("Read as: ", "Διαβάστηκε ως: ") + readAs))
    let left = read.notes.map(\.note.text) + read.questions.map { String(decoding: Array(reply.words.utf8)[$0.span], as: UTF8.self) }
    if !left.isEmpty { graded.notices.append(Text(say("Not counted: ", "Δεν μέτρησαν: ") + left.joined(separator: " · "))) }
    if let slip = question.slips.first(where: { $0.text[language] == reply.words }), let feedback = slip.feedback { graded.feedback = [feedback] }
    if let model = question.model, graded.credit != .full { graded.notices.append(say("For example: ", "Για παράδειγμα: ") + model.cited(language)) }
    graded.data = [
      ("named", .strings(named)), ("missed", .strings(missed)), ("contradicted", contradicted.isEmpty ? nil : .strings(contradicted)),
      ("read", .strings(read.statements.map { Printer.statement($0.finding, $0.possible, vocabulary) })),
    ]
    return graded
  }
}
