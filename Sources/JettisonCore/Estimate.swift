/// An image's size before and after, in bytes, estimated from the catalogue.
public struct Estimate: Sendable, Hashable, Codable {
  /// The original image.
  public var before: Int
  /// The new image.
  public var after: Int

  /// What is saved.
  public var saving: Int { max(before - after, 0) }

  private static let megabyte = 1_000_000

  /// Estimates a plan: the bases, the packages on both sides, and the program with what it reads or installs.
  init(_ situation: Situation, plan: StagePlan) {
    let base = situation.base
    let final = situation.image(plan.runtime)
    let packages = (situation.installedPackages.map(\.name) + situation.packagesRemovedLater).map(Self.size).reduce(
      0, +)
    let kept = plan.installs.map(Self.size).reduce(0, +)
    let program = plan.language == "go" ? 15 : 60
    // Sources with what compiling leaves beside them, and the dependencies' cache.
    let sources = plan.rung == .rebase ? 0 : ["go": 60, "java": 120][plan.language] ?? 0
    before = ((base?.variant.size ?? 100) + packages + program + sources + (plan.developmentSize ?? 0)) * Self.megabyte
    let runtimeSize =
      final?.variant.size
      ?? (plan.rung == .sameBase
        ? base?.variant.size : base?.variant.slimmer.flatMap { base?.family.variants[$0]?.size }) ?? 100
    after = (runtimeSize + kept + program) * Self.megabyte
  }

  private static let sizes: [String: Int] = [
    "build-essential": 250, "build-base": 200, "gcc": 150, "g++": 190, "git": 60, "wget": 4, "curl": 8, "make": 2,
    "python3-dev": 60, "cmake": 80, "nodejs": 100, "npm": 60,
    "ffmpeg": 350, "chromium": 400, "imagemagick": 60, "default-libmysqlclient-dev": 30, "libpq-dev": 15, "cargo": 500,
    "rustc": 400, "r-base": 800, "musl-dev": 10, "maven": 90, "gradle": 150,
  ]

  private static func size(of package: String) -> Int {
    if package.hasPrefix("openjdk") || package.hasPrefix("default-j") { return package.contains("jre") ? 190 : 400 }
    return sizes[package] ?? (package.hasSuffix("-dev") ? 15 : 5)
  }
}
