import ContextFiles

/// What a language tells the runtime planner about dependencies: where they lie, which steps bring them, and which files
/// only installing them needs.
protocol RuntimeDependencies: Sendable {
  /// The language's name.
  var language: String { get }
  /// The template of the final stage.
  var template: String { get }
  /// Values of the template's holes besides the planner's own.
  var templateValues: [String: String] { get }
  /// Absolute folders that hold dependencies and travel from the builder.
  var paths: [String] { get }
  /// Folders below which the build's results lie, with the step after which they travel; nil when the planner has to find
  /// them.
  var results: [String: Int]? { get }
  /// Prefixes of the variables that only package managers and builds read.
  var toolVariables: [String] { get }
  /// What the final image leaves behind although its base stays the same.
  var dropped: [String] { get }
  /// Whether what travels runs on any C library.
  var isPortable: Bool { get }
  /// Megabytes of development dependencies that stay in the builder.
  var developmentSize: Int? { get }
  /// Whether no step makes anything, so that the base alone changes.
  var buildsNothing: Bool { get }
  /// Whether installs and builds use what they find on the system, so that its packages stay in the builder too.
  var buildUsesPackages: Bool { get }
  /// The line before the builder's others.
  var opening: StagePlan.Line? { get }
  /// The lines behind the builder's others.
  var closing: [StagePlan.Line] { get }

  /// The folders that an install fills and the final stage takes behind it.
  func folders(filledBy effect: CommandEffect, in step: Step) -> [DependencyFolder]
  /// The user to whom everything below a folder of the builder belongs behind a step, when it is not root.
  func owner(of path: String, upTo index: Int) -> String?
  /// Whether the running program needs what a COPY brings that a step of the builder reads too.
  func isNeededAtRunTime(_ step: Step, _ copied: CopyEffect) -> Bool
  /// What the final stage takes or runs in place of a step that brings a tool the program is started with.
  func finalLines(for step: Step) throws(Refusal) -> [StagePlan.Line]
}

/// A folder with dependencies that travels.
struct DependencyFolder: Hashable {
  /// The path, absolute.
  var path: String
  /// The user for whom the folder has to be made first.
  var madeFor: String?
}
