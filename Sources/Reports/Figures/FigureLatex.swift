import Wording

extension Figure {
  /// The figure's data as LaTeX: its title, its table, its notes. What a paper can show where no drawing can be converted.
  public var latex: String {
    let (head, rows) = table
    let count = max(1, head.count)
    // A column's width less the gaps beside it.
    let column = ">{\\raggedright\\arraybackslash}p{\(Numeral.fixed(0.96 / Double(count), places: 3))\\linewidth}"
    func line(_ cells: [Text]) -> String { cells.map { Self.latex($0.string) }.joined(separator: " & ") + " \\\\" }
    let title = Self.latex(title) + (citation.isEmpty ? "" : " (\(Self.latex(citation.string)))")
    let lines =
      [
        "\\par\\noindent\\textbf{\(title)}\\par\\nopagebreak\\medskip",
        "{\\small\\setlength{\\tabcolsep}{2pt}\\renewcommand{\\arraystretch}{1.2}\\noindent\\begin{tabular}{@{}\(String(repeating: column, count: count))@{}}",
        "\\hline",
      ]
      + [line(head), "\\hline"] + rows.map(line) + ["\\hline", "\\end{tabular}\\par}"] + notes.map { "{\\small \(Self.latex($0.string))\\par}" }
    return lines.joined(separator: "\n")
  }

  /// A text of which LaTeX reads no character as a command.
  static func latex(_ text: String) -> String {
    Display.safe(text).unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "#", "$", "%", "&", "_", "{", "}": result += "\\" + String(scalar)
      case "[", "]": result += "{" + String(scalar) + "}"
      case "\n": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
