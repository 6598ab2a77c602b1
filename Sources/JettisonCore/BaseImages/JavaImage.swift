import DockerfileSyntax

/// A tag of a line of Java images: `17.0.5_8-jdk-alpine`, `8u111-jre`, `openjdk-8-jdk-alpine`.
struct JavaTag {
  /// The tag's parts between hyphens.
  private(set) var parts: [String]
  /// The index of the version.
  private let versionIndex: Int

  /// Finds the version in a tag; nil for a tag without one.
  ///
  /// A variable stands for what it will be.
  init?(_ tag: String) {
    parts = tag.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard let index = parts.firstIndex(where: { $0.first?.isNumber == true || $0.first == "$" }) else { return nil }
    versionIndex = index
  }

  /// The version as written: `17`, `8u111`, `17.0.5_8`.
  var version: String { parts[versionIndex] }

  /// The feature release: 17, 8.
  var release: Int? { Int(version.prefix { $0.isNumber }) }

  /// Whether the tag names a runtime without a tool chain.
  var isRuntime: Bool { parts.contains("jre") || parts.contains("headless") || parts.contains("headful") }

  /// The parts behind the version that are neither `jdk` nor `jre`: the distribution.
  var flavour: [String] { parts[(versionIndex + 1)...].filter { $0 != "jdk" && $0 != "jre" } }

  /// The same tag of the runtime.
  ///
  /// - Parameter isLast: whether the line writes `jre` behind the distribution rather than behind the version.
  func runtime(isLast: Bool) -> String {
    var changed = parts
    if let index = changed.firstIndex(of: "jdk") {
      changed[index] = "jre"
    } else {
      changed.insert("jre", at: isLast ? changed.count : versionIndex + 1)
    }
    return changed.joined(separator: "-")
  }
}

extension Catalogue.Family {
  /// The reference of the image line that an image is built on: `maven:3.9-eclipse-temurin-17-alpine` is built on
  /// `eclipse-temurin:17-alpine`.
  func foundation(of tag: String) -> String? {
    for row in builtOn ?? [] {
      guard let mark = tag.range(of: row.mark) else { continue }
      let rest = tag[mark.upperBound...]
      guard let first = rest.first, first.isNumber || first == "$" else { continue }
      // That vendor's machine is another one's.
      if row.family == "eclipse-temurin", tag.contains("openj9") { continue }
      if let from = row.from, let version = Int(tag.prefix { $0.isNumber }), version < from { continue }
      return "\(row.family):\(rest)"
    }
    let flavour = tag.split(separator: "-").drop { $0.first?.isNumber == true }.joined(separator: "-")
    return foundations?[flavour]
  }
}

extension BaseImage {
  /// The image line this one is built on, nil when it stands for itself.
  public var foundation: BaseImage? {
    family.foundation(of: reference.tag ?? "").flatMap { Catalogue.builtin.resolve($0) }
  }

  /// The release of Java in the image; nil when its tag does not name one.
  public var javaRelease: Int? {
    foundation?.javaRelease ?? (family.builtOn == nil ? JavaTag(reference.tag ?? "")?.release : nil)
  }

  /// Whether the image holds no Java compiler.
  public var isJavaRuntime: Bool { family.builtOn == nil && JavaTag(reference.tag ?? "")?.isRuntime == true }

  /// The image of the same vendor, release and distribution without the tool chain.
  ///
  /// - Parameter written: the reference as the author wrote it, variables included.
  /// - Returns: the reference in the author's spelling; nil when the line has no such image.
  func javaRuntime(written: String) -> String? {
    guard let tag = Self.tag(of: written) else { return nil }
    if let inner = foundation {
      guard let text = family.foundation(of: tag) else { return nil }
      return inner.javaRuntime(written: text)
    }
    guard let own = JavaTag(reference.tag ?? ""), let release = own.release, let text = JavaTag(tag),
      let runtimes = family.runtimes, (runtimes[variantName] ?? []).contains(release), !own.isRuntime,
      // Oracle's system was never published without the tool chain.
      !own.flavour.contains(where: { $0.hasPrefix("oracle") })
    else { return nil }
    return written.dropLast(tag.count) + text.runtime(isLast: family.namesRuntimeLast == true)
  }

  /// The image of the same vendor and release that this one is built on, tool chain included.
  func javaToolchain(written: String) -> String? {
    guard let tag = Self.tag(of: written) else { return nil }
    return family.foundation(of: tag)
  }

  /// The text behind a reference's colon; a colon inside `${…}` is none.
  private static func tag(of written: String) -> String? {
    let tag = ImageMap.split(written).tag
    return tag.isEmpty ? nil : String(tag.dropFirst())
  }

  /// The variant's name and the distribution releases of a tag of a Java line; nil for a word nobody knows.
  static func javaVariant(_ tag: String, family: Catalogue.Family) -> (name: String, releases: [String])? {
    guard let tag = JavaTag(tag) else { return (tag.contains("alpine") ? "alpine" : "full", []) }
    var name = tag.isRuntime ? "jre" : "full"
    var releases: [String] = []
    for part in tag.flavour {
      if part == "slim" || part.hasPrefix("alpine") {
        let kind = part == "slim" ? "slim" : "alpine"
        name = tag.isRuntime ? "jre-" + kind : kind
        let release = part.dropFirst(kind.count)
        if kind == "alpine", !release.isEmpty { releases = [String(release)] }
      } else if distributions.contains(part) || systemsWithoutTables.contains(where: { part.hasPrefix($0) }) {
        releases = [part]
      } else if !["minimal", "ubuntu", "hotspot", "openj9", "full", "generic", "native", "headless", "headful"]
        .contains(part)
      {
        return nil
      }
    }
    return (name, releases)
  }

  /// Distributions whose package managers Jettison has no tables for.
  static let systemsWithoutTables = ["ubi", "oracle", "al2", "centos", "microdnf"]
}
