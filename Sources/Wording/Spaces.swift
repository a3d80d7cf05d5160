extension String {
  /// So many spaces; none where there are fewer than one. No initialiser: `map(String.init)` of numbers would take it.
  public static func spaces(_ count: Int) -> String {
    let count = Swift.max(0, count)
    return String(unsafeUninitializedCapacity: count) { room in
      // There may be more room, which stays as it is.
      room.baseAddress?.initialize(repeating: 0x20, count: count)
      return count
    }
  }
}
