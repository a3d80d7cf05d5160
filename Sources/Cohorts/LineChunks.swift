import Synchronization

/// Bytes of a stream that hold whole lines.
struct LineChunk {
  /// Its place in the stream, from 0.
  let number: Int
  /// The number of its first line, from 1; 0 when lines aren't counted.
  let firstLine: Int
  /// The lines, each with its end, then sixteen quotes so that a reader finds an end to every text.
  let bytes: [UInt8]

  /// Bytes behind the last line end.
  static let padding = 16
}

/// Cuts a stream into chunks of whole lines, for whichever thread asks next.
final class LineChunks: Sendable {
  private struct Position {
    var number = 0
    var line = 1
    /// The beginning of a line whose end has not been read.
    var rest: [UInt8] = []
    /// Whether the rest of the line being read is dropped: it is too long already.
    var isDropping = false
    var ended = false
  }

  private let position = Mutex(Position())
  private let read: @Sendable (UnsafeMutableRawBufferPointer) -> Int
  private let countsLines: Bool
  private let size: Int
  /// Whether a chunk waits until so many bytes are there.
  private let fills: Bool

  /// `read` fills a buffer and returns how many bytes it has written, 0 at the end.
  init(countsLines: Bool, size: Int = 1 << 18, fills: Bool = false, read: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int) {
    self.read = read
    self.countsLines = countsLines
    self.size = size
    self.fills = fills
  }

  /// The next chunk; nil at the end of the stream. One read is one chunk, so that lines that arrive slowly are answered at once.
  func next() -> LineChunk? {
    position.withLock { position in
      while !position.ended {
        let before = position.rest.count
        var bytes = [UInt8](unsafeUninitializedCapacity: before + size + LineChunk.padding + 1) { buffer, count in
          position.rest.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
          count = before
          repeat {
            let got = read(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count..<before + size]))
            if got <= 0 { break }
            count += got
          } while fills && count < before + size
        }
        position.rest = []
        if bytes.count == before {
          position.ended = true
          if bytes.isEmpty { return nil }
          bytes.append(0x0A)
        } else if position.isDropping {
          guard let end = bytes[before...].firstIndex(of: 0x0A) else {
            bytes.removeSubrange(before...)
            position.rest = bytes
            continue
          }
          bytes.removeSubrange(before..<end)
          position.isDropping = false
        }
        guard let last = Self.lastLineEnd(bytes) else {
          // A line that is too long already is kept up to there, so that it is refused as that.
          position.isDropping = bytes.count > Eval.longestLine
          if position.isDropping { bytes.removeSubrange((Eval.longestLine + 1)...) }
          position.rest = bytes
          continue
        }
        position.rest = Array(bytes[(last + 1)...])
        position.isDropping = position.rest.count > Eval.longestLine
        if position.isDropping { position.rest.removeSubrange((Eval.longestLine + 1)...) }
        bytes.removeSubrange((last + 1)...)
        let chunk = (number: position.number, line: position.line)
        position.number += 1
        if countsLines { position.line += Self.lineEnds(bytes) }
        bytes.append(contentsOf: repeatElement(0x22, count: LineChunk.padding))
        return LineChunk(number: chunk.number, firstLine: chunk.line, bytes: bytes)
      }
      return nil
    }
  }

  private static func lastLineEnd(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { $0.lastIndex(of: 0x0A) }
  }

  static func lineEnds(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { buffer in
      let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
      let whole = buffer.count / 8 * 8
      var count = 0
      var place = 0
      while place < whole {
        // Eight sums in a word, each of up to 255 line ends.
        let end = min(whole, place + 255 * 8)
        var sums: UInt64 = 0
        while place < end {
          // The highest bit of each byte that is a line end.
          let other = buffer.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ 0x0A0A_0A0A_0A0A_0A0A
          sums &+= ~(((other & low) &+ low) | other | low) &>> 7
          place &+= 8
        }
        let pairs = (sums & 0x00FF_00FF_00FF_00FF) &+ (sums &>> 8 & 0x00FF_00FF_00FF_00FF)
        count += Int((pairs &* 0x0001_0001_0001_0001) &>> 48)
      }
      for byte in buffer[whole...] where byte == 0x0A { count += 1 }
      return count
    }
  }
}
