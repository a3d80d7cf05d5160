import Wording

/// Reads the parts within a line of Markdown.
struct MarkdownInlines {
  private let text: [Character]
  private var place = 0
  /// Up to where no mark closes, so that a line of opening marks is read once, not once a mark.
  private var closesNotBefore: [String: Int] = [:]
  /// Lengths of backtick runs that have no end.
  private var endlessCode: Set<Int> = []
  /// How far a link, an address or an anchor may reach.
  private static let reach = 1000

  private init(_ text: [Character]) { self.text = text }

  static func of(_ text: String) -> [Markdown.Inline] {
    var reader = MarkdownInlines(Array(text.trimmedTail))
    return reader.parts(depth: 0, until: nil)
  }

  /// The parts up to a closing mark, which is taken; nil: to the end.
  private mutating func parts(depth: Int, until close: String?) -> [Markdown.Inline] {
    var parts: [Markdown.Inline] = []
    var plain = ""
    func flush() {
      if !plain.isEmpty { parts.append(.text(Text(citing: plain))) }
      plain = ""
    }
    while place < text.count {
      if let close, starts(with: close), place > 0, text[place - 1] != " " {
        place += close.count
        break
      }
      let character = text[place]
      switch character {
      case "\\" where place + 1 < text.count && (text[place + 1].isPunctuation || text[place + 1].isSymbol):
        plain.append(text[place + 1])
        place += 2
      case "\n":
        if plain.hasSuffix("  ") {
          plain = plain.trimmedTail
          flush()
          parts.append(.lineBreak)
        } else {
          plain = plain.trimmedTail + " "
        }
        place += 1
      case "`":
        if let code = code() {
          flush()
          parts.append(.code(code))
        } else {
          let count = run(of: "`")
          plain += String(repeating: "`", count: count)
          place += count
        }
      case "*", "_":
        let run = run(of: character)
        let mark = String(repeating: String(character), count: min(run, 2))
        if depth < Markdown.deepest, opens(mark), closes(mark, after: place + mark.count) {
          place += mark.count
          flush()
          let inner = self.parts(depth: depth + 1, until: mark)
          parts.append(mark.count == 2 ? .strong(inner) : .emphasis(inner))
        } else {
          plain += mark
          place += mark.count
        }
      case "!" where place + 1 < text.count && text[place + 1] == "[":
        place += 1
        if let link = link(depth: depth) {
          flush()
          parts += link.words
        } else {
          plain.append("!")
        }
      case "[":
        if let link = link(depth: depth) {
          flush()
          if let target = Self.allowed(link.target) { parts.append(.link(link.words, to: target)) } else { parts += link.words }
        } else {
          plain.append("[")
          place += 1
        }
      case "<":
        if let id = anchor() {
          flush()
          parts.append(.anchor(id))
        } else if let address = address() {
          flush()
          parts.append(.link([.text(address)], to: address))
        } else {
          plain.append("<")
          place += 1
        }
      default:
        plain.append(character)
        place += 1
      }
    }
    flush()
    return parts
  }

  private func starts(with mark: String, at start: Int? = nil) -> Bool {
    let start = start ?? place
    guard start + mark.count <= text.count else { return false }
    return zip(text[start...], mark).allSatisfy { $0 == $1 }
  }

  private func run(of character: Character) -> Int { text[place...].prefix { $0 == character }.count }

  /// Whether a mark may open emphasis here: a letter follows, and an underscore isn't inside a word.
  private func opens(_ mark: String) -> Bool {
    let next = place + mark.count
    guard next < text.count, text[next] != " ", text[next] != "\n" else { return false }
    return mark.first != "_" || place == 0 || !(text[place - 1].isLetter || text[place - 1].isNumber)
  }

