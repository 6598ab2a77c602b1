@testable import ShellSyntax
import Testing

struct WordReaderTests {
  @Test(
    "removes quotes and escapes",
    arguments: [
      ("abc", "L(abc)"), ("'a b'", "L(a b)"), ("\"a b\"", "L(a b)"), (#"a\ b"#, "L(a b)"), (#""a\"b""#, "L(a\"b)"),
      (#""a\nb""#, #"L(a\nb)"#), (#"'a\b'"#, #"L(a\b)"#), (#""\$a\`\\""#, #"L($a`\)"#), ("a'b'\"c\"d", "L(abcd)"),
      ("''", "L()"), ("\"\"", "L()"), ("a''", "L(a)"), ("\"it's\"", "L(it's)"), ("'a\"b'", "L(a\"b)"),
      ("a\\\nb", "L(ab)"), ("\"a\\\nb\"", "L(ab)"), (#"\'"#, "L(')"), (#"\\"#, #"L(\)"#), ("'a\nb'", "L(a\nb)"),
      ("a#b", "L(a#b)"), ("é", "L(é)"), ("--a=b,c:d/e@f%g+h~", "L(--a=b,c:d/e@f%g+h~)"), ("'#'", "L(#)"), ("!", "L(!)"),
    ])
  func quotes(text: String, expected: String) {
    #expect(parts(text) == expected)
  }

  @Test(
    "finds variables",
    arguments: [
      ("$a", "V(a)"), ("${a}", "V(a)"), ("$a_1-b", "V(a_1)L(-b)"), ("\"$a/b\"", "V(a)L(/b)"),
      ("x${a}y", "L(x)V(a)L(y)"), ("$a$b", "V(a)V(b)"), ("'$a'", "L($a)"), (#"\$a"#, "L($a)"), ("a$", "L(a$)"),
      ("\"$\"", "L($)"), ("$1", "V(1)"), ("$10", "V(1)L(0)"), ("${10}", "V(10)"), ("$@", "V(@)"), ("$#", "V(#)"),
      ("$?", "V(?)"), ("$$", "V($)"), ("$-", "V(-)"), ("$!", "V(!)"), ("$*", "V(*)"), ("$/a", "L($/a)"),
      ("$é", "L($é)"), ("\"$a\"'$b'$c", "V(a)L($b)V(c)"),
    ])
  func variables(text: String, expected: String) {
    #expect(parts(text) == expected)
  }

  @Test(
    "keeps every other expansion as it is written",
    arguments: [
      ("$(a b)", "O($(a b))"), ("`a b`", "O(`a b`)"), ("$((1 + 2))", "O($((1 + 2)))"), ("${a:-b}", "O(${a:-b})"),
      ("${a##*/}", "O(${a##*/})"), ("${#a}", "O(${#a})"), ("${a[0]}", "O(${a[0]})"), ("${}", "O(${})"),
      ("x$(a)y", "L(x)O($(a))L(y)"), ("\"x $(a \"b c\") y\"", "L(x )O($(a \"b c\"))L( y)"),
      ("$(a $(b) c)", "O($(a $(b) c))"), ("$(a ')' b)", "O($(a ')' b))"), (#"$(a \) b)"#, #"O($(a \) b))"#),
      ("${a:-${b}}", "O(${a:-${b}})"), ("\"`a`\"", "O(`a`)"), (#"`a \` b`"#, #"O(`a \` b`)"#),
      ("$(a\nb)", "O($(a\nb))"), ("$(a && b | c; d)", "O($(a && b | c; d))"), ("\"$(a)$(b)\"", "O($(a))O($(b))"),
    ])
  func opaque(text: String, expected: String) {
    #expect(parts(text) == expected)
  }

  @Test(
    "quotes inside a substitution hide its end",
    arguments: [
      ("$(a \")\" b)", "O($(a \")\" b))"), ("$(a \"it's\")", "O($(a \"it's\"))"), ("\"$(a \")\")\"", "O($(a \")\"))"),
      ("${a:-\"}\"}", "O(${a:-\"}\"})"), ("\"${a:-it's}\"", "O(${a:-it's})"), ("$(a '\"')", "O($(a '\"'))"),
    ])
  func quotedEnds(text: String, expected: String) {
    #expect(parts(text) == expected)
  }

  @Test("an apostrophe in a quoted substitution swallows no later command")
  func apostrophe() {
    let commands = ShellScript(parsing: "echo $(date \"+it's %F\") && rm -rf /x && echo 'y'").commands
    #expect(commands.map { $0.command?.name } == ["echo", "rm", "echo"])
  }

  @Test(
    "finds patterns",
    arguments: [
      ("*.go", "P(*)L(.go)"), ("a?b", "L(a)P(?)L(b)"), ("[ab]c", "P([)L(ab]c)"), ("{a,b}", "P({a,b})"),
      ("x{a,b}y", "L(x)P({a,b})L(y)"), ("{1..3}", "P({1..3})"), ("{,a}", "P({,a})"), ("{a}", "L({a})"), ("{}", "L({})"),
      ("a}", "L(a})"), ("'*'", "L(*)"), ("\"*?[{a,b}\"", "L(*?[{a,b})"), (#"\*"#, "L(*)"), (#"\{a,b}"#, "L({a,b})"),
      ("/x/*", "L(/x/)P(*)"), ("$a*", "V(a)P(*)"), ("**/a", "P(*)P(*)L(/a)"), ("@{u}", "L(@{u})"),
    ])
  func patterns(text: String, expected: String) {
    #expect(parts(text) == expected)
  }

  @Test("a dollar before a quote inside double quotes is only a dollar")
  func dollarQuote() {
    #expect(parts("\"a$'\"") == "L(a$')")
    #expect(ShellScript(parsing: "sed \"s/'x$'/y/\" f && b").commands.map { $0.command?.name } == ["sed", "b"])
  }

  @Test("an ANSI-C string is never taken for the text as it is written")
  func ansiString() {
    #expect(ShellScript(parsing: #"printf $'a\tb'"#).commands.first?.command?.words.last?.literal != #"a\tb"#)
  }

  @Test(
    "ends at blanks and operators", arguments: ["a b", "a\tb", "a\nb", "a;b", "a|b", "a&b", "a<b", "a>b", "a(b", "a)b"])
  func ends(text: String) {
    var reader = WordReader(Array(text.utf8), at: 0)
    let word = reader.read()
    #expect(word.literal == "a")
    #expect(word.range == 0..<1)
    #expect(reader.position == 1)
  }

  @Test("knows where a word stands and whether it was quoted")
  func ranges() {
    let script = ShellScript(parsing: "é  'a b'c $x \"y\"")
    let words = script.commands.first?.command?.words ?? []
    #expect(words.map { script.text(of: $0.range) } == ["é", "'a b'c", "$x", "\"y\""])
    #expect(words.map(\.isQuoted) == [false, true, false, true])
  }

  @Test(
    "knows where each part of a word stands",
    arguments: [
      ("abc", ["abc"]), ("a$b", ["a", "$b"]), ("\"a ${b} c\"", ["a ", "${b}", " c"]), ("'a'b\"c\"", ["a'b\"c"]),
      ("--x=\"$y\"/*", ["--x=", "$y", "/", "*"]), ("a\\ b", ["a\\ b"]), ("$(a b)c", ["$(a b)", "c"]),
      ("{a,b}c", ["{a,b}", "c"]),
      ("''", ["''"]), ("\"\"", ["\"\""]), ("`a`$'b'", ["`a`", "$'b'"]), ("é$é", ["é$é"]), ("\"a\\$b\"", ["a\\$b"]),
    ])
  func partRanges(text: String, expected: [String]) {
    let bytes = Array(text.utf8)
    var reader = WordReader(bytes, at: 0)
    let word = reader.read()
    #expect(word.partRanges.map { String(decoding: bytes[$0], as: UTF8.self) } == expected)
    #expect(word.partRanges.count == word.parts.count)
  }

  @Test(
    "never reads beyond its text",
    arguments: [
      "'", "\"", "\\", "\"\\", "$", "${", "$(", "`", "`\\", "$(\\", "$('", "{", "[", "${a", "$((", "\"$", "\"${", "$'",
      "a\\",
    ])
  func truncated(text: String) {
    var reader = WordReader(Array(text.utf8), at: 0)
    #expect(reader.read().range == 0..<text.utf8.count)
    #expect(reader.position == text.utf8.count)
  }

  private func parts(_ text: String) -> String {
    var reader = WordReader(Array(text.utf8), at: 0)
    let word = reader.read()
    let described = word.parts.map { part in
      switch part {
      case .literal(let text): "L(\(text))"
      case .variable(let name): "V(\(name))"
      case .pattern(let text): "P(\(text))"
      case .opaque(let text): "O(\(text))"
      }
    }
    return described.joined() + (word.range.upperBound == text.utf8.count ? "" : " and a rest")
  }
}
