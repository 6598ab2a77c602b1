/// Reads a file's bytes into items by the rules of BuildKit's `parser.go`.
struct Parser {
  /// The longest physical line Docker reads, in bytes, without its line ending.
  static let longestLine = 65_535

  private let bytes: ArraySlice<UInt8>
  private var position = 0
  private var escape: UInt8
  private var directivesAllowed: Bool
  private var seenDirectives: Set<String> = []
  private var problems: [SyntaxProblem] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
    escape = .backslash
    directivesAllowed = true
  }

  /// Reads text that stands inside a file, where no directive counts any more.
  init(_ bytes: [UInt8], escape: UInt8) {
    self.bytes = bytes[...]
    self.escape = escape
    directivesAllowed = false
  }

  mutating func parse() -> Dockerfile {
    var items: [Item] = []
    var mark: Token?
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      mark = Token(.byteOrderMark, bytes[0..<3])
      position = 3
    }
    var hasInstruction = false
    while position < bytes.count || mark != nil {
      var item = parseItem()
      if let token = mark {
        item = item.prefixed(by: token)
        mark = nil
      }
      if case .instruction = item { hasInstruction = true }
      if case .unknown = item { hasInstruction = true }
      items.append(item)
    }
    if !hasInstruction { problems.append(SyntaxProblem(kind: .noInstructions, offset: 0)) }
    return Dockerfile(items: items, escape: escape, problems: problems)
  }

  private mutating func parseItem() -> Item {
    let start = position
    let line = readLine(startingAt: start)
    let indent = leadingSpaceCount(line.content)
    let content = line.content.dropFirst(indent)
    if content.isEmpty {
      directivesAllowed = false
      return .blank(Line(tokens: lineTokens(line, indent: line.content.count, kind: .comment)))
    }
    if content.first == .hash {
      let tokens = lineTokens(line, indent: indent, kind: .comment)
      if directivesAllowed, let directive = readDirective(content, tokens: tokens, at: start) {
        return .directive(directive)
      }
      directivesAllowed = false
      return .comment(Line(tokens: tokens))
    }
    directivesAllowed = false
    return parseInstruction(line, indent: indent, at: start)
  }

  // MARK: Lines

  struct PhysicalLine {
    /// The line without its trailing CR and LF bytes.
    var content: ArraySlice<UInt8>
    /// The CR and LF bytes at its end.
    var newline: ArraySlice<UInt8>
  }

  private mutating func readLine(startingAt start: Int) -> PhysicalLine {
    let end = bytes[position...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? bytes.endIndex
    var content = bytes[position..<end]
    while let last = content.last, last == .lineFeed || last == .carriageReturn { content.removeLast() }
    let length = bytes[position..<end].last == .lineFeed ? end - position - 1 : end - position
    if length > Self.longestLine { problems.append(SyntaxProblem(kind: .lineTooLong, offset: start)) }
    position = end
    return PhysicalLine(content: content, newline: bytes[content.endIndex..<end])
  }

  private func lineTokens(_ line: PhysicalLine, indent: Int, kind: Token.Kind) -> [Token] {
    var tokens: [Token] = []
    let cut = line.content.startIndex + indent
    if indent > 0 { tokens.append(Token(.indentation, line.content[..<cut])) }
    if cut < line.content.endIndex { tokens.append(Token(kind, line.content[cut...])) }
    if !line.newline.isEmpty { tokens.append(Token(.newline, line.newline)) }
    return tokens
  }

  // MARK: Directives

  private mutating func readDirective(_ content: ArraySlice<UInt8>, tokens: [Token], at offset: Int) -> Directive? {
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
    return Directive(tokens: tokens, name: name, value: value)
  }

  // MARK: Instructions

  /// The length of `content` before its escape character when the line continues; nil when it ends here.
  private func continuationCut(_ content: ArraySlice<UInt8>) -> Int? {
    var end = content.endIndex
    while end > content.startIndex, content[end - 1] == .space || content[end - 1] == .tab { end -= 1 }
    guard end > content.startIndex, content[end - 1] == escape else { return nil }
    if end - 2 >= content.startIndex, content[end - 2] == escape { return nil }
    return end - 1 - content.startIndex
  }

  private mutating func parseInstruction(_ first: PhysicalLine, indent: Int, at start: Int) -> Item {
    var line = InstructionLine()
    if indent > 0 { line.append(Token(.indentation, first.content.prefix(indent))) }
    var text = first.content.dropFirst(indent)
    var newline = first.newline
    while let cut = continuationCut(text) {
      let from = text.startIndex + cut
      line.append(text: text[..<from])
      line.append(Token(.continuation, bytes[from..<newline.endIndex]))
      guard let next = skipToContinuation(&line, start: start) else {
        (text, newline) = ([], [])
        break
      }
      (text, newline) = (next.content, next.newline)
    }
    line.append(text: text)
    var tokens = line.tokens()
    if !newline.isEmpty { tokens.append(Token(.newline, newline)) }
    let keyword = line.keyword
    var heredocs: [Heredoc] = []
    if let keyword, keyword.takesHeredocs, line.mayHoldHeredoc, line.acceptsHeredocs {
      heredocs = readHeredocs(of: line.logical, tokens: &tokens, start: start)
    }
    let instruction = Instruction(tokens: tokens, keyword: keyword, escape: escape, heredocs: heredocs)
    guard keyword != nil else { return .unknown(instruction) }
    problems.append(contentsOf: instruction.argumentProblems.map { SyntaxProblem(kind: $0, offset: start) })
    return .instruction(instruction)
  }

  /// Takes the comment and blank lines inside a continuation and returns the next line of text, if there is one.
  private mutating func skipToContinuation(_ line: inout InstructionLine, start: Int) -> PhysicalLine? {
    while position < bytes.endIndex {
      let next = readLine(startingAt: start)
      let indent = leadingSpaceCount(next.content)
      if indent == next.content.count {
        line.append(Token(.emptyLine, bytes[next.content.startIndex..<next.newline.endIndex]))
      } else if next.content[next.content.startIndex + indent] == .hash {
        for token in lineTokens(next, indent: indent, kind: .comment) {
          line.append(token.kind == .comment ? token : Token(.emptyLine, token.bytes))
        }
      } else {
        return next
      }
    }
    return nil
  }

  private mutating func readHeredocs(of logical: ArraySlice<UInt8>, tokens: inout [Token], start: Int) -> [Heredoc] {
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
      var terminator: PhysicalLine?
      var bodyEnd = position
      while position < bytes.endIndex {
        bodyEnd = position
        let line = readLine(startingAt: start)
        let candidate = word.stripsTabs ? line.content.drop(while: { $0 == .tab }) : line.content
        if candidate.elementsEqual(word.name) {
          terminator = line
          break
        }
        bodyEnd = position
      }
      let body = bytes[bodyStart..<bodyEnd]
      if !body.isEmpty { tokens.append(Token(.heredocBody, body)) }
      let name = String(decoding: word.name, as: UTF8.self)
      heredocs.append(
        Heredoc(
          name: name, body: body, stripsTabs: word.stripsTabs, expands: word.expands,
          fileDescriptor: word.fileDescriptor))
      guard let terminator else {
        problems.append(SyntaxProblem(kind: .unterminatedHeredoc(name), offset: start))
        break
      }
      tokens.append(Token(.heredocTerminator, terminator.content))
      if !terminator.newline.isEmpty { tokens.append(Token(.newline, terminator.newline)) }
    }
    return heredocs
  }
}

