import ContextFiles
import DockerfileSyntax
import Projects

/// The new text of the context's ignore file.
public struct IgnorePlan: Sendable, Hashable {
  /// The file's path in the context, for example `.dockerignore`.
  public var path: String
  /// The patterns added.
  public var added: [String] = []
  /// The whole new file; nil when nothing is added.
  public var bytes: [UInt8]?
  /// The ignore file as it will be.
  private var result: IgnoreFile
  /// What the ignore file would hide although something needs it; nil when all is well.
  var violation: String?

  /// The line above the patterns.
  static let mark = "# Added by Jettison: no build of this context needs these."

  /// Plans an ignore file for everybody who uses the context.
  ///
  /// - Parameters:
  ///   - situation: the rewrite.
  ///   - path: which file is in force.
  ///   - current: its bytes, nil when there is none.
  ///   - others: the other Dockerfiles that use this context.
  init(_ situation: Situation, path: String, current: [UInt8]?, others: [Dockerfile]) {
    self.path = path
    let current = current ?? []
    let existing = IgnoreFile(parsing: current)
    result = existing
    guard existing.problem == nil, !String(decoding: current, as: UTF8.self).contains(Self.mark) else { return }
    var patterns: [IgnorePattern] = []
    let others = others.map(User.init)
    let users = [User(situation.file)] + others
    let othersCopyAll = others.contains(where: \.copiesAll)
    for candidate in Self.candidates(situation) {
      if othersCopyAll, !candidate.isHarmless { continue }
      guard candidate.paths.isEmpty || candidate.paths.contains(where: { !existing.hides($0) }) else { continue }
      guard !existing.patterns.contains(where: { $0.text == candidate.pattern }),
        let pattern = IgnorePattern(parsing: candidate.pattern)
      else { continue }
      if users.contains(where: { $0.names(pattern, candidate.pattern, isResult: candidate.isResult) }) { continue }
      if Self.isNeeded(candidate, situation) { continue }
      patterns.append(pattern)
    }
    guard !patterns.isEmpty, let bytes = IgnoreFile.appending(patterns, under: Self.mark, to: current) else { return }
    self.bytes = bytes
    added = patterns.compactMap(\.line)
    result = existing.appending(patterns)
    violation = Self.check(result, before: existing, users: users, situation)
  }

  /// The plan that does what several do for the same file: each pattern is safe for every user of the context, and so
  /// are all of them together, since a pattern without `!` only ever hides more.
  ///
  /// - Parameters:
  ///   - plans: the plans, each with something to add.
  ///   - current: the file's bytes, nil when there is none.
  /// - Returns: nil when there is no plan.
  public static func union(_ plans: [IgnorePlan], current: [UInt8]?) -> IgnorePlan? {
    guard var union = plans.first else { return nil }
    for pattern in plans.dropFirst().flatMap(\.added) where !union.added.contains(pattern) {
      union.added.append(pattern)
    }
    let patterns = union.added.compactMap { IgnorePattern(parsing: $0) }
    union.result = IgnoreFile(parsing: current ?? []).appending(patterns)
    union.bytes = IgnoreFile.appending(patterns, under: mark, to: current ?? [])
    return union
  }

  /// Whether the new ignore file hides a path.
  func hides(_ path: String) -> Bool { result.hides(path) }

  // MARK: Candidates

  private struct Candidate {
    var pattern: String
    /// The paths of the context it would hide.
    var paths: [String]
    /// Whether no build can need it, not even one that is not analysed.
    var isHarmless: Bool
    /// Whether the build makes it anew, so that its name in RUN lines and start commands means what was built.
    var isResult = false
  }

