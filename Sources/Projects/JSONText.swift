/// A value of a JSON text.
///
/// The reader is its own because project files need what Foundation does not give: the line of a fault, and the comments and
/// trailing commas that `tsconfig.json` and `bun.lock` allow.
public indirect enum JSONText: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONText])
  /// The members in the order in which they are written.
  case object([Member])

  /// A name with its value.
  public struct Member: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONText
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: the file's text.
  ///   - file: its path, for problems.
  ///   - isRelaxed: whether comments and trailing commas are allowed.
  public static func parse(_ text: String, file: String, isRelaxed: Bool = false) -> Result<
    JSONText, ProjectProblemError
  > {
    var reader = JSONReader(bytes: Array(text.utf8), isRelaxed: isRelaxed)
    do {
      return .success(try reader.document())
    } catch {
      let line = 1 + reader.bytes.prefix(error.offset).count { $0 == 0x0A }
      return .failure(
        ProjectProblemError(ProjectProblem(file: file, line: line, message: "no valid JSON: \(error.message)")))
    }
  }

  /// The member of an object; the last one of a name counts.
  public subscript(name: String) -> JSONText? { members.last { $0.name == name }?.value }

  /// The members of an object, none for anything else.
  public var members: [Member] { if case .object(let members) = self { members } else { [] } }
  /// The elements of an array, none for anything else.
  public var elements: [JSONText] { if case .array(let elements) = self { elements } else { [] } }
  /// The text of a string.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// A truth value.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// A whole number.
  public var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }
  /// The strings of an array.
  public var strings: [String] { elements.compactMap(\.string) }
  /// The members whose values are strings.
  public var stringMembers: [String: String] {
    var result: [String: String] = [:]
    for member in members { if let text = member.value.string { result[member.name] = text } }
    return result
  }
}

private struct JSONFault: Error {
  var offset: Int
  var message: String
}

private struct JSONReader {
  let bytes: [UInt8]
  let isRelaxed: Bool
  var position = 0
  var depth = 0

  init(bytes: [UInt8], isRelaxed: Bool) {
    self.bytes = bytes
    self.isRelaxed = isRelaxed
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func document() throws(JSONFault) -> JSONText {
    let value = try value()
    try skipSpace()
    if position < bytes.count { throw fault("something stands behind the end") }
    return value
  }

  private func fault(_ message: String) -> JSONFault {
    JSONFault(
      offset: min(position, bytes.count), message: position >= bytes.count ? "the file ends too early" : message)
  }

  private mutating func skipSpace() throws(JSONFault) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: "/") where isRelaxed && position + 1 < bytes.count:
        if bytes[position + 1] == UInt8(ascii: "/") {
          while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        } else if bytes[position + 1] == UInt8(ascii: "*") {
          position += 2
          while position + 1 < bytes.count,
            bytes[position] != UInt8(ascii: "*") || bytes[position + 1] != UInt8(ascii: "/")
          { position += 1 }
          position = min(position + 2, bytes.count)
        } else {
          return
        }
      default: return
      }
    }
  }

  private mutating func value() throws(JSONFault) -> JSONText {
    try skipSpace()
    guard position < bytes.count else { throw fault("") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try nested { reader throws(JSONFault) in try reader.object() }
    case UInt8(ascii: "["): return try nested { reader throws(JSONFault) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
    default: throw fault("no value starts with '\(String(decoding: bytes[position...position], as: UTF8.self))'")
    }
  }

  private mutating func nested(_ read: (inout JSONReader) throws(JSONFault) -> JSONText) throws(JSONFault) -> JSONText {
    depth += 1
    defer { depth -= 1 }
    if depth > 200 { throw fault("it is nested too deeply") }
    return try read(&self)
  }

  private mutating func word(_ text: String, _ value: JSONText) throws(JSONFault) -> JSONText {
    guard bytes[position...].starts(with: text.utf8) else { throw fault("'\(text)' is expected") }
    position += text.utf8.count
    return value
  }

  private mutating func number() -> JSONText {
    let start = position
    while position < bytes.count, "+-.eE0123456789".utf8.contains(bytes[position]) { position += 1 }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func object() throws(JSONFault) -> JSONText {
    position += 1
    var members: [JSONText.Member] = []
    while true {
      try skipSpace()
      if take("}"), members.isEmpty || isRelaxed { return .object(members) }
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw fault("a name in quotes is expected")
      }
      let name = try string()
      try skipSpace()
      guard take(":") else { throw fault("':' is expected behind \"\(name)\"") }
      members.append(JSONText.Member(name: name, value: try value()))
      try skipSpace()
      if take(",") { continue }
      guard take("}") else { throw fault("',' or '}' is expected") }
      return .object(members)
    }
  }

  private mutating func array() throws(JSONFault) -> JSONText {
    position += 1
    var elements: [JSONText] = []
    while true {
      try skipSpace()
      if take("]"), elements.isEmpty || isRelaxed { return .array(elements) }
      elements.append(try value())
      try skipSpace()
      if take(",") { continue }
      guard take("]") else { throw fault("',' or ']' is expected") }
      return .array(elements)
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func string() throws(JSONFault) -> String {
    position += 1
    var result: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &result)
      case 0x0A:
        position -= 1
        throw fault("a string does not end on its line")
      default: result.append(byte)
      }
    }
    throw fault("")
  }

  private mutating func escape(into result: inout [UInt8]) throws(JSONFault) {
    guard position < bytes.count else { throw fault("") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "u"):
      var unit = try hexadecimal()
      if (0xD800..<0xDC00).contains(unit), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try hexadecimal()
        if (0xDC00..<0xE000).contains(low) { unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00) }
      }
      result += Array(String(Unicode.Scalar(unit).map(Character.init) ?? "\u{FFFD}").utf8)
    default: result.append(byte)
    }
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    guard position + 4 <= bytes.count,
      let unit = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw fault("four hexadecimal digits are expected behind \\u") }
    position += 4
    return unit
  }
}
