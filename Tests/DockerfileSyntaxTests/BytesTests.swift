@testable import DockerfileSyntax
import Testing

struct BytesTests {
  @Test(
    "knows each blank of Go's unicode.IsSpace",
    arguments: [
      "\t", "\n", "\u{B}", "\u{C}", "\r", " ", "\u{85}", "\u{A0}", "\u{1680}", "\u{2000}", "\u{2005}", "\u{200A}",
      "\u{2028}", "\u{2029}", "\u{202F}", "\u{205F}", "\u{3000}",
    ])
  func blanks(blank: String) {
    let bytes = Array(blank.utf8)
    #expect(unicodeSpaceLength(bytes, at: 0) == bytes.count)
    #expect(leadingSpaceCount(Array((blank + blank + "x " + blank).utf8)) == bytes.count * 2)
    #expect(trailingSpaceCount(Array((" x" + blank + blank).utf8)) == bytes.count * 2)
  }

  @Test(
    "takes nothing else for a blank",
    arguments: ["a", "\0", "\u{1F}", "\u{84}", "\u{A1}", "\u{180E}", "\u{200B}", "\u{2060}", "\u{FEFF}", "é", "。"])
  func others(text: String) {
    #expect(unicodeSpaceLength(Array(text.utf8), at: 0) == 0)
    #expect(leadingSpaceCount(Array(text.utf8)) == 0)
    #expect(trailingSpaceCount(Array(text.utf8)) == 0)
  }

  @Test(
    "half of a blank at the end of the text is no blank", arguments: [[0xC2], [0xE2, 0x80], [0xE3], [0xE1, 0x9A]])
  func halves(bytes: [UInt8]) {
    #expect(leadingSpaceCount(bytes) == 0)
    #expect(trailingSpaceCount(bytes) == 0)
  }

  @Test("text of nothing but blanks is counted once from either end")
  func onlyBlanks() {
    let bytes = Array(" \u{A0}\t\u{2003}".utf8)
    #expect(leadingSpaceCount(bytes) == bytes.count)
    #expect(trailingSpaceCount(bytes) == bytes.count)
    #expect(leadingSpaceCount([]) == 0)
    #expect(trailingSpaceCount([]) == 0)
  }

  @Test("splits words at tab, VT, FF, CR and the space, and at nothing else")
  func wordBlanks() {
    let blanks = (UInt8.min...UInt8.max).filter(\.isWordBlank)
    #expect(blanks == [0x09, 0x0B, 0x0C, 0x0D, 0x20])
  }

  @Test("tells letters, digits and name bytes apart")
  func classes() {
    let text = (UInt8.min...UInt8.max)
    #expect(text.filter(\.isDigit).elementsEqual("0123456789".utf8))
    #expect(text.filter(\.isLetter).elementsEqual("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8))
    #expect(text.filter(\.isNameByte).count == 63)
    #expect(UInt8(ascii: "z").uppercased == UInt8(ascii: "Z"))
    #expect(UInt8(ascii: "[").uppercased == UInt8(ascii: "["))
  }
}
