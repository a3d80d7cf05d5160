import ArgumentParser
import Cohorts
import Synchronization
import Terminal
import Vocabulary
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `islet eval`: answers patients that are read.
struct EvalPatients: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: Words(
      "Answer patients given as NDJSON, CSV or Arrow, one per line or row.", "Απαντήσεις για ασθενείς σε NDJSON, CSV ή Arrow, μία γραμμή ο καθένας."
    ).said,
    discussion: Words(
      """
      A line is {"id":"a1","findings":{"syndrome":"gastrinoma","size":"25 mm","men1":true}}; a table has a column id and one column per \
      finding, by its id or name. The answer holds the advice that applies: rule, stance and paragraphs; --to makes a table instead, one \
      row per patient and one column per rule. The exit status is 1 when a line was refused. The answers' JSON Schema: islet schema eval.
      """,
      """
      Μια γραμμή είναι {"id":"a1","findings":{"syndrome":"gastrinoma","size":"25 mm","men1":true}}· ένας πίνακας έχει μια \
      στήλη id και μια στήλη ανά εύρημα, με το αναγνωριστικό ή το όνομά του. Η απάντηση δίνει όσα ισχύουν: κανόνα, θέση και \
      παραγράφους· το --to δίνει πίνακα, μία γραμμή ανά ασθενή και μία στήλη ανά κανόνα. Η κατάσταση εξόδου είναι 1 όταν μια \
      γραμμή απορρίφθηκε. Το JSON Schema των απαντήσεων: islet schema eval.
      """
    ).said)

  @OptionGroup var options: SharedOptions
  @Flag(
    name: .long,
    help: ArgumentHelp(Words("Print how often each rule applies and depends instead.", "Αντί γι' αυτές, πόσες φορές κάθε κανόνας ισχύει ή εξαρτάται.").said))
  var counts = false
  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words("Report everything: all fields, of what applies and of what depends.", "Τα πάντα: όλα τα πεδία, όσων ισχύουν και όσων εξαρτώνται.").said)) var all =
    false
  @Flag(
    name: .long,
    help: ArgumentHelp(
      Words("Report also what depends on something not stated, and on which findings.", "Και όσα εξαρτώνται από ό,τι δεν δηλώθηκε, και από ποια ευρήματα.").said
    ))
  var depends = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Report only rules whose id matches one of these: surgery.*,ssa.*", "Μόνο κανόνες με αναγνωριστικό σαν ένα από αυτά: surgery.*,ssa.*").said,
      valueName: Words("patterns", "σχήματα").said), completion: Completions.rules) var rules: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("Report these fields of each rule: rule,stance,level,grade …", "Αυτά τα πεδία κάθε κανόνα: rule,stance,level,grade …").said,
      valueName: Words("fields", "πεδία").said), completion: Completions.fields) var fields: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words(
        "Write a table with one column per rule: csv, ndjson, arrow (a file) or arrows (a stream).",
        "Πίνακας με μία στήλη ανά κανόνα: csv, ndjson, arrow (αρχείο) ή arrows (ροή)."
      ).said, valueName: Words("format", "μορφή").said), completion: .list(TableFormat.allCases.map(\.rawValue)))
  var to: String?
  @Flag(
    name: .long,
    help: ArgumentHelp(Words("With --to: a row for each rule that applies or depends.", "Με --to: μία γραμμή για κάθε κανόνα που ισχύει ή εξαρτάται.").said))
  var long = false
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      Words("Write to this file, which gets its name once it is whole.", "Εγγραφή σε αυτό το αρχείο, που παίρνει το όνομά του όταν είναι ολόκληρο.").said,
      valueName: Words("file", "αρχείο").said), completion: .file())
  var output: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("With --to: write here why rows were refused, as NDJSON.", "Με --to: εδώ γράφεται γιατί απορρίφθηκαν γραμμές, ως NDJSON.").said,
      valueName: Words("file", "αρχείο").said), completion: .file()) var errors: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words(
        "Read this format: ndjson, csv, tsv or arrow; recognised from its beginning when left out.",
        "Μορφή της εισόδου: ndjson, csv, tsv ή arrow· αν λείπει, φαίνεται από την αρχή της."
      ).said, valueName: Words("format", "μορφή").said), completion: .list(PatientFormat.allCases.map(\.rawValue)))
  var from: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words(
        "Read what columns and codes mean from this file; islet schema map writes one to fill in.",
        "Τι σημαίνουν στήλες και κωδικοί, από αυτό το αρχείο· το islet schema map δίνει ένα προς συμπλήρωση."
      ).said, valueName: Words("file", "αρχείο").said), completion: .file(extensions: ["csv"]))
  var map: String?
  @Flag(name: .long, help: ArgumentHelp(Words("Ignore columns that mean nothing here.", "Οι στήλες που εδώ δεν σημαίνουν τίποτε παραλείπονται.").said))
  var ignoreExtra = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      Words("With --to: pass these columns through: hospital,year", "Με --to: αυτές οι στήλες μεταφέρονται: hospital,year").said,
      valueName: Words("columns", "στήλες").said)) var keep: String?
  @Argument(
    help: ArgumentHelp(
      Words("The patients; standard input when left out.", "Οι ασθενείς· αν λείπει, η τυπική είσοδος.").said, valueName: Words("file", "αρχείο").said),
    completion: .file(extensions: Completions.tables)) var file: String?

  func validate() throws {
    if let fault = request.fault { throw ValidationError(fault) }
  }

  var request: EvalRequest {
    var request = EvalRequest()
    (request.counts, request.all, request.depends, request.rules, request.fields) = (counts, all, depends, rules, fields)
    (request.to, request.long, request.output, request.errors) = (to, long, output, errors)
    (request.from, request.map, request.ignoreExtra, request.keep, request.file) = (from, map, ignoreExtra, keep, file)
    return request
  }

  func run() throws {
    let console = Console(options)
    try console.finish(console.eval(request))
  }
}

