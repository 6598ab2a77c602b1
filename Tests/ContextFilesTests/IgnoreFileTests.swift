@testable import ContextFiles
import Testing

/// What moby/patternmatcher answers for ignore files and paths.
struct IgnoreFileTests {
  @Test(
    "anchoring: a pattern starts at the root",
    arguments: [
      ("a", "a", true), ("a", "b", false), ("a", "d/a", false), ("a", "ab", false), ("a/b", "a/b", true),
      ("a/b", "d/a/b", false), ("a/b", "a", false), ("*.md", "a.md", true), ("*.md", "d/a.md", false),
      ("*.md", ".md", true), ("/a", "a", true), ("/a", "d/a", false), ("/*.md", "a.md", true),
      ("/*.md", "d/a.md", false), ("a.b", "axb", false), ("A", "a", false), ("a", "A", false), (".git", ".git", true),
      (".git", ".gitignore", false), (".*", ".a", true), (".*", "a", false),
    ] as [(String, String, Bool)])
  func anchored(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "parents: a pattern that matches a folder hides what is below",
    arguments: [
      ("a", "a/b", true), ("a", "a/b/c", true), ("a/b", "a/b/c", true), ("a/b", "a/bc/d", false), ("*", "a/b", true),
      ("*", "a/b/c/d", true), ("a*", "ab/c", true), ("*.d", "x.d/y", true), ("*.d", "y/x.d/z", false),
      ("?", "a/b/c", true), ("*/b", "a/b/c", true), ("*/b", "b", false), ("*/*", "a", false), ("*/*", "a/b/c", true),
      ("node_modules", "node_modules/x/y.js", true), ("node_modules", "p/node_modules/x", false),
      ("a[0-9]", "a1/b", true), ("a/*/c", "a/b/c/d", true),
    ] as [(String, String, Bool)])
  func parents(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "star and question mark stay inside one name",
    arguments: [
      ("*", "a", true), ("*", ".a", true), ("a*", "a", true), ("a*", "abc", true), ("*c", "abc", true),
      ("*c", "abcd", false), ("a*c", "ac", true), ("a*c", "abbc", true), ("a*c", "a/c", false), ("a/*", "a", false),
      ("a/*", "a/b", true), ("a/*.go", "a/b/c.go", false), ("a?", "a", false), ("a?", "ab", true), ("a?", "abc", false),
      ("a?b", "a/b", false), ("a?b", "aéb", true), ("a??b", "aéb", false), ("*a*b*c*", "xaxbxcx", true),
      ("*a*b*c*", "xaxbx", false), ("a*b?c*x", "abxbbxdbxebxczzx", true), ("a*b?c*x", "abxbbxdbxebxczzy", false),
      ("a*/b", "abc/b", true), ("a*/b", "a/c/b", false), ("*/*.py", "a/b.py", true), ("*/*.py", "b.py", false),
      ("*/*.py", "a/b/c.py", false),
    ] as [(String, String, Bool)])
  func stars(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "two stars cross folders",
    arguments: [
      ("**", "a", true), ("**", "a/b/c", true), ("**/", "a", true), ("**/**", "a/b", true), ("**/a", "a", true),
      ("**/a", "b/a", true), ("**/a", "b/c/a", true), ("**/a", "ba", false), ("**/a", "b/a/c", true),
      ("**/*.go", "a.go", true), ("**/*.go", "b/c/a.go", true), ("**/*.go", "a.goo", false), ("a/**", "a", false),
      ("a/**", "a/b", true), ("a/**", "a/b/c", true), ("a/**", "ab", false), ("a/**/b", "a/b", true),
      ("a/**/b", "a/x/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "ab", false), ("a/**/b", "a/xb", false),
      ("a/**/b", "x/a/b", false), ("a**b", "ab", true), ("a**b", "a/b", true), ("a**b", "a/x/b", true),
      ("a**b", "ax/b", true), ("a**b", "axb", false), ("a**/b", "ab", true), ("a**", "a", true), ("a**", "ab/c", true),
      ("a**", "ba", false), ("**/a/**", "a", false), ("**/a/**", "a/b", true), ("**/a/**", "x/a/b/c", true),
      ("**/a*", "x/ab", true), ("**/a*", "x/ba", false), ("**/a/*.x", "b/a/c.x", true),
      ("**/a/*.x", "b/a/c/d.x", false), ("a/**/*.go", "a/b.go", true), ("a/**/*.go", "a/b/c/d.go", true),
      ("a/**/*.go", "b.go", false), ("**/**/*.txt", "d/e/f.txt", true), ("a/**/**/b", "a/b", true),
      ("**/.a", ".a", true), ("**/.a", "b.a", false), ("**/a/b", "x/y/a/b", true), ("**/a/b", "a/x/b", false),
      ("**/__pycache__", "a/b/__pycache__/c.pyc", true),
    ] as [(String, String, Bool)])
  func folders(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "two stars before a plain ending mean any text before it",
    arguments: [
      ("**a", "a", true), ("**a", "b/a", true), ("**a", "xa", true), ("**a", "b/xa", true), ("**a", "ab", false),
      ("**.pyc", "a.pyc", true), ("**.pyc", "b/a.pyc", true), ("**.pyc", ".pyc", true), ("**.pyc", "a.pyco", false),
      ("**a/b", "xa/b", true), ("**a/b", "y/xa/b", true), ("**(a)", "x(a)", true), ("***a", "xa", true),
      ("**a*", "xab", false), ("**a*", "x/ab", true), ("**[ab]", "xa", false), ("**?", "a", true),
      ("**a**", "xa", false), ("**a**", "b/ax/y", true),
    ] as [(String, String, Bool)])
  func endings(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "sets of characters",
    arguments: [
      ("a[bc]", "ab", true), ("a[bc]", "ad", false), ("a[bc]", "a", false), ("a[b-d]e", "ace", true),
      ("a[b-d]e", "aee", false), ("a[^b-d]e", "aee", true), ("a[^b-d]e", "ace", false), ("[^a]", "b", true),
      ("[^a]", "a", false), ("[!b]", "b", true), ("[!b]", "!", true), ("[!b]", "a", false), ("[a-z0-9]", "5", true),
      ("[a-z0-9]", "A", false), ("[a-ζ]", "α", true), ("[\\]a]", "]", true), ("[\\-x]", "-", true),
      ("[x\\-]", "x", true), ("[x\\-]", "z", false), ("[\\\\]", "\\", true), ("[.]x", ".x", true),
      ("[.]x", "ax", false), ("**/[ab]", "x/b", true), ("[a][b]", "ab", true), ("[[]", "[", true), ("a]", "a]", true),
    ] as [(String, String, Bool)])
  func sets(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "everything else is literal, and a backslash makes it so",
    arguments: [
      ("{a,b}", "{a,b}", true), ("{a,b}", "a", false), ("a+b", "a+b", true), ("a+b", "aab", false),
      ("a(b)", "a(b)", true), ("a|b", "a|b", true), ("a|b", "a", false), ("a$", "a$", true), ("a.*", "a.b", true),
      ("a.*", "axb", false), ("a b", "a b", true), ("a#b", "a#b", true), ("a\\*b", "a*b", true),
      ("a\\*b", "axb", false), ("a\\?", "a?", true), ("a\\?", "ab", false), ("\\[a]", "[a]", true),
      ("\\[a]", "a", false), ("a\\\\", "a\\", true), ("\\!a", "!a", true), ("\\!a", "a", false), ("\\#a", "#a", true),
      ("é", "é", true), ("é", "e", false), ("*.é", "a.é", true),
    ] as [(String, String, Bool)])
  func literals(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "exceptions and their order",
    arguments: [
      ("*\n!a", "a", false), ("*\n!a", "b", true), ("!a\n*", "a", true), ("a\n!a\na", "a", true),
      ("*.md\n!R.md", "R.md", false), ("*.md\n!R.md", "S.md", true), ("d\n!d/x", "d/x", false),
      ("d\n!d/x", "d/y", true), ("d\n!d/x", "d", true), ("d/*\n!d/x", "d/x/y", false), ("*\n!d", "d/x", false),
      ("*\n!d/**", "d", true), ("*\n!d/**", "d/x", false), ("**\n!**/*.go", "a/b.go", false),
      ("**\n!**/*.go", "a/b.c", true), ("d\n!d/x\nd/x/y", "d/x/z", false), ("d\n!d/x\nd/x/y", "d/x/y", true),
      ("!a", "a", false), ("*\n! a", "a", false), ("*\n!\ta ", "a", false), ("*\n!./a/", "a", false),
      ("*\n!/a", "a", false), ("a\n!b\n", "a", true), ("**\n!src\nsrc/**/t", "src/x/t", true),
      ("*\n!a*\nab", "ab", true), ("*\n!a*\nab", "ac", false), ("*\n!!a", "!a", false), ("*\n!!a", "a", true),
    ] as [(String, String, Bool)])
  func exceptions(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "lines are trimmed, comments and blank lines skipped",
    arguments: [
      ("# a\nb", "# a", false), ("#a", "#a", false), (" # d", "# d", true), (" #d\n", "#d", true), ("a #b", "a", false),
      ("a #b", "a #b", true), ("  a\t ", "a", true), ("\n\n a\n\n", "a", true), ("a\r\nb\r\n", "a", true),
      ("a\r\nb\r\n", "b", true), ("# x\r\na", "a", true), ("\u{A0}a\u{2003}", "a", true), ("a\r", "a", true),
      ("\u{FEFF}a", "a", true), ("\u{FEFF}# a\nb", "b", true), ("a\n\u{FEFF}b", "b", false), ("a", "a ", false),
      ("", "a", false), ("\n \n\t\n", "a", false), ("#\n#\na", "a", true), ("a\u{B}b", "a\u{B}b", true),
    ] as [(String, String, Bool)])
  func lines(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "paths are cleaned and one leading slash is cut",
    arguments: [
      ("a/", "a", true), ("a/", "a/b", true), ("./a", "a", true), ("a//b", "a/b", true), ("x/../a", "a", true),
      ("a/.", "a", true), ("a/./b", "a/b", true), ("/a/", "a", true), ("//a", "a", true), ("/", "a", false),
      ("/", "a/b", false), (".", "a", false), ("./", "a/b", false), ("..", "a", false), ("../a", "a", false),
      ("a/..", "a", false), ("a/b/..", "a", true), ("/../a", "a", true), ("/./a", "a", true), ("a/*/", "a/b", true),
      ("./*.go", "a.go", true), ("./**/a", "x/a", true), ("/**/a", "a", true),
    ] as [(String, String, Bool)])
  func cleaning(patterns: String, path: String, isHidden: Bool) {
    let file = IgnoreFile(parsing: patterns)
    #expect(file.brokenLine == nil)
    #expect(file.hides(path) == isHidden)
  }

  @Test(
    "names the first line for which Docker refuses the file",
    arguments: [
      ("!", 1), ("! ", 1), ("a\n!\nb", 2), ("a[", 1), ("a\\", 1), ("[]a]", 1), ("[-x]", 1), ("[x-]", 1), ("[a-b-c]", 1),
      ("[", 1), ("[^", 1), ("[^bc", 1), ("a\n[", 2), ("[]", 1), ("[^]", 1), ("b/[", 1), ("[a", 1), ("[a-", 1),
      ("[\\", 1), ("!a[", 1), ("# !\n\n!\n[", 3), ("\u{FEFF}[", 1), ("a\r\n[\r\n", 2),
    ] as [(String, Int)])
  func refused(patterns: String, line: Int) {
    #expect(IgnoreFile(parsing: patterns).brokenLine == line)
  }

  @Test("an exception of nothing but a slash cleans to a lone exclamation mark, which Docker refuses")
  func slashException() {
    #expect(IgnoreFile(parsing: "a\n!/\n").brokenLine == 2)
  }

  @Test("keeps the patterns in order, cleaned, with their exceptions")
  func patterns() {
    let file = IgnoreFile(parsing: "# c\n/a/b/\n\n ! ./c//d \n**/e\n")
    #expect(file.patterns.map(\.text) == ["a/b", "c/d", "**/e"])
    #expect(file.patterns.map(\.isException) == [false, true, false])
  }

  @Test("an exception keeps a hidden folder worth a look")
  func reinclusion() {
    let file = IgnoreFile(parsing: "d\ne\nf\n!d/x/y\n!**/z.go\n")
    #expect(file.mayReinclude(below: "d"))
    #expect(file.mayReinclude(below: "d/x"))
    #expect(file.mayReinclude(below: "e"))
    let plain = IgnoreFile(parsing: "d\ne\n!d/x\n!g*/x\n")
    #expect(!plain.mayReinclude(below: "e"))
    #expect(plain.mayReinclude(below: "g1"))
    #expect(!IgnoreFile(parsing: "d\n").mayReinclude(below: "d"))
  }

  @Test("lines added at the end decide last")
  func appending() {
    let file = IgnoreFile(parsing: "*\n!a\n").appending(["a", "!b", "["])
    #expect(file.hides("a"))
    #expect(!file.hides("b"))
    #expect(file.hides("c"))
    #expect(file.patterns.count == 4)
  }

  @Test("bytes that are no UTF-8 harm no other line")
  func invalid() {
    let file = IgnoreFile(parsing: [0xFF, 0x0A, 0x61, 0x0A, 0x00, 0x0A])
    #expect(file.hides("a"))
    #expect(!file.hides("b"))
    #expect(file.brokenLine == nil)
  }

  @Test("a long row of stars is matched in reasonable time")
  func manyStars() {
    let file = IgnoreFile(parsing: String(repeating: "a*", count: 30) + "b")
    #expect(!file.hides(String(repeating: "a", count: 300)))
  }
}
