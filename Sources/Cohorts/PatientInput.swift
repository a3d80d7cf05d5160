import Arrow
import Grammar
import Guideline
import Synchronization
import Wording

/// The formats in which patients are read.
public enum PatientFormat: String, Sendable, CaseIterable {
  case ndjson, csv, tsv, arrow

  /// Texts that mean, in every format and in any case, that a finding isn't known.
  public static let unknowns = TableColumn.unknowns
}

/// Some patients of a stream, for whichever thread asks next.
enum PatientChunk {
  case lines(LineChunk)
  /// Rows of cells, and the number of the first, from 1, counted behind the header.
  case cells([UInt8], firstRow: Int, number: Int)
  case batch(ArrowBatch, Range<Int>, firstRow: Int, number: Int)

  var number: Int {
    switch self {
    case .lines(let chunk): chunk.number
    case .cells(_, _, let number), .batch(_, _, _, let number): number
    }
  }
}

/// Patients in any format, cut into chunks in their order.
public final class PatientInput: Sendable {
  typealias Fill = @Sendable (UnsafeMutableRawBufferPointer) -> Int

  private enum Source: Sendable {
    case lines(LineChunks)
    case cells(CellChunks)
    case batches(BatchChunks)
  }

  private let source: Source
  /// The columns of a table; nil for lines.
  let table: TableColumns?
  let separator: UInt8
  let options: TableOptions

  /// Lines of NDJSON.
  init(lines read: @escaping Fill, countsLines: Bool) {
    source = .lines(LineChunks(countsLines: countsLines, read: read))
    table = nil
    separator = 0
    options = TableOptions()
  }

  /// Reads the beginning, and tells the format by it unless one is named: Arrow by its mark, a table by a header in which some column
  /// has a meaning, else NDJSON. `chunk` is how many bytes are read at once at least where the whole is turned into a table. `read` fills
  /// a buffer and returns how many bytes it has written, 0 at the end.
  public init(
    _ guideline: Guideline, _ format: PatientFormat? = nil, _ options: TableOptions = TableOptions(), name: String? = nil, chunk: Int? = nil,
    read: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int
  ) throws(Diagnostic) {
    self.options = options
    let start = PeekedStart(read)
    try Self.refuseOtherText(start)
    let format = format ?? Self.format(start, guideline, options, name)
    switch format {
    case .ndjson:
      source = .lines(LineChunks(countsLines: true, size: chunk ?? 1 << 18, fills: chunk != nil, read: start.fill))
      table = nil
      separator = 0
    case .csv, .tsv:
      separator = format == .csv ? Self.separator(start) : 0x09
      let cells = CellChunks(separator: separator, size: chunk ?? 1 << 20, read: start.fill)
      guard let head = cells.head() else { throw Self.empty }
      if head.contains(where: { $0.contains("\u{FFFD}") }) { throw .invalidUTF8(Words("The header", "Η επικεφαλίδα")) }
      let table = try TableColumns(head, guideline, options)
      self.table = table
      source = .cells(cells)
    case .arrow:
      separator = 0
      if start.peek(4).starts(with: Array("PAR1".utf8)) { throw Self.parquet(name) }
      do {
        let reader = try ArrowReader(start.fill)
        let table = try TableColumns(reader.fields.map(\.name), guideline, options)
        for (field, column) in zip(reader.fields, table.columns) {
          if let kind = Self.refused(field.type, column.role) { throw Self.kind(field.name, kind) }
        }
        self.table = table
        source = .batches(BatchChunks(reader))
      } catch let fault as ArrowFault {
        throw Diagnostic(fault)
      } catch let fault as Diagnostic {
        throw fault
      } catch {
        throw Diagnostic(ArrowFault.cutShort)
      }
    }
  }

