import ArgumentParser
import JettisonCore

extension ColorChoice: ExpressibleByArgument {}
extension RuntimeBase: ExpressibleByArgument {}

/// How an answer is printed.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// What every command that looks at one Dockerfile takes.
struct SharedOptions: ParsableArguments {
  @OptionGroup var place: SubjectArguments

  @OptionGroup var conversion: ConversionFlags
}

/// Which Dockerfile is meant.
struct SubjectArguments: ParsableArguments {
  @Argument(help: "A project folder, a Dockerfile, or - for a Dockerfile on standard input.", completion: .file())
  var path: String = "."

  @Option(
    name: .long,
    help: ArgumentHelp("The build context, when no compose file and no COPY line tells it.", valueName: "dir"),
    completion: .directory)
  var context: String?
}

/// What every command that converts takes.
struct ConversionFlags: ParsableArguments {
  @OptionGroup var rewrite: RewriteFlags

  @Option(name: .long, help: ArgumentHelp("How to print the answer: text or json.", valueName: "format"))
  var format: ReportFormat = .text

  @OptionGroup var colors: ColorFlag

  /// When to use colours.
  var color: ColorChoice { colors.choice }
}

/// When to use colours.
struct ColorFlag: ParsableArguments {
  @Option(
    name: .customLong("color"), help: ArgumentHelp("When to use colours: auto, always or never.", valueName: "when"))
  var choice: ColorChoice = .auto
}

/// How a Dockerfile is rewritten; each choice wins over the repository's own.
struct RewriteFlags: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A folder with templates that replace the built-in ones of the same name.", valueName: "dir"),
    completion: .directory)
  var templates: String?

  @Flag(name: .long, inversion: .prefixedNo, help: "Refuse any rewrite that takes something for granted.")
  var strict: Bool?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take this kind of final base or none: \(RuntimeBase.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "base"))
  var runtime: RuntimeBase?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Treat an image as one that Jettison knows: registry.example/team/golang=golang, or all below a name: "
        + "registry.example/proxy/=docker.io/library/. Repeatable.", valueName: "old=new"))
  var map: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Switch a pass off: \(Pass.names.joined(separator: ", ")). Repeatable.", valueName: "pass"))
  var without: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Switch a pass on that \(SettingsFile.name) switches off. Repeatable.", valueName: "pass"))
  var with: [String] = []

  func validate() throws {
    for pass in without + with where Pass(rawValue: pass) == nil {
      throw ValidationError("There is no pass '\(pass)'. The passes are: \(Pass.names.joined(separator: ", ")).")
    }
    if let pass = Set(without).intersection(with).min() {
      throw ValidationError("The pass '\(pass)' cannot be switched on and off at once.")
    }
    var names: Set<String> = []
    for text in map {
      do {
        let map = try ImageMap(text)
        guard names.insert(map.old).inserted else {
          throw ValidationError("'\(map.old)' is mapped twice.")
        }
      } catch let problem as ImageMap.Problem {
        throw ValidationError("--map: \(problem.message).")
      }
    }
  }

  /// Whether nothing was chosen.
  var isEmpty: Bool {
    templates == nil && strict == nil && runtime == nil && map.isEmpty && without.isEmpty && with.isEmpty
  }

  /// The choices on the command line alone.
  private var own: Settings {
    var settings = Settings()
    settings.isStrict = strict
    settings.runtime = runtime
    settings.templates = templates
    settings.maps = map.compactMap { try? ImageMap($0) }
    for pass in without.compactMap(Pass.init) { settings.passes[pass] = false }
    for pass in with.compactMap(Pass.init) { settings.passes[pass] = true }
    return settings
  }

  /// The choices for a build context: those on the command line, then those of its repository.
  func settings(for contextRoot: String) throws(ToolError) -> Settings {
    own.over(try SettingsFile.nearest(to: contextRoot)?.settings ?? Settings())
  }
}
