/// The eighteen instructions Docker knows.
public enum Keyword: String, Sendable, Hashable, CaseIterable, Codable {
  case add = "ADD"
  case arg = "ARG"
  case cmd = "CMD"
  case copy = "COPY"
  case entrypoint = "ENTRYPOINT"
  case env = "ENV"
  case expose = "EXPOSE"
  case from = "FROM"
  case healthcheck = "HEALTHCHECK"
  case label = "LABEL"
  case maintainer = "MAINTAINER"
  case onbuild = "ONBUILD"
  case run = "RUN"
  case shell = "SHELL"
  case stopsignal = "STOPSIGNAL"
  case user = "USER"
  case volume = "VOLUME"
  case workdir = "WORKDIR"

  /// Reads a keyword in any case; nil for a word Docker does not know.
  public init?(_ word: some Collection<UInt8>) {
    guard word.count >= 3, word.count <= 11 else { return nil }
    self.init(rawValue: String(decoding: word.map(\.uppercased), as: UTF8.self))
  }

  /// Whether Docker looks for heredocs in the instruction's arguments.
  public var takesHeredocs: Bool { self == .run || self == .copy || self == .add || self == .onbuild }
}
