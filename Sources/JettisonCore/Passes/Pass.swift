/// A small named edit on top of the split.
public enum Pass: String, Sendable, Hashable, Codable, CaseIterable {
  case manifestFirst = "manifest-first"
  case staticGo = "static-go"
  case userInstall = "user-install"
  case productionDependencies = "production-dependencies"
  case cleanLists = "clean-lists"

  /// Whether the pass is made without being asked for.
  public var isOnByDefault: Bool {
    switch self {
    case .manifestFirst, .staticGo, .userInstall, .productionDependencies, .cleanLists: true
    }
  }

  /// What the pass does, in one sentence without a full stop.
  public var summary: String {
    switch self {
    case .manifestFirst: "copies the dependency manifests before the sources, so that a change of these keeps the layer"
    case .staticGo: "builds Go programs with CGO_ENABLED=0 and strips them, where the author set neither"
    case .userInstall: "sends pip to a user base that travels to the final stage as one folder"
    case .productionDependencies: "prunes development dependencies with the author's own package manager"
    case .cleanLists: "leaves no package lists in the layers that Jettison writes"
    }
  }

  /// The names of the passes, those made without being asked for first.
  public static var names: [String] { allCases.map(\.rawValue) }
}
