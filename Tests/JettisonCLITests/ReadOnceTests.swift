import ContextFiles
import Foundation
@testable import JettisonCLI
import Testing

struct ReadOnceTests {
  private final class Count: @unchecked Sendable {
    private let lock = NSLock()
    private var counts: [String: Int] = [:]

    func add(_ name: String) { lock.withLock { counts[name, default: 0] += 1 } }
    var all: [String: Int] { lock.withLock { counts } }
  }

  @Test("asks for each folder and file once, those that are not there included")
  func once() {
    let count = Count()
    let memory = ContextReader.memory(["a/b": "x"])
    let reader = ContextReader(
      list: {
        count.add("list \($0)")
        return memory.entries(of: $0)
      },
      read: {
        count.add("read \($0)")
        return memory.contents(of: $0)
      }
    ).readingOnce()
    for _ in 0..<3 {
      #expect(reader.text(of: "a/b") == "x")
      #expect(reader.text(of: "a/c") == nil)
      #expect(reader.exists("a/b"))
      #expect(reader.listing(ignoring: IgnoreFile(parsing: "")).files.count == 1)
    }
    #expect(count.all == ["read a/b": 1, "read a/c": 1, "list a": 1, "list .": 1])
  }
}
