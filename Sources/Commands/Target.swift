import Grammar
import Patients
import Sessions
import Wording

/// What a command speaks of by name or number: a patient of the branch in use, a branch, or a moment of `history`.
enum Target: Hashable {
  case patient(Int)
  case branch(Int)
  case moment(Int)

  /// The folded words for everything at once.
  static let all = Set(["all", "everything", "όλα", "όλους"].map(Folding.key))

  private static let patientWords = Set(["patient", "ασθενής", "ασθενή"].map(Folding.key))
  private static let branchWords = Set(["branch", "κλάδος", "κλάδο"].map(Folding.key))
  private static let momentWords = Set(["moment", "στιγμή"].map(Folding.key))

  /// The readings of a stretch of tokens. `patient`, `branch` or `moment` in front says which is meant.
  static func readings(_ range: Range<Int>, _ invocation: Invocation) -> [Target] {
    guard !range.isEmpty, let name = try? invocation.name(in: range) else { return [] }
    let tokens = invocation.tokens
    let state = invocation.state
    let first = tokens[range.lowerBound]
    var found: [Target] = []
    if let place = state.roster.place(of: name) { found.append(.patient(place)) }
    if let place = state.place(ofBranch: name) { found.append(.branch(place)) }
    if range.count == 1, first.kind == .number, let moment = moment(first, invocation) { found.append(moment) }
    guard found.isEmpty, range.count > 1, first.kind == .word else { return found }
    let rest = (range.lowerBound + 1)..<range.upperBound
    guard let name = try? invocation.name(in: rest) else { return [] }
    if patientWords.contains(first.folded) { return state.roster.place(of: name).map { [.patient($0)] } ?? [] }
    if branchWords.contains(first.folded) { return state.place(ofBranch: name).map { [.branch($0)] } ?? [] }
    if momentWords.contains(first.folded), rest.count == 1, let moment = moment(tokens[rest.lowerBound], invocation) {
      return [moment]
    }
    return []
  }

  private static func moment(_ token: Token, _ invocation: Invocation) -> Target? {
    guard let number = Int(token.text), number >= 1, number <= invocation.session.moments.count else { return nil }
    return .moment(number)
  }

  /// The canonical form: `patient "Maria"`, `branch "wait"`, `moment 7`.
  func canonical(_ state: State) -> String {
    switch self {
    case .patient(let place): "patient \"\(state.patients[place].name)\""
    case .branch(let place): "branch \"\(state.branches[place].name)\""
    case .moment(let number): "moment \(number)"
    }
  }

  /// One of the readings of a stretch of tokens that a command takes; none or several is an error.
  static func one(
    _ range: Range<Int>, _ invocation: Invocation, takes: (Target) -> Bool = { _ in true }
  ) throws(Diagnostic) -> Target {
    let found = readings(range, invocation).filter(takes)
    guard let target = found.first else { throw unknown(range, invocation) }
    guard found.count == 1 else { throw ambiguous(found.map { [$0] }, range, invocation) }
    return target
  }

  private static func span(_ range: Range<Int>, _ invocation: Invocation) -> Range<Int> {
    invocation.tokens[range.lowerBound].span.lowerBound..<invocation.tokens[range.upperBound - 1].span.upperBound
  }

  static func unknown(_ range: Range<Int>, _ invocation: Invocation) -> Diagnostic {
    let state = invocation.state
    let patients = state.patients.names
    let branches = state.branches.names
    let moments = invocation.session.moments.count
    let text = (try? invocation.name(in: range)) ?? ""
    var help = [Words("Branches: \(branches)", "Κλάδοι: \(branches)")]
    if !patients.isEmpty { help.insert(Words("Patients: \(patients)", "Ασθενείς: \(patients)"), at: 0) }
    if moments > 0 {
      help.append(Words("Moments: 1 to \(moments), as history numbers them", "Στιγμές: 1 έως \(moments), όπως αριθμούνται στο ιστορικό"))
    }
    return Diagnostic(
      "target.unknown",
      Words(
        "“\(text)” names no patient, branch or moment here.", "Το «\(text)» δεν ονομάζει ασθενή, κλάδο ή στιγμή εδώ."),
      help: help, source: invocation.line, span: span(range, invocation)
    ).because(.unknownName)
  }

  /// The error that lists several readings of an argument.
  static func ambiguous(_ readings: [[Target]], _ range: Range<Int>, _ invocation: Invocation) -> Diagnostic {
    let text = (try? invocation.name(in: range)) ?? ""
    let name = invocation.command.name
    return Diagnostic(
      "target.ambiguous",
      Words("“\(text)” can be read in more than one way.", "Το «\(text)» διαβάζεται με περισσότερους από έναν τρόπους."),
      help: readings.map { reading in
        let said = reading.map { $0.canonical(invocation.state) }.joined(separator: " ")
        return Words.toType(Words("\(name.english) \(said)", "\(name.greek) \(said)"), invocation.command.id)
      }, source: invocation.line, span: span(range, invocation))
  }
}
