import Foundation
import Testing

/// `batch` over trees on disk, good ones and bad ones.
struct BatchTests {
  @Test("a dry run says what would be done and changes nothing")
  func dryRun() throws {
    let tree = try BatchTree(["old/Dockerfile": "FROM alpine AS a\nFROM alpine\nCMD [\"x\"]\n"])
    try tree.addService("b")
    try tree.addService("a")
    let before = tree.snapshot
    let answer = try tree.report()
    #expect(tree.snapshot == before)
    #expect(answer.version == 1 && answer.root == "." && !answer.written)
    #expect(answer.dockerfiles.map(\.dockerfile) == ["a/Dockerfile", "b/Dockerfile", "old/Dockerfile"])
    #expect(answer.dockerfiles.map(\.changes) == [true, true, false])
    #expect(answer.dockerfiles.map(\.outcome) == ["rewritten", "rewritten", "unchanged"])
    #expect(answer["a/Dockerfile"]?.rung == "static-artefact")
    #expect(answer["a/Dockerfile"]?.ignoreFiles == ["a/.dockerignore"])
    #expect(answer["old/Dockerfile"]?.reason == "already-multi-stage")
    #expect(answer.totals.dockerfiles == 3)
    #expect(answer.totals.outcomes == ["rewritten": 2, "unchanged": 1])
    #expect(answer.totals.reasons == ["already-multi-stage": 1])
    #expect(answer.totals.origins == ["folder": 3])
    #expect(answer.totals.estimate.saving > 1_000_000_000)
    #expect(answer.totals.estimate.saving == answer.totals.estimate.before - answer.totals.estimate.after)
  }

  @Test("gives the same bytes at every number of jobs")
  func jobs() throws {
    let tree = try BatchTree(["broken/Dockerfile": "NONSENSE\n", "compose.yaml": "services: {a: {build: ./s3}}\n"])
    for index in 0..<40 { try tree.addService("s\(index)") }
    for format in ["text", "json"] {
      let one = try tree.run("--jobs", "1", "--format", format)
      let eight = try tree.run("--jobs", "8", "--format", format)
      #expect(one.output == eight.output && one.error == eight.error && one.status == eight.status)
      #expect(one.output.contains("s39/Dockerfile"))
    }
  }

  @Test("more jobs than files, or than threads are good for, are no trouble", arguments: ["3", "100000"])
  func manyJobs(jobs: String) throws {
    let tree = try BatchTree()
    try tree.addService("a")
    try tree.addService("b")
    #expect(try tree.report("--jobs", jobs).dockerfiles.map(\.outcome) == ["rewritten", "rewritten"])
    #expect(try BatchTree().report("--jobs", jobs).dockerfiles.isEmpty)
  }

  @Test("writes what migrate writes, and nothing the second time")
  func writes() throws {
    let tree = try BatchTree()
    try tree.addService("a")
    try tree.addService("single")
    #expect(try Jettison.run(["migrate", "single", "--no-backup"], in: tree.url).status == 0)
    #expect(try tree.run("--write", "--no-backup").status == 0)
    #expect(tree.text("a/Dockerfile")?.contains("FROM scratch") == true)
    #expect(tree.text("a/Dockerfile") == tree.text("single/Dockerfile"))
    #expect(tree.text("a/.dockerignore") == tree.text("single/.dockerignore"))
    let first = tree.snapshot
    #expect(!first.keys.contains { $0.hasSuffix(".orig") || $0.contains(".jettison-") })
    let second = try tree.run("--write", "--no-backup")
    #expect(second.status == 0)
    #expect(tree.snapshot == first)
  }

  @Test("keeps the old files where no git repository can bring them back")
  func backup() throws {
    let tree = try BatchTree()
    try tree.addService("a")
    #expect(try tree.run("--write").status == 0)
    #expect(tree.text("a/Dockerfile.orig") == BatchTree.goService)
  }

  @Test("--check ends with 1 when something would change, with 0 otherwise, and writes nothing")
  func check() throws {
    let tree = try BatchTree()
    try tree.addService("a")
    let before = tree.snapshot
    #expect(try tree.run("--check").status == 1)
    #expect(tree.snapshot == before)
    #expect(try tree.run("--write", "--no-backup").status == 0)
    #expect(try tree.run("--check").status == 0)
  }

