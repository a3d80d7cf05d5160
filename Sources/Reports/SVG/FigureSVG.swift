import Wording

extension Figure {
  /// The figure as an SVG file of its own: a title and a description for screen readers, light and dark by the reader's
  /// preference and light in print, no script, no font from outside. Equal figures give equal bytes.
  ///
  /// - Parameter width: in pixels; 320 or more. 720 suits a page, 360 a telephone. Below 520 words move above the drawing.
  public func svg(width: Int = 720) -> String {
    tag(framed(picture(width: Double(width))), name: "svg-" + Markup.id(id), style: "<style>\(FigureStyle.file)</style>", isFile: true)
  }

  /// The figure as an SVG element for a page that holds `FigureStyle.page`; `name` makes its ids unique there.
  func inlineSVG(width: Int, name: String) -> String {
    tag(picture(width: Double(width)), name: name, style: "", isFile: false)
  }

  /// The title above the drawing and the notes below it, for a file without a page around it.
  private func framed(_ picture: Picture) -> Picture {
    var frame = Picture(width: picture.width)
    let title = title + (citation.isEmpty ? "" : " · " + citation.string)
    var y = frame.size + 12
    let count = frame.lines(title, 8, y, width: frame.width - 16, "strong", isBold: true)
    y += Double(count) * frame.lineHeight
    let head = y - frame.size + 4
    y = head + picture.height + (notes.isEmpty ? 0 : frame.size + 4)
    for note in notes {
      let count = frame.lines(note.string, 8, y, width: frame.width - 16, "muted")
      y += Double(count) * frame.lineHeight
    }
    frame.height = y
    frame.group(picture, y: head)
    return frame
  }

  private func tag(_ picture: Picture, name: String, style: String, isFile: Bool) -> String {
    let width = Picture.number(picture.width)
    let height = Picture.number(picture.height.rounded(.up))
    let kind = "islet-figure" + (picture.isNarrow ? " narrow" : "")
    let open =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"\(kind)\" role=\"img\" lang=\"\(language.rawValue)\" aria-labelledby=\"\(name)-title \(name)-desc\" width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\">"
    let words = "<title id=\"\(name)-title\">\(Markup.escaped(title))</title>\n<desc id=\"\(name)-desc\">\(Markup.escaped(description))</desc>"
    let paper = isFile ? ["<rect class=\"paper\" width=\"\(width)\" height=\"\(height)\"/>"] : []
    return ([open, words] + (style.isEmpty ? [] : [style]) + paper + picture.body + ["</svg>"]).joined(separator: "\n") + (isFile ? "\n" : "")
  }

  /// The drawing alone.
  func picture(width: Double) -> Picture {
    switch content {
    case .survival(let value): value.picture(width, language)
    case .forest(let value): value.picture(width, language)
    case .ranges(let value): value.picture(width, language)
    case .timeline(let value): value.picture(width, language)
    case .tree(let value): value.picture(width, language)
    case .crossing(let value): value.picture(width, language)
    }
  }
}

extension Picture {
  /// Another picture, moved down.
  mutating func group(_ picture: Picture, y: Double) {
    append("<g transform=\"translate(0 \(Self.number(y)))\">")
    for line in picture.body { append(line) }
    append("</g>")
  }
}
