import Foundation

/// The sizes of two images that are set against each other.
struct Sizes: Sendable {
  var before: Int64
  var after: Int64

  /// What the new image saves, in percent.
  var saved: Double { before == 0 ? 0 : (1 - Double(after) / Double(before)) * 100 }
  /// The new image's size as a part of the old one's.
  var ratio: Double { before == 0 ? .infinity : Double(after) / Double(before) }

  /// A size as people read it: millions of bytes.
  static func megabytes(_ size: Int64) -> String { String(format: "%.1f", Double(size) / 1e6) }
}

/// How one comparison came out.
struct Outcome: Sendable {
  /// The verdict, with a reason where nothing was compared.
  enum Verdict: Sendable {
    case passed
    case failed
    case goldenOnly(String)
    case notBuilt(String)
    case leftAlone(String)
  }

  /// Whether it was an example or a hand-written answer.
  enum Kind: Sendable {
    case example
    case sample
  }

  var kind: Kind
  var name: String
  /// What the readme's table says of it; nil keeps it out of there.
  var readme: String?
  var verdict: Verdict
  var sizes: Sizes?
}

/// All outcomes, behind a lock because tests may run on any thread.
final class Outcomes: @unchecked Sendable {
  static let shared = Outcomes()

  private let lock = NSLock()
  private var outcomes: [Outcome] = []

  /// Adds an outcome.
  func add(_ outcome: Outcome) {
    lock.withLock { outcomes.append(outcome) }
  }

  /// The outcomes so far, in the order of their coming.
  var all: [Outcome] { lock.withLock { outcomes } }
}

/// What the suite prints at its end.
enum Report {
  /// Prints a line at once, since a buffered one would come after the test library's own.
  static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// Prints tables, lists and the closing line.
  static func summarise(_ outcomes: [Outcome]) {
    let examples = outcomes.filter { $0.kind == .example }
    let samples = outcomes.filter { $0.kind == .sample }
    say("")
    table(["name", "before MB", "after MB", "saved %"], sizeRows(examples, last: saved)).forEach(say)
    let handWritten = sizeRows(samples) { String(format: "%.3f", $0.ratio) }
    if !handWritten.isEmpty {
      say("")
      table(["name", "by hand MB", "ours MB", "ours / by hand"], handWritten).forEach(say)
    }
    list("golden only", outcomes) { if case .goldenOnly(let reason) = $0 { reason } else { nil } }
    list("not built", outcomes) { if case .notBuilt(let reason) = $0 { "not built: \(reason)" } else { nil } }
    list("left alone", outcomes) { if case .leftAlone(let reason) = $0 { "left alone: \(reason)" } else { nil } }
    if Settings.samples == nil {
      say("")
      say("hand-written answers: skipped, JETTISON_E2E_SAMPLES is not set")
    }
    var passed = 0
    var failed = 0
    for outcome in outcomes {
      switch outcome.verdict {
      case .passed: passed += 1
      case .failed: failed += 1
      case .goldenOnly, .notBuilt, .leftAlone: break
      }
    }
    say("")
    say("\(passed) passed, \(failed) failed, \(outcomes.count - passed - failed) skipped")
  }

  /// Writes the table of sizes between the readme's two marks; only where every row of it was measured.
  static func writeTable(_ outcomes: [Outcome], into file: URL) throws {
    let wanted = outcomes.filter { $0.readme != nil }
    var lines = ["| example | before | after | saved |", "|---|---:|---:|---:|"]
    for outcome in wanted {
      guard case .passed = outcome.verdict, let sizes = outcome.sizes, let text = outcome.readme else {
        return say("readme: the table stays as it is, because \(outcome.name) did not pass")
      }
      lines.append(
        "| [`\(outcome.name)`](Examples/\(outcome.name)): \(text) | \(Sizes.megabytes(sizes.before)) MB | "
          + "**\(Sizes.megabytes(sizes.after)) MB** | \(saved(sizes)) % |")
    }
    let (begin, end) = ("<!-- sizes: written by make e2e -->\n", "\n<!-- end of sizes -->")
    var text = try String(contentsOf: file, encoding: .utf8)
    guard let start = text.range(of: begin), let stop = text.range(of: end), start.upperBound <= stop.lowerBound else {
      throw Trouble("\(file.lastPathComponent) has no marks for the table of sizes")
    }
    text.replaceSubrange(start.upperBound..<stop.lowerBound, with: lines.joined(separator: "\n"))
    try Data(text.utf8).write(to: file)
  }

  private static func sizeRows(_ outcomes: [Outcome], last: (Sizes) -> String) -> [[String]] {
    outcomes.compactMap { outcome in
      guard let sizes = outcome.sizes else { return nil }
      return [outcome.name, Sizes.megabytes(sizes.before), Sizes.megabytes(sizes.after), last(sizes)]
    }
  }

  private static func saved(_ sizes: Sizes) -> String { String(format: "%.1f", sizes.saved) }

  private static func list(_ title: String, _ outcomes: [Outcome], _ reason: (Outcome.Verdict) -> String?) {
    let lines = outcomes.compactMap { outcome in reason(outcome.verdict).map { "  \(outcome.name): \($0)" } }
    guard !lines.isEmpty else { return }
    say("")
    say("\(title):")
    lines.forEach(say)
  }

  /// Rows in columns: names to the left, numbers to the right.
  private static func table(_ head: [String], _ rows: [[String]]) -> [String] {
    let lines = [head] + rows
    let widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
    }
  }
}
