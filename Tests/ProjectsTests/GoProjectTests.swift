import ContextFiles
import Projects
import Testing

struct GoProjectTests {
  @Test("reads a module in the folder or above it", arguments: [".", "cmd", "cmd/a"])
  func module(directory: String) throws {
    let project = try read(
      ["go.mod": "module example.com/app\ngo 1.22\n", "cmd/a/main.go": "package main\n"], at: directory)
    #expect(project.directory == ".")
    #expect(project.module?.goVersion == "1.22")
    #expect(project.importPath == "example.com/app")
    #expect(!project.isVendored)
    #expect(project.workspace == ["example.com/app": "."])
  }

  @Test("takes the nearest module of several")
  func nested() throws {
    let files = [
      "go.mod": "module a\n", "svc/go.mod": "module a/svc\n", "svc/cmd/main.go": "package main\n",
      "main.go": "package main\n",
    ]
    #expect(try read(files, at: "svc/cmd").directory == "svc")
    #expect(try read(files, at: ".").directory == ".")
    #expect(try read(files, at: ".").workspace == ["a": ".", "a/svc": "svc"])
  }

  @Test("sees a vendor folder beside the module")
  func vendored() throws {
    let project = try read([
      "go.mod": "module a\n", "vendor/modules.txt": "", "vendor/b/b.go": "package main\n", "main.go": "package main\n",
    ])
    #expect(project.isVendored)
    #expect(project.mainPackages() == ["."])
  }

  @Test("reads a GOPATH layout without a module")
  func gopath() throws {
    let project = try read(
      [
        "src/app/main.go": "package main\nimport \"app/lib\"\nfunc main() { lib.A() }\n",
        "src/app/lib/lib.go": "package lib\nfunc A() {}\n",
      ], at: "src/app", importPath: "app")
    #expect(project.module == nil)
    #expect(project.directory == "src/app")
    #expect(project.importPath == "app")
    #expect(project.reach(from: ["src/app"]).packages == ["src/app", "src/app/lib"])
  }

  @Test("gives the problem of a module that cannot be read")
  func broken() {
    let reader = ContextReader.memory(["svc/go.mod": "module a\noops\n"])
    let result = GoProject.read(at: "svc", importPath: nil, in: ContextListing(reader), reader: reader)
    guard case .failure(let error) = result else {
      Issue.record("no failure")
      return
    }
    #expect(error.problem == ProjectProblem(file: "svc/go.mod", line: 2, message: "unknown directive 'oops'"))
  }

  @Test("a module the ignore file hides is none")
  func hidden() throws {
    let reader = ContextReader.memory(["go.mod": "module a\n", "main.go": "package main\n"])
    let listing = ContextListing(reader, ignoring: IgnoreFile(parsing: "go.mod"))
    let project = try GoProject.read(at: ".", importPath: nil, in: listing, reader: reader).get()
    #expect(project.module == nil)
    #expect(project.importPath.isEmpty)
  }

  @Test("finds the main packages and leaves tests, test data and vendored code out")
  func mainPackages() throws {
    let project = try read([
      "go.mod": "module a\n", "main.go": "package main\n", "cmd/b/main.go": "// b\npackage main\n",
      "cmd/c/c_test.go": "package main\n", "lib/lib.go": "package lib\n", "testdata/d/main.go": "package main\n",
      "vendor/e/main.go": "package main\n", "_old/main.go": "package main\n", "cmd/f/readme.txt": "package main\n",
    ])
    #expect(project.mainPackages() == [".", "cmd/b"])
    #expect(project.mainPackages(below: "cmd") == ["cmd/b"])
    #expect(project.mainPackages(below: "nowhere") == [])
  }

