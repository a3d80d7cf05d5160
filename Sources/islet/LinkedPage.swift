import Notebooks
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The guideline as a page on the disk, to which a terminal's links lead: `$XDG_CACHE_HOME/islet`, else `~/.cache/islet`.
/// It is made when it is first needed, and again for other chapters.
final class LinkedPage {
  private var found: [Language: String?] = [:]

  /// The page's address; nil where it can't be kept.
  func address(_ language: Language, _ console: Console) -> String? {
    if let known = found[language] { return known }
    let address = (try? make(language, console)).flatMap { $0 }
    found[language] = .some(address)
    return address
  }

  private func make(_ language: Language, _ console: Console) throws(Diagnostic) -> String? {
    guard let folder = Self.folder else { return nil }
    let world = try console.world()
    let path = "\(folder)/guideline-\(world.guideline.mark)-\(language.rawValue).html"
    if access(path, R_OK) != 0 {
      PrivateFiles.makeFolder(folder)
      let page = try Pages(world, language: language) { 0 }.guideline()
      try SystemFiles(console: console).write(page, to: path, .whole)
    }
    return "file://" + Self.escaped(path)
  }

  private static var folder: String? {
    if let named = Console.environment("XDG_CACHE_HOME"), named.hasPrefix("/") { return named + "/islet" }
    guard let home = Console.environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.cache/islet"
  }

  /// A path as an address has it.
  private static func escaped(_ path: String) -> String {
    path.utf8.map { byte -> String in
      let isPlain = (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || [0x2F, 0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
      if isPlain { return String(UnicodeScalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