  private static func candidates(_ situation: Situation) -> [Candidate] {
    var result: [Candidate] = []
    let listing = situation.listing
    func add(_ pattern: String, _ path: String, harmless: Bool = false) {
      if listing[path] != nil { result.append(Candidate(pattern: pattern, paths: [path], isHarmless: harmless)) }
    }
    add(".git", ".git")
    add(".github", ".github")
    for name in [".idea", ".vscode", ".DS_Store"] { add(name, name, harmless: true) }
    result.append(Candidate(pattern: ".dockerignore", paths: [], isHarmless: false))
    let names = listing.files.map(\.path).filter { !$0.contains("/") }
    for (pattern, matches) in [
      ("Dockerfile*", names.filter { $0.hasPrefix("Dockerfile") }),
      ("*.dockerfile", names.filter { $0.hasSuffix(".dockerfile") }),
      ("docker-compose*", names.filter { $0.hasPrefix("docker-compose") && ComposeFile.isName($0) }),
    ] {
      if matches.count > 1 {
        result.append(Candidate(pattern: pattern, paths: matches, isHarmless: false))
      } else if let only = matches.first {
        if let pattern = IgnorePattern(path: only)?.line { add(pattern, only) }
      }
    }
    for name in names where name == "dockerfile" || name == "compose.yaml" || name == "compose.yml" { add(name, name) }
    if situation.base?.family.language == "python" {
      result.append(Candidate(pattern: "**/__pycache__", paths: [], isHarmless: true))
      // Compiled modules without their sources are what runs.
      if !listing.files.contains(where: { isCompiledModule($0.path) }) {
        result.append(Candidate(pattern: "**/*.py[cod]", paths: [], isHarmless: true))
      }
      for folder in [".venv", "venv", "env"] where listing[folder + "/pyvenv.cfg"] != nil || (folder == ".venv") {
        result.append(Candidate(pattern: folder, paths: [], isHarmless: false))
      }
      for folder in [".pytest_cache", ".mypy_cache", ".ruff_cache", ".tox"] { add(folder, folder, harmless: true) }
    }
    if buildsJava(situation) {
      if listing["pom.xml"] != nil {
        result.append(Candidate(pattern: "target", paths: [], isHarmless: false, isResult: true))
      }
      if GradleProject.isBuild(".", in: listing) {
        result.append(Candidate(pattern: ".gradle", paths: [], isHarmless: true))
        let results = ["libs", "classes", "tmp", "install"].contains { listing["build/" + $0] != nil }
        if listing["build"] == nil || results {
          result.append(Candidate(pattern: "build", paths: [], isHarmless: false, isResult: true))
        }
      }
    }
    for pattern in remadeModules(situation) {
      result.append(Candidate(pattern: pattern, paths: [], isHarmless: false, isResult: true))
    }
    return result
  }

  private static func isCompiledModule(_ path: String) -> Bool {
    [".pyc", ".pyo", ".pyd"].contains { path.hasSuffix($0) } && !path.split(separator: "/").contains("__pycache__")
  }

  private static func buildsJava(_ situation: Situation) -> Bool {
    situation.trace.steps.contains { $0.effects.flatMap(\.flattened).contains { $0.java != nil } }
  }

  /// Where the build installs Node's dependencies, unless they are kept in version control.
  private static func remadeModules(_ situation: Situation) -> [String] {
    let installs = NodeFacts.installs(of: situation)
    guard !installs.isEmpty else { return [] }
    let folders = installs.compactMap { install -> String? in
      guard case .success(let project)? = install.project(in: situation) else { return nil }
      return project.workspaces.isEmpty ? project.folder : "*"
    }
    let present = situation.listing.directories.filter { ContextPath.lastComponent($0) == "node_modules" }
    let ignored = (situation.reader.text(of: ".gitignore") ?? "").split(whereSeparator: \.isNewline).contains {
      $0.contains("node_modules") && !$0.hasPrefix("!")
    }
    let isOnlyInstalled = present.allSatisfy { path in
      ignored && installs.contains { $0.node.folder != nil }
        && folders.contains { $0 == "*" || $0 == ContextPath.parent(path) }
    }
    guard isOnlyInstalled, !folders.isEmpty else { return [] }
    return folders.allSatisfy { $0 == "." } ? ["node_modules"] : ["**/node_modules"]
  }

  // MARK: Who needs what

  /// What a Dockerfile takes from the context, read once for all patterns.
  private struct User {
    let copies: [(instruction: Instruction, sources: [String])]
    let runs: [String]

    init(_ file: Dockerfile) {
      let instructions = file.instructions
      copies = instructions.compactMap { instruction in
        guard let copy = Copy(instruction), copy.from == nil else { return nil }
        return (instruction, copy.sources)
      }
      runs = instructions.filter { $0.keyword == .run }.map(\.text)
    }

    var copiesAll: Bool {
      copies.contains { copy in
        copy.sources.contains { [".", "./", "/"].contains($0) || $0.contains("*") || $0.contains("$") }
      }
    }

