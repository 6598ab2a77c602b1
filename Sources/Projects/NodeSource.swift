/// What one JavaScript or TypeScript file says without being run: its string literals and imported modules.
public struct NodeSource: Sendable, Hashable {
  /// The string literals that are no module names, escapes left as written.
  public var literals: Set<String> = []
  /// The modules it imports when it runs, as written; types alone are left out.
  public var imports: Set<String> = []
  /// Whether it loads modules or files by computed names.
  public var loadsComputed = false

  /// Reads a source file.
  ///
  /// - Parameters:
  ///   - bytes: the text.
  ///   - mode: the value of `NODE_ENV`, so that blocks behind `if (process.env.NODE_ENV === …)` that do not run are left out.
  public init(parsing bytes: [UInt8], mode: String? = nil) {
    var scanner = NodeScanner(bytes: bytes, mode: mode)
    scanner.scan()
    literals = scanner.literals
    imports = scanner.imports
    loadsComputed = scanner.loadsComputed
  }

  /// The extensions of source files.
  public static let extensions = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx"]

  /// The extensions that an imported module's name may leave out.
  public static let moduleExtensions = extensions + [".json"]

  /// Whether a file's name is that of a source file.
  public static func isName(_ name: String) -> Bool {
    extensions.contains { name.hasSuffix($0) } && !name.hasSuffix(".d.ts") && !name.hasSuffix(".min.js")
  }

  /// The package behind an imported name: `@a/b` of `@a/b/lib/c`; nil for a path or one of Node's own modules.
  public static func package(of module: String) -> String? {
    guard let first = module.first, first != ".", first != "/", !module.hasPrefix("node:") else { return nil }
    let parts = module.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    return first == "@" ? (parts.count > 1 ? "\(parts[0])/\(parts[1])" : nil) : String(parts[0])
  }
}

private struct NodeScanner {
  let bytes: [UInt8]
  /// The value of `NODE_ENV`.
  let mode: String?
  var position = 0
  /// How many braces are open, and from which on nothing runs.
  private var depth = 0
  private var deadDepth: Int?
  var literals: Set<String> = []
  var imports: Set<String> = []
  var loadsComputed = false
  /// The last words and marks before the position, the latest last.
  private var recent: [String] = []

  init(bytes: [UInt8], mode: String?) {
    self.bytes = bytes
    self.mode = mode
  }

