import Commands
import Foundation
import Guideline
import Notebooks
import Sessions
import Teaching
import Testing
import Wording

/// The embedded guideline, read once.
private let embedded = Result { try Guideline.embedded() }

func world() throws -> World {
  World(guideline: try embedded.get(), commands: Registry.standard(adding: Command.teaching + Command.notebooks), version: "test")
}

/// A text as a notebook.
func notebook(_ text: String) throws -> Notebook { try Notebook(Array(text.utf8), file: "a.md") }

/// Runs a text as a notebook.
func ran(_ text: String) throws -> NotebookRun { try notebook(text).run(try world(), language: .english, outside: NoOutside()) }

/// The text with its outputs filled.
func filled(_ text: String) throws -> String {
  let book = try notebook(text)
  return book.filled(book.run(try world(), language: .english, outside: NoOutside()).outputs)
}

func check(_ text: String, blessed: String? = nil, isStrict: Bool = false) throws -> CheckOutcome {
  NotebookCheck(try world(), isStrict: isStrict, seconds: { 0 }).check(Array(text.utf8), file: "a.md", blessed: blessed.map { Array($0.utf8) })
}

/// The page of a text, as a file with a name.
func page(_ text: String, file: String = "a.md", language: Language = .english) throws -> String {
  try Pages(try world(), language: language, seconds: { 0 }).html(Array(text.utf8), file: file)
}

/// The notebooks of the folder `Notebook`: those with cells, and none that is made by a program.
enum Shelf {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../Notebook").standardizedFileURL

  static let names: [String] = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".md") && $0 != "guideline-tour.md" }.sorted()

  static func text(_ name: String) throws -> String { try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) }
}

extension Diagnostic {
  /// `notebook.stale a.md:3 cell 1`
  var short: String { "\(code) \(file ?? ""):\(line ?? 0) cell \(cell ?? 0)" }
}
