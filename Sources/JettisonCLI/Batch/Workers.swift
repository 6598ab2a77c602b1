import Foundation

/// Spreads independent work over threads.
enum Workers {
  /// In bytes; threads need as much as the main one has, since nested shell text is read by recursion.
  private static let stackSize = 8 << 20

  /// More threads than this only wait for each other.
  private static let most = 64

  /// What `body` makes of each item, in the items' order at every number of threads.
  ///
  /// - Parameter isLast: whether an answer ends the work; every item before it has its answer all the same.
  static func map<Item: Sendable, Answer: Sendable>(
    _ items: [Item], jobs: Int, until isLast: @escaping @Sendable (Answer) -> Bool = { _ in false },
    _ body: @escaping @Sendable (Item) -> Answer
  ) -> [Answer] {
    let queue = Queue<Answer>(count: items.count)
    @Sendable func work() {
      while let index = queue.next() {
        let answer = body(items[index])
        queue.set(answer, at: index, isLast: isLast(answer))
      }
    }
    // This thread works too, so that all is done even where the system gives no other.
    for _ in 0..<max(min(jobs, items.count, most) - 1, 0) {
      let thread = Thread(block: work)
      thread.stackSize = stackSize
      thread.start()
    }
    work()
    return queue.wait()
  }

  /// The items still to be done and the answers given; the lock guards both.
  private final class Queue<Answer: Sendable>: @unchecked Sendable {
    private let lock = NSCondition()
    private var position = 0
    private var open: Int
    private var slots: [Answer?]

    init(count: Int) {
      slots = Array(repeating: nil, count: count)
      open = count
    }

    func next() -> Int? {
      lock.withLock {
        guard position < slots.count else { return nil }
        position += 1
        return position - 1
      }
    }

    func set(_ answer: Answer, at index: Int, isLast: Bool) {
      lock.withLock {
        slots[index] = answer
        open -= 1
        if isLast {
          open -= slots.count - position
          position = slots.count
        }
        if open == 0 { lock.broadcast() }
      }
    }

    func wait() -> [Answer] {
      lock.withLock {
        while open > 0 { lock.wait() }
        return slots.compactMap { $0 }
      }
    }
  }
}

/// A line that says how far the work is: a bar, a count, the time gone by and the current name; on a terminal only.
final class Progress: @unchecked Sendable {
  private let lock = NSLock()
  private let isOn: Bool
  private let total: Int
  private var done = 0
  private let start = ContinuousClock.now
  private var shown = ContinuousClock.now

  init(total: Int) {
    self.total = total
    isOn = Disk.isTerminal(2) && Disk.environment("TERM") != "dumb"
  }

  /// Counts one item as done.
  func advance(_ name: String) {
    guard isOn else { return }
    lock.withLock {
      done += 1
      let now = ContinuousClock.now
      guard now - shown > .milliseconds(80) else { return }
      shown = now
      let width = 20
      let filled = done * width / max(total, 1)
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      let seconds = (now - start).components.seconds
      let time = "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
      let line = "\(bar) \(done)/\(total)  \(time)  \(name.printable)"
      Output.note("\r\u{1B}[K" + line.prefix((Disk.columns(of: 2) ?? 80) - 1), terminator: "")
    }
  }

  /// Takes the line away.
  func finish() {
    if isOn { Output.note("\r\u{1B}[K", terminator: "") }
  }
}

extension String {
  /// The text with control characters, which a file's name may hold, made harmless for a terminal.
  var printable: String {
    guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      result.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return result
  }
}
