import ContextFiles
import Testing

struct ContextPathTests {
  @Test(
    "cleans paths as Go does",
    arguments: [
      ("", "."), (".", "."), ("./", "."), ("/", "/"), ("//", "/"), ("a", "a"), ("a/", "a"), ("a//b", "a/b"),
      ("./a", "a"), ("a/.", "a"), ("a/./b", "a/b"), ("a//b/../c/", "a/c"), ("a/..", "."), ("a/../..", ".."),
      ("..", ".."), ("../..", "../.."), ("../a", "../a"), ("a/../../b", "../b"), ("/..", "/"), ("/../x", "/x"),
      ("/a/../..", "/"), ("/a/b/../c", "/a/c"), ("/./a", "/a"), ("...", "..."), ("a/...", "a/..."), ("..a", "..a"),
      (".a", ".a"), ("a b/c", "a b/c"), ("é/ü/..", "é"), ("a\\b", "a\\b"), ("/.", "/"), ("a/b/../../c", "c"),
      ("a/\u{301}b/..", "a"), ("a\r\n/b", "a\r\n/b"),
    ])
  func clean(path: String, expected: String) {
    #expect(ContextPath.clean(path) == expected)
    #expect(ContextPath.clean(ContextPath.clean(path)) == expected)
  }

  @Test(
    "joins a folder and a path",
    arguments: [
      (".", "a", "a"), ("a", "b", "a/b"), ("a", "../b", "b"), ("a", "../../b", "../b"), ("a", "/b", "/b"),
      ("/a", "b", "/a/b"), ("/a", "..", "/"), ("/", "b", "/b"), ("a", ".", "a"), ("a", "", "a"), (".", ".", "."),
      ("/a", "../../b", "/b"), ("a/", "./b/", "a/b"),
    ])
  func join(directory: String, path: String, expected: String) {
    #expect(ContextPath.join(directory, path) == expected)
  }

  @Test(
    "knows the last component",
    arguments: [("a", "a"), ("a/b", "b"), ("/a/b/", "b"), ("/", "/"), (".", "."), ("", ""), ("a.b/c.d", "c.d")])
  func lastComponent(path: String, expected: String) {
    #expect(ContextPath.lastComponent(path) == expected)
  }

  @Test(
    "knows the parent",
    arguments: [
      ("a", "."), ("a/b", "a"), ("a/b/c", "a/b"), ("/a", "/"), ("/a/b", "/a"), ("/", "/"), (".", "."), ("", "."),
      ("a/b/", "a"), ("../a", ".."),
    ])
  func parent(path: String, expected: String) {
    #expect(ContextPath.parent(path) == expected)
  }

  @Test(
    "knows what lies within a folder, by whole names",
    arguments: [
      ("a", "a", true), ("a/b", "a", true), ("a/b/c", "a/b", true), ("ab", "a", false), ("a", "a/b", false),
      ("a", ".", true), (".", ".", true), ("../a", ".", false), ("..", ".", false), ("..a", ".", true),
      ("/a", ".", false), ("/a", "/", true), ("/", "/", true), ("a", "/", false), ("/a/b", "/a", true),
      ("/ab", "/a", false), ("", "a", false),
      ("a/\u{301}b", "a", true), ("e\u{301}/a", "é", false),
    ])
  func isWithin(path: String, directory: String, expected: Bool) {
    #expect(ContextPath.isWithin(path, directory) == expected)
  }

  @Test(
    "gives the way from a folder to a path inside it",
    arguments: [
      ("a/b", "a", "b"), ("a/b/c", "a", "b/c"), ("a", "a", "."), ("a", ".", "a"), (".", ".", "."), ("/a/b", "/", "a/b"),
      ("/a/b", "/a", "b"), ("/", "/", "."), ("ab", "a", nil), ("a", "b", nil), ("../a", ".", nil), ("/a", ".", nil),
    ] as [(String, String, String?)])
  func relative(path: String, directory: String, expected: String?) {
    #expect(ContextPath.relative(path, to: directory) == expected)
  }

  @Test(
    "names a path from another folder",
    arguments: [
      ("a/b", "a", "b"), ("a", "a", "."), ("docker/Dockerfile", "api", "../docker/Dockerfile"),
      ("x", "a/b", "../../x"), (".", "a/b", "../../."), ("/r/x", "/r/a", "../x"), ("x", ".", "x"),
      ("../x", ".", "../x"),
    ])
  func from(path: String, folder: String, expected: String) {
    #expect(ContextPath.path(path, from: folder) == expected)
  }
}
