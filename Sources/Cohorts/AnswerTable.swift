import Arrow
import CLanes
import Guideline
import Reports
import Synchronization
import Wording

/// The formats of a table of answers.
public enum TableFormat: String, Sendable, CaseIterable {
  case csv, ndjson, arrow, arrows
}

/// A part of a table, to be written in order.
public struct TableOutput: Sendable {
  public var bytes: [UInt8] = []
  /// Of a batch of Arrow, the bytes of its description.
  var headSize = 0
  /// Lines on what was refused: NDJSON.
  public var errors: [UInt8] = []
  /// Rows read so far in this part.
  public var rows = 0
}

/// What came of a table's rows.
public struct TableTotals: Sendable {
  public internal(set) var patients = 0
  public internal(set) var refused = 0
  /// By the code of each cause: how many rows, and the first of them with its message.
  public internal(set) var causes: [String: (count: Int, row: Int, message: Words)] = [:]

  mutating func add(_ other: TableTotals) {
    patients += other.patients
    refused += other.refused
    for (code, cause) in other.causes { add(code, cause.count, cause.row, cause.message) }
  }

  mutating func add(_ code: String, _ count: Int, _ row: Int, _ message: Words) {
    let earlier = causes[code]
    let first = earlier.map { $0.row < row ? ($0.row, $0.message) : (row, message) } ?? (row, message)
    causes[code] = ((earlier?.count ?? 0) + count, first.0, first.1)
  }

  /// What was refused, counted by cause, with the first row of each; nil where nothing was.
  public func report(_ errors: String?) -> Diagnostic? {
    guard refused > 0 else { return nil }
    let sorted = causes.sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }
    var help = sorted.map { code, cause in
      Words(
        "\(cause.count) \(code), first in row \(cause.row): \(cause.message.english)",
        "\(cause.count) \(code), πρώτα στη γραμμή \(cause.row): \(cause.message.greek)")
    }
    help.append(
      errors.map { Words("Each with its reason: \($0)", "Καθεμία με τον λόγο της: \($0)") }
        ?? Words("Every row's reason: --errors FILE", "Ο λόγος κάθε γραμμής: --errors FILE"))
    return Diagnostic(
      "eval.refused",
      Words(
        "\(refused) of \(patients) \(patients == 1 ? "row" : "rows") \(refused == 1 ? "was" : "were") refused and \(refused == 1 ? "has" : "have") no answers.",
        "\(refused) από \(patients) γραμμές \(refused == 1 ? "απορρίφθηκε και δεν έχει" : "απορρίφθηκαν και δεν έχουν") απαντήσεις."), help: help)
  }
}

/// How answers stand in a table: a row a patient with a column a rule, or a row a statement.
struct AnswerTable: Sendable {
  let compiled: CompiledGuideline
  let format: TableFormat
  let isLong: Bool
  /// The rules told: their places among those compiled.
  let places: [Int]
  /// Names of the columns of texts: the patient's id, and those that are handed on.
  let texts: [String]
  let tellsDepends: Bool
  private let rules: [Rule]
  /// Of each rule, for each status, its name and value, and in a long table all that follows the patient.
  let pieces: Pieces
  private let stances: [String]
  private let paragraphs: [String]
  /// In a long table of Arrow, by rule the place of its stance and of its paragraphs in their dictionaries.
  let stancePlaces: [UInt8]
  let paragraphPlaces: [Int16]

  static let statuses = ["applies", "depends", "absent"]