/// What `islet eval` was asked for.
struct EvalRequest: Sendable {
  var counts = false
  var all = false
  var depends = false
  var rules: String?
  var fields: String?
  var to: String?
  var long = false
  var output: String?
  var errors: String?
  var from: String?
  var map: String?
  var ignoreExtra = false
  var keep: String?
  var file: String?
  /// The options that every way of running islet shares, where plain arguments were read.
  private(set) var shared = RunOptions()

  init() {}

  /// Reads plain arguments; nil where they aren't plain, or the parser has something to say on them.
  init?(_ arguments: ArraySlice<String>) {
    guard
      let plain = PlainArguments(
        arguments, flags: ["--counts", "--all", "--depends", "--long", "--ignore-extra"],
        options: ["--rules", "--fields", "--to", "-o", "--output", "--errors", "--from", "--map", "--keep"]),
      plain.isAlone || plain.only != nil, let options = plain.shared, plain["-o"] == nil || plain["--output"] == nil
    else { return nil }
    (counts, all, depends) = (plain.has("--counts"), plain.has("--all"), plain.has("--depends"))
    (rules, fields, to, long) = (plain["--rules"], plain["--fields"], plain["--to"], plain.has("--long"))
    (output, errors, from, map) = (plain["-o"] ?? plain["--output"], plain["--errors"], plain["--from"], plain["--map"])
    (ignoreExtra, keep, file, shared) = (plain.has("--ignore-extra"), plain["--keep"], plain.only, options)
    if fault != nil { return nil }
  }

  /// What doesn't go together; nil where all does.
  var fault: String? {
    if counts, all || depends || fields != nil {
      return Words("--counts can't be combined with --all, --depends or --fields.", "Το --counts δεν συνδυάζεται με --all, --depends ή --fields.").said
    }
    if let to {
      if TableFormat(rawValue: to) == nil, to != "parquet" {
        return Words("--to takes csv, ndjson, arrow or arrows.", "Το --to δέχεται csv, ndjson, arrow ή arrows.").said
      }
      if counts || all || depends || fields != nil {
        return Words("--to can't be combined with --counts, --all, --depends or --fields.", "Το --to δεν συνδυάζεται με --counts, --all, --depends ή --fields.")
          .said
      }
    } else if long || errors != nil || keep != nil {
      return Words("--long, --errors and --keep go with --to.", "Τα --long, --errors και --keep πηγαίνουν με το --to.").said
    }
    if let from, PatientFormat(rawValue: from) == nil {
      return Words("--from takes ndjson, csv, tsv or arrow.", "Το --from δέχεται ndjson, csv, tsv ή arrow.").said
    }
    return nil
  }
}

