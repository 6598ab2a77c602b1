/// One pattern of an ignore file, matched as `moby/patternmatcher` does.
///
/// `*` and `?` stay inside one name, `**` crosses folders, `[a-z]` and `[^a-z]` are sets, a backslash takes a special
/// character as it is, and a pattern stands at the context's root: `*.md` is not `docs/a.md`, but `**/*.md` is.
///
///     IgnorePattern(parsing: "**/*.py[cod]")?.matches("app/__pycache__/a.pyc")   // true
public struct IgnorePattern: Sendable, Hashable {
  /// How Docker compares: only what is no plain text becomes a regular expression.
  private enum Form: Sendable, Hashable {
    case exact([UInt32])
    case prefix([UInt32])
    case suffix([UInt32])
    case expression(IgnoreExpression)
  }

  /// Why Docker refuses a line.
  enum Refusal: Error {
    case loneExclamationMark
    case badGlob
  }

  /// Whether the pattern begins with `!` and so brings back what others hide.
  public let isException: Bool
  /// The cleaned pattern without `!`.
  public let text: String
  private let form: Form

  /// Reads one line that is no comment; nil when it is blank, or when Docker refuses it.
  public init?(parsing line: String) {
    guard case .success(let pattern?) = Self.read(line) else { return nil }
    self = pattern
  }

  private init(text: String, isException: Bool, form: Form) {
    self.text = text
    self.isException = isException
    self.form = form
  }

  /// Reads one line that is no comment; nil for one that says nothing.
  static func read(_ line: String) -> Result<IgnorePattern?, Refusal> {
    // Docker reads twice: the file's reader cleans what stands behind `!`, then the matcher trims and cleans the whole, so
    // that `./!a` is an exception after all, and `!/` a lone exclamation mark.
    var text = trimmed(line)
    let isMarked = text.utf8.first == mark
    if isMarked { text = trimmed(String(text.unicodeScalars.dropFirst())) }
    if !text.isEmpty { text = ContextPath.clean(text) }
    if text.utf8.count > 1, text.utf8.first == ContextPath.slash { text.unicodeScalars.removeFirst() }
    text = trimmed(isMarked ? "!" + text : text)
    if text.isEmpty { return .success(nil) }
    text = ContextPath.clean(text)
    let isException = text.utf8.first == mark
    if isException {
      text.unicodeScalars.removeFirst()
      if text.isEmpty { return .failure(.loneExclamationMark) }
    }
    guard PathGlob(text) != nil, let form = form(of: text.unicodeScalars.map(\.value)) else {
      return .failure(.badGlob)
    }
    return .success(IgnorePattern(text: text, isException: isException, form: form))
  }

  static func trimmed(_ text: String) -> String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }), let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  private static let mark = UInt8(ascii: "!")

  // MARK: Matching

  /// Whether the pattern matches a path or one of its parents.
  public func matches(_ path: String) -> Bool {
    let scalars = path.unicodeScalars.map(\.value)
    return matches(scalars[...])
      || scalars.indices.contains { scalars[$0] == "/" && matches(scalars[..<$0]) }
  }

  /// Whether the pattern matches the path itself.
  public func matchesExactly(_ path: String) -> Bool {
    matches(path.unicodeScalars.map(\.value)[...])
  }

  /// Whether the pattern matches one path only, and what is below it.
  var isLiteral: Bool {
    switch form {
    case .exact: true
    case .prefix, .suffix: false
    case .expression(let expression): expression.isLiteral
    }
  }

  /// How much the pattern holds, once its repetitions are written out.
  var size: Int {
    switch form {
    case .exact(let text), .prefix(let text), .suffix(let text): text.count
    case .expression(let expression): expression.size
    }
  }

  func matches(_ path: ArraySlice<UInt32>) -> Bool {
    switch form {
    case .exact(let text): return path.elementsEqual(text)
    case .prefix(let text): return path.starts(with: text)
    case .suffix(let text):
      return path.suffix(text.count).elementsEqual(text)
        || text.first == UInt32(0x2F) && path.elementsEqual(text.dropFirst())
    case .expression(let expression): return expression.matches(path)
    }
  }

  // MARK: Compiling

  private static func form(of pattern: [UInt32]) -> Form? {
    enum Kind { case exact, prefix, suffix, expression }
    var kind = Kind.exact
    var source: [UInt32] = []
    func add(_ text: String) { source += text.unicodeScalars.map(\.value) }
    // Go's scanner drops a byte order mark.
    var index = pattern.first == UInt32(0xFEFF) ? 1 : 0
    let start = index
    while index < pattern.count {
      let first = index
      let scalar = pattern[index]
      index += 1
      switch scalar {
      case "*" where index < pattern.count && pattern[index] == "*":
        index += 1
        if index < pattern.count, pattern[index] == "/" { index += 1 }
        if index == pattern.count {
          if kind != .exact { add(".*") }
          kind = kind == .exact ? .prefix : .expression
        } else {
          add("(.*/)?")
          kind = .expression
        }
        if first == start { kind = .suffix }
      case "*":
        add("[^/]*")
        kind = .expression
      case "?":
        add("[^/]")
        kind = .expression
      case ".", "+", "(", ")", "$":
        // Docker means to escape `|`, `{` and `}` as well, but its table ends before them.
        source += [0x5C, scalar]
      case "\\" where index < pattern.count:
        source += [scalar, pattern[index]]
        index += 1
        kind = .expression
      case "[", "]":
        source.append(scalar)
        kind = .expression
      default: source.append(scalar)
      }
    }
    switch kind {
    case .exact: return .exact(pattern)
    case .prefix: return .prefix(pattern.dropLast(2))
    // Docker cuts two bytes off, which leaves half of a byte order mark, and no path ends so.
    case .suffix: return .suffix(start == 0 ? Array(pattern.dropFirst(2)) : [.max])
    case .expression: return IgnoreExpression(source + [0x24]).map { .expression($0) }
    }
  }
}
