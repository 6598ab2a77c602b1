import Foundation

/// A Dockerfile with its ignore file and context, as they are given to a build without being written into the project.
public struct Recipe: Sendable {
  /// What a person calls it.
  public var name: String
  /// The Dockerfile.
  public var dockerfile: [UInt8]
  /// The ignore file that wins over the context's own; nil lets that one count.
  public var ignoreFile: [UInt8]?
  /// The build context's folder.
  public var context: String

  /// Makes a recipe.
  public init(name: String, dockerfile: [UInt8], ignoreFile: [UInt8]?, context: String) {
    self.name = name
    self.dockerfile = dockerfile
    self.ignoreFile = ignoreFile
    self.context = context
  }
}

extension Engine {
  /// Builds an image.
  ///
  /// - Parameters:
  ///   - file: the Dockerfile's path, with an ignore file of its name beside it where one wins.
  ///   - context: the build context's folder.
  ///   - target: a stage to stop at, nil for the last.
  ///   - tag: the image's name.
  ///   - labels: what it carries besides its own labels.
  ///   - limit: the time after which it is ended.
  /// - Returns: how long it took.
  /// - Throws: a ``Failure`` where the Dockerfile does not build, a ``Trouble`` where the engine is at fault.
  func build(
    file: String, context: String, target: String? = nil, tag: String, labels: [String], limit: Duration
  ) async throws -> Duration {
    var arguments: [String]
    switch kind {
    case .docker:
      arguments = ["buildx", "build", "--load", "--progress", "plain"]
      if let builder { arguments += ["--builder", builder] }
    case .podman:
      // The other format knows no health checks.
      arguments = ["build", "--format", "docker"]
      let ignoreFile = file + ".dockerignore"
      if FileManager.default.fileExists(atPath: ignoreFile) { arguments += ["--ignorefile", ignoreFile] }
    }
    arguments += labels.flatMap { ["--label", $0] }
    if let target { arguments += ["--target", target] }
    arguments += ["--tag", tag, "--file", file, context]
    let start = ContinuousClock.now
    do {
      let result = try await call(arguments, limit: limit)
      guard result.status == 0 else {
        if let trouble = Self.worldTrouble(in: result.log) { throw trouble }
        guard try await call(["version"]).status == 0 else {
          throw Trouble(
            "engine-gone", "the engine went away during the build: start it and run verify again",
            log: Program.tail(result.log))
        }
        throw Failure(message: "does not build", log: Program.tail(result.log))
      }
    } catch let late as TimeExceeded {
      throw Failure(message: "did not build within \(late.limit.words)", log: Program.tail(late.log))
    }
    return ContinuousClock.now - start
  }

  /// What a failed call says of the world and not of the Dockerfile; nil for every other failure.
  static func worldTrouble(in log: String) -> Trouble? {
    let lines = log.split(whereSeparator: \.isNewline).map(String.init)
    if let line = lines.last(where: { $0.lowercased().contains("no space left on device") }) {
      return Trouble(
        "disk-full",
        "there is no disk left for the engine or the temporary folder; 'docker system df' shows what the engine takes",
        log: line)
    }
    if let line = lines.last(where: { line in
      ["Cannot connect to the Docker daemon", "error during connect", "failed to connect to the docker API"].contains {
        line.contains($0)
      }
    }) {
      return Trouble("engine-lost", "the engine does not answer any more", log: line)
    }
    guard let reason = missingBase(in: lines) else { return nil }
    // The step that failed is repeated below the log.
    let isFrontend = lines.contains { $0.hasPrefix(" > resolve image config for docker-image://") }
    if isFrontend {
      return Trouble(
        "no-frontend",
        "the frontend image of the Dockerfile's '# syntax=' line cannot be pulled: make it reachable, or leave the line out",
        log: reason)
    }
    return Trouble(
      "no-base", "a base image cannot be pulled: look at its name, or log in to its registry, or pull it beforehand",
      log: reason)
  }

  /// The engine's own words for an image that cannot be pulled.
  private static func missingBase(in lines: [String]) -> String? {
    let prefixes = ["ERROR: ", "Error: "]
    for line in lines.reversed() {
      guard let prefix = prefixes.first(where: line.hasPrefix) else { continue }
      guard !line.contains("did not complete successfully") else { return nil }
      let signs = [
        "failed to resolve source metadata for", "pull access denied", "toomanyrequests", "manifest unknown",
        "httpReadSeeker", "failed to fetch anonymous token", "initializing source docker://",
        "short-name resolution enforced", "did not resolve to an alias",
      ]
      guard signs.contains(where: { line.contains($0) }) else { return nil }
      let reason = line.dropFirst(prefix.count)
      let introduction = "failed to solve: "
      return String(reason.hasPrefix(introduction) ? reason.dropFirst(introduction.count) : reason)
    }
    return nil
  }
}
