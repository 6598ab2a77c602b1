import ShellSyntax
import Testing

struct ShellWordTests {
  @Test("has a literal only when nothing is left to expand")
  func literal() {
    #expect(ShellWord(parts: [.literal("a"), .literal("b")]).literal == "ab")
    #expect(ShellWord(parts: []).literal == "")
    #expect(ShellWord(literal: "a b").literal == "a b")
    #expect(ShellWord(literal: "a b").isQuoted)
    #expect(ShellWord(parts: [.literal("a"), .variable("b")]).literal == nil)
    #expect(ShellWord(parts: [.pattern("*")]).literal == nil)
    #expect(ShellWord(parts: [.opaque("$(a)")]).literal == nil)
  }

  @Test(
    "fills in known variables and keeps patterns",
    arguments: [
      ("$a/b", "1/b"), ("${a}$b", "12"), ("$a*", "1*"), ("$c", nil), ("$(a)", nil), ("${a:-x}", nil), ("'$a'", "$a"),
      ("x", "x"), ("\"$a $b\"", "1 2"),
    ] as [(String, String?)])
  func expanded(text: String, expected: String?) throws {
    let word = try #require(ShellScript(parsing: "cmd " + text).commands.first?.command?.words.last)
    #expect(word.expanded { ["a": "1", "b": "2"][$0] } == expected)
  }

  @Test(
    "knows whether the shell expands a pattern",
    arguments: [
      ("*", true), ("a?", true), ("[a]", true), ("{a,b}", true), ("'*'", false), ("a", false), ("$a", false),
      ("{a}", false),
    ])
  func hasPattern(text: String, expected: Bool) throws {
    let word = try #require(ShellScript(parsing: "cmd " + text).commands.first?.command?.words.last)
    #expect(word.hasPattern == expected)
  }

  @Test(
    "names the variables of a word, those inside substitutions included",
    arguments: [
      ("$a/${b}", ["a", "b"]), ("'$a'", []), ("$(x $a \"${b:-$c}\")", ["a", "b", "c"]), ("${a:-$b}", ["a", "b"]),
      ("`x $a`", ["a"]), ("$((a + $b))", ["b"]), ("${#a}${!b}", ["a", "b"]), ("a", []), ("$1$@", ["1", "@"]),
    ] as [(String, Set<String>)])
  func variables(text: String, expected: Set<String>) throws {
    let word = try #require(ShellScript(parsing: "cmd " + text).commands.first?.command?.words.last)
    #expect(word.variables == expected)
  }

  @Test("a brace list that holds a variable reads it")
  func variableInBraces() throws {
    let word = try #require(ShellScript(parsing: "cmd {$a,x}").commands.first?.command?.words.last)
    #expect(word.variables == ["a"])
  }

  @Test(
    "finds names behind dollars in any text",
    arguments: [
      ("$a ${b} ${#c} ${!d} $1 $", ["a", "b", "c", "d", "1"]), ("'$a' \\$b", ["a", "b"]), ("${a:-${b}}", ["a", "b"]),
      ("a", []), ("$", []), ("${", []), ("$$a", ["a"]),
    ] as [(String, Set<String>)])
  func variableNames(text: String, expected: Set<String>) {
    #expect(ShellWord.variableNames(in: text) == expected)
  }
}
