import Foundation
import Testing
@testable import Verification

/// Whole verifications with an engine of a few lines, which builds what it is told to have built.
struct VerifierTests {
  /// An engine that remembers its calls; each image is known by the side of its tag, `before` or `after`.
  private final class FakeEngine: @unchecked Sendable {
    struct Image {
      var size = 100
      var configuration = "{}"
      var files: [Tar.Entry] = [.file("bin/true", "x", mode: 0o755)]
      /// The containers' states, one per inspection, the last one for good.
      var states = [#"{"Running": false, "ExitCode": 0}"#]
      var buildLog: String?
      var output = ""
    }

    var images = ["before": Image(), "after": Image()]
    /// What other calls print and end with, by their first words.
    var answers: [String: ProgramResult] = [:]
    private let lock = NSLock()
    private var made: [String] = []
    private var inspections: [String: Int] = [:]

    var calls: [String] { lock.withLock { made } }

    var engine: Engine {
      Engine(kind: .docker) { arguments, _ in try self.answer(arguments) }
    }

    private func answer(_ arguments: [String]) throws -> ProgramResult {
      let line = arguments.joined(separator: " ")
      lock.withLock { made.append(line) }
      if let known = answers.first(where: { line.hasPrefix($0.key) }) { return known.value }
      let side = line.contains("after") ? "after" : "before"
      let image = images[side] ?? Image()
      func printed(_ text: String, _ status: Int32 = 0) -> ProgramResult {
        ProgramResult(status: status, output: Array(text.utf8))
      }
      switch arguments.prefix(2).joined(separator: " ") {
      case "buildx build": return image.buildLog.map { printed($0, 1) } ?? printed("")
      case "image inspect":
        return printed(
          #"[{"Id": "x", "Size": \#(image.size), "Config": \#(image.configuration), "RootFS": {"Layers": ["a"]}}]"#)
      case "container inspect":
        let number = lock.withLock {
          inspections[side, default: -1] += 1
          return inspections[side] ?? 0
        }
        return printed("[{\"State\": \(image.states[min(number, image.states.count - 1)])}]")
      case "export --output":
        try Tar(image.files).bytes.write(to: URL(fileURLWithPath: arguments[2]))
        return printed("")
      default:
        if arguments[0] == "run", !arguments.contains("--detach") { return printed(image.output) }
        return printed("")
      }
    }
  }

  private func verify(
    _ fake: FakeEngine, scanner: VulnerabilityScanner? = nil, _ change: (inout VerificationOptions) -> Void = { _ in }
  ) async throws -> VerificationResult {
    var options = VerificationOptions()
    options.settling = .milliseconds(300)
    options.startLimit = .seconds(60)
    change(&options)
    let dockerfile = Array("FROM a AS builder\nFROM b\nCMD [\"true\"]\n".utf8)
    let verifier = Verifier(
      engine: fake.engine, options: options, reporter: StepReporter(begin: { _ in }, end: { _, _ in }), scanner: scanner
    )
    return try await verifier.verify(
      Recipe(name: "the original", dockerfile: dockerfile, ignoreFile: nil, context: "/project"),
      Recipe(name: "the new one", dockerfile: dockerfile, ignoreFile: Array("x\n".utf8), context: "/project"))
  }

  @Test("two images that are alike pass, and everything made is labelled, named and removed")
  func alike() async throws {
    let fake = FakeEngine()
    fake.images["after"]?.size = 40
    let result = try await verify(fake)
    #expect(result.isPassed, "\(result.problems)")
    #expect(result.saving == 60 && result.after?.end == "ends with status 0")
    #expect(result.before?.stages == [ImageFacts.Stage(name: "builder", size: 100)])
    let making = fake.calls.filter { $0.hasPrefix("buildx build") || $0.hasPrefix("run ") || $0.hasPrefix("create ") }
    #expect(making.count == 8)
    for call in making {
      #expect(call.contains("--label dev.jettison.verify=") && call.contains("jettison-verify"), "\(call)")
    }
    let folder: [Substring] = fake.calls.compactMap { call in
      call.split(separator: " ").first { $0.hasSuffix("/before/Dockerfile") }
    }
    #expect(!FileManager.default.fileExists(atPath: String(try #require(folder.first))))
    #expect(fake.calls.suffix(2).allSatisfy { $0.contains("--filter label=dev.jettison.verify=") })
  }

  @Test("the new image that does not build is a problem, and a world that does not let it build is a trouble")
  func builds() async throws {
    let fake = FakeEngine()
    fake.images["after"]?.buildLog =
      "step 1\nERROR: process \"/bin/sh -c false\" did not complete successfully: exit code: 1\n"
    let result = try await verify(fake)
    #expect(result.problems.map(\.message) == ["the new one does not build"])
    #expect(result.problems.first?.details.contains("exit code: 1") == true)
    for (log, id) in [
      (
        "ERROR: failed to solve: x:1: failed to resolve source metadata for docker.io/library/x:1: no such host",
        "no-base"
      ),
      ("write /var/lib/docker/x: no space left on device", "disk-full"),
      ("ERROR: Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?", "engine-lost"),
      (
        "#2 resolve image config for docker-image://docker.io/docker/dockerfile:1\n#2 ERROR: failed to do request: no such host\n"
          + "------\n > resolve image config for docker-image://docker.io/docker/dockerfile:1:\n------\n"
          + "ERROR: failed to solve: failed to resolve source metadata for docker.io/docker/dockerfile:1: no such host",
        "no-frontend"
      ),
    ] {
      fake.images["before"]?.buildLog = log
      do {
        _ = try await verify(fake)
        Issue.record("\(id) was not thrown")
      } catch let trouble as Trouble {
        #expect(trouble.id == id)
      }
      #expect(fake.calls.last?.contains("--filter label=dev.jettison.verify=") == true)
    }
  }

