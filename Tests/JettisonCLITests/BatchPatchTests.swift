import Foundation
import Testing

/// `batch --patches` with git on the other side.
struct BatchPatchTests {
  private func repository() throws -> BatchTree {
    let tree = try BatchTree([
      "x/a.Dockerfile": BatchTree.goService, "x/b.Dockerfile": BatchTree.goService, "x/go.mod": BatchTree.module,
      "x/main.go": BatchTree.program, "compose.yaml": "services:\n  api: {build: {context: ./api}}\n",
      "leave/Dockerfile": "FROM alpine\nRUN apk add git\n", "api/.dockerignore": "*.md\n",
    ])
    for name in ["api", "straße", "crlf"] { try tree.addService(name) }
    try tree.write("crlf/Dockerfile", Array(BatchTree.goService.replacingOccurrences(of: "\n", with: "\r\n").utf8))
    try git(["init", "-q", "."], in: tree.url)
    try git(["config", "core.autocrlf", "false"], in: tree.url)
    try git(["add", "-A"], in: tree.url)
    try git(["commit", "-q", "-m", "start"], in: tree.url)
    return tree
  }

  private func git(_ arguments: [String], in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "git \(arguments): \(text)")
  }

  @Test("git am applies all of them, and the tree is what --write makes of it")
  func apply() throws {
    let (patched, written) = (try repository(), try repository())
    let patches = try BatchTree()
    let result = try patched.run("--patches", patches.url.path)
    #expect(result.status == 0)
    #expect(result.error.contains("4 patches in"))
    let names = patches.snapshot.keys.sorted()
    #expect(
      names == [
        "0001-api.patch", "0002-crlf.patch", "0004-stra-e.patch", "0005-x-a.Dockerfile-and-1-more.patch",
      ])
    try git(["am", "-q"] + names.map { patches.url.appendingPathComponent($0).path }, in: patched.url)
    #expect(try written.run("--write", "--no-backup").status == 0)
    let isTree = { (name: String) in !name.hasPrefix(".git/") }
    #expect(patched.snapshot.filter { isTree($0.key) } == written.snapshot.filter { isTree($0.key) })
  }

  @Test("the message says what the rewrite does, why, and what it takes for granted")
  func message() throws {
    let tree = try repository()
    _ = try tree.run("--patches", "patches", "--include", "api/")
    let text = try #require(tree.text("patches/0001-api.patch"))
    #expect(text.contains("Subject: [PATCH] api: split into stages\n"))
    #expect(text.contains("api/Dockerfile runs on scratch, an estimated 15 MB instead of 915 MB.\n"))
    #expect(text.contains("Only in the builder now:\n- COPY . .: "))
    #expect(text.contains("[reads-literals]\n---\ndiff --git a/api/Dockerfile b/api/Dockerfile\n"))
  }

  @Test("paths are told from the repository's root when batch looks at a folder of it")
  func subfolder() throws {
    let tree = try repository()
    _ = try tree.run("--patches", "patches", "api")
    let name = try #require(tree.snapshot.keys.first { $0.hasSuffix(".patch") })
    #expect(name == "patches/0001-api.patch")
    try git(["am", "-q", name], in: tree.url)
    #expect(tree.text("api/Dockerfile")?.contains("AS builder") == true)
  }

  @Test("patches of several shards are the patches of the whole")
  func shards() throws {
    let tree = try repository()
    let (whole, parts) = (try BatchTree(), try BatchTree())
    _ = try tree.run("--patches", whole.url.path)
    for part in 1...3 { _ = try tree.run("--patches", parts.url.path, "--shard", "\(part)/3") }
    #expect(parts.snapshot == whole.snapshot)
  }

  @Test("old patches in the folder, and a folder that is none, are errors")
  func occupied() throws {
    let tree = try repository()
    _ = try tree.run("--patches", "patches")
    let again = try tree.run("--patches", "patches")
    #expect(again.status == 2)
    #expect(again.error.contains("it holds patches already, such as '0001-api.patch'"))
    let file = try tree.run("--patches", "compose.yaml")
    #expect(file.status == 2)
    #expect(file.error.contains("[no-folder]"))
  }
}
