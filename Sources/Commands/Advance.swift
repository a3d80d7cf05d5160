import Grammar
import Guideline
import Measures
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let advance = Command(
    "advance", greek: "προχώρα", aliases: ["προχώρησε"], kind: .change, role: .deed, group: .treating,
    takes: [.value("DURATION [as planned]", "ΔΙΑΣΤΗΜΑ [κατά το πρόγραμμα]")],
    or: [[.value("to next injection", "στην επόμενη ένεση")]],
    summary: Words("let the patient's time pass", "να περάσει χρόνος για τον ασθενή"),
    details: [
      Words(
        "Whole days; a week is 7 days, months and years follow the calendar. As planned records each injection on its day. It says what falls due, what the text expects in that time, and which findings are too old to rely on. Outcomes are never made up.",
        "Ακέραιες ημέρες· η εβδομάδα είναι 7 ημέρες, οι μήνες και τα έτη ακολουθούν το ημερολόγιο. Με το «κατά το πρόγραμμα» κάθε ένεση καταγράφεται στην ημέρα της. Λέει τι πρέπει να χορηγηθεί, τι αναμένει το κείμενο σε αυτό το διάστημα και ποια ευρήματα είναι πια παλιά. Καμία έκβαση δεν επινοείται."
      )
    ],
    examples: [
      Example(
        Words("advance 3 months", "προχώρα 3 μήνες"), Words("what was due", "τι έπρεπε να χορηγηθεί"), gives: Words(same: "91"),
        after: "patient 61M, gastrinoma; give octreotide LAR 20 mg every 4 weeks"),
      Example(
        Words("advance 6 months as planned", "προχώρα 6 μήνες κατά το πρόγραμμα"),
        Words("each injection is given on its day", "κάθε ένεση δίνεται στην ημέρα της"), gives: Words(same: "182"),
        after: "patient 61M, gastrinoma; give octreotide LAR 20 mg every 4 weeks"),
      Example(
        Words("advance to next injection", "προχώρα στην επόμενη ένεση"), Words("up to the day it is due", "ως την ημέρα της"), gives: Words(same: "28"),
        after: "patient 61M, gastrinoma; give octreotide LAR 20 mg every 4 weeks"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    try patient.checkRoom()
    let guideline = invocation.guideline
    var reader = TreatmentReader(
      invocation.vocabulary, try invocation.vocabulary.doseWords, invocation.line, tokens: invocation.tokens, from: invocation.first)
    let target: Int
    var monthsFrom: Int?
    let canonical: String
    if reader.isNextInjection {
      let next = guideline.injections(patient).map { $0.next > patient.day ? $0.next : $0.afterNext(patient) }.min()
      guard let next else {
        throw Diagnostic(
          "time.no-injection",
          Words("No injection is due: no drug is given at intervals.", "Δεν εκκρεμεί ένεση: κανένα φάρμακο δεν δίνεται ανά διαστήματα."),
          help: [
            Words(
              "Give one with its interval first: give octreotide LAR 20 mg every 4 weeks",
              "Δώστε πρώτα ένα με το μεσοδιάστημά του: δώσε οκτρεοτίδη LAR 20 mg κάθε 4 εβδομάδες")
          ], source: invocation.line)
      }
      target = next
      canonical = "advance to next injection"
    } else {
      let spans = try reader.spans()
      guard !spans.isEmpty else { throw invocation.incomplete }
      (target, monthsFrom) = patient.day(after: spans)
      canonical = "advance " + spans.map(\.written.english).joined(separator: " ") + (reader.isPlanned ? " as planned" : "")
    }
    guard target > patient.day else {
      throw Diagnostic(
        "time.bounds", Words("Time passes in whole days, at least one.", "Ο χρόνος περνά σε ακέραιες ημέρες, τουλάχιστον μία."),
        help: [
          Words(
            text: "Type, for example: \(Text.command("advance 1 day", "advance"))", "Γράψτε, για παράδειγμα: \(Text.command("προχώρα 1 ημέρα", "advance"))")
        ], source: invocation.line)
    }
    guard target <= LogBounds.days else {
      throw Diagnostic(
        "time.bounds",
        Words("A patient's time is limited to 100 years from day 0.", "Η πορεία ενός ασθενούς φτάνει έως 100 έτη από την ημέρα 0."),
        help: [Words("Give a shorter time.", "Δώστε μικρότερο διάστημα.")], source: invocation.line)
    }
    let passage = try Passage(
      AdviceText(invocation), from: patient, to: target, monthsFrom: monthsFrom, as: reader.isPlanned ? .planned : .unrecorded)
    var state = invocation.state
    state.replace(passage.after)
    return Outcome(.state(state), try passage.report, canonical: canonical)
  }
}

extension InjectionSchedule {
  /// The due day after the next one.
  func afterNext(_ patient: Patient) -> Int { patient.day(of: patient.date(of: next).after(interval)) }
}

/// Time that passes: what falls due, which windows it meets, which findings grow too old.
struct Passage {
  let text: AdviceText
  let before: Patient
  let after: Patient
  private let lapsed: [(ageing: Ageing, day: Int)]
  /// Injections recorded on the way, by therapy and day.
  private let given: [(therapy: String, day: Int)]

  /// How injections that fall due are taken.
  enum Manner { case planned, unrecorded }

  init(
    _ text: AdviceText, from patient: Patient, to target: Int, monthsFrom: Int?, as manner: Manner
  ) throws(Diagnostic) {
    self.text = text
    before = patient
    var after = patient
    var given: [(therapy: String, day: Int)] = []
    while manner == .planned, let due = text.guideline.injections(after).filter({ $0.next <= target }).min(by: { $0.next < $1.next }) {
      try after.checkRoom()
      if due.next > after.day { after = after.recording(.passed(to: due.next), monthsFrom: monthsFrom) }
      after = after.recording(.given(due.regimen))
      given.append((due.regimen.therapy, due.next))
    }
    self.given = given
    try after.checkRoom()
    if after.day < target { after = after.recording(.passed(to: target), monthsFrom: monthsFrom) }
    var lapsed: [(ageing: Ageing, day: Int)] = []
    for ageing in try text.guideline.course.ageings {
      guard let span = ageing.after, let learnt = patient.dayLearnt(ageing.finding) else { continue }
      let day = patient.day(of: patient.date(of: learnt).after(span))
      if day <= target {
        lapsed.append((ageing, day))
        after = after.recording(.lapsed, changes: [Change(finding: ageing.finding, possible: nil)])
      }
    }
    self.lapsed = lapsed
    self.after = after
  }

  private var language: Language { text.language }
  private func say(_ english: String, _ greek: String) -> String { Words(english, greek)[language] }

  /// The windows that meet the time passed.
  private func windows() throws(Diagnostic) -> [Window] {
    try text.guideline.windows(of: after).filter { $0.from <= after.day && $0.to > before.day }
  }

  private var schedules: [InjectionSchedule] { text.guideline.injections(after) }

  /// Whole years since a therapy with a yearly fall was first given, completed in the time passed.
  private func falls() throws(Diagnostic) -> [(fall: YearlyFall, years: [Int])] {
    let known = text.guideline.inference.known(after)
    var found: [(fall: YearlyFall, years: [Int])] = []
    for therapy in before.given.sorted() {
      guard let first = before.days(of: therapy).first else { continue }
      for fall in try text.guideline.yearlyFalls(therapy) where known.truth(fall.when) != .no {
        let years = (1...100).filter { year in
          guard let span = TimeSpan(year, .year) else { return false }
          let day = before.day(of: before.date(of: first).after(span))
          return day > before.day && day <= after.day
        }
        if !years.isEmpty { found.append((fall, years)) }
      }
    }
    return found
  }

  var report: Report {
    get throws(Diagnostic) { report(windows: try windows(), falls: try falls()) }
  }

  private func report(windows: [Window], falls: [(fall: YearlyFall, years: [Int])]) -> Report {
    let time = CourseText(text: text, patient: after)
    let days = after.day - before.day
    var blocks: [Block] = [
      .paragraph(
        "\(after.name)   " + time.date(after.day)
          + say("   \(days) \(days == 1 ? "day" : "days") later", "   \(days) \(days == 1 ? "ημέρα" : "ημέρες") αργότερα"))
    ]
    var due: [Row] = []
    for therapy in Set(given.map(\.therapy)).sorted() {
      let count = given.filter { $0.therapy == therapy }.count
      let name = text.vocabulary.therapy(id: therapy)?.name[language] ?? therapy
      due.append(Row(say("\(name): \(count) given as planned", "\(name): \(count) κατά το πρόγραμμα"), mark: "✓"))
    }
    for schedule in schedules {
      let name = text.vocabulary.therapy(id: schedule.regimen.therapy)?.name[language] ?? schedule.regimen.therapy
      if !schedule.missed.isEmpty {
        let dates = schedule.missed.suffix(4).map { "\(after.date(of: $0))" }.joined(separator: ", ")
        let more = schedule.missed.count > 4 ? "… " : ""
        due.append(
          Row(
            say(
              "\(name): \(schedule.missed.count) due and not recorded as given", "\(name): \(schedule.missed.count) που έπρεπε να δοθούν και δεν καταγράφηκαν"),
            mark: "✗", detail: more + dates))
      }
      due.append(
        Row(
          name + " " + schedule.regimen.dose.written[language], mark: schedule.next == after.day ? "→" : "·",
          detail: schedule.next == after.day ? say("due today", "χορήγηση σήμερα") : say("next due ", "επόμενη χορήγηση ") + time.date(schedule.next)))
    }
    if !due.isEmpty { blocks += [.heading(say("Injections", "Ενέσεις")), .rows(due)] }
    let expected = windows.map(time.row)
    if !expected.isEmpty { blocks += [.heading(say("The text expects in this time", "Το κείμενο αναμένει σε αυτό το διάστημα")), .rows(expected)] }
    let falling = falls.flatMap { time.rows($0.fall, years: Array($0.years.suffix(5)), condition: nil) }
    if !falling.isEmpty { blocks += [.heading(say("Yearly figures of the text", "Ετήσια μεγέθη του κειμένου")), .rows(falling)] }
    let old = lapsed.map { entry in
      Row(
        text.vocabulary.findings[entry.ageing.finding].name[language] + say(": unknown again", ": πάλι άγνωστο"),
        detail: entry.ageing.words[language], citation: Text.citations(entry.ageing.paragraphs))
    }
    if !old.isEmpty { blocks += [.heading(say("Too old to rely on", "Παλιά ευρήματα")), .rows(old)] }
    if due.isEmpty, expected.isEmpty, falling.isEmpty, old.isEmpty {
      blocks.append(.notice(say("The text expects nothing in particular in this time.", "Το κείμενο δεν αναμένει κάτι ιδιαίτερο σε αυτό το διάστημα.")))
    }
    return Report(
      data: [
        ("from", .integer(before.day)), ("day", .integer(after.day)), ("date", .string("\(after.today)")),
        (
          "given",
          given.isEmpty
            ? nil : .array(given.map { .fields([("therapy", .string($0.therapy)), ("day", .integer($0.day))]) })
        ), ("due", .array(schedules.map(time.json))), ("windows", .array(windows.map(time.json))),
        (
          "yearly",
          .array(
            falls.map { fall, years in
              .fields([
                ("entry", .string(fall.entry)), ("finding", .string(text.vocabulary.findings[fall.finding].id)),
                ("percent", .exact(fall.percent)), ("years", .array(years.map { .integer($0) })),
              ])
            })
        ),
        ("lapsed", .strings(lapsed.map { text.vocabulary.findings[$0.ageing.finding].id })),
      ], blocks: blocks)
  }
}
