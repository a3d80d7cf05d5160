// Whether thread checking sees what it must and nothing else: two threads that count, with a Mutex between them or without one.
// Built by .ci/check-threads.
import Glibc
import Synchronization

final class Counter: @unchecked Sendable {
  let mutex = Mutex(0)
  var count = 0
}

let counter = Counter()
let isGuarded = CommandLine.arguments.last == "guarded"

func count() {
  for _ in 0..<20_000 { if isGuarded { counter.mutex.withLock { $0 += 1 } } else { counter.count += 1 } }
}

var thread = pthread_t()
pthread_create(
  &thread, nil,
  { _ in
    count()
    return nil
  }, nil)
count()
pthread_join(thread, nil)
print(isGuarded ? counter.mutex.withLock { $0 } : counter.count)
