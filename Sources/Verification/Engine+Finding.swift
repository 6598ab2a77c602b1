import Foundation

/// Which engine a person asks for.
public struct EngineRequest: Sendable {
  /// `docker`, `podman` or a path to either; nil takes the first that answers.
  public var name: String?
  /// A buildx builder.
  public var builder: String?

  /// Makes a request.
  public init(name: String? = nil, builder: String? = nil) {
    self.name = name
    self.builder = builder
  }
}

extension Engine {
  /// Finds an engine through PATH, DOCKER_HOST and contexts, and makes sure that it can do what is needed.
  ///
  /// - Throws: a ``Trouble`` that says what was looked for.
  public static func find(_ request: EngineRequest) async throws -> Engine {
    var tried: [String] = []
    for name in request.name.map({ [$0] }) ?? Kind.allCases.map(\.rawValue) {
      guard let kind = kind(of: name) else {
        throw Trouble("no-engine", "'\(name)' is no engine that verify knows: give docker, podman or a path to one")
      }
      guard let program = executable(name) else {
        tried.append(name.contains("/") ? "\(name) is no program" : "\(name) is not on PATH")
        continue
      }
      let candidate = calling(program, kind: kind, builder: nil)
      let answer = try await candidate.answer()
      guard let version = answer.version else {
        tried.append("\(name) is installed, but no engine answers it\(place): \(answer.problem)")
        continue
      }
      let endpoint = await candidate.contextEndpoint()
      let engine = Engine(
        kind: kind, version: version, builder: request.builder, endpoint: endpoint, invoke: candidate.invoke)
      try await engine.checkBuilding()
      return engine
    }
    throw Trouble(
      "no-engine",
      "no container engine: \(tried.joined(separator: "; ")). Start one, or name it with --engine or DOCKER_HOST")
  }

  private static func kind(of name: String) -> Kind? {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return Kind.allCases.first { last.hasPrefix($0.rawValue) }
  }

  private static var place: String {
    guard let host = variable("DOCKER_HOST") else { return "" }
    return " at DOCKER_HOST=\(host)"
  }

  private static func variable(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The executable a shell would find under this name.
  public static func executable(_ name: String) -> String? {
    let places = name.contains("/") ? [""] : (variable("PATH") ?? "").split(separator: ":").map { $0 + "/" }
    return places.map { $0 + name }.first { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        && FileManager.default.isExecutableFile(atPath: path)
    }
  }

  /// An engine behind a program, with BuildKit and plain logs whatever this machine's defaults are.
  private static func calling(_ program: String, kind: Kind, builder: String?) -> Engine {
    let settings = ["DOCKER_BUILDKIT": "1", "BUILDX_NO_DEFAULT_ATTESTATIONS": "1", "DOCKER_CLI_HINTS": "false"]
    return Engine(kind: kind, builder: builder) { arguments, limit in
      try await Program.run(program, arguments, adding: settings, limit: limit)
    }
  }

  // MARK: What it can do

  /// The engine's version, or what stands in its way.
  private func answer() async throws -> (version: String?, problem: String) {
    let format = kind == .docker ? "{{.Server.Version}}" : "{{.Client.Version}}"
    do {
      let result = try await call(["version", "--format", format], limit: .seconds(30))
      let version = result.text.trimmingCharacters(in: .whitespacesAndNewlines)
      if result.status == 0, !version.isEmpty { return (version, "") }
      return (nil, Program.tail(result.log, lines: 1))
    } catch is TimeExceeded {
      return (nil, "no answer within 30 s")
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      return (nil, "\(error)")
    }
  }

  private func contextEndpoint() async -> String {
    if let host = Self.variable(kind == .docker ? "DOCKER_HOST" : "CONTAINER_HOST") { return host }
    guard kind == .docker else { return "" }
    let result = try? await call(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"])
    return result?.text.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  private func checkBuilding() async throws {
    guard kind == .docker else {
      if let builder {
        throw Trouble("no-builder", "podman has no builders: leave out '--builder \(builder)' or use docker")
      }
      return
    }
    guard try await call(["buildx", "version"]).status == 0 else {
      throw Trouble(
        "no-buildx",
        "docker \(version) has no buildx: looked for it with 'docker buildx version'. Install the plug-in docker-buildx"
      )
    }
    guard let builder else { return }
    guard try await call(["buildx", "inspect", builder]).status == 0 else {
      let known = try await call(["buildx", "ls", "--format", "{{.Name}}"])
      let names = known.status == 0 ? known.text.split(separator: "\n").map(String.init) : []
      let hint =
        names.isEmpty ? "'docker buildx ls' lists those there are" : "there are: \(names.joined(separator: ", "))"
      throw Trouble("no-builder", "there is no builder '\(builder)'; \(hint)")
    }
  }
}
