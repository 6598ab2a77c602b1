/// A Dockerfile as a lossless tree: items whose bytes, put end to end, are the file.
///
/// Parsing cannot fail. What Docker's parser would refuse is kept byte for byte and described in
/// ``problems``.
///
///     let file = Dockerfile(parsing: "FROM alpine\nRUN apk add git # tools\n")
///     file.instructions.count        // 2
///     file.text                      // the same text again, built from the tokens
public struct Dockerfile: Sendable, Hashable {
  /// The items in file order.
  public var items: [Item]
  /// The escape character: a backslash unless an `escape` directive says a backtick.
  public internal(set) var escape: UInt8
  /// What Docker's parser would refuse, in file order.
  public internal(set) var problems: [SyntaxProblem]

  /// Makes a file from items, as an edit does.
  public init(items: [Item], escape: UInt8 = UInt8(ascii: "\\"), problems: [SyntaxProblem] = []) {
    self.items = items
    self.escape = escape
    self.problems = problems
  }

  /// Parses a file's text.
  public init(parsing text: String) {
    self.init(parsing: Array(text.utf8))
  }

  /// Parses a file's bytes; every byte finds its place in the tree.
  public init(parsing bytes: [UInt8]) {
    var parser = Parser(bytes)
    self = parser.parse()
  }

  /// The instructions in file order.
  public var instructions: [Instruction] {
    items.compactMap { if case .instruction(let instruction) = $0 { instruction } else { nil } }
  }

  /// The line on which each instruction starts, counted from 1, in the order of ``instructions``.
  public var instructionLines: [Int] {
    var lines: [Int] = []
    var line = 1
    for item in items {
      if case .instruction = item { lines.append(line) }
      for token in item.tokens { for byte in token.bytes where byte == .lineFeed { line += 1 } }
    }
    return lines
  }

  /// The file's bytes, emitted token by token.
  public var bytes: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(items.first?.tokens.table.bytes.count ?? 0)
    for item in items { item.tokens.append(to: &output) }
    return output
  }

  /// The file as text; bytes that are no UTF-8 show as U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The parser directives, in file order.
  public var directives: [Directive] {
    items.compactMap { if case .directive(let directive) = $0 { directive } else { nil } }
  }
}

/// A top-level part of a Dockerfile.
public enum Item: Sendable, Hashable {
  /// A parser directive such as `# syntax=docker/dockerfile:1`.
  case directive(Directive)
  /// A comment line.
  case comment(Line)
  /// A line of blanks, or an empty one.
  case blank(Line)
  /// An instruction with all its lines and heredocs.
  case instruction(Instruction)
  /// A line whose first word is no instruction.
  case unknown(Instruction)

  /// The item's tokens in file order.
  public var tokens: Tokens {
    switch self {
    case .directive(let directive): directive.tokens
    case .comment(let line), .blank(let line): line.tokens
    case .instruction(let instruction), .unknown(let instruction): instruction.tokens
    }
  }

  /// The item as text.
  public var text: String { String(decoding: tokens.bytes, as: UTF8.self) }
}

/// A comment or blank line.
public struct Line: Sendable, Hashable {
  /// Indentation, the comment if there is one, and the line ending.
  public internal(set) var tokens: Tokens

  /// The comment with its `#`, or an empty string for a blank line.
  public var comment: String { tokens.first { $0.kind == .comment }?.text ?? "" }
}

/// A parser directive: `# key=value` at the very top of the file.
public struct Directive: Sendable, Hashable {
  /// The line's tokens.
  public internal(set) var tokens: Tokens
  /// The directive's name in lower case: `syntax`, `escape` or `check`.
  public internal(set) var name: String
  /// The value without blanks around it.
  public internal(set) var value: String
}

/// Something Docker's parser refuses.
public struct SyntaxProblem: Sendable, Hashable, Error {
  /// What is wrong.
  public enum Kind: Sendable, Hashable {
    /// A physical line of more than 65,535 bytes.
    case lineTooLong
    /// The same directive twice.
    case repeatedDirective(String)
    /// An `escape` directive that is neither a backslash nor a backtick.
    case invalidEscape(String)
    /// A heredoc without its closing line.
    case unterminatedHeredoc(String)
    /// A heredoc word that does not lex, such as one with an open quote.
    case malformedHeredoc(String)
    /// Valid JSON that is no array of strings.
    case nonStringInJSON
    /// ENV or LABEL without a value.
    case missingValue(String)
    /// An instruction line that Docker cannot read at all.
    case noInstructions
    /// ONBUILD inside a trigger that cannot be read.
    case malformed(String)
  }

  /// What is wrong.
  public var kind: Kind
  /// Where the item starts that has the problem, in bytes from the file's start.
  public var offset: Int

  /// One sentence for a person.
  public var message: String {
    switch kind {
    case .lineTooLong: "the line is longer than the 65535 bytes Docker reads"
    case .repeatedDirective(let name): "only one \(name) parser directive can be used"
    case .invalidEscape(let value): "invalid escape directive '\(value)': use a backslash or a backtick"
    case .unterminatedHeredoc(let name): "the heredoc '\(name)' is not closed"
    case .malformedHeredoc(let word): "the heredoc word '\(word)' is malformed"
    case .nonStringInJSON: "only strings are allowed in the JSON form"
    case .missingValue(let keyword): "\(keyword) needs a name and a value"
    case .noInstructions: "the file has no instructions"
    case .malformed(let message): message
    }
  }
}
