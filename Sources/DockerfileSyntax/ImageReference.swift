/// An image reference taken apart: `registry/repository:tag@digest`.
public struct ImageReference: Sendable, Hashable, Codable {
  /// The registry's host with its port, nil for Docker Hub without a prefix.
  public var registry: String?
  /// The path below the registry, such as `library/golang` or `golang`.
  public var repository: String
  /// The tag, nil when none is written.
  public var tag: String?
  /// The digest, such as `sha256:…`.
  public var digest: String?

  /// Takes a reference apart by the rules of Docker's `reference` package.
  ///
  /// A first path component is a registry when it holds a dot or a colon or is `localhost`.
  public init?(_ text: String) {
    var rest = Substring(text)
    if let at = rest.firstIndex(of: "@") {
      digest = String(rest[rest.index(after: at)...])
      rest = rest[..<at]
    }
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      tag = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
    }
    if let slash = rest.firstIndex(of: "/") {
      let first = rest[..<slash]
      if first.contains(".") || first.contains(":") || first == "localhost" {
        registry = String(first)
        rest = rest[rest.index(after: slash)...]
      }
    }
    guard !rest.isEmpty, !rest.contains("$") else { return nil }
    repository = String(rest)
  }

  /// The reference as text.
  public var text: String {
    (registry.map { $0 + "/" } ?? "") + repository + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
  }

  /// The official image's short name, such as `golang` for `docker.io/library/golang`; nil for any other image.
  public var officialName: String? {
    if let registry, registry != "docker.io", registry != "index.docker.io" { return nil }
    let parts = repository.split(separator: "/")
    if parts.count == 2, parts[0] == "library" { return String(parts[1]) }
    return parts.count == 1 ? String(parts[0]) : nil
  }
}
