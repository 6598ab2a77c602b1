/// The variables Docker knows at one place of a file.
public struct Scope: Sendable, Hashable {
  /// The variables of ENV, and of the base image where the caller gave them.
  public var environment: [String: String] = [:]
  /// The values of the ARGs declared so far; a name without a value is not set.
  public var arguments: [String: String] = [:]

  /// The value of a variable; ENV beats an ARG of the same name.
  public func value(_ name: String) -> String? { environment[name] ?? arguments[name] }

  /// Expands an argument as Docker does here; nil where Docker refuses it.
  public func expand(_ text: String, escape: UInt8 = UInt8(ascii: "\\")) -> String? {
    Expansion.expand(text, escape: escape) { value($0) }
  }
}

/// What comes from outside a file: the platforms of a build and the values given on its command line.
public struct BuildInputs: Sendable, Hashable {
  /// The values of `--build-arg`.
  public var arguments: [String: String]
  /// The platform that is built for, such as `linux/arm64/v8`.
  public var targetPlatform: String
  /// The platform that builds.
  public var buildPlatform: String
  /// The name of the stage that is built.
  public var targetStage: String

  /// Makes the inputs of a build.
  public init(
    arguments: [String: String] = [:], targetPlatform: String = "linux/amd64", buildPlatform: String = "linux/amd64",
    targetStage: String = "default"
  ) {
    self.arguments = arguments
    self.targetPlatform = targetPlatform
    self.buildPlatform = buildPlatform
    self.targetStage = targetStage
  }

  /// The ARGs that Docker declares itself before the first line.
  var predefined: [String: String] {
    var values = ["TARGETSTAGE": targetStage]
    for (prefix, platform) in [("TARGET", targetPlatform), ("BUILD", buildPlatform)] {
      let parts = platform.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      values["\(prefix)PLATFORM"] = platform
      values["\(prefix)OS"] = parts[0]
      values["\(prefix)ARCH"] = parts.count > 1 ? parts[1] : ""
      values["\(prefix)VARIANT"] = parts.count > 2 ? parts[2] : ""
    }
    return values
  }
}

extension Dockerfile {
  /// The variables Docker knows before each of the ``instructions``.
  ///
  /// An ARG before the first FROM counts in FROM lines only, and inside a stage once it is declared there again. A stage
  /// starts with the ENV of the stage it is FROM, never with its ARGs. All pairs of one ENV see the environment before
  /// it. A value that Docker cannot expand leaves its variable as it was.
  ///
  /// - Parameters:
  ///   - inputs: the platforms and build arguments.
  ///   - baseEnvironment: the variables an image sets, by its expanded reference.
  public func scopes(
    _ inputs: BuildInputs = BuildInputs(), baseEnvironment: (String) -> [String: String] = { _ in [:] }
  ) -> [Scope] {
    var globals = Scope(
      arguments: inputs.predefined.merging(inputs.arguments.filter { inputs.predefined[$0.key] != nil }) { $1 })
    var scope = globals
    var stageEnvironments: [[String: String]] = []
    return instructions.map { instruction in
      if instruction.keyword == .from {
        if !stageEnvironments.isEmpty { stageEnvironments[stageEnvironments.count - 1] = scope.environment }
        scope = Scope(environment: environment(of: instruction, globals, stageEnvironments, baseEnvironment))
        stageEnvironments.append(scope.environment)
        return globals
      }
      let before = stageEnvironments.isEmpty ? globals : scope
      switch instruction.keyword {
      case .arg where stageEnvironments.isEmpty:
        // The ARGs above the first FROM see one another, even on one line.
        for (name, value) in instruction.declarations {
          globals.arguments[name] = inputs.arguments[name] ?? value.flatMap { globals.expand($0, escape: escape) }
        }
      case .arg:
        for (name, value) in instruction.declarations {
          let text = value.map { before.expand($0, escape: escape) } ?? globals.arguments[name]
          scope.arguments[name] = inputs.arguments[name] ?? text
        }
      case .env where !stageEnvironments.isEmpty:
        for pair in instruction.pairs {
          guard let key = before.expand(pair.key, escape: escape), let value = before.expand(pair.value, escape: escape)
          else { continue }
          scope.environment[key] = value
        }
      default: break
      }
      return before
    }
  }

  private func environment(
    of instruction: Instruction, _ globals: Scope, _ stages: [[String: String]],
    _ baseEnvironment: (String) -> [String: String]
  ) -> [String: String] {
    guard let image = From(instruction).flatMap({ globals.expand($0.image, escape: escape) }) else { return [:] }
    switch resolve(from: image, inStage: stages.count) {
    case .stage(let index): return stages.indices.contains(index) ? stages[index] : [:]
    case .image(let name): return baseEnvironment(name)
    case .scratch, .refused: return [:]
    }
  }
}
