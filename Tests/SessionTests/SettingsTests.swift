import Reports
import Sessions
import Testing
import Wording

@Suite("The user's settings")
struct SettingsTests {
  private func read(_ text: String) -> (settings: Settings, codes: [String], lines: [Int?]) {
    let (settings, errors) = Settings.read(Array(text.utf8), file: "/home/x/.config/islet/config")
    #expect(errors.allSatisfy { $0.file == "/home/x/.config/islet/config" })
    return (settings, errors.map(\.code), errors.map(\.line))
  }

  @Test("are read a line each, with comments, either sign and either spelling of colour")
  func all() {
    let (settings, codes, _) = read("# mine\n\nlanguage: el\r\n pager = less -R\ncolor: never\nKeys: vi\nhints: off\n")
    #expect(codes == [])
    #expect(settings.language == .greek && settings.pager == "less -R" && settings.colour == .never && settings.keys == .vi && !settings.hints)
  }

  @Test("a pager that is off is empty, and nothing said leaves everything to the environment")
  func defaults() {
    #expect(read("pager: off").settings.pager == "")
    let none = read("").settings
    #expect(none == Settings() && none.language == nil && none.pager == nil && none.keys == nil && none.hints && none.colour == .auto)
  }

  @Test("a wrong line is named with its number, and the others hold")
  func wrong() {
    let (settings, codes, lines) = read("language: klingon\nkeys: vi\nkeys: emacs\nnonsense\nwidth: 80\nhints:\ncolour: maybe\npager: cat\n")
    #expect(codes == ["config.value", "config.twice", "config.line", "config.name", "config.value", "config.value"])
    #expect(lines == [1, 3, 4, 5, 6, 7])
    #expect(settings.keys == .vi && settings.pager == "cat" && settings.language == nil && settings.hints && settings.colour == .auto)
  }

  @Test("bytes that are no text, and endless lines, are errors of their lines")
  func bytes() {
    let (_, errors) = Settings.read([0xFF, 0x0A] + Array(repeating: 0x61, count: 5_000), file: "x")
    #expect(errors.map(\.code) == ["config.line", "config.line"])
  }

  @Test("an error says in both languages what to write")
  func messages() {
    let (_, errors) = Settings.read(Array("keys: nano".utf8), file: "config")
    #expect(
      errors.first?.text(.plain, .english) == """
        error[config.value]  “nano” isn't a value of keys.
          config:1
            keys: nano
                  ^^^^
          Write: keys: emacs|vi

        """)
    #expect(errors.first?.text(.plain, .greek).contains("Γράψτε: keys: emacs|vi") == true)
  }
}
