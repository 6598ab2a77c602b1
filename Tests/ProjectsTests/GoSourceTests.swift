import Projects
import Testing

struct GoSourceTests {
  @Test("reads package, imports, literals, embeds and selectors of a program")
  func everything() {
    let source = read(
      """
      // Package main serves "the site".
      package main

      import (
      \t"embed"
      \t_ "embed"
      \tfoo "example.com/app/bar"
      \t. "fmt"
      \t"net/http" // not "this"
      )
      import "time"
      import tz "time/tzdata"

      //go:embed web/*.html all:static "with space"
      var files embed.FS

      func main() {
      \tloc, _ := time.LoadLocation("Europe/Berlin")
      \thttp.Handle(`/raw`, foo.New('"', '\\n', "a\\"b"))
      \tPrintln(loc)
      }
      """)
    #expect(source.package == "main")
    #expect(source.imports == ["embed", "example.com/app/bar", "fmt", "net/http", "time", "time/tzdata"])
    #expect(source.literals.isSuperset(of: ["Europe/Berlin", "/raw", "a\"b", "the site"]))
    #expect(source.literals.isDisjoint(with: source.imports))
    #expect(source.selectors.isSuperset(of: ["time.LoadLocation", "http.Handle", "foo.New", "embed.FS"]))
    #expect(source.embeds.prefix(2) == ["web/*.html", "all:static"])
    #expect(!source.usesCgo)
    #expect(!source.isBare)
  }

  @Test("a quoted embed pattern may hold blanks")
  func quotedEmbed() {
    #expect(read("package a\n//go:embed \"with space\" b\nvar f embed.FS").embeds == ["with space", "b"])
    #expect(read("package a\n//go:embed `with space`\nvar f embed.FS").embeds == ["with space"])
  }

  @Test(
    "reads embeds after any blank",
    arguments: [
      "//go:embed a.txt b/*", "//go:embed\ta.txt\tb/*", "//go:embed   a.txt   b/*  ", "//go:embed a.txt b/*\r",
    ])
  func embeds(line: String) {
    #expect(read("package a\n\(line)\nvar f embed.FS").embeds == ["a.txt", "b/*"])
  }

  @Test(
    "only the exact comment embeds",
    arguments: ["// go:embed a", "//go:embedded a", "/*go:embed a*/", "\"//go:embed a\"", "x := `\n//go:embed a\n`"])
  func noEmbeds(line: String) {
    #expect(read("package a\n\(line)\n").embeds.isEmpty)
  }

  @Test(
    "finds cgo",
    arguments: [
      ("import \"C\"", true), ("import (\n\"fmt\"\n\"C\"\n)", true), ("/*\n#include <x.h>\n*/\nimport \"C\"", true),
      ("// import \"C\"", false), ("/* import \"C\" */", false), ("var x = \"C\"", false),
      ("import \"runtime/cgo\"", false),
    ])
  func cgo(text: String, expected: Bool) {
    #expect(read("package a\n" + text + "\n").usesCgo == expected)
  }

  @Test("ends an import block where it ends")
  func importBlock() {
    let source = read("package a\nimport (\n\"b\"\n)\nvar x = f(\"c\")\nconst y = \"d\"")
    #expect(source.imports == ["b"])
    #expect(source.literals == ["c", "d"])
  }

  @Test("several imports on one line")
  func oneLine() {
    #expect(read("package a; import (\"b\"; \"c\"); import \"d\"; var e = \"f\"").imports == ["b", "c", "d"])
  }

  @Test(
    "knows a file that holds nothing but a package clause",
    arguments: [
      ("package a", true), ("// c \"d\"\npackage a // e\n/* f */\n", true), ("", true), ("package a\nvar b int", false),
      ("package a\nimport \"b\"", false),
    ])
  func bare(text: String, expected: Bool) {
    #expect(read(text).isBare == expected)
  }

  @Test(
    "takes the package of the clause, not of a comment",
    arguments: [
      "// package b\npackage a", "/* package b */ package a", "//go:build x\n\npackage a\n",
      "/*\npackage b\n*/\n\npackage a; var x = 1",
    ])
  func packageClause(text: String) {
    #expect(read(text).package == "a")
  }

  @Test("keeps the literals and calls of line comments, for a literal too many does no harm")
  func comments() {
    let source = read("package a\n// os.Open(\"config.yml\") and exec.Command\n")
    #expect(source.literals == ["config.yml"])
    #expect(source.selectors.isSuperset(of: ["os.Open", "exec.Command"]))
  }

  @Test(
    "any text is read without a crash",
    arguments: [
      "\"", "`", "'", "'\\", "/*", "//", "/", "import (", "import \"", "package", "\"\\", "a.", ".", "\u{0}", "// \"x",
      "'\"'", "import (\n\"a\"", "//go:embed", "//go:embed ",
    ])
  func broken(text: String) {
    let source = read(text)
    #expect(source.package.isEmpty)
    #expect(read("package a\n" + text).package == "a")
  }

  @Test("an open literal ends with its line")
  func openLiteral() {
    let source = read("package a\nvar x = \"open\nvar y = \"closed\"\n")
    #expect(source.literals.contains("closed"))
  }

  @Test("what is joined to a literal is a wildcard, kept apart from the literals")
  func joinedLiterals() {
    let source = read("package a\nvar x = \"config_\" + name +\n\t\".json\"\nvar y = `plain`\n")
    #expect(source.literals == ["config_", ".json", "plain"])
    #expect(source.joinedLiterals == ["config_*", "*.json"])
  }

  @Test("only the call that gets the working directory itself is one on it")
  func directoryCalls() {
    let source = read("package a\nfunc f() { http.Dir(\"./\"); os.Open(path.Clean(\".\")); g.Static(\"/\", `.`) }\n")
    #expect(source.directoryCalls == ["http.Dir", "path.Clean", "g.Static"])
  }

  private func read(_ text: String) -> GoSource {
    GoSource(parsing: Array(text.utf8))
  }
}
