import Grammar
import Reports
import Sessions
import Wording

extension Invocation {
  /// The argument as one name: a quoted text, or the words as typed.
  func name(in range: Range<Int>) throws(Diagnostic) -> String {
    guard !range.isEmpty else { throw incomplete }
    let tokens = tokens[range]
    guard let head = tokens.first, let last = tokens.last else { throw incomplete }
    if tokens.count == 1, head.kind == .quoted { return head.text }
    return String(decoding: Array(line.utf8)[head.span.lowerBound..<last.span.upperBound], as: UTF8.self)
  }

  /// The place of the branch that the argument names.
  func branchPlace() throws(Diagnostic) -> Int {
    let name = try name(in: first..<tokens.count)
    guard let place = state.place(ofBranch: name) else {
      let names = state.branches.names
      throw Diagnostic(
        "branch.unknown", Words("There is no branch “\(name)”.", "Δεν υπάρχει κλάδος «\(name)»."),
        help: [Words("The branches: \(names)", "Οι κλάδοι: \(names)")], source: line,
        span: tokens[first].span.lowerBound..<tokens[tokens.count - 1].span.upperBound)
    }
    return place
  }

  /// Refuses a name for a branch that is taken or can't be one.
  func checkNewBranch(_ name: String, _ span: Range<Int>) throws(Diagnostic) {
    guard state.place(ofBranch: name) == nil else {
      throw Diagnostic(
        "branch.exists", Words("There is already a branch \(name).", "Υπάρχει ήδη κλάδος \(name)."),
        help: [Words("Type switch to go to it, or choose another name.", "Γράψτε άλλαξε για να πάτε εκεί, ή δώστε άλλο όνομα.")],
        source: line, span: span)
    }
    try BranchName.check(name, span, line)
  }
}

/// Names of branches: words, never paths.
enum BranchName {
  static func check(_ name: String, _ span: Range<Int>, _ line: String) throws(Diagnostic) {
    if let real = Diagnostic.personalData(in: name, .name, span: span) { throw real.on(line) }
    let isNumber = !name.isEmpty && name.allSatisfy { $0.isNumber || $0 == " " }
    guard !name.isEmpty, !isNumber, !name.contains("/"), !name.contains("\\"), name.unicodeScalars.count <= 60,
      !Target.all.contains(Folding.key(name))
    else {
      throw Diagnostic(
        "branch.name",
        Words(
          "A branch is named by one or a few words, at most 60 characters.",
          "Ο κλάδος ονομάζεται με μία ή λίγες λέξεις, έως 60 χαρακτήρες."),
        help: [Words("For example: branch wait-and-see", "Για παράδειγμα: κλάδος αναμονή")], source: line, span: span)
    }
  }
}

extension Command {
  static let branch = Command(
    "branch", greek: "κλάδος", kind: .change, role: .moves, group: .session, takes: [.value("NAME", "ΟΝΟΜΑ")],
    summary: Words("try another course from here, without losing this one", "δοκιμή άλλης πορείας από εδώ, χωρίς να χαθεί αυτή"),
    examples: [
      Example(
        Words("branch wait", "κλάδος αναμονή"), Words("a second course of the same patient", "δεύτερη πορεία του ίδιου ασθενούς"), gives: Words(same: "main"),
        after: "patient Maria 54F, insulinoma 14 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let name = try invocation.name(in: invocation.first..<invocation.tokens.count)
    try invocation.checkNewBranch(name, invocation.tokens[invocation.first].span)
    var state = invocation.state
    let parent = state.branchName
    state.fork(name)
    let said = Words("On branch \(name), forked from \(parent).", "Στον κλάδο \(name), από τον \(parent).")
    return Outcome(
      .state(state),
      Report(
        data: [("branch", .string(name)), ("parent", .string(parent))], blocks: [.paragraph(said[invocation.language])]),
      canonical: "branch \"\(name)\"")
  }

  static let switchBranch = Command(
    "switch", greek: "άλλαξε", aliases: ["αλλαγή"], kind: .change, role: .moves, group: .session,
    takes: [.value("BRANCH", "ΚΛΑΔΟ", .branches)],
    summary: Words("go to another branch", "μετάβαση σε άλλον κλάδο"),
    examples: [
      Example(
        Words("switch main", "άλλαξε main"), Words("back to the first course", "πίσω στην πρώτη πορεία"), gives: Words(same: "14 mm"),
        after: "patient Maria 54F, insulinoma 14 mm; branch wait; set size 25 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let place = try invocation.branchPlace()
    var state = invocation.state
    state.switchTo(place)
    let name = state.branchName
    var blocks: [Block] = [.paragraph(Words("On branch \(name).", "Στον κλάδο \(name).")[invocation.language])]
    if let patient = state.patient {
      let summary = try PatientSummary(patient: patient, guideline: invocation.guideline, language: invocation.language)
      blocks.append(.paragraph(patient.name + "   " + summary.line))
    }
    return Outcome(
      .state(state),
      Report(data: [("branch", .string(name)), ("current", state.patient.map { .string($0.name) } ?? .null)], blocks: blocks),
      canonical: "switch \"\(name)\"")
  }
}
