import ArgumentParser
import Cohorts
import Reports
import Wording

/// `islet schema`: what other programs may rely on, written for them.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: Words(
      "Print the JSON Schemas of what is read and written, the findings, or a form for your table.",
      "Τα JSON Schema όσων διαβάζονται και γράφονται, τα ευρήματα, ή ένα έντυπο για τον πίνακά σας."
    ).said,
    discussion: Words(
      """
      Without a name it prints every schema in one document; with one, that schema: \(Schemas.names.joined(separator: ", ")). findings lists each \
      finding with type, unit, range, values and its name in both languages, one per line; words lists what editors colour.

      map prints a form, CSV, that says what columns and codes of your table mean: beside a finding's value write your column and the code that \
      means it; beside a number only your column. Rows left empty say nothing. Then: islet eval --map FILE.
      """,
      """
      Χωρίς όνομα τυπώνει όλα τα σχήματα σε ένα έγγραφο· με όνομα, εκείνο το σχήμα: \(Schemas.names.joined(separator: ", ")). Το findings δίνει κάθε \
      εύρημα με είδος, μονάδα, εύρος, τιμές και το όνομά του στις δύο γλώσσες, ένα ανά γραμμή· το words όσα χρωματίζουν οι επεξεργαστές κειμένου.

      Το map τυπώνει ένα έντυπο CSV που λέει τι σημαίνουν οι στήλες και οι κωδικοί του πίνακά σας: δίπλα στην τιμή ενός ευρήματος γράψτε τη στήλη σας \
      και τον κωδικό που τη σημαίνει· δίπλα σε αριθμό μόνο τη στήλη σας. Οι κενές γραμμές δεν λένε τίποτε. Ύστερα: islet eval --map ΑΡΧΕΙΟ.
      """
    ).said)

  static let others = ["findings", "map", "words"]

  @OptionGroup var options: SharedOptions
  @Argument(
    help: ArgumentHelp(
      Words("A schema's name, findings, words or map; all schemas when left out.", "Το όνομα ενός σχήματος, findings, words ή map· αν λείπει, όλα τα σχήματα.")
        .said,
      valueName: Words("name", "όνομα").said), completion: .list(Schemas.names + others))
  var name: String?

  func validate() throws {
    guard let name, !(Schemas.names + Self.others).contains(name) else { return }
    let near = Words.nearest(
      (Schemas.names + Self.others).map { (Folding.distance(name, $0, limit: 2), Words(same: $0)) }.filter { $0.0 < 3 }
    ).map(\.english)
    let names = (near.isEmpty ? Schemas.names + Self.others : near).joined(separator: ", ")
    throw ValidationError(Words("There is no schema “\(name)”; there are \(names).", "Δεν υπάρχει σχήμα «\(name)»· υπάρχει: \(names).").said)
  }

  func run() throws {
    let console = Console(options)
    try console.finish(console.schema(name))
  }
}

extension Console {
  fileprivate func schema(_ name: String?) throws(Diagnostic) -> Int32 {
    let guideline = try loadGuideline()
    if name == "map" {
      try refuseJSON(Words("The form", "Το έντυπο"), Words(same: "CSV"))
      Self.write(ColumnMap.form(guideline, language))
      return 0
    }
    var lines: [JSON] = []
    let schemas = Schemas(guideline: guideline)
    switch name {
    case nil: lines = [schemas.document]
    case "words": lines = [try EditorWords(guideline: guideline, commands: Self.commands.commands).json()]
    case "findings": lines = guideline.vocabulary.findings.map(Schemas.line)
    default: lines = schemas.all.filter { $0.name == name }.map(\.schema)
    }
    for line in lines { Self.write(clean: Array((line.text + "\n").utf8)) }
    return 0
  }
}
