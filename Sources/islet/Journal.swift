import Sessions
import Terminal
import Wording

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The journal of an interactive shell: the changes and settings that it accepted, a script, each line on the disk before
/// its answer is printed. Its shell locks it; when the shell is killed the lock goes and the file stays.
struct Journal {
  /// What a shell that was killed left behind.
  struct CutShort {
    let found: PrivateFiles.Found
    let bytes: [UInt8]
    /// The changes and settings it holds.
    let count: Int
    /// Why it can't be restored here: a newer islet wrote it, or it is no journal.
    var fault: Diagnostic?
  }

  private let files: PrivateFiles
  private let suffix: String
  private var handle: Int32 = -1
  /// Whether it can't be written, and that was said.
  private var isBroken = false

  init(_ files: PrivateFiles) {
    self.files = files
    suffix = "\(time(nil))-\(getpid())"
  }

  /// Adds lines and waits until they are on the disk. The file is made, and locked, when the first line comes.
  mutating func add(_ lines: [String], _ world: World, _ language: Language) throws(Diagnostic) {
    guard !lines.isEmpty, !isBroken else { return }
    do throws(Diagnostic) {
      var text = lines.map { $0 + "\n" }.joined()
      if handle < 0 {
        handle = try files.open(.journal, suffix: suffix)
        guard flock(handle, LOCK_EX | LOCK_NB) == 0 else { throw unwritten(errno) }
        text = Script.text(.journal, fields: world.fields(language), lines: []) + text
      }
      let bytes = Array(text.utf8)
      let written = bytes.withUnsafeBytes { systemWrite(handle, $0.baseAddress, $0.count) }
      guard written == bytes.count else { throw unwritten(written < 0 ? errno : ENOSPC) }
      guard fsync(handle) == 0 else { throw unwritten(errno) }
    } catch {
      isBroken = true
      throw error
    }
  }

  private func unwritten(_ code: Int32) -> Diagnostic {
    .fileNotWritten(files.path(of: .journal, suffix: suffix) ?? "journal", FileCause(errno: code))
  }

  /// Drops the journal: the shell ends as it should.
  mutating func end() {
    guard handle >= 0 else { return }
    if let path = files.path(of: .journal, suffix: suffix) { unlink(path) }
    close(handle)
    handle = -1
  }

  /// The newest journal whose shell no longer runs, if there is one; one that can be restored before one that can't. Those that
  /// hold nothing are dropped, and those that are kept aren't offered again.
  static func cutShort(_ files: PrivateFiles) -> CutShort? {
    var newest: CutShort?
    for found in (try? files.list()) ?? [] where found.file == .journal && found.size > 0 && !found.isKept {
      guard let name = found.path.split(separator: "/").last, name.hasPrefix("journal-"), isFree(found.path) else { continue }
      let left: CutShort
      do throws(Diagnostic) {
        let bytes = try files.read(.journal, suffix: String(name.dropFirst("journal-".count))) ?? []
        do throws(Diagnostic) {
          left = CutShort(found: found, bytes: bytes, count: try Script(bytes, file: found.path, isOwn: true).lines.count { !$0.bytes.isEmpty })
        } catch {
          left = CutShort(found: found, bytes: bytes, count: 0, fault: error)
        }
      } catch {
        left = CutShort(found: found, bytes: [], count: 0, fault: error)
      }
      if left.count == 0, left.fault == nil {
        try? files.delete(found)
      } else if newest.map({ ($0.fault == nil) == (left.fault == nil) ? found.path > $0.found.path : left.fault == nil }) ?? true {
        newest = left
      }
    }
    return newest
  }

  /// Whether no running shell holds a journal's lock.
  private static func isFree(_ path: String) -> Bool {
    let handle = systemOpen(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard handle >= 0 else { return false }
    defer { close(handle) }
    return flock(handle, LOCK_EX | LOCK_NB) == 0
  }
}

extension Console {
  /// One line on the session that was cut short, when there is one.
  var cutShortNotice: Words? {
    Journal.cutShort(Self.privateFiles).map { left in
      if let fault = left.fault {
        return Words(
          "A session was cut short, and its journal can't be restored here: \(fault.message.english) \(left.found.path)",
          "Μια συνεδρία διακόπηκε και το ημερολόγιό της δεν επαναφέρεται εδώ: \(fault.message.greek) \(left.found.path)")
      }
      return Words(
        "A session was cut short (changes and settings: \(left.count)). restore brings it back.",
        "Μια συνεδρία διακόπηκε (αλλαγές και ρυθμίσεις: \(left.count)). Η εντολή επαναφορά τη φέρνει πίσω.")
    }
  }
}
