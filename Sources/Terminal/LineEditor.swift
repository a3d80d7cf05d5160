import CEditLine
import Reports
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads lines from a terminal with libedit: history, completion, pastes, signals. For one thread.
///
/// The locale of characters is set before libedit starts, to C.UTF-8 where the environment's isn't UTF-8, because libedit
/// drops Greek letters, or crashes on a Greek prompt, without. Signals never reach libedit: they set flags, which the
/// editor's own reader of keys looks at.
public final class LineEditor {
  public enum Entered: Sendable, Hashable {
    case text(String)
    /// Ctrl-C: the line is given up.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal's end.
    case end
    /// SIGTERM or SIGHUP: the caller closes the editor and ends the process by this signal.
    case ended(by: Int32)
  }

  /// Encloses, in a prompt, what takes no column.
  private static let mark: Character = "\u{01}"
  /// The key that stands for pasted text; no keyboard sends it.
  private static let pasteKey: wchar_t = 0x80

  public var settings: PromptSettings
  /// What Tab puts on a line: the line and the cursor's place in it, as an offset into its UTF-8.
  public var complete: (String, Int) -> Completion? = { _, _ in nil }
  /// The line that Ctrl-O runs in the place of what is typed; nil where it has none.
  public var shortcut: (String) -> String? = { _ in nil }
  /// Whether a line goes on in another: an open quote, a backslash at its end.
  public var goesOn: (String) -> Bool = { _ in false }
  /// How a line is coloured.
  public var colour: (String) -> [StyledSpan] = { _ in [] }
  /// What a line would mean, a row each, without running it.
  public var meaning: (String) -> [String] = { _ in [] }
  /// Called once, after the first prompt is shown and while nobody types; true when the user waits already.
  public var onFirstPrompt: (_ isHurried: Bool) -> Void = { _ in }

  let editor: OpaquePointer
  private let history: OpaquePointer?
  private let isUTF8: Bool
  private var prompt: UnsafeMutablePointer<CChar>?
  var keys: KeyReader
  /// What the key that stands for pasted text inserts, and how many characters before the cursor it takes away first.
  private var pasted = (text: "", removes: Int32(0))
  private var outcome: Entered?
  private var isEditing = true
  private var isVi = false
  /// Whether the rows are drawn here; else libedit draws them.
  private let draws: Bool
  private var painter = Painter()
  private var promptText = ""
  /// How the line that was coloured last looks, a style for each scalar, and what stands behind it.
  private var look = (line: "", styles: [CellStyle](), hint: "")
  /// The line and cursor that colours and hint were found for.
  private var looked: (line: String, cursor: Int)?
  /// Whether the key before stood for itself.
  private var wasPlain = false
  /// The terminal's columns and rows.
  private(set) var size = (columns: 80, rows: 24)
  /// What stands below the line until the next key.
  private var note: [[(text: String, style: CellStyle)]] = []
  private var accepted: String?
  /// Whether the Return that comes next was pasted.
  private var isPastedReturn = false
  /// The lines typed before, oldest first, and where among them the arrows stand.
  var lines: [String] = []
  private var browsing: (typed: String, prefix: String, place: Int, shown: String)?
  /// How the line before ended, for the terminal's marks; nil before the first.
  private var lastStatus: Int32?
  private var isFirst = true
  private var isClosed = false

