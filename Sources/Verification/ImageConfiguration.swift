import JettisonCore

/// How an image is started: the part of it that a rewrite must not change.
struct ImageConfiguration: Decodable, Sendable {
  /// The value of a set that Docker writes as an object.
  struct Nothing: Decodable, Sendable {}

  /// A health check; an unset duration and zero mean the same to Docker.
  struct HealthCheck: Decodable, Sendable, Equatable {
    let test: [String]
    let durations: [Int64]

    enum CodingKeys: String, CodingKey, CaseIterable {
      case test = "Test"
      case interval = "Interval"
      case timeout = "Timeout"
      case startPeriod = "StartPeriod"
      case startInterval = "StartInterval"
      case retries = "Retries"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      test = try values.decodeIfPresent([String].self, forKey: .test) ?? []
      durations = try CodingKeys.allCases.filter { $0 != .test }.map { key in
        try values.decodeIfPresent(Int64.self, forKey: key) ?? 0
      }
    }
  }

  let command: [String]?
  let entrypoint: [String]?
  let environment: [String]?
  let ports: [String: Nothing]?
  let labels: [String: String]?
  let user: String?
  let workingDirectory: String?
  let volumes: [String: Nothing]?
  let healthCheck: HealthCheck?
  let stopSignal: String?
  let shell: [String]?

  enum CodingKeys: String, CodingKey {
    case command = "Cmd"
    case entrypoint = "Entrypoint"
    case environment = "Env"
    case ports = "ExposedPorts"
    case labels = "Labels"
    case user = "User"
    case workingDirectory = "WorkingDir"
    case volumes = "Volumes"
    case healthCheck = "Healthcheck"
    case stopSignal = "StopSignal"
    case shell = "Shell"
  }
}

// MARK: - Comparison

extension ImageConfiguration {
  /// What differs in the new image, in sentences; users are compared apart, since they need the images' files.
  func differences(to new: ImageConfiguration) -> [String] {
    var problems: [String] = []
    func compare<Value: Equatable>(_ name: String, _ old: Value, _ new: Value) {
      if old != new { problems.append("\(name) was \(old), is \(new)") }
    }
    compare("Cmd", command ?? [], new.command ?? [])
    compare("Entrypoint", entrypoint ?? [], new.entrypoint ?? [])
    func compareSets(_ what: String, _ old: [String], _ new: [String]) {
      problems += old.filter { !new.contains($0) }.map { "\(what) \($0) is gone" }
      problems += new.filter { !old.contains($0) }.map { "\(what) \($0) is new" }
    }
    compareSets("the port", Self.names(ports), Self.names(new.ports))
    compareSets("the volume", Self.names(volumes), Self.names(new.volumes))
    compareSets("the label", Self.lines(labels), Self.lines(new.labels))
    compare("WorkingDir", workingFolder, new.workingFolder)
    compare("StopSignal", stopSignal ?? "", new.stopSignal ?? "")
    compare("Shell", shell ?? [], new.shell ?? [])
    if healthCheck != new.healthCheck {
      func text(_ check: HealthCheck?) -> String { check.map { "\($0.test) \($0.durations)" } ?? "none" }
      problems.append("Healthcheck was \(text(healthCheck)), is \(text(new.healthCheck))")
    }
    return problems + environmentDifferences(to: new)
  }

  /// The PATH in force.
  var path: String { variables["PATH"] ?? Self.defaultPath }

  /// The working directory; none is the root.
  var workingFolder: String {
    let folder = workingDirectory ?? ""
    if folder.isEmpty || folder == "/" { return "/" }
    return folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  }

  /// Whether a label is what a builder says of itself.
  private static func isBuilders(_ label: String) -> Bool { label.hasPrefix("io.buildah.") }

  private static func names(_ set: [String: Nothing]?) -> [String] {
    (set ?? [:]).keys.sorted()
  }

