import Reports
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output. While lines that have arrived are run it holds what they print, unless a person watches, so that a long
/// script isn't a system call a line; whoever holds it writes it out before waiting for more, and before any error.
final class StandardOutput {
  private var held: [UInt8] = []
  private var isHolding = false

  /// Bytes held, at most.
  private static let room = 65_536

  /// Holds what is printed from now on; on a terminal nothing is held.
  func hold() { isHolding = isatty(1) == 0 }

  /// Writes out what is held, and holds nothing any more.
  func release() {
    flush()
    isHolding = false
  }

  func flush() {
    guard !held.isEmpty else { return }
    Console.write(clean: held)
    held.removeAll(keepingCapacity: true)
  }

  /// Prints bytes without control characters: JSON, in which they are escaped, or what was cleaned.
  func write(clean bytes: [UInt8]) {
    guard isHolding else { return Console.write(clean: bytes) }
    held += bytes
    if held.count >= Self.room { flush() }
  }

  func write(_ text: String, keeping kept: Display.Kept = .nothing) { write(clean: Array(Display.safe(text, keeping: kept).utf8)) }
}

/// The one place where text leaves the program.
extension Console {
  /// Prints text without the control characters that someone's file may have carried into it.
  static func write(_ text: String, to handle: Int32 = 1, keeping kept: Display.Kept = .nothing) {
    write(clean: Array(Display.safe(text, keeping: kept).utf8), to: handle)
  }

  /// Prints bytes without control characters: JSON, in which they are escaped, or what was cleaned. What can't be written to standard output ends the program with
  /// status 1 and a line on standard error; a reader who has left is no fault.
  static func write(clean bytes: [UInt8], to handle: Int32 = 1) {
    bytes.withUnsafeBufferPointer { buffer in
      var start = 0
      while start < buffer.count {
        let written = systemWrite(handle, buffer.baseAddress.map { $0 + start }, buffer.count - start)
        if written < 0 {
          if errno == EINTR { continue }
          if handle == 1 { end(errno) }
          return
        }
        start += written
      }
    }
  }

  private static func end(_ code: Int32) -> Never {
    if code != EPIPE {
      let cause = FileCause(errno: code)
      let error = Diagnostic(
        "output.not-written",
        Words("Standard output can't be written: \(cause.words.english).", "Η τυπική έξοδος δεν γράφεται: \(cause.words.greek)."))
      write(error.text(.plain, Islet.saidLanguage), to: 2)
    }
    exit(1)
  }

  /// Gives each standard stream that was closed at the start a place of its own, so that no file that is opened takes it: what
  /// is then read or written there fails as closed.
  static func guardStandardStreams() {
    for (handle, way) in [(0, O_WRONLY), (1, O_RDONLY), (2, O_WRONLY)] as [(Int32, Int32)] where fcntl(handle, F_GETFD) < 0 {
      _ = systemOpen("/dev/null", way)
    }
  }
}
