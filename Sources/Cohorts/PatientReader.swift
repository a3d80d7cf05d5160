import Arrow
import Grammar
import Guideline
import Measures
import Reports
import Vocabulary
import Wording

/// Reads patients of any format into a block, for one thread. It knows what is plainly written; anything else, and whatever may be wrong,
/// is left to `PatientLine`, so that all formats are read the same.
final class PatientReader {
  /// A patient that was read, and where to read it again.
  struct Row {
    enum Place {
      case line(UnsafeBufferPointer<UInt8>)
      /// Where a row of cells begins in its chunk.
      case cells(Int)
      case batch(Int)
    }

    enum ID: Equatable {
      /// As it is written in JSON.
      case json(UnsafeBufferPointer<UInt8>)
      case text(String)
      case none
      /// For the careful reader.
      case careful

      static func == (one: ID, other: ID) -> Bool {
        switch (one, other) {
        case (.none, .none), (.careful, .careful): true
        default: false
        }
      }
    }

    /// The number of its line or row, from 1.
    let number: Int
    let place: Place
    let id: ID
    /// Whether a number is stated as an interval.
    let hasInterval: Bool
  }

  /// What is to be told of those that are read.
  enum Wanted {
    /// Nothing but what they state: they are counted, and need not be told of.
    case patients
    /// Their rows, without ids.
    case rows
    case ids
  }

  private let compiled: CompiledGuideline
  private let input: PatientInput
  private let wanted: Wanted
  private var lines: LineReader
  private var columns: [ColumnReader]
  /// By the lane, whether the row is for the careful reader.
  private var odd = [Bool](repeating: false, count: Program.lanes)

  init(_ compiled: CompiledGuideline, _ input: PatientInput, _ wanted: Wanted = .ids) {
    self.compiled = compiled
    self.input = input
    self.wanted = wanted
    lines = LineReader(compiled)
    let all = input.table?.columns ?? []
    columns = all.map { column in ColumnReader(column, compiled, isAlone: all.count { $0.role == column.role } == 1) }
  }

  /// Reads a chunk's patients, a lane each. `body` is told of each before it takes its lane, with what is wrong with it where it is refused;
  /// `full` empties the block.
  func forEach(_ chunk: PatientChunk, _ block: PatientBlock, _ body: (Row, PatientLine?) -> Void, full: () -> Void) {
    switch chunk {
    case .lines(let chunk): forEach(chunk, block, body, full)
    case .cells(let bytes, let firstRow, _): forEach(bytes, firstRow, block, body, full)
    case .batch(let batch, let range, let firstRow, _): forEach(batch, range, firstRow, block, body, full)
    }
  }

  private func forEach(_ chunk: LineChunk, _ block: PatientBlock, _ body: (Row, PatientLine?) -> Void, _ full: () -> Void) {
    var number = chunk.firstLine - 1
    chunk.forEachLine { cursor in
      let start = cursor
      number += 1
      switch lines.read(&cursor, block) {
      case .blank: return
      case .read:
        let line = UnsafeBufferPointer(start: start, count: cursor - 1 - start)
        body(Row(number: number, place: .line(line), id: lines.id.map { .json($0) } ?? .careful, hasInterval: lines.hasInterval), nil)
        block.keep()
      case .unusual:
        let line = chunk.line(at: start, &cursor)
        let patient = PatientLine(line: line, compiled.guideline, input.options)
        finish(patient, number, .line(line), block, body)
      }
      if block.isFull { full() }
    }
  }

  /// States what the careful reader has read, or refuses it.
  private func finish(_ patient: PatientLine, _ number: Int, _ place: Row.Place, _ block: PatientBlock, _ body: (Row, PatientLine?) -> Void) {
    guard patient.errors.isEmpty else {
      body(Row(number: number, place: place, id: .careful, hasInterval: false), patient)
      return block.refuse()
    }
    let hasInterval = patient.stated.values.contains { if case .numbers = $0 { !$0.isSettled } else { false } }
    compiled.state(patient.stated, in: block)
    body(Row(number: number, place: place, id: .careful, hasInterval: hasInterval), nil)
    block.keep()
  }

