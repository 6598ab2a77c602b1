import ContextFiles
import DockerfileSyntax

/// What Docker knows while it walks through a stage.
public struct BuildState: Sendable, Hashable {
  /// The working directory, absolute.
  public var directory: String
  /// The user, nil for root.
  public var user: String?
  /// The variables of the base image and of ENV.
  public var environment: [String: String]
  /// The names set by ENV in the file, in order of appearance.
  public var ownVariables: [String]
  /// The ARGs declared so far, with their values where they are known.
  public var arguments: [String: String?]
  /// The shell of shell-form instructions.
  public var shell: [String]

  /// The value of a variable as Docker expands it: ENV before ARG.
  public func value(_ name: String) -> String? {
    environment[name] ?? (arguments[name] ?? nil)
  }

  /// Whether a variable is declared here, even when its value comes with the build only.
  public func knows(_ name: String) -> Bool {
    environment[name] != nil || arguments[name] != nil
  }

  /// Expands an argument; an unset variable is empty as in Docker, a build argument without default makes it unknown.
  public func expand(_ text: String, escape: UInt8) -> String? {
    guard text.contains(where: { $0 == "$" || $0 == "\"" || $0 == "'" || $0 == "\\" || $0 == "`" }) else { return text }
    let names = Expansion.variables(in: text, escape: escape)
    if names.contains(where: { environment[$0] == nil && arguments[$0] == .some(nil) }) { return nil }
    return Expansion.expand(text, escape: escape) { value($0) }
  }

  /// A path as Docker resolves it here.
  public func path(_ text: String) -> String { ContextPath.join(directory, text) }
}
