import Reports
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Shows text that is longer than the screen through the user's pager. Only the interactive shell has one.
struct Pager {
  let command: String

  /// PAGER, else the user's own setting, else `less -FRX` where less is installed; nil when NO_PAGER is set, or PAGER or
  /// the setting is empty.
  init?(environment: (String) -> String?, setting: String?) {
    if let off = environment("NO_PAGER"), !off.isEmpty { return nil }
    guard let named = environment("PAGER") ?? setting else {
      guard Self.isInstalled("less", environment("PATH") ?? "") else { return nil }
      command = "less -FRX"
      return
    }
    guard named.contains(where: { $0 != " " }) else { return nil }
    command = named
  }

  private static func isInstalled(_ program: String, _ path: String) -> Bool {
    path.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  /// The lines of the terminal.
  static var rows: Int {
    var size = winsize()
    return ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 ? Int(size.ws_row) : 24
  }

  /// Whether a text is longer than the screen, with a line left for the prompt.
  static func isNeeded(_ text: String) -> Bool { text.utf8.count { $0 == 0x0A } >= rows }

  /// Shows a text; false when the pager couldn't be run, and nothing was shown.
  func show(_ text: String) -> Bool {
    // Who leaves the pager early leaves it, not the shell; Ctrl-C in it is the pager's.
    let pipe = signal(SIGPIPE, SIG_IGN)
    let interrupt = signal(SIGINT, SIG_IGN)
    defer {
      signal(SIGPIPE, pipe)
      signal(SIGINT, interrupt)
    }
    guard let stream = popen(command, "w") else { return false }
    let bytes = Array(Display.safe(text, keeping: .styles).utf8)
    fwrite(bytes, 1, bytes.count, stream)
    let status = pclose(stream)
    // 127 is the system's shell saying that there is no such program.
    return status >> 8 & 0xFF != 127
  }
}
