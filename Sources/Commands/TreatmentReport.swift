import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension TreatmentStep {
  /// What was done, how the guideline judges it, and what it changes.
  func report(_ invocation: Invocation) throws(Diagnostic) -> Report {
    let text = AdviceText(invocation)
    let language = text.language
    let vocabulary = text.vocabulary
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }
    let time = CourseText(text: text, patient: after)
    let event = after.events.last
    var blocks: [Block] = [
      .paragraph("\(after.name)   \(time.date(after.day))   " + (try event.map { (event) throws(Diagnostic) in try time.words(event) } ?? ""))
    ]
    for notice in notices { blocks.append(.notice(notice.text.text(language))) }
    for notice in before.populationNotices(invocation.vocabulary) { blocks.append(.notice(notice[language])) }
    let advice = act == .stop ? nil : try TherapyAdvice(text, self)
    if let advice { blocks += try advice.blocks }
    var rows: [Row] = []
    for effect in effects {
      let marks = effect.isBackground ? [say("background", "εκτός κειμένου")] : []
      for change in effect.sets {
        let was = before.stated[change.finding]
        guard was != change.possible else { continue }
        let detail =
          [effect.words[language]] + marks
          + [was.map { say("was: ", "πριν: ") + vocabulary.describe(change.finding, $0)[language] } ?? ""]
        let shown = vocabulary.describe(change.finding, change.possible)[language]
        rows.append(
          Row(shown, detail: detail.filter { !$0.isEmpty && $0 != shown }.joined(separator: " · ")))
      }
      if !effect.silent.isEmpty {
        rows.append(Row(text.findingNames(effect.silent), mark: "–", detail: effect.words[language]))
      }
    }
    let earlier = try text.guideline.fromBefore(after).filter { $0.value.day == after.day && $0.value.therapy == therapy.id && $0.value.act == act }
    if !earlier.isEmpty {
      rows.append(
        Row(
          say("from before: ", "από πριν: ") + text.findingNames(earlier.keys.sorted()), mark: "~",
          detail: say("may have changed; stays as stated", "ίσως άλλαξε· μένει όπως δηλώθηκε")))
    }
    if !rows.isEmpty { blocks += [.heading(say("Changes", "Αλλάζει")), .rows(rows)] }
    var data: [(String, JSON?)] = [
      ("act", .string(act.rawValue)), ("therapy", .string(therapy.id)), ("day", .integer(after.day)),
      ("regimen", regimen?.json), ("dose_rule", verdict?.rule.map { .string($0.id) }),
      ("daily_total", verdict?.total.map { .fields([("amount", .exact($0.value)), ("unit", .string($0.unit.rawValue))]) }),
      ("notices", .strings(notices.map(\.code))), ("noted", noted.isEmpty ? nil : .array(noted.map(\.json))),
    ]
    if let advice { data += advice.json }
    data.append(("sets", .strings(changes.map { Printer.statement($0.finding, $0.possible, vocabulary) })))
    data.append(("from_before", earlier.json(vocabulary)))
    data.append(("silent", .strings(effects.flatMap(\.silent).map { vocabulary.findings[$0].id })))
    return Report(data: data, blocks: blocks)
  }

  /// The outcome of the command: the patient changed, the report, the canonical line.
  func outcome(_ invocation: Invocation) throws(Diagnostic) -> Outcome {
    var state = invocation.state
    state.replace(after)
    return Outcome(.state(state), try report(invocation), canonical: canonical)
  }
}
