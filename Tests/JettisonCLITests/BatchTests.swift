import Foundation
import Testing

/// `batch` over trees on disk, good ones and bad ones.
struct BatchTests {
  private static let goService = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\nCMD [\"./app\"]\n"
  private static let module = "module example.com/app\n\ngo 1.22\n"
  private static let program = "package main\n\nfunc main() { println(1) }\n"

  /// A folder that is gone when its test is.
  private final class Tree {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("jettison-batch-\(UUID().uuidString)")

    init(_ files: [String: String] = [:]) throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      for (path, text) in files { try write(path, Array(text.utf8)) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ path: String, _ bytes: [UInt8]) throws {
      let file = url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }

    func addService(_ folder: String) throws {
      try write("\(folder)/Dockerfile", Array(BatchTests.goService.utf8))
      try write("\(folder)/go.mod", Array(BatchTests.module.utf8))
      try write("\(folder)/main.go", Array(BatchTests.program.utf8))
    }

    func text(_ path: String) -> String? {
      FileManager.default.contents(atPath: url.appendingPathComponent(path).path).map {
        String(decoding: $0, as: UTF8.self)
      }
    }

    func link(_ path: String, to target: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: url.appendingPathComponent(path).path, withDestinationPath: target)
    }

    /// Every file's path and content.
    var snapshot: [String: String] {
      let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
      return Dictionary(uniqueKeysWithValues: names.compactMap { name in text(name).map { (name, $0) } })
    }

    func run(_ arguments: String...) throws -> Jettison.Result { try Jettison.run(["batch"] + arguments, in: url) }
  }

  /// The parts of the JSON that the tests look at.
  private struct Report: Decodable {
    struct Context: Decodable, Equatable {
      var path: String
      var origin: String
      var file: String?
    }

    struct Row: Decodable {
      var dockerfile: String
      var contexts: [Context]
      var changes: Bool
      var ignoreFiles: [String]
      var outcome: String
      var rung: String?
      var reason: String?
      var message: String?
      var findings: [Finding]
    }

    struct Finding: Decodable {
      var id: String
      var file: String?
      var line: Int?
    }

    struct Problem: Decodable {
      var id: String
      var file: String
      var line: Int?
    }

    struct Sizes: Decodable {
      var before: Int
      var after: Int
      var saving: Int
    }

    struct Totals: Decodable {
      var dockerfiles: Int
      var outcomes: [String: Int]
      var reasons: [String: Int]
      var origins: [String: Int]
      var estimate: Sizes
    }

    var version: Int
    var root: String
    var written: Bool
    var dockerfiles: [Row]
    var problems: [Problem]
    var totals: Totals

    subscript(path: String) -> Row? { dockerfiles.first { $0.dockerfile == path } }
  }

  private func report(_ tree: Tree, _ arguments: String...) throws -> Report {
    let result = try Jettison.run(["batch", "--format", "json"] + arguments, in: tree.url)
    #expect(result.status == 0, "\(result.error)")
    return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
  }

  @Test("a dry run says what would be done and changes nothing")
  func dryRun() throws {
    let tree = try Tree(["old/Dockerfile": "FROM alpine AS a\nFROM alpine\nCMD [\"x\"]\n"])
    try tree.addService("b")
    try tree.addService("a")
    let before = tree.snapshot
    let answer = try report(tree)
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
    let tree = try Tree(["broken/Dockerfile": "NONSENSE\n", "compose.yaml": "services: {a: {build: ./s3}}\n"])
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
    let tree = try Tree()
    try tree.addService("a")
    try tree.addService("b")
    #expect(try report(tree, "--jobs", jobs).dockerfiles.map(\.outcome) == ["rewritten", "rewritten"])
    #expect(try report(Tree(), "--jobs", jobs).dockerfiles.isEmpty)
  }

  @Test("writes what migrate writes, and nothing the second time")
  func writes() throws {
    let tree = try Tree()
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
    let tree = try Tree()
    try tree.addService("a")
    #expect(try tree.run("--write").status == 0)
    #expect(tree.text("a/Dockerfile.orig") == Self.goService)
  }

  @Test("--check ends with 1 when something would change, with 0 otherwise, and writes nothing")
  func check() throws {
    let tree = try Tree()
    try tree.addService("a")
    let before = tree.snapshot
    #expect(try tree.run("--check").status == 1)
    #expect(tree.snapshot == before)
    #expect(try tree.run("--write", "--no-backup").status == 0)
    #expect(try tree.run("--check").status == 0)
  }

