import ArgumentParser
import Cohorts
import Wording

extension SQLDialect: ExpressibleByArgument {}

/// `islet compile`: the guideline for engines that hold the data themselves.
struct CompileGuideline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile", abstract: Words("Write the guideline as a script for another engine.", "Η οδηγία ως αρχείο εντολών για άλλη μηχανή.").said,
    subcommands: [SQL.self])

  struct SQL: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "sql",
      abstract: Words("Write the guideline as one SQL query over a table of patients.", "Η οδηγία ως ένα ερώτημα SQL σε πίνακα ασθενών.").said,
      discussion: Words(
        """
        The query reads a table named patients: a column id, and one column per finding that holds one value or NULL, which is \
          unknown. It answers with one row per patient and one column per rule (--wide), or one row per statement (--long).
        """,
        """
        Το ερώτημα διαβάζει έναν πίνακα με το όνομα patients: μια στήλη id, και μια στήλη ανά εύρημα με μία τιμή ή NULL, που \
        σημαίνει άγνωστο. Απαντά με μία γραμμή ανά ασθενή και μία στήλη ανά κανόνα (--wide), ή με μία γραμμή ανά σύσταση (--long).
        """
      ).said)

    @OptionGroup var options: SharedOptions
    @Option(
      name: .long,
      help: ArgumentHelp(
        Words("The engine: duckdb, spark, postgres or sqlite.", "Η μηχανή: duckdb, spark, postgres ή sqlite.").said, valueName: Words("engine", "μηχανή").said))
    var dialect: SQLDialect
    @Flag(
      name: .long,
      help: ArgumentHelp(
        Words(
          "One row per patient, one column per rule: applies, depends or absent.", "Μία γραμμή ανά ασθενή, μία στήλη ανά κανόνα: applies, depends ή absent."
        ).said))
    var wide = false
    @Flag(
      name: .long, help: ArgumentHelp(Words("One row per statement that applies or depends.", "Μία γραμμή για κάθε σύσταση που ισχύει ή εξαρτάται.").said))
    var long = false

    func validate() throws {
      if wide, long { throw ValidationError(Words("Choose --wide or --long.", "Διαλέξτε --wide ή --long.").said) }
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
    try refuseJSON(Words("The query", "Το ερώτημα"), Words(same: "SQL"))
    Self.write(SQLScript.text(try loadGuideline(), dialect, shape))
    return 0
  }
}
