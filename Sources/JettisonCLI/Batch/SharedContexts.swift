import ContextFiles
import DockerfileSyntax
import Foundation
import JettisonCore

/// What the Dockerfiles of one context have in common, each piece made when it is first asked for and then kept.
final class SharedContexts: @unchecked Sendable {
  private struct Place: Hashable {
    var folder: String
    var ignore: IgnoreFile
  }

  private let lock = NSLock()
  private let texts: [String: [UInt8]]
  private var users: [String: [String: Dockerfile]] = [:]
  private var listings: [Place: ContextListing] = [:]

  /// - Parameter texts: the bytes of each Dockerfile.
  init(_ texts: [String: [UInt8]]) { self.texts = texts }

  /// The Dockerfiles that are built with a context.
  func dockerfiles(of context: BuildContext, _ builds: RepositoryBuilds) -> [String: Dockerfile] {
    if let known = lock.withLock({ users[context.path] }) { return known }
    let parsed = builds.dockerfiles(of: context) { Dockerfile(parsing: texts[$0] ?? []) }
    lock.withLock { users[context.path] = parsed }
    return parsed
  }

  /// A reader that walks a context once for all of its Dockerfiles.
  func remembering(_ reader: ContextReader, of context: BuildContext) -> ContextReader {
    ContextReader(
      list: { reader.entries(of: $0) }, read: { reader.contents(of: $0) },
      walk: { [self] reader, ignore in listing(of: context.path, reader, ignoring: ignore) })
  }

  private func listing(of folder: String, _ reader: ContextReader, ignoring ignore: IgnoreFile) -> ContextListing {
    let place = Place(folder: folder, ignore: ignore)
    if let known = lock.withLock({ listings[place] }) { return known }
    let walked = ContextListing(reader, ignoring: ignore)
    lock.withLock { listings[place] = walked }
    return walked
  }
}