extension Console {
  /// Answers or counts the patients of a file or of standard input. Status 1 when a line was refused.
  func eval(_ request: EvalRequest) throws(Diagnostic) -> Int32 {
    if request.to == "parquet" { throw Self.parquet(request) }
    let table = request.to.flatMap(TableFormat.init)
    if let table, table != .ndjson { try refuseJSON(Words("This table", "Αυτός ο πίνακας"), Words(same: table.rawValue)) }
    if table == .arrow || table == .arrows, request.output == nil, isatty(1) == 1 { throw Self.notForTerminals }
    for written in [request.output, request.errors] { try PlainFile.refuseWriting(written, over: [request.file, request.map]) }
    Heap.keeps(blocksOf: 32 << 20)
    let stream = try stream(request.file)
    let guideline = try loadGuideline()
    let form = try AnswerForm(all: request.all, depends: request.depends, fields: request.fields, rules: request.rules, guideline)
    let eval = Eval(guideline, language: language, form: form)
    let options = TableOptions(
      map: try request.map.map { (file) throws(Diagnostic) in
        try ColumnMap(file: TextFile(name: file, bytes: try read(file, limit: 10_000_000)), guideline)
      }, ignoresExtra: request.ignoreExtra,
      kept: request.keep?.split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty } ?? [])
    let input = try PatientInput(
      guideline, request.from.flatMap(PatientFormat.init), options, name: request.file, chunk: table == nil ? nil : 4 << 20, read: stream.fill)
    let output = try request.output.map { (file) throws(Diagnostic) in try WholeFile(file) }
    let write: @Sendable ([UInt8]) -> Void = { bytes in
      if let output { output.add(bytes) } else { Self.write(clean: bytes) }
    }
    var refused = 0
    if request.counts {
      let tally = eval.count(input)
      try stream.finish()
      try input.finish()
      write(eval.lines(tally))
      refused = tally.refused
    } else if let table {
      let errors = try request.errors.map { (file) throws(Diagnostic) in try WholeFile(file) }
      let progress = Progress(isShown: isatty(2) == 1 && (isatty(1) == 0 || output != nil) && !style.isAccessible)
      let totals = eval.table(input, table, isLong: request.long) { part in
        write(part.bytes)
        errors?.add(part.errors)
        progress.add(part.rows)
      }
      progress.end()
      try stream.finish()
      try input.finish()
      try errors?.finish()
      try output?.finish()
      if let report = totals.report(request.errors) { fail(report) }
      return totals.refused > 0 ? 1 : 0
    } else {
      refused = eval.answer(input, write: write).refused
      try stream.finish()
      try input.finish()
    }
    try output?.finish()
    return refused > 0 ? 1 : 0
  }

  private static let notForTerminals = Diagnostic(
    "output.binary", Words("Arrow isn't meant to be read on a terminal.", "Το Arrow δεν διαβάζεται σε τερματικό."),
    help: [Words("Add -o FILE, or pipe it on.", "Προσθέστε -o FILE ή στείλτε το με διοχέτευση.")])

  private static func parquet(_ request: EvalRequest) -> Diagnostic {
    let target = request.output ?? "advice.parquet"
    let command =
      "islet eval \(request.file ?? "patients.csv") --to arrows | python3 -c \"import polars, sys; polars.read_ipc_stream(sys.stdin.buffer).write_parquet('\(target)')\""
    return Diagnostic(
      "output.parquet", Words("Parquet is written by the engines that have it.", "Το Parquet το γράφουν οι μηχανές που το υποστηρίζουν."),
      help: [Words("Try: \(command)", "Δοκιμάστε: \(command)")])
  }

  /// A file to be read, or standard input.
  func stream(_ file: String?) throws(Diagnostic) -> InputStream {
    guard let file, file != "-" else { return InputStream() }
    return InputStream(try PlainFile.open(file), name: file)
  }
}

/// How many rows are done, on a terminal's standard error alone, at most five times a second.
private final class Progress: Sendable {
  private let isShown: Bool
  private let state = Mutex((rows: 0, last: 0.0))

  init(isShown: Bool) { self.isShown = isShown }

  func add(_ rows: Int) {
    guard isShown else { return }
    let now = seconds(on: CLOCK_MONOTONIC)
    state.withLock { state in
      state.rows += rows
      guard now - state.last >= 0.2 else { return }
      state.last = now
      Console.write(clean: Array("\r\(state.rows) ".utf8), to: 2)
    }
  }

  func end() {
    guard isShown, state.withLock({ $0.rows }) > 0 else { return }
    Console.write(clean: Array("\r              \r".utf8), to: 2)
  }
}
