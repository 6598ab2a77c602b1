import ContextFiles
import DockerfileSyntax

/// One of the twelve invariants of a rewrite.
public enum Invariant: String, Sendable, Hashable, Codable, CaseIterable {
  case nothingLost = "C1"
  case samePaths = "C2"
  case sameConfiguration = "C3"
  case whatRunsIsThere = "C4"
  case oneLibc = "C5"
  case copySources = "C6"
  case sameValues = "C7"
  case completeContext = "C8"
  case nothingLeaks = "C9"
  case fixedPoint = "C10"
  case sameOwner = "C11"
  case buildsAsBefore = "C12"

  /// The reason that a file stays as it is when nothing satisfies the invariant.
  public var reason: Reason {
    switch self {
    case .nothingLost: .nothingLost
    case .samePaths: .samePaths
    case .sameConfiguration: .sameConfiguration
    case .whatRunsIsThere: .missingAtRunTime
    case .oneLibc: .sameLibc
    case .copySources: .copySource
    case .sameValues: .sameValues
    case .completeContext: .completeContext
    case .nothingLeaks: .noLeak
    case .fixedPoint: .fixedPoint
    case .sameOwner: .sameOwner
    case .buildsAsBefore: .buildsAsBefore
    }
  }
}

/// What checking an invariant came to.
public enum Verdict: Sendable, Hashable {
  /// It holds.
  case holds
  /// It holds if these assumptions do.
  case holdsAssuming([Assumption])
  /// It does not hold; the text says why.
  case fails(String)
}

/// The contract of a rewrite, checked after assembly on every rewrite.
struct Contract {
  let situation: Situation
  let plan: StagePlan
  let result: Dockerfile
  let ignore: IgnorePlan

  /// The verdict on each invariant.
  func check() -> [Invariant: Verdict] {
    var verdicts: [Invariant: Verdict] = [:]
    for invariant in Invariant.allCases { verdicts[invariant] = verdict(on: invariant) }
    return verdicts
  }

  /// The first invariant that fails.
  func violation() -> (invariant: Invariant, why: String)? {
    for invariant in Invariant.allCases {
      if case .fails(let why) = verdict(on: invariant) { return (invariant, why) }
    }
    return nil
  }

  private func verdict(on invariant: Invariant) -> Verdict {
    switch invariant {
    case .nothingLost: nothingLost()
    case .samePaths: samePaths()
    case .sameConfiguration: sameConfiguration()
    case .whatRunsIsThere: whatRunsIsThere()
    case .oneLibc: oneLibc()
    case .copySources: copySources()
    case .sameValues: sameValues()
    case .completeContext: ignore.violation.map { .fails($0) } ?? .holds
    case .nothingLeaks: nothingLeaks()
    case .fixedPoint: fixedPoint()
    case .sameOwner: sameOwner()
    case .buildsAsBefore: buildsAsBefore()
    }
  }

  // MARK: The result's stages

  private var stages: [(from: Instruction, lines: [Instruction])] {
    var stages: [(from: Instruction, lines: [Instruction])] = []
    for instruction in result.instructions {
      if instruction.keyword == .from {
        stages.append((instruction, []))
      } else if !stages.isEmpty {
        stages[stages.count - 1].lines.append(instruction)
      }
    }
    return stages
  }

  /// The final stage's lines, those of a shared base stage included.
  var finalLines: [Instruction] {
    guard let last = stages.last else { return [] }
    let shared = From(last.from).flatMap { from in
      stages.dropLast().first { From($0.from)?.name == from.image.lowercased() }
    }
    return (shared?.lines ?? []) + last.lines
  }

  // MARK: C1, C2, C3

