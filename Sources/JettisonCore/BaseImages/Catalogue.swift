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

  private struct Document: Decodable {
    var families: [Family]
  }

  /// The families by official name or repository.
  public let families: [String: Family]

  /// The catalogue that is built in.
  public static let builtin: Catalogue = {
    let text = BuiltinFiles.all["images/catalogue.json"] ?? ""
    let document = try? JSONDecoder().decode(Document.self, from: Data(text.utf8))
    var families: [String: Family] = [:]
    for family in document?.families ?? [] {
      for name in [family.name] + (family.aliases ?? []) { families[name] = family }
    }
    return Catalogue(families: families)
  }()

  /// Looks an image up; nil for one the catalogue does not know.
  public func resolve(_ text: String) -> BaseImage? {
    guard let reference = ImageReference(text) else { return nil }
    let name =
      reference.officialName ?? [reference.registry, reference.repository].compactMap { $0 }.joined(separator: "/")
    guard let family = families[name] else { return nil }
    return BaseImage(family: family, reference: reference)
  }
}

/// The C library of an image's programs.
public enum Libc: String, Sendable, Hashable, Codable {
  case glibc
  case musl
  case none
}