  private static func format(_ start: PeekedStart, _ guideline: Guideline, _ options: TableOptions, _ name: String?) -> PatientFormat {
    let first = start.peek(1).first
    if first == 0xFF || first == 0x41 || first == 0x50 {
      let mark = start.peek(8)
      if ArrowReader.isArrow(mark) || mark.starts(with: Array("PAR1".utf8)) { return .arrow }
    }
    let head = start.peekLine(1 << 16)
    let blank = head.prefix { [0x20, 0x09, 0x0D, 0x0A, 0xEF, 0xBB, 0xBF].contains($0) }.count
    if blank == head.count || head[blank] == 0x7B || head[blank] == 0x5B { return .ndjson }
    var mayBe: PatientFormat?
    for format in [PatientFormat.csv, .tsv] {
      var rows = CellRows(head, separator: format == .csv ? separator(start) : 0x09)
      guard let cells = rows.next() else { continue }
      if TableColumns.mean(cells.map(\.text), guideline, options) { return format }
      // No column says anything: that is told of a table, not of each line.
      if name?.lowercased().hasSuffix("." + format.rawValue) == true || cells.count > 1 && mayBe == nil { mayBe = format }
    }
    return mayBe ?? .ndjson
  }

  /// Text in UTF-16, or whose lines end with a carriage return alone, is said to be that.
  private static func refuseOtherText(_ start: PeekedStart) throws(Diagnostic) {
    let mark = start.peek(4)
    if mark.starts(with: [0xFF, 0xFE]) && mark != [255, 255, 255, 255] || mark.starts(with: [0xFE, 0xFF]) || mark.count == 4 && mark[1] == 0 && mark[3] == 0 {
      throw .invalidUTF8(Words("The file, which looks like UTF-16,", "Το αρχείο, που μοιάζει να είναι UTF-16,"))
    }
    let head = start.peekLine(1 << 16)
    guard !ArrowReader.isArrow(mark), !head.contains(0x0A), let end = head.firstIndex(of: 0x0D), end + 1 < head.count, head[end + 1] > 0x20 else { return }
    throw Diagnostic(
      "input.line-ends",
      Words("The lines end with a carriage return alone, as on old Macs.", "Οι γραμμές τελειώνουν μόνο με επαναφορά (CR), όπως στα παλιά Mac."),
      help: [
        Words(
          "Save it again with line feeds: tr '\\r' '\\n' <old.csv >new.csv", "Αποθηκεύστε το με αλλαγές γραμμής (LF): tr '\\r' '\\n' <old.csv >new.csv")
      ])
  }

  /// What separates the cells of a header: a comma, or the semicolon of places that write numbers with commas.
  private static func separator(_ start: PeekedStart) -> UInt8 {
    let head = start.peekLine(1 << 16)
    return !head.contains(0x2C) && head.contains(0x3B) ? 0x3B : 0x2C
  }

  private static let empty = Diagnostic(
    "input.empty", Words("There is no header: the table is empty.", "Δεν υπάρχει επικεφαλίδα: ο πίνακας είναι κενός."),
    help: [
      Words("The first line names the columns: id,syndrome,size,men1", "Η πρώτη γραμμή ονομάζει τις στήλες: id,syndrome,size,men1")
    ])

  private static func parquet(_ name: String?) -> Diagnostic {
    let command = "python3 -c \"import polars, sys; polars.read_parquet('\(name ?? "patients.parquet")').write_ipc_stream(sys.stdout.buffer)\" | islet eval …"
    return Diagnostic(
      "input.parquet", Words("Parquet is read by the engines that have it.", "Το Parquet το διαβάζουν οι μηχανές που το υποστηρίζουν."),
      help: [Words("Try: \(command)", "Δοκιμάστε: \(command)")])
  }

  /// What a column of a role can't hold, by its kind: a finding is no date, which may be handed on.
  private static func refused(_ type: ArrowType, _ role: TableColumn.Role) -> String? {
    switch (type, role) {
    case (_, .passedOver), (.date, .kept), (.timestamp, .kept): nil
    case (.other(let kind), _): kind
    case (.date, _): "Date"
    case (.timestamp, _): "Timestamp"
    default: nil
    }
  }

