import CProgram
import Commands
import Guideline
import Reports
import Wording

/// What `islet --version` says: the version, the guideline that is built in, and the commit.
enum VersionText {
  /// Nil where the program was built without make, or without git: of a tarball.
  static var commit: String? {
    let text = String(cString: islet_commit())
    return text.isEmpty ? nil : text
  }

  static let guideline = Words(
    "pancreatic NET therapy, UK text of 2012, in Greek", "θεραπεία παγκρεατικών NET, βρετανικό κείμενο του 2012, στα ελληνικά")

  static func text(_ language: Language) -> String {
    let commit = commit.map { Words(same: $0) } ?? Words("not known: built without git", "άγνωστο: η μεταγλώττιση έγινε χωρίς git")
    return [
      "islet \(Release.version)",
      Words(
        "guideline  \(guideline.english); chapters \(Guideline.embeddedMark)", "οδηγία     \(guideline.greek)· κεφάλαια \(Guideline.embeddedMark)")[language],
      Words("commit     ", "commit     ")[language] + commit[language],
    ].joined(separator: "\n")
  }

  /// Prints it, in the language and the format of options.
  static func show(_ options: RunOptions) {
    let language = options.language.flatMap { Language(reading: $0) } ?? Islet.saidLanguage
    Console.write(clean: Array((options.format == .json ? json(language).text : text(language)).utf8) + [0x0A])
  }

  static var said: String { text(Islet.saidLanguage) }

  static func json(_ language: Language) -> JSON {
    Report(data: [
      ("version", .string(Release.version)), ("date", .string(Release.date)),
      ("guideline", .fields([("title", .string(guideline[language])), ("mark", .string(Guideline.embeddedMark))])),
      ("commit", commit.map { .string($0) } ?? .null),
    ]).json(command: "version", patient: nil, language: language)
  }
}
