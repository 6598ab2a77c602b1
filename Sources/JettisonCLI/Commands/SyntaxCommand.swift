import ArgumentParser
import ContextFiles
import DockerfileSyntax

/// Prints what Docker's parser makes of files.
struct SyntaxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "syntax", abstract: "Print how Docker's own parser reads Dockerfiles, one JSON line per file.",
    discussion: """
      Examples:
        jettison syntax Dockerfile
        git ls-files '*Dockerfile' | jettison syntax --files-from -
      """)

  @Argument(help: "The Dockerfiles.", completion: .file())
  var files: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("A file with more names, one per line; - is standard input.", valueName: "file"))
  var filesFrom: String?

  func validate() throws {
    if files.isEmpty, filesFrom == nil { throw ValidationError("Name at least one file, or use --files-from.") }
  }

  func run() throws {
    try Command.run {
      var names = files
      if let filesFrom {
        let listed = filesFrom == "-" ? Disk.readStandardInput() : Disk.read(filesFrom)
        guard case .success(let bytes) = listed else {
          throw ToolError(path: filesFrom, message: "the list of files cannot be read", id: "unreadable")
        }
        names += bytes.split(separator: 0x0A).map {
          String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self)
        }
      }
      for name in names {
        switch Disk.read(name) {
        case .success(let bytes): Output.print(JSONReport.line(SyntaxRecord(name, bytes)))
        case .failure(.notFound): throw ToolError(path: name, message: "no such file", id: "not-found")
        case .failure(.unreadable(let why)):
          throw ToolError(path: name, message: "cannot be read: \(why)", id: "unreadable")
        }
      }
    }
  }
}
