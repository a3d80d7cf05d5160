import CEditLine
import Reports
import Wording

/// Lists below the line to move in: what Tab offers, and the lines typed before. Their rows are part of the picture, so that
/// room is made for them before anything is drawn.
extension LineEditor {
  private enum MenuKey {
    case next, previous, take, right, erase, close
    case text(String)
    /// It is no key of a list: the list closes, and the line gets them.
    case others([KeyReader.Key])
  }

  /// The rows that a list shows at most.
  private static let limit = 12

  // MARK: Tab

  /// Opens the list of what Tab offers. It narrows while one types; arrows and Tab move in it, Return or → take what is
  /// marked, Escape closes it, and any other key does so and acts as usual.
  func openMenu() -> UInt8 {
    var marked: Int?
    while let (line, cursor) = currentLine(), let completion = complete(line, cursor), !completion.choices.isEmpty {
      let choices = completion.choices
      paint(line, cursor, below: rows(choices, marked: marked))
      switch menuKey() {
      case .next: marked = marked.map { ($0 + 1) % choices.count } ?? 0
      case .previous: marked = marked.map { ($0 + choices.count - 1) % choices.count } ?? choices.count - 1
      case .take, .right:
        guard let marked else {
          keys.unread([.character("\r")])
          return UInt8(CC_REFRESH)
        }
        put(choices[marked].inserts, removing: completion.removes)
        return UInt8(CC_REFRESH)
      case .erase:
        guard cursor > 0 else { return UInt8(CC_REFRESH) }
        put("", removing: 1)
        marked = nil
      case .text(let text):
        guard el_insertstr(editor, text) == 0 else { return beep() }
        marked = nil
      case .close: return UInt8(CC_REFRESH)
      case .others(let others):
        keys.unread(others)
        return UInt8(CC_REFRESH)
      }
    }
    return UInt8(CC_REFRESH)
  }

  private func rows(_ choices: [Completion.Choice], marked: Int?) -> [[(text: String, style: CellStyle)]] {
    let columns = size.columns
    let (first, last) = window(choices.count, marked)
    let widest = min(choices[first..<last].map { Display.width(Display.safe($0.text)) }.max() ?? 0, columns - 4)
    var rows = (first..<last).map { place in
      let text = Display.padded(CompletionListing.cut(choices[place].text, to: widest), to: widest)
      let room = columns - widest - 5
      let description = choices[place].description.isEmpty || room < 8 ? "" : "  " + CompletionListing.cut(choices[place].description, to: room)
      return row(text, description, isMarked: place == marked)
    }
    if last - first < choices.count { rows.append([(text: more(first, last, choices.count), style: dimmed)]) }
    return rows
  }

  private func row(_ text: String, _ description: String, isMarked: Bool) -> [(text: String, style: CellStyle)] {
    guard isMarked else { return [("  " + text, .plain), (description, dimmed)] }
    let style = settings.isColoured ? CellStyle(isReversed: true) : .plain
    return [("> " + text + description, style)]
  }

  private func more(_ first: Int, _ last: Int, _ count: Int) -> String {
    Words("  \(first + 1) to \(last) of \(count): type another letter", "  \(first + 1) έως \(last) από \(count): γράψτε ένα γράμμα ακόμη")[settings.language]
  }

  /// The part of a list that is shown, with what is marked in it.
  private func window(_ count: Int, _ marked: Int?) -> (first: Int, last: Int) {
    let room = max(1, min(Self.limit, size.rows / 2))
    guard count > room else { return (0, count) }
    let first = min(max(0, (marked ?? 0) - room / 2), count - room)
    return (first, first + room)
  }

  // MARK: Lines typed before

  /// Lists the lines typed before that hold what is typed, the newest first. Return runs the marked one, Tab or → puts it on
  /// the line, Escape brings back what stood there.
  func searchLines() -> UInt8 {
    guard let (before, _) = currentLine() else { return UInt8(CC_ERROR) }
    var marked = 0
    let prompt = Words("search", "αναζήτηση")[settings.language] + "> "
    while let (line, cursor) = currentLine() {
      let found = matches(line)
      marked = max(0, min(marked, found.count - 1))
      let (first, last) = window(found.count, marked)
      var below = (first..<last).map { place in
        row(CompletionListing.cut(found[place].replacing("\n", with: " "), to: size.columns - 3), "", isMarked: place == marked)
      }
      if found.isEmpty { below = [[("  " + Words("no such line", "δεν υπάρχει τέτοια γραμμή")[settings.language], dimmed)]] }
      if last - first < found.count { below.append([(more(first, last, found.count), dimmed)]) }
      paint(line, cursor, prompt: prompt, below: below)
      let key = menuKey(isSearch: true)
      switch key {
      case .next: marked = min(marked + 1, found.count - 1)
      case .previous: marked -= 1
      case .take, .right:
        guard !found.isEmpty else { continue }
        replaceLine(found[marked])
        if case .take = key { keys.unread([.character("\r")]) }
        return UInt8(CC_REFRESH)
      case .erase:
        if cursor > 0 { put("", removing: 1) }
        marked = 0
      case .text(let text):
        el_insertstr(editor, text)
        marked = 0
      case .close:
        replaceLine(before)
        return UInt8(CC_REFRESH)
      case .others(let others):
        if others != [.signal] {
          if !found.isEmpty { replaceLine(found[marked]) }
          keys.unread(others)
        } else {
          replaceLine(before)
        }
        return UInt8(CC_REFRESH)
      }
    }
    return UInt8(CC_REFRESH)
  }

  /// The lines that hold each word of a text, however written; the newest first, each once.
  private func matches(_ text: String) -> [String] {
    let words = text.split(separator: " ").map { Folding.key(String($0)) }
    var seen = Set<String>()
    return lines.reversed().filter { line in
      guard seen.insert(line).inserted else { return false }
      let key = Folding.key(line)
      return words.allSatisfy { key.contains($0) }
    }
  }

  // MARK: Keys

  private func menuKey(isSearch: Bool = false) -> MenuKey {
    let key = keys.key(arrival)
    guard case .character(let scalar) = key else { return .others(key == .signal ? [] : [key]) }
    switch scalar.value {
    case 0x09: return isSearch ? .right : .next
    case 0x0A, 0x0D: return .take
    case 0x08, 0x7F: return .erase
    case 0x07: return .close
    case 0x0E: return .next
    case 0x10: return .previous
    case 0x12 where isSearch: return .next
    case 0x06: return .right
    case 0x1B: return sequence()
    case 0..<0x20, 0x80..<0xA0: return .others([key])
    default: return .text(String(Character(scalar)))
    }
  }

  /// Escape: alone it closes; else what a key sends.
  private func sequence() -> MenuKey {
    let escape = KeyReader.Key.character("\u{1B}")
    guard keys.hasWaiting || islet_wait(0, 25) == 1 else { return .close }
    var read = [escape, keys.key(arrival)]
    guard read[1] == .character("[") || read[1] == .character("O") else { return .others(read) }
    var code = ""
    while code.unicodeScalars.count < 8, keys.hasWaiting || islet_wait(0, 25) == 1, case .character(let scalar) = keys.key(arrival) {
      read.append(.character(scalar))
      code.unicodeScalars.append(scalar)
      if (0x40...0x7E).contains(scalar.value) { break }
    }
    switch code {
    case "A", "Z": return .previous
    case "B": return .next
    case "C": return .right
    default: return .others(read)
    }
  }
}
