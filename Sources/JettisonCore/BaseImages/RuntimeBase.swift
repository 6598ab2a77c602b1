/// The kind of a final base, as a person may choose it.
public enum RuntimeBase: String, Sendable, Hashable, Codable, CaseIterable {
  case distroless
  case alpine
  case slim
  case scratch
}

extension BaseImage {
  /// The kind of base that an image is; nil for any other.
  var runtimeBase: RuntimeBase? {
    if family.name == "scratch" { return .scratch }
    if family.name.contains("distroless") { return .distroless }
    if family.name == "alpine" || variantName.hasSuffix("alpine") { return .alpine }
    return variantName.hasSuffix("slim") ? .slim : nil
  }
}
