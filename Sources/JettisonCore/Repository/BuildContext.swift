import ContextFiles
import Projects

/// A folder that a Dockerfile is built with, and how that is known.
public struct BuildContext: Sendable, Hashable {
  /// How a context is known.
  public enum Origin: Sendable, Hashable {
    /// A compose file names it; the path is that file's.
    case compose(String)
    /// A bake, skaffold or pipeline file builds with it; the path is that file's.
    case build(ImageBuild.Tool, String)
    /// It is the nearest folder that holds what COPY and ADD name.
    case copy
    /// Nothing tells, so it is the Dockerfile's folder.
    case folder
  }

  /// The folder, as a path from the repository's root; one that begins with `..` lies outside.
  public var path: String
  /// How it is known.
  public var origin: Origin

  /// Makes a context.
  public init(path: String, origin: Origin) {
    self.path = path
    self.origin = origin
  }

  /// Whether the folder lies outside the repository's root.
  public var isOutside: Bool { !ContextPath.isWithin(path, ".") }

  /// Infers the context of a Dockerfile from what it copies: the nearest folder, from its own upwards, that holds all of it.
  ///
  /// A wildcard may match nothing in Docker, and any folder can be copied whole, so both only choose among the folders
  /// that hold every path written out.
  ///
  /// - Parameters:
  ///   - dockerfile: its path from the repository's root.
  ///   - sources: what it copies.
  ///   - listing: the repository.
  public static func inferred(of dockerfile: String, from sources: CopySources, in listing: RepositoryListing)
    -> BuildContext
  {
    let own = ContextPath.parent(dockerfile)
    let nothingNamed = sources.literals.isEmpty && sources.patterns.isEmpty && !sources.takesAll
    if nothingNamed { return BuildContext(path: own, origin: .folder) }
    var folders = [own]
    while let last = folders.last, last != "." { folders.append(ContextPath.parent(last)) }
    let complete = folders.filter { folder in
      sources.literals.allSatisfy { listing.entry(at: ContextPath.join(folder, $0)) != nil }
    }
    let best = complete.first { folder in
      sources.patterns.allSatisfy { matches($0, below: folder, in: listing) }
        && (!sources.takesAll || holdsMoreThanDockerfiles(folder, in: listing))
    }
    if let best { return BuildContext(path: best, origin: sources.isTelling || best != own ? .copy : .folder) }
    if !sources.literals.isEmpty, let first = complete.first { return BuildContext(path: first, origin: .copy) }
    return BuildContext(path: own, origin: .folder)
  }

  private static func matches(_ pattern: String, below folder: String, in listing: RepositoryListing) -> Bool {
    // Only the part up to the first component with a wildcard is looked at, and that component itself.
    var place = folder
    for component in pattern.split(separator: "/").map(String.init) {
      guard component.contains(where: { "*?[".contains($0) }) else {
        place = ContextPath.join(place, component)
        continue
      }
      guard let glob = PathGlob(component), let entries = listing.folders[place] else { return false }
      return entries.contains { glob.matches($0.name) }
    }
    return listing.entry(at: place) != nil
  }

  /// Whether a folder is more than the place where a project keeps its Dockerfiles.
  private static func holdsMoreThanDockerfiles(_ folder: String, in listing: RepositoryListing) -> Bool {
    (listing.folders[folder] ?? []).contains { entry in
      !entry.name.hasPrefix(".") && DockerfileName(entry.name) == nil && !ComposeFile.isName(entry.name)
        && !entry.name.lowercased().hasSuffix(".dockerignore") && !entry.name.lowercased().hasPrefix("readme")
    }
  }
}

extension CopySources {
  /// Whether a source names anything but the whole context.
  var isTelling: Bool { !literals.isEmpty || !patterns.isEmpty }
}
