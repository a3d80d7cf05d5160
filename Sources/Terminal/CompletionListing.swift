import Reports
import Wording

/// What Tab may put on the line.
public struct Completion: Sendable, Hashable {
  public struct Choice: Sendable, Hashable {
    public let text: String
    public let description: String
    /// Whether something may follow, so that a space is put behind it.
    public let continues: Bool

    public init(_ text: String, _ description: String, continues: Bool = false) {
      self.text = text
      self.description = description
      self.continues = continues
    }

    /// What is put on the line.
    public var inserts: String { text + (continues ? " " : "") }
  }

  /// How many characters (Unicode scalars) before the cursor a choice takes the place of.
  public var removes: Int
  /// What all choices begin with, where that is longer than what was typed.
  public var shared: String?
  /// What the user may choose from.
  public var choices: [Choice]
  /// A line to show when there is nothing to choose from.
  public var hint: String?

  public init(removes: Int, shared: String? = nil, choices: [Choice] = [], hint: String? = nil) {
    self.removes = removes
    self.shared = shared
    self.choices = choices
    self.hint = hint
  }
}

/// Lays out choices for a terminal.
public enum CompletionListing {
  /// The choices with their descriptions in two columns, a line each, none wider than the terminal. Choices that would take
  /// more lines than there are stand side by side without descriptions, and what still finds no room is counted.
  public static func lines(_ choices: [Completion.Choice], columns: Int, rows: Int, language: Language) -> [String] {
    let columns = max(columns, 20)
    let rows = max(rows, 3)
    if choices.count <= rows { return described(choices, columns: columns) }
    let widest = choices.map { Display.width($0.text) }.max() ?? 0
    let across = max(1, (columns - 2) / (widest + 2))
    if across == 1 {
      let shown = rows - 1
      return described(Array(choices.prefix(shown)), columns: columns) + [more(choices.count - shown, language)]
    }
    let needed = (choices.count + across - 1) / across
    let height = min(needed, rows - (needed > rows ? 1 : 0))
    let shown = Array(choices.prefix(height * across))
    var lines = (0..<height).map { row -> String in
      let cells = stride(from: row, to: shown.count, by: height).map { Display.padded(cut(shown[$0].text, to: widest), to: widest) }
      return trimmed("  " + cells.joined(separator: "  "))
    }
    if shown.count < choices.count { lines.append(more(choices.count - shown.count, language)) }
    return lines
  }

  private static func described(_ choices: [Completion.Choice], columns: Int) -> [String] {
    let widest = min(choices.map { Display.width($0.text) }.max() ?? 0, columns - 4)
    return choices.map { choice in
      let text = Display.padded(cut(choice.text, to: widest), to: widest)
      let room = columns - widest - 5
      guard !choice.description.isEmpty, room >= 8 else { return trimmed("  " + text) }
      return trimmed("  " + text + "  " + cut(choice.description, to: room))
    }
  }

  private static func more(_ count: Int, _ language: Language) -> String {
    "  " + Words.more(count)[language] + Words(": type another letter", ": γράψτε ένα γράμμα ακόμη")[language]
  }

  /// The text, cut to a width with an ellipsis.
  public static func cut(_ text: String, to columns: Int) -> String {
    let text = Display.safe(text)
    guard Display.width(text) > columns else { return text }
    var result = ""
    var used = 0
    for character in text {
      let width = Display.width(String(character))
      if used + width > columns - 1 { break }
      result.append(character)
      used += width
    }
    return result + "…"
  }

  private static func trimmed(_ line: String) -> String {
    var part = line[...]
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}
