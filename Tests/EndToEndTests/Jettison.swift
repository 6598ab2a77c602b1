import Foundation
import Testing
import Verification

/// The program under test.
enum Jettison {
  /// What `verify --format json` prints, as far as it matters here.
  struct Answer: Decodable, Sendable {
    struct Image: Decodable, Sendable { var size: Int64 }

    struct Problem: Decodable, Sendable {
      var area: String
      var message: String
      var causes: [String]
      var details: String

      /// The problem as a failed test shows it.
      var text: String { ([message] + causes + [details]).filter { !$0.isEmpty }.joined(separator: "\n") }
    }

    struct Assumption: Decodable, Sendable {
      var id: String
      var answer: String
    }

    var verified: Bool
    var passed: Bool
    var before: Image?
    var after: Image?
    var problems: [Problem]
    var notes: [String]
    var assumptions: [Assumption]

    /// Both sizes, where both images were built.
    var sizes: Sizes? {
      guard let before, let after else { return nil }
      return Sizes(before: before.size, after: after.size)
    }
  }

  /// How `verify` ended.
  struct Result: Sendable {
    var status: Int32
    var answer: Answer?
    var errors: String
  }

  /// The binary: what JETTISON names, else the one built beside this test bundle.
  static let program: String? = {
    if let path = Settings.variable("JETTISON") { return Engine.executable(path) }
    let starts = [Bundle.main.executableURL, CommandLine.arguments.first.map { URL(fileURLWithPath: $0) }]
    var folders: [URL] = []
    for start in starts.compactMap(\.self) {
      var folder = start.resolvingSymlinksInPath().deletingLastPathComponent()
      for _ in 0..<5 {
        folders.append(folder)
        folder = folder.deletingLastPathComponent()
      }
    }
    let defaults = [".build/debug", ".build/release"].map { Settings.root.appendingPathComponent($0) }
    return (folders + defaults).lazy.compactMap { Engine.executable($0.appendingPathComponent("jettison").path) }.first
  }()

  /// Runs `verify` and reads its answer.
  static func verify(_ folder: URL, _ arguments: [String], adding variables: [String: String] = [:]) async throws
    -> Result
  {
    let result = try await run(["verify", folder.path, "--format", "json"] + arguments, adding: variables)
    let answer = try? JSONDecoder().decode(Answer.self, from: Data(result.output))
    return Result(status: result.status, answer: answer, errors: String(decoding: result.errors, as: UTF8.self))
  }

  /// Runs the program.
  static func run(_ arguments: [String], adding variables: [String: String] = [:]) async throws -> ProgramResult {
    guard let program else {
      throw Trouble("there is no jettison binary: build it, or name it in the environment variable JETTISON")
    }
    return try await Program.run(program, arguments, adding: variables, limit: .seconds(3600))
  }
}

/// The engine behind `verify`, asked only for what must not be there.
enum Docker {
  /// The program; nil where no engine answers, which is said once and only once.
  static let program: String? = {
    guard let program = Engine.executable("docker"), status(program, ["version"]) == 0 else {
      Report.say("end-to-end: skipped, no container engine answers (docker version failed)")
      return nil
    }
    return program
  }()

  private static func status(_ program: String, _ arguments: [String]) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// The containers and images that `verify` has made and not removed.
  static func leftovers() async throws -> [String] {
    guard let program else { return [] }
    let filter = ["--quiet", "--filter", "label=dev.jettison.verify"]
    let containers = try await Program.run(program, ["ps", "--all"] + filter, limit: .seconds(60))
    return containers.text.split(separator: "\n").map(String.init) + (try await images())
  }

  /// The images that `verify` has made and not removed.
  static func images() async throws -> [String] {
    guard let program else { return [] }
    let filter = ["--quiet", "--filter", "label=dev.jettison.verify"]
    let images = try await Program.run(program, ["image", "ls"] + filter, limit: .seconds(60))
    return images.text.split(separator: "\n").map(String.init)
  }
}
