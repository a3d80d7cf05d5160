import Wording

/// What the prompt does, each part of it switched off where the terminal can't or the user doesn't want it.
public struct PromptSettings: Sendable, Hashable {
  public var language: Language
  /// Whether escape sequences may be sent; without, libedit draws as on a printer.
  public var usesEscapes: Bool
  public var isColoured: Bool
  /// Whether the line is coloured while it is typed.
  public var colours: Bool
  /// Whether what may follow stands dim behind the cursor.
  public var hints: Bool
  /// Whether Tab and Ctrl-R open lists to move in.
  public var menus: Bool
  /// Whether prompts and answers are marked for the terminal (OSC 133).
  public var marks: Bool
  /// Whether the keys are vi's; nil: as the user's `.editrc` says.
  public var usesVi: Bool?
  /// Whether the terminal is known to break rows anew when it gets narrower.
  public var reflows: Bool

  /// What the terminal can: `TERM` and what terminals say of themselves tell the rest.
  public init(
    language: Language, isColoured: Bool, usesEscapes: Bool, usesVi: Bool? = nil, hints: Bool = true, environment: (String) -> String?
  ) {
    let terminal = environment("TERM") ?? ""
    self.language = language
    self.usesEscapes = usesEscapes
    self.usesVi = usesVi
    self.isColoured = isColoured && usesEscapes
    colours = self.isColoured
    // Without colours what is dim can't be told from what was typed.
    self.hints = hints && self.isColoured
    menus = usesEscapes
    // The consoles of kernels print what they don't know.
    marks = usesEscapes && !["linux", "cons25", "sun"].contains { terminal.hasPrefix($0) }
    reflows =
      ["tmux", "screen", "xterm-kitty", "alacritty", "foot", "xterm-ghostty", "wezterm"].contains { terminal.hasPrefix($0) }
      || environment("VTE_VERSION").map { !$0.isEmpty } ?? false
  }
}
