/// The JSON form of arguments: `["executable", "argument"]`.
enum JSONForm {
  /// What the argument text is.
  enum Reading: Equatable {
    /// A JSON array of strings.
    case strings([String])
    /// Valid JSON with something else than strings, which Docker refuses.
    case nonString
    /// Anything else, which silently means the shell form.
    case none
  }

  static func read(_ text: ArraySlice<UInt8>) -> Reading {
    guard text.first == UInt8(ascii: "[") else { return .none }
    var reader = JSONReader(text)
    guard let values = reader.readDocument() else { return .none }
    var strings: [String] = []
    for value in values {
      guard let string = value else { return .nonString }
      strings.append(string)
    }
    return .strings(strings)
  }

  /// Where the strings of the array stand in the text, with their quotes; nil when it is no array of strings.
  static func elements(of text: ArraySlice<UInt8>) -> [Range<Int>]? {
    guard text.first == UInt8(ascii: "[") else { return nil }
    var reader = JSONReader(text)
    guard let values = reader.readDocument(), values.allSatisfy({ $0 != nil }) else { return nil }
    return reader.elements
  }

  /// A string as JSON writes it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// A strict JSON reader for one array, as Go's `encoding/json` reads it; elements that are no string come out as nil.
private struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  /// Where the elements of the outermost array stand.
  private(set) var elements: [Range<Int>] = []

  init(_ text: ArraySlice<UInt8>) { bytes = Array(text) }

  mutating func readDocument() -> [String?]? {
    guard let values = readArray(depth: 0) else { return nil }
    skipBlanks()
    return position == bytes.count ? values : nil
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func readArray(depth: Int) -> [String?]? {
    guard depth < 10_000, take(UInt8(ascii: "[")) else { return nil }
    skipBlanks()
    if take(UInt8(ascii: "]")) { return [] }
    var values: [String?] = []
    while true {
      skipBlanks()
      let start = position
      guard let value = readValue(depth: depth + 1) else { return nil }
      values.append(value)
      if depth == 0 { elements.append(start..<position) }
      skipBlanks()
      if take(UInt8(ascii: "]")) { return values }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  /// The outer optional says whether the value is valid, the inner one whether it is a string.
  private mutating func readValue(depth: Int) -> String?? {
    skipBlanks()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case .doubleQuote: return readString().map { .some($0) }
    case UInt8(ascii: "["): return readArray(depth: depth) == nil ? nil : .some(nil)
    case .openBrace: return readObject(depth: depth) ? .some(nil) : nil
    default: return readLiteral() ? .some(nil) : nil
    }
  }

  private mutating func readObject(depth: Int) -> Bool {
    guard depth < 10_000, take(.openBrace) else { return false }
    skipBlanks()
    if take(.closeBrace) { return true }
    while true {
      skipBlanks()
      guard readString() != nil else { return false }
      skipBlanks()
      guard take(UInt8(ascii: ":")), readValue(depth: depth + 1) != nil else { return false }
      skipBlanks()
      if take(.closeBrace) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func readLiteral() -> Bool {
    for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return true
    }
    let start = position
    _ = take(.dash)
    guard position < bytes.count, bytes[position].isDigit else { return false }
    if !take(UInt8(ascii: "0")) { skipDigits() }
    if take(UInt8(ascii: ".")) {
      guard skipDigits() else { return false }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      _ = take(UInt8(ascii: "+")) || take(.dash)
      guard skipDigits() else { return false }
    }
    // A number too large for Go makes the text no JSON.
    return Double(String(decoding: bytes[start..<position], as: UTF8.self))?.isFinite ?? false
  }

  @discardableResult
  private mutating func skipDigits() -> Bool {
    let start = position
    while position < bytes.count, bytes[position].isDigit { position += 1 }
    return position > start
  }

  private mutating func readString() -> String? {
    guard take(.doubleQuote) else { return nil }
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case .doubleQuote: return String(decoding: result, as: UTF8.self)
      case 0..<0x20: return nil
      case .backslash:
        guard let scalar = readEscape() else { return nil }
        result.append(contentsOf: String(Character(scalar)).utf8)
      default: result.append(byte)
      }
    }
    return nil
  }

  private mutating func readEscape() -> Unicode.Scalar? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    position += 1
    switch byte {
    case .doubleQuote, .backslash, UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return readUnicodeEscape()
    default: return nil
    }
  }

  /// The scalar of `\uXXXX`; a lone surrogate becomes U+FFFD as in Go.
  private mutating func readUnicodeEscape() -> Unicode.Scalar? {
    guard let first = readHex() else { return nil }
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let mark = position
    if take(.backslash), take(UInt8(ascii: "u")), let second = readHex(), (0xDC00..<0xE000).contains(second) {
      return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
    }
    position = mark
    return "\u{FFFD}"
  }

  private mutating func readHex() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = bytes[position..<(position + 4)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    position += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