  @Test("reaches what a main package imports and nothing else")
  func reach() throws {
    let project = try read([
      "go.mod": "module example.com/app\nrequire github.com/x/y v1.0.0\n",
      "cmd/a/main.go":
        """
      package main
      import (
      \t"os/exec"
      \t"example.com/app/internal/b"
      \t"github.com/x/y/z"
      )
      func main() { exec.Command("git"); b.B("lit") }
      """,
      "internal/b/b.go":
        """
      package b
      import "example.com/app/internal/c"
      //go:embed all:web/dist ../x.txt
      var f embed.FS
      func B(string) { c.C("deep") }
      """,
      "internal/b/b_test.go": "package b\nimport \"example.com/app/internal/d\"\n",
      "internal/c/c.go": "package c\n/*\n#include <x.h>\n*/\nimport \"C\"\nfunc C(string) {}\n",
      "internal/d/d.go": "package d\nvar x = \"never\"\n", "cmd/other/main.go": "package main\nvar y = \"other\"\n",
    ])
    let reach = project.reach(from: ["cmd/a"])
    #expect(reach.packages == ["cmd/a", "internal/b", "internal/c"])
    #expect(reach.literals == ["git", "lit", "deep"])
    #expect(reach.commandLiterals == ["git", "lit"])
    #expect(reach.cgoFiles == ["internal/c/c.go"])
    #expect(reach.embeds == ["internal/b/web/dist", "internal/x.txt"])
    #expect(reach.selectors.isSuperset(of: ["exec.Command", "b.B", "c.C"]))
    #expect(reach.imports.contains("github.com/x/y/z"))
    #expect(reach.modules == ["github.com/x/y", "github.com/x/y/z"])
    #expect(reach.uses(module: "github.com/x/y"))
    #expect(!reach.uses(module: "github.com/x/yy"))
    #expect(!reach.uses(module: "github.com/x/y/z/deep"))
    #expect(reach.sourceCount == 3)
    #expect(reach.unreadable.isEmpty)
  }

  @Test("reaches every main package when none is named")
  func reachAll() throws {
    let project = try read([
      "go.mod": "module a\n", "cmd/b/main.go": "package main\nvar b = \"b\"\n",
      "cmd/c/main.go": "package main\nvar c = \"c\"\n", "d/d.go": "package d\nvar d = \"d\"\n",
    ])
    #expect(project.reach(from: []).packages == ["cmd/b", "cmd/c"])
    #expect(project.reach(from: []).literals == ["b", "c"])
  }

  @Test("packages that import each other in a circle are reached once")
  func circle() throws {
    let project = try read([
      "go.mod": "module m\n", "a/a.go": "package main\nimport \"m/b\"\nvar x b.T\n",
      "b/b.go": "package b\nimport \"m/a\"\nvar x a.T\n",
    ])
    #expect(project.reach(from: ["a"]).packages == ["a", "b"])
    #expect(project.reach(from: ["a"]).sourceCount == 2)
  }

  @Test("a package that declares nothing is not what was built", arguments: ["package main\n", "", "// nothing\n"])
  func bare(source: String) throws {
    let project = try read(["go.mod": "module a\n", "main.go": source])
    #expect(project.reach(from: ["."]).unreadable.contains("."))
    #expect(project.reach(from: ["."]).sourceCount == 1)
  }

  @Test("finds packages of other modules of the workspace")
  func workspace() throws {
    let project = try read(
      [
        "go.work": "go 1.22\nuse ./app\nuse ./lib\n", "app/go.mod": "module example.com/app\n",
        "app/main.go": "package main\nimport \"example.com/lib/deep\"\nfunc main() { deep.D() }\n",
        "lib/go.mod": "module example.com/lib\n", "lib/deep/d.go": "package deep\nfunc D() {}\n",
      ], at: "app")
    #expect(project.directory == "app")
    #expect(project.folder(ofImport: "example.com/lib") == "lib")
    #expect(project.folder(ofImport: "example.com/lib/deep") == "lib/deep")
    #expect(project.reach(from: ["app"]).packages == ["app", "lib/deep"])
  }

  @Test(
    "finds the folder of an import",
    arguments: [
      ("a.b/c", "."), ("a.b/c/d", "d"), ("a.b/c/d/e", "d/e"), ("a.b/cd", nil), ("fmt", nil), ("github.com/x", nil),
      ("./d", "d"), ("a.b", nil), ("", nil), ("a.b/c/svc/x", "svc/x"),
    ] as [(String, String?)])
  func folders(path: String, expected: String?) throws {
    let project = try read(["go.mod": "module a.b/c\n", "svc/go.mod": "module a.b/c/svc\n"])
    #expect(project.folder(ofImport: path) == expected)
  }

  private func read(_ files: [String: String], at directory: String = ".", importPath: String? = nil) throws
    -> GoProject
  {
    let reader = ContextReader.memory(files)
    return try GoProject.read(at: directory, importPath: importPath, in: ContextListing(reader), reader: reader).get()
  }
}
