import Counsel
import Grammar
import Guideline
import Patients
import Reports
import Sessions
import Vocabulary
import Wording

extension Command {
  static let arrange = Command(
    "arrange", greek: "οργάνωσε", aliases: ["κανόνισε", "κανονίστε", "οργανώστε", "organise", "organize", "schedule", "refer to", "refer for", "discuss at"],
    kind: .change, role: .deed, group: .treating, takes: [.value("SETTING", "ΠΛΑΙΣΙΟ", .settings)],
    summary: Words("arrange a setting: a board, a unit, a trial", "οργάνωση πλαισίου: συμβούλιο, μονάδα, μελέτη"),
    examples: [
      Example(
        Words("arrange MDT", "οργάνωσε συμβούλιο πολλών ειδικοτήτων"), Words("a multidisciplinary discussion", "συζήτηση σε συμβούλιο"),
        gives: Words("multidisciplinary", "πολλών ειδικοτήτων"),
        after: "patient 61M, gastrinoma")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let patient = try invocation.requirePatient()
    try patient.checkRoom()
    let vocabulary = invocation.vocabulary
    let settings = vocabulary.therapies.filter { $0.kind == .setting }
    var named = vocabulary.therapies(named: invocation.argumentKey).first { $0.kind == .setting }
    if named == nil {
      var reader = TreatmentReader(
        vocabulary, try vocabulary.doseWords, invocation.line, tokens: invocation.tokens, from: invocation.first)
      if let (name, words) = try reader.place("arrange") {
        guard let id = name.ids.first else { return try OutsideOrder(act: "arrange", name: name, words: words).outcome(invocation) }
        named = vocabulary.therapy(id: id)
      }
    }
    guard let setting = named else {
      let list = Words.joined(settings.map(\.name), by: ", ")
      throw Diagnostic(
        "setting.unknown",
        Words("islet doesn't recognise “\(invocation.argument)” as a setting.", "Το islet δεν γνωρίζει πλαίσιο «\(invocation.argument)»."),
        help: [Words("Settings: \(list.english)", "Πλαίσια: \(list.greek)")], source: invocation.line,
        span: invocation.tokens[invocation.first].span.lowerBound..<invocation.tokens[invocation.tokens.count - 1].span.upperBound
      ).because(.unknownName)
    }
    let after = patient.recording(.arranged(setting.id))
    var state = invocation.state
    state.replace(after)
    let text = AdviceText(invocation)
    let language = invocation.language
    let time = CourseText(text: text, patient: after)
    let counsel = Counsel(invocation.guideline, patient)
    let advice = counsel.statements(on: setting.id).filter { counsel.status($0) == .applies || counsel.isNear($0) }
    let rows = advice.map { index -> Row in
      let rule = invocation.guideline.rules[index]
      return Row(rule.title.cited(language), detail: text.standing(rule, counsel.evaluation[index], counsel.known), citation: text.citation([rule]))
    }
    var blocks: [Block] = [
      .paragraph("\(patient.name)   \(time.date(after.day))   " + Words("arranged: ", "οργανώθηκε: ")[language] + setting.name[language])
    ]
    if !rows.isEmpty { blocks += [.heading(Words("Where the text asks for it", "Πού το ζητά το κείμενο")[language]), .rows(rows)] }
    return Outcome(
      .state(state),
      Report(
        data: [("setting", .string(setting.id)), ("day", .integer(after.day)), ("advice", .array(advice.map { text.json(counsel.evaluation[$0]) }))],
        blocks: blocks), canonical: "arrange " + setting.id)
  }
}