  init(_ compiled: CompiledGuideline, _ form: AnswerForm, _ kept: [String], _ format: TableFormat, isLong: Bool) {
    self.compiled = compiled
    self.format = format
    self.isLong = isLong
    texts = [isLong ? "patient" : "id"] + kept
    let told = Set(form.rules)
    places = compiled.rules.indices.filter { told.contains(compiled.rules[$0]) }
    // A long table lists what depends beside what applies, as SQL's does.
    tellsDepends = true
    let rules = places.map { compiled.guideline.rules[compiled.rules[$0]] }
    self.rules = rules
    let stanceNames = rules.map { $0.stance?.rawValue ?? "" }
    let paragraphNames = rules.map { $0.paragraphs.joined(separator: " ") }
    let (stances, paragraphs) = (Self.distinct(stanceNames), Self.distinct(paragraphNames))
    self.stances = stances
    self.paragraphs = paragraphs
    stancePlaces = stanceNames.map { UInt8(stances.firstIndex(of: $0) ?? 0) }
    paragraphPlaces = paragraphNames.map { Int16(paragraphs.firstIndex(of: $0) ?? 0) }
    pieces = Pieces(
      rules.indices.flatMap { rule in
        Self.statuses.map { status in
          switch (format, isLong) {
          case (.ndjson, false): ",\"\(rules[rule].id)\":\"\(status)\""
          case (.ndjson, true):
            ",\"rule\":\"\(rules[rule].id)\",\"status\":\"\(status)\",\"stance\":\"\(stanceNames[rule])\",\"paragraph\":\"\(paragraphNames[rule])\"}\n"
          case (_, false): ",\(status)"
          case (_, true): ",\(rules[rule].id),\(status),\(stanceNames[rule]),\(paragraphNames[rule])\n"
          }
        }
      }.map { Array($0.utf8) })
  }

  private static func distinct(_ names: [String]) -> [String] {
    var seen = Set<String>()
    return names.filter { seen.insert($0).inserted }
  }

  /// The beginning, and Arrow's writer for the rest.
  func start() -> (bytes: [UInt8], writer: ArrowWriter?) {
    switch format {
    case .ndjson: return ([], nil)
    case .csv:
      let names = texts + (isLong ? ["rule", "status", "stance", "paragraph"] : rules.map(\.id))
      return (Array((names.map { CellRows.quoted(Display.safe($0)) }.joined(separator: ",") + "\n").utf8), nil)
    case .arrow, .arrows:
      var fields = texts.map { ArrowField($0) }
      var dictionaries: [(id: Int64, values: [String])] = []
      if isLong {
        let short = ArrowType.int(bits: 16, isSigned: true)
        fields += [
          ArrowField("rule", dictionary: 0, places: short), ArrowField("status", dictionary: 1), ArrowField("stance", dictionary: 2),
          ArrowField("paragraph", dictionary: 3, places: short),
        ]
        dictionaries = [(0, rules.map(\.id)), (1, Array(Self.statuses.prefix(2))), (2, stances), (3, paragraphs)]
      } else {
        for (place, rule) in rules.enumerated() {
          fields.append(ArrowField(rule.id, dictionary: Int64(place)))
          dictionaries.append((Int64(place), Self.statuses))
        }
      }
      var writer = ArrowWriter(fields, isFile: format == .arrow)
      return (writer.start(dictionaries), writer)
    }
  }
}

/// Makes the rows of a table for one thread.
struct TableWorker {
  private let table: AnswerTable
  private let compiled: CompiledGuideline
  private let language: Language
  private let reader: PatientReader
  private let block: PatientBlock
  private(set) var totals = TableTotals()
  private var waiting = WaitingRows()
  /// By rule and lane: 0 applies, 1 depends, 2 absent.
  private var codes: [UInt8]
  /// Of a batch of Arrow being made: texts of the id and what is handed on, each with its validity; codes by rule; the rows that were answered.
  private var texts: [TextColumn]
  private var statuses: [[UInt8]]
  private var answered: [Bool] = []
  private var long = LongColumns()
  /// How many bytes the rows of a chunk took.
  private var usual = 0

  private struct TextColumn {
    var bytes: [UInt8] = []
    var ends: [Int32] = []
    var isThere: [Bool] = []

    mutating func add(_ text: String?) {
      if let text { bytes += text.utf8 }
      ends.append(Int32(bytes.count))
      isThere.append(text != nil)
    }

    mutating func take() -> (ArrowValues, [UInt8]?) {
      defer {
        bytes = []
        ends = []
        isThere = []
      }
      return (.texts(bytes: bytes, ends: ends), TableWorker.bits(isThere))
    }
  }

  private struct LongColumns {
    var rules: [Int16] = []
    var statuses: [UInt8] = []
    var stances: [UInt8] = []
    var paragraphs: [Int16] = []
  }

  init(_ table: AnswerTable, _ input: PatientInput, _ language: Language) {
    self.table = table
    self.language = language
    compiled = table.compiled
    reader = PatientReader(compiled, input)
    block = compiled.block()
    codes = Array(repeating: 2, count: table.places.count * Program.lanes)
    texts = table.texts.map { _ in TextColumn() }
    statuses = Array(repeating: [], count: table.places.count)
  }

