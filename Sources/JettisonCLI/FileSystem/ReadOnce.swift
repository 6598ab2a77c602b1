import ContextFiles
import Foundation

extension ContextReader {
  /// A reader that asks the disk for each folder and file once and then remembers; made for one conversion, so that what
  /// it holds goes with it.
  func readingOnce() -> ContextReader {
    let folders = Memory<[ContextEntry]>()
    let files = Memory<[UInt8]>()
    return ContextReader(
      list: { path in folders.value(path) { entries(of: path) } },
      read: { path in files.value(path) { contents(of: path) } },
      walk: walk)
  }

  private final class Memory<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var known: [String: Result<Value, ContextError>] = [:]

    func value(_ path: String, _ read: () -> Result<Value, ContextError>) -> Result<Value, ContextError> {
      if let value = lock.withLock({ known[path] }) { return value }
      let value = read()
      lock.withLock { known[path] = value }
      return value
    }
  }
}
