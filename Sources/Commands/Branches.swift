import Reports
import Sessions
import Wording

/// Levels by which a branch is indented, at most.
private let deepest = 12

extension Command {
  static let branches = Command(
    "branches", greek: "κλάδοι", kind: .question, role: .free, group: .session,
    summary: Words("the branches as a tree, with where each forked", "οι κλάδοι ως δέντρο, με το σημείο όπου χωρίστηκαν"),
    examples: [
      Example(
        Words("branches", "κλάδοι"), Words("the one in use is marked", "σημειώνεται ο τρέχων"), gives: Words(same: "wait"),
        after: "patient Maria 54F, insulinoma 14 mm; branch wait; set size 25 mm")
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let state = invocation.state
    let language = invocation.language
    var rows: [Row] = []
    var data: [JSON] = []
    let children = Dictionary(grouping: state.branches.indices) { state.branches[$0].parent }
    var waiting = (children[nil] ?? []).reversed().map { (place: $0, level: 0) }
    while let (place, level) = waiting.popLast() {
      let branch = state.branches[place]
      let roster = state.roster(ofBranch: place)
      let own = roster.changes - branch.forkedAfter
      let fork = branch.parent.map { _ in branch.fork ?? "" }
      var detail = Words.changes(own)[language]
      if let fork {
        detail +=
          " · "
          + (fork.isEmpty
            ? Words("forked at the start", "χωρίστηκε στην αρχή")[language]
            : Words("forked after: ", "χωρίστηκε μετά από: ")[language] + invocation.session.world.shown(fork)[language])
      }
      if let patient = roster.patient { detail += " · " + patient.name }
      rows.append(Row(branch.name, mark: place == state.branch ? "*" : "·", detail: detail, level: min(level, deepest)))
      data.append(
        .fields([
          ("branch", .string(branch.name)), ("parent", branch.parent.map { .string($0) } ?? .null),
          ("forked_after", .integer(branch.forkedAfter)), ("fork", fork.map { .string($0) }), ("changes", .integer(own)),
          ("current", .bool(place == state.branch)), ("patients", .strings(roster.patients.map(\.name))),
        ]))
      waiting += (children[branch.name] ?? []).reversed().map { ($0, level + 1) }
    }
    return Outcome(
      .state(state), Report(data: [("branches", .array(data))], blocks: [.rows(rows)]), canonical: "branches")
  }
}
