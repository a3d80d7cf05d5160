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
  public enum Line: Sendable, Hashable {
    case text(String)
    /// Ctrl-C: the line is given up.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal's end.
    case end
    /// SIGTERM or SIGHUP: the caller closes the editor and ends the process by this signal.
    case ended(by: Int32)
  }

  /// What the terminal may be sent.
  public struct Look: Sendable {
    public var isColoured: Bool
    /// Whether escape sequences may be sent at all (not to TERM=dumb).
    public var usesEscapes: Bool
    public var language: Language
    /// Whether the keys are vi's; nil: as the user's `.editrc` says.
    public var usesVi: Bool?
    /// Whether it may show how a line goes on.
    public var showsHints: Bool

    public init(isColoured: Bool, usesEscapes: Bool, language: Language, usesVi: Bool? = nil, showsHints: Bool = true) {
      self.isColoured = isColoured
      self.usesEscapes = usesEscapes
      self.language = language
      self.usesVi = usesVi
      self.showsHints = showsHints
    }
  }

  /// Encloses, in a prompt, what takes no column.
  private static let mark: Character = "\u{01}"
  /// The key that stands for pasted text; no keyboard sends it.
  private static let pasteKey: wchar_t = 0x80

  public var look: Look
  /// What Tab puts on a line: the line and the cursor's place in it, as an offset into its UTF-8.
  public var complete: (String, Int) -> Completion? = { _, _ in nil }
  /// The line that Ctrl-O runs in the place of what is typed; nil where it has none.
  public var shortcut: (String) -> String? = { _ in nil }
  /// Called once, after the first prompt is shown and while nobody types; true when the user waits already.
  public var onFirstPrompt: (_ isHurried: Bool) -> Void = { _ in }

  private let editor: OpaquePointer
  private let history: OpaquePointer?
  private let isUTF8: Bool
  private var prompt: UnsafeMutablePointer<CChar>?
  private var keys: KeyReader
  /// What the key that stands for pasted text inserts, and how many characters before the cursor it takes away first.
  private var pasted = (text: "", removes: Int32(0))
  private var outcome: Line?
  private var isEditing = true
  private var isFirst = true
  private var isClosed = false
  private var lastLine = ""

  /// Nil when libedit can't start; the caller then reads plain lines.
  public init?(program: String, look: Look) {
    isUTF8 = Self.setCharacterLocale()
    guard let editor = islet_editor_new(program) else { return nil }
    self.editor = editor
    self.look = look
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
    bindKeys(isVi: false)
    // The user's ~/.editrc comes last; `bind -v` in it undoes bindings, so that they are made again.
    el_source(editor, nil)
    if let usesVi = look.usesVi, usesVi != (islet_editor_is_vi(editor) != 0) {
      islet_editor_set_keys(editor, usesVi ? "vi" : "emacs")
      if !usesVi { bindKeys(isVi: false) }
    }
    if islet_editor_is_vi(editor) != 0 { bindKeys(isVi: true) }
    isEditing = islet_editor_edits(editor) != 0
    islet_editor_quiet_between_lines(editor)
    keys.isBracketed = look.usesEscapes && isEditing
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
    islet_editor_bind(editor, "^R", "em-inc-search-prev")
    islet_editor_bind(editor, "\\200", "islet-paste")
    islet_editor_bind_alternative(editor, "\\200", "islet-paste")
    // A key that starts with Escape would take Escape itself from vi.
    if isVi { return }
    islet_editor_bind(editor, "\\e^M", "islet-newline")
    islet_editor_bind(editor, "\\e^J", "islet-newline")
    islet_editor_bind(editor, "\\e[3~", "ed-delete-next-char")
    islet_editor_bind(editor, "\\e[1~", "ed-move-to-beg")
    islet_editor_bind(editor, "\\e[4~", "ed-move-to-end")
  }

  // MARK: Lines

  /// Shows a prompt and reads a line. The prompt must not be empty or end in a control character.
  public func readLine(prompt text: String) -> Line {
    setPrompt(text)
    outcome = nil
    errno = 0
    islet_signals_running(0)
    defer { islet_signals_running(1) }
    setBracketedPaste(true)
    // libedit shows the prompt before it takes the terminal over: a Ctrl-D in between would be lost.
    if isEditing { islet_editor_prepare_terminal(editor, 1) }
    var count: Int32 = 0
    let read = el_gets(editor, &count)
    setBracketedPaste(false)
    if let outcome {
      if outcome == .interrupted { keys.clear() }
      Self.put(outcome == .interrupted ? "^C\n" : "\n")
      return outcome
    }
    guard let read, count > 0 else {
      Self.put("\n")
      return .end
    }
    var line = String(decoding: UnsafeRawBufferPointer(start: read, count: Int(count)), as: UTF8.self)
    if line.hasSuffix("\n") { line.removeLast() }
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
    guard let history, line != lastLine else { return false }
    lastLine = line
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
    let mark = Self.mark
    let shown = look.isColoured ? "\(mark)\u{1B}[1m\(mark)\(text)\(mark)\u{1B}[0m\(mark) " : text + " "
    free(prompt)
    prompt = strdup(shown)
  }

  private func setBracketedPaste(_ on: Bool) {
    if keys.isBracketed { Self.put(on ? "\u{1B}[?2004h" : "\u{1B}[?2004l") }
  }

  private static func put(_ text: String) {
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
      switch keys.key(arrival) {
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

  private func arrival(_ limit: Int?) -> KeyReader.Arrival {
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
    guard let (text, cursor) = currentLine(), cursor < text.utf8.count else { return }
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
    Self.put(look.usesEscapes ? "\r\u{1B}[J" : "\r")
    el_resize(editor)
    islet_editor_refresh(editor)
  }

  // MARK: Editing commands

  private func currentLine() -> (text: String, cursor: Int)? {
    guard let info = el_line(editor)?.pointee, let start = info.buffer, let cursor = info.cursor, let last = info.lastchar else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: max(0, start.distance(to: last)))
    return (String(decoding: bytes, as: UTF8.self), max(0, start.distance(to: cursor)))
  }

  private func insertPaste() -> UInt8 {
    if pasted.removes > 0 { el_deletestr(editor, pasted.removes) }
    defer { pasted = ("", 0) }
    return el_insertstr(editor, pasted.text) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_REFRESH_BEEP)
  }

  /// Puts the shortcut's line in the place of the one typed, and a Return behind it.
  private func runShortcut() -> UInt8 {
    guard let (line, cursor) = currentLine(), let shortcut = shortcut(line) else { return UInt8(CC_REFRESH_BEEP) }
    let bytes = Array(line.utf8)
    islet_editor_move(editor, Int32(String(decoding: bytes[cursor...], as: UTF8.self).unicodeScalars.count))
    el_deletestr(editor, Int32(line.unicodeScalars.count))
    el_insertstr(editor, shortcut)
    keys.push(.character("\r"))
    return UInt8(CC_REFRESH)
  }

  private func completeWord() -> UInt8 {
    guard let (line, cursor) = currentLine(), let completion = complete(line, cursor) else { return UInt8(CC_REFRESH_BEEP) }
    if completion.removes > 0 { el_deletestr(editor, Int32(completion.removes)) }
    if !completion.inserts.isEmpty { el_insertstr(editor, completion.inserts) }
    var lines: [String] = []
    let (columns, rows) = Self.size
    if !completion.choices.isEmpty {
      lines = CompletionListing.lines(completion.choices, columns: columns, rows: min(rows - 3, 30), language: look.language)
    } else if let hint = completion.hint {
      lines = ["  " + CompletionListing.cut(hint, to: columns - 3)]
    }
    if lines.isEmpty { return UInt8(completion.inserts.isEmpty ? CC_REFRESH_BEEP : CC_REFRESH) }
    goToEnd()
    Self.put("\n" + lines.joined(separator: "\n") + "\n")
    return UInt8(CC_REDISPLAY)
  }

  private static var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
