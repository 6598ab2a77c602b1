import ArgumentParser
import DockerfileSyntax
import JettisonCore
import Verification

/// Shows on a real engine that two images are the same program.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Build the Dockerfile before and after on a container engine, and compare the two images.",
    discussion: """
      This runs the project's own build and starts its program, as no other command but batch --verify does. Compared are the images' \
      configuration, owner and mode of every file that travels, the programs and libraries they need, how they start, \
      what they answer to --probe and --run, and their sizes. Nothing is written into the project. Everything made in \
      the engine carries the label dev.jettison.verify and is removed at the end, after a failure and on INT, TERM and \
      HUP; what a killed run left goes with the next one. Only the engine's build cache stays.

      The exit status is 0 when the images are the same program or nothing is to be rewritten, 1 when they differ, do \
      not build or miss a guard, 2 when the engine, a builder, a base image or the disk is in the way, 64 for wrong use.

      Examples:
        jettison verify
        jettison verify services/api --probe http://:8080/healthz --probe http://:8080/
        jettison verify tool --run '--version' --run 'convert "a file.txt"'
        jettison verify --after Dockerfile.new --min-saving 30% --max-size 120MB
        jettison verify --format markdown >> pull-request.md
        jettison verify --clean
      """)

  @OptionGroup var place: SubjectArguments

  @Option(
    name: .long, help: ArgumentHelp("Compare with this Dockerfile instead of the rewrite.", valueName: "file"),
    completion: .file())
  var after: String?

  @Option(
    name: .customLong("probe"), parsing: .singleValue,
    help: ArgumentHelp("A question whose status and body must be the same. Repeatable.", valueName: "http://:port/path")
  )
  var probes: [String] = []

  @Option(
    name: .customLong("run"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Arguments whose output and exit status must be the same. Repeatable.", valueName: "args"))
  var runs: [String] = []

  @Option(name: .long, help: ArgumentHelp("The most the new image may have, such as 120MB.", valueName: "size"))
  var maxSize: String?

  @Option(
    name: .long, help: ArgumentHelp("The least the new image must save, such as 30% or 100MB.", valueName: "saving"))
  var minSaving: String?

  @OptionGroup var engine: EngineFlags

  @Flag(name: .long, help: "Only remove what killed runs have left in the engine.")
  var clean = false

  @OptionGroup var rewrite: RewriteFlags

  @Option(name: .long, help: ArgumentHelp("How to print the answer: text, json or markdown.", valueName: "format"))
  var format: VerificationFormat = .text

  @OptionGroup var colors: ColorFlag

  func validate() throws {
    _ = try options()
    if clean, after != nil || !probes.isEmpty || !runs.isEmpty {
      throw ValidationError("--clean only removes what was left: use it without --after, --probe and --run.")
    }
    if after != nil, !rewrite.isEmpty {
      throw ValidationError(
        "--after compares with a file as it is: options that change the rewrite have nothing to say.")
    }
  }

  /// The options that the words on the command line mean.
  private func options() throws -> VerificationOptions {
    var options = try engine.options()
    options.probes = try probes.map { text in
      guard let probe = Probe(text) else {
        throw ValidationError("'\(text)' is no probe: write http://:8080/path, with the port inside the container.")
      }
      return probe
    }
    options.runs = try runs.map { text in
      guard let words = ArgumentWords.split(text) else {
        throw ValidationError("'\(text)' has a quote or a backslash without its end.")
      }
      return words
    }
    if let maxSize {
      guard let size = ByteCount(maxSize) else {
        throw ValidationError("--max-size '\(maxSize)' is no size: write 120MB, 1.5GB or 300MiB.")
      }
      options.guards.maximumSize = size
    }
    if let minSaving {
      guard let saving = Saving(minSaving) else {
        throw ValidationError("--min-saving '\(minSaving)' is no saving: write 30% or 100MB.")
      }
      options.guards.minimumSaving = saving
    }
    return options
  }

  func run() throws {
    try Command.run {
      if clean { return try removeLeftovers() }
      let subject = try Subject(place)
      var options = try options()
      let pair: RecipePair
      if let after {
        pair = try RecipePair(subject, after: after)
      } else {
        let conversion = try subject.convert(rewrite)
        guard let rewritten = RecipePair(subject, conversion) else {
          Output.note(
            TextReport(subject, conversion, palette: Palette(colors.choice, descriptor: 2), tense: .would).summary)
          Output.note("nothing to verify")
          if format == .json { Output.print(JSONReport.encoded(VerificationReport(subject.displayPath, nil))) }
          return
        }
        pair = rewritten
        options.assumptions = conversion.plan?.assumptions ?? []
      }
      try verify(subject.displayPath, pair, options)
    }
  }

  private func verify(_ dockerfile: String, _ pair: RecipePair, _ options: VerificationOptions) throws {
    let request = engine.request
    let steps = StepLines()
    let verification = try Interruption.run {
      let engine = try await Engine.find(request)
      Output.note(engine.announcement)
      return try await Verifier(engine: engine, options: options, reporter: steps.reporter).verify(pair.old, pair.new)
    }
    let report = VerificationReport(dockerfile, verification)
    switch format {
    case .json: Output.print(JSONReport.encoded(report))
    case .markdown: Output.print(report.markdown)
    case .text: Output.print(report.text(Palette(colors.choice, descriptor: 1)))
    }
    if !verification.isPassed { throw ExitCode(1) }
  }

  private func removeLeftovers() throws {
    let request = engine.request
    let (removed, kept) = try Interruption.run { await Verifier.clean(try await Engine.find(request)) }
    Output.note("removed \(removed) container\(removed == 1 ? "" : "s") or images that killed runs have left")
    if kept > 0 { Output.note("left \(kept) that a running verification uses, or that another machine made today") }
  }
}

/// Which engine is used, and how patiently.
struct EngineFlags: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("docker, podman or a path to either. The default: the first that answers.", valueName: "name"))
  var engine: String?

  @Option(name: .long, help: ArgumentHelp("A buildx builder that does the building.", valueName: "name"))
  var builder: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How long each build, start and run may take, such as 90s or 10m. The default: 30m to build, 60s to start.",
      valueName: "time"))
  var timeout: String?

  /// The engine that is asked for.
  var request: EngineRequest { EngineRequest(name: engine, builder: builder) }

  /// The options with the patience that is asked for.
  func options() throws -> VerificationOptions {
    var options = VerificationOptions()
    guard let timeout else { return options }
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    let unit = timeout.last.flatMap { units[$0] }
    guard let number = Int(unit == nil ? timeout : String(timeout.dropLast())), number > 0, number < 1_000_000 else {
      throw ValidationError("--timeout '\(timeout)' is no time: write 90s, 10m or a number of seconds.")
    }
    options.buildLimit = .seconds(number * (unit ?? 1))
    options.startLimit = options.buildLimit
    return options
  }
}

extension Engine {
  /// What a person must know before anything is run.
  var announcement: String {
    "This runs the project's own build and starts its program, with \(kind.rawValue) \(version)."
  }
}

/// How a verification is printed.
enum VerificationFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, markdown
}
