import DockerfileSyntax

/// Other names under which images of the catalogue are had: a mirror, a proxy, a team's own copy.
///
/// `registry.example/team/golang=golang` stands for one repository, all its tags included; with a tag on either side for
/// one image. Where both names end in a slash, `registry.example/proxy/=docker.io/library/`, it stands for everything
/// below.
public struct ImageMap: Sendable, Hashable, Codable {
  /// The name in Dockerfiles.
  public var old: String
  /// The name in the catalogue that stands behind it.
  public var new: String

  /// Why a map cannot be used.
  public struct Problem: Error, Sendable, Hashable {
    /// What is wrong and what to do, in one sentence without a full stop.
    public var message: String
  }

  /// Reads `old=new`.
  public init(_ text: String) throws(Problem) {
    guard let equals = text.firstIndex(of: "=") else {
      throw Problem(message: "'\(text)' is no map of images: write OLD=NEW, as in registry.example/team/golang=golang")
    }
    try self.init(old: String(text[..<equals]), new: String(text[text.index(after: equals)...]))
  }

  /// Makes a map of two names.
  public init(old: String, new: String) throws(Problem) {
    self.old = old
    self.new = new
    if old.isEmpty || new.isEmpty {
      throw Problem(message: "a map of images needs a name on both sides, as in registry.example/team/golang=golang")
    }
    guard old.hasSuffix("/") == new.hasSuffix("/") else {
      throw Problem(
        message: "'\(old)' and '\(new)' do not match: both end in a slash, for everything below, or neither does")
    }
    if isPrefix {
      try checkPrefix()
    } else {
      try checkImages()
    }
  }

  /// A mirror that the catalogue lists.
  init(mirror: String, of new: String) {
    old = mirror
    self.new = new
  }

  private func checkPrefix() throws(Problem) {
    let target = Self.qualified(new)
    guard Catalogue.builtin.families.keys.contains(where: { Self.qualified($0).hasPrefix(target) }) else {
      throw Problem(message: "the catalogue has no image below '\(new)'; official ones are below docker.io/library/")
    }
    let plain = old.hasPrefix("$") ? Substring(old.drop { $0 != "/" }.dropFirst()) : old[...]
    guard plain.isEmpty || ImageReference(plain + "image")?.isWellFormed == true else {
      throw Problem(message: "'\(old)' cannot begin the name of an image")
    }
  }

  private func checkImages() throws(Problem) {
    guard let reference = ImageReference(old), reference.isWellFormed, reference.digest == nil else {
      throw Problem(message: "'\(old)' is no name of an image, with or without a tag")
    }
    guard let target = ImageReference(new), target.isWellFormed, target.digest == nil,
      Catalogue.builtin.families[Self.name(of: target)] != nil
    else {
      throw Problem(message: "'\(new)' is not an image of the catalogue")
    }
    guard target.tag == nil || Catalogue.builtin.resolve(new) != nil else {
      throw Problem(message: "'\(new)' bears a tag that the catalogue cannot read")
    }
  }

  /// Whether the map stands for everything below a name.
  var isPrefix: Bool { old.hasSuffix("/") }

  /// Whether the map says which tag stands behind the name, so that the name's own tag says nothing.
  var namesTag: Bool { !isPrefix && ImageReference(new)?.tag != nil }

  // MARK: There and back

  /// The image of the catalogue behind a reference; nil where the map does not apply.
  func image(behind text: String) -> String? {
    if isPrefix {
      if old.contains("$") { return text.hasPrefix(old) ? new + text.dropFirst(old.count) : nil }
      let name = Self.qualified(text)
      let start = Self.qualified(old)
      return name.hasPrefix(start) ? new + name.dropFirst(start.count) : nil
    }
    guard let reference = ImageReference(text), let own = ImageReference(old), let target = ImageReference(new),
      Self.name(of: reference) == Self.name(of: own), own.tag == nil || own.tag == reference.tag
    else { return nil }
    var result = target
    result.tag = target.tag ?? reference.tag
    result.digest = reference.digest
    return result.text
  }

  /// The reference under which the map gives an image of the catalogue; nil where it gives none.
  ///
  /// - Parameter text: a reference whose tag may hold variables.
  func reference(of text: String) -> String? {
    let (name, tag) = Self.split(text)
    if isPrefix {
      let start = Self.qualified(new)
      let full = Self.qualified(name)
      return full.hasPrefix(start) ? old + full.dropFirst(start.count) + tag : nil
    }
    guard Self.split(old).tag.isEmpty, Self.split(new).tag.isEmpty, Self.qualified(name) == Self.qualified(new) else {
      return nil
    }
    return old + tag
  }

  // MARK: Names

  private static let hubs: Set<String> = [
    "docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com",
  ]

  /// A name with its registry, `docker.io/library/` for an official image; the tag stays.
  static func qualified(_ name: String) -> String {
    var rest = name[...]
    var registry = "docker.io"
    if let slash = name.firstIndex(of: "/") {
      let first = name[..<slash]
      if first.contains(".") || first.contains(":") || first == "localhost" {
        registry = hubs.contains(String(first)) ? "docker.io" : String(first)
        rest = name[name.index(after: slash)...]
      }
    }
    let isOfficial = registry == "docker.io" && !rest.contains("/") && !rest.isEmpty
    return registry + "/" + (isOfficial ? "library/" : "") + rest
  }

  /// A reference's name as the catalogue writes it.
  static func name(of reference: ImageReference) -> String {
    let name = qualified((reference.registry.map { $0 + "/" } ?? "") + reference.repository)
    for hub in ["docker.io/library/", "docker.io/"] where name.hasPrefix(hub) {
      return String(name.dropFirst(hub.count))
    }
    return name
  }

  /// A reference's name, and its tag with the colon.
  static func split(_ text: String) -> (name: String, tag: String) {
    var depth = 0
    var start = text.endIndex
    for index in text.indices {
      switch text[index] {
      case "{": depth += 1
      case "}": depth -= 1
      case ":" where depth == 0: start = index
      case "/" where depth == 0: start = text.endIndex
      default: break
      }
    }
    return (String(text[..<start]), String(text[start...]))
  }
}
