/// Arithmetic on slash-separated paths, as Docker and Go's `path` package do it.
public enum ContextPath {
  /// Cleans a path: no empty, `.` or inner `..` components; a rooted path cannot leave the root.
  ///
  ///     ContextPath.clean("a//b/../c/")   // "a/c"
  ///     ContextPath.clean("/../x")        // "/x"
  ///     ContextPath.clean("")             // "."
  public static func clean(_ path: String) -> String {
    let rooted = path.utf8.first == UInt8(ascii: "/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
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
    path.utf8.first == UInt8(ascii: "/") ? clean(path) : clean(directory + "/" + path)
  }

  /// The last component of a path.
  public static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The path without its last component: `.` for a single relative component, `/` at the root.
  public static func parent(_ path: String) -> String {
    let cleaned = clean(path)
    guard let cut = cleaned.lastIndex(of: "/") else { return "." }
    return cut == cleaned.startIndex ? "/" : String(cleaned[..<cut])
  }

  /// Whether `path` is `directory` or lies below it; both cleaned.
  public static func isWithin(_ path: String, _ directory: String) -> Bool {
    if directory == "." { return path.utf8.first != UInt8(ascii: "/") && path != ".." && !path.hasPrefix("../") }
    if path == directory || directory == "/" { return path.hasPrefix(directory) }
    return path.hasPrefix(directory + "/")
  }

  /// `path` relative to `directory`, which holds it; `.` when they are the same.
  public static func relative(_ path: String, to directory: String) -> String? {
    guard isWithin(path, directory) else { return nil }
    if path == directory { return "." }
    if directory == "." { return path }
    return String(path.dropFirst(directory == "/" ? 1 : directory.count + 1))
  }
}
