/// One instruction: keyword, flags, arguments and heredocs, with every blank, comment and line ending between them.
public struct Instruction: Sendable, Hashable {
  /// The tokens in file order; put end to end they are the instruction's bytes.
  public internal(set) var tokens: Tokens
  /// The keyword, or nil for a word Docker does not know.
  public internal(set) var keyword: Keyword?
  /// The escape character in force where the instruction was parsed.
  public internal(set) var escape: UInt8
  /// The heredocs, in the order of their bodies.
  public internal(set) var heredocs: [Heredoc]

  /// Parses the text of exactly one instruction.
  ///
  /// - Returns: nil when the text is not one instruction.
  public init?(parsing text: String, escape: UInt8 = UInt8(ascii: "\\")) {
    var parser = Parser(Array(text.utf8), escape: escape)
    let file = parser.parse()
    guard file.problems.isEmpty, file.items.count == 1, case .instruction(let instruction) = file.items[0] else {
      return nil
    }
    self = instruction
  }

  init(tokens: Tokens, keyword: Keyword?, escape: UInt8, heredocs: [Heredoc]) {
    self.tokens = tokens
    self.keyword = keyword
    self.escape = escape
    self.heredocs = heredocs
  }

  /// The instruction's bytes.
  public var bytes: [UInt8] { Array(tokens.bytes) }

  /// The instruction as text, with its line ending.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The arguments' logical text: continuations joined, comments between them left out, blanks at both ends cut.
  public var arguments: String { String(decoding: argumentBytes, as: UTF8.self) }

  /// The bytes of ``arguments``.
  public var argumentBytes: ArraySlice<UInt8> {
    tokens.bytes { $0 == .argument }
  }

  /// The `--name=value` words before the arguments.
  public var flags: [BuilderFlag] {
    guard let last = tokens.lastIndex(where: { $0.kind == .flag }) else { return [] }
    let line = tokens[...last].filter { $0.kind == .flag || $0.kind == .blank }.flatMap(\.bytes)
    return InstructionLine.flags(in: ArraySlice(line), escape: escape).flags
  }

  /// The value of the first flag of that name; an empty string for a flag without one.
  public func flag(_ name: String) -> String? {
    flags.first { $0.name == name }.map { $0.value ?? "" }
  }

  /// The joined line that Docker reads: keyword, flags and arguments, without the blanks before the first line.
  public var logicalText: String {
    let logical = tokens.filter { $0.kind != .byteOrderMark }.drop { $0.kind == .indentation }.filter(\.isLogical)
    return String(decoding: logical.flatMap(\.bytes), as: UTF8.self)
  }

  /// Whether a blank line stands inside the continued instruction, which Docker warns about.
  public var hasEmptyContinuation: Bool {
    tokens.indices.contains { index in
      guard tokens[index].kind == .emptyLine else { return false }
      let bytes = tokens[index].bytes
      // Before a comment stands its indentation, behind it its line ending.
      let isIndentation = !bytes.contains(.lineFeed) && index + 1 < tokens.count && tokens[index + 1].kind == .comment
      let isLineEnding = index > 0 && tokens[index - 1].kind == .comment
      return !isIndentation && !isLineEnding && leadingSpaceCount(bytes) == bytes.count
    }
  }

  /// The instruction behind ONBUILD, which Docker reads as one line and not as a file; nil for another instruction.
  public var trigger: Instruction? {
    keyword == .onbuild && !argumentBytes.isEmpty ? Instruction(line: argumentBytes, escape: escape) : nil
  }

  /// Reads a joined line, in which no comment, continuation or heredoc counts any more.
  init(line: ArraySlice<UInt8>, escape: UInt8) {
    let bytes = Array(line)
    var cut = InstructionLine(escape: escape)
    cut.append(.argument, 0..<bytes.count)
    cut.cut(bytes)
    let tokens = Tokens(cut.parts.map { Token($0.kind, bytes[$0.range]) })
    self.init(tokens: tokens, keyword: cut.keyword, escape: escape, heredocs: [])
  }

  /// Whether the text ends in an escape, which would swallow the line behind it.
  var endsInContinuation: Bool {
    tokens.last { $0.kind != .newline && $0.kind != .blank }?.kind == .continuation
  }
}

/// A `--name=value` word of an instruction.
public struct BuilderFlag: Sendable, Hashable {
  /// The name without its dashes.
  public var name: String
  /// The value, or nil for a flag without `=`.
  public var value: String?

  /// Makes a flag.
  public init(name: String, value: String?) {
    self.name = name
    self.value = value
  }
}

/// A here-document of a RUN, COPY or ADD.
public struct Heredoc: Sendable, Hashable {
  /// The name as Docker compares it with the closing line.
  public var name: String
  /// The body as it stands in the file, leading tabs of `<<-` included.
  public var body: ArraySlice<UInt8>
  /// Whether the word was `<<-`, which ignores leading tabs.
  public var stripsTabs: Bool
  /// Whether variables in the body are expanded, that is, the word held no quotes.
  public var expands: Bool
  /// The file descriptor before `<<`, 0 when none is given.
  public var fileDescriptor: UInt64
}
