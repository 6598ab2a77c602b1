/// Every path of a build context that an ignore file lets through, read once.
public struct ContextListing: Sendable {
  /// A file or link with its path.
  public struct File: Sendable, Hashable {
    /// The path relative to the context's root.
    public var path: String
    /// The entry.
    public var entry: ContextEntry
  }

  /// The files and links, sorted by path.
  public let files: [File]
  /// The folders, sorted by path, without the root.
  public let directories: [String]
  /// The folders that could not be read.
  public let unreadable: [String]
  private let paths: [String: ContextEntry]

  /// Folders whose content no fact is read from; they are listed by name only.
  public static let pruned: Set<String> = [".git", "node_modules", ".venv", "__pycache__", ".tox", ".hg", ".svn"]

  /// Walks a context.
  ///
  /// - Parameters:
  ///   - reader: the context.
  ///   - ignore: what the ignore file hides.
  public init(_ reader: ContextReader, ignoring ignore: IgnoreFile = IgnoreFile(parsing: "")) {
    var files: [File] = []
    var directories: [String] = []
    var unreadable: [String] = []
    var pending: [(path: String, verdict: IgnoreFile.Verdict?)] = [(".", nil)]
    while let (folder, above) = pending.popLast() {
      guard case .success(let entries) = reader.entries(of: folder) else {
        unreadable.append(folder)
        continue
      }
      for entry in entries {
        let path = folder == "." ? entry.name : folder + "/" + entry.name
        let verdict = ignore.verdict(on: path, below: above)
        if entry.kind == .directory {
          if !verdict.isHidden { directories.append(path) }
          if verdict.isEntered, !Self.pruned.contains(entry.name) { pending.append((path, verdict)) }
        } else if !verdict.isHidden {
          files.append(File(path: path, entry: entry))
        }
      }
    }
    // Docker sends a hidden folder after all when something in it is seen.
    var sent = Set(directories)
    for path in files.map(\.path) + directories {
      var folder = ContextPath.parent(path)
      while folder != ".", sent.insert(folder).inserted {
        directories.append(folder)
        folder = ContextPath.parent(folder)
      }
    }
    self.files = files.sorted { $0.path < $1.path }
    self.directories = directories.sorted()
    self.unreadable = unreadable.sorted()
    var paths: [String: ContextEntry] = [:]
    for file in files { paths[file.path] = file.entry }
    for path in directories {
      paths[path] = ContextEntry(name: ContextPath.lastComponent(path), kind: .directory)
    }
    self.paths = paths
  }

  /// The entry at a path, nil when the context has none or hides it.
  public subscript(path: String) -> ContextEntry? {
    let cleaned = ContextPath.clean(path)
    return cleaned == "." ? ContextEntry(name: ".", kind: .directory) : paths[cleaned]
  }

  /// The files at a path or below it.
  public func files(below path: String) -> [File] {
    let cleaned = ContextPath.clean(path)
    if cleaned == "." { return files }
    // Paths with a common beginning stand side by side; the order takes spellings of one character for the same.
    let start = cleaned + "/"
    let itself = files[files.firstIndex(from: cleaned)...].prefix { $0.path == cleaned }
    let below = files[files.firstIndex(from: start)...].prefix { $0.path.hasPrefix(start) }
    return (itself + below).filter { ContextPath.isWithin($0.path, cleaned) }
  }

  /// The paths a COPY source with wildcards matches, by Go's `filepath.Match` on whole paths.
  public func matches(_ pattern: String) -> [String] {
    var cleaned = ContextPath.clean(pattern)
    if cleaned.utf8.first == ContextPath.slash { cleaned.unicodeScalars.removeFirst() }
    if cleaned.isEmpty || cleaned == "." { return ["."] }
    if !cleaned.contains(where: { "*?[\\".contains($0) }) { return self[cleaned] == nil ? [] : [cleaned] }
    guard let glob = PathGlob(cleaned) else { return [] }
    return (files.map(\.path) + directories).filter { glob.matches($0) }.sorted()
  }
}

extension [ContextListing.File] {
  /// The place of the first file that does not sort before a path.
  fileprivate func firstIndex(from path: String) -> Int {
    var range = indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = self[middle].path < path ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}
