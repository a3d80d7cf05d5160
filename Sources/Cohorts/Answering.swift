import Grammar
import Guideline
import Patients
import Reports
import Vocabulary
import Wording

/// What answers are written from: the parts of each rule's answer that never change, and the program that finds the rest.
struct AnswerFragments: Sendable {
  /// A rule's answer: what stands before `depends_on`, what comes between, and what follows `with`.
  struct Fragment: Sendable {
    let rule: Int
    var applies: [UInt8] = []
    var depends: [UInt8] = []
    var open: [UInt8] = []
    var with: [UInt8] = []
    var end: [UInt8] = []
    /// For a companion, the rules it may accompany.
    var targets: [Accompanied] = []
    /// For a companion of which some target is about a wider group: the therapies that must be chosen, as a field.
    var choice: [UInt8] = []
    /// The bits on which `depends_on` rests, from the word of the possibilities on.
    var mask: [UInt64] = []
    /// The findings among them that are numbers: one stated as an interval is left to the explaining evaluator.
    var bearing: [Int] = []
  }

  /// A rule that a companion may accompany: the places of its bits, whether it is about a wider group alone, and its id in quotes.
  struct Accompanied: Sendable {
    let possible: Int
    let certain: Int
    let isWider: Bool
    let id: [UInt8]
  }

  let compiled: CompiledGuideline
  let form: AnswerForm
  let plain: Program
  let assuming: Program
  let fragments: [Fragment]
  /// Whether nothing is told of a rule but that it applies.
  let isWhole: Bool
  /// What is the same in every answer; behind it, where nothing is told of a rule but that it applies, each rule's whole answer behind a comma.
  let pieces: Pieces
  /// Words of bits for a patient: certain statuses, then possible ones, possibilities and advice as far as the form asks for them,
  /// each starting a new word.
  let words: Int
  /// The first word of the possible statuses, or of the certain ones where nothing else is told.
  let live: Int
  /// Words of the statuses of the rules told.
  let liveWords: Int
  /// The first word of the possibilities.
  let possibilities: Int
  /// The bit of a patient of whom something stated is read as something else.
  let readOver: Int

