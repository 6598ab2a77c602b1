import ContextFiles
import ShellSyntax

/// The commands that a supervisor or a scheduler starts, read from its files.
///
/// Sources: http://supervisord.org/configuration.html, crontab(5), and Alpine's and Debian's folders for cron.
struct SupervisedCommands {
  /// A command line with the folder it runs in and the file that names it.
  struct Line: Hashable {
    var text: String
    var folder: String
    var file: String
  }

  private(set) var lines: [Line] = []

  /// Reads what a command starts; nothing when it is no supervisor.
  ///
  /// - Parameters:
  ///   - words: the command.
  ///   - folder: where it runs.
  init(startedBy words: [String?], in folder: String, _ trace: Trace, reader: ContextReader, listing: ContextListing) {
    guard let first = words.first ?? nil else { return }
    let name = ContextPath.lastComponent(first)
    let arguments = words.dropFirst().compactMap { $0 }
    switch name {
    case "supervisord":
      var places = ["/etc/supervisord.conf", "/etc/supervisord.d", "/etc/supervisor", "/etc/supervisor.d"]
      places += ["supervisord.conf", "etc/supervisord.conf"].map { ContextPath.join(folder, $0) }
      if let mark = arguments.firstIndex(where: { $0 == "-c" || $0 == "--configuration" }), mark + 1 < arguments.count {
        places = [ContextPath.join(folder, arguments[mark + 1])] + places.prefix(4)
      } else if let joined = arguments.first(where: { $0.hasPrefix("--configuration=") }) {
        places.insert(ContextPath.join(folder, String(joined.dropFirst("--configuration=".count))), at: 0)
      }
      for (path, text) in Self.texts(at: places, trace, reader, listing) { addPrograms(text, path, folder) }
    case "cron", "crond", "anacron": addJobs(trace, reader, listing)
    case "service" where ["cron", "crond"].contains(arguments.first ?? ""): addJobs(trace, reader, listing)
    case "busybox" where arguments.first == "crond": addJobs(trace, reader, listing)
    default: break
    }
  }

  /// The texts of context files that lie at places of the image or below them.
  private static func texts(
    at places: [String], _ trace: Trace, _ reader: ContextReader, _ listing: ContextListing
  ) -> [(path: String, text: String)] {
    var found: [(String, String)] = []
    for place in places {
      for (path, file) in files(at: place, trace, listing) where !found.contains(where: { $0.0 == path }) {
        if let text = reader.text(of: file) { found.append((path, text)) }
      }
    }
    return found
  }

  private static func files(at place: String, _ trace: Trace, _ listing: ContextListing) -> [(String, String)] {
    if let own = trace.map.contextPath(of: place, in: listing) {
      return listing.files(below: own).map { file in
        let rest = ContextPath.relative(file.path, to: own) ?? "."
        return (rest == "." ? place : ContextPath.join(place, rest), file.path)
      }
    }
    return trace.map.entries.compactMap { entry in
      ContextPath.isWithin(entry.image, place) && listing[entry.context]?.kind == .file
        ? (entry.image, entry.context) : nil
    }
  }

  // MARK: supervisord

  private mutating func addPrograms(_ text: String, _ path: String, _ folder: String) {
    var directory = folder
    var command: String?
    func flush(_ lines: inout [Line]) {
      if let command { lines.append(Line(text: command, folder: directory, file: path)) }
    }
    for line in text.split(whereSeparator: \.isNewline).map(String.init) {
      let trimmed = line.trimmingSpaces
      if trimmed.hasPrefix("[") {
        flush(&lines)
        directory = folder
        command = nil
        continue
      }
      guard !trimmed.hasPrefix(";"), !trimmed.hasPrefix("#"), let cut = trimmed.firstIndex(of: "=") else { continue }
      let key = String(trimmed[..<cut]).trimmingSpaces
      let value = String(trimmed[trimmed.index(after: cut)...]).trimmingSpaces
      // A semicolon behind a blank begins a comment.
      let plain = value.firstRange(of: " ;").map { String(value[..<$0.lowerBound]).trimmingSpaces } ?? value
      if key == "command" { command = plain }
      if key == "directory" { directory = ContextPath.join(folder, plain) }
    }
    flush(&lines)
  }

  // MARK: cron

  private static let tables = ["/etc/crontab", "/etc/cron.d", "/etc/crontabs", "/var/spool/cron"]
  private static let scripts = [
    "/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly", "/etc/periodic",
  ]

  private mutating func addJobs(_ trace: Trace, _ reader: ContextReader, _ listing: ContextListing) {
    for (path, text) in Self.texts(at: Self.tables, trace, reader, listing) { addJobs(text, path) }
    for place in Self.scripts {
      for (path, _) in Self.files(at: place, trace, listing) { lines.append(Line(text: path, folder: "/", file: path)) }
    }
    for effect in trace.steps.flatMap(\.effects) {
      if effect.program == "crontab" {
        for (_, text) in Self.texts(at: effect.reads, trace, reader, listing) {
          addJobs(text, "/var/spool/cron/crontabs")
        }
      }
      guard ["echo", "printf", "tee"].contains(effect.program),
        let path = effect.writes.first(where: { path in Self.tables.contains { ContextPath.isWithin(path, $0) } })
      else { continue }
      let words = effect.command?.words.dropFirst().map { $0.literal ?? "" } ?? []
      addJobs(words.joined(separator: " ").replacing("\\n", with: "\n"), path)
    }
  }

  /// The lines of a table: five fields or a word like `@daily`, in the system's own tables a user, then the command.
  private mutating func addJobs(_ text: String, _ path: String) {
    let namesUser = path == "/etc/crontab" || ContextPath.isWithin(path, "/etc/cron.d")
    for line in text.split(whereSeparator: \.isNewline) {
      var rest = line.drop { $0 == " " || $0 == "\t" }
      guard let start = rest.first, start == "@" || start == "*" || start.isNumber else { continue }
      for _ in 0..<((start == "@" ? 1 : 5) + (namesUser ? 1 : 0)) {
        rest = rest.drop { $0 != " " && $0 != "\t" }.drop { $0 == " " || $0 == "\t" }
      }
      if !rest.isEmpty { lines.append(Line(text: String(rest), folder: "/", file: path)) }
    }
  }
}
