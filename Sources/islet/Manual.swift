import ArgumentParser
import Commands
import Sessions
import Wording

/// Prints the manual page, made from the same declarations as the help: options, subcommands and the shell's commands.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page (roff), in English or with --language el in Greek.")

  @OptionGroup var options: SharedOptions

  func run() throws {
    Console.write(
      ManualPage(language: Console.startLanguage(options.values, Surroundings(Console.environment).settings), commands: Console.commands.commands).text)
  }
}

/// The manual page as roff.
struct ManualPage {
  let language: Language
  let commands: [Command]

  var text: String {
    var lines: [String] = []
    func section(_ words: Words) { lines.append(".SH " + words[language]) }
    func paragraph(_ words: Words) { lines += [".PP", Self.escaped(words[language])] }
    func entry(_ tag: String, _ text: String) { lines += [".TP", "\\fB\(Self.escaped(tag))\\fR", Self.escaped(text)] }
    lines.append(".TH ISLET 1 \"\" \"islet \(Islet.version)\" \"\(Words("User commands", "Εντολές χρήστη")[language])\"")
    section(Words("NAME", "ΟΝΟΜΑ"))
    let name = Words(
      "a shell for exploring a guideline on pancreatic neuroendocrine tumours",
      "κέλυφος για την εξερεύνηση μιας οδηγίας για τους παγκρεατικούς νευροενδοκρινικούς όγκους")
    lines.append("islet \\- " + name[language])
    section(Words("SYNOPSIS", "ΣΥΝΟΨΗ"))
    for form in ["islet", "islet -c COMMANDS", "islet run FILE", "islet eval [FILE]", "islet SUBCOMMAND --help"] {
      lines += [".br", "\\fB\(Self.escaped(form))\\fR"]
    }
    section(Words("DESCRIPTION", "ΠΕΡΙΓΡΑΦΗ"))
    paragraph(
      Words(
        "Describe a hypothetical patient in clinical shorthand and ask what the guideline recommends, why, why not and what is missing. Every answer names its paragraph. Without arguments islet opens its shell, or runs the commands on standard input.",
        "Περιγράψτε έναν υποθετικό ασθενή με κλινική στενογραφία και ρωτήστε τι συνιστά η οδηγία, γιατί, γιατί όχι και τι λείπει. Κάθε απάντηση αναφέρει την παράγραφό της. Χωρίς ορίσματα το islet ανοίγει το κέλυφος ή εκτελεί τις εντολές της τυπικής εισόδου."
      ))
    paragraph(IntendedUse.line)
    section(Words("OPTIONS AND SUBCOMMANDS", "ΕΠΙΛΟΓΕΣ ΚΑΙ ΥΠΟΕΝΤΟΛΕΣ"))
    lines.append(".nf")
    lines += Islet.helpMessage(includeHidden: false, columns: 78).split(separator: "\n", omittingEmptySubsequences: false).map {
      Self.escaped(String($0))
    }
    lines.append(".fi")
    section(Words("COMMANDS OF THE SHELL", "ΕΝΤΟΛΕΣ ΤΟΥ ΚΕΛΥΦΟΥΣ"))
    for command in commands {
      let other = language == .greek ? command.name.english : command.name.greek
      entry(command.form[language], "\(command.summary[language]) (\(other))")
    }
    section(Words("KEYS", "ΠΛΗΚΤΡΑ"))
    for (key, said) in Self.keys { entry(key[language], said[language]) }
    section(Words("EXIT STATUS", "ΚΑΤΑΣΤΑΣΗ ΕΞΟΔΟΥ"))
    paragraph(
      Words(
        "0 fine; 1 a command, check or input failed; 2 wrong usage.",
        "0 χωρίς σφάλμα· 1 απέτυχε εντολή, έλεγχος ή είσοδος· 2 λανθασμένη κλήση."))
    section(Words("ENVIRONMENT", "ΠΕΡΙΒΑΛΛΟΝ"))
    entry("ISLET_LANGUAGE", Words("the language of the answers: en or el", "η γλώσσα των απαντήσεων: en ή el")[language])
    entry(
      "PAGER",
      Words(
        "what answers longer than the screen are shown with; less -FRX by default",
        "με τι εμφανίζονται απαντήσεις μεγαλύτερες από την οθόνη· διαφορετικά less -FRX")[
          language])
    entry("NO_PAGER", Words("no pager, as with --no-pager", "χωρίς πρόγραμμα σελίδων, όπως με --no-pager")[language])
    entry("NO_COLOR", Words("not empty: no colours", "μη κενό: χωρίς χρώματα")[language])
    entry(
      "CLICOLOR_FORCE",
      Words("not empty and not 0: colours in pipes too", "μη κενό και όχι 0: χρώματα και σε διοχέτευση")[language])
    entry("TERM", Words("dumb: plain text, without escape sequences", "dumb: απλό κείμενο, χωρίς ακολουθίες διαφυγής")[language])
    entry(
      "ACCESSIBLE",
      Words(
        "not empty and not 0: for screen readers: nothing is drawn or redrawn, and each line says what it is",
        "μη κενό και όχι 0: για αναγνώστες οθόνης: τίποτε δεν σχεδιάζεται ούτε ξανασχεδιάζεται, και κάθε γραμμή λέει τι είναι")[language])
    entry("XDG_CONFIG_HOME", Words("the folder of the settings, else ~/.config", "ο φάκελος των ρυθμίσεων, αλλιώς ~/.config")[language])
    entry(
      "XDG_STATE_HOME, XDG_DATA_HOME",
      Words("where history, journal and attempts are kept; see islet data", "πού φυλάσσονται ιστορικό, ημερολόγιο και προσπάθειες· βλ. islet data")[language])
    section(Words("SETTINGS", "ΡΥΘΜΙΣΕΙΣ"))
    paragraph(
      Words("\(Settings.place) holds a setting a line; # starts a comment.", "Το \(Settings.place) έχει μία ρύθμιση ανά γραμμή· το # αρχίζει σχόλιο."))
    for setting in Settings.entries { entry("\(setting.name): \(setting.form[language])", setting.summary[language]) }
    paragraph(Settings.order)
    section(Words("SOURCE", "ΠΗΓΗ"))
    paragraph(IntendedUse.origin)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The prompt's keys beside those of libedit.
  private static let keys: [(Words, Words)] = [
    (
      Words(same: "Tab"),
      Words(
        "complete the word, or list what it may be: arrows and Tab move in the list, typing narrows it, Return or → takes what is marked, Escape closes it",
        "συμπλήρωση της λέξης ή κατάλογος των δυνατών: βέλη και Tab για μετακίνηση, η πληκτρολόγηση τον στενεύει, Return ή → για επιλογή, Escape για κλείσιμο")
    ),
    (Words("→, Ctrl-F", "→, Ctrl-F"), Words("take what appears dim after the cursor", "αποδοχή όσων φαίνονται αχνά μετά τον δρομέα")),
    (
      Words("↑, ↓", "↑, ↓"),
      Words("earlier lines that begin with what is before the cursor", "οι προηγούμενες γραμμές που αρχίζουν με ό,τι βρίσκεται πριν από τον δρομέα")
    ),
    (Words(same: "Ctrl-R"), Words("list earlier lines that contain what is typed", "κατάλογος των προηγούμενων γραμμών που περιέχουν ό,τι γράφεται")),
    (Words(same: "Ctrl-T"), Words("show what the line would mean, without running it", "τι θα σήμαινε η γραμμή, χωρίς να εκτελεστεί")),
    (
      Words("Return after \\ or an open quotation mark, Alt-Return", "Return μετά από \\ ή ανοιχτά εισαγωγικά, Alt-Return"),
      Words("go on in another row; an empty row ends it", "συνέχεια σε νέα σειρά· μια κενή σειρά την τελειώνει")
    ),
    (Words(same: "Ctrl-O"), Words("after an audit, the next patient that it shows", "μετά από επιθεώρηση, ο επόμενος ασθενής της")),
  ]

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
    if result.hasPrefix(".") || result.hasPrefix("'") { result = "\\&" + result }
    return result
  }
}
