import ContextFiles
import Testing

struct ContextListingTests {
  private static let files = [
    "go.mod", "main.go", "cmd/a/main.go", "cmd/b/main.go", "docs/a.md", "docs/keep/b.md", ".git/HEAD",
    "web/node_modules/x/y.js", "web/index.js",
    "web/__pycache__/z.pyc",
  ]
  private let reader = ContextReader.memory(Dictionary(uniqueKeysWithValues: files.map { ($0, $0) }))

  @Test("lists files and folders sorted, and looks into no pruned folder")
  func everything() {
    let listing = ContextListing(reader)
    #expect(
      listing.files.map(\.path) == [
        "cmd/a/main.go", "cmd/b/main.go", "docs/a.md", "docs/keep/b.md", "go.mod", "main.go", "web/index.js",
      ])
    #expect(
      listing.directories == [
        ".git", "cmd", "cmd/a", "cmd/b", "docs", "docs/keep", "web", "web/__pycache__", "web/node_modules",
      ])
    #expect(listing.unreadable.isEmpty)
  }

  @Test("lists nothing the ignore file hides")
  func hidden() {
    let listing = ContextListing(reader, ignoring: IgnoreFile(parsing: "docs\n**/node_modules\n*.mod\ncmd/b/*\n"))
    #expect(listing.files.map(\.path) == ["cmd/a/main.go", "main.go", "web/index.js"])
    #expect(listing.directories == [".git", "cmd", "cmd/a", "cmd/b", "web", "web/__pycache__"])
    #expect(listing["docs"] == nil)
    #expect(listing["docs/a.md"] == nil)
    #expect(listing["main.go"]?.size == 7)
  }

  @Test(
    "finds what an exception brings back below a hidden folder, and the folder with it",
    arguments: [
      ("docs\n!docs/keep\n", ["docs/keep/b.md"], ["docs", "docs/keep"]),
      ("docs\n!docs/keep/b.md\n", ["docs/keep/b.md"], ["docs", "docs/keep"]),
      ("docs\n!**/b.md\n", ["docs/keep/b.md"], ["docs", "docs/keep"]),
      ("docs/*\n!docs/keep\n", ["docs/keep/b.md"], ["docs", "docs/keep"]),
      ("docs\n!web\n", [], []), ("docs\n!docs/keep\ndocs/keep\n", [], []),
    ] as [(String, [String], [String])])
  func reincluded(patterns: String, files: [String], directories: [String]) {
    let listing = ContextListing(reader, ignoring: IgnoreFile(parsing: patterns))
    #expect(listing.files(below: "docs").map(\.path) == files)
    #expect(listing.directories.filter { $0.hasPrefix("docs") } == directories)
  }

  @Test("an ignore file of one star leaves the exceptions only")
  func allowList() {
    let listing = ContextListing(reader, ignoring: IgnoreFile(parsing: "*\n!go.mod\n!cmd/a\n"))
    #expect(listing.files.map(\.path) == ["cmd/a/main.go", "go.mod"])
    #expect(listing.directories == ["cmd", "cmd/a"])
  }

  @Test("gives the entry at any spelling of a path")
  func entries() {
    let listing = ContextListing(reader)
    #expect(listing["."]?.kind == .directory)
    #expect(listing["./cmd/"]?.kind == .directory)
    #expect(listing["cmd/a/../b/main.go"]?.kind == .file)
    #expect(listing["nope"] == nil)
    #expect(listing["../go.mod"] == nil)
  }

  @Test(
    "gives the files at a path or below it",
    arguments: [("cmd", 2), ("cmd/a", 1), ("cm", 0), ("go.mod", 1), (".", 7), ("./docs/", 2)])
  func below(path: String, count: Int) {
    #expect(ContextListing(reader).files(below: path).count == count)
  }

  @Test(
    "matches the sources of COPY on whole paths",
    arguments: [
      ("*.go", ["main.go"]), ("go.*", ["go.mod"]), ("cmd/*", ["cmd/a", "cmd/b"]),
      ("cmd/*/main.go", ["cmd/a/main.go", "cmd/b/main.go"]), ("cmd/[ab]", ["cmd/a", "cmd/b"]), ("cmd/[^a]", ["cmd/b"]),
      ("/main.go", ["main.go"]), ("./main.go", ["main.go"]), ("main.?o", ["main.go"]), ("docs", ["docs"]), ("nope", []),
      ("*.nope", []), (".", ["."]), ("/", ["."]), ("", ["."]), ("[", []), ("cmd/", ["cmd"]), ("main\\.go", ["main.go"]),
      ("/cmd/*", ["cmd/a", "cmd/b"]),
    ] as [(String, [String])])
  func matches(pattern: String, expected: [String]) {
    #expect(ContextListing(reader).matches(pattern) == expected)
  }

  @Test("two stars in a COPY source are one star, as in Go's filepath.Match")
  func twoStars() {
    #expect(ContextListing(reader).matches("**/*.go").isEmpty)
    #expect(ContextListing(reader).matches("**/a.md") == ["docs/a.md"])
  }

  @Test("names a folder that cannot be read and goes on")
  func unreadable() {
    let reader = ContextReader(
      list: {
        switch $0 {
        case ".":
          .success([
            ContextEntry(name: "a", kind: .directory), ContextEntry(name: "b", kind: .link),
            ContextEntry(name: "c", kind: .directory),
          ])
        case "c": .success([ContextEntry(name: "d", kind: .file, isExecutable: true, size: 3)])
        default: .failure(.unreadable("no permission"))
        }
      }, read: { _ in .failure(.notFound) })
    let listing = ContextListing(reader)
    #expect(listing.unreadable == ["a"])
    #expect(listing.files.map(\.path) == ["b", "c/d"])
    #expect(listing["b"]?.kind == .link)
    #expect(listing["c/d"]?.isExecutable == true)
  }

  @Test(
    "finds the files below a path among neighbours that sort between",
    arguments: [
      ("a", ["a/b", "a/c/d"]), ("a/", ["a/b", "a/c/d"]), ("a/c", ["a/c/d"]), ("a/b", ["a/b"]), ("a-b", ["a-b/x"]),
      ("a.txt", ["a.txt"]), ("b", []), ("a/c/d/e", []), ("é", ["é/x"]),
    ] as [(String, [String])])
  func below(path: String, expected: [String]) {
    let names = ["a/b", "a/c/d", "a-b/x", "a.txt", "a0/x", "A/x", "é/x", "z"]
    let listing = ContextListing(.memory(Dictionary(uniqueKeysWithValues: names.map { ($0, "") })))
    #expect(listing.files(below: path).map(\.path) == expected)
    #expect(listing.files(below: ".").count == names.count)
  }

  @Test("a reader that knows its listing is not walked again")
  func known() {
    let walked = ContextListing(reader)
    let knowing = ContextReader(list: { _ in .failure(.notFound) }, read: { _ in .failure(.notFound) }) { _, ignore in
      ignore.patterns.isEmpty ? walked : ContextListing(.memory([:]))
    }
    #expect(knowing.listing(ignoring: IgnoreFile(parsing: "")).files == walked.files)
    #expect(knowing.listing(ignoring: IgnoreFile(parsing: "x")).files.isEmpty)
    #expect(reader.listing(ignoring: IgnoreFile(parsing: "")).files == walked.files)
  }
}
