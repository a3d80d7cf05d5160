import ArgumentParser
import Cohorts
import Guideline
import Terminal
import Vocabulary

/// What a shell's Tab offers behind an option or in an argument's place, asked of the program when it is wanted.
enum Completions {
  /// The endings of files with patients.
  static let tables = ["ndjson", "jsonl", "csv", "tsv", "arrow", "arrows"]

  /// Cases by their names, and files of cases.
  static let cases = offering { typed in caseNames + files(typed, [".islet"]) }
  static let casesAlone = offering { _ in caseNames }

  /// Chapters by their names, notebooks and scripts.
  static let pages = offering { typed in (try? Guideline.embedded().chapters.map(\.id)) ?? [] + files(typed, [".islet", ".md"]) }

  static let findings = offering(isList: true) { _ in (try? Guideline.embedded().vocabulary.findings.map(\.id)) ?? [] }
  static let fields = offering(isList: true) { _ in AnswerForm.Field.allCases.map(\.rawValue) }

  static let rules = offering(isList: true) { _ in
    guard let guideline = try? Guideline.embedded() else { return [] }
    let ids = guideline.rules.filter { !$0.isRemark }.map(\.id)
    return Set(ids.compactMap { id in id.firstIndex(of: ".").map { id[..<$0] + ".*" } }).sorted() + ids
  }

  static let topics = offering { _ in Set((try? Guideline.embedded().rules.map(\.topic)) ?? []).sorted() }

  /// - Parameter isList: whether several may stand there, with commas between them.
  private static func offering(isList: Bool = false, _ offered: @escaping @Sendable (String) -> [String]) -> CompletionKind {
    .custom { _, _, typed in
      let quotes: Set<Character> = ["\"", "'"]
      let typed = typed.first.map { quotes.contains($0) } ?? false ? String(typed.dropFirst()) : typed
      let start = isList ? typed.lastIndex(of: ",").map { typed.index(after: $0) } ?? typed.startIndex : typed.startIndex
      return offered(typed).map { typed[..<start] + $0 }.filter { $0.hasPrefix(typed) }
    }
  }

  private static var caseNames: [String] {
    TextFile.embedded(prefix: "cases/").map { String($0.name.dropFirst("cases/".count).prefix { $0 != "." }) }.sorted()
  }

  private static func files(_ typed: String, _ endings: [String]) -> [String] {
    SystemFiles.paths(beginning: typed).filter { path in path.hasSuffix("/") || endings.contains { path.hasSuffix($0) } }
  }
}
