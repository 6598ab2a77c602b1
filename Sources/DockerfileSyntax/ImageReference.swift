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

  /// Whether Docker takes the reference as it stands, with no variable left to expand.
  ///
  /// By the grammar of Docker's `reference` package: names in lower case whose parts are joined by dots, underscores and
  /// dashes, a tag of at most 128 letters, digits, dots, underscores and dashes that starts with none of the last two.
  public var isWellFormed: Bool {
    let components = repository.split(separator: "/", omittingEmptySubsequences: false)
    return components.allSatisfy { Self.isPathComponent(Array($0.utf8)) } && tag.map(Self.isTag) ?? true
      && digest.map(Self.isDigest) ?? true && registry.map { !$0.contains("$") } ?? true
  }

  private static func isPathComponent(_ bytes: [UInt8]) -> Bool {
    let isPlain = { (byte: UInt8) in byte.isDigit || (byte.isLetter && byte >= 0x61) }
    guard let first = bytes.first, let last = bytes.last, isPlain(first), isPlain(last) else { return false }
    let separators = bytes.split(whereSeparator: isPlain).map { String(decoding: $0, as: UTF8.self) }
    return separators.allSatisfy { [".", "_", "__"].contains($0) || $0.allSatisfy { $0 == "-" } }
  }

  private static func isTag(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, first.isNameByte, bytes.count <= 128 else { return false }
    return bytes.allSatisfy { $0.isNameByte || $0 == .dash || $0 == UInt8(ascii: ".") }
  }

  private static func isDigest(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, first.isLetter else { return false }
    return parts[0].allSatisfy { $0.isLetter || $0.isDigit || "+._-".utf8.contains($0) }
      && parts[1].count >= 32 && parts[1].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  /// The official image's short name, such as `golang` for `docker.io/library/golang`; nil for any other image.
  public var officialName: String? {
    if let registry, registry != "docker.io", registry != "index.docker.io" { return nil }
    let parts = repository.split(separator: "/")
    if parts.count == 2, parts[0] == "library" { return String(parts[1]) }
    return parts.count == 1 ? String(parts[0]) : nil
  }
}
