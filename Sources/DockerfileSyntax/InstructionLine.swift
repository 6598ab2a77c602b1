/// The lines of one instruction, joined into the logical line that Docker reads, with the way back to the file.
struct InstructionLine {
  /// A range of the file and what it is; text counts as an argument until ``cut(_:)`` knows better.
  struct Part {
    var kind: Token.Kind
    var range: Range<Int>
  }

  /// The escape character in force, which flags heed.
  var escape: UInt8
  private var pieces: [Part] = []
  private var textCount = 0
  /// The parts of the lines in file order, after ``cut(_:)``.
  private(set) var parts: [Part] = []
  /// The instruction's keyword after ``cut(_:)``; nil for a word Docker does not know.
  private(set) var keyword: Keyword?

  init(escape: UInt8) {
    self.escape = escape
    pieces.reserveCapacity(16)
    parts.reserveCapacity(16)
  }

  mutating func removeAll() {
    pieces.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
    textCount = 0
    keyword = nil
  }

  mutating func append(_ kind: Token.Kind, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    pieces.append(Part(kind: kind, range: range))
    if kind == .argument { textCount += 1 }
  }

  /// The joined line; one line, by far the most common case, is not copied.
  func logical(in bytes: [UInt8]) -> ArraySlice<UInt8> {
    Self.joined(pieces.lazy.filter { $0.kind == .argument }, in: bytes)
  }

  /// The joined argument text, after ``cut(_:)``.
  func arguments(in bytes: [UInt8]) -> ArraySlice<UInt8> {
    Self.joined(parts.lazy.filter { $0.kind == .argument }, in: bytes)
  }

  /// Where the argument text starts in the file, after ``cut(_:)``.
  var argumentStart: Int? { parts.first { $0.kind == .argument }?.range.lowerBound }

  private static func joined(_ parts: some Sequence<Part>, in bytes: [UInt8]) -> ArraySlice<UInt8> {
    var result: ArraySlice<UInt8> = []
    for part in parts {
      if result.isEmpty { result = bytes[part.range] } else { result += bytes[part.range] }
    }
    return result
  }

  /// Whether `<<` may stand somewhere in the joined line, which is when Docker looks closer.
  func mayHoldHeredoc(in bytes: [UInt8]) -> Bool {
    for piece in pieces where piece.kind == .argument {
      var position = piece.range.lowerBound
      while let found = firstIndex(of: .lessThan, in: bytes, from: position, to: piece.range.upperBound) {
        // At a line's end the second one may stand on the next.
        if found + 1 == piece.range.upperBound || bytes[found + 1] == .lessThan { return true }
        position = found + 1
      }
    }
    return false
  }

  /// Whether the form of the arguments leaves room for heredocs: no JSON, and behind ONBUILD a trigger that takes them.
  static func acceptsHeredocs(_ logical: ArraySlice<UInt8>, escape: UInt8) -> Bool {
    let text = logical.dropFirst(leadingSpaceCount(logical))
    let word = text.prefix { !$0.isWordBlank }
    var rest = text.dropFirst(word.count).drop { $0.isWordBlank }
    if Keyword(word) == .onbuild {
      rest = rest.dropFirst(flags(in: rest, escape: escape).end).drop { $0.isWordBlank }
      guard let trigger = Keyword(rest.prefix { !$0.isWordBlank }), trigger != .onbuild, trigger.takesHeredocs else {
        return false
      }
      rest = rest.drop { !$0.isWordBlank }.drop { $0.isWordBlank }
    }
    let arguments = rest.dropFirst(flags(in: rest, escape: escape).end)
    let trimmed = arguments.dropFirst(leadingSpaceCount(arguments))
    return JSONForm.read(trimmed.dropLast(trailingSpaceCount(trimmed))) == .none
  }

  // MARK: Cutting

  /// Cuts the text of the lines into keyword, flags, arguments and the blanks between them.
  mutating func cut(_ bytes: [UInt8]) {
    if !cutPlainly(bytes) { cutJoined(bytes) }
  }

  /// Cuts a line whose keyword and flags stand each on one physical line, without joining anything.
  ///
  /// - Returns: false, with nothing done, for the rare line that is written otherwise.
  private mutating func cutPlainly(_ bytes: [UInt8]) -> Bool {
    guard let first = pieces.first, first.kind == .argument,
      let last = pieces.lastIndex(where: { $0.kind == .argument })
    else { return false }
    let end = pieces[last].range.upperBound - trailingSpaceCount(bytes[pieces[last].range])
    guard end > pieces[last].range.lowerBound else { return false }
    var position = first.range.lowerBound
    let firstEnd = last == 0 ? end : first.range.upperBound
    while position < firstEnd, !bytes[position].isWordBlank { position += 1 }
    guard position < firstEnd || last == 0 else { return false }
    keyword = Keyword(bytes[first.range.lowerBound..<position])
    parts.append(Part(kind: .keyword, range: first.range.lowerBound..<position))
    var isArgument = false
    for (index, piece) in pieces.enumerated() {
      guard piece.kind == .argument else {
        parts.append(piece)
        continue
      }
      let pieceEnd = index == last ? end : piece.range.upperBound
      position = index == 0 ? position : piece.range.lowerBound
      if !isArgument {
        let blank = position
        while position < pieceEnd, bytes[position].isWordBlank { position += 1 }
        if position < pieceEnd {
          guard bytes[position] < 0x80 else { return undo() }
          if blank < position { parts.append(Part(kind: .blank, range: blank..<position)) }
          if bytes[position] == .dash {
            guard let argument = cutFlags(bytes[position..<pieceEnd], isLast: index == last) else { return undo() }
            position = argument
          }
          isArgument = true
        } else if blank < position {
          parts.append(Part(kind: .blank, range: blank..<position))
        }
      }
      if position < pieceEnd { parts.append(Part(kind: .argument, range: position..<pieceEnd)) }
      if pieceEnd < piece.range.upperBound {
        parts.append(Part(kind: .blank, range: pieceEnd..<piece.range.upperBound))
      }
    }
    return true
  }

