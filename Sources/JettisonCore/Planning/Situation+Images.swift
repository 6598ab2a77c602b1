import ContextFiles
import DockerfileSyntax

// How other images are named beside the author's own.
extension Situation {
  /// The image behind a reference that may hold build arguments; nil for one the catalogue does not know.
  func image(_ text: String) -> BaseImage? {
    file.expand(text, with: file.globalArguments).flatMap(catalogue.resolve) ?? catalogue.resolve(text)
  }

  /// The reference that those of the same line's other variants are made from: the author's without a digest, or the one
  /// that a map names in its place.
  func lineReference() throws(Refusal) -> String {
    try checkBaseArguments()
    guard let base else { return from.image }
    guard base.reference.digest != nil else { return base.map?.namesTag == true ? base.text : from.image }
    guard base.namesRelease else {
      throw Refusal(
        .noRuntimeVariant,
        "the base is pinned by a digest, which belongs to one image only, and its tag names no release of the system that another tag could share"
      )
    }
    let text = base.map?.namesTag == true ? base.text : from.image
    return String(text.prefix { $0 != "@" })
  }

  /// The reference of an image of another line where the author's own comes from: the same registry, mirror or proxy.
  func reference(of image: String) throws(Refusal) -> String {
    guard let base else { return image }
    if let prefix = variablePrefix, !ImageMap.split(image).name.contains("/"), image != "scratch" {
      return prefix + image
    }
    if let reference = catalogue.reference(of: image, beside: base) { return reference }
    throw Refusal(
      .noRuntimeVariant,
      "it cannot be told where '\(image)' is to be had beside '\(from.image)': name the place with --map"
    )
  }

  /// What stands before the image's own name where build arguments choose the registry: `${REGISTRY}/`.
  private var variablePrefix: String? {
    let name = ImageMap.split(from.image).name
    guard name.contains("$"), let base, name.hasSuffix(base.family.name) else { return nil }
    let prefix = name.dropLast(base.family.name.count)
    return base.map == nil || base.map?.isPrefix == true ? String(prefix) : nil
  }

  /// A build argument in the base's name that may hold more than a registry or a version, so that no suffix can be put
  /// behind it.
  var freeBaseArgument: String? {
    let defaults = file.globalArguments
    let (name, tag) = ImageMap.split(from.image)
    let isNamed = base.map { name.hasSuffix(ContextPath.lastComponent($0.family.name)) } ?? false
    return Expansion.variables(in: isNamed ? tag : from.image, escape: file.escape).sorted().first { name in
      guard let value = defaults[name] ?? nil else { return true }
      return !buildArguments[name, default: []].union([value]).allSatisfy { value in
        !value.isEmpty && value.allSatisfy { $0.isNumber || $0 == "." }
      }
    }
  }

  /// Refuses a suffix behind a base whose name holds more than it shows.
  private func checkBaseArguments() throws(Refusal) {
    guard let name = freeBaseArgument else { return }
    throw Refusal(
      .noRuntimeVariant,
      "the build argument '\(name)' in FROM may hold more than a version, so no suffix fits behind it")
  }
}
