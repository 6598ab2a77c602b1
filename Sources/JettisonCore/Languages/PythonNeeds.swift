import ContextFiles
import DockerfileSyntax
import Projects

/// What a Python image needs in its final stage besides dependencies and sources.
struct PythonNeeds {
  /// The author's packages that stay, by the step that installs them.
  var kept: [Int: [String]] = [:]
  /// Libraries that stand for the author's `-dev` packages, by step.
  var libraries: [Int: [String]] = [:]
  /// Packages that the final base lost.
  var lost: [String] = []
  /// Installed packages that are not in the final image.
  var dropped: [String] = []
  /// What was found.
  var findings: [Finding] = []
  /// What is taken for granted.
  var assumptions: Set<Assumption> = []
  /// String literals of the project's own sources.
  let literals: Set<String>

  init(_ situation: Situation, installs: [PythonInstall], losesPrograms: Bool) throws(Refusal) {
    var literals: Set<String> = []
    var started: Set<String> = []
    for file in situation.listing.files where file.path.hasSuffix(".py") {
      guard case .success(let bytes) = situation.reader.contents(of: file.path) else { continue }
      let source = PythonSource(parsing: bytes)
      literals.formUnion(source.literals)
      if !source.imports.isDisjoint(with: ["subprocess", "os", "sh", "plumbum", "pexpect", "shutil", "asyncio"]) {
        for literal in source.literals {
          guard let word = literal.split(separator: " ").first.map(String.init) else { continue }
          if SystemCommands.notable.contains(word) { started.insert(word) }
        }
      }
    }
    self.literals = literals
    readPackages(situation, started: started)
    if losesPrograms {
      try readLostPrograms(situation, started: started)
      try readLibraries(situation, installs: installs)
      assumptions.formUnion([.tagPair, .pyLibs])
      if !started.isEmpty { assumptions.insert(.execLiterals) }
    }
  }

  private mutating func readPackages(_ situation: Situation, started: Set<String>) {
    dropped = situation.packagesRemovedLater
    for package in situation.installedPackages {
      let called = SystemPackages.programs(of: package.name).contains {
        started.contains($0) || situation.rootsName($0)
      }
      switch SystemPackages.role(of: package.name, manager: package.manager, releases: situation.base?.releases ?? []) {
      case .build:
        if called {
          kept[package.step, default: []].append(package.name)
        } else {
          dropped.append(package.name)
          addInterpreter(behind: package, situation)
        }
      case .buildAnd(let names):
        if called {
          kept[package.step, default: []].append(package.name)
        } else {
          dropped.append(package.name)
          for name in names where !(libraries[package.step] ?? []).contains(name) {
            libraries[package.step, default: []].append(name)
          }
        }
      case .runtime: kept[package.step, default: []].append(package.name)
      }
    }
  }

  /// On a plain system the interpreter comes as a dependency of what only the build needs, and with it what code imports
  /// without naming it.
  private mutating func addInterpreter(
    behind package: (name: String, manager: PackageManager, step: Int), _ situation: Situation
  ) {
    guard situation.base?.family.name != "python" else { return }
    let pip = ["python3-pip", "python3-venv", "python3-virtualenv", "python3-setuptools"]
    let names: [String]
    switch package.name {
    case let name where pip.contains(name): names = ["python3", "python3-setuptools", "ca-certificates"]
    case "python3-dev", "libpython3-dev": names = ["python3"]
    case "python-pip", "python-dev", "python2-dev": names = ["python"]
    case "py3-pip": names = ["python3", "ca-certificates"]
    default: return
    }
    for name in names where !(libraries[package.step] ?? []).contains(name) {
      libraries[package.step, default: []].append(name)
    }
  }

  /// Programs of the full image that the slim one lacks and something calls.
  private mutating func readLostPrograms(_ situation: Situation, started: Set<String>) throws(Refusal) {
    guard let base = situation.base, let slim = base.variant.slimmer.flatMap({ base.family.variants[$0] }) else {
      return
    }
    var called = started
    for command in situation.roots.commands {
      if let program = command.words.first ?? nil { called.insert(ContextPath.lastComponent(program)) }
      for word in command.words.compactMap({ $0 })
      where SystemCommands.notable.contains(ContextPath.lastComponent(word)) {
        called.insert(ContextPath.lastComponent(word))
      }
    }
    let present = Set(kept.values.flatMap { $0 }.flatMap(SystemPackages.programs))
    for program in called.sorted()
    where base.variant.programs.contains(program) && !slim.programs.contains(program) && !present.contains(program) {
      guard let package = SystemPackages.package(bringing: program, manager: .apt) else {
        throw Refusal(.startNeedsToolchain, "'\(program)' is called at run time, and only the full image has it")
      }
      if !lost.contains(package) { lost.append(package) }
      findings.append(
        Finding(
          id: "package-of-lost-base", severity: .note,
          message:
            "the final image installs '\(package)', which the full base held, because '\(program)' is called at run time"
        ))
    }
  }

  private mutating func readLibraries(_ situation: Situation, installs: [PythonInstall]) throws(Refusal) {
    let distributions = installs.flatMap(\.distributions)
    if let browser = distributions.first(where: { PythonLibraries.browsers.contains($0.name) }) {
      throw Refusal(.noRuntimeVariant, "\(browser.name) drives a browser with more system libraries than can be named")
    }
    let minor = situation.base?.versionNumbers.map { $0.minor }
    let present = Set(kept.values.flatMap { $0 } + libraries.values.flatMap { $0 })
    let names = try PythonLibraries.packages(
      for: distributions, releases: situation.base?.releases ?? [], pythonMinor: minor, present: present
    ).get()
    for name in names where !present.contains(name) && !lost.contains(name) {
      lost.append(name)
      findings.append(
        Finding(
          id: "package-of-lost-base", severity: .note,
          message: "the final image installs '\(name)', which the full base held, because a dependency loads it"))
    }
  }
}
