import ContextFiles
import DockerfileSyntax
import Projects

/// Walks down the ladder for one Dockerfile.
struct Converter {
  let bytes: [UInt8]
  let path: String
  let reader: ContextReader
  let templates: TemplateSet
  let options: ConversionOptions

  /// The largest Dockerfile that is looked at, in bytes.
  static let largestFile = 4 << 20

  func convert() -> Conversion {
    if bytes.count > Self.largestFile {
      return declined(Dockerfile(items: []), "the file is larger than 4 MiB")
    }
    let file = Dockerfile(parsing: bytes)
    if bytes.contains(0) { return declined(file, "the file holds NUL bytes") }
    if !isValidUTF8(bytes) { return declined(file, "the file is no valid UTF-8") }
    if let problem = file.problems.first {
      let place = LineTable(bytes).position(of: problem.offset)
      let finding = Finding(
        id: "syntax", severity: .error, message: problem.message, line: place.line, column: place.column)
      return Conversion(original: file, outcome: .declined(problem.message), rewritten: file, findings: [finding])
    }
    if let unknown = file.items.first(where: { if case .unknown = $0 { true } else { false } }) {
      return declined(file, "'\(unknown.text.trimmingLine.prefix(60))' is no instruction that Docker knows")
    }
    guard let from = file.instructions.first(where: { $0.keyword == .from }).flatMap({ From($0) }) else {
      return declined(file, "the file has no FROM that Docker can read")
    }
    if let refusal = Gate.refusal(of: file, path: path) { return unchanged(file, refusal) }
    return plan(file, from: from)
  }

  // MARK: The situation

  private func plan(_ file: Dockerfile, from: From) -> Conversion {
    let ignorePath = self.ignorePath
    let ignoreBytes = try? reader.contents(of: ignorePath).get()
    let ignore = IgnoreFile(parsing: ignoreBytes ?? [])
    if let line = ignore.brokenLine {
      return declined(file, "'\(ignorePath)', line \(line), is a pattern Docker refuses")
    }
    let listing = ContextListing(reader, ignoring: ignore)
    let globals = Dictionary(file.globalArguments) { $1 }
    let image = Expansion.expand(from.image, escape: file.escape) { globals[$0] ?? nil }
    let base = image.flatMap { Catalogue.builtin.resolve($0) }
    let trace = Trace(of: file, base: base, globals: globals, reader: reader, listing: listing, table: .builtin)
    let compose = composeServices()
    let roots = Roots(of: file, trace: trace, services: compose.services, reader: reader, listing: listing)
    let situation = Situation(
      file: file, from: from, base: base, trace: trace, roots: roots, reader: reader, listing: listing,
      options: options, targets: compose.targets)
    let language = language(of: situation)
    if let refusal = Gate.refusal(of: situation, language: language) {
      return unchanged(file, refusal, language: language?.id, findings: compose.findings)
    }
    guard let language else { return unchanged(file, Refusal(.nothingToGain)) }
    if let problem = language.fault(situation) {
      let finding = Finding(
        id: "broken-manifest", severity: .error, message: problem.message, file: problem.file, line: problem.line)
      return Conversion(
        original: file, outcome: .declined("'\(problem.file)' cannot be read: \(problem.message)"),
        language: language.id, rewritten: file, findings: [finding])
    }
    return climb(
      situation, language: language, ignorePath: ignorePath, ignoreBytes: ignoreBytes,
      findings: compose.findings + advice(situation))
  }

  private var ignorePath: String {
    let own = path + ".dockerignore"
    return reader.exists(own) ? own : ".dockerignore"
  }

  private func language(of situation: Situation) -> Language? {
    let effects = situation.trace.steps.flatMap { $0.effects.flatMap(\.flattened) }
    if effects.contains(where: { !$0.goPackages.isEmpty || ($0.program == "go" && $0.role == .build) }) { return .go }
    if let id = situation.base?.family.language, let language = Language.all.first(where: { $0.id == id }) {
      return language
    }
    if effects.contains(where: { $0.python != nil }) { return .python }
    if effects.contains(where: { $0.node != nil }) { return .node }
    return nil
  }

  // MARK: Project files

  /// The compose services that build this very file, and every stage a compose file asks for.
  private func composeServices() -> (services: [ComposeFile.Service], targets: Set<String>, findings: [Finding]) {
    guard case .success(let entries) = reader.entries(of: ".") else { return ([], [], []) }
    var services: [ComposeFile.Service] = []
    var targets: Set<String> = []
    var findings: [Finding] = []
    for entry in entries where entry.kind == .file && ComposeFile.isName(entry.name) {
      guard let text = reader.text(of: entry.name) else { continue }
      switch ComposeFile.parse(text, file: entry.name) {
      case .success(let file):
        targets.formUnion(file.services.compactMap(\.target))
        services += file.services.filter {
          $0.context == "." && ContextPath.clean($0.dockerfile) == ContextPath.clean(path)
        }
      case .failure(let error):
        findings.append(
          Finding(
            id: "broken-manifest", severity: .warning, message: error.problem.message, file: error.problem.file,
            line: error.problem.line))
      }
    }
    return (services, targets, findings)
  }

