#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which of the planted mutants is on: `ISLET_MUTANT=17`.
public enum Mutant {
  @usableFromInline static let number: Int = getenv("ISLET_MUTANT").flatMap { Int(String(cString: $0)) } ?? 0

  @inlinable public static func on(_ mutant: Int) -> Bool { number == mutant }
  @inlinable public static func not(_ mutant: Int, _ value: Bool) -> Bool { number == mutant ? value : !value }

  @inlinable public static func and<E: Error>(_ mutant: Int, _ a: Bool, _ b: @autoclosure () throws(E) -> Bool) throws(E) -> Bool {
    number == mutant ? try a || b() : try a && b()
  }

  @inlinable public static func or<E: Error>(_ mutant: Int, _ a: Bool, _ b: @autoclosure () throws(E) -> Bool) throws(E) -> Bool {
    number == mutant ? try a && b() : try a || b()
  }
}
