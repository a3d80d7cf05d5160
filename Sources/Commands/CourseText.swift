import Grammar
import Guideline
import Measures
import Patients
import Reports
import Vocabulary
import Wording

/// Words for a patient's time: dates, windows, injections, cycles, yearly falls.
struct CourseText {
  let text: AdviceText
  let patient: Patient

  private var language: Language { text.language }
  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  /// `day 28, 2012-01-29`.
  func date(_ day: Int) -> String { say("day \(day), \(patient.date(of: day))", "ημέρα \(day), \(patient.date(of: day))") }

  private func name(_ therapy: String) -> String { text.vocabulary.therapy(id: therapy)?.name[language] ?? therapy }

  /// What a window is of, and from when to when.
  func row(_ window: Window) -> Row {
    let span = "\(patient.date(of: window.from)) – \(patient.date(of: window.to))"
    let title: String
    switch window.kind {
    case .cycle: title = say("next cycle, as the text has it: ", "επόμενος κύκλος, κατά το κείμενο: ") + window.words[language]
    case .onset, .lasts: title = window.words[language]
    }
    return Row(title, detail: span, citation: Text.citations(window.paragraphs))
  }

  func json(_ window: Window) -> JSON {
    .fields([
      ("kind", .string(window.kind.rawValue)), ("therapy", .string(window.therapy)), ("entry", .string(window.entry)),
      ("given", .integer(window.given)), ("from", .integer(window.from)), ("to", .integer(window.to)),
    ])
  }

  func json(_ schedule: InjectionSchedule) -> JSON {
    .fields([
      ("therapy", .string(schedule.regimen.therapy)), ("last", .integer(schedule.last)), ("next", .integer(schedule.next)),
      ("missed", .array(schedule.missed.map { .integer($0) })),
    ])
  }

  /// Cycles of a radionuclide so far, with their activity in all.
  func cumulative(_ therapy: Therapy) -> Row? {
    guard therapy.kind == .radionuclide else { return nil }
    var amounts: [DoseAmount] = []
    var cycles = 0
    for event in patient.events {
      if case .given(let regimen) = event.kind, regimen.therapy == therapy.id {
        cycles += 1
        if let amount = regimen.dose.amount { amounts.append(amount) }
      }
    }
    guard cycles > 0 else { return nil }
    var detail = ""
    if amounts.count == cycles, let first = amounts.first, amounts.allSatisfy({ $0.unit == first.unit }) {
      var sum = Exact.zero
      for amount in amounts { sum = sum.plus(amount.value) ?? sum }
      if let total = DoseAmount(sum, first.unit) { detail = say("in all \(total.written.english)", "συνολικά \(total.written.greek)") }
    }
    let name = therapy.name[language]
    return Row(say("\(name): cycle \(cycles)", "\(name): κύκλος \(cycles)"), detail: detail)
  }

  /// A yearly fall carried forward from a stated baseline, as the figure of the text's group.
  func rows(_ fall: YearlyFall, years: [Int], condition: Condition?) -> [Row] {
    let vocabulary = text.vocabulary
    let finding = vocabulary.findings[fall.finding]
    var rows = [
      Row(
        fall.words[language], detail: condition.map { say("if ", "αν ") + text.condition($0) } ?? "",
        citation: Text.citations(fall.paragraphs))
    ]
    guard case .numbers(let interval)? = patient.stated[fall.finding], let baseline = interval.single else {
      rows.append(
        Row(
          say("state \(finding.name.english) for the group's figure", "δηλώστε \(finding.name.greek) για το μέγεθος της ομάδας"),
          level: 1))
      return rows
    }
    let figures = years.map { year in
      let span = TimeSpan(year, .year)?.written ?? Words(same: "")
      let value = finding.unit.written(fall.projected(baseline, years: year))
      return say("after \(span.english) \(value)", "μετά από \(span.greek) \(value)")
    }
    rows.append(
      Row(
        say(
          "from \(finding.unit.written(baseline)) the group's figure gives: ", "από \(finding.unit.written(baseline)) το μέγεθος της ομάδας δίνει: ")
          + figures.joined(separator: ", "),
        detail: say("a group's figure, not a forecast", "μέγεθος ομάδας, όχι πρόβλεψη"), level: 1))
    return rows
  }

  /// An event in words.
  func words(_ event: Event) throws(Diagnostic) -> String {
    let vocabulary = text.vocabulary
    let before = try text.guideline.fromBefore(patient)
    func changes() -> String {
      (event.changes.map { change in
        let said = vocabulary.describe(change.finding, change.possible)[language]
        guard let act = before[change.finding], patient.stated[change.finding] == change.possible, act.day >= event.day else { return said }
        return said + " (" + act.words(vocabulary)[language] + ")"
      } + event.notes.map { "“\($0.text)”" }).joined(separator: " · ")
    }
    switch event.kind {
    case .learnt: return say("learnt: ", "ευρήματα: ") + changes()
    case .ordered(let id): return say("ordered: ", "ζητήθηκε: ") + (try vocabulary.tests.id(id)?.name[language] ?? name(id))
    case .arranged(let id): return say("arranged: ", "οργανώθηκε: ") + name(id)
    case .given(let regimen):
      let dose = regimen.dose.isEmpty ? "" : " " + regimen.dose.written[language]
      return say("given: ", "χορηγήθηκε: ") + name(regimen.therapy) + dose
        + (regimen.isDeviation ? say(" (deviation)", " (απόκλιση)") : "")
    case .performed(let id): return say("performed: ", "έγινε: ") + name(id)
    case .stopped(let id): return say("stopped: ", "διακόπηκε: ") + name(id)
    case .passed(let to):
      let days = to - event.day
      return Words(days, one: Words("1 day passes", "περνά 1 ημέρα"), several: Words("\(days) days pass", "περνούν \(days) ημέρες"))[language]
    case .lapsed: return say("too old to rely on: ", "πολύ παλιό για να ισχύει: ") + changes()
    }
  }
}

extension ChangingAct {
  /// `from before enucleation`, `from before octreotide LAR was stopped`.
  func words(_ vocabulary: Vocabulary) -> Words {
    let name = vocabulary.therapy(id: therapy)?.name ?? Words(same: therapy)
    return act == .stop
      ? Words("from before \(name.english) was stopped", "πριν από τη διακοπή: \(name.greek)") : Words("from before \(name.english)", "πριν από: \(name.greek)")
  }

  var json: JSON { .fields([("act", .string(act.rawValue)), ("therapy", .string(therapy)), ("day", .integer(day))]) }
}

extension [Int: ChangingAct] {
  /// Findings with the act before which they were stated; nil when there is none.
  func json(_ vocabulary: Vocabulary) -> JSON? {
    isEmpty ? nil : .object(sorted { $0.key < $1.key }.map { .init(vocabulary.findings[$0.key].id, $0.value.json) })
  }
}
