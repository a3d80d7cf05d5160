#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which of the planted mutants is on: `ISLET_MUTANT=17`. With `ISLET_MUTANTS_SEEN=FILE` none is on, and a byte of the file for each mutant tells
/// what a run saw of it: 1 where it was reached, 2 where it would have made a difference there.
public enum Mutant {
  @usableFromInline static let number: Int = getenv("ISLET_MUTANT").flatMap { Int(String(cString: $0)) } ?? 0

  /// The file's bytes, shared with every other process of the run; nil where nothing is recorded.
  @usableFromInline nonisolated(unsafe) static let seen: UnsafeMutableBufferPointer<UInt8>? = {
    guard let name = getenv("ISLET_MUTANTS_SEEN") else { return nil }
    let file = open(name, O_RDWR)
    let size = Int(lseek(file, 0, SEEK_END))
    guard file >= 0, size > 0, let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), start != MAP_FAILED else { return nil }
    return UnsafeMutableBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: size)
  }()
  @usableFromInline static let isRecording = seen != nil

  @usableFromInline static func saw(_ mutant: Int, _ differs: Bool) {
    guard let seen, mutant < seen.count else { return }
    if differs { seen[mutant] = 2 } else if seen[mutant] == 0 { seen[mutant] = 1 }
  }

  /// Whether a mutant is on that always makes a difference where it is reached.
  @inlinable public static func on(_ mutant: Int) -> Bool {
    if isRecording { saw(mutant, true) }
    return number == mutant
  }

  /// One of two conditions: the first as it was written, the second as the mutant has it.
  @inlinable public static func pick(
    _ mutant: Int, _ written: @autoclosure () throws -> Bool, _ other: @autoclosure () throws -> Bool
  ) rethrows -> Bool {
    if isRecording {
      let value = try written()
      saw(mutant, try other() != value)
      return value
    }
    return number == mutant ? try other() : try written()
  }

  /// One of two values of any type; the other is not asked for to see whether it differs, for it may not be asked everywhere.
  @inlinable public static func choose<Value>(
    _ mutant: Int, _ written: @autoclosure () throws -> Value, _ other: @autoclosure () throws -> Value
  ) rethrows -> Value { on(mutant) ? try other() : try written() }
}
