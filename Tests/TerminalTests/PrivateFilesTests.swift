import Terminal
import Testing
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder of its own, taken away at the end.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/islet-test-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return nil }
      return String(cString: base)
    }
    path = try #require(made)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if let handle = opendir(path) {
      var names: [String] = []
      while let entry = readdir(handle) {
        names.append(
          withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
          })
      }
      closedir(handle)
      for name in names where name != "." && name != ".." {
        let inner = path + "/" + name
        if unlink(inner) != 0 { remove(inner) }
      }
    }
    rmdir(path)
  }

  /// The permission bits of a file inside it.
  func mode(_ name: String) -> UInt32 {
    var status = stat()
    return lstat(path + "/" + name, &status) == 0 ? UInt32(status.st_mode) & 0o777 : 0
  }
}

@Suite("Private files")
struct PrivateFilesTests {
  private func files(_ home: TemporaryFolder) -> PrivateFiles {
    PrivateFiles { $0 == "HOME" ? home.path : nil }
  }

  @Test("lie under the home folder unless the XDG variables name other folders")
  func folders() {
    let plain = PrivateFiles { $0 == "HOME" ? "/home/maria" : nil }
    #expect(plain.path(of: .history) == "/home/maria/.local/state/islet/history")
    #expect(plain.path(of: .attempts) == "/home/maria/.local/share/islet/attempts")
    #expect(plain.path(of: .journal, suffix: "4711") == "/home/maria/.local/state/islet/journal-4711")
    let named = PrivateFiles { ["HOME": "/home/maria", "XDG_STATE_HOME": "/state", "XDG_DATA_HOME": "relative"][$0] }
    #expect(named.path(of: .language) == "/state/islet/language")
    #expect(named.path(of: .attempts) == "/home/maria/.local/share/islet/attempts")
    #expect(PrivateFiles { _ in nil }.path(of: .history) == nil)
  }

  @Test("are readable by their owner alone, also when the file was open to others before")
  func modes() throws {
    let home = try TemporaryFolder()
    let files = files(home)
    try files.append(Array("one\n".utf8), to: .history)
    #expect(home.mode(".local/state/islet/history") == 0o600)
    #expect(home.mode(".local/state/islet") == 0o700)
    chmod(home.path + "/.local/state/islet/history", 0o644)
    try files.append(Array("two\n".utf8), to: .history)
    #expect(home.mode(".local/state/islet/history") == 0o600)
    #expect(try files.read(.history) == Array("one\ntwo\n".utf8))
  }

  @Test("are written anew whole, and rewritten from what they held")
  func rewriting() throws {
    let home = try TemporaryFolder()
    let files = files(home)
    #expect(try files.read(.language) == nil)
    try files.write(Array("english\n".utf8), to: .language)
    try files.write(Array("el\n".utf8), to: .language)
    #expect(try files.read(.language) == Array("el\n".utf8))
    try files.rewrite(.language) { Array($0.reversed()) }
    #expect(try files.read(.language) == Array("\nle".utf8))
  }

  @Test("are never reached through a symbolic link")
  func links() throws {
    let home = try TemporaryFolder()
    let files = files(home)
    try files.append([], to: .history)
    let target = home.path + "/target"
    #expect(symlink(target, home.path + "/.local/state/islet/language") == 0)
    #expect(throws: Diagnostic.self) { try files.write(Array("el".utf8), to: .language) }
    #expect(access(target, F_OK) != 0)
    #expect(try files.list().map(\.file) == [.history])
  }

  @Test("what can't be deleted is said with its cause in both languages, and stays")
  func undeletable() throws {
    let home = try TemporaryFolder()
    let files = files(home)
    try files.append(Array("abc".utf8), to: .history)
    let found = try #require(try files.list().first)
    // Another program puts a folder there between the listing and the deletion.
    #expect(unlink(found.path) == 0 && mkdir(found.path, 0o700) == 0)
    let error = try #require(throws: Diagnostic.self) { try files.delete(found) }
    #expect(error.code == "data.not-deleted" && !error.help.isEmpty)
    #expect(error.message.english.contains(found.path) && error.message.greek.contains(found.path))
    #expect(error.message.english.contains("it is a folder") && error.message.greek.contains("είναι φάκελος"))
    #expect(access(found.path, F_OK) == 0)
  }

  @Test("are listed with their sizes and deleted, and nothing else in the folder is")
  func deleting() throws {
    let home = try TemporaryFolder()
    let files = files(home)
    try files.append(Array("abc".utf8), to: .history)
    try files.append(Array("de".utf8), to: .journal, suffix: "7")
    try files.append(Array("f".utf8), to: .attempts)
    let other = home.path + "/.local/state/islet/history.bak"
    #expect(symlink("/nowhere", other) == 0)
    #expect(try files.list().map { "\($0.file) \($0.size)" } == ["history 3", "journal 2", "attempts 1"])
    for found in try files.list() { try files.delete(found) }
    #expect(try files.list() == [])
    #expect(home.mode(".local/state/islet/history.bak") != 0)
  }

  @Test("without a home folder nothing is kept, and the error says so")
  func homeless() throws {
    let files = PrivateFiles { _ in nil }
    let error = #expect(throws: Diagnostic.self) { try files.append([0x61], to: .history) }
    #expect(error?.code == "data.not-kept")
    #expect(try files.list() == [])
  }
}
