import ArgumentParser
import Terminal
import Wording

/// `islet data`: what islet keeps for its user, and how to be rid of it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List or delete the private files: history, journal, attempts, language.",
    subcommands: [List.self, Delete.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print each private file with its size in bytes.")
    @OptionGroup var options: SharedOptions

    func run() throws {
      let console = Console(options)
      try console.finish(console.listPrivateFiles())
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Delete the private files, or only those of the kinds named.")
    @OptionGroup var options: SharedOptions
    @Argument(help: ArgumentHelp("history, journal, attempts or language; all when left out.", valueName: "kind"))
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
    for entry in found { Self.write("\(entry.path)  \(entry.size)  \(entry.file.name[language])\n") }
    if found.isEmpty { Self.write(Words("islet keeps no private file here.", "Το islet δεν κρατά εδώ ιδιωτικό αρχείο.")[language] + "\n") }
    return 0
  }

  fileprivate func deletePrivateFiles(_ kinds: [PrivateFile]) throws(Diagnostic) -> Int32 {
    for entry in try Self.privateFiles.list() where kinds.isEmpty || kinds.contains(entry.file) {
      try Self.privateFiles.delete(entry)
      Self.write(Words("deleted  \(entry.path)", "διαγράφηκε  \(entry.path)")[language] + "\n")
    }
    return 0
  }
}
