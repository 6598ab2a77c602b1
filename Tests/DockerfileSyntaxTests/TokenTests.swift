@testable import DockerfileSyntax
import Testing

struct TokenTests {
  @Test("a token made of text holds its bytes")
  func text() {
    let token = Token(.argument, "é\n")
    #expect(Array(token.bytes) == [0xC3, 0xA9, 0x0A])
    #expect(token.text == "é\n")
    #expect(token == Token(.argument, ArraySlice([0, 0xC3, 0xA9, 0x0A]).dropFirst()))
    #expect(token != Token(.comment, "é\n"))
  }

  @Test("bytes that are no UTF-8 show as a replacement character")
  func invalid() {
    #expect(Token(.argument, [0x61, 0xFF]).text == "a\u{FFFD}")
  }

  @Test("only blanks, keyword, flags and arguments belong to the logical line")
  func logical() {
    let kinds: [Token.Kind] = [
      .byteOrderMark, .indentation, .keyword, .blank, .flag, .argument, .continuation, .comment, .emptyLine, .newline,
      .heredocBody, .heredocTerminator,
    ]
    #expect(kinds.filter { Token($0, "x").isLogical } == [.indentation, .keyword, .blank, .flag, .argument])
  }
}