extension Item {
  /// The item with a byte order mark in front.
  func prefixed(by mark: Token) -> Item {
    switch self {
    case .directive(var directive):
      directive.tokens.insert(mark, at: 0)
      return .directive(directive)
    case .comment(var line):
      line.tokens.insert(mark, at: 0)
      return .comment(line)
    case .blank(var line):
      line.tokens.insert(mark, at: 0)
      return .blank(line)
    case .instruction(var instruction):
      instruction.tokens.insert(mark, at: 0)
      return .instruction(instruction)
    case .unknown(var instruction):
      instruction.tokens.insert(mark, at: 0)
      return .unknown(instruction)
    }
  }
}

extension Directive {
  /// Splits `# key = value`; nil when the line has not that form.
  static func split(_ content: ArraySlice<UInt8>) -> (name: String, value: String)? {
    var rest = content.dropFirst()
    rest = rest.dropFirst(leadingSpaceCount(rest))
    guard let first = rest.first, first.isLetter else { return nil }
    let name = rest.prefix { $0.isLetter || $0.isDigit }
    rest = rest.dropFirst(name.count)
    rest = rest.drop { $0.isWordBlank }
    guard rest.first == .equals else { return nil }
    rest = rest.dropFirst()
    rest = rest.drop { $0.isWordBlank }
    rest = rest.dropLast(trailingSpaceCount(rest))
    guard !rest.isEmpty else { return nil }
    return (String(decoding: name, as: UTF8.self).lowercased(), String(decoding: rest, as: UTF8.self))
  }
}
