/// Reads a file's bytes into items by the rules of BuildKit's `parser.go`.
struct Parser {
  /// The longest physical line Docker reads, in bytes, without its line ending.
  static let longestLine = 65_535

  let bytes: [UInt8]
  var position = 0
  var escape: UInt8
  private var directivesAllowed: Bool
  private var seenDirectives: Set<String> = []
  var problems: [SyntaxProblem] = []
  private let table: TokenTable
  private var entries: [TokenTable.Entry] = []
  private var items: [Item] = []
  /// How many entries belong to finished items.
  private var takenCount = 0
  private var hasInstruction = false
  /// The lines of the current instruction; kept for the room it has.
  var line: InstructionLine

  init(_ bytes: [UInt8]) {
    self.init(bytes, escape: .backslash)
    directivesAllowed = true
  }

  /// Reads text that stands inside a file, where no directive counts any more.
  init(_ bytes: [UInt8], escape: UInt8) {
    self.bytes = bytes
    self.escape = escape
    line = InstructionLine(escape: escape)
    table = TokenTable(bytes)
    directivesAllowed = false
  }

  mutating func parse() -> Dockerfile {
    entries.reserveCapacity(bytes.count / 8 + 8)
    items.reserveCapacity(bytes.count / 32 + 8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      add(.byteOrderMark, to: 3)
      position = 3
      if bytes.count == 3 { items.append(.blank(Line(tokens: takeTokens()))) }
    }
    while position < bytes.count { parseItem() }
    if !hasInstruction { problems.append(SyntaxProblem(kind: .noInstructions, offset: 0)) }
    table.fill(entries)
    return Dockerfile(items: items, escape: escape, problems: problems)
  }

  /// Notes a token that ends at `end`; none when it would hold no bytes.
  mutating func add(_ kind: Token.Kind, to end: Int) {
    guard end > (entries.last?.end ?? 0) else { return }
    entries.append(TokenTable.Entry(kind: kind, end: end))
  }

  /// The tokens noted since the last item was finished.
  private mutating func takeTokens() -> Tokens {
    defer { takenCount = entries.count }
    return Tokens(of: table, takenCount..<entries.count)
  }

  private mutating func finishInstruction(_ keyword: Keyword?, _ heredocs: [Heredoc]) {
    hasInstruction = true
    let instruction = Instruction(tokens: takeTokens(), keyword: keyword, escape: escape, heredocs: heredocs)
    items.append(keyword == nil ? .unknown(instruction) : .instruction(instruction))
  }

  private mutating func parseItem() {
    let start = position
    let line = readLine(startingAt: start)
    let text = line.start + leadingSpaceCount(bytes, in: line.start..<line.end)
    if text == line.end {
      directivesAllowed = false
      add(.indentation, to: line.end)
      add(.newline, to: position)
      items.append(.blank(Line(tokens: takeTokens())))
    } else if bytes[text] == .hash {
      let directive = directivesAllowed ? readDirective(bytes[text..<line.end], at: start) : nil
      if directive == nil { directivesAllowed = false }
      add(.indentation, to: text)
      add(.comment, to: line.end)
      add(.newline, to: position)
      let tokens = takeTokens()
      items.append(
        directive.map { .directive(Directive(tokens: tokens, name: $0.name, value: $0.value)) }
          ?? .comment(Line(tokens: tokens)))
    } else {
      directivesAllowed = false
      parseInstruction(line, textStart: text)
    }
  }

  // MARK: Lines

  /// A physical line, without the CR and LF bytes at its end; ``position`` stands behind those.
  struct PhysicalLine {
    var start: Int
    var end: Int
  }

  /// Reads the next line; `start` is where a problem with it is reported.
  mutating func readLine(startingAt item: Int) -> PhysicalLine {
    let start = position
    let lineFeed = firstIndex(of: .lineFeed, in: bytes, from: start)
    position = lineFeed.map { $0 + 1 } ?? bytes.count
    var end = position
    while end > start, bytes[end - 1] == .lineFeed || bytes[end - 1] == .carriageReturn { end -= 1 }
    // A byte order mark counts, although it is no part of the line.
    let counted = start == 3 && entries.first?.kind == .byteOrderMark ? 0 : start
    if (lineFeed ?? bytes.count) - counted > Self.longestLine {
      problems.append(SyntaxProblem(kind: .lineTooLong, offset: item))
    }
    return PhysicalLine(start: start, end: end)
  }

  // MARK: Directives

  private mutating func readDirective(_ content: ArraySlice<UInt8>, at offset: Int) -> (name: String, value: String)? {
    guard let (name, value) = Directive.split(content), ["syntax", "escape", "check"].contains(name) else { return nil }
    if !seenDirectives.insert(name).inserted {
      problems.append(SyntaxProblem(kind: .repeatedDirective(name), offset: offset))
    }
    if name == "escape" {
      switch value {
      case "\\": escape = .backslash
      case "`": escape = .backtick
      default: problems.append(SyntaxProblem(kind: .invalidEscape(value), offset: offset))
      }
    }
    return (name, value)
  }

  // MARK: Instructions