  private static func kind(_ name: String, _ kind: String) -> Diagnostic {
    Diagnostic(
      "column.type", Words("The column \(name) is of the type \(kind).", "Η στήλη \(name) είναι τύπου \(kind)."),
      help: [
        Words(
          "A column holds texts, numbers, yes or no, or a dictionary of texts: cast it, or skip it with --ignore-extra under another name.",
          "Μια στήλη έχει κείμενα, αριθμούς, ναι ή όχι, ή λεξικό κειμένων: μετατρέψτε την ή μετονομάστε την και παραλείψτε την με --ignore-extra.")
      ])
  }

  func next() -> PatientChunk? {
    switch source {
    case .lines(let chunks): chunks.next().map { .lines($0) }
    case .cells(let chunks): chunks.next()
    case .batches(let chunks): chunks.next()
    }
  }

  /// Throws where the stream broke off: nothing that was made of it is whole.
  public func finish() throws(Diagnostic) {
    if case .batches(let chunks) = source, let fault = chunks.fault { throw Diagnostic(fault) }
  }
}

extension Diagnostic {
  init(_ fault: ArrowFault) {
    switch fault {
    case .cutShort:
      self.init(
        "arrow.cut-short",
        Words("The Arrow data are cut short, or point outside themselves.", "Τα δεδομένα Arrow είναι κομμένα ή δείχνουν έξω από τα όριά τους."),
        help: [Words("Write them again.", "Γράψτε τα ξανά.")])
    case .malformed(let what):
      self.init("arrow.malformed", Words("This isn't Arrow data: \(what).", "Δεν είναι δεδομένα Arrow: \(what)."))
    case .unsupported(let what):
      self.init(
        "arrow.unsupported", Words("Arrow data with \(what) aren't read.", "Δεν διαβάζονται δεδομένα Arrow με \(what)."),
        help: [
          Words(
            "Write them without: in pyarrow ipc.new_stream(sink, schema), in polars write_ipc_stream(…, compression=\"uncompressed\").",
            "Γράψτε τα χωρίς αυτό: στο pyarrow ipc.new_stream(sink, schema), στο polars write_ipc_stream(…, compression=\"uncompressed\").")
        ])
    }
  }
}

/// The start of a stream, looked at before it is read.
private final class PeekedStart: Sendable {
  private let kept = Mutex((bytes: [UInt8](), ended: false))
  private let read: PatientInput.Fill

  init(_ read: @escaping PatientInput.Fill) { self.read = read }

  /// The first bytes, up to so many.
  func peek(_ count: Int) -> [UInt8] { look { $0.count >= count } }

  /// The first bytes up to the first end of a line with something on it, or so many: the same in whatever pieces they come.
  func peekLine(_ limit: Int) -> [UInt8] {
    func end(_ bytes: ArraySlice<UInt8>) -> Int? { bytes.firstIndex { $0 > 0x20 }.flatMap { bytes[$0...].firstIndex(of: 0x0A) } }
    let bytes = look { $0.count >= limit || end($0[...]) != nil }.prefix(limit)
    return Array(end(bytes).map { bytes[...$0] } ?? bytes)
  }

  private func look(_ isEnough: ([UInt8]) -> Bool) -> [UInt8] {
    kept.withLock { kept in
      while !kept.ended, !isEnough(kept.bytes) {
        let more = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in count = max(0, read(UnsafeMutableRawBufferPointer(buffer))) }
        if more.isEmpty { kept.ended = true }
        kept.bytes += more
      }
      return kept.bytes
    }
  }

  @Sendable
  func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let early: Int? = kept.withLock { kept in
      if kept.bytes.isEmpty { return kept.ended ? 0 : nil }
      let count = min(buffer.count, kept.bytes.count)
      buffer.copyBytes(from: kept.bytes[..<count])
      kept.bytes.removeFirst(count)
      return count
    }
    return early ?? read(buffer)
  }
}

/// Cuts a stream of cells into chunks of whole rows.
final class CellChunks: Sendable {
  private struct Position {
    var number = 0
    var row = 1
    var rest: [UInt8] = []
    var ended = false
  }