  private func forEach(_ bytes: [UInt8], _ firstRow: Int, _ block: PatientBlock, _ body: (Row, PatientLine?) -> Void, _ full: () -> Void) {
    var number = firstRow - 1
    let isText = Self.isText(bytes.span)
    bytes.withUnsafeBytes { buffer in
      var place = 0
      while place < buffer.count {
        let start = place
        var column = 0
        var isOdd = false
        var isEmpty = true
        var id = Row.ID.none
        CellRows.row(buffer, &place, input.separator) { cell in
          isEmpty = isEmpty && cell.bytes.isEmpty
          guard column < columns.count else {
            isOdd = isOdd || !cell.bytes.isEmpty
            return
          }
          if wanted == .ids, columns[column].isID {
            id = LineReader.mayBePersonal(cell.bytes) ? .careful : cell.bytes.isEmpty ? .none : .text(cell.text.trimmingSpaces())
          }
          if cell.fault != nil || LineReader.mayBePersonal(cell.bytes) && columns[column].isID { isOdd = true }
          if !columns[column].read(cell, block) { isOdd = true }
          column += 1
        }
        number += 1
        if isEmpty, column <= 1 { continue }
        if column < columns.count { isOdd = true }
        if !isText, !Self.isText(bytes.span.extracting(start..<place)) { isOdd = true }
        if isOdd {
          block.withdraw()
          let patient = careful(cells: bytes, at: start)
          finish(patient, number, .cells(start), block, body)
        } else {
          body(Row(number: number, place: .cells(start), id: id, hasInterval: false), nil)
          block.keep()
        }
        if block.isFull { full() }
      }
    }
  }

  private static func isText(_ bytes: Span<UInt8>) -> Bool {
    do {
      _ = try UTF8Span(validating: bytes)
      return true
    } catch {
      return false
    }
  }

  private func forEach(
    _ batch: ArrowBatch, _ range: Range<Int>, _ firstRow: Int, _ block: PatientBlock, _ body: (Row, PatientLine?) -> Void, _ full: () -> Void
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(range.upperBound, start + Program.lanes - block.count)
      for lane in 0..<(end - start) { odd[lane] = false }
      for (place, column) in batch.columns.enumerated() { columns[place].read(column, start..<end, block, &odd) }
      if wanted == .patients, !odd[..<(end - start)].contains(true) {
        // Nobody asks who they are.
        block.keep(end - start)
      } else {
        for row in start..<end {
          let number = firstRow + row - range.lowerBound
          if odd[row - start] {
            block.withdraw()
            finish(careful(batch, row), number, .batch(row), block, body)
          } else {
            let id: Row.ID = wanted == .ids ? self.id(batch, row) : .none
            body(Row(number: number, place: .batch(row), id: id, hasInterval: false), nil)
            block.keep()
          }
        }
      }
      start = end
      if block.isFull { full() }
    }
  }

  private func id(_ batch: ArrowBatch, _ row: Int) -> Row.ID {
    guard let place = columns.firstIndex(where: \.isID), place < batch.columns.count else { return .none }
    let text = ColumnReader.text(batch.columns[place], row) ?? ""
    return text.isEmpty ? .none : .text(text)
  }

  /// Reads a patient again, carefully.
  func careful(_ row: Row, _ chunk: PatientChunk) -> PatientLine {
    switch (row.place, chunk) {
    case (.line(let line), _): PatientLine(line: line, compiled.guideline, input.options)
    case (.cells(let start), .cells(let bytes, _, _)): careful(cells: bytes, at: start)
    case (.batch(let row), .batch(let batch, _, _, _)): careful(batch, row)
    default: PatientLine(TableColumns.none, compiled.guideline) { _ in "" }
    }
  }

  private func careful(cells bytes: [UInt8], at start: Int) -> PatientLine {
    var texts: [String] = []
    var fault: (kind: Cell.Fault, cell: Int)?
    var place = start
    bytes.withUnsafeBytes { buffer in
      CellRows.row(buffer, &place, input.separator) { cell in
        if let kind = cell.fault { fault = (kind, texts.count) }
        texts.append(cell.text)
      }
    }
    let table = input.table ?? .none
    var patient = PatientLine(table, compiled.guideline) { $0 < texts.count ? texts[$0] : "" }
    if !Self.isText(bytes.span.extracting(start..<place)) {
      patient.errors = [.invalidUTF8(Words("The row", "Η γραμμή"))]
    } else if let (kind, cell) = fault {
      let column = cell < table.columns.count ? table.columns[cell].name : String(cell + 1)
      patient.errors = [kind == .open ? .openCell(column, lines: bytes[start..<place].count { $0 == 0x0A }) : .cellFollowed(column)]
    } else if texts.count != table.columns.count {
      patient.errors = [
        Diagnostic(
          "row.cells",
          Words(
            "The row has \(texts.count) \(texts.count == 1 ? "cell" : "cells"), the header \(table.columns.count). "
              + "Put cells that hold a separator in double quotes.",
            "Η γραμμή έχει \(texts.count) \(texts.count == 1 ? "κελί" : "κελιά"), η επικεφαλίδα \(table.columns.count). "
              + "Βάλτε σε διπλά εισαγωγικά τα κελιά που περιέχουν διαχωριστικό."))
      ]
    }
    return patient
  }

  private func careful(_ batch: ArrowBatch, _ row: Int) -> PatientLine {
    PatientLine(input.table ?? .none, compiled.guideline) { place in
      place < batch.columns.count ? ColumnReader.text(batch.columns[place], row) ?? "" : ""
    }
  }

  /// What is handed on of a row, in the order of the names asked for; nil where there is nothing.
  func kept(_ row: Row, _ chunk: PatientChunk) -> [String?] {
    let names = input.options.kept
    if names.isEmpty { return [] }
    if case (.batch(let row), .batch(let batch, _, _, _), let table?) = (row.place, chunk, input.table) {
      return names.indices.map { name in
        table.columns.firstIndex { $0.role == .kept(name) }.flatMap { ColumnReader.text(batch.columns[$0], row) }
      }
    }
    let patient = careful(row, chunk)
    return names.map { patient.kept[$0] }
  }
}

