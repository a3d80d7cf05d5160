import Grammar
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let forget = Command(
    "forget", greek: "ξέχνα", kind: .change, role: .closed, group: .session,
    takes: [.value("PATIENT, BRANCH or all", "ΑΣΘΕΝΗ, ΚΛΑΔΟ ή όλα", .targets)],
    summary: Words("drop a patient or a branch, or start over", "αφαίρεση ασθενούς ή κλάδου, ή νέα αρχή"),
    examples: [
      Example(
        Words("forget Maria", "ξέχνα Maria"), Words("undo brings her back", "η αναίρεση την επαναφέρει"), gives: Words("Now at: Patient 2", "Τώρα: Ασθενής 2"),
        after: "patient Maria 54F, insulinoma; patient 61M, gastrinoma"),
      Example(
        Words("forget branch wait", "ξέχνα κλάδο wait"), Words("a branch that is not in use", "ένας κλάδος που δεν είναι τρέχων"),
        gives: Words("Forgot wait", "Αφαιρέθηκε: wait"),
        after: "patient Maria 54F, insulinoma; branch wait; switch main"),
      Example(
        Words("forget all", "ξέχνα όλα"), Words("no patient and no branch is left", "δεν μένει ασθενής ή κλάδος"), gives: Words("Started over", "Νέα αρχή"),
        after: "patient Maria 54F, insulinoma"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let range = invocation.first..<invocation.tokens.count
    var state = invocation.state
    let language = invocation.language
    if range.count == 1, Target.all.contains(invocation.tokens[invocation.first].folded),
      invocation.tokens[invocation.first].kind == .word
    {
      state.startAnew()
      let said = Words("Started over. undo brings everything back.", "Νέα αρχή. Η εντολή αναίρεση τα επαναφέρει όλα.")
      return Outcome(
        .state(state), Report(data: [("forgot", .string("all"))], blocks: [.paragraph(said[language])]), canonical: "forget all")
    }
    let target = try Target.one(range, invocation) { if case .moment = $0 { false } else { true } }
    let canonical = target.canonical(state)
    let name: String
    switch target {
    case .patient(let place):
      name = state.patients[place].name
      state.patients.remove(at: place)
      if let current = state.current {
        state.current = state.patients.isEmpty ? nil : current > place || current == state.patients.count ? current - 1 : current
      }
      state.listed = []
    case .branch(let place):
      name = state.branches[place].name
      guard place != state.branch else {
        throw Diagnostic(
          "branch.in-use", Words("The branch \(name) is in use.", "Ο κλάδος \(name) είναι ο τρέχων."),
          help: [Words("Go to another first: switch", "Πηγαίνετε πρώτα σε άλλον: άλλαξε")], source: invocation.line,
          span: invocation.tokens[invocation.first].span)
      }
      state.forgetBranch(place)
    case .moment: throw invocation.incomplete
    }
    let now =
      state.patient.map { Words("Now at: \($0.name)", "Τώρα: \($0.name)") }
      ?? Words("No patient is left.", "Δεν μένει κανένας ασθενής.")
    return Outcome(
      .state(state),
      Report(
        data: [("forgot", .string(canonical)), ("current", state.patient.map { .string($0.name) } ?? .null)],
        blocks: [.paragraph(Words("Forgot \(name).", "Αφαιρέθηκε: \(name).")[language]), .paragraph(now[language])]),
      canonical: "forget \(canonical)")
  }
}