  private func nothingLost() -> Verdict {
    let original = situation.file
    var edited: Set<Int> = []
    for line in plan.builderLines + plan.finalLines {
      if case .edited(let index, _, _) = line.origin { edited.insert(index) }
    }
    let texts = Set(result.instructions.map { $0.endingLine(with: "\n").text })
    for (index, instruction) in original.instructions.enumerated()
    where instruction.keyword != .from && !edited.contains(index) {
      if !texts.contains(instruction.endingLine(with: Style(of: original).newline).text),
        !texts.contains(instruction.endingLine(with: "\n").text)
      {
        return .fails("'\(instruction.firstLine)' is in neither stage")
      }
    }
    // The pass manifest-first puts an install before a copy, behind a new copy of the manifests.
    let isManifestFirst = plan.builderLines.contains { if case .made(.copy, _) = $0.origin { true } else { false } }
    for (lines, mayMove) in [(plan.builderLines, isManifestFirst), (plan.finalLines, false)] {
      let order = lines.compactMap(\.authorIndex)
      if order != order.sorted(), !mayMove { return .fails("the author's order would change") }
    }
    let comments = { (file: Dockerfile) in
      file.items.compactMap { if case .comment(let line) = $0 { line.comment } else { nil } }
    }
    let before = comments(original).sorted()
    let after = comments(result).sorted()
    return before == after ? .holds : .fails("a comment would be lost or written twice")
  }

  private func samePaths() -> Verdict {
    for (source, target) in builderCopies where source != target {
      return .fails("'\(source)' would move to '\(target)'")
    }
    return .holds
  }

  /// Sources and absolute targets of the COPYs from the builder.
  var builderCopies: [(source: String, target: String)] {
    finalLines.compactMap { instruction in
      guard let copy = Copy(instruction), copy.from == plan.builder, let source = copy.sources.first else { return nil }
      return (
        source,
        copy.destination.hasSuffix("/") ? copy.destination + ContextPath.lastComponent(source) : copy.destination
      )
    }
  }

  private func sameConfiguration() -> Verdict {
    let globals = situation.file.globalArguments
    let base = situation.base
    let own = situation.file.instructions.drop { $0.keyword != .from }.dropFirst()
    let before = Configuration(of: Array(own), base: base, globals: globals, escape: situation.file.escape)
    // The result is folded on its own base, so that a variable which that base lacks shows.
    let final = situation.image(plan.runtime) ?? base
    var after = Configuration(of: finalLines, base: final, globals: globals, escape: situation.file.escape)
    for name in addedVariables { after.environment[name] = before.environment[name] }
    after.environment["PATH"] = before.environment["PATH"]
    for name in ["User"] {
      let roots: Set<String?> = [nil, "root", "0"]
      if roots.contains(before.values[name]), roots.contains(after.values[name]) {
        after.values[name] = before.values[name]
      }
    }
    if before.values["WorkingDir"] == nil, after.values["WorkingDir"] == base?.family.directory {
      after.values["WorkingDir"] = nil
    }
    if before.values["Shell"] != nil, [.scratch, .distroless].contains(final?.runtimeBase) {
      after.values["Shell"] = before.values["Shell"]
    }
    for name in Set(before.values.keys).union(after.values.keys) where before.values[name] != after.values[name] {
      return .fails("\(name) would change from '\(before.values[name] ?? "")' to '\(after.values[name] ?? "")'")
    }
    for name in Set(before.environment.keys).union(after.environment.keys)
    where before.environment[name] != after.environment[name] {
      return .fails("the variable \(name) would change")
    }
    if before.ports != after.ports { return .fails("the exposed ports would change") }
    if before.labels != after.labels { return .fails("the labels would change") }
    if before.volumes != after.volumes { return .fails("the volumes would change") }
    return sameInheritance(from: base, to: final, own: before)
  }

  /// The variables that new lines set and the author does not.
  private var addedVariables: Set<String> {
    let own = Set(situation.file.instructions.filter { $0.keyword == .env }.flatMap(\.pairs).map(\.key))
    return Set(finalLines.filter { $0.keyword == .env }.flatMap(\.pairs).map(\.key)).subtracting(own)
  }

  // MARK: C4, C5, C6

