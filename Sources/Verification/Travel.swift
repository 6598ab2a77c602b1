import DockerfileSyntax

/// Where the COPY --from lines of a Dockerfile's final stage put what they bring.
enum Travel {
  /// The paths that are brought, each standing for all below it.
  ///
  /// - Parameters:
  ///   - dockerfile: the new Dockerfile.
  ///   - isFolder: whether a source was a folder in the old image, nil where it was not there.
  static func roots(in dockerfile: Dockerfile, isFolder: (String) -> Bool?) -> Set<String> {
    let stages = dockerfile.stages
    let instructions = dockerfile.instructions
    guard var stage = stages.last else { return [] }
    // The final stage may go on from an earlier one.
    var chain = [stage]
    while case .stage(let index) = dockerfile.resolve(from: stage.from.image, inStage: stage.index) {
      stage = stages[index]
      chain.insert(stage, at: 0)
    }
    var roots: Set<String> = []
    var folder = "/"
    for instruction in chain.flatMap({ instructions[$0.instructions] }) {
      if instruction.keyword == .workdir { folder = absolute(instruction.arguments, in: folder) }
      guard let copy = Copy(instruction), copy.from != nil else { continue }
      let target = absolute(copy.destination, in: folder)
      for source in copy.sources {
        let name = source.split(separator: "/").last.map(String.init) ?? ""
        let inside = target == "/" ? "/\(name)" : "\(target)/\(name)"
        switch isFolder(absolute(source, in: "/")) {
        case true?: roots.insert(target)
        case false?: roots.insert(copy.destination.hasSuffix("/") || copy.sources.count > 1 ? inside : target)
        case nil: roots.formUnion([target, inside])
        }
      }
    }
    roots.remove("/")
    return roots
  }

  /// An absolute path without `.`, `..` and trailing slashes.
  static func absolute(_ path: String, in folder: String) -> String {
    let full = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    var parts: [Substring] = []
    for part in full.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Whether a path is one of these or lies below one.
  static func isBelow(_ path: String, _ roots: Set<String>) -> Bool {
    var path = path[...]
    while !path.isEmpty {
      if roots.contains(String(path)) { return true }
      guard let slash = path.lastIndex(of: "/") else { return false }
      path = path[..<slash]
    }
    return false
  }
}