  /// Where the escape character stands that continues a line; nil when the line ends the instruction.
  private func continuation(in text: Range<Int>) -> Int? {
    var end = text.upperBound
    while end > text.lowerBound, bytes[end - 1] == .space || bytes[end - 1] == .tab { end -= 1 }
    guard end > text.lowerBound, bytes[end - 1] == escape else { return nil }
    if end - 2 >= text.lowerBound, bytes[end - 2] == escape { return nil }
    return end - 1
  }

  private mutating func parseInstruction(_ first: PhysicalLine, textStart: Int) {
    let start = first.start
    add(.indentation, to: textStart)
    line.removeAll()
    line.escape = escape
    var text = textStart..<first.end
    while let cut = continuation(in: text) {
      line.append(.argument, text.lowerBound..<cut)
      line.append(.continuation, cut..<position)
      guard let next = skipToContinuation(startingAt: start) else {
        text = position..<position
        break
      }
      text = next.start..<next.end
    }
    line.append(.argument, text)
    line.cut(bytes)
    for part in line.parts { add(part.kind, to: part.range.upperBound) }
    // A line that ends in a continuation has its line ending there.
    if text.upperBound < position { add(.newline, to: position) }

    finishInstruction(startingAt: start)
  }

  private mutating func finishInstruction(startingAt start: Int) {
    guard let keyword = line.keyword else { return finishInstruction(nil, []) }
    var heredocs: [Heredoc] = []
    if keyword.takesHeredocs, line.mayHoldHeredoc(in: bytes) {
      let logical = line.logical(in: bytes)
      if InstructionLine.acceptsHeredocs(logical, escape: escape) {
        heredocs = readHeredocs(of: logical, startingAt: start)
      }
    }
    if Instruction.mayHaveProblems(keyword, firstByte: line.argumentStart.map { bytes[$0] }) {
      for kind in Instruction.problems(of: keyword, line.arguments(in: bytes), escape: escape) {
        problems.append(SyntaxProblem(kind: kind, offset: start))
      }
    }
    finishInstruction(keyword, heredocs)
  }

  /// Takes the comment and blank lines inside a continuation and returns the next line of text, if there is one.
  private mutating func skipToContinuation(startingAt item: Int) -> PhysicalLine? {
    while position < bytes.count {
      let next = readLine(startingAt: item)
      let text = next.start + leadingSpaceCount(bytes, in: next.start..<next.end)
      if text == next.end {
        line.append(.emptyLine, next.start..<position)
      } else if bytes[text] == .hash {
        line.append(.emptyLine, next.start..<text)
        line.append(.comment, text..<next.end)
        line.append(.emptyLine, next.end..<position)
      } else {
        return next
      }
    }
    return nil
  }

  private mutating func readHeredocs(of logical: ArraySlice<UInt8>, startingAt start: Int) -> [Heredoc] {
    var heredocs: [Heredoc] = []
    let words: [HeredocWord]
    do {
      words = try HeredocWord.all(in: logical)
    } catch {
      problems.append(SyntaxProblem(kind: .malformedHeredoc(error.word), offset: start))
      return []
    }
    for word in words {
      let bodyStart = position
      var bodyEnd = position
      var terminator: PhysicalLine?
      while position < bytes.count {
        bodyEnd = position
        let line = readLine(startingAt: start)
        let candidate = bytes[line.start..<line.end]
        if (word.stripsTabs ? candidate.drop { $0 == .tab } : candidate).elementsEqual(word.name) {
          terminator = line
          break
        }
        bodyEnd = position
      }
      add(.heredocBody, to: bodyEnd)
      let name = String(decoding: word.name, as: UTF8.self)
      heredocs.append(
        Heredoc(
          name: name, body: bytes[bodyStart..<bodyEnd], stripsTabs: word.stripsTabs, expands: word.expands,
          fileDescriptor: word.fileDescriptor))
      guard let terminator else {
        problems.append(SyntaxProblem(kind: .unterminatedHeredoc(name), offset: start))
        break
      }
      add(.heredocTerminator, to: terminator.end)
      add(.newline, to: position)
    }
    return heredocs
  }
}

extension Directive {
  /// Splits `# key = value`; nil when the line has not that form.
  ///
  /// By Docker's expression `^([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$` behind the `#` and Unicode blanks, with tab, FF, CR and
  /// the space as its own blanks; a value of nothing but blanks is the last of them.
  static func split(_ content: ArraySlice<UInt8>) -> (name: String, value: String)? {
    let isBlank = { (byte: UInt8) in byte.isWordBlank && byte != 0x0B }
    var rest = content.dropFirst()
    rest = rest.dropFirst(leadingSpaceCount(rest))
    guard let first = rest.first, first.isLetter else { return nil }
    let name = rest.prefix { $0.isLetter || $0.isDigit }
    rest = rest.dropFirst(name.count)
    rest = rest.drop(while: isBlank)
    guard rest.first == .equals else { return nil }
    let value = rest.dropFirst()
    rest = value.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    if rest.isEmpty { rest = value.suffix(1) }
    guard !rest.isEmpty else { return nil }
    return (String(decoding: name, as: UTF8.self).lowercased(), String(decoding: rest, as: UTF8.self))
  }
}
