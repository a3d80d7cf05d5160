import Wording

/// What a user sets once in `~/.config/islet/config`: a line each, `language: el`; `#` starts a comment.
public struct Settings: Sendable, Hashable {
  public enum Colour: String, Sendable, CaseIterable { case auto, always, never }
  public enum Keys: String, Sendable, CaseIterable { case emacs, vi }

  /// Nil: as the environment says.
  public private(set) var language: Language?
  /// What long answers are shown with; empty: nothing; nil: as the environment says.
  public private(set) var pager: String?
  public private(set) var colour = Colour.auto
  /// Nil: as libedit's own `.editrc` says.
  public private(set) var keys: Keys?
  /// Whether the prompt shows how a line may go on.
  public private(set) var hints = true

  public init() {}

  /// One setting, declared once: what the file, `help config` and the manual page say of it.
  public struct Declaration: Sendable {
    public let name: String
    /// How its value stands in a form.
    public let form: Words
    public let summary: Words
    /// Sets it; false where the value has no meaning.
    let set: @Sendable (inout Settings, String) -> Bool
  }

  public static let entries: [Declaration] = [
    Declaration(name: "language", form: Words(same: "en|el"), summary: Words("the language of the answers", "η γλώσσα των απαντήσεων")) { settings, text in
      settings.language = Language(reading: text)
      return settings.language != nil
    },
    Declaration(
      name: "pager", form: Words("COMMAND|off", "ΕΝΤΟΛΗ|off"),
      summary: Words("the pager for answers longer than the screen", "το πρόγραμμα που εμφανίζει απαντήσεις μεγαλύτερες από την οθόνη")
    ) { settings, text in
      settings.pager = text == "off" ? "" : text
      return true
    },
    Declaration(
      name: "colour", form: Words(same: "auto|always|never"),
      summary: Words("colours: on a terminal, in pipes too, or nowhere", "χρώματα: μόνο σε τερματικό, και σε διοχέτευση, ή πουθενά")
    ) { settings, text in
      guard let colour = Colour(rawValue: text) else { return false }
      settings.colour = colour
      return true
    },
    Declaration(name: "keys", form: Words(same: "emacs|vi"), summary: Words("the keys of the prompt", "τα πλήκτρα της γραμμής εντολών")) { settings, text in
      settings.keys = Keys(rawValue: text)
      return settings.keys != nil
    },
    Declaration(
      name: "hints", form: Words(same: "on|off"),
      summary: Words("whether the prompt shows how a line may go on", "αν η γραμμή εντολών προτείνει τη συνέχεια")
    ) { settings, text in
      settings.hints = text == "on"
      return ["on", "off"].contains(text)
    },
  ]

  /// Where the file lies.
  public static let place = "~/.config/islet/config"

  /// What goes before the file, and what it goes before.
  public static let order = Words(
    "Options and the environment (ISLET_LANGUAGE, PAGER, NO_PAGER, NO_COLOR, CLICOLOR_FORCE, ACCESSIBLE, TERM) take precedence over the file. With XDG_CONFIG_HOME it is $XDG_CONFIG_HOME/islet/config. A line that can't be read is named, and the rest holds.",
    "Οι επιλογές και το περιβάλλον (ISLET_LANGUAGE, PAGER, NO_PAGER, NO_COLOR, CLICOLOR_FORCE, ACCESSIBLE, TERM) προηγούνται του αρχείου. Με το XDG_CONFIG_HOME το αρχείο είναι το $XDG_CONFIG_HOME/islet/config. Μια γραμμή που δεν διαβάζεται κατονομάζεται και οι υπόλοιπες ισχύουν."
  )

  /// The most bytes that are read.
  public static let limit = 65_536

  /// Reads the file's bytes. Each line that can't be read is an error, and the others hold.
  public static func read(_ bytes: [UInt8], file: String) -> (settings: Settings, errors: [Diagnostic]) {
    var settings = Settings()
    var errors: [Diagnostic] = []
    var seen: Set<String> = []
    let rows = (bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]).split(separator: 0x0A, omittingEmptySubsequences: false)
    for (place, row) in rows.enumerated() {
      do throws(Diagnostic) {
        try settings.take(row, &seen)
      } catch {
        errors.append(error.at(file: file, line: place + 1))
      }
    }
    return (settings, errors)
  }

  private mutating func take(_ row: ArraySlice<UInt8>, _ seen: inout Set<String>) throws(Diagnostic) {
    guard row.count <= 1_000, let raw = String(validating: row, as: UTF8.self) else {
      throw Diagnostic("config.line", Words("The line is too long, or isn't UTF-8.", "Η γραμμή είναι πολύ μεγάλη ή δεν είναι UTF-8."), help: [Self.example])
    }
    let line = raw.trimmingSpace()
    guard !line.isEmpty, line.first != "#" else { return }
    guard let mark = line.firstIndex(where: { $0 == ":" || $0 == "=" }) else {
      throw Diagnostic(
        "config.line", Words("“\(line)” isn't a setting.", "Το «\(line)» δεν είναι ρύθμιση."), help: [Self.example], source: line, span: 0..<line.utf8.count)
    }
    let typed = String(line[..<mark]).trimmingSpace()
    let name = Folding.key(typed) == "color" ? "colour" : Folding.key(typed)
    let value = String(line[line.index(after: mark)...]).trimmingSpace()
    guard let entry = Self.entries.first(where: { $0.name == name }) else {
      let names = Self.entries.map(\.name).joined(separator: ", ")
      throw Diagnostic(
        "config.name", Words("There is no setting “\(typed)”.", "Δεν υπάρχει ρύθμιση «\(typed)»."),
        help: [Words("Settings: \(names)", "Ρυθμίσεις: \(names)")], source: line, span: 0..<typed.utf8.count)
    }
    guard seen.insert(name).inserted else {
      throw Diagnostic(
        "config.twice", Words("“\(typed)” is already set above.", "Το «\(typed)» ορίζεται ήδη πιο πάνω."),
        help: [Words("Keep one of the two lines; the first one counts.", "Κρατήστε μία από τις δύο γραμμές· ισχύει η πρώτη.")], source: line,
        span: 0..<typed.utf8.count)
    }
    var changed = self
    guard !value.isEmpty, entry.set(&changed, value) else {
      throw Diagnostic(
        "config.value", Words("“\(value)” isn't a value of \(name).", "Το «\(value)» δεν είναι τιμή της ρύθμισης \(name)."),
        help: [Words("Write: \(name): \(entry.form.english)", "Γράψτε: \(name): \(entry.form.greek)")], source: line,
        span: (line.utf8.count - value.utf8.count)..<line.utf8.count)
    }
    self = changed
  }

  private static let example = Words("A line is a setting and its value: language: el", "Κάθε γραμμή έχει μια ρύθμιση και την τιμή της: language: el")
}

extension String {
  fileprivate func trimmingSpace() -> String {
    var part = self[...]
    while part.first?.isWhitespace ?? false { part.removeFirst() }
    while part.last?.isWhitespace ?? false { part.removeLast() }
    return String(part)
  }
}