  mutating func scan() {
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: "/"): slash()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): note(quoted(byte))
      case UInt8(ascii: "`"): template()
      case _ where isWord(byte):
        let start = position
        while position < bytes.count, isWord(bytes[position]) { position += 1 }
        push(String(decoding: bytes[start..<position], as: UTF8.self))
      default:
        position += 1
        follow(byte)
        push(String(decoding: [byte], as: UTF8.self))
        if recent.suffix(2) == ["require", "("] || recent.suffix(2) == ["import", "("] { expectLiteral() }
      }
    }
  }

  /// Counts braces, and sees whether the block that opens here runs.
  private mutating func follow(_ byte: UInt8) {
    if byte == UInt8(ascii: "{") {
      depth += 1
      if deadDepth == nil, comparesMode == false { deadDepth = depth }
    } else if byte == UInt8(ascii: "}") {
      if deadDepth == depth { deadDepth = nil }
      depth -= 1
    }
  }

  /// What a condition `if (process.env.NODE_ENV === "x")` in front of a brace comes to; nil for any other text.
  private var comparesMode: Bool? {
    guard recent.last == ")", let start = recent.lastIndex(of: "if"), start + 1 < recent.count else { return nil }
    let condition = recent[(start + 2)..<(recent.count - 1)].joined()
    for (operation, isEqual) in [("===", true), ("!==", false), ("==", true), ("!=", false)] {
      for prefix in ["process.env.NODE_ENV" + operation + "\"", "process.env[\"NODE_ENV\"]" + operation + "\""]
      where condition.hasPrefix(prefix) && condition.hasSuffix("\"") && condition.count > prefix.count {
        let value = condition.dropFirst(prefix.count).dropLast()
        if value.contains(where: { "\"&|()".contains($0) }) { return nil }
        return (value == mode ?? "") == isEqual
      }
    }
    return nil
  }

  private mutating func push(_ token: String) {
    recent.append(token)
    if recent.count > 40 { recent.removeFirst(20) }
  }

  private func isWord(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F
      || byte == UInt8(ascii: "$") || byte >= 0x80
  }

  private mutating func expectLiteral() {
    var next = position
    while next < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[next]) { next += 1 }
    guard next < bytes.count else { return }
    let comment = next + 1 < bytes.count && bytes[next] == UInt8(ascii: "/") && bytes[next + 1] == UInt8(ascii: "*")
    if bytes[next] != UInt8(ascii: "\""), bytes[next] != UInt8(ascii: "'"), !comment { loadsComputed = true }
  }

  // MARK: Literals

  private mutating func quoted(_ quote: UInt8) -> String {
    position += 1
    let start = position
    while position < bytes.count, bytes[position] != quote, bytes[position] != 0x0A {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(position, bytes.count)
    position = min(end + 1, bytes.count)
    return String(decoding: bytes[min(start, end)..<end], as: UTF8.self)
  }

  /// A template's fixed pieces; what stands in `${}` is scanned as code.
  private mutating func template() {
    position += 1
    var piece: [UInt8] = []
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "`") { break }
      if byte == UInt8(ascii: "\\") {
        position += 2
        continue
      }
      if byte == UInt8(ascii: "$"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "{") {
        if deadDepth == nil { literals.insert(String(decoding: piece, as: UTF8.self)) }
        piece = []
        position += 2
        depth = 1
        while position < bytes.count, depth > 0 {
          switch bytes[position] {
          case UInt8(ascii: "{"): depth += 1
          case UInt8(ascii: "}"): depth -= 1
          case UInt8(ascii: "\""), UInt8(ascii: "'"):
            note(quoted(bytes[position]))
            continue
          case UInt8(ascii: "`"):
            template()
            continue
          default: break
          }
          position += 1
        }
        continue
      }
      piece.append(byte)
      position += 1
    }
    literals.insert(String(decoding: piece, as: UTF8.self))
    position = min(position + 1, bytes.count)
    push("`")
  }

  private mutating func note(_ text: String) {
    defer { push("\"\(text.count < 40 ? text : "")\"") }
    if deadDepth != nil { return }
    let before = recent.suffix(2)
    let isImport =
      recent.last == "from" || recent.last == "import" || before == ["require", "("] || before == ["import", "("]
      || recent.suffix(4) == ["require", ".", "resolve", "("]
    guard isImport else {
      literals.insert(text)
      return
    }
    if recent.last == "from", let start = recent.lastIndex(where: { $0 == "import" || $0 == "export" }),
      start + 1 < recent.count, recent[start + 1] == "type", recent[start + 2] != "from", recent[start + 2] != ","
    {
      return
    }
    imports.insert(text)
    // `require('./locales/' + name)`
    if recent.last == "(", let next = bytes[position...].first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }),
      next != UInt8(ascii: ")"), next != UInt8(ascii: ",")
    {
      loadsComputed = true
    }
  }

  // MARK: Comments and regular expressions

  private mutating func slash() {
    let next = position + 1 < bytes.count ? bytes[position + 1] : 0
    if next == UInt8(ascii: "/") {
      while position < bytes.count, bytes[position] != 0x0A { position += 1 }
    } else if next == UInt8(ascii: "*") {
      position += 2
      while position + 1 < bytes.count, bytes[position] != UInt8(ascii: "*") || bytes[position + 1] != UInt8(ascii: "/")
      { position += 1 }
      position = min(position + 2, bytes.count)
    } else if startsExpression {
      skipRegularExpression()
    } else {
      position += 1
      push("/")
    }
  }

  /// Whether a value is expected here, so that `/` opens a regular expression and is no division.
  private var startsExpression: Bool {
    guard let last = recent.last else { return true }
    return ["(", ",", "=", ":", "[", "!", "&", "|", "?", "{", "}", ";", "+", "~", "return", "typeof"].contains(last)
  }

  private mutating func skipRegularExpression() {
    var isClass = false
    position += 1
    while position < bytes.count, bytes[position] != 0x0A {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        position += 2
        continue
      }
      if byte == UInt8(ascii: "[") { isClass = true }
      if byte == UInt8(ascii: "]") { isClass = false }
      position += 1
      if byte == UInt8(ascii: "/"), !isClass { break }
    }
    position = min(position, bytes.count)
    push("/")
  }
}
