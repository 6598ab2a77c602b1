import ContextFiles
import DockerfileSyntax
import Projects

/// Walks down the ladder for one Dockerfile.
struct Converter {
  let bytes: [UInt8]
  let path: String
  let reader: ContextReader
  let templates: TemplateSet
  private(set) var options: ConversionOptions
  /// Who uses the context, nil when only the context itself can tell.
  let users: ContextUsers?

  mutating func convert() -> Conversion {
    if bytes.count > Conversion.largestFile {
      return declined(Dockerfile(items: []), "the file is larger than 4 MiB")
    }
    let file = Dockerfile(parsing: bytes)
    if bytes.contains(0) { return declined(file, "the file holds NUL bytes") }
    if !isValidUTF8(bytes) { return declined(file, "the file is no valid UTF-8") }
    for comment in AuthorComment.all(in: file) {
      switch comment {
      case .leave(let refusal): return unchanged(file, refusal)
      case .without(let passes): for pass in passes { options.passes[pass] = false }
      }
    }
    if let problem = file.problems.first {
      let place = LineTable(bytes).position(of: problem.offset)
      let finding = Finding(
        id: .syntax, severity: .error, message: problem.message, line: place.line, column: place.column)
      return Conversion(original: file, outcome: .declined(problem.message), rewritten: file, findings: [finding])
    }
    if let unknown = file.unknownItem {
      let before = file.items.prefix { if case .unknown = $0 { false } else { true } }
      let line = 1 + before.reduce(0) { $0 + $1.text.utf8.count { $0 == 0x0A } }
      return declined(
        file, "'\(unknown.text.trimmingLine.prefix(60))' is no instruction that Docker knows", line: line)
    }
    guard let from = file.instructions.first(where: { $0.keyword == .from }).flatMap({ From($0) }) else {
      return declined(file, "the file has no FROM that Docker can read")
    }
    if let refusal = Gate.refusal(of: file, path: path) { return unchanged(file, refusal) }
    return plan(file, from: from)
  }

  // MARK: The situation

  private func plan(_ file: Dockerfile, from: From) -> Conversion {
    let ignorePath = IgnoreFile.path(for: path, in: reader)
    let ignoreBytes = try? reader.contents(of: ignorePath).get()
    let ignore = IgnoreFile(parsing: ignoreBytes ?? [])
    if let problem = ignore.problem {
      return declined(file, "\(ignorePath):\(problem.line): \(problem.message)")
    }
    let listing = reader.listing(ignoring: ignore)
    let globals = file.globalArguments
    let image = file.expand(from.image, with: globals)
    let catalogue = Catalogue.builtin.mapping(options.maps)
    let base = image.flatMap(catalogue.resolve) ?? catalogue.resolve(from.image)
    let trace = Trace(of: file, base: base, globals: globals, reader: reader, listing: listing, table: .builtin)
    let users = users ?? ContextUsers(foundIn: reader, for: path)
    let roots = Roots(of: file, trace: trace, services: users.services, reader: reader, listing: listing)
    var situation = Situation(
      file: file, from: from, base: base, trace: trace, roots: roots, reader: reader, listing: listing,
      options: options, targets: users.targets)
    situation.catalogue = catalogue
    situation.buildArguments = users.arguments
    let language = language(of: situation)
    if let refusal = Gate.refusal(of: situation, language: language) {
      return unchanged(file, located(refusal, situation), language: language?.id, findings: users.findings)
    }
    guard let language else {
      return unchanged(file, Refusal(.nothingToGain, "no line builds a program that could be taken out of its build"))
    }
    if let problem = language.fault(situation) {
      let finding = Finding(
        id: .brokenManifest, severity: .error, message: problem.message, file: problem.file, line: problem.line)
      return Conversion(
        original: file, outcome: .declined("'\(problem.file)' cannot be read: \(problem.message)"),
        language: language.id, rewritten: file, findings: [finding])
    }
    return climb(
      situation, users: users, language: language, ignorePath: ignorePath, ignoreBytes: ignoreBytes,
      findings: users.findings + advice(situation))
  }

