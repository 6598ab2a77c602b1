/// The tokens of one item, in file order; put end to end they are the item's bytes.
///
/// All items of a parsed file share its bytes and one table of tokens, so that taking an item out of a file, or a token
/// out of an item, copies nothing.
public struct Tokens: RandomAccessCollection, Sendable {
  /// A token's kind and where it ends; it starts where the one before it ends.
  struct Entry {
    var kind: Token.Kind
    var end: Int
  }

  private let source: [UInt8]
  private let table: [Entry]
  private let entries: Range<Int>

  /// The tokens of a part of a file's table.
  init(of source: [UInt8], table: [Entry], _ entries: Range<Int>) {
    self.source = source
    self.table = table
    self.entries = entries
  }

  /// Puts tokens of any origin into a table of their own; those without bytes are left out.
  init(_ tokens: some Sequence<Token>) {
    var source: [UInt8] = []
    var table: [Entry] = []
    for token in tokens where !token.bytes.isEmpty {
      source.append(contentsOf: token.bytes)
      table.append(Entry(kind: token.kind, end: source.count))
    }
    self.init(of: source, table: table, 0..<table.count)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { entries.count }

  public subscript(position: Int) -> Token {
    Token(table[entries.lowerBound + position].kind, source[range(at: position)])
  }

  /// The bytes of all tokens.
  public var bytes: ArraySlice<UInt8> {
    isEmpty ? [] : source[range(at: 0).lowerBound..<range(at: count - 1).upperBound]
  }

  /// How many bytes the tokens hold.
  public var byteCount: Int { bytes.count }

  /// The bytes of the tokens of some kinds; a single one's, the usual case, are not copied.
  func bytes(where isWanted: (Token.Kind) -> Bool) -> ArraySlice<UInt8> {
    var joined: ArraySlice<UInt8> = []
    for position in indices where isWanted(table[entries.lowerBound + position].kind) {
      let piece = source[range(at: position)]
      if joined.isEmpty { joined = piece } else { joined += piece }
    }
    return joined
  }

  func append(to output: inout [UInt8]) {
    source.withUnsafeBufferPointer { source in
      for position in indices { output.append(contentsOf: UnsafeBufferPointer(rebasing: source[range(at: position)])) }
    }
  }

  private func range(at position: Int) -> Range<Int> {
    let index = entries.lowerBound + position
    return (index == 0 ? 0 : table[index - 1].end)..<table[index].end
  }
}

extension Tokens: Hashable {
  public static func == (left: Tokens, right: Tokens) -> Bool { left.elementsEqual(right) }

  public func hash(into hasher: inout Hasher) {
    for token in self { hasher.combine(token) }
  }
}
