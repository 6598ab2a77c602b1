/// The words of ENV, LABEL and ARG one by one, as ranges of the text.
struct NameValueWords {
  private let bytes: ArraySlice<UInt8>
  private let escape: UInt8
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>, escape: UInt8) {
    self.bytes = bytes
    self.escape = escape
    position = bytes.startIndex
  }

  /// The length of the Unicode blank at this place, 0 for none; only some bytes can start one.
  private var spaceLength: Int {
    let byte = bytes[position]
    if byte > .space, byte < 0x80 { return 0 }
    return unicodeSpaceLength(bytes, at: position - bytes.startIndex)
  }

  /// The next word; a lone escape at the text's end is no part of it.
  mutating func next() -> Range<Int>? {
    while position < bytes.endIndex {
      let length = spaceLength
      if length == 0 { break }
      position += length
    }
    let start = position
    var quote: UInt8?
    while position < bytes.endIndex {
      let byte = bytes[position]
      if quote == nil, spaceLength > 0 { break }
      if byte == escape, quote != .singleQuote {
        guard position + 1 < bytes.endIndex else {
          let end = position
          position = bytes.endIndex
          return end > start ? start..<end : nil
        }
        position += 2
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == .singleQuote || byte == .doubleQuote {
        quote = byte
      }
      position += 1
    }
    return position > start ? start..<position : nil
  }
}
