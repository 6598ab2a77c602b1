import DockerfileSyntax

/// A rewrite line by line: where each of the author's lines went, where each new line came from, and why.
public struct Explanation: Sendable, Hashable, Codable {
  /// An instruction of the author.
  public struct Original: Sendable, Hashable, Codable {
    /// Its first line in the old file, counted from 1.
    public var line: Int
    /// Its first line's text.
    public var text: String
    /// The stages where it stands now.
    public var place: Place
    /// Why, one sentence without a full stop.
    public var because: String
  }

  /// An instruction of the new file.
  public struct New: Sendable, Hashable, Codable {
    /// Its first line in the new file, counted from 1.
    public var line: Int
    /// Its first line's text.
    public var text: String
    /// The stage: `base`, `builder` or `final`.
    public var stage: String
    /// The author's line it came from, nil for one that is Jettison's own.
    public var from: Int?
    /// Why it is there or how it was changed; nil for an author's line that stands as it stood.
    public var because: String?
    /// The pass that made or changed it, which `--without` switches off.
    public var pass: String?
  }

  /// The author's instructions in order.
  public var original: [Original]
  /// The new file's instructions in order.
  public var new: [New]

  init(of file: Dockerfile, plan: StagePlan, as assembly: Assembly, rejections: [Rejection]) {
    let lines = file.instructionLines
    let instructions = file.instructions
    original = plan.placements(count: instructions.count).map { placement in
      let instruction = instructions[placement.instruction]
      var row = Original(
        line: lines[placement.instruction], text: instruction.shownLine, place: placement.place,
        because: placement.because)
      if instruction.keyword == .from {
        (row.place, row.because) =
          plan.rung == .rebase
          ? (.final, "only the base changes, to '\(plan.runtime)'")
          : (.builder, "the builder keeps the author's base with its tools")
      } else if instruction.keyword == .arg, placement.place == .dropped {
        (row.place, row.because) = (.builder, "FROM may read it, and it stands before the first stage")
      }
      return row
    }
    var stages = Self.stages(plan)
    var stage = plan.rung == .rebase ? "final" : "builder"
    new = zip(assembly.file.instructions, zip(assembly.file.instructionLines, assembly.sources)).map {
      instruction, place in
      let (line, source) = place
      if instruction.keyword == .from, !stages.isEmpty { stage = stages.removeFirst() }
      var row = New(line: line, text: instruction.shownLine, stage: stage)
      switch source {
      case .author(let index): row.from = lines[index]
      case .base(let index):
        row.from = lines[index]
        row.because =
          plan.rung == .rebase
          ? plan.rung.meaning : "it has a name now, by which the final stage copies from it"
      case .shared: row.because = "both stages begin with the same lines, so they stand once, in a stage of their own"
      case .planned(let planned):
        row.from = planned.authorIndex.map { lines[$0] }
        row.pass = planned.passName
        if planned.authorIndex == nil || row.pass != nil { row.because = planned.because }
      case .template(let holes): row.because = Self.because(holes, instruction, plan, rejections)
      }
      return row
    }
  }

  private static func stages(_ plan: StagePlan) -> [String] {
    if plan.rung == .rebase { return ["final"] }
    return plan.sharedPrefix > 0 ? ["base", "builder", "final"] : ["builder", "final"]
  }

  /// Why a line of the template is there: what fills its holes says so.
  private static func because(
    _ holes: [String], _ instruction: Instruction, _ plan: StagePlan, _ rejections: [Rejection]
  ) -> String {
    if instruction.keyword == .from {
      let slimmer = rejections.last { !$0.refusal.isBesideThePoint }
      return plan.rung.meaning + (slimmer.map { "; the next slimmer base does not hold: \($0.refusal.message)" } ?? "")
    }
    var seen: Set<String> = []
    let reasons = holes.filter { seen.insert($0).inserted }.compactMap { plan.valueReasons[$0] }
    return reasons.isEmpty ? "the template \(plan.template) has this line" : reasons.joined(separator: "; ")
  }
}

extension Rung {
  /// What the final base of the step stands for, without a full stop.
  public var meaning: String {
    switch self {
    case .staticArtefact: "the program is one static binary, which needs no system around it"
    case .artefact: "the built program runs on this image, without what only the build needs"
    case .productionDependencies: "the runtime variant of the author's own image line"
    case .sameBase: "the author's own base, without what only the build installs"
    case .rebase: "nothing is built here, so only the base changes"
    }
  }
}

extension Instruction {
  /// The first line, cut to what fits into a row.
  var shownLine: String {
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.count > 100 ? line.prefix(99) + "…" : line
  }
}
