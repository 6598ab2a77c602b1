import Foundation
import Testing

/// `verify` and `batch --verify` over an engine that is a script of a few lines.
struct VerifyTests {
  /// A folder with projects and an engine; the tests say what the engine answers.
  private final class Bench {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("jettison-verify-test-\(UUID().uuidString)")

    init(_ files: [String: String] = [:]) throws {
      try write("docker", Self.docker)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: url.appendingPathComponent("docker").path)
      try write("rootfs/app/app", "program")
      for side in ["before", "after"] {
        try write("answers/\(side)-config", #"{"Cmd": ["./app"], "WorkingDir": "/app"}"#)
      }
      try write("answers/before-size", "900000000")
      try write("answers/after-size", "9000000")
      for (path, text) in files { try write(path, text) }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Notes its arguments and the Dockerfiles it is given, and answers from the files in `answers`.
    private static let docker = """
      #!/bin/sh
      here=${0%/*}
      printf '%s\\n' "$*" >>"$here/calls"
      side=before
      case "$*" in *after*) side=after ;; esac
      case "$1 $2" in
      "version --format") echo 27.0 ;;
      "buildx version" | "context inspect") ;;
      "buildx build")
        case "$*" in *--target*) ;; *)
          while [ "$1" != --file ]; do shift; done
          cp "$2" "$here/$side.Dockerfile"
          [ ! -e "$2.dockerignore" ] || cp "$2.dockerignore" "$here/$side.ignore"
          if [ -e "$here/answers/$side-build" ]; then cat "$here/answers/$side-build" >&2; exit 1; fi ;;
        esac ;;
      "image inspect")
        printf '[{"Id": "x", "Size": %s, "Config": %s, "RootFS": {"Layers": ["a"]}}]' \\
          "$(cat "$here/answers/$side-size")" "$(cat "$here/answers/$side-config")" ;;
      "container inspect") echo '[{"State": {"Running": false, "ExitCode": 0}}]' ;;
      export*) tar -cf "$3" -C "$here/rootfs" . ;;
      esac

      """

    func write(_ path: String, _ text: String) throws {
      let file = url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    func text(_ path: String) -> String? { try? String(contentsOf: url.appendingPathComponent(path), encoding: .utf8) }

    /// A Go service that can be rewritten.
    func addService(_ folder: String) throws {
      try write("\(folder)/Dockerfile", VerifyTests.original)
      try write("\(folder)/go.mod", "module example.com/app\n\ngo 1.22\n")
      try write("\(folder)/main.go", "package main\n\nfunc main() { println(1) }\n")
    }

    func run(_ arguments: String...) throws -> Jettison.Result {
      try Jettison.run(arguments + ["--engine", "./docker"], in: url)
    }
  }

  private static let original = "FROM golang:1.22\nWORKDIR /app\nCOPY . .\nRUN go build -o app .\nCMD [\"./app\"]\n"

  @Test("a rewrite that passes: both are built from copies, and the answer says what is saved")
  func passes() throws {
    let bench = try Bench()
    try bench.addService("api")
    let result = try bench.run("verify", "api", "--min-saving", "30%")
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("size     900.0 MB   9.0 MB   99.0 %"))
    #expect(result.output.contains("The same program: configuration, owners and modes, start (ends with status 0)"))
    #expect(result.error.contains("This runs the project's own build and starts its program, with docker 27.0."))
    #expect(bench.text("before.Dockerfile") == Self.original)
    #expect(bench.text("after.Dockerfile")?.contains("FROM scratch") == true)
    #expect(bench.text("before.ignore") == nil && bench.text("after.ignore")?.contains("Dockerfile") == true)
    #expect(bench.text("api/Dockerfile") == Self.original && bench.text("api/.dockerignore") == nil)
    let calls = try #require(bench.text("calls")).split(separator: "\n")
    #expect(calls.contains { $0.contains("--file ") && $0.hasSuffix("/api") })
    #expect(!calls.contains { $0.hasPrefix("run ") && !$0.contains("--label dev.jettison.verify=") })
  }

  @Test("a rewrite that does not pass ends with status 1 and names why, in each form")
  func fails() throws {
    let bench = try Bench(["answers/after-config": #"{"Cmd": ["./app"], "WorkingDir": "/app", "User": "7"}"#])
    try bench.addService("api")
    let text = try bench.run("verify", "api")
    #expect(
      text.status == 1 && text.output.contains("  configuration: User was 'root' (0:0), is '7' (7:0)"), "\(text.output)"
    )
    let json = try bench.run("verify", "api", "--format", "json")
    #expect(json.status == 1 && json.output.contains("\"passed\" : false") && json.output.contains("\"version\" : 1"))
    let markdown = try bench.run("verify", "api", "--format", "markdown", "--max-size", "1MB")
    #expect(
      markdown.output.hasPrefix(
        "### `api/Dockerfile`: not verified\n\n| | before | after | saved |\n|---|---:|---:|---:|\n"))
    #expect(markdown.output.contains("- **guard**: the new image has 9.0 MB, more than --max-size 1.0 MB"))
  }

  @Test("what is wrong with the world ends with status 2")
  func world() throws {
    let bench = try Bench(["answers/before-build": "ERROR: failed to solve: x: pull access denied\n"])
    try bench.addService("api")
    let result = try bench.run("verify", "api")
    #expect(result.status == 2 && result.error.contains("[no-base]"), "\(result.error)")
    try bench.write("docker", "#!/bin/sh\n[ \"$1\" = version ] && echo 27.0\n")
    let old = try bench.run("verify", "api")
    #expect(old.status == 2 && old.error.contains("has no buildx"), "\(old.error)")
    try bench.write("docker", "#!/bin/sh\necho 'no daemon here' >&2\nexit 1\n")
    let silent = try bench.run("verify", "api")
    #expect(silent.status == 2 && silent.error.contains("no engine answers it: no daemon here"), "\(silent.error)")
  }

  @Test("batch writes what passes and reports what does not")
  func batch() throws {
    let bench = try Bench()
    for folder in ["tree/api", "tree/web"] { try bench.addService(folder) }
    let passed = try bench.run("batch", "tree", "--write", "--verify", "--format", "json")
    #expect(passed.status == 0, "\(passed.error)")
    #expect(passed.output.contains("\"verifications\"") && passed.output.contains("\"passed\" : true"))
    for folder in ["tree/api", "tree/web"] {
      #expect(bench.text("\(folder)/Dockerfile")?.contains("FROM scratch") == true)
      try bench.addService(folder)
    }
    try bench.write("answers/after-build", "go: cannot find main module\n")
    let failed = try bench.run("batch", "tree", "--write", "--verify")
    #expect(failed.status == 1, "\(failed.error)")
    #expect(
      failed.error.contains(
        "tree/api/Dockerfile: error: its rewrite was not verified: the rewritten Dockerfile does not build"))
    for folder in ["tree/api", "tree/web"] { #expect(bench.text("\(folder)/Dockerfile") == Self.original) }
  }
}
