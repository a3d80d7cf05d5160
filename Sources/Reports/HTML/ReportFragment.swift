import Wording

extension Report {
  /// The report as a piece of HTML for a page that isn't islet's: a notebook's output. Its style touches nothing else there and follows
  /// JupyterLab's and Visual Studio Code's light and dark. Citations are not linked.
  ///
  /// - Parameters:
  ///   - name: makes the ids of its figures unique in the page.
  ///   - isStyled: whether it brings the style, which one piece of a page does for all.
  public func fragment(_ language: Language, name: String, isStyled: Bool = true) -> String {
    let report = ReportHTML(citations: Citations([], language), language: language, top: 4, prefix: name)
    let style = isStyled ? "\n<style>\(PageStyle.fragment)</style>" : ""
    return "<div class=\"islet-answer\" lang=\"\(language.rawValue)\">\(style)\n\(report.html(self))\n</div>"
  }
}
