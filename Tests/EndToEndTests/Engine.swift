import Foundation

/// The container engine: the few docker calls that the comparisons are made of.
struct Engine: Sendable {
  /// How a build ended, since a base that is not to be had is no failure of ours.
  enum Build: Sendable {
    case built
    case failed(log: String)
  }

  /// What all containers and images of this suite carry, so that leftovers are found again.
  static let label = "dev.jettison.e2e=1"

  /// What sets the names of this run apart from those of any other.
  static let run = String(UUID().uuidString.prefix(8)).lowercased()

  /// The engine of this machine; where none answers, that is said once and only once.
  static let answering: Engine? = {
    if let program = Program.onPath("docker") {
      let engine = Engine(program: program)
      if let version = try? engine.call(["version"]), version.status == 0 {
        engine.removeLeftovers()
        return engine
      }
    }
    Report.say("end-to-end: skipped, no container engine answers (docker version failed)")
    return nil
  }()

  let program: URL

  // MARK: Calls

  /// Calls docker with BuildKit and plain logs, whatever this machine's defaults are.
  func call(_ arguments: [String], limit: TimeInterval = 60) throws -> ProgramResult {
    let settings = ["DOCKER_BUILDKIT": "1", "BUILDKIT_PROGRESS": "plain", "BUILDX_NO_DEFAULT_ATTESTATIONS": "1"]
    return try Program.run(program, arguments, adding: settings, limit: limit)
  }

  /// Calls docker where anything but success is trouble.
  @discardableResult
  func expect(_ arguments: [String], limit: TimeInterval = 60) throws -> ProgramResult {
    let result = try call(arguments, limit: limit)
    guard result.status == 0 else {
      let words = arguments.joined(separator: " ")
      throw Trouble("'docker \(words)' ended with status \(result.status)\n\(Program.tail(result.log))")
    }
    return result
  }

  // MARK: Images

  /// Builds a folder's Dockerfile.
  func build(_ folder: URL, tag: String) throws -> Build {
    let result = try call(["build", "--label", Self.label, "--tag", tag, folder.path], limit: 600)
    return result.status == 0 ? .built : .failed(log: result.log)
  }

  /// The configuration and the size of an image.
  func inspect(_ tag: String) throws -> ImageInspection {
    let result = try expect(["image", "inspect", tag])
    guard let image = try JSONDecoder().decode([ImageInspection].self, from: result.output).first else {
      throw Trouble("docker knows nothing of the image \(tag)")
    }
    return image
  }

  /// Removes an image, if it is there.
  func remove(image tag: String) {
    _ = try? call(["image", "rm", "--force", tag])
  }

  // MARK: Containers

  /// Removes a container with its volumes, if it is there.
  func remove(container: String) {
    _ = try? call(["rm", "--force", "--volumes", container])
  }

  /// What a container has printed, for the report of a failure.
  func logs(of container: String) -> String {
    guard let result = try? call(["logs", container]) else { return "" }
    return Program.tail(result.log, lines: 15)
  }

  /// Whether a container still runs.
  func isRunning(_ container: String) throws -> Bool {
    try expect(["container", "inspect", "--format", "{{.State.Running}}", container]).text
      .trimmingCharacters(in: .whitespacesAndNewlines) == "true"
  }

  /// The port of this machine behind which a container's port answers.
  func publishedPort(of container: String, port: Int) throws -> UInt16 {
    let text = try expect(["port", container, "\(port)/tcp"]).text
    for line in text.split(separator: "\n") {
      if let number = line.split(separator: ":").last, let port = UInt16(number) { return port }
    }
    throw Trouble("the container \(container) publishes no port for \(port)")
  }

  /// Removes what an earlier run, killed in the middle, has left behind.
  private func removeLeftovers() {
    let filter = ["--quiet", "--filter", "label=\(Self.label)"]
    if let containers = try? call(["ps", "--all"] + filter) {
      for container in Set(containers.text.split(separator: "\n")) { remove(container: String(container)) }
    }
    if let images = try? call(["image", "ls"] + filter) {
      for image in Set(images.text.split(separator: "\n")) { remove(image: String(image)) }
    }
  }
}

extension Engine {
  /// The engine's own words for a base image that cannot be pulled, nil for every other failure of a build.
  static func missingBase(in log: String) -> String? {
    let prefix = "ERROR: "
    guard let line = log.split(whereSeparator: \.isNewline).last(where: { $0.hasPrefix(prefix) }) else { return nil }
    guard !line.contains("did not complete successfully") else { return nil }
    let signs = [
      "failed to resolve source metadata for", "pull access denied", "toomanyrequests", "manifest unknown",
      "httpReadSeeker", "failed to fetch anonymous token",
    ]
    guard signs.contains(where: { line.contains($0) }) else { return nil }
    let reason = line.dropFirst(prefix.count)
    let introduction = "failed to solve: "
    return String(reason.hasPrefix(introduction) ? reason.dropFirst(introduction.count) : reason)
  }
}
