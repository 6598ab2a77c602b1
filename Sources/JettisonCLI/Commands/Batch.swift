import ArgumentParser
import Foundation
import JettisonCore

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

      The exit status is 0 when all is done or nothing is to do, 1 when --check finds work, 2 when ROOT cannot be read \
      or a file cannot be written, 64 for wrong use.

      Examples:
        jettison batch
        jettison batch services --check
        jettison batch --write --jobs 4
        jettison batch --format json > report.json
      """)

  @Argument(help: "The folder to look through.", completion: .directory)
  var root: String = "."

  @Flag(name: .long, help: "Write the new Dockerfiles and ignore files.")
  var write = false

  @Flag(name: .long, help: "Write nothing, and end with status 1 when a file would change.")
  var check = false

  @Option(
    name: .long, help: ArgumentHelp("How many files to convert at once. The default: one per core.", valueName: "n"))
  var jobs: Int?

  @OptionGroup var backup: BackupFlag
  @OptionGroup var conversion: ConversionFlags

  func validate() throws {
    if write, check { throw ValidationError("--check writes nothing: use it without --write.") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number from 1 upwards.") }
  }

  func run() throws {
    try Command.run {
      guard let isFolder = Disk.isDirectory(root), let folder = Disk.canonical(root) else {
        throw ToolError(path: root, message: "no such folder", id: "not-found")
      }
      guard isFolder else {
        throw ToolError(path: root, message: "batch looks through a folder; use migrate for one file", id: "no-folder")
      }
      // A broken --templates is said once, not once per Dockerfile.
      _ = try TemplateLoader.load(folder: conversion.templates, contextRoot: nil)
      let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
      var result = try BatchRun(root: folder, flags: conversion, jobs: jobs).run()
      let wanted = result.entries.filter(\.changes).count
      if write { result.entries = BatchWriter(root: folder, keepsOld: backup.choice, jobs: jobs).write(result.entries) }
      report(result)
      if check, wanted > 0 { throw ExitCode(1) }
      if write, result.entries.filter(\.changes).count < wanted { throw ExitCode(2) }
    }
  }

  private func report(_ result: BatchResult) {
    if conversion.format == .json {
      Output.print(JSONReport.encoded(BatchReport(root: root, result, isWritten: write)))
      return
    }
    Output.print(
      BatchTable(
        result, root: root, isWritten: write, width: Disk.columns(of: 1),
        palette: Palette(conversion.color, descriptor: 1)
      ).text)
    for line in BatchTable.troubles(result, root: root) { Output.note(line) }
  }
}
