import Templates

/// The libraries that stand for `-dev` packages at run time, read from `Templates/packages/`.
struct LibraryTable: Sendable {
  /// The releases that rows name.
  static let releases: Set<String> = [
    "stretch", "buster", "bullseye", "bookworm", "trixie", "focal", "jammy", "noble",
  ]

  /// Debian's and Ubuntu's packages.
  static let debian = LibraryTable(parsing: BuiltinFiles.all["packages/debian.txt"] ?? "")
  /// Alpine's packages.
  static let alpine = LibraryTable(parsing: BuiltinFiles.all["packages/alpine.txt"] ?? "")

  /// A package's libraries, by release or for all.
  enum Row: Sendable, Hashable {
    case everywhere([String])
    case byRelease([String: [String]])
  }

  /// The rows by package.
  let rows: [String: Row]

  /// Reads a table: a package, then its libraries joined by commas, with `release/release:` before them where they differ.
  init(parsing text: String) {
    var rows: [String: Row] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      var named: [String: [String]] = [:]
      var always: [String] = []
      for word in words.dropFirst() {
        let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
        let libraries = (parts.last ?? "").split(separator: ",").map(String.init)
        if parts.count == 1 {
          always = libraries
        } else {
          for release in parts[0].split(separator: "/") { named[String(release)] = libraries }
        }
      }
      rows[words[0]] = named.isEmpty ? .everywhere(always) : .byRelease(named)
    }
    self.rows = rows
  }

  /// The libraries behind a package; nil when there is no row, or when the releases that a tag may stand for disagree.
  func libraries(behind name: String, releases: [String]) -> [String]? {
    switch rows[name] {
    case nil: return nil
    case .everywhere(let libraries): return libraries
    case .byRelease(let named):
      let answers = Set(releases.map { named[$0] })
      guard answers.count == 1, let answer = answers.first else { return nil }
      return answer
    }
  }
}
