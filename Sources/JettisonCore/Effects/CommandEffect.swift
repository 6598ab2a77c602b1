import ContextFiles
import Projects
import ShellSyntax

/// What one command of a RUN does to the image.
public struct CommandEffect: Sendable {
  /// What a command is for.
  public enum Role: String, Sendable, Hashable {
    /// Changes nothing that stays: `echo`, `set`, `cd`, a version print.
    case inert
    /// Installs or removes system packages, or refreshes their lists.
    case packages
    /// Fetches the project's dependencies.
    case dependencies
    /// Compiles the project's sources.
    case build
    /// Runs a tool of the project, whose text is not followed to the end.
    case projectTool
    /// Makes, moves, changes or removes files at known paths.
    case files
    /// Makes users and groups.
    case users
    /// Fetches a file from the network.
    case download
    /// Pipes a download into a shell.
    case installer
    /// Configures a tool that only builds.
    case configuration
    /// Tests and linters: they gate the build and leave nothing.
    case check
    /// Removes caches and lists.
    case cleanup
    /// May have written anywhere.
    case unknown
  }

  /// What the command is for.
  public var role: Role
  /// Absolute paths it reads; a folder stands for everything below.
  public var reads: [String] = []
  /// Absolute paths it writes; a folder stands for everything below.
  public var writes: [String] = []
  /// Absolute folders it makes, empty.
  public var makesDirectories: [String] = []
  /// Packages installed or removed.
  public var packages: PackageChange?
  /// Users and groups made.
  public var users: [UserChange] = []
  /// Absolute paths of programs it builds.
  public var artefacts: [String] = []
  /// Go packages of the artefacts, as folders of the image.
  public var goPackages: [String] = []
  /// What a Python package manager installs.
  public var python: PythonInstall?
  /// What a build tool of Java makes.
  public var java: JavaBuild?
  /// What a Node package manager installs.
  public var node: NodeInstall?
  /// Settings of tools that later commands obey, such as Poetry's `virtualenvs.create`.
  public var settings: [String: String] = [:]
  /// The variables it reads; nil when it may read any.
  public var environment: Set<String>? = []

  /// What the recipe or script does that the command starts, followed one level.
  public var nested: [CommandEffect] = []

  /// The paths that exist afterwards because of it: of a move only the new place.
  var results: [String] { program == "mv" ? Array(writes.prefix(1)) : writes }

  /// Whether it changes the owner or mode of a path itself rather than of files that a pattern names in it.
  func changesAccess(of path: String) -> Bool {
    guard ["chown", "chmod", "chgrp"].contains(program), writes.contains(path) else { return false }
    let words = (command?.words ?? []).dropFirst()
    return !words.contains(where: \.hasPattern)
      || words.contains { word in
        !word.hasPattern && word.literal.map { ContextPath.join(directory, $0) == path } ?? true
      }
  }

  /// Whether it installs dependencies of an interpreted language, or tools by its package manager.
  var isInstall: Bool { python != nil || node != nil }

  /// Whether it installs tools for everybody rather than a project's dependencies.
  var installsTools: Bool { node.map { $0.folder == nil } ?? false }

  /// The absolute paths that its output goes to, which are among those it writes.
  var redirected: [String] = []

  /// The effect and those nested in it.
  public var flattened: [CommandEffect] { [self] + nested }

  /// Circumstances, filled in by the trace.
  public var command: ShellCommand?
  /// The program's name.
  public var program = ""
  /// The working directory it ran in.
  public var directory = "/"
  /// Whether it may not run at all.
  public var isConditional = false
  /// Whether it reads another command's output or writes for another one, so that it means nothing on its own.
  public var isInPipeline = false

  /// Makes an effect.
  public init(_ role: Role) { self.role = role }
}

/// A change of system packages.
public struct PackageChange: Sendable, Hashable {
  /// Whose packages.
  public var manager: PackageManager
  /// The names installed, versions included as written.
  public var installed: [String] = []
  /// The names removed.
  public var removed: [String] = []
  /// A name for the installed set (`apk add --virtual`).
  public var group: String?
  /// The author's options, such as `--no-install-recommends`.
  public var options: [String] = []
  /// The options that another install of the same packages needs too, values included: where they come from, and which
  /// others come along.
  public var flags: [String] = []
  /// Whether the lists are refreshed.
  public var refreshes = false
}

/// A user or group made by a command.
public struct UserChange: Sendable, Hashable {
  /// The name.
  public var name: String
  /// The number given on the command line.
  public var id: String?
  /// Whether it is a group.
  public var isGroup: Bool
  /// The home folder given on the command line.
  public var home: String?
}

/// What a Python package manager installs, and where.
public struct PythonInstall: Sendable, Hashable {
  /// Where the files go.
  public enum Site: Sendable, Hashable {
    /// The interpreter's own prefix; pip can be turned to a user base.
    case pip
    /// The interpreter's own prefix, by a tool that does not heed `PIP_USER`.
    case prefix
    /// A virtual environment or target folder, absolute.
    case folder(String)
    /// The user's own base below `$HOME`.
    case home
    /// The tool's own cache of environments, which only the tool finds.
    case hidden
  }

  /// Where the files go.
  public var site: Site
  /// Distributions named on the command line.
  public var distributions: [PythonDistribution] = []
  /// Requirement and lock files read, absolute.
  public var files: [String] = []
  /// Project folders installed.
  public var projects: [LocalProject] = []
  /// Whether only tools that install or build are named: pip, setuptools, wheel, poetry, uv, pipenv, pdm.
  public var isToolOnly = false
}

/// A project's folder that is installed itself.
public struct LocalProject: Sendable, Hashable {
  /// Whether the installed distribution points back at the folder.
  public var isEditable: Bool
  /// The folder, absolute.
  public var path: String
}

/// What a Node package manager installs, and where.
public struct NodeInstall: Sendable, Hashable {
  /// What is installed.
  public enum Scope: Sendable, Hashable {
    /// The dependencies of the project in a folder, absolute.
    case project(String)
    /// Tools for everybody, by name as written.
    case tools([String])
  }

  /// Whose command it is.
  public var manager: NodePackageManager
  /// What is installed.
  public var scope: Scope
  /// Whether development dependencies are left out.
  public var isProduction = false
  /// Packages named on the command line.
  public var packages: [String] = []
  /// Whether named packages are left out of the manifest.
  public var isUnsaved = false
  /// Options that a later prune needs too, such as `--legacy-peer-deps`.
  public var options: [String] = []
  /// Whether the project's own install hooks do not run.
  public var ignoresScripts = false

  /// The project's folder.
  public var folder: String? { if case .project(let folder) = scope { folder } else { nil } }
  /// The tools' names without versions.
  public var tools: [String] {
    guard case .tools(let names) = scope else { return [] }
    return names.map { name in String(name.first.map(String.init) ?? "") + name.dropFirst().prefix { $0 != "@" } }
  }
}
