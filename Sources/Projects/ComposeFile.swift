import ContextFiles
import Yams

/// The services of a compose file, as far as they bear on an image.
///
/// Source of the format: https://docs.docker.com/reference/compose-file/
public struct ComposeFile: Sendable, Hashable {
  /// One service that builds an image.
  public struct Service: Sendable, Hashable {
    /// The service's name.
    public var name: String
    /// The context as a path from the compose file's folder, `.` for the folder itself.
    public var context: String
    /// The Dockerfile, relative to the context.
    public var dockerfile: String
    /// The text of a Dockerfile that stands in the compose file itself and is built in place of ``dockerfile``.
    public var inlineDockerfile: String?
    /// The stage to build, if one is named.
    public var target: String?
    /// The command override: text for a shell-like split, or words.
    public var command: Override?
    /// The entrypoint override.
    public var entrypoint: Override?
    /// The health check's test.
    public var healthcheck: Override?
    /// Container paths over which the service mounts something of the host.
    public var mounts: [String]
    /// Container paths of volumes, which are filled from the image.
    public var volumes: [String]
    /// The variables that the service sets.
    public var environment: [String: String]
    /// The build arguments that it gives.
    public var arguments: [String: String]
    /// The image it names, with or without a build.
    public var image: String?
    /// Whether it has a `build` of its own or has inherited one.
    public var isBuilt: Bool
    /// The service it extends.
    public var parent: Parent?
  }

  /// What a service extends.
  public struct Parent: Sendable, Hashable {
    /// The other service.
    public var service: String
    /// The file it stands in, relative to the compose file's folder; nil for the same one.
    public var file: String?
  }

  /// A command in compose's two spellings.
  public enum Override: Sendable, Hashable {
    /// Split into words as a shell would, and run without one.
    case text(String)
    /// Run as it is.
    case words([String])
  }

  /// The services that have a `build`.
  public var services: [Service]
  /// The services without one, which another file may give them.
  public var others: [Service] = []

  /// Reads a compose file.
  public static func parse(_ text: String, file: String) -> Result<ComposeFile, ProjectProblemError> {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      return .failure(ProjectProblemError(ProjectProblem(yaml: error, file: file)))
    }
    // Files of version 1 have the services at the top.
    guard let services = root?.mapping?["services"]?.mapping ?? root?.mapping else {
      return .success(ComposeFile(services: []))
    }
    let all = services.compactMap { Service(name: $0.key, node: $0.value) }
    return .success(ComposeFile(services: all.filter(\.isBuilt), others: all.filter { !$0.isBuilt }))
  }

  /// The names compose looks for, in the order in which it does, and common variants.
  public static func isName(_ name: String) -> Bool {
    let lower = name.lowercased()
    guard lower.hasSuffix(".yml") || lower.hasSuffix(".yaml") else { return false }
    return lower.hasPrefix("docker-compose") || lower.hasPrefix("compose")
  }
}

extension ComposeFile.Service {
  init?(name: Node, node: Node) {
    guard let name = name.string, let service = node.merged else { return nil }
    self.name = name
    let build = service["build"]
    isBuilt = build != nil
    let details = build?.merged
    let folder = build?.string ?? details?["context"]?.string ?? "."
    image = service["image"]?.string
    parent = service["extends"].flatMap { node in
      guard let other = node.merged?["service"]?.string ?? node.scalar?.string else { return nil }
      return ComposeFile.Parent(service: other, file: node.merged?["file"]?.string.map { ContextPath.clean($0) })
    }
    context = folder.contains("://") || folder.hasPrefix("git@") ? folder : ContextPath.clean(folder)
    dockerfile = details?["dockerfile"]?.string ?? service["dockerfile"]?.string ?? "Dockerfile"
    inlineDockerfile = details?["dockerfile_inline"]?.string
    target = details?["target"]?.string
    command = service["command"].flatMap(ComposeFile.Override.init)
    entrypoint = service["entrypoint"].flatMap(ComposeFile.Override.init)
    healthcheck = service["healthcheck"]?.mapping?["test"].flatMap(ComposeFile.Override.init)
    environment = service["environment"]?.variables ?? [:]
    arguments = details?["args"]?.variables ?? [:]
    mounts = []
    volumes = []
    for volume in service["volumes"]?.sequence ?? [] {
      if let text = volume.string {
        let parts = text.split(separator: ":").map(String.init)
        if parts.count >= 2, parts[0].hasPrefix(".") || parts[0].hasPrefix("/") || parts[0].hasPrefix("~") {
          mounts.append(parts[1])
        } else if let target = parts.count >= 2 ? parts[1] : parts.first {
          volumes.append(target)
        }
      } else if volume.mapping?["type"]?.string == "bind", let target = volume.mapping?["target"]?.string {
        mounts.append(target)
      } else if let target = volume.mapping?["target"]?.string {
        volumes.append(target)
      }
    }
  }
}

extension ComposeFile.Override {
  init?(_ node: Node) {
    if let sequence = node.sequence {
      self = .words(sequence.compactMap { $0.scalar?.string })
    } else if let text = node.scalar?.string, !text.isEmpty, text != "null", text != "~" {
      self = .text(text)
    } else {
      return nil
    }
  }
}

extension Node {
  /// Names and values in compose's two spellings: a mapping, or a list of `NAME=value`.
  var variables: [String: String] {
    if let merged { return merged.compactMapValues { $0.scalar?.string } }
    let pairs = (sequence ?? []).compactMap { item -> (String, String)? in
      guard let text = item.string, let mark = text.firstIndex(of: "=") else { return nil }
      return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }
    return Dictionary(pairs) { _, last in last }
  }

  /// A mapping with what its merge keys (`<<`) bring; its own keys win.
  var merged: [String: Node]? {
    guard let mapping else { return nil }
    var result: [String: Node] = [:]
    for (key, value) in mapping where key.string == "<<" {
      for source in value.sequence.map(Array.init) ?? [value] {
        result.merge(source.merged ?? [:]) { first, _ in first }
      }
    }
    for (key, value) in mapping where key.string != "<<" { if let name = key.string { result[name] = value } }
    return result
  }
}
