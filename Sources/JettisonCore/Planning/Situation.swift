import ContextFiles
import DockerfileSyntax
import Projects

/// Everything a strategy may look at.
public struct Situation: Sendable {
  /// The author's file.
  public var file: Dockerfile
  /// The FROM of its single stage.
  public var from: From
  /// The base image, nil when it is not in the catalogue.
  public var base: BaseImage?
  /// The walk through the stage.
  public var trace: Trace
  /// What starts in the final image.
  public var roots: Roots
  /// The context.
  public var reader: ContextReader
  /// What the builder sees of it.
  public var listing: ContextListing
  /// The options.
  public var options: ConversionOptions
  /// The names that stages of this repository's compose files ask for.
  public var targets: Set<String>

  /// The packages installed in the end, with the step that installs each; those removed again are left out.
  public var installedPackages: [(name: String, manager: PackageManager, step: Int)] {
    var installed: [(name: String, manager: PackageManager, step: Int, group: String?)] = []
    for step in trace.steps {
      for change in step.effects.compactMap(\.packages) {
        for name in change.installed { installed.append((name, change.manager, step.index, change.group)) }
        installed.removeAll { package in
          change.removed.contains(package.name) || (package.group.map { change.removed.contains($0) } ?? false)
        }
      }
    }
    return installed.map { ($0.name, $0.manager, $0.step) }
  }

  /// Whether a program is called by name in the roots: commands, scripts, health checks.
  public func rootsName(_ program: String) -> Bool {
    roots.commands.contains { command in
      command.words.contains { word in
        guard let word else { return false }
        return ContextPath.lastComponent(word) == program
          || word.split(whereSeparator: { " ;|&()$`\"'".contains($0) }).contains {
            ContextPath.lastComponent(String($0)) == program
          }
      }
    }
  }

  /// The builder's name: the author's own if it means building, else a free one.
  public var builderName: String {
    if let name = from.name, !keepsNameOnFinal(name) { return name }
    return from.name == "builder" ? "build" : "builder"
  }

  /// The author's stage name when it belongs on the final stage.
  public var finalName: String? { from.name.flatMap { keepsNameOnFinal($0) ? $0 : nil } }

  private func keepsNameOnFinal(_ name: String) -> Bool {
    targets.contains(name)
      || !["build", "builder", "build-env", "golang", "go", "python", "compile", "compiler"].contains(name)
  }
}
