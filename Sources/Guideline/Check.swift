import Wording

extension Guideline {
  /// The lint of the chapters.
  public func check() -> [Diagnostic] { [] }
}
