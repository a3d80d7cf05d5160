import Commands
import Guideline
import Patients
import Sessions
import Testing
import Wording

/// An array that shares: held to an ordinary one.
@Suite("A shared array is an array")
struct SharedArrayTests {
  @Test("under any changes, and older copies stay as they were", arguments: [1, 2, 3])
  func changes(seed: UInt64) {
    var random = seed &* 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % bound
    }
    var shared = SharedArray<Int>()
    var plain: [Int] = []
    var kept: [(SharedArray<Int>, [Int])] = []
    for step in 0..<3_000 {
      switch next(20) {
      case 0 where !plain.isEmpty:
        let place = next(plain.count)
        shared.remove(at: place)
        plain.remove(at: place)
      case 6: #expect(shared.popLast() == plain.popLast())
      case 7 where !plain.isEmpty:
        let count = min(plain.count, next(4))
        shared.removeLast(count)
        plain.removeLast(count)
      case 1...5 where !plain.isEmpty:
        let place = next(plain.count)
        shared[place] = step
        plain[place] = step
      default:
        shared.append(step)
        plain.append(step)
      }
      if step % 100 == 0 { kept.append((shared, plain)) }
    }
    kept.append((shared, plain))
    for (shared, plain) in kept {
      #expect(Array(shared) == plain)
      #expect(shared == SharedArray(plain))
      #expect(shared.count == plain.count && shared.last == plain.last)
    }
    #expect(kept[3].0 != kept[4].0)
  }

  @Test("whatever its size, down to nothing", arguments: [0, 1, 15, 16, 17, 255, 256, 257, 4_096, 4_097, 5_000])
  func sizes(count: Int) {
    var shared = SharedArray(0..<count)
    #expect(shared.elementsEqual(0..<count))
    for place in stride(from: count - 1, through: max(0, count - 300), by: -1) {
      shared.remove(at: place)
      #expect(shared.count == place && shared.last == (place == 0 ? nil : place - 1))
    }
    shared.append(7)
    #expect(shared.last == 7)
  }
}

@Suite("A session with many patients, branches and changes")
struct SharingTests {
  private let world: World

  init() throws { world = World(guideline: try .embedded(), commands: .standard, version: "test") }

  private func session(_ lines: some Sequence<String>) -> Session {
    var session = Session(world: world, language: .english)
    for line in lines {
      let answer = session.run(line)
      if answer.isError { Issue.record("\(line): \(answer.report.errors)") }
    }
    return session
  }

  @Test("names are found after folding in lists of any length, through renaming, forgetting, undo and branches")
  func names() throws {
    var session = session((1...40).map { "patient \"P \($0)\" 54F" })
    #expect(session.run("use p-17").report.errors.isEmpty)
    #expect(session.state.patient?.name == "P 17")
    #expect(session.run("rename \"P 17\" to \"Q 17\"").report.errors.isEmpty)
    #expect(session.run("use \"P 17\"").report.errors.first?.code == "patient.unknown")
    _ = session.run("use \"Q 17\"")
    #expect(session.state.patient?.name == "Q 17")
    #expect(session.run("patient \"q17\" 61M").report.errors.first?.code == "patient.exists")
    _ = session.run("undo")
    _ = session.run("undo")
    #expect(session.run("use \"Q 17\"").report.errors.first?.code == "patient.unknown")
    #expect(session.run("use \"P 17\"").report.errors.isEmpty)
    #expect(session.run("branch other").report.errors.isEmpty)
    #expect(session.run("forget \"P 3\"").report.errors.isEmpty)
    #expect(session.run("patient \"P 3\" 61M").report.errors.isEmpty)
    #expect(session.state.roster.place(of: "p3") == 39)
    #expect(session.run("switch main").report.errors.isEmpty)
    #expect(session.state.roster.place(of: "p3") == 2)
  }

  @Test("the bounds on patients and branches are errors that change nothing")
  func bounds() {
    var session = Session(world: world, language: .english)
    for number in 0..<SessionBounds.patients { _ = session.run("patient \"p\(number)\" 54F") }
    #expect(session.state.patients.count == SessionBounds.patients)
    let refused = session.run("copy more")
    #expect(refused.report.errors.map(\.code) == ["patient.too-many"])
    #expect(session.state.patients.count == SessionBounds.patients)
    #expect(session.run("set 14 mm").report.errors.isEmpty)
    #expect(session.run("forget \"p5\"").report.errors.isEmpty)
    #expect(session.run("copy more").report.errors.isEmpty)

    session = Session(world: world, language: .english)
    for number in 1..<SessionBounds.branches { _ = session.run("branch \"b\(number)\"") }
    #expect(session.state.branches.count == SessionBounds.branches)
    #expect(session.run("branch more").report.errors.map(\.code) == ["branch.too-many"])
    // A chain of forks as long as that is still listed.
    let listed = session.run("branches")
    #expect(listed.report.errors.isEmpty)
    #expect(session.run("switch b7").report.errors.isEmpty)
  }

  @Test("a change clears what could be redone")
  func redo() {
    var session = session(["patient 54F", "set 14 mm", "undo", "set 15 mm"])
    #expect(session.run("redo").report.errors.map(\.code) == ["session.nothing"])
    #expect(session.state.patient?.stated.isEmpty == false)
    _ = session.run("undo")
    #expect(session.run("redo").report.errors.isEmpty)
  }
}
