import ContextFiles
import Projects

// Files that no path relative to the working directory names.
extension GoNeeds {
  /// Files beside the sources, beside the program and in the working directory, where the program looks there.
  func besideProgram(_ program: GoProgram, _ search: AssetSearch) -> Set<String> {
    besideSources(program.reach, search).union(besideExecutable(program, search))
      .union(workingDirectory(program.reach, search))
  }

  /// Files that sources name relative to their own folders, where `runtime.Caller` and packing tools find them as the
  /// program runs.
  private func besideSources(_ reach: GoReach, _ search: AssetSearch) -> Set<String> {
    var found: Set<String> = []
    for (folder, literals) in reach.sourceLiterals {
      var folders = [folder]
      while let last = folders.last, last != "." { folders.append(ContextPath.parent(last)) }
      for literal in literals.compactMap(Self.fixedPart) {
        for path in folders.map({ ContextPath.join($0, literal) })
        where path != "." && search.situation.listing[path] != nil && search.isAsset(path, isNamed: true) {
          found.insert(path)
        }
      }
    }
    return found
  }

  /// Files that are named relative to the program's folder or the one above.
  private func besideExecutable(_ program: GoProgram, _ search: AssetSearch) -> Set<String> {
    let finders: Set<String> = ["os.Executable", "osext.ExecutableFolder", "osext.Executable", "os.Args"]
    let situation = search.situation
    let folders = Set(program.artefacts.map(ContextPath.parent)).subtracting([situation.trace.end.directory])
    guard !program.reach.selectors.isDisjoint(with: finders), !folders.isEmpty else { return [] }
    var found: Set<String> = []
    for literal in program.reach.literals.compactMap(Self.fixedPart) {
      for folder in folders.flatMap({ [$0, ContextPath.parent($0)] }) {
        let path = ContextPath.join(folder, literal)
        guard let context = situation.trace.map.contextPath(of: path, in: situation.listing), context != ".",
          search.isAsset(context, isNamed: true)
        else { continue }
        found.insert(context)
      }
    }
    return found
  }

  /// A literal up to a wildcard as a relative path; nil where nothing is left that names something.
  private static func fixedPart(_ literal: String) -> String? {
    guard literal.utf8.count < 200, !literal.hasPrefix("/"), !literal.contains(where: { " \n\t".contains($0) }) else {
      return nil
    }
    var path = literal[...]
    if let wildcard = path.firstIndex(where: { "*?%{[".contains($0) }) {
      guard let slash = path[..<wildcard].lastIndex(of: "/") else { return nil }
      path = path[..<slash]
    }
    return path.contains { $0.isLetter || $0.isNumber } ? String(path) : nil
  }

  /// Everything in the working directory that is no source, where the program reads that directory itself.
  private func workingDirectory(_ reach: GoReach, _ search: AssetSearch) -> Set<String> {
    let readers = ["Dir", "DirFS", "ReadDir", "Walk", "WalkDir", "Static", "StaticFS", "ServeFiles", "Open"]
    let walkers = ["Walk", "WalkDir", "ReadDir", "Glob"]
    let reads = reach.directoryCalls.contains { call in readers.contains { call.hasSuffix("." + $0) } }
    let walks =
      (reach.selectors.contains("os.Getwd") || reach.directoryCalls.contains("filepath.Abs"))
      && reach.selectors.contains { call in walkers.contains { call.hasSuffix("." + $0) } }
    // `"./" + name` and `http.ServeFile(w, r, "." + path)` name any of its files.
    let joins =
      reach.literals.contains("./*") || reach.literals.contains(".*") && reach.selectors.contains("http.ServeFile")
    guard reads || walks || joins else { return [] }
    let situation = search.situation
    let tops = Set(situation.listing.files.compactMap { $0.path.split(separator: "/").first.map(String.init) })
    return tops.filter { top in
      !top.hasPrefix(".") && !top.hasPrefix("Dockerfile") && top != "LICENSE" && !ComposeFile.isName(top)
        && search.isAsset(top, isNamed: situation.listing[top]?.kind == .directory)
        && situation.trace.map.imagePaths(of: top).contains(ContextPath.join(situation.trace.end.directory, top))
    }
  }
}
