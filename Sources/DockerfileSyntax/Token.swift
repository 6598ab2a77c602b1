/// The smallest piece of a Dockerfile; the tokens of an item, put end to end, are its bytes.
///
/// A token either points into the file it was parsed from or carries text of its own making; both
/// are a slice, so that tokens move freely from one tree to another.
public struct Token: Sendable, Hashable {
  /// What a token is to Docker's parser.
  public enum Kind: UInt8, Sendable, Hashable {
    /// The byte order mark.
    case byteOrderMark
    /// Blanks before the first character of an item.
    case indentation
    /// The instruction's keyword, or a part of it when a continuation cuts it.
    case keyword
    /// Blanks between the parts of an instruction.
    case blank
    /// A `--name=value` word before the arguments.
    case flag
    /// Argument text.
    case argument
    /// The escape character at a line's end, blanks behind it, and the line ending.
    case continuation
    /// A comment line, without its line ending.
    case comment
    /// A blank line inside a continued instruction, with its line ending.
    case emptyLine
    /// The line ending of an item.
    case newline
    /// The lines of a heredoc before its terminator.
    case heredocBody
    /// The terminator of a heredoc, without its line ending.
    case heredocTerminator
  }

  /// What the token is.
  public var kind: Kind
  /// The token's bytes, as they stand in the file.
  public var bytes: ArraySlice<UInt8>

  /// Makes a token from a slice of a file.
  public init(_ kind: Kind, _ bytes: ArraySlice<UInt8>) {
    self.kind = kind
    self.bytes = bytes
  }

  /// Makes a token from new text.
  public init(_ kind: Kind, _ text: String) {
    self.init(kind, ArraySlice(text.utf8))
  }

  /// The token's bytes as text; bytes that are no UTF-8 show as U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether the token's bytes belong to the logical line, which Docker reads after joining continuations.
  var isLogical: Bool {
    switch kind {
    case .indentation, .keyword, .blank, .flag, .argument: true
    default: false
    }
  }
}