  /// Whether the mark closes somewhere after a place.
  private mutating func closes(_ mark: String, after start: Int) -> Bool {
    let first = max(start + 1, closesNotBefore[mark] ?? 0)
    var at = first
    while at + mark.count <= text.count {
      if starts(with: mark, at: at), text[at - 1] != " " {
        let next = at + mark.count
        if mark.first != "_" || next >= text.count || !(text[next].isLetter || text[next].isNumber) {
          closesNotBefore[mark] = at
          return true
        }
      }
      at += 1
    }
    closesNotBefore[mark] = text.count
    return false
  }

  private mutating func code() -> String? {
    let count = run(of: "`")
    if count > 32 || endlessCode.contains(count) { return nil }
    var at = place + count
    while at < text.count {
      if text[at] == "`" {
        let found = text[at...].prefix { $0 == "`" }.count
        if found == count {
          var content = String(text[(place + count)..<at]).replacing("\n", with: " ")
          if content.count > 2, content.first == " ", content.last == " ", !content.trimmed.isEmpty { content = String(content.dropFirst().dropLast()) }
          place = at + found
          return content
        }
        at += found
      } else {
        at += 1
      }
    }
    endlessCode.insert(count)
    return nil
  }

  /// `[words](target)` or `[words](target "title")`.
  private mutating func link(depth: Int) -> (words: [Markdown.Inline], target: String)? {
    guard depth < Markdown.deepest else { return nil }
    var level = 0
    var at = place
    let last = min(text.count, place + Self.reach)
    while at < last, level <= Markdown.deepest {
      if text[at] == "\\" {
        at += 1
      } else if text[at] == "[" {
        level += 1
      } else if text[at] == "]" {
        level -= 1
        if level == 0 { break }
      }
      at += 1
    }
    guard at + 1 < last, text[at] == "]", level == 0, text[at + 1] == "(" else { return nil }
    guard let end = text[(at + 2)...].prefix(Self.reach).firstIndex(of: ")") else { return nil }
    let inner = String(text[(at + 2)..<end]).trimmed
    let halves = inner.split(separator: " ", maxSplits: 1)
    let target = String(halves.first ?? "")
    if halves.count == 2, let quote = halves[1].trimmed.first, quote != "\"", quote != "'" { return nil }
    var words = MarkdownInlines(Array(text[(place + 1)..<at]))
    let parts = words.parts(depth: depth + 1, until: nil)
    place = end + 1
    return (parts, target)
  }

  /// `<a id="…"></a>`.
  private mutating func anchor() -> String? {
    let open = "<a id=\""
    let close = "\"></a>"
    guard starts(with: open), let end = text[(place + open.count)...].prefix(Self.reach).firstIndex(of: "\""), starts(with: close, at: end) else { return nil }
    let id = String(text[(place + open.count)..<end])
    guard !id.isEmpty, Markup.id(id) == id else { return nil }
    place = end + close.count
    return id
  }

  /// `<https://…>`.
  private mutating func address() -> String? {
    guard let end = text[place...].prefix(Self.reach).firstIndex(of: ">") else { return nil }
    let address = String(text[(place + 1)..<end])
    guard address.hasPrefix("https://") || address.hasPrefix("http://"), !address.contains(" "), Self.allowed(address) != nil else { return nil }
    place = end + 1
    return address
  }

  /// The target, if a page may lead there: http, https, mailto, an anchor or a relative path.
  static func allowed(_ target: String) -> String? {
    guard !target.isEmpty, !target.unicodeScalars.contains(where: { $0.value <= 0x20 || $0.value == 0x5C }) else { return nil }
    let scheme = target.prefix { $0 != ":" && $0 != "/" && $0 != "?" && $0 != "#" }
    let hasScheme = target.dropFirst(scheme.count).first == ":"
    if hasScheme { return ["http", "https", "mailto"].contains(scheme.lowercased()) ? target : nil }
    return target.hasPrefix("//") || target.contains("&") && target.contains(";") ? nil : target
  }
}

extension String {
  /// The text without spaces at its end.
  var trimmedTail: String {
    var part = self[...]
    while part.last == " " { part = part.dropLast() }
    return String(part)
  }
}
