import ArgumentParser
import JettisonCore

extension ColorChoice: ExpressibleByArgument {}

/// How an answer is printed.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// What every command that looks at one Dockerfile takes.
struct SharedOptions: ParsableArguments {
  @Argument(help: "A project folder, a Dockerfile, or - for a Dockerfile on standard input.", completion: .file())
  var path: String = "."

  @Option(
    name: .long, help: ArgumentHelp("The build context, when it is not the Dockerfile's folder.", valueName: "dir"),
    completion: .directory)
  var context: String?

  @OptionGroup var conversion: ConversionFlags
}

/// What every command that converts takes.
struct ConversionFlags: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("A folder with templates that replace the built-in ones of the same name.", valueName: "dir"),
    completion: .directory)
  var templates: String?

  @Flag(name: .long, help: "Refuse any rewrite that takes something for granted.")
  var strict = false

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Switch a pass off: \(ConversionOptions.passes.joined(separator: ", ")). Repeatable.", valueName: "pass"))
  var without: [String] = []

  @Option(name: .long, help: ArgumentHelp("How to print the answer: text or json.", valueName: "format"))
  var format: ReportFormat = .text

  @Option(name: .long, help: ArgumentHelp("When to use colours: auto, always or never.", valueName: "when"))
  var color: ColorChoice = .auto

  func validate() throws {
    for pass in without where !ConversionOptions.passes.contains(pass) {
      throw ValidationError(
        "There is no pass '\(pass)'. The passes are: \(ConversionOptions.passes.joined(separator: ", ")).")
    }
  }

  var options: ConversionOptions {
    var options = ConversionOptions()
    options.isStrict = strict
    options.disabledPasses = Set(without)
    return options
  }
}
