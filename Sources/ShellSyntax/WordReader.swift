/// Reads one shell word into parts.
struct WordReader {
  private let bytes: [UInt8]
  private(set) var position: Int
  private var parts: [ShellWord.Part] = []
  private var ranges: [Range<Int>] = []
  private var text: [UInt8] = []
  /// Where the current literal text stands, from its first byte to behind its last.
  private var textRange: Range<Int>?
  private var isQuoted = false
  /// Whether a quote or a substitution is not closed.
  private(set) var isUnterminated = false

  init(_ bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  mutating func read() -> ShellWord {
    let start = position
    scan: while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case 0x20, 0x09, 0x0A, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "&"), UInt8(ascii: "<"),
        UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
        break scan
      case UInt8(ascii: "'"): readSingleQuoted()
      case UInt8(ascii: "\""): readDoubleQuoted()
      case UInt8(ascii: "\\"):
        position += 1
        guard position < bytes.count else { break scan }
        if bytes[position] != 0x0A { addText(position..<(position + 1)) }
        isQuoted = true
        position += 1
      case UInt8(ascii: "$"): readDollar()
      case UInt8(ascii: "`"): readBackquoted()
      case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "{"):
        readPattern(byte)
      default:
        addText(position..<(position + 1))
        position += 1
      }
    }
    flush()
    position = min(position, bytes.count)
    // The test command's name is no pattern.
    if parts == [.pattern("[")] { parts = [.literal("[")] }
    var word = ShellWord(parts: parts, range: start..<position, isQuoted: isQuoted)
    word.partRanges = ranges
    return word
  }

  private mutating func addText(_ range: Range<Int>) {
    text += bytes[range]
    textRange = (textRange?.lowerBound ?? range.lowerBound)..<range.upperBound
  }

  private mutating func flush() {
    guard !text.isEmpty, let range = textRange else { return }
    parts.append(.literal(String(decoding: text, as: UTF8.self)))
    ranges.append(range)
    (text, textRange) = ([], nil)
  }

  private mutating func add(_ part: ShellWord.Part, _ range: Range<Int>) {
    flush()
    parts.append(part)
    ranges.append(range)
  }

  private mutating func readSingleQuoted() {
    isQuoted = true
    let close = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "'"))
    if close == nil { isUnterminated = true }
    let start = position
    let end = close ?? bytes.count
    if start + 1 < end { addText((start + 1)..<end) }
    position = min(end + 1, bytes.count)
    if text.isEmpty { add(.literal(""), start..<position) }
  }

  private mutating func readDoubleQuoted() {
    isQuoted = true
    position += 1
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      add(.literal(""), (position - 1)..<(position + 1))
    }
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      switch bytes[position] {
      case UInt8(ascii: "\\"):
        position += 1
        guard position < bytes.count else {
          isUnterminated = true
          return
        }
        let keepsBackslash = !"\"$`\\\n".utf8.contains(bytes[position])
        if bytes[position] != 0x0A { addText((keepsBackslash ? position - 1 : position)..<(position + 1)) }
        position += 1
      case UInt8(ascii: "$"): readDollar(isInQuotes: true)
      case UInt8(ascii: "`"): readBackquoted()
      default:
        addText(position..<(position + 1))
        position += 1
      }
    }
    if position >= bytes.count { isUnterminated = true }
    position = min(position + 1, bytes.count)
  }

  private mutating func readDollar(isInQuotes: Bool = false) {
    let start = position
    position += 1
    guard position < bytes.count else { return addText(start..<position) }
    switch bytes[position] {
    case UInt8(ascii: "("):
      skipBalanced(open: UInt8(ascii: "("), close: UInt8(ascii: ")"), keepsApostrophes: false)
      add(.opaque(slice(from: start)), start..<position)
    case UInt8(ascii: "{"):
      skipBalanced(open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), keepsApostrophes: isInQuotes)
      let inner = bytes[(start + 2)..<max(position - 1, start + 2)]
      if !inner.isEmpty, inner.allSatisfy(ShellWord.isNameByte) {
        add(.variable(String(decoding: inner, as: UTF8.self)), start..<position)
      } else {
        add(.opaque(slice(from: start)), start..<position)
      }
    case UInt8(ascii: "'") where !isInQuotes:
      // An ANSI-C string, whose escapes are not read.
      isQuoted = true
      position += 1
      while position < bytes.count, bytes[position] != UInt8(ascii: "'") {
        position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
      }
      if position >= bytes.count { isUnterminated = true }
      position = min(position + 1, bytes.count)
      add(.opaque(slice(from: start)), start..<position)
    case let byte where ShellWord.isNameByte(byte):
      if byte >= 0x30, byte <= 0x39 {
        position += 1
      } else {
        while position < bytes.count, ShellWord.isNameByte(bytes[position]) { position += 1 }
      }
      add(.variable(String(decoding: bytes[(start + 1)..<position], as: UTF8.self)), start..<position)
    case let byte where "@*#?-$!".utf8.contains(byte):
      position += 1
      add(.variable(String(decoding: [byte], as: UTF8.self)), start..<position)
    default: addText(start..<position)
    }
  }

  /// Where the `$(…)` at this place ends.
  mutating func substitutionEnd() -> Int {
    position += 1
    skipBalanced(open: UInt8(ascii: "("), close: UInt8(ascii: ")"), keepsApostrophes: false)
    return position
  }

  private func slice(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

  private mutating func readBackquoted() {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "`") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    if position >= bytes.count { isUnterminated = true }
    position = min(position + 1, bytes.count)
    add(.opaque(slice(from: start)), start..<position)
  }

  /// A lone `*`, `?` and `[`, or a brace list; a brace that opens no list stands for itself.
  private mutating func readPattern(_ byte: UInt8) {
    guard byte == UInt8(ascii: "{") else {
      add(.pattern(String(decoding: [byte], as: UTF8.self)), position..<(position + 1))
      position += 1
      return
    }
    let rest = bytes[position...].prefix { !" \t\n;|&<>\"'".utf8.contains($0) }
    if let end = rest.firstIndex(of: UInt8(ascii: "}")),
      rest[..<end].contains(UInt8(ascii: ",")) || String(decoding: rest[..<end], as: UTF8.self).contains("..")
    {
      add(.pattern(String(decoding: bytes[position...end], as: UTF8.self)), position..<(end + 1))
      position = end + 1
    } else {
      addText(position..<(position + 1))
      position += 1
    }
  }

  /// Moves behind the bracket that closes the one at this place; quotes hide brackets.
  private mutating func skipBalanced(open: UInt8, close: UInt8, keepsApostrophes: Bool) {
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\\"):
        position += 2
        continue
      case UInt8(ascii: "'") where !keepsApostrophes:
        position = (bytes[(position + 1)...].firstIndex(of: byte) ?? bytes.count) + 1
        continue
      case UInt8(ascii: "\""):
        skipDoubleQuoted()
        continue
      case open: depth += 1
      case close: depth -= 1
      default: break
      }
      position += 1
      if depth == 0 { return }
    }
    isUnterminated = true
    position = min(position, bytes.count)
  }

  /// Moves behind a double-quoted text, with the substitutions in it.
  private mutating func skipDoubleQuoted() {
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") {
        position += 2
      } else if bytes[position] == UInt8(ascii: "$"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "(")
      {
        position += 1
        skipBalanced(open: UInt8(ascii: "("), close: UInt8(ascii: ")"), keepsApostrophes: false)
      } else {
        position += 1
      }
    }
    position = min(position + 1, bytes.count)
  }
}
