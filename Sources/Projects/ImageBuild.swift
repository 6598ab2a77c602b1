import ContextFiles

/// A build of an image that a file of the repository asks for: a bake target, a skaffold artefact, a step of a pipeline.
public struct ImageBuild: Sendable, Hashable {
  /// Who builds.
  public enum Tool: String, Sendable, Hashable, CaseIterable {
    case bake
    case skaffold
    case github
    case gitlab
  }

  /// Who builds.
  public var tool: Tool
  /// The target's, artefact's or job's name.
  public var name: String
  /// The context, a path from the place.
  public var context: String
  /// The Dockerfile, a path from the place.
  public var dockerfile: String
  /// The folders from which the paths may be told; the first one in which the Dockerfile lies is meant.
  public var places: [String]
  /// The stage to build, if one is named.
  public var target: String?
  /// The build arguments whose values are known.
  public var arguments: [String: String] = [:]

  /// Makes a build.
  ///
  /// - Parameter dockerfile: the Dockerfile; nil for the one in the context.
  init(
    tool: Tool, name: String, context: String, dockerfile: String?, places: [String] = ["."], target: String? = nil,
    arguments: [String: String] = [:]
  ) {
    self.tool = tool
    self.name = name
    self.context = ContextPath.clean(context)
    self.dockerfile = ContextPath.clean(dockerfile ?? ContextPath.join(context, "Dockerfile"))
    self.places = places
    self.target = target
    self.arguments = arguments
  }

  /// Whether a context is fetched from somewhere else, so that nothing of the repository is in it.
  static func isRemote(_ context: String) -> Bool {
    context == "-" || context.contains("://") || context.hasPrefix("git@") || context.hasPrefix("target:")
      || context.hasPrefix("docker-image:")
  }

  /// Which tool's file a name belongs to, by its path from the repository's root; nil for any other file.
  public static func tool(of path: String) -> Tool? {
    let name = ContextPath.lastComponent(path).lowercased()
    let isYAML = name.hasSuffix(".yml") || name.hasSuffix(".yaml")
    if name.hasSuffix(".hcl") { return name.contains("bake") ? .bake : nil }
    if name.hasSuffix(".json") { return name.contains("docker-bake") ? .bake : nil }
    guard isYAML else { return nil }
    if name.hasPrefix("skaffold") { return .skaffold }
    if name.hasPrefix(".gitlab-ci") || ContextPath.isWithin(path, ".gitlab") { return .gitlab }
    return ContextPath.parent(path) == ".github/workflows" ? .github : nil
  }

  /// The builds that a file asks for.
  ///
  /// - Parameters:
  ///   - text: the file's text.
  ///   - path: its path from the repository's root.
  ///   - tool: whose file it is.
  public static func parse(_ text: String, path: String, tool: Tool) -> Result<[ImageBuild], ProjectProblemError> {
    switch tool {
    case .bake: BakeFile.parse(text, file: path).map { $0.builds(in: ContextPath.parent(path)) }
    case .skaffold: SkaffoldFile.builds(text, file: path)
    case .github: WorkflowFile.builds(text, file: path)
    case .gitlab: GitLabFile.builds(text, file: path)
    }
  }
}
