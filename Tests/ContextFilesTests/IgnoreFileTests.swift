import ContextFiles
import Testing

struct IgnoreFileTests {
  @Test(
    "names the first line for which Docker refuses the file",
    arguments: [
      ("!", 1), ("a\n!\nb", 2), ("a[", 1), ("# !\n\n!\n[", 3), ("\u{FEFF}[", 1), ("a\r\n[\r\n", 2), ("a\n!/\n", 2),
      ("a\n\n\\é", 3),
    ])
  func refused(patterns: String, line: Int) throws {
    #expect(try #require(IgnoreFile(parsing: patterns).problem).line == line)
  }

  @Test("says what is wrong with a line")
  func messages() {
    #expect(IgnoreFile(parsing: "!").problem?.message == "a '!' needs a pattern behind it")
    #expect(IgnoreFile(parsing: "a[\r\n").problem?.message.hasPrefix("'a[' is no pattern for Docker") == true)
  }

  @Test(
    "a line holds 65,535 bytes at most, without its line feed but with all else",
    arguments: [("", "", true), ("", "\n", true), ("\n", "\n", true), ("", "\r\n", false), ("\u{FEFF}", "\n", false)])
  func longLine(before: String, after: String, isRead: Bool) {
    for start in ["", "#"] {
      let longest = start + String(repeating: "a", count: 65_535 - start.utf8.count)
      let file = IgnoreFile(parsing: before + longest + after)
      #expect((file.problem == nil) == isRead)
      #expect(IgnoreFile(parsing: before + longest + "a" + after).problem?.line == (before == "\n" ? 2 : 1))
    }
  }

  @Test("keeps the patterns in order, cleaned, with their exceptions")
  func patterns() {
    let file = IgnoreFile(parsing: "# c\n/a/b/\n\n ! ./c//d \n**/e\n")
    #expect(file.patterns.map(\.text) == ["a/b", "c/d", "**/e"])
    #expect(file.patterns.map(\.isException) == [false, true, false])
  }

  @Test("bytes that are no UTF-8 harm no other line")
  func invalid() {
    let file = IgnoreFile(parsing: [0xFF, 0x0A, 0x61, 0x0A, 0x00, 0x0A])
    #expect(file.hides("a"))
    #expect(!file.hides("b"))
    #expect(file.problem == nil)
  }

  @Test(
    "enters a hidden folder when an exception names something below it, or has wildcards",
    arguments: [
      ("d\n!d/x/y", "d", true), ("d\n!d/x/y", "d/x", true), ("d\n!d/x/y", "d/z", false), ("d\n!dx/y", "d", false),
      ("d\ne\n!d/x", "e", false), ("d\n!**/x", "d", true), ("d\n!e*/x", "d", true), ("d\n!e/*", "d", false),
      ("d\n!d/*", "d", true), ("d\n!e/**", "d", false), ("d\n!\\.e/x", "d", true), ("d\n!^", "d", true),
      ("d", "d", false),
      ("d\n!d/*/**", "d/x", false), ("e", "d", true),
    ])
  func entered(patterns: String, directory: String, expected: Bool) {
    let file = IgnoreFile(parsing: patterns)
    let parent = directory.contains("/") ? file.verdict(on: ContextPath.parent(directory)) : nil
    #expect(file.verdict(on: directory, below: parent).isEntered == expected)
  }

  @Test(
    "the ignore file of a Dockerfile's own name comes before the one at the root",
    arguments: [
      ("Dockerfile", "Dockerfile.dockerignore"), ("a/Dockerfile", "a/Dockerfile.dockerignore"),
      ("b/Dockerfile", ".dockerignore"), ("dev.Dockerfile", ".dockerignore"), ("c/Dockerfile", ".dockerignore"),
      ("empty", "empty.dockerignore"),
    ])
  func which(dockerfile: String, expected: String) {
    let reader = ContextReader.memory([
      "Dockerfile.dockerignore": "a", "a/Dockerfile.dockerignore": "b", ".dockerignore": "c", "b/.dockerignore": "d",
      "c/Dockerfile.dockerignore/x": "a folder", "empty.dockerignore": "",
    ])
    #expect(IgnoreFile.path(for: dockerfile, in: reader) == expected)
  }

  @Test("a context without an ignore file uses the name at the root")
  func none() {
    #expect(IgnoreFile.path(for: "Dockerfile", in: .memory([:])) == ".dockerignore")
  }

  @Test(
    "patterns with many stars, sets and folders cost no more than their length times the path's",
    arguments: [
      String(repeating: "a*", count: 300) + "[b]", "**/*a*a*a*a*a*a*a*a*[b]",
      String(repeating: "**/*a*", count: 200) + "[b]",
      String(repeating: "[a-z]*", count: 300) + "[b]", String(repeating: "a{0,9}", count: 100) + "[b]",
    ])
  func expensive(pattern: String) {
    let file = IgnoreFile(parsing: pattern)
    let elapsed = ContinuousClock().measure { #expect(!file.hides(String(repeating: "a", count: 400) + "/c")) }
    #expect(elapsed < .seconds(10))
  }

  @Test("a repetition cannot ask for more memory than a file is worth")
  func repetitions() {
    #expect(IgnoreFile(parsing: "a{1000}*").hides(String(repeating: "a", count: 1000)))
    #expect(IgnoreFile(parsing: String(repeating: "a{1000}", count: 9_000) + "*").problem?.line == 1)
    #expect(IgnoreFile(parsing: String(repeating: "a{1000}|", count: 8_000) + "*").problem?.line == 1)
    #expect(IgnoreFile(parsing: String(repeating: "a{1000}*\n", count: 1_500)).problem != nil)
    #expect(IgnoreFile(parsing: String(repeating: "*abc[d]\n", count: 20_000)).problem == nil)
  }
}
