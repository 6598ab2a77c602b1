import DockerfileSyntax
import Projects

/// A language: how its projects are known, which commands mean what, and how its images are split.
///
/// Adding one costs a value like this, a line in ``all``, a folder of templates and an example.
public struct Language: Sendable {
  /// The name in output, in template folders and in the catalogue: `go`.
  public var id: String
  /// The name a person reads: `Go`.
  public var name: String
  /// Files at a project's root that show the language.
  public var markers: [String]
  /// What its tools do.
  public var commands: [CommandRule]
  /// Programs that only exist while building; a start that calls one keeps the image.
  public var toolchainPrograms: Set<String>
  /// What a start command stands for, as `npm start` does for a script of the manifest.
  public var meaning: (@Sendable (_ words: [String?], _ folder: String, _ text: (String) -> String?) -> Meaning?)?
  /// Why an image is left alone because of what it starts.
  public var startRefusal: (@Sendable (Situation) -> Refusal?)?
  /// The first fault of a manifest that a fact is needed from.
  public var fault: @Sendable (Situation) -> ProjectProblem?
  /// The ways to split, slimmest first.
  public var strategies: [Strategy]

  /// The languages, in the order in which they are tried.
  public static let all: [Language] = [.go, .python, .java, .node]
}

/// What a start command stands for.
public enum Meaning: Sendable, Hashable {
  /// Another command, behind a wrapper.
  case command([String?])
  /// Lines of shell text that run in a folder.
  case lines([String], folder: String)
}

/// One way to split an image: a step of the ladder.
public struct Strategy: Sendable {
  /// The step.
  public var rung: Rung
  /// The kind of final base that has to be asked for, nil for a step that is tried anyway.
  public var request: RuntimeBase?
  /// Makes a plan, or throws why this step does not hold.
  public var plan: @Sendable (Situation) throws(Refusal) -> StagePlan

  /// Makes a step of what splits an image.
  init(_ rung: Rung, onlyFor request: RuntimeBase? = nil, _ split: @escaping @Sendable (Situation) -> any StageSplit) {
    self.rung = rung
    self.request = request
    plan = { situation throws(Refusal) in try split(situation).plan() }
  }
}

/// What splits an image in one way.
protocol StageSplit {
  /// Makes the plan, or throws why this way does not hold.
  func plan() throws(Refusal) -> StagePlan
}
