import ContextFiles
import Projects

/// What a walk through a repository finds: Dockerfiles, the files that say how they are built, and every folder it went
/// into, listed once.
public struct RepositoryListing: Sendable {
  /// A folder that could not be listed.
  public struct Trouble: Sendable, Hashable {
    /// The folder.
    public var path: String
    /// Why.
    public var error: ContextError
  }

  /// The entries of each folder gone into, by its path.
  public let folders: [String: [ContextEntry]]
  /// The files with a Dockerfile's name.
  public let dockerfiles: [String]
  /// The links with a Dockerfile's name.
  public let links: [String]
  /// The folders named `Dockerfile` or `Containerfile` in which no Dockerfile is.
  public let misnamedFolders: [String]
  /// The compose files.
  public let composeFiles: [String]
  /// The bake, skaffold and pipeline files.
  public let buildFiles: [String]
  /// The folders that could not be listed.
  public let troubles: [Trouble]
  private let reader: ContextReader

  /// Folders with other people's code or a tool's own files; nothing below them is looked for.
  static let vendored: Set<String> = [
    "node_modules", "bower_components", "jspm_packages", "vendor", "third_party", "third-party", "godeps",
    "site-packages", "__pycache__",
  ]

  /// A `.gitignore` and the folder that its patterns are told from.
  public struct IgnoreRules: Sendable, Hashable {
    /// The folder, as a path from the repository's root; the root itself for a file above it.
    var folder = "."
    /// The root as a path from the file's own folder, for a file above it.
    var prefix = "."
    var patterns: GitIgnore

    /// The rules of a `.gitignore` above the root.
    ///
    /// - Parameter prefix: the root as a path from the file's folder.
    public init(_ patterns: GitIgnore, above prefix: String) {
      self.patterns = patterns
      self.prefix = prefix
    }

    init(_ patterns: GitIgnore, in folder: String) {
      self.patterns = patterns
      self.folder = folder
    }

    func verdict(on path: String, isFolder: Bool) -> Bool? {
      let own = ContextPath.relative(path, to: folder) ?? path
      return patterns.verdict(on: prefix == "." ? own : prefix + "/" + own, isFolder: isFolder)
    }
  }

  /// Walks a repository.
  ///
  /// Links are not followed, what git ignores is not gone into, and all lists come sorted by the bytes of their paths.
  ///
  /// - Parameters:
  ///   - reader: the repository.
  ///   - rules: the ignore files that lie above its root, the outermost first.
  public init(_ reader: ContextReader, rules: [IgnoreRules] = []) {
    var folders: [String: [ContextEntry]] = [:]
    var dockerfiles: [String] = []
    var links: [String] = []
    var misnamed: [String] = []
    var composeFiles: [String] = []
    var buildFiles: [String] = []
    var troubles: [Trouble] = []
    var pending = [(folder: ".", rules: rules)]
    while let next = pending.popLast() {
      let folder = next.folder
      var rules = next.rules
      let entries: [ContextEntry]
      switch reader.entries(of: folder) {
      case .success(let listed): entries = listed
      case .failure(let error):
        troubles.append(Trouble(path: folder, error: error))
        continue
      }
      folders[folder] = entries
      if entries.contains(where: { $0.name == ".gitignore" && $0.kind == .file }),
        let text = reader.text(of: ContextPath.join(folder, ".gitignore"))
      {
        let patterns = GitIgnore(parsing: text)
        if !patterns.isEmpty { rules.append(IgnoreRules(patterns, in: folder)) }
      }
      func isIgnored(_ path: String, isFolder: Bool = false) -> Bool {
        rules.reversed().lazy.compactMap { $0.verdict(on: path, isFolder: isFolder) }.first ?? false
      }
      let isOfPipelines = Self.pipelineFolders.contains(folder)
      for entry in entries {
        let path = folder == "." ? entry.name : folder + "/" + entry.name
        let name = DockerfileName(entry.name)
        switch entry.kind {
        case .directory:
          if isOfPipelines || Self.isPruned(entry.name), !Self.pipelineFolders.contains(path) { continue }
          if isIgnored(path, isFolder: true) { continue }
          if Self.isBareName(entry.name) { misnamed.append(path) }
          pending.append((path, rules))
        case .link:
          if name != nil, !isOfPipelines, !isIgnored(path) { links.append(path) }
        case .file:
          if ImageBuild.tool(of: path) != nil { buildFiles.append(path) }
          if isOfPipelines { continue }
          if name != nil, !isIgnored(path) { dockerfiles.append(path) }
          if ComposeFile.isName(entry.name) { composeFiles.append(path) }
        }
      }
    }
    self.reader = reader
    self.folders = folders
    self.dockerfiles = dockerfiles.sorted(by: bytewise)
    self.links = links.sorted(by: bytewise)
    self.composeFiles = composeFiles.sorted(by: bytewise)
    self.buildFiles = buildFiles.sorted(by: bytewise)
    misnamedFolders =
      misnamed.filter { folder in !dockerfiles.contains { ContextPath.isWithin($0, folder) } }.sorted(by: bytewise)
    self.troubles = troubles.sorted { bytewise($0.path, $1.path) }
  }

  /// Looks at a Dockerfile's folder and those above it only.
  public init(_ reader: ContextReader, around dockerfile: String) {
    var folders: [String: [ContextEntry]] = [:]
    var composeFiles: [String] = []
    var folder = ContextPath.parent(dockerfile)
    while true {
      let entries = (try? reader.entries(of: folder).get()) ?? []
      folders[folder] = entries
      composeFiles += entries.filter { $0.kind == .file && ComposeFile.isName($0.name) }.map {
        folder == "." ? $0.name : folder + "/" + $0.name
      }
      if folder == "." { break }
      folder = ContextPath.parent(folder)
    }
    self.reader = reader
    self.folders = folders
    self.composeFiles = composeFiles.sorted(by: bytewise)
    dockerfiles = [dockerfile]
    (links, misnamedFolders, buildFiles, troubles) = ([], [], [], [])
  }

  /// The hidden folders in which pipelines are described; a Dockerfile in one of them belongs to the pipeline.
  private static let pipelineFolders: Set<String> = [".github", ".github/workflows", ".gitlab", ".gitlab/ci"]

  private static func isPruned(_ folder: String) -> Bool {
    folder.hasPrefix(".") || vendored.contains(folder.lowercased())
  }

  private static func isBareName(_ folder: String) -> Bool {
    !folder.contains(".") && DockerfileName(folder) == .certain
  }

  /// The entry at a path; a folder that was not gone into is asked on the spot.
  public func entry(at path: String) -> ContextEntry? {
    if path == "." { return ContextEntry(name: ".", kind: .directory) }
    guard let entries = folders[ContextPath.parent(path)] else { return reader.entry(at: path) }
    let name = ContextPath.lastComponent(path)
    // The reader sorts by name.
    var range = entries.indices
    while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
      if entries[middle].name == name { return entries[middle] }
      range = entries[middle].name < name ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  /// A reader over one folder that lists what the walk has listed from memory.
  ///
  /// - Parameters:
  ///   - folder: the folder, which becomes the reader's root.
  ///   - reader: reads files, and lists the other folders; its root is the same folder.
  public func reader(of folder: String, over reader: ContextReader) -> ContextReader {
    ContextReader(
      list: { [folders] path in
        folders[ContextPath.join(folder, path)].map { .success($0) } ?? reader.entries(of: path)
      },
      read: { reader.contents(of: $0) })
  }
}

/// The order of two paths by their bytes, the same on every machine and in every locale.
public func bytewise(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
