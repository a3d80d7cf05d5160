import Grammar
import Patients
import Reports
import Sessions
import Wording

extension Command {
  static let rename = Command(
    "rename", greek: "μετονόμασε", aliases: ["μετονομασία"], kind: .change, role: .closed, group: .session,
    takes: [.value("[PATIENT or BRANCH] to NAME", "[ΑΣΘΕΝΗ ή ΚΛΑΔΟ] σε ΟΝΟΜΑ", .targets)],
    summary: Words("give a patient or branch another name", "νέο όνομα σε ασθενή ή κλάδο"),
    details: [
      Words("Without a first name the patient in use is renamed.", "Χωρίς πρώτο όνομα μετονομάζεται ο τρέχων ασθενής.")
    ],
    examples: [
      Example(
        Words("rename Maria to Eleni", "μετονόμασε Maria σε Ελένη"), Words("a patient", "έναν ασθενή"),
        gives: Words("Maria is now Eleni", "Maria: νέο όνομα Ελένη"),
        after: "patient Maria 54F, insulinoma"),
      Example(
        Words("rename branch main to before", "μετονόμασε κλάδο main σε πριν"), Words("a branch", "έναν κλάδο"),
        gives: Words("main is now before", "main: νέο όνομα πριν"),
        after: "patient Maria 54F, insulinoma"),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let end = invocation.tokens.count
    let particles = Set(["to", "as", "σε", "ως"].map(Folding.key))
    guard
      let separator = (invocation.first..<end).last(where: {
        invocation.tokens[$0].kind == .word && particles.contains(invocation.tokens[$0].folded)
      }), separator + 1 < end
    else { throw invocation.incomplete }
    let target: Target
    if separator == invocation.first {
      _ = try invocation.requirePatient()
      target = .patient(invocation.state.current ?? 0)
    } else {
      target = try Target.one(invocation.first..<separator, invocation) {
        if case .moment = $0 { false } else { true }
      }
    }
    let name = try invocation.name(in: (separator + 1)..<end)
    let span = invocation.tokens[separator + 1].span
    var state = invocation.state
    let old: String
    switch target {
    case .patient(let place):
      old = state.patients[place].name
      try PatientName.check(name, span, invocation.line)
      if let taken = state.roster.place(of: name), taken != place {
        throw Diagnostic(
          "patient.exists", Words("There is already a patient \(name).", "Υπάρχει ήδη ασθενής \(name)."),
          help: [Words("Choose another name.", "Δώστε άλλο όνομα.")], source: invocation.line, span: span)
      }
      state.patients[place] = state.patients[place].named(name)
    case .branch(let place):
      old = state.branches[place].name
      if state.place(ofBranch: name) != place { try invocation.checkNewBranch(name, span) }
      state.renameBranch(place, to: name)
    case .moment: throw invocation.incomplete
    }
    let said = Words("\(old) is now \(name).", "\(old): νέο όνομα \(name).")
    return Outcome(
      .state(state),
      Report(data: [("was", .string(old)), ("name", .string(name))], blocks: [.paragraph(said[invocation.language])]),
      canonical: "rename \(target.canonical(invocation.state)) to \"\(name)\"")
  }
}
