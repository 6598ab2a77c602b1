/// Something about the world that stops a verification: no engine, a base image that cannot be pulled, a full disk.
///
/// It says nothing about whether two images are the same program.
public struct Trouble: Error, Sendable, CustomStringConvertible {
  /// A stable id.
  public var id: String
  /// What is wrong and what to do, without a full stop.
  public var message: String
  /// The last lines of what the engine said, where that helps.
  public var log: String?

  /// Makes a trouble.
  public init(_ id: String, _ message: String, log: String? = nil) {
    self.id = id
    self.message = message
    self.log = log
  }

  /// The message with the log below it.
  public var description: String { message + (log.map { "\n" + $0 } ?? "") }
}

/// A step of the comparison that did not succeed, which is an answer about the images.
struct Failure: Error, Sendable {
  /// What failed, without a full stop.
  var message: String
  /// The last lines of what was printed.
  var log: String = ""
}
