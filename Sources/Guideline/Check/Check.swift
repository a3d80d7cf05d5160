import Vocabulary
import Wording

extension Guideline {
  /// The lint of the chapters: every fault with its file and line, in the order of the files. Empty when the chapters keep
  /// their format, agree in both languages, cite what exists, and hold no rule that can't apply or that contradicts another
  /// undeclared.
  public func check() -> [Diagnostic] {
    let check = ChapterCheck(self)
    return
      (check.headings() + check.numbers() + check.references() + check.blocks() + check.evidence() + check.cohorts() + check.doses()
      + check.errata() + check.conditions() + check.reach() + check.contradictions())
      .enumerated().sorted { a, b in
        let first = (a.element.file ?? "", a.element.line ?? 0, a.offset)
        let second = (b.element.file ?? "", b.element.line ?? 0, b.offset)
        return first < second
      }.map(\.element)
  }
}

/// The chapters under the lint. Each check is an extension in a file of its own and answers with what it found.
struct ChapterCheck {
  let guideline: Guideline
  /// Every chapter file as written, English and Greek.
  let sources: [ChapterSource]
  /// English chapters, each with its Greek companion where there is one.
  let pairs: [(english: ChapterSource, greek: ChapterSource?)]
  /// Every block with the file that it stands in.
  let written: [(block: SourceBlock, source: ChapterSource)]

  init(_ guideline: Guideline) {
    self.guideline = guideline
    let sources = guideline.files.filter { $0.name.hasSuffix(".md") }.map(ChapterSource.init)
    self.sources = sources
    pairs = sources.filter { $0.language == .english }.map { english in
      (english, sources.first { $0.language == .greek && $0.name == english.name })
    }
    written = sources.filter { $0.language == .english }.flatMap { source in source.blocks.map { ($0, source) } }
  }

  var vocabulary: Vocabulary { guideline.vocabulary }

  func fault(
    _ code: String, _ source: ChapterSource, _ line: Int, _ english: String, _ greek: String, help: [Words] = []
  ) -> Diagnostic {
    Diagnostic("check." + code, Words(english, greek), help: help, file: source.file, line: line)
  }

  /// Where a rule stands.
  func place(of rule: Rule) -> (source: ChapterSource, block: SourceBlock)? {
    for source in sources where source.language == .english && source.name == rule.chapter {
      for block in source.blocks where block.line == rule.line { return (source, block) }
    }
    return nil
  }

  /// A fault of a rule, on the line of one of its fields.
  func fault(
    _ code: String, _ rule: Rule, field: String, _ english: String, _ greek: String, help: [Words] = []
  ) -> Diagnostic {
    guard let (source, block) = place(of: rule) else {
      return Diagnostic("check." + code, Words(english, greek), help: help, file: rule.chapter, line: rule.line)
    }
    return fault(code, source, block.field(field)?.line ?? block.line, english, greek, help: help)
  }
}
