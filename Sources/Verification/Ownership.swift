import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The process that made something, so that what it left is told from what it still uses.
struct Owner: Sendable, Equatable {
  /// Where its number means something: one boot of one machine, and one name space of process numbers.
  var machine: String
  /// Its number.
  var process: Int32
  /// When it started; numbers are given again.
  var start: String
  /// When it made the thing, in seconds since 1970.
  var made: Int

  /// This process.
  static var current: Owner {
    Owner(
      machine: currentMachine, process: getpid(), start: startTime(of: getpid()) ?? "",
      made: Int(Date().timeIntervalSince1970))
  }

  /// The owner as a label's value.
  var text: String { "\(machine) \(process) \(start.isEmpty ? "-" : start) \(made)" }

  init(machine: String, process: Int32, start: String, made: Int) {
    self.machine = machine
    self.process = process
    self.start = start
    self.made = made
  }

  /// Reads a label's value; nil for another's.
  init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 4, let process = Int32(words[1]), let made = Int(words[3]) else { return nil }
    self.init(machine: words[0], process: process, start: words[2] == "-" ? "" : words[2], made: made)
  }

  /// Whether the process is certainly gone.
  ///
  /// An engine may be shared by machines that know nothing of each other's processes: what is another machine's counts as
  /// left behind after a day, which no verification takes.
  func isGone(seenBy other: Owner = .current) -> Bool {
    guard machine == other.machine else { return other.made - made > 86_400 }
    if process == other.process, start == other.start { return false }
    return Self.startTime(of: process) != start
  }

  // MARK: Processes of this machine

  private static var currentMachine: String {
    #if os(Linux)
      let boot = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? "unknown"
      let space = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? "unknown"
      return boot.trimmingCharacters(in: .whitespacesAndNewlines) + "/" + space.filter(\.isNumber)
    #else
      return ProcessInfo.processInfo.hostName.filter { !$0.isWhitespace }
    #endif
  }

  /// When a process started, in the system's own words; nil where there is none.
  private static func startTime(of process: Int32) -> String? {
    #if os(Linux)
      // A zombie is gone for us; field 22 is counted behind the name, which may hold spaces.
      guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let end = status.lastIndex(of: ")")
      else { return nil }
      let fields = status[status.index(after: end)...].split(separator: " ")
      guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
      return String(fields[19])
    #else
      return kill(process, 0) == 0 || errno == EPERM ? "" : nil
    #endif
  }
}

/// The names and labels of one verification, and the removal of all that bears them.
struct Belongings: Sendable {
  /// The label that tells everything of ours from everything else.
  static let label = "dev.jettison.verify"
  /// The label that names the owner.
  static let ownerLabel = label + ".owner"

  let engine: Engine
  /// What sets this verification apart from any other.
  let id: String
  /// A folder for Dockerfiles and archives.
  let folder: URL

  /// Begins a verification.
  init(engine: Engine) throws {
    self.engine = engine
    id = String(UUID().uuidString.prefix(8)).lowercased()
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("jettison-verify-\(id)", isDirectory: true)
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Data(Owner.current.text.utf8).write(to: folder.appendingPathComponent("owner"))
    } catch {
      throw Trouble("disk-full", "no folder can be made in \(folder.deletingLastPathComponent().path): \(error)")
    }
  }

  /// The labels of all that is made.
  var labels: [String] { ["\(Self.label)=\(id)", "\(Self.ownerLabel)=\(Owner.current.text)"] }

  /// The labels as arguments.
  var labelArguments: [String] { labels.flatMap { ["--label", $0] } }

  /// The name of an image.
  func tag(_ name: String) -> String { "jettison-verify/\(name):\(id)" }

  /// The name of a container.
  func container(_ name: String) -> String { "jettison-verify-\(id)-\(name)" }

  /// Removes everything that was made.
  ///
  /// - Parameter isInterrupted: whether a build may still be ending in the engine, whose image comes a moment later.
  func removeAll(isInterrupted: Bool) async {
    for attempt in 0..<(isInterrupted ? 4 : 1) {
      if attempt > 0 { try? await Task.sleep(for: .milliseconds(400)) }
      let filter = "label=\(Self.label)=\(id)"
      await Self.removeContainers(Self.identifiers(engine, ["ps", "--all"], filter: filter), engine)
      await Self.removeImages(Self.identifiers(engine, ["image", "ls"], filter: filter), engine)
    }
    try? FileManager.default.removeItem(at: folder)
  }

  // MARK: Leftovers

  /// Removes what verifications that were killed have left behind, and nothing that one still uses.
  ///
  /// - Returns: how many containers and images went, and how many were left because their owner cannot be known.
  static func removeLeftovers(_ engine: Engine) async -> (removed: Int, kept: Int) {
    removeFolders()
    var removed = 0
    var kept = 0
    for (listing, inspecting, remove) in [
      (["ps", "--all"], ["container", "inspect"], removeContainers),
      (["image", "ls"], ["image", "inspect"], removeImages),
    ] {
      let all = await identifiers(engine, listing, filter: "label=\(label)")
      guard !all.isEmpty, let result = try? await engine.call(inspecting + all) else { continue }
      let owners = (try? JSONDecoder().decode([Labelled].self, from: Data(result.output))) ?? []
      let gone = owners.filter { Owner($0.config.labels?[ownerLabel] ?? "")?.isGone() ?? true }.map(\.id)
      await remove(gone, engine)
      removed += gone.count
      kept += owners.count - gone.count
    }
    return (removed, kept)
  }

  private struct Labelled: Decodable {
    struct Configuration: Decodable {
      var labels: [String: String]?

      enum CodingKeys: String, CodingKey { case labels = "Labels" }
    }

    var id: String
    var config: Configuration

    enum CodingKeys: String, CodingKey {
      case id = "Id"
      case config = "Config"
    }
  }

  private static func identifiers(_ engine: Engine, _ listing: [String], filter: String) async -> [String] {
    guard let result = try? await engine.call(listing + ["--quiet", "--no-trunc", "--filter", filter]) else {
      return []
    }
    return Set(result.text.split(separator: "\n").map(String.init)).sorted()
  }

  @Sendable private static func removeContainers(_ ids: [String], _ engine: Engine) async {
    for id in ids { await engine.remove(container: id) }
  }

  @Sendable private static func removeImages(_ ids: [String], _ engine: Engine) async {
    for id in ids { await engine.remove(image: id) }
  }

  private static func removeFolders() {
    let place = FileManager.default.temporaryDirectory
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    for name in names where name.hasPrefix("jettison-verify-") {
      let folder = place.appendingPathComponent(name)
      let text = (try? String(contentsOf: folder.appendingPathComponent("owner"), encoding: .utf8)) ?? ""
      if let owner = Owner(text), owner.isGone() { try? FileManager.default.removeItem(at: folder) }
    }
  }
}
