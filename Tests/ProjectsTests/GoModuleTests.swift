@testable import Projects
import Testing

struct GoModuleTests {
  @Test("reads module, version, requirements and local replacements")
  func everything() throws {
    let module = try GoModule.parse(
      """
      // a comment
      module example.com/app // another

      go 1.22.3
      toolchain go1.23.0
      godebug default=go1.21

      require (
      \tgithub.com/a/b v1.2.3
      \tgithub.com/c/d v0.0.0-20240101000000-abcdef // indirect
      )
      require "github.com/e/f" v2.0.0+incompatible

      replace github.com/a/b => ../b
      replace (
      \tgithub.com/c/d v0.0.0 => ./third/d
      \tgithub.com/e/f => github.com/g/f v2.0.1
      \tgithub.com/h/i => /abs/i
      )
      exclude github.com/x/y v1.0.0
      retract [v1.0.0, v1.1.0]
      retract (
      \tv1.2.0 // oops
      )
      tool golang.org/x/tools/cmd/stringer
      ignore ./web
      """, file: "go.mod"
    ).get()
    #expect(module.path == "example.com/app")
    #expect(module.goVersion == "1.22.3")
    #expect(
      module.requirements == [
        "github.com/a/b": "v1.2.3", "github.com/c/d": "v0.0.0-20240101000000-abcdef",
        "github.com/e/f": "v2.0.0+incompatible",
      ])
    #expect(module.localReplacements == ["../b", "./third/d", "/abs/i"])
  }

  @Test(
    "reads the smallest modules",
    arguments: [
      ("module a", "a", nil), ("module \"a b\"", nil, nil), ("module `a`\n", "a", nil),
      ("\n\n\tmodule\ta/b\n\tgo\t1.20\n", "a/b", "1.20"), ("module a//b\n", "a", nil),
    ] as [(String, String?, String?)])
  func small(text: String, path: String?, version: String?) {
    let module = try? GoModule.parse(text, file: "go.mod").get()
    #expect(module?.path == path)
    #expect(module?.goVersion == version)
  }

  @Test("reads a file with Windows line endings")
  func windows() throws {
    let module = try GoModule.parse(
      "module example.com/app\r\n\r\ngo 1.22\r\n\r\nrequire (\r\n\ta/b v1\r\n)\r\n", file: "go.mod"
    ).get()
    #expect(module.path == "example.com/app")
    #expect(module.goVersion == "1.22")
    #expect(module.requirements == ["a/b": "v1"])
  }

  @Test(
    "names the line that cannot be read",
    arguments: [
      ("module", 1), ("module a b", 1), ("// c\n\nmodule a\ngo", 4), ("module a\ngo 1 2", 2),
      ("module a\nrequire b", 2), ("module a\nrequire (\n\tb v1\n\tc\n)", 4), ("module a\nreplace b c", 2),
      ("module a\nreplace b =>", 2), ("module a\nrequire b v1\nbogus x", 3), ("<<<<<<< HEAD\nmodule a", 1),
      ("module a\n)", 2), ("go 1.22", 1), ("", 1), ("{}", 1),
    ])
  func broken(text: String, line: Int) throws {
    let error = try #require(throws: ProjectProblemError.self) { try GoModule.parse(text, file: "x/go.mod").get() }
    #expect(error.problem.line == line)
    #expect(error.problem.file == "x/go.mod")
    #expect(!error.problem.message.isEmpty && !error.problem.message.hasSuffix("."))
  }

  @Test(
    "finds text inside text by bytes",
    arguments: [("abcabc", "bc", "a", "abc"), ("a//b", "//", "a", "b"), ("ab", "ab", "", ""), ("é//", "//", "é", "")])
  func range(text: String, needle: String, before: String, after: String) throws {
    let range = try #require(text[...].range(of: needle))
    #expect(text[..<range.lowerBound] == before)
    #expect(text[range.upperBound...] == after)
    #expect(text[...].range(of: "zz") == nil)
    #expect(""[...].range(of: needle) == nil)
  }
}
