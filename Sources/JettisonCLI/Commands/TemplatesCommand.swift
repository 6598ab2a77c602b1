import ArgumentParser
import JettisonCore

/// Lists and shows templates.
struct TemplatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "List the templates in force, or show one.",
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// A template's line in JSON.
  private struct Row: Encodable {
    var name: String
    var origin: String
    var about: String
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the templates in force and where each comes from.")

    @Option(
      name: .long,
      help: ArgumentHelp("A folder with templates that replace the built-in ones of the same name.", valueName: "dir"),
      completion: .directory)
    var templates: String?

    @Option(name: .long, help: ArgumentHelp("How to print the answer: text or json.", valueName: "format"))
    var format: ReportFormat = .text

    func run() throws {
      try Command.run {
        let set = try TemplateLoader.load(folder: templates, contextRoot: Disk.currentDirectory)
        let rows = set.names.compactMap { set.template($0) }
        if format == .json {
          Output.print(
            JSONReport.encoded(rows.map { Row(name: $0.name, origin: $0.origin, about: $0.metadata["template"] ?? "") })
          )
          return
        }
        let width = rows.map(\.name.count).max() ?? 0
        for row in rows {
          let padded = row.name + String(repeating: " ", count: width - row.name.count)
          Output.print("\(padded)  \(row.metadata["template"] ?? "") (\(row.origin))")
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one template.", discussion: "Example:\n  jettison templates show go/scratch")

    @Argument(help: "The template's name, as list prints it.")
    var name: String

    @Option(
      name: .long,
      help: ArgumentHelp("A folder with templates that replace the built-in ones of the same name.", valueName: "dir"),
      completion: .directory)
    var templates: String?

    func run() throws {
      try Command.run {
        let set = try TemplateLoader.load(folder: templates, contextRoot: Disk.currentDirectory)
        guard let template = set.template(name) else {
          throw ToolError(
            message: "there is no template '\(name)'; there are: \(set.names.joined(separator: ", "))",
            id: "no-template")
        }
        Output.print(template.text, terminator: template.text.hasSuffix("\n") ? "" : "\n")
      }
    }
  }
}
