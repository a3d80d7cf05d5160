/// Why bytes are no Arrow that this module reads.
public enum ArrowFault: Error, Sendable, Equatable {
  /// The bytes end, or a part points outside them.
  case cutShort
  /// Something isn't as the specification has it.
  case malformed(String)
  /// It is Arrow, but of a kind that isn't read.
  case unsupported(String)
}
