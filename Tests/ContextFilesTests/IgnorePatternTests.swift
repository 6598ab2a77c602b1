@testable import ContextFiles
import Testing

struct IgnorePatternTests {
  @Test(
    "cleans its text and notes the exclamation mark",
    arguments: [
      ("a", "a", false), ("!a", "a", true), ("! a ", "a", true), ("!!a", "!a", true), ("/a/b/", "a/b", false),
      ("./a//b/../c", "a/c", false), ("/", "/", false), (".", ".", false), ("**/", "**", false),
      ("\\!a", "\\!a", false), ("//a", "a", false), ("../a", "../a", false),
    ])
  func text(line: String, text: String, isException: Bool) throws {
    let pattern = try #require(IgnorePattern(parsing: line))
    #expect(pattern.text == text)
    #expect(pattern.isException == isException)
  }

  @Test(
    "refuses what Go's filepath.Match refuses",
    arguments: ["!", "!  ", "[", "a[", "a\\", "[]a]", "[-x]", "[x-]", "[a-b-c]", "[^]", "![", "[a-", "[\\"])
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

  @Test("a range written backwards holds nothing")
  func backwardRange() throws {
    let pattern = try #require(IgnorePattern(parsing: "[z-a]"))
    #expect(!pattern.matches("m"))
  }

  @Test(
    "says where it may match below a folder and errs on the side of yes",
    arguments: [
      ("a/b", "a", true), ("a/b/c", "a", true), ("a/b/c", "a/b", true), ("a/b", "b", false), ("a", "a", false),
      ("ab", "a", false), ("**/x", "a", true), ("*", "a", true), ("a/*", "a", true), ("a/*", "b", false),
      ("a*/b", "ab", true), ("a/b*/c", "a", true), ("a/b*/c", "a/bd", true), ("a/b*/c", "c", false),
      ("a\\b/c", "ab", true),
    ])
  func mayMatch(line: String, directory: String, expected: Bool) throws {
    #expect(try #require(IgnorePattern(parsing: line)).mayMatch(below: directory) == expected)
  }
}
