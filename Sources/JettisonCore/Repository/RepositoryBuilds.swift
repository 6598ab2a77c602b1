import ContextFiles
import DockerfileSyntax
import Projects

/// How each Dockerfile of a repository is built: with which contexts, and by which compose services.
public struct RepositoryBuilds: Sendable {
  /// A Dockerfile that a compose service, a bake target or a pipeline builds.
  public struct Use: Sendable, Hashable {
    /// The Dockerfile's path from the repository's root.
    public var dockerfile: String
    /// The context.
    public var context: BuildContext
    /// The compose service, if it is one.
    public var service: ComposeFile.Service?
    /// The build arguments it gives.
    public var arguments: [String: String] = [:]
  }

  /// What the compose files and then the others build, in their order.
  public let uses: [Use]
  /// Contexts that a compose file names and that are not there.
  public let findings: [Finding]
  /// Every stage that one of them asks for.
  public let targets: Set<String>
  /// The contexts of each Dockerfile, sorted by path; filled by ``assign(_:links:in:)``.
  public private(set) var contexts: [String: [BuildContext]] = [:]
  private var usesByDockerfile: [String: [Use]] = [:]
  private var usersByContext: [String: [String]] = [:]
  private var strangers: [String: Set<String>] = [:]
  private var inlineDockerfiles: [String: [String: String]] = [:]

  /// Reads what compose files and others build.
  ///
  /// - Parameters:
  ///   - files: the compose files, by path, in order.
  ///   - others: the builds of bake, skaffold and pipeline files, each with its file's path, in order.
  ///   - resolve: the path without links of something in the repository; nil when it is not there or lies outside.
  public init(
    composeFiles files: [(path: String, file: ComposeFile)], others: [(path: String, build: ImageBuild)] = [],
    resolve: (String) -> String?
  ) {
    var uses: [Use] = []
    var findings: [Finding] = []
    var targets: Set<String> = []
    for (path, file) in ComposeFile.merging(files) {
      targets.formUnion(file.services.compactMap(\.target))
      for service in file.services {
        guard let folder = Self.withDefaults(service.context), let name = Self.withDefaults(service.dockerfile),
          !folder.contains("://"), !folder.hasPrefix("git@")
        else { continue }
        var context = ContextPath.join(ContextPath.parent(path), folder)
        var dockerfile = ContextPath.join(context, name)
        if ContextPath.isWithin(context, ".") {
          guard let resolved = resolve(context) else {
            findings.append(
              Finding(
                id: .noContext, severity: .warning,
                message: "the context '\(folder)' of the service '\(service.name)' is not there", file: path))
            continue
          }
          context = resolved
        }
        let known = BuildContext(path: context, origin: .compose(path))
        if let text = service.inlineDockerfile {
          inlineDockerfiles[context, default: [:]]["\(path)#\(service.name)"] = text
          continue
        }
        dockerfile = resolve(dockerfile) ?? dockerfile
        uses.append(Use(dockerfile: dockerfile, context: known, service: service, arguments: service.arguments))
      }
    }
    for (path, build) in others {
      guard let use = Self.use(of: build, in: path, resolve: resolve) else { continue }
      uses.append(use)
      if let target = build.target { targets.insert(target) }
    }
    self.uses = uses
    self.findings = findings
    self.targets = targets
    usesByDockerfile = Dictionary(grouping: uses, by: \.dockerfile)
  }

  /// A build told from the first of its places in which both the context and the Dockerfile are; nil where there is none.
  private static func use(of build: ImageBuild, in path: String, resolve: (String) -> String?) -> Use? {
    for place in build.places {
      let folder = ContextPath.join(place, build.context)
      guard let dockerfile = resolve(ContextPath.join(place, build.dockerfile)) else { continue }
      let context = ContextPath.isWithin(folder, ".") ? resolve(folder) : folder
      guard let context else { continue }
      return Use(
        dockerfile: dockerfile, context: BuildContext(path: context, origin: .build(build.tool, path)),
        arguments: build.arguments)
    }
    return nil
  }

