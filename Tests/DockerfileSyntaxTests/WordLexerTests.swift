@testable import DockerfileSyntax
import Testing

struct WordLexerTests {
  @Test(
    "splits words at Unicode blanks outside quotes",
    arguments: [
      ("a b  c", ["a", "b", "c"]), (" a\tb ", ["a", "b"]), ("a\u{A0}b\u{2003}c", ["a", "b", "c"]),
      ("'a b' c", ["a b", "c"]), ("\"a b\"c d", ["a bc", "d"]), (#"a\ b c"#, ["a b", "c"]), (#"a\\ b"#, [#"a\"#, "b"]),
      (#"'a\' b"#, [#"a\"#, "b"]), (#""a\"b" c"#, ["a\"b", "c"]), (#""a\b""#, [#"a\b"#]), ("", []), ("   ", []),
      (#"a\"#, ["a"]),
    ] as [(String, [String])])
  func words(text: String, expected: [String]) throws {
    var lexer = WordLexer(escape: .backslash)
    #expect(try lexer.words(text.utf8).map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test(
    "keeps quotes, escapes and unset variables when it is told to",
    arguments: [
      ("'a b' \"c\"", ["'a b'", "\"c\""]), (#"a\ b \'"#, [#"a\ b"#, #"\'"#]),
      ("$x ${y} ${z:-a}", ["$x", "${y}", "${z:-a}"]), (#""a\"b""#, [#""a\"b""#]), ("<< a", ["<< a"]),
      ("1<<a<b", ["1<<a<b"]),
    ] as [(String, [String])])
  func kept(text: String, expected: [String]) throws {
    var lexer = WordLexer(escape: .backslash)
    lexer.keepsQuotes = true
    lexer.keepsEscapes = true
    lexer.keepsUnset = true
    #expect(try lexer.words(text.utf8).map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test("takes the escape character it is given")
  func backtick() throws {
    var lexer = WordLexer(escape: .backtick)
    #expect(
      try lexer.words(#"a` b c:\d `$x"#.utf8).map { String(decoding: $0, as: UTF8.self) } == ["a b", #"c:\d"#, "$x"])
  }

  @Test(
    "refuses open quotes and braces", arguments: ["'a", "\"a", #""a\""#, "${a", "${a:-b", "\"${a\"", "${", "'", "\""])
  func refused(text: String) {
    #expect(throws: WordLexer.Failure.self) {
      var lexer = WordLexer(escape: .backslash)
      _ = try lexer.words(text.utf8)
    }
  }
}
