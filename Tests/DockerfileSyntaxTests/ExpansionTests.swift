import DockerfileSyntax
import Testing

struct ExpansionTests {
  private static let values = [
    "PWD": "/home", "NULL": "", "KOREAN": "한국어", "한글": "name", "A1_b": "x", "1": "one", "12": "twelve", "0": "zero",
    "@": "at",
    "#": "count", "P": "a/b/c.tar.gz", "S": "**x?", "SLASH": "/", "DOT": ".gz", "Q": "aXbXc",
  ]

  @Test(
    "expands names, quotes and escapes",
    arguments: [
      ("hello", "hello"), ("he'll'o", "hello"), ("he\"ll\"o", "hello"), (#"he\'llo"#, "he'llo"),
      (#"he\\llo"#, #"he\llo"#), (#"hello\"#, "hello"), ("a  b ", "a  b "), ("$PWD", "/home"), ("${PWD}", "/home"),
      ("$PWD/x", "/home/x"), ("x$PWD", "x/home"), ("'$PWD'", "$PWD"), ("\"$PWD\"", "/home"), (#"\$PWD"#, "$PWD"),
      (#""\$PWD""#, "$PWD"), (#"'\$PWD'"#, #"\$PWD"#), (#""a\b""#, #"a\b"#), (#""a\\b""#, #"a\b"#),
      (#""a\"b""#, "a\"b"), ("\"it's\"", "it's"), ("'a\"b'", "a\"b"), ("$NOPE", ""), ("${NOPE}", ""), ("$NULL", ""),
      ("$.", "$."), ("$", "$"), ("a$", "a$"), ("$,x", "$,x"), ("$/", "$/"), ("$KOREAN", "한국어"), ("$한글", "name"),
      ("${한글}", "name"), ("$A1_b.c", "x.c"), ("$PWD-x", "/home-x"), ("$PWDx", ""), ("$1", "one"), ("$12", "twelve"),
      ("$1a", "onea"), ("$0", "zero"), ("$@", "at"), ("$@a", "ata"), ("$#", "count"), ("${#}", "count"), ("$*", ""),
      ("$?", ""), ("$$PWD", "PWD"), ("\"\"", ""), ("''", ""), ("한국어", "한국어"), ("'한''국'", "한국"),
      ("$PWD$PWD", "/home/home"),
    ])
  func plain(text: String, expected: String) {
    #expect(expand(text) == expected)
  }

  @Test(
    "applies the operators",
    arguments: [
      ("${PWD:-x}", "/home"), ("${NULL:-x}", "x"), ("${NOPE:-x}", "x"), ("${PWD-x}", "/home"), ("${NULL-x}", ""),
      ("${NOPE-x}", "x"), ("${PWD:+x}", "x"), ("${NULL:+x}", ""), ("${NOPE:+x}", ""), ("${PWD+x}", "x"),
      ("${NULL+x}", "x"), ("${NOPE+x}", ""), ("${PWD:?x}", "/home"), ("${PWD?x}", "/home"), ("${NULL?x}", ""),
      ("${NOPE:-}", ""), ("${PWD:+}", ""), ("${NOPE:-$PWD}", "/home"), ("${NOPE:-${NULL:-${PWD}}}", "/home"),
      ("${NOPE:-a b}", "a b"), ("${NOPE:-'a}b'}", "a}b"), ("${NOPE:-\"$PWD\"}", "/home"), (#"${NOPE:-\}}"#, "}"),
      (#"${NOPE:-a\b}"#, "ab"), ("\"${NOPE:-x y}\"", "x y"), ("${NOPE:-:=}", ":="), ("${NOPE:-한}", "한"),
      ("a${PWD:+-${PWD}}b", "a-/homeb"), ("${P#*/}", "b/c.tar.gz"), ("${P##*/}", "c.tar.gz"), ("${P%.*}", "a/b/c.tar"),
      ("${P%%.*}", "a/b/c"), ("${P%/*}", "a/b"), ("${P#a}", "/b/c.tar.gz"), ("${P#b}", "a/b/c.tar.gz"),
      ("${P%?z}", "a/b/c.tar."), ("${P#?}", "/b/c.tar.gz"), ("${P#}", "a/b/c.tar.gz"), ("${P%}", "a/b/c.tar.gz"),
      ("${P##*}", ""), ("${P#*}", "a/b/c.tar.gz"), ("${P%%*}", ""), ("${NOPE#x}", ""), ("${NULL%x}", ""),
      (#"${S#\*}"#, "*x?"), (#"${S##\**}"#, ""), (#"${S%\?}"#, "**x"), ("${S#[*]}", "**x?"), ("${Q/X/-}", "a-bXc"),
      ("${Q//X/-}", "a-b-c"), ("${Q/X/}", "abXc"), ("${Q//X/}", "abc"), ("${Q/Z/-}", "aXbXc"), ("${Q/X*/-}", "a-"),
      ("${Q//?/-}", "-----"), ("${Q/X/$PWD}", "a/homebXc"), (#"${P//\//-}"#, "a-b-c.tar.gz"), ("${NOPE/a/b}", ""),
    ])
  func operators(text: String, expected: String) {
    #expect(expand(text) == expected)
  }

  @Test(
    "expands variables and quotes inside a pattern, and keeps the escapes of a replacement",
    arguments: [
      ("${P%$DOT}", "a/b/c.tar"), ("${P%${DOT}}", "a/b/c.tar"), ("${P##*$SLASH}", "c.tar.gz"),
      ("${P//$SLASH/-}", "a-b-c.tar.gz"), ("${P#\"a\"}", "/b/c.tar.gz"), (#"${P//\//\/}"#, #"a\/b\/c.tar.gz"#),
    ])
  func patterns(text: String, expected: String) {
    #expect(expand(text) == expected)
  }

  @Test("refuses a pattern with an escape that is none", arguments: [#"${P#\x}"#, #"${P%%\.gz}"#, #"${P/\a/b}"#])
  func badPatterns(text: String) {
    #expect(expand(text) == nil)
  }

  @Test("a name ends at a character that is no letter", arguments: ["…", "—", "”", "。", "€"])
  func nameEnd(mark: String) {
    #expect(expand("$PWD" + mark) == "/home" + mark)
  }

  @Test(
    "refuses what Docker refuses",
    arguments: [
      "${}", "${.}", "${{x}}", "${:x}", "${PWD", "${PWD:", "${PWD:-x", "${PWD:=x}", "${PWD=x}", "${PWD:#x}",
      "${PWD:%x}", "${PWD:1:2}", "${PWD^}", "${PWD,,}", "${PWD[0]}", "${PWD@Q}", "${!PWD}", "${NOPE:?x}", "${NULL:?x}",
      "${NOPE?x}", "${NOPE:?}", "'x", "\"x", "x'", "${Q/X}", "${Q//X}", "${Q/", "${Q#", "\"${}\"", "${NOPE:-${}}",
    ])
  func refused(text: String) {
    #expect(expand(text) == nil)
  }

  @Test("with a backtick as escape the backslash is an ordinary character")
  func backtick() {
    let expand = { Expansion.expand($0, escape: UInt8(ascii: "`")) { Self.values[$0] } }
    #expect(expand(#"c:\x\$PWD"#) == #"c:\x\/home"#)
    #expect(expand("`$PWD") == "$PWD")
    #expect(expand("a` b") == "a b")
    #expect(expand("\"`\"x`a\"") == "\"x`a")
  }

  @Test(
    "names the variables a text reads",
    arguments: [
      ("a", []), ("$a/${b}", ["a", "b"]), ("'$a' \\$b", []), ("${a:-$b}", ["a", "b"]), ("${a:+$b}", ["a", "b"]),
      ("${a:-${b:-${c}}}", ["a", "b", "c"]), ("\"$a\"", ["a"]), ("${a##*/}", ["a"]), ("${a/x/$b}", ["a", "b"]),
      ("${a:+x}${b-y}", ["a", "b"]),
    ] as [(String, Set<String>)])
  func variables(text: String, expected: Set<String>) {
    #expect(Expansion.variables(in: text) == expected)
  }

  @Test("names a variable behind one that must be set")
  func variablesBehindRequired() {
    #expect(Expansion.variables(in: "${a:?x}$b") == ["a", "b"])
    #expect(Expansion.variables(in: "${a:?$b}${c:-$d}") == ["a", "b", "c", "d"])
  }

  @Test("names a variable inside a pattern")
  func variablesInPattern() {
    #expect(Expansion.variables(in: "${a%$b}${c//$d/$e}") == ["a", "b", "c", "d", "e"])
  }

  private func expand(_ text: String) -> String? {
    Expansion.expand(text) { Self.values[$0] }
  }
}