  @Test("bad projects are entries with their error, and the rest is done")
  func badProjects() throws {
    let tree = try BatchTree([
      "compose/compose.yaml": "services:\n  a: [\n", "nul/Dockerfile": "FROM alpine\u{0}\n",
      "broken/Dockerfile": "FROM golang:1.22\nCOPY . .\nRUN go build -o /app\nCMD [\"/app\"]\n",
      "broken/go.mod": "nonsense here\n", "broken/main.go": BatchTree.program, "folder/Dockerfile/readme": "",
    ])
    try tree.addService("good")
    try tree.addService("zz")
    try tree.write("utf8/Dockerfile", Array("FROM alpine\nRUN echo ".utf8) + [0xFF, 0xFE, 10])
    try tree.write("large/Dockerfile", Array("FROM alpine\n".utf8) + [UInt8](repeating: 35, count: 5 << 20))
    for folder in ["dangling", "looped", "linked"] {
      try FileManager.default.createDirectory(
        at: tree.url.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    try tree.link("dangling/Dockerfile", to: "nowhere")
    try tree.link("looped/Dockerfile", to: "Dockerfile")
    try tree.link("looped/up", to: "..")
    try tree.link("linked/Dockerfile", to: "/etc/passwd")
    let answer = try tree.report("--write", "--no-backup")
    let outcomes = Dictionary(uniqueKeysWithValues: answer.dockerfiles.map { ($0.dockerfile, $0.outcome) })
    #expect(
      outcomes == [
        "broken/Dockerfile": "declined", "dangling/Dockerfile": "failed", "folder/Dockerfile": "failed",
        "good/Dockerfile": "rewritten", "large/Dockerfile": "declined", "looped/Dockerfile": "failed",
        "nul/Dockerfile": "declined", "utf8/Dockerfile": "declined", "zz/Dockerfile": "rewritten",
      ])
    for row in answer.dockerfiles where row.outcome != "rewritten" { #expect(row.message != nil, "\(row.dockerfile)") }
    #expect(answer["broken/Dockerfile"]?.findings.first?.file == "broken/go.mod")
    #expect(answer["folder/Dockerfile"]?.message == "it is a folder, not a file")
    #expect(answer.problems.map(\.file) == ["compose/compose.yaml", "linked/Dockerfile"])
    #expect(answer.problems.map(\.id) == ["broken-manifest", "outside"])
    #expect(answer.problems.first?.line == 3)
    #expect(answer.written)
    #expect(tree.text("good/Dockerfile")?.contains("FROM scratch") == true)
    #expect(tree.text("zz/Dockerfile")?.contains("FROM scratch") == true)
  }

  @Test("a folder and a file without permission are entries too", .enabled(if: geteuid() != 0))
  func permissions() throws {
    let tree = try BatchTree()
    for name in ["good", "file", "folder"] { try tree.addService(name) }
    func chmod(_ path: String, _ mode: Int) throws {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: tree.url.appendingPathComponent(path).path)
    }
    try chmod("file/Dockerfile", 0)
    try chmod("folder", 0)
    let answer = try tree.report()
    try chmod("folder", 0o755)
    #expect(answer.dockerfiles.map(\.outcome) == ["failed", "rewritten"])
    #expect(answer.problems.map(\.file) == ["folder"])
  }

  @Test("a file that cannot be written is a failure, and the rest is written")
  func unwritable() throws {
    let tree = try BatchTree()
    for name in ["a", "b"] { try tree.addService(name) }
    try tree.link("a/.dockerignore", to: "elsewhere")
    let result = try tree.run("--write", "--no-backup", "--format", "json")
    #expect(result.status == 2)
    let answer = try JSONDecoder().decode(BatchAnswer.self, from: Data(result.output.utf8))
    #expect(answer.dockerfiles.map(\.outcome) == ["failed", "rewritten"])
    #expect(answer["a/Dockerfile"]?.message?.hasPrefix("a/.dockerignore: ") == true)
    #expect(tree.text("a/Dockerfile") == BatchTree.goService)
    #expect(tree.text("b/Dockerfile")?.contains("FROM scratch") == true)
  }

  @Test("takes contexts from compose files before it infers them")
  func contexts() throws {
    let tree = try BatchTree([
      "compose.yaml": "services:\n  api:\n    build: {context: ., dockerfile: docker/api.Dockerfile}\n",
      "docker/api.Dockerfile": BatchTree.goService, "go.mod": BatchTree.module, "main.go": BatchTree.program,
      "docker/x": "",
      "docker/web.Dockerfile": BatchTree.goService.replacingOccurrences(of: "COPY . .", with: "COPY go.mod main.go ./"),
    ])
    let answer = try tree.report()
    #expect(
      answer["docker/api.Dockerfile"]?.contexts == [
        BatchAnswer.Context(path: ".", origin: "compose", file: "compose.yaml")
      ])
    #expect(answer["docker/web.Dockerfile"]?.contexts == [BatchAnswer.Context(path: ".", origin: "copy")])
    #expect(answer.dockerfiles.map(\.outcome) == ["rewritten", "rewritten"])
  }

