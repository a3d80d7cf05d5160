import Measures
import Wording

extension ConditionTree {
  func picture(_ width: Double, _ language: Language) -> Picture {
    var picture = Picture(width: width)
    var y = 8.0
    draw(root, 0, language, &picture, &y)
    picture.height = y + 6
    return picture
  }

  /// Draws a node and those below it; the answer is the height of its mark.
  @discardableResult
  private func draw(_ node: Node, _ depth: Int, _ language: Language, _ picture: inout Picture, _ y: inout Double) -> Double {
    let indent = picture.isNarrow ? 22.0 : 30.0
    // Beyond half the width the branches are drawn no further in.
    let x = min(16 + Double(depth) * indent, picture.width / 2)
    let step = picture.lineHeight
    let middle = y + step / 2
    mark(node.truth, x, middle, &picture)
    let words = node.words(language).string
    let isJoin = node.join != .leaf
    let count = picture.lines(words, x + 18, y + step * 0.75, width: picture.width - x - 24, isJoin ? "strong" : "", isBold: isJoin)
    y += Double(count) * step
    if !node.detail.isEmpty {
      y += Double(picture.lines(node.detail.string, x + 18, y + step * 0.7, width: picture.width - x - 24, "muted")) * step
    }
    y += 6
    var last = middle
    for branch in node.branches {
      let place = draw(branch, depth + 1, language, &picture, &y)
      let inner = min(16 + Double(depth + 1) * indent, picture.width / 2)
      if inner > x { picture.line(x, place, inner - 11, place, "axis") }
      last = place
    }
    if !node.branches.isEmpty, last > middle { picture.line(x, middle + 10, x, last, "axis") }
    return middle
  }

  /// ✓ in a filled circle, ✗ in a filled square, ? in an open circle: told apart without colour.
  private func mark(_ truth: Truth, _ x: Double, _ y: Double, _ picture: inout Picture) {
    switch truth {
    case .yes:
      picture.circle(x, y, 9, "f2")
      picture.path([(x - 4, y), (x - 1, y + 3.5), (x + 4.5, y - 3.5)], "onmark")
    case .no:
      picture.rectangle(x - 8.5, y - 8.5, 17, 17, "f1", radius: 2)
      picture.path([(x - 4, y - 4), (x + 4, y + 4)], "onmark")
      picture.path([(x - 4, y + 4), (x + 4, y - 4)], "onmark")
    case .unknown:
      picture.circle(x, y, 9, "open")
      picture.text("?", x, y + 5, "strong", anchor: .middle)
    }
  }
}
