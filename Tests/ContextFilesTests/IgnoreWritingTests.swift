import ContextFiles
import Testing

struct IgnoreWritingTests {
  private static let mark = "# added"

  @Test(
    "a block follows the file, its line endings, and its missing last one",
    arguments: [
      ("", "# added\nx\n!y\n"), ("a\n", "a\n\n# added\nx\n!y\n"), ("a", "a\n\n# added\nx\n!y\n"),
      ("a\r\nb\r\n", "a\r\nb\r\n\r\n# added\r\nx\r\n!y\r\n"), ("a\r\nb", "a\r\nb\r\n\r\n# added\r\nx\r\n!y\r\n"),
      ("a\r\nb\n", "a\r\nb\n\n# added\nx\n!y\n"), ("\n", "\n\n# added\nx\n!y\n"),
      ("\u{FEFF}a", "\u{FEFF}a\n\n# added\nx\n!y\n"), ("# only", "# only\n\n# added\nx\n!y\n"),
    ])
  func block(before: String, after: String) throws {
    let added = try ["x", "!y"].map { try #require(IgnorePattern(parsing: $0)) }
    let result = try #require(IgnoreFile.appending(added, under: Self.mark, to: Array(before.utf8)))
    #expect(String(decoding: result, as: UTF8.self) == after)
    #expect(IgnoreFile(parsing: result) == IgnoreFile(parsing: before).appending(added))
  }

  @Test("what stands in the file stays byte for byte, whatever it is")
  func untouched() throws {
    let added = [try #require(IgnorePattern(parsing: "x"))]
    for before: [UInt8] in [[0xFF, 0xFE, 0x0A], [0x61, 0x0D], [0x00], [0x0D, 0x0A]] {
      let result = try #require(IgnoreFile.appending(added, under: Self.mark, to: before))
      #expect(result.starts(with: before))
      #expect(IgnoreFile(parsing: result).hides("x"))
    }
  }

  @Test(
    "a pattern's line reads back as that pattern",
    arguments: [
      ("a", "a"), ("!a", "!a"), ("/a/", "a"), ("! a", "!a"), ("!!a", "!!a"), ("./#a", "./#a"), ("!#a", "!#a"),
      (" #a", "./#a"),
      ("./ ./ a", "./ ./ a"), ("a\\ b", "a\\ b"), ("\\#a", "\\#a"), ("\\!a", "\\!a"), ("a\\\\", "a\\\\"), ("/", "/"),
      ("a\nb", nil), ("//a", "a"),
      ("../a", "../a"), ("**/*.py[cod]", "**/*.py[cod]"), (".", "."),
    ] as [(String, String?)])
  func lines(text: String, line: String?) throws {
    let pattern = try #require(IgnorePattern(parsing: text))
    #expect(pattern.line == line)
    if let line { #expect(IgnorePattern(parsing: line) == pattern) }
  }

  @Test(
    "a path becomes the pattern that matches it and nothing else",
    arguments: [
      ("a", "a"), ("#a", "./#a"), ("!a", "\\!a"), (" a", "[ ]a"), ("a ", "a[ ]"), ("a b", "a b"), ("a*b?", "a\\*b\\?"),
      ("[a]", "\\[a]"), ("a\\b", "a\\\\b"), ("a\\", "a\\\\"), ("^a[", "\\^a\\["), ("{a,b}", "{a,b}"), ("a/#b", "a/#b"),
      ("a{2}*", "a\\{2}\\*"), ("a|b*", "a\\|b\\*"), ("./a//b/", "a/b"), ("a\n", nil), ("a\nb", nil), (".", nil),
      ("..", nil),
      ("../a", nil), ("/a", nil), ("a\t", "a[\t]"), ("\u{FEFF}a*", "[\u{FEFF}]a\\*"), (" ", "[ ]"),
    ] as [(String, String?)])
  func paths(path: String, line: String?) throws {
    let pattern = IgnorePattern(path: path)
    #expect(pattern?.line == line)
    guard let pattern else { return }
    let cleaned = ContextPath.clean(path)
    #expect(pattern.matches(cleaned))
    #expect(pattern.matches(cleaned + "/below"))
    for other in ["b", "axb", "aab", cleaned + "x", "x" + cleaned, cleaned.uppercased() + "?"] where other != cleaned {
      #expect(!pattern.matches(other))
    }
    #expect(IgnorePattern(path: path, isException: true)?.isException == true)
    #expect(IgnoreFile(parsing: "**\n!" + (line ?? "")).hides(cleaned) == false)
  }

  @Test("a pattern that no line can say is refused, not written wrong")
  func unwritable() throws {
    let lost = try #require(IgnorePattern(parsing: "a\nb"))
    #expect(IgnoreFile.appending([lost], under: Self.mark, to: []) == nil)
  }

  @Test("lines added at the end decide last")
  func last() throws {
    let added = try ["a", "!b"].map { try #require(IgnorePattern(parsing: $0)) }
    let file = IgnoreFile(parsing: "*\n!a\n").appending(added)
    #expect(file.hides("a"))
    #expect(!file.hides("b"))
    #expect(file.hides("c"))
    #expect(file.patterns.count == 4)
  }
}
