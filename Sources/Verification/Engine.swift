/// A container engine that answers: the few calls that a verification is made of.
public struct Engine: Sendable {
  /// Whose command line it is.
  public enum Kind: String, Sendable, CaseIterable {
    case docker
    case podman
  }

  /// Whose command line it is.
  public let kind: Kind
  /// The version it reported, for the report.
  public let version: String
  /// The builder that `--builder` names.
  public let builder: String?
  /// Where it answers, as far as it says.
  public let endpoint: String
  /// Runs its program with these arguments.
  let invoke: @Sendable ([String], Duration) async throws -> ProgramResult

  /// Makes an engine from a way to call it.
  init(
    kind: Kind, version: String = "", builder: String? = nil, endpoint: String = "",
    invoke: @escaping @Sendable ([String], Duration) async throws -> ProgramResult
  ) {
    self.kind = kind
    self.version = version
    self.builder = builder
    self.endpoint = endpoint
    self.invoke = invoke
  }

  /// How long a call that only asks or removes may take.
  static let shortly: Duration = .seconds(60)

  /// Whether its published ports are on this machine's loopback.
  public var isHere: Bool {
    !["tcp://", "ssh://", "http://", "https://"].contains { endpoint.hasPrefix($0) }
      || ["tcp://127.0.0.1:", "tcp://localhost:"].contains { endpoint.hasPrefix($0) }
  }

  // MARK: Calls

  /// Calls the engine, whatever comes of it.
  func call(_ arguments: [String], limit: Duration = shortly) async throws -> ProgramResult {
    try await invoke(arguments, limit)
  }

  /// Calls the engine where anything but success is a trouble with it.
  @discardableResult
  func expect(_ arguments: [String], limit: Duration = shortly) async throws -> ProgramResult {
    let result: ProgramResult
    do {
      result = try await call(arguments, limit: limit)
    } catch let late as TimeExceeded {
      throw Trouble(
        "engine-silent", "'\(words(arguments))' did not end within \(late.limit.words)", log: Program.tail(late.log))
    }
    guard result.status == 0 else {
      let log = Program.tail(result.log)
      if let trouble = Self.worldTrouble(in: log) { throw trouble }
      throw Trouble("engine-failed", "'\(words(arguments))' ended with status \(result.status)", log: log)
    }
    return result
  }

  private func words(_ arguments: [String]) -> String { ([kind.rawValue] + arguments).joined(separator: " ") }

  // MARK: Images

  /// The configuration, size and layers of an image.
  func inspect(_ tag: String) async throws -> ImageInspection {
    let output = try await expect(["image", "inspect", tag]).output
    guard let image = try ImageInspection.decode(output).first else {
      throw Trouble("engine-failed", "the engine knows nothing of the image \(tag) that it has just built")
    }
    return image
  }

  /// What each layer of an image holds, the first one first.
  func layers(of tag: String) async throws -> [Layer] {
    let format = kind == .docker ? "{{json .}}" : "json"
    let output = try await expect(["history", "--no-trunc", "--human=false", "--format", format, tag]).text
    return Layer.read(output)
  }

  /// Removes an image, if it is there.
  func remove(image tag: String) async {
    _ = try? await call(["image", "rm", "--force", tag])
  }

  // MARK: Containers

  /// Removes a container with its volumes, if it is there.
  func remove(container: String) async {
    _ = try? await call(["rm", "--force", "--volumes", container])
  }

  /// What a container has printed.
  func logs(of container: String) async -> String {
    (try? await call(["logs", "--tail", "200", container]))?.log ?? ""
  }

  /// How a container is.
  func state(of container: String) async throws -> ContainerState {
    let output = try await expect(["container", "inspect", container]).output
    guard let state = try ContainerState.decode(output) else {
      throw Trouble("engine-failed", "the engine knows nothing of the container \(container) that it has just made")
    }
    return state
  }

  /// The port of this machine behind which a container's port answers, nil once the container has ended.
  func publishedPort(of container: String, port: Int) async throws -> UInt16? {
    let result = try await call(["port", container, "\(port)/tcp"])
    for line in result.text.split(separator: "\n") {
      if let number = line.split(separator: ":").last, let port = UInt16(number) { return port }
    }
    return nil
  }
}

extension Duration {
  /// The seconds, with fractions.
  public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

  /// The time as a person reads it: `850 ms`, `12.3 s`, `4 min 5 s`.
  public var words: String {
    let tenths = Int((seconds * 10).rounded())
    if tenths < 10 { return "\(Int((seconds * 1000).rounded())) ms" }
    if tenths >= 1200 { return "\(tenths / 600) min \(tenths / 10 % 60) s" }
    return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
  }
}