  private mutating func undo() -> Bool {
    parts.removeAll(keepingCapacity: true)
    keyword = nil
    return false
  }

  /// Cuts the flags at the head of a line; nil when the line that follows may still belong to them.
  private mutating func cutFlags(_ text: ArraySlice<UInt8>, isLast: Bool) -> Int? {
    let (ranges, length) = Self.flagRanges(in: text, escape: escape)
    var position = text.startIndex
    for range in ranges {
      let flag = (text.startIndex + range.lowerBound)..<(text.startIndex + range.upperBound)
      if position < flag.lowerBound { parts.append(Part(kind: .blank, range: position..<flag.lowerBound)) }
      parts.append(Part(kind: .flag, range: flag))
      position = flag.upperBound
    }
    let arguments = text[(text.startIndex + length)...]
    let start = arguments.startIndex + leadingSpaceCount(arguments)
    if position < start { parts.append(Part(kind: .blank, range: position..<start)) }
    // A lone dash at the line's end may be half of a flag.
    let isWhole = text.endIndex - start > 1 || (start < text.endIndex && text[start] != .dash)
    return isWhole || isLast ? start : nil
  }

  /// Joins the lines, cuts the joined line, and finds the way back.
  mutating func cutJoined(_ bytes: [UInt8]) {
    let logical = logical(in: bytes)
    let word = logical.dropFirst(leadingSpaceCount(logical)).prefix { !$0.isWordBlank }
    keyword = Keyword(word)
    let cuts = Self.cuts(of: logical, escape: escape)
    var cut = 0
    var offset = 0
    for piece in pieces {
      guard piece.kind == .argument else {
        parts.append(piece)
        continue
      }
      var position = piece.range.lowerBound
      while position < piece.range.upperBound {
        while cut + 1 < cuts.count, cuts[cut].end <= offset { cut += 1 }
        let length = min(piece.range.upperBound - position, cuts[cut].end - offset)
        parts.append(Part(kind: cuts[cut].kind, range: position..<(position + length)))
        position += length
        offset += length
      }
    }
  }

  /// The parts of a logical line, each with the offset where it ends; together they cover it.
  private static func cuts(of logical: ArraySlice<UInt8>, escape: UInt8) -> [(kind: Token.Kind, end: Int)] {
    var cuts: [(kind: Token.Kind, end: Int)] = []
    func add(_ kind: Token.Kind, _ end: Int) {
      if end > (cuts.last?.end ?? 0) { cuts.append((kind, end)) }
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
    let (ranges, flagEnd) = flagRanges(in: tail, escape: escape)
    for range in ranges {
      add(.blank, offset + range.lowerBound)
      add(.flag, offset + range.upperBound)
    }
    let arguments = tail.dropFirst(flagEnd)
    add(.blank, offset + flagEnd + leadingSpaceCount(arguments))
    add(.argument, end)
    add(.blank, logical.count)
    return cuts
  }

  // MARK: Flags

  /// Reads the `--name=value` words at the head of `line` as `extractBuilderFlags` does.
  ///
  /// - Returns: the flags, and the offset where the arguments start.
  static func flags(in line: ArraySlice<UInt8>, escape: UInt8) -> (flags: [BuilderFlag], end: Int) {
    var flags: [BuilderFlag] = []
    let end = flagRanges(in: line, escape: escape) { word in
      if !word.elementsEqual([.dash, .dash]) { flags.append(BuilderFlag(word: word.dropFirst(2))) }
    }.end
    return (flags, end)
  }

  /// The ranges of the flags as offsets into `line`, and the offset where the arguments start.
  static func flagRanges(
    in line: ArraySlice<UInt8>, escape: UInt8, word take: (([UInt8]) -> Void)? = nil
  ) -> (ranges: [Range<Int>], end: Int) {
    var ranges: [Range<Int>] = []
    var position = line.startIndex
    while position < line.endIndex {
      // Bytes, not characters: 0x85 and 0xA0 inside a UTF-8 character count as blanks here.
      while position < line.endIndex, line[position].isLatinSpace { position += 1 }
      guard position + 1 < line.endIndex, line[position] == .dash, line[position + 1] == .dash else { break }
      let start = position
      var word: [UInt8] = []
      var quote: UInt8?
      scan: while position < line.endIndex {
        let byte = line[position]
        switch (byte, quote) {
        case (let byte, nil) where byte.isLatinSpace: break scan
        case (.singleQuote, nil), (.doubleQuote, nil): quote = byte
        case (let byte, let open?) where byte == open: quote = nil
        case (escape, _):
          position += 1
          if position < line.endIndex { word.append(line[position]) }
        default: word.append(byte)
        }
        position += 1
      }
      position = min(position, line.endIndex)
      ranges.append((start - line.startIndex)..<(position - line.startIndex))
      take?(word)
      if word.elementsEqual([.dash, .dash]) { break }
    }
    return (ranges, position - line.startIndex)
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
