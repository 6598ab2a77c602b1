/// Why a Dockerfile stays as it is.
public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
  case ignored
  case alreadyMultiStage = "already-multi-stage"
  case noCommand = "no-command"
  case baseImage = "base-image"
  case devImage = "dev-image"
  case startNeedsToolchain = "start-needs-toolchain"
  case onbuild = "onbuild"
  case windows = "windows"
  case unknownBase = "unknown-base"
  case prebuiltArtefact = "prebuilt-artefact"
  case staticSite = "static-site"
  case infrastructure = "infrastructure"
  case scriptOnly = "script-only"
  case nothingToGain = "nothing-to-gain"
  case noRuntimeVariant = "no-runtime-variant"
  case opaqueEffects = "opaque-effects"
  /// One per invariant of the contract that no rung could satisfy.
  case nothingLost = "nothing-lost"
  case samePaths = "same-paths"
  case sameConfiguration = "same-configuration"
  case missingAtRunTime = "missing-at-run-time"
  case sameLibc = "same-libc"
  case copySource = "copy-source"
  case sameValues = "same-values"
  case completeContext = "complete-context"
  case noLeak = "no-leak"
  case fixedPoint = "fixed-point"
  case sameOwner = "same-owner"
  case buildsAsBefore = "builds-as-before"

  /// What the reason means, in one sentence without a full stop.
  public var summary: String {
    switch self {
    case .ignored: "a comment or the repository's settings ask to leave the file alone"
    case .alreadyMultiStage: "the file already has more than one stage"
    case .noCommand: "the image has no command of its own: it is made to be built upon"
    case .baseImage: "the image is a base for other images"
    case .devImage: "the image is a box of tools, and the tools are its purpose"
    case .startNeedsToolchain: "the container needs its tool chain to start"
    case .onbuild: "ONBUILD triggers run in somebody else's build"
    case .windows: "Windows images are not supported"
    case .unknownBase: "the base image is not in the catalogue"
    case .prebuiltArtefact: "the program is built outside and only copied in"
    case .staticSite: "static files on a web server have nothing to split"
    case .infrastructure: "the image configures a server that comes with its base"
    case .scriptOnly: "a script is all there is to run"
    case .nothingToGain: "the final image already holds nothing but what it needs"
    case .noRuntimeVariant: "no slimmer base holds what the program needs"
    case .opaqueEffects: "a step does something that cannot be told from its text"
    case .nothingLost: "an instruction would be lost"
    case .samePaths: "a file would change its path"
    case .sameConfiguration: "the image's configuration would change"
    case .missingAtRunTime: "something the program needs would be missing"
    case .sameLibc: "compiled code would meet another C library"
    case .copySource: "a COPY --from would have no source"
    case .sameValues: "a variable would change its value"
    case .completeContext: "the ignore file would hide something that is needed"
    case .noLeak: "a secret would reach the final image"
    case .fixedPoint: "a second run would change the file again"
    case .sameOwner: "a file would change its owner or mode"
    case .buildsAsBefore: "the file would not build wherever the old one did"
    }
  }
}

/// What a rewrite takes for granted because the build context cannot prove it.
public enum Assumption: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case pureGo = "pure-go"
  case projectTool = "project-tool"
  case jsNative = "js-native"
  case jsLibs = "js-libs"
  case pyLibs = "py-libs"
  case execLiterals = "exec-literals"
  case tagPair = "tag-pair"
  case readsLiterals = "reads-literals"

  /// What is assumed, in one sentence without a full stop.
  public var summary: String {
    switch self {
    case .pureGo: "a Go module outside the table of cgo modules needs no C"
    case .projectTool:
      "a tool of the project writes only below its directory, its caches, /tmp and the paths its text names"
    case .jsNative:
      "a package without install script, os, cpu or libc field, gypfile or table row holds no native code"
    case .jsLibs: "a package of npm outside the table needs no system library beyond the slim image's"
    case .pyLibs: "a Python distribution outside the table needs no system library beyond the slim image's"
    case .execLiterals: "programs that the code starts are named by a literal in its sources"
    case .tagPair: "two tags of one image line with the same version hold the same minor version and release"
    case .readsLiterals:
      "a compiled program opens only files that a literal, an embed directive or its configuration names"
    }
  }

  /// What it would take for the assumption to be wrong.
  public var refutation: String {
    switch self {
    case .pureGo: "a module with `import \"C\"` that Jettison's table lacks"
    case .projectTool: "a build script that writes elsewhere through a computed path"
    case .jsNative: "a package that carries a compiled file without saying so"
    case .jsLibs: "a package that is compiled against a library of the full image or loads one by name"
    case .pyLibs: "a distribution that is compiled from source or loads a system library by name"
    case .execLiterals: "a program's name that is computed or read from configuration"
    case .tagPair: "a mirror or a cached tag that was built at another time"
    case .readsLiterals: "a path that is put together at run time from parts no literal shows"
    }
  }

  /// The order of the ids.
  public static func < (left: Assumption, right: Assumption) -> Bool { left.rawValue < right.rawValue }
}

/// The step of the ladder a rewrite took.
public enum Rung: String, Sendable, Hashable, Codable, CaseIterable {
  case staticArtefact = "static-artefact"
  case artefact
  case productionDependencies = "production-dependencies"
  case sameBase = "same-base"
  case rebase
}