  @Test("bad projects are entries with their error, and the rest is done")
  func badProjects() throws {
    let tree = try Tree([
      "compose/compose.yaml": "services:\n  a: [\n", "nul/Dockerfile": "FROM alpine\u{0}\n",
      "broken/Dockerfile": "FROM golang:1.22\nCOPY . .\nRUN go build -o /app\nCMD [\"/app\"]\n",
      "broken/go.mod": "nonsense here\n", "broken/main.go": Self.program, "folder/Dockerfile/readme": "",
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
    let answer = try report(tree, "--write", "--no-backup")
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
    let tree = try Tree()
    for name in ["good", "file", "folder"] { try tree.addService(name) }
    func chmod(_ path: String, _ mode: Int) throws {
      try FileManager.default.setAttributes(
        [.posixPermissions: mode], ofItemAtPath: tree.url.appendingPathComponent(path).path)
    }
    try chmod("file/Dockerfile", 0)
    try chmod("folder", 0)
    let answer = try report(tree)
    try chmod("folder", 0o755)
    #expect(answer.dockerfiles.map(\.outcome) == ["failed", "rewritten"])
    #expect(answer.problems.map(\.file) == ["folder"])
  }

  @Test("a file that cannot be written is a failure, and the rest is written")
  func unwritable() throws {
    let tree = try Tree()
    for name in ["a", "b"] { try tree.addService(name) }
    try tree.link("a/.dockerignore", to: "elsewhere")
    let result = try tree.run("--write", "--no-backup", "--format", "json")
    #expect(result.status == 2)
    let answer = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    #expect(answer.dockerfiles.map(\.outcome) == ["failed", "rewritten"])
    #expect(answer["a/Dockerfile"]?.message?.hasPrefix("a/.dockerignore: ") == true)
    #expect(tree.text("a/Dockerfile") == Self.goService)
    #expect(tree.text("b/Dockerfile")?.contains("FROM scratch") == true)
  }

  @Test("takes contexts from compose files before it infers them")
  func contexts() throws {
    let tree = try Tree([
      "compose.yaml": "services:\n  api:\n    build: {context: ., dockerfile: docker/api.Dockerfile}\n",
      "docker/api.Dockerfile": Self.goService, "go.mod": Self.module, "main.go": Self.program, "docker/x": "",
      "docker/web.Dockerfile": Self.goService.replacingOccurrences(of: "COPY . .", with: "COPY go.mod main.go ./"),
    ])
    let answer = try report(tree)
    #expect(
      answer["docker/api.Dockerfile"]?.contexts == [
        Report.Context(path: ".", origin: "compose", file: "compose.yaml")
      ])
    #expect(answer["docker/web.Dockerfile"]?.contexts == [Report.Context(path: ".", origin: "copy")])
    #expect(answer.dockerfiles.map(\.outcome) == ["rewritten", "rewritten"])
  }

  @Test("a Dockerfile of two contexts is rewritten for both or left alone")
  func twoContexts() throws {
    let compose = """
      services:
        a: {build: {context: a, dockerfile: ../Dockerfile}}
        b: {build: {context: b, dockerfile: ../Dockerfile}}
      """
    let same = try Tree(["compose.yaml": compose, "Dockerfile": Self.goService])
    for folder in ["a", "b"] {
      try same.write("\(folder)/go.mod", Array(Self.module.utf8))
      try same.write("\(folder)/main.go", Array(Self.program.utf8))
      try same.write("\(folder)/.idea/x", [])
    }
    let answer = try report(same, "--write", "--no-backup")
    #expect(answer["Dockerfile"]?.contexts.map(\.path) == ["a", "b"])
    #expect(answer["Dockerfile"]?.ignoreFiles == ["a/.dockerignore", "b/.dockerignore"])
    #expect(same.text("Dockerfile")?.contains("FROM scratch") == true)
    #expect(same.text("a/.dockerignore") == same.text("b/.dockerignore"))

    try same.write("Dockerfile", Array(Self.goService.utf8))
    try same.write(
      "b/main.go", Array("package main\nimport \"time\"\nfunc main() { time.LoadLocation(\"UTC\") }\n".utf8))
    let other = try report(same, "--write", "--no-backup")
    #expect(other["Dockerfile"]?.reason == "builds-as-before")
    #expect(same.text("Dockerfile") == Self.goService)
  }

  @Test("a context outside the root is not touched")
  func outside() throws {
    let tree = try Tree(["in/compose.yaml": "services: {a: {build: {context: .., dockerfile: in/Dockerfile}}}\n"])
    try tree.addService("in")
    let answer = try report(tree, "in", "--write")
    #expect(answer["Dockerfile"]?.reason == "complete-context")
    #expect(tree.text("in/Dockerfile") == Self.goService)
  }

  @Test("several Dockerfiles of one context get one ignore file that is right for all")
  func sharedContext() throws {
    let tree = try Tree([
      "a.Dockerfile": Self.goService.replacingOccurrences(of: "COPY . .", with: "COPY go.mod main.go ./"),
      "b.Dockerfile": Self.goService.replacingOccurrences(
        of: "COPY . .", with: "COPY go.mod main.go ./\nCOPY .github/x /etc/x"),
      "go.mod": Self.module, "main.go": Self.program, ".github/x": "", ".git/HEAD": "", ".idea/x": "",
    ])
    let answer = try report(tree, "--write", "--no-backup")
    #expect(answer.dockerfiles.map(\.changes) == [true, true])
    let ignore = try #require(tree.text(".dockerignore"))
    #expect(ignore.contains("\n.git\n") && ignore.contains("\n.idea\n"))
    #expect(!ignore.contains(".github"))
    #expect(ignore.components(separatedBy: "# Added by Jettison").count == 2)
  }

  @Test("a command in a compose file elsewhere counts")
  func composeCommand() throws {
    let tree = try Tree(["deploy/compose.yaml": "services: {a: {build: ../a, command: go test ./...}}\n"])
    try tree.addService("a")
    #expect(try report(tree)["a/Dockerfile"]?.reason == "start-needs-toolchain")
  }

  @Test("an ignore file beside a Dockerfile outside its context is not guessed at")
  func outerIgnoreFile() throws {
    let tree = try Tree([
      "docker/api.Dockerfile": Self.goService.replacingOccurrences(of: "COPY . .", with: "COPY go.mod main.go ./"),
      "docker/api.Dockerfile.dockerignore": "x\n", "svc/go.mod": Self.module, "svc/main.go": Self.program,
      "compose.yaml": "services: {a: {build: {context: svc, dockerfile: ../docker/api.Dockerfile}}}\n",
    ])
    #expect(try report(tree)["docker/api.Dockerfile"]?.reason == "complete-context")
  }

  @Test("names with control characters reach no terminal")
  func controlCharacters() throws {
    let tree = try Tree()
    try tree.addService("a\u{1B}[31m")
    let result = try tree.run("--color", "never")
    #expect(result.output.contains("/Dockerfile") && !result.output.contains("\u{1B}"))
  }
}
