import ArgumentParser
import Cohorts
import Wording

/// `islet schema`: what other programs may rely on, written for them.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print what other programs may rely on.", subcommands: [Answers.self, Map.self])

  struct Answers: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "eval", abstract: "Print the JSON Schema of eval's answers.")
    @OptionGroup var options: SharedOptions

    func run() throws { Console.write(AnswerSchema.json.text + "\n") }
  }

  struct Map: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a form, to be filled in, that says what columns and codes of your table mean.",
      discussion: """
        The form is CSV. Beside a finding's value write your column and the code that means it; beside a number your column alone. Rows \
        left empty say nothing. Then: islet eval --map FILE.
        """)
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.columnMap())
    }
  }
}

extension Console {
  fileprivate func columnMap() throws(Diagnostic) -> Int32 {
    Self.write(ColumnMap.form(try loadGuideline(), language))
    return 0
  }
}
