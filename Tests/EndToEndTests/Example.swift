import Foundation
import Testing

/// Where the package lies and what a person asked for by environment variables.
enum Settings {
  /// The package's root, since the examples are no resources of the bundle.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Whether the suite runs at all: plain `swift test` stays quick.
  static let isWanted = variable("JETTISON_E2E") == "1"

  /// The readme that gets the table of sizes.
  static let readme = variable("JETTISON_E2E_README")

  /// The folder of answers that people wrote by hand.
  static let samples = variable("JETTISON_E2E_SAMPLES")

  /// A variable's value; empty counts as unset.
  static func variable(_ name: String) -> String? {
    guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else { return nil }
    return value
  }
}

/// What went wrong in one sentence, as it shall stand in a test's report.
struct Trouble: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// A folder of `Examples/` with what its `expected/end-to-end.json` asks for.
struct Example: Sendable, CustomTestStringConvertible {
  /// What is done with an example.
  enum Plan: Sendable {
    /// It is verified with these arguments.
    case verify([String])
    case goldenOnly(reason: String)
    case unreadable(problem: String)
  }

  let name: String
  let folder: URL
  let plan: Plan
  /// What the readme's table says of it; nil keeps it out of there.
  let readme: String?

  var testDescription: String { name }

  /// All examples by name; empty only where the folder cannot be read, which the summary reports.
  static let all: [Example] = Folders.below(Settings.root.appendingPathComponent("Examples")).map { folder in
    let file = folder.appendingPathComponent("expected/end-to-end.json")
    do {
      let plan = try JSONDecoder().decode(PlanFile.self, from: Data(contentsOf: file))
      return Example(name: folder.lastPathComponent, folder: folder, plan: plan.plan, readme: plan.readme)
    } catch {
      return Example(
        name: folder.lastPathComponent, folder: folder,
        plan: .unreadable(problem: "expected/end-to-end.json cannot be read: \(error)"), readme: nil)
    }
  }

  /// The shape of `end-to-end.json`.
  private struct PlanFile: Decodable {
    var port: Int?
    var paths: [String]?
    var run: [String]?
    var goldenOnly: String?
    var readme: String?

    enum CodingKeys: String, CodingKey {
      case port, paths, run, readme
      case goldenOnly = "golden-only"
    }

    var plan: Plan {
      if let goldenOnly { return .goldenOnly(reason: goldenOnly) }
      if let run { return .verify(["--run", run.joined(separator: " ")]) }
      if let port, let paths, !paths.isEmpty {
        return .verify(paths.flatMap { ["--probe", "http://:\(port)\($0)"] })
      }
      return .unreadable(problem: "expected/end-to-end.json names neither paths with a port, run nor golden-only")
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

  /// Every file's content and mode below a folder, to see whether anything has changed.
  static func snapshot(_ folder: URL) -> [String: String] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    var snapshot: [String: String] = [:]
    for name in names {
      let path = folder.appendingPathComponent(name).path
      let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? 0
      let content = FileManager.default.contents(atPath: path)?.base64EncodedString() ?? ""
      snapshot[name] = "\(mode) \(content)"
    }
    return snapshot
  }
}

/// A folder of our own that its maker removes again.
struct TemporaryFolder: Sendable {
  let url: URL

  init(_ files: [String: String] = [:]) throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("jettison-e2e-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (path, text) in files {
      let file = url.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  /// Removes the folder with all that is in it.
  func remove() {
    try? FileManager.default.removeItem(at: url)
  }
}
