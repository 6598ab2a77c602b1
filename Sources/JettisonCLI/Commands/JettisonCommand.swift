import ArgumentParser

/// The root command.
public struct JettisonCommand: ParsableCommand {
  /// The name, the help and the commands below.
  public static let configuration = CommandConfiguration(
    commandName: "jettison",
    abstract: "Rewrites a single-stage Dockerfile into a multi-stage one, and never breaks an image.",
    discussion: """
      A file that cannot be split safely stays untouched, with the reason. No network is used, and nothing of a
      project is ever executed, but by verify and batch --verify, whose work that is. A repository's own choices stand in
      .jettison.yml, and "# jettison: ignore" above FROM leaves a file alone.

      Examples:
        jettison diff                  show what would change in this folder
        jettison migrate               rewrite ./Dockerfile and its .dockerignore
        jettison batch                 what would change in every Dockerfile below this folder
        jettison explain app/Dockerfile  why each line stands where it stands
        jettison verify                build and start both, and compare
      """,
    version: version,
    subcommands: [
      Migrate.self, DiffCommand.self, Batch.self, Explain.self, Verify.self, TemplatesCommand.self, SyntaxCommand.self,
    ])

  /// The program's version.
  static let version = "0.1.0"

  /// Makes the command.
  public init() {}

  /// Runs the command line of this process.
  public static func start() { main() }
}
