import DockerfileSyntax
import Foundation
import Templates

/// The base images Jettison knows, read from `Templates/images/catalogue.json`.
public struct Catalogue: Sendable {
  /// One image line with its variants.
  public struct Family: Sendable, Hashable, Decodable {
    /// What a line of images is for, when it is neither a language nor a plain system.
    public enum Kind: String, Sendable, Hashable, Decodable {
      case webServer = "web-server"
      case infrastructure
    }

    /// A variable the image sets.
    public struct Variable: Sendable, Hashable, Decodable {
      /// The value when it is the same in all tags.
      public var value: String?
      /// Whether only the tool chain reads it.
      public var toolchain: Bool?
    }

    /// A line of images that a line with a tool on top is built on.
    public struct Foundation: Sendable, Hashable, Decodable {
      /// What stands before the foundation's own tag: `eclipse-temurin-` in `3.9-eclipse-temurin-17`.
      public var mark: String
      /// The foundation's name.
      public var family: String
      /// The first major version of the tool that is built so.
      public var from: Int?
    }

    /// What the image starts before its command.
    public struct Entrypoint: Sendable, Hashable, Decodable {
      /// The words.
      public var words: [String]
      /// Whether it only execs its arguments, so that the final image can do without.
      public var toolchain: Bool?
    }

    /// A folder that the image keeps outside its layers.
    public struct Volume: Sendable, Hashable, Decodable {
      /// The path.
      public var path: String
      /// Whether only the tool chain writes there.
      public var toolchain: Bool?
    }

    /// A variant such as `full`, `slim` or `alpine`.
    public struct Variant: Sendable, Hashable, Decodable {
      /// The C library of the variant's programs.
      public var libc: Libc
      /// The unpacked size in megabytes, approximate.
      public var size: Int
      /// The variant of the same line with less in it.
      public var slimmer: String?
      /// Programs worth knowing about besides the system's own.
      public var programs: [String]
      /// Files worth knowing about.
      public var files: [String]
      /// Libraries' packages that the image holds beyond its system's.
      public var packages: [String]?
      /// The first versions that have the variant, where not all do: one for each major version that has it in part only.
      public var since: [String]?

      /// Whether a version of the line has the variant; a version that names no more than its major part moves to its last.
      func isPublished(for version: String?) -> Bool {
        guard let since, let version else { return true }
        func numbers(_ text: String) -> [Int] { text.split(separator: ".").map { Int($0.prefix { $0.isNumber }) ?? 0 } }
        let wanted = numbers(version)
        let first = since.map(numbers)
        if let row = first.first(where: { $0.first == wanted.first }) {
          return wanted.count == 1 || !wanted.lexicographicallyPrecedes(row)
        }
        return (wanted.first ?? 0) > (first.compactMap(\.first).max() ?? 0)
      }
    }

    /// The official name, or the full repository for another registry.
    public var name: String
    /// Other repositories with the same content.
    public var aliases: [String]?
    /// Where the facts come from.
    public var source: String
    /// The language the line is for.
    public var language: String?
    /// What the line is for otherwise.
    public var kind: Kind?
    /// The user, empty for root.
    public var user: String
    /// The working directory.
    public var directory: String
    /// The command.
    public var command: [String]
    /// The entrypoint, nil for none.
    public var entrypoint: Entrypoint?
    /// The volumes.
    public var volumes: [Volume]?
    /// The lines it is built on, for a line that adds a tool to others.
    public var builtOn: [Foundation]?
    /// What tags are built on that name no release, by what stands behind the tool's version; only where no later image
    /// bears such a tag.
    public var foundations: [String: String]?
    /// The releases that have an image without the tool chain, by the variant they stand beside.
    public var runtimes: [String: [Int]]?
    /// Whether a runtime's tag ends in `jre`, as `8-alpine3.19-jre`, rather than having it behind the version.
    public var namesRuntimeLast: Bool?
    /// The variables.
    public var environment: [String: Variable]
    /// Names in tags that stand for a version, such as `carbon` for Node 8; empty for one that moves, such as `lts`.
    public var names: [String: String]?
    /// Users that all variants have besides the system's.
    public var users: [String]?
    /// Whether a tag names the release before the slim variant: `20-bookworm-slim`.
    public var namesReleaseFirst: Bool?
    /// The distribution releases by version.
    public var releases: [String: [String]]
    /// The variants by name.
    public var variants: [String: Variant]
  }

  /// Names that stand before those of official images, all to the same content.
  struct Mirrors: Sendable, Decodable {
    var source: String
    var prefixes: [String]
  }

  private struct Document: Decodable {
    var mirrors: [Mirrors]
    var families: [Family]
  }

  /// The families by official name or repository.
  public let families: [String: Family]
  /// The public mirrors of official images.
  let mirrors: [ImageMap]
  /// A person's own maps, which come first.
  private(set) var maps: [ImageMap] = []

  /// The catalogue that is built in.
  public static let builtin: Catalogue = {
    let text = BuiltinFiles.all["images/catalogue.json"] ?? ""
    let document = try? JSONDecoder().decode(Document.self, from: Data(text.utf8))
    var families: [String: Family] = [:]
    for family in document?.families ?? [] {
      for name in [family.name] + (family.aliases ?? []) { families[name] = family }
    }
    let prefixes = (document?.mirrors ?? []).flatMap(\.prefixes)
    return Catalogue(
      families: families, mirrors: prefixes.map { ImageMap(mirror: $0, of: "docker.io/library/") })
  }()

  /// The catalogue with a person's maps.
  func mapping(_ maps: [ImageMap]) -> Catalogue {
    var catalogue = self
    catalogue.maps = maps
    return catalogue
  }

  /// Looks an image up; nil for one the catalogue does not know.
  public func resolve(_ text: String) -> BaseImage? {
    for map in maps {
      guard let image = map.image(behind: text) else { continue }
      return plainImage(image, writtenAs: map.namesTag ? nil : ImageReference(text), map: map)
    }
    if let image = plainImage(text) { return image }
    for map in mirrors {
      guard let image = map.image(behind: text) else { continue }
      return plainImage(image, writtenAs: ImageReference(text), map: map)
    }
    return nil
  }

  private func plainImage(_ text: String, writtenAs written: ImageReference? = nil, map: ImageMap? = nil) -> BaseImage?
  {
    guard let reference = ImageReference(text), reference.isWellFormed,
      let family = families[ImageMap.name(of: reference)]
    else { return nil }
    return BaseImage(family: family, reference: written ?? reference, map: map)
  }

  /// The reference under which an image is had where another one comes from: by the same map, by another of the person's,
  /// or by its own name where the other one needs no map.
  ///
  /// - Returns: nil when no map gives the image.
  func reference(of image: String, beside other: BaseImage) -> String? {
    guard let map = other.map else { return image }
    if image == "scratch" { return image }
    for map in [map] + maps { if let reference = map.reference(of: image) { return reference } }
    return map.namesTag ? image : nil
  }
}

/// The C library of an image's programs.
public enum Libc: String, Sendable, Hashable, Codable {
  case glibc
  case musl
  case none
}
