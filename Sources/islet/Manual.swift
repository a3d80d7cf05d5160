import ArgumentParser
import Commands
import Reports
import Sessions
import Wording

/// Prints the manual page, made from the same declarations as the help: options, subcommands and the shell's commands.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: Words(
      "Print the manual page (roff), in English or with --language el in Greek.",
      "Η σελίδα του εγχειριδίου (roff), στα αγγλικά ή με --language el στα ελληνικά."
    ).said)

  @OptionGroup var options: SharedOptions

  func run() throws {
    let console = Console(options)
    try console.finish(console.manual())
  }
}

extension Console {
  fileprivate func manual() throws(Diagnostic) -> Int32 {
    try refuseJSON(Words("The manual", "Το εγχειρίδιο"), Words(same: "roff"))
    Self.write(ManualPage(language: Islet.saidLanguage, commands: Self.commands.commands).text)
    return 0
  }
}

/// The manual page as roff.
struct ManualPage {
  let language: Language
  let commands: [Command]

  var text: String {
    var page = RoffPage()
    func section(_ words: Words) { page.macro("SH", words[language]) }
    func paragraph(_ words: Words) {
      page.macro("PP")
      page.text(words[language])
    }
    func entry(_ tag: String, _ words: Words) { page.entry(tag, words[language]) }
    page.macro("TH", "ISLET", "1", Release.date, "islet \(Release.version)", Words("User commands", "Εντολές χρήστη")[language])
    section(Words("NAME", "ΟΝΟΜΑ"))
    let name = Words(
      "a shell for exploring a guideline on pancreatic neuroendocrine tumours",
      "κέλυφος για την εξερεύνηση μιας οδηγίας για τους παγκρεατικούς νευροενδοκρινικούς όγκους")
    page.text(name[language], from: "islet \\-")
    section(Words("SYNOPSIS", "ΣΥΝΟΨΗ"))
    let commandsWord = Words("commands", "εντολές")[language]
    let forms = ["islet", "islet -c <\(commandsWord)>", Words("islet <subcommand> …", "islet <υποεντολή> …")[language]]
    for (place, form) in forms.enumerated() {
      if place > 0 { page.macro("br") }
      page.macro("B", form)
    }
    section(Words("DESCRIPTION", "ΠΕΡΙΓΡΑΦΗ"))
    paragraph(
      Words(
        "Describe a hypothetical patient in clinical shorthand and ask what the guideline recommends, why, why not and what is missing. Every answer names its paragraph. Without arguments islet opens its shell, or runs the commands on standard input.",
        "Περιγράψτε έναν υποθετικό ασθενή με τις συνήθεις κλινικές συντομογραφίες και ρωτήστε τι συνιστά η οδηγία, γιατί, γιατί όχι και τι λείπει. Κάθε απάντηση αναφέρει την παράγραφό της. Χωρίς ορίσματα το islet ανοίγει το κέλυφος ή εκτελεί τις εντολές της τυπικής εισόδου."
      ))
    paragraph(IntendedUse.line)
    let declarations = JSON(reading: Array(Islet._dumpHelp().utf8))?["command"]
    let shared = Set(SharedOptions.names)
    section(Words("OPTIONS", "ΕΠΙΛΟΓΕΣ"))
    paragraph(Words("Every subcommand takes those it can use.", "Κάθε υποεντολή δέχεται όσες της χρησιμεύουν."))
    for argument in declarations?.list("arguments") ?? [] { option(argument, &page) }
    section(Words("SUBCOMMANDS", "ΥΠΟΕΝΤΟΛΕΣ"))
    for subcommand in declarations?.list("subcommands") ?? [] { describe(subcommand, ["islet"], shared, &page) }
    section(Words("COMMANDS OF THE SHELL", "ΕΝΤΟΛΕΣ ΤΟΥ ΚΕΛΥΦΟΥΣ"))
    for command in commands {
      let other = language == .greek ? command.name.english : command.name.greek
      page.entry(command.form[language], "\(command.summary[language]) (\(other))")
    }
    section(Words("KEYS", "ΠΛΗΚΤΡΑ"))
    for (key, said) in Self.keys { entry(key[language], said) }
    section(Words("EXIT STATUS", "ΚΑΤΑΣΤΑΣΗ ΕΞΟΔΟΥ"))
    for (status, said) in Self.statuses { entry(status, said) }
    section(Words("ENVIRONMENT", "ΠΕΡΙΒΑΛΛΟΝ"))
    for (variable, said) in Self.environment { entry(variable, said) }
    section(Words("SETTINGS", "ΡΥΘΜΙΣΕΙΣ"))
    paragraph(
      Words("\(Settings.place) holds one setting per line; # starts a comment.", "Το \(Settings.place) έχει μία ρύθμιση ανά γραμμή· το # αρχίζει σχόλιο."))
    for setting in Settings.entries { page.entry("\(setting.name): \(setting.form[language])", setting.summary[language]) }
    paragraph(Settings.order)
    section(Words("FILES", "ΑΡΧΕΙΑ"))
    for (file, said) in Self.files { entry(file, said) }
    section(Words("EXAMPLES", "ΠΑΡΑΔΕΙΓΜΑΤΑ"))
    for (line, said) in Self.examples {
      paragraph(said)
      page.macro("PP")
      page.macro("RS", "4")
      page.macro("nf")
      page.lines += line[language].split(separator: "\n").map { RoffPage.escaped(String($0)) }
      page.macro("fi")
      page.macro("RE")
    }
    section(Words("SOURCE", "ΠΗΓΗ"))
    paragraph(IntendedUse.origin)
    return page.lines.joined(separator: "\n") + "\n"
  }

