import ContextFiles
import DockerfileSyntax
import Projects

/// Who builds from a context, and what starts the image of one Dockerfile: the part of a repository that bears on a
/// rewrite and is not in the Dockerfile.
public struct ContextUsers: Sendable {
  /// The Dockerfiles that are built with the context, by their path from it, which may begin with `..`; the one in
  /// question may be among them.
  public var dockerfiles: [String: Dockerfile] = [:]
  /// Dockerfiles of the context's folders that are known to be built with another one.
  public var strangers: Set<String> = []
  /// The compose services that build the Dockerfile in question.
  public var services: [ComposeFile.Service] = []
  /// The values that builds of the Dockerfile in question give its arguments.
  public var arguments: [String: Set<String>] = [:]
  /// Every stage that a compose, bake, skaffold or pipeline file asks for.
  public var targets: Set<String> = []
  /// Compose files that cannot be read.
  public var findings: [Finding] = []

  /// Makes one about which nothing is known.
  public init() {}

  /// What the compose files at a context's root say about a Dockerfile.
  init(foundIn reader: ContextReader, for path: String) {
    guard case .success(let entries) = reader.entries(of: ".") else { return }
    var files: [(path: String, file: ComposeFile)] = []
    for entry in entries where entry.kind == .file && ComposeFile.isName(entry.name) {
      guard let text = reader.text(of: entry.name) else { continue }
      switch ComposeFile.parse(text, file: entry.name) {
      case .success(let file): files.append((entry.name, file))
      case .failure(let error): findings.append(Finding(error.problem))
      }
    }
    let merged = ComposeFile.merging(files) { name in
      reader.text(of: name).flatMap { try? ComposeFile.parse($0, file: name).get() }
    }
    for (name, file) in merged {
      targets.formUnion(file.services.compactMap(\.target))
      for service in file.services where service.context == "." {
        if let inline = service.inlineDockerfile {
          dockerfiles["\(name)#\(service.name)"] = Dockerfile(parsing: inline).asNeighbour
        } else if ContextPath.clean(service.dockerfile) == ContextPath.clean(path) {
          services.append(service)
          for (name, value) in service.arguments { arguments[name, default: []].insert(value) }
        }
      }
    }
  }
}

extension ContextUsers {
  /// What platforms run in the image, told by files at the context's root and in the folders for such files.
  static func platformCommands(in reader: ContextReader) -> [PlatformFile.Command] {
    var commands: [PlatformFile.Command] = []
    var pending = ["."]
    while let folder = pending.popLast() {
      guard case .success(let entries) = reader.entries(of: folder) else { continue }
      for entry in entries {
        let path = ContextPath.join(folder, entry.name)
        let depth = path.split(separator: "/").count
        if entry.kind == .directory, depth < 5, depth > 1 || PlatformFile.folders.contains(path.lowercased()) {
          pending.append(path)
        } else if entry.kind == .file, PlatformFile.isName(path), let text = reader.text(of: path) {
          commands += PlatformFile.commands(text, file: path)
        }
      }
    }
    return commands
  }
}

extension Finding {
  /// A compose file that cannot be read, which costs no more than what it would have told.
  public init(_ problem: ProjectProblem) {
    self.init(
      id: .brokenManifest, severity: .warning, message: problem.message, file: problem.file, line: problem.line)
  }
}

extension Dockerfile {
  /// The first line that is no instruction Docker knows.
  var unknownItem: Item? { items.first { if case .unknown = $0 { true } else { false } } }

  /// Whether Docker would take the file, so that what it says can be relied upon.
  public var canBeAnalysed: Bool {
    problems.isEmpty && unknownItem == nil && instructions.contains { $0.keyword == .from }
  }

  /// The file as another user of its context, which has to expect the worst of what Docker would not take.
  var asNeighbour: Dockerfile { canBeAnalysed ? self : .copyingAnything }

  /// Stands for a Dockerfile that cannot be read: it may copy anything.
  static let copyingAnything = Dockerfile(parsing: "FROM scratch\nCOPY . .\n")
}
