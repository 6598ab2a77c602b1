extension IgnorePattern {
  /// Makes the pattern that matches one path and what is below it, whatever characters it holds.
  ///
  /// Nil for a path no line can say: one outside the context, the root, or one with a line break in it.
  ///
  ///     IgnorePattern(path: "notes [old].md")?.line   // "notes \[old].md"
  public init?(path: String, isException: Bool = false) {
    let cleaned = ContextPath.clean(path)
    guard cleaned != ".", ContextPath.isWithin(cleaned, ".") else { return nil }
    let mark = isException ? "!" : ""
    let candidates = [mark + cleaned, mark + Self.escaped(cleaned)].compactMap { IgnorePattern(parsing: $0) }
    let exact = candidates.first { pattern in
      pattern.isException == isException && pattern.isLiteral && pattern.matchesExactly(cleaned) && pattern.line != nil
    }
    guard let exact else { return nil }
    self = exact
  }

  private static func escaped(_ path: String) -> String {
    let scalars = Array(path.unicodeScalars)
    var text = ""
    for (index, scalar) in scalars.enumerated() {
      let isFirst = index == 0
      if "*?[\\^{|".unicodeScalars.contains(scalar) || isFirst && scalar == "!" {
        text.unicodeScalars += ["\\", scalar]
      } else if isFirst || index == scalars.count - 1, scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
        // Docker would trim it, even behind a backslash.
        text.unicodeScalars += ["[", scalar, "]"]
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The line that reads back as this very pattern; nil when no line does.
  public var line: String? {
    let mark = isException ? "!" : ""
    // A folder that cleaning removes shields a `#` or a blank at the front.
    let spellings = [mark + text, mark + "./" + text, mark + "./ ./" + text]
    return spellings.first { spelling in
      !["#", "\u{FEFF}"].contains(spelling.unicodeScalars.first) && !spelling.utf8.contains(UInt8(ascii: "\n"))
        && spelling.utf8.count <= IgnoreFile.lineLimit && IgnorePattern(parsing: spelling) == self
    }
  }
}

extension IgnoreFile {
  /// The bytes of an ignore file with a block of patterns behind them; what stands there is not touched.
  ///
  /// The block begins with a comment, follows the file's own line endings, and stands apart by a blank line. Nil when a
  /// pattern cannot be written, see ``IgnorePattern/line``.
  ///
  /// - Parameters:
  ///   - added: the patterns, in order.
  ///   - comment: the block's first line, with its `#`.
  ///   - bytes: the file as it is; empty for a new one.
  public static func appending(_ added: [IgnorePattern], under comment: String, to bytes: [UInt8]) -> [UInt8]? {
    let lines = added.compactMap(\.line)
    guard lines.count == added.count else { return nil }
    let feed = UInt8(ascii: "\n")
    let lastFeed = bytes.lastIndex(of: feed) ?? 0
    let newline = lastFeed > 0 && bytes[lastFeed - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
    var result = bytes
    if !bytes.isEmpty {
      if bytes.last != feed { result += newline.utf8 }
      result += newline.utf8
    }
    for line in [comment] + lines { result += (line + newline).utf8 }
    return result
  }
}
