import ContextFiles
import DockerfileSyntax
import JettisonCore
import Projects

/// Converts every Dockerfile below a folder.
///
/// The tree is walked once, each Dockerfile and compose file is read once, and each Dockerfile is converted on its own with
/// what the rest of the tree says about it; so the work can be spread and the answer does not depend on how.
struct BatchRun: Sendable {
  /// The folder, absolute and without links.
  var root: String
  /// A person's choices.
  var flags: RewriteFlags
  /// How many threads work.
  var jobs: Int
  /// The Dockerfiles to answer for.
  var selection = BatchSelection()
  /// Whether lines are kept with their reasons, for reports that show them.
  var explains = false
  /// Whether the first Dockerfile, by path, that cannot be dealt with ends the batch.
  var failsFast = false

  /// A Dockerfile that was read.
  private struct Candidate: Sendable {
    var path: String
    var bytes: [UInt8]
    var sources: CopySources
  }

  /// Finds and converts; nothing is written.
  func run() throws(ToolError) -> BatchResult {
    let listing = RepositoryListing(
      ContextReader(
        list: { Disk.list(absolute($0)) }, read: { Disk.read(absolute($0)) }), rules: outerIgnoreRules)
    if let trouble = listing.troubles.first(where: { $0.path == "." }) {
      throw ToolError(path: root, message: "cannot be listed: \(trouble.error.message)", id: "unreadable")
    }
    var problems = listing.troubles.map {
      Finding(id: .unreadable, severity: .error, message: "cannot be listed: \($0.error.message)", file: $0.path)
    }
    var entries = listing.misnamedFolders.map { BatchEntry.failed($0, "it is a folder, not a file") }
    var builds = readBuilds(listing, problems: &problems)
    let links = resolvedLinks(listing, entries: &entries, problems: &problems)

    let found = Set(listing.dockerfiles)
    let named = builds.uses.map(\.dockerfile) + links.map(\.dockerfile)
    let certain = Set(
      named.filter { path in listing.folders[ContextPath.parent(path)] != nil && isFile(path, listing) })
    var candidates: [Candidate] = []
    for (path, read) in read(found.union(certain).sorted(by: bytewise), certain: certain) {
      switch read {
      case .success(let candidate?): candidates.append(candidate)
      case .success(nil): break
      case .failure(let error): entries.append(.failed(path, "cannot be read: \(error.message)"))
      }
    }
    builds.assign(
      Dictionary(uniqueKeysWithValues: candidates.map { ($0.path, $0.sources) }), links: links, in: listing)
    problems += builds.findings
    let units = selection.units(builds.groups, others: entries.map(\.dockerfile))
    func isHere(_ path: String) -> Bool { units[path].map { selection.shard?.holds($0) ?? true } ?? false }
    entries = entries.filter { isHere($0.dockerfile) }
    entries += convert(candidates, where: isHere, builds: builds, listing: listing)
    for index in entries.indices { entries[index].unit = units[entries[index].dockerfile] ?? 0 }
    entries.sort { bytewise($0.dockerfile, $1.dockerfile) }
    if failsFast, let end = entries.firstIndex(where: \.isTrouble) { entries.removeSubrange((end + 1)...) }
    problems.sort { left, right in
      left.file == right.file ? left.message < right.message : bytewise(left.file ?? "", right.file ?? "")
    }
    return BatchResult(entries: entries, problems: selection.tellsOfRepository ? problems : [])
  }

  /// The `.gitignore` files between the root and the repository it lies in, the outermost first.
  private var outerIgnoreRules: [RepositoryListing.IgnoreRules] {
    guard let repository = Disk.repositoryRoot(of: root), repository != root else { return [] }
    var rules: [RepositoryListing.IgnoreRules] = []
    var folder = root
    repeat {
      folder = ContextPath.parent(folder)
      if case .success(let bytes) = Disk.read(folder + "/.gitignore"),
        let prefix = ContextPath.relative(root, to: folder)
      {
        rules.insert(.init(GitIgnore(parsing: String(decoding: bytes, as: UTF8.self)), above: prefix), at: 0)
      }
    } while folder != repository
    return rules
  }

