import DockerfileSyntax
import Foundation
import JettisonCore
import Testing

/// Every folder of `Examples/` with what must come out of it; `RECORD=1` writes the answers and fails.
struct GoldenTests {
  /// The answer's files by name.
  private func answer(_ conversion: Conversion) throws -> [String: String] {
    var files: [String: String] = [:]
    var report = ""
    switch conversion.outcome {
    case .rewritten(let rung): report += "rewritten: \(rung.rawValue)\n"
    case .rebased: report += "rebased\n"
    case .unchanged(let refusal): report += "unchanged: \(refusal.reason.rawValue): \(refusal.message)\n"
    case .declined(let problem): report += "declined: \(problem)\n"
    }
    for finding in conversion.findings {
      report += "finding: \(finding.severity.rawValue): \(finding.message) [\(finding.id.rawValue)]\n"
    }
    for invariant in Invariant.allCases {
      switch conversion.verdicts[invariant] {
      case .holdsAssuming(let assumptions)?:
        report += "\(invariant.rawValue) holds assuming \(assumptions.map(\.rawValue).joined(separator: ", "))\n"
      case .holds?: report += "\(invariant.rawValue) holds\n"
      case .fails(let why)?: report += "\(invariant.rawValue) fails: \(why)\n"
      case nil: break
      }
    }
    for rejection in conversion.rejections {
      report += "not \(rejection.rung.rawValue): \(rejection.refusal.message)\n"
    }
    files["report.txt"] = report
    guard conversion.rewritten != conversion.original else { return files }
    files["rewritten.dockerfile.txt"] = conversion.rewritten.text
    if let bytes = conversion.ignoreFile?.bytes { files["dockerignore.txt"] = String(decoding: bytes, as: UTF8.self) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    files["plan.json"] = String(decoding: try encoder.encode(try #require(conversion.plan)), as: UTF8.self) + "\n"
    return files
  }

  private func run(_ name: String) throws -> Conversion {
    let folder = Repository.examples.appendingPathComponent(name)
    let bytes = Array(try Data(contentsOf: folder.appendingPathComponent("Dockerfile")))
    return convert(bytes, in: diskContext(folder, hiding: ["expected"]))
  }

  @Test("an example comes out as recorded", arguments: Repository.exampleNames)
  func golden(name: String) throws {
    let conversion = try run(name)
    let expected = Repository.examples.appendingPathComponent(name).appendingPathComponent("expected")
    let files = try answer(conversion)
    let own: Set<String> = ["end-to-end.json"]
    let present = Set(
      ((try? FileManager.default.contentsOfDirectory(atPath: expected.path)) ?? []).filter { !own.contains($0) })
    if Repository.isRecording {
      try FileManager.default.createDirectory(at: expected, withIntermediateDirectories: true)
      for stale in present.subtracting(files.keys) {
        try FileManager.default.removeItem(at: expected.appendingPathComponent(stale))
      }
      for (file, text) in files { try Data(text.utf8).write(to: expected.appendingPathComponent(file)) }
      Issue.record("recorded \(name); run again without RECORD")
      return
    }
    #expect(present == Set(files.keys), "the files in expected/ are not the answer's files; make record")
    for (file, text) in files {
      let recorded = FileManager.default.contents(atPath: expected.appendingPathComponent(file).path).map {
        String(decoding: $0, as: UTF8.self)
      }
      #expect(recorded == text, "\(name)/expected/\(file) differs; make record")
    }
  }

  @Test("a leave- example is left alone and every other one is rewritten", arguments: Repository.exampleNames)
  func outcome(name: String) throws {
    let conversion = try run(name)
    #expect(conversion.isRewritten == !name.hasPrefix("leave-"))
    if !conversion.isRewritten { #expect(conversion.rewritten == conversion.original) }
  }

  @Test("the contract holds", arguments: Repository.exampleNames)
  func contract(name: String) throws {
    for (invariant, verdict) in try run(name).verdicts {
      if case .fails(let why) = verdict { Issue.record("\(invariant.rawValue): \(why)") }
    }
  }

  @Test("the result reads back without a problem and is a fixed point", arguments: Repository.exampleNames)
  func fixedPoint(name: String) throws {
    let conversion = try run(name)
    guard conversion.isRewritten else { return }
    let folder = Repository.examples.appendingPathComponent(name)
    let again = convert(conversion.rewritten.bytes, in: diskContext(folder, hiding: ["expected"]))
    #expect(Dockerfile(parsing: conversion.rewritten.bytes).problems.isEmpty)
    #expect(conversion.outcome == .rebased || again.reason == .alreadyMultiStage)
    #expect(!again.isRewritten)
    #expect(again.rewritten.bytes == conversion.rewritten.bytes)
  }

  @Test("the final stage alone has nothing more to drop", arguments: Repository.exampleNames)
  func finalStageAlone(name: String) throws {
    let conversion = try run(name)
    guard conversion.isRewritten else { return }
    let folder = Repository.examples.appendingPathComponent(name)
    let alone = convert(Array(conversion.finalStage.utf8), in: diskContext(folder, hiding: ["expected"]))
    #expect(!alone.isRewritten, "\(alone.rewritten.text)")
  }

  @Test("git applies the diff and gets the new files", arguments: Repository.exampleNames)
  func diffApplies(name: String) throws {
    let conversion = try run(name)
    guard conversion.isRewritten else { return }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jettison-diff-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(conversion.original.bytes).write(to: folder.appendingPathComponent("Dockerfile"))
    var changes = [
      UnifiedDiff.Change(path: "Dockerfile", old: conversion.original.bytes, new: conversion.rewritten.bytes)
    ]
    if let ignore = conversion.ignoreFile, let bytes = ignore.bytes {
      let old = FileManager.default.contents(
        atPath: Repository.examples.appendingPathComponent(name).appendingPathComponent(ignore.path).path)
      if let old { try old.write(to: folder.appendingPathComponent(ignore.path)) }
      changes.append(UnifiedDiff.Change(path: ignore.path, old: old.map { Array($0) }, new: bytes))
    }
    try Data(UnifiedDiff.lines(changes).joined().utf8).write(to: folder.appendingPathComponent("change.diff"))
    let git = Process()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    git.arguments = ["git", "apply", "--unsafe-paths", "change.diff"]
    git.currentDirectoryURL = folder
    git.environment = ProcessInfo.processInfo.environment.merging([
      "GIT_CEILING_DIRECTORIES": folder.deletingLastPathComponent().path
    ]) { $1 }
    try git.run()
    git.waitUntilExit()
    #expect(git.terminationStatus == 0)
    for change in changes {
      #expect(
        FileManager.default.contents(atPath: folder.appendingPathComponent(change.path).path).map { Array($0) }
          == change.new)
    }
  }

  @Test("two runs and runs side by side give the same bytes")
  func deterministic() async throws {
    let first = try Repository.exampleNames.map { try run($0).rewritten.bytes }
    let second = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for (index, name) in Repository.exampleNames.enumerated() {
        group.addTask { (index, try run(name).rewritten.bytes) }
      }
      var results = [[UInt8]](repeating: [], count: Repository.exampleNames.count)
      for try await (index, bytes) in group { results[index] = bytes }
      return results
    }
    #expect(first == second)
  }
}
