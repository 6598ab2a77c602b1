import Foundation

/// One comparison under way: the names it uses, what it has found, and the removal of all it made.
struct Comparison: Sendable {
  /// What came of it.
  struct Finding: Sendable {
    var verdict: Outcome.Verdict
    var sizes: Sizes?
    var problems: [String] = []
  }

  let engine: Engine
  let name: String

  /// The name in the characters that images and containers may have.
  private var safeName: String {
    let characters = name.lowercased().map { character -> Character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
    }
    return String(characters).split(separator: "-").joined(separator: "-")
  }

  /// The tag of one side's image.
  func tag(_ side: String) -> String { "jettison-e2e/\(safeName):\(side)-\(Engine.run)" }

  /// The name of one side's container.
  func container(_ side: String) -> String { "jettison-e2e-\(safeName)-\(side)-\(Engine.run)" }

  /// Gathers the problems of several steps, so that one failure does not hide the next.
  private struct Problems {
    var all: [String] = []

    mutating func gather(_ subject: String, _ step: () throws -> [String]) {
      do {
        all += try step().map { "\(subject): \($0)" }
      } catch {
        all.append("\(subject): \(error)")
      }
    }
  }

  // MARK: Examples

  /// Builds an example before and after `migrate` and compares the two images.
  func run(_ example: Example, _ check: Check) -> Finding {
    let (before, after) = (tag("before"), tag("after"))
    defer {
      engine.remove(image: before)
      engine.remove(image: after)
    }
    do {
      let scratch = try TemporaryFolder()
      defer { scratch.remove() }
      let dockerfile = scratch.url.appendingPathComponent("Dockerfile")
      try Folders.copy(example.folder, to: scratch.url) { $0 == "expected" }
      try Folders.stripSyntaxLines(of: dockerfile)
      if let reason = try missingBase(building: scratch.url, as: before, "the original") {
        return Finding(verdict: .notBuilt(reason))
      }
      let answer = try Jettison.migrate(scratch.url)
      guard answer.hasRewritten else { throw Trouble("jettison leaves it alone: \(answer.because)") }
      try Folders.stripSyntaxLines(of: dockerfile)
      if case .failed(let log) = try engine.build(scratch.url, tag: after) {
        throw Trouble("the new image does not build\n\(Program.tail(log))\n\(try text(of: dockerfile))")
      }
      return try compare(before, after, check, dockerfile: text(of: dockerfile))
    } catch {
      return Finding(verdict: .failed, problems: ["\(error)"])
    }
  }

  private func compare(_ before: String, _ after: String, _ check: Check, dockerfile: String) throws -> Finding {
    let old = try engine.inspect(before)
    let new = try engine.inspect(after)
    let sizes = Sizes(before: old.size, after: new.size)
    var problems = Problems()
    problems.gather("size") {
      sizes.after < sizes.before ? [] : ["was \(Sizes.megabytes(old.size)) MB, is \(Sizes.megabytes(new.size)) MB"]
    }
    problems.gather("configuration") { old.configuration.differences(to: new.configuration) }
    problems.gather("files") {
      let oldFiles = try ImageFiles(of: before, container: container("before-files"), engine: engine)
      let newFiles = try ImageFiles(of: after, container: container("after-files"), engine: engine)
      return ImageFiles.differences(
        old: oldFiles, new: newFiles, workingFolder: old.configuration.workingFolder, dockerfile: dockerfile)
        + Accounts.differences(
          old: (old.configuration.user, oldFiles.accounts), new: (new.configuration.user, newFiles.accounts))
    }
    problems.gather("answers") {
      let oldAnswers = try engine.observe(check, image: before, container: container("before"))
      let newAnswers = try engine.observe(check, image: after, container: container("after"))
      return Observation.defects(of: oldAnswers, check) + Observation.differences(old: oldAnswers, new: newAnswers)
    }
    return Finding(verdict: problems.all.isEmpty ? .passed : .failed, sizes: sizes, problems: problems.all)
  }

  // MARK: Hand-written answers

  /// How much larger than a hand-written answer ours may be.
  private static let tolerance = 1.03

  /// Compares what jettison makes of a sample with what a person made of it, and its answers with the original's, whose
  /// program, user and settings a person may have changed.
  func run(_ sample: Sample) -> Finding {
    let (original, byHand, ours) = (tag("original"), tag("by-hand"), tag("ours"))
    defer { for image in [original, byHand, ours] { engine.remove(image: image) } }
    do {
      let scratch = try TemporaryFolder()
      defer { scratch.remove() }
      // Two folders, so that our ignore file plays no part in the build of the other.
      let oursFolder = try sample.copy("Dockerfile.before", to: scratch.url.appendingPathComponent("ours"))
      let answer = try Jettison.migrate(oursFolder)
      guard answer.hasRewritten else { return Finding(verdict: .leftAlone(answer.because)) }
      let byHandFolder = try sample.copy("Dockerfile.after", to: scratch.url.appendingPathComponent("by-hand"))
      guard try text(of: byHandFolder.appendingPathComponent("Dockerfile")).hasStart else {
        return Finding(verdict: .leftAlone("the hand-written image starts its base's own program, not the author's"))
      }
      let check = try sample.check()
      let originalFolder = try sample.copy("Dockerfile.before", to: scratch.url.appendingPathComponent("original"))
      for (folder, tag, subject) in [
        (byHandFolder, byHand, "the hand-written image"), (originalFolder, original, "the original"),
      ] {
        if let reason = try missingBase(building: folder, as: tag, subject) {
          return Finding(verdict: .notBuilt(reason))
        }
      }
      if case .failed(let log) = try engine.build(oursFolder, tag: ours) {
        throw Trouble("our image does not build\n\(Program.tail(log))")
      }
      let sizes = Sizes(before: try engine.inspect(byHand).size, after: try engine.inspect(ours).size)
      var problems = Problems()
      problems.gather("size") {
        sizes.ratio <= Self.tolerance ? [] : ["ours is \(String(format: "%.3f", sizes.ratio)) of the hand-written one"]
      }
      problems.gather("answers") {
        let old = try engine.observe(check, image: original, container: container("original"))
        let theirs = try engine.observe(check, image: byHand, container: container("by-hand"))
        var new = try engine.observe(check, image: ours, container: container("ours"))
        // A program that tells who runs it, or what its image holds, answers otherwise once a person has rewritten it;
        // there the status is all that can be compared.
        for index in new.indices where old.indices.contains(index) && theirs.indices.contains(index) {
          if old[index].body != theirs[index].body { new[index].body = old[index].body }
        }
        return Observation.defects(of: old, check) + Observation.differences(old: old, new: new)
      }
      return Finding(verdict: problems.all.isEmpty ? .passed : .failed, sizes: sizes, problems: problems.all)
    } catch {
      return Finding(verdict: .failed, problems: ["\(error)"])
    }
  }

  // MARK: Helpers

  /// Builds an image that is not ours; answers why its base is not to be had, nil where it is built.
  private func missingBase(building folder: URL, as tag: String, _ subject: String) throws -> String? {
    guard case .failed(let log) = try engine.build(folder, tag: tag) else { return nil }
    if let reason = Engine.missingBase(in: log) { return reason }
    throw Trouble("\(subject) does not build\n\(Program.tail(log))")
  }

  private func text(of file: URL) throws -> String {
    String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}

extension String {
  /// Whether the text of a Dockerfile says what its image starts.
  fileprivate var hasStart: Bool {
    split(separator: "\n").contains { line in
      ["CMD", "ENTRYPOINT"].contains { line.uppercased().hasPrefix($0 + " ") }
    }
  }
}
