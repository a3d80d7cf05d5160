import CEditLine

/// A file that isn't whole yet: it is deleted where a signal ends the program.
public struct UnfinishedFile: Sendable {
  private let place: Int32

  public init(_ path: String) { place = islet_unfinished_add(path) }

  /// It is whole, or gone.
  public func end() { islet_unfinished_remove(place) }
}
