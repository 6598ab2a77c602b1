import ArgumentParser
import ContextFiles
import Foundation
import JettisonCore

/// How a batch is printed.
enum BatchFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, markdown, sarif, github
}

/// Converts every Dockerfile below a folder.
struct Batch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find every Dockerfile below a folder and rewrite those that can be split.",
    discussion: """
      A dry run: without --write nothing is changed. The build context of each Dockerfile comes from compose, bake \
      and skaffold files, GitHub workflows and GitLab pipelines, else from what its COPY lines name, else it is the \
      Dockerfile's folder; the report says which, as seen from there. \
      Hidden folders, node_modules and vendored code are not looked into. What cannot be read is reported, and the rest \
      is done.

      With --verify the projects' own builds are run, and a rewrite that does not pass counts as failed and is not \
      written.

      The exit status is 0 when all is done or nothing is to do, 1 when --check finds work or a rewrite does not pass, 2 \
      when ROOT cannot be read, a file cannot be written or the engine is in the way, 64 for wrong use.

      Examples:
        jettison batch
        jettison batch services --check
        jettison batch --write --exclude 'legacy/'
        jettison batch --patches /tmp/patches && git am /tmp/patches/*.patch
        jettison batch --check --shard 2/4
        jettison batch --write --verify
        jettison batch --format json > report.json
        jettison batch --format markdown >> "$GITHUB_STEP_SUMMARY"
      """)

  @Argument(help: "The folder to look through.", completion: .directory)
  var root: String = "."

  @Flag(name: .long, help: "Write the new Dockerfiles and ignore files.")
  var write = false

  @Flag(name: .long, help: "Write nothing, and end with status 1 when a file would change.")
  var check = false

  @Flag(name: .long, help: "Build, start and compare each rewrite first, as verify does, and drop those that fail.")
  var verify = false

  @OptionGroup var engine: EngineFlags

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Write each rewrite as a patch for git am, one per group of Dockerfiles that share a context.", valueName: "dir"),
    completion: .directory)
  var patches: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Look only at Dockerfiles of this pattern, written as in .gitignore. Repeatable.", valueName: "glob"))
  var include: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Leave out Dockerfiles of this pattern, written as in .gitignore. Repeatable.", valueName: "glob"))
  var exclude: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Do one part of several, such as 2/4. Dockerfiles that share a context stay together.", valueName: "i/n"))
  var shard: BatchSelection.Shard?

  @Flag(name: .long, help: "Stop at the first Dockerfile that cannot be dealt with, and write nothing.")
  var failFast = false

  @Option(
    name: .long, help: ArgumentHelp("How many files to convert at once. The default: one per core.", valueName: "n"))
  var jobs: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How to print the answer: text, json, markdown for a job's summary, sarif, or github for annotations.",
      valueName: "format"))
  var format: BatchFormat = .text

  @OptionGroup var backup: BackupFlag
  @OptionGroup var rewrite: RewriteFlags
  @OptionGroup var colors: ColorFlag

  func validate() throws {
    if write, check { throw ValidationError("--check writes nothing: use it without --write.") }
    if patches != nil, write || check {
      throw ValidationError("--patches leaves the files as they are: use it without --\(write ? "write" : "check").")
    }
    for pattern in include + exclude where pattern.hasPrefix("!") || GitIgnore(patterns: [pattern]).isEmpty {
      throw ValidationError("'\(pattern)' is no pattern for --include or --exclude.")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number from 1 upwards.") }
    _ = try engine.options()
    if !verify, engine.engine != nil || engine.builder != nil || engine.timeout != nil {
      throw ValidationError("--engine, --builder and --timeout belong to --verify.")
    }
  }

  func run() throws {
    try Command.run {
      guard let isFolder = Disk.isDirectory(root), let folder = Disk.canonical(root) else {
        throw ToolError(path: root, message: "no such folder", id: "not-found")
      }
      guard isFolder else {
        throw ToolError(path: root, message: "batch looks through a folder; use migrate for one file", id: "no-folder")
      }
      // What is broken for all is said once, not once per Dockerfile.
      _ = try TemplateLoader.load(folder: rewrite.settings(for: folder).templates, contextRoot: nil)
      let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
      let writer = patches.map { PatchWriter(root: folder, folder: $0) }
      try writer?.prepare(isWhole: shard == nil)
      var run = BatchRun(root: folder, flags: rewrite, jobs: jobs)
      run.selection = BatchSelection(
        included: include.isEmpty ? nil : GitIgnore(patterns: include), excluded: GitIgnore(patterns: exclude),
        shard: shard)
      run.explains = writer != nil
      run.failsFast = failFast
      var result = try run.run()
      let found = result.entries.filter(\.changes).count
      if verify, found > 0, !(failFast && result.entries.contains(where: \.isTrouble)) {
        result.entries = try BatchVerification(
          root: folder, request: engine.request, options: try engine.options()
        ).verify(result.entries)
      }
      let isStopped = failFast && result.entries.contains(where: \.isTrouble)
      let wanted = result.entries.filter(\.changes).count
      if write, !isStopped {
        result.entries = BatchWriter(root: folder, keepsOld: backup.choice, jobs: jobs).write(result.entries)
      }
      report(result, in: folder, isWritten: write && !isStopped)
      if let writer, !isStopped {
        let count = try writer.write(result.entries)
        Output.note("\(count) patch\(count == 1 ? "" : "es") in '\(writer.folder.printable)'")
      }
      if isStopped { throw ExitCode(2) }
      if check, wanted > 0 { throw ExitCode(1) }
      if write, result.entries.filter(\.changes).count < wanted { throw ExitCode(2) }
      if wanted < found { throw ExitCode(1) }
    }
  }

  private func report(_ result: BatchResult, in folder: String, isWritten: Bool) {
    let prefix = Disk.repositoryRoot(of: folder).flatMap { ContextPath.relative(folder, to: $0) } ?? "."
    switch format {
    case .json:
      Output.print(JSONReport.encoded(BatchReport(root: root, result, isWritten: isWritten)))
      return
    case .sarif:
      Output.print(JSONReport.encoded(SARIFReport(BatchNotices(result, prefix: prefix).all)))
      return
    case .github:
      let text = BatchAnnotations.text(BatchNotices(result, prefix: prefix).all)
      if !text.isEmpty { Output.print(text) }
      return
    case .markdown:
      Output.print(BatchMarkdown(result: result, root: root, isWritten: isWritten).text)
      return
    case .text:
      Output.print(
        BatchTable(
          result, root: root, isWritten: isWritten, width: Disk.columns(of: 1),
          palette: Palette(colors.choice, descriptor: 1)
        ).text)
    }
    for line in BatchTable.troubles(result, root: root) { Output.note(line) }
  }
}

extension BatchSelection.Shard: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}