  private func language(of situation: Situation) -> Language? {
    let effects = situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened) }
    if effects.contains(where: { !$0.goPackages.isEmpty || ($0.program == "go" && $0.role == .build) }) { return .go }
    if let id = situation.base?.family.language, let language = Language.all.first(where: { $0.id == id }) {
      return language
    }
    if effects.contains(where: { $0.python != nil }) { return .python }
    if effects.contains(where: { $0.java != nil }) { return .java }
    if effects.contains(where: { $0.node != nil }) { return .node }
    return nil
  }

  // MARK: Project files

  /// The other Dockerfiles of the context, which share its ignore file: those the caller knows, and those found in it.
  private func otherDockerfiles(_ users: ContextUsers, _ listing: ContextListing) -> [Dockerfile] {
    let own = ContextPath.clean(path)
    let known = users.dockerfiles.filter { $0.key != own }.sorted { $0.key < $1.key }.map(\.value)
    let found = listing.files.compactMap { file -> Dockerfile? in
      guard let name = DockerfileName(ContextPath.lastComponent(file.path)), file.path != own,
        users.dockerfiles[file.path] == nil, !users.strangers.contains(file.path)
      else { return nil }
      guard file.entry.size <= Conversion.largestFile, case .success(let bytes) = reader.contents(of: file.path) else {
        return .copyingAnything
      }
      let other = Dockerfile(parsing: bytes)
      guard other.canBeAnalysed else { return name == .certain ? .copyingAnything : nil }
      return usesThisContext(other, at: file.path, listing) ? other : nil
    }
    return known + found
  }

  /// Whether a Dockerfile of a subfolder is built with this context rather than with its own folder: it copies what only
  /// this one holds.
  private func usesThisContext(_ file: Dockerfile, at path: String, _ listing: ContextListing) -> Bool {
    let folder = ContextPath.parent(path)
    if folder == "." { return true }
    let sources = file.instructions.compactMap { Copy($0) }.filter { $0.from == nil }.flatMap(\.sources)
    return sources.contains { source in
      let cleaned = ContextPath.clean(source)
      return cleaned != "." && listing[cleaned] != nil && listing[ContextPath.join(folder, cleaned)] == nil
    }
  }

  // MARK: The ladder

  private func climb(
    _ situation: Situation, users: ContextUsers, language: Language, ignorePath: String, ignoreBytes: [UInt8]?,
    findings: [Finding]
  ) -> Conversion {
    var rejections: [Rejection] = []
    let missing = situation.trace.steps.first { $0.copied.map { !$0.missing.isEmpty } ?? false }
    // Both look at the whole context, which a strategy that does not hold need not pay for.
    lazy var ignore = IgnorePlan(
      situation, path: ignorePath, current: ignoreBytes, others: otherDockerfiles(users, situation.listing))
    lazy var manifestFirst = ManifestFirst(situation: situation, ignore: ignore)
    for strategy in language.strategies where strategy.request == nil || strategy.request == options.runtime {
      func reject(_ refusal: Refusal) {
        rejections.append(Rejection(rung: strategy.rung, refusal: refusal))
      }
      var plan: StagePlan
      do {
        plan = try strategy.plan(situation)
      } catch {
        reject(error)
        continue
      }
      if let wanted = options.runtime, situation.image(plan.runtime)?.runtimeBase != wanted {
        var refusal = Refusal(
          .noRuntimeVariant, "the final image would stand on '\(plan.runtime)', and \(wanted.rawValue) is asked for")
        refusal.isBesideThePoint = true
        reject(refusal)
        continue
      }
      plan.builderLines = manifestFirst.applied(to: plan.builderLines)
      if options.isStrict, let assumption = plan.assumptions.first {
        reject(
          Refusal(.nothingToGain, "the rewrite assumes that \(assumption.summary), and --strict allows no assumption"))
        continue
      }
      guard let template = templates.template(plan.template) else { continue }
      var assembler = Assembler(file: situation.file, plan: plan, template: template)
      guard let assembly = try? assembler.assemble() else {
        reject(Refusal(.buildsAsBefore, "the new file's text would not read back as it is meant"))
        continue
      }
      let contract = Contract(situation: situation, plan: plan, result: assembly.file, ignore: ignore)
      if let violation = contract.violation() {
        reject(Refusal(violation.invariant.reason, violation.why))
        continue
      }
      let estimate = Estimate(situation, plan: plan)
      if estimate.saving < 20_000_000, estimate.saving * 10 < estimate.before {
        reject(
          Refusal(
            .nothingToGain,
            "it would save about \(estimate.saving / 1_000_000) of \(estimate.before / 1_000_000) MB, too little for a second stage"
          ))
        continue
      }
      var all = findings + plan.findings + pinning(situation, plan)
      if let missing {
        all.append(
          Finding(
            id: .missingSource, severity: .warning,
            message: "'\(missing.instruction.firstLine)' copies what is not in this context", line: missing.line))
      }
      return Conversion(
        original: situation.file, outcome: plan.rung == .rebase ? .rebased : .rewritten(plan.rung),
        language: language.id, plan: plan,
        explanation: Explanation(of: situation.file, plan: plan, as: assembly, rejections: rejections),
        rewritten: assembly.file,
        ignoreFile: ignore.bytes == nil ? nil : ignore, findings: all, estimate: estimate, verdicts: contract.check(),
        rejections: rejections)
    }
    var answer = unchanged(
      situation.file, located(Self.telling(rejections), situation), language: language.id, findings: findings)
    answer.rejections = rejections
    return answer
  }

  /// A refusal with the line that decides, where its reason tells.
  private func located(_ refusal: Refusal, _ situation: Situation) -> Refusal {
    var refusal = refusal
    refusal.location = refusal.location ?? situation.location(for: refusal.reason)
    return refusal
  }

  /// The refusal of the most careful step that was meant for such a file.
  private static func telling(_ rejections: [Rejection]) -> Refusal {
    let last = rejections.last { !$0.refusal.isBesideThePoint } ?? rejections.last
    return last?.refusal ?? Refusal(.nothingToGain)
  }

  /// A digest belongs to one image, so that the final base is named by its tag only.
  private func pinning(_ situation: Situation, _ plan: StagePlan) -> [Finding] {
    guard situation.base?.reference.digest != nil, plan.runtime != "scratch", !plan.runtime.contains("@") else {
      return []
    }
    return [
      Finding(
        id: .unpinnedBase, severity: .warning,
        message: "the base is pinned by a digest, which fits no other image: pin '\(plan.runtime)' by its own")
    ]
  }

  private func advice(_ situation: Situation) -> [Finding] {
    var findings: [Finding] = []
    if let reference = ImageReference(situation.from.image), reference.digest == nil,
      reference.tag == nil || reference.tag == "latest"
    {
      findings.append(
        Finding(
          id: .floatingTag, severity: .note,
          message: "'\(situation.from.image)' moves with every release: name a version",
          line: situation.baseLocation.line))
    }
    for problem in Set(situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened).compactMap(\.java?.problem) })
      .sorted(by: { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) })
    {
      findings.append(
        Finding(
          id: .computedName, severity: .note, message: "the archive's name cannot be told: " + problem.message,
          file: problem.file, line: problem.line))
    }
    for file in situation.listing.files
    where [".env", ".netrc", ".npmrc", ".pypirc", "id_rsa"].contains(ContextPath.lastComponent(file.path)) {
      let reaches = !situation.trace.map.imagePaths(of: file.path).isEmpty
      if reaches {
        findings.append(
          Finding(
            id: .secretInContext, severity: .warning,
            message: "'\(file.path)' is copied into the image: hide it or use --mount=type=secret", file: file.path))
      }
    }
    return findings
  }

  // MARK: Answers

  private func declined(_ file: Dockerfile, _ message: String, line: Int? = nil) -> Conversion {
    Conversion(
      original: file, outcome: .declined(message), rewritten: file,
      findings: [Finding(id: .declined, severity: .error, message: message, line: line)])
  }

  private func unchanged(_ file: Dockerfile, _ refusal: Refusal, language: String? = nil, findings: [Finding] = [])
    -> Conversion
  {
    Conversion(original: file, outcome: .unchanged(refusal), language: language, rewritten: file, findings: findings)
  }

  private func isValidUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
}
