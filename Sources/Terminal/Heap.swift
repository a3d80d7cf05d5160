import CEditLine

/// The C library's heap.
public enum Heap {
  /// Lets the heap grow by so many bytes at a time, on every thread; else a second thread's grows a page at a time, with a
  /// system call each.
  public static func grows(by bytes: Int) { islet_heap_grows_by(bytes) }

  /// Keeps the memory of blocks of up to so many bytes, 32 MB at most, for those that follow: a stream's buffers are asked for again
  /// and again, and the system clears each page that it hands out.
  public static func keeps(blocksOf bytes: Int) { islet_heap_keeps(bytes) }
}
