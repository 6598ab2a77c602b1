import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The signal that asked this process to end; 0 for none.
///
/// It is written by a signal's handler, so it is nothing but a plain number.
private nonisolated(unsafe) var receivedSignal: sig_atomic_t = 0

/// Work that makes things outside this process, and that a signal ends only once they are removed.
enum Interruption {
  /// Runs asynchronous work from the main thread, and cancels it on INT, TERM and HUP.
  ///
  /// The process then dies of that very signal, as whoever sent it expects.
  static func run<Answer: Sendable>(_ body: @escaping @Sendable () async throws -> Answer) throws -> Answer {
    for number in [SIGINT, SIGTERM, SIGHUP] { listen(to: number) }
    let outcome = Outcome<Answer>()
    let task = Task.detached {
      do { outcome.set(.success(try await body())) } catch { outcome.set(.failure(error)) }
    }
    var isCancelled = false
    while true {
      let result = outcome.wait()
      let number = receivedSignal
      if let result {
        if number != 0 {
          signal(number, SIG_DFL)
          raise(number)
        }
        return try result.get()
      }
      if number != 0, !isCancelled {
        isCancelled = true
        Output.note("interrupted: removing what was made")
        task.cancel()
      }
    }
  }

  private static func listen(to number: Int32) {
    var action = sigaction()
    var old = sigaction()
    sigaction(number, nil, &old)
    #if canImport(Darwin)
      let isIgnored = unsafeBitCast(old.__sigaction_u.__sa_handler, to: Int.self) == 1
      action.__sigaction_u.__sa_handler = { receivedSignal = $0 }
    #else
      let isIgnored = unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1
      action.__sigaction_handler.sa_handler = { receivedSignal = $0 }
    #endif
    // What `nohup` has made deaf stays so.
    if isIgnored { return }
    action.sa_flags = Int32(SA_RESTART)
    sigaction(number, &action, nil)
    // Whoever started this process from a thread of a pool has handed down that thread's mask, in which all is blocked.
    var mask = sigset_t()
    sigemptyset(&mask)
    sigaddset(&mask, number)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// A result that another thread waits for.
  private final class Outcome<Answer: Sendable>: @unchecked Sendable {
    private let lock = NSCondition()
    private var result: Result<Answer, any Error>?

    func set(_ result: Result<Answer, any Error>) {
      lock.withLock {
        self.result = result
        lock.broadcast()
      }
    }

    /// The result, or nil after a moment in which none came.
    func wait() -> Result<Answer, any Error>? {
      lock.withLock {
        if result == nil { _ = lock.wait(until: Date(timeIntervalSinceNow: 0.05)) }
        return result
      }
    }
  }
}
