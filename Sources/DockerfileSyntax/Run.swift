/// RUN: a command with what is mounted for it.
public struct Run: Sendable, Hashable {
  /// The command in the form Docker takes it; behind a lone heredoc word the script is the heredoc's body.
  public var command: CommandForm
  /// The values of `--mount`.
  public var mounts: [Mount]
  /// The value of `--network`.
  public var network: String?
  /// The value of `--security`.
  public var security: String?
  /// The heredocs of the command.
  public var heredocs: [Heredoc]

  /// Reads a RUN; nil for another instruction.
  public init?(_ instruction: Instruction) {
    guard instruction.keyword == .run else { return nil }
    command = instruction.command
    mounts = instruction.flags.filter { $0.name == "mount" }.map { Mount($0.value ?? "") }
    network = instruction.flag("network")
    security = instruction.flag("security")
    heredocs = instruction.heredocs
  }
}

/// The value of `--mount`: comma-separated fields, as Go's CSV reader takes them apart.
public struct Mount: Sendable, Hashable {
  /// The fields in order, names in lower case; a field without `=` has no value.
  public var fields: [BuilderFlag]

  /// Reads the value of a flag; no fields where Docker cannot take it apart, and what it checks only when it builds is not
  /// checked here.
  public init(_ value: String) {
    fields = (Self.fields(of: value) ?? []).map { field in
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return BuilderFlag(name: parts[0].lowercased(), value: parts.count > 1 ? String(parts[1]) : nil)
    }
  }

  /// `bind`, `cache`, `tmpfs`, `secret` or `ssh`; `bind` when none is given.
  public var type: String { value("type") ?? "bind" }
  /// The stage or image that is mounted from.
  public var from: String? { value("from") }
  /// The path inside what is mounted.
  public var source: String? { value("source", "src") }
  /// Where it is mounted.
  public var target: String? { value("target", "dst", "destination") }
  /// The name of a cache, a secret or an agent.
  public var id: String? { value("id") }

  /// The value of the last field with one of the names.
  public func value(_ names: String...) -> String? { fields.last { names.contains($0.name) }?.value }

  /// Fields at commas, each in quotes as a whole or not at all; a quote inside a quoted field is written twice.
  ///
  /// - Returns: nil for empty text, and for a quote where Go's CSV reader allows none.
  static func fields(of text: String) -> [String]? {
    guard !text.isEmpty else { return nil }
    var fields: [String] = []
    var rest = text[...]
    while true {
      var field = ""
      if rest.first == "\"" {
        rest.removeFirst()
        while true {
          guard let character = rest.popFirst() else { return nil }
          guard character == "\"" else {
            field.append(character)
            continue
          }
          guard rest.first == "\"" else { break }
          field.append(rest.removeFirst())
        }
      } else {
        field = String(rest.prefix { $0 != "," })
        rest = rest.dropFirst(field.count)
        if field.contains("\"") { return nil }
      }
      fields.append(field)
      guard let comma = rest.popFirst() else { return fields }
      guard comma == "," else { return nil }
    }
  }
}