extension Diagnostic {
  /// - Parameter lines: how many ends of lines it goes over.
  fileprivate static func openCell(_ column: String, lines: Int) -> Diagnostic {
    Diagnostic(
      "row.quote-open",
      Words(
        "Column \(column): a quotation mark isn't closed; what follows to the end, \(lines) \(lines == 1 ? "line" : "lines"), stands inside it. "
          + "Close it; a quotation mark inside a text is written twice.",
        "Στήλη \(column): ένα εισαγωγικό δεν κλείνει· ό,τι ακολουθεί ως το τέλος, \(lines) \(lines == 1 ? "γραμμή" : "γραμμές"), βρίσκεται μέσα του. "
          + "Κλείστε το· ένα εισαγωγικό μέσα σε κείμενο γράφεται δύο φορές."))
  }

  fileprivate static func cellFollowed(_ column: String) -> Diagnostic {
    Diagnostic(
      "row.quote",
      Words(
        "Column \(column): something stands after the closing quotation mark. A quotation mark inside a text is written twice.",
        "Στήλη \(column): κάτι ακολουθεί μετά το εισαγωγικό που κλείνει. Ένα εισαγωγικό μέσα σε κείμενο γράφεται δύο φορές."))
  }
}

extension TableColumns {
  /// A table without columns.
  static let none = TableColumns()

  private init() {
    columns = []
    kept = []
  }
}

/// Reads the cells of one column into codes, and remembers what it has read.
struct ColumnReader {
  private let column: TableColumn
  private let finding: Finding?
  private let isStatable: Bool
  private let layout: Columns.Column?
  private let guideline: Guideline
  private let compiled: CompiledGuideline
  /// What texts mean: a code, 0 for nothing, -1 where the careful reader has more to say.
  private var meanings: [String: Int] = [:]
  /// The same by the places of a dictionary, and that dictionary's mark.
  private var places: [Int] = []
  private var mark = 0
  /// The codes of small whole numbers, or of a dictionary's first places, as far as they are known; else what is to be done.
  private var known = [UInt8](repeating: Self.closer, count: 256)
  /// Whether no other column says something of the finding.
  private let isAlone: Bool

