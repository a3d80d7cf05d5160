import CPseudoTerminal
import Foundation

/// The shell in a terminal of its own, as a user sits before it.
final class Terminal {
  let program: Program
  private let process: pid_t
  private let handle: Int32
  private var status: Int32?
  /// What came since the last key was sent.
  private(set) var shown = ""

  init(_ program: Program, _ arguments: [String] = [], environment: [String: String] = [:], columns: Int32 = 80) {
    self.program = program
    let base = ["HOME": program.home.path, "LANG": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1", "NO_PAGER": "1"]
    let variables = base.merging(environment) { $1 }.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
    var handle: Int32 = -1
    process = Self.withStrings([Program.path.path] + arguments) { arguments in
      Self.withStrings(variables) { islet_pseudo_terminal(arguments[0], arguments, $0, columns, 24, &handle) }
    }
    self.handle = handle
  }

  private static func withStrings<R>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    let copies = texts.map { strdup($0) } + [nil]
    defer { copies.forEach { free($0) } }
    return body(copies)
  }

  deinit {
    if status == nil, process > 0 {
      kill(process, SIGKILL)
      var ended: Int32 = 0
      waitpid(process, &ended, 0)
    }
    close(handle)
  }

  /// What came, without escape sequences.
  var plain: String { shown.replacing(/\u{1B}\[[0-9;?]*[a-zA-Z]|\u{1B}\][^\u{7}]*\u{7}/, with: "") }

  /// Types keys.
  func type(_ keys: String) {
    shown = ""
    let bytes = Array(keys.utf8)
    _ = bytes.withUnsafeBytes { write(handle, $0.baseAddress, $0.count) }
  }

  /// Waits until a text has come; false after ten seconds, or at the end.
  @discardableResult
  func wait(for text: String, seconds: Double = 60) -> Bool { wait(seconds) { self.shown.contains(text) } }

  /// Waits until the prompt comes at the end of what is shown.
  @discardableResult
  func waitForPrompt(_ prompt: String = "islet> ") -> Bool {
    wait { self.plain.hasSuffix(prompt) }
  }

  private func wait(_ seconds: Double = 60, until isDone: () -> Bool) -> Bool {
    let deadline = Date().addingTimeInterval(seconds)
    while !isDone() {
      var poll = pollfd(fd: handle, events: Int16(POLLIN), revents: 0)
      guard Date() < deadline else { return false }
      guard Foundation.poll(&poll, 1, 200) > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(handle, &buffer, buffer.count)
      guard count > 0 else { return isDone() }
      bytes += buffer.prefix(count)
      // A letter may come in halves.
      if let text = String(validating: bytes, as: UTF8.self) {
        shown += text
        bytes = []
      }
    }
    return true
  }

  private var bytes: [UInt8] = []

  func signal(_ number: Int32) { kill(process, number) }

  func resize(columns: Int32) { islet_pseudo_terminal_resize(handle, columns, 24) }

  /// Waits until the process stops (true) or ends.
  func waitForStop() -> Bool {
    var state: Int32 = 0
    guard waitpid(process, &state, WUNTRACED) == process else { return false }
    if islet_wait_stopped(state) != 0 { return true }
    status = islet_wait_exit(state)
    return false
  }

  /// The exit status, when the process has ended; nil where it doesn't within a minute.
  func end() -> Int32? {
    if status == nil {
      _ = wait { false }
      var state: Int32 = 0
      for _ in 0..<100 where status == nil {
        if waitpid(process, &state, WNOHANG) == process { status = islet_wait_exit(state) } else { usleep(50_000) }
      }
    }
    return status
  }

  /// Whether the terminal edits lines and echoes by itself again.
  var isSane: Bool { islet_pseudo_terminal_is_sane(handle) == 1 }
}
