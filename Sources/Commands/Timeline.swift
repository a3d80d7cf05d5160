import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let timeline = Command(
    "timeline", greek: "χρονολόγιο", aliases: ["πορεία"], kind: .question, role: .free, group: .treating,
    summary: Words("the patient's course: what happened when, and what is due", "η πορεία του ασθενούς: τι έγινε και πότε, και τι εκκρεμεί"),
    examples: [
      Example(
        Words("timeline", "χρονολόγιο"), Words("the log by its dates", "το ιστορικό με τις ημερομηνίες"), gives: Words("octreotide LAR", "οκτρεοτίδη LAR"),
        after: "patient 61M, gastrinoma; give octreotide LAR 20 mg every 4 weeks; advance 3 months")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    let text = AdviceText(invocation)
    let view = TimelineView(text: text, patient: patient, windows: try invocation.guideline.windows(of: patient))
    return Outcome(.state(invocation.state), Report(data: try view.data, blocks: try view.blocks), canonical: "timeline")
  }
}

/// A patient's log as rows by date, with the windows the text expects and what falls due.
struct TimelineView {
  let text: AdviceText
  let patient: Patient
  let windows: [Window]

  private var language: Language { text.language }
  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  private func mark(_ event: Event) -> String {
    switch event.kind {
    case .given, .performed: "●"
    case .stopped: "■"
    case .ordered, .arranged: "○"
    case .learnt: "+"
    case .passed: "│"
    case .lapsed: "−"
    }
  }

  var blocks: [Block] {
    get throws(Diagnostic) { try written() }
  }

  private func written() throws(Diagnostic) -> [Block] {
    let time = CourseText(text: text, patient: patient)
    var blocks: [Block] = [.paragraph("\(patient.name)   " + say("from \(patient.start) to ", "από \(patient.start) έως ") + time.date(patient.day))]
    var rows: [Row] = []
    var last = -1
    for event in patient.events {
      if case .passed = event.kind { continue }
      if event.day != last { rows.append(Row("\(patient.date(of: event.day))   " + say("day \(event.day)", "ημέρα \(event.day)"))) }
      last = event.day
      rows.append(Row(try time.words(event), mark: mark(event), level: 1))
    }
    if last != patient.day {
      rows.append(Row("\(patient.today)   " + say("day \(patient.day) · today", "ημέρα \(patient.day) · σήμερα")))
    }
    if patient.events.isEmpty {
      blocks.append(.notice(say("Nothing is recorded yet.", "Δεν έχει καταγραφεί τίποτα ακόμη.")))
    } else {
      blocks += [.rows(rows), .figure(try figure)]
    }
    let open = windows.filter { $0.to >= patient.day }
    if !open.isEmpty { blocks += [.heading(say("The text expects", "Το κείμενο αναμένει")), .rows(open.map(time.row))] }
    var due: [Row] = []
    for schedule in text.guideline.injections(patient) {
      let name = text.vocabulary.therapy(id: schedule.regimen.therapy)?.name[language] ?? schedule.regimen.therapy
      let missed = schedule.missed.count
      due.append(
        Row(
          name + " " + schedule.regimen.dose.written[language],
          detail: say("next due ", "επόμενη χορήγηση ") + time.date(schedule.next)
            + (missed == 0 ? "" : say(" · \(missed) due and not recorded", " · \(missed) δεν καταγράφηκαν"))))
    }
    if !due.isEmpty { blocks += [.heading(say("Injections", "Ενέσεις")), .rows(due)] }
    let cycles = text.vocabulary.therapies.filter { patient.given.contains($0.id) }.compactMap(time.cumulative)
    if !cycles.isEmpty { blocks += [.heading(say("Cycles", "Κύκλοι")), .rows(cycles)] }
    return blocks
  }

  var data: [(String, JSON?)] {
    get throws(Diagnostic) { data(figure: patient.events.isEmpty ? nil : try figure, before: try text.guideline.fromBefore(patient)) }
  }

  private func data(figure: Figure?, before: [Int: ChangingAct]) -> [(String, JSON?)] {
    let time = CourseText(text: text, patient: patient)
    return [
      ("log", patient.log(text.vocabulary)), ("from_before", before.json(text.vocabulary)), ("windows", .array(windows.map(time.json))),
      ("due", .array(text.guideline.injections(patient).map(time.json))),
      (
        "missed",
        .object(
          patient.given.sorted().compactMap { therapy in
            let days = text.guideline.missedDays(of: therapy, patient)
            return days.isEmpty ? nil : .init(therapy, .array(days.map { .integer($0) }))
          })
      ),
      ("figure", figure?.meaning),
      ("on", .array(patient.current.values.sorted { $0.therapy < $1.therapy }.map(\.json))),
    ]
  }
}