  private func whatRunsIsThere() -> Verdict {
    let final = situation.image(plan.runtime)
    let isBare = final?.runtimeBase == .scratch || final?.runtimeBase == .distroless
    if isBare, situation.roots.needsShell { return .fails("the start command needs a shell") }
    let user = situation.trace.end.user?.split(separator: ":").first.map(String.init)
    if let user, user != "root", !user.allSatisfy(\.isNumber) {
      let made = finalLines.contains { $0.keyword == .run && $0.arguments.contains(user) }
      let known =
        ["nobody", "www-data", "daemon", "mail", "games"].contains(user) && !isBare
        && user != "www-data" || (user == "www-data" && final?.family.name != "alpine")
        || situation.base?.family.users?.contains(user) == true
      if !made, !known { return .fails("the user '\(user)' would not exist") }
    }
    if let owner = missingOwner { return .fails("the user or group '\(owner)' would not exist") }
    for program in situation.roots.programs where program.hasPrefix("/") || program.hasPrefix("./") {
      let path = ContextPath.join(situation.trace.end.directory, program)
      if !isPresent(path) { return .fails("'\(path)' would be missing") }
    }
    return plan.assumptions.isEmpty ? .holds : .holdsAssuming(plan.assumptions)
  }

  /// Whether a path of the original image is in the new one: travelled, copied, made there, or part of a base.
  private func isPresent(_ path: String) -> Bool {
    if plan.travels.contains(where: { ContextPath.isWithin(path, $0) }) { return true }
    let finalIndices = Set(plan.finalLines.compactMap(\.authorIndex))
    if situation.trace.map.entries.contains(where: {
      finalIndices.contains($0.instruction) && ContextPath.isWithin(path, $0.image)
    }) {
      return true
    }
    if situation.trace.steps.contains(where: {
      finalIndices.contains($0.index) && $0.writes.contains { ContextPath.isWithin(path, $0) }
    }) {
      return true
    }
    let known =
      situation.trace.map.contextPath(of: path, in: situation.listing) != nil
      || situation.trace.steps.contains { step in
        step.effects.flatMap(\.flattened).contains {
          $0.artefacts.contains(path) || $0.role == .download && $0.writes.contains(path)
            || $0.java?.folders.contains { ContextPath.isWithin(path, $0) } ?? false
        }
      }
    // What neither the context nor a step brought belongs to a base or a package.
    return !known
  }

  private func oneLibc() -> Verdict {
    guard let before = situation.base,
      let after = situation.image(plan.runtime)
    else {
      return plan.runtime == situation.from.image
        ? .holds : .fails("the final base '\(plan.runtime)' is not in the catalogue")
    }
    if plan.runtime != situation.from.image, after.runtimeBase != .scratch, after.runtimeBase != .distroless,
      after.reference.tag == nil || after.reference.tag == "latest"
    {
      return .fails("the final base would be a floating tag")
    }
    let carriesNativeCode =
      plan.language != "go"
      || !plan.template.hasSuffix("scratch")
        && situation.trace.steps.contains { $0.has(.download) && !plan.travels.isEmpty }
    if carriesNativeCode, plan.language != "go", plan.isPortable != true, after.libc != before.libc {
      return .fails("code built against \(before.libc.rawValue) would meet \(after.libc.rawValue)")
    }
    return .holds
  }

