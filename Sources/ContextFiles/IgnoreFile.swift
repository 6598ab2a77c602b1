/// A `.dockerignore` as Docker reads it.
///
/// Lines are trimmed, `#` in column 0 makes a comment, `!` re-includes, the last match wins, and a pattern matches a path
/// when it matches the path or any of its parents.
public struct IgnoreFile: Sendable, Hashable {
  /// The patterns in order.
  public let patterns: [IgnorePattern]
  /// The first line Docker refuses, counted from 1; Docker then refuses the whole file.
  public let brokenLine: Int?

  /// Reads an ignore file's text.
  public init(parsing text: String) {
    self.init(parsing: Array(text.utf8))
  }

  /// Reads an ignore file's bytes.
  public init(parsing bytes: [UInt8]) {
    var patterns: [IgnorePattern] = []
    var brokenLine: Int?
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    for (index, line) in rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if line.first == UInt8(ascii: "#") { continue }
      let text = Self.trimmed(String(decoding: line, as: UTF8.self))
      if text.isEmpty { continue }
      if let pattern = IgnorePattern(parsing: text) {
        patterns.append(pattern)
      } else if brokenLine == nil {
        brokenLine = index + 1
      }
    }
    self.patterns = patterns
    self.brokenLine = brokenLine
  }

  static func trimmed(_ text: String) -> String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Whether the builder does not see a path of the context.
  public func hides(_ path: String) -> Bool {
    var hidden = false
    for pattern in patterns where pattern.isException == hidden && pattern.matches(path) {
      hidden = !pattern.isException
    }
    return hidden
  }

  /// Whether an exception could bring back something below a hidden folder.
  public func mayReinclude(below directory: String) -> Bool {
    patterns.contains { $0.isException && $0.mayMatch(below: directory) }
  }

  /// The file with more lines at its end.
  public func appending(_ lines: [String]) -> IgnoreFile {
    IgnoreFile(patterns: patterns + lines.compactMap { IgnorePattern(parsing: $0) })
  }

  private init(patterns: [IgnorePattern]) {
    self.patterns = patterns
    brokenLine = nil
  }
}