  init(_ compiled: CompiledGuideline, _ form: AnswerForm) {
    self.compiled = compiled
    self.form = form
    let guideline = compiled.guideline
    let rules = form.rules
    let tellsOpen = form.tellsDepends && form.fields.contains(.dependsOn)
    let tellsWith = form.fields.contains(.with)
    // The rules told come first; a companion's hosts may be others.
    let told = Set(rules)
    let judged = rules + (tellsWith ? compiled.rules.filter { !told.contains($0) } : [])
    func padded(_ literals: [Literal]) -> [Literal] {
      literals + Array(repeating: Literal.no, count: (64 - literals.count % 64) % 64)
    }
    func outputs(_ compiler: Compiler) -> [[Literal]] {
      [
        judged.map { compiler.statuses[$0].certain } + [compiler.readOver], form.tellsDepends ? rules.map { compiler.statuses[$0].possible } : [],
        tellsOpen ? compiler.possibilities : [], tellsWith ? compiler.advice.map(\.possible) : [],
      ].map(padded)
    }
    let compiler = Compiler(guideline, compiled.columns, assuming: false)
    let second = Compiler(guideline, compiled.columns, assuming: true)
    let parts = outputs(compiler)
    plain = Program(compiler.circuit, planes: compiled.columns.planes, outputs: [compiler.refused] + parts.joined())
    assuming = Program(second.circuit, planes: compiled.columns.planes, outputs: [second.refused] + outputs(second).joined())
    let starts = parts.indices.map { parts[..<$0].reduce(0) { $0 + $1.count } }
    words = parts.reduce(0) { $0 + $1.count } / 64
    live = form.tellsDepends ? starts[1] / 64 : 0
    liveWords = (rules.count + 63) / 64
    possibilities = starts[2] / 64
    readOver = judged.count
    let offsets = compiler.offsets
    let places = Dictionary(uniqueKeysWithValues: judged.enumerated().map { ($0.element, $0.offset) })
    let fragments = rules.map { rule in
      var fragment = Fragment(rule: rule)
      let applying = RuleEvaluation(rule: rule, when: .yes, status: .applies, overriding: [], isDone: false)
      fragment.applies = Self.part(form.json(applying, guideline), before: true)
      fragment.depends = Self.part(form.json(RuleEvaluation(rule: rule, when: .yes, status: .depends, overriding: [], isDone: false), guideline), before: true)
      var isFirst = fragment.applies.count == 1
      func field(_ text: String) -> [UInt8] {
        defer { isFirst = false }
        return Array(((isFirst ? "" : ",") + text).utf8)
      }
      if form.fields.contains(.dependsOn) { fragment.open = field("\"depends_on\":") }
      if tellsWith { fragment.with = field("\"with\":[") }
      let end = Self.part(form.json(applying, guideline), before: false).dropFirst()
      fragment.end = (end.isEmpty || isFirst ? [] : [0x2C]) + end + [0x7D]
      if tellsWith, guideline.rules[rule].isCompanion {
        let wider = guideline.widerTargets[rule]
        fragment.targets = guideline.targets[rule].map { target in
          var id: [UInt8] = []
          JSON.quote(guideline.rules[target].id, to: &id)
          return Accompanied(possible: starts[3] + target, certain: places[target] ?? 0, isWider: wider.contains(target), id: id)
        }
        let chosen = guideline.rules[rule].with.filter { guideline.vocabulary.therapy(id: $0) != nil }
        if !wider.isEmpty {
          fragment.choice = Array(",\"if\":".utf8)
          JSON.strings(chosen).write(to: &fragment.choice)
        }
      }
      if tellsOpen {
        fragment.mask = Array(repeating: 0, count: parts[2].count / 64)
        fragment.bearing = guideline.findings(bearingOn: rule)
        for finding in fragment.bearing {
          for bit in offsets[finding] { fragment.mask[bit >> 6] |= 1 << UInt64(bit & 63) }
        }
      }
      return fragment
    }
    self.fragments = fragments
    isWhole = !form.tellsDepends && !tellsWith && !form.fields.contains(.dependsOn)
    pieces = Pieces(Self.same.map { Array($0.utf8) } + (isWhole ? fragments.map { [0x2C] + $0.applies + $0.end } : []))
  }

  /// What stands before an id, between it and the rules, and behind them where there are no notices.
  private static let same = ["{\"id\":", ",\"advice\":[", "],\"errors\":[]}\n"]
  static let start = 0
  static let middle = 1
  static let end = 2
  static let rules = 3

  /// An object's fields before `depends_on`, or behind `with`, as they are written, without its end.
  private static func part(_ json: JSON, before: Bool) -> [UInt8] {
    guard case .object(let fields) = json else { return [] }
    let early: Set<String> = ["rule", "subjects", "stance", "status", "facts", "paragraphs", "level", "grade"]
    let between: Set<String> = ["depends_on", "with", "if"]
    var bytes: [UInt8] = []
    JSON.object(fields.filter { before ? early.contains($0.name) : !early.contains($0.name) && !between.contains($0.name) }).write(to: &bytes)
    bytes.removeLast()
    return bytes
  }

  var rows: Int { max(plain.rows, assuming.rows) }
}

/// Answers the patients of chunks, in their order.
struct AnsweringWorker {
  private struct Key: Hashable {
    let rule: Int
    let bits: [UInt64]
  }

  private let fragments: AnswerFragments
  private let compiled: CompiledGuideline
  private let language: Language
  private let reader: PatientReader
  private let block: PatientBlock
  /// How many bytes the answers of a chunk took.
  private var usual = 0
  private var waiting = WaitingRows()
  /// `depends_on` in JSON, by the rule and what is possible of the findings that bear on it.
  private var deciding: [Key: [UInt8]] = [:]
  private(set) var patients = 0
  private(set) var refused = 0

