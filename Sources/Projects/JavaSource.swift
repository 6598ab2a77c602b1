/// What a source file of Java, Kotlin, Scala or Groovy names: its imports and string literals.
public struct JavaSource: Sendable, Hashable {
  /// The names behind `import`, wildcards included.
  public var imports: [String] = []
  /// The names with two dots or more, wherever they stand.
  public var qualified: Set<String> = []
  /// The string literals, escapes as written.
  public var literals: [String] = []
  /// Paths that are put together of literals: `Paths.get("src", "main")`, `"conf" + File.separator + "app.ini"`.
  public var joined: [String] = []
  /// Whether it starts other programs.
  public var startsPrograms = false

  /// Reads a source file; comments are left out.
  public init(parsing text: String) {
    let bytes = Array(text.utf8)
    var position = 0
    var code: [UInt8] = []
    // Where the code between two literals starts, and the path put together so far.
    var gap = 0
    var path = ""
    while position < bytes.count {
      let byte = bytes[position]
      let next = position + 1 < bytes.count ? bytes[position + 1] : 0
      if byte == UInt8(ascii: "/"), next == UInt8(ascii: "/") {
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
      } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        position += 2
        while position < bytes.count, !bytes[position...].starts(with: "*/".utf8) { position += 1 }
        position = min(position + 2, bytes.count)
      } else if byte == UInt8(ascii: "\"") {
        let count = literals.count
        position = readString(bytes, position)
        if count < literals.count, let literal = literals.last {
          let isNext = !path.isEmpty && Self.joins(code[min(gap, code.count)...])
          if isNext, joined.last == path { joined.removeLast() }
          path = isNext ? path + "/" + literal : literal
          if isNext { joined.append(path) }
        }
        code.append(byte)
        gap = code.count
      } else if byte == UInt8(ascii: "'") {
        // A character; Groovy writes strings so.
        position = readQuoted(bytes, position)
      } else {
        code.append(byte)
        position += 1
      }
    }
    let plain = String(decoding: code, as: UTF8.self)
    for line in plain.split(whereSeparator: { $0.isNewline || $0 == ";" }) {
      var words = line.split { $0 == " " || $0 == "\t" }
      guard words.first == "import" else { continue }
      words.removeFirst()
      if words.first == "static" { words.removeFirst() }
      if let name = words.first { imports.append(String(name)) }
    }
    // Names that are written out where they are used: `javax.tools.ToolProvider.getSystemJavaCompiler()`.
    let isName: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "$" }
    qualified = Set(
      plain.split { !isName($0) }.filter { $0.utf8.count { $0 == UInt8(ascii: ".") } > 1 }.map(String.init))
    startsPrograms = plain.contains("ProcessBuilder") || plain.contains(".exec(")
  }

  /// Whether the code between two literals makes them parts of one path.
  private static func joins(_ code: ArraySlice<UInt8>) -> Bool {
    guard code.count < 60 else { return false }
    let text = String(decoding: code.filter { $0 > 0x20 }, as: UTF8.self)
    return [",", ").resolve(", "+File.separator+", "+File.separatorChar+", "+separator+"].contains(text)
  }

  /// Reads a string or a text block.
  ///
  /// - Returns: the position behind it.
  private mutating func readString(_ bytes: [UInt8], _ start: Int) -> Int {
    let quotes = Array("\"\"\"".utf8)
    guard bytes[start...].starts(with: quotes) else { return readQuoted(bytes, start) }
    var position = start + 3
    while position < bytes.count, !bytes[position...].starts(with: quotes) { position += 1 }
    literals.append(String(decoding: bytes[(start + 3)..<position], as: UTF8.self))
    return min(position + 3, bytes.count)
  }

  private mutating func readQuoted(_ bytes: [UInt8], _ start: Int) -> Int {
    var position = start + 1
    while position < bytes.count, bytes[position] != bytes[start], bytes[position] != 0x0A {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(position, bytes.count)
    if end > start + 1 { literals.append(String(decoding: bytes[(start + 1)..<end], as: UTF8.self)) }
    return end < bytes.count && bytes[end] == bytes[start] ? end + 1 : end
  }
}
