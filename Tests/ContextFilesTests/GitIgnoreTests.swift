import ContextFiles
import Testing

struct GitIgnoreTests {
  @Test(
    "ignores as git does",
    arguments: [
      // pattern, path, is a folder, ignored
      ("build", "build", true, true), ("build", "a/build", true, true), ("build", "a/build", false, true),
      ("build/", "build", false, false), ("build/", "a/build", true, true), ("/build", "a/build", true, false),
      ("/build", "build", true, true), ("a/build", "a/build", true, true), ("a/build", "x/a/build", true, false),
      ("*.log", "a/b.log", false, true), ("*.log", "a.logs", false, false), ("a*/", "abc", true, true),
      ("**/out", "x/y/out", true, true), ("**/out", "out", true, true), ("out/**", "out", true, false),
      ("out/**", "out/a", false, true), ("a/**/b", "a/b", true, true), ("a/**/b", "a/x/y/b", true, true),
      ("a/**/b", "a/x/y/c", true, false), ("# x", "# x", false, false), ("\\#x", "#x", false, true),
      ("!x", "x", false, false), ("\\!x", "!x", false, true), ("x  ", "x", false, true), ("x\\ ", "x ", false, true),
      ("x\r", "x", false, true), ("[ab].txt", "a.txt", false, true), ("[!ab].txt", "a.txt", false, false),
      ("[!ab].txt", "c.txt", false, true), ("?", "a", false, true), ("?", "ab", false, false), ("/", "a", true, false),
      ("[", "[", false, false), ("", "a", false, false), ("a?b", "a/b", false, false),
      ("Docker*", "Dockerfile", false, true),
    ])
  func row(pattern: String, path: String, isFolder: Bool, isIgnored: Bool) {
    let file = GitIgnore(parsing: "\(pattern)\n")
    #expect((file.verdict(on: path, isFolder: isFolder) ?? false) == isIgnored)
  }

  @Test("the last pattern that matches decides, and a silent file says nothing")
  func order() {
    let file = GitIgnore(parsing: "*\n!keep\n/keep/x\n")
    #expect(file.verdict(on: "a", isFolder: false) == true)
    #expect(file.verdict(on: "keep", isFolder: true) == false)
    #expect(file.verdict(on: "keep/x", isFolder: false) == true)
    #expect(GitIgnore(parsing: "a\n").verdict(on: "b", isFolder: false) == nil)
    #expect(GitIgnore(parsing: "\n# only\n\n").isEmpty)
  }

  @Test("what lies in an ignored folder is ignored, whatever brings it back")
  func folders() {
    let file = GitIgnore(parsing: "gen/\n!gen/keep\n")
    #expect(file.hides("gen/keep"))
    #expect(file.hides("a/gen/b/c"))
    #expect(!file.hides("general/x"))
  }
}