  private let position = Mutex(Position())
  private let separator: UInt8
  private let size: Int
  private let read: PatientInput.Fill

  init(separator: UInt8, size: Int, read: @escaping PatientInput.Fill) {
    self.separator = separator
    self.size = size
    self.read = read
  }

  /// The names of the columns; nil where nothing comes.
  func head() -> [String]? {
    position.withLock { position in
      while true {
        var rows = CellRows(position.rest, separator: separator)
        if CellRows.ends(position.rest, separator: separator).first != nil || position.ended, let names = rows.next()?.map(\.text) {
          position.rest.removeFirst(rows.place)
          return names
        }
        if position.ended { return nil }
        more(&position)
      }
    }
  }

  private func more(_ position: inout Position) {
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, read(UnsafeMutableRawBufferPointer(buffer)))
    }
    if bytes.isEmpty { position.ended = true }
    position.rest += bytes
  }

  func next() -> PatientChunk? {
    position.withLock { position in
      while !position.ended, position.rest.count < size { more(&position) }
      while true {
        if position.rest.isEmpty, position.ended { return nil }
        let cut = CellRows.ends(position.rest, separator: separator)
        if cut.first == nil, !position.ended, position.rest.count < 64 << 20 {
          more(&position)
          continue
        }
        let end = position.ended || cut.first == nil ? position.rest.count : cut.last
        let chunk = PatientChunk.cells(Array(position.rest[..<end]), firstRow: position.row, number: position.number)
        position.rest.removeFirst(end)
        position.row += cut.count
        position.number += 1
        return chunk
      }
    }
  }
}

/// Hands out the batches of an Arrow stream in pieces. While some threads work on the last of them, another reads the next batch.
final class BatchChunks: Sendable {
  private struct Reading {
    var reader: ArrowReader
    var row = 1
    var number = 0
  }

  private struct Pieces {
    /// Those that nobody works on yet, the next one last.
    var waiting: [PatientChunk] = []
    var ended = false
    var fault: ArrowFault?
  }

  private let reading: Mutex<Reading>
  private let pieces = Mutex(Pieces())

  /// Rows of a piece, at most.
  private static let rows = 1 << 15
  /// Pieces that are left to others while this thread reads on.
  private let ahead: Int

  init(_ reader: ArrowReader, workers: Int = Concurrently.processors) {
    reading = Mutex(Reading(reader: reader))
    ahead = workers - 1
  }

  var fault: ArrowFault? { pieces.withLock { $0.fault } }

  /// The next piece; nil at the end.
  func next() -> PatientChunk? {
    while true {
      let (piece, ended) = pieces.withLock { pieces in
        (pieces.ended || pieces.waiting.count > ahead ? pieces.waiting.popLast() : nil, pieces.ended)
      }
      if piece != nil || ended { return piece }
      // One thread reads, and takes a piece of that before it reads on; the others take what is left, or wait.
      if let piece = reading.withLockIfAvailable({ more(&$0) }) {
        if let piece { return piece }
      } else if let piece = pieces.withLock({ $0.waiting.popLast() }) {
        return piece
      } else {
        reading.withLock { _ in }
      }
    }
  }

  /// Reads a batch, and takes the first piece that nobody works on.
  private func more(_ reading: inout Reading) -> PatientChunk? {
    if pieces.withLock({ $0.ended }) { return nil }
    let batch = Result { () throws(ArrowFault) in try reading.reader.next() }
    return pieces.withLock { pieces in
      switch batch {
      case .success(let batch?):
        var read: [PatientChunk] = []
        for start in stride(from: 0, to: batch.count, by: Self.rows) {
          let range = start..<min(batch.count, start + Self.rows)
          read.append(.batch(batch, range, firstRow: reading.row, number: reading.number))
          reading.row += range.count
          reading.number += 1
        }
        pieces.waiting.insert(contentsOf: read.reversed(), at: 0)
      case .success(nil): pieces.ended = true
      case .failure(let fault): (pieces.ended, pieces.fault) = (true, fault)
      }
      return pieces.waiting.popLast()
    }
  }
}
