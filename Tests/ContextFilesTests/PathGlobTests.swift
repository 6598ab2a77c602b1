import ContextFiles
import Testing

/// What Go's `filepath.Match` answers.
struct PathGlobTests {
  @Test(
    "matches whole paths as Go does",
    arguments: [
      ("abc", "abc", true), ("*", "abc", true), ("*c", "abc", true), ("a*", "a", true), ("a*", "abc", true),
      ("a*", "ab/c", false), ("a*/b", "abc/b", true), ("a*/b", "a/c/b", false), ("a*b*c*d*e*/f", "axbxcxdxe/f", true),
      ("a*b*c*d*e*/f", "axbxcxdxexxx/f", true), ("a*b*c*d*e*/f", "axbxcxdxe/xxx/f", false),
      ("a*b*c*d*e*/f", "axbxcxdxexxx/fff", false), ("a*b?c*x", "abxbbxdbxebxczzx", true),
      ("a*b?c*x", "abxbbxdbxebxczzy", false), ("ab[c]", "abc", true), ("ab[b-d]", "abc", true),
      ("ab[e-g]", "abc", false),
      ("ab[^c]", "abc", false), ("ab[^b-d]", "abc", false), ("ab[^e-g]", "abc", true), ("a\\*b", "a*b", true),
      ("a\\*b", "ab", false), ("a?b", "a☺b", true), ("a[^a]b", "a☺b", true), ("a???b", "a☺b", false),
      ("[a-ζ]*", "α", true), ("*[a-ζ]", "A", false), ("a?b", "a/b", false), ("a*b", "a/b", false),
      ("[\\]a]", "]", true),
      ("[\\-]", "-", true), ("[x\\-]", "x", true), ("[x\\-]", "z", false), ("[\\-x]", "a", false), ("*x", "xxx", true),
      ("", "", true), ("*", "", true), ("", "a", false), ("**", "a", true), ("**/a", "b/a", true),
      ("**/a", "c/b/a", false),
      ("[*]", "*", true), ("[z-a]", "m", false), ("a\\d", "ad", true), ("{a,b}", "a", false), ("a|b", "a", false),
      ("*a*/b", "xaya/b", true), ("*.*", "a.b.c", true), ("*b", "abab", true), ("*ab*ab", "abxab", true),
    ])
  func matches(pattern: String, path: String, expected: Bool) throws {
    #expect(try #require(PathGlob(pattern)).matches(path) == expected)
  }

  @Test(
    "is none for what Go calls bad",
    arguments: [
      "[]a]", "[-]", "[x-]", "[-x]", "\\", "[a-b-c]", "[", "[^", "[^bc", "a[", "a*[", "*\\", "[\\", "[]", "[^]", "[a-",
      "[a",
    ])
  func bad(pattern: String) {
    #expect(PathGlob(pattern) == nil)
  }
}
