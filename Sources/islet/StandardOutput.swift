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
    Console.write(held)
    held.removeAll(keepingCapacity: true)
  }

  func write(_ bytes: [UInt8]) {
    guard isHolding else { return Console.write(bytes) }
    held += bytes
    if held.count >= Self.room { flush() }
  }

  func write(_ text: String) {
    guard isHolding else { return Console.write(text) }
    held += text.utf8
    if held.count >= Self.room { flush() }
  }
}
