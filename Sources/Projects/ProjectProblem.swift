/// A project file that cannot be read as what it is.
public struct ProjectProblem: Sendable, Hashable {
  /// The file's path in the context.
  public var file: String
  /// The line, counted from 1, when the reader knows it.
  public var line: Int?
  /// What is wrong, in one sentence without a full stop.
  public var message: String

  /// Makes a problem.
  public init(file: String, line: Int?, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }
}

/// A ``ProjectProblem`` as an error.
public struct ProjectProblemError: Error, Sendable, Hashable {
  /// The problem.
  public var problem: ProjectProblem

  /// Makes the error.
  public init(_ problem: ProjectProblem) { self.problem = problem }
}

extension Result where Failure == ProjectProblemError {
  /// The problem of a failure.
  public var problem: ProjectProblem? { if case .failure(let error) = self { error.problem } else { nil } }
}
