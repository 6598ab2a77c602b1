/// Something in a build context.
public struct ContextEntry: Sendable, Hashable {
  /// What an entry is.
  public enum Kind: Sendable, Hashable {
    /// A regular file.
    case file
    /// A folder.
    case directory
    /// A symbolic link.
    case link
  }

  /// The name inside its folder.
  public var name: String
  /// What it is.
  public var kind: Kind
  /// Whether its owner may execute it.
  public var isExecutable: Bool
  /// The size in bytes; 0 for folders.
  public var size: Int

  /// Makes an entry.
  public init(name: String, kind: Kind, isExecutable: Bool = false, size: Int = 0) {
    self.name = name
    self.kind = kind
    self.isExecutable = isExecutable
    self.size = size
  }
}

/// Why a file or folder of a context cannot be read.
public enum ContextError: Error, Sendable, Hashable {
  /// Nothing of that name exists.
  case notFound
  /// It exists and cannot be read; the text says why.
  case unreadable(String)
}

/// The one way by which the library sees files: two functions over paths relative to the context's root.
///
/// Paths are cleaned, slash-separated and relative; `.` is the root. Nothing outside the root can be named.
public struct ContextReader: Sendable {
  private let listing: @Sendable (String) -> Result<[ContextEntry], ContextError>
  private let reading: @Sendable (String) -> Result<[UInt8], ContextError>
  /// The listing of the whole context, where one is already known.
  public let walk: (@Sendable (ContextReader, IgnoreFile) -> ContextListing)?

  /// Makes a reader from its two functions.
  ///
  /// - Parameters:
  ///   - list: the entries of a folder.
  ///   - read: the bytes of a file.
  ///   - walk: the listing of the whole context, where one is already known; left out, the context is walked.
  public init(
    list: @escaping @Sendable (String) -> Result<[ContextEntry], ContextError>,
    read: @escaping @Sendable (String) -> Result<[UInt8], ContextError>,
    walk: (@Sendable (ContextReader, IgnoreFile) -> ContextListing)? = nil
  ) {
    listing = list
    reading = read
    self.walk = walk
  }

  /// Everything of the context that an ignore file lets through.
  public func listing(ignoring ignore: IgnoreFile) -> ContextListing {
    walk.map { $0(self, ignore) } ?? ContextListing(self, ignoring: ignore)
  }

  /// The entries of a folder, sorted by name.
  public func entries(of directory: String) -> Result<[ContextEntry], ContextError> {
    let path = ContextPath.clean(directory)
    guard ContextPath.isWithin(path, ".") else { return .failure(.notFound) }
    return listing(path).map { $0.sorted { $0.name < $1.name } }
  }

  /// The bytes of a file.
  public func contents(of file: String) -> Result<[UInt8], ContextError> {
    let path = ContextPath.clean(file)
    guard ContextPath.isWithin(path, "."), path != "." else { return .failure(.notFound) }
    return reading(path)
  }

  /// A file's text, nil when it cannot be read; bytes that are no UTF-8 become U+FFFD.
  public func text(of file: String) -> String? {
    guard case .success(let bytes) = contents(of: file) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The entry at a path, nil when there is none.
  public func entry(at path: String) -> ContextEntry? {
    let cleaned = ContextPath.clean(path)
    if cleaned == "." { return ContextEntry(name: ".", kind: .directory) }
    guard case .success(let entries) = entries(of: ContextPath.parent(cleaned)) else { return nil }
    let name = ContextPath.lastComponent(cleaned)
    return entries.first { $0.name == name }
  }

  /// Whether anything stands at a path.
  public func exists(_ path: String) -> Bool { entry(at: path) != nil }

  /// A reader over files in memory, as tests use it; folders follow from the paths.
  ///
  /// - Parameters:
  ///   - files: text by path.
  ///   - executables: the paths that are executable.
  public static func memory(_ files: [String: String], executables: Set<String> = []) -> ContextReader {
    var folders: [String: [String: ContextEntry]] = [".": [:]]
    for (path, text) in files {
      let isExecutable = executables.contains(path)
      var entry = ContextEntry(
        name: ContextPath.lastComponent(path), kind: .file, isExecutable: isExecutable, size: text.utf8.count)
      var folder = ContextPath.parent(path)
      while true {
        folders[folder, default: [:]][entry.name] = entry
        if folder == "." { break }
        entry = ContextEntry(name: ContextPath.lastComponent(folder), kind: .directory)
        folder = ContextPath.parent(folder)
      }
    }
    let listings = folders.mapValues { Array($0.values) }
    return ContextReader(
      list: { listings[$0].map { .success($0) } ?? .failure(.notFound) },
      read: { files[$0].map { .success(Array($0.utf8)) } ?? .failure(.notFound) })
  }
}