  init(_ fragments: AnswerFragments, _ input: PatientInput, _ language: Language) {
    self.fragments = fragments
    self.language = language
    compiled = fragments.compiled
    reader = PatientReader(compiled, input)
    block = PatientBlock(compiled.columns, rows: fragments.rows)
  }

  mutating func answer(_ chunk: PatientChunk) -> [UInt8] {
    let answers = OutputBytes.array(of: usual) { output in
      reader.forEach(chunk, block) { row, refusal in
        waiting.append(row, refusal)
      } full: {
        settle(chunk, into: &output)
      }
      settle(chunk, into: &output)
    }
    usual = answers.count
    return answers
  }

  private mutating func settle(_ chunk: PatientChunk, into output: inout OutputBytes) {
    if waiting.rows.isEmpty { return }
    patients += waiting.rows.count
    let program = block.isAssuming ? fragments.assuming : fragments.plain
    let words = fragments.words
    block.run(program)
    let bits = LaneBits.transposed(block, program.outputs, words: words)
    let contradictory = block.value(of: program.outputs[0])
    fragments.pieces.withMemory { pieces in
      bits.withUnsafeBufferPointer { bits in
        for (lane, row) in waiting.rows.enumerated() {
          if let refusal = waiting.refusal(lane) ?? (contradictory[lane >> 6] >> UInt64(lane & 63) & 1 == 1 ? reader.careful(row, chunk) : nil) {
            refused += 1
            output.append(refusal.answer(compiled.guideline, line: row.number, language, fragments.form))
            output.append(0x0A)
          } else {
            write(row, chunk, UnsafeBufferPointer(rebasing: bits[(lane * words)..<((lane + 1) * words)]), pieces, into: &output)
          }
        }
      }
    }
    waiting.removeAll()
    block.clear()
  }

  private mutating func write(
    _ row: PatientReader.Row, _ chunk: PatientChunk, _ bits: UnsafeBufferPointer<UInt64>, _ pieces: Pieces.Memory, into output: inout OutputBytes
  ) {
    switch row.id {
    case .json(let id):
      output.append(pieces, AnswerFragments.start)
      output.append(UnsafeRawBufferPointer(id))
    case .text(let id):
      output.append(pieces, AnswerFragments.start)
      output.append(JSON.string(id))
    case .none, .careful:
      // The id is missing, or not plainly written.
      let id = row.id == .none ? nil : reader.careful(row, chunk).id
      output.append(JSON.object([id.map { JSON.Field("id", $0) } ?? JSON.Field("line", .integer(row.number))]), dropping: 1)
    }
    output.append(pieces, AnswerFragments.middle)
    func bit(_ place: Int) -> Bool { bits[place >> 6] >> UInt64(place & 63) & 1 == 1 }
    if fragments.isWhole { writeWholes(pieces, bits, into: &output) } else { writeParts(row, chunk, bits, into: &output) }
    guard bit(fragments.readOver) else { return output.append(pieces, AnswerFragments.end) }
    let notices = reader.careful(row, chunk).notices(compiled.guideline, language)
    output.append(pieces, AnswerFragments.end, dropping: 2)
    output.append(",\"notices\":")
    output.append(JSON.array(notices))
    output.append("}\n")
  }

  /// The answers of the rules that apply, where nothing else is told of them.
  @inline(__always)
  private func writeWholes(_ pieces: Pieces.Memory, _ bits: UnsafeBufferPointer<UInt64>, into output: inout OutputBytes) {
    // Before the first stands no comma.
    var comma = 1
    for word in 0..<fragments.liveWords {
      var left = bits[fragments.live + word]
      while left != 0 {
        let place = AnswerFragments.rules + word * 64 + left.trailingZeroBitCount
        left &= left - 1
        guard place < pieces.count else { break }
        output.append(pieces, place, from: comma)
        comma = 0
      }
    }
  }

