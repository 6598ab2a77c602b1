import ArgumentParser
import ContextFiles
import DockerfileSyntax
import JettisonCore

/// Rewrites one Dockerfile and its ignore file.
struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rewrite a Dockerfile and its .dockerignore in place.",
    discussion: """
      With - the new Dockerfile goes to standard output and nothing is written.

      Examples:
        jettison migrate
        jettison migrate services/api/Dockerfile --context .
        jettison migrate - < Dockerfile > Dockerfile.new
      """)

  @OptionGroup var shared: SharedOptions

  @Flag(
    name: .long, inversion: .prefixedNo,
    help: "Keep the old files as *.orig. The default: where there is no git repository to bring them back.")
  var backup: Bool?

  func run() throws {
    try Command.run {
      let subject = try Subject(shared)
      let conversion = try subject.convert(shared)
      let changes = subject.changes(conversion)
      if subject.file == nil {
        if shared.format == .json {
          Output.print(JSONReport(subject, conversion).text)
        } else {
          Output.print(conversion.rewritten.text, terminator: "")
        }
      } else {
        try write(subject, conversion)
        if shared.format == .json { Output.print(JSONReport(subject, conversion).text) }
      }
      if shared.format == .text {
        Output.note(
          TextReport(
            subject, conversion, palette: Palette(shared.color, descriptor: 2),
            tense: subject.file == nil ? .would : .done(changes.map(\.path))
          ).summary)
      }
    }
  }

  /// Writes the ignore file first: it only hides what neither the old nor the new Dockerfile needs, so the pair builds in
  /// every state between.
  private func write(_ subject: Subject, _ conversion: Conversion) throws(ToolError) {
    guard let file = subject.file, conversion.rewritten != conversion.original else { return }
    let keeps = backup ?? !isInRepository(subject.contextRoot)
    if let ignore = conversion.ignoreFile, let bytes = ignore.bytes {
      let path = subject.contextRoot + "/" + ignore.path
      if keeps, case .success(let old) = Disk.read(path) { try Disk.write(old, to: path + ".orig") }
      try Disk.write(bytes, to: path)
    }
    if keeps { try Disk.write(subject.bytes, to: file + ".orig") }
    try Disk.write(conversion.rewritten.bytes, to: file)
  }

  private func isInRepository(_ folder: String) -> Bool {
    var folder = folder
    while folder != "/" {
      if Disk.isDirectory(folder + "/.git") != nil { return true }
      folder = ContextPath.parent(folder)
    }
    return false
  }
}

/// Runs a command's body and renders its errors in one place.
enum Command {
  static func run(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as ToolError {
      Output.note(error.description)
      throw ExitCode(2)
    }
  }
}
