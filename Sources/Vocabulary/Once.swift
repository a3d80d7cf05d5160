import Synchronization
import Wording

/// A value that is read when it is first asked for, and kept. What can't be read isn't kept: whoever asks is told the fault.
public final class Once<Value: Sendable>: Sendable {
  private final class Kept: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  /// Of one type for every value, so that a new type of value needs no others at start.
  private let kept: Mutex<(any AnyObject & Sendable)?>

  /// - Parameter value: the value where it is known already.
  public init(_ value: Value? = nil) { kept = Mutex(value.map { Kept($0) as any AnyObject & Sendable }) }

  /// The value, read now if it wasn't before. Several threads that ask at once read it once.
  public func value<Fault: Error>(_ read: () throws(Fault) -> Value) throws(Fault) -> Value {
    try kept.withLock { (kept) throws(Fault) -> Value in
      if let kept = kept as? Kept { return kept.value }
      let value = try read()
      kept = Kept(value)
      return value
    }
  }
}

/// Values of different types, a handful, each read when it is first asked for, and kept.
public final class OnceEach: Sendable {
  private let kept = Mutex<[(type: ObjectIdentifier, value: any Sendable)]>([])

  public init() {}

  public func value<Value: Sendable, Fault: Error>(_ read: () throws(Fault) -> Value) throws(Fault) -> Value {
    try kept.withLock { (kept) throws(Fault) -> Value in
      for entry in kept where entry.type == ObjectIdentifier(Value.self) { if let value = entry.value as? Value { return value } }
      let value = try read()
      kept.append((ObjectIdentifier(Value.self), value))
      return value
    }
  }
}
