/// The tokens of one item, in file order; put end to end they are the item's bytes.
///
/// All items of a parsed file share its bytes and one table of tokens, so that taking an item out of a file, or a token
/// out of an item, copies nothing.
public struct Tokens: RandomAccessCollection, Sendable {
  let table: TokenTable
  private let entries: Range<Int>

  /// The tokens of a part of a table.
  init(of table: TokenTable, _ entries: Range<Int>) {
    self.table = table
    self.entries = entries
  }

  /// Puts tokens of any origin into a table of their own; those without bytes are left out.
  init(_ tokens: some Sequence<Token>) {
    var bytes: [UInt8] = []
    var entries: [TokenTable.Entry] = []
    for token in tokens where !token.bytes.isEmpty {
      bytes.append(contentsOf: token.bytes)
      entries.append(TokenTable.Entry(kind: token.kind, end: bytes.count))
    }
    let table = TokenTable(bytes)
    table.fill(entries)
    self.init(of: table, 0..<entries.count)
  }

  /// The place of the first token.
  public var startIndex: Int { 0 }
  /// The place behind the last token.
  public var endIndex: Int { entries.count }

  /// The token at a place, counted from 0.
  public subscript(position: Int) -> Token {
    Token(table.entries[entries.lowerBound + position].kind, table.bytes[range(at: position)])
  }

  /// The bytes of all tokens.
  public var bytes: ArraySlice<UInt8> {
    isEmpty ? [] : table.bytes[range(at: 0).lowerBound..<range(at: count - 1).upperBound]
  }

  /// The bytes of the tokens of some kinds; a single one's, the usual case, are not copied.
  func bytes(where isWanted: (Token.Kind) -> Bool) -> ArraySlice<UInt8> {
    var joined: ArraySlice<UInt8> = []
    for position in indices where isWanted(table.entries[entries.lowerBound + position].kind) {
      let piece = table.bytes[range(at: position)]
      if joined.isEmpty { joined = piece } else { joined += piece }
    }
    return joined
  }

  func append(to output: inout [UInt8]) {
    table.bytes.withUnsafeBufferPointer { bytes in
      for position in indices { output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range(at: position)])) }
    }
  }

  private func range(at position: Int) -> Range<Int> {
    let index = entries.lowerBound + position
    return (index == 0 ? 0 : table.entries[index - 1].end)..<table.entries[index].end
  }
}

extension Tokens: Hashable {
  /// Whether two rows hold the same tokens, wherever they come from.
  public static func == (left: Tokens, right: Tokens) -> Bool { left.elementsEqual(right) }

  /// Hashes the tokens.
  public func hash(into hasher: inout Hasher) {
    for token in self { hasher.combine(token) }
  }
}

/// A file's bytes and the tokens that they are cut into, shared by all its items.
final class TokenTable: @unchecked Sendable {
  /// A token's kind and where it ends; it starts where the one before it ends.
  struct Entry {
    var kind: Token.Kind
    var end: Int
  }

  let bytes: [UInt8]
  private(set) var entries: [Entry] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Fills the table; to be called once, by the parser, when it has read all.
  func fill(_ entries: [Entry]) { self.entries = entries }
}
