import ArgumentParser
import Cohorts
import Wording

/// `islet schema`: what other programs may rely on, written for them.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print what other programs may rely on.", subcommands: [Answers.self])

  struct Answers: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "eval", abstract: "Print the JSON Schema of eval's answers.")
    @OptionGroup var options: SharedOptions

    func run() throws { Console.write(AnswerSchema.json.text + "\n") }
  }
}
