import ArgumentParser
import Cohorts
import Wording

extension SQLDialect: ExpressibleByArgument {}

/// `islet compile`: the guideline for engines that hold the data themselves.
struct CompileGuideline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile", abstract: "Write the guideline as a script for another engine.", subcommands: [SQL.self])

  struct SQL: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sql", abstract: "Write the guideline as one SQL query over a table of patients.",
      discussion: """
        The query reads a table named patients: a column id, and a column a finding that holds one value or NULL, which is \
        unknown. It answers a row a patient with a column a rule (--wide), or a row a statement (--long).
        """)

    @OptionGroup var options: SharedOptions
    @Option(name: .long, help: "The engine: duckdb, spark, postgres or sqlite.") var dialect: SQLDialect
    @Flag(name: .long, help: "A row a patient, a column a rule: applies, depends or absent.") var wide = false
    @Flag(name: .long, help: "A row for each statement that applies or depends.") var long = false

    func validate() throws {
      if wide, long { throw ValidationError("Choose --wide or --long.") }
    }

    func run() throws {
      let console = Console(options)
      try console.finish(console.compileSQL(dialect, long ? .long : .wide))
    }
  }
}

extension Console {
  /// Writes the guideline as SQL.
  func compileSQL(_ dialect: SQLDialect, _ shape: SQLShape) throws(Diagnostic) -> Int32 {
    Self.write(SQLScript.text(try loadGuideline(), dialect, shape))
    return 0
  }
}
