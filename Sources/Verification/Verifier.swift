import DockerfileSyntax
import Foundation
import JettisonCore

/// Says what is being done and how long it took.
public struct StepReporter: Sendable {
  /// A step begins.
  public var begin: @Sendable (String) -> Void
  /// The step that began last has ended, well or not.
  public var end: @Sendable (Duration, _ isWell: Bool) -> Void

  /// Makes a reporter.
  public init(
    begin: @escaping @Sendable (String) -> Void, end: @escaping @Sendable (Duration, _ isWell: Bool) -> Void
  ) {
    self.begin = begin
    self.end = end
  }
}

/// Builds two Dockerfiles and sets their images side by side.
public struct Verifier: Sendable {
  let engine: Engine
  let options: VerificationOptions
  let reporter: StepReporter
  let scanner: VulnerabilityScanner?

  /// Makes a verifier.
  public init(engine: Engine, options: VerificationOptions, reporter: StepReporter) {
    self.init(engine: engine, options: options, reporter: reporter, scanner: .installed)
  }

  init(engine: Engine, options: VerificationOptions, reporter: StepReporter, scanner: VulnerabilityScanner?) {
    self.engine = engine
    self.options = options
    self.reporter = reporter
    self.scanner = scanner
  }

  /// Removes what verifications that were killed have left behind, and nothing that one still uses.
  public static func clean(_ engine: Engine) async -> (removed: Int, kept: Int) {
    await Belongings.removeLeftovers(engine)
  }

  /// Builds both and compares them; whatever comes of it, nothing of it stays behind.
  ///
  /// - Throws: a ``Trouble`` with the world, or a cancellation.
  public func verify(_ old: Recipe, _ new: Recipe) async throws -> VerificationResult {
    if !engine.isHere, !options.probes.isEmpty {
      throw Trouble(
        "engine-elsewhere",
        "the engine at \(engine.endpoint) is another machine, whose loopback cannot be asked from here: leave out --probe, "
          + "or use an engine here and let --builder build elsewhere")
    }
    _ = await Self.clean(engine)
    let belongings = try Belongings(engine: engine)
    do {
      let verification = try await compare(old, new, belongings)
      await remove(belongings, isInterrupted: false)
      return verification
    } catch {
      await remove(belongings, isInterrupted: true)
      throw error
    }
  }

  /// Removes everything, in a task that nothing has cancelled.
  private func remove(_ belongings: Belongings, isInterrupted: Bool) async {
    await Task.detached { await belongings.removeAll(isInterrupted: isInterrupted) }.value
  }

  private func step<Result: Sendable>(_ name: String, _ body: () async throws -> Result) async throws -> Result {
    reporter.begin(name)
    let start = ContinuousClock.now
    do {
      let result = try await body()
      reporter.end(ContinuousClock.now - start, true)
      return result
    } catch {
      reporter.end(ContinuousClock.now - start, false)
      throw error
    }
  }

  // MARK: Building

  /// One of the two: its image and what is known of it.
  private struct Side: Sendable {
    var tag: String
    var inspection: ImageInspection
    var facts: ImageFacts
  }

  private func compare(_ old: Recipe, _ new: Recipe, _ belongings: Belongings) async throws -> VerificationResult {
    var verification = VerificationResult()
    let before: Side
    do {
      before = try await build(old, "before", belongings)
    } catch let failure as Failure {
      verification.problems.append(
        Problem(.build, "\(old.name) \(failure.message), so there is nothing to compare with", details: failure.log))
      return verification
    }
    verification.before = before.facts
    let after: Side
    do {
      after = try await build(new, "after", belongings)
    } catch let failure as Failure {
      verification.problems.append(Problem(.build, "\(new.name) \(failure.message)", details: failure.log))
      return verification
    }
    verification.after = after.facts
    try await compare(before, after, new, belongings, into: &verification)
    verification.problems += options.guards.missed(before: before.facts.size, after: after.facts.size)
    return verification
  }

