#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's `read`, under a name that a method of the same name doesn't hide.
func systemRead(_ handle: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int { read(handle, buffer, count) }

/// The system's `write`, likewise.
func systemWrite(_ handle: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int { write(handle, buffer, count) }

/// The system's `open`, likewise.
func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t = 0) -> Int32 { open(path, flags, mode) }

/// The system's `time`, likewise: seconds since 1970.
func wallClock() -> Int { Int(time(nil)) }

/// Seconds on one of the system's clocks.
func seconds(on clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
