import ContextFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file system's edge: everything Jettison reads and writes goes through here.
enum Disk {
  /// The bytes of a regular file, or its first bytes where a limit is given.
  static func read(_ path: String, first limit: Int? = nil) -> Result<[UInt8], ContextError> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(lastError) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failure(lastError) }
    guard status.st_mode & S_IFMT == S_IFREG else { return .failure(.unreadable("it is no regular file")) }
    let size = min(Int(status.st_size), limit ?? .max)
    guard size <= 256 << 20 else { return .failure(.unreadable("it is larger than 256 MiB")) }
    return readAll(descriptor, expecting: size, first: limit)
  }

  /// Everything that standard input gives.
  static func readStandardInput() -> Result<[UInt8], ContextError> { readAll(0, expecting: 64 << 10) }

  private static func readAll(_ descriptor: Int32, expecting size: Int, first limit: Int? = nil)
    -> Result<[UInt8], ContextError>
  {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 1)
    var buffer = [UInt8](repeating: 0, count: min(max(size + 1, 4096), 1 << 20))
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return .success(bytes) }
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(lastError)
      }
      bytes += buffer[..<count]
      if let limit, bytes.count >= limit { return .success(Array(bytes.prefix(limit))) }
      if bytes.count > 256 << 20 { return .failure(.unreadable("it is larger than 256 MiB")) }
    }
  }

  private static func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer, count)
    #else
      Darwin.read(descriptor, buffer, count)
    #endif
  }

  /// What the last failed call says.
  static var lastError: ContextError {
    let code = errno
    return code == ENOENT || code == ENOTDIR ? .notFound : .unreadable(String(cString: strerror(code)))
  }

  /// Whether a path names a folder; nil when nothing is there.
  static func isDirectory(_ path: String) -> Bool? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names and kinds in a folder.
  static func list(_ path: String) -> Result<[ContextEntry], ContextError> {
    guard let folder = opendir(path) else { return .failure(lastError) }
    defer { closedir(folder) }
    var entries: [ContextEntry] = []
    while let entry = readdir(folder) {
      var status = stat()
      // By the name's own bytes: one that is no UTF-8 is listed, although no path can be made of it.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
          fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? String(cString: name) : "."
        }
      }
      if name == "." || name == ".." { continue }
      let kind: ContextEntry.Kind
      switch status.st_mode & S_IFMT {
      case S_IFDIR: kind = .directory
      case S_IFLNK: kind = .link
      case S_IFREG: kind = .file
      default: continue
      }
      entries.append(
        ContextEntry(
          name: name, kind: kind, isExecutable: status.st_mode & S_IXUSR != 0,
          size: kind == .file ? Int(status.st_size) : 0))
    }
    return .success(entries)
  }

  /// The path with its links resolved, absolute; nil when nothing is there.
  static func canonical(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Whether a file lies in a git repository.
  static func isInRepository(_ path: String) -> Bool { repositoryRoot(of: ContextPath.parent(path)) != nil }

  /// The nearest folder upwards that holds `.git`, the folder itself included; nil where there is none.
  static func repositoryRoot(of folder: String) -> String? {
    var folder = folder
    while folder != "/" {
      if isDirectory(folder + "/.git") != nil { return folder }
      folder = ContextPath.parent(folder)
    }
    return nil
  }

  /// Makes a folder and those above it that are not there.
  static func makeDirectory(_ path: String) throws(ToolError) {
    if isDirectory(path) == true { return }
    let above = ContextPath.parent(path)
    if above != path, above != "." { try makeDirectory(above) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path, "the folder cannot be made") }
  }

  /// The current folder.
  static var currentDirectory: String { canonical(".") ?? "." }

  /// A reader over a folder that never leaves it, not even through links.
  static func reader(of root: String) -> ContextReader {
    @Sendable func resolved(_ path: String) -> Result<String, ContextError> {
      let full = path == "." ? root : root + "/" + path
      guard let target = canonical(full) else { return .failure(lastError) }
      guard ContextPath.isWithin(target, root) else {
        return .failure(.unreadable("it lies outside the build context"))
      }
      return .success(target)
    }
    return ContextReader(
      list: { path in resolved(path).flatMap { list($0) } },
      read: { path in resolved(path).flatMap { read($0) } })
  }

  /// Writes a file whole or not at all: a sibling, `fsync`, `rename`; an existing file's mode is kept.
  static func write(_ bytes: [UInt8], to path: String) throws(ToolError) {
    var mode: mode_t = 0o644
    var status = stat()
    if lstat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw ToolError(
          path: path, message: "it is no regular file; Jettison writes through no link", id: "not-regular")
      }
      guard access(path, W_OK) == 0 else {
        throw ToolError(path: path, message: "the file is read-only", id: "read-only")
      }
      mode = status.st_mode & 0o7777
    }
    let sibling = path + ".jettison-\(getpid())"
    let descriptor = open(sibling, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, "cannot be written") }
    do throws(ToolError) {
      guard writeAll(bytes, to: descriptor), fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
        throw failure(path, "cannot be written")
      }
    } catch {
      close(descriptor)
      unlink(sibling)
      throw error
    }
    guard close(descriptor) == 0, rename(sibling, path) == 0 else {
      let error = failure(path, "cannot be written")
      unlink(sibling)
      throw error
    }
  }

  /// Writes every byte to an open descriptor; false, with the cause in `errno`, when that cannot be done.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        #if canImport(Glibc)
          return Glibc.write(descriptor, start + offset, buffer.count - offset)
        #elseif canImport(Musl)
          return Musl.write(descriptor, start + offset, buffer.count - offset)
        #else
          return Darwin.write(descriptor, start + offset, buffer.count - offset)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }

  private static func failure(_ path: String, _ message: String) -> ToolError {
    ToolError(path: path, message: "\(message): \(String(cString: strerror(errno)))", id: "write-failed")
  }

  /// Whether a descriptor is a terminal.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns of a terminal; nil for anything else.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard isTerminal(descriptor), ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// An environment variable.
  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