  private static let careful: UInt8 = 0xFF
  private static let closer: UInt8 = 0xFE
  private var short = ShortTexts()

  init(_ column: TableColumn, _ compiled: CompiledGuideline, isAlone: Bool) {
    self.column = column
    self.isAlone = isAlone
    self.compiled = compiled
    guideline = compiled.guideline
    if case .finding(let place) = column.role {
      finding = guideline.vocabulary.findings[place]
      layout = compiled.columns.columns[place]
    } else {
      finding = nil
      layout = nil
    }
    isStatable = layout != nil
  }

  var isID: Bool { column.role == .id }

  private mutating func meaning(_ text: String) -> Int {
    if let known = meanings[text] { return known }
    var code = -1
    if let finding {
      do throws(Diagnostic) {
        if let possible = try column.possible(text, guideline) {
          if let value = compiled.columns.value(of: finding.index, possible) { code = value + 1 }
        } else {
          code = 0
        }
      } catch {
        code = -1
      }
    }
    if meanings.count < 4_096 { meanings[text] = code }
    return code
  }

  /// States what a cell says. False where the row is for the careful reader.
  mutating func read(_ cell: Cell, _ block: PatientBlock) -> Bool {
    switch column.role {
    case .id, .kept, .passedOver: return true
    case .assumption:
      if cell.bytes.isEmpty { return true }
      return false
    case .finding(let finding):
      if cell.bytes.isEmpty { return true }
      let key = cell.hasQuotes ? nil : ShortText(cell.bytes)
      if let key, let known = short.find(key) { return state(finding, known, block.codes(of: finding)) }
      let code = meaning(cell.text)
      if let key { short.add(key, code) }
      return state(finding, code, block.codes(of: finding))
    }
  }

  @inline(__always)
  private func state(_ finding: Int, _ code: Int, _ codes: UnsafeMutablePointer<UInt8>) -> Bool {
    if code == 0 { return true }
    // What two columns say of one finding is put together carefully.
    guard code > 0, codes[0] == 0 else { return false }
    codes[0] = UInt8(truncatingIfNeeded: code)
    return true
  }

  /// States what rows of a column say; marks those that are for the careful reader.
  mutating func read(_ values: ArrowColumn, _ rows: Range<Int>, _ block: PatientBlock, _ odd: inout [Bool]) {
    switch column.role {
    case .kept, .passedOver: return
    case .id:
      if values.forEachText(rows, { lane, text in if LineReader.mayBePersonal(text) { odd[lane] = true } }) { return }
      for row in rows where !values.isNull(row) {
        if values.withText(row, { LineReader.mayBePersonal($0) }) ?? ((Self.text(values, row) ?? "").utf8.count > 9) { odd[row - rows.lowerBound] = true }
      }
    case .assumption: for row in rows where !values.isNull(row) { odd[row - rows.lowerBound] = true }
    case .finding(let place):
      let codes = block.codes(of: place)
      func mark(_ row: Int, _ code: Int) {
        if !state(place, code, codes + (row - rows.lowerBound)) { odd[row - rows.lowerBound] = true }
      }
      guard isStatable, let finding else {
        for row in rows where !values.isNull(row) { odd[row - rows.lowerBound] = true }
        return
      }
      if let dictionary = values.dictionary { learn(dictionary) }
      if isAlone, readMany(values, rows, codes, finding) {
        if !Self.holdsMarks(codes, rows.count) { return }
        for lane in 0..<rows.count where codes[lane] >= Self.closer {
          let row = rows.lowerBound + lane
          let code = codes[lane] == Self.closer ? code(values, row, finding) : -1
          codes[lane] = 0
          remember(values, row, code)
          mark(row, code)
        }
        return
      }
      for row in rows where !values.isNull(row) { mark(row, code(values, row, finding)) }
    }
  }

  /// Writes the codes of rows of a column of a common type, or what is to be done; false, and nothing written, where it is of another.
  private func readMany(_ values: ArrowColumn, _ rows: Range<Int>, _ codes: UnsafeMutablePointer<UInt8>, _ finding: Finding) -> Bool {
    guard let layout, layout.values < 126 else { return false }
    if case .bool = values.type {
      guard finding.kind == .boolean, column.codes.isEmpty, values.lookTruths(rows, into: codes) else { return false }
    } else {
      let isRead = known.withUnsafeBufferPointer { known in known.baseAddress.map { values.look(rows, in: $0, into: codes) } ?? false }
      if !isRead { return false }
    }
    values.clearMissing(rows, in: codes)
    return true
  }