  /// A bit a row; nil where all are there.
  private static func bits(_ isThere: [Bool]) -> [UInt8]? {
    if isThere.allSatisfy({ $0 }) { return nil }
    var bits = [UInt8](repeating: 0, count: (isThere.count + 7) / 8)
    for (place, there) in isThere.enumerated() where there { bits[place >> 3] |= 1 << UInt8(place & 7) }
    return bits
  }

  mutating func rows(_ chunk: PatientChunk) -> TableOutput {
    var output = TableOutput()
    let rows = OutputBytes.array(of: usual) { bytes in
      reader.forEach(chunk, block) { row, refusal in
        waiting.append(row, refusal)
      } full: {
        settle(chunk, &output, &bytes)
      }
      settle(chunk, &output, &bytes)
    }
    usual = rows.count
    output.bytes = rows
    if table.format == .arrow || table.format == .arrows { finishBatch(&output) }
    return output
  }

  private mutating func settle(_ chunk: PatientChunk, _ output: inout TableOutput, _ bytes: inout OutputBytes) {
    if waiting.rows.isEmpty { return }
    let program = block.isAssuming ? compiled.assuming : compiled.plain
    block.run(program)
    spread(program)
    let contradictory = block.value(of: program.outputs[0])
    output.rows += waiting.rows.count
    totals.patients += waiting.rows.count
    var isAnswered = [Bool](repeating: true, count: waiting.rows.count)
    for (lane, row) in waiting.rows.enumerated() {
      let isContradictory = contradictory[lane >> 6] >> UInt64(lane & 63) & 1 == 1
      let unread = waiting.refusal(lane)
      if let refusal = unread ?? (isContradictory ? reader.careful(row, chunk) : nil) {
        isAnswered[lane] = false
        refuse(row, refusal, &output)
      }
      let id = id(row, unread, chunk)
      let kept = reader.kept(row, chunk)
      switch (table.format, table.isLong) {
      case (.csv, false): writeCSV(id, kept, lane, isAnswered[lane], &bytes)
      case (.ndjson, false): writeNDJSON(id, kept, lane, isAnswered[lane], &bytes)
      case (_, true): if isAnswered[lane] { writeLong(id, kept, lane, &bytes) }
      default:
        texts[0].add(id)
        for (place, text) in kept.enumerated() { texts[1 + place].add(text) }
      }
    }
    if table.format == .arrow || table.format == .arrows, !table.isLong {
      for rule in statuses.indices { statuses[rule] += codes[(rule * Program.lanes)..<(rule * Program.lanes + waiting.rows.count)] }
      answered += isAnswered
    }
    waiting.removeAll()
    block.clear()
  }

  /// Turns the statuses of each rule into a code a lane.
  private mutating func spread(_ program: Program) {
    codes.withUnsafeMutableBufferPointer { codes in
      for (row, place) in table.places.enumerated() {
        withUnsafeBytes(of: (block.value(of: program.outputs[1 + 2 * place]), block.value(of: program.outputs[2 + 2 * place]))) { lanes in
          let certain = lanes.assumingMemoryBound(to: UInt64.self).baseAddress
          clanes_spread(certain, certain.map { $0 + Lanes.scalarCount }, codes.baseAddress.map { $0 + row * Program.lanes })
        }
      }
    }
  }

  private func id(_ row: PatientReader.Row, _ refusal: PatientLine?, _ chunk: PatientChunk) -> String? {
    switch row.id {
    case .json(let id):
      let isText = id.first == 0x22
      return String(decoding: isText ? UnsafeBufferPointer(rebasing: id[1..<(id.count - 1)]) : id, as: UTF8.self)
    case .text(let text): return text
    case .none: return nil
    case .careful:
      switch (refusal ?? reader.careful(row, chunk)).id {
      case .string(let text)?: return text
      case .number(let digits)?: return digits
      default: return nil
      }
    }
  }

