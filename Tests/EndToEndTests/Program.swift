import Dispatch
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What went wrong in one sentence, as it shall stand in a test's report.
struct Trouble: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// How a program ended and what it printed, so that callers judge it themselves.
struct ProgramResult: Sendable {
  /// The exit status; negative is the number of the signal that ended it.
  var status: Int32
  /// The bytes on standard output, since answers are compared exactly.
  var output: Data
  /// The bytes on standard error.
  var errors: Data

  /// Standard output for reading.
  var text: String { String(decoding: output, as: UTF8.self) }
  /// Both streams, as a failure shows them.
  var log: String { String(decoding: errors, as: UTF8.self) + text }
}

/// Running other programs without a shell in between, so that no word is ever quoted or expanded.
enum Program {
  /// The last lines of a log, since the cause of a failure stands at its end.
  static func tail(_ log: String, lines count: Int = 30) -> String {
    log.split(whereSeparator: \.isNewline).suffix(count).joined(separator: "\n")
  }

  /// The executable a shell would find under this name.
  static func onPath(_ name: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").lazy
      .map { URL(fileURLWithPath: String($0), isDirectory: true).appendingPathComponent(name) }
      .first(where: isExecutable)
  }

  /// Whether a program lies there; a folder of that name is none.
  static func isExecutable(_ file: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: file.path)
  }

  /// Runs a program to its end; its output goes to files, because a full pipe would stop it.
  ///
  /// - Parameters:
  ///   - program: the executable.
  ///   - arguments: its arguments, as they are.
  ///   - folder: where it runs, nil for here.
  ///   - additions: variables on top of the inherited environment.
  ///   - limit: the seconds after which it is ended.
  /// - Returns: how it ended.
  static func run(
    _ program: URL, _ arguments: [String], in folder: URL? = nil, adding additions: [String: String] = [:],
    limit: TimeInterval
  ) throws -> ProgramResult {
    let scratch = try TemporaryFolder()
    defer { scratch.remove() }
    let outputFile = scratch.url.appendingPathComponent("output")
    let errorFile = scratch.url.appendingPathComponent("errors")
    try Data().write(to: outputFile)
    try Data().write(to: errorFile)
    let output = try FileHandle(forWritingTo: outputFile)
    let errors = try FileHandle(forWritingTo: errorFile)
    defer {
      try? output.close()
      try? errors.close()
    }

    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(additions) { _, added in added }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    if let folder { process.currentDirectoryURL = folder }
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    if ended.wait(timeout: .now() + limit) == .timedOut {
      process.terminate()
      if ended.wait(timeout: .now() + 10) == .timedOut {
        kill(process.processIdentifier, SIGKILL)
        _ = ended.wait(timeout: .now() + 10)
      }
      let log = String(decoding: (try? Data(contentsOf: errorFile)) ?? Data(), as: UTF8.self)
      let words = ([program.lastPathComponent] + arguments).joined(separator: " ")
      throw Trouble("'\(words)' did not end within \(Int(limit)) s\n\(tail(log))")
    }
    let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return ProgramResult(
      status: status, output: try Data(contentsOf: outputFile), errors: try Data(contentsOf: errorFile))
  }
}

/// A folder of our own that its maker removes again.
struct TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("jettison-e2e-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// Removes the folder with all that is in it.
  func remove() {
    try? FileManager.default.removeItem(at: url)
  }
}