  /// The other Dockerfiles of the context, which share its ignore file.
  private func otherDockerfiles(_ listing: ContextListing) -> [Dockerfile] {
    listing.files.compactMap { file in
      let name = ContextPath.lastComponent(file.path).lowercased()
      let isDockerfile =
        name == "dockerfile" || name.hasPrefix("dockerfile.") || name.hasPrefix("dockerfile-")
        || name.hasSuffix(".dockerfile") || name == "containerfile"
      guard isDockerfile, !name.hasSuffix(".dockerignore"), ContextPath.clean(file.path) != ContextPath.clean(path)
      else { return nil }
      guard case .success(let bytes) = reader.contents(of: file.path), bytes.count <= Self.largestFile else {
        return nil
      }
      let other = Dockerfile(parsing: bytes)
      return usesThisContext(other, at: file.path, listing) ? other : nil
    }
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
    _ situation: Situation, language: Language, ignorePath: String, ignoreBytes: [UInt8]?, findings: [Finding]
  ) -> Conversion {
    var rejections: [Rejection] = []
    let missing = situation.trace.steps.first { $0.copied.map { !$0.missing.isEmpty } ?? false }
    let ignore = IgnorePlan(
      situation, path: ignorePath, current: ignoreBytes, others: otherDockerfiles(situation.listing))
    let manifestFirst = ManifestFirst(situation: situation, ignore: ignore)
    for strategy in language.strategies {
      func reject(_ refusal: Refusal) { rejections.append(Rejection(rung: strategy.rung, refusal: refusal)) }
      var plan: StagePlan
      switch strategy.plan(situation) {
      case .failure(let refusal):
        reject(refusal)
        continue
      case .success(let made): plan = made
      }
      plan.builderLines = manifestFirst.applied(to: plan.builderLines)
      if options.isStrict, let assumption = plan.assumptions.first {
        reject(
          Refusal(.nothingToGain, "the rewrite assumes that \(assumption.summary), and --strict allows no assumption"))
        continue
      }
      guard let template = templates.template(plan.template) else { continue }
      var assembler = Assembler(file: situation.file, plan: plan, template: template)
      guard let result = try? assembler.assemble() else {
        reject(Refusal(.buildsAsBefore, "the new file's text would not read back as it is meant"))
        continue
      }
      let contract = Contract(situation: situation, plan: plan, result: result, ignore: ignore)
      if let violation = contract.violation() {
        reject(Refusal(violation.invariant.reason, violation.why))
        continue
      }
      let estimate = Estimate(situation, plan: plan)
      if estimate.saving < 20_000_000, estimate.saving * 10 < estimate.before {
        reject(Refusal(.nothingToGain))
        continue
      }
      var all = findings + plan.findings
      if let missing {
        all.append(
          Finding(
            id: "missing-source", severity: .warning,
            message: "'\(missing.instruction.firstLine)' copies what is not in this context"))
      }
      return Conversion(
        original: situation.file, outcome: plan.rung == .rebase ? .rebased : .rewritten(plan.rung),
        language: language.id, plan: plan, rewritten: result,
        ignoreFile: ignore.text == nil ? nil : ignore, findings: all, estimate: estimate, verdicts: contract.check(),
        rejections: rejections)
    }
    var answer = unchanged(
      situation.file, Self.telling(rejections), language: language.id, findings: findings)
    answer.rejections = rejections
    return answer
  }

  /// The refusal of the most careful step that was meant for such a file.
  private static func telling(_ rejections: [Rejection]) -> Refusal {
    let last = rejections.last { !$0.refusal.isBesideThePoint } ?? rejections.last
    return last?.refusal ?? Refusal(.nothingToGain)
  }

  private func advice(_ situation: Situation) -> [Finding] {
    var findings: [Finding] = []
    if let reference = ImageReference(situation.from.image), reference.digest == nil,
      reference.tag == nil || reference.tag == "latest"
    {
      findings.append(
        Finding(
          id: "floating-tag", severity: .note,
          message: "'\(situation.from.image)' moves with every release: name a version"))
    }
    for file in situation.listing.files
    where [".env", ".netrc", ".npmrc", ".pypirc", "id_rsa"].contains(ContextPath.lastComponent(file.path)) {
      let reaches = !situation.trace.map.imagePaths(of: file.path).isEmpty
      if reaches {
        findings.append(
          Finding(
            id: "secret-in-context", severity: .warning,
            message: "'\(file.path)' is copied into the image: hide it or use --mount=type=secret", file: file.path))
      }
    }
    return findings
  }

  // MARK: Answers

  private func declined(_ file: Dockerfile, _ message: String) -> Conversion {
    Conversion(
      original: file, outcome: .declined(message), rewritten: file,
      findings: [Finding(id: "declined", severity: .error, message: message)])
  }

  private func unchanged(_ file: Dockerfile, _ refusal: Refusal, language: String? = nil, findings: [Finding] = [])
    -> Conversion
  {
    Conversion(original: file, outcome: .unchanged(refusal), language: language, rewritten: file, findings: findings)
  }

  private func isValidUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
}