  /// Whether something is to be done for one of so many codes.
  private static func holdsMarks(_ codes: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
    let raw = UnsafeRawPointer(codes)
    var any: UInt64 = 0
    for place in stride(from: 0, to: count & ~7, by: 8) { any |= raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
    for place in (count & ~7)..<count { any |= UInt64(codes[place]) }
    return any & 0x8080_8080_8080_8080 != 0
  }

  /// Keeps what a small whole number means.
  private mutating func remember(_ values: ArrowColumn, _ row: Int, _ code: Int) {
    if values.dictionary != nil { return }
    let number = values.int(row) ?? values.double(row).flatMap { Int64(exactly: $0) }
    if let number, (0..<255).contains(number) { known[Int(number)] = code < 0 ? Self.careful : UInt8(truncatingIfNeeded: code) }
  }

  /// The code of what a row holds: 0 for nothing, -1 where the careful reader has more to say.
  private mutating func code(_ values: ArrowColumn, _ row: Int, _ finding: Finding) -> Int {
    if values.dictionary != nil {
      return values.int(row).flatMap { places.indices.contains(Int($0)) ? places[Int($0)] : nil } ?? -1
    }
    let isPlain = column.codes.isEmpty && column.unit == nil
    switch values.type {
    case .int where finding.isNumber && isPlain: return code(values.int(row).flatMap { $0.magnitude < 1_000_000_000 ? $0 * 1_000_000 : nil })
    case .float where finding.isNumber && isPlain:
      guard let number = values.double(row), !number.isNaN else { return 0 }
      let scaled = (number * 1_000_000).rounded()
      return code(scaled.magnitude < 1e15 && scaled / 1_000_000 == number ? Int64(scaled) : nil)
    case .utf8, .largeUtf8, .utf8View:
      let key = values.withText(row) { ShortText($0) } ?? nil
      if let key, let known = short.find(key) { return known }
      let code = values.text(row).map { meaning($0) } ?? -1
      if let key { short.add(key, code) }
      return code
    case .decimal(_, 0...6) where finding.isNumber && isPlain:
      let found = values.decimal(row)
      var factor: Int64 = 1
      for _ in 0..<(6 - (found?.scale ?? 0)) { factor *= 10 }
      let (product, overflow) = (found?.digits ?? 0).multipliedReportingOverflow(by: factor)
      return code(found == nil || overflow ? nil : product)
    case .float where values.double(row)?.isNaN == true: return 0
    default: return Self.text(values, row).map { meaning($0) } ?? -1
    }
  }

  /// The code of a number in millionths; for the careful reader where it is none of the finding's.
  @inline(__always)
  private func code(_ millionths: Int64?) -> Int {
    guard let millionths, let layout, layout.admits(millionths) else { return -1 }
    return compiled.columns.value(of: millionths, in: layout) + 1
  }

  private mutating func learn(_ dictionary: ArrowDictionary) {
    if mark == dictionary.mark { return }
    mark = dictionary.mark
    places = (0..<dictionary.count).map { place in
      guard let (values, row) = dictionary.find(place) else { return -1 }
      return values.isNull(row) ? 0 : Self.text(values, row).map { meaning($0) } ?? -1
    }
    for place in 0..<255 {
      known[place] = place >= places.count || places[place] < 0 ? Self.careful : UInt8(truncatingIfNeeded: places[place])
    }
  }

  /// What an entry holds, as it would be written in a cell; nil where it holds nothing, or what isn't read.
  static func text(_ values: ArrowColumn, _ row: Int) -> String? {
    if values.isNull(row) { return nil }
    if let dictionary = values.dictionary {
      return values.int(row).flatMap { dictionary.find(Int(clamping: $0)) }.flatMap { text($0.column, $0.row) } ?? "?"
    }
    switch values.type {
    case .bool: return values.bool(row) ? "true" : "false"
    case .int: return values.int(row).map(String.init) ?? "?"
    case .float:
      guard let number = values.double(row) else { return nil }
      if number.isNaN { return nil }
      if number == number.rounded(), number.magnitude < 1e15 { return String(Int64(number)) }
      // What was meant by a number of half the width is its shortest form.
      if case .float(32) = values.type { return "\(Float(number))" }
      return "\(number)"
    case .decimal:
      guard let (digits, scale) = values.decimal(row), (0...38).contains(scale) else { return "?" }
      var text = String(digits.magnitude)
      if scale > 0 {
        while text.utf8.count <= scale { text = "0" + text }
        text.insert(".", at: text.index(text.endIndex, offsetBy: -scale))
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
      }
      return (digits < 0 ? "-" : "") + text
    case .utf8, .largeUtf8, .utf8View: return values.text(row) ?? "?"
    case .date: return values.moment(row).map { day($0.day) }
    case .timestamp(_, let isUTC): return values.moment(row).map { day($0.day) + "T" + clock($0.nanoseconds) + (isUTC ? "Z" : "") }
    case .null, .other: return nil
    }
  }

  private static func day(_ serial: Int64) -> String {
    // Beyond that the calendar has no use.
    serial.magnitude < 10_000_000 ? CalendarDate(serial: Int(serial)).description : "?"
  }

  /// `10:05:00`, with as many decimals as there are.
  private static func clock(_ nanoseconds: Int64) -> String {
    let seconds = nanoseconds / 1_000_000_000
    var text = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    let rest = nanoseconds % 1_000_000_000
    if rest > 0 {
      text += "." + String(String(1_000_000_000 + rest).dropFirst())
      while text.last == "0" { text.removeLast() }
    }
    return text
  }
}

/// A text of up to sixteen bytes, as numbers.
struct ShortText {
  let head: UInt64
  let tail: UInt64
  let count: Int

