import Sessions
import Terminal
import Wording

/// What the environment and the user's settings say of how islet shows itself. Options go before the environment, the
/// environment before the settings.
struct Surroundings {
  let environment: (String) -> String?
  let settings: Settings
  /// The lines of the settings that can't be read.
  let faults: [Diagnostic]

  init(_ environment: @escaping (String) -> String?) {
    self.environment = environment
    do throws(Diagnostic) {
      guard let path = UserSettings.path(environment), let bytes = try UserSettings.read(path, limit: Settings.limit) else {
        (settings, faults) = (Settings(), [])
        return
      }
      (settings, faults) = Settings.read(bytes, file: path)
    } catch {
      (settings, faults) = (Settings(), [error])
    }
  }

  /// Whether a variable is set and not empty.
  private func isSet(_ name: String) -> Bool { environment(name).map { !$0.isEmpty } ?? false }

  /// Whether a variable is set, not empty and not 0.
  private func isOn(_ name: String) -> Bool { environment(name).map { !$0.isEmpty && $0 != "0" } ?? false }

  /// Whether the terminal knows no escape sequence.
  var isDumb: Bool { ["", "dumb"].contains(environment("TERM") ?? "") }

  /// Whether nothing may be drawn or redrawn, and every line says what it is: for screen readers.
  var isAccessible: Bool { isOn("ACCESSIBLE") }

  /// Whether text may be coloured. NO_COLOR goes before CLICOLOR_FORCE.
  func isColoured(onTerminal isTerminal: Bool) -> Bool {
    if isSet("NO_COLOR") || isAccessible { return false }
    if isOn("CLICOLOR_FORCE") { return true }
    switch settings.colour {
    case .never: return false
    case .always: return true
    case .auto: return isTerminal && !isDumb
    }
  }

  /// Whether the prompt may send escape sequences.
  var usesEscapes: Bool { !isDumb && !isAccessible }

  /// Whether the terminal is known to show links (OSC 8). One inside another, as in tmux, isn't.
  var showsLinks: Bool {
    guard usesEscapes, !isSet("NO_COLOR"), !isSet("TMUX"), !isSet("STY") else { return false }
    let terminal = environment("TERM") ?? ""
    if ["xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "contour", "wezterm"].contains(terminal) { return true }
    if ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "mintty", "rio", "Tabby"].contains(environment("TERM_PROGRAM") ?? "") { return true }
    if isSet("WT_SESSION") || isSet("DOMTERM") { return true }
    func version(_ name: String) -> Int { environment(name).flatMap { Int($0) } ?? 0 }
    return version("VTE_VERSION") >= 5_000 || version("KONSOLE_VERSION") >= 201_200
  }
}
