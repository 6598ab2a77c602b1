import DockerfileSyntax
import Foundation

/// The trees of Dockerfiles that share a context with another one, each parsed when it is first asked for.
final class ParsedDockerfiles: @unchecked Sendable {
  private let lock = NSLock()
  private let texts: [String: [UInt8]]
  private var files: [String: Dockerfile] = [:]

  init(_ texts: [String: [UInt8]]) { self.texts = texts }

  /// The tree of a Dockerfile.
  func file(_ path: String) -> Dockerfile {
    if let known = lock.withLock({ files[path] }) { return known }
    let parsed = Dockerfile(parsing: texts[path] ?? [])
    lock.withLock { files[path] = parsed }
    return parsed
  }
}
