import Synchronization
import Wording

/// A value that is read when it is first asked for, and kept. What can't be read isn't kept: whoever asks is told the fault.
public final class Once<Value: Sendable>: Sendable {
  private let kept = Mutex<Value?>(nil)

  public init() {}

  /// The value, read now if it wasn't before. Several threads that ask at once read it once.
  public func value(_ read: () throws(Diagnostic) -> Value) throws(Diagnostic) -> Value {
    try kept.withLock { (kept) throws(Diagnostic) -> Value in
      if let kept { return kept }
      let value = try read()
      kept = value
      return value
    }
  }
}