  private func absolute(_ path: String) -> String { path == "." ? root : root + "/" + path }

  private func isFile(_ path: String, _ listing: RepositoryListing) -> Bool {
    listing.entry(at: path)?.kind == .file
  }

  /// The path without links of something below the root, nil when it is not there or lies outside.
  private func resolved(_ path: String) -> String? {
    Disk.canonical(absolute(path)).flatMap { ContextPath.relative($0, to: root) }
  }

  // MARK: Reading

  /// What the files of the repository say about how its images are built.
  private func readBuilds(_ listing: RepositoryListing, problems: inout [Finding]) -> RepositoryBuilds {
    let composeFiles = parsed(listing.composeFiles, problems: &problems) { ComposeFile.parse($0, file: $1) }
    let others = parsed(listing.buildFiles, problems: &problems) { text, path in
      ImageBuild.tool(of: path).map { ImageBuild.parse(text, path: path, tool: $0) } ?? .success([])
    }
    return RepositoryBuilds(
      composeFiles: composeFiles.map { (path: $0.path, file: $0.value) },
      others: others.flatMap { file in file.value.map { (path: file.path, build: $0) } }
    ) { path in
      listing.folders[path] != nil || isFile(path, listing) ? path : resolved(path)
    }
  }

  /// Reads files that say how images are built; one that cannot be read costs no more than what it would have told.
  private func parsed<Value: Sendable>(
    _ paths: [String], problems: inout [Finding],
    _ parse: @escaping @Sendable (String, String) -> Result<Value, ProjectProblemError>
  ) -> [(path: String, value: Value)] {
    let answers = Workers.map(paths, jobs: jobs) { path -> Result<Value, ProjectProblemError> in
      switch Disk.read(absolute(path)) {
      case .failure(let error):
        .failure(
          ProjectProblemError(ProjectProblem(file: path, line: nil, message: "cannot be read: \(error.message)")))
      case .success(let bytes): parse(String(decoding: bytes, as: UTF8.self), path)
      }
    }
    return zip(paths, answers).compactMap { path, answer in
      switch answer {
      case .success(let value): return (path, value)
      case .failure(let error):
        problems.append(Finding(error.problem))
        return nil
      }
    }
  }

  /// Links with a Dockerfile's name: each is another place from which the file behind it is built.
  private func resolvedLinks(
    _ listing: RepositoryListing, entries: inout [BatchEntry], problems: inout [Finding]
  ) -> [(link: String, dockerfile: String)] {
    var links: [(link: String, dockerfile: String)] = []
    for link in listing.links {
      guard let target = Disk.canonical(absolute(link)) else {
        entries.append(.failed(link, "it is a link that leads nowhere"))
        continue
      }
      guard let inside = ContextPath.relative(target, to: root) else {
        problems.append(
          Finding(
            id: .outside, severity: .note, message: "it is a link that leaves the folder and is not followed",
            file: link))
        continue
      }
      if Disk.isDirectory(target) == false { links.append((link, inside)) }
    }
    return links
  }

  /// Reads Dockerfiles; nil for one that only its name makes look like one.
  private func read(_ paths: [String], certain: Set<String>) -> [(String, Result<Candidate?, ContextError>)] {
    let answers = Workers.map(paths, jobs: jobs) { path -> Result<Candidate?, ContextError> in
      let isCertain =
        certain.contains(path) || DockerfileName(ContextPath.lastComponent(path)) == .certain
      switch Disk.read(absolute(path), first: Conversion.largestFile + 1) {
      case .failure(let error): return isCertain ? .failure(error) : .success(nil)
      case .success(let bytes):
        let isSmall = bytes.count <= Conversion.largestFile
        let file = Dockerfile(parsing: isSmall ? bytes : [])
        guard isCertain || file.canBeAnalysed else { return .success(nil) }
        return .success(Candidate(path: path, bytes: bytes, sources: CopySources(of: file)))
      }
    }
    return Array(zip(paths, answers))
  }

