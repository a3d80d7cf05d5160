import Wording

extension Diagnostic {
  public static func fileUnreadable(_ path: String, _ cause: FileCause) -> Diagnostic {
    Diagnostic(
      "file.unreadable",
      Words("The file “\(path)” can't be read: \(cause.words.english).", "Το αρχείο «\(path)» δεν διαβάζεται: \(cause.words.greek)."),
      help: cause.help.map { [$0] } ?? [])
  }

  public static func fileNotWritten(_ path: String, _ cause: FileCause) -> Diagnostic {
    Diagnostic(
      "file.not-written",
      Words("The file “\(path)” can't be written: \(cause.words.english).", "Το αρχείο «\(path)» δεν μπορεί να γραφτεί: \(cause.words.greek)."),
      help: cause.helpForWriting.map { [$0] } ?? [])
  }

  /// A case's file, where commands are to be read.
  static func scenarioNotScript(_ path: String) -> Diagnostic {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let name = path.split(separator: "/").last.map { $0.hasSuffix(".islet") ? $0.dropLast(6) : $0 } ?? ""
    return Diagnostic(
      "script.scenario",
      Words("The file “\(path)” is a teaching case, not a list of commands.", "Το αρχείο «\(path)» είναι εκπαιδευτικό περιστατικό, όχι λίστα εντολών."),
      help: [
        Words(
          "Play it with islet --cases \(folder) -c \"play \(name)\", or look for its faults with islet check \(path).",
          "Παίξτε το με islet --cases \(folder) -c \"play \(name)\", ή ελέγξτε το με islet check \(path).")
      ])
  }

  /// Where a folder that is named holds nothing of what is asked for.
  public static func folderEmpty(_ path: String, of what: Words) -> Diagnostic {
    Diagnostic(
      "folder.empty", Words("The folder “\(path)” holds no \(what.english).", "Ο φάκελος «\(path)» δεν έχει \(what.greek)."),
      help: [Words("Check its name.", "Ελέγξτε το όνομά του.")])
  }

  /// Where no file can be reached at all.
  public static func noFiles(_ path: String) -> Diagnostic {
    Diagnostic(
      "file.unreadable", Words("The file “\(path)” can't be reached from here.", "Το αρχείο «\(path)» δεν είναι προσιτό από εδώ."),
      help: [Words("Files are for the shell.", "Αρχεία διαβάζονται και γράφονται μόνο στο κέλυφος.")])
  }

  public static func fileExists(_ path: String) -> Diagnostic {
    Diagnostic(
      "file.exists", Words("The file “\(path)” already exists.", "Το αρχείο «\(path)» υπάρχει ήδη."),
      help: [Words("Choose another name, or delete it first.", "Δώστε άλλο όνομα, ή διαγράψτε το πρώτα.")])
  }

  public static func fileTooLong(_ path: String, _ limit: Int = ScriptBounds.bytes) -> Diagnostic {
    Diagnostic(
      "file.too-long", Words("“\(path)” has more than \(limit) bytes.", "Το «\(path)» ξεπερνά τα \(limit) byte."),
      help: [Words("Split it into several files.", "Χωρίστε το σε περισσότερα αρχεία.")])
  }

  public static func tooManyLines(_ path: String) -> Diagnostic {
    Diagnostic(
      "file.too-many-lines",
      Words(
        "“\(path)” has more than \(ScriptBounds.lines) lines.", "Το «\(path)» έχει περισσότερες από \(ScriptBounds.lines) γραμμές."),
      help: [Words("Split it into several files.", "Χωρίστε το σε περισσότερα αρχεία.")])
  }

  static func formatVersion(_ version: Int) -> Diagnostic {
    Diagnostic(
      "script.version",
      Words(
        "The file has format \(version); this islet reads format \(Script.version).",
        "Το αρχείο έχει μορφή \(version)· αυτό το islet διαβάζει τη μορφή \(Script.version)."),
      help: [Words("Use a newer islet for it.", "Χρησιμοποιήστε νεότερο islet γι' αυτό.")])
  }

  static func formatKind(_ line: String) -> Diagnostic {
    Diagnostic(
      "script.kind",
      Words("The first line doesn't say what the file is.", "Η πρώτη γραμμή δεν λέει τι είναι το αρχείο."),
      help: [
        Words(
          "It reads: islet \(Script.version) session, islet \(Script.version) recording or islet \(Script.version) scenario",
          "Γράφεται: islet \(Script.version) session, islet \(Script.version) recording ή islet \(Script.version) scenario")
      ], source: line, span: 0..<line.utf8.count)
  }