    /// Whether the instructions name what a pattern hides.
    func names(_ pattern: IgnorePattern, _ text: String, isResult: Bool) -> Bool {
      let isCopied = copies.contains { copy in
        copy.sources.contains { source in
          let path = ContextPath.clean(source)
          let relative = path.hasPrefix("/") ? String(path.dropFirst()) : path
          return pattern.matches(relative)
            || ContextPath.isWithin(text, relative) && relative != "." && !relative.isEmpty
        }
      }
      return isCopied || !text.hasPrefix("**") && !isResult && runs.contains { $0.contains(text) }
    }
  }

  private static func isNeeded(_ candidate: Candidate, _ situation: Situation) -> Bool {
    if candidate.pattern == ".git" { return needsVersionControl(situation) }
    // To git a file that is hidden is one that was removed.
    if !candidate.isResult, !candidate.pattern.hasPrefix("**"), asksWhetherClean(situation) { return true }
    if situation.roots.text.contains(candidate.pattern), !candidate.isResult { return true }
    let names = candidate.paths.filter { situation.listing[$0]?.kind == .file }.map(ContextPath.lastComponent)
    if !names.isEmpty, isNamedBySources(names, situation) { return true }
    // An ignore file or Dockerfile is only hidden when the build copies whole folders; otherwise the pattern says nothing.
    return false
  }

  /// Whether the build asks git if the tree is as it was committed.
  private static func asksWhetherClean(_ situation: Situation) -> Bool {
    guard situation.listing[".git"] != nil else { return false }
    let files = ["Makefile", "makefile", "GNUmakefile", "build.sh"].compactMap { situation.reader.text(of: $0) }
    return (situation.trace.steps.map(\.instruction.text) + files).contains { text in
      ["--dirty", "git status", "git diff", "git diff-index"].contains { text.contains($0) }
    }
  }

  /// Whether a source holds one of some names, be it to embed or to open the file.
  private static func isNamedBySources(_ names: [String], _ situation: Situation) -> Bool {
    let endings = [".go", ".py", ".js", ".ts", ".mjs", ".cjs", ".java", ".kt", ".rb", ".rs", ".php"]
    return situation.listing.files.contains { file in
      guard endings.contains(where: { file.path.hasSuffix($0) }),
        !file.path.split(separator: "/").contains(where: { $0 == "node_modules" || $0 == "vendor" }),
        let text = situation.reader.text(of: file.path)
      else { return false }
      return text.split(whereSeparator: \.isNewline).contains { line in
        names.contains { name in
          line.contains(name)
            && (line.contains("go:embed") || ["\"", "'", "`", "/"].contains { line.contains($0 + name) })
        }
      }
    }
  }

  private static func needsVersionControl(_ situation: Situation) -> Bool {
    if situation.trace.steps.contains(where: {
      $0.instruction.text.contains("git ") || $0.instruction.text.contains(".git")
    }) {
      return true
    }
    if NodeVersionControl.isNeeded(in: situation) || buildsJava(situation) && JavaVersionControl.isNeeded(in: situation)
    {
      return true
    }
    for name in ["pyproject.toml", "setup.py", "setup.cfg", "Makefile", "makefile", "build.sh"] {
      guard let text = situation.reader.text(of: name) else { continue }
      if text.contains("scm") || text.contains("vcs") || text.contains("versioneer")
        || text.contains("dynamic-versioning") || text.contains("git ") || text.contains("pbr")
      {
        return true
      }
    }
    return situation.listing.files.contains {
      $0.path.hasSuffix(".go") && !situation.trace.map.imagePaths(of: $0.path).isEmpty
        && situation.reader.text(of: $0.path)?.contains("debug.ReadBuildInfo") == true
    }
  }

  // MARK: The check of C8

  private static func check(_ after: IgnoreFile, before: IgnoreFile, users: [User], _ situation: Situation)
    -> String?
  {
    for copy in users.flatMap(\.copies) {
      for source in copy.sources where !source.contains("://") && !source.contains("$") {
        for path in situation.listing.matches(source) where path != "." && after.hides(path) && !before.hides(path) {
          return "the ignore file would hide '\(path)', which '\(copy.instruction.firstLine)' copies"
        }
      }
    }
    return nil
  }
}