  private func copySources() -> Verdict {
    for (source, _) in builderCopies {
      if source == "/" { return .fails("/ is never copied whole") }
      let builderIndices = Set(plan.builderLines.compactMap(\.authorIndex))
      let received = situation.trace.map.entries.contains {
        builderIndices.contains($0.instruction)
          && (ContextPath.isWithin(source, $0.image) || ContextPath.isWithin($0.image, source))
      }
      let made = situation.trace.steps.contains { step in
        builderIndices.contains(step.index)
          && (step.writes + step.effects.flatMap { $0.flattened.flatMap { $0.artefacts + $0.writes } }).contains {
            (ContextPath.isWithin(source, $0) || ContextPath.isWithin($0, source)) && !step.isMounted($0)
          }
      }
      let installed =
        situation.trace.steps.contains { $0.effects.flatMap(\.flattened).contains { $0.python != nil } }
        && plan.language == "python"
      let ofBase = situation.builderHolds(source) || source == "/tmp" || source == "/usr/share/zoneinfo"
      if !received, !made, !installed, !ofBase, !situation.fillsCorepackCache(source) {
        return .fails("the builder does not hold '\(source)'")
      }
      let isRemoved = situation.trace.steps.contains { step in
        builderIndices.contains(step.index)
          && step.effects.contains { $0.program == "rm" && $0.writes.contains { ContextPath.isWithin(source, $0) } }
      }
      if isRemoved, !ofBase { return .fails("a step of the builder removes '\(source)'") }
      let isLink = situation.trace.steps.contains {
        $0.effects.contains { $0.program == "ln" && $0.writes.contains(source) }
      }
      if isLink { return .fails("'\(source)' is a link, which COPY would follow") }
    }
    return .holds
  }

  // MARK: C7, C9, C10, C11

  private func sameValues() -> Verdict {
    let escape = situation.file.escape
    for (lines, stage) in [(plan.builderLines, "builder"), (plan.finalLines, "final")] {
      var declared: Set<String> = Set((situation.base?.family.environment ?? [:]).keys)
      for line in lines {
        switch line.origin {
        case .author(let index), .edited(let index, _, _):
          let instruction = situation.file.instructions[index]
          guard let step = situation.trace.steps.first(where: { $0.index == index }) else { continue }
          if instruction.keyword != .cmd, instruction.keyword != .entrypoint, instruction.keyword != .healthcheck {
            var names =
              instruction.keyword == .run
              ? Flow(situation: situation).reads(step) : Expansion.variables(in: instruction.arguments, escape: escape)
            for flag in instruction.flags { names.formUnion(Expansion.variables(in: flag.value ?? "", escape: escape)) }
            for name in names where step.before.knows(name) && !declared.contains(name) {
              // A RUN's table row lists what a tool may read; only what the text names has to be there.
              let isNamed =
                instruction.keyword != .run || instruction.text.contains("$" + name)
                || instruction.text.contains("${" + name)
              if isNamed {
                return .fails("'\(instruction.firstLine)' reads \(name), which the \(stage) stage does not have")
              }
            }
          }
          if instruction.keyword == .env { declared.formUnion(instruction.pairs.map(\.key)) }
          if instruction.keyword == .arg { declared.formUnion(instruction.declarations.map(\.name)) }
        case .made: continue
        }
      }
    }
    return .holds
  }

  private func nothingLeaks() -> Verdict {
    let secrets: Set<String> = [".netrc", ".npmrc", ".pypirc", "id_rsa", "id_ed25519", ".git-credentials"]
    for path in plan.travels
    where secrets.contains(ContextPath.lastComponent(path)) || ContextPath.lastComponent(path) == ".ssh" {
      return .fails("'\(path)' holds credentials")
    }
    return .holds
  }

  private func fixedPoint() -> Verdict {
    stages.count >= 2 || plan.rung == .rebase ? .holds : .fails("the result has one stage only")
  }

  private func sameOwner() -> Verdict {
    for path in plan.travels {
      let owner = situation.trace.steps.first { step in
        step.effects.contains {
          $0.program != "chmod" && $0.changesAccess(of: path) && situation.listing[path] == nil && isDirectory(path)
        }
      }
      if let owner, !plan.finalLines.contains(where: { $0.authorIndex == owner.index }) {
        return .fails("'\(path)' is a folder with an owner of its own, which a copy would lose")
      }
    }
    return .holds
  }

  private func isDirectory(_ path: String) -> Bool {
    situation.trace.map.contextPath(of: path, in: situation.listing).map { situation.listing[$0]?.kind == .directory }
      ?? false
      || situation.trace.steps.contains { $0.effects.contains { $0.makesDirectories.contains(path) } }
  }
}