  private mutating func writeParts(
    _ row: PatientReader.Row, _ chunk: PatientChunk, _ bits: UnsafeBufferPointer<UInt64>, into output: inout OutputBytes
  ) {
    var evaluation: Evaluation?
    var isFirst = true
    func bit(_ place: Int) -> Bool { bits[place >> 6] >> UInt64(place & 63) & 1 == 1 }
    for word in 0..<fragments.liveWords {
      var left = bits[fragments.live + word]
      while left != 0 {
        let place = word * 64 + left.trailingZeroBitCount
        left &= left - 1
        // Behind the rules that are told stand others.
        guard place < fragments.fragments.count else { break }
        if !isFirst { output.append(0x2C) }
        isFirst = false
        let applies = fragments.live == 0 || bit(place)
        let fragment = fragments.fragments[place]
        output.append(applies ? fragment.applies : fragment.depends)
        if !fragment.open.isEmpty {
          output.append(fragment.open)
          if applies {
            output.append("[]")
          } else {
            output.append(open(fragment, place, row, chunk, bits, &evaluation))
          }
        }
        if !fragment.with.isEmpty {
          output.append(fragment.with)
          var isFirstTarget = true
          var isChoice = !fragment.choice.isEmpty
          var hasHost = false
          for target in fragment.targets where bit(target.possible) {
            if !isFirstTarget { output.append(0x2C) }
            isFirstTarget = false
            output.append(target.id)
            guard !applies || bit(target.certain) else { continue }
            hasHost = true
            if !target.isWider { isChoice = false }
          }
          output.append(0x5D)
          if isChoice, hasHost { output.append(fragment.choice) }
        }
        output.append(fragment.end)
      }
    }
  }

  /// The findings on which a rule depends, in JSON.
  private mutating func open(
    _ fragment: AnswerFragments.Fragment, _ place: Int, _ row: PatientReader.Row, _ chunk: PatientChunk, _ bits: UnsafeBufferPointer<UInt64>,
    _ evaluation: inout Evaluation?
  ) -> [UInt8] {
    var key: Key?
    if !row.hasInterval {
      let new = Key(rule: place, bits: fragment.mask.indices.map { bits[fragments.possibilities + $0] & fragment.mask[$0] })
      if let known = deciding[new] { return known }
      key = new
    }
    let full = evaluation ?? explained(row, chunk)
    evaluation = full
    var bytes: [UInt8] = []
    JSON.strings(full[fragment.rule].dependsOn.map { compiled.guideline.vocabulary.findings[$0].id }).write(to: &bytes)
    if let key, deciding.count < 100_000 { deciding[key] = bytes }
    return bytes
  }

  /// The explaining evaluator's view of a patient.
  private func explained(_ row: PatientReader.Row, _ chunk: PatientChunk) -> Evaluation {
    compiled.guideline.evaluate(compiled.guideline.inference.known(reader.careful(row, chunk).stated))
  }
}

/// Turns planes into rows of bits, one for each patient.
enum LaneBits {
  /// The outputs behind the first, sixty-four a word, so many words a patient.
  static func transposed(_ block: PatientBlock, _ outputs: [Program.Output], words: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: Program.lanes * words) { buffer, count in
      count = Program.lanes * words
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 64) { planes in
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { square in
          for word in 0..<words {
            for place in 0..<64 { planes[place] = block.value(of: outputs[1 + word * 64 + place]) }
            for group in 0..<8 where group * 64 < block.count {
              for place in 0..<64 { square[place] = planes[place][group] }
              transpose(square)
              for lane in 0..<64 { buffer[(group * 64 + lane) * words + word] = square[lane] }
            }
          }
        }
      }
    }
  }

  /// Turns a square of bits about its diagonal: bit j of word i becomes bit i of word j.
  static func transpose(_ square: UnsafeMutableBufferPointer<UInt64>) {
    var width = 32
    var mask: UInt64 = 0x0000_0000_FFFF_FFFF
    while width != 0 {
      var place = 0
      while place < 64 {
        let swap = (square[place] &>> UInt64(width) ^ square[place + width]) & mask
        square[place + width] ^= swap
        square[place] ^= swap &<< UInt64(width)
        place = (place + width + 1) & ~width
      }
      width >>= 1
      mask ^= mask &<< UInt64(max(width, 0))
    }
  }
}
