import DockerfileSyntax

/// A base image with what its tag says: version, variant and distribution release.
public struct BaseImage: Sendable, Hashable {
  /// The image line.
  public var family: Catalogue.Family
  /// The reference as written, or the one that a map names in its place.
  public var reference: ImageReference
  /// The map or mirror through which it was found.
  public var map: ImageMap?
  /// The version in the tag, such as `3.11` or `1.22.4`; nil for a tag without one.
  public var version: String?
  /// The variant's name: `full`, `slim` or `alpine`.
  public var variantName: String
  /// The distribution releases the tag may stand for, such as `["bookworm"]` or `["3.19"]` of Alpine.
  public var releases: [String]
  /// Whether the tag itself names its distribution release.
  private(set) var namesRelease = false

  private static let debianReleases: Set<String> = [
    "wheezy", "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky", "sid",
  ]
  private static let ubuntuReleases: Set<String> = ["trusty", "xenial", "bionic", "focal", "jammy", "noble"]

  /// The releases whose names tags bear.
  static let distributions = debianReleases.union(ubuntuReleases)

  /// Reads a reference's tag; nil for a variant the family does not have.
  init?(family: Catalogue.Family, reference: ImageReference, map: ImageMap? = nil) {
    self.family = family
    self.reference = reference
    self.map = map
    variantName = "full"
    releases = []
    if family.language == "java" {
      guard readJavaTag() else { return nil }
      return
    }
    for (index, part) in (reference.tag ?? "latest").split(separator: "-").map(String.init).enumerated() {
      if index == 0, part.first?.isNumber == true {
        version = part
      } else if index == 0, let named = family.names?[part] {
        version = named.isEmpty ? nil : named
      } else if part.hasPrefix("alpine"), family.variants["alpine"] != nil {
        variantName = "alpine"
        let release = part.dropFirst("alpine".count)
        if !release.isEmpty { releases = [String(release)] }
      } else if part == "slim" {
        variantName = "slim"
      } else if Self.debianReleases.contains(part) || Self.ubuntuReleases.contains(part) {
        releases = [part]
      } else if part == "latest" || part == "stable" || part.hasPrefix("rc") || part.allSatisfy(\.isNumber) {
        continue
      } else if family.kind == nil, index > 0 || family.language != nil {
        return nil
      }
    }
    guard family.variants[variantName] != nil else { return nil }
    if family.name == "alpine" { releases = version.map { [$0] } ?? [] }
    namesRelease = !releases.isEmpty
    if releases.isEmpty, variantName != "alpine", let version {
      releases =
        family.releases[version] ?? family.releases[Self.minor(version)] ?? family.releases[Self.major(version)] ?? []
    }
  }

  /// Reads the tag of a Java line, or of a line built on one.
  private mutating func readJavaTag() -> Bool {
    let tag = reference.tag ?? "latest"
    version = JavaTag(tag)?.version
    if let inner = foundation {
      variantName = inner.libc == .musl ? "alpine" : inner.variantName == "slim" ? "slim" : "full"
      releases = inner.releases
      namesRelease = inner.namesRelease
      return family.variants[variantName] != nil
    }
    if family.builtOn != nil {
      variantName = tag.contains("alpine") ? "alpine" : "full"
      return true
    }
    guard let read = Self.javaVariant(tag, family: family), family.variants[read.name] != nil else { return false }
    variantName = read.name
    releases = read.releases
    namesRelease = !releases.isEmpty
    if releases.isEmpty, libc == .glibc, let release = javaRelease {
      let key = variantName.hasSuffix("slim") ? "\(release)-slim" : "\(release)"
      releases = family.releases[key] ?? family.releases["\(release)"] ?? []
    }
    return true
  }

  /// The variant's row.
  public var variant: Catalogue.Family.Variant {
    family.variants[variantName]
      ?? Catalogue.Family.Variant(libc: .none, size: 0, slimmer: nil, programs: [], files: [])
  }

  /// The variant behind a final base's name, this one's own where the name does not tell.
  func variant(of runtime: String) -> Catalogue.Family.Variant {
    if let final = Catalogue.builtin.resolve(runtime) { return final.variant }
    // A tag with a variable in it names its variant behind that.
    let named = family.variants.filter { runtime.contains("-" + $0.key) }
    return named.max { $0.key.count < $1.key.count }?.value ?? variant
  }

  /// The C library.
  public var libc: Libc { variant.libc }

  /// The reference as text.
  public var text: String { reference.text }

  /// Whether the tag names at least a minor version, so that two tags of it move together.
  public var namesMinorVersion: Bool { (version?.split(separator: ".").count ?? 0) >= 2 }

  /// The version's first two components.
  public var minorVersion: String? { version.map(Self.minor) }

  /// The version as numbers, missing parts as 0; nil without a version.
  public var versionNumbers: (major: Int, minor: Int)? {
    guard let version else { return nil }
    let parts = version.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 }
    return (parts.first ?? 0, parts.count > 1 ? parts[1] : Int.max)
  }

  private static func minor(_ version: String) -> String {
    version.split(separator: ".").prefix(2).map { $0.prefix { $0.isNumber } }.joined(separator: ".")
  }

  private static func major(_ version: String) -> String { String(version.prefix { $0 != "." }) }

  /// The package manager that installs system packages.
  public var packageManager: PackageManager? {
    let isForeign = releases.contains { release in Self.systemsWithoutTables.contains { release.hasPrefix($0) } }
    return switch libc {
    case .musl: .apk
    case .glibc: isForeign ? nil : .apt
    case .none: nil
    }
  }

  /// The same line and version in its slimmer variant.
  ///
  /// - Parameter written: the reference as the author wrote it, variables included.
  /// - Returns: the reference in the author's spelling; nil when there is none.
  public func slimmer(written: String) -> String? {
    variant.slimmer.flatMap { reference.tag == nil ? nil : sibling($0, written: written) }
  }

  /// The same line and version in another variant than the full one.
  ///
  /// `3.11` → `3.11-slim`, `3.11-bookworm` → `3.11-slim-bookworm` or, where the line names releases first,
  /// `20-bookworm` → `20-bookworm-slim`; Alpine's tags name no release of Debian.
  public func sibling(_ name: String, written: String) -> String? {
    guard let variant = family.variants[name], variantName == "full", variant.isPublished(for: version) else {
      return nil
    }
    guard let tag = reference.tag, tag != "latest" else {
      return written.hasSuffix(":latest") ? written.dropLast("latest".count) + name : written + ":" + name
    }
    if family.name == "debian" { return written + "-" + name }
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    let namesRelease = Self.debianReleases.contains(String(parts[0]))
    guard parts.count > 1 || namesRelease else { return written + "-" + name }
    if name == "slim", family.namesReleaseFirst == true { return written + "-" + name }
    let suffix = parts.dropFirst().map { "-" + $0 }.joined()
    guard written.hasSuffix(suffix), !namesRelease else { return nil }
    return written.dropLast(suffix.count) + "-" + name + (name == "alpine" ? "" : suffix)
  }
}

/// A system's package manager.
public enum PackageManager: String, Sendable, Hashable, Codable, CaseIterable {
  case apt
  case apk
  case yum
  case dnf
  case microdnf
}
