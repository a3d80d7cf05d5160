import Grammar
import Sessions
import Vocabulary
import Wording

extension Deed {
  /// The act on what a name alone names: a drug is given, a procedure performed, a setting arranged, a test ordered. Nil where
  /// it names none of these.
  init?(named text: String, _ tests: DiagnosticTests, _ vocabulary: Vocabulary) {
    let key = FoldedKey(text)
    if let therapy = vocabulary.therapies(named: key).first {
      switch therapy.kind {
      case .drug, .radionuclide: self.init(.give, therapy.id)
      case .procedure: self.init(.perform, therapy.id)
      case .setting: self.init(.arrange, therapy.id)
      case .test: self.init(.order, therapy.id)
      // A group is given or performed as its members are.
      case .group:
        let member = vocabulary.therapies.first { $0.kind != .group && vocabulary.groups(above: $0.id).contains(therapy.id) }
        self.init(member?.kind == .procedure ? .perform : .give, therapy.id)
      }
    } else if let test = tests.named(key) {
      self.init(.order, test.id)
    } else {
      return nil
    }
  }

  private static let against: Set<String> = ["against", "κατα", "εναντιον"]

  /// To leave alone what is named behind `against`, with or without its act: `against perform enucleation`.
  init?(against argument: String, _ world: World) {
    guard let first = argument.split(separator: " ").first, Self.against.contains(Folding.key(String(first))) else { return nil }
    var text = String(argument.dropFirst(first.count).drop { $0 == " " })
    if let (command, rest) = world.commands.call(in: text), ["give", "perform", "arrange"].contains(command.id) { text = rest }
    guard let therapy = world.guideline.vocabulary.therapies(named: FoldedKey(text)).first else { return nil }
    self.init(.against, therapy.id)
  }
}
