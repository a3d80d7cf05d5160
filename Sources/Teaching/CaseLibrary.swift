import Reports
import Sessions
import Vocabulary
import Wording

/// The cases that can be played: those embedded in the program, and those of a folder.
public struct CaseLibrary: Sendable {
  /// File names and bytes, in the order of their names.
  public let files: [(name: String, bytes: [UInt8])]

  /// The embedded cases and some more; a file of a folder takes the place of an embedded case of its name.
  public init(more: [(name: String, bytes: [UInt8])] = []) {
    let named = Set(more.map { Scenario.id(ofFile: $0.name) })
    let embedded = TextFile.embedded(prefix: "cases/").map { file in
      (name: file.name, bytes: file.withBytes { (bytes: Bytes) in Array(bytes) })
    }
    files = (embedded.filter { !named.contains(Scenario.id(ofFile: $0.name)) } + more).sorted {
      Scenario.id(ofFile: $0.name) < Scenario.id(ofFile: $1.name)
    }
  }

  /// The ids of the cases.
  public var ids: [String] { files.map { Scenario.id(ofFile: $0.name) } }

  /// A case by its id, its title in either language, after folding, or its number in the list. Errors: no such case, or the
  /// first fault of its file.
  public func scenario(_ name: String, _ world: World) throws(Diagnostic) -> Scenario {
    let key = Folding.key(name)
    guard let file = files.first(where: { Folding.key(Scenario.id(ofFile: $0.name)) == key }) else {
      let cases = scenarios(world).cases
      if let number = Int(name), cases.indices.contains(number - 1) { return cases[number - 1] }
      let named = cases.first { Folding.key($0.title.english) == key || Folding.key($0.title.greek) == key }
      guard let named else { throw .unknownCase(name, ids, cases) }
      return named
    }
    let (scenario, faults) = ScenarioReader.read(file.bytes, file: file.name, world)
    if let fault = faults.first { throw fault }
    guard let scenario else { throw .unknownCase(name, ids) }
    return scenario
  }

  /// Every case that can be read, in the order in which they are listed: by level, then by id. And the first fault of each that
  /// can't.
  public func scenarios(_ world: World) -> (cases: [Scenario], faults: [Diagnostic]) {
    var cases: [Scenario] = []
    var faults: [Diagnostic] = []
    for file in files {
      let read = ScenarioReader.read(file.bytes, file: file.name, world)
      if let scenario = read.scenario { cases.append(scenario) }
      if let fault = read.faults.first { faults.append(fault) }
    }
    return (Scenario.Level.allCases.flatMap { level in cases.filter { $0.level == level } }, faults)
  }
}

extension Diagnostic {
  /// No case of that name: those of a similar one are offered, else those whose titles have its words.
  static func unknownCase(_ name: String, _ ids: [String], _ cases: [Scenario] = []) -> Diagnostic {
    let key = Folding.key(name)
    let near = ids.filter { Folding.distance(key, Folding.key($0), limit: 3) <= 3 || (key.count > 2 && Folding.key($0).hasPrefix(key)) }
    let words = name.split(separator: " ").map { Folding.key(String($0)) }.filter { $0.count > 2 }
    let titled =
      words.isEmpty
      ? []
      : cases.indices.filter { place in
        let title = cases[place].title
        return words.allSatisfy { word in [title.english, title.greek].contains { Folding.key($0).contains(word) } }
      }
    let levels = Scenario.Level.allCases.map(\.name)
    let help: Words
    if !near.isEmpty {
      help = Words("Did you mean: \(near.joined(separator: ", "))?", "Μήπως εννοείτε: \(near.joined(separator: ", "));")
    } else if !titled.isEmpty {
      func list(_ language: Language) -> String { titled.map { "\($0 + 1), \(cases[$0].title[language])" }.joined(separator: " · ") }
      help = Words("Did you mean: \(list(.english))?", "Μήπως εννοείτε: \(list(.greek));")
    } else {
      help = Words(
        "play lists the cases, play student those of a level (\(levels.map(\.english).joined(separator: ", "))).",
        "Η εντολή παίξε παραθέτει τα περιστατικά, παίξε φοιτητές όσα είναι ενός επιπέδου (\(levels.map(\.greek).joined(separator: ", "))).")
    }
    return Diagnostic(
      "case.unknown", Words("There is no case “\(name)”.", "Δεν υπάρχει περιστατικό «\(name)»."),
      help: name.hasSuffix(".islet")
        ? [
          Words(
            "The case of a file is played from its folder: islet --cases FOLDER -c \"play NAME\".",
            "Το περιστατικό ενός αρχείου παίζεται από τον φάκελό του: islet --cases FOLDER -c \"play NAME\".")
        ] : [help])
  }
}

/// What a learner's log says of each case.
public struct Attempts: Sendable {
  public let events: [CaseEvent]

  public init(_ events: [CaseEvent]) { self.events = events }

  /// The best score of a case that was played to its end.
  public func best(_ name: String) -> Int? {
    events.filter { $0.case == name && $0.kind == .end }.compactMap { $0.mark.flatMap { Int($0) } }.max()
  }

  /// The number of the last attempt at a case; 0 when there is none.
  public func last(_ name: String) -> Int { events.filter { $0.case == name }.map(\.attempt).max() ?? 0 }

  /// The events of the last attempt at a case, when it was left before its end.
  public func open(_ name: String) -> [CaseEvent]? {
    let number = last(name)
    let found = events.filter { $0.case == name && $0.attempt == number }
    return number == 0 || found.contains { $0.kind == .end } ? nil : found
  }
}
