import ArgumentParser
import Reports
import Sessions
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `islet jupyter`: makes the kernel known to Jupyter.
struct JupyterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jupyter", abstract: Words("Register the kernel with Jupyter.", "Καταχώριση του πυρήνα στο Jupyter.").said, subcommands: [Install.self])

  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Words(
        "Register the kernel for this user, in English and in Greek.", "Καταχώριση του πυρήνα για αυτόν τον χρήστη, στα αγγλικά και στα ελληνικά."
      ).said,
      discussion: Words(
        """
        The kernel is the program islet-kernel next to islet, or the one named; make kernel builds it. It is registered in \
          JUPYTER_DATA_DIR, else in Jupyter's usual folder.
        """,
        """
        Ο πυρήνας είναι το πρόγραμμα islet-kernel δίπλα στο islet, ή αυτό που ονομάζεται· το make kernel το μεταγλωττίζει. \
        Καταχωρίζεται στο JUPYTER_DATA_DIR, αλλιώς στον συνηθισμένο φάκελο του Jupyter.
        """
      ).said)

    @OptionGroup var options: SharedOptions
    @Option(
      name: .long, help: ArgumentHelp(Words("The kernel's program.", "Το πρόγραμμα του πυρήνα.").said, valueName: Words("file", "αρχείο").said),
      completion: .file()) var kernel: String?

    func run() throws {
      let console = Console(options)
      try console.finish(console.installKernel(kernel))
    }
  }
}

/// What Jupyter reads of a kernel: how it is started, and its name in the launcher.
struct KernelSpecification {
  let program: String
  let language: Language

  /// The folder's name: what `--kernel` of Jupyter's programs takes.
  var name: String { language == .greek ? "islet-el" : "islet" }

  /// What the launcher shows: an islet of cells, within the frame of a shell's prompt.
  static let logo = """
    <svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64">
    <rect x="2" y="2" width="60" height="60" rx="12" fill="#0b5cad"/>
    <path d="M12 20l9 9-9 9" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>
    <g fill="#ffd27a"><circle cx="38" cy="25" r="6"/><circle cx="49" cy="31" r="5"/><circle cx="36" cy="38" r="5"/><circle cx="46" cy="43" r="6"/></g>
    <path d="M12 52h40" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/>
    </svg>

    """

  var text: String {
    let title = language == .greek ? "islet · Ελληνικά" : "islet · English"
    let arguments = [program, "{connection_file}", "--language", language.rawValue]
    let value = JSON.fields([
      ("argv", .strings(arguments)), ("display_name", .string(title)), ("language", .string("islet")), ("interrupt_mode", .string("message")),
      ("metadata", .fields([("debugger", .bool(false))])),
    ])
    return value.text + "\n"
  }
}

extension Console {
  fileprivate func installKernel(_ named: String?) throws(Diagnostic) -> Int32 {
    let wanted = named ?? Self.programFolder + "/islet-kernel"
    guard let program = Self.absolute(wanted), access(program, X_OK) == 0, !Folder.exists(at: program) else {
      throw Diagnostic(
        "kernel.missing", Words("There is no kernel at \(wanted).", "Δεν υπάρχει πυρήνας στο \(wanted)."),
        help: [
          Words(
            "Build it with make kernel, which needs libzmq's development files, or name it: islet jupyter install --kernel FILE",
            "Μεταγλωττίστε τον με make kernel, που χρειάζεται τα αρχεία ανάπτυξης του libzmq, ή ονομάστε τον: islet jupyter install --kernel ΑΡΧΕΙΟ")
        ])
    }
    let files = SystemFiles(console: self)
    for language in Language.allCases {
      let specification = KernelSpecification(program: program, language: language)
      let folder = Self.jupyterData + "/kernels/" + specification.name
      Self.makeFolder(folder)
      try files.write(specification.text, to: folder + "/kernel.json", .whole)
      try files.write(KernelSpecification.logo, to: folder + "/logo-svg.svg", .whole)
      say(
        Words("registered  \(folder)", "καταχωρίστηκε  \(folder)"), command: "jupyter install",
        [("registered", .string(folder)), ("kernel", .string(specification.name))])
    }
    if options.format == .json { return 0 }
    let next = Words(
      "Start Jupyter and choose islet, or: jupyter console --kernel islet", "Ξεκινήστε το Jupyter και διαλέξτε islet, ή: jupyter console --kernel islet-el")
    Self.write(next[language] + "\n")
    return 0
  }

  /// Jupyter's folder of the user, as its own programs find it.
  private static var jupyterData: String {
    if let folder = environment("JUPYTER_DATA_DIR"), !folder.isEmpty { return folder }
    let home = environment("HOME") ?? ""
    #if canImport(Darwin)
      return home + "/Library/Jupyter"
    #else
      if let folder = environment("XDG_DATA_HOME"), !folder.isEmpty { return folder + "/jupyter" }
      return home + "/.local/share/jupyter"
    #endif
  }

  /// The folder of the program that runs.
  private static var programFolder: String {
    #if canImport(Darwin)
      var size: UInt32 = 4096
      var bytes = [CChar](repeating: 0, count: Int(size))
      let path = _NSGetExecutablePath(&bytes, &size) == 0 ? absolute(String(cString: bytes)) : nil
    #else
      let path = absolute("/proc/self/exe")
    #endif
    guard let path, let slash = path.lastIndex(of: "/") else { return "." }
    return String(path[..<slash])
  }

  private static func absolute(_ path: String) -> String? {
    PlainFile.real(path)
  }

  /// Makes a folder and those above it; one that can't be made shows when a file is written there.
  private static func makeFolder(_ path: String) {
    for place in path.indices.dropFirst() where path[place] == "/" { mkdir(String(path[..<place]), 0o755) }
    mkdir(path, 0o755)
  }
}
