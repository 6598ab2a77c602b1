import ContextFiles
import Testing

/// What Docker makes of ignore files and paths, rule by rule.
///
/// The answers come from the algorithms of `moby/patternmatcher`, its `ignorefile` reader and fsutil's walk, run with Go's
/// own `bufio`, `path` and `regexp`; none comes from this library.
enum IgnoreTable {
  enum Answer {
    case hidden
    case visible
    /// Docker refuses the file.
    case refused
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var rule: String
    var file: String
    /// A folder when it ends with a slash.
    var path: String
    var answer: Answer

    init(_ rule: String, _ file: String, _ path: String, _ answer: Answer) {
      self.rule = rule
      self.file = file
      self.path = path
      self.answer = answer
    }

    var testDescription: String { "\(rule): \(file.debugDescription) on '\(path)'" }
  }

  static let rows = matching + reading
}

struct IgnoreTableTests {
  @Test("answers as Docker", arguments: IgnoreTable.rows)
  func row(_ row: IgnoreTable.Row) {
    let file = IgnoreFile(parsing: row.file)
    #expect((file.problem != nil) == (row.answer == .refused))
    if row.answer != .refused { #expect(file.hides(row.path) == (row.answer == .hidden)) }
  }

  @Test("the table is large enough for every rule, and no row stands twice")
  func size() {
    let rules = Dictionary(grouping: IgnoreTable.rows, by: \.rule)
    #expect(IgnoreTable.rows.count >= 150)
    #expect(rules.values.allSatisfy { $0.count >= 3 })
    #expect(
      Set(IgnoreTable.rows.map { [$0.file, $0.path] }.map { $0.map { Array($0.utf8) } }).count == IgnoreTable.rows.count
    )
  }
}