  private mutating func refuse(_ row: PatientReader.Row, _ refusal: PatientLine, _ output: inout TableOutput) {
    totals.refused += 1
    var seen = Set<String>()
    for error in refusal.errors where seen.insert(error.code).inserted { totals.add(error.code, 1, row.number, error.message) }
    let place: (String, JSON?) = if case .line = row.place { ("line", .integer(row.number)) } else { ("row", .integer(row.number)) }
    JSON.fields([place, ("id", refusal.id), ("errors", .array(refusal.errors.map { $0.json(language) }))]).write(to: &output.errors)
    output.errors.append(0x0A)
  }

  // MARK: Rows of text

  private func writeCSV(_ id: String?, _ kept: [String?], _ lane: Int, _ isAnswered: Bool, _ output: inout OutputBytes) {
    writeCells(id, kept, &output)
    table.pieces.withMemory { pieces in
      for rule in table.places.indices {
        if isAnswered { output.append(pieces, piece(rule, lane)) } else { output.append(0x2C) }
      }
    }
    output.append(0x0A)
  }

  /// The place of the piece that says where a rule stands for a lane.
  @inline(__always)
  private func piece(_ rule: Int, _ lane: Int) -> Int { rule &* AnswerTable.statuses.count &+ Int(codes[rule &* Program.lanes &+ lane]) }

  private func writeCells(_ id: String?, _ kept: [String?], _ output: inout OutputBytes) {
    output.append(CellRows.quoted(Display.safe(id ?? "")))
    for text in kept {
      output.append(0x2C)
      output.append(CellRows.quoted(Display.safe(text ?? "")))
    }
  }

  private func writeFields(_ id: String?, _ kept: [String?], _ output: inout OutputBytes) {
    output.append(JSON.object(zip(table.texts, [id] + kept).map { JSON.Field($0, $1.map { .string($0) } ?? .null) }), dropping: 1)
  }

  private func writeNDJSON(_ id: String?, _ kept: [String?], _ lane: Int, _ isAnswered: Bool, _ output: inout OutputBytes) {
    writeFields(id, kept, &output)
    table.pieces.withMemory { pieces in
      for rule in table.places.indices {
        if isAnswered {
          output.append(pieces, piece(rule, lane))
        } else {
          // The beginning of a value is the same for each status.
          output.append(pieces, rule * AnswerTable.statuses.count, dropping: "\"applies\"".utf8.count)
          output.append("null")
        }
      }
    }
    output.append("}\n")
  }

  private mutating func writeLong(_ id: String?, _ kept: [String?], _ lane: Int, _ output: inout OutputBytes) {
    for rule in table.places.indices {
      let code = Int(codes[rule * Program.lanes + lane])
      if code == 2 || code == 1 && !table.tellsDepends { continue }
      switch table.format {
      case .csv:
        writeCells(id, kept, &output)
        table.pieces.withMemory { output.append($0, piece(rule, lane)) }
      case .ndjson:
        writeFields(id, kept, &output)
        table.pieces.withMemory { output.append($0, piece(rule, lane)) }
      case .arrow, .arrows:
        texts[0].add(id)
        for (place, text) in kept.enumerated() { texts[1 + place].add(text) }
        long.rules.append(Int16(rule))
        long.statuses.append(UInt8(code))
        long.stances.append(table.stancePlaces[rule])
        long.paragraphs.append(table.paragraphPlaces[rule])
      }
    }
  }

  // MARK: Arrow

  private mutating func finishBatch(_ output: inout TableOutput) {
    let count = texts[0].ends.count
    if count == 0 { return }
    var columns: [ArrowValues] = []
    var validity: [[UInt8]?] = []
    for place in texts.indices {
      let (values, bits) = texts[place].take()
      columns.append(values)
      validity.append(bits)
    }
    if table.isLong {
      columns += [.shorts(long.rules), .bytes(long.statuses), .bytes(long.stances), .shorts(long.paragraphs)]
      validity += [nil, nil, nil, nil]
      long = LongColumns()
    } else {
      let bits = Self.bits(answered)
      for rule in statuses.indices {
        columns.append(.bytes(statuses[rule]))
        validity.append(bits)
      }
      answered.removeAll(keepingCapacity: true)
    }
    (output.bytes, output.headSize) = ArrowWriter.batch(columns, validity: validity, count: count)
    // The next batch takes as many rows.
    columns = []
    for rule in statuses.indices { statuses[rule].removeAll(keepingCapacity: true) }
  }
}
