import ArgumentParser
import DockerfileSyntax
import JettisonCore
import Verification

/// Rewrites one Dockerfile and its ignore file.
struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rewrite a Dockerfile and its .dockerignore in place.",
    discussion: """
      With - the new Dockerfile goes to standard output and nothing is written.

      Examples:
        jettison migrate
        jettison migrate services/api/Dockerfile --context .
        jettison migrate - < Dockerfile > Dockerfile.new
      """)

  @OptionGroup var shared: SharedOptions

  @OptionGroup var backup: BackupFlag

  func run() throws {
    try Command.run {
      let subject = try Subject(shared.place)
      let conversion = try subject.convert(shared.conversion.rewrite)
      let changes = subject.changes(conversion)
      if subject.file == nil {
        if shared.conversion.format == .json {
          Output.print(JSONReport(subject, conversion).text)
        } else {
          Output.print(conversion.rewritten.text, terminator: "")
        }
      } else {
        try write(subject, conversion)
        if shared.conversion.format == .json { Output.print(JSONReport(subject, conversion).text) }
      }
      if shared.conversion.format == .text {
        Output.note(
          TextReport(
            subject, conversion, palette: Palette(shared.conversion.color, descriptor: 2),
            tense: subject.file == nil ? .would : .done(changes.map(\.path))
          ).summary)
      }
    }
  }

  /// Writes the ignore file first: it only hides what neither the old nor the new Dockerfile needs, so the pair builds in
  /// every state between.
  private func write(_ subject: Subject, _ conversion: Conversion) throws(ToolError) {
    guard let file = subject.file, conversion.rewritten != conversion.original else { return }
    if let ignore = conversion.ignoreFile, let bytes = ignore.bytes {
      try Replacement(path: subject.contextRoot + "/" + ignore.path, bytes: bytes).write(
        keepingOld: backup.choice)
    }
    try Replacement(path: file, bytes: conversion.rewritten.bytes).write(keepingOld: backup.choice)
  }
}

/// Runs a command's body and renders its errors in one place.
enum Command {
  static func run(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as ToolError {
      Output.note(error.description)
      throw ExitCode(2)
    } catch let trouble as Trouble {
      if let log = trouble.log { Output.note(log.printable) }
      Output.note(ToolError(message: trouble.message, id: trouble.id).description)
      throw ExitCode(2)
    }
  }
}
