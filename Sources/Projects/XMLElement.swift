/// An element of an XML document with its line: as much of XML as build files use.
///
/// Attributes and processing instructions are read over; comments are left out; CDATA and the named entities are text.
struct XMLElement: Hashable {
  /// The name without a prefix.
  var name: String
  /// The line of the start tag, counted from 1.
  var line: Int
  /// The text between the tags, white space at both ends left out.
  var text = ""
  /// The elements inside, in order.
  var children: [XMLElement] = []

  /// The first child of a name.
  subscript(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The first element at the end of a chain of names.
  func at(_ names: String...) -> XMLElement? {
    names.reduce(Optional(self)) { element, name in element?[name] }
  }

  /// The text of a child; nil for a missing or an empty one.
  func value(_ name: String) -> String? { self[name].flatMap { $0.text.isEmpty ? nil : $0.text } }

  /// Reads a document.
  static func parse(_ text: String, file: String) -> Result<XMLElement, ProjectProblemError> {
    var reader = XMLReader(bytes: Array(text.utf8), file: file)
    return reader.read()
  }
}

private struct XMLReader {
  let bytes: [UInt8]
  let file: String
  var position = 0
  var line = 1
  /// The elements that are open, the outermost first.
  var open: [XMLElement] = []

  static let deepest = 200

  init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  mutating func read() -> Result<XMLElement, ProjectProblemError> {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "<") {
        if let answer = readMarkup() { return answer }
      } else {
        readText()
      }
    }
    guard let unclosed = open.last else { return problem("the file holds no XML element") }
    return problem("<\(unclosed.name)> of line \(unclosed.line) is never closed")
  }

  private func problem(_ message: String) -> Result<XMLElement, ProjectProblemError> {
    .failure(ProjectProblemError(ProjectProblem(file: file, line: line, message: message)))
  }

  /// Reads what begins with `<`.
  ///
  /// - Returns: the whole document behind the last end tag, or what is wrong; nil to go on.
  private mutating func readMarkup() -> Result<XMLElement, ProjectProblemError>? {
    for (start, end) in [("<!--", "-->"), ("<?", "?>")] where starts(with: start) {
      return skip(past: end) ? nil : problem("'\(start)' is never closed")
    }
    if starts(with: "<![CDATA[") {
      let begin = position + 9
      guard skip(past: "]]>") else { return problem("'<![CDATA[' is never closed") }
      append(String(decoding: bytes[begin..<(position - 3)], as: UTF8.self))
      return nil
    }
    if starts(with: "<!") { return skip(past: ">") ? nil : problem("'<!' is never closed") }
    let startLine = line
    let isEnd = starts(with: "</")
    let begin = position + (isEnd ? 2 : 1)
    guard let end = tagEnd(from: begin) else { return problem("'<' begins a tag that never ends") }
    let isEmpty = !isEnd && bytes[end - 1] == UInt8(ascii: "/")
    let inside = bytes[begin..<(isEmpty ? end - 1 : end)]
    let full = inside.prefix { !Self.isSpace($0) }
    let name = String(decoding: full.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
    advance(to: end + 1)
    guard !name.isEmpty else { return problem("a tag has no name") }
    if isEnd {
      guard var element = open.popLast(), element.name == name else {
        return problem("</\(name)> closes what is not open")
      }
      element.text = Self.trimmed(element.text)
      return close(element)
    }
    let element = XMLElement(name: name, line: startLine)
    if isEmpty { return close(element) }
    guard open.count < Self.deepest else { return problem("elements are nested more than \(Self.deepest) deep") }
    open.append(element)
    return nil
  }

  private mutating func close(_ element: XMLElement) -> Result<XMLElement, ProjectProblemError>? {
    guard !open.isEmpty else { return .success(element) }
    open[open.count - 1].children.append(element)
    return nil
  }

  private mutating func readText() {
    let begin = position
    var end = begin
    while end < bytes.count, bytes[end] != UInt8(ascii: "<") { end += 1 }
    append(Self.unescaped(String(decoding: bytes[begin..<end], as: UTF8.self)))
    advance(to: end)
  }

  private mutating func append(_ text: String) {
    if !open.isEmpty { open[open.count - 1].text += text }
  }

  private func starts(with text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private mutating func advance(to end: Int) {
    for byte in bytes[position..<min(end, bytes.count)] where byte == 0x0A { line += 1 }
    position = end
  }

  private mutating func skip(past end: String) -> Bool {
    let mark = Array(end.utf8)
    var place = position
    while place + mark.count <= bytes.count {
      if bytes[place..<(place + mark.count)].elementsEqual(mark) {
        advance(to: place + mark.count)
        return true
      }
      place += 1
    }
    return false
  }

  /// The `>` of a tag; one inside an attribute's quotes does not count.
  private func tagEnd(from begin: Int) -> Int? {
    var quote: UInt8?
    for index in begin..<bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index
      } else if byte == UInt8(ascii: "<") {
        return nil
      }
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func trimmed(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "&") {
      result += rest[..<mark]
      rest = rest[mark...]
      let names = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&apos;": "'"]
      if let (name, character) = names.first(where: { rest.hasPrefix($0.key) }) {
        result += character
        rest = rest.dropFirst(name.count)
      } else {
        result.append("&")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }
}
