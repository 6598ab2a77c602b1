import Foundation
import Testing

/// Which part of a tree `batch` answers for.
struct BatchSelectionTests {
  private func tree() throws -> BatchTree {
    let tree = try BatchTree([
      "shared/a.Dockerfile": BatchTree.goService, "shared/b.Dockerfile": BatchTree.goService,
      "shared/go.mod": BatchTree.module, "shared/main.go": BatchTree.program,
      "broken/Dockerfile": "FROM alpine\nNONSENSE\n", "compose.yaml": "services: [\n",
    ])
    for name in ["api", "web", "legacy/old"] { try tree.addService(name) }
    return tree
  }

  @Test("shards keep the Dockerfiles of a context together, and all of them are the whole", arguments: [1, 2, 3, 7])
  func shards(count: Int) throws {
    let tree = try tree()
    let whole = try tree.report()
    let parts = try (1...count).map { try tree.report("--shard", "\($0)/\(count)") }
    #expect(
      parts.flatMap { $0.dockerfiles.map(\.dockerfile) }.sorted() == whole.dockerfiles.map(\.dockerfile).sorted())
    #expect(parts.filter { $0["shared/a.Dockerfile"] != nil }.count == 1)
    #expect(parts.allSatisfy { ($0["shared/a.Dockerfile"] == nil) == ($0["shared/b.Dockerfile"] == nil) })
    // A trouble that belongs to no Dockerfile is told once.
    #expect(parts.map(\.problems.count) == [1] + Array(repeating: 0, count: count - 1))
  }

  @Test("shards write what the whole writes")
  func writtenShards() throws {
    let whole = try tree()
    _ = try whole.run("--write", "--no-backup")
    let parts = try tree()
    for part in 1...4 { _ = try parts.run("--write", "--no-backup", "--shard", "\(part)/4") }
    #expect(parts.snapshot == whole.snapshot)
  }

  @Test(
    "looks at what is included and not excluded",
    arguments: [
      (["--include", "api/"], ["api/Dockerfile"]),
      (
        ["--include", "api/", "--include", "*.Dockerfile"],
        ["api/Dockerfile", "shared/a.Dockerfile", "shared/b.Dockerfile"]
      ),
      (
        ["--exclude", "legacy", "--exclude", "/broken/**", "--exclude", "shared"], ["api/Dockerfile", "web/Dockerfile"]
      ),
      (["--include", "legacy/", "--exclude", "old/"], []),
    ])
  func patterns(arguments: [String], expected: [String]) throws {
    let tree = try tree()
    let result = try Jettison.run(["batch", "--format", "json"] + arguments, in: tree.url)
    let report = try JSONDecoder().decode(BatchAnswer.self, from: Data(result.output.utf8))
    #expect(report.dockerfiles.map(\.dockerfile) == expected)
  }

  @Test("what is left out still counts as a user of its context")
  func neighbours() throws {
    let tree = try BatchTree([
      "x/Dockerfile.docs": "FROM alpine\nCOPY README.md .github /docs/\n", "x/README.md": "", "x/.github/a": "",
    ])
    try tree.addService("x")
    _ = try tree.run("--write", "--no-backup", "--exclude", "Dockerfile.docs")
    let ignore = try #require(tree.text("x/.dockerignore"))
    #expect(!ignore.contains(".github"))
    #expect(ignore.contains("Dockerfile"))
  }

  @Test("does not look at what git ignores, from above the root too")
  func gitIgnored() throws {
    let tree = try BatchTree([".gitignore": "out/\n/services/tmp\n", ".git/HEAD": ""])
    for name in ["services/api", "services/out/api", "services/tmp"] { try tree.addService(name) }
    #expect(try tree.report().dockerfiles.map(\.dockerfile) == ["services/api/Dockerfile"])
    #expect(try tree.report("services").dockerfiles.map(\.dockerfile) == ["api/Dockerfile"])
  }

  @Test("--fail-fast ends at the first Dockerfile that cannot be dealt with and writes nothing", arguments: ["1", "8"])
  func failFast(jobs: String) throws {
    let tree = try tree()
    let before = tree.snapshot
    let result = try tree.run("--fail-fast", "--write", "--no-backup", "--jobs", jobs, "--format", "json")
    #expect(result.status == 2)
    let report = try JSONDecoder().decode(BatchAnswer.self, from: Data(result.output.utf8))
    #expect(report.dockerfiles.map(\.dockerfile) == ["api/Dockerfile", "broken/Dockerfile"])
    #expect(!report.written)
    #expect(tree.snapshot == before)
    #expect(try tree.run("--fail-fast", "--write", "--no-backup", "--exclude", "broken").status == 0)
  }

  @Test(
    "wrong use is an error with status 64",
    arguments: [
      ["--shard", "0/4"], ["--shard", "5/4"], ["--shard", "2"], ["--shard", "1/2/3"], ["--include", ""],
      ["--exclude", "!a"], ["--exclude", "["], ["--patches", "p", "--write"], ["--patches", "p", "--check"],
    ])
  func wrongUse(arguments: [String]) throws {
    let tree = try tree()
    let result = try Jettison.run(["batch"] + arguments, in: tree.url)
    #expect(result.status == 64)
    #expect(result.error.contains("Error:"))
  }
}
