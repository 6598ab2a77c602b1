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
    let code = Self.code(of: word)
    guard let keyword = Self.codes.first(where: { $0.code == code })?.keyword else { return nil }
    self = keyword
  }

  /// The keywords with their codes, the frequent ones first.
  private static let codes: [(code: UInt64, keyword: Keyword)] = {
    let frequent: [Keyword] = [.run, .env, .copy, .add, .from, .workdir, .cmd, .expose, .arg, .label]
    let all = frequent + allCases.filter { !frequent.contains($0) }
    return all.map { (code(of: $0.rawValue.utf8), $0) }
  }()

  /// Five bits for each letter in upper case; 0 for a word that is too long or holds anything but letters.
  private static func code(of word: some Collection<UInt8>) -> UInt64 {
    var code: UInt64 = 0
    var length = 0
    for byte in word {
      length += 1
      guard byte.isLetter, length <= 12 else { return 0 }
      code = code << 5 | UInt64(byte.uppercased - 0x40)
    }
    return code
  }

  /// Whether Docker looks for heredocs in the instruction's arguments.
  public var takesHeredocs: Bool { self == .run || self == .copy || self == .add || self == .onbuild }
}
