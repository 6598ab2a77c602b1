/// A Gradle build script as statements with the blocks they stand in; Groovy and Kotlin alike.
///
/// A script is a program: what is computed stays unknown here.
struct GradleScript: Hashable {
  /// One statement.
  struct Statement: Hashable {
    /// The text without comments, white space at both ends left out.
    var text: String
    /// The line it begins on, counted from 1.
    var line: Int
    /// The headers of the blocks around it, the outermost first.
    var blocks: [String]
  }

  /// The statements in order, block headers included.
  var statements: [Statement] = []

  init(parsing text: String) {
    var scanner = GradleScanner(bytes: Array(text.utf8))
    statements = scanner.scan()
  }
}

private struct GradleScanner {
  let bytes: [UInt8]
  var position = 0
  var line = 1
  var statements: [GradleScript.Statement] = []
  var blocks: [String] = []
  var current: [UInt8] = []
  var currentLine = 1
  /// Open parentheses and brackets: a line break inside them ends nothing.
  var nesting = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func scan() -> [GradleScript.Statement] {
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"): skipLine()
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipComment()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): readString(byte)
      case UInt8(ascii: "{"):
        let header = finish()
        if blocks.count < 100 { blocks.append(header) }
        position += 1
      case UInt8(ascii: "}"):
        _ = finish()
        nesting = 0
        if !blocks.isEmpty { blocks.removeLast() }
        position += 1
      case UInt8(ascii: "("), UInt8(ascii: "["):
        nesting += 1
        take(byte)
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        nesting = max(nesting - 1, 0)
        take(byte)
      case 0x0A:
        line += 1
        if nesting == 0, !continues { _ = finish() } else { current.append(0x20) }
        position += 1
      case UInt8(ascii: ";"):
        _ = finish()
        position += 1
      default: take(byte)
      }
    }
    _ = finish()
    return statements
  }

  private var next: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

  /// Whether the statement goes on in the next line: it ends in a comma, a sign or a dot.
  private var continues: Bool {
    guard let last = current.last(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return false }
    return [UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(last)
  }

  private mutating func take(_ byte: UInt8) {
    if current.isEmpty {
      if byte == 0x20 || byte == 0x09 || byte == 0x0D {
        position += 1
        return
      }
      currentLine = line
    }
    current.append(byte)
    position += 1
  }

  private mutating func readString(_ quote: UInt8) {
    let triple = bytes[position...].starts(with: [quote, quote, quote])
    let length = triple ? 3 : 1
    for _ in 0..<length where position < bytes.count { take(bytes[position]) }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0A {
        if !triple { return }
        line += 1
      }
      if byte == UInt8(ascii: "\\"), position + 1 < bytes.count {
        take(byte)
        take(bytes[position])
        continue
      }
      if byte == quote, !triple || bytes[position...].starts(with: [quote, quote, quote]) {
        for _ in 0..<length where position < bytes.count { take(bytes[position]) }
        return
      }
      take(byte)
    }
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
  }

  private mutating func skipComment() {
    position += 2
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), next == UInt8(ascii: "/") {
        position += 2
        return
      }
      if bytes[position] == 0x0A { line += 1 }
      position += 1
    }
  }

  /// Ends the statement that is being read.
  ///
  /// - Returns: its text, which is a block's header when a brace ended it.
  private mutating func finish() -> String {
    while let last = current.last, last == 0x20 || last == 0x09 || last == 0x0D { current.removeLast() }
    let text = String(decoding: current, as: UTF8.self)
    current = []
    if !text.isEmpty {
      statements.append(GradleScript.Statement(text: text, line: currentLine, blocks: blocks))
    }
    return text
  }
}
