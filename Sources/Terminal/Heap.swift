import CEditLine

/// The C library's heap.
public enum Heap {
  /// Lets the heap grow by so many bytes at a time, on every thread; else a second thread's grows a page at a time, with a
  /// system call each.
  public static func grows(by bytes: Int) { islet_heap_grows_by(bytes) }
}
