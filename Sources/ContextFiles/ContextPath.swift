/// Arithmetic on slash-separated paths, as Docker and Go's `path` package do it: on bytes, never on characters.
public enum ContextPath {
  /// Cleans a path: no empty, `.` or inner `..` components; a rooted path cannot leave the root.
  ///
  ///     ContextPath.clean("a//b/../c/")   // "a/c"
  ///     ContextPath.clean("/../x")        // "/x"
  ///     ContextPath.clean("")             // "."
  public static func clean(_ path: String) -> String {
    if isClean(path) { return path }
    let rooted = path.utf8.first == slash
    var parts: [Substring] = []
    for part in path.utf8.split(separator: slash).map({ Substring($0) }) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !rooted {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return rooted ? "/" + joined : (joined.isEmpty ? "." : joined)
  }

  /// `path` seen from `directory`: `path` itself when it is absolute.
  public static func join(_ directory: String, _ path: String) -> String {
    path.utf8.first == slash ? clean(path) : clean(directory + "/" + path)
  }

  /// Whether cleaning would give the same path, which is so for nearly all of a context's.
  private static func isClean(_ path: String) -> Bool {
    var length = 0
    var dots = 0
    var isFirst = true
    func isComponent() -> Bool { length > 0 && !(dots == length && length <= 2) }
    for byte in path.utf8 {
      if byte == slash {
        if !(isFirst && length == 0), !isComponent() { return false }
        (length, dots, isFirst) = (0, 0, false)
      } else {
        length += 1
        if byte == UInt8(ascii: ".") { dots += 1 }
      }
    }
    return isComponent()
  }

  /// The last component of a path.
  public static func lastComponent(_ path: String) -> String {
    let bytes = path.utf8
    guard let end = bytes.lastIndex(where: { $0 != slash }) else { return path }
    let start = bytes[...end].lastIndex(of: slash).map(bytes.index(after:)) ?? bytes.startIndex
    return String(path[start...end])
  }

  /// The path without its last component: `.` for a single relative component, `/` at the root.
  public static func parent(_ path: String) -> String {
    let cleaned = clean(path)
    guard let cut = cleaned.utf8.lastIndex(of: slash) else { return "." }
    return cut == cleaned.startIndex ? "/" : String(cleaned[..<cut])
  }

  /// Whether `path` is `directory` or lies below it; both cleaned.
  public static func isWithin(_ path: String, _ directory: String) -> Bool {
    let path = path.utf8
    if directory == "." {
      return path.first != slash && !path.elementsEqual("..".utf8) && !path.starts(with: "../".utf8)
    }
    guard path.starts(with: directory.utf8) else { return false }
    return directory == "/" || path.count == directory.utf8.count || path.dropFirst(directory.utf8.count).first == slash
  }

  /// `path` relative to `directory`, which holds it; `.` when they are the same.
  public static func relative(_ path: String, to directory: String) -> String? {
    guard isWithin(path, directory) else { return nil }
    if path.utf8.elementsEqual(directory.utf8) { return "." }
    if directory == "." { return path }
    return String(Substring(path.utf8.dropFirst(directory == "/" ? 1 : directory.utf8.count + 1)))
  }

  /// `path` as it is named from `directory`, with `..` where it lies elsewhere; both from the same root, and cleaned.
  ///
  ///     ContextPath.path("docker/Dockerfile", from: "api")   // "../docker/Dockerfile"
  public static func path(_ path: String, from directory: String) -> String {
    var folder = directory
    var ups = ""
    while !isWithin(path, folder), folder != parent(folder) {
      folder = parent(folder)
      ups += "../"
    }
    return ups + (relative(path, to: folder) ?? path)
  }

  static let slash = UInt8(ascii: "/")
}
