/// A body of HashiCorp's configuration language, as far as bake files use it: blocks with labels, attributes, and
/// expressions of strings, lists, maps and references; any other expression is opaque.
///
/// Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
struct HCLBody: Sendable, Hashable {
  /// `type "label" { … }`.
  struct Block: Sendable, Hashable {
    var type: String
    var labels: [String]
    var body: HCLBody
  }

  var attributes: [String: HCLValue] = [:]
  var blocks: [Block] = []

  static func parse(_ text: String, file: String) -> Result<HCLBody, ProjectProblemError> {
    var reader = HCLReader(bytes: Array(text.utf8))
    do throws(HCLFault) {
      return .success(try reader.body(isNested: false))
    } catch {
      let line = 1 + reader.bytes.prefix(error.offset).count { $0 == 0x0A }
      return .failure(
        ProjectProblemError(ProjectProblem(file: file, line: line, message: "no valid HCL: \(error.message)")))
    }
  }
}

/// A value of an attribute.
indirect enum HCLValue: Sendable, Hashable {
  /// A string's pieces.
  case template([Piece])
  case list([HCLValue])
  case object([String: HCLValue])
  case reference(String)
  /// An expression that is not computed here.
  case opaque

  enum Piece: Sendable, Hashable {
    case literal(String)
    case reference(String)
    case opaque
  }

  /// The value of a text with `${…}` in it.
  static func template(_ text: String) -> HCLValue {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let start = rest.firstRange(of: "${") {
      if start.lowerBound > rest.startIndex, rest[..<start.lowerBound].last == "$" {
        pieces.append(.literal(String(rest[..<start.upperBound])))
        rest = rest[start.upperBound...]
        continue
      }
      if start.lowerBound > rest.startIndex { pieces.append(.literal(String(rest[..<start.lowerBound]))) }
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else { return .opaque }
      let name = String(rest[start.upperBound..<end].trimmed)
      let isName = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
      pieces.append(isName ? .reference(name) : .opaque)
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(.literal(String(rest))) }
    return .template(pieces)
  }

  /// The value's text, with what names stand for; nil when it cannot be told.
  func text(_ value: (String) -> String?) -> String? {
    switch self {
    case .template(let pieces):
      var text = ""
      for piece in pieces {
        switch piece {
        case .literal(let part): text += part
        case .reference(let name):
          guard let part = value(name) else { return nil }
          text += part
        case .opaque: return nil
        }
      }
      return text
    case .reference(let name): return value(name)
    case .list, .object, .opaque: return nil
    }
  }

  var elements: [HCLValue] { if case .list(let elements) = self { elements } else { [] } }
  var members: [String: HCLValue] { if case .object(let members) = self { members } else { [:] } }
}

private struct HCLFault: Error {
  var offset: Int
  var message: String
}

private struct HCLReader {
  let bytes: [UInt8]
  var position = 0
  var depth = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func fault(_ message: String) -> HCLFault {
    HCLFault(offset: position, message: byte == nil ? "the file ends too early" : message)
  }

  // MARK: Structure

