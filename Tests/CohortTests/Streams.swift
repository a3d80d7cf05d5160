import Cohorts
import Guideline
import Synchronization
import Wording

/// A stream that hands out bytes in pieces.
func stream(_ bytes: [UInt8], pieces: Int = 1 << 16) -> @Sendable (UnsafeMutableRawBufferPointer) -> Int {
  let place = SharedPlace()
  return { buffer in
    let start = place.value.withLock { $0 }
    let count = min(buffer.count, pieces, bytes.count - start)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
    place.value.withLock { $0 += count }
    return count
  }
}

func stream(_ text: String, pieces: Int = 1 << 16) -> @Sendable (UnsafeMutableRawBufferPointer) -> Int {
  stream(Array(text.utf8), pieces: pieces)
}

private final class SharedPlace: Sendable {
  let value = Mutex(0)
}

private final class SharedBytes: Sendable {
  let value = Mutex([UInt8]())
}

/// What eval writes for some bytes; everything, where no form is named.
func answer(
  _ bytes: [UInt8], _ guideline: Guideline, threads: Int = 1, pieces: Int = 1 << 16, language: Language = .english, form: AnswerForm? = nil
) -> String {
  let output = SharedBytes()
  _ = Eval(guideline, language: language, form: form ?? .whole(guideline), threads: threads)
    .answer(read: stream(bytes, pieces: pieces)) { bytes in output.value.withLock { $0 += bytes } }
  return String(decoding: output.value.withLock { $0 }, as: UTF8.self)
}

func answer(_ text: String, _ guideline: Guideline, threads: Int = 1, pieces: Int = 1 << 16) -> String {
  answer(Array(text.utf8), guideline, threads: threads, pieces: pieces)
}