  private static func lines(_ labels: [String: String]?) -> [String] {
    (labels ?? [:]).filter { !$0.key.hasPrefix(Belongings.label) && !Self.isBuilders($0.key) }
      .map { "\($0.key)=\($0.value)" }.sorted()
  }
}

// MARK: - Environment

extension ImageConfiguration {
  /// Variables that describe a tool chain; they may go with it.
  private static func isToolchain(_ name: String) -> Bool {
    catalogued.contains(name) || name == "GPG_KEY" || name.hasPrefix("PYTHON_")
  }

  private static let catalogued = Set(
    Catalogue.builtin.families.values.flatMap { family in
      family.environment.filter { $0.value.toolchain == true }.keys
    })

  /// What went or changed with the tool chain, which is no fault.
  func toolchainDifferences(to new: ImageConfiguration) -> [String] {
    let (old, now) = (variables, new.variables)
    return Set(old.keys).union(now.keys).sorted().compactMap { name in
      guard name != "PATH", Self.isToolchain(name), old[name] != now[name] else { return nil }
      switch (old[name], now[name]) {
      case (let value?, nil): return "the variable \(name)=\(value) went with the tool chain"
      case (nil, let value?): return "the variable \(name)=\(value) comes with the new base"
      default: return "the variable \(name) changed with the base, from \(old[name] ?? "") to \(now[name] ?? "")"
      }
    }
  }

  /// What a template may declare on top.
  private static let additions: Set<String> = ["PYTHONUSERBASE", "SSL_CERT_FILE"]

  /// The PATH that the engine gives a container whose image names none.
  static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

  /// The variables by name.
  var variables: [String: String] {
    var variables: [String: String] = [:]
    for line in environment ?? [] {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first else { continue }
      variables[String(name)] = parts.count == 2 ? String(parts[1]) : ""
    }
    return variables
  }

  private func environmentDifferences(to new: ImageConfiguration) -> [String] {
    let old = variables
    let now = new.variables
    var problems: [String] = []
    for (name, value) in old.sorted(by: { $0.key < $1.key }) where name != "PATH" && !Self.isToolchain(name) {
      guard let current = now[name] else {
        problems.append("the variable \(name)=\(value) is gone")
        continue
      }
      if current != value { problems.append("the variable \(name) was '\(value)', is '\(current)'") }
    }
    for name in now.keys.sorted() where old[name] == nil && name != "PATH" {
      guard !Self.isToolchain(name), !Self.additions.contains(name) else { continue }
      problems.append("the variable \(name)=\(now[name] ?? "") is new")
    }
    return problems + pathDifferences(from: old, to: now)
  }

  /// Compares PATH entry by entry: those of the tool chain may go, the others keep their order.
  private func pathDifferences(from old: [String: String], to now: [String: String]) -> [String] {
    let before = Self.entries(old["PATH"] ?? Self.defaultPath)
    let after = Self.entries(now["PATH"] ?? Self.defaultPath)
    let goFolder = (old["GOPATH"] ?? "/go") + "/bin"
    let needed = before.filter { $0 != goFolder && !$0.hasPrefix("/usr/local/go/") }
    let allowed = Set(before).union(now["PYTHONUSERBASE"].map { ["\($0)/bin"] } ?? [])
    var problems: [String] = []
    let missing = needed.filter { !after.contains($0) }
    if !missing.isEmpty { problems.append("PATH lost \(missing.joined(separator: ", "))") }
    let added = after.filter { !allowed.contains($0) }
    if !added.isEmpty { problems.append("PATH gained \(added.joined(separator: ", "))") }
    if missing.isEmpty, after.filter({ needed.contains($0) }) != needed {
      problems.append("PATH was \(before.joined(separator: ":")), has another order: \(after.joined(separator: ":"))")
    }
    return problems
  }

  /// The entries of a PATH, each at its first place only, since a second one is never looked at.
  private static func entries(_ path: String) -> [String] {
    var seen: Set<String> = []
    return path.split(separator: ":").map(String.init).filter { seen.insert($0).inserted }
  }
}
