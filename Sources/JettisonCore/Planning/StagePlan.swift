import DockerfileSyntax

/// A rewrite as data: which line stands in which stage, and why.
///
/// Planning never edits text, and assembling never decides.
public struct StagePlan: Sendable, Hashable, Codable {
  /// One line of a stage.
  public struct Line: Sendable, Hashable, Codable {
    /// Where the line's text comes from.
    public enum Origin: Sendable, Hashable, Codable {
      /// The author's instruction, its bytes kept; the index counts the file's instructions.
      case author(Int)
      /// The author's instruction with bytes of its arguments changed, by a named pass.
      case edited(Int, edits: [TextEdit], pass: String)
      /// A new instruction.
      case made(Keyword, String)
    }

    /// Where the text comes from.
    public var origin: Origin
    /// Why the line stands here, one sentence without a full stop.
    public var because: String
    /// The pass that makes a new line, nil where the split itself needs it.
    public var pass: String?

    /// Makes a line.
    public init(_ origin: Origin, because: String, pass: String? = nil) {
      self.origin = origin
      self.because = because
      self.pass = pass
    }
  }

  /// A change of some bytes of an instruction's argument text.
  public struct TextEdit: Sendable, Hashable, Codable {
    /// The offset of the first byte.
    public var offset: Int
    /// How many bytes go.
    public var length: Int
    /// What stands there instead.
    public var text: String
  }

  /// The language.
  public var language: String
  /// The step of the ladder.
  public var rung: Rung
  /// The template, such as `go/scratch`.
  public var template: String
  /// The final base as it is written.
  public var runtime: String
  /// The builder's stage name.
  public var builder: String
  /// The author's name for his single stage when it goes to the final one.
  public var finalName: String?
  /// The builder's lines behind FROM.
  public var builderLines: [Line]
  /// The final stage's lines behind the template's own.
  public var finalLines: [Line]
  /// How many first lines both stages share as a stage of their own; 0 for none.
  public var sharedPrefix: Int = 0
  /// The values of the template's holes; an empty or missing one takes its line away.
  public var values: [String: String]
  /// Why a hole is filled, for those that more than the split itself asks for.
  public var valueReasons: [String: String] = [:]
  /// What is taken for granted.
  public var assumptions: [Assumption]
  /// Absolute paths that the final stage takes from the builder.
  public var travels: [String]
  /// Packages the final image installs from the network again.
  public var installs: [String]
  /// What was found on the way.
  public var findings: [Finding] = []
  /// Megabytes of development dependencies that stay in the builder, where they are told apart.
  public var developmentSize: Int?
  /// Whether the final stage leaves the platform in the author's FROM to the builder, which compiles for another one.
  public var leavesPlatform: Bool?
  /// Whether nothing of what travels was compiled, so that it runs on any C library.
  public var isPortable: Bool?
}

/// Where an instruction of the author ends.
public enum Place: String, Sendable, Hashable, Codable {
  case builder
  case final
  case both
  case dropped
}

/// An instruction's place with its reason.
public struct Placement: Sendable, Hashable, Codable {
  /// The instruction's index.
  public var instruction: Int
  /// Its place.
  public var place: Place
  /// Why.
  public var because: String
}

extension StagePlan {
  /// Where each instruction of the author stands, computed from the lines.
  public func placements(count: Int) -> [Placement] {
    var builder: [Int: String] = [:]
    var final: [Int: String] = [:]
    for line in builderLines { if let index = line.authorIndex { builder[index] = builder[index] ?? line.because } }
    for line in finalLines { if let index = line.authorIndex { final[index] = final[index] ?? line.because } }
    return (0..<count).map { index in
      switch (builder[index], final[index]) {
      case (let because?, nil): Placement(instruction: index, place: .builder, because: because)
      case (nil, let because?): Placement(instruction: index, place: .final, because: because)
      case (let first?, let second?):
        Placement(instruction: index, place: .both, because: first == second ? first : "\(first); \(second)")
      case (nil, nil): Placement(instruction: index, place: .dropped, because: "nothing needs it any more")
      }
    }
  }
}

extension StagePlan.Line {
  /// The pass that made or changed the line.
  public var passName: String? {
    if case .edited(_, _, let pass) = origin { pass } else { pass }
  }

  /// The author's instruction behind the line, nil for a new one.
  public var authorIndex: Int? {
    switch origin {
    case .author(let index), .edited(let index, _, _): index
    case .made: nil
    }
  }
}
