import JettisonCore

/// Something that shows that two images are not the same program.
public struct Problem: Sendable, Equatable, Encodable {
  /// What was compared.
  public enum Area: String, Sendable, Encodable {
    case build, configuration, files, programs, start, health, answers, run, assumption
    case guarded = "guard"
  }

  /// What was compared.
  public var area: Area
  /// What is wrong, one sentence without a full stop.
  public var message: String
  /// What may be the cause.
  public var causes: [String]
  /// The last lines of what was printed.
  public var details: String

  /// Makes a problem.
  public init(_ area: Area, _ message: String, causes: [String] = [], details: String = "") {
    self.area = area
    self.message = message
    self.causes = causes
    self.details = details
  }
}

/// What a running container says of an assumption.
public struct AssumptionVerdict: Sendable, Equatable, Encodable {
  /// The answer.
  public enum Answer: String, Sendable, Encodable {
    case confirmed, refuted
    case notTested = "not tested"
  }

  /// The assumption's id.
  public var id: String
  /// The answer.
  public var answer: Answer
  /// Why, one sentence without a full stop.
  public var because: String
}

/// What one of the two images is.
public struct ImageFacts: Sendable, Equatable, Encodable {
  /// A named stage that stays behind.
  public struct Stage: Sendable, Equatable, Encodable {
    /// Its name.
    public var name: String
    /// The bytes of its image.
    public var size: Int64
  }

  /// The bytes of the image.
  public var size: Int64
  /// How many layers it has.
  public var layerCount: Int
  /// The layers, the first one first.
  public var layers: [Layer]
  /// The other stages of its Dockerfile.
  public var stages: [Stage] = []
  /// How long it took to build.
  public var buildSeconds: Double
  /// What became of its program.
  public var end: String?
  /// The health check's word.
  public var health: String?
  /// What a scanner found.
  public var scan: Scan?
}

/// What came of setting two images side by side.
public struct VerificationResult: Sendable, Encodable {
  /// The original, nil where it does not build.
  public var before: ImageFacts?
  /// The new image, nil where it does not build.
  public var after: ImageFacts?
  /// What shows that they are not the same program, or that a guard is missed.
  public var problems: [Problem] = []
  /// What is worth knowing.
  public var notes: [String] = []
  /// How many answers were the same, questions and runs.
  public var sameAnswers = 0
  /// What is to be said of the rewrite's assumptions.
  public var assumptions: [AssumptionVerdict] = []

  /// Makes a result of nothing.
  public init() {}

  /// Whether nothing speaks against the new image.
  public var isPassed: Bool { problems.isEmpty }

  /// The bytes saved.
  public var saving: Int64? {
    guard let before, let after else { return nil }
    return before.size - after.size
  }
}

/// What a person wants to be asked and how patiently.
public struct VerificationOptions: Sendable {
  /// The questions to the running container.
  public var probes: [Probe] = []
  /// The arguments of runs to the end.
  public var runs: [[String]] = []
  /// How long a build may take.
  public var buildLimit: Duration = .seconds(1800)
  /// How long a container may take to answer, to become healthy, or to run to its end.
  public var startLimit: Duration = .seconds(60)
  /// How long a container is watched that nothing is asked.
  public var settling: Duration = .seconds(10)
  /// The guards.
  public var guards = Guards()
  /// What the rewrite takes for granted.
  public var assumptions: [Assumption] = []

  /// Makes the defaults.
  public init() {}
}
