/// Something about the user's files that a person should know.
public struct Finding: Sendable, Hashable, Codable {
  /// How much it matters.
  public enum Severity: String, Sendable, Hashable, Codable {
    case note
    case warning
    case error
  }

  /// What it is about.
  public var id: ID
  /// How much it matters.
  public var severity: Severity
  /// What is the matter and what to do, in one sentence without a full stop.
  public var message: String
  /// The file, relative to the context; nil for the Dockerfile itself.
  public var file: String?
  /// The line, counted from 1.
  public var line: Int?
  /// The column in bytes, counted from 1.
  public var column: Int?

  /// Makes a finding.
  public init(
    id: ID, severity: Severity, message: String, file: String? = nil, line: Int? = nil, column: Int? = nil
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.file = file
    self.line = line
    self.column = column
  }
}

extension Finding {
  /// What findings can be about: a closed list of stable ids, each with a page.
  public enum ID: String, Sendable, Hashable, Codable, CaseIterable {
    case syntax
    case declined
    case brokenManifest = "broken-manifest"
    case missingSource = "missing-source"
    case floatingTag = "floating-tag"
    case unpinnedBase = "unpinned-base"
    case computedName = "computed-name"
    case secretInContext = "secret-in-context"
    case packageOfLostBase = "package-of-lost-base"
    case developmentDependenciesStay = "development-dependencies-stay"
    case noRuntimeImage = "no-runtime-image"
    case noContext = "no-context"
    case unreadable
    case outside

    /// What the finding says, in one sentence without a full stop.
    public var summary: String {
      switch self {
      case .syntax: "Docker would not accept the Dockerfile"
      case .declined: "the Dockerfile is not text that can be looked at"
      case .brokenManifest: "a project file or compose file cannot be read as what it is"
      case .missingSource: "an instruction copies what is not in the build context"
      case .floatingTag: "the base image's tag moves with every release"
      case .unpinnedBase: "the base is pinned by a digest, and the final base is named by its tag only"
      case .computedName: "the name of a built archive cannot be told from the build file"
      case .secretInContext: "a file that usually holds credentials is copied into the image"
      case .packageOfLostBase: "the final image installs a package that the old base brought along"
      case .developmentDependenciesStay:
        "development dependencies stay in the final image because the program uses them"
      case .noRuntimeImage: "the image line has no variant of this release without the tool chain"
      case .noContext: "a compose file names a build context that is not there"
      case .unreadable: "a folder or file cannot be read"
      case .outside: "a link leads out of the folder and is not followed"
      }
    }
  }
}

/// A place in the author's files.
public struct Location: Sendable, Hashable, Codable {
  /// The file, relative to the context; nil for the Dockerfile itself.
  public var file: String?
  /// The line, counted from 1.
  public var line: Int?

  /// Makes a place.
  public init(file: String? = nil, line: Int? = nil) {
    self.file = file
    self.line = line
  }
}

/// Why something cannot be done: a reason with the sentence that fits the case.
public struct Refusal: Error, Sendable, Hashable {
  /// The stable reason.
  public var reason: Reason
  /// One sentence about this file, without a full stop.
  public var message: String
  /// The instruction or file that decides, where there is one.
  public var location: Location?
  /// Whether a step of the ladder was never meant for such a file, so that its refusal explains nothing.
  var isBesideThePoint = false

  /// The refusal of a step of the ladder that is not meant for such a file.
  static func besideThePoint(_ reason: Reason, _ message: String) -> Refusal {
    var refusal = Refusal(reason, message)
    refusal.isBesideThePoint = true
    return refusal
  }

  /// Makes a refusal; without a message the reason's own sentence is used.
  public init(_ reason: Reason, _ message: String? = nil, at location: Location? = nil) {
    self.reason = reason
    self.message = message ?? reason.summary
    self.location = location
  }

  /// Makes a refusal that an instruction decides.
  init(_ reason: Reason, _ message: String, at step: Step) {
    self.init(reason, message, at: Location(line: step.line))
  }
}
