import ContextFiles
import Testing

struct ContextReaderTests {
  private let reader = ContextReader.memory(
    ["go.mod": "module a\n", "cmd/x/main.go": "package main\n", "cmd/run.sh": "#!/bin/sh\n", "empty": ""],
    executables: ["cmd/run.sh"])

  @Test("lists folders that follow from the paths, sorted by name")
  func entries() throws {
    #expect(try reader.entries(of: ".").get().map(\.name) == ["cmd", "empty", "go.mod"])
    #expect(try reader.entries(of: ".").get().map(\.kind) == [.directory, .file, .file])
    #expect(try reader.entries(of: "cmd").get().map(\.name) == ["run.sh", "x"])
    #expect(try reader.entries(of: "./cmd//x/").get().map(\.name) == ["main.go"])
  }

  @Test("knows size and mode of a file")
  func entry() throws {
    let script = try #require(reader.entry(at: "cmd/run.sh"))
    #expect(script == ContextEntry(name: "run.sh", kind: .file, isExecutable: true, size: 10))
    #expect(reader.entry(at: "empty") == ContextEntry(name: "empty", kind: .file))
    #expect(reader.entry(at: "cmd/x") == ContextEntry(name: "x", kind: .directory))
    #expect(reader.entry(at: ".") == ContextEntry(name: ".", kind: .directory))
    #expect(reader.entry(at: "cmd/../go.mod")?.name == "go.mod")
  }

  @Test(
    "reads files by any spelling of their path", arguments: ["go.mod", "./go.mod", "cmd/../go.mod", "cmd//..//go.mod"])
  func contents(path: String) {
    #expect(reader.contents(of: path) == .success(Array("module a\n".utf8)))
    #expect(reader.text(of: path) == "module a\n")
    #expect(reader.exists(path))
  }

  @Test(
    "finds nothing where nothing is, and nothing outside the root",
    arguments: ["nope", "cmd/nope", "nope/x", "../go.mod", "..", "/go.mod", "go.mod/x", "cmd/../../go.mod"])
  func missing(path: String) {
    #expect(reader.contents(of: path) == .failure(.notFound))
    #expect(reader.entries(of: path) == .failure(.notFound))
    #expect(reader.text(of: path) == nil)
    #expect(!reader.exists(path))
  }

  @Test("a folder is no file and a file no folder")
  func kinds() {
    #expect(reader.contents(of: ".") == .failure(.notFound))
    #expect(reader.contents(of: "cmd") == .failure(.notFound))
    #expect(reader.entries(of: "go.mod") == .failure(.notFound))
  }

  @Test("an empty context has a root")
  func empty() {
    let reader = ContextReader.memory([:])
    #expect(reader.entries(of: ".") == .success([]))
    #expect(reader.exists("."))
  }

  @Test("asks its functions for cleaned paths only and sorts what they answer")
  func functions() throws {
    let reader = ContextReader(
      list: {
        $0 == "a/b"
          ? .success([ContextEntry(name: "z", kind: .link), ContextEntry(name: "y", kind: .file)])
          : .failure(.unreadable($0))
      },
      read: { .success(Array($0.utf8)) })
    #expect(try reader.entries(of: "a//x/../b/").get().map(\.name) == ["y", "z"])
    #expect(reader.entries(of: "c") == .failure(.unreadable("c")))
    #expect(reader.text(of: "./q//r") == "q/r")
    #expect(reader.entry(at: "a/b/z")?.kind == .link)
    #expect(reader.entry(at: "c/d") == nil)
  }

  @Test("bytes that are no UTF-8 become replacement characters in text only")
  func invalid() {
    let reader = ContextReader(list: { _ in .success([]) }, read: { _ in .success([0x61, 0xFF]) })
    #expect(reader.text(of: "x") == "a\u{FFFD}")
    #expect(reader.contents(of: "x") == .success([0x61, 0xFF]))
  }
}