  mutating func body(isNested: Bool) throws(HCLFault) -> HCLBody {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw fault("it is nested too deeply") }
    var result = HCLBody()
    while true {
      skipSpace(newlines: true)
      guard let next = byte else {
        if isNested { throw fault("") }
        return result
      }
      if next == UInt8(ascii: "}"), isNested {
        position += 1
        return result
      }
      let name = next == UInt8(ascii: "\"") ? try quoted() : identifier()
      guard !name.isEmpty else { throw fault("a name is expected") }
      var labels: [String] = []
      while true {
        skipSpace(newlines: false)
        switch byte {
        case UInt8(ascii: "="):
          position += 1
          result.attributes[name] = try expression()
        case UInt8(ascii: "{"):
          position += 1
          result.blocks.append(.init(type: name, labels: labels, body: try body(isNested: true)))
        case UInt8(ascii: "\""):
          labels.append(try quoted())
          continue
        default:
          let label = identifier()
          guard !label.isEmpty else { throw fault("'=' or '{' is expected behind '\(name)'") }
          labels.append(label)
          continue
        }
        break
      }
    }
  }

  private mutating func identifier() -> String {
    let start = position
    while let next = byte, isNameByte(next) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private mutating func skipSpace(newlines: Bool) {
    while let next = byte {
      let isComment =
        next == UInt8(ascii: "#") || bytes[position...].starts(with: "//".utf8)
      if isComment {
        while let next = byte, next != 0x0A { _ = next; position += 1 }
      } else if bytes[position...].starts(with: "/*".utf8) {
        position += 2
        while position < bytes.count, !bytes[position...].starts(with: "*/".utf8) { position += 1 }
        position = min(position + 2, bytes.count)
      } else if next == 0x20 || next == 0x09 || next == 0x0D || (newlines && next == 0x0A) {
        position += 1
      } else {
        return
      }
    }
  }

  // MARK: Expressions

  private mutating func expression() throws(HCLFault) -> HCLValue {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw fault("it is nested too deeply") }
    skipSpace(newlines: false)
    let value = try primary()
    skipSpace(newlines: false)
    if let next = byte, !Self.ends.contains(next) {
      try skipExpression()
      return .opaque
    }
    return value
  }

  /// What may stand behind a whole expression.
  private static let ends: Set<UInt8> = [
    0x0A, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ")"),
  ]

  private mutating func primary() throws(HCLFault) -> HCLValue {
    switch byte {
    case UInt8(ascii: "\""): return .template(try quoted())
    case UInt8(ascii: "["): return .list(try elements())
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "<") where bytes[position...].starts(with: "<<".utf8): return .template(try heredoc())
    default:
      let name = identifier()
      if ["true", "false"].contains(name) || (name.first?.isNumber ?? false) { return .template([.literal(name)]) }
      return name.isEmpty || name == "null" ? .opaque : .reference(name)
    }
  }

  /// Goes to the end of an expression that is more than a value, brackets and strings whole.
  private mutating func skipExpression() throws(HCLFault) {
    var open = 0
    while let next = byte {
      switch next {
      case UInt8(ascii: "\""): _ = try quoted(); continue
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if open == 0 { return }
        open -= 1
      case 0x0A, UInt8(ascii: ","):
        if open == 0 { return }
      default: break
      }
      position += 1
    }
    if open > 0 { throw fault("") }
  }

  private mutating func elements() throws(HCLFault) -> [HCLValue] {
    position += 1
    var result: [HCLValue] = []
    while true {
      skipSpace(newlines: true)
      if byte == UInt8(ascii: "]") { break }
      let start = position
      result.append(try expression())
      skipSpace(newlines: true)
      if byte == UInt8(ascii: ",") {
        position += 1
      } else if byte != UInt8(ascii: "]") {
        throw fault("']' is expected")
      }
      if position == start { throw fault("a value is expected") }
    }
    position += 1
    return result
  }

  private mutating func members() throws(HCLFault) -> [String: HCLValue] {
    position += 1
    var result: [String: HCLValue] = [:]
    while true {
      skipSpace(newlines: true)
      if byte == UInt8(ascii: "}") { break }
      let name: String
      if byte == UInt8(ascii: "\"") { name = try quoted() } else { name = identifier() }
      skipSpace(newlines: false)
      guard byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") else { throw fault("'=' is expected") }
      position += 1
      result[name] = try expression()
      skipSpace(newlines: true)
      if byte == UInt8(ascii: ",") { position += 1 }
    }
    position += 1
    return result
  }

  /// A string's text; its `${…}` stay as they are, with the quotes inside them.
  private mutating func quoted() throws(HCLFault) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    var open = 0
    while let next = byte, next != 0x0A || open > 0 {
      if open == 0, next == UInt8(ascii: "\"") {
        position += 1
        return String(decoding: text, as: UTF8.self)
      }
      if next == UInt8(ascii: "\\"), open == 0, position + 1 < bytes.count {
        let escaped = bytes[position + 1]
        text.append(["n": 0x0A, "t": 0x09, "r": 0x0D][Character(UnicodeScalar(escaped))] ?? escaped)
        position += 2
        continue
      }
      if next == UInt8(ascii: "{"), open > 0 || bytes[position - 1] == UInt8(ascii: "$") { open += 1 }
      if next == UInt8(ascii: "}"), open > 0 { open -= 1 }
      text.append(next)
      position += 1
    }
    throw HCLFault(offset: start, message: "the string does not end")
  }

  private mutating func heredoc() throws(HCLFault) -> String {
    let start = position
    position += 2
    if byte == UInt8(ascii: "-") { position += 1 }
    let mark = identifier()
    while let next = byte, next != 0x0A { _ = next; position += 1 }
    position += 1
    var lines: [String] = []
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      let line = String(decoding: bytes[position..<end], as: UTF8.self)
      position = end
      if String(line.trimmed) == mark { return lines.joined(separator: "\n") }
      lines.append(line)
      position += 1
    }
    throw HCLFault(offset: start, message: "the heredoc does not end")
  }
}
