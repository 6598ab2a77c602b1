import ContextFiles
import DockerfileSyntax
import Projects
import ShellSyntax

/// One instruction with what it does.
public struct Step: Sendable {
  /// The index among the file's instructions.
  public var index: Int
  /// The instruction.
  public var instruction: Instruction
  /// The line on which it starts, counted from 1.
  public var line: Int
  /// What Docker knows before it.
  public var before: BuildState
  /// What the commands of a RUN do, in order.
  public var effects: [CommandEffect] = []
  /// The shell text of a shell-form RUN.
  public var script: ShellScript?
  /// What a COPY or ADD brings.
  public var copied: CopyEffect?
  /// The folders that are mounted while a RUN runs, absolute.
  public var mounts: [String] = []
  /// Whether a variable Docker would have to know comes with the build only.
  public var hasUnknownValue = false

  /// The instruction's keyword.
  public var keyword: Keyword? { instruction.keyword }

  /// Whether a path lies below a mount, so that the image does not get what the step writes there.
  func isMounted(_ path: String) -> Bool { mounts.contains { ContextPath.isWithin(path, $0) } }

  /// Everything the instruction writes in the image, absolute.
  public var writes: [String] { effects.flatMap(\.writes) + (copied?.targets ?? []) }

  /// What its commands, and the scripts and recipes they run, change about the system's packages.
  var packageChanges: [PackageChange] { effects.flatMap(\.flattened).compactMap(\.packages) }

  /// Whether it copies or links one of the system's time zones.
  var readsZones: Bool {
    effects.flatMap(\.flattened).contains { effect in
      effect.reads.contains { ContextPath.isWithin($0, "/usr/share/zoneinfo") }
        || effect.command?.words.contains { $0.unquoted.hasPrefix("/usr/share/zoneinfo") } == true
    }
  }

  /// Whether any command has one of these roles.
  public func has(_ roles: CommandEffect.Role...) -> Bool { effects.contains { roles.contains($0.role) } }
}

/// What a COPY or ADD brings into the image.
public struct CopyEffect: Sendable, Hashable {
  /// Where it comes from.
  public enum Source: Sendable, Hashable {
    /// The build context: paths in it.
    case context([String])
    /// A stage or an image.
    case image(String)
    /// The network, an archive, or a heredoc.
    case other
  }

  /// Where it comes from.
  public var source: Source
  /// The absolute paths it writes: files, or folders whose whole content comes from the copy.
  public var targets: [String]
  /// The sources that match nothing in the context.
  public var missing: [String] = []
  /// The user of `--chown`.
  public var owner: String?
  /// Sources and destination as written.
  public var view: Copy
}

/// The walk through a single stage.
public struct Trace: Sendable {
  /// The instructions behind FROM with what they do.
  public let steps: [Step]
  /// Where context files stand in the end.
  public let map: ContextMap
  /// What Docker knows at the end of the stage.
  public let end: BuildState

  /// Walks through a stage.
  ///
  /// - Parameters:
  ///   - file: the Dockerfile.
  ///   - base: the base image, nil when the catalogue does not know it.
  ///   - globals: the ARGs before FROM, with their defaults.
  ///   - reader: the context.
  ///   - listing: what the builder sees of it.
  ///   - table: the commands that are known.
  public init(
    of file: Dockerfile, base: BaseImage?, globals: [String: String?], reader: ContextReader, listing: ContextListing,
    table: CommandTable
  ) {
    var tracer = Tracer(
      file: file, base: base, globals: globals,
      surroundings: Surroundings(
        reader: reader, listing: listing, map: ContextMap(), toolVersion: base?.versionNumbers), table: table)
    (steps, map, end) = tracer.walk()
  }
}
