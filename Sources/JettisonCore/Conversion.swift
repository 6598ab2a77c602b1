import ContextFiles
import DockerfileSyntax
import Projects

/// How a Dockerfile came out.
public enum Outcome: Sendable, Hashable {
  /// It was split, by this step of the ladder.
  case rewritten(Rung)
  /// Only its base changed.
  case rebased
  /// It stays as it is.
  case unchanged(Refusal)
  /// The file or a manifest it needs cannot be read.
  case declined(String)
}

/// The answer to one Dockerfile: outcome, plan, new text, new ignore file, findings and estimate.
public struct Conversion: Sendable {
  /// The author's file.
  public var original: Dockerfile
  /// The outcome.
  public var outcome: Outcome
  /// The language, where one was found.
  public var language: String?
  /// The plan of a rewrite.
  public var plan: StagePlan?
  /// A rewrite line by line.
  public var explanation: Explanation?
  /// The new file; the original where nothing changed.
  public var rewritten: Dockerfile
  /// The new ignore file, nil when it stays as it is.
  public var ignoreFile: IgnorePlan?
  /// What a person should know.
  public var findings: [Finding]
  /// The sizes, for a rewrite.
  public var estimate: Estimate?
  /// The verdict on each invariant, for a rewrite.
  public var verdicts: [Invariant: Verdict] = [:]
  /// The slimmer steps that did not hold, with the reason of each, in the order in which they were tried.
  public var rejections: [Rejection] = []

  /// The largest Dockerfile that is looked at, in bytes.
  public static let largestFile = 4 << 20

  /// The answer to a file that stays as it is for a reason outside the file and its context.
  public static func unchanged(_ bytes: [UInt8], _ refusal: Refusal) -> Conversion {
    let file = Dockerfile(parsing: bytes)
    return Conversion(original: file, outcome: .unchanged(refusal), rewritten: file, findings: [])
  }
}

/// A step of the ladder that did not hold.
public struct Rejection: Sendable, Hashable {
  /// The step.
  public var rung: Rung
  /// Why it did not hold.
  public var refusal: Refusal
}

/// A person's choices.
public struct ConversionOptions: Sendable, Hashable {
  /// The passes that are switched on or off.
  public var passes: [Pass: Bool] = [:]
  /// Refuses any assumption.
  public var isStrict = false
  /// The kind of the final base, nil for the slimmest that holds.
  public var runtime: RuntimeBase?
  /// Other names of images of the catalogue.
  public var maps: [ImageMap] = []

  /// Makes the defaults.
  public init() {}

  /// Whether a pass is made.
  public func isOn(_ pass: Pass) -> Bool { passes[pass] ?? pass.isOnByDefault }
}

/// Splits a single-stage Dockerfile; total, pure and deterministic.
///
/// - Parameters:
///   - bytes: the Dockerfile.
///   - path: its path relative to the context, such as `Dockerfile`; it may begin with `..`.
///   - reader: the build context.
///   - templates: the templates in force.
///   - options: a person's choices.
///   - users: who uses the context; left out, the compose files at the context's root and its Dockerfiles tell.
/// - Returns: everything a person, a test, a preview or a batch needs; nothing is printed, thrown or written.
public func convert(
  _ bytes: [UInt8], path: String = "Dockerfile", in reader: ContextReader, templates: TemplateSet = TemplateSet(),
  options: ConversionOptions = ConversionOptions(), users: ContextUsers? = nil
) -> Conversion {
  var converter = Converter(
    bytes: bytes, path: path, reader: reader, templates: templates, options: options, users: users)
  return converter.convert()
}
