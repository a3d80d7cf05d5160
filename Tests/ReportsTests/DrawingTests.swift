import Measures
import ReportSamples
import Testing
import Wording

@testable import Reports

@Suite("Terminal drawings")
struct DrawingTests {
  @Test("No line is wider than the terminal, from 40 to 200 columns, in both languages", arguments: Language.allCases)
  func widths(_ language: Language) {
    for figure in SampleFigures.all(language) {
      for columns in 40...200 {
        for line in figure.lines(columns: columns) {
          #expect(Display.width(line) <= columns, "\(figure.id) at \(columns): \(line)")
        }
      }
    }
  }

  @Test("A drawing holds no control characters, whatever its labels hold")
  func control() {
    var figure = SampleFigures.tree(.english)
    figure.title = "a\u{1B}[31mb"
    figure.content = .tree(ConditionTree(ConditionTree.Node("x", "\u{1B}]0;x\u{7}\u{202E}label", .yes)))
    let text = figure.lines(columns: 80).joined(separator: "\n")
    #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0.value != 0x0A) || $0.value == 0x202E })
    #expect(text.contains("label"))
  }
}

@Suite("Terminal drawings: what stays whole")
struct WholeTextTests {
  @Test("A label with a dose is drawn whole, on one line or in the list below", arguments: Language.allCases)
  func doseLabels(_ language: Language) {
    let label = Words("30 mg every 4 weeks", "30 mg κάθε 4 εβδομάδες")[language]
    for columns in 40...200 {
      let text = SampleFigures.timeline(language).lines(columns: columns).joined(separator: "\n")
      #expect(text.contains(label), "at \(columns) columns")
    }
  }

  @Test("Sent to a pipe, notes are not wrapped and the drawing takes 80 columns")
  func pipe() {
    var figure = SampleFigures.ranges(.english)
    figure.notes = [Text(String(repeating: "word ", count: 40) + "end")]
    let lines = figure.lines(columns: nil)
    #expect(lines.last == "  " + figure.notes[0].string)
    #expect(lines.dropLast().allSatisfy { Display.width($0) <= 80 })
    #expect(lines.dropLast().contains { Display.width($0) > 70 })
  }

  @Test("Numbers at risk stand below their ticks")
  func atRisk() throws {
    let lines = SampleFigures.survival(.english).lines(columns: 80)
    let axis = try #require(lines.first { $0.contains("└┬") })
    let counts = try #require(lines.first { $0.contains("━━ 200") })
    let ticks = Array(axis).indices.filter { Array(axis)[$0] == "┬" }
    let cells = Array(counts)
    for tick in ticks {
      #expect((max(0, tick - 2)...tick + 2).contains { cells.indices.contains($0) && cells[$0].isNumber }, "tick at \(tick): \(counts)")
    }
  }

  @Test("A median that is not reached says so; one that is reached stands with its unit")
  func medians() {
    let text = SampleFigures.survival(.english).lines(columns: 100).joined(separator: "\n")
    #expect(text.contains("treatment · n 200 · median not reached"))
    #expect(text.contains("placebo · n 200 · median 5 months"))
  }

  @Test("Each cohort of a forest plot has a panel and an axis of its own, and nothing is pooled")
  func panels() {
    let lines = SampleFigures.forest(.english).lines(columns: 100)
    #expect(lines.filter { $0.hasPrefix("── ") }.count == 2)
    #expect(lines.filter { $0.contains("┬──") }.count == 2)
    #expect(lines.filter { $0.contains("■") }.count == 3)
    #expect(!lines.contains { $0.contains("◆") })
  }

  @Test("An interval's ends lie on either side of its estimate; an estimate without an interval has no ends")
  func intervals() throws {
    for columns in 60...200 {
      let marks = SampleFigures.forest(.english).lines(columns: columns).filter { $0.contains("■") }
      for line in marks.prefix(2) {
        let cells = Array(line)
        let low = try #require(cells.firstIndex(of: "├"))
        let middle = try #require(cells.firstIndex(of: "■"))
        let high = try #require(cells.firstIndex(of: "┤"))
        #expect(low < middle && middle < high)
      }
      #expect(!marks[2].contains("├"))
    }
  }

  @Test("A condition tree carries the mark of each condition")
  func marks() {
    let lines = SampleFigures.tree(.english).lines(columns: 80)
    #expect(lines.contains("├─ ✓ syndrome is insulinoma"))
    #expect(lines.contains("│  └─ ✗ MEN1"))
    #expect(lines.contains("└─ ? found at surgery  not stated"))
  }

  @Test("A crossing shades the largest cell darkest and an empty one not at all")
  func shades() {
    let figure = SampleFigures.crossing(.english)
    guard case .crossing(let crossing) = figure.content else {
      Issue.record("not a crossing")
      return
    }
    #expect(crossing.shade(0) == 0)
    #expect(crossing.shade(1) == 1)
    #expect(crossing.shade(240) == 4)
    for count in 0..<240 { #expect(crossing.shade(count) <= crossing.shade(count + 1)) }
    #expect(figure.lines(columns: 100).contains { $0.contains("██  240") })
  }
}

@Suite("Scales")
struct TrackTests {
  @Test("A scale keeps order, stays within its columns, and its ticks lie within its ends")
  func order() {
    for logarithmic in [false, true] {
      for (low, high) in [(0.1, 2.0), (0.001, 1000), (1, 1), (0, 100), (0.27, 0.45)] {
        let track = Track(low: low, high: high, width: 60, isLogarithmic: logarithmic)
        var before = 0
        for step in 0...200 {
          let column = track.column(track.low + (track.high - track.low) * Double(step) / 200)
          #expect(column >= before && column < 60)
          before = column
        }
        #expect(track.ticks(atMost: 8).allSatisfy { $0 >= track.low * 0.99 - 1e-9 && $0 <= track.high * 1.01 + 1e-9 })
        #expect(!track.ticks(atMost: 8).isEmpty)
      }
    }
  }

  @Test("Numbers that are no numbers break no scale")
  func strange() {
    for value in [Double.nan, .infinity, -.infinity, 1e300, -1e300] {
      #expect((0..<40).contains(Track(low: 0, high: 1, width: 40).column(value)))
      #expect((0..<40).contains(Track(low: value, high: value, width: 40, isLogarithmic: true).column(value)))
      _ = Track(low: value, high: 1, width: 40).ticks(atMost: 5)
    }
  }

  @Test("The logarithm agrees with known values", arguments: [(1.0, 0.0), (2, 0.693147180559945), (10, 2.302585092994046), (0.35, -1.049822124498678)])
  func logarithm(_ value: Double, _ expected: Double) { #expect(abs(Logarithm.natural(value) - expected) < 1e-12) }
}