  @Test("a Dockerfile of two contexts is rewritten for both or left alone")
  func twoContexts() throws {
    let compose = """
      services:
        a: {build: {context: a, dockerfile: ../Dockerfile}}
        b: {build: {context: b, dockerfile: ../Dockerfile}}
      """
    let same = try BatchTree(["compose.yaml": compose, "Dockerfile": BatchTree.goService])
    for folder in ["a", "b"] {
      try same.write("\(folder)/go.mod", Array(BatchTree.module.utf8))
      try same.write("\(folder)/main.go", Array(BatchTree.program.utf8))
      try same.write("\(folder)/.idea/x", [])
    }
    let answer = try same.report("--write", "--no-backup")
    #expect(answer["Dockerfile"]?.contexts.map(\.path) == ["a", "b"])
    #expect(answer["Dockerfile"]?.ignoreFiles == ["a/.dockerignore", "b/.dockerignore"])
    #expect(same.text("Dockerfile")?.contains("FROM scratch") == true)
    #expect(same.text("a/.dockerignore") == same.text("b/.dockerignore"))

    try same.write("Dockerfile", Array(BatchTree.goService.utf8))
    try same.write(
      "b/main.go", Array("package main\nimport \"time\"\nfunc main() { time.LoadLocation(\"UTC\") }\n".utf8))
    let other = try same.report("--write", "--no-backup")
    #expect(other["Dockerfile"]?.reason == "builds-as-before")
    #expect(same.text("Dockerfile") == BatchTree.goService)
  }

  @Test("a context outside the root is not touched")
  func outside() throws {
    let tree = try BatchTree(["in/compose.yaml": "services: {a: {build: {context: .., dockerfile: in/Dockerfile}}}\n"])
    try tree.addService("in")
    let answer = try tree.report("in", "--write")
    #expect(answer["Dockerfile"]?.reason == "complete-context")
    #expect(tree.text("in/Dockerfile") == BatchTree.goService)
  }

  @Test("several Dockerfiles of one context get one ignore file that is right for all")
  func sharedContext() throws {
    let tree = try BatchTree([
      "a.Dockerfile": BatchTree.goService.replacingOccurrences(of: "COPY . .", with: "COPY go.mod main.go ./"),
      "b.Dockerfile": BatchTree.goService.replacingOccurrences(
        of: "COPY . .", with: "COPY go.mod main.go ./\nCOPY .github/x /etc/x"),
      "go.mod": BatchTree.module, "main.go": BatchTree.program, ".github/x": "", ".git/HEAD": "", ".idea/x": "",
    ])
    let answer = try tree.report("--write", "--no-backup")
    #expect(answer.dockerfiles.map(\.changes) == [true, true])
    let ignore = try #require(tree.text(".dockerignore"))
    #expect(ignore.contains("\n.git\n") && ignore.contains("\n.idea\n"))
    #expect(!ignore.contains(".github"))
    #expect(ignore.components(separatedBy: "# Added by Jettison").count == 2)
  }

  @Test("a command in a compose file elsewhere counts")
  func composeCommand() throws {
    let tree = try BatchTree(["deploy/compose.yaml": "services: {a: {build: ../a, command: go test ./...}}\n"])
    try tree.addService("a")
    #expect(try tree.report()["a/Dockerfile"]?.reason == "start-needs-toolchain")
  }

  @Test("an ignore file beside a Dockerfile outside its context is not guessed at")
  func outerIgnoreFile() throws {
    let tree = try BatchTree([
      "docker/api.Dockerfile": BatchTree.goService.replacingOccurrences(of: "COPY . .", with: "COPY go.mod main.go ./"),
      "docker/api.Dockerfile.dockerignore": "x\n", "svc/go.mod": BatchTree.module, "svc/main.go": BatchTree.program,
      "compose.yaml": "services: {a: {build: {context: svc, dockerfile: ../docker/api.Dockerfile}}}\n",
    ])
    #expect(try tree.report()["docker/api.Dockerfile"]?.reason == "complete-context")
  }

  @Test("names with control characters reach no terminal")
  func controlCharacters() throws {
    let tree = try BatchTree()
    try tree.addService("a\u{1B}[31m")
    let result = try tree.run("--color", "never")
    #expect(result.output.contains("/Dockerfile") && !result.output.contains("\u{1B}"))
  }
}
