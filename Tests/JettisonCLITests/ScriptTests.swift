import Foundation
import Testing

/// Command-line scripts: arguments, files, standard input, and the output and status they must give, one text file each.
///
///     --- file NAME          a file of the folder the command runs in, up to the next line that begins with "--- " or "$ "
///     --- stdin              standard input of the next command
///     $ jettison ARGUMENTS   runs the command
///     > text                 the next line of standard output
///     ! text                 the next line of standard error; "..." at a line's end stands for any rest
///     ? N                    the exit status, 0 when it is left out
struct ScriptTests {
  static let scripts: [String] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Scripts")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".txt") }
      .sorted()
  }()

  @Test("a script gives what it says", arguments: scripts)
  func script(name: String) throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Scripts/\(name)")
    let script = CommandScript(parsing: try String(contentsOf: url, encoding: .utf8))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jettison-script-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in script.files {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(!script.commands.isEmpty, "\(name) runs nothing")
    for command in script.commands {
      let result = try Jettison.run(command.arguments, in: folder, input: command.input)
      #expect(result.status == command.status, "\(name): \(command.arguments): \(result.error)")
      expect(result.output, matches: command.output, "\(name): \(command.arguments): standard output")
      expect(result.error, matches: command.error, "\(name): \(command.arguments): standard error")
    }
  }

  private func expect(_ text: String, matches lines: [String]?, _ context: String) {
    guard let lines else { return }
    let actual = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let trimmed = actual.last == "" ? Array(actual.dropLast()) : actual
    let matches =
      trimmed.count == lines.count
      && zip(trimmed, lines).allSatisfy { line, wanted in
        wanted.hasSuffix("...") ? line.hasPrefix(wanted.dropLast(3)) : line == wanted
      }
    #expect(matches, "\(context):\n\(text)")
  }
}

/// A parsed script.
struct CommandScript {
  struct Command {
    var arguments: [String]
    var input: String
    var output: [String]?
    var error: [String]?
    var status: Int32 = 0
  }

  var files: [(String, String)] = []
  var commands: [Command] = []

  init(parsing text: String) {
    var target: String?
    var content = ""
    var input = ""
    func close(_ files: inout [(String, String)]) {
      if let name = target { if name == "" { input = content } else { files.append((name, content)) } }
      target = nil
      content = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("--- file ") {
        close(&files)
        target = String(line.dropFirst(9))
      } else if line == "--- stdin" {
        close(&files)
        target = ""
      } else if line.hasPrefix("$ jettison") {
        close(&files)
        let words = line.dropFirst(10).split(separator: " ").map(String.init)
        commands.append(Command(arguments: words, input: input))
        input = ""
      } else if target != nil {
        content += line + "\n"
      } else if !commands.isEmpty {
        let last = commands.count - 1
        if line.hasPrefix(">") { commands[last].output = (commands[last].output ?? []) + [String(line.dropFirst(2))] }
        if line.hasPrefix("!") { commands[last].error = (commands[last].error ?? []) + [String(line.dropFirst(2))] }
        if line.hasPrefix("? ") { commands[last].status = Int32(line.dropFirst(2)) ?? -1 }
      }
    }
    close(&files)
  }
}

/// The built program.
enum Jettison {
  struct Result {
    var status: Int32
    var output: String
    var error: String
  }

  /// The executable beside the test bundle.
  static var executable: URL {
    var folder = Bundle.main.bundleURL
    for bundle in CommandLine.arguments.prefix(1) { folder = URL(fileURLWithPath: bundle).deletingLastPathComponent() }
    while folder.path != "/" {
      for candidate in [
        folder.appendingPathComponent("jettison"), folder.appendingPathComponent(".build/debug/jettison"),
      ]
      where FileManager.default.isExecutableFile(atPath: candidate.path) && !isFolder(candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent(".build/debug/jettison")
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
  }

  static func run(_ arguments: [String], in folder: URL, input: String = "") throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "COLUMNS": "80"]
    let files = ["in", "out", "err"].map { folder.appendingPathComponent(".\($0)-\(UUID().uuidString)") }
    for file in files { _ = FileManager.default.createFile(atPath: file.path, contents: Data(input.utf8)) }
    try Data().write(to: files[1])
    try Data().write(to: files[2])
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try String(contentsOf: files[1], encoding: .utf8),
      error: try String(contentsOf: files[2], encoding: .utf8))
  }
}
