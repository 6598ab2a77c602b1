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
  /// The catalogue, a person's maps included.
  var catalogue = Catalogue.builtin
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
  /// The values that this repository's compose files give to build arguments.
  public var buildArguments: [String: Set<String>] = [:]

  /// The packages installed in the end, with the step that installs each; those removed again are left out.
  public var installedPackages: [(name: String, manager: PackageManager, step: Int)] {
    packageHistory.filter { $0.removedIn == nil }.map { ($0.name, $0.manager, $0.step) }
  }

  /// The packages that a later step removes, although the layer that installed them keeps them.
  var packagesRemovedLater: [String] {
    packageHistory.filter { package in package.removedIn.map { $0 > package.step } ?? false }.map(\.name)
  }

  /// The copied files of a name, with their text: those copied by name and those right in a copied folder.
  func copiedFiles(named name: String) -> [(path: String, text: String)] {
    trace.map.entries.compactMap { entry in
      let path =
        ContextPath.lastComponent(entry.context) == name ? entry.context : ContextPath.join(entry.context, name)
      guard listing[path]?.kind == .file else { return nil }
      return reader.text(of: path).map { (path, $0) }
    }
  }

  /// The outermost copied folder that holds a path of the image; the path itself where nothing copied does.
  func copiedRoot(of path: String, before index: Int) -> String {
    trace.map.entries.filter { $0.instruction < index && ContextPath.isWithin(path, $0.image) }.map(\.image)
      .min { $0.count < $1.count } ?? path
  }

  private struct Package {
    var name: String
    var manager: PackageManager
    var step: Int
    var group: String?
    var removedIn: Int?
  }

  private var packageHistory: [Package] {
    var history: [Package] = []
    for step in trace.steps {
      for change in step.packageChanges {
        for name in change.installed {
          history.append(Package(name: name, manager: change.manager, step: step.index, group: change.group))
        }
        for index in history.indices where history[index].removedIn == nil {
          let isRemoved =
            change.removed.contains(history[index].name)
            || (history[index].group.map { change.removed.contains($0) } ?? false)
          if isRemoved { history[index].removedIn = step.index }
        }
      }
    }
    return history
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

  /// The names whose values come with the build, those of ENV lines that only pass one on included.
  var argumentNames: Set<String> {
    var names: Set<String> = []
    for step in trace.steps {
      names.formUnion(step.instruction.keyword == .arg ? step.instruction.declarations.map(\.name) : [])
      guard step.keyword == .env else { continue }
      for pair in step.instruction.pairs {
        let isPassedOn = !Expansion.variables(in: pair.value, escape: file.escape).isDisjoint(with: names)
        if isPassedOn { names.insert(pair.key) } else { names.remove(pair.key) }
      }
    }
    return names
  }

  /// A build argument that decides where files lie, with the line that says so.
  var folderArgument: (name: String, line: Instruction)? {
    let names = argumentNames
    for step in trace.steps {
      let text =
        switch step.keyword {
        case .workdir: step.instruction.arguments
        case .copy, .add: step.copied?.view.destination ?? ""
        default: ""
        }
      if let name = Expansion.variables(in: text, escape: file.escape).intersection(names).min() {
        return (name, step.instruction)
      }
    }
    return nil
  }

  /// The builder's name: the author's own if it means building, else a free one.
  public var builderName: String {
    if let name = from.name, !keepsNameOnFinal(name) { return name }
    // `--from` of a file with one stage names images.
    let mounts = file.instructions.flatMap(\.flags).filter { $0.name == "mount" }.compactMap(\.value)
    let images =
      file.instructions.compactMap { Copy($0)?.from }
      + mounts.flatMap { $0.split(separator: ",") }.filter { $0.hasPrefix("from=") }.map { String($0.dropFirst(5)) }
    let taken = Set(images.map { $0.lowercased() } + [from.name, from.image.lowercased()].compactMap { $0 })
    return ["builder", "build", "build-env", "build-stage"].first { !taken.contains($0) } ?? "jettison-builder"
  }

  /// The author's stage name when it belongs on the final stage.
  public var finalName: String? { from.name.flatMap { keepsNameOnFinal($0) ? $0 : nil } }

  private func keepsNameOnFinal(_ name: String) -> Bool {
    targets.contains(name)
      || ![
        "build", "builder", "build-env", "golang", "go", "python", "maven", "gradle", "mvn", "java", "jdk", "compile",
        "compiler",
      ].contains(name)
  }
}

extension Situation {
  /// Whether the container's local time is that of a time zone by name.
  var setsTimeZone: Bool {
    let values = roots.environments.compactMap { $0["TZ"] } + [trace.end.environment["TZ"]].compactMap { $0 }
    return values.contains { !["", "UTC", "Etc/UTC", "GMT"].contains($0) }
  }

  /// Refuses an image of which some step may have written anywhere.
  func requireKnownEffects() throws(Refusal) {
    guard let unknown = trace.steps.first(where: { $0.has(.unknown) }) else { return }
    throw Refusal(.opaqueEffects, "it cannot be told what '\(unknown.phrase(of: .unknown))' writes", at: unknown)
  }
}
