/// Something about the user's files that a person should know.
public struct Finding: Sendable, Hashable, Codable {
  /// How much it matters.
  public enum Severity: String, Sendable, Hashable, Codable {
    case note
    case warning
    case error
  }

  /// A stable, documented name in kebab case.
  public var id: String
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
    id: String, severity: Severity, message: String, file: String? = nil, line: Int? = nil, column: Int? = nil
  ) {
    self.id = id
    self.severity = severity
    self.message = message
    self.file = file
    self.line = line
    self.column = column
  }
}

/// Why something cannot be done: a reason with the sentence that fits the case.
public struct Refusal: Error, Sendable, Hashable {
  /// The stable reason.
  public var reason: Reason
  /// One sentence about this file, without a full stop.
  public var message: String
  /// Whether a step of the ladder was never meant for such a file, so that its refusal explains nothing.
  var isBesideThePoint = false

  /// The refusal of a step of the ladder that is not meant for such a file.
  static func besideThePoint(_ reason: Reason) -> Refusal {
    var refusal = Refusal(reason)
    refusal.isBesideThePoint = true
    return refusal
  }

  /// Makes a refusal; without a message the reason's own sentence is used.
  public init(_ reason: Reason, _ message: String? = nil) {
    self.reason = reason
    self.message = message ?? reason.summary
  }
}