  /// Finds the contexts of every Dockerfile: those that other files name, else the one that its COPY lines tell.
  ///
  /// - Parameters:
  ///   - dockerfiles: what each Dockerfile copies.
  ///   - links: links with a Dockerfile's name and the Dockerfile behind each, which is so built from two places.
  ///   - listing: the repository.
  public mutating func assign(
    _ dockerfiles: [String: CopySources], links: [(link: String, dockerfile: String)], in listing: RepositoryListing
  ) {
    for (path, sources) in dockerfiles {
      var found: [BuildContext] = []
      func add(_ context: BuildContext) {
        if !found.contains(where: { $0.path == context.path }) { found.append(context) }
      }
      for use in usesByDockerfile[path] ?? [] { add(use.context) }
      if found.isEmpty { add(.inferred(of: path, from: sources, in: listing)) }
      for link in links where link.dockerfile == path { add(.inferred(of: link.link, from: sources, in: listing)) }
      contexts[path] = found.sorted { bytewise($0.path, $1.path) }
    }
    for (path, found) in contexts {
      for context in found { usersByContext[context.path, default: []].append(path) }
    }
    // A Dockerfile that is there and could not be read may copy anything.
    for use in uses where contexts[use.dockerfile] == nil && listing.entry(at: use.dockerfile) != nil {
      if usersByContext[use.context.path]?.contains(use.dockerfile) != true {
        usersByContext[use.context.path, default: []].append(use.dockerfile)
      }
    }
    for (path, found) in contexts where !Self.isDoubtful(path, dockerfiles[path], found, listing) {
      var folder = path
      repeat {
        folder = ContextPath.parent(folder)
        if usersByContext[folder] != nil, !found.contains(where: { $0.path == folder }),
          let inside = ContextPath.relative(path, to: folder)
        {
          strangers[folder, default: []].insert(inside)
        }
      } while folder != "."
    }
  }

  /// Whether a Dockerfile may well be built with another context than the one that is known: it cannot be read, or its
  /// context had to be guessed although it names sources.
  private static func isDoubtful(
    _ path: String, _ sources: CopySources?, _ contexts: [BuildContext], _ listing: RepositoryListing
  ) -> Bool {
    guard let sources, let only = contexts.first, contexts.count == 1, only.origin == .folder else { return false }
    return !sources.isComplete
      || !sources.literals.allSatisfy { listing.entry(at: ContextPath.join(only.path, $0)) != nil }
  }

  /// The Dockerfiles in groups that share no context, so that each group can be changed without a look at the others;
  /// groups and members are sorted by path.
  public var groups: [[String]] {
    var groups: [[String]] = []
    var seen: Set<String> = []
    for start in contexts.keys.sorted(by: bytewise) where seen.insert(start).inserted {
      var group: [String] = []
      var pending = [start]
      while let path = pending.popLast() {
        group.append(path)
        for context in contexts[path] ?? [] {
          pending += (usersByContext[context.path] ?? []).filter { contexts[$0] != nil && seen.insert($0).inserted }
        }
      }
      groups.append(group.sorted(by: bytewise))
    }
    return groups
  }

  /// Whether more than one Dockerfile is built with a context.
  public func isShared(_ context: BuildContext) -> Bool {
    (usersByContext[context.path]?.count ?? 0) + (inlineDockerfiles[context.path]?.count ?? 0) > 1
  }

  /// The Dockerfiles that are built with a context, by their path from it.
  ///
  /// - Parameters:
  ///   - context: the context.
  ///   - parsed: the tree of a Dockerfile, by its path from the repository's root.
  public func dockerfiles(of context: BuildContext, parsed: (String) -> Dockerfile) -> [String: Dockerfile] {
    var result: [String: Dockerfile] = [:]
    for path in usersByContext[context.path] ?? [] {
      result[ContextPath.path(path, from: context.path)] = parsed(path).asNeighbour
    }
    for (name, text) in inlineDockerfiles[context.path] ?? [:] {
      result[name] = Dockerfile(parsing: text).asNeighbour
    }
    return result
  }

  /// Everything that bears on the rewrite of a Dockerfile in one of its contexts.
  ///
  /// - Parameters:
  ///   - dockerfile: its path from the repository's root.
  ///   - context: the context.
  ///   - dockerfiles: the Dockerfiles of that context; none where it is not shared.
  public func users(of dockerfile: String, in context: BuildContext, dockerfiles: [String: Dockerfile])
    -> ContextUsers
  {
    var users = ContextUsers()
    users.dockerfiles = dockerfiles
    users.strangers = strangers[context.path] ?? []
    users.services = (usesByDockerfile[dockerfile] ?? []).compactMap(\.service)
    for use in usesByDockerfile[dockerfile] ?? [] {
      for (name, value) in use.arguments { users.arguments[name, default: []].insert(value) }
    }
    users.targets = targets
    return users
  }

  /// A compose value with its variables replaced by their defaults; nil where one has none, since its value is not known.
  private static func withDefaults(_ text: String) -> String? {
    for piece in text.split(separator: "$", omittingEmptySubsequences: false).dropFirst() {
      guard piece.first == "{" else { return nil }
      let name = piece.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      guard piece.dropFirst(1 + name.count).hasPrefix(":-") || piece.dropFirst(1 + name.count).first == "-" else {
        return nil
      }
    }
    return text.contains("$") ? Expansion.expand(text) { _ in nil }.map(ContextPath.clean) : text
  }
}