  /// A subcommand and those below it, each with its form, what it does and its own options.
  private func describe(_ command: JSON, _ path: [String], _ shared: Set<String>, _ page: inout RoffPage) {
    guard command["shouldDisplay"] != .bool(false), let name = command.string("commandName"), name != "help" else { return }
    let path = path + [name]
    let arguments = command.list("arguments").filter { $0["shouldDisplay"] != .bool(false) && !$0.names.contains { shared.contains($0) } }
    let below = command.list("subcommands").filter { $0["shouldDisplay"] != .bool(false) && $0.string("commandName") != "help" }
    let places = arguments.filter { $0.string("kind") == "positional" }.map { argument -> String in
      let name = "<\(argument.string("valueName") ?? "")>" + (argument["isRepeating"] == .bool(true) ? " …" : "")
      return argument["isOptional"] == .bool(true) ? "[\(name)]" : name
    }
    if below.isEmpty {
      page.macro("SS", (path + places).joined(separator: " "))
    } else if path.count == 2 {
      page.macro("SS", path.joined(separator: " "))
    }
    if below.isEmpty || path.count == 2 {
      page.text(command.string("abstract") ?? "")
      for part in (command.string("discussion") ?? "").split(separator: "\n\n") {
        page.macro("PP")
        page.text(String(part))
      }
      for argument in arguments { option(argument, &page) }
    }
    for command in below { describe(command, path, shared, &page) }
  }

  /// An option, flag or argument, as the parser declares it.
  private func option(_ argument: JSON, _ page: inout RoffPage) {
    guard argument["shouldDisplay"] != .bool(false) else { return }
    let value = argument.string("valueName").map { "<\($0)>" } ?? ""
    var tag = argument.names.joined(separator: ", ")
    if argument.string("kind") == "positional" { tag = value } else if argument.string("kind") == "option" { tag += " " + value }
    var text = argument.string("abstract") ?? ""
    if argument.names.contains("--help") || argument.names.contains("--version") { text = ParserWords.help(text, language) }
    if let start = argument.string("defaultValue"), argument.string("kind") != "flag" {
      text += Words(" When left out: \(start).", " Αν λείπει: \(start).")[language]
    }
    page.entry(tag, text)
  }

  static let statuses: [(String, Words)] = [
    ("0", Words("fine", "χωρίς σφάλμα")), ("1", Words("a command, check or input failed", "απέτυχε εντολή, έλεγχος ή είσοδος")),
    ("2", Words("wrong usage", "λανθασμένη κλήση")),
  ]

