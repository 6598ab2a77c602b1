import Foundation

/// The files of an image with owner and mode, read from its exported file system.
struct ImageFiles: Sendable {
  /// What is compared of a file.
  struct Entry: Sendable, Equatable, CustomStringConvertible {
    /// Kind and permissions as `ls -l` writes them; a hard link counts as the file it is.
    var mode: String
    /// The numbers of user and group, as `uid/gid`.
    var owner: String

    var description: String { "\(mode) \(owner)" }
    var isFolder: Bool { mode.hasPrefix("d") }
  }

  /// The files by absolute path.
  let entries: [String: Entry]
  /// The users and groups.
  let accounts: Accounts

  /// Lists an image's files by way of a container that is made and never started.
  init(of image: String, container: String, engine: Engine) throws {
    // GNU tar under either name: other tars list in another form.
    guard let tar = Program.onPath("gtar") ?? Program.onPath("tar") else {
      throw Trouble("there is no tar program on PATH")
    }
    let scratch = try TemporaryFolder()
    defer {
      engine.remove(container: container)
      scratch.remove()
    }
    let archive = scratch.url.appendingPathComponent("image.tar").path
    // The last word stands for a command, without which nothing can be made of an image that has none.
    try engine.expect(["create", "--name", container, "--label", Engine.label, image, "none"])
    try engine.expect(["export", "--output", archive, container])
    func read(_ arguments: [String]) throws -> ProgramResult {
      try Program.run(tar, arguments, adding: ["LC_ALL": "C", "TZ": "UTC"], limit: 60)
    }
    let listing = try read(["-tv", "--numeric-owner", "-f", archive])
    guard listing.status == 0 else { throw Trouble("tar cannot list \(image)\n\(Program.tail(listing.log))") }
    let found = Self.entries(in: listing.text)
    entries = found
    guard !found.isEmpty else { throw Trouble("tar's list of \(image) could not be understood") }
    func account(_ file: String) throws -> String {
      guard found["/etc/\(file)"] != nil else { return "" }
      return try read(["-xO", "-f", archive, "etc/\(file)"]).text
    }
    accounts = Accounts(passwd: try account("passwd"), group: try account("group"))
  }

  /// Reads a `tar -tv --numeric-owner` listing: mode, owner, size, day, time, name.
  static func entries(in listing: String) -> [String: Entry] {
    var entries: [String: Entry] = [:]
    for line in listing.split(separator: "\n") {
      let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      guard fields.count == 6, fields[1].contains("/"), let kind = fields[0].first else { continue }
      var name = fields[5]
      if kind == "l", let arrow = name.range(of: " -> ") { name = name[..<arrow.lowerBound] }
      if kind == "h", let link = name.range(of: " link to ") { name = name[..<link.lowerBound] }
      if name.hasPrefix("./") { name = name.dropFirst(2) }
      while name.hasSuffix("/") { name = name.dropLast() }
      let mode = kind == "h" ? "-" + fields[0].dropFirst() : String(fields[0])
      entries["/" + name] = Entry(mode: mode, owner: String(fields[1]))
    }
    return entries
  }

  /// Compares owner and mode of what travelled: files below the working directory and those COPY --from brings.
  static func differences(
    old: ImageFiles, new: ImageFiles, workingFolder: String, dockerfile: String
  ) -> [String] {
    var roots = Travel.roots(in: dockerfile, isFolder: { old.entries[$0]?.isFolder })
    if workingFolder != "/" { roots.insert(workingFolder) }
    var problems: [String] = []
    var compared = 0
    // A COPY makes its destination 0755; on an empty base /tmp is only made for root, who may write there all the same.
    for (path, entry) in new.entries.sorted(by: { $0.key < $1.key }) where path != "/tmp" {
      guard let before = old.entries[path], Self.isBelow(path, roots) else { continue }
      compared += 1
      if before != entry { problems.append("\(path) was \(before), is \(entry)") }
    }
    if compared == 0 {
      return ["no file of the new image was in the old one at the same path: owners and modes cannot be compared"]
    }
    let hidden = problems.count - 15
    return problems.prefix(15) + (hidden > 0 ? ["… and \(hidden) more owners or modes"] : [])
  }

  /// Whether a path is one of these or lies below one.
  private static func isBelow(_ path: String, _ roots: Set<String>) -> Bool {
    var path = path[...]
    while !path.isEmpty {
      if roots.contains(String(path)) { return true }
      guard let slash = path.lastIndex(of: "/") else { return false }
      path = path[..<slash]
    }
    return false
  }
}

/// Where the COPY --from lines of a Dockerfile's final stage put what they bring.
enum Travel {
  /// The paths that are brought, each standing for all below it.
  ///
  /// - Parameters:
  ///   - dockerfile: the text of the new Dockerfile.
  ///   - isFolder: whether a source was a folder in the old image, nil where it was not there.
  static func roots(in dockerfile: String, isFolder: (String) -> Bool?) -> Set<String> {
    var roots: Set<String> = []
    var folder = "/"
    var foldersOfStages: [String: String] = [:]
    var stage = ""
    for words in instructions(in: dockerfile) {
      guard let keyword = words.first?.uppercased() else { continue }
      let flags = words.dropFirst().prefix { $0.hasPrefix("--") }
      let arguments = Array(words.dropFirst(1 + flags.count))
      switch keyword {
      case "FROM":
        foldersOfStages[stage] = folder
        roots = []
        folder = arguments.first.flatMap { foldersOfStages[$0.lowercased()] } ?? "/"
        let isNamed = arguments.count == 3 && arguments[1].uppercased() == "AS"
        stage = isNamed ? arguments[2].lowercased() : ""
      case "WORKDIR":
        if let path = arguments.first { folder = absolute(path, in: folder) }
      case "COPY" where flags.contains { $0.hasPrefix("--from=") }:
        guard let last = arguments.last, arguments.count > 1 else { continue }
        let target = absolute(last, in: folder)
        for source in arguments.dropLast() {
          let name = source.split(separator: "/").last.map(String.init) ?? ""
          let inside = target == "/" ? "/\(name)" : "\(target)/\(name)"
          switch isFolder(absolute(source, in: "/")) {
          case true?: roots.insert(target)
          case false?: roots.insert(last.hasSuffix("/") || arguments.count > 2 ? inside : target)
          case nil: roots.formUnion([target, inside])
          }
        }
      default: break
      }
    }
    roots.remove("/")
    return roots
  }

  /// The words of each instruction, with continued lines joined and comments left out.
  private static func instructions(in text: String) -> [[String]] {
    var instructions: [[String]] = []
    var pending = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      if trimmed.hasSuffix("\\") {
        pending += trimmed.dropLast() + " "
        continue
      }
      instructions.append(words(in: pending + trimmed))
      pending = ""
    }
    if !pending.isEmpty { instructions.append(words(in: pending)) }
    return instructions
  }

  /// The words of an instruction, those of a JSON list included.
  private static func words(in line: String) -> [String] {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    let flags = words.dropFirst().prefix { $0.hasPrefix("--") }
    guard words.dropFirst(1 + flags.count).first?.hasPrefix("[") == true, let bracket = line.firstIndex(of: "["),
      let items = try? JSONDecoder().decode([String].self, from: Data(line[bracket...].utf8))
    else { return words }
    return words.prefix(1 + flags.count) + items
  }

  /// An absolute path without `.` and trailing slashes.
  private static func absolute(_ path: String, in folder: String) -> String {
    let full = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    var parts: [Substring] = []
    for part in full.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
