import Foundation

/// What `docker image inspect` says, as far as it is compared.
struct ImageInspection: Decodable, Sendable {
  let size: Int64
  let configuration: ImageConfiguration

  enum CodingKeys: String, CodingKey {
    case size = "Size"
    case configuration = "Config"
  }
}

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
    compare("ExposedPorts", Self.names(ports), Self.names(new.ports))
    compare("Volumes", Self.names(volumes), Self.names(new.volumes))
    compare("Labels", Self.lines(labels), Self.lines(new.labels))
    compare("WorkingDir", workingFolder, new.workingFolder)
    compare("StopSignal", stopSignal ?? "", new.stopSignal ?? "")
    compare("Shell", shell ?? [], new.shell ?? [])
    if healthCheck != new.healthCheck {
      func text(_ check: HealthCheck?) -> String { check.map { "\($0.test) \($0.durations)" } ?? "none" }
      problems.append("Healthcheck was \(text(healthCheck)), is \(text(new.healthCheck))")
    }
    return problems + environmentDifferences(to: new)
  }

  /// The working directory; none is the root.
  var workingFolder: String {
    let folder = workingDirectory ?? ""
    if folder.isEmpty || folder == "/" { return "/" }
    return folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  }

  private static func names(_ set: [String: Nothing]?) -> [String] {
    (set ?? [:]).keys.sorted()
  }

  private static func lines(_ labels: [String: String]?) -> [String] {
    (labels ?? [:]).map { "\($0.key)=\($0.value)" }.sorted()
  }
}

// MARK: - Environment

extension ImageConfiguration {
  /// Variables that describe a tool chain; they may go with it.
  private static func isToolchain(_ name: String) -> Bool {
    ["GOLANG_VERSION", "GOTOOLCHAIN", "GOPATH", "GPG_KEY", "JAVA_HOME", "JAVA_VERSION"].contains(name)
      || ["PYTHON_", "MAVEN_", "GRADLE_"].contains { name.hasPrefix($0) }
  }

  /// What a template may declare on top.
  private static let additions: Set<String> = ["PYTHONUSERBASE", "SSL_CERT_FILE"]

  /// The PATH that the engine gives a container whose image names none.
  private static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

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

// MARK: - Users

/// The users and groups of an image, because the same name or number must mean the same person in both.
struct Accounts: Sendable, Equatable {
  /// The numbers a process runs under.
  struct Identity: Sendable, Equatable, CustomStringConvertible {
    var user: Int
    var group: Int

    var description: String { "\(user):\(group)" }
  }

  private var users: [String: Identity] = [:]
  private var groups: [String: Int] = [:]

  /// Reads the texts of `/etc/passwd` and `/etc/group`; empty where an image has none.
  init(passwd: String, group: String) {
    for line in passwd.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count >= 4, let user = Int(fields[2]), let group = Int(fields[3]) else { continue }
      users[String(fields[0])] = Identity(user: user, group: group)
    }
    for line in group.split(separator: "\n") {
      let fields = line.split(separator: ":", omittingEmptySubsequences: false)
      guard fields.count >= 3, let number = Int(fields[2]) else { continue }
      groups[String(fields[0])] = number
    }
  }

  /// Whom a USER value means here, nil where its names are unknown.
  func identity(of text: String) -> Identity? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts.first ?? ""
    var identity: Identity
    if name.isEmpty {
      identity = Identity(user: 0, group: 0)
    } else if let known = users[name] {
      identity = known
    } else if let number = Int(name) {
      identity = Identity(user: number, group: users.values.first { $0.user == number }?.group ?? 0)
    } else if name == "root" {
      identity = Identity(user: 0, group: 0)
    } else {
      return nil
    }
    if parts.count == 2, !parts[1].isEmpty {
      guard let group = groups[parts[1]] ?? Int(parts[1]) else { return nil }
      identity.group = group
    }
    return identity
  }

  /// Compares the users of two images; a name may only become its own numbers.
  static func differences(
    old: (user: String?, accounts: Accounts), new: (user: String?, accounts: Accounts)
  ) -> [String] {
    let before = spelling(old.user)
    let after = spelling(new.user)
    let wasIdentity = old.accounts.identity(of: before)
    let isIdentity = new.accounts.identity(of: after)
    let isNumeric = !after.isEmpty && after.allSatisfy { $0.isNumber || $0 == ":" }
    if wasIdentity == isIdentity, wasIdentity != nil, before == after || isNumeric { return [] }
    func text(_ user: String, _ identity: Identity?) -> String {
      "'\(user.isEmpty ? "root" : user)' (\(identity?.description ?? "unknown there"))"
    }
    return ["User was \(text(before, wasIdentity)), is \(text(after, isIdentity))"]
  }

  /// A USER value with all ways to say root made one.
  private static func spelling(_ user: String?) -> String {
    let user = user ?? ""
    return ["root", "0", "root:root", "0:0", "root:0", "0:root"].contains(user) ? "" : user
  }
}
