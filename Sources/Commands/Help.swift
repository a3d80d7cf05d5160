import Reports
import Sessions
import Wording

extension Command {
  static let help = Command(
    "help", greek: "βοήθεια", kind: .question, role: .free, group: .session, takes: [.optional("COMMAND", "ΕΝΤΟΛΗ", .commands)],
    summary: Words("the commands, or one with its examples", "οι εντολές, ή μία με τα παραδείγματά της"),
    examples: [
      Example(Words("help", "βοήθεια"), Words("all commands", "όλες οι εντολές")),
      Example(Words("help why not", "βοήθεια γιατί όχι"), Words("one command", "μία εντολή")),
    ]
  ) { (invocation: Invocation) throws(Diagnostic) -> Outcome in
    let language = invocation.language
    let commands = invocation.world.commands
    guard invocation.hasArgument else {
      var blocks: [Block] = []
      for group in CommandGroup.allCases {
        let members = commands.commands.filter { $0.group == group }
        guard !members.isEmpty else { continue }
        blocks.append(.heading(group.name[language]))
        blocks.append(
          .rows(
            members.map { command in
              let other = language == .greek ? command.name.english : command.name.greek
              return Row(command.form[language], detail: command.summary[language] + " (\(other))")
            }))
      }
      blocks.append(
        .notice(
          Words(
            "help COMMAND shows examples. Tab completes; after an audit Ctrl-O makes the next patient that it shows. Findings are typed as a clinician writes them: 54F, insulinoma, 14 mm, no MEN1.",
            "βοήθεια ΕΝΤΟΛΗ δείχνει παραδείγματα. Το Tab συμπληρώνει· μετά από επιθεώρηση το Ctrl-O φτιάχνει τον επόμενο ασθενή της. Τα ευρήματα γράφονται όπως τα γράφει ένας κλινικός: 54F, ινσουλίνωμα, 14 mm, χωρίς MEN1."
          )[language]))
      blocks.append(.notice(IntendedUse.line[language]))
      return Outcome(
        .state(invocation.state), Report(data: [("commands", .strings(commands.commands.map(\.id)))], blocks: blocks),
        canonical: "help")
    }
    guard let command = commands.command(named: invocation.argumentKey) else {
      throw Diagnostic(
        "help.unknown", Words("There is no command “\(invocation.argument)”.", "Δεν υπάρχει εντολή «\(invocation.argument)»."),
        help: [Words("help lists them all.", "Η εντολή βοήθεια τις παραθέτει όλες.")], source: invocation.line,
        span: invocation.tokens[invocation.first].span)
    }
    var blocks: [Block] = [
      .heading(command.form[language]), .paragraph(command.summary[language]),
    ]
    blocks += command.details.map { .paragraph($0[language]) }
    let names = ([command.id, command.name.greek] + command.aliases).joined(separator: ", ")
    blocks.append(.notice(Words("Names: \(names)", "Ονόματα: \(names)")[language]))
    blocks.append(.rows(command.examples.map { Row($0.line[language], detail: $0.shows[language]) }))
    return Outcome(
      .state(invocation.state), Report(data: [("command_help", .string(command.id))], blocks: blocks),
      canonical: "help \(command.id)")
  }
}
