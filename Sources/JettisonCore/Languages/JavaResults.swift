import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// Where the results of Java builds lie in the builder, moves and copies followed.
struct JavaResults {
  /// A command that builds.
  struct Build {
    var step: Int
    var effect: CommandEffect
    var java: JavaBuild
  }

  /// The commands that build.
  private(set) var builds: [Build] = []
  /// Archives whose names are known, absolute.
  private(set) var files: Set<String> = []
  /// Folders that a build fills: what lies in them and not in the context is a result.
  private(set) var folders: Set<String> = []
  /// A build argument that names of results depend on.
  private(set) var argument: String?
  private let map: ContextMap
  private let listing: ContextListing

  init(_ situation: Situation) {
    map = situation.trace.map
    listing = situation.listing
    var directories: Set<String> = ["/", "/opt", "/srv", "/usr/local", "/usr/local/lib", "/tmp"]
    let arguments = situation.argumentNames
    for step in situation.trace.steps {
      if step.keyword == .workdir,
        let path = step.before.expand(step.instruction.arguments, escape: situation.file.escape)
      {
        directories.insert(step.before.path(path))
      }
      for effect in step.effects.flatMap(\.flattened) {
        directories.formUnion(effect.makesDirectories)
        argument = argument ?? Self.argument(of: effect, in: step, arguments: arguments)
        if let java = effect.java, [.build, .projectTool].contains(effect.role) {
          builds.append(Build(step: step.index, effect: effect, java: java))
          files.formUnion(effect.artefacts)
          folders.formUnion(java.folders)
        }
        if effect.role == .files { follow(effect, directories) }
      }
    }
  }

  /// The build argument in the words of a build tool's command: `mvn -Drevision=$VERSION package`.
  private static func argument(of effect: CommandEffect, in step: Step, arguments: Set<String>) -> String? {
    guard effect.java != nil, let command = effect.command else { return nil }
    return command.words.reduce(into: Set<String>()) { $0.formUnion($1.variables) }.intersection(arguments).min()
  }

  /// Notes where a command puts results: `mv target/*.jar app.jar`, `tar -xf build/distributions/app.tar -C /opt`.
  private mutating func follow(_ effect: CommandEffect, _ directories: Set<String>) {
    guard ["mv", "cp", "install", "tar", "unzip", "jar", "java"].contains(effect.program),
      let target = effect.writes.first,
      effect.makesDirectories.isEmpty
    else { return }
    let unpacks = ["tar", "unzip", "jar", "java"].contains(effect.program)
    let isWrittenAsFolder = effect.command?.words.last?.literal?.hasSuffix("/") == true
    let isFolder = isWrittenAsFolder || directories.contains(target) || effect.reads.count > 1
    for source in effect.reads {
      let matches = files.filter { Self.matches($0, source) }
      let lies = folders.contains {
        ContextPath.isWithin(source, $0) && map.contextPath(of: source, in: listing) == nil
      }
      guard !matches.isEmpty || lies else { continue }
      if unpacks {
        folders.insert(target)
      } else if isFolder {
        for match in matches { files.insert(ContextPath.join(target, ContextPath.lastComponent(match))) }
        if matches.isEmpty {
          if source.contains("*") {
            folders.insert(target)
          } else {
            folders.insert(ContextPath.join(target, ContextPath.lastComponent(source)))
          }
        }
      } else {
        files.insert(target)
        // A copied folder keeps what is in it.
        if matches.isEmpty, !source.contains("*") { folders.insert(target) }
      }
    }
  }

  /// Whether a path is made by a build rather than copied from the context.
  func isBuilt(_ path: String) -> Bool {
    if files.contains(path) || folders.contains(path) { return true }
    return map.contextPath(of: path, in: listing) == nil && folders.contains { ContextPath.isWithin(path, $0) }
  }

  /// Whether a result is sure to exist, not only to lie where builds put theirs.
  func isCertain(_ path: String) -> Bool {
    files.contains(path) || folders.contains(path)
      || builds.contains { $0.java.certain.contains(path) || $0.java.companions.contains(path) }
  }

  /// Whether the known archives are all that the builds make.
  var isComplete: Bool { builds.allSatisfy { $0.java.isComplete } }

  /// Why a name cannot be told.
  var problem: ProjectProblem? { builds.compactMap(\.java.problem).first }

  /// The archive a build makes where the start command names another one; nil when nothing speaks against the name.
  func contradiction(to path: String) -> String? {
    guard !files.contains(path), path.hasSuffix(".jar") || path.hasSuffix(".war"), isComplete, problem == nil,
      argument == nil,
      builds.allSatisfy({ $0.java.installations.isEmpty || !$0.effect.artefacts.isEmpty })
    else { return nil }
    let folder = ContextPath.parent(path)
    return files.filter { ContextPath.parent($0) == folder }.min()
  }

  /// The whole folder that a launcher's archive belongs to, such as `quarkus-app`.
  func companion(of path: String) -> String? {
    builds.flatMap(\.java.companions).first { ContextPath.isWithin(path, $0) }
  }

  /// Folders beside an archive that its manifest names, where a build fills them.
  func besides(_ path: String) -> [String] {
    builds.flatMap(\.java.companions).filter { folder in
      let isNamed = builds.contains { $0.effect.artefacts.contains(path) && $0.java.companions.contains(folder) }
      // `../lib/` in the manifest.
      let isAbove = ContextPath.parent(folder) == ContextPath.parent(ContextPath.parent(path))
      return isNamed && isAbove || ContextPath.parent(folder) == ContextPath.parent(path)
        || folders.contains(ContextPath.join(ContextPath.parent(path), ContextPath.lastComponent(folder)))
    }.map { folder in
      let moved = ContextPath.join(ContextPath.parent(path), ContextPath.lastComponent(folder))
      return folders.contains(moved) ? moved : folder
    }
  }

  /// The installation behind `…/bin/app`; the path itself otherwise.
  func installation(of path: String) -> String {
    let folder = ContextPath.parent(path)
    guard ContextPath.lastComponent(folder) == "bin" else { return path }
    let home = ContextPath.parent(folder)
    return isBuilt(home) ? home : path
  }

  /// Whether a file's path fits a pattern with wildcards.
  static func matches(_ path: String, _ pattern: String) -> Bool {
    if path == pattern { return true }
    guard pattern.contains("*") || pattern.contains("?"),
      ContextPath.parent(path) == ContextPath.parent(pattern) || ContextPath.parent(pattern).contains("*")
    else { return false }
    let relative = String(pattern.drop { $0 == "/" })
    return IgnorePattern(parsing: relative)?.matches(String(path.drop { $0 == "/" })) == true
  }
}
