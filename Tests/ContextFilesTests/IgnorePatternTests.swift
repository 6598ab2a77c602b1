import ContextFiles
import Testing

struct IgnorePatternTests {
  @Test(
    "cleans its text and notes the exclamation mark",
    arguments: [
      ("a", "a", false), ("!a", "a", true), ("! a ", "a", true), ("!!a", "!a", true), ("/a/b/", "a/b", false),
      ("./a//b/../c", "a/c", false), ("/", "/", false), (".", ".", false), ("**/", "**", false),
      ("\\!a", "\\!a", false), ("//a", "a", false), ("../a", "../a", false), ("./!a", "a", true), ("/ a", "a", false),
    ])
  func text(line: String, text: String, isException: Bool) throws {
    let pattern = try #require(IgnorePattern(parsing: line))
    #expect(pattern.text == text)
    #expect(pattern.isException == isException)
  }

  @Test(
    "is none when Docker refuses the line or reads nothing in it",
    arguments: [
      "!", "!  ", "[", "a[", "a\\", "[]a]", "[-x]", "[x-]", "[a-b-c]", "[^]", "![", "[z-a]", "\\y", "", " ", "/ /.",
    ])
  func refused(line: String) {
    #expect(IgnorePattern(parsing: line) == nil)
  }

  @Test("matches a path or one of its parents, exactly only the path")
  func parents() throws {
    let pattern = try #require(IgnorePattern(parsing: "a/b*"))
    #expect(pattern.matches("a/bc"))
    #expect(pattern.matches("a/bc/d/e"))
    #expect(!pattern.matches("a"))
    #expect(pattern.matchesExactly("a/bc"))
    #expect(!pattern.matchesExactly("a/bc/d/e"))
  }
}
