// swift-tools-version: 6.2

import PackageDescription

// CI sets CI; there a warning stops the build.
let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

let package = Package(
  name: "jettison",
  platforms: [.macOS(.v13)],
  products: [
    .executable(name: "jettison", targets: ["jettison"]),
    .library(name: "DockerfileSyntax", targets: ["DockerfileSyntax"]),
    .library(name: "JettisonCore", targets: ["JettisonCore"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .target(name: "DockerfileSyntax", swiftSettings: settings),
    .target(name: "ShellSyntax", swiftSettings: settings),
    .target(name: "ContextFiles", swiftSettings: settings),
    .target(
      name: "Projects",
      dependencies: ["ContextFiles", "ShellSyntax", "Yams", "TOMLKit"],
      swiftSettings: settings),
    .target(
      name: "Templates",
      path: "Templates",
      exclude: ["languages", "images", "packages"],
      swiftSettings: settings),
    .target(
      name: "JettisonCore",
      dependencies: ["DockerfileSyntax", "ShellSyntax", "ContextFiles", "Projects", "Templates"],
      swiftSettings: settings),
    .target(
      name: "Verification",
      dependencies: [
        "JettisonCore", "DockerfileSyntax",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: settings),
    .target(
      name: "JettisonCLI",
      dependencies: [
        "JettisonCore", "DockerfileSyntax", "ContextFiles", "Projects", "Verification", "Yams",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(name: "jettison", dependencies: ["JettisonCLI"], swiftSettings: settings),
    .testTarget(name: "DockerfileSyntaxTests", dependencies: ["DockerfileSyntax"], swiftSettings: settings),
    .testTarget(name: "ShellSyntaxTests", dependencies: ["ShellSyntax"], swiftSettings: settings),
    .testTarget(name: "ContextFilesTests", dependencies: ["ContextFiles"], swiftSettings: settings),
    .testTarget(name: "ProjectsTests", dependencies: ["Projects", "ContextFiles"], swiftSettings: settings),
    .testTarget(
      name: "JettisonCoreTests",
      dependencies: ["JettisonCore", "DockerfileSyntax", "ShellSyntax", "ContextFiles", "Projects", "Templates"],
      swiftSettings: settings),
    .testTarget(
      name: "JettisonCLITests",
      dependencies: ["JettisonCLI", "JettisonCore", "ContextFiles"],
      exclude: ["Scripts"],
      swiftSettings: settings),
    .testTarget(
      name: "VerificationTests", dependencies: ["Verification", "DockerfileSyntax"], swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests", dependencies: ["jettison", "Verification", "JettisonCore", "DockerfileSyntax"],
      swiftSettings: settings),
    .executableTarget(
      name: "SyntaxBenchmark", dependencies: ["DockerfileSyntax"], path: "Tests/Benchmarks/SyntaxBenchmark",
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings its own main, so that its target builds only with `--sanitize fuzzer`; see Tests/Fuzzing/fuzz.
if Context.environment["JETTISON_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzing", dependencies: ["DockerfileSyntax", "ShellSyntax", "ContextFiles", "JettisonCore"],
      path: "Tests/Fuzzing/Sources",
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
}
