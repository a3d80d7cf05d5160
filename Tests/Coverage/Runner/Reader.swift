import Foundation
import FuzzLaws
import Synchronization

/// The compiler's libFuzzer, which `-sanitize=fuzzer` links.
@_silgen_name("LLVMFuzzerRunDriver")
func libFuzzer(
  _ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ tried: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// What libFuzzer's own start would call; it is linked with it.
@_cdecl("LLVMFuzzerTestOneInput")
func tried(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  Reader.tried(UnsafeBufferPointer(start: bytes, count: count))
  return 0
}

/// The law that this process tries.
enum Reader {
  private static let all = (try? Laws().readers) ?? []
  static let chosen = Mutex<Law?>(nil)

  static var names: [String] { all.map(\.name) }
  static func law(_ name: String) -> Law? { all.first { $0.name == name } }

  /// Tries an input; one that breaks the law ends the process, so that libFuzzer keeps it.
  static func tried(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let law = chosen.withLock({ $0 }), let fault = law.fault(Array(bytes)) else { return }
    FileHandle.standardError.write(Data("\(law.name): \(law.says)\n\(fault)\n".utf8))
    abort()
  }
}
