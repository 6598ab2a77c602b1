#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Byte predicates of Docker's parser; it works on bytes and on Go's `unicode.IsSpace`.
extension UInt8 {
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let tab: UInt8 = 0x09
  static let hash = UInt8(ascii: "#")
  static let backslash = UInt8(ascii: "\\")
  static let backtick = UInt8(ascii: "`")
  static let doubleQuote = UInt8(ascii: "\"")
  static let singleQuote = UInt8(ascii: "'")
  static let dollar = UInt8(ascii: "$")
  static let dash = UInt8(ascii: "-")
  static let equals = UInt8(ascii: "=")
  static let lessThan = UInt8(ascii: "<")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")

  /// The class `[\t\v\f\r ]` by which Docker splits words; a line feed never gets that far.
  var isWordBlank: Bool {
    self == 0x20 || self == 0x09 || self == 0x0B || self == 0x0C || self == 0x0D
  }

  /// A blank of Latin-1, as which Docker takes single bytes where it reads flags and health checks.
  var isLatinSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) || self == 0x85 || self == 0xA0 }

  /// ASCII letters, digits and the underscore.
  var isNameByte: Bool {
    (self >= 0x30 && self <= 0x39) || (self >= 0x41 && self <= 0x5A) || (self >= 0x61 && self <= 0x7A)
      || self == 0x5F
  }

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  var isLetter: Bool { (self >= 0x41 && self <= 0x5A) || (self >= 0x61 && self <= 0x7A) }

  var uppercased: UInt8 { self >= 0x61 && self <= 0x7A ? self - 0x20 : self }
}

/// The length in bytes of the Unicode white space that starts at `index`, or 0 when none does.
///
/// The set is Go's `unicode.IsSpace`: the ASCII blanks, U+0085, U+00A0, U+1680, U+2000–U+200A,
/// U+2028, U+2029, U+202F, U+205F and U+3000.
func unicodeSpaceLength(_ bytes: some RandomAccessCollection<UInt8>, at index: Int) -> Int {
  func byte(_ offset: Int) -> UInt8 {
    let position = bytes.index(bytes.startIndex, offsetBy: index + offset, limitedBy: bytes.endIndex)
    guard let position, position != bytes.endIndex else { return 0 }
    return bytes[position]
  }
  let first = byte(0)
  if first == 0x20 || (first >= 0x09 && first <= 0x0D) { return 1 }
  switch first {
  case 0xC2: return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : 0
  case 0xE1: return byte(1) == 0x9A && byte(2) == 0x80 ? 3 : 0
  case 0xE2:
    if byte(1) == 0x80 {
      let last = byte(2)
      return (last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0
    }
    return byte(1) == 0x81 && byte(2) == 0x9F ? 3 : 0
  case 0xE3: return byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0
  default: return 0
  }
}

/// The number of bytes of Unicode white space at the start of `bytes`.
func leadingSpaceCount(_ bytes: some RandomAccessCollection<UInt8>) -> Int {
  var count = 0
  while count < bytes.count {
    let length = unicodeSpaceLength(bytes, at: count)
    if length == 0 { break }
    count += length
  }
  return count
}

/// The number of bytes of Unicode white space at the end of `bytes`.
func trailingSpaceCount(_ bytes: some RandomAccessCollection<UInt8>) -> Int {
  var end = bytes.count
  scan: while end > 0 {
    for length in 1...3 where end - length >= 0 && unicodeSpaceLength(bytes, at: end - length) == length {
      end -= length
      continue scan
    }
    break
  }
  return bytes.count - end
}

/// ``leadingSpaceCount(_:)`` of a part of a file, without a slice for the usual case of no blank at all.
func leadingSpaceCount(_ bytes: [UInt8], in range: Range<Int>) -> Int {
  var position = range.lowerBound
  while position < range.upperBound, bytes[position] == .space || bytes[position] == .tab { position += 1 }
  guard position < range.upperBound else { return range.count }
  let byte = bytes[position]
  if byte > .space, byte < 0x80 { return position - range.lowerBound }
  return leadingSpaceCount(bytes[range])
}

/// The first place of a byte between two places of a file.
func firstIndex(of byte: UInt8, in bytes: [UInt8], from start: Int, to end: Int? = nil) -> Int? {
  let end = end ?? bytes.count
  guard start < end else { return nil }
  return bytes.withUnsafeBytes { buffer in
    guard let base = buffer.baseAddress, let found = memchr(base + start, Int32(byte), end - start) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
