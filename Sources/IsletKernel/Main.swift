import CProgram
import Commands
import Guideline
import Jupyter
import Notebooks
import Reports
import Sessions
import Teaching
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The kernel as a program: `islet-kernel CONNECTION-FILE [--language en|el]`, as the kernel's specification names it.
@main
struct IsletKernel {
  static func main() {
    let arguments = (1..<max(1, islet_argument_count())).compactMap { islet_argument($0).map { String(cString: $0) } }
    if arguments == ["--version"] {
      print("islet-kernel \(Release.version)")
      return
    }
    var file: String?
    var language = getenv("ISLET_LANGUAGE").flatMap { Language(reading: String(cString: $0)) } ?? .english
    var place = 0
    while place < arguments.count {
      if arguments[place] == "--language", place + 1 < arguments.count, let named = Language(reading: arguments[place + 1]) {
        language = named
        place += 2
      } else if file == nil, arguments[place].first != "-" {
        file = arguments[place]
        place += 1
      } else {
        usage()
      }
    }
    guard let file else { usage() }
    do throws(Diagnostic) {
      try serve(file, language)
    } catch {
      complain(error.text(.plain, language))
      exit(1)
    }
  }

  private static func usage() -> Never {
    complain("islet-kernel CONNECTION-FILE [--language en|el]\nJupyter starts it. To register it: islet jupyter install\n")
    exit(2)
  }

  private static func complain(_ text: String) {
    var text = text
    text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  }

  #if Jupyter
    private static func serve(_ file: String, _ language: Language) throws(Diagnostic) {
      let connection = try Connection(try read(file), file: file)
      // Jupyter interrupts by a message; a Ctrl-C in the terminal of a server isn't for the kernel.
      signal(SIGINT, SIG_IGN)
      let world = World(
        guideline: try .embedded(), commands: Registry.standard(adding: Command.teaching + Command.notebooks), version: Release.version)
      var server = try Server(connection, Kernel(world: world, language: language, seconds: seconds))
      server.run()
    }

    private static func read(_ file: String) throws(Diagnostic) -> [UInt8] {
      let unreadable = Diagnostic(
        "file.unreadable", Words("\(file) can't be read.", "Το \(file) δεν διαβάζεται."),
        help: [Words("It is the connection file that Jupyter writes.", "Είναι το αρχείο σύνδεσης που γράφει το Jupyter.")])
      guard let stream = fopen(file, "r") else { throw unreadable }
      defer { fclose(stream) }
      // A connection file has some hundred bytes.
      let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in count = fread(buffer.baseAddress, 1, 65_536, stream) }
      guard ferror(stream) == 0 else { throw unreadable }
      return bytes
    }

    private static func seconds() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
  #else
    private static func serve(_ file: String, _ language: Language) throws(Diagnostic) {
      throw Diagnostic(
        "kernel.absent", Words("This islet-kernel was built without Jupyter.", "Αυτό το islet-kernel μεταγλωττίστηκε χωρίς Jupyter."),
        help: [Words("Build it with libzmq's development files: make kernel", "Μεταγλωττίστε το, με τα αρχεία ανάπτυξης του libzmq: make kernel")])
    }
  #endif
}
