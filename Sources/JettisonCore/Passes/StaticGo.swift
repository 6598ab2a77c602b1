import DockerfileSyntax
import ShellSyntax

/// The pass `static-go`: `CGO_ENABLED=0` and `-ldflags="-s -w"`, each where the author did not set it.
///
/// Before Go 1.10 the standard library's cached objects are linked with cgo, so `-a -installsuffix cgo` is added there.
/// Source: https://go.dev/doc/go1.10#build
struct StaticGo {
  let situation: Situation
  let program: GoProgram

  func edit(_ step: Step, _ builds: [GoProgram.Build]) -> StepEdit {
    guard program.isStatic, situation.options.isOn(.staticGo) else { return .none }
    // A program that needs C and is linked statically by the author's own flags keeps cgo.
    let needsSetting = program.nativeReason == nil ? builds.filter { program.cgoSetting($0, situation) == nil } : []
    guard case .shell = step.instruction.command, step.instruction.heredocs.isEmpty, step.script != nil else {
      return needsSetting.isEmpty ? .none : Self.variable
    }
    var edits: [StagePlan.TextEdit] = []
    var seen: Set<Int> = []
    for build in builds {
      guard let outer = build.outer, seen.insert(outer.range.lowerBound).inserted else { continue }
      if program.nativeReason == nil, program.cgoSetting(build, situation) == nil {
        edits.append(StagePlan.TextEdit(offset: outer.range.lowerBound, length: 0, text: "CGO_ENABLED=0 "))
      }
      if !build.isNested, let insertion = flags(for: outer) {
        edits.append(StagePlan.TextEdit(offset: insertion.place, length: 0, text: insertion.text))
      }
    }
    guard !edits.isEmpty else { return .none }
    guard step.instruction.applying(edits) != nil else { return needsSetting.isEmpty ? .none : Self.variable }
    return .edits(edits, pass: "static-go", because: "static and stripped")
  }

  private static let variable = StepEdit.variable(
    "CGO_ENABLED=0", pass: "static-go", because: "the binary has to be static")

  /// The flags to add behind `build` or `install`, and where.
  private func flags(for command: ShellCommand) -> (place: Int, text: String)? {
    guard command.name == "go", let verb = command.words.dropFirst().first,
      ["build", "install"].contains(verb.literal ?? "")
    else { return nil }
    var text = ""
    let words = command.words.map { $0.expanded { _ in "" } ?? "" }
    let sources = command.words.flatMap(\.parts)
    let setsFlags =
      words.contains { $0.hasPrefix("-ldflags") || $0.hasPrefix("--ldflags") }
      || sources.contains {
        if case .literal(let part) = $0 { part.hasPrefix("-ldflags") || part.hasPrefix("--ldflags") } else { false }
      }
      || situation.trace.steps.contains { ($0.before.environment["GOFLAGS"] ?? "").contains("ldflags") }
    if let version = situation.base?.versionNumbers, version < (1, 10), situation.base?.family.name == "golang",
      !words.contains("-installsuffix")
    {
      text += words.contains("-a") ? " -installsuffix cgo" : " -a -installsuffix cgo"
    }
    if !setsFlags { text += " -ldflags=\"-s -w\"" }
    return text.isEmpty ? nil : (verb.range.upperBound, text)
  }
}

extension Instruction {
  /// The instruction with a plan's edits made; nil when they would change its form.
  func applying(_ edits: [StagePlan.TextEdit]) -> Instruction? {
    replacing(edits.map { (range: $0.offset..<($0.offset + $0.length), text: $0.text) })
  }
}