  static let environment: [(String, Words)] = [
    ("ISLET_LANGUAGE", Words("the language of the answers: en or el", "η γλώσσα των απαντήσεων: en ή el")),
    (
      "LC_ALL, LC_MESSAGES, LANG",
      Words("the language where nothing else names it: Greek where it begins with el", "η γλώσσα όπου δεν την ορίζει κάτι άλλο: ελληνικά όπου αρχίζει από el")
    ),
    (
      "PAGER",
      Words(
        "the pager for answers longer than the screen; less -FRX by default",
        "το πρόγραμμα που εμφανίζει απαντήσεις μεγαλύτερες από την οθόνη· προεπιλογή less -FRX")
    ),
    ("NO_PAGER", Words("no pager, as with --no-pager", "χωρίς σελιδοποίηση, όπως με --no-pager")),
    ("NO_COLOR", Words("not empty: no colours", "μη κενό: χωρίς χρώματα")),
    ("CLICOLOR_FORCE", Words("not empty and not 0: colours in pipes too", "μη κενό και όχι 0: χρώματα και σε διοχέτευση")),
    ("TERM", Words("dumb: plain text, without escape sequences", "dumb: απλό κείμενο, χωρίς ακολουθίες διαφυγής")),
    (
      "ACCESSIBLE",
      Words(
        "not empty and not 0: for screen readers: nothing is drawn or redrawn, and each line says what it is",
        "μη κενό και όχι 0: για αναγνώστες οθόνης: τίποτε δεν σχεδιάζεται ούτε ξανασχεδιάζεται, και κάθε γραμμή λέει τι είναι")
    ),
    ("XDG_CONFIG_HOME", Words("the folder of the settings, else ~/.config", "ο φάκελος των ρυθμίσεων, αλλιώς ~/.config")),
    (
      "XDG_STATE_HOME, XDG_DATA_HOME",
      Words("where history, journal and attempts are kept; see islet data", "πού φυλάσσονται ιστορικό, ημερολόγιο και προσπάθειες· βλ. islet data")
    ),
  ]

  static let files: [(String, Words)] = [
    (Settings.place, Words("the settings", "οι ρυθμίσεις")),
    ("~/.local/state/islet/history", Words("the lines typed at the prompt", "οι γραμμές που πληκτρολογήθηκαν")),
    ("~/.local/state/islet/journal-…", Words("what changed in a session that was cut short", "όσα άλλαξαν σε συνεδρία που διακόπηκε")),
    ("~/.local/state/islet/language", Words("the language chosen last at the prompt", "η γλώσσα που επιλέχθηκε τελευταία")),
    ("~/.local/share/islet/attempts", Words("your attempts at cases", "οι προσπάθειές σας στα περιστατικά")),
  ]

  /// Calls of the program; tests run them.
  static let examples: [(line: Words, shows: Words)] = [
    (
      Words("islet -c 'patient 61M, gastrinoma, MEN1, 25 mm; recommend'", "islet -c 'ασθενής άνδρας 61 ετών, γαστρίνωμα, MEN1, 25 mm; σύσταση'"),
      Words("What the guideline says of a patient:", "Τι λέει η οδηγία για έναν ασθενή:")
    ),
    (Words(same: "islet play fasting-hypoglycaemia"), Words("Play a teaching case:", "Ένα περιστατικό:")),
    (
      Words(same: "echo '{\"id\":\"a1\",\"findings\":{\"syndrome\":\"insulinoma\",\"size\":14}}' | islet eval"),
      Words("Answer patients given one per line:", "Απαντήσεις για ασθενείς, μία γραμμή ο καθένας:")
    ),
    (
      Words(same: "islet eval registry.csv --to arrow -o advice.arrow"),
      Words("Answer a table with a table, one column per rule:", "Από πίνακα σε πίνακα, μία στήλη ανά κανόνα:")
    ),
    (
      Words(same: "islet render insulinoma -o insulinoma.html"),
      Words("Make a page of a chapter of the guideline:", "Σελίδα ενός κεφαλαίου της οδηγίας:")
    ),
    (
      Words(same: "islet render fasting-hypoglycaemia --playable -o case.html"),
      Words("Make a page on which a case is played in a browser, offline:", "Σελίδα όπου παίζεται ένα περιστατικό, χωρίς δίκτυο:")
    ),
    (
      Words(same: "islet schema findings"), Words("List every finding with its type, unit, range and values:", "Κάθε εύρημα με είδος, μονάδα, εύρος και τιμές:")
    ),
  ]

