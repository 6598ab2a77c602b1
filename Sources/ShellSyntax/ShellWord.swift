/// A shell word as a row of parts.
public struct ShellWord: Sendable, Hashable {
  /// A piece of a word.
  public enum Part: Sendable, Hashable {
    /// Text that stands for itself, quotes and escapes removed.
    case literal(String)
    /// `$name` or `${name}`.
    case variable(String)
    /// An unquoted `*`, `?`, `[…]` or `{…}` that the shell expands.
    case pattern(String)
    /// A command substitution, arithmetic, or another expansion, as written.
    case opaque(String)
  }

  /// The parts in order.
  public var parts: [Part]
  /// Where the word stands in the text, in bytes.
  public var range: Range<Int>
  /// Where each of the parts stands in the text, in bytes, the quotes at its ends left out; empty for a word without a
  /// text.
  public internal(set) var partRanges: [Range<Int>] = []
  /// Whether any part was quoted.
  public var isQuoted: Bool

  /// Makes a word, as tests and callers without a text do.
  public init(parts: [Part], range: Range<Int> = 0..<0, isQuoted: Bool = false) {
    self.parts = parts
    self.range = range
    self.isQuoted = isQuoted
    partRanges = parts.count == 1 && !range.isEmpty ? [range] : []
  }

  /// Makes a word of plain text, as the exec form has it.
  public init(literal: String) {
    self.init(parts: [.literal(literal)], isQuoted: true)
  }

  /// The word's text when it holds nothing to expand.
  public var literal: String? {
    var text = ""
    for part in parts {
      guard case .literal(let piece) = part else { return nil }
      text += piece
    }
    return text
  }

  /// The word's text with variables filled in; nil when a variable is unknown or a part is opaque.
  ///
  /// Patterns stay as they are written.
  public func expanded(_ value: (String) -> String?) -> String? {
    var text = ""
    for part in parts {
      switch part {
      case .literal(let piece), .pattern(let piece): text += piece
      case .variable(let name):
        guard let known = value(name) else { return nil }
        text += known
      case .opaque: return nil
      }
    }
    return text
  }

  /// The word's text with its quotes removed and every expansion as it is written.
  ///
  /// For example: `"jcmd $pid; kill $pid"` behind `trap`, which is a script of its own.
  public var unquoted: String {
    parts.map { part in
      switch part {
      case .literal(let piece), .pattern(let piece), .opaque(let piece): piece
      case .variable(let name): "${\(name)}"
      }
    }.joined()
  }

  /// Whether the shell expands a pattern in the word.
  public var hasPattern: Bool {
    parts.contains { if case .pattern = $0 { true } else { false } }
  }

  /// The variables the word reads, those inside opaque parts included.
  public var variables: Set<String> {
    var names: Set<String> = []
    for part in parts {
      switch part {
      case .variable(let name): names.insert(name)
      case .opaque(let text), .pattern(let text): names.formUnion(ShellWord.variableNames(in: text))
      default: break
      }
    }
    return names
  }

  /// Every name that follows a `$` or `${` in a text, quoted or not.
  public static func variableNames(in text: String) -> Set<String> {
    var names: Set<String> = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
        index += 1
        continue
      }
      var start = index + 1
      if bytes[start] == UInt8(ascii: "{") { start += 1 }
      while start < bytes.count, bytes[start] == UInt8(ascii: "#") || bytes[start] == UInt8(ascii: "!") { start += 1 }
      var end = start
      while end < bytes.count, isNameByte(bytes[end]) { end += 1 }
      if end > start { names.insert(String(decoding: bytes[start..<end], as: UTF8.self)) }
      index = max(end, index + 1)
    }
    return names
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A) || byte == 0x5F
  }
}
