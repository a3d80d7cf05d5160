extension StringProtocol {
  /// Its sentences: each up to a full stop, a question mark or an exclamation mark that a space follows, brackets and quotes closed.
  public var sentences: [String] {
    var found: [String] = []
    var current = ""
    for word in split(separator: " ") {
      current += current.isEmpty ? String(word) : " " + word
      if let last = word.last(where: { !")”»\"".contains($0) }), ".?!".contains(last) {
        found.append(current)
        current = ""
      }
    }
    return current.isEmpty ? found : found + [current]
  }
}