  // MARK: Converting

  private func convert(
    _ candidates: [Candidate], where isHere: (String) -> Bool, builds: RepositoryBuilds, listing: RepositoryListing
  ) -> [BatchEntry] {
    let texts = Dictionary(uniqueKeysWithValues: candidates.map { ($0.path, $0.bytes) })
    let shared = SharedContexts(texts)
    let wanted = candidates.filter { isHere($0.path) }
    let progress = Progress(total: wanted.count)
    defer { progress.finish() }
    return Workers.map(wanted, jobs: jobs, until: { [failsFast] in failsFast && $0.isTrouble }) { candidate in
      defer { progress.advance(candidate.path) }
      return convert(candidate, builds: builds, shared: shared, listing: listing)
    }
  }

  private func convert(
    _ candidate: Candidate, builds: RepositoryBuilds, shared: SharedContexts, listing: RepositoryListing
  ) -> BatchEntry {
    let contexts = builds.contexts[candidate.path] ?? []
    var answers: [(context: BuildContext, conversion: Conversion)] = []
    do throws(ToolError) {
      if try isExcluded(candidate.path) {
        let refusal = Refusal(.ignored, "\(SettingsFile.name) excludes it from batches")
        return BatchEntry(
          dockerfile: candidate.path, contexts: contexts,
          summary: ConversionSummary(.unchanged(candidate.bytes, refusal)))
      }
      for context in contexts {
        var conversion = try convert(candidate, in: context, builds: builds, shared: shared, listing: listing)
        for index in conversion.findings.indices {
          conversion.findings[index].file = conversion.findings[index].file.map { ContextPath.join(context.path, $0) }
        }
        answers.append((context, conversion))
      }
    } catch {
      return .failed(candidate.path, contexts: contexts, error.place + error.message)
    }
    guard let conversion = Conversion.agreed(answers) else {
      return .failed(candidate.path, "it has no build context")
    }
    var entry = BatchEntry(
      dockerfile: candidate.path, contexts: contexts, summary: ConversionSummary(conversion))
    if conversion.rewritten != conversion.original {
      entry.rewritten = conversion.rewritten.bytes
      entry.original = candidate.bytes
      entry.line = conversion.original.lineOfFrom
      if explains { entry.explanation = conversion.explanation }
      for (context, answer) in answers {
        if let plan = answer.ignoreFile { entry.ignorePlans[ContextPath.join(context.path, plan.path)] = plan }
      }
    }
    return entry
  }

  /// Whether the repository's own choices leave a Dockerfile out.
  private func isExcluded(_ path: String) throws(ToolError) -> Bool {
    guard let file = try SettingsFile.nearest(to: ContextPath.parent(absolute(path))),
      let seen = ContextPath.relative(absolute(path), to: file.folder)
    else { return false }
    return file.settings.exclude?.hides(seen) == true
  }

  private func convert(
    _ candidate: Candidate, in context: BuildContext, builds: RepositoryBuilds, shared: SharedContexts,
    listing: RepositoryListing
  ) throws(ToolError) -> Conversion {
    if context.isOutside {
      return .unchanged(
        candidate.bytes,
        Refusal(
          .completeContext,
          "it is built with the context '\(context.path)', which lies outside the folder that batch looks at"))
    }
    let folder = absolute(context.path)
    let subject = Subject(
      displayPath: candidate.path, file: absolute(candidate.path), contextRoot: folder, bytes: candidate.bytes)
    var reader = listing.reader(of: context.path, over: Disk.reader(of: folder))
    var dockerfiles: [String: Dockerfile] = [:]
    if builds.isShared(context) {
      dockerfiles = shared.dockerfiles(of: context, builds)
      reader = shared.remembering(reader, of: context)
    }
    return try subject.convert(
      flags, reader: reader, users: builds.users(of: candidate.path, in: context, dockerfiles: dockerfiles))
  }
}
