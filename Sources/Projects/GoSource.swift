/// What one Go source file says to somebody who does not compile it: its package, imports, literals, embeds and the
/// names it uses.
public struct GoSource: Sendable, Hashable {
  /// The package clause.
  public var package: String
  /// The imported paths.
  public var imports: Set<String>
  /// String literals outside import declarations, those in comments included: a literal too many keeps a file too many,
  /// a literal too few loses one.
  public var literals: Set<String>
  /// Those that `+` joins to something, with a wildcard for it: `"config_" + name` as `config_*`.
  public var joinedLiterals: Set<String>
  /// The patterns of `//go:embed` lines.
  public var embeds: [String]
  /// Selector expressions such as `time.LoadLocation`.
  public var selectors: Set<String>
  /// The selectors called with the working directory (`"."`, `"./"`) among their arguments, such as `http.Dir`.
  public var directoryCalls: Set<String>
  /// Whether nothing but a package clause stands in the file.
  public var isBare: Bool

  /// Whether the file has `import "C"`.
  public var usesCgo: Bool { imports.contains("C") }

  /// Reads a source file; text that is no Go gives an empty result.
  public init(parsing bytes: [UInt8]) {
    var scanner = GoScanner(bytes)
    scanner.scan()
    package = scanner.package
    imports = scanner.imports
    literals = scanner.literals
    joinedLiterals = scanner.joinedLiterals
    embeds = scanner.embeds
    selectors = scanner.selectors
    directoryCalls = scanner.directoryCalls
    isBare = scanner.words <= 2
  }
}

private struct GoScanner {
  let bytes: [UInt8]
  var position = 0
  var package = ""
  var imports: Set<String> = []
  var literals: Set<String> = []
  var joinedLiterals: Set<String> = []
  var embeds: [String] = []
  var selectors: Set<String> = []
  var directoryCalls: Set<String> = []
  /// How many words stand outside comments and literals.
  var words = 0
  private var previousWord = ""
  private var inImportBlock = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func scan() {
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): scanLineComment()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): scanBlockComment()
      case UInt8(ascii: "\""), UInt8(ascii: "`"):
        let follows = isJoined(before: position)
        let text = readString(byte)
        take(text)
        let precedes = isJoined(after: position)
        if follows || precedes { joinedLiterals.insert((follows ? "*" : "") + text + (precedes ? "*" : "")) }
      case UInt8(ascii: "'"): skipRune()
      case UInt8(ascii: "("):
        if previousWord == "import" { inImportBlock = true }
        position += 1
      case UInt8(ascii: ")"):
        inImportBlock = false
        previousWord = ""
        position += 1
      case let byte where Self.isWord(byte): scanWord()
      default: position += 1
      }
    }
  }

  private mutating func take(_ text: String) {
    if inImportBlock || previousWord == "import" || previousWord == "import name" {
      imports.insert(text)
      previousWord = inImportBlock ? "import" : ""
    } else {
      literals.insert(text)
    }
  }

  private mutating func scanWord() {
    let start = position
    while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    words += 1
    if previousWord == "package", package.isEmpty { package = word }
    if previousWord == "import" || previousWord == "import name" {
      // `import name "path"`.
      previousWord = "import name"
      return
    }
    if peek(0) == UInt8(ascii: "."), let next = peek(1), Self.isWord(next) {
      var end = position + 1
      while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
      let selector = word + "." + String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
      selectors.insert(selector)
      if isCalledOnDirectory(from: end) { directoryCalls.insert(selector) }
    }
    previousWord = word
  }

  private func isJoined(before start: Int) -> Bool {
    bytes[..<start].last { !Self.isBlank($0) } == UInt8(ascii: "+")
  }

  private func isJoined(after end: Int) -> Bool {
    bytes[end...].first { !Self.isBlank($0) } == UInt8(ascii: "+")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  /// Whether arguments begin here, one of which is the working directory.
  private func isCalledOnDirectory(from start: Int) -> Bool {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "(") else { return false }
    var own: [UInt8] = []
    var depth = 0
    for byte in bytes[start...].prefix(200) {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 || byte == 0x0A { break }
      // What an inner call gets is that call's affair.
      if depth == 1 { own.append(byte) }
    }
    let text = String(decoding: own, as: UTF8.self)
    return ["\".\"", "\"./\"", "`.`", "`./`"].contains { text.contains($0) }
  }

  private mutating func scanLineComment() {
    let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
    let text = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
    if text.hasPrefix("go:embed"), let blank = text.dropFirst(8).first, blank == " " || blank == "\t" {
      embeds += Self.patterns(text.dropFirst(9))
    } else {
      collect(from: position + 2, to: end)
    }
    position = end
  }

  /// The patterns of an embed line; quoted ones may hold blanks.
  private static func patterns(_ text: Substring) -> [String] {
    var patterns: [String] = []
    var rest = text
    while true {
      rest = rest.drop(while: \.isWhitespace)
      guard let first = rest.first else { return patterns }
      if first == "\"" || first == "`", let close = rest.dropFirst().firstIndex(of: first) {
        patterns.append(String(rest[rest.index(after: rest.startIndex)..<close]))
        rest = rest[rest.index(after: close)...]
      } else {
        let word = rest.prefix { !$0.isWhitespace }
        patterns.append(String(word))
        rest = rest.dropFirst(word.count)
      }
    }
  }

  private mutating func scanBlockComment() {
    position += 2
    while position < bytes.count, !(bytes[position] == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) {
      position += 1
    }
    position = min(position + 2, bytes.count)
  }

  /// Collects what looks like literals and calls in a comment.
  private mutating func collect(from start: Int, to end: Int) {
    let mark = position
    position = start
    while position < end {
      if bytes[position] == UInt8(ascii: "\""),
        let close = bytes[(position + 1)..<end].firstIndex(of: UInt8(ascii: "\""))
      {
        literals.insert(String(decoding: bytes[(position + 1)..<close], as: UTF8.self))
        position = close + 1
      } else if Self.isWord(bytes[position]) {
        let wordStart = position
        while position < end, Self.isWord(bytes[position]) || bytes[position] == UInt8(ascii: ".") { position += 1 }
        let word = bytes[wordStart..<position]
        if word.contains(UInt8(ascii: ".")) { selectors.insert(String(decoding: word, as: UTF8.self)) }
      } else {
        position += 1
      }
    }
    position = mark
  }

  private mutating func readString(_ quote: UInt8) -> String {
    position += 1
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != quote {
      if quote == UInt8(ascii: "\""), bytes[position] == UInt8(ascii: "\\") {
        position += 1
        guard position < bytes.count else { break }
      } else if quote == UInt8(ascii: "\""), bytes[position] == 0x0A {
        break
      }
      text.append(bytes[position])
      position += 1
    }
    position = min(position + 1, bytes.count)
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func skipRune() {
    position += 1
    if peek(0) == UInt8(ascii: "\\") { position += 2 }
    while position < bytes.count, bytes[position] != UInt8(ascii: "'"), bytes[position] != 0x0A { position += 1 }
    position = min(position + 1, bytes.count)
  }

  private func peek(_ offset: Int) -> UInt8? { position + offset < bytes.count ? bytes[position + offset] : nil }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
      || byte == 0x5F || byte >= 0x80
  }
}
