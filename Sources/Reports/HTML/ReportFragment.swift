import Wording

extension Report {
  /// The report as a piece of HTML for a page that isn't islet's: a notebook's output. It brings its style with it, which
  /// touches nothing else there and follows JupyterLab's and Visual Studio Code's light and dark. Citations are not linked.
  ///
  /// - Parameter name: makes the ids of its figures unique in the page.
  public func fragment(_ language: Language, name: String) -> String {
    let report = ReportHTML(citations: Citations([]), language: language, top: 4, prefix: name)
    let hasFigure = blocks.contains { if case .figure = $0 { true } else { false } }
    return """
      <div class="islet-answer" lang="\(language.rawValue)">
      <style>\(PageStyle.fragment(hasFigure: hasFigure))</style>
      \(report.html(self))
      </div>
      """
  }
}