  private func build(_ recipe: Recipe, _ side: String, _ belongings: Belongings) async throws -> Side {
    let folder = belongings.folder.appendingPathComponent(side, isDirectory: true)
    let file = folder.appendingPathComponent("Dockerfile")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(recipe.dockerfile).write(to: file)
      if let ignoreFile = recipe.ignoreFile {
        try Data(ignoreFile).write(to: folder.appendingPathComponent("Dockerfile.dockerignore"))
      }
    } catch {
      throw Trouble("disk-full", "\(folder.path) cannot be written: \(error)")
    }
    let tag = belongings.tag(side)
    let time = try await step("building \(recipe.name)") {
      try await engine.build(
        file: file.path, context: recipe.context, tag: tag, labels: belongings.labels, limit: options.buildLimit)
    }
    let inspection = try await engine.inspect(tag)
    var facts = ImageFacts(
      size: inspection.size, layerCount: inspection.layers, layers: try await engine.layers(of: tag),
      buildSeconds: time.seconds)
    // A builder far away would send each stage over the network, only for its size.
    let stages = engine.builder == nil ? Dockerfile(parsing: recipe.dockerfile).stages : []
    for name in stages.dropLast().compactMap(\.from.name) {
      // The stage is in the builder's cache; a failure here says nothing about the image.
      let stage = belongings.tag("\(side)-stage-\(facts.stages.count)")
      let built = try? await engine.build(
        file: file.path, context: recipe.context, target: name, tag: stage, labels: belongings.labels,
        limit: options.buildLimit)
      try Task.checkCancellation()
      guard built != nil else { continue }
      facts.stages.append(ImageFacts.Stage(name: name, size: try await engine.inspect(stage).size))
      await engine.remove(image: stage)
    }
    return Side(tag: tag, inspection: inspection, facts: facts)
  }

  // MARK: Comparing

  private func compare(
    _ before: Side, _ after: Side, _ recipe: Recipe, _ belongings: Belongings,
    into verification: inout VerificationResult
  ) async throws {
    let (old, new) = (before.inspection.configuration, after.inspection.configuration)
    verification.problems += old.differences(to: new).map { Problem(.configuration, $0) }
    verification.notes += old.toolchainDifferences(to: new)
    let dockerfile = Dockerfile(parsing: recipe.dockerfile)
    let (files, compiled) = try await step("comparing configuration and files") {
      let oldFiles = try await engine.files(of: before.tag, belongings, name: "before-files", limit: options.buildLimit)
      let newFiles = try await engine.files(of: after.tag, belongings, name: "after-files", limit: options.buildLimit)
      let files = FileComparison(old: (old, oldFiles), new: (new, newFiles), dockerfile: dockerfile)
      return (files, files.compiled)
    }
    verification.problems += files.userProblems.map { Problem(.configuration, $0) }
    verification.problems += files.ownerProblems.map { Problem(.files, $0) }
    let programs =
      files.programProblems + FileComparison.problems(of: compiled) + files.certificateProblems(compiled)
    verification.problems += programs.map { Problem(.programs, $0) }
    verification.notes += files.notes
    let isAlike = try await start(before, after, Clues(files: files), belongings, into: &verification)
    verification.assumptions = options.assumptions.map {
      AssumptionVerdict($0, files: files, compiled: compiled, isAlike: isAlike, answers: verification.sameAnswers)
    }
    for verdict in verification.assumptions where verdict.answer == .refuted {
      verification.problems.append(Problem(.assumption, "\(verdict.id) is refuted: \(verdict.because)"))
    }
    try await scan(before, after, into: &verification)
  }

  /// Starts and runs both images.
  ///
  /// - Returns: whether they did the same.
  private func start(
    _ before: Side, _ after: Side, _ clues: Clues, _ belongings: Belongings, into verification: inout VerificationResult
  ) async throws -> Bool {
    let count = verification.problems.count
    let asking = options.probes.isEmpty ? "starting" : "starting and asking"
    let old = try await step("\(asking) the original") { try await start(before, "before", belongings) }
    let new = try await step("\(asking) the new image") { try await start(after, "after", belongings) }
    let result = StartComparison.compare(old, new, clues: clues)
    verification.before?.end = old.end.words
    verification.after?.end = new.end.words
    verification.before?.health = old.health
    verification.after?.health = new.health
    add(result, to: &verification)
    for arguments in options.runs {
      do {
        let result = try await step("running \(arguments.joined(separator: " "))") {
          var old: [Answer] = []
          for round in 0..<2 {
            old.append(
              try await engine.run(
                before.tag, arguments, name: "before-run-\(round)", belongings, limit: options.startLimit))
          }
          let new = try await engine.run(after.tag, arguments, name: "after-run", belongings, limit: options.startLimit)
          return StartComparison.compareRuns(old, new, clues: clues)
        }
        add(result, to: &verification)
      } catch let failure as Failure {
        verification.problems.append(Problem(.run, failure.message, details: failure.log))
      }
    }
    return verification.problems.count == count
  }

  private func start(_ side: Side, _ name: String, _ belongings: Belongings) async throws -> Start {
    try await engine.start(
      side.tag, name: name, belongings, probes: options.probes, limit: options.startLimit,
      settling: min(options.settling, options.startLimit))
  }

  private func add(_ result: StartComparison.Result, to verification: inout VerificationResult) {
    verification.problems += result.problems
    verification.notes += result.notes
    verification.sameAnswers += result.same
  }

  private func scan(_ before: Side, _ after: Side, into verification: inout VerificationResult) async throws {
    guard let scanner else {
      verification.notes.append("packages and vulnerabilities were not counted: neither trivy nor grype is installed")
      return
    }
    do {
      let (old, new) = try await step("counting packages and vulnerabilities with \(scanner.kind.rawValue)") {
        (
          try await scanner.scan(before.tag, limit: options.buildLimit),
          try await scanner.scan(after.tag, limit: options.buildLimit)
        )
      }
      verification.before?.scan = old
      verification.after?.scan = new
    } catch let failure as Failure {
      verification.notes.append(
        "packages and vulnerabilities were not counted: \(failure.message) \(failure.log)".trimmed)
    }
  }
}
