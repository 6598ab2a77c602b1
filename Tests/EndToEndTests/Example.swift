import Foundation
import Testing

/// How an image shows that it works.
enum Check: Sendable, Equatable {
  /// It answers these paths over HTTP.
  case answers(port: Int, paths: [String])
  /// It runs to its end with these arguments.
  case run(arguments: [String])
}

/// Where the package lies and what a person asked for by environment variables.
enum Settings {
  /// The package's root, since the examples are no resources of the bundle.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Whether the suite runs at all: plain `swift test` stays quick.
  static let isWanted = variable("JETTISON_E2E") == "1"

  /// The file that gets the table of sizes.
  static let tableFile = variable("JETTISON_E2E_TABLE")

  /// The folder of answers that people wrote by hand.
  static let samples = variable("JETTISON_E2E_SAMPLES")

  /// A variable's value; empty counts as unset.
  static func variable(_ name: String) -> String? {
    guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else { return nil }
    return value
  }
}

/// A folder of `Examples/` with what its `expected/end-to-end.json` asks for.
struct Example: Sendable, CustomTestStringConvertible {
  /// What is done with an example.
  enum Plan: Sendable {
    case compare(Check)
    case goldenOnly(reason: String)
    case unreadable(problem: String)
  }

  let name: String
  let folder: URL
  let plan: Plan

  var testDescription: String { name }

  /// All examples by name; empty only where the folder cannot be read, which the summary reports.
  static let all: [Example] = Folders.below(Settings.root.appendingPathComponent("Examples")).map { folder in
    Example(name: folder.lastPathComponent, folder: folder, plan: plan(of: folder))
  }

  /// The shape of `end-to-end.json`.
  private struct PlanFile: Decodable {
    var port: Int?
    var paths: [String]?
    var run: [String]?
    var goldenOnly: String?

    enum CodingKeys: String, CodingKey {
      case port, paths, run
      case goldenOnly = "golden-only"
    }
  }

  private static func plan(of folder: URL) -> Plan {
    let file = folder.appendingPathComponent("expected/end-to-end.json")
    do {
      let plan = try JSONDecoder().decode(PlanFile.self, from: Data(contentsOf: file))
      if let reason = plan.goldenOnly { return .goldenOnly(reason: reason) }
      if let arguments = plan.run { return .compare(.run(arguments: arguments)) }
      if let port = plan.port, let paths = plan.paths, !paths.isEmpty {
        return .compare(.answers(port: port, paths: paths))
      }
      return .unreadable(problem: "expected/end-to-end.json names neither paths with a port, run nor golden-only")
    } catch {
      return .unreadable(problem: "expected/end-to-end.json cannot be read: \(error)")
    }
  }
}

/// Folders of projects: listing them and making copies to build in.
enum Folders {
  /// The folders right below one, by name.
  static func below(_ folder: URL) -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }
      .map { folder.appendingPathComponent($0, isDirectory: true) }
      .filter { url in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
      }
  }

  /// Copies what lies in a folder into another, links and modes included.
  static func copy(_ folder: URL, to target: URL, leavingOut isLeftOut: (String) -> Bool) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where !isLeftOut(name) {
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent(name), to: target.appendingPathComponent(name))
    }
  }

  /// Takes `# syntax=` lines out, because they would send the engine to a registry for its frontend.
  static func stripSyntaxLines(of file: URL) throws {
    let newline = UInt8(ascii: "\n")
    let lines = try Data(contentsOf: file).split(separator: newline, omittingEmptySubsequences: false)
    let kept = lines.filter { !isSyntaxLine(String(decoding: $0, as: UTF8.self)) }
    guard kept.count < lines.count else { return }
    try Data(kept.joined(separator: [newline])).write(to: file)
  }

  private static func isSyntaxLine(_ line: String) -> Bool {
    guard line.hasPrefix("#") else { return false }
    let words = line.dropFirst().split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return words.count == 2 && words[0].trimmingCharacters(in: .whitespaces).lowercased() == "syntax"
  }
}

/// The program under test.
enum Jettison {
  /// What `migrate --format json` prints, as far as it matters here.
  struct Answer: Decodable, Sendable {
    var outcome: String
    var reason: String?
    var message: String?

    /// Whether there is a new Dockerfile to build.
    var hasRewritten: Bool { outcome == "rewritten" || outcome == "rebased" }

    /// Why the file stays as it is, for a person.
    var because: String {
      let parts = [reason, message].compactMap(\.self)
      return parts.isEmpty ? outcome : parts.joined(separator: ": ")
    }
  }

  /// The binary: what JETTISON names, else the one built beside this test bundle.
  static let program: URL? = {
    if let path = Settings.variable("JETTISON") {
      let file = URL(fileURLWithPath: path)
      return Program.isExecutable(file) ? file : nil
    }
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
    return (folders + defaults).map { $0.appendingPathComponent("jettison") }.first(where: Program.isExecutable)
  }()

  /// Rewrites a folder's Dockerfile in place.
  static func migrate(_ folder: URL) throws -> Answer {
    guard let program else {
      throw Trouble("there is no jettison binary: build it, or name it in the environment variable JETTISON")
    }
    let result = try Program.run(program, ["migrate", "--format", "json", "."], in: folder, limit: 60)
    guard result.status == 0 else {
      throw Trouble("jettison migrate ended with status \(result.status)\n\(Program.tail(result.log))")
    }
    do {
      return try JSONDecoder().decode(Answer.self, from: result.output)
    } catch {
      throw Trouble("jettison migrate --format json printed no report: \(error)\n\(Program.tail(result.log))")
    }
  }
}
