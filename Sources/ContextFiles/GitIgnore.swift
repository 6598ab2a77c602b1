/// The patterns of a `.gitignore`, read and matched as git does.
///
/// A pattern with a slash before its end stands at the file's folder, any other one anywhere below it; `**` crosses folders,
/// a slash at the end means folders only, and the last pattern that matches decides.
///
/// Source: https://git-scm.com/docs/gitignore
public struct GitIgnore: Sendable, Hashable {
  private let patterns: [Pattern]

  /// Whether the file says nothing.
  public var isEmpty: Bool { patterns.isEmpty }

  /// Reads a file's text; a pattern that git cannot match is left out, as git does.
  public init(parsing text: String) {
    patterns = text.split { $0 == "\n" || $0 == "\r\n" }.compactMap { Pattern(String($0)) }
  }

  /// Makes one of single patterns, as options give them.
  public init(patterns: [String]) { self.patterns = patterns.compactMap { Pattern($0) } }

  /// Whether a path, told from the file's folder, is ignored by itself; nil when no pattern speaks of it.
  ///
  /// A file in an ignored folder is ignored too: the caller asks for each folder on the way down.
  public func verdict(on path: String, isFolder: Bool) -> Bool? {
    let names = path.split(separator: "/")
    return patterns.last { $0.matches(names[...], isFolder: isFolder) }.map { !$0.isException }
  }

  /// Whether a file is ignored, or a folder above it.
  public func hides(_ path: String) -> Bool {
    var end = path.startIndex
    while let slash = path[end...].firstIndex(of: "/") {
      if verdict(on: String(path[..<slash]), isFolder: true) == true { return true }
      end = path.index(after: slash)
    }
    return verdict(on: path, isFolder: false) == true
  }

  private struct Pattern: Sendable, Hashable {
    enum Segment: Sendable, Hashable {
      /// `**`
      case anything
      case name(String)
      case glob(PathGlob)
    }

    var isException = false
    var isForFolders = false
    var segments: [Segment] = []

    init?(_ line: String) {
      var text = line[...]
      while text.last == " ", !text.hasSuffix("\\ ") { text.removeLast() }
      if text.isEmpty || text.first == "#" { return nil }
      if text.first == "!" {
        isException = true
        text.removeFirst()
      }
      if text.last == "/" {
        isForFolders = true
        text.removeLast()
      }
      let isAnchored = text.contains("/")
      if text.first == "/" { text.removeFirst() }
      if !isAnchored { segments.append(.anything) }
      for part in text.split(separator: "/", omittingEmptySubsequences: false) {
        if part == "**" {
          segments.append(.anything)
        } else if part.contains(where: { "*?[\\".contains($0) }) {
          guard let glob = PathGlob(String(part.replacing("[!", with: "[^"))) else { return nil }
          segments.append(.glob(glob))
        } else if part.isEmpty {
          return nil
        } else {
          segments.append(.name(String(part)))
        }
      }
    }

    func matches(_ names: ArraySlice<Substring>, isFolder: Bool) -> Bool {
      if isForFolders, !isFolder { return false }
      return matches(segments[...], names)
    }

    private func matches(_ segments: ArraySlice<Segment>, _ names: ArraySlice<Substring>) -> Bool {
      guard let segment = segments.first else { return names.isEmpty }
      switch segment {
      case .anything:
        // At the end it means everything inside, not the folder itself.
        if segments.count == 1 { return !names.isEmpty }
        return names.indices.contains { matches(segments.dropFirst(), names[$0...]) }
      case .name(let name):
        guard let first = names.first, first == name else { return false }
      case .glob(let glob):
        guard let first = names.first, glob.matches(String(first)) else { return false }
      }
      return matches(segments.dropFirst(), names.dropFirst())
    }
  }
}
