import Wording

extension ConditionTree.Node {
  /// Its label, or the words of its join where it has none.
  func words(_ language: Language) -> Text {
    if !label.isEmpty { return label }
    switch join {
    case .leaf: return Text(id)
    case .all: return Text(FigureWords.and[language])
    case .any: return Text(FigureWords.or[language])
    case .not: return Text(FigureWords.not[language])
    case .atLeast(let number): return Text(FigureWords.atLeast(number)[language])
    }
  }
}

extension ConditionTree {
  func drawing(_ columns: Int, _ language: Language) -> [String] {
    var lines: [String] = []
    draw(root, first: "", rest: "", columns, language, into: &lines)
    return lines
  }

  private func draw(
    _ node: Node, first: String, rest: String, _ columns: Int, _ language: Language, into lines: inout [String]
  ) {
    let words = Display.safe(node.words(language)) + (node.detail.isEmpty ? "" : "  " + Display.safe(node.detail))
    let text = words.string
    let below = node.branches.isEmpty ? "  " : "│ "
    // Deep trees keep room for their words: beyond it the branches are drawn no further in.
    let room = max(12, columns - Display.width(first) - 2)
    // A printed value, its erratum and the reading stay on one line, however narrow the screen.
    for (number, line) in (words.holdsErratum ? [text] : Display.fitted(text, to: room)).enumerated() {
      lines.append((number == 0 ? first + node.mark + " " + line : rest + below + line).trimmedTail)
    }
    let isDeep = Display.width(rest) + 3 > columns - 16
    for (place, branch) in node.branches.enumerated() {
      let isLast = place == node.branches.count - 1
      draw(
        branch, first: isDeep ? rest : rest + (isLast ? "└─ " : "├─ "), rest: isDeep ? rest : rest + (isLast ? "   " : "│  "), columns, language,
        into: &lines)
    }
  }
}