  static func refusedInFile(_ name: Words, _ line: String) -> Diagnostic {
    Diagnostic(
      "script.outside",
      Words(
        "A file that is run can't use \(name.english): it acts outside the session.",
        "Ένα αρχείο που εκτελείται δεν μπορεί να χρησιμοποιήσει την εντολή \(name.greek): ενεργεί έξω από τη συνεδρία."),
      help: [
        Words(
          "If you trust the file, start islet with --allow-files.", "Αν εμπιστεύεστε το αρχείο, ξεκινήστε το islet με --allow-files.")
      ], source: line, span: 0..<line.utf8.count)
  }

  static var tooManySteps: Diagnostic {
    Diagnostic(
      "script.steps",
      Words(
        "The files of this session ran \(ScriptBounds.steps) commands; no more are run.",
        "Τα αρχεία της συνεδρίας εκτέλεσαν \(ScriptBounds.steps) εντολές· δεν εκτελούνται άλλες."),
      help: [Words("Start a new session for the rest.", "Ξεκινήστε νέα συνεδρία για τα υπόλοιπα.")])
  }

  static var tooDeep: Diagnostic {
    Diagnostic(
      "script.nesting",
      Words(
        "Files call each other more than \(ScriptBounds.nesting) levels deep.",
        "Τα αρχεία καλούν το ένα το άλλο σε περισσότερα από \(ScriptBounds.nesting) επίπεδα."),
      help: [Words("Check whether a file loads itself.", "Ελέγξτε μήπως ένα αρχείο φορτώνει τον εαυτό του.")])
  }

  static func tooSlow(_ line: String) -> Diagnostic {
    Diagnostic(
      "script.time",
      Words(
        "The command took more than \(Int(ScriptBounds.seconds)) seconds of the processor, more than a file is allowed.",
        "Η εντολή χρειάστηκε περισσότερα από \(Int(ScriptBounds.seconds)) δευτερόλεπτα επεξεργαστή, που είναι το όριο για αρχεία."),
      help: [Words("Nothing was changed. Run it by hand.", "Δεν άλλαξε τίποτα. Πληκτρολογήστε την εσείς.")], source: line,
      span: 0..<line.utf8.count)
  }

  static func alreadyRecording(_ file: String) -> Diagnostic {
    Diagnostic(
      "record.running", Words("\(file) is being recorded.", "Καταγράφεται ήδη το \(file)."),
      help: [Words("Type stop recording first.", "Γράψτε πρώτα σταμάτα καταγραφή.")])
  }

  static func alreadyReplaying(_ file: String) -> Diagnostic {
    Diagnostic(
      "replay.running", Words("The replay of \(file) is still running.", "Η αναπαραγωγή του \(file) δεν έχει τελειώσει."),
      help: [
        Words(
          "next runs its next command; stop ends it.",
          "Η εντολή επόμενο εκτελεί την επόμενη εντολή της· η εντολή διέκοψε την τερματίζει.")
      ])
  }

  static var nothingReplays: Diagnostic {
    Diagnostic(
      "replay.none", Words("No replay is waiting.", "Δεν περιμένει καμία αναπαραγωγή."),
      help: [
        Words(
          text: "Start one: \(Text.command("replay FILE --step", "replay"))", "Ξεκινήστε μία: \(Text.command("αναπαραγωγή ΑΡΧΕΙΟ --step", "replay"))"),
        Words("tour begins the tour; next goes on with it.", "Με «ξενάγηση» αρχίζει η ξενάγηση· με «επόμενο» συνεχίζεται."),
      ])
  }

  static var nothingToStop: Diagnostic {
    Diagnostic(
      "stop.nothing",
      Words("Nothing is being recorded or replayed.", "Δεν καταγράφεται ούτε αναπαράγεται κάτι."),
      help: [
        Words(
          text: "Start with: \(Text.command("record FILE", "record")), or \(Text.command("replay FILE --step", "replay"))",
          "Ξεκινήστε με: \(Text.command("κατέγραψε ΑΡΧΕΙΟ", "record")), ή \(Text.command("αναπαραγωγή ΑΡΧΕΙΟ --step", "replay"))")
      ])
  }

  static var nothingToRestore: Diagnostic {
    Diagnostic(
      "restore.nothing", Words("No session was cut short.", "Δεν διακόπηκε καμία συνεδρία."),
      help: [
        Words("A session that was saved comes back with: load FILE", "Μια αποθηκευμένη συνεδρία επανέρχεται με: φόρτωσε ΑΡΧΕΙΟ")
      ])
  }
}
