import ArgumentParser
import Reports
import Terminal
import Wording

/// `islet data`: what islet keeps for its user, and how to be rid of it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: Words(
      "List or delete the private files: history, journal, attempts, language.",
      "Κατάλογος ή διαγραφή των ιδιωτικών αρχείων: ιστορικό, ημερολόγιο, προσπάθειες, γλώσσα."
    ).said,
    subcommands: [List.self, Delete.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words("Print each private file with its size in bytes.", "Κάθε ιδιωτικό αρχείο με το μέγεθός του σε byte.").said)
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.listPrivateFiles())
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words("Delete the private files, or only those of the kinds named.", "Διαγραφή των ιδιωτικών αρχείων, ή μόνο των ειδών που αναφέρονται.").said)
    @OptionGroup var options: SharedOptions
    @Argument(
      help: ArgumentHelp(
        Words("history, journal, attempts or language; all when left out.", "history, journal, attempts ή language· αν λείπει, όλα.").said,
        valueName: Words("kind", "είδος").said))
    var kinds: [PrivateFile] = []

    func run() throws {
      let console = Console(options)
      try console.finish(console.deletePrivateFiles(kinds))
    }
  }
}

extension PrivateFile: ExpressibleByArgument {}

extension Console {
  static var privateFiles: PrivateFiles { PrivateFiles(environment: environment) }

  fileprivate func listPrivateFiles() throws(Diagnostic) -> Int32 {
    let found = try Self.privateFiles.list()
    if options.format == .json {
      let files = found.map { JSON.fields([("path", .string($0.path)), ("kind", .string($0.file.rawValue)), ("bytes", .integer($0.size))]) }
      print(Report(data: [("files", .array(files))]), command: "data", language: language)
      return 0
    }
    for entry in found { Self.write("\(entry.path)  \(entry.size)  \(entry.file.name[language])\n") }
    if found.isEmpty { Self.write(Words("islet keeps no private file here.", "Το islet δεν κρατά εδώ ιδιωτικό αρχείο.")[language] + "\n") }
    return 0
  }

  fileprivate func deletePrivateFiles(_ kinds: [PrivateFile]) throws(Diagnostic) -> Int32 {
    for entry in try Self.privateFiles.list() where kinds.isEmpty || kinds.contains(entry.file) {
      try Self.privateFiles.delete(entry)
      say(Words("deleted  \(entry.path)", "διαγράφηκε  \(entry.path)"), command: "data delete", [("deleted", .string(entry.path))])
    }
    return 0
  }
}