  /// Nil when libedit can't start; the caller then reads plain lines.
  public init?(program: String, settings: PromptSettings) {
    isUTF8 = Self.setCharacterLocale()
    draws = settings.usesEscapes
    guard let editor = islet_editor_new(program, draws ? 0 : 1) else { return nil }
    self.editor = editor
    self.settings = settings
    history = islet_history_new(Int32(LineHistory.limit))
    keys = KeyReader(isBracketed: false)
    islet_editor_set_data(editor, Unmanaged.passUnretained(self).toOpaque())
    islet_editor_use_emacs(editor)
    if let history { islet_editor_set_history(editor, history) }
    islet_editor_set_prompt(editor, { LineEditor.of($0)?.prompt }, 1)
    islet_editor_set_reader(editor) { editor, key in LineEditor.of(editor)?.readKey(key) ?? -1 }
    islet_editor_add_command(editor, "islet-complete", "complete the word") { editor, _ in
      LineEditor.of(editor)?.completeWord() ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-paste", "insert pasted text") { editor, _ in
      LineEditor.of(editor)?.insertPaste() ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-shortcut", "run the shortcut's line") { editor, _ in
      LineEditor.of(editor)?.runShortcut() ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-newline", "add a line") { editor, _ in
      el_insertstr(editor, "\n") == 0 ? UInt8(CC_REFRESH) : UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-accept", "run the line, or go on in another") { editor, _ in
      LineEditor.of(editor)?.accept() ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-older", "the line before that begins like this one") { editor, _ in
      LineEditor.of(editor)?.browse(-1) ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-newer", "the line after that begins like this one") { editor, _ in
      LineEditor.of(editor)?.browse(1) ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-forward", "move on, or take the hint") { editor, _ in
      LineEditor.of(editor)?.forward() ?? UInt8(CC_ERROR)
    }
    // libedit's own deletions would take the place of what was killed.
    islet_editor_add_command(editor, "islet-erase", "delete the character before the cursor") { editor, _ in
      LineEditor.of(editor)?.erase() ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-delete", "delete the character at the cursor") { editor, _ in
      LineEditor.of(editor)?.delete(orEnd: false) ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-delete-or-end", "delete the character at the cursor, or leave") { editor, _ in
      LineEditor.of(editor)?.delete(orEnd: true) ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-search", "list the lines typed before") { editor, _ in
      LineEditor.of(editor)?.searchLines() ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-meaning", "show what the line would mean") { editor, _ in
      LineEditor.of(editor)?.showMeaning() ?? UInt8(CC_ERROR)
    }
    islet_editor_add_command(editor, "islet-clear", "clear the screen") { editor, _ in
      LineEditor.of(editor)?.clearScreen() ?? UInt8(CC_ERROR)
    }
    bindKeys(isVi: false)
    // The user's ~/.editrc comes last; `bind -v` in it undoes bindings, so that they are made again.
    el_source(editor, nil)
    if let usesVi = settings.usesVi, usesVi != (islet_editor_is_vi(editor) != 0) {
      islet_editor_set_keys(editor, usesVi ? "vi" : "emacs")
      if !usesVi { bindKeys(isVi: false) }
    }
    isVi = islet_editor_is_vi(editor) != 0
    if isVi { bindKeys(isVi: true) }
    isEditing = islet_editor_edits(editor) != 0
    if isEditing { islet_editor_quiet_between_lines(editor) }
    keys.isBracketed = draws && isEditing
    islet_signals_begin()
  }

  deinit { close() }

