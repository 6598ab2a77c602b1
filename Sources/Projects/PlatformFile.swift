import ContextFiles
import TOMLKit
import Yams

/// Commands that a platform runs in a project's image besides its own: release commands, other processes, probes.
public enum PlatformFile {
  /// One of them.
  public struct Command: Sendable, Hashable {
    /// The file that names it.
    public var file: String
    /// What replaces the image's entrypoint.
    public var entrypoint: ComposeFile.Override?
    /// What replaces the image's command.
    public var command: ComposeFile.Override?
    /// Whether it runs beside the program, as a probe does.
    public var isProbe = false

    init(_ file: String, entrypoint: ComposeFile.Override? = nil, command: ComposeFile.Override? = nil) {
      self.file = file
      self.entrypoint = entrypoint
      self.command = command
    }
  }

  /// Whether a file of this path is read, told from the root of a context.
  public static func isName(_ path: String) -> Bool {
    let name = ContextPath.lastComponent(path)
    if path == name {
      return [
        "fly.toml", "heroku.yml", "Procfile", "app.json", "render.yaml", "railway.json", "railway.toml",
      ].contains(name) || isManifest(path)
    }
    return isManifest(path) && folders.contains(path.prefix { $0 != "/" }.lowercased())
  }

  private static func isManifest(_ path: String) -> Bool {
    (path.hasSuffix(".yaml") || path.hasSuffix(".yml")) && !ComposeFile.isName(ContextPath.lastComponent(path))
  }

  /// The folders of a repository in which manifests of Kubernetes are kept.
  public static let folders: Set<String> = [
    "k8s", ".k8s", "kubernetes", "kube", "deploy", "deployment", "deployments", "manifests", "infra", "ops", "helm",
    "chart", "charts", "kustomize",
  ]

  /// The commands of a file; none where it cannot be read, since it is not the image's own.
  public static func commands(_ text: String, file: String) -> [Command] {
    switch ContextPath.lastComponent(file) {
    case "fly.toml", "railway.toml": toml(text, file)
    case "Procfile":
      // The other processes are those of a buildpack, which a Dockerfile stands for.
      text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("release:") }.map {
        Command(file, command: .text($0.dropFirst("release:".count).drop { $0 == " " }.description))
      }
    case "heroku.yml", "render.yaml", "app.json", "railway.json":
      yaml(text).flatMap { hosted($0, file) }
    default: yaml(text).filter { $0.mapping?["kind"] != nil }.flatMap { pods(in: $0, file, depth: 0) }
    }
  }

  private static func yaml(_ text: String) -> [Node] {
    // A template's own lines are no YAML.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      let rest = line.drop { $0 == " " }
      return !(rest.hasPrefix("{{") || rest.hasPrefix("- {{"))
    }
    return (try? YAMLDocuments.parse(lines.joined(separator: "\n"), file: "").get()) ?? []
  }

  private static func toml(_ text: String, _ file: String) -> [Command] {
    guard let root = try? TOMLTable(string: text) else { return [] }
    let deploy = root["deploy"]?.table
    let named = [deploy?["release_command"], deploy?["startCommand"], deploy?["preDeployCommand"]]
    let processes = root["processes"]?.table
    return (named + (processes?.keys.sorted() ?? []).map { processes?[$0] }).compactMap { $0?.string }.map {
      Command(file, command: .text($0))
    }
  }

  /// Heroku, Render and Railway, in YAML or JSON, which is YAML too.
  private static func hosted(_ root: Node, _ file: String) -> [Command] {
    let deploy = root.mapping?["deploy"]?.mapping
    var nodes = [root.mapping?["release"]?.mapping?["command"], deploy?["startCommand"], deploy?["preDeployCommand"]]
    let scripts = root.mapping?["scripts"]?.mapping
    nodes += [
      scripts?["postdeploy"], scripts?["dokku"]?.mapping?["predeploy"], scripts?["dokku"]?.mapping?["postdeploy"],
    ]
    for (_, process) in root.mapping?["run"]?.mapping ?? [:] { nodes.append(process.mapping?["command"] ?? process) }
    for service in root.mapping?["services"]?.sequence.map(Array.init) ?? [] {
      nodes += [service.mapping?["dockerCommand"], service.mapping?["preDeployCommand"]]
    }
    return nodes.compactMap { $0 }.flatMap { node in
      (node.sequence.map(Array.init) ?? [node]).compactMap { $0.scalar?.string }.map {
        Command(file, command: .text($0))
      }
    }
  }

  /// The containers anywhere below a manifest's top, those of well-known images left out.
  private static func pods(in node: Node, _ file: String, depth: Int) -> [Command] {
    guard depth < 20 else { return [] }
    var commands: [Command] = []
    for (key, value) in node.mapping ?? [:] {
      if ["containers", "initContainers"].contains(key.string) {
        for container in value.sequence.map(Array.init) ?? [] where isOwn(container.mapping?["image"]?.string) {
          let fields = container.mapping
          let words = ["command", "args"].map { fields?[$0].flatMap(ComposeFile.Override.init) }
          if words[0] != nil || words[1] != nil {
            commands.append(Command(file, entrypoint: words[0], command: words[1]))
          }
          for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
            guard let probe = fields?[name]?.mapping?["exec"]?.mapping?["command"].flatMap(ComposeFile.Override.init)
            else { continue }
            var command = Command(file, entrypoint: probe)
            command.isProbe = true
            commands.append(command)
          }
        }
      } else {
        commands += pods(in: value, file, depth: depth + 1)
      }
    }
    for item in node.sequence.map(Array.init) ?? [] { commands += pods(in: item, file, depth: depth + 1) }
    return commands
  }

  /// Whether an image may be the project's: official images have no slash in their names, and a few others are known.
  private static func isOwn(_ image: String?) -> Bool {
    guard let image, !image.isEmpty else { return true }
    if image.contains("{{") || image.contains("$") { return true }
    let parts = image.split(separator: "/")
    let others = ["library", "bitnami", "docker.io", "quay.io", "k8s.gcr.io", "registry.k8s.io", "grafana", "prom"]
    return parts.count > 1 && !others.contains(String(parts[0]))
  }
}
