/// What one Python file says without being run: its string literals and imported modules.
public struct PythonSource: Sendable, Hashable {
  /// The string literals, escapes left as written.
  public var literals: Set<String>
  /// The first names of imported modules.
  public var imports: Set<String>

  /// Reads a source file.
  public init(parsing bytes: [UInt8]) {
    literals = []
    imports = []
    var position = 0
    var atLineStart = true
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        literals.insert(Self.readString(bytes, at: &position, quote: byte))
        atLineStart = false
      case 0x0A, UInt8(ascii: ";"), UInt8(ascii: ":"):
        atLineStart = true
        position += 1
      case 0x20, 0x09, 0x0D:
        position += 1
      default:
        if atLineStart { readImport(bytes, at: position) }
        atLineStart = false
        position += 1
      }
    }
  }

  private static func readString(_ bytes: [UInt8], at position: inout Int, quote: UInt8) -> String {
    let isTriple = position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
    position += isTriple ? 3 : 1
    let start = position
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\\") {
        position += 2
        continue
      }
      if bytes[position] == quote {
        if !isTriple { break }
        if position + 2 < bytes.count, bytes[position + 1] == quote, bytes[position + 2] == quote { break }
      } else if bytes[position] == 0x0A, !isTriple {
        break
      }
      position += 1
    }
    let end = min(position, bytes.count)
    position = min(end + (isTriple ? 3 : 1), bytes.count)
    return String(decoding: bytes[min(start, end)..<end], as: UTF8.self)
  }

  private mutating func readImport(_ bytes: [UInt8], at position: Int) {
    let line = bytes[position...].prefix { $0 != 0x0A && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: ";") }
    let text = String(decoding: line.prefix(400), as: UTF8.self)
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let first = words.first, words.count > 1, first == "import" || first == "from" else { return }
    if first == "from" {
      // `from .a import b` names a module of the project.
      if !words[1].hasPrefix("."), let module = words[1].split(separator: ".").first { imports.insert(String(module)) }
      return
    }
    for item in text.dropFirst("import".count).split(separator: ",") {
      let name = item.split { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "(" || $0 == ")" }.first
      if let module = name?.split(separator: ".").first { imports.insert(String(module)) }
    }
  }
}
