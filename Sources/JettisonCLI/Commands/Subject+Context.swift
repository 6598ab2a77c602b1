import ContextFiles
import DockerfileSyntax
import JettisonCore
import Projects

extension Subject {
  /// The folder that a Dockerfile is built with when nobody names one.
  ///
  /// It is what a compose file beside or above the Dockerfile says, else the nearest folder upwards that holds what its
  /// COPY lines name, else its own: the same answer as in a batch.
  ///
  /// - Parameters:
  ///   - file: the Dockerfile, absolute and without links.
  ///   - bytes: its bytes.
  ///   - asked: the folder that a person named, absolute and without links.
  static func inferredContext(of file: String, _ bytes: [UInt8], asked: String?) -> String {
    let own = ContextPath.parent(file)
    let tops = [Disk.repositoryRoot(of: own), asked, Disk.currentDirectory].compactMap { $0 }
    let top = tops.first { ContextPath.isWithin(own, $0) && $0 != "/" } ?? own
    guard top != own, let path = ContextPath.relative(file, to: top) else { return own }
    let reader = Disk.reader(of: top)
    let listing = RepositoryListing(reader, around: path)
    let files = listing.composeFiles.compactMap { path in
      reader.text(of: path).flatMap { try? ComposeFile.parse($0, file: path).get() }.map { (path: path, file: $0) }
    }
    var builds = RepositoryBuilds(composeFiles: files) { path in
      path == "." || listing.entry(at: path) != nil ? path : nil
    }
    builds.assign([path: CopySources(of: Dockerfile(parsing: bytes))], links: [], in: listing)
    let contexts = builds.contexts[path] ?? []
    // Where several build it, its own folder is as good a place to start as any.
    guard let only = contexts.first, contexts.count == 1, !only.isOutside else { return own }
    return only.path == "." ? top : top + "/" + only.path
  }
}
