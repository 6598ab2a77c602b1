import ContextFiles

/// What the final image of an interpreted language needs besides dependencies and sources.
struct RuntimeNeeds {
  /// The author's packages that stay, by the step that installs them.
  var kept: [Int: [String]] = [:]
  /// Libraries that stand for the author's `-dev` packages, by step.
  var libraries: [Int: [String]] = [:]
  /// Packages that the final base lost.
  var lost: [String] = []
  /// Why it needs them.
  var lostReasons: [String] = []
  /// Installed packages that are not in the final image.
  var dropped: [String] = []
  /// What was found.
  var findings: [Finding] = []
  /// What is taken for granted.
  var assumptions: Set<Assumption> = []
  /// Programs that the code starts, as far as its literals name them.
  let started: Set<String>

  /// Divides the author's packages.
  ///
  /// - Parameters:
  ///   - situation: the file.
  ///   - started: programs that the code starts.
  ///   - mentioned: programs that its literals only hold the name of, which keeps the author's own packages.
  ///   - isForBuilding: packages that only a build needs in this language, unless something calls them.
  ///   - standsFor: packages that have to replace one that only the build needs, because it brings more than its name says.
  init(
    _ situation: Situation, started: Set<String>, mentioned: Set<String> = [],
    isForBuilding: (_ package: String) -> Bool = { _ in false },
    standsFor: (_ package: String) -> [String] = { _ in [] }
  ) {
    self.started = started
    dropped = situation.packagesRemovedLater
    for package in situation.installedPackages {
      let called = SystemPackages.programs(of: package.name).flatMap(SystemCommands.withCompanions).contains {
        started.contains($0) || mentioned.contains($0) || situation.rootsName($0)
      }
      let role =
        isForBuilding(package.name)
        ? .build
        : SystemPackages.role(of: package.name, manager: package.manager, releases: situation.base?.releases ?? [])
      switch role {
      case .runtime: kept[package.step, default: []].append(package.name)
      case .build where called, .buildAnd(_) where called: kept[package.step, default: []].append(package.name)
      case .build:
        dropped.append(package.name)
        addLibraries(standsFor(package.name), package.step)
      case .buildAnd(let names):
        dropped.append(package.name)
        addLibraries(standsFor(package.name), package.step)
        addLibraries(names.filter { situation.base?.variant.packages?.contains($0) != true }, package.step)
      }
    }
  }

  private mutating func addLibraries(_ names: [String], _ step: Int) {
    for name in names where !(libraries[step] ?? []).contains(name) { libraries[step, default: []].append(name) }
  }

  /// The packages that the final image gets by the author's own lines.
  var present: Set<String> { Set(kept.values.flatMap { $0 } + libraries.values.flatMap { $0 }) }

  /// Adds a package that came with one of the author's which stays behind.
  mutating func keep(_ package: String) {
    if !present.contains(package), !lost.contains(package) { lost.append(package) }
  }

  /// Adds a package that the author's base held.
  mutating func addLost(_ package: String, because: String) {
    guard !present.contains(package), !lost.contains(package) else { return }
    lost.append(package)
    lostReasons.append("the old base held '\(package)', and \(because)")
    findings.append(
      Finding(
        id: .packageOfLostBase, severity: .note,
        message: "the final image installs '\(package)', which the full base held, because \(because)"))
  }

  /// Adds the programs that the author's base has, the final one lacks and something calls.
  mutating func addLostPrograms(_ situation: Situation, final: Catalogue.Family.Variant, manager: PackageManager)
    throws(Refusal)
  {
    guard let base = situation.base else { return }
    var called = started
    for command in situation.roots.commands {
      if let program = command.words.first ?? nil { called.insert(ContextPath.lastComponent(program)) }
      for word in command.words.compactMap({ $0 })
      where SystemCommands.notable.contains(ContextPath.lastComponent(word)) {
        called.insert(ContextPath.lastComponent(word))
      }
    }
    let brought = Set(
      kept.values.flatMap { $0 }.flatMap(SystemPackages.programs).flatMap(SystemCommands.withCompanions))
    let lost = SystemCommands.programs(of: base.variant).subtracting(SystemCommands.programs(of: final))
    for program in called.sorted() where lost.contains(program) && !brought.contains(program) {
      guard let package = SystemPackages.package(bringing: program, manager: manager) else {
        throw Refusal(.startNeedsToolchain, "'\(program)' is called at run time, and only the full image has it")
      }
      addLost(package, because: "'\(program)' is called at run time")
    }
  }
}