  @Test("a start that differs is a problem, with what the new one printed")
  func starts() async throws {
    let fake = FakeEngine()
    fake.images["before"]?.states = [#"{"Running": true, "ExitCode": 0}"#]
    fake.answers["logs --tail 200 jettison-verify"] = ProgramResult(status: 0, output: Array("no /bin/true\n".utf8))
    fake.images["after"]?.files = []
    fake.images["after"]?.states = [#"{"Running": false, "ExitCode": 3}"#]
    let result = try await verify(fake)
    let problem = try #require(result.problems.first { $0.area == .start })
    #expect(problem.message == "the original stays up, the new one ends with status 3")
    #expect(problem.causes == ["it names /bin/true: /bin was in the old image and is not in the new one"])
    #expect(problem.details == "no /bin/true")
  }

  @Test("a health check is waited for and compared")
  func health() async throws {
    let fake = FakeEngine()
    let starting = #"{"Running": true, "ExitCode": 0, "Health": {"Status": "starting"}}"#
    fake.images["before"]?.states = [
      starting, starting, starting.replacingOccurrences(of: "starting", with: "healthy"),
    ]
    fake.images["after"]?.states = [starting, starting.replacingOccurrences(of: "starting", with: "unhealthy")]
    let result = try await verify(fake)
    #expect(result.problems.map(\.message) == ["the health check said 'healthy', now it says 'unhealthy'"])
  }

  @Test("runs are compared by output and status, and a guard is a guard")
  func runs() async throws {
    let fake = FakeEngine()
    fake.images["before"]?.output = "one"
    fake.images["after"]?.output = "two"
    let result = try await verify(fake) { options in
      options.runs = [["--version"]]
      options.guards.maximumSize = ByteCount(50)
    }
    #expect(
      result.problems.map(\.message) == [
        "run --version is answered with another body", "the new image has 0.0 MB, more than --max-size 0.0 MB",
      ])
  }

  @Test("what a scanner finds is told, and its failure is a note")
  func scanning() async throws {
    let good = VulnerabilityScanner(kind: .grype) { _, _ in
      ProgramResult(status: 0, output: Array(#"{"matches": []}"#.utf8))
    }
    #expect(try await verify(FakeEngine(), scanner: good).after?.scan == Scan(packages: nil, vulnerabilities: [:]))
    let bad = VulnerabilityScanner(kind: .trivy) { _, _ in ProgramResult(status: 1, errors: Array("no database".utf8)) }
    let result = try await verify(FakeEngine(), scanner: bad)
    #expect(result.isPassed)
    #expect(result.notes.contains { $0.contains("trivy ended with status 1") && $0.contains("no database") })
  }

  @Test("leftovers of the dead go, those of the living stay")
  func leftovers() async throws {
    let fake = FakeEngine()
    var dead = Owner.current
    dead.start = "1"
    func row(_ id: String, _ owner: String) -> String {
      #"{"Id": "\#(id)", "Config": {"Labels": {"dev.jettison.verify.owner": "\#(owner)"}}}"#
    }
    fake.answers["ps --all"] = ProgramResult(status: 0, output: Array("dead\nliving\n".utf8))
    fake.answers["container inspect"] = ProgramResult(
      status: 0, output: Array("[\(row("dead", dead.text)), \(row("living", Owner.current.text))]".utf8))
    let (removed, kept) = await Verifier.clean(fake.engine)
    #expect(removed == 1 && kept == 1)
    #expect(fake.calls.filter { $0.hasPrefix("rm ") } == ["rm --force --volumes dead"])
  }

  @Test("a cancelled verification removes what it has made")
  func cancelled() async throws {
    let calls = FakeEngine()
    let engine = Engine(kind: .docker) { arguments, _ in
      if arguments.starts(with: ["buildx", "build"]) { try await Task.sleep(for: .seconds(60)) }
      return try await calls.engine.call(arguments)
    }
    let recipe = Recipe(name: "x", dockerfile: Array("FROM a\n".utf8), ignoreFile: nil, context: "/")
    let task = Task {
      try await Verifier(
        engine: engine, options: VerificationOptions(), reporter: StepReporter(begin: { _ in }, end: { _, _ in })
      ).verify(recipe, recipe)
    }
    try await Task.sleep(for: .milliseconds(300))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(calls.calls.last?.hasPrefix("image ls --quiet --no-trunc --filter label=dev.jettison.verify=") == true)
  }
}