  /// Nil where the text is longer.
  @inline(__always)
  init?(_ bytes: UnsafeRawBufferPointer) {
    count = bytes.count
    guard count <= 16 else { return nil }
    if count >= 8 {
      head = bytes.loadUnaligned(as: UInt64.self)
      tail = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    } else {
      var number: UInt64 = 0
      for byte in bytes { number = number &<< 8 | UInt64(byte) }
      head = number
      tail = 0
    }
  }
}

/// What the texts mean that were met first; further ones are looked up elsewhere.
struct ShortTexts {
  private var entries: [(head: UInt64, tail: UInt64, count: Int, code: Int)] = Array(repeating: (0, 0, -1, 0), count: 64)
  private var used = 0

  @inline(__always)
  private static func place(_ text: ShortText) -> Int {
    Int(truncatingIfNeeded: (((text.head ^ text.tail &* 0xC2B2_AE3D_27D4_EB4F) &+ UInt64(text.count)) &* 0x9E37_79B9_7F4A_7C15) &>> 58)
  }

  func find(_ text: ShortText) -> Int? {
    entries.withUnsafeBufferPointer { entries in
      var place = Self.place(text) & 63
      while entries[place].count >= 0 {
        let entry = entries[place]
        if entry.head == text.head, entry.tail == text.tail, entry.count == text.count { return entry.code }
        place = (place + 1) & 63
      }
      return nil
    }
  }

  mutating func add(_ text: ShortText, _ code: Int) {
    guard used < 40 else { return }
    used += 1
    var place = Self.place(text) & 63
    while entries[place].count >= 0 { place = (place + 1) & 63 }
    entries[place] = (text.head, text.tail, text.count, code)
  }
}

/// Patients that wait for their answers, a lane of a block each.
struct WaitingRows {
  private(set) var rows: [PatientReader.Row] = []
  /// Why some were refused, by lane.
  private var refusals: [Int: PatientLine] = [:]

  @inline(__always)
  mutating func append(_ row: PatientReader.Row, _ refusal: PatientLine?) {
    if let refusal { refusals[rows.count] = refusal }
    rows.append(row)
  }

  @inline(__always)
  func refusal(_ lane: Int) -> PatientLine? { refusals.isEmpty ? nil : refusals[lane] }

  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    refusals.removeAll(keepingCapacity: true)
  }
}
