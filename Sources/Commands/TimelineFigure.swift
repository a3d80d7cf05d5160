import Guideline
import Patients
import Reports
import Vocabulary
import Wording

extension TimelineView {
  /// The course as a figure: a lane for findings, tests and settings, procedures, and each drug or radionuclide.
  var figure: Figure {
    get throws(Diagnostic) { figure(tests: try text.vocabulary.tests) }
  }

  private func figure(tests known: DiagnosticTests) -> Figure {
    var end = max(patient.day, 1)
    var lanes: [Timeline.Lane] = []
    func name(_ id: String) -> String { text.vocabulary.therapy(id: id)?.name[text.language] ?? id }
    func say(_ english: String, _ greek: String) -> String { Words(english, greek)[text.language] }
    var findings: [Timeline.Item] = []
    var tests: [Timeline.Item] = []
    var procedures: [Timeline.Item] = []
    var therapies: [String] = []
    for (place, event) in patient.events.enumerated() {
      switch event.kind {
      case .learnt, .lapsed:
        let changes = event.changes.map { text.vocabulary.describe($0.finding, $0.possible)[text.language] }
        let more = changes.count > 2 ? " +\(changes.count - 2)" : ""
        findings.append(Timeline.Item("findings-\(place)", changes.prefix(2).joined(separator: ", ") + more, .finding, from: event.day))
      case .ordered(let id):
        tests.append(Timeline.Item(id, known.id(id)?.name[text.language] ?? name(id), .test, from: event.day))
      case .arranged(let id): tests.append(Timeline.Item(id, name(id), .note, from: event.day))
      case .performed(let id): procedures.append(Timeline.Item(id, name(id), .procedure, from: event.day))
      case .given(let regimen): if !therapies.contains(regimen.therapy) { therapies.append(regimen.therapy) }
      case .stopped, .passed: break
      }
    }
    let operated = Set(procedures.map(\.id))
    for window in windows where operated.contains(window.therapy) {
      procedures.append(item(window))
      if window.to > patient.day { end = max(end, window.to) }
    }
    if !findings.isEmpty { lanes.append(Timeline.Lane("findings", say("Findings", "Ευρήματα"), findings)) }
    if !tests.isEmpty { lanes.append(Timeline.Lane("tests", say("Tests and settings", "Εξετάσεις και πλαίσιο"), tests)) }
    if !procedures.isEmpty { lanes.append(Timeline.Lane("procedures", say("Procedures", "Επεμβάσεις"), procedures)) }
    let schedules = text.guideline.injections(patient)
    for therapy in therapies {
      var items = courses(of: therapy)
      for day in patient.days(of: therapy) { items.append(Timeline.Item("dose-\(day)", "", .dose, from: day)) }
      items += text.guideline.missedDays(of: therapy, patient).map { Timeline.Item("missed-\($0)", "", .missed, from: $0) }
      if let schedule = schedules.first(where: { $0.regimen.therapy == therapy }) {
        items.append(Timeline.Item("due-\(schedule.next)", "", .due, from: schedule.next))
        end = max(end, schedule.next)
      }
      for window in windows where window.therapy == therapy {
        items.append(item(window))
        if window.to > patient.day { end = max(end, window.to) }
      }
      lanes.append(Timeline.Lane(therapy, name(therapy), items))
    }
    return Figure(
      "course", title: say("Course of \(patient.name)", "Πορεία: \(patient.name)"), language: text.language,
      notes: [Text(say("Day 0 is \(patient.start).", "Ημέρα 0: \(patient.start)."))],
      .timeline(Timeline(days: 0...end, today: patient.day, lanes: lanes)))
  }

  private func item(_ window: Window) -> Timeline.Item {
    Timeline.Item("\(window.entry)-\(window.given)", window.words[text.language], .window, from: window.from, to: window.to)
  }

  /// The stretches over which a drug ran, each with its dose: a new dose ends the one before, `stop` ends the last.
  private func courses(of therapy: String) -> [Timeline.Item] {
    var items: [Timeline.Item] = []
    var open: (regimen: Regimen, day: Int)?
    func close(_ day: Int) {
      guard let running = open else { return }
      items.append(
        Timeline.Item("course-\(running.day)", running.regimen.dose.written[text.language], .course, from: running.day, to: day))
      open = nil
    }
    for event in patient.events {
      switch event.kind {
      case .given(let regimen) where regimen.therapy == therapy:
        if let running = open, running.regimen.dose == regimen.dose { continue }
        close(event.day)
        if regimen.continues { open = (regimen, event.day) }
      case .stopped(therapy): close(event.day)
      default: break
      }
    }
    if let running = open {
      items.append(Timeline.Item("course-\(running.day)", running.regimen.dose.written[text.language], .course, from: running.day))
    }
    return items
  }
}