  private static func of(_ editor: OpaquePointer?) -> LineEditor? {
    islet_editor_data(editor).map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  /// True when characters beyond ASCII can be edited.
  private static func setCharacterLocale() -> Bool {
    func isUTF8() -> Bool { nl_langinfo(nl_item(CODESET)).map { strcmp($0, "UTF-8") == 0 } ?? false }
    if setlocale(LC_CTYPE, "") != nil, isUTF8() { return true }
    for name in ["C.UTF-8", "en_US.UTF-8", "UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUTF8() { return true }
    return false
  }

  private func bindKeys(isVi: Bool) {
    islet_editor_bind(editor, "^I", "islet-complete")
    islet_editor_bind(editor, "^O", "islet-shortcut")
    if isVi { islet_editor_bind_alternative(editor, "^O", "islet-shortcut") }
    islet_editor_bind(editor, "^R", draws ? "islet-search" : "em-inc-search-prev")
    islet_editor_bind(editor, "\\200", "islet-paste")
    islet_editor_bind_alternative(editor, "\\200", "islet-paste")
    if draws {
      for (key, command) in [("^M", "islet-accept"), ("^J", "islet-accept"), ("^L", "islet-clear"), ("^T", "islet-meaning")] {
        islet_editor_bind(editor, key, command)
        if isVi { islet_editor_bind_alternative(editor, key, command) }
      }
    }
    // A key that starts with Escape would take Escape itself from vi.
    if isVi { return }
    islet_editor_bind(editor, "\\e^M", "islet-newline")
    islet_editor_bind(editor, "\\e^J", "islet-newline")
    for (keys, command) in [
      (["\\e[A", "\\eOA", "^P"], "islet-older"), (["\\e[B", "\\eOB", "^N"], "islet-newer"), (["\\e[C", "\\eOC", "^F"], "islet-forward"),
    ] where draws {
      for key in keys { islet_editor_bind(editor, key, command) }
    }
    islet_editor_bind(editor, "\\e[3~", draws ? "islet-delete" : "ed-delete-next-char")
    if draws {
      islet_editor_bind(editor, "^?", "islet-erase")
      islet_editor_bind(editor, "^H", "islet-erase")
      islet_editor_bind(editor, "^D", "islet-delete-or-end")
    }
    islet_editor_bind(editor, "\\e[1~", "ed-move-to-beg")
    islet_editor_bind(editor, "\\e[4~", "ed-move-to-end")
  }

  // MARK: Lines

  /// Shows a prompt and reads a line, which may be of several rows where one goes on in the next. The prompt must not be
  /// empty or end in a control character. `status` is that of the line before, for the terminal's marks.
  public func readLine(prompt text: String, status: Int32 = 0) -> Entered {
    if settings.marks { Self.put((lastStatus.map { _ in "\u{1B}]133;D;\(status)\u{7}" } ?? "") + "\u{1B}]133;A\u{7}") }
    lastStatus = status
    var line = readRow(prompt: text)
    while !(draws && isEditing), case .text(let before) = line, goesOn(before) {
      guard case .text(let row) = readRow(prompt: continuation(of: text)) else { return .interrupted }
      line = .text(before + "\n" + row)
      if row.isEmpty { break }
    }
    if settings.marks { Self.put("\u{1B}]133;C\u{7}") }
    return line
  }

  private func continuation(of prompt: String) -> String {
    String.spaces(Display.width(prompt) - 4) + "...>"
  }

  private func readRow(prompt text: String) -> Entered {
    setPrompt(text)
    size = Self.measured()
    wasPlain = true
    outcome = nil
    accepted = nil
    browsing = nil
    note = []
    look = ("", [], "")
    looked = nil
    painter.start()
    errno = 0
    islet_signals_running(0)
    defer { islet_signals_running(1) }
    setBracketedPaste(true)
    if draws {
      paint("", 0)
      if settings.marks { Self.put("\u{1B}]133;B\u{7}") }
    }
    // libedit shows the prompt before it takes the terminal over: a Ctrl-D in between would be lost.
    if isEditing { islet_editor_prepare_terminal(editor, 1) }
    var count: Int32 = 0
    let read = el_gets(editor, &count)
    setBracketedPaste(false)
    if let outcome {
      if outcome == .interrupted { keys.clear() }
      if draws { finish(behind: outcome == .interrupted ? "^C" : "") } else { Self.put(outcome == .interrupted ? "^C\n" : "\n") }
      return outcome
    }
    if let accepted {
      note = []
      finish(accepted)
      return .text(Composition.composed(accepted))
    }
    guard let read, count > 0 else {
      if draws { finish(behind: "") } else { Self.put("\n") }
      return .end
    }
    var line = String(decoding: UnsafeRawBufferPointer(start: read, count: Int(count)), as: UTF8.self)
    if line.hasSuffix("\n") { line.removeLast() }
    if draws { finish(line) }
    return .text(Composition.composed(line))
  }

  /// Whether Ctrl-C came while a command ran; asks once, and drops what is left of a paste.
  public func wasInterrupted() -> Bool {
    guard islet_signal_take(SIGINT) != 0 else { return false }
    keys.clear()
    return true
  }

  /// Puts a line among those that the arrow keys bring back. False when it is the same as the one before.
  @discardableResult
  public func remember(_ line: String) -> Bool {
    guard let history, line != lines.last else { return false }
    lines.append(line)
    if lines.count > LineHistory.limit + LineHistory.limit / 4 { lines.removeFirst(lines.count - LineHistory.limit) }
    islet_history_enter(history, line)
    return true
  }

  /// Gives the terminal and the signals back as they were.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    el_end(editor)
    if let history { history_end(history) }
    free(prompt)
    islet_signals_end()
  }

  /// Ends the process by a signal that was caught.
  public func end(by signal: Int32) -> Never {
    close()
    islet_signal_end_by(signal)
    exit(128 + signal)
  }

  private func setPrompt(_ text: String) {
    let text = isUTF8 ? text : String(text.unicodeScalars.map { $0.isASCII ? Character($0) : "?" })
    promptText = text + " "
    let mark = Self.mark
    let shown = settings.isColoured ? "\(mark)\u{1B}[1m\(mark)\(text)\(mark)\u{1B}[0m\(mark) " : text + " "
    free(prompt)
    prompt = strdup(shown)
  }

  private func setBracketedPaste(_ on: Bool) {
    if keys.isBracketed { Self.put(on ? "\u{1B}[?2004h" : "\u{1B}[?2004l") }
  }

  static func put(_ text: String) {
    guard !text.isEmpty else { return }
    var copy = text
    copy.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) { islet_output($0.baseAddress, $0.count) }
    }
  }

  // MARK: Keys

  private func readKey(_ out: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    if isFirst {
      isFirst = false
      onFirstPrompt(islet_wait(0, 0) == 1)
    }
    while true {
      if draws, isEditing { show() }
      let key = keys.key(arrival)
      if key != .signal {
        echo(key)
        note = []
      }
      isPastedReturn = key == .lineEnd
      switch key {
      case .lineEnd:
        out?.pointee = 0x0D
        return 1
      case .character(let scalar):
        if let whole = joined(scalar) {
          pasted = (String(whole), 1)
          out?.pointee = Self.pasteKey
        } else {
          out?.pointee = wchar_t(bitPattern: scalar.value == 0x80 ? 0xFFFD : scalar.value)
        }
        return 1
      case .pasted(let text):
        pasted = (text, 0)
        out?.pointee = Self.pasteKey
        return 1
      case .signal:
        if let end = actOnSignals() { return end }
      case .end:
        outcome = .end
        errno = 0
        return 0
      }
    }
  }

  /// Shows a plain character behind others at once, before libedit has taken it in; what it did otherwise is then drawn as it is.
  private func echo(_ key: KeyReader.Key) {
    guard case .character(let scalar) = key, (0x20..<0x7F).contains(scalar.value) else { return wasPlain = false }
    if wasPlain, draws, isEditing, !isVi, note.isEmpty, look.hint.isEmpty, !keys.hasWaiting, painter.append(String(scalar)) {
      Self.put(String(scalar))
    }
    wasPlain = true
  }

  func arrival(_ limit: Int?) -> KeyReader.Arrival {
    switch islet_wait(0, Int32(limit ?? -1)) {
    case 0: return .late
    case 1:
      var byte: UInt8 = 0
      let count = read(0, &byte, 1)
      return count == 1 ? .byte(byte) : count < 0 && errno == EINTR ? .signal : .end
    default: return .signal
    }
  }

  /// The letter that the one before the cursor and an accent make.
  private func joined(_ accent: Unicode.Scalar) -> Unicode.Scalar? {
    guard isEditing, Composition.isAccent(accent), let (text, cursor) = currentLine(),
      let letter = String(decoding: Array(text.utf8)[..<cursor], as: UTF8.self).unicodeScalars.last
    else { return nil }
    return Composition.joined(letter, accent)
  }

  /// What the signals that came in ask for; not nil ends the line.
  private func actOnSignals() -> Int32? {
    for signal in [SIGTERM, SIGHUP] where islet_signal_take(signal) != 0 {
      outcome = .ended(by: signal)
      goToEnd()
      errno = 0
      return 0
    }
    if islet_signal_take(SIGINT) != 0 {
      outcome = .interrupted
      goToEnd()
      errno = EINTR
      return -1
    }
    if islet_signal_take(SIGTSTP) != 0 {
      setBracketedPaste(false)
      islet_editor_prepare_terminal(editor, 0)
      islet_signal_stop()
      comeBack()
    } else if islet_signal_take(SIGCONT) != 0 {
      comeBack()
    }
    if islet_signal_take(SIGWINCH) != 0 { redraw() }
    _ = islet_signal_take(SIGQUIT)
    return nil
  }

  /// Takes the terminal's cursor behind the line, so that what is printed next overwrites nothing: writes what stands
  /// behind the cursor again.
  private func goToEnd() {
    guard !draws, let (text, cursor) = currentLine(), cursor < text.utf8.count else { return }
    Self.put(String(decoding: Array(text.utf8)[cursor...], as: UTF8.self))
  }

  /// After a stop: the terminal may have changed its mode and its size.
  private func comeBack() {
    _ = islet_signal_take(SIGCONT)
    islet_editor_prepare_terminal(editor, 1)
    setBracketedPaste(true)
    redraw()
  }

  private func redraw() {
    size = Self.measured()
    if draws {
      Self.put(painter.clear(columns: size.columns, reflows: settings.reflows))
    } else {
      Self.put("\r")
    }
    el_resize(editor)
    islet_editor_refresh(editor)
  }

  // MARK: Drawing

  /// Draws the line as it is; once nobody types, with its colours and what may follow it.
  private func show() {
    guard !keys.hasWaiting, islet_wait(0, 0) != 1, let (line, cursor) = currentLine() else { return }
    carryOver(line, cursor)
    paint(line, cursor)
    guard !isVi, settings.colours || settings.hints, looked.map({ $0 != (line, cursor) }) ?? true else { return }
    guard islet_wait(0, 15) == 0 else { return }
    looked = (line, cursor)
    let isOneRow = fitsRow(line)
    look.styles = settings.colours && isOneRow ? Self.styles(of: line, colour(line)) : []
    look.hint = settings.hints && isOneRow && cursor == line.utf8.count ? hint(for: line) : ""
    paint(line, cursor)
  }

  private func fitsRow(_ line: String) -> Bool {
    var used = Display.width(promptText)
    for scalar in line.unicodeScalars {
      if scalar == "\n" { return false }
      used += Picture.width(scalar)
    }
    return used < size.columns
  }

  private static func styles(of line: String, _ spans: [StyledSpan]) -> [CellStyle] {
    var styles = [CellStyle](repeating: .plain, count: line.unicodeScalars.count)
    var place = 0
    var offset = 0
    for scalar in line.unicodeScalars {
      for span in spans where span.range.contains(offset) { styles[place] = span.style }
      offset += UTF8.width(scalar)
      place += 1
    }
    return styles
  }

  /// What may follow a line: the one completion, else the last line typed before that begins so.
  private func hint(for line: String) -> String {
    guard !line.isEmpty, !line.contains("\n") else { return "" }
    // After a space nearly everything may follow.
    if line.last != " ", let completion = complete(line, line.utf8.count), completion.choices.count == 1, let choice = completion.choices.first {
      let typed = String(String.UnicodeScalarView(line.unicodeScalars.suffix(completion.removes)))
      if choice.text.hasPrefix(typed), choice.text.utf8.count > typed.utf8.count { return String(choice.text.dropFirst(typed.count)) }
    }
    guard let before = lines.last(where: { $0.utf8.count > line.utf8.count && $0.hasPrefix(line) && !$0.contains("\n") }) else { return "" }
    return String(before.dropFirst(line.count))
  }

  /// Keeps colours and hint where a key changed nothing of them, until they are found anew.
  private func carryOver(_ line: String, _ cursor: Int) {
    guard line != look.line else {
      if cursor != line.utf8.count, !look.hint.isEmpty {
        look.hint = ""
        looked = nil
      }
      return
    }
    looked = nil
    let (old, new) = (Array(look.line.unicodeScalars), Array(line.unicodeScalars))
    var hint = ""
    if cursor == line.utf8.count, new.count == old.count + 1, new.starts(with: old), look.hint.unicodeScalars.first == new.last {
      hint = String(look.hint.unicodeScalars.dropFirst())
    }
    if !look.styles.isEmpty {
      var begin = 0
      while begin < old.count, begin < new.count, old[begin] == new[begin] { begin += 1 }
      var end = 0
      while end < old.count - begin, end < new.count - begin, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
      look.styles =
        Array(look.styles.prefix(begin)) + Array(repeating: .plain, count: max(0, new.count - begin - end)) + Array(look.styles.suffix(end))
    }
    look.line = line
    look.hint = hint
  }

  /// Draws a line with what stands below it.
  func paint(_ line: String, _ cursor: Int, prompt: String? = nil, below: [[(text: String, style: CellStyle)]]? = nil) {
    let (columns, height) = size
    let prompt = prompt ?? promptText
    let place = line.utf8.prefix(cursor).reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    let style = settings.isColoured ? CellStyle.bold : .plain
    let continuation = continuation(of: String(promptText.dropLast())) + " "
    func picture(_ styles: [CellStyle]) -> Picture {
      Picture(columns: columns, prompt: prompt, promptStyle: style, continuation: continuation, line: line, cursor: place, styles: styles)
    }
    var picture = picture(look.styles)
    if picture.lineRows > 1, !look.styles.isEmpty {
      look.styles = []
      picture = Picture(columns: columns, prompt: prompt, promptStyle: style, continuation: continuation, line: line, cursor: place, styles: [])
    }
    if picture.lineRows == 1, below == nil, note.isEmpty, !look.hint.isEmpty { picture.addHint(look.hint, style: .dim) }
    for row in (below ?? note).prefix(max(0, height - picture.lineRows)) { picture.addRow(row) }
    Self.put(painter.bytes(for: picture, height: height, isSynchronised: settings.usesEscapes))
  }

  /// Draws a line for the last time, plain, and goes to the row below.
  private func finish(_ line: String? = nil, behind: String = "") {
    let text = (line ?? currentLine()?.text ?? "")
    (look.hint, note) = ("", [])
    carryOver(text, text.utf8.count)
    look.hint = ""
    paint(text + behind, (text + behind).utf8.count)
    Self.put(painter.end())
  }

  /// Lets something be printed while the prompt stands: it goes, and comes back below.
  public func interject(_ print: () -> Void) {
    guard draws, let (line, cursor) = currentLine() else { return print() }
    Self.put(painter.clear(columns: size.columns, reflows: false))
    print()
    paint(line, cursor)
  }

  func beep() -> UInt8 {
    if draws { Self.put("\u{7}") }
    return UInt8(CC_REFRESH_BEEP)
  }

  private func clearScreen() -> UInt8 {
    Self.put("\u{1B}[H\u{1B}[2J")
    painter.start()
    return UInt8(CC_REFRESH)
  }

  // MARK: Editing commands

  func currentLine() -> (text: String, cursor: Int)? {
    guard let info = el_line(editor)?.pointee, let start = info.buffer, let cursor = info.cursor, let last = info.lastchar else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: max(0, start.distance(to: last)))
    return (String(decoding: bytes, as: UTF8.self), max(0, start.distance(to: cursor)))
  }

  private func insertPaste() -> UInt8 {
    defer { pasted = ("", 0) }
    if pasted.removes > 0 {
      put(pasted.text, removing: Int(pasted.removes))
      return UInt8(CC_REFRESH)
    }
    return el_insertstr(editor, pasted.text) == 0 ? UInt8(CC_REFRESH) : beep()
  }

  /// Puts the shortcut's line in the place of the one typed, and a Return behind it.
  private func runShortcut() -> UInt8 {
    guard let (line, _) = currentLine(), let shortcut = shortcut(line) else { return beep() }
    replaceLine(shortcut)
    keys.push(.character("\r"))
    return UInt8(CC_REFRESH)
  }

  /// Puts another text in the place of the line, with the cursor behind it.
  func replaceLine(_ text: String) { islet_editor_set_line(editor, text, Int32(text.unicodeScalars.count)) }

  private func erase() -> UInt8 {
    guard let (_, cursor) = currentLine(), cursor > 0 else { return beep() }
    put("", removing: 1)
    return UInt8(CC_REFRESH)
  }

  /// Deletes the character at the cursor. `orEnd`: on an empty line it ends the input instead.
  private func delete(orEnd: Bool) -> UInt8 {
    guard let (line, cursor) = currentLine() else { return UInt8(CC_ERROR) }
    if orEnd, line.isEmpty { return UInt8(CC_EOF) }
    guard cursor < line.utf8.count else { return beep() }
    islet_editor_move(editor, 1)
    put("", removing: 1)
    return UInt8(CC_REFRESH)
  }

  /// Return: runs the line, or goes on in another row where it is open. An empty row typed ends what is open.
  private func accept() -> UInt8 {
    guard let (line, cursor) = currentLine() else { return UInt8(CC_ERROR) }
    if goesOn(line), isPastedReturn || !line.hasSuffix("\n") {
      let behind = String(decoding: Array(line.utf8)[cursor...], as: UTF8.self)
      islet_editor_move(editor, Int32(behind.unicodeScalars.count))
      return el_insertstr(editor, "\n") == 0 ? UInt8(CC_REFRESH) : beep()
    }
    accepted = line
    return UInt8(CC_NEWLINE)
  }

  /// Up and Down: the lines typed before that begin with what stands before the cursor; within a line of several rows, its
  /// rows.
  private func browse(_ step: Int) -> UInt8 {
    guard let (line, cursor) = currentLine() else { return UInt8(CC_ERROR) }
    let bytes = Array(line.utf8)
    if browsing?.shown != line || cursor != bytes.count {
      if moveByRow(bytes, cursor, step) { return UInt8(CC_REFRESH) }
      browsing = (line, String(decoding: bytes[..<cursor], as: UTF8.self), lines.count, line)
    }
    guard var browsing else { return beep() }
    var place = browsing.place + step
    while lines.indices.contains(place), !lines[place].hasPrefix(browsing.prefix) || lines[place] == browsing.shown { place += step }
    guard place >= 0, place < lines.count || browsing.place < lines.count else { return beep() }
    let text = place < lines.count ? lines[place] : browsing.typed
    replaceLine(text)
    browsing.place = min(place, lines.count)
    browsing.shown = text
    self.browsing = browsing
    return UInt8(CC_REFRESH)
  }

  /// Moves to the row above or below in a text of several; false when there is none.
  private func moveByRow(_ bytes: [UInt8], _ cursor: Int, _ step: Int) -> Bool {
    func count(_ range: Range<Int>) -> Int { bytes[range].count { $0 & 0xC0 != 0x80 } }
    let start = (bytes[..<cursor].lastIndex(of: 0x0A) ?? -1) + 1
    let column = count(start..<cursor)
    if step < 0 {
      guard start > 0 else { return false }
      let above = (bytes[..<(start - 1)].lastIndex(of: 0x0A) ?? -1) + 1
      islet_editor_move(editor, Int32(-column - 1 - max(0, count(above..<(start - 1)) - column)))
    } else {
      guard let end = bytes[cursor...].firstIndex(of: 0x0A) else { return false }
      let next = bytes[(end + 1)...].firstIndex(of: 0x0A) ?? bytes.count
      islet_editor_move(editor, Int32(count(cursor..<end) + 1 + min(column, count((end + 1)..<next))))
    }
    return true
  }

  /// →: takes the hint at the line's end, else moves on.
  private func forward() -> UInt8 {
    guard let (line, cursor) = currentLine() else { return UInt8(CC_ERROR) }
    guard cursor == line.utf8.count else {
      islet_editor_move(editor, 1)
      return UInt8(CC_REFRESH)
    }
    let hint = look.line == line ? look.hint : ""
    guard !hint.isEmpty else { return beep() }
    return el_insertstr(editor, hint) == 0 ? UInt8(CC_REFRESH) : beep()
  }

  /// Shows what the line would mean, below it, until the next key.
  private func showMeaning() -> UInt8 {
    guard let (line, _) = currentLine() else { return UInt8(CC_ERROR) }
    let columns = size.columns
    note = meaning(line).flatMap { Display.wrapped(Display.safe($0), to: columns - 3) }.map { [("  " + $0, dimmed)] }
    return note.isEmpty ? beep() : UInt8(CC_REFRESH)
  }

  var dimmed: CellStyle { settings.isColoured ? .dim : .plain }

  private func completeWord() -> UInt8 {
    guard let (line, cursor) = currentLine(), let completion = complete(line, cursor) else { return beep() }
    let chosen = completion.choices.count == 1 ? completion.choices[0].inserts : completion.shared
    if let chosen { put(chosen, removing: completion.removes) }
    let (columns, rows) = size
    if completion.choices.count > 1 {
      if draws, settings.menus, rows >= 6 { return openMenu() }
      let lines = CompletionListing.lines(completion.choices, columns: columns, rows: min(rows - 3, 30), language: settings.language)
      return list(lines)
    }
    if completion.choices.isEmpty, let hint = completion.hint { return list(["  " + CompletionListing.cut(hint, to: columns - 3)]) }
    return chosen == nil ? beep() : UInt8(CC_REFRESH)
  }

  /// Puts a text in the place of characters before the cursor.
  func put(_ text: String, removing count: Int) {
    guard let (line, cursor) = currentLine() else { return }
    let before =
      String.UnicodeScalarView(String(decoding: Array(line.utf8)[..<cursor], as: UTF8.self).unicodeScalars.dropLast(count)) + Array(text.unicodeScalars)
    let behind = String(decoding: Array(line.utf8)[cursor...], as: UTF8.self)
    islet_editor_set_line(editor, String(before) + behind, Int32(before.count))
  }

  /// Shows lines below the line.
  private func list(_ lines: [String]) -> UInt8 {
    if draws {
      note = lines.map { [($0, .plain)] }
      return UInt8(CC_REFRESH)
    }
    goToEnd()
    Self.put("\n" + lines.joined(separator: "\n") + "\n")
    return UInt8(CC_REDISPLAY)
  }

  /// Asks the terminal; between SIGWINCHs it stays as it is, so that a key needs no question.
  private static func measured() -> (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
