/// The lines of one instruction, joined into the logical line that Docker reads, with the way back to the file.
struct InstructionLine {
  private enum Entry {
    case text(ArraySlice<UInt8>)
    case trivia(Token)
  }

  private var entries: [Entry] = []
  private(set) var logical: ArraySlice<UInt8> = []
  private var texts = 0

  mutating func append(text: ArraySlice<UInt8>) {
    guard !text.isEmpty else { return }
    entries.append(.text(text))
    texts += 1
    // One line, by far the most common case, needs no copy.
    logical = texts == 1 ? text : ArraySlice(Array(logical) + text)
  }

  mutating func append(_ token: Token) {
    entries.append(.trivia(token))
  }

  /// The keyword of the logical line; nil for a word Docker does not know.
  var keyword: Keyword? {
    let text = logical.dropFirst(leadingSpaceCount(logical))
    return Keyword(text.prefix { !$0.isWordBlank })
  }

  /// Whether `<<` stands anywhere in the line, which is when Docker looks closer.
  var mayHoldHeredoc: Bool {
    var previous: UInt8 = 0
    for byte in logical {
      if byte == .lessThan, previous == .lessThan { return true }
      previous = byte
    }
    return false
  }

  /// Whether the form of the arguments leaves room for heredocs: no JSON, and behind ONBUILD a trigger that takes them.
  var acceptsHeredocs: Bool {
    let text = logical.dropFirst(leadingSpaceCount(logical))
    let word = text.prefix { !$0.isWordBlank }
    var rest = text.dropFirst(word.count).drop { $0.isWordBlank }
    if Keyword(word) == .onbuild {
      guard let trigger = Keyword(rest.prefix { !$0.isWordBlank }), trigger != .onbuild, trigger.takesHeredocs else {
        return false
      }
      rest = rest.drop { !$0.isWordBlank }.drop { $0.isWordBlank }
    }
    let arguments = rest.dropFirst(Self.flags(in: rest).end)
    let trimmed = arguments.dropFirst(leadingSpaceCount(arguments))
    return JSONForm.read(trimmed.dropLast(trailingSpaceCount(trimmed))) == .none
  }

  /// The tokens of the lines: the logical line cut into its parts, with the trivia between them.
  func tokens() -> [Token] {
    let parts = Self.parts(of: logical)
    var tokens: [Token] = []
    tokens.reserveCapacity(parts.count + entries.count)
    var part = 0
    var logicalOffset = 0
    for entry in entries {
      switch entry {
      case .trivia(let token):
        tokens.append(token)
      case .text(let text):
        var start = 0
        while start < text.count {
          while part + 1 < parts.count, parts[part].end <= logicalOffset { part += 1 }
          let length = min(text.count - start, parts[part].end - logicalOffset)
          let from = text.startIndex + start
          tokens.append(Token(parts[part].kind, text[from..<(from + length)]))
          start += length
          logicalOffset += length
        }
      }
    }
    return tokens
  }

  /// The parts of a logical line, each with the offset where it ends; together they cover it.
  private static func parts(of logical: ArraySlice<UInt8>) -> [(kind: Token.Kind, end: Int)] {
    var parts: [(kind: Token.Kind, end: Int)] = []
    func add(_ kind: Token.Kind, _ end: Int) {
      if end > (parts.last?.end ?? 0) { parts.append((kind, end)) }
    }
    let start = leadingSpaceCount(logical)
    let end = logical.count - trailingSpaceCount(logical.dropFirst(start))
    add(.indentation, start)
    let body = logical.dropFirst(start).prefix(end - start)
    let keyword = body.prefix { !$0.isWordBlank }
    add(.keyword, start + keyword.count)
    let rest = body.dropFirst(keyword.count)
    let blanks = rest.prefix { $0.isWordBlank }
    add(.blank, start + keyword.count + blanks.count)
    let offset = start + keyword.count + blanks.count
    let tail = rest.dropFirst(blanks.count)
    let (flags, ranges, flagEnd) = flags(in: tail)
    _ = flags
    for range in ranges {
      add(.blank, offset + range.lowerBound)
      add(.flag, offset + range.upperBound)
    }
    let arguments = tail.dropFirst(flagEnd)
    let lead = leadingSpaceCount(arguments)
    add(.blank, offset + flagEnd + lead)
    add(.argument, end)
    add(.blank, logical.count)
    return parts
  }

  /// Reads the `--name=value` words at the head of `line` as `extractBuilderFlags` does.
  ///
  /// - Returns: the flags, their ranges as offsets into `line`, and the offset where the arguments start.
  static func flags(in line: ArraySlice<UInt8>) -> (flags: [BuilderFlag], ranges: [Range<Int>], end: Int) {
    guard line.contains(.dash) else { return ([], [], 0) }
    let bytes = Array(line)
    var flags: [BuilderFlag] = []
    var ranges: [Range<Int>] = []
    var position = 0
    while position < bytes.count {
      // Bytes, not characters: 0x85 and 0xA0 inside a UTF-8 character count as blanks here.
      while position < bytes.count, isLatinSpace(bytes[position]) { position += 1 }
      guard position + 1 < bytes.count, bytes[position] == .dash, bytes[position + 1] == .dash else { break }
      let start = position
      var word: [UInt8] = []
      var quote: UInt8?
      scan: while position < bytes.count {
        let byte = bytes[position]
        switch (byte, quote) {
        case (let byte, nil) where isLatinSpace(byte): break scan
        case (.singleQuote, nil), (.doubleQuote, nil): quote = byte
        case (let byte, let open?) where byte == open: quote = nil
        case (.backslash, _):
          position += 1
          if position < bytes.count { word.append(bytes[position]) }
        default: word.append(byte)
        }
        position += 1
      }
      position = min(position, bytes.count)
      ranges.append(start..<position)
      if word.elementsEqual([.dash, .dash]) { return (flags, ranges, position) }
      flags.append(BuilderFlag(word: word.dropFirst(2)))
    }
    return (flags, ranges, ranges.isEmpty ? 0 : position)
  }

  private static func isLatinSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || byte == 0x85 || byte == 0xA0
  }

  /// Replaces bytes of the argument text; a range over several tokens leaves the trivia between them.
  static func replace(_ range: Range<Int>, with text: String, in tokens: inout [Token]) {
    var offset = 0
    var inserted = false
    for index in tokens.indices where tokens[index].kind == .argument {
      let length = tokens[index].bytes.count
      let lower = max(range.lowerBound - offset, 0)
      let upper = min(range.upperBound - offset, length)
      offset += length
      let holdsInsertion = range.isEmpty && lower == upper && lower <= length
      guard lower < upper || (holdsInsertion && !inserted) else { continue }
      var bytes = Array(tokens[index].bytes)
      bytes.replaceSubrange(lower..<upper, with: inserted ? [] : Array(text.utf8))
      tokens[index].bytes = bytes[...]
      inserted = true
    }
  }
}

extension BuilderFlag {
  /// Splits `name=value`; the bytes of a flag become one character each, as in Docker.
  fileprivate init(word: ArraySlice<UInt8>) {
    let parts = word.split(separator: .equals, maxSplits: 1, omittingEmptySubsequences: false)
    name = Self.latin(parts.first ?? [])
    value = parts.count > 1 ? Self.latin(parts[1]) : nil
  }

  private static func latin(_ bytes: ArraySlice<UInt8>) -> String {
    String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
