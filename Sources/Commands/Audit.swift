import Guideline
import Reports
import Sessions
import Wording

extension Command {
  static let audit = Command(
    "audit", greek: "επιθεώρηση", kind: .question, role: .free, group: .reading,
    takes: [.optional("TOPIC", "ΘΕΜΑ", .choices { state, world in Topic.choices(state.language, world.guideline) })],
    summary: Words(
      "where the guideline is silent or contradicts itself, each with a patient", "πού η οδηγία σιωπά ή αντιφάσκει, με έναν ασθενή ως παράδειγμα για το καθένα"),
    details: [
      Words(
        "All patients that the vocabulary can describe are covered, unknown findings included: contradictions that no rule declares, rules that apply to nobody, thresholds of which neither side speaks, and presentations without advice. A topic lists all of its presentations. use witness makes the patient under a number; at the prompt Ctrl-O makes the next one, and a number and Ctrl-O that one.",
        "Καλύπτονται όλοι οι ασθενείς που μπορεί να περιγράψει το λεξιλόγιο, και με άγνωστα ευρήματα: αντιφάσεις που κανένας κανόνας δεν δηλώνει, κανόνες που δεν ισχύουν για κανέναν, όρια που δεν τα καλύπτει καμία πλευρά, και κλινικές εικόνες χωρίς σύσταση. Με ένα θέμα παρατίθενται όλες οι δικές του. Η εντολή χρήση παραδείγματος φτιάχνει τον ασθενή ενός αριθμού· στη γραμμή εντολών το Ctrl-O φτιάχνει τον επόμενο, και ένας αριθμός με Ctrl-O εκείνον."
      )
    ],
    examples: [
      Example(Words("audit", "επιθεώρηση"), Words("the whole guideline", "ολόκληρη η οδηγία"), gives: Words("Complete: ", "Πλήρης: ")),
      Example(
        Words("audit surgery", "επιθεώρηση χειρουργική"),
        Words("every presentation that its surgery is silent on", "κάθε κλινική εικόνα για την οποία το κείμενο της χειρουργικής σιωπά"),
        gives: Words("Complete: ", "Πλήρης: ")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let report: AuditReport
    do throws(Diagnostic) {
      report = try AuditReport(invocation.guideline, invocation.language, topic: invocation.hasArgument ? invocation.argument : nil)
    } catch {
      var located = error
      located.span = invocation.tokens[invocation.first].span
      throw located
    }
    var state = invocation.state
    state.show(witnesses: report.witnesses)
    return Outcome(.state(state), report.report, canonical: "audit" + (report.topic.map { " " + $0 } ?? ""))
  }
}