  /// The prompt's keys beside those of libedit.
  private static let keys: [(Words, Words)] = [
    (
      Words(same: "Tab"),
      Words(
        "complete the word, or list what it may be: arrows and Tab move in the list, typing narrows it, Return or → takes what is marked, Escape closes it",
        "συμπλήρωση της λέξης ή κατάλογος των δυνατών: βέλη και Tab για μετακίνηση, η πληκτρολόγηση τον περιορίζει, Return ή → για επιλογή, Escape για κλείσιμο"
      )
    ),
    (Words("→, Ctrl-F", "→, Ctrl-F"), Words("take what appears dim after the cursor", "αποδοχή όσων φαίνονται αχνά μετά τον δρομέα")),
    (
      Words("↑, ↓", "↑, ↓"),
      Words("earlier lines that begin with what is before the cursor", "οι προηγούμενες γραμμές που αρχίζουν με ό,τι βρίσκεται πριν από τον δρομέα")
    ),
    (Words(same: "Ctrl-R"), Words("list earlier lines that contain what is typed", "κατάλογος των προηγούμενων γραμμών που περιέχουν ό,τι γράφεται")),
    (Words(same: "Ctrl-T"), Words("show what the line would mean, without running it", "τι θα σήμαινε η γραμμή, χωρίς να εκτελεστεί")),
    (
      Words("Return after \\ or an open quotation mark, Alt-Return", "Return μετά από \\ ή ανοικτά εισαγωγικά, Alt-Return"),
      Words("go on in another row; an empty row ends it", "συνέχεια σε νέα γραμμή· μια κενή γραμμή την ολοκληρώνει")
    ),
    (Words(same: "Ctrl-O"), Words("after an audit, the next patient that it shows", "μετά από επιθεώρηση, ο επόμενος ασθενής της")),
  ]
}

extension SharedOptions {
  /// The names of the options that every way of running islet shares, of help and of the version.
  fileprivate static var names: [String] {
    (JSON(reading: Array(_dumpHelp().utf8))?["command"]?.list("arguments") ?? []).flatMap(\.names) + ["--version", "-h", "--help"]
  }
}

/// What the parser dumps of its declarations.
extension JSON {
  fileprivate func string(_ name: String) -> String? {
    if case .string(let text) = self[name] { return text }
    return nil
  }

  fileprivate func list(_ name: String) -> [JSON] {
    if case .array(let values) = self[name] { return values }
    return []
  }

  /// An argument's names, the short one first.
  fileprivate var names: [String] {
    let names = list("names").compactMap { name in
      name.string("name").map { (name.string("kind") == "short" || name.string("kind") == "longWithSingleDash" ? "-" : "--") + $0 }
    }
    return names.sorted { $0.utf8.count < $1.utf8.count }
  }
}

/// Lines of roff, in which nothing is read as a request but what is one.
private struct RoffPage {
  var lines: [String] = []

  mutating func macro(_ name: String, _ arguments: String...) {
    // A heading begins a paragraph by itself.
    if name == "PP", lines.last.map({ $0.hasPrefix(".S") }) ?? false { return }
    let quoted = arguments.map { argument in
      // A date stands as it is.
      let escaped = (name == "TH" ? argument : Self.escaped(argument)).replacing("\"", with: "\\(dq")
      return escaped.isEmpty || escaped.contains(" ") ? "\"\(escaped)\"" : escaped
    }
    lines.append((["." + name] + quoted).joined(separator: " "))
  }

  /// Text in lines of at most 80 bytes, as roff's tools like them; each sentence begins one.
  mutating func text(_ text: String, from start: String = "") {
    var line = start
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let word = Self.escaped(String(word))
      let endsSentence = line.last.map { ".?!:;".contains($0) } ?? false
      if !line.isEmpty, Self.length(line) + 1 + Self.length(word) > 80 || endsSentence {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
  }

  /// Bytes of a text as mandoc counts them, which writes what isn't ASCII as an escape.
  private static func length(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 1 : 8) } }

  mutating func entry(_ tag: String, _ text: String) {
    macro("TP")
    macro("B", tag)
    self.text(text)
  }

  /// Text with what roff reads as its own escaped.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }
}
